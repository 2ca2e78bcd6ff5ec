//! IPTC 7901: `hpa062 4 i 211 ccccb`, keywords, `headline =`, the text, `021315 GMT Feb 18`.

use super::{Message, first_line, published, without_sign_off};
use crate::article::Published;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::traced::Traced;
use crate::source::formats::clipping::Clipping;
use crate::source::print::{byline, date, dateline};
use std::ops::ControlFlow;

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
    lines.next().is_some_and(is_header) && lines.take(4).any(|line| line.ends_with('='))
}

/// Sets a message.
pub(super) fn article(message: &Message<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let header = first_line(message.header.text.trim_start_matches(|c: char| c.is_control() || c.is_whitespace()));
    let mut galley = Galley::with_room(message.text.text.len());
    let agency: String = header.chars().take_while(char::is_ascii_alphabetic).collect();
    galley.article.outlet = Some(agency.clone()).filter(|agency| !agency.is_empty());
    let keywords = message.header.text.lines().map(clean).filter(|line| !line.is_empty()).nth(1);
    galley.article.section =
        keywords.map(|line| line.trim_matches('/').to_string()).filter(|line| !line.is_empty() && line.len() < 80);
    galley.article.published = day(message.trailer.text);
    let text = Traced::verbatim(message.text.text, message.text.position);
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

/// Sets headline and byline, and gives the line where the text begins.
fn head(clipping: &mut Clipping<'_>, galley: &mut Galley) -> usize {
    let end = clipping.all().end;
    let Some(first) = clipping.first(0..end) else { return end };
    // The headline goes on to the line that `=` closes.
    let block = clipping.block(first, end);
    let closing = block.clone().find(|at| clipping.words(*at).ends_with('='));
    let story_begins = |at: usize| dateline::leading(clipping.words(at)).is_some();
    let Some(last) = closing.or_else(|| (!story_begins(first) && clipping.words(first).len() < 200).then_some(first)) else {
        return first;
    };
    let bytes = clipping.bytes(first..last + 1);
    let shut = clipping.text_of(bytes.clone()).trim_end_matches(['=', ' ']).len();
    clipping.headline(bytes.start..bytes.start + shut, galley);
    let mut at = last + 1;
    while let Some(line) = clipping.first(at..end) {
        let words = clipping.words(line).trim_end_matches(['=', ' ']);
        let is_byline = byline::line(words).is_some();
        let is_note =
            ["Eds:", "Eds.", "ATTENTION", "(Photo", "(Adds", "(Updates", "Achtung"].iter().any(|note| words.starts_with(note));
        if !(is_byline || is_note) || line > last + 8 {
            break;
        }
        let bytes = clipping.bytes(line..line + 1);
        if is_byline {
            clipping.byline(bytes.start..bytes.start + words.len(), galley);
        } else {
            clipping.line(bytes, galley);
        }
        at = line + 1;
    }
    at
}

/// `- Reporting by: Otto Karlsen`, among the notes below the text.
fn credit(words: &str, galley: &mut Galley) {
    const WHO: &[&str] = &["Reporting by:", "Author:", "Autor:", "Autorin:", "Von:", "Writing by:"];
    let words = words.trim_start_matches(['-', '*', ' ']);
    if let Some(rest) = WHO.iter().find_map(|who| words.strip_prefix(who)) {
        let names = rest.split(['<', '(']).next().unwrap_or(rest);
        galley.credit(byline::names(names), None);
    }
}

/// `021315 GMT Feb 18`: day, time, month, year.
fn day(trailer: &str) -> Option<Published> {
    let words: Vec<&str> = trailer.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    let month = words[at + 1..].iter().take(3).find_map(|word| date::month(&word.to_lowercase()))?;
    let year = words[at + 1..].iter().take(4).find_map(|word| word.parse::<u16>().ok())?;
    published((year, month, words[at][..2].parse().ok()?), &words[at][2..])
}
