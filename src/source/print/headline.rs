//! Cuts from a headline what is no part of it: the outlet behind a dash.

/// What papers put between a headline and their name.
const MARKS: &[&str] = &[" - ", " – ", " — ", " | "];

/// A headline without the outlet behind it: `Ferries stop – The Harbour Post`.
pub(crate) fn without_outlet<'a>(headline: &'a str, outlet: Option<&str>) -> &'a str {
    let outlet = outlet.map(str::trim).filter(|outlet| !outlet.is_empty());
    let before = outlet.and_then(|outlet| {
        let before = headline.trim_end().strip_suffix(outlet)?;
        MARKS.iter().find_map(|mark| before.strip_suffix(mark))
    });
    before.filter(|before| !before.trim().is_empty()).unwrap_or(headline)
}
