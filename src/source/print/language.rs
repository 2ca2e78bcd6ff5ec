//! Tells the language of an article that does not say it.

use crate::article::Article;

/// Bytes of the body looked at: enough for a sure answer in every language tried, little enough to cost nothing.
const ENOUGH: usize = 400;
/// Bytes that show English in nearly every story.
const AT_FIRST: usize = 120;

/// The ISO 639-1 code of the language most of the body's beginning is in, where that is clear.
pub(crate) fn of(article: &Article) -> Option<String> {
    let start = article.paragraphs.first().map_or(0, |paragraph| paragraph.span.start as usize);
    // A body of few words says less than the headline and the body.
    let text = if article.text.len() - start < 100 { &article.text } else { &article.text[start..] };
    if is_english(beginning(text, AT_FIRST)) || is_english(beginning(text, ENOUGH)) {
        return Some("en".into());
    }
    let text = beginning(text, ENOUGH);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    // A table of figures is too little to go by.
    if digits * 12 > text.len() {
        return None;
    }
    if text.len() < 100 {
        return of_short(text).map(str::to_string);
    }
    let found = whatlang::detect(text)?;
    found.is_reliable().then(|| code_of_name(found.lang().code())).flatten().map(str::to_string)
}

/// Small words that one language has and its neighbours have not, for texts too short to count letters in.
#[rustfmt::skip]
const SMALL_WORDS: &[(&str, &[&str])] = &[
    ("en", &["the", "of", "and", "to", "it", "was", "is", "for", "with", "said", "that", "are", "he", "she", "they", "by", "on", "from"]),
    ("de", &["der", "die", "das", "und", "nicht", "ist", "ein", "eine", "mit", "auf", "für", "von", "sich", "dem", "den", "wieder", "wird", "nach", "im", "zu", "sagte"]),
    ("fr", &["le", "les", "des", "et", "du", "est", "une", "dans", "pour", "qui", "sur", "pas", "au", "avec", "ce", "il", "elle", "été"]),
    ("es", &["el", "los", "las", "y", "del", "que", "una", "por", "con", "es", "en", "se", "su", "para", "la", "dijo"]),
    ("it", &["il", "di", "che", "gli", "della", "è", "per", "una", "non", "con", "nel", "del", "alla", "sono", "ha", "dei"]),
    ("pt", &["o", "os", "do", "da", "não", "uma", "em", "com", "que", "é", "para", "dos", "no", "na", "ao", "disse"]),
    ("nl", &["het", "een", "van", "de", "niet", "en", "zijn", "voor", "met", "op", "dat", "aan", "wordt", "ook", "zegt"]),
    ("sv", &["och", "att", "det", "inte", "är", "som", "en", "på", "för", "med", "har", "till", "ett", "säger"]),
    ("da", &["og", "at", "det", "ikke", "er", "som", "en", "på", "for", "med", "har", "til", "et", "af", "blev", "siger"]),
    ("pl", &["nie", "się", "jest", "w", "na", "do", "że", "i", "z", "po", "przez", "od", "był", "oraz"]),
    ("tr", &["ve", "bir", "bu", "için", "ile", "da", "de", "olarak", "dedi", "çok"]),
];

/// The language of a text under a hundred bytes: by its script, or by two small words that no other language has as many of.
fn of_short(text: &str) -> Option<&'static str> {
    use whatlang::Script;
    match whatlang::detect_script(text)? {
        Script::Hiragana | Script::Katakana => return Some("ja"),
        // Kana tell Japanese from Chinese.
        Script::Mandarin if text.contains(|c| ('\u{3040}'..'\u{30ff}').contains(&c)) => return Some("ja"),
        Script::Mandarin => return Some("zh"),
        Script::Hangul => return Some("ko"),
        Script::Greek => return Some("el"),
        Script::Thai => return Some("th"),
        Script::Georgian => return Some("ka"),
        Script::Armenian => return Some("hy"),
        Script::Latin => {}
        _ => return None,
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let hits = |small: &[&str]| words.iter().filter(|word| small.contains(word)).count();
    let mut found: Vec<(usize, &str)> = SMALL_WORDS.iter().map(|(code, small)| (hits(small), *code)).collect();
    found.sort_by_key(|(hits, _)| std::cmp::Reverse(*hits));
    let (best, second) = (found[0], found[1]);
    (best.0 >= 2 && best.0 > second.0 && best.0 * 6 >= words.len()).then_some(best.1)
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
                | b"after"
                // Reports of companies have few words, and these in each.
                | b"vs"
                | b"cts"
                | b"prior"
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

/// `en` from `en-US`, `EN`, `english`.
pub(crate) fn code(language: &str) -> Option<String> {
    let lower = language.trim().to_lowercase();
    let code = lower.split(['-', '_']).next()?;
    match code.len() {
        2 => Some(code.to_string()),
        3.. => code_of_name(code).map(str::to_string),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_in_many_languages() {
        for (code, text) in [
            ("en", "Rain in Ostrand\nIt was raining, and the river rose."),
            ("de", "Brücke wieder offen\nDie Brücke war ein Jahr lang zu."),
            ("fr", "Le pont est ouvert\nIl a été fermé pour une année."),
            ("es", "El puente abre\nLos vecinos del pueblo lo esperaban."),
            ("it", "Il ponte è aperto\nNon era aperto da un anno."),
            ("nl", "Brug is open\nHet was een jaar van wachten."),
            ("ja", "橋が開通した"),
            ("zh", "大桥重新开放"),
            ("ko", "다리가 다시 열렸다"),
        ] {
            assert_eq!(of_short(text), Some(code), "{text}");
        }
        assert_eq!(of_short("Novapol 3, Ostrand 2"), None);
    }
}
