//! Tells the language of an article that does not say it.

use crate::article::Article;

/// Bytes of the body looked at: enough for a sure answer in every language tried, little enough to cost nothing.
const ENOUGH: usize = 400;
/// Bytes that show English in nearly every story.
const AT_FIRST: usize = 120;

/// The ISO 639-1 code of the language most of the body's beginning is in, where that is clear.
pub(crate) fn of(article: &Article) -> Option<String> {
    let start = article.paragraphs.first().map_or(0, |paragraph| paragraph.span.start as usize);
    let text = &article.text[start..];
    if is_english(beginning(text, AT_FIRST)) || is_english(beginning(text, ENOUGH)) {
        return Some("en".into());
    }
    let text = beginning(text, ENOUGH);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    // A headline, or a table of figures, is too little to go by.
    if text.len() < 100 || digits * 12 > text.len() {
        return None;
    }
    let found = whatlang::detect(text)?;
    found.is_reliable().then(|| code_of_name(found.lang().code())).flatten().map(str::to_string)
}

fn beginning(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// English news has one word in five of these, its nearest neighbours one in fifty.
fn is_english(text: &str) -> bool {
    let (mut words, mut hits) = (0usize, 0usize);
    for word in text.as_bytes().split(|byte| !byte.is_ascii_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        let mut lower = [0; 5];
        if word.len() > lower.len() {
            continue;
        }
        for (to, from) in lower.iter_mut().zip(word) {
            *to = from.to_ascii_lowercase();
        }
        hits += usize::from(matches!(
            &lower[..word.len()],
            b"the"
                | b"of"
                | b"and"
                | b"to"
                | b"that"
                | b"for"
                | b"with"
                | b"said"
                | b"was"
                | b"has"
                | b"have"
                | b"its"
                | b"from"
                | b"which"
                | b"were"
        ));
    }
    // One word in twelve is enough, and two are needed.
    hits >= 2 && hits * 12 >= words
}

/// Names and three-letter codes that exports use instead of two letters.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("english", "en"), ("eng", "en"), ("german", "de"), ("deutsch", "de"), ("deu", "de"), ("ger", "de"), ("french", "fr"), ("français", "fr"),
    ("fra", "fr"), ("fre", "fr"), ("spanish", "es"), ("español", "es"), ("spa", "es"), ("italian", "it"), ("ita", "it"), ("portuguese", "pt"),
    ("por", "pt"), ("dutch", "nl"), ("nld", "nl"), ("russian", "ru"), ("rus", "ru"), ("chinese", "zh"), ("zho", "zh"), ("chi", "zh"),
    ("japanese", "ja"), ("jpn", "ja"), ("korean", "ko"), ("kor", "ko"), ("arabic", "ar"), ("ara", "ar"), ("swedish", "sv"), ("swe", "sv"),
    ("nob", "no"), ("cmn", "zh"), ("ukr", "uk"), ("ces", "cs"), ("fin", "fi"), ("hun", "hu"), ("ron", "ro"), ("bul", "bg"), ("ell", "el"), ("heb", "he"), ("hin", "hi"),
    ("vie", "vi"), ("tha", "th"), ("ind", "id"), ("pes", "fa"), ("srp", "sr"), ("hrv", "hr"), ("slk", "sk"), ("slv", "sl"), ("lit", "lt"), ("lav", "lv"), ("est", "et"),
    ("cat", "ca"), ("ben", "bn"), ("urd", "ur"), ("tam", "ta"), ("tel", "te"), ("mar", "mr"), ("guj", "gu"), ("kan", "kn"), ("mal", "ml"), ("pan", "pa"), ("bel", "be"),
    ("kat", "ka"), ("hye", "hy"), ("aze", "az"), ("uzb", "uz"), ("nep", "ne"), ("sin", "si"), ("khm", "km"), ("mya", "my"), ("amh", "am"), ("afr", "af"), ("zul", "zu"),
    ("norwegian", "no"), ("nor", "no"), ("danish", "da"), ("dan", "da"), ("polish", "pl"), ("pol", "pl"), ("turkish", "tr"), ("tur", "tr"),
];

/// The two-letter code of a language's name.
pub(crate) fn code_of_name(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
}
