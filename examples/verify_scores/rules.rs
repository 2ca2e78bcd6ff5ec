//! How a quotation is altered, and what is to be said of it then.

use super::archive::{Corpus, Quoted, folded};
#[path = "../../tests/given/dice.rs"]
#[allow(dead_code)]
mod dice;
use dice::Dice;
use newshound::verify::{Claim, Verdict};

/// A claim made by a rule.
pub struct Case {
    pub rule: usize,
    pub claim: Claim,
    pub from: String,
}

/// What each rule does, and the verdict it wants.
pub const RULES: [(&str, Verdict); 11] = [
    ("as it is", Verdict::Verbatim),
    ("capitals, punctuation", Verdict::OtherPunctuation),
    ("another speaker", Verdict::SaidByAnother),
    ("ellipsis", Verdict::Cut),
    ("two spliced", Verdict::Joined),
    ("word replaced", Verdict::Altered),
    ("negation put in", Verdict::Altered),
    ("negation taken out", Verdict::Altered),
    ("number or name", Verdict::Altered),
    ("order", Verdict::Altered),
    ("held out", Verdict::NotInArchive),
];

/// `each` cases of each rule, as far as there are quotations for it.
pub fn cases(corpus: &Corpus, each: usize, seed: u64) -> Vec<Case> {
    let mut cases = Vec::new();
    for (rule, (name, wanted)) in RULES.iter().enumerate() {
        let mut dice = Dice::new(seed.wrapping_mul(1000) + rule as u64);
        let from = if *wanted == Verdict::NotInArchive { &corpus.held_out } else { &corpus.quoted };
        let (mut made, mut thrown) = (0, 0);
        while made < each && thrown < each * 40 && !from.is_empty() {
            thrown += 1;
            let quoted = &from[dice.below(from.len())];
            let Some((words, speaker)) = altered(name, quoted, corpus, &mut dice) else { continue };
            let same = folded(&words) == folded(&quoted.words);
            let is_case = match wanted {
                Verdict::Verbatim | Verdict::SaidByAnother => same && corpus.prints(&words),
                Verdict::OtherPunctuation => same && words != quoted.words && corpus.prints(&words),
                _ => !corpus.prints(&words),
            };
            if is_case {
                made += 1;
                let claim = Claim { words, speaker: Some(speaker), ..Claim::default() };
                cases.push(Case { rule, claim, from: quoted.words.clone() });
            }
        }
        if made < each {
            println!("{name}: {made} cases only");
        }
    }
    cases
}

fn altered(rule: &str, quoted: &Quoted, corpus: &Corpus, dice: &mut Dice) -> Option<(String, String)> {
    let words: Vec<&str> = quoted.words.split(' ').collect();
    let other = &corpus.quoted[dice.below(corpus.quoted.len())];
    let new = match rule {
        "capitals, punctuation" => looks(&words, dice)?,
        "another speaker" => return another(quoted, other),
        "ellipsis" => ellipsis(&words, dice)?,
        "two spliced" => spliced(quoted, other, dice)?,
        "word replaced" => replaced(&words, other, dice)?,
        "negation put in" if quoted.english => with(&words, 1 + dice.below(words.len() - 1), &["not"]),
        "negation taken out" if quoted.english => denied(&words)?,
        "number or name" => numbered(&words, other, dice)?,
        "order" => turned(&words, dice)?,
        "as it is" | "held out" => quoted.words.clone(),
        _ => return None,
    };
    Some((new, quoted.speaker.clone()))
}

/// The words with others put in before `at`.
fn with(words: &[&str], at: usize, others: &[&str]) -> String {
    [&words[..at], others, &words[at..]].concat().join(" ")
}

fn looks(words: &[&str], dice: &mut Dice) -> Option<String> {
    let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let at = dice.below(words.len() - 1);
    words[at] = match dice.below(4) {
        0 => words[at].to_uppercase(),
        1 if words[at].ends_with(',') => words[at].trim_end_matches(',').to_owned(),
        2 if words[at].chars().all(char::is_alphabetic) => format!("{},", words[at]),
        _ => {
            let mut letters = words[at].chars();
            let first = letters.next().filter(|c| c.is_lowercase())?;
            first.to_uppercase().chain(letters).collect()
        }
    };
    Some(words.join(" "))
}

/// Of names of several words that have none in common.
fn another(quoted: &Quoted, other: &Quoted) -> Option<(String, String)> {
    let names = |name: &str| -> Vec<String> { folded(name).split(' ').map(str::to_owned).collect() };
    let (one, two) = (names(&quoted.speaker), names(&other.speaker));
    let proper = |name: &str| name.split(' ').all(|word| word.starts_with(char::is_uppercase)) && name.contains(' ');
    let apart = !one.iter().any(|name| two.contains(name));
    (apart && proper(&quoted.speaker) && proper(&other.speaker)).then(|| (quoted.words.clone(), other.speaker.clone()))
}

/// Hides three words or more.
fn ellipsis(words: &[&str], dice: &mut Dice) -> Option<String> {
    let room = words.len().checked_sub(10)?;
    let from = 3 + dice.below(room / 2 + 1);
    let to = from + 3 + dice.below((words.len() - from - 6).max(1));
    let mark = dice.pick(&["...", "\u{2026}", "[...]", ". . ."]);
    Some([&words[..from], &[mark], &words[to..]].concat().join(" "))
}

/// The beginning of one and the end of the other.
fn spliced(one: &Quoted, other: &Quoted, dice: &mut Dice) -> Option<String> {
    let (head, tail): (Vec<&str>, Vec<&str>) = (one.words.split(' ').collect(), other.words.split(' ').collect());
    if one.article == other.article || head.len() < 8 || tail.len() < 8 {
        return None;
    }
    let (to, from) = (4 + dice.below(head.len() - 7), 3 + dice.below(tail.len() - 7));
    Some([&head[..to], &tail[from..]].concat().join(" "))
}

fn replaced(words: &[&str], other: &Quoted, dice: &mut Dice) -> Option<String> {
    let others: Vec<&str> = other.words.split(' ').collect();
    let (at, new) = (dice.below(words.len()), others[dice.below(others.len())]);
    let letters = |word: &str| !folded(word).is_empty();
    let differs = folded(words[at]) != folded(new) && letters(words[at]) && letters(new);
    differs.then(|| [&words[..at], &[new], &words[at + 1..]].concat().join(" "))
}

fn denied(words: &[&str]) -> Option<String> {
    let at = words.iter().position(|word| matches!(folded(word).as_str(), "not" | "never" | "no"))?;
    Some([&words[..at], &words[at + 1..]].concat().join(" "))
}

fn numbered(words: &[&str], other: &Quoted, dice: &mut Dice) -> Option<String> {
    let numbers: Vec<usize> = (0..words.len()).filter(|at| words[*at].contains(|c: char| c.is_ascii_digit())).collect();
    if !numbers.is_empty() {
        let at = dice.pick(&numbers);
        let mut digits = words[at].chars().collect::<Vec<char>>();
        let places: Vec<usize> = (0..digits.len()).filter(|place| digits[*place].is_ascii_digit()).collect();
        let place = dice.pick(&places);
        digits[place] = char::from(b'0' + (digits[place] as u8 - b'0' + 1 + dice.below(9) as u8) % 10);
        let new: String = digits.into_iter().collect();
        return Some([&words[..at], &[new.as_str()], &words[at + 1..]].concat().join(" "));
    }
    let named =
        |words: &[&str]| -> Vec<usize> { (1..words.len()).filter(|at| words[*at].starts_with(char::is_uppercase)).collect() };
    let others: Vec<&str> = other.words.split(' ').collect();
    let (own, foreign) = (named(words), named(&others));
    if own.is_empty() || foreign.is_empty() {
        return None;
    }
    let (at, new) = (dice.pick(&own), others[dice.pick(&foreign)]);
    (folded(words[at]) != folded(new)).then(|| [&words[..at], &[new], &words[at + 1..]].concat().join(" "))
}

/// Two neighbours change places, or both halves.
fn turned(words: &[&str], dice: &mut Dice) -> Option<String> {
    let mut words = words.to_vec();
    if dice.once_in(2) {
        let at = dice.below(words.len() - 1);
        words.swap(at, at + 1);
    } else {
        let at = words.len() / 2;
        words.rotate_left(at);
    }
    Some(words.join(" "))
}
