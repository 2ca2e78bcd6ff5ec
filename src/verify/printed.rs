//! An article as given words are compared with it: its words in the order of the text, and those between quotation marks alone.

use super::given::Given;
use crate::article::{Article, Span};
use crate::passage::{Unit, UnitKind, sentences, units};
use crate::quotation::{Kind, Quotation};
use crate::words::Words;
use std::ops::Range;

/// A word of an article.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub span: Span,
    /// The name of the given word with the same key.
    pub name: u32,
    /// Number of the headline or paragraph; text beside them has none.
    pub unit: Option<u32>,
    /// Number of the quotation between marks that it stands in.
    pub quote: Option<u32>,
}

/// An article beside given words.
pub struct Printed {
    pub article: Article,
    pub quotations: Vec<Quotation>,
    words: Words,
    units: Vec<Unit>,
}

/// What lies between two words that are given as neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seam {
    /// Nothing that a reader would mind.
    None,
    /// "she said", or a new paragraph of the same speech.
    Interruption,
    /// Other text, or another speaker.
    Apart,
}

/// More words of the reporter's between two parts of a quotation are no "she said, adjusting her spectacles".
const LONGEST_INTERRUPTION: usize = 25;

impl Printed {
    pub fn new(article: Article, quotations: Vec<Quotation>) -> Printed {
        let words = Words::of(&article.text);
        let units = units(&article).collect();
        Printed { article, quotations, words, units }
    }

    /// Every word, by what it is among the given ones.
    pub fn tokens(&self, given: &Given) -> Vec<Token> {
        let marked = self.marked();
        let (mut unit, mut quote) = (0, 0);
        let mut by_place: Vec<usize> = (0..self.units.len()).collect();
        by_place.sort_by_key(|at| self.units[*at].span);
        let tokens = (0..self.words.len() as u32).map(|at| {
            let form = self.words.word(at);
            let span = Span { start: form.start, end: form.end };
            while unit < by_place.len() && self.units[by_place[unit]].span.end <= span.start {
                unit += 1;
            }
            while quote < marked.len() && self.quotations[marked[quote]].span.end <= span.start {
                quote += 1;
            }
            let own_unit = by_place.get(unit).filter(|at| self.units[**at].span.start < span.end);
            let own_quote = marked.get(quote).filter(|at| self.quotations[**at].span.start < span.end);
            let name = given.name_of(self.words.key(form));
            Token { span, name, unit: own_unit.map(|at| *at as u32), quote: own_quote.map(|at| *at as u32) }
        });
        tokens.collect()
    }

    /// The quotations between marks that lie in no other, in order.
    fn marked(&self) -> Vec<usize> {
        let mut end = 0;
        let mut marked: Vec<usize> =
            (0..self.quotations.len()).filter(|at| self.quotations[*at].kind != Kind::Indirect).collect();
        marked.sort_by_key(|at| self.quotations[*at].span);
        marked.retain(|at| {
            let span = self.quotations[*at].span;
            let apart = span.start >= end;
            if apart {
                end = span.end;
            }
            apart
        });
        marked
    }

    /// What lies between two words of one speech as it is given.
    pub fn seam(&self, before: &Token, after: &Token) -> Seam {
        if before.unit == after.unit && (before.quote == after.quote || before.quote.is_none() || after.quote.is_none()) {
            return Seam::None;
        }
        if after.span.start < before.span.end || !self.are_near(before, after) {
            return Seam::Apart;
        }
        let (Some(one), Some(other)) = (before.quote, after.quote) else { return Seam::Interruption };
        if one == other {
            return Seam::Interruption;
        }
        if !self.may_be_one_speaker(one, other) {
            return Seam::Apart;
        }
        let gap = Span { start: before.span.end, end: after.span.start };
        let text = &self.article.text;
        let told = sentences(text, gap).into_iter().filter(|piece| piece.of(text).chars().any(char::is_alphanumeric)).count();
        let short = crate::words::count(gap.of(text)) <= LONGEST_INTERRUPTION as u64;
        if told <= 1 && short { Seam::Interruption } else { Seam::Apart }
    }

    /// The same paragraph, or the next one.
    fn are_near(&self, before: &Token, after: &Token) -> bool {
        let number = |token: &Token| {
            let unit = token.unit? as usize;
            matches!(self.units[unit].kind, UnitKind::Paragraph(_)).then_some(unit)
        };
        before.unit == after.unit || number(before).zip(number(after)).is_some_and(|(one, other)| one + 1 == other)
    }

    /// Whether no two different people are named for these quotations.
    pub fn may_be_one_speaker(&self, one: u32, other: u32) -> bool {
        let name = |at: u32| self.quotations[at as usize].speaker.as_ref().map(|speaker| speaker.name.as_str());
        name(one).zip(name(other)).is_none_or(|(one, other)| one == other)
    }

    /// The number of the paragraph, from 1, in which a byte of the text stands; 0 for the headline.
    pub fn paragraph(&self, at: u32) -> usize {
        let holds = |unit: &Unit| unit.span.start <= at && at < unit.span.end;
        let found = self.units.iter().position(holds).unwrap_or(0);
        if matches!(self.units[found].kind, UnitKind::Paragraph(_)) { found } else { 0 }
    }

    /// The quotation that has most of these spans, and whether it is more than half of them.
    pub fn quotation_of(&self, spans: &[Span]) -> Option<&Quotation> {
        let shared = |quotation: &&Quotation| -> u32 {
            spans.iter().map(|span| span.end.min(quotation.span.end).saturating_sub(span.start.max(quotation.span.start))).sum()
        };
        let marked = |quotation: &&Quotation| quotation.kind != Kind::NotSpeech && !quotation.is_unsure_report();
        let whole: usize = spans.iter().map(|span| span.len()).sum();
        let most =
            self.quotations.iter().filter(marked).max_by_key(|quotation| (shared(quotation), quotation.kind != Kind::Indirect));
        most.filter(|quotation| shared(quotation) as usize * 2 > whole)
    }

    /// The words of `tokens` from `range`, as printed.
    pub fn of(&self, tokens: &[Token], range: Range<usize>) -> &str {
        Span { start: tokens[range.start].span.start, end: tokens[range.end - 1].span.end }.of(&self.article.text)
    }
}
