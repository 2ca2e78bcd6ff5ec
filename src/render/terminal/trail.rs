//! Steps of a trail for people.

use super::verified::{about, differing};
use super::{DIM, Root, Style, copies, paint, wrap};
use crate::render::clean;
use crate::trail::{Change, Step};
use std::fmt::Write;

/// One step, ending with an empty line. `words` are those that are followed, `number` counts from 1; `root` is put before the path.
pub fn step(words: &str, step: &Step, number: usize, root: &Root, style: Style) -> String {
    let mut out = String::new();
    let first = if number == 1 { "first: " } else { "" };
    let _ = writeln!(out, "{number:>3}  {}", paint(&clean(&format!("{first}{}", about(&step.place))), "1", style));
    let mut paragraph = |text: &str, code: &str| {
        for line in wrap(text, style.width.saturating_sub(5)) {
            let _ = writeln!(out, "     {}", paint(&line, code, style));
        }
    };
    paragraph(&changes(step), DIM);
    if !step.only_given.is_empty() {
        paragraph(&format!("given: {}", differing(words, &step.only_given, ('[', ']'))), "");
    }
    paragraph(&format!("printed: {}", differing(&step.place.text, &step.only_printed, ('{', '}'))), "");
    let line = step.place.line.map_or(String::new(), |line| format!(":{line}"));
    paragraph(&clean(&format!("{}{}{line}", root.shown, step.place.path)), "36");
    if let Some(copies) = copies(&step.copies) {
        paragraph(&clean(&copies), DIM);
    }
    out.push('\n');
    out
}

/// `shorter by 12 words, altered (1 word put in), other speaker`.
fn changes(step: &Step) -> String {
    let changes: Vec<String> =
        step.changes().into_iter().map(|change| change.in_words().to_owned() + &figures(step, change)).collect();
    if changes.is_empty() { "word for word".to_owned() } else { changes.join(", ") }
}

fn figures(step: &Step, change: Change) -> String {
    let words = |count: usize| format!("{count} {}", if count == 1 { "word" } else { "words" });
    let edits = &step.edits;
    match change {
        Change::Shorter => format!(" by {}", words(edits.cut_off)),
        Change::Longer => format!(" by {}", words(step.goes_on)),
        Change::Altered => {
            let kinds = [(edits.left_out, "left out"), (edits.put_in, "put in"), (edits.replaced, "replaced")];
            let kinds = kinds.into_iter().filter(|(count, _)| *count > 0).map(|(count, how)| format!("{} {how}", words(count)));
            format!(" ({})", kinds.collect::<Vec<_>>().join(", "))
        }
        Change::OtherPunctuation | Change::OtherSpeaker => String::new(),
    }
}
