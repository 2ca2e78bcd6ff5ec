//! Turns of interviews and transcripts that are printed without quotation marks: `BRANDT: There is none.`, `Q. Is there coal?`,
//! `Frage: ...`, and questions in paragraphs of their own.
//!
//! Facts, recipes, captions and scores are printed with a colon too. So labels count only where at least two take turns, and only
//! where they look like names of people in the article or are the words that interviews have for question and answer. Questions
//! without labels count only where those who answer speak of themselves.

use super::{Layout, ends_sentence, is_first_person, is_told};
use crate::article::{Paragraph, ParagraphKind, Span};
use crate::lexicon::{self, Language, MAN, WOMAN};
use std::collections::{HashMap, HashSet};

mod label;

use label::{Label, Means};

/// A turn of an interview or transcript.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    /// What is said.
    pub speech: Span,
    /// Who speaks.
    pub by: By,
}

/// Who speaks a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Whoever this label names; it opens the paragraph or one before.
    Label(Span),
    /// Whoever asks.
    Asking,
    /// Whoever is asked.
    Asked,
}

/// Gives the paragraphs that are turns their layout.
pub fn find(text: &str, paragraphs: &[Paragraph], language: Language, layouts: &mut [Layout]) {
    let labels: Vec<Option<Label>> = paragraphs.iter().map(|p| is_told(p).then(|| Label::new(text, p.span)).flatten()).collect();
    let turns = if labels.iter().flatten().count() > 1 && takes_turns(text, paragraphs, &labels) {
        labelled(text, paragraphs, language, &labels)
    } else {
        asked(text, paragraphs, language)
    };
    for (k, turn) in turns {
        layouts[k] = Layout::Turn(turn);
    }
}

/// Paragraphs to a turn at most, on average: who answers speaks on for some, and a guest who gives a speech for thirty. A label now and then in a
/// file of a thousand stories (`Cape Hallmere: the ideal harbour?`) would have given its name to hundreds of paragraphs that nobody says.
const LONGEST_TURNS: usize = 30;

/// Words that address or refer, and name nobody who speaks.
const NO_NAMES: [&str; 12] =
    ["dear", "related", "photo", "photos", "image", "source", "update", "note", "more", "via", "read", "watch"];

/// Whether the labels are those of people who take turns.
fn takes_turns(text: &str, paragraphs: &[Paragraph], labels: &[Option<Label>]) -> bool {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    labels.iter().flatten().for_each(|label| *counts.entry(&label.key).or_default() += 1);
    let repeated = counts.values().filter(|count| **count > 1).count();
    let names = named_elsewhere(text, paragraphs, labels);
    let good = |label: &Label| {
        let words = || label.key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let given = words().count() > 1 && words().any(|word| lexicon::classes(lexicon::hash(word)) & (MAN | WOMAN) != 0);
        let known = words().next_back().is_some_and(|last| last.chars().count() > 2 && names.contains(&lexicon::hash(last)));
        let shouted = !label.name.of(text).contains(char::is_lowercase);
        let again = shouted && repeated > 1 && counts[label.key.as_str()] > 1;
        label.means != Means::Name
            || !words().next().is_some_and(|first| NO_NAMES.contains(&first)) && (given || known || again || label.titled)
    };
    let all = labels.iter().flatten().count();
    let kept: Vec<&Label> = labels.iter().flatten().filter(|label| good(label)).collect();
    let different: HashSet<&str> = kept.iter().map(|label| label.key.as_str()).collect();
    let sentences = kept.iter().filter(|label| ends_sentence(label.speech.of(text))).count();
    let is_good = |k: usize| labels[k].as_ref().is_some_and(good);
    let replied = (1..labels.len()).any(|k| is_good(k) && is_good(k - 1) && asks(paragraphs[k - 1].span.of(text)));
    let (first, last) =
        (labels.iter().position(Option::is_some).unwrap_or(0), labels.iter().rposition(Option::is_some).unwrap_or(0));
    let dense = kept.len() * LONGEST_TURNS > last - first;
    let titled = kept.iter().filter(|label| label.titled).count() > 1;
    let repeats = kept.len() > 2 && kept.iter().any(|label| counts[label.key.as_str()] > 1);
    dense
        && different.len() > 1
        && (repeats || replied || titled)
        && kept.len() * 4 >= all * 3
        && sentences * 10 >= kept.len() * 7
}

/// The words with a capital that stand outside labels and outside what they introduce.
fn named_elsewhere(text: &str, paragraphs: &[Paragraph], labels: &[Option<Label>]) -> HashSet<u32> {
    let mut names = HashSet::new();
    let mut add = |part: &str| {
        let words = part.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(char::is_uppercase));
        names.extend(words.map(lexicon::hash));
    };
    let head = paragraphs.first().map_or(text.len(), |first| first.span.start as usize);
    add(&text[..head]);
    for (paragraph, label) in paragraphs.iter().zip(labels) {
        add(label.as_ref().map_or(paragraph.span, |label| label.speech).of(text));
    }
    names
}

/// Each labelled paragraph and those in which its speaker goes on.
fn labelled(text: &str, paragraphs: &[Paragraph], language: Language, labels: &[Option<Label>]) -> Vec<(usize, Turn)> {
    let last = labels.iter().rposition(Option::is_some).unwrap_or(0);
    let repeated = labels.iter().flatten().count() > 2;
    let mut turns = Vec::new();
    let mut by = None;
    for (k, paragraph) in paragraphs.iter().enumerate() {
        let line = paragraph.span.of(text);
        if let Some(label) = &labels[k] {
            by = Some(match label.means {
                Means::Question => By::Asking,
                Means::Answer => By::Asked,
                Means::Name => By::Label(label.name),
            });
            turns.extend(by.map(|by| (k, Turn { speech: label.speech, by })));
            continue;
        }
        let spoken = paragraph.kind == ParagraphKind::Text && ends_sentence(line) && !line.starts_with(['(', '[']);
        // Behind the last label the story may go on in the reporter's own words.
        let goes_on = k < last || repeated && is_first_person(line, language) && !line.contains(['"', '“', '„', '«']);
        if !goes_on || paragraph.kind == ParagraphKind::Text && !spoken && k > last {
            by = by.filter(|_| k < last);
        } else if spoken {
            turns.extend(by.map(|by| (k, Turn { speech: paragraph.span, by })));
        }
    }
    turns
}

/// How many paragraphs before the first question may introduce the interview.
const INTRODUCTION: usize = 3;

/// Whether a text says that somebody was asked.
fn is_introduced(text: &str) -> bool {
    const SAYS: [&str; 12] = [
        "interview",
        "intervju",
        "entrevist",
        "entretien",
        "intervist",
        "интервью",
        "wywiad",
        "röportaj",
        "gesprochen",
        "gespräch",
        "spoke to",
        "spoke with",
    ];
    let small = text.to_lowercase();
    SAYS.iter().any(|word| small.contains(word))
}

/// An interview whose questions are paragraphs of their own.
fn asked(text: &str, paragraphs: &[Paragraph], language: Language) -> Vec<(usize, Turn)> {
    let lines: Vec<usize> = (0..paragraphs.len()).filter(|k| is_told(&paragraphs[*k])).collect();
    let question = |k: &usize| {
        let line = paragraphs[*k].span.of(text);
        asks(line) && line.split_whitespace().nth(3).is_some() && !is_marked(line)
    };
    let asked: Vec<usize> = (0..lines.len()).filter(|k| question(&lines[*k])).collect();
    let (Some(first), Some(last)) = (asked.first(), asked.last()) else { return Vec::new() };
    if asked.len() < 4 || *first == 0 {
        return Vec::new();
    }
    let zone = *first..lines.len();
    let answers = |k: &usize| !question(&lines[*k]) && paragraphs[lines[*k]].kind == ParagraphKind::Text;
    let replies: Vec<usize> = asked.iter().map(|k| k + 1).filter(|k| zone.contains(k) && answers(k)).collect();
    let own = |k: &usize| {
        is_first_person(paragraphs[lines[*k]].span.of(text), language) && !is_marked(paragraphs[lines[*k]].span.of(text))
    };
    let personal = replies.iter().filter(|k| own(k)).count();
    let dense = asked.len() * 4 >= last + 1 - first;
    let before =
        paragraphs[lines[first.saturating_sub(INTRODUCTION)]].span.start as usize..paragraphs[lines[*first]].span.start as usize;
    let introduced = is_introduced(&text[before]) && personal > 0;
    let spoken = introduced || personal * 3 >= replies.len() * 2;
    if replies.len() + 1 < asked.len() || !spoken || !dense {
        return Vec::new();
    }
    let mut turns = Vec::new();
    for k in *first..(last + 2).min(lines.len()) {
        let paragraph = &paragraphs[lines[k]];
        let by = if question(&lines[k]) { By::Asking } else { By::Asked };
        let line = paragraph.span.of(text);
        if by == By::Asking || answers(&k) && ends_sentence(line) && !line.starts_with(['(', '[']) && !is_marked(line) {
            turns.push((lines[k], Turn { speech: paragraph.span, by }));
        }
    }
    turns
}

fn asks(line: &str) -> bool {
    line.ends_with(['?', '？'])
}

/// Begins with a quotation mark or a dash: the marks show what is spoken.
fn is_marked(line: &str) -> bool {
    line.starts_with(['"', '“', '„', '«', '»', '”', '‘', '\'', '-', '–', '—', '‚', '「'])
}
