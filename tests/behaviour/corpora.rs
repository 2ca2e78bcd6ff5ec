//! Real archives, when they are there (`../shared/data`): as many articles, headlines and bodies as were counted by hand.

use crate::given::shared;
use newshound::article::{Article, ParagraphKind};
use newshound::source::{self, Options};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

fn read(root: &Path) -> Vec<Article> {
    let mut articles = Vec::new();
    for found in source::files(root).flatten() {
        source::read(&found, &Options::default(), &mut |article| {
            articles.extend(article.ok());
            ControlFlow::Continue(())
        });
    }
    articles
}

#[test]
fn every_file_gives_the_articles_counted_by_hand() {
    let Some(data) = shared("") else { return };
    let gold = std::fs::read_to_string(data.join("eval/gold/counts.json")).expect("counts");
    let gold: BTreeMap<String, Value> = serde_json::from_str(&gold).expect("JSON");
    for (pattern, expected) in gold {
        let articles = read(&data.join("corpora").join(pattern.trim_end_matches("/**")));
        let has = |what: &str| expected[what].as_u64().unwrap_or(0) as usize;
        assert_eq!(articles.len(), has("articles"), "{pattern}");
        let headlines = articles.iter().filter(|article| article.headline.is_some()).count();
        assert_eq!(headlines, has("with_headline"), "headlines of {pattern}");
        let is_story = |article: &&Article| {
            let kinds = article.paragraphs.iter().map(|paragraph| paragraph.kind);
            kinds.into_iter().any(|kind| matches!(kind, ParagraphKind::Text | ParagraphKind::Table))
        };
        assert_eq!(articles.iter().filter(is_story).count(), has("with_body"), "bodies of {pattern}");
    }
}

#[test]
fn the_seed_article_reads_as_it_is_printed() {
    let Some(data) = shared("") else { return };
    let articles = read(&data.join("corpora/seed"));
    let [article] = &articles[..] else { panic!("one article") };
    assert_eq!(article.dateline.as_ref().map(|dateline| dateline.place.as_str()), Some("MOSCOW"));
    assert_eq!(article.text.matches(article.headline()).count(), 1);
    assert_eq!(article.paragraphs.len(), 33);
    let subheads = article.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Subhead);
    let subheads: Vec<&str> = subheads.map(|paragraph| paragraph.span.of(&article.text)).collect();
    assert_eq!(subheads, ["'Long-term peace'", "Battle for Kursk"]);
}
