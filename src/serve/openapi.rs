//! `/openapi.json`: the paths, what they take and what they answer, as OpenAPI 3.1. It is made of the same tables and types that
//! read the requests and write the answers.

use super::alerts::{ALERTS, ALERTS_FEED, AlertsJson, SEARCHES, SavedSearches};
use super::articles::PASSAGE;
use super::asked::{Known, Takes};
use super::citations::CITATIONS;
use super::feed::FEED;
use super::problem::Document;
use super::quotes::{QUOTES, Quotations, QuotedSpeakers, SPEAKERS};
use super::search::{MENTIONS, Passages, SEARCH};
use super::selection::{SELECTION, SelectionJson};
use super::speaker::SPEAKER;
use super::spread::{FACETS, TIMELINE};
use super::status::Status;
use super::suggest::{SUGGEST, Suggestions};
use super::timelines::TIMELINES;
use super::trail::{TRAIL, TrailJson};
use super::verify::{ToVerify, VerifiedAll};
use crate::render::cite::CitationFormat;
use crate::render::json::{ArticleJson, DossierJson, FacetsJson, PassageJson, SummaryJson, TimelineJson, TimelinesJson};
use crate::render::provenance::ProvenanceJson;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

/// What a path gives.
#[derive(Clone, Copy)]
enum Gives {
    /// A JSON object of this type, or the same as text of one of these media types.
    Object(fn(&mut SchemaGenerator) -> Value, &'static [&'static str]),
    /// Text of this media type.
    Text(&'static str),
    /// JSON Lines or CSV.
    Stream,
    /// Each in its format.
    Citations,
}

struct Endpoint {
    path: &'static str,
    /// What the call is named in a client that is made from the description.
    id: &'static str,
    tag: &'static str,
    about: &'static str,
    takes: &'static [Known],
    gives: Gives,
}

/// Parameters that a path cannot do without: words to look for, where everything it answers hangs on them.
fn is_needed(path: &str, name: &str) -> bool {
    match path {
        "/v1/speaker" => name == "name",
        _ => name == "q" && !matches!(path, "/v1/quotes" | "/v1/speakers"),
    }
}

macro_rules! object {
    ($of:ty $(, $media:literal)*) => {
        Gives::Object(|generator| generator.subschema_for::<$of>().to_value(), &[$($media),*])
    };
}

const SEARCHING: &str = "search";
const COUNTING: &str = "figures";
const READING: &str = "articles";
const SERVICE: &str = "service";

/// The groups of the paths.
const TAGS: [(&str, &str); 4] = [
    (SEARCHING, "passages, quotations and those who say them"),
    (COUNTING, "an answer over time, and by what its articles have in common"),
    (READING, "single articles and passages, and how they are cited"),
    (SERVICE, "how the service is"),
];

#[rustfmt::skip] // A line for each path.
const ENDPOINTS: &[Endpoint] = &[
    Endpoint { path: "/v1/search", id: "searchPassages", tag: SEARCHING, about: "Ranked passages", takes: SEARCH, gives: object!(Passages) },
    Endpoint { path: "/v1/mentions", id: "streamMentions", tag: SEARCHING, about: "Every passage, sent while they are found", takes: MENTIONS, gives: Gives::Stream },
    Endpoint { path: "/v1/search.atom", id: "followSearch", tag: SEARCHING, about: "The newest passages as a feed", takes: FEED, gives: Gives::Text("application/atom+xml") },
    Endpoint { path: "/v1/suggest", id: "suggestNames", tag: SEARCHING, about: "Names that go on as typed", takes: SUGGEST, gives: object!(Suggestions) },
    Endpoint { path: "/v1/timeline", id: "countOverTime", tag: COUNTING, about: "An answer over time", takes: TIMELINE, gives: object!(TimelineJson) },
    Endpoint { path: "/v1/timelines", id: "compareOverTime", tag: COUNTING, about: "Queries over time beside all that was printed", takes: TIMELINES, gives: object!(TimelinesJson, "text/csv", "image/svg+xml") },
    Endpoint { path: "/v1/trail", id: "followWords", tag: SEARCHING, about: "Where words were printed first, and what became of them", takes: TRAIL, gives: object!(TrailJson, "text/csv") },
    Endpoint { path: "/v1/facets", id: "countFacets", tag: COUNTING, about: "An answer by speaker, place, outlet, section and language", takes: FACETS, gives: object!(FacetsJson) },
    Endpoint { path: "/v1/quotes", id: "searchQuotations", tag: SEARCHING, about: "Ranked quotations", takes: QUOTES, gives: object!(Quotations, "text/csv") },
    Endpoint { path: "/v1/speakers", id: "listSpeakers", tag: SEARCHING, about: "Who is quoted, and how often", takes: SPEAKERS, gives: object!(QuotedSpeakers, "text/csv") },
    Endpoint { path: "/v1/alerts", id: "listAlerts", tag: SEARCHING, about: "What was found for saved searches as articles came in", takes: ALERTS, gives: object!(AlertsJson) },
    Endpoint { path: "/v1/alerts.atom", id: "followAlerts", tag: SEARCHING, about: "The same as a feed", takes: ALERTS_FEED, gives: Gives::Text("application/atom+xml") },
    Endpoint { path: "/v1/searches", id: "listSearches", tag: SEARCHING, about: "The saved searches", takes: SEARCHES, gives: object!(SavedSearches) },
    Endpoint { path: "/v1/speaker", id: "tellOfSpeaker", tag: SEARCHING, about: "What somebody is quoted with, or two people beside each other", takes: SPEAKER, gives: object!(DossierJson, "text/csv") },
    Endpoint { path: "/v1/articles/{id}", id: "getArticle", tag: READING, about: "An article with its quotations", takes: &[], gives: object!(ArticleJson) },
    Endpoint { path: "/v1/passages", id: "getPassages", tag: READING, about: "Passages that were chosen, by their ids", takes: SELECTION, gives: object!(SelectionJson, "text/csv") },
    Endpoint { path: "/v1/passages/{id}", id: "getPassage", tag: READING, about: "A passage", takes: PASSAGE, gives: object!(PassageJson) },
    Endpoint { path: "/v1/citations/{id}", id: "cite", tag: READING, about: "Articles, passages and quotations as citations, ids joined by commas", takes: CITATIONS, gives: Gives::Citations },
    Endpoint { path: "/v1/status", id: "getStatus", tag: SERVICE, about: "How much is searched", takes: &[], gives: object!(Status) },
    Endpoint { path: "/metrics", id: "getMetrics", tag: SERVICE, about: "Counts and times for Prometheus", takes: &[], gives: Gives::Text("text/plain") },
    Endpoint { path: "/healthz", id: "getHealth", tag: SERVICE, about: "Whether the service is there", takes: &[], gives: Gives::Text("text/plain") },
];

/// Ids as answers have them.
const ARTICLE: &str = "b7a5caafbae8199f";
const PASSAGE_ID: &str = "b7a5caafbae8199f.8";

/// What may be given for a parameter, for who tries the service from its description.
fn example(name: &str) -> Option<Value> {
    Some(match name {
        "q" => Value::from("\"long-term peace\""),
        "by" | "name" => Value::from("Brandauer"),
        "about" => Value::from("peace"),
        "from" => Value::from("2025-03"),
        "today" => Value::from("2025-03-14"),
        "limit" => Value::from(5),
        "ids" => Value::from(PASSAGE_ID),
        _ => return None,
    })
}

/// The document.
pub(super) fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/components/schemas".into());
    let mut generator = settings.for_serialize().into_generator();
    let problem = generator.subschema_for::<Document<'_>>().to_value();
    let mut paths = Map::new();
    for endpoint in ENDPOINTS {
        paths.insert(endpoint.path.to_owned(), json!({"get": operation(endpoint, &problem, &mut generator)}));
    }
    paths.insert("/v1/verify".to_owned(), json!({"post": verify(&problem, &mut generator)}));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "newshound",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Searches a news archive: ranked passages with their speakers and their places in the source files.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": TAGS.map(|(name, about)| json!({"name": name, "description": about})),
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "needed where the service has a token"}},
        },
        "security": [{}, {"token": []}],
    })
}

fn operation(endpoint: &Endpoint, problem: &Value, generator: &mut SchemaGenerator) -> Value {
    let refused = |about: &str| json!({"description": about, "content": {"application/problem+json": {"schema": problem}}});
    let mut responses = Map::new();
    responses.insert("200".into(), json!({"description": endpoint.about, "content": content(endpoint.gives, generator)}));
    let mut statuses = vec![
        ("400", "a parameter or query that cannot be taken"),
        ("401", "the service has a token and it was not shown"),
        ("403", "a page of another site asks"),
        ("405", "asked in another way than with GET"),
        ("414", "an address over 16 kB"),
        ("421", "`Host` is not a name of this service"),
        ("500", "the search failed"),
        ("503", "busy, too slow, or without an index; ask again later"),
    ];
    if endpoint.path.contains("{id}") {
        statuses.push(("404", "nothing has this id"));
    } else if endpoint.path.starts_with("/v1/alerts") || endpoint.path == "/v1/searches" {
        statuses.push(("404", "the service has no saved searches"));
    }
    if endpoint.path == "/v1/speaker" {
        statuses.push(("404", "nobody of this name is quoted"));
    }
    for (status, about) in statuses {
        responses.insert(status.into(), refused(about));
    }
    json!({
        "operationId": endpoint.id,
        "tags": [endpoint.tag],
        "summary": endpoint.about,
        "parameters": parameters(endpoint),
        "responses": responses,
    })
}

/// The one path that takes a body.
fn verify(problem: &Value, generator: &mut SchemaGenerator) -> Value {
    let endpoint = Endpoint {
        path: "/v1/verify",
        id: "verifyQuotations",
        tag: SEARCHING,
        about: "Whether quotations are printed as they are given",
        takes: &[],
        gives: object!(VerifiedAll),
    };
    let mut operation = operation(&endpoint, problem, generator);
    let asked = generator.subschema_for::<ToVerify>().to_value();
    let example = json!({"words": "We want a long-term peace", "speaker": "Brandauer"});
    operation["requestBody"] = json!({"required": true, "content": {"application/json": {"schema": asked, "example": example}}});
    operation["responses"]["413"] =
        json!({"description": "a body over 64 kB", "content": {"application/problem+json": {"schema": problem}}});
    operation
}

fn parameters(endpoint: &Endpoint) -> Vec<Value> {
    let mut parameters = Vec::new();
    if endpoint.path.contains("{id}") {
        // Several ids are joined by commas.
        let (pattern, longest) =
            if matches!(endpoint.gives, Gives::Citations) { ("^[0-9A-Za-z.,]+$", 4000) } else { ("^[0-9A-Za-z.]+$", 200) };
        let schema = json!({"type": "string", "minLength": 1, "maxLength": longest, "pattern": pattern});
        let id = if endpoint.path.contains("articles") { ARTICLE } else { PASSAGE_ID };
        parameters.push(json!({
            "name": "id", "in": "path", "required": true, "schema": schema, "description": "as in an answer", "example": id,
        }));
    }
    for (name, takes, about) in endpoint.takes {
        let needed = is_needed(endpoint.path, name);
        let mut schema = takes.schema(about);
        if needed {
            schema["pattern"] = Value::from(r"\S");
        } else if matches!(*name, "q" | "about") {
            // Signs that nothing can be looked for with would stand for everybody who was ever quoted: they are refused.
            schema["pattern"] = Value::from(r"^\s*$|[\p{L}\p{N}]");
        }
        let mut parameter = json!({"name": name, "in": "query", "required": needed, "schema": schema, "description": about});
        if matches!(takes, Takes::SomeOf(_)) {
            parameter["style"] = Value::from("form");
            parameter["explode"] = Value::from(false);
        }
        if let Some(example) = example(name) {
            parameter["example"] = example;
        }
        parameters.push(parameter);
    }
    parameters
}

fn content(gives: Gives, generator: &mut SchemaGenerator) -> Value {
    match gives {
        Gives::Object(schema, texts) => {
            let text = |media: &&str| ((*media).to_owned(), json!({"schema": {"type": "string"}}));
            let object = ("application/json".to_owned(), json!({"schema": schema(generator)}));
            texts.iter().map(text).chain([object]).collect::<Map<_, _>>().into()
        }
        Gives::Citations => {
            let of = |name: &&str| CitationFormat::named(name).map(|format| format.media().split(';').next().unwrap_or_default());
            let schema = |media: &str| match media.ends_with("json") {
                true => json!({"schema": {"type": "array", "items": {"type": "object"}}}),
                false => json!({"schema": {"type": "string"}}),
            };
            CitationFormat::NAMES
                .iter()
                .filter_map(of)
                .map(|media| (media.to_owned(), schema(media)))
                .collect::<Map<_, _>>()
                .into()
        }
        Gives::Text(media) => json!({media: {"schema": {"type": "string"}}}),
        // OpenAPI 3.1 has no word for what each line is.
        Gives::Stream => {
            let head = generator.subschema_for::<ProvenanceJson>();
            let lines = [head, generator.subschema_for::<PassageJson>(), generator.subschema_for::<SummaryJson>()];
            let schema = json!({"type": "string", "description": "the head if it is asked for, a passage a line, and the summary on the last"});
            json!({
                "application/jsonl": {"schema": schema, "x-line": {"oneOf": lines}},
                "text/csv": {"schema": {"type": "string"}},
            })
        }
    }
}
