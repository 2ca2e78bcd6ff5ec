//! Whole lines that are bylines: by how they open, by an address, or by nothing but a name.

use super::{NOT_NAMES, names, strip_prefix_ignoring_case};

/// Words that open a byline where a colon follows them.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "author", "words", "writer", "reporter", "autor", "autora", "autorka", "auteur", "autore", "yazan", "haber", "szerző", "penulis", "tác giả", "text", "texte", "texto", "tekst",
    "автор", "текст", "كتب", "كتبت", "بقلم", "نویسنده", "מאת", "作者",
];

/// Reads a whole line as a byline; `None` when it is not one.
pub(crate) fn line(line: &str) -> Option<Vec<String>> {
    if line.len() > 160 {
        return None;
    }
    let rest = strip_prefix_ignoring_case(line.trim(), "by ")
        .or_else(|| strip_prefix_ignoring_case(line.trim(), "by:"))
        .or_else(|| strip_prefix_ignoring_case(line.trim(), "von "))
        .or_else(|| WRITTEN_BY.iter().find_map(|opener| strip_prefix_ignoring_case(line.trim(), opener)))
        .or_else(|| beside_outlet(line.trim()))
        .or_else(|| labelled(line.trim()))
        .or_else(|| of_names(line.trim()))
        .or_else(|| addressed(line.trim()))?;
    let rest = without_own(rest);
    let mut names = names(rest);
    // `Von Ada Quill, Novapol`: where she wrote.
    if names.first().is_some_and(|name| name.contains(' ')) {
        names.retain(|name| name.contains(' ') || !name.is_ascii());
    }
    let first = names.first()?;
    let words = first.split(' ').count();
    // `By the end of the week ...` is a sentence.
    let looks_like_names = names.iter().all(|name| !name.starts_with(char::is_lowercase)) && (1..=5).contains(&words);
    (looks_like_names && !line.trim_end().ends_with(['.', ':']) && !opens_like_prose(rest)).then_some(names)
}

const WRITTEN_BY: &[&str] = &["written by ", "story by ", "words by ", "reported by "];

/// Words that outlets are called by, and what their people are.
#[rustfmt::skip]
const OF_OUTLETS: &[&str] = &[
    "times", "post", "courant", "news", "herald", "tribune", "gazette", "journal", "press", "register", "star", "sun", "today", "observer",
    "chronicle", "daily", "network", "republic", "democrat", "enquirer", "inquirer", "dispatch", "globe", "mail", "record", "telegraph",
    "courier", "examiner", "sentinel", "standard", "mirror", "advertiser", "bulletin", "review", "staff", "writer", "correspondent", "reporter",
    "editor", "bureau", "contributor", "columnist", "reuters", "ap", "zeitung", "anzeiger", "kurier", "special",
];

/// A line that is an outlet, or what somebody is there: `Vexia Courant`, `USA TODAY`, `Staff Writer`, `Special to the Post`.
pub(crate) fn is_outlet(line: &str) -> bool {
    let words: Vec<String> = line.split(' ').map(str::to_lowercase).collect();
    let small = ["of", "the", "to", "and", "for", "de", "der"];
    let named = |word: &str| word.starts_with(char::is_uppercase) || small.contains(&word);
    let known = words.iter().any(|word| OF_OUTLETS.contains(&word.as_str()));
    known && words.len() <= 6 && line.split(' ').all(named) && line.starts_with(char::is_uppercase)
}

/// Nothing but names: `Ada Quill and Tom Brass`.
pub(crate) fn is_of_names(line: &str) -> bool {
    line.split(" and ").flat_map(|part| part.split(", ")).all(is_bare) && !is_outlet(line)
}

/// `Ada Quill, Vexia Post`, `ADA QUILL | Staff Writer`: names, and nothing else than where they write.
fn beside_outlet(line: &str) -> Option<&str> {
    [" | ", ", ", " / ", " — "].iter().find_map(|mark| {
        let (names, outlet) = line.split_once(mark)?;
        (is_of_names(names) && outlet.split(mark).all(is_outlet)).then_some(names)
    })
}

/// Is it a byline that names nobody? `By Our Staff Reporter`, `From our correspondent`.
pub(crate) fn is_unnamed(line: &str) -> bool {
    let words: Vec<String> = line.trim().split(' ').map(str::to_lowercase).collect();
    let opens = matches!(words[0].as_str(), "by" | "from" | "von" | "par");
    let our =
        words.get(1).is_some_and(|word| matches!(word.as_str(), "our" | "a" | "an" | "unserem" | "unserer" | "notre" | "staff"));
    let titled = words.last().is_some_and(|word| NOT_NAMES.contains(&word.as_str()) || is_own_title(word));
    (3..=6).contains(&words.len()) && opens && our && titled
}

/// Two to four words with capitals and nothing else: a name, where something beside it says so.
pub(crate) fn is_bare(line: &str) -> bool {
    let named =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c));
    let words = line.trim().trim_end_matches([',', '|']).split(' ');
    (2..=4).contains(&words.clone().count()) && words.clone().all(named) && !names(line).is_empty()
}

/// `Автор: Лена Брандт`, `كتب: سامي حداد`: nothing but a few words for names may follow.
fn labelled(line: &str) -> Option<&str> {
    let (label, rest) = line.split_once([':', '：'])?;
    let rest = rest.trim_start();
    let named =
        |word: &str| word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c)) && !word.starts_with(char::is_lowercase);
    let words = rest.split([' ', ',', '、']).filter(|word| !word.is_empty());
    // `Reporter: Okay` is a turn of talk; where no letter is a capital a name may be one word.
    let (words_fit, longest) = if rest.starts_with(char::is_uppercase) { (2..=6, 60) } else { (1..=2, 20) };
    let fits = rest.chars().count() <= longest && words.clone().all(named) && words_fit.contains(&words.count());
    (LABELS.contains(&label.trim().to_lowercase().as_str()) && fits).then_some(rest)
}

/// What else stands before an address: `Email Us`, `Follow Vexia Post`.
const NO_PART_OF_A_NAME: &[&str] = &[
    "email",
    "e-mail",
    "mail",
    "contact",
    "follow",
    "write",
    "send",
    "call",
    "us",
    "me",
    "at",
    "twitter",
    "press",
    "news",
    "post",
    "times",
    "media",
    "editor",
    "office",
    "team",
    "more",
    "information",
    "subscribe",
    "letters",
];

/// `Petra Lindqvist, plindqvist@vexia.example`, `Petra Lindqvist @plind`: a name of two to four words and an address.
fn addressed(line: &str) -> Option<&str> {
    let at = line.find('@')?;
    let name = line[..line[..at].rfind([' ', '\u{a0}', '(', '|'])?].trim_end_matches([' ', ',', '|', '(', '·', '-', '–', '—']);
    let named =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c));
    let told = name.split(' ').any(|word| NO_PART_OF_A_NAME.contains(&word.to_lowercase().as_str()));
    let last = line.trim_end_matches(')').rsplit(' ').next()?;
    // `Thank You @plind`: a handle holds some of the last name.
    let handle = last.to_lowercase();
    let surname = name.rsplit(' ').next()?.to_lowercase();
    let own = !last.starts_with('@') || surname.get(..3).is_some_and(|start| handle.contains(start));
    (own && last.contains('@') && !told && (2..=4).contains(&name.split(' ').count()) && name.split(' ').all(named))
        .then_some(name)
}

/// Without what a paper says of its own people: `unserer Redakteurin Petra Lindqvist`, `our correspondent Ada Quill`.
fn without_own(rest: &str) -> &str {
    let mut words = rest.splitn(3, ' ');
    match (words.next(), words.next(), words.next()) {
        (Some("our" | "Our" | "unserem" | "unserer" | "unseren"), Some(title), Some(name))
            if NOT_NAMES.contains(&title.to_lowercase().as_str()) || is_own_title(&title.to_lowercase()) =>
        {
            name
        }
        _ => rest,
    }
}

fn is_own_title(word: &str) -> bool {
    ["redakteur", "korrespondent", "mitarbeiter", "reporter", "redaktion", "correspondant", "correspondent", "agencies"]
        .iter()
        .any(|title| word.starts_with(title))
}

/// `Par Ada Quill`, `Por Ada Quill y Tom Brass`: what opens many sentences opens a byline only before nothing but names.
fn of_names(line: &str) -> Option<&str> {
    let openers = ["Par ", "Por ", "Di ", "Da ", "Door ", "Av ", "Af ", "Text: ", "Texte : ", "Texto: "];
    let rest = openers.iter().find_map(|opener| line.strip_prefix(opener))?;
    let is_and = |word: &str| matches!(word, "et" | "y" | "e" | "en" | "och" | "og" | "de" | "van" | "von" | "und");
    let named = |word: &str| is_and(word) || word.starts_with(char::is_uppercase);
    let words = rest.split(' ').count();
    ((2..=6).contains(&words) && rest.split(' ').all(named) && rest.len() <= 60).then_some(rest)
}

fn opens_like_prose(rest: &str) -> bool {
    let first = rest.trim().split(' ').next().unwrap_or_default();
    matches!(
        first.to_lowercase().as_str(),
        "the" | "a" | "an" | "this" | "that" | "now" | "then" | "all" | "my" | "his" | "her" | "our" | "order"
    ) && !rest.to_lowercase().contains("associated press")
}
