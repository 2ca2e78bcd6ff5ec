//! A plan to the units of one segment that may answer it.
//!
//! What is found here is never too little. For most queries it is exactly what the matcher will say, counts included
//! ([`Planned::exact`]); for the others the matcher has to be asked about every unit found.

use super::budget::Budget;
use super::expand::{Dictionary, Expansions, TermEntry};
use super::lists::{difference, intersection, kept_of, merged, union};
use super::pairs::by_pairs;
use super::postings::{Docs, Places, Spellings, Way, first_words, in_ranges, of_phrase, of_terms};
use crate::day::Days;
use crate::engine::embedded::store::champions::{ChampionFile, key_of};
use crate::engine::embedded::store::schema::Fields;
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::engine::embedded::store::units::Units;
use crate::engine::plan::{Leaf, LeafField, Planned, QueryPlan, leaves_of};
use crate::query::Slot;
use std::io;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use tantivy::directory::FileSlice;
use tantivy::index::InvertedIndexReader;
use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader};

/// How many units of a segment have a frequent word, with its forms, at least: an eighth, and so many in any larger one. To read fewer is as
/// cheap as to look up where they are worth most.
pub(in crate::engine::embedded) fn least_frequent(segment: &SegmentReader) -> u64 {
    (u64::from(segment.max_doc()) / 8).clamp(256, 4_096)
}

/// Units that are put together at most once the time is up: a millisecond.
const SO_FAR: usize = 1 << 17;

/// One segment, opened as far as a query needs it.
pub(in crate::engine::embedded) struct Segment<'a> {
    pub snapshot: &'a Snapshot,
    pub number: usize,
    pub reader: &'a SegmentReader,
    pub fields: Fields,
    pub units: Units<'a>,
    /// In which of its articles frequent words are worth most, where that is kept and one of the leaves may be such a word.
    pub champions: Option<&'a ChampionFile>,
    /// The words of each leaf in this segment's dictionary, place by place.
    pub places: Vec<Vec<Vec<Spellings>>>,
    /// The same as it is looked up: by pairs where the index has them.
    ways: Vec<Vec<Way>>,
    /// The units of each leaf, once looked up.
    pub found: Vec<Option<Rc<Docs>>>,
    /// The words of all slots, and whether they were cut short.
    pub expansions: Expansions,
    /// What the question may still cost.
    pub budget: Rc<Budget>,
}

impl<'a> Segment<'a> {
    /// Looks the leaves up in the dictionaries of segment `number`.
    pub fn open(
        snapshot: &'a Snapshot,
        number: usize,
        fields: Fields,
        leaves: &[Leaf],
        budget: &Rc<Budget>,
    ) -> tantivy::Result<Segment<'a>> {
        let reader = snapshot.searcher.segment_reader(number as u32);
        let (mut all, mut all_ways, mut size) = (Vec::new(), Vec::new(), 0);
        let mut expansions = Expansions::charged_to(budget);
        for leaf in leaves {
            let field = field_of(leaf.field, &fields);
            let index = &*reader.inverted_index(field)?;
            let dictionary = Dictionary { index, field, snapshot, segment: number };
            let (mut paths, mut ways) = (Vec::new(), Vec::new());
            let in_a_row = leaf.field == LeafField::Text && leaf.pattern.slop == 0;
            for path in &leaf.pattern.paths {
                let mut places = Vec::new();
                for slot in path {
                    places.push(match slot {
                        Slot::Anything => None,
                        slot => Some(expansions.of(slot, &dictionary)?),
                    });
                }
                if in_a_row {
                    ways.extend(by_pairs(path, &places, index)?);
                } else {
                    ways.push(Way::Row(places.clone()));
                }
                paths.push(places);
            }
            size += ways.iter().map(Way::size).sum::<u64>();
            all_ways.push(ways);
            all.push(paths);
        }
        // Without a word to look up, all units are asked for.
        let wanted = if leaves.is_empty() { reader.max_doc() as usize } else { size as usize };
        let units = snapshot.units(number, wanted)?;
        let champions = if size >= least_frequent(reader) { snapshot.champions(number) } else { None };
        let (found, budget) = (vec![None; leaves.len()], Rc::clone(budget));
        Ok(Segment { snapshot, number, reader, fields, units, champions, places: all, ways: all_ways, found, expansions, budget })
    }

    /// The terms of a leaf that is one word with its forms.
    pub fn terms_of_word(&self, number: usize) -> Option<&Rc<[TermEntry]>> {
        let [path] = self.places[number].as_slice() else { return None };
        let [Some(terms)] = path.as_slice() else { return None };
        Some(terms)
    }

    /// Whether such a leaf is a frequent word, of which more than its places may be kept.
    pub fn is_frequent(&self, number: usize) -> bool {
        let units = |terms: &Rc<[TermEntry]>| terms.iter().map(|term| u64::from(term.info.doc_freq)).sum::<u64>();
        self.terms_of_word(number).is_some_and(|terms| units(terms) >= least_frequent(self.reader))
    }

    /// The key under which champions are kept of a leaf that is one word with its forms.
    pub fn key_of_word(&self, number: usize) -> Option<u64> {
        self.terms_of_word(number).map(|terms| key_of(terms.iter().map(|term| term.info.postings_range.start)))
    }

    /// Looks such a leaf up in some articles alone, which [`Segment::found`] holds then.
    pub fn look_up_in(&mut self, number: usize, articles: &[Range<DocId>]) -> tantivy::Result<()> {
        let Some(terms) = self.terms_of_word(number).cloned() else { return Ok(()) };
        let index = self.index(LeafField::Text)?;
        let docs = in_ranges(&index, &terms, articles, &self.budget)?;
        let docs = match self.reader.alive_bitset() {
            Some(alive) => docs.kept(|doc| alive.is_alive(doc)),
            None => docs,
        };
        self.found[number] = Some(Rc::new(docs));
        Ok(())
    }

    pub fn field(&self, field: LeafField) -> Field {
        field_of(field, &self.fields)
    }

    pub fn index(&self, field: LeafField) -> tantivy::Result<Arc<InvertedIndexReader>> {
        self.reader.inverted_index(self.field(field))
    }

    /// The head of the article that unit `doc` belongs to.
    pub fn head_of(&self, doc: DocId) -> DocId {
        self.units.head(doc)
    }

    fn is_head(&self, doc: DocId) -> bool {
        self.head_of(doc) == doc
    }

    /// The units that may answer the plan, with counts. A plan about articles gives their heads.
    pub fn answer(&mut self, planned: &Planned) -> tantivy::Result<Rc<Docs>> {
        let docs = self.units_of(&planned.plan, &planned.leaves, None)?;
        Ok(match self.reader.alive_bitset() {
            Some(alive) => Rc::new(docs.kept(|doc| alive.is_alive(doc))),
            None => docs,
        })
    }

    /// Looks up the words of a plan that any of them answers, which [`Segment::found`] then holds without units that were deleted; false
    /// when the plan is another one, or the articles of so few units as it gives are not at hand.
    pub fn look_up_any(&mut self, planned: &Planned) -> tantivy::Result<bool> {
        let (Units::Rows(_), Some(numbers)) = (&self.units, planned.any_of()) else { return Ok(false) };
        for number in numbers {
            let docs = self.leaf(number, &planned.leaves[number], None)?;
            if let Some(alive) = self.reader.alive_bitset() {
                self.found[number] = Some(Rc::new(docs.kept(|doc| alive.is_alive(doc))));
            }
        }
        Ok(true)
    }

    /// The units of the leaves looked up so far, even when the budget is spent: of the shortest lists, as many as are put together soon.
    pub fn so_far(&self) -> Rc<Docs> {
        let mut found: Vec<&Rc<Docs>> = self.found.iter().flatten().filter(|docs| !docs.is_empty()).collect();
        found.sort_by_key(|docs| docs.len());
        let mut docs = match found.split_first() {
            Some((first, _)) => Rc::clone(first),
            None => return self.charged(Vec::new()),
        };
        for next in &found[1..] {
            if docs.len() + next.len() > SO_FAR {
                break;
            }
            docs = self.charged(merged(&docs, next));
        }
        docs
    }

    /// In how many passages of `docs` there are mentions. Only for exact plans.
    pub fn passages(&self, planned: &Planned, docs: &Docs) -> tantivy::Result<usize> {
        let least = if planned.counts_all() { 2 } else { 0 };
        let several = docs.iter().filter(|(doc, count)| *count >= least && self.units.is_long(*doc));
        Ok(docs.len() + self.further_passages(planned, &several.map(|(doc, _)| *doc).collect::<Vec<_>>())?)
    }

    /// In how many passages of these units, which are cut into several, there are mentions, beside one for each unit.
    pub fn further_passages(&self, planned: &Planned, within: &[DocId]) -> tantivy::Result<usize> {
        if within.is_empty() {
            return Ok(0);
        }
        let mut places: Vec<Vec<u32>> = vec![Vec::new(); within.len()];
        for number in leaves_of(&planned.plan) {
            if planned.leaves[number].field == LeafField::Text {
                let index = self.index(LeafField::Text)?;
                first_words(&index, &self.ways[number], self.places_file().as_ref(), within, &mut places, &self.budget)?;
            }
        }
        let cuts = self.snapshot.cuts(self.number)?;
        let mut further = 0;
        for (doc, words) in within.iter().zip(places) {
            if !self.budget.step(4 + 2 * words.len()) {
                break;
            }
            let cuts: Vec<u32> = cuts.values_for_doc(*doc).map(|cut| cut as u32).collect();
            let mut inside: Vec<usize> = words.iter().map(|word| cuts.partition_point(|cut| cut <= word)).collect();
            inside.sort_unstable();
            inside.dedup();
            further += inside.len().saturating_sub(1);
        }
        Ok(further)
    }

    /// The numbers of the words at which a leaf of the text begins, ascending, in each of these units.
    pub fn places_of(&self, leaf: usize, within: &[DocId], budget: &Budget) -> tantivy::Result<Vec<Vec<u32>>> {
        let mut places = vec![Vec::new(); within.len()];
        if !within.is_empty() {
            // Of a few units: nothing is read from one end to the other.
            first_words(&*self.index(LeafField::Text)?, &self.ways[leaf], None, within, &mut places, budget)?;
        }
        for places in &mut places {
            places.sort_unstable();
            places.dedup();
        }
        Ok(places)
    }

    /// The file of the places of the words of the text.
    fn places_file(&self) -> Option<FileSlice> {
        self.snapshot.places(self.number).and_then(|places| places.of(self.fields.text))
    }

    fn charged(&self, docs: Vec<(DocId, u32)>) -> Rc<Docs> {
        Rc::new(Docs::charged(docs, &self.budget))
    }

    fn units_of(&mut self, plan: &QueryPlan, leaves: &[Leaf], within: Option<&[(DocId, u32)]>) -> tantivy::Result<Rc<Docs>> {
        if self.budget.is_spent() {
            return Ok(self.charged(Vec::new()));
        }
        if plan.is_of_article() {
            let heads = self.heads_of(plan, leaves)?;
            return Ok(self.charged(heads.into_iter().map(|head| (head, 0)).collect()));
        }
        Ok(match plan {
            QueryPlan::Leaf(number) => self.leaf(*number, &leaves[*number], within)?,
            QueryPlan::Or(parts) => {
                let mut docs: Option<Rc<Docs>> = None;
                for part in parts.iter().filter(|part| !matches!(part, QueryPlan::Not(_))) {
                    let found = self.units_of(part, leaves, within)?;
                    docs = Some(match docs {
                        // At the end of its time the question keeps what it has.
                        Some(docs) if found.is_empty() || self.budget.is_spent() => docs,
                        Some(docs) => self.charged(union(&docs, &found, &self.budget)),
                        None => found,
                    });
                }
                docs.unwrap_or_else(|| self.charged(Vec::new()))
            }
            QueryPlan::And(parts) => self.all_of(parts, leaves, within)?,
            QueryPlan::Body(part) => {
                let docs = self.units_of(part, leaves, within)?;
                Rc::new(docs.kept(|doc| !self.is_head(doc)))
            }
            QueryPlan::Article(part) => self.of_articles(part, leaves)?,
            QueryPlan::Everything if self.budget.step(self.reader.max_doc() as usize) => {
                self.charged((0..self.reader.max_doc()).map(|doc| (doc, 0)).collect())
            }
            QueryPlan::Everything | QueryPlan::Not(_) | QueryPlan::Head(_) | QueryPlan::Days(_) => self.charged(Vec::new()),
        })
    }

    fn all_of(&mut self, parts: &[QueryPlan], leaves: &[Leaf], within: Option<&[(DocId, u32)]>) -> tantivy::Result<Rc<Docs>> {
        let mut order: Vec<&QueryPlan> =
            parts.iter().filter(|p| !p.is_of_article() && !matches!(p, QueryPlan::Not(_) | QueryPlan::Everything)).collect();
        order.sort_by_cached_key(|plan| self.size(plan));
        let mut docs: Option<Rc<Docs>> = None;
        for plan in order {
            let found = self.units_of(plan, leaves, docs.as_ref().map(|docs| &***docs).or(within))?;
            docs = Some(match docs {
                Some(docs) => self.charged(intersection(&docs, &found, &self.budget)),
                None => found,
            });
        }
        let mut docs = match docs {
            Some(docs) => docs,
            None => self.units_of(&QueryPlan::Everything, leaves, None)?,
        };
        for plan in parts {
            match plan {
                QueryPlan::Not(part) if !part.is_of_article() => {
                    let excluded = self.units_of(part, leaves, Some(&docs))?;
                    docs = self.charged(difference(&docs, &excluded, &self.budget));
                }
                plan if plan.is_of_article() => docs = Rc::new(self.narrowed(plan, leaves, &docs)?),
                _ => {}
            }
        }
        parts.iter().for_each(|part| self.keep_within(part, leaves, &docs));
        Ok(docs)
    }

    /// Forgets where the words of a part stand outside these units. Whether they were looked up there depends on which part came first,
    /// which is another in every segment; what they are worth in a ranking must not.
    pub fn keep_within(&mut self, plan: &QueryPlan, leaves: &[Leaf], docs: &Rc<Docs>) {
        match plan {
            QueryPlan::And(parts) | QueryPlan::Or(parts) => parts.iter().for_each(|part| self.keep_within(part, leaves, docs)),
            QueryPlan::Body(part) => self.keep_within(part, leaves, docs),
            QueryPlan::Leaf(number) if leaves[*number].times == 1 => {
                let Some(found) = self.found[*number].clone().filter(|found| !Rc::ptr_eq(found, docs)) else { return };
                if !self.budget.step(docs.len()) {
                    return;
                }
                self.found[*number] = Some(self.charged(kept_of(&found, docs)));
            }
            _ => {}
        }
    }

    /// Keeps the units of articles for which `plan`, which is about articles, holds.
    fn narrowed(&mut self, plan: &QueryPlan, leaves: &[Leaf], docs: &Docs) -> tantivy::Result<Docs> {
        let (heads, wanted) = match plan {
            QueryPlan::Days(range) => return Ok(docs.kept(|doc| self.is_within(self.head_of(doc), *range))),
            QueryPlan::Not(part) => (self.heads_of(part, leaves)?, false),
            plan => (self.heads_of(plan, leaves)?, true),
        };
        Ok(docs.kept(|doc| heads.binary_search(&self.head_of(doc)).is_ok() == wanted))
    }

    fn is_within(&self, head: DocId, range: Days) -> bool {
        self.units.days(head).is_some_and(|days| range.contains(days))
    }

    /// The heads of articles for which `plan` holds, ascending.
    fn heads_of(&mut self, plan: &QueryPlan, leaves: &[Leaf]) -> tantivy::Result<Vec<DocId>> {
        if self.budget.is_spent() {
            return Ok(Vec::new());
        }
        let heads = self.all_heads_of(plan, leaves)?;
        self.budget.step(4 * heads.len());
        Ok(heads)
    }

    fn all_heads_of(&mut self, plan: &QueryPlan, leaves: &[Leaf]) -> tantivy::Result<Vec<DocId>> {
        Ok(match plan {
            QueryPlan::Head(number) => {
                let docs = self.leaf(*number, &leaves[*number], None)?;
                docs.iter().map(|(doc, _)| *doc).filter(|doc| self.is_head(*doc)).collect()
            }
            QueryPlan::Days(range) => {
                let heads = self.all_heads();
                heads.into_iter().filter(|head| self.is_within(*head, *range)).collect()
            }
            QueryPlan::And(parts) => {
                let (not, must): (Vec<&QueryPlan>, Vec<&QueryPlan>) =
                    parts.iter().partition(|part| matches!(part, QueryPlan::Not(_)));
                let mut heads = match must.split_first() {
                    Some((first, rest)) => {
                        let mut heads = self.heads_of(first, leaves)?;
                        for part in rest {
                            let others = self.heads_of(part, leaves)?;
                            heads.retain(|head| others.binary_search(head).is_ok());
                        }
                        heads
                    }
                    None => self.all_heads(),
                };
                for part in not {
                    let kept = self.heads_of(part, leaves)?;
                    heads.retain(|head| kept.binary_search(head).is_ok());
                }
                heads
            }
            QueryPlan::Or(parts) => {
                let mut heads = Vec::new();
                for part in parts {
                    heads.extend(self.heads_of(part, leaves)?);
                }
                heads.sort_unstable();
                heads.dedup();
                heads
            }
            QueryPlan::Not(part) => {
                let excluded = self.heads_of(part, leaves)?;
                let mut heads = self.all_heads();
                heads.retain(|head| excluded.binary_search(head).is_err());
                heads
            }
            // A passage-level part inside: the articles of its units.
            part => {
                let docs = self.units_of(part, leaves, None)?;
                let mut heads: Vec<DocId> = docs.iter().map(|(doc, _)| self.head_of(*doc)).collect();
                heads.dedup();
                heads
            }
        })
    }

    fn all_heads(&self) -> Vec<DocId> {
        self.budget.step(self.reader.max_doc() as usize);
        (0..self.reader.max_doc()).filter(|doc| self.is_head(*doc)).collect()
    }

    fn of_articles(&mut self, plan: &QueryPlan, leaves: &[Leaf]) -> tantivy::Result<Rc<Docs>> {
        let heads = self.heads_of(plan, leaves)?;
        let mut numbers = leaves_of(plan);
        numbers.sort_unstable();
        numbers.dedup();
        let mut docs = self.charged(Vec::new());
        for number in numbers {
            let found = self.leaf(number, &leaves[number], None)?;
            docs = self.charged(union(&docs, &found, &self.budget));
        }
        Ok(Rc::new(docs.kept(|doc| heads.binary_search(&self.head_of(doc)).is_ok())))
    }

    fn leaf(&mut self, number: usize, leaf: &Leaf, within: Option<&[(DocId, u32)]>) -> tantivy::Result<Rc<Docs>> {
        if let Some(found) = &self.found[number] {
            return Ok(Rc::clone(found));
        }
        // What stands in several places of the query is wanted whole.
        let within = within.filter(|_| leaf.times == 1);
        let docs = Rc::new(self.look_up(leaf, &self.ways[number], within)?);
        self.found[number] = Some(Rc::clone(&docs));
        Ok(docs)
    }

    fn look_up(&self, leaf: &Leaf, ways: &[Way], within: Option<&[(DocId, u32)]>) -> tantivy::Result<Docs> {
        let (index, budget) = (&*self.index(leaf.field)?, &self.budget);
        let in_a_row = leaf.pattern.slop == 0 && leaf.field == LeafField::Text;
        if !in_a_row && ways.iter().any(|way| matches!(way, Way::Row(places) if places.len() > 1)) {
            return Ok(all_places(index, ways, budget)?);
        }
        let one = match ways {
            [Way::Row(places)] => match places.as_slice() {
                [Some(terms)] => Some(&**terms),
                _ => None,
            },
            [Way::Fixed(terms, _)] if terms.len() == 1 => Some(std::slice::from_ref(&terms[0].1)),
            _ => None,
        };
        Ok(match one {
            Some(terms) => of_terms(index, terms, within, budget)?,
            None => {
                let file = self.snapshot.places(self.number).and_then(|places| places.of(self.field(leaf.field)));
                let places = file.map(|file| Places { file, units: self.reader.max_doc() });
                of_phrase(index, ways, places.as_ref(), budget)?
            }
        })
    }

    /// About how many units a plan will give, to begin with the fewest.
    fn size(&self, plan: &QueryPlan) -> u64 {
        match plan {
            QueryPlan::Leaf(number) | QueryPlan::Head(number) => self.ways[*number].iter().map(Way::size).sum(),
            QueryPlan::And(parts) => parts.iter().map(|part| self.size(part)).min().unwrap_or(0),
            QueryPlan::Or(parts) => parts.iter().map(|part| self.size(part)).sum(),
            QueryPlan::Body(part) | QueryPlan::Article(part) => self.size(part),
            QueryPlan::Not(_) | QueryPlan::Days(_) | QueryPlan::Everything => u64::MAX / 4096,
        }
    }
}

fn field_of(field: LeafField, fields: &Fields) -> Field {
    match field {
        LeafField::Text => fields.text,
        LeafField::Speaker => fields.speaker,
        LeafField::Dateline => fields.dateline,
        LeafField::Byline => fields.byline,
        LeafField::Outlet => fields.outlet,
        LeafField::Section => fields.section,
        LeafField::Lang => fields.lang,
    }
}

/// Units with a term for every place of a way, wherever it stands.
fn all_places(index: &InvertedIndexReader, ways: &[Way], budget: &Rc<Budget>) -> io::Result<Docs> {
    let mut docs = Docs::none(budget);
    for way in ways {
        let Way::Row(places) = way else { continue };
        let mut of_path: Option<Docs> = None;
        for terms in places.iter().flatten() {
            let found = of_terms(index, terms, of_path.as_deref(), budget)?;
            of_path = Some(match of_path {
                Some(docs) => Docs::charged(intersection(&docs, &found, budget), budget),
                None => found,
            });
        }
        if let Some(of_path) = of_path {
            docs = Docs::charged(union(&docs, &of_path, budget), budget);
        }
    }
    Ok(docs)
}
