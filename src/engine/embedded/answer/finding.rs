//! From a plan to the units that may answer it, in their order: all of them, or the best of loose words alone.

use super::passages::{Explanation, InOrder, PassageAnswer};
use super::search::{IndexReader, cut_short, looked_at};
use crate::engine::embedded::lookup::budget::{Budget, Charge, Docs, Spent};
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::rank::about::{abouts, outlet_rarities};
use crate::engine::embedded::rank::best::{Best, LooseSegment, best_of};
use crate::engine::embedded::rank::found::{Candidate, Found, candidates, order, sort_on};
use crate::engine::embedded::rank::loose::{Gathering, Loose};
use crate::engine::embedded::rank::rerank::{self, ReadPlaces, Rerank};
use crate::engine::embedded::rank::scores::{Scoring, scores};
use crate::engine::embedded::rank::weights::{Rarities, Score, ScorePart, Sum, rarities};
use crate::engine::embedded::store::schema::failed;
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::engine::embedded::store::units::{Row, Units};
use crate::engine::plan::Planned;
use crate::engine::{Error, Recency, Search, Sort};
use crate::results::{RankedPassage, Summary};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::Instant;
use tantivy::DocId;

/// Of fewer units of a segment that have all words, each is scored: to tell which may be best takes as long.
const MANY: usize = 512;

/// Which of the units that may answer are wanted.
#[derive(Clone, Copy)]
pub(in crate::engine::embedded) struct Wanted {
    /// No more than so many of the best, where these can be told without scoring all.
    pub best: Option<usize>,
    pub recency: Option<Recency>,
    /// Whether they are counted.
    pub totals: bool,
}

impl Wanted {
    pub const ALL: Wanted = Wanted { best: None, recency: None, totals: true };
}

/// What was found for a search, in its order.
pub(in crate::engine::embedded) struct Ranked<'a> {
    pub planned: Planned,
    pub found: Found<'a>,
    /// Those that the closer look may have put in another place are.
    pub candidates: Vec<Candidate>,
    /// So many of them are in order.
    sorted: usize,
    reranked: Rerank,
    broken_off: Option<Spent>,
}

impl Ranked<'_> {
    /// What the index alone can say of the answer.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        let found = &self.found;
        if self.planned.exact {
            (summary.passages, summary.mentions, summary.articles) = (found.passages, found.mentions, found.articles);
        }
        if found.segments.iter().any(|segment| segment.expansions.cut) {
            summary.partial = Some(cut_short());
        }
        if let Some(why) = self.broken_off {
            summary.partial = Some(why.in_words().to_owned());
        }
        summary
    }
}

impl IndexReader {
    /// Finds what may answer a search and puts it in order, `best` as in [`Wanted`].
    pub(in crate::engine::embedded) fn ranked<'a>(
        &self,
        snapshot: &'a Snapshot,
        search: &Search,
        best: Option<usize>,
        budget: &Rc<Budget>,
        until: Option<Instant>,
    ) -> Result<Ranked<'a>, Error> {
        let mut planned = Planned::new(&search.query);
        let wanted = Wanted { best, recency: search.recency, totals: search.totals };
        let mut found = self.found(snapshot, &mut planned, budget, wanted).map_err(|error| failed(&self.dir, error))?;
        let broken_off = budget.read_until(until);
        let order = order(search.sort);
        let mut candidates = std::mem::take(&mut found.candidates);
        let mut reranked = Rerank::default();
        if search.sort == Sort::Relevance && search.limit != Some(0) {
            let places = |best: &[Candidate]| found.places(&planned, best, budget);
            // Who types loose words wants what is like the best, and their outlets: that takes the text.
            let places: Option<&ReadPlaces> = (planned.exact && planned.loose.is_empty()).then_some(&places);
            reranked = rerank::look(snapshot, &planned, self.weights(), &mut candidates, &order, places, budget)?;
        }
        let wanted = if search.fold { candidates.len() } else { search.limit.map_or(0, looked_at).min(candidates.len()) };
        let mut sorted = 0;
        // The others are put in order when it comes to them.
        while sorted < wanted && (sorted == 0 || budget.look()) {
            sorted = sort_on(&mut candidates, sorted, &order);
        }
        if found.left_out > 0 && !search.fold {
            // The others may be behind some that were left out.
            candidates.truncate(wanted);
            sorted = sorted.min(wanted);
        }
        Ok(Ranked { planned, found, candidates, sorted, reranked, broken_off })
    }

    /// Gives what was found to `run`, from number `from` on.
    pub(in crate::engine::embedded) fn show_all(
        &self,
        run: &mut PassageAnswer,
        ranked: &mut Ranked,
        from: usize,
        each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let Ranked { planned, found, candidates, sorted, reranked, .. } = ranked;
        let (snapshot, recency, order) = (run.snapshot, run.search.recency, order(run.search.sort));
        let why = |candidate: &Candidate| {
            let mut score = self.why(found, planned, snapshot, candidate).map_err(|error| failed(&self.dir, error))?;
            if let Some(recency) = recency {
                let whole = score.total();
                score.add(ScorePart::Recency, whole * (recency.keeps(candidate.day) - 1.0));
            }
            reranked.add_to(&mut score, candidate);
            Ok::<Explanation, Error>(score.in_words())
        };
        let from = from.min(candidates.len());
        let rest = InOrder { candidates: &mut candidates[from..], sorted: sorted.saturating_sub(from), order: &order, why: &why };
        run.all(rest, each)
    }

    /// The units that may answer, unordered.
    pub(in crate::engine::embedded) fn found<'a>(
        &self,
        snapshot: &'a Snapshot,
        planned: &mut Planned,
        budget: &Rc<Budget>,
        wanted: Wanted,
    ) -> tantivy::Result<Found<'a>> {
        let mut found = Found::default();
        for number in 0..snapshot.searcher.segment_readers().len() {
            found.segments.push(Segment::open(snapshot, number, self.fields, &planned.leaves, budget)?);
        }
        let totals = snapshot.totals(&self.fields)?;
        for segment in &found.segments {
            found.abouts.push(abouts(segment, &planned.leaves)?);
        }
        let of_outlet = outlet_rarities(&planned.leaves, &found.abouts, &totals, snapshot.whole.as_deref());
        let of_text = rarities(&planned.leaves, &found.segments, &totals, snapshot.whole.as_deref());
        planned.rarities.clone_from(&of_text);
        found.rarities = Rarities { of_text, of_outlet };
        let rarities = std::mem::take(&mut found.rarities);
        // Who names a day wants the articles of that day, whatever words they have; and what a word takes away has no bound.
        let adds_up = rarities.of_text.iter().chain(&rarities.of_outlet).all(|rarity| rarity.is_finite() && *rarity >= 0.0);
        // What the matcher turns down is not counted, unless all of it is looked at.
        let may_skip = planned.exact || !wanted.totals;
        let best = wanted.best.filter(|_| may_skip && adds_up && !planned.names_days());
        let mut finding = Finding {
            planned,
            budget,
            scoring: Scoring { planned, rarities: &rarities, totals, weights: self.weights() },
            best: best.map(|best| Best::new(best, wanted.recency)),
            wanted,
        };
        finding.all(&mut found)?;
        found.rarities = rarities;
        // What was broken off tells neither how much there is nor what a NOT leaves out.
        planned.exact &= !budget.is_spent();
        Ok(found)
    }

    /// Why a candidate ranks where it does.
    fn why(&self, found: &Found, planned: &Planned, snapshot: &Snapshot, candidate: &Candidate) -> tantivy::Result<Score> {
        let number = candidate.segment as usize;
        let segment = &found.segments[number];
        let scoring =
            Scoring { planned, rarities: &found.rarities, totals: snapshot.totals(&self.fields)?, weights: self.weights() };
        let group = found.group(candidate);
        let scores: Vec<Score> = scores(segment, &group, &segment.units.groups(&group), &found.abouts[number], &scoring)?;
        let own = group.iter().position(|(doc, _)| *doc == candidate.doc);
        Ok(own.and_then(|own| scores.into_iter().nth(own)).unwrap_or_default())
    }
}

/// The segments of an index, looked through one after the other.
pub(super) struct Finding<'a> {
    pub planned: &'a Planned,
    pub budget: &'a Rc<Budget>,
    pub scoring: Scoring<'a>,
    /// Where no more than the best are wanted.
    pub best: Option<Best>,
    pub wanted: Wanted,
}

impl Finding<'_> {
    fn all(&mut self, found: &mut Found) -> tantivy::Result<()> {
        if self.one_frequent_word(found)? {
            return Ok(());
        }
        let (mut loose, mut units) = (Vec::new(), 0);
        for number in 0..found.segments.len() {
            if self.best.is_some()
                && found.segments[number].look_up_any(self.planned)?
                && let Some(gathered) = self.gathered(found, number, false)?
            {
                units += gathered.units;
                loose.push((number, gathered));
                continue;
            }
            let docs = found.segments[number].answer(self.planned)?;
            units += docs.len();
            match self.gathered_of_all(found, number, &docs)? {
                Some(gathered) => {
                    loose.push((number, gathered));
                    // What a NOT takes away was looked up as well, and is none of these.
                    found.docs.insert(number as u32, docs);
                }
                None => self.add(found, number, docs)?,
            }
        }
        let Some(mut best) = self.best.take() else { return Ok(()) };
        let of_segments: Vec<LooseSegment> =
            loose.iter().filter_map(|(number, loose)| of_segment(found, *number, loose)).collect();
        best_of(&of_segments, &self.scoring, &mut best)?;
        found.candidates = best.into_candidates();
        if self.budget.is_spent() {
            self.add_unscored(found);
        } else {
            found.left_out = units - found.candidates.len();
        }
        Ok(())
    }

    /// What a segment has of loose words, or of words that `all` units found have, counted; nothing when the budget is spent before that is known.
    pub(super) fn gathered(&self, found: &mut Found, number: usize, all: bool) -> tantivy::Result<Option<Loose>> {
        let segment = &found.segments[number];
        let Units::Rows(rows) = segment.units else { return Ok(None) };
        if self.budget.is_spent() {
            return Ok(None);
        }
        let (abouts, scoring) = (&found.abouts[number], &self.scoring);
        let best = self.best.as_ref().is_some_and(Best::wants_any);
        let loose = Gathering { segment, rows, abouts, scoring, best, totals: self.wanted.totals, all }.gather()?;
        let further = if self.wanted.totals { segment.further_passages(self.planned, &loose.long)? } else { 0 };
        if self.budget.is_spent() {
            return Ok(None);
        }
        found.passages += loose.units + further;
        found.mentions += loose.mentions;
        found.articles += loose.articles;
        Ok(Some(loose))
    }

    /// The same of words that all of `docs` have; nothing where another plan is asked for, or all of them are scored as soon.
    fn gathered_of_all(&self, found: &mut Found, number: usize, docs: &Rc<Docs>) -> tantivy::Result<Option<Loose>> {
        if self.best.is_none() || docs.len() < MANY || !self.planned.wants_all() {
            return Ok(None);
        }
        let segment = &mut found.segments[number];
        if segment.reader.has_deletes() {
            segment.keep_within(&self.planned.plan, &self.planned.leaves, docs);
        }
        self.gathered(found, number, true)
    }

    /// Adds the units of a segment.
    fn add(&mut self, found: &mut Found, number: usize, mut docs: Rc<Docs>) -> tantivy::Result<()> {
        let budget = self.budget;
        budget.step(docs.len());
        // For as long as the question is there.
        if self.best.is_none() && !budget.hold(docs.len() * size_of::<Candidate>()) {
            docs = Rc::new(Docs::none(budget));
        }
        let segment = &found.segments[number];
        let groups = segment.units.groups(&docs);
        let mut charge = Charge::new(budget);
        charge.grow_to(groups.len() * size_of::<(Row, usize)>() + docs.len() * size_of::<f32>());
        if self.planned.exact && self.wanted.totals {
            found.passages += segment.passages(self.planned, &docs)?;
        }
        found.articles += groups.len();
        found.mentions += docs.iter().map(|(_, count)| *count as usize).sum::<usize>();
        let scores: Vec<f32> = scores(segment, &docs, &groups, &found.abouts[number], &self.scoring)?;
        let of_segment = candidates(number as u32, &docs, &groups, &scores);
        match &mut self.best {
            Some(best) => of_segment.for_each(|candidate| best.add(candidate)),
            None => {
                // Grown as they come, they would take twice the room, and three times while they move.
                found.candidates.reserve_exact(docs.len());
                found.candidates.extend(of_segment.map(|candidate| candidate.aged(self.wanted.recency)));
            }
        }
        found.docs.insert(number as u32, docs);
        Ok(())
    }

    /// Adds what was found and not scored in time: it is put to the matcher all the same.
    pub(super) fn add_unscored(&self, found: &mut Found) {
        let scored: HashSet<(u32, DocId)> = found.candidates.iter().map(|known| (known.segment, known.doc)).collect();
        for (number, segment) in (0..).zip(&found.segments) {
            if self.budget.spent() == Some(Spent::Gone) {
                break;
            }
            let docs = found.docs.entry(number).or_insert_with(|| segment.so_far());
            if !self.budget.hold(docs.len() * size_of::<Candidate>()) {
                continue;
            }
            let scores = vec![0.0; docs.len()];
            let groups = segment.units.groups(docs);
            let of_segment = candidates(number, docs, &groups, &scores);
            found.candidates.reserve_exact(docs.len());
            found.candidates.extend(of_segment.filter(|new| !scored.contains(&(new.segment, new.doc))));
        }
    }
}

/// A segment as its best units are looked for.
pub(super) fn of_segment<'a>(found: &'a Found, number: usize, loose: &'a Loose) -> Option<LooseSegment<'a>> {
    let segment = &found.segments[number];
    let Units::Rows(rows) = segment.units else { return None };
    Some(LooseSegment { number: number as u32, segment, rows, loose, abouts: &found.abouts[number] })
}
