//! The examples of a page of the documentation: blocks fenced by their kind, and articles written as blocks.

use newshound::article::{Article, Byline, Dateline, FoundIn, Paragraph, ParagraphKind, Published, Source, SourceMap, Span};
use newshound::engine::Intake;
use newshound::engine::embedded::{IndexReader, IndexWriter};
use newshound::quotation::quotations;
use std::path::Path;

/// A file of `docs`.
pub fn docs(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap()
}

/// The blocks of a page fenced as `kind`.
pub fn blocks<'a>(page: &'a str, kind: &str) -> Vec<&'a str> {
    let fence = format!("```{kind}\n");
    page.split(fence.as_str()).skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

/// An article from its fields, a line each, and its paragraphs behind an empty line.
fn article(block: &str, number: usize) -> Article {
    let (fields, body) = block.split_once("\n\n").unwrap();
    let field = |name: &str| fields.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).map(str::to_owned);
    let mut text = String::new();
    let mut add = |line: &str| {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(line);
        Span::new(start, text.len())
    };
    let headline = field("headline").map(|line| add(&line));
    let place = field("place").map(|place| (add(&place), place));
    let paragraphs = body.lines().map(|line| Paragraph { kind: ParagraphKind::Text, span: add(line) }).collect();
    let source = Source { path: format!("{number}.txt"), record: 0, format: "text".into() };
    Article {
        id: source.article_id(),
        source,
        text,
        headline,
        dateline: place.map(|(span, place)| Dateline { span, place, region: None, agency: None, day: None, month_day: None }),
        bylines: field("byline").into_iter().map(|name| Byline { name, span: None }).collect(),
        published: field("date").map(|date| Published { date, found_in: FoundIn::File }),
        language: field("language"),
        outlet: field("outlet"),
        section: field("section"),
        url: None,
        paragraphs,
        origin: SourceMap::default(),
    }
}

/// An index of the articles of a page; who is said to speak in one must be found to.
pub fn index(page: &str, dir: &Path) -> IndexReader {
    let mut writer = IndexWriter::rebuild(dir, 1).unwrap();
    for (number, block) in blocks(page, "article").into_iter().enumerate() {
        let article = article(block, number);
        let quotations = quotations(&article);
        if let Some(name) = block.lines().find_map(|line| line.strip_prefix("speaker: ")) {
            let named = quotations.iter().any(|q| q.speaker.as_ref().is_some_and(|speaker| speaker.name == name));
            assert!(named, "{name} is not found to speak: {quotations:?}");
        }
        writer.add(&article, &quotations).unwrap();
    }
    writer.commit(None, &[]).unwrap();
    writer.close().unwrap();
    IndexReader::open(dir).unwrap()
}
