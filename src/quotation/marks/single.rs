//! Single marks, `‘…’`, `'…'`, `‚…‘`, `‹…›` and `›…‹` outside double marks.
//!
//! They look like apostrophes, so a mark opens only where a word can begin and closes only where one can end; behind an `s` it may be a
//! plural's (`the miners' strike`) and closes only when no surer one follows. One that opens a paragraph and is not closed before the
//! next opens runs up to that, or to the paragraph's end: the speech goes on in the next paragraph.

use super::Marked;
use crate::article::Span;

/// Adds the single-marked stretches of `within` that lie outside those already `found`, keeping reading order.
pub fn add(text: &str, within: Span, found: &mut Vec<Marked>) {
    let candidates = candidates(text, within, found);
    if candidates.is_empty() {
        return;
    }
    let before = found.len();
    let mut around = Vec::new();
    let mut k = 0;
    while k < candidates.len() {
        if !candidates[k].can_open {
            k += 1;
            continue;
        }
        let nested = || if candidates[k].at == within.start as usize { around_nested(&candidates, k) } else { None };
        let Some(close) = closing(&candidates, k).or_else(nested) else {
            let next = candidates[k + 1..].iter().find(|c| c.can_open).map_or(within.end as usize, |c| c.at);
            if next == within.end as usize && goes_on(text, within, &candidates[k]) {
                let stretch = unclosed(text, &candidates[k], next);
                around.push(stretch.outer);
                found.push(stretch);
                break;
            }
            found.extend(left_open(text, within, &candidates[k], next, &found[..before]));
            k += 1;
            continue;
        };
        let (open, shut) = (&candidates[k], &candidates[close]);
        let inner = Span::new(open.at + open.width, shut.at);
        let outer = Span::new(open.at, shut.at + shut.width);
        let empty = inner.of(text).trim().is_empty();
        let holds = holds_double(&found[..before], inner);
        if holds && surely_around(text, within, open, (inner, outer)) {
            around.push(outer);
        }
        if !empty && (!holds || around.last() == Some(&outer)) {
            found.push(Marked { outer, inner, closed: true, single: true });
        }
        k = close + 1;
    }
    if !around.is_empty() {
        let within =
            |m: &Marked| around.get(around.partition_point(|a| a.end <= m.outer.start)).is_some_and(|a| a.overlaps(m.outer));
        found.retain(|m| m.single || !within(m));
    }
    if !found.is_empty() {
        found.sort_by_key(|m| m.outer.start);
    }
}

/// `‘We had no coal.` at the beginning of a paragraph, up to where the next mark opens or the paragraph ends.
fn left_open(text: &str, within: Span, open: &Candidate, next: usize, doubles: &[Marked]) -> Option<Marked> {
    let stretch = unclosed(text, open, next);
    let opens = open.at == within.start as usize && open.is_curly(text) && stretch.inner.of(text).split(' ').nth(2).is_some();
    (opens && !holds_double(doubles, stretch.inner)).then_some(stretch)
}

/// What stands from `open` to `end` without a closing mark.
fn unclosed(text: &str, open: &Candidate, end: usize) -> Marked {
    let inner = text[open.at + open.width..end].trim_end();
    let inner = Span::new(open.at + open.width, open.at + open.width + inner.len());
    let outer = Span { start: open.at as u32, end: inner.end };
    Marked { outer, inner, closed: false, single: true }
}

/// Whether the words from `open` to the end of its paragraph go on in the next one, which opens with the same mark: `She said: 'We had none.` above
/// `'And you had "some"?' he asked.`
fn goes_on(text: &str, within: Span, open: &Candidate) -> bool {
    let mark = &text[open.at..open.at + open.width];
    let before = &text[within.start as usize..open.at];
    let words = &text[open.at + open.width..within.end as usize];
    let next = text[within.end as usize..].trim_start().strip_prefix(mark);
    (before.is_empty() || before.ends_with(": "))
        && (mark == "'" || open.is_curly(text))
        && words.starts_with(char::is_uppercase)
        && words.split(' ').nth(2).is_some()
        && next.is_some_and(|next| next.starts_with(char::is_alphabetic))
}

/// `‘He told me “no” and left,’`: a curly mark that closes behind a comma or full stop surely holds what is inside; a straight one where it opens
/// the paragraph and the words behind it, or nothing, go on.
fn surely_around(text: &str, within: Span, open: &Candidate, (inner, outer): (Span, Span)) -> bool {
    let curly = open.is_curly(text);
    let behind = text[outer.end as usize..within.end as usize].trim_start();
    let opens =
        open.width == 1 && open.at == within.start as usize && (behind.is_empty() || behind.starts_with(char::is_alphabetic));
    (curly || opens) && inner.of(text).ends_with([',', '.', '?', '!'])
}

/// Whether one of the double-marked stretches (in order) overlaps `inner`.
fn holds_double(doubles: &[Marked], inner: Span) -> bool {
    let first = doubles.partition_point(|m| m.outer.end <= inner.start);
    doubles.get(first).is_some_and(|m| m.outer.overlaps(inner))
}

struct Candidate {
    at: usize,
    width: usize,
    can_open: bool,
    can_close: bool,
    /// Follows an `s` and precedes a word: may be a plural's apostrophe (`the miners' strike`).
    possessive: bool,
    /// `‹` or `›`: closed by its like only.
    angular: bool,
}

impl Candidate {
    /// Whether it is `‘`.
    fn is_curly(&self, text: &str) -> bool {
        self.width == 3 && text.as_bytes()[self.at + 2] == 0x98
    }
}

fn candidates(text: &str, within: Span, doubles: &[Marked]) -> Vec<Candidate> {
    let (start, end) = (within.start as usize, within.end as usize);
    let bytes = text.as_bytes();
    let mut list = Vec::new();
    let mut doubles = doubles.iter().peekable();
    let mut at = start;
    while let Some(next) = memchr::memchr2(b'\'', 0xE2, &bytes[at.min(end)..end]) {
        at += next;
        if let Some(double) = doubles.next_if(|m| m.outer.start as usize <= at) {
            at = at.max(double.outer.end as usize);
            continue;
        }
        let width = match bytes[at] {
            b'\'' => 1,
            0xE2 if at + 2 < end && bytes[at + 1] == 0x80 && matches!(bytes[at + 2], 0x98..=0x9A | 0xB9 | 0xBA) => 3,
            _ => {
                at += 1;
                continue;
            }
        };
        list.extend(candidate(text, start, end, at, width));
        at += width;
    }
    list
}

fn candidate(text: &str, start: usize, end: usize, at: usize, width: usize) -> Option<Candidate> {
    let prev = text[start..at].chars().next_back();
    let next = text[at + width..end].chars().next();
    let glyph = if width == 3 { text.as_bytes()[at + 2] } else { 0 };
    let (left, right, low, angular) = (glyph == 0x98, glyph == 0x99, glyph == 0x9A, glyph >= 0xB9);
    let fresh = prev.is_none_or(|c| c.is_whitespace() || "([—–-".contains(c));
    let rest = &text[at + width..end];
    let can_open = fresh && next.is_some_and(|c| !c.is_whitespace() && !c.is_ascii_digit()) && !right && !clipped(rest);
    let can_close = !low && prev.is_some_and(|c| !c.is_whitespace()) && !next.is_some_and(char::is_alphanumeric);
    // `‚nein‘` closes with the mark that opens elsewhere.
    let can_close = can_close && !(left && can_open);
    let possessive = !angular && prev.is_some_and(|c| c == 's' || c == 'S' || c == 'z') && rest.starts_with(' ');
    (can_open || can_close).then_some(Candidate { at, width, can_open, can_close, possessive, angular })
}

/// Words that begin with an apostrophe.
fn clipped(rest: &str) -> bool {
    ["em ", "til ", "tis ", "twas ", "cause ", "n' ", "n’ ", "n "].iter().any(|word| rest.starts_with(word))
}

/// The mark that closes the one at `open`: the first that can, unless it is a plural's apostrophe and a surer one follows before
/// the next opening.
fn closing(candidates: &[Candidate], open: usize) -> Option<usize> {
    let mut doubtful = None;
    for (k, candidate) in candidates.iter().enumerate().skip(open + 1) {
        if candidate.angular != candidates[open].angular {
            continue;
        }
        if candidate.can_open && !candidate.can_close {
            break;
        }
        if !candidate.can_close {
            continue;
        }
        if !candidate.possessive {
            return Some(k);
        }
        doubtful = doubtful.or(Some(k));
    }
    doubtful
}

/// The mark that closes the one at `open` behind others of its kind that are opened and closed between: `'He told me 'no' and left,'`.
fn around_nested(candidates: &[Candidate], open: usize) -> Option<usize> {
    let mut depth = 1;
    for (k, candidate) in candidates.iter().enumerate().skip(open + 1).filter(|(_, c)| !c.possessive && !c.angular) {
        match (candidate.can_open, candidate.can_close) {
            (true, false) => depth += 1,
            (false, true) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(k);
        }
    }
    None
}
