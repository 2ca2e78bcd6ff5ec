//! What is known of the article that a passage or a quotation stands in.

use crate::article::Article;

/// The facts of an article that stand above each of its passages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The headline, or nothing.
    pub headline: Option<String>,
    /// The dateline as printed.
    pub dateline: Option<String>,
    /// The place of the dateline.
    pub place: Option<String>,
    /// ISO 8601, as precise as known.
    pub published: Option<String>,
    /// The newspaper, agency or site.
    pub outlet: Option<String>,
    /// Who wrote it: names alone.
    pub authors: Vec<String>,
    /// Desk or category.
    pub section: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Where the original is on the web.
    pub url: Option<String>,
}

impl Facts {
    /// Those of `article`.
    pub fn about(article: &Article) -> Facts {
        let text = &article.text;
        let dateline = article.dateline.as_ref();
        Facts {
            headline: article.headline.map(|span| span.of(text).to_owned()),
            dateline: dateline.map(|dateline| dateline.span.of(text).to_owned()),
            place: dateline.map(|dateline| dateline.place.clone()).filter(|place| !place.is_empty()),
            published: article.published.as_ref().map(|published| published.date.clone()),
            outlet: article.outlet.clone(),
            authors: article.bylines.iter().map(|byline| byline.name.clone()).collect(),
            section: article.section.clone(),
            language: article.language.clone(),
            url: article.url.clone(),
        }
    }
}
