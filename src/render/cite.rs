//! An article, a passage or a quotation as a finished citation, for a footnote or for a program that keeps references.
//!
//! Takes what an answer holds and gives text: [`CitationFormat::Plain`] for people, BibTeX, RIS and CSL-JSON for programs. Names stand as they are
//! printed: which part of one is the family's is not known here. A speaker who is not certain is left out, for a wrong name in a
//! footnote is copied from there.
//!
//! ```
//! use newshound::render::cite::{Citation, CitationFormat};
//! use newshound::{Article, RankedPassage};
//!
//! let article = Article { outlet: Some("Harbour Post".into()), ..Article::plain("1", "Ferry sails\nIt sails again.", true) };
//! let passage = RankedPassage::of_unit(&article, &[], 1, &[]).remove(0);
//! let plain = Citation::of_passage(&passage).written(CitationFormat::Plain, None);
//! assert_eq!(plain, "“It sails again.” In: “Ferry sails”, Harbour Post, paragraph 1. (1)");
//! ```

mod records;

use super::clean;
use crate::article::{Article, ArticleId};
use crate::day::in_words;
use crate::quotation::{DOUBTFUL, Kind, Quotation};
use crate::results::{Facts, Location, RankedPassage, RankedQuotation};

/// How a citation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitationFormat {
    /// A footnote.
    Plain,
    /// An entry for LaTeX, read by BibTeX and biber.
    Bibtex,
    /// What reference managers exchange: a `NEWS` record.
    Ris,
    /// What citation processors read: one object.
    Csl,
}

impl CitationFormat {
    /// The names of the formats, on every command line and in every address.
    pub const NAMES: [&'static str; 4] = ["plain", "bibtex", "ris", "csl"];

    /// The format of this name.
    pub fn named(name: &str) -> Option<CitationFormat> {
        use CitationFormat::{Bibtex, Csl, Plain, Ris};
        let at = CitationFormat::NAMES.iter().position(|known| *known == name)?;
        Some([Plain, Bibtex, Ris, Csl][at])
    }

    /// The media type of what is written.
    pub fn media(self) -> &'static str {
        match self {
            CitationFormat::Plain => "text/plain; charset=utf-8",
            CitationFormat::Bibtex => "application/x-bibtex; charset=utf-8",
            CitationFormat::Ris => "application/x-research-info-systems; charset=utf-8",
            CitationFormat::Csl => "application/vnd.citationstyles.csl+json",
        }
    }
}

/// Everything that a citation tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// `ARTICLE`, `ARTICLE.N` or `ARTICLE.qN`.
    pub id: String,
    /// The article's id.
    pub article: ArticleId,
    /// What is known of the article.
    pub facts: Facts,
    /// The words cited; none where it is the article as a whole.
    pub words: Option<String>,
    /// Who says them, as far as that is certain: of a quotation one, of a passage all who speak in it.
    pub speakers: Vec<String>,
    /// Of a quotation: how its words are given.
    pub kind: Option<Kind>,
    /// Number of the paragraph, from 1; 0 for the headline.
    pub paragraph: usize,
    /// Path below the corpus directory.
    pub path: String,
    /// 1-based line of the file.
    pub line: Option<u32>,
}

impl Citation {
    /// Of an article as a whole.
    pub fn of_article(article: &Article) -> Citation {
        Citation {
            id: article.id.to_string(),
            article: article.id,
            facts: Facts::about(article),
            words: None,
            speakers: Vec::new(),
            kind: None,
            paragraph: 0,
            path: article.source.path.clone(),
            line: None,
        }
    }

    /// Of a passage.
    pub fn of_passage(passage: &RankedPassage) -> Citation {
        let certain = passage.speakers.iter().filter(|speaker| !speaker.doubtful);
        let Location { path, line, .. } = passage.location.clone();
        Citation {
            id: passage.id.clone(),
            article: passage.article,
            facts: passage.facts.clone(),
            words: Some(passage.text.clone()),
            speakers: certain.map(|speaker| speaker.name.clone()).collect(),
            kind: None,
            paragraph: passage.paragraph,
            path,
            line,
        }
    }

    /// Of a quotation.
    pub fn of_quotation(quotation: &RankedQuotation) -> Citation {
        let certain = quotation.speaker.iter().filter(|_| quotation.confidence >= DOUBTFUL);
        let Location { path, line, .. } = quotation.location.clone();
        Citation {
            id: quotation.id.clone(),
            article: quotation.article,
            facts: quotation.facts.clone(),
            words: Some(quotation.text.clone()),
            speakers: certain.cloned().collect(),
            kind: Some(quotation.kind),
            paragraph: quotation.paragraph,
            path,
            line,
        }
    }

    /// Of what an id stands for in its article: `ARTICLE` itself, passage `ARTICLE.N`, quotation `ARTICLE.qN`.
    pub fn of_id(id: &str, article: &Article, quotations: &[Quotation]) -> Option<Citation> {
        let Some((_, number)) = id.split_once('.') else { return Some(Citation::of_article(article)) };
        match number.strip_prefix('q') {
            Some(number) => {
                RankedQuotation::numbered(article, quotations, number.parse().ok()?).map(|found| Citation::of_quotation(&found))
            }
            None => {
                let (found, _) = RankedPassage::numbered(article, quotations, number.parse().ok()?)?;
                (!found.text.is_empty()).then(|| Citation::of_passage(&found))
            }
        }
    }

    /// The citation in a format, without a line's end after it. `service` is where `newshound serve` answers
    /// (`http://127.0.0.1:8080`): then it holds a link that opens the passage.
    pub fn written(&self, format: CitationFormat, service: Option<&str>) -> String {
        let link = service.map(|service| format!("{}{}", service.trim_end_matches('/'), self.address()));
        match format {
            CitationFormat::Plain => self.plain(link.as_deref()),
            CitationFormat::Bibtex => records::bibtex(self, link.as_deref()),
            CitationFormat::Ris => records::ris(self, link.as_deref()),
            CitationFormat::Csl => records::csl(self, link.as_deref()),
        }
    }

    /// The address that opens it among the pages of a service: `/articles/d63185ca66f18cb3#p7`.
    pub fn address(&self) -> String {
        let place = if self.words.is_some() { format!("#p{}", self.paragraph) } else { String::new() };
        format!("/articles/{}{place}", self.article)
    }

    fn plain(&self, link: Option<&str>) -> String {
        let words = self.said();
        let where_from = [self.about(), self.paragraph_in_words()];
        let where_from: Vec<String> = where_from.into_iter().flatten().collect();
        let mut parts = Vec::new();
        parts.extend(words.as_ref().map(|words| format!("{words} In:")));
        if !where_from.is_empty() {
            parts.push(format!("{}.", where_from.join(", ")));
        }
        parts.extend(self.facts.url.as_deref().map(clean));
        parts.extend(link.map(str::to_owned));
        parts.push(format!("({})", self.location()));
        parts.join(" ")
    }

    /// Authors, headline, outlet and day, as far as they are known.
    fn about(&self) -> Option<String> {
        let Facts { authors, headline, outlet, published, .. } = &self.facts;
        let mut parts: Vec<String> = authors.iter().map(|name| line(name)).collect();
        parts.extend(headline.as_deref().map(|headline| format!("“{}”", line(headline))));
        parts.extend(outlet.as_deref().map(line));
        parts.extend(published.as_deref().map(in_words));
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The words with those who say them.
    fn said(&self) -> Option<String> {
        let words = format!("“{}”", line(self.words.as_deref()?));
        let speakers: Vec<String> = self.speakers.iter().map(|name| line(name)).collect();
        Some(match (self.kind, speakers.is_empty()) {
            (_, true) => words,
            (None, _) => format!("{words} (speaking: {})", speakers.join(", ")),
            (Some(Kind::Indirect), _) => format!("{}, as reported: {words}", speakers.join(", ")),
            (Some(_), _) => format!("{}: {words}", speakers.join(", ")),
        })
    }

    fn paragraph_in_words(&self) -> Option<String> {
        (self.paragraph > 0).then(|| format!("paragraph {}", self.paragraph))
    }

    /// File and line.
    fn location(&self) -> String {
        let path = line(&self.path);
        self.line.map_or(path.clone(), |number| format!("{path}:{number}"))
    }
}

/// Foreign words as one line.
fn line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Citations that are written one after another, as one file.
#[derive(Debug, Clone)]
pub struct Bibliography {
    format: CitationFormat,
    service: Option<String>,
    is_begun: bool,
}

impl Bibliography {
    /// None yet; `service` as for [`Citation::written`].
    pub fn new(format: CitationFormat, service: Option<&str>) -> Bibliography {
        Bibliography { format, service: service.map(str::to_owned), is_begun: false }
    }

    /// The next one, with what stands before it.
    pub fn add(&mut self, citation: &Citation) -> String {
        let before = match (self.format, std::mem::replace(&mut self.is_begun, true)) {
            (CitationFormat::Csl, false) => "[",
            (_, false) => "",
            (CitationFormat::Csl, true) => ",\n",
            (CitationFormat::Ris, true) => "\r\n",
            (_, true) => "\n\n",
        };
        format!("{before}{}", citation.written(self.format, self.service.as_deref()))
    }

    /// What stands after the last.
    pub fn end(&self) -> &'static str {
        match (self.format, self.is_begun) {
            (CitationFormat::Csl, false) => "[]\n",
            (CitationFormat::Csl, true) => "]\n",
            (_, false) => "",
            (CitationFormat::Ris, true) => "\r\n",
            (_, true) => "\n",
        }
    }

    /// All of them at once.
    pub fn of(mut self, citations: &[Citation]) -> String {
        let all: String = citations.iter().map(|citation| self.add(citation)).collect();
        all + self.end()
    }
}
