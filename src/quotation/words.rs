//! Reads an article as words, sentences and quotations.
//!
//! Takes an [`Article`] and gives a [`Reading`]: every word and mark of its headline and paragraphs with its place, shape and word
//! classes, so that all later steps look at numbers and never at the text again.

use super::marks::{self, Marked};
use super::unmarked::{self, By, Layout, Turn};
use crate::article::{Article, Paragraph, ParagraphKind, Span};
use crate::lexicon::{self, Class, Grammar, Language, WordSet};

mod echoes;
mod months;
mod nouns;
mod sentences;
mod shapes;
mod split;

pub use echoes::Echoes;

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

/// What is left of a word when only grammar counts. Function words, verbs of saying and marks stay themselves (they are their own
/// [`Word::hash`], or the character of the mark); all others become one of these. The model has learned the numbers: they stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// No word: beyond the end of the line, the sentence or the article.
    Outside = 1,
    /// A number.
    Number = 2,
    /// Anything with a capital, so that nothing is learned about anybody.
    Name = 3,
    /// A noun for people by what they do.
    Role = 4,
    /// A noun for things that speak or hold words.
    Source = 5,
    /// Any other word that ends in "ed".
    Past = 6,
    /// One that ends in "ing".
    Participle = 7,
    /// One that ends in "ly".
    Adverbial = 8,
    /// One that ends in "s".
    Plural = 9,
    /// One that ends otherwise.
    Other = 10,
    /// Where a verb was looked for: a quotation begins before any.
    Quoted = 11,
    /// Where a verb was looked for: a mark, a preposition or a conjunction stands before any.
    Interrupted = 12,
    /// Where a verb was looked for: there is none near.
    Verbless = 13,
    /// An opening quotation mark, of whatever kind.
    OpenMark = 0x22,
    /// A closing quotation mark.
    CloseMark = 0x23,
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
    /// The character, for a mark (dashes are `-`, dots `.`); for a word the [`Symbol`] of its ending.
    pub point: u8,
    /// Number of the sentence, counted outside quotation marks.
    pub sentence: u32,
    /// Number of the line (headline or paragraph).
    pub line: u32,
    /// 1 + number of the quotation it stands in (marks included), or 0.
    pub quote: u32,
    /// What is left of it for grammar, see [`Symbol`]; kept because every feature asks for it.
    pub symbol: u32,
}

/// The [`Symbol`] of a word, or the hash of one that stays itself.
pub fn symbol(shape: Shape, hash: u32, class: Class, point: u8) -> u32 {
    const KEPT: Class = lexicon::SAY
        | lexicon::SAYING
        | lexicon::DETERMINER
        | lexicon::PREPOSITION
        | lexicon::CONJUNCTION
        | lexicon::AUXILIARY
        | lexicon::PRONOUN
        | lexicon::OTHER_PRONOUN
        | lexicon::ADVERB;
    match shape {
        Shape::Open | Shape::Close | Shape::Point => hash,
        Shape::Number => Symbol::Number as u32,
        _ if class & KEPT != 0 => hash,
        Shape::Capital | Shape::Shouted => Symbol::Name as u32,
        Shape::Lower if class & lexicon::ROLE != 0 => Symbol::Role as u32,
        Shape::Lower if class & (lexicon::SOURCE | lexicon::SPOKEN) != 0 => Symbol::Source as u32,
        Shape::Lower => u32::from(point),
    }
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

    /// True for auxiliaries and forms of the past: the words that make a clause.
    pub fn is_finite(&self) -> bool {
        self.is(lexicon::AUXILIARY) || self.shape == Shape::Lower && self.point == Symbol::Past as u8
    }

    /// True for a noun of a body with a name of its own ("company", "ministry"), not of a paper it issues.
    pub fn is_body(&self) -> bool {
        const BODIES: [u32; 19] = lexicon::all_known([
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
        ]);
        BODIES.contains(&self.hash)
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
    /// What shows that it is spoken.
    pub shown: Shown,
    /// The narrator's words within the marks.
    pub narrator: Option<std::ops::Range<usize>>,
    /// How often its words are printed elsewhere.
    pub echoes: Echoes,
    /// A bit for every word with a capital among its first [`Quoted::NAMING`], by the lowest of its hash: most names are told not to be there.
    pub capitals: u64,
}

impl Quoted {
    /// How many of its words may name somebody.
    pub const NAMING: usize = 200;
}

/// What shows that words are spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Quotation marks around them.
    Marks,
    /// A dash at the beginning of their paragraph.
    Dash,
    /// A label at the beginning of their paragraph or of one before, as a range of [`Reading::words`].
    Label(std::ops::Range<usize>),
    /// Their place among the turns of an interview; true for those of whoever is asked.
    Turn(bool),
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
    pub language: Language,
    /// What that language is like.
    pub grammar: &'static Grammar,
    /// Words of a few capital letters, by hash.
    letters: WordSet<u32>,
    /// Words seen in lower case, and words seen with a capital where no sentence begins.
    seen: [Box<[u64; 1024]>; 2],
}

impl<'a> Reading<'a> {
    /// Reads the headline and the paragraphs of running text.
    pub fn new(article: &'a Article) -> Reading<'a> {
        let text = article.text.as_str();
        let words = Vec::with_capacity(text.len() / 5);
        let language = article.language.as_deref().map_or_else(|| Language::from_text(text), Language::from_code);
        let mut reading = Reading {
            text,
            words,
            lines: Vec::new(),
            quotes: Vec::new(),
            language,
            grammar: Grammar::of(language),
            letters: WordSet::default(),
            seen: [Box::new([0; 1024]), Box::new([0; 1024])],
        };
        let headline = article.headline.filter(|h| article.paragraphs.first().is_none_or(|p| h.end <= p.span.start));
        headline.into_iter().for_each(|span| reading.line(span, true));
        let mut label = 0..0;
        for (Paragraph { kind, span }, layout) in article.paragraphs.iter().zip(unmarked::layouts(article, language)) {
            let looks_like_heading = || reading.lines.len() > 1 && short_heading(span.of(text));
            match (kind, layout) {
                (ParagraphKind::Table | ParagraphKind::Boilerplate, _) => {}
                (_, Layout::Turn(turn)) => reading.turn(*span, turn, &mut label),
                (_, Layout::Dash(spoken)) => {
                    let heading = *kind == ParagraphKind::Subhead || !unmarked::ends_sentence(span.of(text)) && span.len() < 60;
                    reading.spoken(*span, spoken, heading)
                }
                (ParagraphKind::Text, Layout::Marks) => {
                    let heading = looks_like_heading();
                    reading.line(behind_dateline(article, *span), heading)
                }
                (ParagraphKind::Subhead, Layout::Marks) => reading.line(*span, true),
            }
        }
        match language {
            Language::German => reading.tell_nouns(),
            Language::English => reading.tell_months(),
            _ => {}
        }
        echoes::count(&reading.words, &mut reading.quotes);
        for quoted in &mut reading.quotes {
            let capitals = reading.words[quoted.words.clone()].iter().take(Quoted::NAMING).filter(|w| w.is_capital());
            quoted.capitals = capitals.fold(0, |bits, word| bits | 1 << (word.hash & 63));
        }
        reading
    }

    /// Whether a word (by hash) occurs in lower case.
    pub fn occurs_lower(&self, hash: u32) -> bool {
        self.seen[0][(hash >> 6) as usize & 1023] >> (hash & 63) & 1 == 1
    }

    /// Whether a word of three to eight capital letters (by hash) occurs: "SEC".
    pub fn has_letters(&self, hash: u32) -> bool {
        self.letters.contains(&hash)
    }

    /// Whether a word (by hash) occurs with a capital within a sentence.
    pub fn occurs_capital(&self, hash: u32) -> bool {
        self.seen[1][(hash >> 6) as usize & 1023] >> (hash & 63) & 1 == 1
    }

    /// The span from the first to the last word of a range; an empty range is the place before its word.
    pub fn span(&self, words: std::ops::Range<usize>) -> Span {
        if words.is_empty() {
            let start = self.words[words.start].start;
            return Span { start, end: start };
        }
        Span { start: self.words[words.start].start, end: self.words[words.end - 1].end }
    }

    /// A paragraph whose marks show what is spoken.
    fn line(&mut self, span: Span, heading: bool) {
        let first = self.quotes.len();
        self.marked(span, marks::marked(self.text, span), heading);
        for quote in first..self.quotes.len() {
            self.narrator(quote);
        }
    }

    /// Takes the narrator's words within marks for what they are, so that whoever they name can be the speaker.
    fn narrator(&mut self, quote: usize) {
        let quoted = &self.quotes[quote];
        let Some(told) = unmarked::narrator(self.text, quoted.marked.inner, self.language) else { return };
        let at = |place: u32| quoted.words.start + self.words[quoted.words.clone()].partition_point(|w| w.start < place);
        let told = at(told.start)..at(told.end);
        self.words[told.clone()].iter_mut().for_each(|w| w.quote = 0);
        self.quotes[quote].narrator = Some(told);
    }

    /// A paragraph that a dash opens; what it marks within the narrator's words is marked as everywhere.
    fn spoken(&mut self, span: Span, spoken: Vec<Marked>, heading: bool) {
        let first = self.quotes.len();
        self.marked(span, spoken, heading);
        for quoted in &mut self.quotes[first..] {
            let opened = self.text[quoted.marked.outer.start as usize..].starts_with(unmarked::is_dash);
            quoted.shown = if opened { Shown::Dash } else { Shown::Marks };
        }
    }

    /// A turn of an interview or transcript; `label` is the last label before it.
    fn turn(&mut self, span: Span, turn: Turn, label: &mut std::ops::Range<usize>) {
        let from = self.words.len();
        let spoken = Marked { outer: turn.speech, inner: turn.speech, closed: true, single: false };
        self.marked(span, vec![spoken], false);
        let Some(quoted) = self.quotes.last_mut() else { return };
        quoted.shown = match turn.by {
            By::Label(name) => {
                if span.contains(name) {
                    *label = from..quoted.words.start;
                }
                Shown::Label(label.clone())
            }
            By::Asking => Shown::Turn(false),
            By::Asked => Shown::Turn(true),
        };
    }

    fn marked(&mut self, span: Span, marked: Vec<Marked>, heading: bool) {
        let (first_word, first_quote) = (self.words.len(), self.quotes.len());
        let number = self.lines.len();
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
            self.quotes.push(Quoted {
                marked,
                words,
                line: number,
                shown: Shown::Marks,
                narrator: None,
                echoes: Echoes::default(),
                capitals: 0,
            });
        }
        self.plain(at, span.end as usize);
        self.classify(first_word);
        for (k, quoted) in self.quotes.iter().enumerate().skip(first_quote) {
            self.words[quoted.words.clone()].iter_mut().for_each(|w| w.quote = k as u32 + 1);
        }
        self.lines.push(Line { words: first_word..self.words.len(), heading });
        self.sentences(first_word);
        self.opinions(first_word);
    }
}

impl Reading<'_> {
    /// `Para o ministro, "..."`: a "for" that begins a sentence before somebody says whose view follows.
    fn opinions(&mut self, first: usize) {
        const FOR: u32 = lexicon::known("for");
        const ACCORDING: u32 = lexicon::known("according");
        for k in (first..self.words.len().saturating_sub(1)).filter(|_| self.grammar.noun_first) {
            let begins = k == first || self.words[k - 1].sentence != self.words[k].sentence;
            let next = &self.words[k + 1];
            let somebody = next.is_capital() || next.is(lexicon::DETERMINER | lexicon::PRONOUN | lexicon::ROLE);
            if begins && self.words[k].hash == FOR && self.words[k].is_capital() && somebody {
                let class = lexicon::classes(ACCORDING);
                let word = &mut self.words[k];
                (word.hash, word.class, word.symbol) = (ACCORDING, class, ACCORDING);
            }
        }
    }
}

/// A paragraph without the dateline it begins with: the place it was written at says nothing.
fn behind_dateline(article: &Article, span: Span) -> Span {
    let Some(dateline) = article.dateline.as_ref().map(|dateline| dateline.span).filter(|dateline| span.contains(*dateline))
    else {
        return span;
    };
    let rest = &article.text[dateline.end as usize..span.end as usize];
    let story = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '―' | ':' | ')'));
    // A note of the desk may stand before the dateline; nobody is quoted in it.
    Span { start: span.end - story.len() as u32, end: span.end }
}

/// A short line without a full stop at its end and without double marks: a sub-head in all but name.
fn short_heading(line: &str) -> bool {
    line.len() < 60
        && !line.starts_with(['-', '–', '—', '―'])
        && !line.trim_end_matches(['\'', '’']).ends_with(['.', '!', '?', ':', ',', ';', '…'])
        && !line.contains(['"', '“', '”', '„', '«', '»'])
        && !line.contains("''")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let article = Article::plain("1", text, false);
        let reading = Reading::new(&article);
        reading.words.iter().map(|w| w.span().of(text).to_string()).collect()
    }

    #[test]
    fn a_possessive_is_a_word_of_its_own_and_an_initial_keeps_its_stop() {
        assert_eq!(words("J. Doe's U.S. aide didn’t go."), ["J.", "Doe", "'s", "U.S.", "aide", "didn’t", "go", "."]);
    }

    #[test]
    fn a_dateline_is_not_read() {
        let mut article = Article::plain("1", "VELDEN (VPA) - Peace is near, envoys said.", false);
        let line = crate::article::Dateline {
            span: Span::new(0, 12),
            place: "VELDEN".into(),
            region: None,
            agency: None,
            day: None,
            month_day: None,
        };
        article.dateline = Some(line);
        let reading = Reading::new(&article);
        assert_eq!(reading.words[0].span().of(reading.text), "Peace");
    }

    #[test]
    fn a_quotation_does_not_end_the_sentence_around_it() {
        let article = Article::plain("1", "\"Yes. No,\" he said. \"Never.\" They left.", false);
        let reading = Reading::new(&article);
        let last = reading.words.last().map(|w| w.sentence);
        assert_eq!(last, Some(2));
    }
}
