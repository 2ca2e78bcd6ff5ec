//! Is it printed so? A sentence somebody gives beside what the archive has.

use super::results::clipping;
use super::{PageView, frame};
use crate::article::Span;
use crate::results::{Compared, RankedPassage};
use maud::{Markup, html};

/// What the archive has of a given text.
#[derive(Debug)]
pub enum Verdict {
    /// Nothing was given yet.
    Nothing,
    /// Printed word for word, with its punctuation, in these passages.
    Verbatim(Vec<RankedPassage>),
    /// The same words in a row, with other capitals, accents or punctuation.
    SameWords(Vec<RankedPassage>),
    /// Not in a row, but this passage has most of its words in order.
    Altered(Box<RankedPassage>, Compared),
    /// Nothing like it.
    NotFound,
}

/// The page that takes a text and says whether it is printed so.
pub fn verify(given: &str, verdict: &Verdict) -> String {
    let view =
        PageView { q: format!("\"{}\"", given.replace(['"', '\u{201c}', '\u{201d}', '\\'], " ").trim()), ..PageView::default() };
    let (title, about) = match verdict {
        Verdict::Nothing => {
            ("Check a quotation", "Paste a sentence: the archive says whether it is printed so, and who said it where.")
        }
        Verdict::Verbatim(_) => ("Verbatim", "It is printed word for word:"),
        Verdict::SameWords(_) => {
            ("The same words", "The words are printed in a row, with other capitals, accents or punctuation:")
        }
        Verdict::Altered(..) => ("Altered", "It is not printed so. This passage has most of its words in order:"),
        Verdict::NotFound => {
            ("Not found", "No passage of this archive has these words, or most of them in order. Elsewhere it may be printed.")
        }
    };
    let body = html! {
        main #content.verify {
            h1 { (title) }
            p role="status" { (about) }
            @match verdict {
                Verdict::Nothing | Verdict::NotFound => {},
                Verdict::Verbatim(passages) | Verdict::SameWords(passages) => ol.clippings { @for passage in passages { (clipping(&view, passage)) } },
                Verdict::Altered(passage, compared) => (altered(given, passage, compared)),
            }
            form.check action="/verify" method="get" {
                label for="given" { "The sentence" }
                textarea #given name="q" rows="4" maxlength="4000" { (given) }
                button type="submit" { "Check" }
            }
        }
    };
    frame::framed(&format!("{title} \u{b7} newshound"), &PageView::default(), None, &body)
}

fn altered(given: &str, passage: &RankedPassage, compared: &Compared) -> Markup {
    let given = pieces(given, &compared.only_given);
    let printed = pieces(&passage.text, &compared.only_printed);
    let unmarked = RankedPassage { matches: Vec::new(), ..passage.clone() };
    html! {
        h2 { "You gave" }
        p.passage { @for (text, differs) in given { @if differs { del { (text) } } @else { (text) } } }
        h2 { "Printed" }
        p.passage { @for (text, differs) in printed { @if differs { ins { (text) } } @else { (text) } } }
        ol.clippings { (clipping(&PageView::default(), &unmarked)) }
    }
}

/// `text` cut at `spans`, which are sorted and apart; true for what is within one.
fn pieces<'a>(text: &'a str, spans: &[Span]) -> Vec<(&'a str, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for span in spans {
        pieces.push((&text[at..span.start as usize], false));
        pieces.push((span.of(text), true));
        at = span.end as usize;
    }
    pieces.push((&text[at..], false));
    pieces
}
