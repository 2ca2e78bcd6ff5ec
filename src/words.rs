//! Cuts a text into words: the one analysis behind indexing, querying and matching.
//!
//! Takes any text and gives its words in reading order, each with the bytes it covers and a folded key under which it is
//! indexed and compared. A word is a run of letters and digits (a single character in scripts written without spaces).
//! Folding removes case, accents on Latin and Greek letters, the pointing of Arabic and Hebrew, soft hyphens and the difference
//! between NFC and NFD; `scripts` has what else is one word in other scripts.
//!
//! Some spellings are one word to a reader and several to this rule: `long-term`, `U.S.`, `1,000`, `O'Brien`. They give
//! their parts as words **and** the joined spelling as an extra [`Form`] that spans them, so that `longterm`, `US` and
//! `1000` find them. A short word printed in capitals gives an extra form too, so that a query for `U.S.` finds `US` and
//! not the pronoun. Extra forms have keys that no plain word can have ([`joined_key`], [`capitals_key`]).

mod fold;
mod frequent;
mod scripts;
mod stem;

pub use fold::{fold, is_dash, is_ignorable, quote_class};
pub use frequent::{is_frequent, pair_key, push_pair_key};
pub use stem::{Stem, is_stop_word};

/// How many words [`Words::of`] finds in `text`.
pub fn count(text: &str) -> u64 {
    let (mut at, mut count) = (0, 0);
    while let Some((_, end)) = fold::next_word(text, at) {
        (at, count) = (end, count + 1);
    }
    count
}

/// Most parts a joined spelling may have: `1,000,000,000` and `state-of-the-art` have four.
pub const MAX_JOINED: usize = 4;

/// Longest key in bytes; a longer word keeps its beginning. tantivy itself drops terms over 65,530 bytes.
pub const MAX_KEY: usize = 120;

/// One entry of a text's index: a word, or an extra form that spans one or more words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// First byte of the printed form in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Number of the (first) word in the text, from 0.
    pub position: u32,
    /// How many words it spans: 1 for a plain word.
    pub width: u8,
    /// True for a plain word, false for an extra form.
    pub plain: bool,
    key: (u32, u32),
}

/// The words of a text. The buffers are reused between calls of [`Words::read`].
#[derive(Debug, Default, Clone)]
pub struct Words {
    keys: String,
    forms: Vec<Form>,
    plain: Vec<u32>,
    /// Indexes of the extra forms, by position.
    extras: Vec<u32>,
    /// Position of the first word of the joined spelling that may still be going on.
    chain: usize,
}

impl Words {
    /// The words of `text`.
    pub fn of(text: &str) -> Words {
        let mut words = Words::default();
        words.read(text);
        words
    }

    /// Reads another text, forgetting the one before.
    pub fn read(&mut self, text: &str) {
        self.forms.clear();
        self.plain.clear();
        self.extras.clear();
        self.chain = 0;
        // The keys of plain ASCII are all made at once, and stand where the words do; the others follow.
        self.keys.clear();
        self.keys.push_str(text);
        self.keys.make_ascii_lowercase();
        let mut at = 0;
        while let Some((start, end)) = fold::next_word(text, at) {
            self.push_plain(text, start, end);
            at = end;
        }
        self.end_chain(text);
        self.extras.sort_by_key(|&index| self.forms[index as usize].position);
    }

    /// Every form, plain and extra, in the order they are indexed.
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The key under which a form is indexed and compared.
    pub fn key(&self, form: &Form) -> &str {
        &self.keys[form.key.0 as usize..form.key.1 as usize]
    }

    /// The plain word at `position`.
    pub fn word(&self, position: u32) -> &Form {
        &self.forms[self.plain[position as usize] as usize]
    }

    /// The forms that begin at `position`: the plain word first, then extra ones.
    pub fn forms_at(&self, position: u32) -> impl Iterator<Item = &Form> {
        let from = self.extras.partition_point(|&index| self.forms[index as usize].position < position);
        let extras = self.extras[from..].iter().map(|&index| &self.forms[index as usize]);
        let plain = self.plain.get(position as usize).map(|&index| &self.forms[index as usize]);
        plain.into_iter().chain(extras.take_while(move |form| form.position == position))
    }

    /// How many plain words there are.
    pub fn len(&self) -> usize {
        self.plain.len()
    }

    /// True for a text without letters and digits.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Byte offsets in the text of the words `first` to `last`, both included.
    pub fn extent(&self, first: u32, last: u32) -> (usize, usize) {
        (self.word(first).start as usize, self.word(last).end as usize)
    }

    fn push_plain(&mut self, text: &str, start: usize, end: usize) {
        let position = self.plain.len();
        if position > 0 && !self.joins(text, start, end) {
            self.end_chain(text);
        }
        let key = self.key_of(&text[start..end], start);
        self.plain.push(self.forms.len() as u32);
        let (start32, end32) = (start as u32, end as u32);
        self.forms.push(Form { start: start32, end: end32, position: position as u32, width: 1, plain: true, key });
        if is_capitals(&text[start..end]) {
            self.push_extra(position, position, |keys, own| {
                keys.push(CAPITALS);
                keys.push_str(own);
            });
        }
    }

    /// Where the key of a plain word is, which begins at `start`.
    fn key_of(&mut self, word: &str, start: usize) -> (u32, u32) {
        if word.is_ascii() {
            return (start as u32, (start + word.len().min(MAX_KEY)) as u32);
        }
        let from = self.keys.len();
        fold::fold_into(word, &mut self.keys);
        truncate_to(&mut self.keys, from + MAX_KEY);
        (from as u32, self.keys.len() as u32)
    }

    /// True when the last word and the one at `start..end` belong to one joined spelling.
    fn joins(&self, text: &str, start: usize, end: usize) -> bool {
        let left = self.word(self.plain.len() as u32 - 1);
        let gap = left.end as usize..start;
        // Between most words there is a space.
        if gap.len() > 4 || (gap.len() == 1 && text.as_bytes()[gap.start] == b' ') {
            return false;
        }
        Joint::of(&text[gap], left.of(text), &text[start..end]).is_some()
    }

    /// Adds the joined spellings of the chain of words that has just ended, and begins the next.
    fn end_chain(&mut self, text: &str) {
        let (first, end) = (self.chain, self.plain.len());
        self.chain = end;
        if end < first + 2 {
            return;
        }
        let dotted = self.joint_before(text, first + 1) == Some(Joint::Dot);
        let whole = end - first <= MAX_JOINED;
        if whole {
            self.push_joined(first, end - 1);
        }
        if end - first > 2 || !whole {
            for left in first..end - 1 {
                // `U.S.S.R.` is one abbreviation; `state-of-the-art` may be written with any one hyphen left out.
                if !dotted {
                    self.push_joined(left, left + 1);
                }
            }
        }
    }

    fn joint_before(&self, text: &str, position: usize) -> Option<Joint> {
        let (left, right) = (self.word(position as u32 - 1), self.word(position as u32));
        Joint::of(&text[left.end as usize..right.start as usize], left.of(text), right.of(text))
    }

    fn push_joined(&mut self, first: usize, last: usize) {
        let parts: Vec<(u32, u32)> = (first..=last).map(|p| self.word(p as u32).key).collect();
        let own: String = parts.iter().map(|key| &self.keys[key.0 as usize..key.1 as usize]).collect();
        if own.len() <= MAX_KEY {
            self.push_extra(first, last, |keys, _| {
                keys.push(JOINED[last - first]);
                keys.push_str(&own);
            });
        }
    }

    fn push_extra(&mut self, first: usize, last: usize, write: impl FnOnce(&mut String, &str)) {
        let own = self.word(first as u32).key;
        let own = self.keys[own.0 as usize..own.1 as usize].to_owned();
        let from = self.keys.len();
        write(&mut self.keys, &own);
        let (start, end) = (self.word(first as u32).start, self.word(last as u32).end);
        let key = (from as u32, self.keys.len() as u32);
        let width = (last - first + 1) as u8;
        self.extras.push(self.forms.len() as u32);
        self.forms.push(Form { start, end, position: first as u32, width, plain: false, key });
    }
}

impl Form {
    /// The form as printed in `text`.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Control characters never occur in a plain key, so these mark extra forms: `JOINED[n]` spans n + 1 words.
const JOINED: [char; MAX_JOINED] = ['\u{1}', '\u{2}', '\u{3}', '\u{4}'];
const CAPITALS: char = '\u{1}';

/// The key under which `parts` words printed as one spelling are found: `joined_key("longterm", 2)` finds `long-term`.
///
/// `parts` is 2 to [`MAX_JOINED`]; `folded` is the key of the joined spelling as a single word.
pub fn joined_key(folded: &str, parts: usize) -> String {
    let mut key = String::with_capacity(folded.len() + 1);
    key.push(JOINED[parts - 1]);
    key.push_str(folded);
    key
}

/// The key under which a word of 2 to 5 letters is found only where it is printed in capitals.
pub fn capitals_key(folded: &str) -> String {
    format!("{CAPITALS}{folded}")
}

/// True when `key` is one of an extra form.
pub fn is_extra_key(key: &[u8]) -> bool {
    key.first().is_some_and(|&b| b < 0x20)
}

/// What ties two words into one spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// `long-term`, `F-16`, and a hyphen at a line's end.
    Hyphen,
    /// `U.S.`: single letters with full stops between.
    Dot,
    /// `1,000`: thousands.
    Comma,
    /// `O'Brien`: one letter, an apostrophe, a name.
    Apostrophe,
    /// Nothing that can be seen, between letters of the Arabic script that are not tied.
    Unjoined,
}

impl Joint {
    /// The joint that `gap` makes between `left` and `right`, if it makes one.
    pub fn of(gap: &str, left: &str, right: &str) -> Option<Joint> {
        let mut chars = gap.chars();
        let first = chars.next()?;
        let rest = chars.as_str();
        match first {
            '.' if rest.is_empty() && is_one_letter(left) && is_one_letter(right) => Some(Joint::Dot),
            ',' if rest.is_empty() && is_digits(left) && left.len() <= 3 && is_digits(right) && right.len() == 3 => {
                Some(Joint::Comma)
            }
            '\'' | '\u{2019}' | '\u{2bc}' if rest.is_empty() && is_one_letter(left) && is_long_word(right) => {
                Some(Joint::Apostrophe)
            }
            fold::ZWNJ if rest.is_empty() && scripts::parts_letters(left, right) => Some(Joint::Unjoined),
            c if is_dash(c) && c != '\u{2014}' && c != '\u{2015}' && (rest.is_empty() || rest == "\n") => {
                (!(is_digits(left) && is_digits(right))).then_some(Joint::Hyphen)
            }
            _ => None,
        }
    }
}

fn is_one_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn is_long_word(word: &str) -> bool {
    word.chars().take(3).filter(|c| c.is_alphabetic()).count() == 3
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// Two to five ASCII capitals: what an abbreviation looks like without its full stops.
fn is_capitals(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}

fn truncate_to(text: &mut String, mut len: usize) {
    if text.len() > len {
        while !text.is_char_boundary(len) {
            len -= 1;
        }
        text.truncate(len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words = Words::of(text);
        let keys: Vec<String> = words
            .forms()
            .iter()
            .map(|form| {
                let key = words.key(form).replace(|c: char| c < ' ', "=");
                if form.plain { key } else { format!("{key}@{}+{}", form.position, form.width) }
            })
            .collect();
        assert_eq!(keys, expected, "{text:?}");
    }

    #[test]
    fn the_key_of_a_word_is_the_word_folded() {
        let long = "Q".repeat(3 * MAX_KEY);
        for text in [
            "Ilse\u{2019}s \u{201c}Na\u{ef}ve\u{201d} PLAN\u{2014}B\u{2026}the end\u{ad}ing o\u{308}de",
            "Stra\u{df}e 7\u{b0} \u{416}\u{430}\u{440}\u{430} x\u{2027}y\u{2028}z\u{2010}w a\u{200b}b",
            &format!("{long} \u{c4}{long}"),
        ] {
            let words = Words::of(text);
            for form in words.forms().iter().filter(|form| form.plain) {
                let mut folded = fold(form.of(text));
                truncate_to(&mut folded, MAX_KEY);
                assert_eq!(words.key(form), folded);
            }
            assert_eq!(words.len() as u64, count(text));
        }
        let marks = Words::of("Ilse\u{2019}s \u{201c}plan\u{201d} x\u{2027}y a\u{200b}b");
        let keys: Vec<&str> = marks.forms().iter().filter(|form| form.plain).map(|form| marks.key(form)).collect();
        assert_eq!(keys, ["ilse", "s", "plan", "x", "y", "ab"]);
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        check("Putin's \u{201c}serious questions\u{201d}.", &["putin", "s", "serious", "questions"]);
        check("priced at 99.54", &["priced", "at", "99", "54"]);
        check("", &[]);
        check(" - ", &[]);
    }

    #[test]
    fn joined_spellings_are_found_as_one_word() {
        check("long-term peace", &["long", "term", "=longterm@0+2", "peace"]);
        check("long\u{2013}term", &["long", "term", "=longterm@0+2"]);
        check("the U.S. plan", &["the", "u", "s", "=us@1+2", "plan"]);
        check("1,000 men", &["1", "000", "=1000@0+2", "men"]);
        check("O\u{2019}Brien", &["o", "brien", "=obrien@0+2"]);
        check("govern-\nment", &["govern", "ment", "=government@0+2"]);
        check("1986-87", &["1986", "87"]);
        check("a \u{2014} b\u{2014}c", &["a", "b", "c"]);
        check("we'll", &["we", "ll"]);
        check("to-do-list", &["to", "do", "list", "=todolist@0+3", "=todo@0+2", "=dolist@1+2"]);
    }

    #[test]
    fn abbreviations_in_capitals_are_told_from_pronouns() {
        check("US and us", &["us", "=us@0+1", "and", "us"]);
    }

    #[test]
    fn accents_case_and_soft_hyphens_do_not_matter() {
        check("Caf\u{e9} CAFE\u{301} gov\u{ad}ernment", &["cafe", "cafe", "government"]);
        check("Bronis\u{142}aw \u{d8}rsted Stra\u{df}e", &["bronislaw", "orsted", "strasse"]);
        check("\u{439}\u{43e}\u{434} \u{438}\u{306}\u{43e}\u{434}", &["\u{439}\u{43e}\u{434}", "\u{439}\u{43e}\u{434}"]);
        check("\u{548c}\u{5e73}\u{8c08}", &["\u{548c}", "\u{5e73}", "\u{8c08}"]);
    }

    #[test]
    fn spans_are_the_printed_words() {
        let text = "The \u{201c}caf\u{e9}\u{301}\u{201d} na\u{ef}ve";
        let words = Words::of(text);
        let printed: Vec<&str> = words.forms().iter().map(|form| form.of(text)).collect();
        assert_eq!(printed, ["The", "caf\u{e9}\u{301}", "na\u{ef}ve"]);
    }
}
