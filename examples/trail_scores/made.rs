//! Passages put into other stories by rule.

use super::dice::Dice;
use super::passages;
use newshound::article::Article;

/// What is done to a passage on the way.
pub const RULES: [&str; 8] = [
    "as it is",
    "its first half",
    "its last ten words or more",
    "the middle of it",
    "one word in ten replaced",
    "one word in seven replaced",
    "one word in ten left out",
    "words put in after every ninth",
];

/// A passage, and a story made with it.
pub struct Case {
    pub rule: usize,
    pub passage: String,
    pub article: Article,
}

/// `each` cases of each rule.
pub fn cases(articles: &[Article], each: usize, dice: &mut Dice) -> Vec<Case> {
    let mut cases = Vec::new();
    for rule in 0..RULES.len() {
        let mut made = 0;
        while made < each {
            let (from, host) = (&articles[dice.below(articles.len())], &articles[dice.below(articles.len())]);
            let (from, hosts) = (passages(from), passages(host));
            if from.is_empty() || hosts.len() < 3 {
                continue;
            }
            let passage = from[dice.below(from.len())].to_owned();
            let words: Vec<&str> = passage.split_whitespace().collect();
            let others: Vec<&str> = hosts[0].split_whitespace().collect();
            let changed = changed(rule, &words, &others, dice);
            // In a paragraph of the host's own words.
            let at = dice.below(others.len());
            let (before, after) = (others[..at].join(" "), others[at..].join(" "));
            let text = format!("A story made by rule\n\n{}\n\n{before} {changed} {after}\n\n{}", hosts[1], hosts[2]);
            let article = Article::plain(&format!("made-{rule}-{made}"), &text, true);
            cases.push(Case { rule, passage, article });
            made += 1;
        }
    }
    cases
}

fn changed(rule: usize, words: &[&str], others: &[&str], dice: &mut Dice) -> String {
    let count = words.len();
    let mut other = || others[dice.below(others.len())];
    let mut every = |step: usize, change: &mut dyn FnMut(&str, &str) -> Option<String>| -> String {
        let changed = words
            .iter()
            .enumerate()
            .filter_map(|(at, word)| if at % step == step / 2 { change(word, other()) } else { Some((*word).to_owned()) });
        changed.collect::<Vec<_>>().join(" ")
    };
    match RULES[rule] {
        "its first half" => words[..(count / 2).max(10)].join(" "),
        "its last ten words or more" => words[count - (count / 3).max(10)..].join(" "),
        "the middle of it" => words[(count - (count / 2).max(10)) / 2..][..(count / 2).max(10)].join(" "),
        "one word in ten replaced" => every(10, &mut |_, other| Some(other.to_owned())),
        "one word in seven replaced" => every(7, &mut |_, other| Some(other.to_owned())),
        "one word in ten left out" => every(10, &mut |_, _| None),
        "words put in after every ninth" => every(9, &mut |word, other| Some(format!("{word} {other} {other}"))),
        _ => words.join(" "),
    }
}
