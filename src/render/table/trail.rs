//! Steps of a trail as CSV, a row for each article that prints the words.

use super::write_row;
use crate::trail::{Change, Step, Trail};
use std::io::{self, Write};

const COLUMNS: [&str; 17] = [
    "step",
    "article",
    "copy_of",
    "published",
    "outlet",
    "headline",
    "changes",
    "cut_off",
    "left_out",
    "put_in",
    "replaced",
    "goes_on",
    "speaker",
    "confidence",
    "text",
    "path",
    "line",
];

/// Writes the names of the columns and all rows; copies follow what they are copies of. `root` is put before the paths.
///
/// # Errors
/// When `out` cannot be written to.
pub fn trail(trail: &Trail, root: &str, out: &mut impl Write) -> io::Result<()> {
    write_row(out, COLUMNS.iter().map(|name| (*name).to_owned()))?;
    for (number, step) in trail.steps.iter().enumerate() {
        write_row(out, row(step, number + 1, root).into_iter())?;
        for copy in &step.copies {
            let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
            let mut row = row(step, number + 1, root);
            row[1] = copy.article.to_string();
            row[2] = step.place.article.to_string();
            (row[3], row[4], row[5]) = (or_empty(&copy.published), or_empty(&copy.outlet), String::new());
            (row[15], row[16]) = (format!("{root}{}", copy.path), String::new());
            write_row(out, row.into_iter())?;
        }
    }
    Ok(())
}

fn row(step: &Step, number: usize, root: &str) -> [String; COLUMNS.len()] {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let (place, edits) = (&step.place, &step.edits);
    let changes: Vec<&str> = step.changes().into_iter().map(Change::name).collect();
    [
        number.to_string(),
        place.article.to_string(),
        String::new(),
        or_empty(&place.facts.published),
        or_empty(&place.facts.outlet),
        or_empty(&place.facts.headline),
        changes.join("; "),
        edits.cut_off.to_string(),
        edits.left_out.to_string(),
        edits.put_in.to_string(),
        edits.replaced.to_string(),
        step.goes_on.to_string(),
        or_empty(&place.speaker),
        format!("{:.2}", place.confidence),
        place.text.clone(),
        format!("{root}{}", place.path),
        place.line.map(|line| line.to_string()).unwrap_or_default(),
    ]
}
