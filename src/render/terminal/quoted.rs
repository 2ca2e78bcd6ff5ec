//! Quotations and speakers for people.

use super::{Root, Style, marked, paint, place, wrap};
use crate::quotation::Kind;
use crate::render::clean;
use crate::results::{QuotedSpeaker, RankedQuotation};
use std::fmt::Write;

/// One quotation, ending with an empty line. `root` is put before the path.
pub fn quotation(found: &RankedQuotation, root: &Root, style: Style) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{:>3}  {}", found.rank, paint(&clean(&who(found)), "1", style));
    let day = found.facts.published.as_ref().map(|date| date.split('T').next().unwrap_or(date).to_owned());
    let about: Vec<String> = [found.facts.headline.clone(), found.facts.dateline.clone(), day, found.facts.outlet.clone()]
        .into_iter()
        .flatten()
        .collect();
    if !about.is_empty() {
        let _ = writeln!(out, "     {}", paint(&clean(&about.join(" · ")), "2", style));
    }
    for line in wrap(&words(found, style), style.width.saturating_sub(5)) {
        let _ = writeln!(out, "     {line}");
    }
    let _ = writeln!(out, "     {}", place(&found.location, root, style));
    out.push('\n');
    out
}

/// `Ilse Brandauer, chancellor (indirect)`.
fn who(found: &RankedQuotation) -> String {
    let mut out = match (&found.known_as, &found.speaker) {
        (Some(name), _) | (None, Some(name)) => name.clone(),
        (None, None) => found.mention.as_ref().map_or("(unknown)".into(), |mention| format!("(unknown: {mention})")),
    };
    if let Some(role) = &found.role {
        let _ = write!(out, ", {role}");
    }
    if found.is_doubtful() {
        out.push_str(" (?)");
    }
    match found.kind {
        Kind::Indirect => out.push_str(" (indirect)"),
        Kind::NotSpeech => out.push_str(" (no speech)"),
        Kind::Direct | Kind::Partial => {}
    }
    out
}

/// A clause stands by itself; a few words need the sentence around them.
fn words(found: &RankedQuotation, style: Style) -> String {
    let beside = found.matches.is_empty() && !found.context_matches.is_empty();
    if found.kind == Kind::Direct && !beside {
        format!("\u{201c}{}\u{201d}", marked(&found.text, &found.matches, style))
    } else if found.kind == Kind::Indirect && !beside {
        marked(&found.text, &found.matches, style)
    } else {
        marked(&found.context, &found.context_matches, style)
    }
}

/// Most people named whom a last name may mean.
const MOST_NAMED: usize = 6;

/// One speaker, ending with an empty line.
pub fn speaker(found: &QuotedSpeaker, style: Style) -> String {
    let mut out = String::new();
    let role = found.role.as_ref().map_or(String::new(), |role| format!(", {role}"));
    let _ = writeln!(out, "{:>3}  {}{}", found.rank, paint(&clean(&found.name), "1", style), clean(&role));
    let mut lines = vec![figures(found)];
    if !found.may_be.is_empty() {
        let more = found.may_be.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" or {more} more") } else { String::new() };
        let named: Vec<&str> = found.may_be.iter().take(MOST_NAMED).map(String::as_str).collect();
        lines.push(format!("not certain who; may be {}{more}", named.join(", ")));
    }
    if !found.names.is_empty() {
        let names: Vec<&str> = found.names.iter().take(MOST_NAMED).map(String::as_str).collect();
        lines.push(format!("also {}", names.join(", ")));
    }
    if !found.terms.is_empty() {
        let terms: Vec<&str> = found.terms.iter().map(|term| term.word.as_str()).collect();
        lines.push(format!("speaks of {}", terms.join(", ")));
    }
    for line in lines.iter().flat_map(|line| wrap(&clean(line), style.width.saturating_sub(5))) {
        let _ = writeln!(out, "     {line}");
    }
    out.push('\n');
    out
}

/// `12 quotations (9 direct, 2 partial, 1 indirect) in 5 articles · 2025-03-14 to 2025-05-06`.
pub(super) fn figures(found: &QuotedSpeaker) -> String {
    let of = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let kinds = [(found.direct, "direct"), (found.partial, "partial"), (found.indirect, "indirect")];
    let kinds: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let days = match (&found.first, &found.last) {
        (Some(first), Some(last)) if first != last => format!(" · {first} to {last}"),
        (Some(day), _) | (None, Some(day)) => format!(" · {day}"),
        (None, None) => String::new(),
    };
    format!("{} ({}) in {}{days}", of(found.quotations, "quotation"), kinds.join(", "), of(found.articles, "article"))
}
