//! `newshound help query`: how to ask, from docs/query.md.

use super::Outcome;
use super::output::{Output, Sink};
use std::io::Write;

const QUERY: &str = include_str!("../../docs/query.md");

pub(super) fn query() -> anyhow::Result<Outcome> {
    let mut out: Sink = Output::default().open(true);
    out.write_all(plain(QUERY).as_bytes())?;
    out.finish()?;
    Ok(Outcome::Found)
}

/// Markdown as it is read on a terminal: examples are indented, not fenced.
fn plain(markdown: &str) -> String {
    let mut fenced = false;
    let mut plain = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let indent = if fenced && !line.is_empty() { "    " } else { "" };
        plain.extend([indent, line, "\n"]);
    }
    plain
}
