//! Reads the dateline at the head of a story: place, agency and day.
//!
//! Takes the text of a first paragraph, of a line, or of a `DATELINE` field and gives what is printed there, or nothing:
//! labels such as `NOTE:` or `WHEAT -` look like datelines and are none. Which line to look at is left to the readers.

mod agency;

use super::date;
use super::places;
use crate::article::{Dateline, Span};
use agency::{bracketed, chinese, is_agency};

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
    if let Some(printed) = chinese(paragraph) {
        return Some(printed);
    }
    let first = paragraph.chars().next()?;
    // Nearly every paragraph is ruled out here.
    if !(first.is_uppercase() || matches!(first, '(' | '*' | ' ')) {
        return None;
    }
    let mut scan = Scan::new(paragraph);
    let parts = scan.parts()?;
    let end = scan.at;
    let close = scan.separator()?;
    let story = paragraph[scan.at..].trim_start();
    if story.is_empty() || !parts.convince(close) {
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
        }
    }
}

struct Scan<'a> {
    text: &'a str,
    /// Where the scan stands, in bytes.
    at: usize,
    /// In a field known to be a dateline, small letters are no objection.
    forgiving: bool,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Scan<'a> {
        let mut end = text.len().min(WINDOW);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Scan { text: &text[..end], at: 0, forgiving: false }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Forgives what stands before the place in old wire copy (`****`, `0 `, `c `).
    fn forgive(&mut self) {
        self.forgiving = true;
        let rest = self.rest();
        let junk = rest.len() - rest.trim_start_matches(['*', ' ', '0', 'c']).len();
        if rest[..junk].ends_with(['*', ' ']) {
            self.at += junk;
        }
    }

    fn spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\n']).len();
    }

    fn parts(&mut self) -> Option<Parts> {
        self.at += self.rest().len() - self.rest().trim_start_matches(['*', ' ']).len();
        let start = self.at;
        let mut parts = Parts { start, place: String::new(), caps: false, region: None, agency: None, day: None };
        if !self.rest().starts_with('(') {
            self.place(&mut parts)?;
        }
        self.day_and_agency(&mut parts);
        if parts.place.is_empty() && parts.agency.as_deref().is_none_or(|agency| !is_agency(agency)) {
            return None;
        }
        Some(parts)
    }

    /// `WEST PALM BEACH, Fla./WASHINGTON`: places with their regions.
    fn place(&mut self, parts: &mut Parts) -> Option<()> {
        let start = self.at;
        let mut end = self.words()?;
        parts.caps = is_caps(&self.text[start..end]);
        let mut region = None;
        for _ in 0..3 {
            let before = self.at;
            if self.rest().starts_with(" ,") {
                self.at += 1;
            }
            let comma = self.rest().starts_with(',');
            self.at += usize::from(comma);
            self.spaces();
            if self.day_here().is_some() || !(comma || self.region_without_comma()) {
                self.at = if comma { before } else { end };
                break;
            }
            let region_start = self.at;
            match self.words() {
                Some(region_end)
                    if self.fits_region(region_start, region_end) && !date::is_day_name(&self.text[region_start..region_end]) =>
                {
                    region = Some((region_start, region_end));
                    end = region_end;
                }
                _ => {
                    self.at = before;
                    break;
                }
            }
        }
        match region {
            Some((from, to)) if !self.text[from..to].contains('/') => {
                let comma = self.text[start..from].trim_end().trim_end_matches(',');
                parts.place = comma.trim_end().to_string();
                parts.region = Some(self.text[from..to].to_string());
            }
            _ => parts.place = self.text[start..end].to_string(),
        }
        if parts.region.is_some() && parts.place.contains(',') {
            // `GEORGETOWN, Grand Cayman, British West Indies`: the place is what stands before the first comma.
            let (place, between) = parts.place.split_once(',').unwrap_or((&parts.place, ""));
            let whole = format!("{}, {}", between.trim(), parts.region.as_deref().unwrap_or_default());
            (parts.place, parts.region) = (place.to_string(), Some(whole));
        }
        let mixed_is_fine = self.forgiving || !parts.place.chars().next()?.is_lowercase();
        mixed_is_fine.then_some(())
    }

    /// `RICHMOND, Va. Feb 26`, `FARMINGTON Conn., March 9`: a mixed-case word after a place in capitals.
    fn region_without_comma(&self) -> bool {
        let word = self.rest().split([' ', ',', '.']).next().unwrap_or_default();
        self.text[..self.at].trim_end().ends_with(|c: char| c.is_uppercase())
            && word.len() > 1
            && word.starts_with(|c: char| c.is_uppercase())
            && word.contains(|c: char| c.is_lowercase())
    }

    fn fits_region(&self, start: usize, end: usize) -> bool {
        let region = &self.text[start..end];
        region.split(' ').count() <= 3 && region.starts_with(char::is_uppercase)
    }

    /// Passes over words that may name a place; gives where the last one ends.
    fn words(&mut self) -> Option<usize> {
        let mut end = None;
        let first_is_caps = is_caps(self.rest().split([' ', ',']).next()?);
        for number in 0..5 {
            let here = self.at;
            let rest = self.rest();
            let length = rest.find(|c: char| !is_of_place(c)).unwrap_or(rest.len());
            let word = rest[..length].trim_end_matches('-');
            let opens = word.chars().next().is_some_and(|c| c.is_alphabetic());
            let caps_go_on =
                number == 0 || !first_is_caps || is_caps(word) || (self.forgiving && !word.ends_with('.')) || is_particle(word);
            let small = word.starts_with(char::is_lowercase) && !is_particle(word) && !self.forgiving;
            if !opens || !caps_go_on || small || self.day_here().is_some() {
                self.at = here;
                break;
            }
            self.at += word.len();
            end = Some(self.at);
            if !self.rest().starts_with([' ', '\u{a0}']) {
                break;
            }
            self.spaces();
        }
        self.at = end?;
        Some(self.at)
    }

    fn day_here(&self) -> Option<(date::MonthDay, usize)> {
        date::month_day(self.rest())
    }

    /// `, March 3 (AP)`, `(Reuters)`, `, March 11, Reuter`.
    fn day_and_agency(&mut self, parts: &mut Parts) {
        for _ in 0..4 {
            let before = self.at;
            if self.rest().starts_with(" ,") {
                self.at += 1;
            }
            let comma = self.rest().starts_with([',', '.']);
            self.at += usize::from(comma);
            self.spaces();
            let dash = self.rest().starts_with("- ") && parts.day.is_none();
            if dash {
                self.at += 2;
            }
            if parts.day.is_none()
                && let Some((day, length)) = self.day_here()
            {
                parts.day = Some(day);
                self.at += length;
                continue;
            }
            if dash {
                self.at = before;
                return;
            }
            if parts.agency.is_none()
                && let Some(length) = bracketed(self.rest())
            {
                parts.agency = Some(self.rest()[1..length - 1].trim().to_string());
                self.at += length;
                continue;
            }
            if comma
                && parts.agency.is_none()
                && let Some(agency) = ["Reuters", "Reuter", "AP", "AFP", "UPI"].iter().find(|a| self.rest().starts_with(**a))
            {
                parts.agency = Some((*agency).to_string());
                self.at += agency.len();
                continue;
            }
            if let Some(length) = year_here(self.rest()).filter(|_| parts.day.is_some() && comma) {
                self.at += length;
                continue;
            }
            self.at = before;
            return;
        }
    }

    fn separator(&mut self) -> Option<Close> {
        let rest = self.rest().trim_start_matches([',', '.']);
        let spaced = rest.trim_start_matches([' ', '\u{a0}', '\n']);
        let dashes = spaced.len() - spaced.trim_start_matches(['-', '_', '\u{2013}', '\u{2014}', '\u{2015}']).len();
        let had_space = spaced.len() < rest.len() || self.text[..self.at].ends_with(|c: char| c.is_numeric() || c == ')');
        let then = &spaced[dashes..];
        let goes_on = then.is_empty() || then.starts_with([' ', '\u{a0}', '\n']) || dashes > 1;
        if dashes > 0 && (goes_on || spaced.starts_with(['\u{2014}', '\u{2013}'])) && (had_space || dashes > 1) {
            self.at = self.text.len() - then.len();
            return Some(Close::Dash);
        }
        let then = rest.strip_prefix(':')?;
        (then.is_empty() || then.starts_with([' ', '\u{a0}'])).then(|| {
            self.at = self.text.len() - then.len();
            Close::Colon
        })
    }
}

fn is_of_place(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '.' | '\'' | '\u{2019}' | '-' | '/' | '&' | '}')
}

fn is_particle(word: &str) -> bool {
    matches!(word, "de" | "del" | "la" | "of" | "and" | "di" | "do" | "da" | "el" | "al" | "am" | "an" | "der" | "sur" | "upon")
}

/// Capitals throughout, but for `Mc` and particles.
fn is_caps(words: &str) -> bool {
    let mut letters = 0;
    for word in words.split([' ', '/']) {
        let word = word.strip_prefix("Mc").unwrap_or(word);
        if word.chars().any(char::is_lowercase) && !is_particle(word) {
            return false;
        }
        letters += word.chars().filter(|c| c.is_uppercase()).count();
    }
    letters >= 2
}

fn year_here(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 4 && (text.starts_with("19") || text.starts_with("20"))).then_some(4)
}

#[cfg(test)]
mod tests;
