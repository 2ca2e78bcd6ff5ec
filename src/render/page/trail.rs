//! The trail of words: where they were printed first, and what became of them.

use super::clipping::copies;
use super::parts::counted;
use super::verify::{drawn, printed};
use super::{PageView, frame};
use crate::trail::{Change, MOST_WORDS, Step, Trail};
use maud::{Markup, html};

/// Steps that are shown; all of them are in the table for spreadsheets.
const SHOWN: usize = 100;

/// Characters that the box takes: more words are not followed.
const LONGEST: usize = 10 * MOST_WORDS;

/// The page of a trail; without one it takes the words.
pub fn trail(found: Option<&Trail>) -> String {
    let title = match found {
        None => "Follow words",
        Some(trail) if trail.steps.is_empty() => "Not found",
        Some(_) => "The trail of these words",
    };
    let body = html! {
        main #content.verify {
            h1 { (title) }
            @match found {
                None => p role="status" { "Give a sentence: the archive says where it was printed first, and what became of it." },
                Some(trail) => (followed(trail)),
            }
            form.check action="/trail" method="get" {
                label for="given" { "The words" }
                textarea #given name="q" rows="4" maxlength=(LONGEST) { (found.map_or("", |trail| trail.words.as_str())) }
                button type="submit" { "Follow" }
            }
        }
    };
    frame::framed(&format!("{title} \u{b7} newshound"), &PageView::default(), None, &body)
}

fn followed(trail: &Trail) -> Markup {
    let steps = &trail.steps;
    html! {
        p role="status" { (figures(trail)) }
        @if let Some(partial) = &trail.partial { p.complaint { (partial) } }
        @if steps.is_empty() {
            p { "No article of this archive prints these words, nor anything near them. Elsewhere they may be printed." }
        } @else {
            ol.clippings { @for (number, step) in steps.iter().take(SHOWN).enumerate() { (clipping(trail, step, number == 0)) } }
            @if steps.len() > SHOWN { p { "and " (steps.len() - SHOWN) " more" } }
            p { a href=(super::address("/v1/trail", &[("q", &trail.words), ("format", "csv")])) { "all as a table" } }
        }
    }
}

fn figures(trail: &Trail) -> String {
    let stories = if trail.stories == 1 { "one story".to_owned() } else { format!("{} stories", trail.stories) };
    let least = if trail.partial.is_some() { "at least " } else { "" };
    let outlets = if trail.outlets == 0 { String::new() } else { format!(", {}", counted(trail.outlets, "outlet")) };
    format!("Printed in {least}{}, {stories}{outlets}.", counted(trail.articles, "article"))
}

fn clipping(trail: &Trail, step: &Step, is_first: bool) -> Markup {
    let changes: Vec<&str> = step.changes().into_iter().map(Change::in_words).collect();
    let changes = if changes.is_empty() { "word for word".to_owned() } else { changes.join(", ") };
    html! {
        (printed(&step.place, &html! {
            p.why { @if is_first { "first: " } (changes) }
            @if !step.only_given.is_empty() { p.passage { "Given: " (drawn(&trail.words, &step.only_given, false)) } }
            p.passage { (drawn(&step.place.text, &step.only_printed, true)) }
        }, &copies(&step.copies)))
    }
}
