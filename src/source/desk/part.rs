//! The parts of an article that a field can hold, whatever the exporting program called it.

use super::said::letters;

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
    (
        Part::Headline,
        &[
            "headline",
            "title",
            "hl",
            "titlepage",
            "headlinemain",
            "heading",
            "headlinetext",
            "articletitle",
            "newstitle",
            "webtitle",
            "titel",
            "titre",
            "titulo",
            "título",
            "titolo",
            "überschrift",
            "schlagzeile",
            "заголовок",
            "subject",
        ],
    ),
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
            "contents",
            "textcontent",
            "leadparagraph",
            "volltext",
            "texte",
            "texto",
            "testo",
            "текст",
        ],
    ),
    (
        Part::Lead,
        &["description", "summary", "excerpt", "lead", "abstract", "standfirst", "shortdescription", "snippet", "trailtext"],
    ),
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
            "publishedtime",
            "webpublicationdate",
            "timestamp",
            "time",
            // Of GDELT: when it was first seen.
            "seendate",
            "datum",
            "erschienen",
            "fecha",
            "дата",
        ],
    ),
    (
        Part::Author,
        &[
            "authors",
            "author",
            "byline",
            "creator",
            "by",
            "writer",
            "reporter",
            "autor",
            "auteur",
            "autore",
            "verfasser",
            "автор",
        ],
    ),
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
    (Part::Section, &["section", "sectionname", "category", "categories", "desk", "newsdesk", "topic", "subject", "channel"]),
    (Part::Language, &["language", "lang"]),
    (Part::Url, &["url", "link", "canonicallink", "weburl", "externalurl", "articleurl"]),
];

/// The part that a field of this name is by custom, and how well the name fits (0: best).
pub(crate) fn usual(name: &str) -> Option<(Part, usize)> {
    let name = &letters(name);
    NAMES.iter().find_map(|(part, names)| Some((*part, names.iter().position(|known| known == name)?)))
}
