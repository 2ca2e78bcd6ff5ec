//! Verdicts for people.

use super::{DIM, Root, Style, paint, wrap};
use crate::article::Span;
use crate::quotation::DOUBTFUL;
use crate::render::clean;
use crate::verify::{Checked, Place, SpeakerCheck, Verdict};
use std::fmt::Write;

/// Places that are printed; JSON has all of them.
const SHOWN: usize = 5;

/// One claim and its verdict, ending with an empty line. `number` counts from 1; `root` is put before the paths.
pub fn verified(checked: &Checked, number: usize, root: &Root, style: Style) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{number:>3}  {}", paint(&verdict(checked), "1", style));
    let mut paragraph = |text: &str, code: &str| {
        for line in wrap(text, style.width.saturating_sub(5)) {
            let _ = writeln!(out, "     {}", paint(&line, code, style));
        }
    };
    paragraph(&format!("given: {}", differing(&checked.claim.words, &checked.only_given, ('[', ']'))), "");
    let differs = !checked.verdict.is_printed_so() && checked.verdict != Verdict::SaidByAnother;
    let printed = checked.places.iter().take(if checked.verdict == Verdict::Joined { SHOWN } else { usize::from(differs) });
    for (at, place) in printed.enumerate() {
        let marks: &[Span] = if at == 0 { &checked.only_printed } else { &[] };
        paragraph(&format!("printed: {}", differing(&place.text, marks, ('{', '}'))), "");
    }
    checked.hidden.iter().for_each(|hidden| paragraph(&format!("hidden: {}", clean(hidden)), ""));
    notes(checked).iter().for_each(|note| paragraph(&clean(note), DIM));
    for place in checked.places.iter().take(SHOWN) {
        let line = place.line.map_or(String::new(), |line| format!(":{line}"));
        paragraph(&clean(&about(place)), "");
        paragraph(&clean(&format!("  {}{}{line}", root.shown, place.path)), "36");
    }
    if checked.places.len() > SHOWN {
        paragraph(&format!("and {} more places", checked.places.len() - SHOWN), DIM);
    }
    out.push('\n');
    out
}

/// `altered, interrupted in print`.
fn verdict(checked: &Checked) -> String {
    let mut out = checked.verdict.in_words().to_owned();
    if checked.interrupted && checked.verdict != Verdict::NotInArchive {
        out.push_str(", interrupted in print");
    }
    if checked.articles > 0 && checked.verdict != Verdict::Joined {
        let of = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        let stories = of(checked.stories, "story", "stories");
        let _ = write!(out, " ({}, {stories})", of(checked.articles, "article", "articles"));
    }
    out
}

fn notes(checked: &Checked) -> Vec<String> {
    let mut notes = Vec::new();
    let claimed = checked.claim.speaker.as_deref().unwrap_or_default();
    match checked.speaker {
        SpeakerCheck::NotClaimed | SpeakerCheck::Same => {}
        SpeakerCheck::Other => notes.push(format!("not {claimed}'s words where they are printed")),
        SpeakerCheck::Untold if checked.places.is_empty() => {}
        SpeakerCheck::Untold => notes.push(format!("whether they are {claimed}'s words is not told")),
    }
    if checked.of_that_day == Some(false) {
        notes.push(format!("not printed on {} or in the week after", checked.claim.date.as_deref().unwrap_or_default()));
    }
    notes.extend(checked.partial.iter().map(|partial| format!("note: {partial}")));
    notes
}

/// `14 March, Morning Ledger: Talks end - Ilse Brandauer (0.98)`.
pub(super) fn about(place: &Place) -> String {
    let day = place.facts.published.as_ref().map(|date| date.split('T').next().unwrap_or(date).to_owned());
    let facts: Vec<String> = [day, place.facts.outlet.clone(), place.facts.headline.clone()].into_iter().flatten().collect();
    let who = match (&place.speaker, place.kind) {
        (Some(name), _) if place.confidence < DOUBTFUL => format!("{name} (?)"),
        (Some(name), _) => name.clone(),
        (None, Some(_)) => "(unknown speaker)".to_owned(),
        (None, None) => "(no quotation)".to_owned(),
    };
    format!("{} · {who}", if facts.is_empty() { "(undated)".to_owned() } else { facts.join(" · ") })
}

/// The text with what differs in brackets.
pub(super) fn differing(text: &str, spans: &[Span], (open, close): (char, char)) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for span in spans {
        out.push_str(&clean(&text[at..span.start as usize]));
        let _ = write!(out, "{open}{}{close}", clean(span.of(text)));
        at = span.end as usize;
    }
    out + &clean(&text[at..])
}
