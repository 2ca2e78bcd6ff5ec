//! Who is quoted, how often and when: from the columns, or from the quotations that answer a query.

use super::coterms::{SpeechReader, Spot};
use super::quoting::{Answering, WantedQuotations};
use super::register::{Present, Register, Whose};
use super::search::IndexReader;
use crate::day::Days;
use crate::directory::EntryKind;
use crate::engine::embedded::lookup::budget::{Budget, Spent};
use crate::engine::embedded::store::quoted::{QuotationColumns, Who};
use crate::engine::embedded::store::schema::failed;
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::engine::{Counting, Error, Sort, SpeakerOrder, Speakers};
use crate::quotation::Kind;
use crate::results::{QuotedSpeaker, SpeakerKind, SpeakersSummary};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::time::Instant;
use tantivy::{DocAddress, Searcher};

/// What is counted of one speaker.
#[derive(Debug, Default)]
struct SpeakerCount {
    direct: usize,
    partial: usize,
    indirect: usize,
    articles: usize,
    last_article: Option<u64>,
    first: Option<Days>,
    last: Option<Days>,
    spots: Vec<Spot>,
}

impl SpeakerCount {
    fn quotations(&self) -> usize {
        self.direct + self.partial + self.indirect
    }
}

struct Counter<'a> {
    asked: &'a WantedQuotations,
    tallies: HashMap<Whose, SpeakerCount>,
    summary: SpeakersSummary,
    articles: HashSet<u64>,
}

/// A quotation to be counted, and where it stands.
struct CountedQuotation {
    whose: Option<Whose>,
    /// The article tells who speaks, by name or not.
    told: bool,
    kind: Kind,
    /// Reported speech that may be none.
    unsure: bool,
    article: u64,
    days: Option<Days>,
    spot: Spot,
}

impl Counter<'_> {
    fn add(&mut self, quoted: &CountedQuotation) {
        let wanted = match (&self.asked.entries, quoted.whose) {
            (Some(entries), Some(whose)) => entries.contains(&whose),
            (Some(_), None) => false,
            (None, _) => true,
        };
        if !wanted || !self.asked.speech.takes(quoted.kind, quoted.unsure) {
            return;
        }
        self.articles.insert(quoted.article);
        match quoted.whose {
            Some(whose) => {
                self.summary.quotations += 1;
                self.tallies.entry(whose).or_default().add(quoted);
            }
            None if quoted.told => self.summary.unnamed += 1,
            None => self.summary.unattributed += 1,
        }
    }
}

impl SpeakerCount {
    fn add(&mut self, quoted: &CountedQuotation) {
        match quoted.kind {
            Kind::Direct => self.direct += 1,
            Kind::Indirect => self.indirect += 1,
            Kind::Partial | Kind::NotSpeech => self.partial += 1,
        }
        if self.last_article != Some(quoted.article) || quoted.spot.1.is_some() {
            self.spots.push(quoted.spot);
        }
        if self.last_article != Some(quoted.article) {
            self.last_article = Some(quoted.article);
            self.articles += 1;
        }
        if let Some(days) = quoted.days {
            self.first = Some(self.first.map_or(days, |first| first.min(days)));
            self.last = Some(self.last.map_or(days, |last| last.max(days)));
        }
    }
}

impl IndexReader {
    pub(in crate::engine::embedded) fn speakers_of(&self, wanted: &Counting) -> Result<Speakers, Error> {
        let started = Instant::now();
        let snapshot = self.snapshot();
        let searcher = snapshot.names();
        snapshot.begin();
        let broken = |error| failed(&self.dir, error);
        let (budget, until) = self.budget(&snapshot, &wanted.caller, started, wanted.deadline)?;
        let whole = wanted.query.is_none() && wanted.by.is_none();
        let who = if whole { snapshot.who(&budget).map_err(broken)? } else { None };
        let register = who.as_ref().map_or_else(
            || Register::new(&snapshot, &self.fields, &budget),
            |who| Register::whole(&snapshot, &self.fields, who, &budget),
        );
        let mut register = register.map_err(broken)?;
        let asked = self.asked(&mut register, wanted.query.as_ref(), wanted.by.as_deref(), &wanted.speech)?;
        let mut counter =
            Counter { asked: &asked, tallies: HashMap::new(), summary: SpeakersSummary::default(), articles: HashSet::new() };
        if let Some(who) = who {
            count_columns(searcher, who, &mut counter, &budget).map_err(broken)?;
        } else if !whole && !asked.of_nobody() {
            register = self.count_answers(&snapshot, &mut counter, register, (&budget, until))?;
        }
        let mut summary = counter.summary;
        let broken_off = budget.read_until(until);
        summary.partial = summary.partial.or(broken_off.map(Spent::in_words).map(str::to_owned));
        summary.articles = counter.articles.len();
        let tallies: Vec<(Whose, SpeakerCount)> = counter.tallies.into_iter().collect();
        summary.speakers = tallies.len();
        let most = wanted.limit.map_or(usize::MAX, |limit| if limit == 0 { 0 } else { limit.saturating_add(wanted.skip) });
        let mut tallies = first(tallies, wanted.order, most, &register);
        tallies.drain(..wanted.skip.min(tallies.len()));
        summary.shown = tallies.len();
        let mut reader = SpeechReader {
            snapshot: &snapshot,
            fields: self.fields,
            dir: &self.dir,
            register: &mut register,
            speech: &asked.speech,
            unreadable: &mut summary.unreadable,
            budget: &budget,
        };
        let mut speakers = Vec::with_capacity(tallies.len());
        for (number, (whose, tally)) in tallies.into_iter().enumerate() {
            speakers.push(speaker(wanted.skip + number + 1, whose, &tally, &mut reader, wanted.terms)?);
        }
        let near = asked.near.clone();
        summary.partial = summary.partial.or(budget.spent().map(Spent::in_words).map(str::to_owned)).or(asked.short.clone());
        summary.partial = summary.unreadable.beside(summary.partial.take());
        summary.took = started.elapsed();
        summary.cost = budget.cost();
        Ok(Speakers { speakers, summary, near })
    }

    /// Counts the quotations that answer the query.
    fn count_answers<'a>(
        &'a self,
        snapshot: &'a Snapshot,
        counter: &mut Counter<'a>,
        register: Register<'a>,
        (budget, until): (&Rc<Budget>, Option<Instant>),
    ) -> Result<Register<'a>, Error> {
        let mut units = self.quoting_candidates(snapshot, counter.asked, Sort::Newest, budget)?;
        budget.read_until(until);
        counter.summary.partial = units.partial.take();
        let mut candidates = units.candidates;
        // In the order of the index, the units of one article follow each other.
        candidates.sort_unstable_by_key(|candidate| (candidate.segment, candidate.doc));
        let mut answering = Answering::new(self, snapshot, counter.asked, register, budget);
        for (at, candidate) in candidates.iter().enumerate() {
            if at % 64 == 63 {
                budget.look();
            }
            if budget.is_spent() {
                break;
            }
            let Some(answered) = answering.of(candidate)? else { continue };
            let (article, quotations) = (&answered.stored.0, &answered.stored.1);
            let days = Present::new(article, quotations).days();
            for (answer, whose) in answered.answers.iter().zip(answered.whose) {
                let quotation = &quotations[answer.number];
                counter.add(&CountedQuotation {
                    whose,
                    told: quotation.speaker.is_some(),
                    kind: quotation.kind,
                    unsure: quotation.is_unsure_report(),
                    article: candidate.article,
                    days,
                    spot: (DocAddress::new(candidate.segment, candidate.head), Some(answer.number)),
                });
            }
        }
        counter.summary.unreadable = answering.unreadable;
        Ok(answering.register)
    }
}

fn count_columns(searcher: &Searcher, who: &Who, counter: &mut Counter, budget: &Budget) -> tantivy::Result<()> {
    let directory = &who.directory;
    for (number, reader) in searcher.segment_readers().iter().enumerate() {
        QuotationColumns::open(reader)?.articles(&who.names[number], 0, budget, &mut |roll| {
            for quoted in roll.quoted {
                counter.add(&CountedQuotation {
                    whose: quoted.name.map(|name| (0, directory.entry(name, roll.company))),
                    told: quoted.unnamed || quoted.name.is_some(),
                    kind: quoted.kind,
                    unsure: quoted.unsure,
                    article: roll.id,
                    days: roll.company.days,
                    spot: (DocAddress::new(number as u32, roll.head), None),
                });
            }
        });
    }
    Ok(())
}

/// The first `limit` in order. The alphabet is asked only about those who may be among them.
fn first(
    mut tallies: Vec<(Whose, SpeakerCount)>,
    order: SpeakerOrder,
    limit: usize,
    register: &Register,
) -> Vec<(Whose, SpeakerCount)> {
    use std::cmp::Reverse;
    let worth = |tally: &SpeakerCount| match order {
        SpeakerOrder::Count => (None, None, 0, tally.quotations()),
        SpeakerOrder::Articles => (None, None, tally.articles, tally.quotations()),
        SpeakerOrder::Name => (None, None, 0, 0),
        SpeakerOrder::Last => (tally.last.map(|days| days.from), None, 0, tally.quotations()),
        SpeakerOrder::First => (None, tally.first.map(Reverse), 0, tally.quotations()),
    };
    if limit == 0 {
        return Vec::new();
    }
    if limit < tallies.len() {
        tallies.select_nth_unstable_by_key(limit - 1, |(_, tally)| Reverse(worth(tally)));
        let least = worth(&tallies[limit - 1].1);
        tallies.retain(|(_, tally)| worth(tally) >= least);
    }
    tallies.sort_by_cached_key(|(whose, tally)| (Reverse(worth(tally)), register.directory(*whose).filed_under(whose.1)));
    tallies.truncate(limit);
    tallies
}

fn speaker(
    rank: usize,
    whose: Whose,
    tally: &SpeakerCount,
    reader: &mut SpeechReader,
    terms: usize,
) -> Result<QuotedSpeaker, Error> {
    let read = reader.read(whose, &tally.spots)?;
    let directory = reader.register.directory(whose);
    let name = directory.shown(whose.1).to_owned();
    let names: Vec<String> = directory.printings(&[whose.1]).into_iter().map(str::to_owned).collect();
    let may_be: Vec<String> = directory.may_be(whose.1).iter().map(|other| directory.shown(*other).to_owned()).collect();
    let kind = match directory.kind(whose.1) {
        EntryKind::Name => SpeakerKind::Name,
        EntryKind::Single => SpeakerKind::Single,
        EntryKind::Body => SpeakerKind::Body,
    };
    let terms = if terms == 0 { Vec::new() } else { reader.terms(&read, &names, terms)? };
    Ok(QuotedSpeaker {
        rank,
        kind,
        role: read.role(),
        may_be,
        quotations: tally.quotations(),
        direct: tally.direct,
        partial: tally.partial,
        indirect: tally.indirect,
        articles: tally.articles,
        first: tally.first.map(Days::as_published),
        last: tally.last.map(Days::as_published),
        names: names.into_iter().filter(|text| !text.eq_ignore_ascii_case(&name)).collect(),
        name,
        terms,
    })
}
