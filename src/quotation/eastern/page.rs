//! The narrator's text: an article with everything between quotation marks and brackets blotted out, byte for byte.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::quotation::words::Reading;

/// Stands for each byte of a quotation and its marks.
pub const QUOTED: char = '\u{1}';

/// Stands for each byte of a title, a term or a few words in marks that nobody is said to say.
pub const TERM: char = '\u{3}';

/// Stands for each byte of what is in brackets: an age, a reading, initials.
pub const BRACKETED: char = '\u{2}';

/// The longest text in brackets that is passed over, in bytes.
const LONGEST_BRACKET: usize = 90;

/// How many different words an article is searched for: keeps long texts linear.
const MOST_LOOKED_FOR: usize = 300;

/// How far a sentence is followed, in bytes: keeps long texts linear.
const LONGEST_SENTENCE: usize = 900;

/// What the narrator says.
pub struct Page {
    /// The article's text, as long as it is, without what is quoted and bracketed.
    pub narrated: String,
    /// Where its sentences end, the points that end them included.
    ends: Vec<usize>,
    /// Words that were looked for, with the first two places where they stand.
    found: RefCell<HashMap<String, [Option<usize>; 2]>>,
}

impl Page {
    /// `is_reported` tells of the number of a quotation whether somebody is said to say it; `blank` that a blank behind a bracket is part of
    /// it, as in Japanese.
    pub fn new(reading: &Reading, blank: bool, is_reported: impl Fn(usize) -> bool) -> Page {
        let mut narrated = String::with_capacity(reading.text.len());
        for (number, quote) in reading.quotes.iter().enumerate() {
            let outer = quote.marked.outer.range();
            if narrated.len() <= outer.start {
                narrated.push_str(&reading.text[narrated.len()..outer.start]);
                let blot = if is_reported(number) { QUOTED } else { TERM };
                narrated.extend(outer.map(|_| blot));
            }
        }
        narrated.push_str(&reading.text[narrated.len()..]);
        let narrated = without_brackets(narrated, blank);
        let ends = narrated.char_indices().map(|(k, c)| (k + c.len_utf8(), c));
        let ends = ends.filter(|(end, c)| ends_sentence(*c, &narrated[*end..])).map(|(end, _)| end).collect();
        Page { narrated, ends, found: RefCell::default() }
    }

    /// From the beginning of a sentence to the place in it.
    pub fn before(&self, at: usize) -> Range<usize> {
        let start = self.ends[..self.ends.partition_point(|end| *end <= at)].last().map_or(0, |end| *end);
        self.start(start, at)..at
    }

    /// From where a sentence is looked at: from its beginning, or from the first letter that is no further from its end than is followed.
    fn start(&self, begins: usize, end: usize) -> usize {
        let near = floor(&self.narrated, end.saturating_sub(LONGEST_SENTENCE));
        if near <= begins {
            return begins;
        }
        end - self.narrated[near..end].trim_start_matches([QUOTED, TERM, BRACKETED]).len()
    }

    /// From a place to the end of its sentence, the point included.
    pub fn behind(&self, at: usize) -> Range<usize> {
        let end = self.ends.get(self.ends.partition_point(|end| *end <= at)).map_or(self.narrated.len(), |end| *end);
        at..end.min(ceil(&self.narrated, (at + LONGEST_SENTENCE).min(self.narrated.len())))
    }

    /// The sentences before the one that a place is in, the nearest first, as long as they stand in one paragraph with it.
    pub fn sentences_before(&self, at: usize) -> impl Iterator<Item = Range<usize>> {
        let number = self.ends.partition_point(|end| *end <= at);
        let sentence = |k: usize| k.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[k];
        (0..number)
            .rev()
            .map(sentence)
            .take_while(|sentence| !self.narrated[sentence.clone()].ends_with('\n'))
            .map(|sentence| self.start(sentence.start, sentence.end)..sentence.end)
    }

    /// The first two places where words stand; none once too many were looked for.
    pub fn places(&self, words: &str) -> [Option<usize>; 2] {
        if let Some(known) = self.found.borrow().get(words) {
            return *known;
        }
        let mut found = self.found.borrow_mut();
        if found.len() >= MOST_LOOKED_FOR {
            return [None; 2];
        }
        let mut places = self.narrated.match_indices(words).map(|(at, _)| at);
        let places = [places.next(), places.next()];
        found.insert(words.to_string(), places);
        places
    }

    /// What stands behind the last quotation of a stretch that somebody says.
    pub fn behind_quotations(&self, within: Range<usize>) -> Range<usize> {
        self.narrated[within.clone()].rfind(QUOTED).map_or(within.start, |k| within.start + k + 1)..within.end
    }

    /// Whether two places stand in one paragraph or in two that follow each other.
    pub fn near(&self, first: usize, second: usize) -> bool {
        self.narrated[first..second].split('\n').filter(|line| !line.trim().is_empty()).count() <= 2
    }
}

/// The last place between characters at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|k| text.is_char_boundary(*k)).unwrap_or(0)
}

/// The first place between characters at or behind `at`.
fn ceil(text: &str, at: usize) -> usize {
    (at..text.len()).find(|k| text.is_char_boundary(*k)).unwrap_or(text.len())
}

/// A full stop ends a sentence before a blank and at the end.
fn ends_sentence(c: char, rest: &str) -> bool {
    match c {
        '。' | '！' | '？' | '\n' => true,
        '.' | '!' | '?' => rest.chars().next().is_none_or(char::is_whitespace),
        _ => false,
    }
}

fn without_brackets(mut text: String, blank: bool) -> String {
    let mut from = 0;
    while let Some(open) = text[from..].find(['(', '（']).map(|k| from + k) {
        let top = ceil(&text, (open + LONGEST_BRACKET).min(text.len()));
        let inner = &text[open..top];
        let close = inner.find([')', '）']).filter(|k| !inner[..*k].contains('\n'));
        let Some(close) = close else {
            from = open + inner.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let end = open + close + inner[close..].chars().next().map_or(1, char::len_utf8);
        let end = end + usize::from(blank && text[end..].starts_with(' '));
        text.replace_range(open..end, &String::from(BRACKETED).repeat(end - open));
        from = end;
    }
    text
}
