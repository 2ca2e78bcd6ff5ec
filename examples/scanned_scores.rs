//! How well words and phrases are found on pages that a machine misread.
//!
//!     cargo run --release --example scanned_scores -- corpus
//!
//! Degrades every article below a directory by rule: at each letter, each confusion that fits happens with a given probability, and with a
//! fifth of it any letter comes instead. Then asks for words and for every three words in a row, as typed, with `~1`, and as `--ocr` does.
//! Recall: of the places where it was printed, how many are found. Precision: of the places found, at how many it was printed.

#[path = "../tests/given/dice.rs"]
#[allow(dead_code, reason = "tests throw in other ways too")]
mod dice;

use dice::Dice;
use newshound::query::{Exactness, Pattern, Phrase, Slot, Word};
use newshound::source::{self, Options};
use newshound::words::{Words, fold};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// What is printed, and what a machine reads. Not the list of the program: some of these it does not know.
const CONFUSIONS: &str = "m/rn rn/m m/in in/m e/c c/e s/f f/s l/1 i/l l/i I/l h/b b/h h/li li/h u/n n/u d/cl cl/d ii/n n/ii u/ii o/0 0/o ri/n t/l \
    y/v v/y w/vv f/t e/o a/o a/u r/t g/q 1/l 5/s ti/n nn/mi";

/// Most words and phrases that are asked for.
const MOST_ASKED: usize = 2_000;

/// A word as it was printed and as it was read.
type ReadWord = (String, String);

fn main() {
    let root = std::env::args().nth(1).unwrap_or("corpus".into());
    let paragraphs = paragraphs(&root);
    println!("| errors | asked for | found | as typed | `~1` | `--ocr` |\n|---|---|---|---|---|---|");
    for percent in [1, 2, 5] {
        let mut dice = Dice::new(18);
        let read: Vec<Vec<ReadWord>> = paragraphs.iter().map(|words| misread(words, percent, &mut dice)).collect();
        let all = read.iter().flatten();
        let wrong = all.clone().filter(|(printed, read)| printed != read).count();
        let share = 100.0 * wrong as f64 / all.count().max(1) as f64;
        words(&read, share);
        phrases(&read, share);
    }
}

/// The words of every paragraph below `root`, as printed.
fn paragraphs(root: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for file in source::files(root.as_ref()).flatten() {
        source::read(&file, &Options::default(), &mut |article| {
            for text in article.iter().flat_map(|article| article.paragraphs.iter().map(|p| p.span.of(&article.text))) {
                let words = Words::of(text);
                let plain = words.forms().iter().filter(|form| form.plain).map(|form| form.of(text).to_owned());
                all.push(plain.collect());
            }
            if all.len() < 20_000 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
    all
}

fn misread(words: &[String], percent: usize, dice: &mut Dice) -> Vec<ReadWord> {
    words.iter().map(|word| (fold(word), fold(&misread_word(word, percent, dice)))).collect()
}

fn misread_word(word: &str, percent: usize, dice: &mut Dice) -> String {
    let mut read = String::new();
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let all = CONFUSIONS.split_whitespace().filter_map(|pair| pair.split_once('/'));
        let fits = all.filter(|(printed, _)| rest.starts_with(printed));
        let mut happens = fits.filter(|_| dice.below(100) < percent);
        if let Some((printed, instead)) = happens.next() {
            read.push_str(instead);
            rest = &rest[printed.len()..];
            continue;
        }
        read.push(if dice.below(500) < percent { char::from(b'a' + dice.below(26) as u8) } else { letter });
        rest = &rest[letter.len_utf8()..];
    }
    read
}

/// Places where it was printed, found there, and found in all.
#[derive(Default, Clone, Copy)]
struct Tally {
    printed: usize,
    right: usize,
    found: usize,
}

impl Tally {
    fn shown(&self) -> String {
        let share = |of: usize| 100.0 * self.right as f64 / of.max(1) as f64;
        format!("{:.1} / {:.1}", share(self.printed), share(self.found))
    }
}

fn words(read: &[Vec<ReadWord>], share: f64) {
    let mut pairs: BTreeMap<&ReadWord, usize> = BTreeMap::new();
    read.iter().flatten().for_each(|pair| *pairs.entry(pair).or_default() += 1);
    let printed: BTreeSet<&str> = pairs.keys().map(|(printed, _)| printed.as_str()).collect();
    for (name, lengths) in [("words of 3 letters", 3..=3), ("of 4 to 6", 4..=6), ("of 7 and more", 7..=40)] {
        let asked: Vec<&str> = printed.iter().copied().filter(|word| lengths.contains(&word.chars().count())).collect();
        let step = asked.len().div_ceil(MOST_ASKED).max(1);
        let mut tallies = [Tally::default(); 3];
        for word in asked.iter().step_by(step) {
            for (tally, slot) in tallies.iter_mut().zip(slots(word)) {
                for ((own, key), count) in &pairs {
                    let found = if slot.accepts(key) { *count } else { 0 };
                    tally.printed += if own == word { *count } else { 0 };
                    tally.right += if own == word { found } else { 0 };
                    tally.found += found;
                }
            }
        }
        let [typed, near, ocr] = tallies.map(|tally| tally.shown());
        println!("| {share:.0} % | {name} | recall / precision | {typed} | {near} | {ocr} |");
    }
}

/// What a word finds as typed, with `~1`, and with `--ocr`.
fn slots(word: &str) -> [Slot; 3] {
    let slot = |pattern: Pattern| pattern.paths[0][0].clone();
    [
        slot(phrase(word, Exactness::Words)),
        slot(Pattern::of_word(&Word::Fuzzy(word.into(), 1), false)),
        slot(phrase(word, Exactness::Misread)),
    ]
}

fn phrase(text: &str, exactness: Exactness) -> Pattern {
    Pattern::of_phrase(&Phrase { text: text.into(), slop: 0, exactness })
}

fn phrases(read: &[Vec<ReadWord>], share: f64) {
    let all: BTreeSet<Vec<&str>> =
        read.iter().flat_map(|words| words.windows(3)).map(|three| three.iter().map(|pair| pair.0.as_str()).collect()).collect();
    let mut tallies = [Tally::default(); 2];
    for asked in all.iter().step_by(all.len().div_ceil(MOST_ASKED).max(1)) {
        let text = asked.join(" ");
        for (tally, exactness) in tallies.iter_mut().zip([Exactness::Words, Exactness::Misread]) {
            let pattern = phrase(&text, exactness);
            for three in read.iter().flat_map(|words| words.windows(3)) {
                let is_it = three.iter().map(|pair| pair.0.as_str()).eq(asked.iter().copied());
                let found = pattern.paths[0].iter().zip(three).all(|(slot, pair)| slot.accepts(&pair.1));
                tally.printed += usize::from(is_it);
                tally.right += usize::from(is_it && found);
                tally.found += usize::from(found);
            }
        }
    }
    let [typed, ocr] = tallies.map(|tally| tally.shown());
    println!("| {share:.0} % | three words in a row | recall / precision | {typed} | - | {ocr} |");
}
