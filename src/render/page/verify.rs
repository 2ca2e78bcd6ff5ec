//! Is it printed so? What somebody pastes beside what the archive has, each quotation drawn by its verdict.

use super::parts::{counted, dateline, original, speaker_address};
use super::{PageView, address, frame};
use crate::article::Span;
use crate::quotation::DOUBTFUL;
use crate::verify::{Checked, Place, SpeakerCheck, Verdict};
use maud::{Markup, html};

/// Places of one quotation that are shown.
const SHOWN: usize = 10;

/// Characters of a draft that the box takes: the body of a request holds 64 kB.
const LONGEST: usize = 20_000;

/// The page that takes a sentence or a draft and says of each quotation whether it is printed so; `left_out` tells what was not checked.
pub fn verify(given: &str, checked: &[Checked], left_out: Option<&str>) -> String {
    let (title, about) = match checked {
        [] => (
            "Check a quotation".to_owned(),
            "Paste a sentence or a draft: the archive says of each quotation whether it is printed so, and who said it where.",
        ),
        [one] => (title(one.verdict).to_owned(), about(one.verdict)),
        several => (counted(several.len(), "quotation"), "Each is drawn by what the archive has of it."),
    };
    let body = html! {
        main #content.verify {
            h1 { (title) }
            p role="status" { (about) }
            @if let Some(left_out) = left_out { p.complaint { (left_out) } }
            @if checked.len() > 1 { (draft(given, checked)) }
            @for (number, one) in checked.iter().enumerate() { (section(number + 1, one, checked.len() > 1)) }
            form.check action="/verify" method="post" {
                label for="given" { "The sentence or draft" }
                textarea #given name="q" rows="6" maxlength=(LONGEST) { (given) }
                button type="submit" { "Check" }
            }
        }
    };
    frame::framed(&format!("{title} \u{b7} newshound"), &PageView::default(), None, &body)
}

fn title(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verbatim => "Verbatim",
        Verdict::OtherPunctuation => "The same words",
        Verdict::SaidByAnother => "Said by somebody else",
        Verdict::Cut => "Cut",
        Verdict::Joined => "Joined from two places",
        Verdict::Altered => "Altered",
        Verdict::NotInArchive => "Not found",
    }
}

fn about(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verbatim => "It is printed word for word:",
        Verdict::OtherPunctuation => "The words are printed in a row, with other capitals, accents or punctuation:",
        Verdict::SaidByAnother => "The words are printed, but as those of somebody else:",
        Verdict::Cut => "It is printed, and the ellipsis hides words:",
        Verdict::Joined => "Each part is printed, but not together:",
        Verdict::Altered => "It is not printed so. These words come nearest:",
        Verdict::NotInArchive => {
            "No passage of this archive has these words, or most of them in order. Elsewhere it may be printed."
        }
    }
}

/// What was pasted, each quotation marked by its verdict and leading to what is told of it.
fn draft(given: &str, checked: &[Checked]) -> Markup {
    let spans = checked.iter().enumerate().filter_map(|(number, one)| Some((number + 1, one.verdict, one.claim.span?)));
    let mut at = 0;
    let mut pieces = Vec::new();
    for (number, verdict, span) in spans.filter(|(_, _, span)| given.get(span.range()).is_some()) {
        if span.start as usize >= at {
            pieces.push((&given[at..span.start as usize], number, verdict, span.of(given)));
            at = span.end as usize;
        }
    }
    html! {
        p.passage.draft {
            @for (before, number, verdict, words) in pieces {
                (before)
                a.said.verdict.(verdict.name()) href=(format!("#c{number}")) title=(title(verdict)) { (words) }
                span.who { (number) }
            }
            (&given[at..])
        }
    }
}

fn section(number: usize, one: &Checked, is_of_many: bool) -> Markup {
    let differs = !matches!(one.verdict, Verdict::Verbatim | Verdict::SaidByAnother | Verdict::NotInArchive);
    html! {
        section.checked id=(format!("c{number}")) {
            @if is_of_many { h2 { (number) ". " (title(one.verdict)) } p { (about(one.verdict)) } }
            @if differs || is_of_many { h2 { "You gave" } p.passage { (drawn(&one.claim.words, &one.only_given, false)) } }
            @if differs && one.verdict != Verdict::Joined {
                @if let Some(place) = one.places.first() { h2 { "Printed" } p.passage { (drawn(&place.text, &one.only_printed, true)) } }
            }
            @for hidden in &one.hidden { p.passage { "Hidden: " ins { (hidden) } } }
            @for note in notes(one) { p.complaint { (note) } }
            @if !one.places.is_empty() {
                ol.clippings { @for place in one.places.iter().take(SHOWN) { (printed(place, &html! { p.passage { mark { (place.text) } } }, &html! {})) } }
                p { a href=(address("/trail", &[("q", &one.claim.words)])) { "the trail of these words" } }
            }
        }
    }
}

fn notes(one: &Checked) -> Vec<String> {
    let mut notes = Vec::new();
    let claimed = one.claim.speaker.as_deref().unwrap_or_default();
    if one.interrupted && one.verdict != Verdict::NotInArchive {
        notes.push("Given as one; in print it is interrupted.".to_owned());
    }
    if !one.places.is_empty() {
        notes.push(format!(
            "In {}, {}.",
            counted(one.articles, "article"),
            if one.stories == 1 { "one story".to_owned() } else { format!("{} stories", one.stories) }
        ));
    }
    match one.speaker {
        SpeakerCheck::Other => notes.push(format!("Not {claimed}\u{2019}s words where they are printed.")),
        SpeakerCheck::Untold if !one.places.is_empty() => {
            notes.push(format!("Whether they are {claimed}\u{2019}s words is not told."))
        }
        _ => {}
    }
    notes.extend(one.partial.clone());
    notes
}

/// A place: `words` as they are drawn there, and what else is told of it at its foot.
pub(super) fn printed(place: &Place, words: &Markup, foot: &Markup) -> Markup {
    let target =
        format!("{}#p{}", address(&format!("/articles/{}", place.article), &[("q", &phrase(&place.text))]), place.paragraph);
    let facts = &place.facts;
    let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
    html! {
        li.clipping {
            article {
                (dateline(facts.place.as_deref(), facts.published.as_deref(), facts.outlet.as_deref()))
                h2 { a href=(target) { (facts.headline.as_deref().unwrap_or("(no headline)")) } }
                (words)
                @if let Some(name) = &place.speaker {
                    p.speakers {
                        a href=(speaker_address(name)) { (name) }
                        @if place.confidence < DOUBTFUL { span.doubt title="the speaker is not certain" { " (?)" } }
                    }
                }
                (foot)
                p.place { code { (place.path) (line) } (original(facts.url.as_deref())) }
            }
        }
    }
}

/// A query for these words.
fn phrase(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    format!("\"{}\"", line.replace(['"', '\u{201c}', '\u{201d}', '\\'], " ").trim())
}

/// `text` with `spans`, which are sorted and apart, drawn as put in or taken out.
pub(super) fn drawn(text: &str, spans: &[Span], put_in: bool) -> Markup {
    let after = |spans: &[Span]| spans.last().map_or(0, |span| span.end as usize);
    html! {
        @for (number, span) in spans.iter().enumerate() {
            (&text[after(&spans[..number])..span.start as usize])
            @if put_in { ins { (span.of(text)) } } @else { del { (span.of(text)) } }
        }
        (&text[after(spans)..])
    }
}
