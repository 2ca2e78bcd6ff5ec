//! Speech that a dash opens, as most languages of Europe set it: `– Vi har inget kol, säger Ann Lee.`, `—No hay carbón —dijo Ann
//! Lee—. Vendrá mañana.`, `— Угля нет, — сказала Ли. — Завтра.`
//!
//! The narrator's part stands behind a comma, a loud mark or another dash and begins with a verb of saying; a dash behind it lets the
//! speaker go on. Items of lists begin with dashes too, so a paragraph without a verb of saying is speech only in an article where
//! others have one, or where questions and answers take turns. In English dashes open lists and no speech.

use super::{Layout, ends_sentence, is_dash, is_told, meaning, spoken};
use crate::article::{Paragraph, Span};
use crate::lexicon::{self, AUXILIARY, Language, OTHER_PRONOUN, SAY, known};
use crate::quotation::marks::{self, Marked};

/// Gives the paragraphs that are dash speech their layout.
pub fn find(text: &str, paragraphs: &[Paragraph], language: Language, layouts: &mut [Layout]) {
    if matches!(language, Language::English | Language::Other) {
        return;
    }
    let opened = |k: usize| {
        let span = paragraphs[k].span;
        is_told(&paragraphs[k]) && matches!(layouts[k], Layout::Marks) && opening(span.of(text)).is_some()
    };
    let dashed: Vec<bool> = (0..paragraphs.len()).map(opened).collect();
    if !dashed.contains(&true) {
        return;
    }
    let read = |k: usize| dashed[k].then(|| Dashed::new(text, paragraphs[k].span, language));
    let all: Vec<Option<Dashed>> = (0..paragraphs.len()).map(read).collect();
    let told = all.iter().flatten().any(|dashed| dashed.told);
    let asked = |k: usize| dashed[k] && paragraphs[k].span.of(text).ends_with('?');
    let asking = (1..paragraphs.len()).any(|k| asked(k - 1) && dashed[k]) && dashed.iter().filter(|d| **d).count() > 2;
    let alone = |k: usize| !(k > 0 && dashed[k - 1] || dashed.get(k + 1).is_some_and(|next| *next));
    let nordic = matches!(language, Language::Norwegian | Language::Swedish | Language::Danish | Language::Finnish);
    for (k, dashed) in all.into_iter().enumerate() {
        let Some(dashed) = dashed else { continue };
        let span = paragraphs[k].span;
        let sentence = dashed.fresh && (ends_sentence(span.of(text)) || told && span.len() < 60);
        if dashed.told || sentence && (told || asking || nordic && alone(k)) {
            layouts[k] = Layout::Dash(dashed.pieces);
        }
    }
}

/// The narrator's words within quotation marks, from the verb of saying on: `« Nous n'avons rien, explique Anne Lorée, mais demain... »`,
/// `«Нет, – сказала Анна Лескова. – Завтра»`.
pub fn narrator(text: &str, inner: Span, language: Language) -> Option<Span> {
    use Language::{French, Italian, Polish, Portuguese, Russian, Spanish};
    if !matches!(language, French | Italian | Polish | Portuguese | Russian | Spanish) {
        return None;
    }
    let line = Line { text, end: inner.end as usize, language };
    let (_, from) = line.narrator(inner.start as usize)?;
    let rest = &text[from..line.end];
    let stop = rest.find([',', '.', ';', ':', '—', '–', '!', '?']).unwrap_or(rest.len());
    Some(Span::new(from, from + stop))
}

/// The length of the dash that opens a paragraph and the blanks behind it.
fn opening(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(is_dash)?;
    let speech = rest.trim_start();
    let begins = speech.chars().next().is_some_and(|c| c.is_alphabetic() || "¿¡«„“”\"…".contains(c));
    let glued = speech.len() == rest.len() && line.starts_with('-');
    (begins && !glued).then_some(line.len() - speech.len())
}

/// A paragraph that a dash opens.
struct Dashed {
    /// What is spoken, and what stands between marks in the narrator's part, in reading order.
    pieces: Vec<Marked>,
    /// A narrator says whose words they are.
    told: bool,
    /// Begins with a capital, a number or a mark.
    fresh: bool,
}

impl Dashed {
    fn new(text: &str, span: Span, language: Language) -> Dashed {
        let line = Line { text, end: span.end as usize, language };
        let mut from = span.start as usize;
        let mut start = from + opening(span.of(text)).unwrap_or(0);
        let fresh = text[start..line.end].chars().next().is_none_or(|c| !c.is_lowercase());
        let (mut pieces, mut told) = (Vec::new(), false);
        while start < line.end {
            let Some((stop, narrator)) = line.narrator(start) else {
                push(&mut pieces, text, from, start..line.end, line.end);
                break;
            };
            push(&mut pieces, text, from, start..stop, narrator);
            told = true;
            let resumed = line.resumed(narrator);
            let (dash, next) = resumed.unwrap_or((line.end, line.end));
            pieces.extend(marks::marked(text, Span::new(narrator, dash)));
            (from, start) = (dash, next);
        }
        Dashed { pieces, told, fresh }
    }
}

/// Adds the speech that what stands before and behind it sets apart, if there is any.
fn push(pieces: &mut Vec<Marked>, text: &str, from: usize, speech: std::ops::Range<usize>, to: usize) {
    let words = text[speech.clone()].trim();
    if words.chars().any(char::is_alphanumeric) {
        let start = speech.start + (text[speech.clone()].len() - text[speech].trim_start().len());
        pieces.push(spoken(from, Span::new(start, start + words.len()), to));
    }
}

/// A paragraph up to its end.
struct Line<'a> {
    text: &'a str,
    end: usize,
    language: Language,
}

impl Line<'_> {
    /// Where the speech that begins at `start` stops for the narrator, and where the narrator's first word is.
    fn narrator(&self, start: usize) -> Option<(usize, usize)> {
        let rest = &self.text[start..self.end];
        let mut blank = true;
        for (at, c) in rest.char_indices() {
            let behind = at + c.len_utf8();
            let (dash, comma) = (is_dash(c), matches!(c, ',' | '!' | '?' | '…' | '"' | '”' | '“' | '»'));
            if dash && blank || comma {
                let tail = &rest[behind..];
                let tail_start = tail.trim_start().trim_start_matches(is_dash).trim_start();
                let parted = dash || tail_start.len() < tail.len();
                let dashed = dash || tail.trim_start().starts_with(is_dash);
                if parted && self.narrates(tail_start, dashed) {
                    return Some((start + if dash { at } else { behind }, self.end - tail_start.len()));
                }
            }
            blank = c.is_whitespace();
        }
        None
    }

    /// Whether a narrator speaks here: a verb of saying comes first, or soon where a dash has set the words apart.
    fn narrates(&self, tail: &str, dashed: bool) -> bool {
        if !tail.starts_with(char::is_lowercase) && !dashed {
            return self.language == Language::Finnish && self.is_named_first(tail);
        }
        let near = tail.char_indices().nth(160).map_or(tail, |(at, _)| &tail[..at]);
        let stop = near.find([',', '.', ':', ';', '!', '?', '–', '—', '"', '«', '”']).unwrap_or(near.len());
        let mut words = near[..stop].split(|c: char| !c.is_alphanumeric() && c != '\u{301}').filter(|word| !word.is_empty());
        let mut reach = if dashed { 6 } else { 1 };
        while let Some(word) = words.next().filter(|_| reach > 0) {
            let hash = meaning(word, self.language);
            let says = lexicon::classes(hash) & SAY != 0 && word.starts_with(char::is_lowercase);
            if says || hash == known("according") {
                let next = words.next().map_or(0, |next| meaning(next, self.language));
                // "I think", "they said that ..." within the speech.
                let own = lexicon::classes(next) & OTHER_PRONOUN != 0 && [known("i"), known("we"), known("you")].contains(&next);
                return !(own || next == known("that"));
            }
            // "a-t-il dit", "har sagt"
            let auxiliary = lexicon::classes(hash) & AUXILIARY != 0;
            reach = if reach == 1 && auxiliary { 3 } else { reach - 1 };
        }
        false
    }

    /// Finnish may set the name before the verb: `, Ann Lee sanoo.`
    fn is_named_first(&self, tail: &str) -> bool {
        let mut words = tail.split_whitespace().skip_while(|word| word.starts_with(char::is_uppercase));
        let verb = words.next().unwrap_or_default();
        let names = tail.split_whitespace().take_while(|word| word.starts_with(char::is_uppercase)).count();
        let says = lexicon::classes(meaning(verb.trim_end_matches(['.', ',']), self.language)) & SAY != 0;
        says && (1..=3).contains(&names)
    }

    /// Where a dash lets the speaker go on behind the narrator at `start`, and where the speech begins.
    fn resumed(&self, start: usize) -> Option<(usize, usize)> {
        let rest = &self.text[start..self.end];
        let mut before = [' ', ' '];
        for (at, c) in rest.char_indices() {
            if is_dash(c) {
                let tail = &rest[at + c.len_utf8()..];
                let stopped = before[1].is_whitespace() && ".,:;!?".contains(before[0]) || ".,:;!?".contains(before[1]);
                let glued = c != '-' && before[1].is_alphanumeric() && tail.starts_with(['.', ',', ':', ';', ' ', '!', '?']);
                let speech = tail.trim_start_matches(['.', ',', ':', ';', ' ', '\u{a0}']);
                if (stopped || glued) && !speech.is_empty() {
                    return Some((start + at, self.end - speech.len()));
                }
            }
            before = [before[1], c];
        }
        None
    }
}
