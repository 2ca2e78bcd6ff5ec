//! From an alignment with one article to a verdict on the words.

use super::Verdict;
use super::align::{Step, align};
use super::bag::{Bag, in_any_order, window};
use super::given::Given;
use super::printed::{Printed, Seam, Token};
use super::runs::{Beside, Run, runs};
use super::signs::{gap, leading, same_letters, same_meaning, same_punctuation, trailing};
use crate::article::Span;
use std::ops::Range;

/// What one article has of the given words.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Its number among the candidates.
    pub article: usize,
    pub verdict: Verdict,
    pub interrupted: bool,
    /// Words in common, weighed, as a part of one.
    pub common: f64,
    /// Given words that are not printed here.
    pub missing: usize,
    /// The same as spans of the given text, and what only looks different with it.
    pub only_given: Vec<Span>,
    /// What is printed and not given, as spans of the article.
    pub only_printed: Vec<Span>,
    /// What an ellipsis hides, as spans of the article.
    pub hidden: Vec<Span>,
    /// The printed words that are given, without what stands between them.
    pub pieces: Vec<Span>,
    /// The part of the given text that stands here.
    pub part: Span,
    /// What was done to the given words.
    pub edits: Edits,
}

/// What was done to given words, counted in words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Edits {
    /// Given before or after what is printed.
    pub cut_off: usize,
    /// Given among what is printed, and nothing instead.
    pub left_out: usize,
    /// Printed among them, and not given.
    pub put_in: usize,
    /// Given, and something else printed.
    pub replaced: usize,
    /// The same words with other capitals, accents or punctuation.
    pub looks_other: bool,
    /// The most given words that stand in a row.
    pub in_a_row: usize,
    /// How much these say.
    pub weight: i32,
}

/// More printed words left out without a sign, in one place, are no slip: two sentences were put together.
const LEFT_OUT: usize = 8;
/// More words under one ellipsis are another part of the article.
pub const MOST_HIDDEN: usize = 150;
/// With less of the words anywhere in it, weighed, an article is not aligned to say whether the whole is printed there.
pub const HOPELESS: f64 = 0.4;

impl Edits {
    /// Counts words in a row that are not the same, `inside` of those that are or beside them; printed ones beside them are none of these.
    fn count(&mut self, run: &Run, inside: bool) {
        match (run.given.len(), run.printed.len()) {
            (given, 0) if inside => self.left_out += given,
            (given, 0) => self.cut_off += given,
            (0, printed) => self.put_in += if inside { printed } else { 0 },
            (given, _) => self.replaced += given,
        }
    }
}

impl Finding {
    /// From the first word to the last, those printed instead of given ones among them.
    pub fn extent(&self) -> Span {
        let all = || self.pieces.iter().chain(&self.only_printed);
        let start = all().map(|span| span.start).min().unwrap_or(0);
        Span { start, end: all().map(|span| span.end).max().unwrap_or(start) }
    }

    /// Whether both say the same of the given words.
    pub fn is_like(&self, other: &Finding) -> bool {
        let printed = self.verdict.is_printed_so() && other.verdict.is_printed_so();
        printed || (self.verdict == other.verdict && self.only_given == other.only_given && self.near(other))
    }

    fn near(&self, other: &Finding) -> bool {
        (self.common - other.common).abs() < 0.02
    }

    /// The better one comes first.
    pub fn rank(&self) -> (bool, Verdict, i64, bool) {
        let exact = self.verdict < Verdict::Joined;
        let verdict = if exact { self.verdict } else { Verdict::Altered };
        (!exact, verdict, -(self.common * 1e6) as i64, self.interrupted)
    }
}

/// What an article has of the words: in the order of its text, or of what stands between its quotation marks. With less than `least` of them
/// anywhere in it, weighed, it is not looked at.
pub fn judge(given: &Given, printed: &Printed, tokens: &[Token], article: usize, least: f64) -> Option<Finding> {
    let mut bag = Bag::new(given);
    tokens.iter().for_each(|token| bag.put(token.name));
    if bag.part() < least {
        return None;
    }
    let marked: Vec<Token> = tokens.iter().filter(|token| token.quote.is_some()).copied().collect();
    let plain = found(given, printed, tokens, article);
    // What a sub-head or a caption repeats tells no speaker: the same words between marks do.
    let is_untold = |found: &Finding| printed.quotation_of(&found.pieces).is_none();
    if plain.as_ref().is_some_and(|found| found.verdict.is_printed_so() && !is_untold(found)) {
        return plain;
    }
    let spoken = found(given, printed, &marked, article);
    plain.into_iter().chain(spoken).min_by_key(|found| (found.rank(), is_untold(found)))
}

fn found(given: &Given, printed: &Printed, tokens: &[Token], article: usize) -> Option<Finding> {
    let tokens = &tokens[window(given, tokens)];
    let (_, steps) = align(given, tokens)?;
    let found = Judging { beside: Beside { given, printed, tokens }, out: Out::default() }.read(&steps, article)?;
    if found.verdict != Verdict::Altered {
        return Some(found);
    }
    let common = found.common.max(in_any_order(given, tokens, found.extent())).max(put_into(tokens, &found));
    Some(Finding { common, ..found })
}

/// Words in common where a whole quotation is given, with others put into it: as a part of both texts.
fn put_into(tokens: &[Token], found: &Finding) -> f64 {
    let extent = found.extent();
    let inside = |token: &Token| extent.contains(token.span);
    let Some(quote) = tokens.iter().find(|token| inside(token)).and_then(|token| token.quote) else { return 0.0 };
    let is_whole = tokens.iter().all(|token| (token.quote == Some(quote)) == inside(token));
    let words = tokens.iter().filter(|token| inside(token)).count();
    let fits = is_whole && found.only_printed.is_empty() && words >= super::FEWEST;
    if fits { 2.0 * found.common / (1.0 + found.common) } else { 0.0 }
}

/// What is gathered while an alignment is read.
#[derive(Default)]
struct Out {
    only_given: Vec<Span>,
    only_printed: Vec<Span>,
    hidden: Vec<Span>,
    pieces: Vec<Span>,
    interrupted: bool,
    apart: bool,
    /// Other capitals, accents or punctuation.
    looks_other: bool,
    /// Words left out in one place at most, when nothing else differs.
    left_out: usize,
    changed: bool,
    missing: usize,
    shared: i32,
    foreign: i32,
    edits: Edits,
    /// Words in a row so far, and what they say.
    row: (usize, i32),
}

struct Judging<'a> {
    beside: Beside<'a>,
    out: Out,
}

impl Judging<'_> {
    fn read(mut self, steps: &[Step], article: usize) -> Option<Finding> {
        let runs = runs(self.beside, steps);
        let first = runs.iter().position(|run| run.same)?;
        let last = runs.iter().rposition(|run| run.same)?;
        for (at, run) in runs.iter().enumerate() {
            if run.same {
                self.take_same(run);
            } else {
                self.take_other(run, at > first && at < last);
            }
            if let Some(next) = runs.get(at + 1).filter(|_| at >= first && at < last) {
                self.take_seam(run, next);
            }
        }
        self.take_ends(&runs[first], &runs[last]);
        let (from, to) = (runs[first].given.start, runs[last].given.end);
        Some(self.finding(article, from..to))
    }

    fn finding(self, article: usize, part: Range<usize>) -> Finding {
        let out = self.out;
        let all = self.beside.given.whole();
        let verdict = match () {
            () if out.changed || (out.left_out > 0 && out.left_out <= LEFT_OUT) => Verdict::Altered,
            () if out.apart || out.left_out > 0 => Verdict::Joined,
            () if !out.hidden.is_empty() => Verdict::Cut,
            () if out.looks_other => Verdict::OtherPunctuation,
            () => Verdict::Verbatim,
        };
        // What is left out between two places is not compared.
        let foreign = if verdict == Verdict::Joined { 0 } else { out.foreign };
        Finding {
            article,
            verdict,
            interrupted: out.interrupted,
            common: f64::from(out.shared) / f64::from(all.max(out.shared + foreign)),
            missing: out.missing,
            only_given: out.only_given,
            only_printed: out.only_printed,
            hidden: out.hidden,
            pieces: out.pieces,
            part: self.beside.given.extent(part),
            edits: Edits { looks_other: out.looks_other, ..out.edits },
        }
    }

    fn take_same(&mut self, run: &Run) {
        let printed = &self.beside.tokens[run.printed.clone()];
        let weight = run.given.clone().map(|at| self.beside.given.weight(at)).sum::<i32>();
        self.out.shared += weight;
        let row = &mut self.out.row;
        *row = (row.0 + run.given.len(), row.1 + weight);
        if row.0 > self.out.edits.in_a_row {
            (self.out.edits.in_a_row, self.out.edits.weight) = *row;
        }
        let span = Span { start: printed[0].span.start, end: printed[printed.len() - 1].span.end };
        let text = &self.beside.printed.article.text;
        self.out.looks_other |= !same_letters(self.beside.given.of(run.given.clone()), span.of(text));
        // A word in a row with the one before lengthens its piece.
        let next = match self.out.pieces.last_mut() {
            Some(piece) if !text[piece.end as usize..span.start as usize].chars().any(char::is_alphanumeric) => {
                piece.end = span.end;
                return;
            }
            _ => span,
        };
        self.out.pieces.push(next);
    }

    fn take_other(&mut self, run: &Run, inside: bool) {
        let given = self.beside.given;
        self.out.edits.count(run, inside);
        self.out.row = (0, 0);
        if !run.given.is_empty() {
            self.out.changed = true;
            self.out.missing += run.given.len();
            self.out.only_given.push(given.extent(run.given.clone()));
        }
        if run.printed.is_empty() {
            return;
        }
        if run.given.is_empty() && given.is_break(run.given.start) && inside {
            return self.take_hidden(run);
        }
        let count = run.printed.len();
        let weight = if run.given.is_empty() { 1 } else { 2 };
        self.out.foreign += weight * count.min(LEFT_OUT) as i32;
        self.out.left_out = self.out.left_out.max(if run.given.is_empty() { count } else { 0 });
        self.out.only_printed.extend(self.stretches(run.printed.clone()));
    }

    fn take_hidden(&mut self, run: &Run) {
        self.out.apart |= run.printed.len() > MOST_HIDDEN;
        self.out.hidden.extend(self.stretches(run.printed.clone()));
    }

    /// Printed words in a row, cut where other text stands between them.
    fn stretches(&self, range: Range<usize>) -> Vec<Span> {
        let text = &self.beside.printed.article.text;
        let mut spans: Vec<Span> = Vec::new();
        for token in &self.beside.tokens[range] {
            match spans.last_mut() {
                Some(last) if !text[last.end as usize..token.span.start as usize].chars().any(char::is_alphanumeric) => {
                    last.end = token.span.end;
                }
                _ => spans.push(token.span),
            }
        }
        spans
    }

    /// What stands between two runs, on both sides.
    fn take_seam(&mut self, run: &Run, next: &Run) {
        let ends = (!run.printed.is_empty()).then(|| self.beside.tokens[run.printed.end - 1]);
        let Some((before, after)) = ends.zip((!next.printed.is_empty()).then(|| self.beside.tokens[next.printed.start])) else {
            return;
        };
        let at_break = (!run.same && run.given.is_empty()) || (!next.same && next.given.is_empty());
        match self.beside.printed.seam(&before, &after) {
            Seam::None => {}
            Seam::Interruption => {
                self.out.interrupted = true;
                return;
            }
            // Under an ellipsis, one speaker's words may be further apart.
            Seam::Apart => {
                let one =
                    before.quote.zip(after.quote).is_none_or(|(one, other)| self.beside.printed.may_be_one_speaker(one, other));
                self.out.apart |= !(at_break && one);
                return;
            }
        }
        if run.same && next.same {
            self.take_gap(run.given.end, &before, &after);
        }
    }

    /// Compares what stands between two pairs of words in a row.
    fn take_gap(&mut self, at: usize, before: &Token, after: &Token) {
        let (one, other) = (self.beside.given.span(at - 1), self.beside.given.span(at));
        let text = &self.beside.printed.article.text;
        let given = gap(self.beside.given.text, one, other);
        let printed = gap(text, before.span, after.span);
        if !same_meaning(given, printed) {
            self.out.changed = true;
            self.out.edits.replaced += 1;
            self.out.only_given.push(Span { start: one.start, end: other.end });
            self.out.only_printed.push(Span { start: before.span.start, end: after.span.end });
        } else {
            self.out.looks_other |= !same_punctuation(given.gap, printed.gap);
        }
    }

    /// Signs that stand right before the first word and right after the last: `$5 million`, `of 5%`.
    fn take_ends(&mut self, first: &Run, last: &Run) {
        let text = &self.beside.printed.article.text;
        let (one, other) = (self.beside.given.span(first.given.start), self.beside.tokens[first.printed.start].span);
        let (end, printed_end) = (self.beside.given.span(last.given.end - 1), self.beside.tokens[last.printed.end - 1].span);
        let begins = first.given.start > 0 || leading(self.beside.given.text, one) == leading(text, other);
        let closes =
            last.given.end < self.beside.given.len() || trailing(self.beside.given.text, end) == trailing(text, printed_end);
        for (same, given, printed) in [(begins, one, other), (closes, end, printed_end)] {
            if !same {
                self.out.changed = true;
                self.out.edits.replaced += 1;
                self.out.only_given.push(given);
                self.out.only_printed.push(printed);
            }
        }
    }
}
