//! How many megabytes of article text a core reads for quotations in a second.
//!
//! `cargo bench --bench quotations` measures on the labelled articles below `../shared/data/quotes` when they are there, else on an
//! invented one, and on one article that grows to the largest an index takes (16 MB; `newshound index` names what is longer): the rate
//! must stay, whatever the text is made of.

use newshound::article::Article;
use newshound::quotation::quotations;
use std::time::Instant;

fn main() {
    report("articles", &articles());
    for (name, text) in GROWING {
        for megabytes in [1, 4, 16] {
            let article = Article::plain(name, &text.repeat((megabytes << 20) / text.len()), false);
            report(&format!("one article of {name}"), &[article]);
        }
    }
}

/// What a hostile article may be full of.
const GROWING: [(&str, &str); 6] = [
    ("marks", "\""),
    ("marks and letters", "\" 'a\" \u{201c}b\u{201d} "),
    ("cues", "said told asked said wrote says said added "),
    ("names", "Petra Vasko Henrik Falborg Orla Finn Ann Lee Carl Brand "),
    ("short paragraphs", "\"No,\" she said.\nPetra Vasko left.\n"),
    (
        "paragraphs with cues",
        "Harbour minister Petra Vasko said on Monday that the old bridge would be closed, and Carl Brand said it was open.\n",
    ),
];

/// Reads all articles three times and prints the best rate.
fn report(name: &str, articles: &[Article]) {
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let mut best = f64::MAX;
    let mut found = 0;
    for _ in 0..3 {
        let start = Instant::now();
        found = articles.iter().map(|article| quotations(article).len()).sum();
        best = best.min(start.elapsed().as_secs_f64());
    }
    let megabytes = bytes as f64 / 1e6;
    println!("{name}: {megabytes:.2} MB, {found} quotations, {:.3} s, {:.1} MB/s", best, megabytes / best);
}

fn articles() -> Vec<Article> {
    let Ok(file) = std::fs::read_to_string("../shared/data/quotes/polnear-dev.jsonl") else {
        println!("no ../shared/data: measuring an invented article");
        return vec![Article::plain("invented", &INVENTED.repeat(2000), false)];
    };
    let records = file.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    records.filter_map(|record| Some(Article::plain(record["id"].as_str()?, record["text"].as_str()?, true))).collect()
}

const INVENTED: &str = "Harbour minister Petra Vasko said on Monday that the old bridge would be closed until May.\n\
    \"We are ready,\" she told reporters in Velberg, \"and we have been for weeks.\"\n\
    Residents crossed the river by boat. The company called the plan \"a gift to the rich\".\n";
