//! Goes over the head of a paragraph: the words of a place, a region, the day, the agency, and what closes them.

use super::agency::{self, bracketed, is_agency, is_service};
use super::{Close, Parts, WINDOW, date};

pub(super) struct Scan<'a> {
    text: &'a str,
    /// Where the scan stands, in bytes.
    pub at: usize,
    /// In a field known to be a dateline, small letters are no objection.
    forgiving: bool,
}

impl<'a> Scan<'a> {
    pub fn new(text: &'a str) -> Scan<'a> {
        let mut end = text.len().min(WINDOW);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Scan { text: &text[..end], at: 0, forgiving: false }
    }

    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Forgives what stands before the place in old wire copy (`****`, `0 `, `c `).
    pub fn forgive(&mut self) {
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

    pub fn parts(&mut self) -> Option<Parts> {
        self.at += self.rest().len() - self.rest().trim_start_matches(['*', ' ']).len();
        let start = self.at;
        let mut parts = Parts { start, place: String::new(), caps: false, region: None, agency: None, day: None };
        // `May 3 (Reuters) - ` names no place.
        if !self.rest().starts_with('(') && (self.forgiving || self.day_here().is_none()) {
            self.place(&mut parts)?;
        }
        self.day_and_agency(&mut parts);
        let signs = |agency: &str| is_agency(agency) || (parts.day.is_some() && is_service(agency));
        if parts.place.is_empty() && !parts.agency.as_deref().is_some_and(signs) {
            return None;
        }
        Some(parts)
    }

    /// `(ANSA) - ROMA, 03 MAG -`: the agency stands first. Without a day there, the story has begun.
    pub fn place_after_agency(&mut self, parts: &mut Parts) {
        if !parts.place.is_empty() || parts.day.is_some() {
            return;
        }
        let before = self.at;
        let mut second = Parts { start: parts.start, place: String::new(), caps: false, region: None, agency: None, day: None };
        let dash = self.separator() == Some(Close::Dash);
        self.spaces();
        if dash && self.place(&mut second).is_some() {
            self.day_and_agency(&mut second);
            let end = self.at;
            let closed = self.separator().is_some();
            self.at = end;
            if closed && second.day.is_some() && second.plausible() {
                *parts = Parts { agency: parts.agency.take(), ..second };
                return;
            }
        }
        self.at = before;
    }

    /// A dateline that no dash closes: `Hallmere, May 3 (PTI) The`, `HALLMERE, MAY 3. The`, `Hallmere/Tarsk (dpa/lno). Die`.
    pub fn stop(&mut self, parts: &Parts) -> Option<Close> {
        let rest = self.rest();
        let (dotted, story) = rest.strip_prefix('.').map_or((false, rest), |story| (true, story));
        let goes_on = story
            .strip_prefix([' ', '\u{a0}'])?
            .starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase() || "\"“«„".contains(c));
        let agency = parts.agency.as_deref().unwrap_or_default();
        let signed = self.text[..self.at].ends_with([')', '/']);
        let capitals = parts.place.split([' ', '/']).all(|word| word.starts_with(char::is_uppercase));
        let told = match (parts.day.as_ref().is_some_and(|day| day.day.is_some()), signed) {
            (true, true) => is_agency(agency) || is_service(agency),
            (true, false) => dotted && parts.caps && parts.agency.is_none(),
            // `Robert Alden (Reuters).` took the picture.
            (false, true) => {
                dotted
                    && capitals
                    && agency::closes_sentence(agency)
                    && (!parts.place.contains(' ') || super::places::is_known(&parts.place))
            }
            (false, false) => false,
        };
        (told && goes_on && !parts.place.is_empty()).then(|| {
            self.at += usize::from(dotted);
            Close::Stop
        })
    }

    /// `— РИА Новости.`: the agency behind the dash. Gives where its name ends.
    pub fn signature(&mut self, parts: &mut Parts) -> Option<usize> {
        let begin = self.text.len() - self.rest().trim_start().len();
        let end = begin + agency::at_head(&self.text[begin..])?;
        if !self.text[end..].starts_with('.') {
            return None;
        }
        parts.agency = Some(self.text[begin..end].to_string());
        self.at = end + 1;
        Some(end)
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
            // `ABOARD THE FERRY ORLA, off Tarsk`.
            let off = if comma && parts.caps { preposition(self.rest()) } else { 0 };
            self.at += off;
            match self.words() {
                Some(region_end)
                    if self.fits_region(region_start + off, region_end)
                        && !date::is_day_name(&self.text[region_start..region_end]) =>
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
        // `Хальмере. 3 мая.`: the full stop of a long word is no abbreviation's.
        if parts.place.ends_with('.') && parts.place.len() > 6 && !parts.place.contains(' ') && self.day_after_space() {
            parts.place.pop();
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

    fn day_after_space(&self) -> bool {
        date::month_day(self.rest().trim_start()).is_some()
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
                && let Some(length) = agency::at_head(self.rest())
            {
                parts.agency = Some(self.rest()[..length].to_string());
                self.at += length;
                continue;
            }
            if let Some(length) =
                year_here(self.rest()).filter(|length| parts.day.is_some() && (comma || self.closes_after(*length)))
            {
                self.at += length;
                continue;
            }
            self.at = before;
            return;
        }
    }

    /// Do an agency or the closing dash follow so many bytes on?
    fn closes_after(&self, length: usize) -> bool {
        self.rest()[length..].trim_start().starts_with(['(', '-', '\u{2013}', '\u{2014}'])
    }

    pub fn separator(&mut self) -> Option<Close> {
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

/// The length of what stands before a place at sea or outside a town, with the space after it.
fn preposition(text: &str) -> usize {
    let found = ["off ", "near ", "outside ", "along ", "south of ", "north of ", "east of ", "west of "].into_iter();
    let mut found = found.filter(|word| text.strip_prefix(word).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
    found.next().map_or(0, str::len)
}

fn is_particle(word: &str) -> bool {
    matches!(word, "de" | "del" | "la" | "of" | "and" | "di" | "do" | "da" | "el" | "al" | "am" | "an" | "der" | "sur" | "upon")
}

/// Capitals throughout, but for `Mc` and particles.
pub(super) fn is_caps(words: &str) -> bool {
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
