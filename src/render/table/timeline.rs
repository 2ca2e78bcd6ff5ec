//! Queries over time as CSV, a row for each query and stretch.

use super::write_row;
use crate::timeline::{Measure, Timeline};
use std::io::{self, Write};

const COLUMNS: [&str; 9] =
    ["query", "from", "all_articles", "all_words", "mentions", "passages", "articles", "share", "per_million"];

/// Writes the names of the columns and all rows. `queries` are those of the curves; `once`: of first printings alone. A stretch of which
/// the index holds no article has empty cells, for nothing can be said of it; so has every stretch where first printings are wanted and not told.
///
/// # Errors
/// When `out` cannot be written to.
pub fn timeline(timeline: &Timeline, queries: &[String], once: bool, out: &mut impl Write) -> io::Result<()> {
    write_row(out, COLUMNS.iter().map(|name| (*name).to_owned()))?;
    for (curve, query) in timeline.curves.iter().zip(queries) {
        for (counts, stretch) in curve.counts.iter().zip(&timeline.stretches) {
            let printed = &stretch.printed;
            let (articles, words) = if once { (printed.stories, printed.story_words) } else { (printed.articles, printed.words) };
            let all = |count: u64| if once && timeline.untold.is_some() { String::new() } else { count.to_string() };
            let whole = |measure: Measure| measure.of(counts, printed, once).map_or(String::new(), |value| format!("{value:.0}"));
            let part = |measure: Measure| measure.of(counts, printed, once).map_or(String::new(), |value| format!("{value:.4}"));
            let row = [
                query.clone(),
                stretch.name.clone(),
                all(articles),
                all(words),
                whole(Measure::Mentions),
                whole(Measure::Passages),
                whole(Measure::Articles),
                part(Measure::Share),
                part(Measure::PerMillion),
            ];
            write_row(out, row.into_iter())?;
        }
    }
    Ok(())
}
