//! Tells lines that belong to the page, not to the story: credits, copyright notes, links to other stories, agency tails.
//!
//! Takes one paragraph and says yes or no. Such paragraphs are kept and shown, but are no passages.

use std::sync::LazyLock;

/// Openings of lines that are no part of the story, in lower case. Seen in real archives (agencies, sites).
const OPENINGS: &[&str] = &[
    "(reporting by",
    "reporting by ",
    "(editing by",
    "editing by ",
    "(writing by",
    "(additional reporting",
    "additional reporting by",
    "(compiled by",
    "©",
    "(c) ",
    "copyright ©",
    "copyright (c)",
    "copyright 1",
    "copyright 2",
    "all rights reserved",
    "read more:",
    "read also:",
    "also read:",
    "read next:",
    "related:",
    "see also:",
    "lesen sie hier:",
    "lesen sie auch",
    "lire aussi",
    "à lire aussi",
    "lea también",
    "lee también",
    "leggi anche",
    "leia também",
    "lees ook",
    "läs också",
    "les også",
    "læs også",
    "follow us on ",
    "this material may not be published",
];

/// Openings that a printed story may well have, but on a page belong to the site.
const ON_PAGES: &[&str] = &[
    "sign up for ",
    "sign up here",
    "subscribe to ",
    "click here to ",
    "advertisement",
    "anzeige",
    "follow @",
    "follow us",
    "get the latest ",
    "join us on ",
    "join our ",
    "like this story? ",
    "have a tip?",
    "have a news tip",
    "got a story?",
    "got a tip?",
    "do you have a story",
    "for more stories like this",
    "for more news ",
    "for the latest ",
    "watch: ",
    "read the full ",
    "more on this story",
    "more from ",
    "mehr zum thema",
    "folgen sie ",
    "folgst du ",
    "abonnieren sie",
    "suivez ",
    "síguenos",
    "siga ",
    "seguici ",
    "volg ons",
    "to read the full ",
    "you can also subscribe",
    "image credit",
    "photo credit",
    "photo: ",
    "foto: ",
    "picture: ",
    "listen to ",
    "download the ",
    "download our ",
    "support our ",
];

/// The openings by their first byte: a paragraph is compared with few of them.
static BY_LETTER: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| by_letter(OPENINGS));
static ON_PAGES_BY_LETTER: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| by_letter(ON_PAGES));

fn by_letter(openings: &[&'static str]) -> Vec<Vec<&'static str>> {
    let mut letters = vec![Vec::new(); 256];
    for opening in openings {
        letters[usize::from(opening.as_bytes()[0])].push(*opening);
    }
    letters
}

/// Whole lines that only close a story.
const TAILS: &[&str] = &["reuter", "reuters", "more", "-30-", "###", "ends", "(end)", "end of document", "- 30 -"];

/// True when `paragraph` is a credit, a copyright note, a link to another story or an agency's tail.
pub(crate) fn is(paragraph: &str) -> bool {
    opens_like(paragraph, &BY_LETTER) || is_tail(paragraph)
}

/// The same on a web page, where more of what looks so belongs to the site.
pub(crate) fn is_on_page(paragraph: &str) -> bool {
    is(paragraph) || opens_like(paragraph, &ON_PAGES_BY_LETTER)
}

fn is_tail(paragraph: &str) -> bool {
    paragraph.len() < 20 && TAILS.iter().any(|tail| paragraph.eq_ignore_ascii_case(tail))
}

fn opens_like(paragraph: &str, openings: &[Vec<&str>]) -> bool {
    // Long paragraphs are stories, whatever they begin with: a guess with much room.
    if paragraph.len() > 400 {
        return false;
    }
    let line = paragraph.trim_start_matches(['*', '•', '-', '–', '—', ' ']);
    let first = line.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    let opens = |opening: &&str| line.get(..opening.len()).is_some_and(|head| head.eq_ignore_ascii_case(opening));
    openings[usize::from(first)].iter().any(opens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_told_from_the_story() {
        for yes in [
            "(Reporting by Ada Quill; Editing by Tom Brass)",
            "© 2019 Vexia Press. All Rights Reserved.",
            "Read more: How the truce came about",
            "Reuter",
            "-30-",
            "Lesen Sie auch: Der Waffenstillstand",
        ] {
            assert!(is(yes), "{yes}");
        }
        for no in ["Reporters said the talks had ended.", "Read out loud, the letter takes an hour.", "Copy editors met."] {
            assert!(!is(no), "{no}");
        }
    }
}
