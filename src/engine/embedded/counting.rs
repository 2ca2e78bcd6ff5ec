//! Who is quoted, how often and when: from the columns, or from the quotations that answer a query.

use super::coterms::{Reader, Spot};
use super::quoted::Columns;
use super::quoting::{Answering, Asked, company};
use super::schema::trouble;
use super::search::IndexReader;
use super::shelf::Shelf;
use crate::directory::{Company, Directory, EntryId, EntryKind, NameId};
use crate::engine::{Counting, Order, Sort, Speakers, Trouble};
use crate::quotation::Kind;
use crate::results::{QuotedSpeaker, SpeakerKind, SpeakersSummary};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;
use tantivy::{DocAddress, Searcher};

/// First and last day that something may have been published, `yyyymmdd`; 0 when unknown.
type Days = (u32, u32);

/// What is counted of one speaker.
#[derive(Debug, Default)]
struct Tally {
    direct: usize,
    partial: usize,
    reported: usize,
    articles: usize,
    last_article: Option<u64>,
    first: Option<Days>,
    last: Option<Days>,
    names: BTreeMap<NameId, usize>,
    spots: Vec<Spot>,
}

impl Tally {
    fn quotations(&self) -> usize {
        self.direct + self.partial + self.reported
    }
}

/// Whom a tally is of: an entry; one that is no name only within its article.
type Whose = (EntryId, Option<u64>);

struct Counter<'a> {
    asked: &'a Asked,
    unnamed: bool,
    tallies: HashMap<Whose, Tally>,
    summary: SpeakersSummary,
    articles: HashSet<u64>,
}

/// A quotation to be counted, and where it stands.
struct Counted<'a> {
    name: Option<NameId>,
    kind: Kind,
    article: u64,
    company: &'a Company,
    spot: Spot,
}

impl Counter<'_> {
    fn add(&mut self, quoted: &Counted) {
        if !self.asked.kinds.contains(&quoted.kind) {
            return;
        }
        let Some(name) = quoted.name else {
            if self.asked.entries.is_none() {
                self.summary.unattributed += 1;
                self.articles.insert(quoted.article);
            }
            return;
        };
        let directory = &self.asked.who.directory;
        let entry = directory.entry(name, quoted.company);
        if self.asked.entries.as_ref().is_some_and(|entries| !entries.contains(&entry)) {
            return;
        }
        self.articles.insert(quoted.article);
        let described = directory.kind(entry) == EntryKind::Description;
        if described && !self.unnamed {
            self.summary.unnamed += 1;
            return;
        }
        self.summary.quotations += 1;
        self.tallies.entry((entry, described.then_some(quoted.article))).or_default().add(name, quoted);
    }
}

impl Tally {
    fn add(&mut self, name: NameId, quoted: &Counted) {
        match quoted.kind {
            Kind::Direct => self.direct += 1,
            Kind::Indirect => self.reported += 1,
            Kind::Partial | Kind::NotSpeech => self.partial += 1,
        }
        *self.names.entry(name).or_default() += 1;
        if self.last_article != Some(quoted.article) || quoted.spot.1.is_some() {
            self.spots.push(quoted.spot);
        }
        if self.last_article != Some(quoted.article) {
            self.last_article = Some(quoted.article);
            self.articles += 1;
        }
        let days = quoted.company.days;
        if days.0 != 0 {
            self.first = Some(self.first.map_or(days, |first| first.min(days)));
            self.last = Some(self.last.map_or(days, |last| last.max(days)));
        }
    }
}

impl IndexReader {
    pub(super) fn speakers_of(&self, wanted: &Counting) -> Result<Speakers, Trouble> {
        let started = Instant::now();
        let searcher = self.searcher();
        let mut asked = self.asked(&searcher, wanted.query.as_ref(), wanted.by.as_deref(), &wanted.kinds)?;
        if wanted.query.is_none() {
            // The columns tell all; the name is looked up in the directory alone.
            asked.query = None;
        }
        let mut counter = Counter {
            asked: &asked,
            // Whoever asks for "the ministry" by name wants to see it.
            unnamed: wanted.unnamed || wanted.by.is_some(),
            tallies: HashMap::new(),
            summary: SpeakersSummary::default(),
            articles: HashSet::new(),
        };
        match (&asked.query, &asked.entries) {
            (_, Some(entries)) if entries.is_empty() => {}
            (None, _) => count_columns(&searcher, &mut counter).map_err(|error| trouble(&self.dir, error))?,
            (Some(_), _) => self.count_answers(&searcher, &mut counter, started.checked_add(wanted.deadline))?,
        }
        let mut summary = counter.summary;
        summary.articles = counter.articles.len();
        let directory = &asked.who.directory;
        let mut tallies: Vec<(Whose, Tally)> = counter.tallies.into_iter().collect();
        summary.speakers = tallies.len();
        sort(&mut tallies, wanted.order, directory);
        tallies.truncate(wanted.limit.unwrap_or(usize::MAX));
        summary.shown = tallies.len();
        let shelf = Shelf::new(&self.dir)?;
        let mut reader =
            Reader { searcher: &searcher, fields: self.fields, dir: &self.dir, who: &asked.who, kinds: &asked.kinds, shelf };
        let mut speakers = Vec::with_capacity(tallies.len());
        for (number, ((entry, _), tally)) in tallies.into_iter().enumerate() {
            speakers.push(speaker(number + 1, entry, &tally, &mut reader, wanted.terms)?);
        }
        let unknown = asked.entries.as_ref().is_some_and(Vec::is_empty);
        let near = wanted.by.as_deref().filter(|_| unknown).map(|typed| directory.near(typed)).unwrap_or_default();
        let near = near.into_iter().map(str::to_owned).collect();
        summary.took = started.elapsed();
        Ok(Speakers { speakers, summary, near })
    }

    /// Counts the quotations that answer the query.
    fn count_answers(&self, searcher: &Searcher, counter: &mut Counter, deadline: Option<Instant>) -> Result<(), Trouble> {
        let asked = counter.asked;
        // In the order of the index, the units of one article follow each other.
        let (mut candidates, partial) = self.quoting_candidates(searcher, asked, Sort::Newest)?;
        counter.summary.partial = partial;
        candidates.sort_unstable_by_key(|candidate| (candidate.segment, candidate.doc));
        let mut answering = Answering::new(asked, searcher, Shelf::new(&self.dir)?);
        for (at, candidate) in candidates.iter().enumerate() {
            if at % 64 == 0 && deadline.is_some_and(|deadline| Instant::now() > deadline) {
                counter.summary.partial = Some("time ran out; the figures are the least there is".into());
                break;
            }
            let (article, quotations, answers) = answering.of(candidate)?;
            if answers.is_empty() {
                continue;
            }
            let company = company(&asked.who, article, quotations);
            for answer in answers {
                let quotation = &quotations[answer.number];
                counter.add(&Counted {
                    name: quotation.speaker.as_ref().and_then(|speaker| asked.who.directory.name(&speaker.name)),
                    kind: quotation.kind,
                    article: candidate.article,
                    company: &company,
                    spot: (DocAddress::new(candidate.segment, candidate.head), Some(answer.number)),
                });
            }
        }
        Ok(())
    }
}

fn count_columns(searcher: &Searcher, counter: &mut Counter) -> tantivy::Result<()> {
    let who = &counter.asked.who;
    for (number, reader) in searcher.segment_readers().iter().enumerate() {
        Columns::open(reader)?.articles(&who.names[number], &mut |roll| {
            for quoted in roll.quoted {
                counter.add(&Counted {
                    name: quoted.name,
                    kind: quoted.kind,
                    article: roll.id,
                    company: roll.company,
                    spot: (DocAddress::new(number as u32, roll.head), None),
                });
            }
        });
    }
    Ok(())
}

fn sort(tallies: &mut [(Whose, Tally)], order: Order, directory: &Directory) {
    use std::cmp::Reverse;
    let name = |entry: EntryId| directory.filed_under(entry);
    match order {
        Order::Count => {
            tallies.sort_by_cached_key(|((entry, article), tally)| (Reverse(tally.quotations()), name(*entry), *article))
        }
        Order::Articles => tallies.sort_by_cached_key(|((entry, article), tally)| {
            (Reverse(tally.articles), Reverse(tally.quotations()), name(*entry), *article)
        }),
        Order::Name => tallies.sort_by_cached_key(|((entry, article), _)| (name(*entry), *article)),
        Order::Last => tallies.sort_by_cached_key(|((entry, article), tally)| {
            (Reverse(tally.last), Reverse(tally.quotations()), name(*entry), *article)
        }),
        Order::First => tallies.sort_by_cached_key(|((entry, article), tally)| {
            (tally.first.is_none(), tally.first, Reverse(tally.quotations()), name(*entry), *article)
        }),
    }
}

fn speaker(rank: usize, entry: EntryId, tally: &Tally, reader: &mut Reader, terms: usize) -> Result<QuotedSpeaker, Trouble> {
    let directory = &reader.who.directory;
    let name = directory.shown(entry).to_owned();
    let mut names: Vec<(usize, &str)> = tally.names.iter().map(|(name, count)| (*count, directory.text(*name))).collect();
    names.sort_by_key(|(count, text)| (std::cmp::Reverse(*count), *text));
    let names: Vec<String> =
        names.into_iter().map(|(_, text)| text.to_owned()).filter(|text| !text.eq_ignore_ascii_case(&name)).collect();
    let may_be = directory.may_be(entry).iter().map(|other| directory.shown(*other).to_owned()).collect();
    let kind = match directory.kind(entry) {
        EntryKind::Name => SpeakerKind::Name,
        EntryKind::Single => SpeakerKind::Single,
        EntryKind::Body => SpeakerKind::Body,
        EntryKind::Description => SpeakerKind::Description,
    };
    let read = reader.read(entry, &tally.spots)?;
    let own: Vec<String> = names.iter().cloned().chain(std::iter::once(name.clone())).collect();
    Ok(QuotedSpeaker {
        rank,
        kind,
        role: read.role(),
        may_be,
        quotations: tally.quotations(),
        direct: tally.direct,
        partial: tally.partial,
        reported: tally.reported,
        articles: tally.articles,
        first: tally.first.map(printed),
        last: tally.last.map(printed),
        terms: if terms == 0 { Vec::new() } else { reader.terms(&read, &own, terms)? },
        name,
        names,
    })
}

/// `2025-03-14`, or the month or year alone where no more is known.
fn printed((from, to): Days) -> String {
    let (year, month, day) = (from / 10_000, from / 100 % 100, from % 100);
    if from == to {
        format!("{year:04}-{month:02}-{day:02}")
    } else if from / 100 == to / 100 {
        format!("{year:04}-{month:02}")
    } else {
        format!("{year:04}")
    }
}
