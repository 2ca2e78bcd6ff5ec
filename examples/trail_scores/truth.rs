//! Who shares words with a passage: by comparing every eight words in a row of every article, without the index.

use newshound::article::{Article, ArticleId};
use newshound::words::is_stop_word;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words in a row that count, as `newshound::trail` has it.
const ROW: usize = newshound::trail::ROW;
/// What they say at least, a common word one and any other three.
const WEIGHT: usize = 16;

/// Classes of rows by their words.
pub const CLASSES: [usize; 4] = [ROW, 12, 18, 26];

/// All rows of an archive.
pub struct Truth {
    holders: HashMap<u64, Vec<u32>>,
    ids: Vec<ArticleId>,
}

/// The words of a text, by splitting it.
pub fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('\u{ad}', "");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn rows(words: &[String]) -> impl Iterator<Item = u64> + '_ {
    words.windows(ROW).map(|row| {
        let mut hasher = DefaultHasher::new();
        row.hash(&mut hasher);
        hasher.finish()
    })
}

impl Truth {
    pub fn of(articles: &[Article]) -> Truth {
        let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
        for (number, article) in (0..).zip(articles) {
            for row in rows(&words(&article.text)) {
                let of = holders.entry(row).or_default();
                if of.last() != Some(&number) {
                    of.push(number);
                }
            }
        }
        Truth { holders, ids: articles.iter().map(|article| article.id).collect() }
    }

    /// The longest row that each article shares with a passage, in words.
    pub fn runs(&self, passage: &str) -> HashMap<ArticleId, usize> {
        let words = words(passage);
        // For each article where its row so far began and ended.
        let mut now: HashMap<u32, (usize, usize)> = HashMap::new();
        let mut longest: HashMap<ArticleId, usize> = HashMap::new();
        for (at, row) in rows(&words).enumerate() {
            for article in self.holders.get(&row).into_iter().flatten() {
                let begun = now.get(article).filter(|(_, end)| *end + 1 == at + ROW).map_or(at, |(begun, _)| *begun);
                now.insert(*article, (begun, at + ROW));
                let run = &words[begun..at + ROW];
                let weight: usize = run.iter().map(|word| if is_stop_word(word) { 1 } else { 3 }).sum();
                if weight >= WEIGHT {
                    let known = longest.entry(self.ids[*article as usize]).or_default();
                    *known = run.len().max(*known);
                }
            }
        }
        longest
    }
}
