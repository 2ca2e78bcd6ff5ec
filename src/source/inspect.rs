//! Shows what was recognised in an article: one plain object for `newshound inspect`, for people and other programs.

use crate::article::{Article, ParagraphKind};
use serde::Serialize;

/// An article as it was recognised, in the words of `newshound inspect --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Path below the corpus directory.
    pub file: String,
    /// 0-based number of the article in the file.
    pub record: u32,
    /// Format the file was recognised as.
    pub format: String,
    /// The headline.
    pub headline: Option<String>,
    /// Place, agency and day, if a dateline was found.
    pub dateline: Option<PrintedDateline>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// ISO 8601, as precise as known.
    pub published: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Newspaper, agency or site.
    pub outlet: Option<String>,
    /// Desk or category.
    pub section: Option<String>,
    /// Where the original is on the web; left out when the source does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The story, a paragraph each; sub-heads and table lines included.
    pub paragraphs: Vec<String>,
    /// Credits, copyright notes and links to other stories that stood among the paragraphs.
    pub boilerplate: Vec<String>,
}

/// The dateline in [`Inspection`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintedDateline {
    /// `MEXICO CITY`.
    pub place: String,
    /// `Calif.`
    pub region: Option<String>,
    /// `AP`.
    pub agency: Option<String>,
    /// `March 3`, as printed.
    pub day: Option<String>,
}

/// What was recognised in `article`.
pub fn inspect(article: &Article) -> Inspection {
    let texts = |boilerplate: bool| {
        let of_kind = article.paragraphs.iter().filter(move |p| (p.kind == ParagraphKind::Boilerplate) == boilerplate);
        of_kind.map(|paragraph| paragraph.span.of(&article.text).to_string()).collect()
    };
    Inspection {
        file: article.source.path.clone(),
        record: article.source.record,
        format: article.source.format.clone(),
        headline: article.headline.map(|span| span.of(&article.text).to_string()),
        dateline: article.dateline.as_ref().map(|dateline| PrintedDateline {
            place: dateline.place.clone(),
            region: dateline.region.clone(),
            agency: dateline.agency.clone(),
            day: dateline.day.clone(),
        }),
        authors: article.bylines.iter().map(|byline| byline.name.clone()).collect(),
        published: article.published.as_ref().map(|published| published.date.clone()),
        language: article.language.clone(),
        outlet: article.outlet.clone(),
        section: article.section.clone(),
        url: article.url.clone(),
        paragraphs: texts(false),
        boilerplate: texts(true),
    }
}
