//! Quotations and speakers as CSV, one row each.

use super::write_row;
use crate::render::json::kind_name;
use crate::results::{QuotedSpeaker, RankedQuotation};
use std::io::{self, Write};

/// The columns of [`quotation`], as a row of their own. `doubtful` is `yes` where the name may be wrong.
pub const QUOTATIONS: &[&str] = &[
    "rank",
    "id",
    "speaker",
    "known_as",
    "role",
    "doubtful",
    "confidence",
    "kind",
    "words",
    "context",
    "published",
    "outlet",
    "dateline",
    "headline",
    "path",
    "line",
    "url",
];

/// The columns of [`speaker`], as a row of their own.
pub const SPEAKERS: &[&str] = &[
    "rank",
    "name",
    "role",
    "quotations",
    "direct",
    "partial",
    "indirect",
    "articles",
    "first",
    "last",
    "may_be",
    "names",
    "terms",
];

/// Writes the names of the columns.
///
/// # Errors
/// When `out` cannot be written to.
pub fn names(columns: &[&str], out: &mut impl Write) -> io::Result<()> {
    write_row(out, columns.iter().map(|name| (*name).to_owned()))
}

/// Writes one quotation. `root` is put before the path.
///
/// # Errors
/// When `out` cannot be written to.
pub fn quotation(found: &RankedQuotation, root: &str, out: &mut impl Write) -> io::Result<()> {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let row = [
        found.rank.to_string(),
        found.id.clone(),
        or_empty(&found.speaker),
        or_empty(&found.known_as),
        or_empty(&found.role),
        if found.is_doubtful() { "yes" } else { "" }.into(),
        format!("{:.2}", found.confidence),
        kind_name(found.kind).into(),
        found.text.clone(),
        found.context.clone(),
        or_empty(&found.facts.published),
        or_empty(&found.facts.outlet),
        or_empty(&found.facts.dateline),
        or_empty(&found.facts.headline),
        format!("{root}{}", found.location.path),
        found.location.line.map(|line| line.to_string()).unwrap_or_default(),
        or_empty(&found.facts.url),
    ];
    write_row(out, row.into_iter())
}

/// Writes one speaker; several names or words in one cell stand behind semicolons.
///
/// # Errors
/// When `out` cannot be written to.
pub fn speaker(found: &QuotedSpeaker, out: &mut impl Write) -> io::Result<()> {
    let terms: Vec<&str> = found.terms.iter().map(|term| term.word.as_str()).collect();
    let row = [
        found.rank.to_string(),
        found.name.clone(),
        found.role.clone().unwrap_or_default(),
        found.quotations.to_string(),
        found.direct.to_string(),
        found.partial.to_string(),
        found.indirect.to_string(),
        found.articles.to_string(),
        found.first.clone().unwrap_or_default(),
        found.last.clone().unwrap_or_default(),
        found.may_be.join("; "),
        found.names.join("; "),
        terms.join("; "),
    ];
    write_row(out, row.into_iter())
}
