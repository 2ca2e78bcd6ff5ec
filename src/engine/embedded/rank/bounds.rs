//! What the best unit of an article can be worth at most, told from its units with each word: how often they have it, how long they and
//! the article are, and whether the headline or the lead is among them.

use super::scores::{Scoring, saturated, worth_of};
use super::weights::RankingWeights;
use crate::engine::embedded::store::units::{KINDS, LENGTHS, Place, UnitRows, least_length, of_kind};
use std::cell::RefCell;
use std::rc::Rc;
use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

/// Counts from here on are worth as much as any.
const COUNTS: usize = 16;

/// A bound is added up in another order than a score; it is that much higher, so that rounding never hides a unit.
const ROUNDING: f32 = 1.0001;

/// Counts in a unit from here on weigh as much as any: more words than an article may have.
const MOST: u32 = 1 << 24;

/// Units that are gathered before their articles are written down.
const AT_ONCE: usize = 128;

/// An article and the most that a unit of it may score; or what one word adds to that.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine::embedded) struct Share {
    pub article: u32,
    pub worth: f32,
}

/// Room for the articles that are gathered, one more than units at once; a power of two.
const PLACES: usize = 2 * AT_ONCE;

/// What the units of some articles with a word say of each.
struct Gathered {
    articles: [u32; PLACES],
    counts: [u32; PLACES],
    /// The count of the unit that has most of it, for its length, and how many times more it counts in any unit, for headline and lead.
    weights: [f32; PLACES],
    /// What that is worth in a unit.
    worths: [f32; PLACES],
}

/// What a unit says of its article.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    article: u32,
    /// What its mentions weigh, in the bits of a float.
    weight: u32,
    /// The bit of its place.
    place: u32,
}

/// For a word of rarity 1 what it may be worth at most, in an index of some averages.
struct Shape {
    /// In the article, by the class of its length and the count there.
    in_article: Box<[[f32; COUNTS]; LENGTHS]>,
    /// For each kind of units what one mention weighs there, and the bit of its place.
    of_kind: [(f32, u32); 256],
    /// How many times more the word counts in an article that has it in places with these bits.
    more: [f32; 4],
    /// All that it depends on.
    basis: [f32; 8],
}

thread_local! {
    /// The one that was asked for last: it is the same for all words of an index.
    static LAST: RefCell<Option<Rc<Shape>>> = const { RefCell::new(None) };
}

impl Shape {
    /// With so many words in an average unit and article.
    fn of(weights: &RankingWeights, unit: f32, article: f32) -> Rc<Shape> {
        let RankingWeights { b, article_k1, article_b, headline, lead, .. } = *weights;
        let basis = [b, article_k1, article_b, weights.article, headline, lead, unit, article];
        LAST.with_borrow_mut(|last| {
            let made = last.take().filter(|last| last.basis == basis).unwrap_or_else(|| Rc::new(Shape::new(weights, basis)));
            Rc::clone(last.insert(made))
        })
    }

    fn new(weights: &RankingWeights, basis: [f32; 8]) -> Shape {
        let [.., unit, article] = basis;
        let of_class = |class: usize| {
            let length = least_length(class) as f32 / article;
            std::array::from_fn(|count| {
                let count = if count + 1 == COUNTS { f32::MAX.sqrt() } else { count.max(1) as f32 };
                weights.article * saturated(count, length, weights.article_k1, weights.article_b)
            })
        };
        let of_kind = |kind: usize| {
            let (norm, place) = of_kind(kind);
            let length = FieldNormReader::id_to_fieldnorm(norm) as f32 / unit;
            let place = match place {
                Place::Headline => 1,
                Place::Lead => 2,
                Place::Body => 0,
            };
            (1.0 / (1.0 - weights.b + weights.b * length), place)
        };
        // What no kind is is never looked up: a table for every byte needs no question whether it ends before.
        let of_byte = |kind: usize| of_kind(kind.min(KINDS - 1));
        let more = [0.0, weights.headline, weights.lead, weights.headline + weights.lead];
        Shape { in_article: Box::new(std::array::from_fn(of_class)), of_kind: std::array::from_fn(of_byte), more, basis }
    }
}

/// For one word the most that it may be worth.
pub(in crate::engine::embedded) struct BoundTable<'a> {
    shape: Rc<Shape>,
    rarity: f32,
    weights: &'a RankingWeights,
    /// See [`BoundTable::about`].
    about: f32,
    /// What the word is worth in the name of an outlet.
    outlet: f32,
}

/// Articles with a word in a field about them, ascending, each with whether it is in the name of an outlet: how far they were read.
pub(super) struct AboutRead<'a> {
    rest: &'a [(u32, bool)],
    /// Those that were passed by, for nothing in their text has the word.
    pub alone: Vec<(u32, bool)>,
}

impl<'a> AboutRead<'a> {
    pub fn new(articles: &'a [(u32, bool)]) -> AboutRead<'a> {
        AboutRead { rest: articles, alone: Vec::new() }
    }

    /// Goes on to the articles from this one on; those before it do not matter.
    pub fn begin(&mut self, article: u32) {
        self.rest = &self.rest[self.rest.partition_point(|(next, _)| *next < article)..];
        self.alone.clear();
    }

    /// Reads those before this article.
    pub fn end(&mut self, article: u32) {
        let (read, rest) = self.rest.split_at(self.rest.partition_point(|(next, _)| *next < article));
        self.alone.extend_from_slice(read);
        self.rest = rest;
    }

    /// Whether this article, behind all read before, is one of them, and by an outlet's name.
    fn reads(&mut self, article: u32) -> Option<bool> {
        while let Some((&(next, outlet), rest)) = self.rest.split_first()
            && next <= article
        {
            self.rest = rest;
            if next == article {
                return Some(outlet);
            }
            self.alone.push((next, outlet));
        }
        None
    }
}

impl<'a> BoundTable<'a> {
    /// Of a word with so much rarity that is worth as much as `outlet` in the name of one.
    pub fn new(rarity: f32, outlet: f32, scoring: &Scoring<'a>) -> BoundTable<'a> {
        let totals = &scoring.totals;
        let table = BoundTable::for_averages(rarity, scoring.weights, totals.average_unit(), totals.average_article());
        BoundTable { outlet, ..table }
    }

    /// The same with so many words in an average unit and article, and nothing for the name of an outlet.
    pub fn for_averages(rarity: f32, weights: &'a RankingWeights, unit: f32, article: f32) -> BoundTable<'a> {
        BoundTable { shape: Shape::of(weights, unit, article), rarity, weights, about: 0.0, outlet: 0.0 }
    }

    /// The same for articles that all have the word in dateline, byline or outlet as well, which counts as if their units said it so many times more.
    pub fn about(self) -> BoundTable<'a> {
        BoundTable { about: self.weights.about, ..self }
    }

    /// The rarity of the word.
    pub fn rarity(&self) -> f32 {
        self.rarity
    }

    /// What it is worth in dateline or byline alone, or in the name of an outlet too.
    pub fn alone(&self, outlet: bool) -> f32 {
        self.rarity * worth_of(self.weights.about, self.weights.k1) + if outlet { self.outlet } else { 0.0 }
    }

    /// What the word is worth at most in any article that has it in its text alone.
    pub fn most(&self) -> f32 {
        self.rarity * (self.most_in_article() + self.weights.k1 + 1.0)
    }

    /// What it is worth at most that the article has a word of rarity 1.
    fn most_in_article(&self) -> f32 {
        self.weights.article * (self.weights.article_k1 + 1.0)
    }

    /// Adds to `articles` those of units in `docs` which have so much of the word that a unit of an article with no other word may score `least`,
    /// of words of so much rarity that is `wanted`.
    pub(super) fn heavy(
        &self,
        docs: &[(DocId, u32)],
        rows: &UnitRows,
        (least, wanted): (f32, f32),
        scoring: &Scoring,
        articles: &mut Vec<u32>,
    ) {
        let RankingWeights { k1, headline, lead, .. } = *self.weights;
        let of_text = least / raised(1.0, scoring) - scoring.coverage(self.rarity, wanted);
        // What it has to be worth in the unit, and how much it has to weigh there for that, of which headline and lead may add some.
        let worth = of_text / self.rarity - self.most_in_article();
        let weight = if worth >= k1 + 1.0 { f32::INFINITY } else { k1 * worth / (k1 + 1.0 - worth) };
        let weight = if worth > 0.0 { weight / ROUNDING - headline.max(0.0) - lead.max(0.0) } else { f32::NEG_INFINITY };
        // With fewer mentions it does not weigh as much in any unit, wherever that stands.
        let most = self.shape.of_kind.iter().map(|(weight, _)| *weight).fold(0.0, f32::max);
        let count_of = (weight / most).max(0.0) as u32;
        for (doc, count) in docs.iter().filter(|(_, count)| *count >= count_of) {
            let (article, kind) = rows.told(*doc);
            if (*count).min(MOST) as i32 as f32 * self.shape.of_kind[usize::from(kind)].0 >= weight
                && articles.last() != Some(&article)
            {
                articles.push(article);
            }
        }
    }

    /// Calls `share` with the share of this word in each article of the units in `docs`, ascending. Which of the articles have the word in a field
    /// about them is told by `about`.
    ///
    /// Whether the next unit is of the same article is as good as a coin thrown, so that nothing is asked: what is gathered is written anew for
    /// every unit, in the same place or in the next. What is kept from the unit before is kept by its bits, for of two floats a compiler chooses by
    /// a branch.
    pub(super) fn each(&self, docs: &[(DocId, u32)], rows: &UnitRows, about: &mut AboutRead, mut share: impl FnMut(Share)) {
        let Some(&(first, _)) = docs.first() else { return };
        let mut told = [Told::default(); AT_ONCE];
        let mut gathered = Gathered::default();
        let (mut article, mut in_article, mut heaviest, mut places) = (rows.look(first).0, 0, 0, 0);
        let mut rest = docs;
        rows.fetch(&docs[..docs.len().min(AT_ONCE)]);
        while !rest.is_empty() {
            let (some, after) = rest.split_at(rest.len().min(AT_ONCE));
            rest = after;
            rows.fetch(&after[..after.len().min(AT_ONCE)]);
            self.tell(some, rows, &mut told);
            let mut at = 0;
            for (next, &(_, count)) in told.iter().zip(some) {
                let kept = u32::from(next.article == article).wrapping_neg();
                article = next.article;
                in_article = (in_article & kept) + count;
                // Of numbers that are not negative the bits are in the same order.
                heaviest = (heaviest & kept).max(next.weight);
                places = (places & kept) | next.place;
                at += kept.wrapping_add(1) as usize;
                gathered.set(at, (article, in_article), f32::from_bits(heaviest) + self.shape.more[places as usize % 4]);
            }
            self.shares(&mut gathered, at, rows, about, &mut share);
            gathered.set(0, (article, in_article), f32::from_bits(heaviest) + self.shape.more[places as usize % 4]);
        }
        self.shares(&mut gathered, 1, rows, about, &mut share);
    }

    /// What each of these units says of its article.
    fn tell(&self, docs: &[(DocId, u32)], rows: &UnitRows, told: &mut [Told; AT_ONCE]) {
        for (told, &(doc, count)) in told.iter_mut().zip(docs) {
            let (article, kind) = rows.told(doc);
            let (weight, place) = self.shape.of_kind[usize::from(kind)];
            let weight = count.min(MOST) as i32 as f32 * weight;
            *told = Told { article, weight: weight.to_bits(), place };
        }
    }

    /// The shares of so many of the articles that were gathered.
    fn shares(&self, gathered: &mut Gathered, all: usize, rows: &UnitRows, about: &mut AboutRead, share: &mut impl FnMut(Share)) {
        let all = all.min(AT_ONCE);
        let Gathered { articles, counts, weights, worths } = gathered;
        let k1 = self.weights.k1;
        // Several at once, which looks into a table would hinder.
        for (worth, weight) in worths[..all].iter_mut().zip(&weights[..all]) {
            *worth = worth_of(*weight + self.about, k1);
        }
        let is_named = !about.rest.is_empty();
        for at in 0..all {
            let article = articles[at];
            let in_article = self.shape.in_article[rows.length_class(article)][(counts[at] as usize).min(COUNTS - 1)];
            let mut worth = self.rarity * (in_article + worths[at]);
            if is_named && let Some(of_outlet) = about.reads(article) {
                let in_unit = worth_of(weights[at] + self.weights.about, k1);
                worth = self.rarity * (in_article + in_unit) + if of_outlet { self.outlet } else { 0.0 };
            }
            share(Share { article, worth });
        }
    }
}

impl Gathered {
    /// Writes down the number of an article and how often it has the word, and the most that the word weighs in a unit of it.
    fn set(&mut self, at: usize, (article, count): (u32, u32), weight: f32) {
        let at = at % PLACES;
        (self.articles[at], self.counts[at], self.weights[at]) = (article, count, weight);
    }
}

impl Default for Gathered {
    fn default() -> Gathered {
        Gathered { articles: [0; PLACES], counts: [0; PLACES], weights: [0.0; PLACES], worths: [0.0; PLACES] }
    }
}

/// Articles of which anything may be worth anything.
pub(in crate::engine::embedded) fn most(articles: &[u32]) -> Vec<Share> {
    articles.iter().map(|article| Share { article: *article, worth: f32::INFINITY }).collect()
}

/// The most that a unit may score whose article has one word, in its text alone, with a share of `worth`.
pub(in crate::engine::embedded) fn whole(worth: f32, rarity: f32, scoring: &Scoring) -> f32 {
    raised(worth + scoring.coverage(rarity, rarity), scoring)
}

/// What a unit may score whose parts add up to no more than `worth`.
pub(in crate::engine::embedded) fn raised(worth: f32, scoring: &Scoring) -> f32 {
    // What a headline keeps beside other units is less than all, unless somebody tries out other weights.
    worth * (ROUNDING * scoring.weights.head.max(1.0))
}
