//! From an alignment with one article to a verdict on the words.

use super::Verdict;
use super::align::{Step, align};
use super::given::Given;
use super::printed::{Printed, Seam, Token};
use super::signs::{Gap, is_sign, same_letters, same_meaning, same_punctuation};
use crate::article::Span;
use crate::words::Joint;
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
}

/// More printed words left out without a sign, in one place, are no slip: two sentences were put together.
const LEFT_OUT: usize = 8;
/// More words under one ellipsis are another part of the article.
const MOST_HIDDEN: usize = 150;
/// With less of the words anywhere in it, weighed, an article is not aligned.
const HOPELESS: f64 = 0.4;
/// Words that are nearly all there, close together, are the same in another order.
const TURNED: f64 = 0.85;
/// Cells of an alignment; of a longer article only the part with most of the words is looked at.
const MOST_CELLS: usize = 400_000;

impl Finding {
    /// From the first word to the last.
    pub fn extent(&self) -> Span {
        let ends = self.pieces.first().zip(self.pieces.last());
        ends.map_or(Span::new(0, 0), |(first, last)| Span { start: first.start, end: last.end })
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

/// What an article has of the words: in the order of its text, or of what stands between its quotation marks.
pub fn judge(given: &Given, printed: &Printed, tokens: &[Token], article: usize) -> Option<Finding> {
    let mut bag = Bag::new(given);
    tokens.iter().for_each(|token| bag.put(token.name));
    if bag.part() < HOPELESS {
        return None;
    }
    let marked: Vec<Token> = tokens.iter().filter(|token| token.quote.is_some()).copied().collect();
    let plain = found(given, printed, tokens, article);
    if plain.as_ref().is_some_and(|found| found.verdict.is_printed_so()) {
        return plain;
    }
    let spoken = found(given, printed, &marked, article);
    plain.into_iter().chain(spoken).min_by_key(Finding::rank)
}

fn found(given: &Given, printed: &Printed, tokens: &[Token], article: usize) -> Option<Finding> {
    let tokens = &tokens[window(given, tokens)];
    let (_, steps) = align(given, tokens)?;
    let found = Judging { given, printed, tokens, out: Out::default() }.read(&steps, article)?;
    if found.verdict != Verdict::Altered {
        return Some(found);
    }
    let common = found.common.max(in_any_order(given, tokens, found.extent()));
    Some(Finding { common, ..found })
}

/// The part of the words that stands around `extent` in any order, when it is nearly all of them.
fn in_any_order(given: &Given, tokens: &[Token], extent: Span) -> f64 {
    let first = tokens.partition_point(|token| token.span.start < extent.start);
    let last = tokens.partition_point(|token| token.span.start < extent.end);
    let mut bag = Bag::new(given);
    let around = first.saturating_sub(given.len())..(last + given.len()).min(tokens.len());
    tokens[around].iter().for_each(|token| bag.put(token.name));
    if bag.part() >= TURNED { bag.part() } else { 0.0 }
}

/// The part of a long article to align with: the one that has most of the words, each counted as often as it is given.
fn window(given: &Given, tokens: &[Token]) -> Range<usize> {
    if given.len() * tokens.len() <= MOST_CELLS {
        return 0..tokens.len();
    }
    let size = (2 * given.len() + MOST_HIDDEN).min(tokens.len());
    let mut bag = Bag::new(given);
    tokens[..size].iter().for_each(|token| bag.put(token.name));
    let (mut best, mut start) = (bag.worth, 0);
    for at in size..tokens.len() {
        bag.put(tokens[at].name);
        bag.take(tokens[at - size].name);
        if bag.worth > best {
            (best, start) = (bag.worth, at + 1 - size);
        }
    }
    start.saturating_sub(size / 2)..(start + size + size / 2).min(tokens.len())
}

/// Printed words, as far as they are given.
struct Bag<'a> {
    given: &'a Given<'a>,
    /// How often each word is given.
    wanted: Vec<u32>,
    held: Vec<u32>,
    worth: i32,
}

impl<'a> Bag<'a> {
    fn new(given: &'a Given<'a>) -> Bag<'a> {
        let mut wanted = vec![0; given.len()];
        (0..given.len()).for_each(|at| wanted[given.name(at) as usize] += 1);
        Bag { given, wanted, held: vec![0; given.len()], worth: 0 }
    }

    fn put(&mut self, name: u32) {
        let Some(held) = self.held.get_mut(name as usize) else { return };
        *held += 1;
        if *held <= self.wanted[name as usize] {
            self.worth += self.given.weight(name as usize);
        }
    }

    fn take(&mut self, name: u32) {
        let Some(held) = self.held.get_mut(name as usize) else { return };
        *held -= 1;
        if *held < self.wanted[name as usize] {
            self.worth -= self.given.weight(name as usize);
        }
    }

    /// The part of what is given, weighed, that is held.
    fn part(&self) -> f64 {
        f64::from(self.worth) / f64::from(self.given.whole())
    }
}

/// Words in a row that are no pair of one word: given ones, printed ones, or both.
struct Run {
    given: Range<usize>,
    printed: Range<usize>,
    same: bool,
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
}

struct Judging<'a> {
    given: &'a Given<'a>,
    printed: &'a Printed,
    tokens: &'a [Token],
    out: Out,
}

impl Judging<'_> {
    fn read(mut self, steps: &[Step], article: usize) -> Option<Finding> {
        let runs = self.runs(steps);
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
        let all = self.given.whole();
        let verdict = match () {
            () if out.changed || (out.left_out > 0 && out.left_out <= LEFT_OUT) => Verdict::Altered,
            () if out.apart || out.left_out > 0 => Verdict::Joined,
            () if !out.hidden.is_empty() => Verdict::Cut,
            () if out.looks_other => Verdict::OtherPunctuation,
            () => Verdict::Verbatim,
        };
        Finding {
            article,
            verdict,
            interrupted: out.interrupted,
            common: f64::from(out.shared) / f64::from(all.max(out.shared + out.foreign)),
            missing: out.missing,
            only_given: out.only_given,
            only_printed: out.only_printed,
            hidden: out.hidden,
            pieces: out.pieces,
            part: self.given.extent(part),
        }
    }

    /// The steps as runs; one word in two spellings (`long-term`, `longterm`) is the same.
    fn runs(&self, steps: &[Step]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let (mut given, mut printed) = (0, None);
        for step in steps {
            let same = matches!(step, Step::Same(..));
            let (takes, at) = match *step {
                Step::Same(_, at) | Step::Other(_, at) => (true, Some(at)),
                Step::Given(_) => (true, None),
                Step::Printed(at) => (false, Some(at)),
            };
            let begin = at.or(printed).unwrap_or(0);
            if same || runs.last().is_none_or(|run| run.same) {
                runs.push(Run { given: given..given, printed: begin..begin, same });
            }
            if let Some(run) = runs.last_mut() {
                run.given.end += usize::from(takes);
                if let Some(at) = at {
                    if run.printed.is_empty() {
                        run.printed = at..at;
                    }
                    run.printed.end = at + 1;
                }
            }
            given += usize::from(takes);
            printed = at.map(|at| at + 1).or(printed);
        }
        for run in runs.iter_mut().filter(|run| !run.same) {
            run.same = self.is_other_spelling(run);
        }
        runs
    }

    /// Whether both sides are one word, joined on one of them.
    fn is_other_spelling(&self, run: &Run) -> bool {
        if run.given.is_empty() || run.printed.is_empty() || run.given.len().max(run.printed.len()) > crate::words::MAX_JOINED {
            return false;
        }
        let given = self.given.of(run.given.clone());
        let printed = self.printed.of(self.tokens, run.printed.clone());
        let joined = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let (one, other) = (joined(given), joined(printed));
        if crate::words::fold(&one) != crate::words::fold(&other) {
            return false;
        }
        let of_given: Vec<Span> = run.given.clone().map(|at| self.given.span(at)).collect();
        let of_printed: Vec<Span> = self.tokens[run.printed.clone()].iter().map(|token| token.span).collect();
        let joints = [joints(self.given.text, &of_given), joints(&self.printed.article.text, &of_printed)];
        let is_tied = |joints: &Option<Vec<Joint>>| joints.as_ref().is_some_and(|joints| !joints.is_empty());
        let dotted = joints.iter().flatten().flatten().any(|joint| *joint == Joint::Dot);
        joints.iter().all(Option::is_some) && joints.iter().any(is_tied) && (!dotted || one == other)
    }

    fn take_same(&mut self, run: &Run) {
        let printed = &self.tokens[run.printed.clone()];
        self.out.shared += run.given.clone().map(|at| self.given.weight(at)).sum::<i32>();
        let span = Span { start: printed[0].span.start, end: printed[printed.len() - 1].span.end };
        let text = &self.printed.article.text;
        self.out.looks_other |= !same_letters(self.given.of(run.given.clone()), span.of(text));
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
        let given = self.given;
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
        self.out.foreign += 2 * count.min(LEFT_OUT) as i32;
        self.out.left_out = self.out.left_out.max(if run.given.is_empty() { count } else { 0 });
        self.out.only_printed.extend(self.stretches(run.printed.clone()));
    }

    fn take_hidden(&mut self, run: &Run) {
        self.out.apart |= run.printed.len() > MOST_HIDDEN;
        self.out.hidden.extend(self.stretches(run.printed.clone()));
    }

    /// Printed words in a row, cut where other text stands between them.
    fn stretches(&self, range: Range<usize>) -> Vec<Span> {
        let text = &self.printed.article.text;
        let mut spans: Vec<Span> = Vec::new();
        for token in &self.tokens[range] {
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
        let ends = (!run.printed.is_empty()).then(|| self.tokens[run.printed.end - 1]);
        let Some((before, after)) = ends.zip((!next.printed.is_empty()).then(|| self.tokens[next.printed.start])) else { return };
        let at_break = (!run.same && run.given.is_empty()) || (!next.same && next.given.is_empty());
        match self.printed.seam(&before, &after) {
            Seam::None => {}
            Seam::Interruption => {
                self.out.interrupted = true;
                return;
            }
            // Under an ellipsis, one speaker's words may be further apart.
            Seam::Apart => {
                let one = before.quote.zip(after.quote).is_none_or(|(one, other)| self.printed.may_be_one_speaker(one, other));
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
        let (one, other) = (self.given.span(at - 1), self.given.span(at));
        let text = &self.printed.article.text;
        let given = gap(self.given.text, one, other);
        let printed = gap(text, before.span, after.span);
        if !same_meaning(given, printed) {
            self.out.changed = true;
            self.out.only_given.push(Span { start: one.start, end: other.end });
            self.out.only_printed.push(Span { start: before.span.start, end: after.span.end });
        } else {
            self.out.looks_other |= !same_punctuation(given.gap, printed.gap);
        }
    }

    /// Signs that stand right before the first word and right after the last: `$5 million`, `of 5%`.
    fn take_ends(&mut self, first: &Run, last: &Run) {
        let text = &self.printed.article.text;
        let (one, other) = (self.given.span(first.given.start), self.tokens[first.printed.start].span);
        let (end, printed_end) = (self.given.span(last.given.end - 1), self.tokens[last.printed.end - 1].span);
        let begins = first.given.start > 0 || leading(self.given.text, one) == leading(text, other);
        let closes = last.given.end < self.given.len() || trailing(self.given.text, end) == trailing(text, printed_end);
        for (same, given, printed) in [(begins, one, other), (closes, end, printed_end)] {
            if !same {
                self.out.changed = true;
                self.out.only_given.push(given);
                self.out.only_printed.push(printed);
            }
        }
    }
}

fn gap(text: &str, before: Span, after: Span) -> Gap<'_> {
    Gap { before: before.of(text), gap: &text[before.end as usize..after.start as usize], after: after.of(text) }
}

/// What ties the words of one spelling; `None` where two are not tied. One word alone is tied by nothing.
fn joints(text: &str, words: &[Span]) -> Option<Vec<Joint>> {
    let tie = |pair: &[Span]| Joint::of(&text[pair[0].end as usize..pair[1].start as usize], pair[0].of(text), pair[1].of(text));
    words.windows(2).map(tie).collect()
}

/// The signs right before a word; a dash only before a number, and with nothing before it.
fn leading(text: &str, word: Span) -> String {
    let mut signs = String::new();
    let mut before = text[..word.start as usize].chars().rev().peekable();
    while let Some(sign) = before.next_if(|c| is_sign(*c)) {
        signs.push(sign);
    }
    let dash = before.next().is_some_and(crate::words::is_dash);
    let alone = before.peek().is_none_or(|c| c.is_whitespace());
    if dash && alone && word.of(text).starts_with(char::is_numeric) {
        signs.push('-');
    }
    signs
}

/// The signs right after a word.
fn trailing(text: &str, word: Span) -> String {
    text[word.end as usize..].chars().take_while(|c| is_sign(*c)).collect()
}
