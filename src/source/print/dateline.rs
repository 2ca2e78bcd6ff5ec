//! Reads the dateline at the head of a story: place, agency and day.
//!
//! Takes the text of a first paragraph, of a line, or of a `DATELINE` field and gives what is printed there, or nothing:
//! labels such as `NOTE:` or `WHEAT -` look like datelines and are none. Which line to look at is left to the readers.

mod agency;
mod asian;
mod scan;

use super::date;
use super::places;
use crate::article::{Dateline, Span};
pub(crate) use asian::signed;
use scan::Scan;

/// A dateline as printed, at byte offsets of the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    start: usize,
    end: usize,
    place: String,
    region: Option<String>,
    agency: Option<String>,
    day: Option<date::MonthDay>,
}

impl Printed {
    /// A day, an agency or a region is printed, or the place is a known one.
    pub fn is_sure(&self) -> bool {
        self.day.is_some() || self.agency.is_some() || self.region.is_some() || places::is_known(&self.place)
    }

    /// An agency is named.
    pub fn has_agency(&self) -> bool {
        self.agency.as_deref().is_some_and(|agency| !agency.is_empty())
    }

    /// The byte of the scanned text after it.
    pub fn end(&self) -> usize {
        self.end
    }

    /// The dateline in an article whose text holds the scanned text at byte `offset`.
    pub fn at(self, offset: usize) -> Dateline {
        Dateline {
            span: Span::new(offset + self.start, offset + self.end),
            place: self.place,
            region: self.region,
            agency: self.agency,
            month_day: self.day.as_ref().map(|day| (day.month, day.day)),
            day: self.day.map(|day| day.printed),
        }
    }
}

/// Longest stretch looked at, in bytes: the longest real ones (two places, a region each, agency, day) have under 90.
const WINDOW: usize = 120;

/// Reads the dateline that opens `paragraph`, closed by a dash or colon and followed by the story.
pub(crate) fn leading(paragraph: &str) -> Option<Printed> {
    if let Some(printed) = asian::leading(paragraph) {
        return Some(printed);
    }
    let first = paragraph.chars().next()?;
    // Nearly every paragraph is ruled out here.
    let uncased = first.is_alphabetic() && !first.is_lowercase() && !first.is_uppercase();
    if !(first.is_uppercase() || uncased || matches!(first, '(' | '*' | ' ')) {
        return None;
    }
    let mut scan = Scan::new(paragraph);
    let mut parts = scan.parts()?;
    scan.place_after_agency(&mut parts);
    let mut end = scan.at;
    let close = scan.separator().or_else(|| scan.stop(&parts))?;
    if parts.agency.is_none() && parts.day.is_some() {
        end = scan.signature(&mut parts).unwrap_or(end);
    }
    let story = paragraph[scan.at..].trim_start();
    // Where no letter is a capital, only a known agency tells a place from other words.
    let known = || parts.agency.as_deref().is_some_and(agency::is_known);
    if story.is_empty() || !parts.convince(close) || (uncased && !known()) {
        return None;
    }
    Some(parts.printed(end))
}

/// Reads a line that holds nothing but a dateline (`MOSCOW`, `LAGOS, June 5`).
pub(crate) fn alone(line: &str) -> Option<Printed> {
    if line.len() > WINDOW || !line.chars().next()?.is_uppercase() {
        return None;
    }
    let mut scan = Scan::new(line);
    let parts = scan.parts()?;
    let end = scan.at;
    if scan.separator().is_none() || scan.rest().is_empty() {
        let bare = parts.agency.is_none() && parts.day.is_none();
        let short = parts.place.split(' ').count() <= 3;
        let convincing = if bare { parts.caps && short && parts.plausible() } else { parts.plausible() };
        return (scan.rest().trim().is_empty() && convincing).then(|| parts.printed(end));
    }
    None
}

/// Reads a field known to hold a dateline, where nearly anything with a place in it counts.
pub(crate) fn tagged(field: &str) -> Option<Printed> {
    let mut scan = Scan::new(field);
    scan.forgive();
    let parts = scan.parts()?;
    let end = scan.at;
    let bare = parts.agency.is_none() && parts.day.is_none();
    scan.separator();
    let known = places::is_known(&parts.place);
    // `NEW YORK, March 119 -`: a place that speaks for itself may have a misprint after it.
    let misprint = scan.rest().starts_with(',');
    // A place alone, in capitals and without the dash that closes a label (`WHEAT -`).
    let alone = bare && parts.caps && scan.rest().is_empty() && parts.plausible() && !field.trim_end().ends_with('-');
    let fits = if alone {
        true
    } else if bare {
        (known || parts.region.is_some()) && (scan.rest().is_empty() || misprint)
    } else {
        parts.plausible()
    };
    (fits && !parts.place.is_empty()).then(|| parts.printed(end))
}

/// What closes a dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    Dash,
    Colon,
    /// A full stop, or nothing, where day and agency leave no doubt.
    Stop,
}

#[derive(Debug)]
struct Parts {
    start: usize,
    place: String,
    /// The place is printed in capitals.
    caps: bool,
    region: Option<String>,
    agency: Option<String>,
    day: Option<date::MonthDay>,
}

impl Parts {
    fn printed(self, end: usize) -> Printed {
        Printed {
            start: self.start,
            end,
            place: self.place,
            region: self.region,
            agency: self.agency.filter(|agency| !agency.is_empty()),
            day: self.day,
        }
    }

    fn plausible(&self) -> bool {
        // A day after it makes nearly anything a place (`DES MOINES`, `WEST POINT`), but no day of the week.
        if self.day.is_some() { !date::is_day_name(&self.place) } else { !places::is_label(&self.place) }
    }

    /// Is it a dateline, when the story goes on after `close`?
    fn convince(&self, close: Close) -> bool {
        if self.agency.is_some() {
            return self.place.is_empty() || self.plausible();
        }
        if !self.plausible() || self.place.is_empty() {
            return false;
        }
        if self.day.is_some() {
            return true;
        }
        let words = self.place.split([' ', '/']).count();
        let known = places::is_known(&self.place);
        match close {
            Close::Dash => self.caps && (known || (self.region.is_some() && words <= 3) || (words == 1 && self.place.len() >= 4)),
            // A colon follows many labels: an unknown place must be one long word.
            Close::Colon => self.caps && (known || (words == 1 && self.place.len() >= 5)),
            Close::Stop => false,
        }
    }
}

#[cfg(test)]
mod tests;
