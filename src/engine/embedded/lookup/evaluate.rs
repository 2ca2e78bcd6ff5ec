//! A plan to the units of one segment that may answer it.
//!
//! What is found here is never too little. For most queries it is exactly what the matcher will say, counts included
//! ([`Planned::exact`]); for the others the matcher has to be asked about every unit found.

use super::expand::expand;
use super::pairs::by_pairs;
use super::plan::{Leaf, LeafField, Planned, QueryPlan, leaves_of};
use super::postings::{Docs, Spellings, Way, first_words, of_phrase, of_terms};
use crate::day::Days;
use crate::engine::embedded::store::schema::Fields;
use crate::engine::embedded::store::snapshot::{Snapshot, Units};
use crate::query::Slot;
use std::io;
use std::sync::Arc;
use tantivy::index::InvertedIndexReader;
use tantivy::{DocId, SegmentReader};

/// One segment, opened as far as a query needs it.
pub(in crate::engine::embedded) struct Segment<'a> {
    pub reader: &'a SegmentReader,
    pub fields: Fields,
    pub units: Units<'a>,
    /// The words of each leaf in this segment's dictionary, place by place.
    pub places: Vec<Vec<Vec<Spellings>>>,
    /// The same as it is looked up: by pairs where the index has them.
    ways: Vec<Vec<Way>>,
    /// The units of each leaf, once looked up.
    pub found: Vec<Option<Docs>>,
    /// What was cut short.
    pub cut: bool,
}

impl<'a> Segment<'a> {
    /// Looks the leaves up in the dictionaries of segment `number`.
    pub fn open(snapshot: &'a Snapshot, number: usize, fields: Fields, leaves: &[Leaf]) -> tantivy::Result<Segment<'a>> {
        let reader = snapshot.searcher.segment_reader(number as u32);
        let (mut all, mut all_ways, mut cut, mut size) = (Vec::new(), Vec::new(), false, 0);
        for leaf in leaves {
            let index = reader.inverted_index(field_of(leaf.field, &fields))?;
            let (mut paths, mut ways) = (Vec::new(), Vec::new());
            let in_a_row = leaf.field == LeafField::Text && leaf.pattern.slop == 0;
            for path in &leaf.pattern.paths {
                let mut places = Vec::new();
                for slot in path {
                    places.push(match slot {
                        Slot::Anything => None,
                        slot => {
                            let expansion = expand(slot, &index)?;
                            cut |= expansion.cut;
                            Some(expansion.terms)
                        }
                    });
                }
                if in_a_row {
                    ways.extend(by_pairs(path, &places, &index)?);
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
        Ok(Segment { reader, fields, units, places: all, ways: all_ways, found: vec![None; leaves.len()], cut })
    }

    pub fn index(&self, field: LeafField) -> tantivy::Result<Arc<InvertedIndexReader>> {
        self.reader.inverted_index(field_of(field, &self.fields))
    }

    /// The head of the article that unit `doc` belongs to.
    pub fn head_of(&self, doc: DocId) -> DocId {
        self.units.head(doc)
    }

    fn is_head(&self, doc: DocId) -> bool {
        self.head_of(doc) == doc
    }

    /// The units that may answer the plan, with counts. A plan about articles gives their heads.
    pub fn answer(&mut self, planned: &Planned) -> tantivy::Result<Docs> {
        let mut docs = self.units_of(&planned.plan, &planned.leaves, None)?;
        if let Some(alive) = self.reader.alive_bitset() {
            docs.retain(|(doc, _)| alive.is_alive(*doc));
        }
        Ok(docs)
    }

    /// In how many passages of `docs` there are mentions. Only for exact plans.
    pub fn passages(&self, planned: &Planned, docs: &Docs) -> tantivy::Result<usize> {
        let within: Vec<DocId> = docs.iter().map(|(doc, _)| *doc).filter(|doc| self.units.is_long(*doc)).collect();
        if within.is_empty() {
            return Ok(docs.len());
        }
        let mut passages = docs.len() - within.len();
        let mut places: Vec<Vec<u32>> = vec![Vec::new(); within.len()];
        for number in leaves_of(&planned.plan) {
            if planned.leaves[number].field == LeafField::Text {
                let index = self.index(LeafField::Text)?;
                first_words(&index, &self.ways[number], &within, &mut places)?;
            }
        }
        let cuts = self.reader.fast_fields().u64("cuts")?;
        for (doc, words) in within.into_iter().zip(places) {
            let cuts: Vec<u32> = cuts.values_for_doc(doc).map(|cut| cut as u32).collect();
            let mut inside: Vec<usize> = words.iter().map(|word| cuts.partition_point(|cut| cut <= word)).collect();
            inside.sort_unstable();
            inside.dedup();
            passages += inside.len().max(1);
        }
        Ok(passages)
    }

    fn units_of(&mut self, plan: &QueryPlan, leaves: &[Leaf], within: Option<&Docs>) -> tantivy::Result<Docs> {
        if plan.is_of_article() {
            return Ok(self.heads_of(plan, leaves)?.into_iter().map(|head| (head, 0)).collect());
        }
        Ok(match plan {
            QueryPlan::Leaf(number) => self.leaf(*number, &leaves[*number], within)?,
            QueryPlan::Or(parts) => {
                let mut docs = Docs::new();
                for part in parts.iter().filter(|part| !matches!(part, QueryPlan::Not(_))) {
                    let found = self.units_of(part, leaves, within)?;
                    docs = if docs.is_empty() { found } else { union(&docs, &found) };
                }
                docs
            }
            QueryPlan::And(parts) => self.all_of(parts, leaves, within)?,
            QueryPlan::Body(part) => {
                let mut docs = self.units_of(part, leaves, within)?;
                docs.retain(|(doc, _)| !self.is_head(*doc));
                docs
            }
            QueryPlan::Article(part) => self.of_articles(part, leaves)?,
            QueryPlan::Everything => (0..self.reader.max_doc()).map(|doc| (doc, 0)).collect(),
            QueryPlan::Not(_) | QueryPlan::Head(_) | QueryPlan::Days(_) => Docs::new(),
        })
    }

    fn all_of(&mut self, parts: &[QueryPlan], leaves: &[Leaf], within: Option<&Docs>) -> tantivy::Result<Docs> {
        let mut order: Vec<&QueryPlan> =
            parts.iter().filter(|p| !p.is_of_article() && !matches!(p, QueryPlan::Not(_) | QueryPlan::Everything)).collect();
        order.sort_by_key(|plan| self.size(plan));
        let mut docs: Option<Docs> = None;
        for plan in order {
            let found = self.units_of(plan, leaves, docs.as_ref().or(within))?;
            docs = Some(docs.map_or_else(|| found.clone(), |docs| intersection(&docs, &found)));
        }
        let mut docs = match docs {
            Some(docs) => docs,
            None => self.units_of(&QueryPlan::Everything, leaves, None)?,
        };
        for plan in parts {
            match plan {
                QueryPlan::Not(part) if !part.is_of_article() => {
                    let excluded = self.units_of(part, leaves, Some(&docs))?;
                    docs = difference(&docs, &excluded);
                }
                plan if plan.is_of_article() => self.narrow(plan, leaves, &mut docs)?,
                _ => {}
            }
        }
        Ok(docs)
    }

    /// Keeps the units of articles for which `plan`, which is about articles, holds.
    fn narrow(&mut self, plan: &QueryPlan, leaves: &[Leaf], docs: &mut Docs) -> tantivy::Result<()> {
        match plan {
            QueryPlan::Days(range) => {
                let this = &*self;
                docs.retain(|(doc, _)| this.is_within(this.head_of(*doc), *range));
            }
            QueryPlan::Not(part) => {
                let heads = self.heads_of(part, leaves)?;
                docs.retain(|(doc, _)| heads.binary_search(&self.head_of(*doc)).is_err());
            }
            plan => {
                let heads = self.heads_of(plan, leaves)?;
                docs.retain(|(doc, _)| heads.binary_search(&self.head_of(*doc)).is_ok());
            }
        }
        Ok(())
    }

    fn is_within(&self, head: DocId, range: Days) -> bool {
        self.units.days(head).is_some_and(|days| range.contains(days))
    }

    /// The heads of articles for which `plan` holds, ascending.
    fn heads_of(&mut self, plan: &QueryPlan, leaves: &[Leaf]) -> tantivy::Result<Vec<DocId>> {
        Ok(match plan {
            QueryPlan::Head(number) => {
                let docs = self.leaf(*number, &leaves[*number], None)?;
                docs.into_iter().map(|(doc, _)| doc).filter(|doc| self.is_head(*doc)).collect()
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
                let mut heads: Vec<DocId> = docs.into_iter().map(|(doc, _)| self.head_of(doc)).collect();
                heads.dedup();
                heads
            }
        })
    }

    fn all_heads(&self) -> Vec<DocId> {
        (0..self.reader.max_doc()).filter(|doc| self.is_head(*doc)).collect()
    }

    fn of_articles(&mut self, plan: &QueryPlan, leaves: &[Leaf]) -> tantivy::Result<Docs> {
        let heads = self.heads_of(plan, leaves)?;
        let mut docs = Docs::new();
        for number in leaves_of(plan) {
            let found = self.leaf(number, &leaves[number], None)?;
            docs = union(&docs, &found);
        }
        docs.retain(|(doc, _)| heads.binary_search(&self.head_of(*doc)).is_ok());
        Ok(docs)
    }

    fn leaf(&mut self, number: usize, leaf: &Leaf, within: Option<&Docs>) -> tantivy::Result<Docs> {
        if let Some(found) = &self.found[number] {
            return Ok(found.clone());
        }
        let index = self.index(leaf.field)?;
        let docs = look_up(&index, leaf, &self.ways[number], within.map(Vec::as_slice))?;
        self.found[number] = Some(docs.clone());
        Ok(docs)
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

fn field_of(field: LeafField, fields: &Fields) -> tantivy::schema::Field {
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

fn look_up(index: &InvertedIndexReader, leaf: &Leaf, ways: &[Way], within: Option<&[(DocId, u32)]>) -> io::Result<Docs> {
    let in_a_row = leaf.pattern.slop == 0 && leaf.field == LeafField::Text;
    if !in_a_row && ways.iter().any(|way| matches!(way, Way::Row(places) if places.len() > 1)) {
        return all_places(index, ways);
    }
    match ways {
        [Way::Row(places)] => match places.as_slice() {
            [Some(terms)] => of_terms(index, terms, within),
            _ => of_phrase(index, ways),
        },
        [Way::Fixed(terms, _)] if terms.len() == 1 => of_terms(index, std::slice::from_ref(&terms[0].1), within),
        _ => of_phrase(index, ways),
    }
}

/// Units with a term for every place of a way, wherever it stands.
fn all_places(index: &InvertedIndexReader, ways: &[Way]) -> io::Result<Docs> {
    let mut docs = Docs::new();
    for way in ways {
        let Way::Row(places) = way else { continue };
        let mut of_path: Option<Docs> = None;
        for terms in places.iter().flatten() {
            let found = of_terms(index, terms, of_path.as_deref())?;
            of_path = Some(match of_path {
                Some(docs) => intersection(&docs, &found),
                None => found,
            });
        }
        docs = union(&docs, &of_path.unwrap_or_default());
    }
    Ok(docs)
}

fn union(one: &[(DocId, u32)], other: &[(DocId, u32)]) -> Docs {
    let mut out = Docs::with_capacity(one.len() + other.len());
    let (mut i, mut j) = (0, 0);
    while i < one.len() || j < other.len() {
        let (a, b) = (one.get(i).map_or(DocId::MAX, |e| e.0), other.get(j).map_or(DocId::MAX, |e| e.0));
        let count = if a <= b { one[i].1 } else { 0 } + if b <= a { other[j].1 } else { 0 };
        out.push((a.min(b), count));
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    out
}

fn intersection(one: &[(DocId, u32)], other: &[(DocId, u32)]) -> Docs {
    let mut out = Docs::new();
    let (mut i, mut j) = (0, 0);
    while i < one.len() && j < other.len() {
        let (a, b) = (one[i].0, other[j].0);
        if a == b {
            out.push((a, one[i].1 + other[j].1));
        }
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    out
}

fn difference(one: &[(DocId, u32)], other: &[(DocId, u32)]) -> Docs {
    let mut j = 0;
    let mut out = Docs::with_capacity(one.len());
    for &(doc, count) in one {
        while j < other.len() && other[j].0 < doc {
            j += 1;
        }
        if other.get(j).is_none_or(|next| next.0 != doc) {
            out.push((doc, count));
        }
    }
    out
}
