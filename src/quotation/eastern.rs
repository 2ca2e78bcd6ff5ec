//! Who speaks in Korean, Japanese and Chinese, by rules: these languages print no capitals, and the model has learned nothing of them.
//!
//! Takes the quotations of an article, in reading order, and gives a speaker to each whose clause names one: the noun before a particle or a
//! verb of saying (`korean`, `japanese`, `chinese`), led to the fullest name that the article prints (`people`). What goes on in the same
//! sentence has the same speaker; what stands alone after somebody's words is his as doubtful.

mod chinese;
mod japanese;
mod korean;
mod page;
mod people;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use self::page::Page;
use self::people::{Beside, People, Phrase, Who};
use super::words::{Quoted, Reading};
use super::{Kind, Quotation, Speaker};
use crate::article::Span;
use crate::lexicon::Eastern;

/// How sure each way of telling is. Of the labelled quotations that a name stands beside, nine in ten and more are right; of those
/// carried over two in three (docs/attribution.md).
const NAMED: f32 = 0.93;
const FAMILY: f32 = 0.9;
const PRONOUN: f32 = 0.8;
const UNSURE: f32 = 0.75;
const CARRIED: f32 = 0.6;

/// How many sentences before a quotation may tell who goes on speaking.
const SENTENCES_BACK: usize = 6;

/// Whether somebody is said to say a quotation, by what stands beside it.
fn is_reported(language: Eastern, reading: &Reading, number: usize) -> bool {
    let marked = reading.quotes[number].marked;
    let behind = &reading.text[marked.outer.end as usize..];
    match language {
        Eastern::Korean => korean::is_reported(behind),
        Eastern::Japanese => japanese::is_reported(behind, marked.inner.of(reading.text)),
        Eastern::Chinese => chinese::is_reported(&reading.text[..marked.outer.start as usize], marked.inner.of(reading.text)),
    }
}

/// Whether words are a sentence or a clause: by the point or the verb at their end.
fn is_whole(language: Eastern, words: &str) -> bool {
    const POINTS: &[char] = &['。', '！', '？', '…', '.', '!', '?', '，', ','];
    const CLOSING: &[char] = &['\u{22}', '」', '』'];
    let words = words.trim_end();
    words.ends_with(POINTS) || language.ending("VERB", words.trim_end_matches(CLOSING)).is_some()
}

/// Whoever was told to speak: by what name, and how sure that is.
#[derive(Clone)]
struct Told {
    name: String,
    sure: f32,
    printed: Option<Range<usize>>,
    role: Option<Range<usize>>,
}

/// Gives speakers to the quotations of an article in one of these languages, where it is one.
pub fn attribute(reading: &Reading, found: &mut [Quotation]) {
    let Some(language) = Eastern::of(reading.text) else { return };
    if found.iter().all(|quotation| quotation.speaker.is_some()) {
        return;
    }
    let reported: Vec<bool> = (0..found.len()).map(|number| is_reported(language, reading, number)).collect();
    let blots = |number| {
        let quote: &Quoted = &reading.quotes[number];
        reported[number] || reading.lines[quote.line].heading && !quote.marked.single
    };
    let page = Page::new(reading, language == Eastern::Japanese, blots);
    let phrases: Vec<Phrase> = match language {
        Eastern::Korean => korean::phrases(&page).collect(),
        Eastern::Japanese => japanese::phrases(&page).collect(),
        Eastern::Chinese => chinese::phrases(&page).collect(),
    };
    let people = People::new(reading.text, phrases.into_iter());
    let desk = Desk { language, reading, reported: &reported, page: &page, people: &people, subjects: RefCell::default() };
    let mut told: Vec<Option<Told>> = Vec::with_capacity(found.len());
    for (number, quotation) in found.iter_mut().enumerate() {
        let behind = &page.narrated[reading.quotes[number].marked.outer.end as usize..];
        let named = language == Eastern::Japanese && japanese::is_named(behind);
        if named {
            quotation.kind = Kind::NotSpeech;
        }
        let who = if named || quotation.speaker.is_some() { None } else { desk.who(number, &told) };
        if let Some(who) = &who {
            let span = |range: &Range<usize>| Span::new(range.start, range.end);
            let role = who.role.as_ref().filter(|role| !language.has("HONORIFIC", &reading.text[(*role).clone()]));
            quotation.kind = if is_whole(language, quotation.span.of(reading.text)) { Kind::Direct } else { Kind::Partial };
            quotation.mention = who.printed.as_ref().map(span);
            quotation.speaker = Some(Speaker { name: who.name.clone(), mention: quotation.mention });
            quotation.role = role.map(span);
            quotation.confidence = who.sure;
        }
        told.push(who);
    }
}

/// What is looked at to tell whose a quotation is.
struct Desk<'a> {
    language: Eastern,
    reading: &'a Reading<'a>,
    /// Of each quotation whether somebody is said to say it.
    reported: &'a [bool],
    page: &'a Page,
    people: &'a People<'a>,
    /// Whoever the sentences tell of that were looked at, by where they end.
    subjects: RefCell<HashMap<usize, Beside>>,
}

impl Desk<'_> {
    /// Who says a quotation, given what was told of those before it.
    fn who(&self, number: usize, told: &[Option<Told>]) -> Option<Told> {
        let outer = self.outer(number);
        let quote = &self.reading.quotes[number];
        // single marks in a heading are a term's
        let heading = self.reading.lines[quote.line].heading && !quote.marked.single;
        let reported = self.reported[number];
        let before = self.page.before(outer.start);
        let chained = number.checked_sub(1).filter(|last| before.contains(&self.outer(*last).start));
        let chained = chained.filter(|_| reported || heading).and_then(|last| Some((self.outer(last).end, told[last].as_ref()?)));
        let chinese = self.language == Eastern::Chinese;
        let korean = self.language == Eastern::Korean && korean::is_whole_sentence(self.page, outer.clone(), self.reading.text);
        let alone = korean || self.is_sentence(number);
        if !(reported || heading || alone || chinese) {
            return None;
        }
        let told_him = self.language == Eastern::Japanese && japanese::is_told(&self.page.narrated[outer.end..]);
        match self.subject(before.clone(), heading, told_him) {
            Beside::Known(subject) => {
                // a few words further on in the sentence are less sure to be his
                let most = if chinese && !reported { UNSURE } else { 1.0 };
                return self.lead(subject, number, told).map(|told| Told { sure: told.sure.min(most), ..told });
            }
            Beside::Unknown => return None,
            Beside::Nothing => {}
        }
        if let Some((end, told)) = chained {
            // in a heading nothing but points may stand between
            let between = &self.page.narrated[end..outer.start];
            return (!heading || !between.contains(char::is_alphanumeric)).then(|| told.clone());
        }
        match self.behind(number) {
            _ if heading => None,
            Beside::Known(subject) => self.lead(subject, number, told),
            Beside::Unknown if !korean => None,
            _ if !reported && chinese => None,
            _ => self.carried(number, told),
        }
    }

    /// Whoever speaks in a clause before a quotation; `told_him` where its topic is whom somebody tells it.
    fn subject(&self, within: Range<usize>, heading: bool, told_him: bool) -> Beside {
        match self.language {
            Eastern::Korean => korean::subject(self.page, within, heading),
            Eastern::Japanese => japanese::subject(self.page, within, heading, told_him),
            Eastern::Chinese => chinese::subject(self.page, within, heading),
        }
    }

    fn outer(&self, number: usize) -> Range<usize> {
        self.reading.quotes[number].marked.outer.range()
    }

    /// Whoever stands behind a quotation in its sentence, or in the next.
    fn behind(&self, number: usize) -> Beside {
        let end = self.outer(number).end;
        match self.language {
            Eastern::Korean if korean::is_whole_sentence(self.page, self.outer(number), self.reading.text) => {
                let told = korean::is_told_behind(self.page, end);
                let phrase = korean::subject_behind(self.page, self.page.behind(end)).filter(|_| told);
                phrase.into()
            }
            Eastern::Korean => korean::subject_behind(self.page, self.page.behind(end)).into(),
            Eastern::Japanese => {
                let next = self.page.narrated[end..].strip_prefix('。').map_or(end, |_| end + '。'.len_utf8());
                japanese::subject_behind(self.page, self.page.behind(next), next > end)
            }
            Eastern::Chinese => chinese::subject_behind(self.page, self.page.behind(end)),
        }
    }

    /// Whether a quotation is a sentence of its own.
    fn is_sentence(&self, number: usize) -> bool {
        let outer = self.outer(number);
        let text = &self.page.narrated;
        let (before, behind) = (text[..outer.start].trim_end_matches(' '), text[outer.end..].trim_start_matches(' '));
        let begins = before.chars().next_back().is_none_or(|c| matches!(c, '\n' | '。' | '！' | '？'));
        begins && behind.chars().next().is_none_or(|c| matches!(c, '\n' | '。'))
    }

    /// The fullest form of a name.
    fn full_name(&self, name: &str) -> String {
        let longer = if self.language == Eastern::Chinese { chinese::full_name(self.page, name) } else { None };
        longer.map_or_else(|| self.people.fullest(name), |range| &self.reading.text[range]).to_string()
    }

    /// The name of whom a phrase means.
    fn lead(&self, phrase: Phrase, number: usize, told: &[Option<Told>]) -> Option<Told> {
        // what is blotted out is as long as the text, and not cut where its letters are
        self.reading.text.get(phrase.printed.clone())?;
        let text = |range: &Range<usize>| &self.reading.text[range.clone()];
        let role = phrase.role.as_ref().map_or("", text);
        let (name, sure) = match &phrase.who {
            Who::Named(name) => (self.full_name(text(name)), NAMED),
            Who::Family(family) => {
                match (self.people.of_family(text(family), role, |role| self.language.has("HONORIFIC", role)), self.language) {
                    (Some(name), _) => (name.to_string(), FAMILY),
                    (None, Eastern::Japanese) => (text(family).to_string(), FAMILY),
                    (None, _) => (text(&phrase.printed).to_string(), FAMILY),
                }
            }
            Who::Holder => match self.people.holder(role) {
                Some(name) => (name.to_string(), PRONOUN),
                None => (text(&phrase.printed).to_string(), FAMILY),
            },
            // `할덴 대통령`: the last name of somebody printed in full
            Who::Described => match self.people.of_last(text(&phrase.printed), role) {
                Some(name) => (name.to_string(), FAMILY),
                None => (text(&phrase.printed).to_string(), FAMILY),
            },
            Who::Unsure => (self.full_name(text(&phrase.printed)), UNSURE),
            Who::Pronoun => {
                let before = self.carried(number, told)?;
                (before.name, PRONOUN)
            }
        };
        Some(Told {
            name,
            sure,
            printed: Some(phrase.printed),
            role: phrase.role.filter(|_| !matches!(phrase.who, Who::Described)),
        })
    }

    /// Whoever the sentences before tell of, in the paragraph or as the last who spoke near by.
    fn carried(&self, number: usize, told: &[Option<Told>]) -> Option<Told> {
        let at = self.outer(number).start;
        let last = number.checked_sub(1).and_then(|last| Some((self.outer(last).end, told[last].as_ref()?)));
        let sentences = self.page.sentences_before(at).take(SENTENCES_BACK);
        for sentence in sentences.take_while(|sentence| last.as_ref().is_none_or(|(end, _)| *end < sentence.end)) {
            let known = self.subjects.borrow().get(&sentence.end).cloned();
            let subject = known.unwrap_or_else(|| {
                let subject = self.subject(sentence.clone(), false, false);
                self.subjects.borrow_mut().insert(sentence.end, subject.clone());
                subject
            });
            match subject {
                Beside::Known(subject) if matches!(subject.who, Who::Named(_) | Who::Family(_)) => {
                    return self.lead(subject, number, told).map(|told| Told {
                        sure: CARRIED,
                        printed: None,
                        role: None,
                        ..told
                    });
                }
                Beside::Known(Phrase { who: Who::Pronoun, .. }) | Beside::Nothing => {}
                _ => return None,
            }
        }
        let (end, who) = last?;
        self.page.near(end, at).then(|| Told { sure: CARRIED.min(who.sure), printed: None, role: None, ..who.clone() })
    }
}
