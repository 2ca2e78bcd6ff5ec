//! Reads one printed name: its words folded, and what it looks like.

use crate::lexicon::*;
use crate::words::fold;
use std::borrow::Cow;

/// What a printed name looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameShape {
    /// Given name (or initials) and last name.
    Person,
    /// Several words that may be a person whose given name is not in the lists, or a body.
    Several,
    /// One word: a last name, or a body of one word.
    Single,
    /// An organisation, a place or a nation.
    Body,
    /// No name: "the ministry", "analysts", "a spokesman".
    Description,
}

/// A printed name, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameForm {
    /// The words without article, title, possessive and punctuation, folded.
    pub words: Vec<String>,
    /// `jr`, `iii`: printed after the last name, and part of who it is.
    pub suffix: Option<String>,
    /// What it looks like.
    pub shape: NameShape,
}

impl NameForm {
    /// Reads a name as an article prints it, or as somebody types it: `Putin, Vladimir` is turned round.
    pub fn new(printed: &str) -> NameForm {
        let turned = turned(printed);
        let mut printed = words_of(&turned);
        let article = has_article(&printed);
        if article {
            printed.remove(0);
        }
        printed.drain(..titles(&printed));
        let suffix = (printed.len() > 2).then(|| printed[printed.len() - 1]).filter(|word| class(word) & SUFFIX != 0).map(fold);
        if suffix.is_some() {
            printed.pop();
        }
        let shape = shape(&printed, article);
        let words = printed.iter().flat_map(|word| parts(word)).map(|word| fold(&word)).collect();
        NameForm { words, suffix: suffix.map(|suffix| suffix.trim_end_matches('.').to_owned()), shape }
    }

    /// What two printings of one name have in common.
    pub fn key(&self) -> String {
        let mut key = self.words.join(" ");
        if let Some(suffix) = &self.suffix {
            key.push_str(" ~");
            key.push_str(suffix);
        }
        key
    }

    /// The first word of a name of several.
    pub fn given(&self) -> Option<&str> {
        (self.words.len() > 1).then(|| self.words[0].as_str())
    }

    /// The last word.
    pub fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// What stands between given and last name.
    pub fn middle(&self) -> &[String] {
        if self.words.len() > 2 { &self.words[1..self.words.len() - 1] } else { &[] }
    }

    /// True for what may be a person's full name.
    pub fn is_full(&self) -> bool {
        matches!(self.shape, NameShape::Person | NameShape::Several) && self.words.len() > 1
    }
}

/// True for a single letter standing for a name.
pub(super) fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// True when one of two words may be short for the other: the same, or its first letter.
pub(super) fn may_be_short(one: &str, other: &str) -> bool {
    one == other || (is_initial(one) && other.starts_with(one)) || (is_initial(other) && one.starts_with(other))
}

/// The classes of a printed word.
pub(super) fn class(word: &str) -> Class {
    classes(hash(word)) | classes(hash(word.trim_end_matches('.')))
}

/// `Putin, Vladimir` as `Vladimir Putin`; a comma before a suffix stays where it is.
fn turned(printed: &str) -> Cow<'_, str> {
    match printed.split_once(',') {
        Some((last, first)) if !first.trim().is_empty() && !first.contains(',') && class(bare(first.trim())) & SUFFIX == 0 => {
            Cow::Owned(format!("{} {}", first.trim(), last.trim()))
        }
        _ => Cow::Borrowed(printed),
    }
}

/// A word without the punctuation around it.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    // A full stop belongs to an abbreviation only.
    let stem = word.trim_end_matches('.');
    if stem.chars().count() > 3 && !stem.contains('.') { stem } else { word.trim_start_matches('.') }
}

/// A word without its possessive.
fn unpossessed(word: &str) -> &str {
    ["'s", "\u{2019}s", "'S", "\u{2019}S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

/// The words a printed word holds: initials set together are several, full stops go.
fn parts(word: &str) -> Vec<String> {
    let pieces: Vec<&str> = word.split('.').filter(|piece| !piece.is_empty()).collect();
    let initials = pieces.len() > 1 && pieces[..pieces.len() - 1].iter().all(|piece| is_initial(piece));
    if initials {
        pieces.into_iter().map(str::to_owned).collect()
    } else if let Some((one, other)) = syllables(word) {
        vec![one.to_owned(), other.to_owned()]
    } else {
        vec![word.trim_end_matches('.').replace('\u{2019}', "'")]
    }
}

/// `Jong-un` as `Jong` and `un`: the two syllables of a Korean given name are printed with a hyphen or as two words.
fn syllables(word: &str) -> Option<(&str, &str)> {
    const ADJECTIVES: [&str; 8] = ["led", "run", "era", "born", "wide", "long", "old", "held"];
    let (one, other) = word.split_once('-')?;
    let capital = one.starts_with(char::is_uppercase) && one.chars().all(char::is_alphabetic) && one.chars().count() > 1;
    let small = (2..=4).contains(&other.len()) && other.chars().all(char::is_lowercase) && !ADJECTIVES.contains(&other);
    (capital && small).then_some((one, other))
}

/// How many titles stand before a name: `President Orlan`, `Foreman Ann Lee`. A title stays with a lone given name, which is
/// somebody else without it (`Prince Charles`, `Pope John Paul`).
fn titles(words: &[&str]) -> usize {
    let given = |word: &str| class(word) & (MAN | WOMAN) != 0;
    let is_title = |at: usize| {
        let left = words.len() - at - 1;
        let of = class(words[at]);
        let role = of & ROLE != 0 && left > 1 && !words[at + 1..].iter().any(|word| class(word) & NO_PERSON != 0);
        // `M. Orlan` is an initial more often than a Monsieur.
        let letter = is_initial(words[at].trim_end_matches('.'));
        left > 0 && !letter && !given(words[at]) && (of & (TITLE | MISTER | MISSES) != 0 || role)
    };
    let titles = (0..words.len()).take_while(|at| is_title(*at)).count();
    if titles > 0 && words.last().is_some_and(|last| given(last)) { 0 } else { titles }
}

/// True when a name is printed with an article. "An" before a capital is a given name in some languages, and "A." an initial.
fn has_article(words: &[&str]) -> bool {
    let name = |next: &str| matches!(words[0], "A" | "An") && next.starts_with(char::is_uppercase);
    words.len() > 1 && class(words[0]) & DETERMINER != 0 && !words[0].ends_with('.') && !name(words[1])
}

/// The words of a printed name, without the punctuation round them and a possessive at the end.
fn words_of(printed: &str) -> Vec<&str> {
    let mut words: Vec<&str> = printed.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    if let Some(last) = words.last_mut() {
        *last = unpossessed(last);
    }
    words
}

/// A name to show, as printed but without title and possessive; with its article, if that is printed in a capital.
pub(super) fn shown(printed: &str) -> String {
    let words = words_of(printed);
    let article = has_article(&words);
    let titles = titles(&words[usize::from(article)..]);
    let printed_the = article && titles == 0 && words[0].starts_with(char::is_uppercase);
    let left_out = if printed_the { 0 } else { titles + usize::from(article) };
    let kept: Vec<&str> =
        printed.split_whitespace().filter(|word| !bare(word).is_empty() || *word == "&").skip(left_out).collect();
    unpossessed(kept.join(" ").trim_end_matches([',', ';', ':'])).to_owned()
}

const NO_PERSON: Class = ORGANISATION | PLACE | NATION | CALENDAR | SOURCE;

fn shape(words: &[&str], article: bool) -> NameShape {
    if words.last().is_some_and(|word| is_eastern_description(word)) {
        return NameShape::Description;
    }
    let lower = |word: &str| word.chars().next().is_none_or(|c| !c.is_uppercase() && !c.is_alphabetic() || c.is_lowercase());
    let small = |word: &str| class(word) & (PARTICLE | PREPOSITION | CONJUNCTION | DETERMINER) != 0;
    let [first, .., last] = words else { return words.first().map_or(NameShape::Description, |word| single(word, article)) };
    if words.iter().any(|word| lower(word) && !small(word)) || (lower(first) && class(first) & PARTICLE == 0) || lower(last) {
        return NameShape::Description;
    }
    let tied = words[1..].iter().any(|word| lower(word) && class(word) & PARTICLE == 0);
    let placed = words.iter().any(|word| class(word) & (ORGANISATION | SOURCE) != 0 && class(word) & (MAN | WOMAN) == 0);
    // A place may be a given name, but "London Stock Exchange" is no woman.
    let given = class(first) & (MAN | WOMAN) != 0 || parts(first).iter().all(|part| is_initial(part));
    let given = given && class(first) & NO_PERSON == 0;
    if !given && is_described(words) {
        return NameShape::Description;
    }
    // "Debt-laden", "Toronto-based": an adjective of the reporter's.
    let based = first.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase) && rest.len() > 3)
        && syllables(first).is_none();
    // Behind a given name a nation or a month is a last name: Ron English, Theresa May.
    let called = if given { ORGANISATION | PLACE | SOURCE } else { NO_PERSON };
    if article || tied || placed || based || class(last) & called != 0 {
        NameShape::Body
    } else if given {
        NameShape::Person
    } else {
        NameShape::Several
    }
}

/// Words that end the name of a company.
const COMPANY: &[&str] = &["co", "corp", "inc", "ltd", "plc", "llc", "ag", "sa", "nv"];

/// True for several capitalised words that name nobody: "Texas Republican", "U.S. Officials", "Iraq's Ministry", "Motors Corp".
fn is_described(words: &[&str]) -> bool {
    let [first, .., last] = words else { return false };
    let of = class(last);
    let role = of & (ROLE | TITLE | NATION) != 0 && of & (PLACE | ORGANISATION | MAN | WOMAN) == 0;
    let whose = words.len() == 2 && unpossessed(first) != *first && of & (ORGANISATION | SOURCE | ROLE) != 0;
    let company = COMPANY.contains(&fold(last).trim_end_matches('.'))
        && words.iter().all(|word| class(word) & (ORGANISATION | SOURCE | PLACE) != 0);
    role || whose || company
}

/// One word alone. A common noun is none of a name, in whatever case a sentence prints it.
fn single(word: &str, article: bool) -> NameShape {
    let of = class(word);
    let lower = word.chars().next().is_none_or(char::is_lowercase) || word.ends_with("-old");
    let capitals = word.chars().filter(|c| c.is_uppercase()).count() > 1 && !word.chars().any(char::is_lowercase);
    if lower || article && of & NATION != 0 || of & (ROLE | SOURCE | SPOKEN | PRONOUN | OTHER_PRONOUN | DETERMINER | OPENER) != 0
    {
        NameShape::Description
    } else if article || of & NO_PERSON != 0 || (capitals && word.chars().count() <= 5) || word.contains('.') {
        NameShape::Body
    } else {
        NameShape::Single
    }
}
