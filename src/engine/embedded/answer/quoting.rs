//! The quotations that answer a query: candidates and their order from the search, the matcher's word on each quotation.

use super::finding::Wanted;
use super::passages::{BYTES_A_STEP, UNPACKED};
use super::register::{Present, Register, Whose};
use super::search::IndexReader;
use crate::article::{Article, ArticleId, Span};
use crate::directory::{filed, in_capitals};
use crate::engine::embedded::lookup::budget::{Budget, Spent};
use crate::engine::embedded::rank::found::{Candidate, order};
use crate::engine::embedded::rank::rerank;
use crate::engine::embedded::store::quoted::QuotationColumns;
use crate::engine::embedded::store::schema::failed;
use crate::engine::embedded::store::snapshot::{Snapshot, Stored};
use crate::engine::people::{listed, widened};
use crate::engine::plan::Planned;
use crate::engine::{Caller, Error, InCompany, Quoting, Sort, Speech};
use crate::matching::{Matcher, Patience, UnitText};
use crate::passage::{Unit, UnitKind, unit as unit_of, units};
use crate::query::{Exactness, Field, Phrase, Query};
use crate::quotation::Quotation;
use crate::results::{QuotationHit, QuotationSummary, RankedQuotation, Unreadable};
use crate::words::Words;
use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tantivy::{DocAddress, Searcher};

/// Steps to count the quotations of a unit that is not read.
const COUNTED: usize = 4;

/// What is asked for, with the name led back to the directory.
pub(in crate::engine::embedded) struct WantedQuotations {
    /// Only these; everybody if none.
    pub entries: Option<Vec<Whose>>,
    pub query: Option<Query>,
    pub speech: Speech,
    /// Whom the name asked for means.
    pub meant: Vec<String>,
    /// Who is spelt nearly like it, when it means nobody.
    pub near: Vec<String>,
    /// Why not everybody asked for is looked for under all their names.
    pub short: Option<String>,
}

impl WantedQuotations {
    /// A name was asked for that nobody has.
    pub fn of_nobody(&self) -> bool {
        self.entries.as_ref().is_some_and(Vec::is_empty)
    }
}

/// Reads one candidate after another.
pub(in crate::engine::embedded) struct Answering<'a> {
    pub asked: &'a WantedQuotations,
    pub register: Register<'a>,
    snapshot: &'a Snapshot,
    dir: &'a Path,
    matcher: Option<Matcher>,
    words: Words,
    /// Articles that were to be read and could not be.
    pub unreadable: Unreadable,
    budget: Rc<Budget>,
}

/// A candidate's article and the quotations that answer, in the order of the text.
pub(in crate::engine::embedded) struct Answered {
    pub stored: Arc<Stored>,
    pub answers: Vec<QuotationHit>,
    /// Whose each is; `None` for nobody and for those without a name.
    pub whose: Vec<Option<Whose>>,
}

impl<'a> Answering<'a> {
    pub fn new(
        reader: &'a IndexReader,
        snapshot: &'a Snapshot,
        asked: &'a WantedQuotations,
        register: Register<'a>,
        budget: &Rc<Budget>,
    ) -> Answering<'a> {
        let matcher = asked.query.as_ref().map(Matcher::new);
        let (words, unreadable, budget) = (Words::default(), Unreadable::default(), Rc::clone(budget));
        Answering { asked, register, snapshot, dir: &reader.dir, matcher, words, unreadable, budget }
    }

    /// What answers in a candidate; nothing when its article cannot be read.
    pub fn of(&mut self, candidate: &Candidate) -> Result<Option<Answered>, Error> {
        let Some(stored) = self.snapshot.readable(DocAddress::new(candidate.segment, candidate.head))? else {
            self.unreadable.note(ArticleId(candidate.article));
            return Ok(None);
        };
        let (article, quotations) = (&stored.0, &stored.1);
        let number = (candidate.doc - candidate.head) as usize;
        let mut answered = Answered { stored: Arc::clone(&stored), answers: Vec::new(), whose: Vec::new() };
        let Some(unit) = unit_of(article, number) else { return Ok(Some(answered)) };
        let goes_on = |steps| self.budget.step(steps);
        goes_on(UNPACKED + number + article.text.len() / BYTES_A_STEP + 4 * quotations.len() + unit.span.range().len());
        let found = match &self.matcher {
            Some(matcher) => {
                let page = UnitText::read(article, quotations, unit, &mut self.words).within(Patience::of(&goes_on));
                matcher.quotations(&page)
            }
            None => in_unit(quotations, unit.span).map(|number| (number, Vec::new())).collect(),
        };
        // Not looked at to its end.
        if self.budget.is_spent() {
            return Ok(None);
        }
        let present = Present::new(article, quotations);
        let mut around = None;
        let wanted = |at: usize| self.asked.speech.takes(quotations[at].kind, quotations[at].is_unsure_report());
        for (at, marks) in found.into_iter().filter(|(at, _)| wanted(*at)) {
            let name = quotations[at].speaker.as_ref().map(|speaker| speaker.name.as_str());
            let whose = name.map_or(Ok(None), |name| self.register.whose(name, &present)).map_err(|e| failed(self.dir, e))?;
            if self.asked.entries.as_ref().is_some_and(|entries| whose.is_none_or(|whose| !entries.contains(&whose))) {
                continue;
            }
            // A query about the article is answered by its head with the quotations of every unit.
            let (unit_number, unit) = if begins_in(&quotations[at], unit.span) {
                (number, unit)
            } else {
                around.get_or_insert_with(|| Around::of(article)).of_quotation(&quotations[at])
            };
            answered.answers.push(QuotationHit { number: at, unit_number, unit, marks });
            answered.whose.push(whose);
        }
        Ok(Some(answered))
    }
}

impl Answering<'_> {
    /// Who is quoted in an article, as far as they are named.
    fn company(&mut self, article: &Article, quotations: &[Quotation]) -> Result<Vec<(String, Whose)>, Error> {
        let present = Present::new(article, quotations);
        let counts = |quotation: &&Quotation| self.asked.speech.takes(quotation.kind, quotation.is_unsure_report());
        let speakers = quotations.iter().filter(counts).filter_map(|quotation| quotation.speaker.as_ref());
        let names: BTreeSet<&str> = speakers.map(|speaker| speaker.name.as_str()).collect();
        let mut entries = Vec::new();
        for name in names {
            if let Some(whose) = self.register.whose(name, &present).map_err(|error| failed(self.dir, error))? {
                entries.push((self.register.shown(whose).to_owned(), whose));
            }
        }
        entries.sort_unstable();
        entries.dedup();
        Ok(entries)
    }
}

fn begins_in(quotation: &Quotation, unit: Span) -> bool {
    unit.start <= quotation.span.start && quotation.span.start < unit.end
}

fn in_unit(quotations: &[Quotation], unit: Span) -> impl Iterator<Item = usize> + '_ {
    quotations.iter().enumerate().filter(move |(_, quotation)| begins_in(quotation, unit)).map(|(number, _)| number)
}

/// The units of an article with their numbers, the paragraphs in the order of the text.
struct Around(Vec<(usize, Unit)>);

impl Around {
    fn of(article: &Article) -> Around {
        let mut units: Vec<(usize, Unit)> = units(article).enumerate().collect();
        // A dateline that stands by itself comes last and stands above.
        units[1..].sort_by_key(|(_, unit)| unit.span.start);
        Around(units)
    }

    /// The unit that a quotation begins in, with its number.
    fn of_quotation(&self, quotation: &Quotation) -> (usize, Unit) {
        let (head, others) = (&self.0[..1], &self.0[1..]);
        let before = others.partition_point(|(_, unit)| unit.span.start <= quotation.span.start);
        let near = head.iter().chain(&others[before.saturating_sub(1)..before]);
        let found = near.copied().find(|(_, unit)| begins_in(quotation, unit.span));
        found.unwrap_or((0, Unit { kind: UnitKind::Head, span: quotation.span }))
    }
}

impl IndexReader {
    /// Leads a typed name back to the directory. What is no name ("the ministry") is looked for as it stands.
    pub(in crate::engine::embedded) fn asked(
        &self,
        register: &mut Register,
        query: Option<&Query>,
        by: Option<&str>,
        speech: &Speech,
    ) -> Result<WantedQuotations, Error> {
        let mut asked = WantedQuotations {
            entries: None,
            query: None,
            speech: speech.clone(),
            meant: Vec::new(),
            near: Vec::new(),
            short: None,
        };
        let (query, short) = query.map(|query| widened(query, register.people())).unzip();
        asked.short = short.flatten();
        let mut parts: Vec<Query> = query.into_iter().collect();
        if let Some(typed) = by.map(in_capitals) {
            let typed = typed.as_str();
            let broken = |error| failed(&self.dir, error);
            let entries = register.meant(typed).map_err(broken)?;
            if filed(typed).is_none() && register.said(typed).map_err(broken)?.is_none() {
                parts.push(spoken_by(&[typed]));
            } else if entries.is_empty() {
                asked.near = register.near(typed).map_err(broken)?;
                asked.entries = Some(entries);
            } else {
                parts.push(spoken_by(&printings(register, &entries)));
                asked.meant = entries.iter().map(|entry| register.shown(*entry).to_owned()).collect();
                asked.entries = Some(entries);
            }
        }
        asked.query = if parts.len() > 1 { Some(Query::And(parts)) } else { parts.pop() };
        Ok(asked)
    }

    /// The units that may hold answers, in order; for no query those that hold quotations of the kinds asked for, with how many.
    pub(in crate::engine::embedded) fn quoting_candidates(
        &self,
        snapshot: &Snapshot,
        asked: &WantedQuotations,
        sort: Sort,
        budget: &Rc<Budget>,
    ) -> Result<UnitsWithQuotations, Error> {
        let Some(query) = &asked.query else {
            let counted = units_with_quotations(&snapshot.searcher, asked, budget);
            let mut counted = counted.map_err(|error| failed(&self.dir, error))?;
            counted.sort_unstable_by(|(one, _), (other, _)| order(sort)(one, other));
            let (candidates, counts) = counted.into_iter().unzip();
            let partial = budget.spent().map(|why| why.in_words().to_owned());
            return Ok(UnitsWithQuotations { candidates, counts: Some(counts), partial });
        };
        let mut planned = Planned::new(query);
        let mut found = self.found(snapshot, &mut planned, budget, Wanted::ALL).map_err(|error| failed(&self.dir, error))?;
        let mut candidates = std::mem::take(&mut found.candidates);
        if sort == Sort::Relevance {
            rerank::look(snapshot, &planned, self.weights(), &mut candidates, &order(sort), None, budget)?;
        }
        candidates.sort_unstable_by(order(sort));
        let cut = found.segments.iter().any(|segment| segment.expansions.cut);
        let partial = budget.spent().map(|why| why.in_words().to_owned()).or(cut.then(super::search::cut_short));
        Ok(UnitsWithQuotations { candidates, counts: None, partial })
    }

    /// Gives the quotations that answer; `in_company` with who else is quoted in the article.
    pub(in crate::engine::embedded) fn quotations_of(
        &self,
        wanted: &Quoting,
        in_company: bool,
        each: &mut InCompany,
    ) -> Result<QuotationSummary, Error> {
        let started = Instant::now();
        let snapshot = self.snapshot();
        snapshot.begin();
        let (budget, until) = self.budget(&snapshot, &wanted.caller, started, wanted.deadline)?;
        let register = Register::new(&snapshot, &self.fields, &budget);
        let mut register = register.map_err(|error| failed(&self.dir, error))?;
        let asked = self.asked(&mut register, wanted.query.as_ref(), wanted.by.as_deref(), &wanted.speech)?;
        let (meant, near) = (asked.meant.clone(), asked.near.clone());
        let mut run = QuotationAnswer {
            wanted,
            answering: Answering::new(self, &snapshot, &asked, register, &budget),
            summary: QuotationSummary { meant, near, ..QuotationSummary::default() },
            articles: HashSet::new(),
            skipping: wanted.after.is_some(),
            company: in_company.then(InArticle::default),
        };
        if !asked.of_nobody() {
            let units = self.quoting_candidates(&snapshot, &asked, wanted.sort, &budget)?;
            budget.read_until(until);
            run.summary.partial.clone_from(&units.partial);
            run.all(&units, each)?;
        }
        let mut summary = run.summary;
        summary.unreadable = run.answering.unreadable;
        summary.partial = summary.partial.or(budget.spent().map(Spent::in_words).map(str::to_owned)).or(asked.short.clone());
        summary.partial = summary.unreadable.beside(summary.partial.take());
        summary.articles = run.articles.len();
        summary.took = started.elapsed();
        summary.cost = budget.cost();
        Ok(summary)
    }

    /// The names of the file of people under which nobody is quoted.
    pub(in crate::engine::embedded) fn names_nobody_has(&self) -> Result<Vec<String>, Error> {
        let snapshot = self.snapshot();
        if snapshot.people.is_empty() {
            return Ok(Vec::new());
        }
        let broken = |error| failed(&self.dir, error);
        let (budget, _) = self.budget(&snapshot, &Caller::default(), Instant::now(), LOOKED_UP)?;
        let mut register = Register::new(&snapshot, &self.fields, &budget).map_err(broken)?;
        let mut nobody = Vec::new();
        for (name, last) in listed(&snapshot.people) {
            let prints = register.prints(name, &last).map_err(broken)?;
            // Of what was not looked up nothing is known.
            if budget.is_spent() {
                break;
            }
            if !prints {
                nobody.push(name.to_owned());
            }
        }
        Ok(nobody)
    }
}

/// How long is looked for the names of a file.
const LOOKED_UP: Duration = Duration::from_secs(1);

/// UnitsWithQuotations that may hold answers, in order.
pub(in crate::engine::embedded) struct UnitsWithQuotations {
    pub candidates: Vec<Candidate>,
    /// How many each holds, where that is known already.
    counts: Option<Vec<usize>>,
    pub partial: Option<String>,
}

fn units_with_quotations(
    searcher: &Searcher,
    asked: &WantedQuotations,
    budget: &Budget,
) -> tantivy::Result<Vec<(Candidate, usize)>> {
    let mut out: Vec<(Candidate, usize)> = Vec::new();
    for (number, reader) in searcher.segment_readers().iter().enumerate() {
        let segment = number as u32;
        QuotationColumns::open(reader)?.articles(&[], 0, budget, &mut |roll| {
            for quoted in roll.quoted.iter().filter(|quoted| asked.speech.takes(quoted.kind, quoted.unsure)) {
                match out.last_mut().filter(|(last, _)| last.doc == quoted.unit && last.segment == segment) {
                    Some((_, count)) => *count += 1,
                    // Held for as long as the question is there.
                    None if !budget.hold(size_of::<(Candidate, usize)>()) => return,
                    None => {
                        let (doc, head, article, day) =
                            (quoted.unit, roll.head, roll.id, roll.company.days.map(|days| days.from));
                        out.push((Candidate { segment, doc, head, score: 0.0, article, day }, 1));
                    }
                }
            }
        });
    }
    Ok(out)
}

/// One answer under way.
struct QuotationAnswer<'a> {
    wanted: &'a Quoting,
    answering: Answering<'a>,
    summary: QuotationSummary,
    articles: HashSet<u64>,
    /// The quotation to go on after was not met yet.
    skipping: bool,
    /// Who is quoted in the last article, where that is asked for.
    company: Option<InArticle>,
}

/// Who is quoted in an article.
#[derive(Default)]
struct InArticle {
    article: Option<u64>,
    /// Each with the name of its entry, by the alphabet.
    entries: Vec<(String, Whose)>,
}

impl InArticle {
    /// The names of all but one.
    fn but(&self, own: Option<Whose>) -> Vec<String> {
        self.entries.iter().filter(|(_, whose)| Some(*whose) != own).map(|(name, _)| name.clone()).collect()
    }
}

impl QuotationAnswer<'_> {
    fn is_full(&self) -> bool {
        self.wanted.limit.is_some_and(|limit| self.summary.shown >= limit)
    }

    fn all(&mut self, units: &UnitsWithQuotations, each: &mut InCompany) -> Result<(), Error> {
        for (at, candidate) in units.candidates.iter().enumerate() {
            if let (true, Some(counts)) = (self.is_full(), &units.counts)
                && self.answering.budget.step(COUNTED)
            {
                self.summary.quotations += counts[at];
                self.articles.insert(candidate.article);
                continue;
            }
            if at % 64 == 63 {
                self.answering.budget.look();
            }
            if let Some(why) = self.answering.budget.spent() {
                let counting = "not all candidates were counted; the figures are the least there is";
                self.summary.partial = Some(if self.is_full() { counting } else { why.in_words() }.to_owned());
                return Ok(());
            }
            if self.one(candidate, each)?.is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Counts and gives the quotations of one candidate.
    fn one(&mut self, candidate: &Candidate, each: &mut InCompany) -> Result<ControlFlow<()>, Error> {
        let limit = self.wanted.limit.unwrap_or(usize::MAX);
        let Some(Answered { stored, answers, whose }) = self.answering.of(candidate)? else {
            return Ok(ControlFlow::Continue(()));
        };
        let (article, quotations) = (&stored.0, &stored.1);
        if answers.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        self.summary.quotations += answers.len();
        self.articles.insert(candidate.article);
        let mut wanted = Vec::new();
        for (answer, whose) in answers.into_iter().zip(whose) {
            if self.skipping {
                let id = format!("{}.q{}", article.id, answer.number);
                self.skipping = self.wanted.after.as_deref() != Some(id.as_str());
                continue;
            }
            if self.summary.shown >= limit {
                break;
            }
            self.summary.shown += 1;
            let mut found = RankedQuotation::new(article, &quotations[answer.number], &answer);
            found.rank = self.summary.shown;
            found.score = candidate.score;
            wanted.push((found, whose));
        }
        if !wanted.is_empty()
            && let Some(company) = self.company.as_mut().filter(|company| company.article != Some(candidate.article))
        {
            let entries = self.answering.company(article, quotations)?;
            *company = InArticle { article: Some(candidate.article), entries };
        }
        // Those beside somebody are the same for all that he says in an article.
        let mut beside: Option<(Option<Whose>, Vec<String>)> = None;
        for (mut found, whose) in wanted {
            found.known_as = whose.map(|whose| self.answering.register.shown(whose).to_owned());
            if let Some(company) = self.company.as_ref().filter(|_| beside.as_ref().is_none_or(|(of, _)| *of != whose)) {
                self.answering.budget.step(company.entries.len());
                beside = Some((whose, company.but(whose)));
            }
            let others = beside.as_ref().map_or(&[][..], |(_, others)| others.as_slice());
            if each(found, others).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Every printing that may mean one of `entries`.
fn printings<'a>(register: &'a Register, entries: &[Whose]) -> Vec<&'a str> {
    let mut out = Vec::new();
    for of in entries {
        out.extend(register.directory(*of).printings(&[of.1]));
    }
    out
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
