//! IPTC 7901: `hpa062 4 i 211 ccccb`, keywords, `headline =`, the text, `021315 GMT Feb 18`.

use super::{Message, first_line, published, without_sign_off};
use crate::article::Published;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::traced::Traced;
use crate::source::formats::clipping::{self, Clipping};
use crate::source::print::{byline, date, dateline};
use std::ops::{ControlFlow, Range};

/// `hpa062 4 i 211`: agency and number, priority, category, words.
pub(super) fn is_header(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [source, priority, category, ..] = words[..] else { return false };
    let letters = source.bytes().take_while(u8::is_ascii_alphabetic).count();
    (2..=5).contains(&letters)
        && source.len() > letters + 1
        && source[letters..].bytes().all(|byte| byte.is_ascii_digit())
        && priority.len() == 1
        && priority.bytes().all(|byte| byte.is_ascii_digit())
        && category.len() <= 3
        && category.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The same without the control characters around it, that some programs take away.
pub(super) fn is_bare(start: &str) -> bool {
    let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().is_some_and(is_header) && lines.take(8).any(|line| line.ends_with('='))
}

/// Sets a message.
pub(super) fn article(message: &Message<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let header = first_line(message.header.text.trim_start_matches(|c: char| c.is_control() || c.is_whitespace()));
    let mut galley = Galley::with_room(message.text.text.len());
    let agency = agency(header);
    galley.article.outlet = Some(agency.clone()).filter(|agency| !agency.is_empty());
    let (text, trailer) = message.without_trailer();
    let keywords = message.header.text.lines().map(clean).filter(|line| !line.is_empty()).nth(1);
    galley.article.section =
        keywords.map(|line| line.trim_matches('/').to_string()).filter(|line| !line.is_empty() && line.len() < 80);
    galley.article.published = day(trailer);
    let text = Traced::verbatim(text.text, text.position);
    let mut clipping = Clipping::new(&text);
    let lines = clipping.all();
    let body = head(&mut clipping, &mut galley);
    let notes = without_sign_off(&clipping, body..lines.end, &agency);
    let bytes = clipping.bytes(notes.clone());
    clipping.body(bytes, &mut galley);
    for at in notes.end..lines.end {
        credit(clipping.words(at), &mut galley);
    }
    desk.hand_over(galley)
}

fn clean(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_control() || c.is_whitespace())
}

/// `hpa` in `ecp0007 4 s 850  hpa 0908`: the last letters before a number, else those of the source.
fn agency(header: &str) -> String {
    let words: Vec<&str> = header.split_whitespace().collect();
    let is_named =
        |pair: &&[&str]| pair[0].contains(|c: char| c.is_ascii_alphabetic()) && pair[1].bytes().all(|byte| byte.is_ascii_digit());
    let named = words.windows(2).skip(3).rfind(is_named).map(|pair| pair[0]);
    let letters = |word: &str| word.chars().take_while(char::is_ascii_alphabetic).collect();
    letters(named.or_else(|| words.first().copied()).unwrap_or_default())
}

/// Sets headline and byline, and gives the line where the text begins.
fn head(clipping: &mut Clipping<'_>, galley: &mut Galley) -> usize {
    let end = clipping.all().end;
    let Some(mut first) = clipping.first(0..end) else { return end };
    if clipping.words(first).ends_with('/') {
        let keywords = clipping.words(first).trim_end_matches('/').to_string();
        galley.article.section = galley.article.section.take().or(Some(keywords));
        first = clipping.first(first + 1..end).unwrap_or(end);
    }
    // The head goes on to the line that `=` closes.
    let block = clipping.block(first, end);
    let closing = block.clone().find(|at| clipping.words(*at).ends_with('='));
    let is_story = dateline::leading(clipping.words(first)).is_some() || clipping.words(first).len() >= 200;
    let Some(last) = closing.or_else(|| (!is_story && first < end).then_some(first)) else { return first };
    set_head(clipping, first..last + 1, galley);
    let mut at = last + 1;
    while let Some(line) = clipping.first(at..end).filter(|line| *line <= last + 8) {
        let words = clipping.words(line);
        let is_note =
            ["Eds:", "Eds.", "ATTENTION", "(Photo", "(Adds", "(Updates", "Achtung"].iter().any(|note| words.starts_with(note));
        if !(is_byline(words, galley) || is_note) {
            break;
        }
        set_head(clipping, line..line + 1, galley);
        at = line + 1;
    }
    at
}

/// Sets the lines of the head: `1ST LEAD` and notes as what they are, bylines, and the rest as the headline.
fn set_head(clipping: &mut Clipping<'_>, lines: Range<usize>, galley: &mut Galley) {
    let mut headline: Option<Range<usize>> = None;
    let end = lines.end;
    for at in lines {
        let bytes = clipping.bytes(at..at + 1);
        let shut = clipping.words(at).trim_end_matches(['=', ' ']);
        let bytes = bytes.start..bytes.start + shut.len();
        let is_mark = at + 1 < end && shut.len() < 30 && !shut.contains(char::is_lowercase);
        if is_byline(shut, galley) {
            let names = without_agency(shut, galley.article.outlet.as_deref());
            // What stands behind a comma is where they write.
            let names = byline::line(names.split(',').next().unwrap_or(names)).unwrap_or_default();
            let span = clipping.line(bytes, galley);
            galley.credit(names, span);
        } else if galley.article.headline.is_some() || is_mark && headline.is_none() {
            clipping.line(bytes, galley);
        } else {
            headline = Some(headline.map_or(bytes.clone(), |headline| headline.start..bytes.end));
            continue;
        }
        if let Some(bytes) = headline.take() {
            clipping.headline(bytes, galley);
        }
    }
    if let Some(bytes) = headline {
        clipping.headline(bytes, galley);
    }
}

/// Is the line a byline, below a headline or not?
fn is_byline(words: &str, galley: &Galley) -> bool {
    let words = words.trim_end_matches(['=', ' ']);
    let alone = without_agency(words, galley.article.outlet.as_deref());
    byline::line(alone).is_some()
        || ["By ", "Von ", "Par "].iter().any(|opening| words.starts_with(opening)) && words.len() < 100 && !words.ends_with('.')
}

/// `By Ada Quill, vpa` without the agency.
fn without_agency<'a>(words: &'a str, agency: Option<&str>) -> &'a str {
    let (Some((names, last)), Some(agency)) = (words.rsplit_once([',', '/']), agency) else { return words };
    if last.trim().eq_ignore_ascii_case(agency) { names } else { words }
}

/// `- Reporting by: Otto Karlsen`, among the notes below the text.
fn credit(words: &str, galley: &mut Galley) {
    const WHO: &[&str] = &["Reporting by:", "Author:", "Autor:", "Autorin:", "Von:", "Writing by:"];
    let words = words.trim_start_matches(['-', '*', ' ']);
    if !galley.article.bylines.is_empty() {
        return;
    }
    if let Some(rest) = WHO.iter().find_map(|who| words.strip_prefix(who)) {
        let names = rest.split(['<', '(']).next().unwrap_or(rest);
        // The outlet they write for stands behind them.
        let names = names.split(',').map(str::trim).filter(|name| !name.starts_with("The ") && name.contains(' '));
        galley.credit(clipping::signed(&names.collect::<Vec<_>>().join("; ")), None);
    }
}

/// `021315 GMT Feb 18`: day, time, month, year.
pub(super) fn day(trailer: &str) -> Option<Published> {
    let words: Vec<&str> = trailer.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    let month = words[at + 1..].iter().take(3).find_map(|word| date::month(&word.to_lowercase()))?;
    let year = words[at + 1..].iter().take(4).find_map(|word| word.parse::<u16>().ok())?;
    published((year, month, words[at][..2].parse().ok()?), &words[at][2..])
}
