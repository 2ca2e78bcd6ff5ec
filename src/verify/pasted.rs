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
const LONGEST_CUE: u64 = 6;

/// Words given without marks, with who said them: `We want peace, said Brandauer`, `Brandauer said: we want peace`. Read as if marks stood
/// there; what stands beside them has to be a cue and a name and begin with one of the two, for all else may be part of the words.
pub(super) fn unmarked(claim: &Claim) -> Option<Claim> {
    let text = claim.words.as_str();
    let before = text.rsplit_once(", ").map(|(words, cue)| (words, cue, format!("\u{201c}{words},\u{201d} "), "."));
    let after = text.split_once(": ").map(|(cue, words)| (words, cue, String::new(), ": "));
    let read = |(words, cue, head, tail): (&str, &str, String, &str)| {
        let marked = if head.is_empty() { format!("{cue}{tail}\u{201c}{words}\u{201d}") } else { format!("{head}{cue}{tail}") };
        let article = Article::plain("pasted", &marked, false);
        let found = quotations(&article).into_iter().find(|quotation| quotation.kind != Kind::Indirect)?;
        let (told, mention) = (found.cue?, found.mention?);
        let begins = told.start.min(mention.start) as usize == head.len();
        let inside = told.end.max(mention.end) as usize <= head.len() + cue.len();
        let named = mention.of(&marked).contains(char::is_uppercase);
        let short = count(cue) <= LONGEST_CUE && count(words) >= FEWEST_QUOTED;
        let speaker = of_quotation(&article, &found).speaker;
        (begins && inside && named && short).then(|| Claim { words: words.to_owned(), speaker, ..claim.clone() })
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

/// Least confidence of a speaker who is named beside the words: `Orlan said: "..."`, with nothing before it, has about .75.
const NAMED: f32 = 0.6;

fn of_quotation(article: &Article, quotation: &Quotation) -> Claim {
    // A last name alone is less sure, for there may be two of that name: beside the cue it is the one who is claimed.
    let beside = quotation.cue.is_some()
        && quotation.mention.is_some_and(|mention| mention.of(&article.text).contains(char::is_uppercase));
    let sure = quotation.kind != Kind::NotSpeech && (quotation.confidence >= DOUBTFUL || beside && quotation.confidence >= NAMED);
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
