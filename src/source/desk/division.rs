//! How a page is divided into articles, where another file says so.

use super::desk::Issue;

/// What is said of a page from outside.
pub(crate) struct Division {
    /// The day and the paper.
    pub issue: Issue,
    /// The articles of which something stands on the page, in the order of the issue.
    pub parts: Vec<Part>,
}

/// What stands of an article on a page.
pub(crate) struct Part {
    /// What the issue calls the article.
    pub title: Option<String>,
    /// Ids of the blocks that are its headline.
    pub heading: Vec<String>,
    /// Ids of its other blocks.
    pub body: Vec<String>,
}
