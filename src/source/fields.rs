//! Which field of a CSV row or JSON object is which part of an article, whatever the exporting program called it.
//!
//! Takes names and decoded values and sets an article from them. How rows and objects are cut is left to the readers.

use super::desk::Desk;
use super::galley::Galley;
use super::settings::Said;
use super::traced::Traced;
use super::{Limits, byline, html, text};
use crate::article::ParagraphKind;

/// A part of an article that a field can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Headline,
    Body,
    Lead,
    Date,
    Author,
    Dateline,
    Outlet,
    Section,
    Language,
    Url,
    Id,
}

impl Part {
    /// The names users call the parts by.
    pub const NAMES: &[&str] =
        &["headline", "text", "date", "author", "place", "outlet", "section", "language", "id", "summary", "url"];

    /// The name users call it by.
    pub fn name(self) -> &'static str {
        Part::NAMES.iter().find(|name| Part::named(name) == Some(self)).unwrap_or(&"")
    }

    /// The part a user means.
    pub fn named(name: &str) -> Option<Part> {
        Some(match name {
            "headline" => Part::Headline,
            "text" | "body" => Part::Body,
            "date" => Part::Date,
            "author" | "authors" => Part::Author,
            "place" | "dateline" => Part::Dateline,
            "outlet" => Part::Outlet,
            "section" => Part::Section,
            "language" => Part::Language,
            "id" => Part::Id,
            "summary" => Part::Lead,
            "url" => Part::Url,
            _ => return None,
        })
    }
}

/// Names of fields, best first, as news-please, fundus, trafilatura, newspaper4k, CC-News, MultiHop-RAG, Kaggle sets and feeds
/// write them; letters and digits only, in lower case.
const NAMES: &[(Part, &[&str])] = &[
    (Part::Headline, &["headline", "title", "hl", "titlepage", "headlinemain", "heading", "subject"]),
    (
        Part::Body,
        &[
            "maintext",
            "body",
            "articlebody",
            "plaintext",
            "text",
            "fulltext",
            "contenttext",
            "content",
            "articletext",
            "bodytext",
            "article",
            "story",
            "rawtext",
            "contenthtml",
            "bodyhtml",
        ],
    ),
    (Part::Lead, &["description", "summary", "excerpt", "lead", "abstract", "standfirst"]),
    (
        Part::Date,
        &[
            "datepublish",
            "publishdate",
            "datepublished",
            "publisheddate",
            "publishedat",
            "publishingdate",
            "published",
            "pubdate",
            "publicationdate",
            "firstcreated",
            "date",
            "versioncreated",
            "created",
            "createdat",
            "timestamp",
            "time",
        ],
    ),
    (Part::Author, &["authors", "author", "byline", "creator", "by", "writer", "reporter"]),
    (Part::Dateline, &["dateline", "located"]),
    (
        Part::Outlet,
        &[
            "outlet",
            "publication",
            "publisher",
            "newspaper",
            "sitename",
            "sourcehostname",
            "hostname",
            "sourcedomain",
            "domain",
            "source",
            "site",
        ],
    ),
    (Part::Section, &["section", "category", "categories", "desk", "newsdesk", "topic", "subject", "channel"]),
    (Part::Language, &["language", "lang"]),
    (Part::Url, &["url", "link", "canonicallink", "weburl", "externalurl"]),
];

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Is `name` the name of the headline or the body?
pub(crate) fn is_story(name: &str, said: &Said) -> bool {
    matches!(part(name, said), Some((Part::Headline | Part::Body, _)))
}

/// The part `name` stands for and how well the name fits (0: the user says so, then best first).
pub(crate) fn part(name: &str, said: &Said) -> Option<(Part, usize)> {
    if let Some((part, _)) = said.fields.iter().find(|(_, named)| named.column == name) {
        return Some((*part, 0));
    }
    let name = &plain(name);
    NAMES.iter().find_map(|(part, names)| {
        let rank = names.iter().position(|known| known == name)?;
        Some((*part, rank + 1))
    })
}

/// The values of one record, the best field for each part.
#[derive(Default)]
pub(crate) struct Sheet<'a> {
    values: Vec<(Part, usize, Value<'a>)>,
}

/// A value, as far as its form is known.
pub(crate) enum Value<'a> {
    /// One text.
    Text(Traced<'a>),
    /// Several names or paragraphs, with the kind of each.
    List(Vec<(ParagraphKind, Traced<'a>)>),
}

impl<'a> Value<'a> {
    fn is_blank(&self) -> bool {
        match self {
            Value::Text(text) => matches!(text.text.trim(), "" | "None" | "null" | "NaN" | "nan"),
            Value::List(list) => list.iter().all(|(_, text)| text.text.trim().is_empty()),
        }
    }

    /// The first text in it.
    fn first(&self) -> &str {
        match self {
            Value::Text(text) => text.text.trim(),
            Value::List(list) => list.first().map_or("", |(_, text)| text.text.trim()),
        }
    }
}

impl<'a> Sheet<'a> {
    /// Offers a value for a part; the best name wins, and an empty value never does.
    pub fn offer(&mut self, part: Part, rank: usize, value: Value<'a>) {
        if value.is_blank() {
            return;
        }
        match self.values.iter_mut().find(|(known, _, _)| *known == part) {
            Some(known) if known.1 <= rank => {}
            Some(known) => *known = (part, rank, value),
            None => self.values.push((part, rank, value)),
        }
    }

    fn get(&self, part: Part) -> Option<&Value<'a>> {
        self.values.iter().find(|(known, _, _)| *known == part).map(|(_, _, value)| value)
    }

    /// Has it the text of a story?
    pub fn has_body(&self) -> bool {
        self.get(Part::Body).is_some()
    }

    /// Sets the article.
    pub fn set(&self, desk: &mut Desk<'_>) -> Galley {
        let body = self.get(Part::Body).or_else(|| self.get(Part::Lead));
        let mut galley = Galley::with_room(body.map_or(0, |body| body.first().len()) + 256);
        if let Some(Value::Text(headline)) = self.get(Part::Headline) {
            galley.headline(&mut headline.follow(), 0..headline.text.len());
        }
        if let Some(Value::Text(printed)) = self.get(Part::Dateline)
            && let Some(span) = galley.set_all(printed)
            && !galley.dateline_at(span)
            && desk.said().fields.contains_key(&Part::Dateline)
        {
            galley.place_at(span);
        }
        if let Some(id) = self.get(Part::Id) {
            galley.article.id = id.first().to_owned();
        }
        match self.get(Part::Author) {
            Some(Value::Text(authors)) => galley.credit(byline::names(&authors.text), None),
            Some(Value::List(list)) => list.iter().for_each(|(_, one)| galley.credit(byline::names(&one.text), None)),
            None => {}
        }
        galley.article.published = self.get(Part::Date).and_then(|date| desk.date(date.first()));
        galley.article.section = self.get(Part::Section).map(|section| section.first().to_string());
        galley.article.language = self.get(Part::Language).and_then(|language| language_code(language.first()));
        galley.article.outlet = self.outlet();
        match body {
            Some(Value::Text(body)) => set_body(&mut galley, body, desk.limits()),
            Some(Value::List(paragraphs)) => {
                for (kind, one) in paragraphs {
                    galley.paragraph(&mut one.follow(), 0..one.text.len(), *kind);
                }
            }
            None => {}
        }
        galley
    }

    /// The outlet's name, or the host of the address.
    fn outlet(&self) -> Option<String> {
        let named = self.get(Part::Outlet).map(Value::first);
        let address = named.filter(|name| name.contains("://")).or_else(|| self.get(Part::Url).map(Value::first));
        named.filter(|name| !name.contains("://")).map(str::to_string).or_else(|| host(address?))
    }
}

/// Sets a body that is plain text or HTML.
pub(crate) fn set_body(galley: &mut Galley, body: &Traced<'_>, limits: &Limits) {
    if html::is_markup(&body.text) { html::set_fragment(galley, body, limits) } else { text::set_body(galley, body) }
}

/// `www.vexia.example` from an address.
pub(crate) fn host(address: &str) -> Option<String> {
    let behind = address.split_once("://")?.1;
    let host = behind.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_string())
}

/// `en` from `en-US`, `EN`, `english`.
pub(crate) fn language_code(language: &str) -> Option<String> {
    let lower = language.trim().to_lowercase();
    let code = lower.split(['-', '_']).next()?;
    match code.len() {
        2 => Some(code.to_string()),
        3.. => super::language::code_of_name(code).map(str::to_string),
        _ => None,
    }
}
