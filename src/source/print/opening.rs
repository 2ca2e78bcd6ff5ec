//! What stands before the story in its first lines: notes of the desk, a byline, the dateline after them; and the credit that
//! closes a story in its last line.
//!
//! Takes a paragraph and gives what is printed there, at byte offsets of the paragraph. How a dateline and names are read is in
//! [`super::dateline`] and [`super::byline`].

use super::dateline::{self, Printed};
use super::{byline, date};
use std::ops::Range;

/// The head of a paragraph.
#[derive(Debug, Default)]
pub(crate) struct Opening {
    /// Names of a byline, and where it stands.
    pub byline: Option<(Vec<String>, Range<usize>)>,
    /// The dateline, and the byte it was read from.
    pub dateline: Option<(Printed, usize)>,
    /// There is nothing else in the paragraph: the story begins in the next.
    pub story_follows: bool,
}

/// Longest note of a desk seen in brackets, in bytes, with as much again for safety.
const NOTE: usize = 600;

/// Reads the head of `paragraph`.
pub(crate) fn read(paragraph: &str) -> Opening {
    let credited = paragraph.starts_with("By ") || paragraph.starts_with("BY ");
    if let Some(printed) = dateline::leading(paragraph).filter(|_| !credited) {
        let end = printed.end();
        let signed = dateline::signed(&paragraph[end..]);
        let byline = signed.map(|(names, length)| (names, end..end + length));
        return Opening { byline, dateline: Some((printed, 0)), ..Opening::default() };
    }
    let mut opening = Opening::default();
    let mut at = note(paragraph).unwrap_or(0);
    let rest = &paragraph[at..];
    if rest.is_empty() {
        opening.story_follows = true;
        return opening;
    }
    if let Some(names) = byline::line(rest) {
        opening.byline = Some((names, at..paragraph.len()));
        opening.story_follows = true;
        return opening;
    }
    opening.story_follows = is_title(rest);
    let line = glued_byline(rest);
    let after = at + line.as_ref().map_or(0, Range::len);
    if after == 0 {
        return opening;
    }
    let found = dateline::leading(&paragraph[after..]);
    // Only an agency tells a name in capitals from a place here.
    let Some(printed) = found.filter(Printed::has_agency) else { return opening };
    if let Some(line) = line {
        opening.byline = Some((byline::names(rest[line.clone()].trim()), at..at + rest[line].trim_end().len()));
    }
    at = after;
    opening.dateline = Some((printed, at));
    opening
}

/// What whoever wrote it is, on a line below the name: `Meridian Staff Writer`, `Special to the Ledger`.
fn is_title(line: &str) -> bool {
    const TITLES: [&str; 6] =
        ["staff writer", "staff writers", "staff reporter", "staff reporters", "correspondent", "contributor"];
    let line = line.trim().to_lowercase();
    let few = (2..=6).contains(&line.split(' ').count()) && !line.ends_with('.');
    few && (line.starts_with("special to ") || TITLES.iter().any(|title| line.ends_with(title)))
}

/// How long the note in brackets at the head is, with the space after it: `(Corrects spelling in paragraph 3) `, `((...)) `.
fn note(paragraph: &str) -> Option<usize> {
    if !paragraph.starts_with('(') {
        return None;
    }
    let mut depth = 0;
    for (at, c) in paragraph.char_indices().take_while(|(at, _)| *at < NOTE) {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 {
            let inside = paragraph[..at].trim_start_matches('(');
            let rest = &paragraph[at + 1..];
            // `(Reuters) - ` is no note: a note is a sentence, and no dash follows it.
            let is_note = inside.split(' ').count() >= 3 && !rest.trim_start().starts_with(['-', '–', '—']);
            return is_note.then(|| paragraph.len() - rest.trim_start().len());
        }
    }
    None
}

/// `By Ada Quill and Tom Brass ` before `NOVAPOL (VPA) - `: how far the names go.
fn glued_byline(text: &str) -> Option<Range<usize>> {
    let names = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY "))?;
    let mut at = text.len() - names.len();
    for (words, word) in names.split_inclusive(' ').enumerate() {
        let bare = word.trim_end_matches([' ', ',']);
        let is_place = bare.len() > 2 && !bare.contains(char::is_lowercase) && bare.starts_with(char::is_uppercase);
        if bare.starts_with('(') || (is_place && !bare.ends_with('.')) {
            return (words >= 2).then_some(0..at);
        }
        if !(bare == "and" || bare.starts_with(char::is_uppercase)) || words > 12 {
            return None;
        }
        at += word.len();
    }
    None
}

/// The credit in brackets that closes `paragraph`, as newspapers in German print it: `(Ada Quill aus Novapol, 3.5.2024)`. Gives the
/// names and the date as printed.
pub(crate) fn closing(paragraph: &str) -> Option<(Vec<String>, &str)> {
    let inside = paragraph.trim_end().strip_suffix(')')?;
    let inside = &inside[inside.rfind('(')? + 1..];
    let (names, day) = inside.rsplit_once(", ")?;
    if inside.len() > 160 || !date::is_line(day) || !day.contains('.') {
        return None;
    }
    let people = names.split(", ").map(|name| name.split(" aus ").next().unwrap_or(name));
    let people: Vec<&str> = people.filter(|name| (2..=4).contains(&name.split(' ').count())).collect();
    let named = people.iter().all(|name| name.split(' ').all(|word| word.starts_with(char::is_uppercase)));
    let names = byline::names(&people.join("; "));
    (named && !names.is_empty()).then_some((names, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraph: &str, names: &[&str], place: Option<&str>) {
        let opening = read(paragraph);
        let found = opening.byline.map(|(names, _)| names).unwrap_or_default();
        assert_eq!(found, names, "{paragraph}");
        let dateline = opening.dateline.map(|(printed, at)| printed.at(at));
        assert_eq!(dateline.as_ref().map(|dateline| dateline.place.as_str()), place, "{paragraph}");
        if let Some(dateline) = dateline {
            assert!(dateline.span.of(paragraph).starts_with(place.unwrap_or_default()), "{paragraph}");
        }
    }

    #[test]
    fn a_title_stands_between_byline_and_story() {
        assert!(read("Meridian Staff Writer").story_follows && read("Special to the Ledger").story_follows);
        assert!(!read("The ledger hired a correspondent who knew a staff writer").story_follows);
        assert!(!read("He was a staff writer.").story_follows);
    }

    #[test]
    fn notes_and_bylines_before_the_dateline() {
        check("(Corrects spelling of Orlec in paragraph 3) NOVAPOL (VPA) - Envoys met.", &[], Some("NOVAPOL"));
        check(
            "((This May 9 story has been corrected to say two)) By Ada Quill TARSK (VPA) - It rained.",
            &["Ada Quill"],
            Some("TARSK"),
        );
        check(
            "(Refiles to cut a word) By Ada Quill and Tom Brass NEW ORLEC (VPA) - It rained.",
            &["Ada Quill", "Tom Brass"],
            Some("NEW ORLEC"),
        );
        check("By Ada Quill HALLMERE, May 9 (VPA) - It rained.", &["Ada Quill"], Some("HALLMERE"));
        check("(Adds quotes from the mayor) By Ada Quill (VPA) - It rained.", &["Ada Quill"], Some(""));
        check("(VPA) - It rained.", &[], Some(""));
        check("By Ada Quill", &["Ada Quill"], None);
    }

    #[test]
    fn a_story_is_no_note_and_no_byline() {
        check("(It was a small town then.) NATO troops - all of them - left.", &[], None);
        check("By Friday NATO (which had said nothing) was gone.", &[], None);
        check("(And so, he said, it rained.) By and by it stopped.", &[], None);
        assert!(read("(Adds details, quotes)").story_follows);
        assert!(!read("(Adds details, quotes) It rained.").story_follows);
    }

    #[test]
    fn the_credit_in_the_last_line() {
        let names = |text: &str| closing(text).map(|(names, day)| (names.join("; "), day.to_string()));
        let expected = Some(("Ada Quill; Tom Brass".to_string(), "3.5.2024".to_string()));
        assert_eq!(names("Es regnete. (Ada Quill aus Novapol, Tom Brass, 3.5.2024)"), expected);
        assert_eq!(names("Es regnete (in Novapol, 3.5.2024)"), None);
        assert_eq!(names("It rained (Ada Quill, 2024)"), None);
    }
}
