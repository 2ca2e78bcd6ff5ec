//! Reads claims out of what is pasted: whose words are claimed, and which.

use crate::article::{Article, Span};
use crate::quotation::{DOUBTFUL, Kind, Quotation, quotations};
use crate::words::count;

/// Words that are claimed to be somebody's, or to be printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// The words, without the marks around them.
    pub words: String,
    /// Who is said to have said them.
    pub speaker: Option<String>,
    /// When: ISO 8601, as precise as known.
    pub date: Option<String>,
    /// Where the words stand in what was pasted, when they were found there.
    pub span: Option<Span>,
}

impl Claim {
    /// Words and nothing else.
    pub fn of_words(words: &str) -> Claim {
        let words = words.trim();
        let bare = words.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}')
        });
        Claim { words: bare.to_owned(), ..Claim::default() }
    }
}

/// Fewer words between marks are a term that the sentence uses, unless there is little else in it.
const FEWEST_QUOTED: u64 = 4;

/// The claims of a pasted sentence: its quotations with their speakers; all of it where nothing in it is quoted.
pub fn claim(text: &str) -> Vec<Claim> {
    let article = unwrapped(text);
    let quoted: Vec<Claim> = marked(&article).map(|quotation| of_quotation(&article, &quotation)).collect();
    let words: u64 = quoted.iter().map(|claim| count(&claim.words)).sum();
    if words >= FEWEST_QUOTED || words * 2 > count(text) {
        return quoted;
    }
    vec![Claim::of_words(text)]
}

/// More words beside a quotation are no "said the mayor of Hallmere".
const LONGEST_CUE: u64 = 10;

/// Words given without marks, with who said them: `We want peace, said Brandauer`, `Brandauer: we want peace`. Read as if marks stood there.
pub(super) fn unmarked(claim: &Claim) -> Option<Claim> {
    let text = claim.words.as_str();
    let before = text.rsplit_once(", ").map(|(words, cue)| (words, cue, format!("\u{201c}{words},\u{201d} {cue}.")));
    let after = text.split_once(": ").map(|(cue, words)| (words, cue, format!("{cue}: \u{201c}{words}\u{201d}")));
    let read = |(words, cue, marked): (&str, &str, String)| {
        let article = Article::plain("pasted", &marked, false);
        let found = quotations(&article).into_iter().find(|quotation| quotation.kind != Kind::Indirect)?;
        let is_told = found.mention.is_some() && count(cue) <= LONGEST_CUE && count(words) >= FEWEST_QUOTED;
        let speaker = of_quotation(&article, &found).speaker;
        is_told.then(|| Claim { words: words.to_owned(), speaker, span: None, ..claim.clone() })
    };
    before.and_then(read).or_else(|| after.and_then(read))
}

/// The quotations of a draft, each with its speaker where that is sure. Titles and terms between marks are none.
pub fn draft(text: &str) -> Vec<Claim> {
    draft_article(&unwrapped(text))
}

/// The same of a draft that was read from a file.
pub fn draft_article(article: &Article) -> Vec<Claim> {
    let speaks =
        |quotation: &Quotation| quotation.kind != Kind::NotSpeech || count(quotation.span.of(&article.text)) >= FEWEST_QUOTED;
    marked(article).filter(speaks).map(|quotation| of_quotation(article, &quotation)).collect()
}

/// What stands between marks, in no other marks, and holds a word.
fn marked(article: &Article) -> impl Iterator<Item = Quotation> {
    let mut end = 0;
    let mut found = quotations(article);
    found.retain(|quotation| {
        let words =
            quotation.kind != Kind::Indirect && quotation.span.start >= end && count(quotation.span.of(&article.text)) > 0;
        if words {
            end = quotation.span.end;
        }
        words
    });
    found.into_iter()
}

fn of_quotation(article: &Article, quotation: &Quotation) -> Claim {
    let sure = quotation.kind != Kind::NotSpeech && quotation.confidence >= DOUBTFUL;
    let speaker = quotation.speaker.as_ref().filter(|_| sure).map(|speaker| speaker.name.clone());
    Claim { words: quotation.span.of(&article.text).to_owned(), speaker, date: None, span: Some(quotation.span) }
}

/// A text as an article; a line that does not end a sentence goes on in the next one. No byte is moved.
fn unwrapped(text: &str) -> Article {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        let ends = |line: &str| line.trim_end().ends_with(['.', '!', '?', ':', '"', '\'', '\u{201d}', '\u{2019}', '\u{bb}']);
        if let Some(next) = lines.peek() {
            let blank = line.trim().is_empty() || next.trim().is_empty();
            out.push(if blank || ends(line) { '\n' } else { ' ' });
        }
    }
    Article::plain("pasted", &out, false)
}
