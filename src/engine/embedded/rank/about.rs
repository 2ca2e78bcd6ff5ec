//! Words of a query in the fields about an article: its dateline, its bylines, the name of its outlet.

use super::weights::idf;
use crate::engine::embedded::excerpt::Whole;
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::lookup::expand::{Dictionary, Expansions};
use crate::engine::embedded::lookup::postings::of_terms;
use crate::engine::embedded::store::snapshot::Totals;
use crate::engine::embedded::store::units::UnitRows;
use crate::engine::plan::{Leaf, LeafField};
use tantivy::DocId;
use xxhash_rust::xxh3::Xxh3Default;

/// The heads of one segment's articles that have a leaf in the fields about the article.
#[derive(Debug, Default)]
pub(in crate::engine::embedded) struct About {
    /// In the dateline or a byline.
    pub origin: Vec<DocId>,
    /// In the outlet's name.
    pub outlet: Vec<DocId>,
}

impl About {
    /// How many there are, one with both twice.
    pub fn len(&self) -> usize {
        self.origin.len() + self.outlet.len()
    }

    /// A hash of which these are.
    pub fn key(&self) -> u64 {
        let mut hash = Xxh3Default::new();
        for heads in [&self.origin, &self.outlet] {
            hash.update(&(heads.len() as u64).to_le_bytes());
            heads.iter().for_each(|head| hash.update(&head.to_le_bytes()));
        }
        hash.digest()
    }
}

/// For each leaf, the articles of the segment that have it in the fields about them.
pub(in crate::engine::embedded) fn abouts(segment: &Segment, leaves: &[Leaf]) -> tantivy::Result<Vec<About>> {
    let of_leaf = |leaf: &Leaf| {
        if segment.budget.is_spent() || !is_looked_for(leaf) {
            return Ok(About::default());
        }
        let origin = heads_with(segment, leaf, &[LeafField::Dateline, LeafField::Byline])?;
        Ok(About { origin, outlet: heads_with(segment, leaf, &[LeafField::Outlet])? })
    };
    leaves.iter().map(of_leaf).collect()
}

/// A single word of the text is looked for there, too.
pub(in crate::engine) fn is_looked_for(leaf: &Leaf) -> bool {
    let single = leaf.pattern.paths.first().is_some_and(|path| path.len() == 1);
    leaf.wanted && leaf.field == LeafField::Text && single
}

fn heads_with(segment: &Segment, leaf: &Leaf, fields: &[LeafField]) -> tantivy::Result<Vec<DocId>> {
    let mut heads: Vec<DocId> = Vec::new();
    let mut expansions = Expansions::charged_to(&segment.budget);
    for field in fields {
        let index = segment.index(*field)?;
        let Segment { snapshot, number, .. } = *segment;
        let dictionary = Dictionary { index: &index, field: segment.field(*field), snapshot, segment: number };
        for slot in leaf.pattern.paths.iter().filter(|path| path.len() == 1).flatten() {
            let terms = expansions.of(slot, &dictionary)?;
            heads.extend(of_terms(&index, &terms, None, &segment.budget)?.iter().map(|(doc, _)| *doc));
        }
    }
    heads.sort_unstable();
    heads.dedup();
    heads.shrink_to_fit();
    // Held for as long as the question is there: `the` may stand in the name of every outlet.
    Ok(if segment.budget.hold(heads.len() * size_of::<DocId>()) { heads } else { Vec::new() })
}

/// The articles with a word in a field about them, ascending.
pub(super) fn about_articles(rows: &UnitRows, abouts: &[About]) -> Vec<u32> {
    let heads = abouts.iter().flat_map(|about| about.origin.iter().chain(&about.outlet));
    let mut articles: Vec<u32> = heads.map(|head| rows.look(*head).0).collect();
    articles.sort_unstable();
    articles.dedup();
    articles
}

/// The rarity of each leaf among the names of outlets: `abouts` of all segments.
pub(in crate::engine::embedded) fn outlet_rarities(
    leaves: &[Leaf],
    abouts: &[Vec<About>],
    totals: &Totals,
    whole: Option<&dyn Whole>,
) -> Vec<f32> {
    let with = |number: usize| match whole {
        Some(whole) if is_looked_for(&leaves[number]) => whole.outlets_with(&leaves[number].pattern),
        _ => abouts.iter().map(|of_segment| of_segment[number].outlet.len() as u64).sum(),
    };
    (0..leaves.len()).map(|number| idf(totals.articles, with(number)) * leaves[number].boost).collect()
}
