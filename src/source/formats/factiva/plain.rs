//! A document of Factiva without codes: section, headline and byline, `295 words`, day, time, outlet, its code, page, language, rights; the text; the
//! document's number.

use super::{Range, is_number};
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::unread::Reason;
use crate::source::formats::clipping::Clipping;
use crate::source::print::{byline, date, language};
use std::ops::ControlFlow;

/// Lines below the count of words that the head may have.
const HEAD: usize = 12;

/// Does a text begin with such a head?
pub(super) fn is(head: &str) -> bool {
    let lines: Vec<&str> = head.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let count = lines.iter().position(|line| is_count(line));
    count.is_some_and(|at| {
        let below = &lines[at + 1..lines.len().min(at + 1 + HEAD)];
        let is_dated = below.first().is_some_and(|line| date::is_line(line) || is_day(line));
        is_dated && (below.iter().any(|line| is_language(line)) || lines.iter().any(|line| is_number(line)))
    })
}

/// `295 words`, in the languages of the interface.
fn is_count(line: &str) -> bool {
    let Some((count, unit)) = line.split_once(' ') else { return false };
    let units = ["words", "Wörter", "mots", "palabras", "parole", "palavras", "woorden", "ord", "слов", "字", "語", "word"];
    count.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')) && units.contains(&unit.trim())
}

fn is_day(line: &str) -> bool {
    line.len() < 40 && line.starts_with(|c: char| c.is_ascii_digit()) && date::read(line, date::DateOrder::DayFirst).is_some()
}

fn is_language(line: &str) -> bool {
    line.len() < 30 && language::code_of_name(&line.to_lowercase()).is_some_and(|code| code.len() == 2)
}

/// Sets a document.
pub(super) fn article(clipping: &mut Clipping<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut galley = Galley::with_room(clipping.bytes(clipping.all()).len());
    let mut lines = clipping.all();
    lines.end = lines.clone().find(|at| is_number(clipping.words(*at))).unwrap_or(lines.end);
    let printed = clipping.printed(lines.clone());
    if printed.is_empty() {
        return ControlFlow::Continue(());
    }
    let count = printed.iter().position(|at| is_count(clipping.words(*at)));
    let body = match count {
        Some(count) => {
            set_above(clipping, &printed[..count], &mut galley);
            set_below(clipping, &printed[count + 1..], &mut galley, desk)
        }
        None if clipping.words(printed[0]) == "Search Summary" => {
            return desk.refuse(Reason::NotAnArticle, "the summary of the search, not an article".into());
        }
        // No head is known: the first line is the headline.
        None => {
            let bytes = clipping.bytes(printed[0]..printed[0] + 1);
            clipping.headline(bytes, &mut galley);
            printed[0] + 1
        }
    };
    let bytes = clipping.bytes(body.min(lines.end)..lines.end);
    clipping.body(bytes, &mut galley);
    desk.hand_over(galley)
}

/// Sets the lines above the count of words: a section, the headline, a byline and what its people are.
fn set_above(clipping: &mut Clipping<'_>, lines: &[usize], galley: &mut Galley) {
    if let Some(head) = lines.iter().position(|at| clipping.words(*at).starts_with("HD ")) {
        return set_marked(clipping, lines, head, galley);
    }
    let signed = |at: usize| byline::line(clipping.words(at)).is_some() || clipping.words(at).starts_with("BY ");
    // The first line of all is no byline.
    let by = lines.iter().skip(1).position(|at| signed(*at)).map(|at| at + 1);
    let by = by.or_else(|| (lines.len() > 1 && is_bare_name(clipping, lines)).then(|| lines.len() - 1));
    let (heads, bylines) = lines.split_at(by.unwrap_or(lines.len()));
    let is_section = |at: usize| clipping.words(at).len() <= 30 && clipping.words(at).split(' ').count() <= 4;
    let heads = match heads {
        [first, rest @ ..] if !rest.is_empty() && is_section(*first) => {
            galley.article.section = Some(clipping.words(*first).to_string());
            rest
        }
        heads => heads,
    };
    if let (Some(first), Some(last)) = (heads.first(), heads.last()) {
        let bytes = clipping.bytes(*first..*last + 1);
        clipping.headline(bytes, galley);
    }
    if let Some((name, others)) = bylines.split_first() {
        let bytes = clipping.bytes(*name..*name + 1);
        clipping.byline(bytes, galley);
        for at in others {
            let bytes = clipping.bytes(*at..*at + 1);
            clipping.line(bytes, galley);
        }
    }
}

/// The same where a page marks the headline and the authors.
fn set_marked(clipping: &mut Clipping<'_>, lines: &[usize], head: usize, galley: &mut Galley) {
    galley.article.section = lines[..head].first().map(|at| clipping.words(*at).to_string());
    for at in &lines[head..] {
        let bytes = clipping.bytes(*at..*at + 1);
        let words = clipping.words(*at);
        match words.get(..3) {
            Some("HD ") => clipping.headline(bytes.start + 3..bytes.end, galley),
            Some("BY ") => clipping.byline(bytes.start + 3..bytes.end, galley),
            _ => {
                clipping.line(bytes, galley);
            }
        }
    }
}

/// Is the last line a name, below a headline that is set as a sentence is?
fn is_bare_name(clipping: &Clipping<'_>, lines: &[usize]) -> bool {
    let small = |words: &str| words.split(' ').any(|word| word.chars().count() > 3 && word.starts_with(char::is_lowercase));
    let is_title =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().skip(1).all(|c| c.is_lowercase() || c == '-');
    let last = clipping.words(lines[lines.len() - 1]);
    let is_name = (2..=3).contains(&last.split(' ').count()) && last.split(' ').all(is_title);
    is_name && small(clipping.words(lines[lines.len() - 2]))
}

/// Reads the lines below the count of words, and gives the line where the text begins.
fn set_below(clipping: &mut Clipping<'_>, lines: &[usize], galley: &mut Galley, desk: &mut Desk<'_>) -> usize {
    let head: Range<usize> = 0..lines.len().min(HEAD);
    let is_rights = |words: &str| {
        let lower = words.to_lowercase();
        ["(c)", "©", "copyright"].iter().any(|opening| lower.starts_with(opening))
    };
    // The rights close the head; where there are none, the language does, or the code of the outlet.
    let words = |at: usize| clipping.words(lines[at]);
    let end = head.clone().find(|at| is_rights(words(*at)));
    let end = end.or_else(|| head.clone().find(|at| is_language(words(*at))));
    let end = end.or_else(|| head.clone().rfind(|at| *at < 5 && is_code(words(*at)))).map_or(0, |at| at + 1);
    let mut outlet = None;
    for at in 0..end {
        let words = words(at);
        if galley.article.published.is_none() && (date::is_line(words) || is_day(words)) {
            galley.article.published = desk.date(words);
        } else if at < 3 && words.len() <= 8 && words.contains(':') {
            super::add_time(galley, words, desk);
        } else if is_language(words) {
            galley.article.language = language::code(words);
        } else if outlet.is_none() && !is_rights(words) && words.contains(char::is_alphabetic) {
            outlet = Some(words.to_string());
        }
    }
    galley.article.outlet = outlet;
    let next = lines.get(end).copied();
    next.unwrap_or_else(|| lines.last().map_or(0, |at| at + 1))
}

/// `HARPST`: what Factiva calls an outlet.
fn is_code(words: &str) -> bool {
    (2..=8).contains(&words.len()) && words.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
