//! Reads an article as words, sentences and quotations.
//!
//! Takes an [`Article`] and gives a [`Reading`]: every word and mark of its headline and paragraphs with its place, shape and word
//! classes, so that all later steps look at numbers and never at the text again.

use super::lexicon::{self, Class, Hash, Language};
use super::marks::{self, Marked};
use crate::article::{Article, Paragraph, ParagraphKind, Span};

/// What a [`Word`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A word in lower case.
    Lower,
    /// A word with a capital first letter.
    Capital,
    /// A word of two or more letters, all capital.
    Shouted,
    /// Begins with a digit.
    Number,
    /// A punctuation mark.
    Point,
    /// An opening quotation mark.
    Open,
    /// A closing quotation mark.
    Close,
}

/// A word or a mark of the article.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// [`lexicon::hash`] of the word; of the character for a mark.
    pub hash: u32,
    /// Its word classes.
    pub class: Class,
    /// What it is.
    pub shape: Shape,
    /// The character, for a mark (dashes are `-`, dots `.`).
    pub point: u8,
    /// Number of the sentence, counted outside quotation marks.
    pub sentence: u32,
    /// Number of the line (headline or paragraph).
    pub line: u32,
    /// 1 + number of the quotation it stands in (marks included), or 0.
    pub quote: u32,
}

impl Word {
    /// Its place in the text.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }

    /// True for words and numbers, false for marks.
    pub fn is_word(&self) -> bool {
        matches!(self.shape, Shape::Lower | Shape::Capital | Shape::Shouted | Shape::Number)
    }

    /// True when it begins with a capital.
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Shouted)
    }

    /// True when it has one of the classes.
    pub fn is(&self, class: Class) -> bool {
        self.class & class != 0
    }

    /// True for a noun of a body with a name of its own ("company", "ministry"), not of a paper it issues.
    pub fn is_body(&self) -> bool {
        const BODIES: [&str; 19] = [
            "company",
            "group",
            "firm",
            "bank",
            "agency",
            "ministry",
            "department",
            "committee",
            "commission",
            "union",
            "party",
            "council",
            "organisation",
            "organization",
            "association",
            "alliance",
            "institute",
            "foundation",
            "government",
        ];
        BODIES.iter().any(|body| lexicon::hash(body) == self.hash)
    }

    /// True when it is this punctuation mark.
    pub fn is_point(&self, point: u8) -> bool {
        self.shape == Shape::Point && self.point == point
    }
}

/// A headline, sub-head or paragraph.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its words, as a range of [`Reading::words`].
    pub words: std::ops::Range<usize>,
    /// True for headline and sub-heads, where capitals mean nothing.
    pub heading: bool,
}

/// A quotation with the words it covers.
#[derive(Debug, Clone)]
pub struct Quoted {
    /// The marks and what they hold.
    pub marked: Marked,
    /// From its opening mark to its closing one, as a range of [`Reading::words`].
    pub words: std::ops::Range<usize>,
    /// The line it stands in.
    pub line: usize,
}

/// An article as words.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article's text.
    pub text: &'a str,
    /// Every word and mark.
    pub words: Vec<Word>,
    /// Headline and paragraphs, in reading order.
    pub lines: Vec<Line>,
    /// Everything between quotation marks, in reading order.
    pub quotes: Vec<Quoted>,
    /// Whose function words are read as English ones.
    language: Language,
    /// Words seen in lower case, and words seen with a capital where no sentence begins.
    seen: [Box<[u64; 1024]>; 2],
}

impl<'a> Reading<'a> {
    /// Reads the headline and the paragraphs of running text.
    pub fn new(article: &'a Article) -> Reading<'a> {
        let text = article.text.as_str();
        let words = Vec::with_capacity(text.len() / 5);
        let language = article.language.as_deref().map_or_else(|| Language::of_text(text), Language::of_code);
        let mut reading = Reading {
            text,
            words,
            lines: Vec::new(),
            quotes: Vec::new(),
            language,
            seen: [Box::new([0; 1024]), Box::new([0; 1024])],
        };
        let headline = article.headline.filter(|h| article.paragraphs.first().is_none_or(|p| h.end <= p.span.start));
        headline.into_iter().for_each(|span| reading.line(span, true));
        for Paragraph { kind, span } in &article.paragraphs {
            let looks_like_heading = || reading.lines.len() > 1 && short_heading(span.of(text));
            match kind {
                ParagraphKind::Text => {
                    let heading = looks_like_heading();
                    reading.line(*span, heading)
                }
                ParagraphKind::Subhead => reading.line(*span, true),
                ParagraphKind::Table | ParagraphKind::Boilerplate => {}
            }
        }
        reading
    }

    /// Whether a word (by hash) occurs in lower case.
    pub fn occurs_lower(&self, hash: u32) -> bool {
        self.seen[0][(hash >> 6) as usize & 1023] >> (hash & 63) & 1 == 1
    }

    /// Whether a word (by hash) occurs with a capital within a sentence.
    pub fn occurs_capital(&self, hash: u32) -> bool {
        self.seen[1][(hash >> 6) as usize & 1023] >> (hash & 63) & 1 == 1
    }

    /// The span from the first to the last word of a range.
    pub fn span(&self, words: std::ops::Range<usize>) -> Span {
        Span { start: self.words[words.start].start, end: self.words[words.end - 1].end }
    }

    fn line(&mut self, span: Span, heading: bool) {
        let (first_word, first_quote) = (self.words.len(), self.quotes.len());
        let number = self.lines.len();
        let marked = marks::marked(self.text, span);
        let mut at = span.start as usize;
        for marked in marked {
            self.plain(at, marked.outer.start as usize);
            let from = self.words.len();
            self.mark(marked.outer.start, marked.inner.start, Shape::Open);
            self.plain(marked.inner.start as usize, marked.inner.end as usize);
            if marked.closed {
                self.mark(marked.inner.end, marked.outer.end, Shape::Close);
            }
            at = marked.outer.end as usize;
            let words = from..self.words.len();
            self.quotes.push(Quoted { marked, words, line: number });
        }
        self.plain(at, span.end as usize);
        for (k, quoted) in self.quotes.iter().enumerate().skip(first_quote) {
            self.words[quoted.words.clone()].iter_mut().for_each(|w| w.quote = k as u32 + 1);
        }
        self.words[first_word..].iter_mut().for_each(|w| w.line = number as u32);
        self.lines.push(Line { words: first_word..self.words.len(), heading });
        self.sentences(first_word);
    }

    fn mark(&mut self, start: u32, end: u32, shape: Shape) {
        let hash = if shape == Shape::Open { 0x22 } else { 0x23 };
        self.words.push(Word { start, end, hash, class: 0, shape, point: b'"', sentence: 0, line: 0, quote: 0 });
    }

    /// Splits `start..end` into words and marks.
    fn plain(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end {
            let byte = bytes[at];
            if byte == b' ' || byte == b'\n' || byte == b'\t' || byte == b'\r' {
                at += 1;
            } else if byte.is_ascii_alphanumeric() {
                at = self.word(at, end);
            } else if byte < 0x80 {
                self.point(at, at + 1, byte);
                at += 1;
            } else {
                at = self.foreign(at, end);
            }
        }
    }

    /// A character beyond ASCII: part of a word, white space, or a mark.
    fn foreign(&mut self, at: usize, end: usize) -> usize {
        let Some(c) = self.text[at..end].chars().next() else { return end };
        let next = at + c.len_utf8();
        match c {
            _ if c.is_alphanumeric() => return self.word(at, end),
            _ if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' => {}
            '—' | '–' | '―' | '‒' | '‐' => self.point(at, next, b'-'),
            '…' => self.point(at, next, b'.'),
            '’' | '‘' => self.point(at, next, b'\''),
            _ => self.point(at, next, b'*'),
        }
        next
    }

    fn point(&mut self, start: usize, end: usize, point: u8) {
        let (start, end) = (start as u32, end as u32);
        let hash = u32::from(point);
        self.words.push(Word { start, end, hash, class: 0, shape: Shape::Point, point, sentence: 0, line: 0, quote: 0 });
    }

    /// Reads one word; a possessive `'s` becomes a word of its own, an abbreviation keeps its full stop.
    fn word(&mut self, start: usize, end: usize) -> usize {
        let (stop, hash) = self.word_end(start, end);
        let word = &self.text[start..stop];
        let shape = shape_of(word);
        let hash = self.in_english(hash);
        let mut class = lexicon::classes(hash);
        if shape == Shape::Shouted {
            class &= !(lexicon::OTHER_PRONOUN | lexicon::PRONOUN);
        }
        self.words.push(Word {
            start: start as u32,
            end: stop as u32,
            hash,
            class,
            shape,
            point: 0,
            sentence: 0,
            line: 0,
            quote: 0,
        });
        let bytes = self.text.as_bytes();
        let apostrophe = apostrophe(bytes, stop, end);
        let s = stop + apostrophe;
        if apostrophe > 0 && s < end && bytes[s] | 32 == b's' && !(s + 1 < end && bytes[s + 1].is_ascii_alphanumeric()) {
            let hash = lexicon::hash("'s");
            let (start, end) = (stop as u32, s as u32 + 1);
            let class = lexicon::classes(hash);
            self.words.push(Word { start, end, hash, class, shape: Shape::Lower, point: 0, sentence: 0, line: 0, quote: 0 });
            return s + 1;
        }
        stop
    }

    /// A foreign function word as the English one that does its work; `so` in `"...", so Meier` reports.
    fn in_english(&self, hash: u32) -> u32 {
        if self.language == Language::English {
            return hash;
        }
        let behind = self.words.last().is_some_and(|w| w.is_point(b',') || w.shape == Shape::Close);
        if behind && self.language == Language::German && hash == lexicon::hash("so") {
            return lexicon::hash("said");
        }
        lexicon::english(self.language, hash).unwrap_or(hash)
    }

    fn word_end(&self, start: usize, end: usize) -> (usize, u32) {
        let bytes = self.text.as_bytes();
        let mut hash = Hash::new();
        let mut at = start;
        while at < end {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() {
                hash.byte(byte.to_ascii_lowercase());
                at += 1;
            } else if byte >= 0x80 {
                let Some(c) = self.text[at..end].chars().next() else { break };
                if !c.is_alphanumeric() && c != '\u{301}' {
                    let inside = c == '’' && letter_at(self.text, at + 3, end) && !possessive(bytes, at + 3, end);
                    if !inside {
                        break;
                    }
                    hash.byte(b'\'');
                    at += 3;
                    continue;
                }
                let mut buffer = [0; 4];
                c.to_lowercase().for_each(|c| c.encode_utf8(&mut buffer).bytes().for_each(|b| hash.byte(b)));
                at += c.len_utf8();
            } else if (byte == b'\'' && !possessive(bytes, at + 1, end) || byte == b'-') && letter_at(self.text, at + 1, end) {
                hash.byte(byte);
                at += 1;
            } else if byte == b'.' && at > start && self.dot_belongs(start, at, end, &hash) {
                if at + 1 < end && bytes[at + 1].is_ascii_alphanumeric() {
                    hash.byte(b'.');
                    at += 1;
                } else {
                    return (at + 1, hash.finish());
                }
            } else if (byte == b',' || byte == b'.')
                && bytes[start].is_ascii_digit()
                && at + 1 < end
                && bytes[at + 1].is_ascii_digit()
            {
                hash.byte(byte);
                at += 1;
            } else {
                break;
            }
        }
        (at, hash.finish())
    }

    /// Whether the full stop at `at` is part of the word begun at `start` (`U.S.`, `Mr.`, `J.`).
    fn dot_belongs(&self, start: usize, at: usize, end: usize, hash: &Hash) -> bool {
        let bytes = self.text.as_bytes();
        let word = &bytes[start..at];
        let letter_after = at + 1 < end && bytes[at + 1].is_ascii_alphabetic();
        let single = word.len() == 1 || word[word.len() - 2] == b'.';
        if letter_after {
            return single && word[word.len() - 1].is_ascii_alphabetic();
        }
        let initial = single && word[word.len() - 1].is_ascii_uppercase();
        let next_word = at + 1 < end && bytes[at + 1] == b' ';
        (initial && (next_word || word.len() > 1 || at + 1 >= end || bytes[at + 1] == b','))
            || (word.len() <= 5
                && word[0].is_ascii_alphabetic()
                && lexicon::classes(hash.finish()) & lexicon::ABBREVIATION != 0
                && { word[0].is_ascii_uppercase() || word.contains(&b'.') })
    }

    /// Numbers the sentences of a line, treating a quotation as part of the sentence around it.
    fn sentences(&mut self, first: usize) {
        let mut sentence = first.checked_sub(1).map_or(0, |last| self.words[last].sentence + 1);
        let count = self.words.len();
        let heading = self.lines.last().is_some_and(|line| line.heading);
        for k in first..count {
            self.words[k].sentence = sentence;
            let word = &self.words[k];
            if !heading && word.is_word() {
                let begins = k == first || self.words[k - 1].sentence != sentence || !self.words[k - 1].is_word();
                let (which, bit) = (usize::from(word.is_capital()), word.hash);
                if which == 0 || !begins {
                    self.seen[which][(bit >> 6) as usize & 1023] |= 1 << (bit & 63);
                }
            }
            if self.ends_sentence(k, count) {
                sentence += 1;
            }
        }
    }

    fn ends_sentence(&self, k: usize, count: usize) -> bool {
        let word = &self.words[k];
        let Some(next) = self.words.get(k + 1).filter(|_| k + 1 < count) else { return false };
        let fresh = next.is_capital() || matches!(next.shape, Shape::Open | Shape::Number);
        if word.quote == 0 {
            return word.shape == Shape::Point && matches!(word.point, b'.' | b'!' | b'?') && fresh;
        }
        if word.shape != Shape::Close || !fresh {
            return false;
        }
        match self.words[k - 1] {
            Word { shape: Shape::Point, point: b'.', .. } => true,
            Word { shape: Shape::Point, point: b'!' | b'?', .. } => {
                !self.words[k + 1..count.min(k + 6)].iter().take_while(|w| w.shape != Shape::Point).any(|w| w.is(lexicon::SAY))
            }
            _ => false,
        }
    }
}

/// The length of an apostrophe at `at`, or 0.
fn apostrophe(bytes: &[u8], at: usize, end: usize) -> usize {
    match bytes.get(at) {
        Some(b'\'') if at < end => 1,
        Some(0xE2) if at + 2 < end && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x99 => 3,
        _ => 0,
    }
}

/// Whether `at` holds the `s` of a possessive and the word ends there.
fn possessive(bytes: &[u8], at: usize, end: usize) -> bool {
    at < end && bytes[at] | 32 == b's' && !(at + 1 < end && (bytes[at + 1].is_ascii_alphanumeric() || bytes[at + 1] == b'-'))
}

fn letter_at(text: &str, at: usize, end: usize) -> bool {
    at < end && text[at..end].chars().next().is_some_and(char::is_alphanumeric)
}

fn shape_of(word: &str) -> Shape {
    let mut letters = word.chars();
    match letters.next() {
        Some(c) if c.is_numeric() || word.bytes().any(|b| b.is_ascii_digit()) && word.len() < 6 => Shape::Number,
        Some(c) if c.is_uppercase() => {
            let mut rest = letters.filter(|c| c.is_alphabetic()).peekable();
            if rest.peek().is_some() && rest.all(char::is_uppercase) { Shape::Shouted } else { Shape::Capital }
        }
        _ => Shape::Lower,
    }
}

/// A short line without a full stop at its end: a sub-head in all but name.
fn short_heading(line: &str) -> bool {
    line.len() < 60
        && !line.starts_with(['-', '–', '—', '―'])
        && !line.ends_with(['.', '!', '?', ':', ',', ';', '"', '”', '…'])
        && !line.ends_with("''")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotation::attribute::plain;

    fn words(text: &str) -> Vec<String> {
        let article = plain("1", text, false);
        let reading = Reading::new(&article);
        reading.words.iter().map(|w| w.span().of(text).to_string()).collect()
    }

    #[test]
    fn a_possessive_is_a_word_of_its_own_and_an_initial_keeps_its_stop() {
        assert_eq!(words("J. Doe's U.S. aide didn’t go."), ["J.", "Doe", "'s", "U.S.", "aide", "didn’t", "go", "."]);
    }

    #[test]
    fn a_quotation_does_not_end_the_sentence_around_it() {
        let article = plain("1", "\"Yes. No,\" he said. \"Never.\" They left.", false);
        let reading = Reading::new(&article);
        let last = reading.words.last().map(|w| w.sentence);
        assert_eq!(last, Some(2));
    }
}
