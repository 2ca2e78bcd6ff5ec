//! The tools: what each takes, and what it gives.

use super::answers;
use crate::engine::{Engine, Sort, SpeakerOrder};
use crate::serve::alerts::{ALERTS, Alerts};
use crate::serve::asked::{Asked, Known, Takes};
use crate::serve::citations::FORMAT;
use crate::serve::gate::Gone;
use crate::serve::problem::Problem;
use crate::serve::quotes::AFTER_SPEAKERS;
use crate::serve::search::TOTAL;
use crate::serve::speaker::{NAME, WITH};
use crate::serve::spread::STEP;
use crate::serve::timelines::{EVERY, FROM, QUERIES, TO};
use crate::serve::trail::WORDS;
use serde_json::Value;

/// A tool.
pub(super) struct Tool {
    pub name: &'static str,
    pub title: &'static str,
    /// Said to the assistant; never built from the archive.
    pub about: &'static str,
    pub takes: &'static [Known],
    pub needs: &'static [&'static str],
    /// The members of the object that is given beside the text, with their types; none where the text is all.
    pub gives: &'static [Member],
    pub answer: Answer,
}

/// What answers a tool.
pub(super) enum Answer {
    OfTheIndex(fn(&dyn Engine, &Gone, &Asked) -> Result<Value, Problem>),
    /// Offered only where something is looked for.
    OfAlerts(fn(&Alerts, &Asked) -> Result<Value, Problem>),
}

const QUERY: Known = ("q", Takes::Text, "words, \"exact phrases\", speaker:NAME, date:2025-03, outlet:NAME, AND OR NOT ( )");
const LIMIT: Known = ("limit", Takes::Number(1, 50), "at most so many, 10 if not given");
const AFTER: Known = ("after", Takes::Text, "`next` of the answer before, for the page after it");
const SORT: Known = ("sort", Takes::OneOf(&Sort::NAMES), "relevance, date (oldest first) or -date (newest first)");

/// A member of an answer: its name, its type as JSON Schema has it, and what it is.
pub(super) type Member = (&'static str, &'static str, &'static str);

const NOTED: Member = ("notice", "string", "which fields are untrusted text");
const NEXT: Member = ("next", "string or null", "give it as `after` for the next page");
const SUMMARY: Member = ("summary", "object", "what there is in all, and how the query was understood");
const HINT: Member = ("hint", "string or null", "what to ask instead where nothing is found");

/// In this order.
pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "search",
        title: "Search the archive",
        about: "Finds articles for words or a question. Gives ids for fetch.",
        takes: &[("query", Takes::Text, "what to look for")],
        needs: &["query"],
        gives: &[],
        answer: Answer::OfTheIndex(answers::search),
    },
    Tool {
        name: "fetch",
        title: "Read what search found",
        about: "Gives the whole text of an article by an id that search gave.",
        takes: &[("id", Takes::Text, "an id that search gave")],
        needs: &["id"],
        gives: &[],
        answer: Answer::OfTheIndex(answers::fetch),
    },
    Tool {
        name: "find_mentions",
        title: "Find every mention",
        about: "Gives the passages that mention words or a phrase, with totals, who speaks in each, and where it is printed.",
        takes: &[
            QUERY,
            LIMIT,
            AFTER,
            SORT,
            ("exact", Takes::Flag, "letters and punctuation as typed"),
            ("case_sensitive", Takes::Flag, "letters, punctuation and case as typed"),
            ("ocr", Takes::Flag, "for scanned pages: words also as machines misread them"),
            TOTAL,
        ],
        needs: &["q"],
        gives: &[NOTED, ("passages", "array", "text with matches, speakers, outlet, date, id"), NEXT, SUMMARY, HINT],
        answer: Answer::OfTheIndex(answers::find_mentions),
    },
    Tool {
        name: "find_quotes",
        title: "Find quotations",
        about: "Gives what people are quoted as saying: by whom, about what, where and when.",
        takes: &[
            ("by", Takes::Text, "only of this person or body: a name in any form, or a last name"),
            ("about", Takes::Text, "only with these words in what is said"),
            ("q", Takes::Text, "only in passages that answer this query, as find_mentions takes it"),
            ("kind", Takes::SomeOf(&["direct", "partial", "indirect"]), "direct: between quotation marks; indirect: reported"),
            LIMIT,
            AFTER,
            SORT,
        ],
        needs: &[],
        gives: &[NOTED, ("quotations", "array", "text, speaker, kind, outlet, date, id"), NEXT, SUMMARY, HINT],
        answer: Answer::OfTheIndex(answers::find_quotes),
    },
    Tool {
        name: "who_said",
        title: "Who said these words?",
        about: "Finds who is quoted with these words in a row, word for word.",
        takes: &[("words", Takes::Text, "the words, without quotation marks"), LIMIT, AFTER],
        needs: &["words"],
        gives: &[NOTED, ("quotations", "array", "text, speaker, kind, outlet, date, id"), NEXT, SUMMARY, HINT],
        answer: Answer::OfTheIndex(answers::who_said),
    },
    Tool {
        name: "verify_quote",
        title: "Is it printed so?",
        about: "Says of a quotation whether it is printed word for word, altered, joined from two places, cut, said by somebody else or not in this archive, with every place it is printed.",
        takes: &[
            ("words", Takes::Text, "the quotation, or a sentence that holds it between quotation marks"),
            ("speaker", Takes::Text, "who is said to have said it"),
            ("date", Takes::Date, "when: 2025-03-14, 2025-03 or 2025"),
        ],
        needs: &["words"],
        gives: &[
            NOTED,
            ("verified", "array", "each with its verdict and places"),
            ("cut", "boolean", "some were left out"),
            ("partial", "string or null", "why not all was looked at"),
        ],
        answer: Answer::OfTheIndex(answers::verify_quote),
    },
    Tool {
        name: "trail",
        title: "Who printed it first?",
        about: "Follows words through the archive: where they, or nearly these, were printed first, then every later printing in order of time with what was done to them: shorter, longer, altered, other speaker.",
        takes: &[WORDS, ("from", Takes::Number(0, 100_000), "begin after so many steps: `next` of the answer before")],
        needs: &["q"],
        gives: &[
            NOTED,
            ("steps", "array", "articles that print them, the first first"),
            ("next", "integer or null", "give it as `from` for the next part"),
            ("summary", "object", "what there is in all"),
        ],
        answer: Answer::OfTheIndex(answers::trail),
    },
    Tool {
        name: "timeline",
        title: "When was it written about?",
        about: "Counts passages, mentions and articles of a query for each year, month or day.",
        takes: &[QUERY, STEP],
        needs: &["q"],
        gives: &[
            ("timeline", "array", "from, passages, mentions, articles"),
            ("undated", "object", "what has no date as precise"),
            SUMMARY,
        ],
        answer: Answer::OfTheIndex(answers::timeline),
    },
    Tool {
        name: "compare_timelines",
        title: "Is it written about more?",
        about: "Counts up to four queries over time beside all that was printed then: articles in a hundred, mentions in a million words, copies counted each and once; null where the archive holds nothing.",
        takes: &[QUERIES, EVERY, FROM, TO],
        needs: &["q"],
        gives: &[("curves", "array", "a query each"), ("stretches", "array", "of time, in order")],
        answer: Answer::OfTheIndex(answers::compare_timelines),
    },
    Tool {
        name: "speakers",
        title: "Who is quoted?",
        about: "Lists who is quoted and how often, in the whole archive or in the passages of a query.",
        takes: &[
            ("q", Takes::Text, "only in passages that answer this query, as find_mentions takes it"),
            ("by", Takes::Text, "only this person or body: a name in any form, or a last name"),
            ("about", Takes::Text, "only with these words in what is said"),
            ("sort", Takes::OneOf(&SpeakerOrder::NAMES), "most quotations first if not given"),
            LIMIT,
            AFTER_SPEAKERS,
        ],
        needs: &[],
        gives: &[
            NOTED,
            ("speakers", "array", "name, role, quotations, first and last day"),
            ("next", "integer or null", "give it as `after` for those who follow"),
            SUMMARY,
        ],
        answer: Answer::OfTheIndex(answers::speakers),
    },
    Tool {
        name: "speaker",
        title: "What does somebody say?",
        about: "Tells of one person: quotations counted by kind and over time, articles by reported speech only, characteristic words each with a quotation, who else is quoted in the same articles, outlets, the newest quotations; with a second name it compares two.",
        takes: &[
            NAME,
            WITH,
            ("q", Takes::Text, "only in passages that answer this query, as find_mentions takes it"),
            ("about", Takes::Text, "only with these words in what is said"),
            FROM,
            TO,
        ],
        needs: &["name"],
        gives: &[
            NOTED,
            ("people", "array", "one, or two that are compared"),
            ("stretches", "array", "of time, with how much each speaks; null where the archive holds nothing"),
            ("both", "object or null", "articles in which both speak"),
            ("cut", "boolean", "stretches of time were left out"),
            ("partial", "string or null", "why not all was counted"),
        ],
        answer: Answer::OfTheIndex(answers::speaker),
    },
    Tool {
        name: "facets",
        title: "What is an answer spread over?",
        about: "Counts the passages of a query by speaker, place, outlet, section and language.",
        takes: &[QUERY, LIMIT],
        needs: &["q"],
        gives: &[
            NOTED,
            ("speakers", "array", "name, passages, mentions, articles"),
            ("places", "array", "of datelines"),
            ("outlets", "array", "papers, agencies and sites"),
            SUMMARY,
        ],
        answer: Answer::OfTheIndex(answers::facets),
    },
    Tool {
        name: "get_article",
        title: "Read an article",
        about: "Gives an article's paragraphs with their numbers and lines, and its quotations with their speakers.",
        takes: &[
            ("id", Takes::Text, "id of an article, or of a passage or quotation in it"),
            ("from", Takes::Number(0, 100_000), "begin at this paragraph: `next` of the answer before"),
        ],
        needs: &["id"],
        gives: &[
            NOTED,
            ("id", "string", "of the article"),
            ("units", "array", "headline and paragraphs"),
            ("quotations", "array", "those of these units"),
            ("next", "integer or null", "give it as `from` for the next part"),
        ],
        answer: Answer::OfTheIndex(answers::get_article),
    },
    Tool {
        name: "cite",
        title: "Cite it",
        about: "Gives a finished citation of an article, a passage or a quotation: author, speaker, outlet, day, place.",
        takes: &[("id", Takes::Text, "id of an article, a passage or a quotation; up to eight joined by commas"), FORMAT],
        needs: &["id"],
        gives: &[("notice", "string", "what of it is untrusted"), ("citation", "string", "in the format asked for")],
        answer: Answer::OfTheIndex(answers::cite),
    },
    Tool {
        name: "alerts",
        title: "What came in for saved searches",
        about: "Gives the passages that were found for saved searches as articles came in, the newest first.",
        takes: ALERTS,
        needs: &[],
        gives: &[
            NOTED,
            ("alerts", "array", "search, query, found, passage"),
            ("next", "integer or null", "give it as `after` for older ones"),
        ],
        answer: Answer::OfAlerts(answers::alerts),
    },
];
