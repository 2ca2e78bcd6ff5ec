//! Folds the copies of a story under the article of it that comes first in an answer.

use crate::engine::embedded::rank::found::Candidate;
use crate::engine::embedded::store::stories::Stories;
use crate::results::{Printing, RankedPassage};
use std::collections::{HashMap, HashSet};

/// The passages of an answer that wait for the copies of their articles.
pub(in crate::engine::embedded) struct Folding<'a> {
    stories: &'a Stories,
    /// Of each story that was met the article that stands for it.
    first: HashMap<u64, u64>,
    waiting: Vec<(u64, RankedPassage)>,
    /// Of each story its other articles, in the order of the answer.
    copies: HashMap<u64, Vec<Printing>>,
}

impl<'a> Folding<'a> {
    pub fn new(stories: &'a Stories) -> Folding<'a> {
        Folding { stories, first: HashMap::new(), waiting: Vec::new(), copies: HashMap::new() }
    }

    /// True when another article stands for the story of this one.
    pub fn is_copy(&self, candidate: &Candidate) -> bool {
        self.first.get(&self.stories.of(candidate.article)).is_some_and(|first| *first != candidate.article)
    }

    /// Makes the article stand for its story.
    pub fn lead(&mut self, article: u64) {
        self.first.entry(self.stories.of(article)).or_insert(article);
    }

    /// Keeps a passage until the copies of its article are known.
    pub fn wait(&mut self, article: u64, passage: RankedPassage) {
        self.waiting.push((self.stories.of(article), passage));
    }

    /// Names the article of `passage` as a copy, once.
    pub fn name(&mut self, article: u64, passage: &RankedPassage) {
        let copies = self.copies.entry(self.stories.of(article)).or_default();
        if !copies.iter().any(|copy| copy.article == passage.article) {
            copies.push(Printing {
                article: passage.article,
                outlet: passage.facts.outlet.clone(),
                published: passage.facts.published.clone(),
                path: passage.location.path.clone(),
            });
        }
    }

    /// How many stories these articles tell.
    pub fn stories(&self, articles: impl Iterator<Item = u64>) -> usize {
        articles.map(|article| self.stories.of(article)).collect::<HashSet<u64>>().len()
    }

    /// The passages in order, with their copies.
    pub fn passages(self) -> impl Iterator<Item = RankedPassage> {
        let copies = self.copies;
        self.waiting.into_iter().map(move |(story, passage)| {
            let copies = copies.get(&story).cloned().unwrap_or_default();
            RankedPassage { copies, ..passage }
        })
    }
}
