//! Small corpora and queries by the throw of dice: the same seed gives the same ones.

use super::naive::Story;
use crate::given::dice;
use newshound::article::{Article, Byline, Dateline, FoundIn, Paragraph, ParagraphKind, Published, Source, SourceMap, Span};
use newshound::day::{Day, Days};
use newshound::query::{Exactness, Field, Phrase, Query, Word};
use newshound::quotation::{Kind, Quotation, Speaker};
use std::ops::{Deref, DerefMut};

/// Dice that know the words of the corpus they made: half of the words asked for are printed somewhere.
pub struct Dice {
    dice: dice::Dice,
    words: Vec<&'static str>,
}

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice { dice: dice::Dice::new(seed), words: TYPED.to_vec() }
    }

    /// A word printed in the corpus.
    fn printed(&mut self) -> &'static str {
        self.dice.pick(&self.words)
    }
}

impl Deref for Dice {
    type Target = dice::Dice;

    fn deref(&self) -> &dice::Dice {
        &self.dice
    }
}

impl DerefMut for Dice {
    fn deref_mut(&mut self) -> &mut dice::Dice {
        &mut self.dice
    }
}

/// What papers print, with every difficulty of spelling that the language treats as one.
pub const PRINTED: &[&str] = &[
    "peace",
    "Peace",
    "talks",
    "talk",
    "Talking",
    "long-term",
    "long term",
    "longterm",
    "long\u{2013}term",
    "the",
    "a",
    "of",
    "U.S.",
    "US",
    "us",
    "O\u{2019}Brien",
    "O'Brien",
    "obrien",
    "1,000",
    "1000",
    "caf\u{e9}",
    "cafe\u{301}",
    "Cafe",
    "gov\u{ad}ernment",
    "government",
    "state-of-the-art",
    "state-of the art",
    "Kyiv",
    "truce",
    "ceasefire",
    "Ceasefires",
    "cease-fire",
    "women",
    "Woman",
    "Peskov\u{2019}s",
    "Peskov",
    "99.5",
    "F-16",
    "1986-87",
    "\u{439}\u{43e}\u{434}",
    "\u{438}\u{306}\u{43e}\u{434}",
    "Stra\u{df}e",
    "strasse",
    "U.S.S.R.",
    "to-do-list",
    "to do list",
    "\u{548c}\u{5e73}",
    "bye bye",
    "re\u{2014}entry",
    "x-y-z-u-v-w",
    "peace\u{a0}talks",
    "\u{141}\u{f3}d\u{17a}",
    "Lodz",
    "we\u{2019}ll",
    "S.",
    "U",
    "الحكومةُ",
    "المـــيناء",
    "أحمد",
    "احمد",
    "می\u{200c}روند",
    "می روند",
    "علی",
    "שָׁלוֹם",
    "ſafe",
    "ﾌｪﾘｰ",
    "ﾌﾞﾘ",
    "운항을",
    "운항",
    "mas\u{2060}ter",
    "govemment",
    "pcace",
    "taIking",
    "tbe",
    "tlie",
    "ccafefire",
    "fafe",
    "peacc-taiks",
    "Pcfkov",
    "womcn",
    "1ong-tenn",
    "tnice",
];

/// Words and phrases people type for them.
const TYPED: &[&str] = &[
    "peace",
    "talk",
    "talks",
    "long-term",
    "longterm",
    "the",
    "of",
    "U.S.",
    "US",
    "us",
    "o'brien",
    "O\u{2019}Brien",
    "obrien",
    "1,000",
    "1000",
    "cafe",
    "caf\u{e9}",
    "government",
    "state-of-the-art",
    "Kyiv",
    "truce",
    "ceasefire",
    "cease-fire",
    "women",
    "woman",
    "Peskov",
    "99.5",
    "f-16",
    "f16",
    "1986-87",
    "\u{439}\u{43e}\u{434}",
    "strasse",
    "USSR",
    "U.S.S.R.",
    "todo",
    "dolist",
    "to-do-list",
    "\u{548c}",
    "bye",
    "term",
    "lodz",
    "ll",
    "s",
    "nowhere",
    "stateof-the-art",
    "yz",
    "الحكومة",
    "الميناء",
    "احمد",
    "أحمد",
    "میروند",
    "می\u{200c}روند",
    "علي",
    "שלום",
    "safe",
    "フェリー",
    "ブ",
    "운항",
    "운항을",
    "master",
];

const WILD: &[&str] =
    &["peac*", "tal*", "*fire*", "wom?n", "c*", "l*m", "?f*", "*", "gov*t", "state*", "us*", "10*", "caf?", "*-16", "long-t*"];
const PHRASES: &[&str] = &[
    "long-term peace",
    "long term",
    "peace talks",
    "the U.S.",
    "bye bye",
    "1,000 women",
    "state of the art",
    "peac* talk*",
    "* peace",
    "peace *",
    "long * peace",
    "the * of",
    "O'Brien",
    "cease fire",
    "US truce",
    "Peskov's",
    "u s",
    "x y z",
    "wom?n *",
    "to do",
    "caf\u{e9} peace",
    "\u{548c}\u{5e73}",
    "of the",
    "longterm peace",
    "peac* peace",
    "bye",
    "women Kyiv",
    "truce the",
    "می روند",
    "フェ",
    "운항",
];
const EXACT: &[&str] = &[
    "long-term",
    "U.S.",
    "caf\u{e9}",
    "1,000",
    "Peskov's",
    "peace",
    "Peace",
    "O'Brien",
    "peace talks",
    "bye bye",
    "government",
    "S. U",
    "the",
];
const REGEXES: &[&str] = &["peac.*", "wom[ae]n", "t(alk|ruce)s?", "[0-9]+", ".*e"];
const NAMES: &[&str] = &["Vladimir Putin", "Dmitry Peskov", "Donald Trump", "Ilse Brandauer-Voss", "Kit O\u{2019}Brien"];
const NAME_WORDS: &[&str] = &["putin", "peskov", "Vladimir", "donald", "brandauer", "o'brien", "voss", "nobody"];

/// A corpus of a few articles over a small vocabulary of its own.
pub fn corpus(dice: &mut Dice) -> Vec<Story> {
    let words: Vec<&'static str> = (0..4 + dice.below(12)).map(|_| dice.pick(PRINTED)).collect();
    // Two words of many hyphens have more spellings than are tried.
    dice.words = words
        .iter()
        .copied()
        .filter(|word| !word.contains([' ', '\u{a0}', '\u{2014}']) && word.matches('-').count() < 2)
        .chain(["peace"])
        .collect();
    (0..1 + dice.below(6)).map(|number| story(dice, &words, number)).collect()
}

fn story(dice: &mut Dice, words: &[&str], number: usize) -> Story {
    let mut text = String::new();
    let mut map = SourceMap::default();
    let mut line = |text: &mut String, printed: &str| {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        // The file has one more line above the text, and an `é` in it.
        let lines = text.matches('\n').count();
        map.push(start, HEAD.chars().count() + text.chars().count(), 2 + lines, 1);
        text.push_str(printed);
        Span::new(start, text.len())
    };
    let headline = (!dice.once_in(4)).then(|| {
        let count = 1 + dice.below(6);
        line(&mut text, &prose(dice, words, count))
    });
    let mut dateline = None;
    let (place, printed) =
        dice.pick(&[("PARIS", "PARIS, March 3 (AP)"), ("KYIV", "KYIV"), ("MEXICO CITY", "MEXICO CITY, April 1")]);
    if dice.once_in(4) {
        dateline = Some(line(&mut text, printed));
    }
    let mut paragraphs = Vec::new();
    for at in 0..1 + dice.below(4) {
        let kind = dice.pick(&[
            ParagraphKind::Text,
            ParagraphKind::Text,
            ParagraphKind::Text,
            ParagraphKind::Subhead,
            ParagraphKind::Table,
        ]);
        let count = if dice.once_in(12) { 150 + dice.below(150) } else { 1 + dice.below(14) };
        let body = prose(dice, words, count);
        let opens = at == 0 && dateline.is_none() && dice.once_in(3);
        let body = if opens { format!("{printed} \u{2014} {body}") } else { body };
        let span = line(&mut text, &body);
        if opens {
            dateline = Some(Span::new(span.start as usize, span.start as usize + printed.len()));
        }
        paragraphs.push(Paragraph { kind, span });
    }
    let source = Source { path: format!("made/{number}.txt"), record: 0, format: "text".into() };
    let dates = ["2025", "2025-03", "2025-03-14", "2024-12-31T09:00:00Z", "2023-06-01"];
    let article = Article {
        id: source.article_id(),
        source,
        headline,
        dateline: dateline.map(|span| Dateline {
            span,
            place: place.into(),
            region: None,
            agency: None,
            day: None,
            month_day: None,
        }),
        bylines: (0..dice.below(3)).map(|_| Byline { name: (dice.pick(NAMES)).into(), span: None }).collect(),
        published: (!dice.once_in(3)).then(|| Published { date: (dice.pick(&dates)).into(), found_in: FoundIn::File }),
        language: (!dice.once_in(3)).then(|| (dice.pick(&["en", "fr"])).into()),
        outlet: (!dice.once_in(3)).then(|| (dice.pick(&["BBC News", "Reuters"])).into()),
        section: (!dice.once_in(3)).then(|| (dice.pick(&["world", "world business"])).into()),
        url: None,
        paragraphs,
        origin: map,
        text,
    };
    let quotations = (0..dice.below(5)).filter_map(|_| quotation(dice, &article)).collect();
    (article, quotations)
}

/// What stands above every made text in its made file.
pub const HEAD: &str = "caf\u{e9}\n";

fn prose(dice: &mut Dice, words: &[&str], count: usize) -> String {
    let mut out = String::new();
    for at in 0..count {
        if at > 0 {
            out.push_str(dice.pick(&[
                " ",
                " ",
                " ",
                " ",
                " ",
                ", ",
                ". ",
                ". ",
                " \u{2014} ",
                "\u{a0}",
                "? ",
                " (",
                "\u{201d} ",
                "-",
            ]));
        }
        out.push_str(dice.pick(words));
    }
    out
}

/// A stretch of whole words of a paragraph or the headline (or of two paragraphs), said by somebody.
fn quotation(dice: &mut Dice, article: &Article) -> Option<Quotation> {
    let text = &article.text;
    let unit = match article.headline {
        Some(span) if dice.once_in(6) => span,
        _ => dice.pick(&article.paragraphs).span,
    };
    let end = if dice.once_in(8) { text.len() } else { unit.end as usize };
    let begins = |at: usize| text.is_char_boundary(at) && text[at..].chars().next().is_some_and(char::is_alphanumeric);
    let ends =
        |at: usize| text.is_char_boundary(at) && text[at..].chars().next().is_none_or(|c| c == ' ' || c == ',' || c == '.');
    let starts: Vec<usize> = (unit.start as usize..unit.end as usize)
        .filter(|&at| begins(at) && (at == 0 || text.is_char_boundary(at - 1) && text[at - 1..].starts_with([' ', '\n'])))
        .collect();
    let start = *starts.get(dice.below(starts.len().max(1)))?;
    let stops: Vec<usize> = (start + 1..=end).filter(|&at| ends(at)).collect();
    let stop = *stops.get(dice.below(stops.len().clamp(1, 8)))?;
    let speaker = (!dice.once_in(4)).then(|| Speaker { name: (dice.pick(NAMES)).into(), mention: None });
    let kind = dice.pick(&[Kind::Direct, Kind::Direct, Kind::Partial, Kind::Indirect, Kind::NotSpeech]);
    // Read from JSON, so that what else a quotation may know is left out.
    let span = serde_json::json!({"start": start, "end": stop});
    serde_json::from_value(serde_json::json!({"span": span, "kind": kind, "speaker": speaker, "confidence": 1.0})).ok()
}

/// A query of any shape the parser can give.
pub fn query(dice: &mut Dice) -> Query {
    node(dice, 3, true)
}

fn several(dice: &mut Dice, mut make: impl FnMut(&mut Dice) -> Query) -> Vec<Query> {
    (0..2 + dice.below(2)).map(|_| make(dice)).collect()
}

fn node(dice: &mut Dice, depth: usize, fields: bool) -> Query {
    if depth == 0 || dice.once_in(4) {
        return words(dice, 1);
    }
    match dice.below(if fields { 13 } else { 7 }) {
        0 => Query::Any(several(dice, word)),
        1 | 2 => {
            let mut parts = several(dice, |dice| node(dice, depth - 1, fields));
            if dice.once_in(2) {
                parts.push(Query::Not(Box::new(node(dice, depth - 1, fields))));
            }
            Query::And(parts)
        }
        3 => Query::Or(several(dice, |dice| node(dice, depth - 1, fields))),
        4 => Query::Sentence(several(dice, |dice| words(dice, 1))),
        5 => exact(dice),
        6 => Query::Boost(Box::new(node(dice, depth - 1, fields)), dice.pick(&[0.5, 2.0, 3.5])),
        7 | 8 => in_field(dice, depth),
        9 => said(dice, depth),
        10 => Query::Date(date(dice)),
        11 => Query::Article(Box::new(without_articles(node(dice, depth - 1, true)))),
        _ => words(dice, 2),
    }
}

/// Articles do not stand in articles.
fn without_articles(query: Query) -> Query {
    let all = |parts: Vec<Query>| parts.into_iter().map(without_articles).collect();
    match query {
        Query::Article(part) => *part,
        Query::And(parts) => Query::And(all(parts)),
        Query::Or(parts) => Query::Or(all(parts)),
        Query::Not(part) => Query::Not(Box::new(without_articles(*part))),
        Query::Boost(part, factor) => Query::Boost(Box::new(without_articles(*part)), factor),
        query => query,
    }
}

fn exact(dice: &mut Dice) -> Query {
    let exactness = dice.pick(&[Exactness::Letters, Exactness::Case]);
    Query::Phrase(Phrase { text: (dice.pick(EXACT)).into(), slop: 0, exactness })
}

fn date(dice: &mut Dice) -> Days {
    let new_year = Day::constant(2025, 1, 1);
    let whole = |text| Days::read(text).unwrap();
    dice.pick(&[
        whole("2025"),
        whole("2025-03"),
        whole("2025-03-14"),
        Days { from: Day::FIRST, to: Day::constant(2024, 12, 31) },
        Days { from: new_year, to: Day::LAST },
    ])
}

fn said(dice: &mut Dice, depth: usize) -> Query {
    let speaker = Query::Field(Field::Speaker, Box::new(name(dice)));
    let field = if dice.once_in(2) { Field::Quote } else { Field::Said };
    Query::And(vec![speaker, Query::Field(field, Box::new(node(dice, depth - 1, false)))])
}

fn in_field(dice: &mut Dice, depth: usize) -> Query {
    let field = dice.pick(Field::NAMES).1;
    let part = match field {
        Field::Headline | Field::Quote | Field::Said | Field::Body => node(dice, depth - 1, false),
        Field::Lang => form(dice.pick(&["en", "fr", "de"])),
        Field::Outlet => form(dice.pick(&["bbc", "Reuters", "news", "CNN"])),
        Field::Section => form(dice.pick(&["world", "business", "sport"])),
        Field::Place | Field::Dateline => {
            let one = |dice: &mut Dice| form(dice.pick(&["paris", "Kyiv", "Mexico", "city", "march", "3", "AP"]));
            let first = one(dice);
            if dice.once_in(3) { Query::And(vec![first, Query::Not(Box::new(one(dice)))]) } else { first }
        }
        Field::Byline | Field::Speaker => name(dice),
    };
    Query::Field(field, Box::new(part))
}

fn form(text: &str) -> Query {
    Query::Word(Word::Forms(text.into()))
}

fn name(dice: &mut Dice) -> Query {
    let one = |dice: &mut Dice| match dice.below(6) {
        0 => Query::Phrase(Phrase { text: (dice.pick(NAMES)).into(), slop: 0, exactness: Exactness::Words }),
        1 => Query::Word(Word::Wildcard((dice.pick(&["put*", "b*r", "p*"])).into())),
        2 => Query::Word(Word::Fuzzy("puttin".into(), 1)),
        3 => Query::Word(Word::Misread(dice.pick(NAME_WORDS).into())),
        _ => form(dice.pick(NAME_WORDS)),
    };
    match dice.below(8) {
        0 => Query::Or(several(dice, one)),
        1 => Query::And(several(dice, one)),
        2 => Query::And(vec![one(dice), Query::Not(Box::new(one(dice)))]),
        _ => one(dice),
    }
}

fn word(dice: &mut Dice) -> Query {
    Query::Word(match dice.below(10) {
        0 => {
            let text = dice.pick(WILD);
            Word::Wildcard(if text == "*" { "p*" } else { text }.into())
        }
        1 => {
            let (text, most) = dice.pick(&[("peece", 1), ("truec", 1), ("kyif", 2), ("peskof", 1), ("cafe", 2), ("1001", 1)]);
            Word::Fuzzy(text.into(), most)
        }
        2 => Word::Regex((dice.pick(REGEXES)).into()),
        3 | 4 => Word::Forms(dice.pick(TYPED).into()),
        5 => Word::Misread(dice.pick(TYPED).into()),
        6 => Word::Misread(dice.printed().into()),
        _ => Word::Forms(dice.printed().into()),
    })
}

/// Parts that give places in a text.
fn words(dice: &mut Dice, depth: usize) -> Query {
    match dice.below(if depth == 0 { 5 } else { 8 }) {
        0 | 1 => word(dice),
        2..=4 => {
            let slop = if dice.once_in(3) { 1 + dice.below(4) as u32 } else { 0 };
            let any = Dice::printed;
            let text = if dice.once_in(2) { dice.pick(PHRASES).into() } else { format!("{} {}", any(dice), any(dice)) };
            let exactness = if dice.once_in(3) { Exactness::Misread } else { Exactness::Words };
            Query::Phrase(Phrase { text, slop, exactness })
        }
        5 => Query::Or(several(dice, |dice| words(dice, depth - 1))),
        _ => Query::Near {
            left: Box::new(words(dice, depth - 1)),
            right: Box::new(words(dice, depth - 1)),
            distance: 1 + dice.below(6) as u32,
            ordered: dice.once_in(2),
        },
    }
}

/// Signs and words as they come when someone hits the keys.
pub fn garbage(dice: &mut Dice) -> String {
    let pieces = [
        "peace",
        "long-term",
        "\"a b\"",
        "\"a * b\"",
        "\u{201c}x y\u{201d}",
        "\u{ab}z\u{bb}",
        "AND",
        "OR",
        "NOT",
        "and",
        "or",
        "not",
        "+",
        "-",
        "(",
        ")",
        "speaker:",
        "headline:",
        "quote:",
        "date:",
        "2025",
        ">2024",
        "2025-03..2025-04",
        "exact:",
        "case:",
        "article:",
        "NEAR/3",
        "BEFORE/2",
        "NEAR",
        "SENTENCE(",
        "~2",
        "~",
        "^2",
        "^",
        "/re.x/",
        "/",
        "ceasef*",
        "w?n",
        "*",
        "?",
        "\\",
        "\"",
        "'",
        "U.S.:",
        "https://x.org/a?b=1",
        "a@b.c",
        "[",
        "]",
        "{",
        "&&",
        "||",
        "the",
        "Peskov's",
        "\u{301}",
        "caf\u{e9}",
        ":",
        "::",
        "~1^3",
        "lang:en",
        "byline:",
        "place:",
        "1,000",
        "\u{548c}",
        "\t",
        "x~1",
        "\\(",
        "\\\"",
        "--",
        "\u{2212}a",
        "section:/x/",
        "AND AND",
        "\u{ad}",
        "a\u{ad}b",
        "\u{feff}",
        "/a\\/b/",
        "a/b",
        "NOT NOT",
        "date:soon",
        "\u{201e}q\u{201c}",
        "~9",
        "\"p q\"~3",
    ];
    let mut typed = String::new();
    for _ in 0..1 + dice.below(9) {
        typed.push_str(dice.pick(&pieces));
        if !dice.once_in(3) {
            typed.push(' ');
        }
    }
    typed
}

/// The query with one part left out, in every way: for finding the smallest one that still goes wrong.
pub fn smaller(query: &Query) -> Vec<Query> {
    let boxed = |part: &Query, make: &dyn Fn(Box<Query>) -> Query| {
        let mut out: Vec<Query> = smaller(part).into_iter().map(|part| make(Box::new(part))).collect();
        out.push(part.clone());
        out
    };
    let list = |parts: &[Query], make: fn(Vec<Query>) -> Query| {
        let mut out = parts.to_vec();
        for at in 0..parts.len() {
            let mut fewer = parts.to_vec();
            fewer.remove(at);
            if fewer.len() > 1 {
                out.push(make(fewer));
            }
            for part in smaller(&parts[at]) {
                let mut other = parts.to_vec();
                other[at] = part;
                out.push(make(other));
            }
        }
        out
    };
    match query {
        Query::Any(parts) => list(parts, Query::Any),
        Query::And(parts) => list(parts, Query::And),
        Query::Or(parts) => list(parts, Query::Or),
        Query::Sentence(parts) => list(parts, Query::Sentence),
        Query::Not(part) => boxed(part, &Query::Not),
        Query::Field(field, part) => boxed(part, &|part| Query::Field(*field, part)),
        Query::Article(part) => boxed(part, &Query::Article),
        Query::Boost(part, factor) => boxed(part, &|part| Query::Boost(part, *factor)),
        Query::Near { left, right, .. } => vec![(**left).clone(), (**right).clone()],
        Query::Word(_) | Query::Phrase(_) | Query::Date(_) => Vec::new(),
    }
}
