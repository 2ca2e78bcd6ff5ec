//! Questions that mean harm: a thousand kinds of repetition, bombs, lists, chains and trees, always the same ones.

use super::dice::Dice;

/// Words that stand in most paragraphs of any archive, and some that stand in a few.
const WORDS: [&str; 24] = [
    "the", "of", "to", "and", "in", "a", "said", "that", "for", "it", "on", "was", "is", "he", "with", "by", "as", "at",
    "council", "ferry", "strike", "minister", "market", "report",
];

/// Regular expressions that accept much, or take long to say no.
const BOMBS: [&str; 12] = [
    "/.*/",
    "/.+.+.+/",
    "/(a|b|c|d|e)*.{1,20}/",
    "/[a-z]{1,30}/",
    "/(.*)*x/",
    "/.{3}.*s/",
    "/(a|aa)+$/",
    "/[^q]*/",
    "/((a*)*)*e/",
    "/.*(ing|ed|er|est|ly)/",
    "/\\p{L}+/",
    "/.{1,60}e.{0,60}/",
];

/// So many questions of at most `most` bytes.
pub fn hostile(count: usize, most: usize) -> Vec<String> {
    let mut dice = Dice::new(71);
    (0..count).map(|number| shortened(question(number, most, &mut dice), most)).collect()
}

fn shortened(mut text: String, most: usize) -> String {
    while text.len() > most {
        text.pop();
    }
    text
}

fn list(dice: &mut Dice, most: usize, between: &str, part: impl Fn(&mut Dice) -> String) -> String {
    let mut out = part(dice);
    // Clauses are limited too.
    for _ in 0..1 + dice.below(1_000) {
        let next = part(dice);
        if out.len() + between.len() + next.len() > most {
            break;
        }
        out = out + between + &next;
    }
    out
}

fn letter(dice: &mut Dice) -> char {
    char::from(b'a' + dice.below(26) as u8)
}

fn word(dice: &mut Dice) -> String {
    dice.pick(&WORDS).to_owned()
}

fn tree(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 {
        return word(dice);
    }
    let sign = dice.pick(&[" OR ", " AND ", " AND NOT ", " "]);
    let one = tree(dice, depth - 1);
    let other = if dice.once_in(3) { tree(dice, depth.min(3) - 1) } else { word(dice) };
    match dice.below(5) {
        0 => format!("({other}{sign}{one})"),
        1 => format!("article:({one}{sign}{other})"),
        2 => format!("said:({one} {other})"),
        _ => format!("({one}{sign}{other})"),
    }
}

fn question(number: usize, most: usize, dice: &mut Dice) -> String {
    let between = dice.pick(&[" ", " OR ", " AND "]);
    match number % 20 {
        // Repetitions
        0 => {
            let word = word(dice);
            list(dice, most, between, |_| word.clone())
        }
        1 => list(dice, most, between, word),
        2 => {
            let phrase = format!("\"{} {}\"", word(dice), word(dice));
            list(dice, most, between, |_| phrase.clone())
        }
        3 => list(dice, most, " ", |dice| format!("{}^{}", word(dice), 1 + dice.below(90))),
        // Bombs
        4 => dice.pick(&BOMBS).to_owned(),
        5 => list(dice, most, between, |dice| dice.pick(&BOMBS).to_owned()),
        // Wildcards
        6 => list(dice, most, between, |dice| format!("{}*", letter(dice))),
        7 => list(dice, most, between, |dice| format!("*{}*", letter(dice))),
        8 => list(dice, most, between, |dice| "?".repeat(1 + dice.below(9)) + "a*"),
        // Phrases
        9 => format!("\"{}\"", list(dice, most.min(2_000), " ", word)),
        10 => format!("\"{}\"", list(dice, most.min(1_000), " ", |dice| format!("{}*", letter(dice)))),
        11 => format!("\"{}\"~100", list(dice, 60, " ", word)),
        12 => list(dice, most, between, |dice| format!("\"{}* {} {}*\"", letter(dice), word(dice), letter(dice))),
        // Chains
        13 => (0..17).map(|_| format!("{}*", letter(dice))).collect::<Vec<_>>().join(" NEAR/100 "),
        14 => (0..17).map(|_| word(dice)).collect::<Vec<_>>().join(" BEFORE/100 "),
        15 => format!("SENTENCE({})", list(dice, most.saturating_sub(10), " ", word)),
        // Fuzzy lists
        16 => list(dice, most, between, |dice| format!("{}{}~2", word(dice), letter(dice))),
        // Trees
        17 => {
            let depth = 4 + dice.below(50);
            tree(dice, depth)
        }
        18 => list(dice, most, " OR ", |dice| format!("speaker:{} -{}", letter(dice), word(dice))),
        // Anything
        _ => {
            let signs = [
                "(",
                ")",
                "\"",
                "*",
                "~2 ",
                " NEAR ",
                " AND ",
                " OR ",
                "-",
                "+",
                ":",
                "/",
                "said:",
                "date:2025 ",
                "^3 ",
                "\u{e9}",
            ];
            list(dice, most, "", |dice| if dice.once_in(3) { dice.pick(&signs).to_owned() } else { word(dice) + " " })
        }
    }
}
