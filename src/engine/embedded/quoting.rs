//! The quotations that answer a query: candidates and their order from the search, the matcher's word on each quotation.

use super::evaluate::Planned;
use super::quoted::{Columns, Who};
use super::rank::Score;
use super::schema::trouble;
use super::search::{Candidate, IndexReader, order};
use super::shelf::Shelf;
use crate::article::{Article, Span};
use crate::directory::{Company, EntryId, EntryKind};
use crate::engine::{Quoting, Sort, Trouble};
use crate::mention::{Matcher, Page};
use crate::passage::{Unit, UnitKind, unit as unit_of, units};
use crate::query::{DateRange, Exactness, Field, Phrase, Query};
use crate::quotation::{Kind, Quotation};
use crate::results::{QuotationSummary, RankedQuotation};
use crate::words::Words;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;
use tantivy::{DocAddress, Searcher};

/// What is asked for, with the name led back to the directory.
pub(super) struct Asked {
    pub who: Arc<Who>,
    /// Only these; everybody if none.
    pub entries: Option<Vec<EntryId>>,
    pub query: Option<Query>,
    pub kinds: Vec<Kind>,
}

/// One quotation that answers: its number in the article, the unit it begins in, and what to mark.
pub(super) struct Answer {
    pub number: usize,
    pub unit: (usize, Unit),
    pub marks: Vec<Span>,
}

/// Reads one candidate after another.
pub(super) struct Answering<'a> {
    pub asked: &'a Asked,
    pub searcher: &'a Searcher,
    pub shelf: Shelf,
    matcher: Option<Matcher>,
    words: Words,
}

impl<'a> Answering<'a> {
    pub fn new(asked: &'a Asked, searcher: &'a Searcher, shelf: Shelf) -> Answering<'a> {
        let matcher = asked.query.as_ref().map(Matcher::new);
        Answering { asked, searcher, shelf, matcher, words: Words::default() }
    }

    /// The quotations of a candidate that answer, in the order of the text, with their article.
    #[allow(clippy::type_complexity)]
    pub fn of(&mut self, candidate: &Candidate) -> Result<(&Article, &[Quotation], Vec<Answer>), Trouble> {
        let head = DocAddress::new(candidate.segment, candidate.head);
        let (article, quotations) = self.shelf.read(self.searcher, head)?;
        let number = (candidate.doc - candidate.head) as usize;
        let Some(unit) = unit_of(article, number) else { return Ok((article, quotations, Vec::new())) };
        let found = match &self.matcher {
            Some(matcher) => matcher.quotations(&Page::read(article, quotations, unit, &mut self.words)),
            None => in_unit(quotations, unit.span).map(|number| (number, Vec::new())).collect(),
        };
        let company = (self.asked.entries.is_some()).then(|| company(&self.asked.who, article, quotations));
        let wanted = |quotation: &Quotation| {
            let named = || quotation.speaker.as_ref().and_then(|speaker| self.asked.who.directory.name(&speaker.name));
            self.asked.kinds.contains(&quotation.kind)
                && match (&self.asked.entries, &company) {
                    (Some(entries), Some(company)) => {
                        named().is_some_and(|name| entries.contains(&self.asked.who.directory.entry(name, company)))
                    }
                    _ => true,
                }
        };
        let found = found.into_iter().filter(|(number, _)| wanted(&quotations[*number]));
        let answers = found.map(|(at, marks)| {
            // A query about the article is answered by its head with the quotations of every unit.
            let unit = if begins_in(&quotations[at], unit.span) { (number, unit) } else { unit_around(article, &quotations[at]) };
            Answer { number: at, unit, marks }
        });
        let answers = answers.collect();
        Ok((article, quotations, answers))
    }
}

fn begins_in(quotation: &Quotation, unit: Span) -> bool {
    unit.start <= quotation.span.start && quotation.span.start < unit.end
}

fn in_unit(quotations: &[Quotation], unit: Span) -> impl Iterator<Item = usize> + '_ {
    quotations.iter().enumerate().filter(move |(_, quotation)| begins_in(quotation, unit)).map(|(number, _)| number)
}

fn unit_around(article: &Article, quotation: &Quotation) -> (usize, Unit) {
    let found = units(article).enumerate().find(|(_, unit)| begins_in(quotation, unit.span));
    found.unwrap_or((0, Unit { kind: UnitKind::Head, span: quotation.span }))
}

/// Who speaks in an article, for the directory.
pub(super) fn company(who: &Who, article: &Article, quotations: &[Quotation]) -> Company {
    let mut names = Vec::new();
    for quotation in quotations.iter().filter(|quotation| quotation.kind != Kind::NotSpeech) {
        let name = quotation.speaker.as_ref().and_then(|speaker| who.directory.name(&speaker.name));
        if let Some(name) = name.filter(|name| !names.iter().any(|(known, _)| known == name)) {
            names.push((name, false));
        }
    }
    let days = article.published.as_ref().and_then(|published| DateRange::of_published(&published.date));
    Company { names, days: days.map_or((0, 0), |days| (days.from, days.to)) }
}

impl IndexReader {
    /// Leads a typed name back to the directory; none of its entries when nobody has it.
    pub(super) fn asked(
        &self,
        searcher: &Searcher,
        query: Option<&Query>,
        by: Option<&str>,
        kinds: &[Kind],
    ) -> Result<Asked, Trouble> {
        let who = self.who(searcher)?;
        let entries = by.map(|typed| who.directory.meant(typed));
        let mut parts: Vec<Query> = query.cloned().into_iter().collect();
        if let Some(entries) = &entries {
            parts.push(spoken_by(&who.directory.printings(entries)));
        }
        let query = if parts.len() > 1 { Some(Query::And(parts)) } else { parts.pop() };
        Ok(Asked { who, entries, query, kinds: kinds.to_vec() })
    }

    /// The units that may hold answers, in order. With a query of none, those that hold quotations of the kinds asked for, and
    /// how many.
    pub(super) fn quoting_candidates(
        &self,
        searcher: &Searcher,
        asked: &Asked,
        sort: Sort,
    ) -> Result<(Vec<Candidate>, Option<String>), Trouble> {
        let mut partial = None;
        let mut candidates = match &asked.query {
            None => self.units_with_quotations(searcher, asked).map_err(|error| trouble(&self.dir, error))?,
            Some(query) => {
                let mut planned = Planned::of(query);
                let (mut candidates, cut) = self.candidates(searcher, &mut planned).map_err(|e| trouble(&self.dir, e))?;
                if cut {
                    partial = Some(super::search::cut_short());
                }
                if sort == Sort::Relevance && planned.near.len() > 1 {
                    self.bring_near(searcher, &planned, &mut candidates, &order(sort), &mut Shelf::new(&self.dir)?)?;
                }
                candidates
            }
        };
        candidates.sort_unstable_by(order(sort));
        Ok((candidates, partial))
    }

    fn units_with_quotations(&self, searcher: &Searcher, asked: &Asked) -> tantivy::Result<Vec<Candidate>> {
        let mut out: Vec<Candidate> = Vec::new();
        for (number, reader) in searcher.segment_readers().iter().enumerate() {
            let segment = number as u32;
            Columns::open(reader)?.articles(&asked.who.names[number], &mut |roll| {
                for quoted in roll.quoted.iter().filter(|quoted| asked.kinds.contains(&quoted.kind)) {
                    match out.last_mut().filter(|last| last.doc == quoted.unit && last.segment == segment) {
                        Some(last) => last.count += 1,
                        None => out.push(Candidate {
                            segment,
                            doc: quoted.unit,
                            head: roll.head,
                            count: 1,
                            passages: 1,
                            score: Score::default(),
                            article: roll.id,
                            day: roll.company.days.0,
                        }),
                    }
                }
            });
        }
        Ok(out)
    }

    pub(super) fn quotations_of(
        &self,
        wanted: &Quoting,
        each: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>,
    ) -> Result<QuotationSummary, Trouble> {
        let started = Instant::now();
        let searcher = self.searcher();
        let asked = self.asked(&searcher, wanted.query.as_ref(), wanted.by.as_deref(), &wanted.kinds)?;
        let mut run = Run {
            wanted,
            answering: Answering::new(&asked, &searcher, Shelf::new(&self.dir)?),
            summary: QuotationSummary::default(),
            articles: HashSet::new(),
            deadline: started.checked_add(wanted.deadline),
            skipping: wanted.after.is_some(),
        };
        run.say_who();
        if asked.entries.as_ref().is_none_or(|entries| !entries.is_empty()) {
            let (candidates, partial) = self.quoting_candidates(&searcher, &asked, wanted.sort)?;
            run.summary.partial = partial;
            run.all(&candidates, each)?;
        }
        let mut summary = run.summary;
        summary.articles = run.articles.len();
        summary.took = started.elapsed();
        Ok(summary)
    }
}

/// One answer under way.
struct Run<'a> {
    wanted: &'a Quoting,
    answering: Answering<'a>,
    summary: QuotationSummary,
    articles: HashSet<u64>,
    deadline: Option<Instant>,
    /// The quotation to go on behind was not met yet.
    skipping: bool,
}

impl Run<'_> {
    /// Whom the typed name means, or who is spelt like it.
    fn say_who(&mut self) {
        let directory = &self.answering.asked.who.directory;
        let (Some(entries), Some(typed)) = (&self.answering.asked.entries, &self.wanted.by) else { return };
        let named = entries.iter().map(|entry| directory.shown(*entry).to_owned());
        self.summary.meant = named.collect();
        if entries.is_empty() {
            self.summary.near = directory.near(typed).into_iter().map(str::to_owned).collect();
        }
    }

    fn is_full(&self) -> bool {
        self.wanted.limit.is_some_and(|limit| self.summary.shown >= limit)
    }

    fn all(&mut self, candidates: &[Candidate], each: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>) -> Result<(), Trouble> {
        let counted = self.answering.asked.query.is_none();
        for (at, candidate) in candidates.iter().enumerate() {
            if self.is_full() && counted {
                self.summary.quotations += candidate.count as usize;
                self.articles.insert(candidate.article);
                continue;
            }
            let late = at % 64 == 0 && self.deadline.is_some_and(|deadline| Instant::now() > deadline);
            if late && self.is_full() {
                self.summary.partial = Some("not all candidates were counted; the figures are the least there is".into());
                return Ok(());
            }
            if self.one(candidate, each)?.is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Counts and gives the quotations of one candidate.
    fn one(
        &mut self,
        candidate: &Candidate,
        each: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Trouble> {
        let limit = self.wanted.limit.unwrap_or(usize::MAX);
        let asked = self.answering.asked;
        let (article, quotations, answers) = self.answering.of(candidate)?;
        if answers.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        self.summary.quotations += answers.len();
        self.articles.insert(candidate.article);
        let around = company(&asked.who, article, quotations);
        for answer in answers {
            if self.skipping {
                let id = format!("{}.q{}", article.id, answer.number);
                self.skipping = self.wanted.after.as_deref() != Some(id.as_str());
                continue;
            }
            if self.summary.shown >= limit {
                break;
            }
            self.summary.shown += 1;
            let mut found = RankedQuotation::of(article, answer.number, &quotations[answer.number], answer.unit, &answer.marks);
            found.rank = self.summary.shown;
            found.score = candidate.score.total();
            found.known_as = known_as(&asked.who, found.speaker.as_deref(), &around);
            if each(found).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// The name a speaker of an article is known by in the whole archive; none for "the ministry".
fn known_as(who: &Who, name: Option<&str>, around: &Company) -> Option<String> {
    let entry = who.directory.entry(who.directory.name(name?)?, around);
    (who.directory.kind(entry) != EntryKind::Description).then(|| who.directory.shown(entry).to_owned())
}

/// A query for everything said under one of these names. What it finds is put to the directory afterwards.
fn spoken_by(printings: &[&str]) -> Query {
    let mut seen = HashSet::new();
    let phrases = printings.iter().filter(|text| seen.insert(text.to_lowercase()));
    let phrase = |text: &&str| Query::Phrase(Phrase { text: (*text).to_owned(), slop: 0, exactness: Exactness::Words });
    let mut phrases: Vec<Query> = phrases.map(phrase).collect();
    let any = if phrases.len() == 1 { phrases.remove(0) } else { Query::Or(phrases) };
    Query::Field(Field::Speaker, Box::new(any))
}
