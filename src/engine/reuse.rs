//! Which articles have sequences of words in common with a text: what is asked, and what is told.

use super::Caller;
use crate::article::ArticleId;
use std::time::Duration;

/// A text whose words are looked for in other articles, wherever they stand there.
#[derive(Debug, Clone)]
pub struct Reusing {
    /// The text.
    pub text: String,
    /// At most so many articles.
    pub most: usize,
    /// Stop after this time and say that the answer is partial.
    pub deadline: Duration,
    /// Who asks.
    pub caller: Caller,
}

/// Articles that may print words of a text: whether they do is told by whoever reads them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reuse {
    /// Those that share most, the rare sequences first of all; of equals the oldest.
    pub articles: Vec<ArticleId>,
    /// How many more share a sequence.
    pub others: usize,
    /// Why not all were found, when they were not.
    pub partial: Option<String>,
}
