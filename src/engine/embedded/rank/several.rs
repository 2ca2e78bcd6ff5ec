//! Which articles of a stretch have several of the words. What an article with one word alone may be worth is mostly less than the worst passage
//! that is wanted, so that only the others have to be looked at more closely; to tell them takes a look at the article of each unit.

use crate::engine::embedded::store::units::UnitRows;
use std::ops::Range;
use tantivy::DocId;

/// Articles of a stretch.
pub(super) const ARTICLES: usize = 1 << 11;

/// Articles that are counted in a byte.
const AT_ONCE: usize = 128;

/// The bit of an article that is looked at whatever it has, if it has any word at all.
const LOOKED_AT: u8 = 1 << 7;

/// Most words that are told apart.
pub(super) const MOST: usize = 7;

/// The words of some articles that follow each other.
struct Several {
    /// For each article the bits of the words it has.
    words: Box<[u8; ARTICLES]>,
    /// For each article 1 where it is looked at.
    kept: Box<[u8; ARTICLES]>,
    /// The articles of the units of all words, one word after the other, counted from the first.
    places: Vec<u16>,
}

impl Several {
    fn new() -> Several {
        Several { words: Box::new([0; ARTICLES]), kept: Box::new([0; ARTICLES]), places: Vec::new() }
    }

    /// Goes on to other articles.
    fn clear(&mut self) {
        self.words.fill(0);
        self.places.clear();
    }

    /// Adds the units of a word, whose articles begin with `first`; every one of them is looked at if `all` are.
    fn add(&mut self, word: usize, docs: &[(DocId, u32)], first: u32, rows: &UnitRows, all: bool) {
        let bits = 1 << word | if all { LOOKED_AT } else { 0 };
        let Several { words, places, .. } = self;
        places.reserve(docs.len());
        rows.each_article(docs, |article| {
            let place = (article - first) as u16;
            words[usize::from(place) % ARTICLES] |= bits;
            places.push(place);
        });
    }

    /// Has an article looked at, counted from the first.
    fn look_at(&mut self, place: u32) {
        self.words[place as usize % ARTICLES] |= LOOKED_AT;
    }

    /// Gives how many articles have a word, when all were added.
    fn articles(&self) -> usize {
        // Of so few at a time that a byte holds their number: several are counted at once.
        let some = |words: &[u8]| words.iter().map(|words| u8::from(words & !LOOKED_AT != 0)).sum::<u8>();
        self.words.chunks(AT_ONCE).map(|words| usize::from(some(words))).sum()
    }

    /// Tells which articles are looked at, when all were added.
    fn choose(&mut self) {
        for (kept, words) in self.kept.iter_mut().zip(self.words.iter()) {
            *kept = u8::from(words & words.wrapping_sub(1) != 0);
        }
    }

    /// Leaves in `units` those of the next word, so many of whose units have been passed by, that are of articles that are looked at.
    fn units(&self, passed: usize, docs: &[(DocId, u32)], units: &mut Vec<(DocId, u32)>) {
        // Whether the next is one of them is as good as a coin thrown: each is written down, and some are written over.
        units.resize(units.len().max(docs.len() + 1), (0, 0));
        let mut next = 0;
        for (doc, place) in docs.iter().zip(&self.places[passed..]) {
            let Some(unit) = units.get_mut(next) else { break };
            *unit = *doc;
            next += usize::from(self.kept[usize::from(*place) % ARTICLES]);
        }
        units.truncate(next);
    }
}

/// The articles that are likely to be among the best.
pub(super) struct Likely {
    several: Several,
    /// Articles that are looked at whatever they have, ascending, and how far they were read.
    articles: Vec<u32>,
    read: usize,
    /// For each word whether all of its articles are.
    whole: Vec<bool>,
    /// The units of the stretch that were asked for, and those of the last word that are looked at.
    passed: usize,
    units: Vec<(DocId, u32)>,
    /// For each word what a unit of any other article that has it can score at most.
    pub rest: Vec<f32>,
}

impl Likely {
    pub fn new(articles: Vec<u32>, whole: Vec<bool>, rest: Vec<f32>) -> Likely {
        Likely { several: Several::new(), articles, read: 0, whole, passed: 0, units: Vec::new(), rest }
    }

    /// Goes on to these articles, of which the words have these units; gives how many have one.
    pub fn choose(&mut self, lists: &[&[(DocId, u32)]], articles: Range<u32>, rows: &UnitRows) -> usize {
        self.passed = 0;
        self.several.clear();
        for (word, (docs, all)) in lists.iter().zip(&self.whole).enumerate() {
            self.several.add(word, docs, articles.start, rows, *all);
        }
        while let Some(article) = self.articles.get(self.read).filter(|article| **article < articles.end) {
            if *article >= articles.start {
                self.several.look_at(article - articles.start);
            }
            self.read += 1;
        }
        self.several.choose();
        self.several.articles()
    }

    /// Those of the next word's units that are looked at.
    pub fn units(&mut self, docs: &[(DocId, u32)]) -> &[(DocId, u32)] {
        self.several.units(self.passed, docs, &mut self.units);
        self.passed += docs.len();
        &self.units
    }
}
