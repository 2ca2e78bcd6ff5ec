//! Loose words in articles that follow each other: which have one, what a unit of each may score at most, and how many units there are. So few
//! articles at a time that what is added up for them stays in the nearest cache of a processor.

use super::bounds::{AboutRead, BoundTable, Share, raised};
use super::scores::Scoring;
use super::seen::Seen;
use super::several::ARTICLES;
use crate::engine::embedded::store::bits::Bits;
use crate::engine::embedded::store::units::UnitRows;
use std::ops::Range;
use tantivy::DocId;

/// What is added up for some articles.
#[derive(Default)]
pub(super) struct Stretch {
    articles: Range<u32>,
    units: Range<DocId>,
    /// Articles with a word, counted from the first.
    seen: Bits,
    /// For each of these articles what its words may be worth, and their rarities together; nothing between one stretch and the next.
    sums: Vec<(f32, f32)>,
    /// Units with a word, where they are counted.
    units_seen: Option<Seen>,
}

impl Stretch {
    /// One that counts units as well, if that is wanted.
    pub fn new(counts: bool) -> Stretch {
        Stretch { units_seen: counts.then(Seen::default), sums: vec![(0.0, 0.0); ARTICLES], ..Stretch::default() }
    }

    /// Goes on to the articles from that of unit `next` on.
    pub fn go_to(&mut self, next: DocId, rows: &UnitRows) {
        let from = rows.look(next).0;
        self.articles = from..rows.articles().min(from + ARTICLES as u32);
        self.units = rows.row(from).head..rows.row(self.articles.end - 1).end;
        self.seen.clear_for(self.articles.len());
        if let Some(units_seen) = &mut self.units_seen {
            units_seen.go_to(&self.units);
        }
    }

    /// Its articles.
    pub fn articles(&self) -> Range<u32> {
        self.articles.clone()
    }

    /// One past its last unit.
    pub fn end(&self) -> DocId {
        self.units.end
    }

    /// Adds the units of a word that are of these articles, of which `about` tells those with the word in a field about them.
    pub fn add(&mut self, docs: &[(DocId, u32)], table: &BoundTable, rows: &UnitRows, about: &mut AboutRead) {
        let Stretch { articles, seen, sums, .. } = self;
        let rarity = table.rarity();
        about.begin(articles.start);
        table.each(docs, rows, about, |share| {
            let at = (share.article - articles.start) as usize;
            seen.set(at);
            let (worth, covered) = &mut sums[at];
            (*worth, *covered) = (*worth + share.worth, *covered + rarity);
        });
        about.end(articles.end);
    }

    /// Counts the units of a word that are of these articles, where units are counted.
    pub fn count(&mut self, docs: &[(DocId, u32)]) {
        if let Some(units_seen) = &mut self.units_seen {
            units_seen.add(docs);
        }
    }

    /// Adds what a word is worth in dateline, byline or outlet alone to those of these articles that have another word in their text.
    pub fn add_alone(&mut self, alone: &[(u32, bool)], table: &BoundTable) {
        for (article, outlet) in alone {
            let at = (article - self.articles.start) as usize;
            if self.seen.has(at) {
                let (worth, covered) = &mut self.sums[at];
                (*worth, *covered) = (*worth + table.alone(*outlet), *covered + table.rarity());
            }
        }
    }

    /// Adds the most that a unit of each article with a word may score, of so much rarity that is `wanted`, and forgets what was added up.
    pub fn bounds(&mut self, wanted: f32, scoring: &Scoring, bounds: &mut Vec<Share>) {
        self.seen.each(|at| {
            let (worth, covered) = std::mem::take(&mut self.sums[at]);
            let worth = raised(worth + scoring.coverage(covered, wanted), scoring);
            bounds.push(Share { article: self.articles.start + at as u32, worth });
        });
    }

    /// The units with a word, where they are counted.
    pub fn units_seen(&self) -> Option<&Seen> {
        self.units_seen.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::embedded::rank::several::Likely;
    use crate::engine::embedded::rank::weights::{RankingWeights, Rarities};
    use crate::engine::embedded::store::snapshot::Totals;
    use crate::engine::embedded::store::units::Row;
    use crate::engine::plan::Planned;
    use crate::query::{Query, Word};
    use std::collections::{BTreeMap, BTreeSet};

    /// Numbers that look like chance and are the same every time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, limit: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (self.0 >> 33) % limit
        }

        fn docs(&mut self, units: usize, one_in: u64) -> Vec<(DocId, u32)> {
            let chosen: Vec<usize> = (0..units).filter(|_| self.below(one_in) == 0).collect();
            chosen.into_iter().map(|doc| (doc as DocId, 1 + self.below(3) as u32)).collect()
        }
    }

    /// So many articles of up to six units, of which one in four is long.
    fn rows(articles: u32, dice: &mut Dice) -> UnitRows {
        let units = (0..articles).flat_map(|_| (0..=dice.below(6)).map(|unit| 2 * unit).collect::<Vec<_>>());
        let numbers: Vec<u64> = units.collect::<Vec<_>>().into_iter().map(|unit| unit + u64::from(dice.below(4) == 0)).collect();
        let row = |head: DocId| Row { head, id: u64::from(head), length: 40 + head % 900, ..Row::default() };
        UnitRows::of(&numbers, |doc| (doc % 60) as u8, row)
    }

    /// What each article is worth at most for one word, article by article.
    fn one_by_one(docs: &[(DocId, u32)], table: &BoundTable, rows: &UnitRows, about: &[(u32, bool)]) -> BTreeMap<u32, f32> {
        let mut worths = BTreeMap::new();
        for own in docs.chunk_by(|one, other| rows.look(one.0).0 == rows.look(other.0).0) {
            let mut about = AboutRead::new(about);
            about.begin(rows.look(own[0].0).0);
            table.each(own, rows, &mut about, |share| {
                worths.insert(share.article, share.worth);
            });
        }
        worths
    }

    #[test]
    fn stretches_tell_of_all_articles_what_they_tell_one_by_one() {
        let (planned, rarities, weights) =
            (Planned::new(&Query::Word(Word::Forms("ferry".into()))), Rarities::default(), RankingWeights::default());
        let totals = Totals { units: 20_000, words: 600_000, articles: 5_000 };
        let scoring = Scoring { planned: &planned, rarities: &rarities, totals, weights: &weights };
        let mut dice = Dice(9);
        for one_in in [2, 30, 4_000] {
            let rows = rows(5_000, &mut dice);
            let units = rows.row(4_999).end as usize;
            let lists = [dice.docs(units, one_in), dice.docs(units, 3 * one_in)];
            let tables = [BoundTable::new(4.0, 5.0, &scoring), BoundTable::new(7.0, 3.0, &scoring)];
            let abouts: [Vec<(u32, bool)>; 2] =
                [9, 40].map(|step| (0..5_000).step_by(step).map(|article| (article, article % 2 == 0)).collect());
            let mut read = [AboutRead::new(&abouts[0]), AboutRead::new(&abouts[1])];
            let (mut stretch, mut bounds, mut counted, mut several) = (Stretch::new(true), Vec::new(), 0, Vec::new());
            let mut rests = [lists[0].as_slice(), lists[1].as_slice()];
            while let Some(next) = rests.iter().filter_map(|rest| rest.first()).map(|(doc, _)| *doc).min() {
                stretch.go_to(next, &rows);
                for ((rest, table), about) in rests.iter_mut().zip(&tables).zip(&mut read) {
                    let (own, after) = rest.split_at(rest.partition_point(|(doc, _)| *doc < stretch.end()));
                    stretch.add(own, table, &rows, about);
                    stretch.count(own);
                    *rest = after;
                }
                for (table, about) in tables.iter().zip(&read) {
                    stretch.add_alone(&about.alone, table);
                }
                stretch.bounds(11.0, &scoring, &mut bounds);
                counted += stretch.units_seen().unwrap().units();
                stretch.units_seen().unwrap().several_of(rows.long(), &mut several);
            }
            let worths: Vec<BTreeMap<u32, f32>> =
                (0..2).map(|at| one_by_one(&lists[at], &tables[at], &rows, &abouts[at])).collect();
            let articles: BTreeSet<u32> = worths.iter().flat_map(|worths| worths.keys().copied()).collect();
            assert_eq!(
                bounds.iter().map(|share| share.article).collect::<Vec<_>>(),
                articles.iter().copied().collect::<Vec<_>>()
            );
            for bound in &bounds {
                let (mut worth, mut covered) = (0.0, 0.0);
                for at in 0..2 {
                    let alone = || abouts[at].binary_search_by_key(&bound.article, |(article, _)| *article).ok();
                    let own = worths[at].get(&bound.article).copied();
                    if let Some(own) = own.or_else(|| alone().map(|found| tables[at].alone(abouts[at][found].1))) {
                        (worth, covered) = (worth + own, covered + tables[at].rarity());
                    }
                }
                let expected = raised(worth + scoring.coverage(covered, 11.0), &scoring);
                assert!(
                    (bound.worth - expected).abs() < 1e-4 * expected,
                    "article {}: {} {expected}",
                    bound.article,
                    bound.worth
                );
            }
            let mut all: BTreeMap<DocId, u32> = BTreeMap::new();
            lists.iter().flatten().for_each(|(doc, count)| *all.entry(*doc).or_default() += count);
            assert_eq!(counted, all.len());
            let is_long = |(doc, count): &(&DocId, &u32)| **count > 1 && rows.look(**doc).1;
            assert_eq!(several, all.iter().filter(is_long).map(|(doc, _)| *doc).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_article_that_is_not_heavy_is_worth_less() {
        let (planned, rarities, weights) =
            (Planned::new(&Query::Word(Word::Forms("ferry".into()))), Rarities::default(), RankingWeights::default());
        let totals = Totals { units: 20_000, words: 600_000, articles: 5_000 };
        let scoring = Scoring { planned: &planned, rarities: &rarities, totals, weights: &weights };
        let mut dice = Dice(4);
        let rows = rows(5_000, &mut dice);
        let docs = dice.docs(rows.row(4_999).end as usize, 9);
        let mut told = Vec::new();
        rows.each_article(&docs, |article| told.push(article));
        assert_eq!(told, docs.iter().map(|(doc, _)| rows.look(*doc).0).collect::<Vec<_>>());
        let (table, wanted) = (BoundTable::new(4.0, 5.0, &scoring), 9.0);
        let worths = one_by_one(&docs, &table, &rows, &[]);
        let bound = |worth: f32| raised(worth + scoring.coverage(4.0, wanted), &scoring);
        assert!(worths.values().all(|worth| *worth <= table.most()));
        for least in [f32::NEG_INFINITY, 0.0, 8.0, 12.0, 15.0, 17.0, 19.0, 40.0] {
            let mut heavy = Vec::new();
            table.heavy(&docs, &rows, (least, wanted), &scoring, &mut heavy);
            for (article, worth) in &worths {
                assert!(bound(*worth) < least || heavy.binary_search(article).is_ok(), "{article} {least}");
            }
            assert!(least < 15.0 || heavy.len() < worths.len() / 2, "{} for {least}", heavy.len());
        }
    }

    #[test]
    fn articles_with_several_words_are_likely() {
        let mut dice = Dice(3);
        let rows = rows(2_000, &mut dice);
        let units = rows.row(1_999).end as usize;
        let lists = [dice.docs(units, 20), dice.docs(units, 30), dice.docs(units, 400)];
        let of = |docs: &[(DocId, u32)]| docs.iter().map(|(doc, _)| rows.look(*doc).0).collect::<BTreeSet<_>>();
        let articles: Vec<BTreeSet<u32>> = lists.iter().map(|list| of(list)).collect();
        let mut likely = Likely::new(vec![4, 5, 6, 7, 8], vec![false, false, true], Vec::new());
        let all: BTreeSet<u32> = articles.iter().flatten().copied().collect();
        assert_eq!(likely.choose(&lists.each_ref().map(Vec::as_slice), 0..2_000, &rows), all.len());
        let is_likely = |article: &u32| {
            articles.iter().filter(|of_word| of_word.contains(article)).count() > 1
                || articles[2].contains(article)
                || (4..9).contains(article)
        };
        for list in &lists {
            let expected: Vec<_> = list.iter().filter(|(doc, _)| is_likely(&rows.look(*doc).0)).copied().collect();
            assert_eq!(likely.units(list), expected);
        }
    }
}
