//! How much an index holds of each day: what a count is to be seen beside.

use crate::article::ArticleId;
use crate::day::Days;
use std::collections::{BTreeMap, HashSet};

/// Everything that was printed, by the days on one of which it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// For each day, or month or year where no more is known, what was printed then; without a date under `None`.
    pub printed: BTreeMap<Option<Days>, Printed>,
    /// The copies of a story that are not its first printing; or why they are not told apart. Then no stories are counted, either.
    pub repeated: Result<HashSet<ArticleId>, String>,
}

/// How much was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Printed {
    /// All articles.
    pub articles: u64,
    /// Words in them, as far as an engine knows their number: the embedded one estimates it from bytes.
    pub words: u64,
    /// Articles that are no copy of one printed before: stories. 0 where copies are not told apart.
    pub stories: u64,
    /// Words in those.
    pub story_words: u64,
}

/// An article as a calendar counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// Its id.
    pub id: ArticleId,
    /// The story it tells: any number that all copies of it have, and no other article.
    pub story: u64,
    /// When it was published, as precise as known.
    pub days: Option<Days>,
    /// Its words.
    pub words: u64,
}

impl Calendar {
    /// The calendar of all articles of an index, in whatever order.
    pub fn of(mut articles: Vec<Dated>) -> Calendar {
        // The first printing of each story comes before its copies: one of whose day no more is known than the month is not sure to be it.
        let when = |article: &Dated| (article.days.is_none(), article.days.map(|days| (days.to, days.from)));
        articles.sort_unstable_by_key(|article| (article.story, when(article), article.id));
        let (mut all, mut repeated) = (BTreeMap::<Option<Days>, Printed>::new(), HashSet::new());
        let mut last = None;
        for article in articles {
            let printed = all.entry(article.days).or_default();
            printed.articles += 1;
            printed.words += article.words;
            if last.replace(article.story) == Some(article.story) {
                repeated.insert(article.id);
            } else {
                printed.stories += 1;
                printed.story_words += article.words;
            }
        }
        Calendar { printed: all, repeated: Ok(repeated) }
    }

    /// Whether an article is no copy of one printed before; nothing where copies are not told apart.
    pub fn is_first(&self, article: ArticleId) -> Option<bool> {
        self.repeated.as_ref().ok().map(|repeated| !repeated.contains(&article))
    }
}

impl std::ops::AddAssign for Printed {
    fn add_assign(&mut self, other: Printed) {
        self.articles += other.articles;
        self.words += other.words;
        self.stories += other.stories;
        self.story_words += other.story_words;
    }
}
