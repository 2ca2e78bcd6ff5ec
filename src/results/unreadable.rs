//! What is missing in an answer because the index is damaged there.

use crate::article::ArticleId;
use std::collections::BTreeSet;

/// Most articles that are named one by one.
const NAMED: usize = 10;

/// Articles that could not be read, and so are missing in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unreadable(BTreeSet<ArticleId>);

impl Unreadable {
    /// Notes an article, once.
    pub fn note(&mut self, article: ArticleId) {
        self.0.insert(article);
    }

    /// These and those.
    pub fn and(mut self, others: Unreadable) -> Unreadable {
        self.0.extend(others.0);
        self
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The first of them by name.
    pub fn named(&self) -> Vec<String> {
        self.0.iter().take(NAMED).map(ToString::to_string).collect()
    }

    /// Why the answer is not whole, beside what is known of that already; nothing when all was read.
    pub fn beside(&self, partial: Option<String>) -> Option<String> {
        let count = self.count();
        if count == 0 {
            return partial;
        }
        let more = if count > NAMED { " and others" } else { "" };
        let (articles, are) = if count == 1 { ("article", "is") } else { ("articles", "are") };
        let damaged = format!(
            "{count} {articles} cannot be read and {are} left out ({}{more}); `newshound check` says what is damaged",
            self.named().join(", ")
        );
        Some(partial.map_or(damaged.clone(), |partial| format!("{partial}; {damaged}")))
    }
}
