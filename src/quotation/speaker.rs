//! Gives each quotation its speaker.

use super::lexicon::*;
use super::mention::{Mention, MentionKind};
use super::names::{Gender, People};
use super::words::{Quoted, Reading, Shape};
use super::{Kind, Quotation, Speaker};

/// Every stretch between marks as a quotation, with its speaker.
pub fn attributed(reading: &Reading, mentions: &[Mention], people: &People) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::with_capacity(reading.quotes.len());
    let mut last: Option<(usize, Choice)> = None;
    for quoted in &reading.quotes {
        let own = own_cue(reading, mentions, quoted);
        let choice = own.or_else(|| carried(reading, quoted, last));
        found.push(quotation(reading, mentions, people, quoted, choice));
        last = choice.map(|choice| (quoted.line, choice)).or(last);
    }
    found
}

#[derive(Clone, Copy)]
struct Choice {
    mention: usize,
    cue: Option<usize>,
}

fn quotation(reading: &Reading, mentions: &[Mention], people: &People, quoted: &Quoted, choice: Option<Choice>) -> Quotation {
    let speaker = choice.and_then(|choice| named(reading, mentions, people, choice.mention));
    let whole = quoted.words.len() > 6 || quoted.marked.inner.of(reading.text).ends_with(['.', ',', '!', '?']);
    let kind = match (choice.is_some(), whole) {
        (false, false) => Kind::NotSpeech,
        (_, true) => Kind::Direct,
        (true, false) => Kind::Partial,
    };
    let role = choice.and_then(|choice| mentions[choice.mention].role.clone()).map(|role| reading.span(role));
    let cue = choice.and_then(|choice| choice.cue).map(|cue| reading.words[cue].span());
    Quotation { span: quoted.marked.inner, kind, speaker, cue, role, confidence: if choice.is_some() { 0.8 } else { 0.2 } }
}

/// The speaker behind a mention, by the fullest name.
fn named(reading: &Reading, mentions: &[Mention], people: &People, mention: usize) -> Option<Speaker> {
    let chosen = &mentions[mention];
    let span = reading.span(chosen.words.clone());
    let name = match chosen.kind {
        MentionKind::Name | MentionKind::Organisation => people.name(reading, chosen.person?),
        MentionKind::Pronoun => people.name(reading, antecedent(reading, mentions, people, mention)?),
        MentionKind::Description => match described(reading, mentions, people, mention) {
            Some(person) => people.name(reading, person),
            None => span.of(reading.text).to_string(),
        },
    };
    Some(Speaker { name, mention: Some(span) })
}

/// The person a pronoun stands for: the last one named whose gender agrees.
fn antecedent(reading: &Reading, mentions: &[Mention], people: &People, pronoun: usize) -> Option<u32> {
    let word = &reading.words[mentions[pronoun].head];
    let agrees = |gender: Gender| match gender {
        Gender::Man => word.is(HE),
        Gender::Woman => word.is(SHE),
        Gender::Untold => word.is(HE | SHE),
    };
    let named = mentions[..pronoun].iter().rev().take(40).filter(|m| !m.quoted && m.kind == MentionKind::Name);
    let mut persons = named.filter_map(|m| m.person).map(|p| (p, &people.people[p as usize]));
    persons.find(|(_, person)| !person.organisation && agrees(person.gender)).map(|(p, _)| p)
}

/// The person a description is printed as the role of.
fn described(reading: &Reading, mentions: &[Mention], people: &People, description: usize) -> Option<u32> {
    let head = reading.words[mentions[description].head].hash;
    let mut holders = (0..people.people.len() as u32).filter(|p| {
        people.people[*p as usize].roles.iter().any(|role| reading.words[role.clone()].iter().any(|w| w.hash == head))
    });
    holders.next().filter(|_| holders.next().is_none())
}

/// The mention joined to the quotation by a verb of saying in the same sentence.
fn own_cue(reading: &Reading, mentions: &[Mention], quoted: &Quoted) -> Option<Choice> {
    after(reading, mentions, quoted).or_else(|| before(reading, mentions, quoted))
}

fn outside(reading: &Reading, mentions: &[Mention], at: usize, forward: bool) -> Option<usize> {
    let usable = |m: &Mention| !m.quoted;
    if forward {
        let first = mentions.partition_point(|m| m.start() < at);
        mentions.get(first).filter(|m| usable(m) && m.start() <= at + 2).map(|_| first)
    } else {
        let last = mentions.partition_point(|m| m.start() < at).checked_sub(1)?;
        let between = reading.words.get(mentions[last].end()..at).unwrap_or_default();
        let near = mentions[last].end() <= at && between.iter().all(|w| w.is(ADVERB | AUXILIARY));
        (usable(&mentions[last]) && near).then_some(last)
    }
}

fn beside(reading: &Reading, mentions: &[Mention], cue: usize) -> Option<Choice> {
    let choice = |mention| Choice { mention, cue: Some(cue) };
    outside(reading, mentions, cue, false).or_else(|| outside(reading, mentions, cue + 1, true)).map(choice)
}

/// `"...," NAME said`, `"...," said NAME`.
fn after(reading: &Reading, mentions: &[Mention], quoted: &Quoted) -> Option<Choice> {
    let words = &reading.words;
    let from = quoted.words.end;
    let sentence = words[quoted.words.start].sentence;
    let same = words[from..].iter().take(16).take_while(|w| w.sentence == sentence && w.shape != Shape::Open);
    let cue = from + same.clone().position(|w| w.is(SAY))?;
    let ended = words[from..cue].iter().any(|w| w.is(CONJUNCTION));
    if ended { None } else { beside(reading, mentions, cue) }
}

/// `NAME said "..."`, `NAME condemned it as "..."`.
fn before(reading: &Reading, mentions: &[Mention], quoted: &Quoted) -> Option<Choice> {
    let words = &reading.words;
    let at = quoted.words.start;
    let (line, sentence) = (words[at].line, words[at].sentence);
    let colon = at > 0 && words[at - 1].is_point(b':');
    let same =
        |k: &usize| words[*k].line == line && (words[*k].sentence == sentence || colon && words[*k].sentence + 1 == sentence);
    let cues = (0..at).rev().take_while(same).filter(|k| words[*k].quote == 0 && words[*k].is(SAY));
    cues.take(3).find_map(|cue| beside(reading, mentions, cue))
}

/// A quotation that opens a paragraph without a cue continues the speaker of the paragraph before.
fn carried(reading: &Reading, quoted: &Quoted, last: Option<(usize, Choice)>) -> Option<Choice> {
    let (line, choice) = last?;
    let opens = reading.lines[quoted.line].words.start == quoted.words.start;
    let near = if opens { quoted.line - line <= 1 } else { quoted.line == line };
    near.then_some(Choice { cue: None, ..choice })
}
