//! What LexisNexis prints above the first label: outlet, day and headline, or (in newer exports) headline, outlet and day.

use super::{Label, is_count, is_rights, labels};
use crate::article::ParagraphKind;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::formats::clipping::Clipping;
use crate::source::print::{byline, date};
use std::ops::Range;

/// What the labels below the top tell about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Labels in capitals: the older layout, with the headline below the day.
    pub loud: bool,
    /// The headline has a label of its own.
    pub has_headline: bool,
}

/// Sets the top of a document.
pub(super) fn set(clipping: &mut Clipping<'_>, lines: Range<usize>, style: Style, galley: &mut Galley, desk: &mut Desk<'_>) {
    let mut rest = clipping.printed(lines);
    rest.retain(|at| !(is_count(clipping.words(*at)) || is_rights(clipping.words(*at))));
    // `Update: Ferry sinks` is a headline.
    rest.retain(|at| match labels::read(clipping.words(*at)).filter(|found| found.label == Label::Show) {
        Some(found) => {
            galley.article.section = galley.article.section.take().or_else(|| Some(found.value.to_string()));
            false
        }
        None => true,
    });
    let Some(day) = rest.iter().position(|at| is_day(clipping.words(*at), desk)) else {
        return set_headline(clipping, &rest, style, galley);
    };
    galley.article.published = desk.date(clipping.words(rest[day]));
    let below = below_day(clipping, &rest[day..]);
    let above = &rest[..day];
    // Beside a headline, what else stands above the day is the outlet; without one, the headline stands there.
    let is_below = !below.is_empty() || style.has_headline || above.len() < 2;
    let outlet = if is_below && (style.loud || above.len() < 2) { above.first() } else { above.last() };
    galley.article.outlet = outlet.map(|at| clipping.words(*at).to_string());
    let others: Vec<usize> = above.iter().copied().filter(|at| Some(at) != outlet && !is_edition(clipping.words(*at))).collect();
    if is_below && style.loud {
        set_headline(clipping, &below, style, galley);
        for at in others {
            let bytes = clipping.bytes(at..at + 1);
            clipping.paragraph(bytes, ParagraphKind::Subhead, galley);
        }
    } else {
        let lines: Vec<usize> = others.into_iter().chain(below).collect();
        set_headline(clipping, &lines, style, galley);
    }
}

/// The lines below the day, which is the first of them, without editions, corrections and times.
fn below_day(clipping: &Clipping<'_>, lines: &[usize]) -> Vec<usize> {
    let mut left = Vec::new();
    let mut above = lines.first().copied().filter(|day| clipping.is_indented(*day));
    let mut goes_on = false;
    for at in lines.iter().skip(1).copied() {
        let words = clipping.words(at);
        // Centred below the day without an empty line, or behind the semicolon of an edition, it is an edition whatever it is called.
        let is_centred = above.is_some_and(|above| at == above + 1) && clipping.is_indented(at);
        let is_one = is_edition(words) || is_centred || goes_on && clipping.words(at - 1).ends_with(';');
        goes_on = is_one;
        above = above.filter(|_| is_one).map(|_| at);
        if !is_one {
            left.push(at);
        }
    }
    left
}

/// Sets the first block as the headline, bylines as such, and the rest below it.
fn set_headline(clipping: &mut Clipping<'_>, lines: &[usize], style: Style, galley: &mut Galley) {
    let length = if style.has_headline { 0 } else { headline_length(clipping, lines) };
    let (headline, rest) = lines.split_at(length);
    let above = headline.first().map_or("", |at| clipping.words(*at));
    let below = headline.last().copied();
    let is_byline = |at: usize| {
        let words = clipping.words(at);
        byline::line(words).is_some() || below == at.checked_sub(1) && is_name_below(above, words)
    };
    let bylines: Vec<bool> = rest.iter().map(|at| is_byline(*at)).collect();
    if let (Some(first), Some(last)) = (headline.first(), headline.last()) {
        let bytes = clipping.bytes(*first..*last + 1);
        clipping.headline(bytes, galley);
    }
    for (at, is_byline) in rest.iter().zip(bylines) {
        let bytes = clipping.bytes(*at..*at + 1);
        match is_byline {
            true => clipping.byline(bytes, galley),
            false => clipping.paragraph(bytes, ParagraphKind::Subhead, galley),
        }
    }
}

/// How many of the lines are the headline: those that stand together, and what goes on after a mark that ends no headline.
fn headline_length(clipping: &Clipping<'_>, lines: &[usize]) -> usize {
    let joined = |pair: &[usize]| {
        let goes_on = clipping.words(pair[0]).ends_with([';', ',', ':', '-', '–']);
        (pair[1] == pair[0] + 1 || goes_on) && byline::line(clipping.words(pair[1])).is_none()
    };
    let length = lines.windows(2).take_while(|pair| joined(pair)).count() + usize::from(!lines.is_empty());
    let is_signed = length > 1 && is_name_below(clipping.words(lines[0]), clipping.words(lines[length - 1]));
    length - usize::from(is_signed)
}

/// A line of nothing but a name below a headline that is set as a sentence is.
fn is_name_below(headline: &str, line: &str) -> bool {
    let is_title =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().skip(1).all(|c| c.is_lowercase() || c == '-');
    let words: Vec<&str> = line.split(' ').collect();
    let has_small = headline.split(' ').filter(|word| word.chars().count() > 3).any(|word| word.starts_with(char::is_lowercase));
    has_small && (2..=3).contains(&words.len()) && words.iter().all(|word| is_title(word))
}

/// `April 3, 2016 Sunday`, `den 3. april 2016`, `Wednesday, March 14, 2001, Late Edition`: a day, and not a headline with one in it.
fn is_day(line: &str, desk: &Desk<'_>) -> bool {
    if line.len() > 80 || !line.contains(|c: char| c.is_ascii_digit()) || date::read(line, desk.date_order()).is_none() {
        return false;
    }
    let year = line
        .match_indices(|c: char| c.is_ascii_digit())
        .map(|(at, _)| at)
        .find(|at| line[*at..].bytes().take_while(u8::is_ascii_digit).count() >= 4)
        .unwrap_or(line.len());
    let before = line[..year].split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 3);
    // The month, and the day of the week in whatever language.
    before.count() <= 2 && !line.ends_with(['.', '?', '!']) || date::is_line(line)
}

/// `National Edition`, `Edition 2;`, `Correction Appended`, `8:00 PM EST`: which printing it was.
fn is_edition(line: &str) -> bool {
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_edition = |word: &str| {
        [
            "edition", "editions", "ausgabe", "édition", "edición", "edicion", "editie", "udgave", "udgaven", "upplaga",
            "upplagan", "utgave", "utgaven",
        ]
        .contains(&word)
            || ["edizione", "edição", "uitgave", "auflage"].contains(&word)
    };
    let short = words.len() <= 6;
    let ends = words.iter().rev().find(|word| word.parse::<u32>().is_err() && !matches!(**word, "final" | "late"));
    short && (ends.is_some_and(|word| is_edition(word)) || words.first().is_some_and(|word| is_edition(word)) && words.len() <= 3)
        || lower.starts_with("correction appended")
        || matches!(lower.trim_end_matches(';'), "final" | "late" | "correction")
        || is_time(&words)
}

/// `10:15 am gmt`.
fn is_time(words: &[&str]) -> bool {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 2;
    let is_unit = |word: &str| {
        matches!(
            word,
            "am" | "pm" | "a" | "p" | "m" | "gmt" | "est" | "edt" | "et" | "cet" | "uhr" | "h" | "utc" | "bst" | "pst" | "pt"
        )
    };
    words.iter().filter(|word| is_number(word)).count() >= 2 && words.iter().all(|word| is_number(word) || is_unit(word))
}

/// The line where the first document begins below the cover of an export, which lists who asked for what; the first line without one.
pub(super) fn after_cover(clipping: &Clipping<'_>, lines: Range<usize>) -> usize {
    const MARKS: &[&str] = &["Job Number:", "User Name:", "Date and Time:", "Client/Matter:", "Search Terms:", "Print Request:"];
    let printed = clipping.printed(lines.clone());
    let is_mark = |at: &&usize| MARKS.iter().any(|mark| clipping.words(**at).starts_with(mark));
    if !printed.iter().take(20).any(|at| is_mark(&at)) {
        return lines.start;
    }
    let is_label =
        |at: &usize| labels::read(clipping.words(*at)).is_some_and(|found| matches!(found.label, Label::Length | Label::Section));
    let label = printed.iter().position(is_label).unwrap_or(printed.len());
    let Some(last_mark) = printed[..label].iter().rposition(|at| is_mark(&at)) else { return lines.start };
    let order = date::DateOrder::MonthFirst;
    let is_day = |at: &usize| clipping.words(*at).len() < 80 && date::read(clipping.words(*at), order).is_some();
    let day = printed[last_mark + 1..label].iter().rposition(is_day).map(|at| last_mark + 1 + at);
    let Some(day) = day else { return printed.get(last_mark + 1).copied().unwrap_or(lines.end) };
    // Headline and outlet stand above the day; in the older layout a line that counts the documents, and the outlet.
    printed[day.saturating_sub(2).max(last_mark + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_are_told_from_headlines() {
        for yes in [
            "National Edition",
            "Edition 2;",
            "3 Star Edition",
            "FIRST EDITION",
            "Late Edition - Final",
            "Correction Appended",
            "10:15 AM GMT",
        ] {
            assert!(is_edition(yes), "{yes}");
        }
        for no in ["Limited edition coin sold", "Ferries stop at 10", "Correction of the course", "Boats in two parts"] {
            assert!(!is_edition(no), "{no}");
        }
    }
}
