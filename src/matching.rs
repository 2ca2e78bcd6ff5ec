//! Decides what is a mention: the one matcher behind hits, excerpts and marks.
//!
//! Takes a query tree and one unit of an article (its headline or a paragraph) and gives the spans to mark, or `None` when
//! the unit does not answer the query. Engines only find candidates; what they find is put to this matcher.
//!
//! Parts of a query about the article (headline, date, outlet) hold for every unit when joined by AND with parts about the
//! passage. Alone, or as one side of an OR, they are answered by the head of the article.

mod exact;
mod hits;
mod marks;
mod patience;

pub use marks::{marks, marks_beside};
pub use patience::Patience;

use crate::article::{Article, Published, Span};
use crate::day::Days;
use crate::passage::{Unit, UnitKind, passages, sentences, units};
use crate::query::{Exactness, Field, Pattern, Phrase, Query};
use crate::quotation::{Kind, Quotation};
use crate::words::Words;
use exact::ExactPhrase;
use hits::{Hit, Hits};
use std::ops::Range;

/// A query made ready to be put to many passages.
#[derive(Debug)]
pub struct Matcher {
    root: QueryNode,
}

/// The query tree with its words compiled.
#[derive(Debug)]
enum QueryNode {
    Pattern(Pattern),
    Exact(ExactPhrase),
    Near { left: Box<QueryNode>, right: Box<QueryNode>, distance: u32, ordered: bool },
    Sentence(Vec<QueryNode>),
    And(Vec<QueryNode>),
    Or(Vec<QueryNode>),
    Not(Box<QueryNode>),
    Field(Field, Box<QueryNode>),
    Date(Days),
    Article(Box<QueryNode>),
}

impl QueryNode {
    fn new(query: &Query, forms: bool) -> QueryNode {
        // The same part again neither holds elsewhere nor marks anything else.
        let first = |parts: &[Query], at: usize| !parts[..at].contains(&parts[at]);
        let all = |parts: &[Query]| {
            let different = (0..parts.len()).filter(|at| first(parts, *at));
            different.map(|at| QueryNode::new(&parts[at], forms)).collect()
        };
        match query {
            Query::Any(parts) | Query::Or(parts) => QueryNode::Or(all(parts)),
            Query::And(parts) => QueryNode::And(all(parts)),
            Query::Not(part) => QueryNode::Not(Box::new(QueryNode::new(part, forms))),
            Query::Word(word) => QueryNode::Pattern(Pattern::of_word(word, forms)),
            Query::Phrase(phrase) => QueryNode::of_phrase(phrase),
            Query::Near { left, right, distance, ordered } => QueryNode::Near {
                left: Box::new(QueryNode::new(left, forms)),
                right: Box::new(QueryNode::new(right, forms)),
                distance: *distance,
                ordered: *ordered,
            },
            Query::Sentence(parts) => QueryNode::Sentence(all(parts)),
            Query::Field(field, part) => QueryNode::Field(*field, Box::new(QueryNode::new(part, !field.holds_names()))),
            Query::Date(range) => QueryNode::Date(*range),
            Query::Article(part) => QueryNode::Article(Box::new(QueryNode::new(part, forms))),
            Query::Boost(part, _) => QueryNode::new(part, forms),
        }
    }

    fn of_phrase(phrase: &Phrase) -> QueryNode {
        match phrase.exactness {
            Exactness::Misread | Exactness::Words => QueryNode::Pattern(Pattern::of_phrase(phrase)),
            exactness => QueryNode::Exact(ExactPhrase::new(&phrase.text, exactness == Exactness::Case)),
        }
    }

    fn is_of_article(&self) -> bool {
        match self {
            QueryNode::Field(field, _) => field.is_of_article(),
            QueryNode::Date(_) => true,
            QueryNode::And(parts) | QueryNode::Or(parts) => parts.iter().all(QueryNode::is_of_article),
            QueryNode::Not(part) => part.is_of_article(),
            _ => false,
        }
    }
}

/// One unit of an article, read for matching. `words` are those of the unit, in a buffer that can be used again.
pub struct UnitText<'a> {
    article: &'a Article,
    quotations: &'a [Quotation],
    unit: Unit,
    words: &'a Words,
    /// The only quotation of the unit that counts, where one is asked about.
    alone: Option<usize>,
    patience: Patience<'a>,
}

impl<'a> UnitText<'a> {
    /// Reads a unit of `article` into `words`.
    pub fn read(article: &'a Article, quotations: &'a [Quotation], unit: Unit, words: &'a mut Words) -> UnitText<'a> {
        words.read(unit.span.of(&article.text));
        UnitText { article, quotations, unit, words, alone: None, patience: Patience::ENDLESS }
    }

    /// The same for a question that may end on the way. Once its patience is at its end, what the matcher says of the unit is worth nothing.
    pub fn within(self, patience: Patience<'a>) -> UnitText<'a> {
        UnitText { patience, ..self }
    }

    /// The quotations that stand, wholly or in part, in this unit, each clipped to it.
    fn quotations(&self) -> impl Iterator<Item = (&'a Quotation, Span)> {
        let unit = self.unit.span;
        self.quotations
            .iter()
            .enumerate()
            .filter(move |(number, q)| q.span.overlaps(unit) && self.alone.is_none_or(|alone| alone == *number))
            .map(move |(_, q)| (q, Span { start: q.span.start.max(unit.start), end: q.span.end.min(unit.end) }))
    }

    /// The numbers of the words that lie wholly in `scope`.
    fn words_in(&self, scope: Span) -> Range<u32> {
        let count = self.words.len() as u32;
        if scope == self.unit.span {
            return 0..count;
        }
        let base = self.unit.span.start;
        let first = partition(count, |word| base + self.words.word(word).start < scope.start);
        let end = partition(count, |word| base + self.words.word(word).end <= scope.end);
        first..end.max(first)
    }

    fn is_head(&self) -> bool {
        self.unit.kind == UnitKind::Head
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.unit.span.start as usize + start, self.unit.span.start as usize + end)
    }
}

/// How many of `0..count` come before the first for which `before` is false.
fn partition(count: u32, before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

impl Matcher {
    /// Compiles a query.
    pub fn new(query: &Query) -> Matcher {
        Matcher { root: QueryNode::new(query, true) }
    }

    /// The spans of the article's text to mark in this unit, in reading order and without repetition; `None` when the unit
    /// does not answer the query. The list may be empty: the head of an article can answer by its date alone.
    pub fn mentions(&self, page: &UnitText) -> Option<Vec<Span>> {
        let mut marks = if self.root.is_of_article() {
            (page.is_head() && holds_of_article(&self.root, page)).then(|| article_marks(&self.root, page))?
        } else {
            passage_marks(&self.root, page, page.unit.span)?
        };
        marks.sort_unstable();
        marks.dedup();
        Some(marks)
    }

    /// The quotations of this unit that answer the query, each taken by itself: its number among those of the article and
    /// the spans to mark, which may lie beside it in the same passage. A query about the article is answered by its head,
    /// with all quotations of the article.
    pub fn quotations(&self, page: &UnitText) -> Vec<(usize, Vec<Span>)> {
        if self.root.is_of_article() {
            let answers = page.is_head() && holds_of_article(&self.root, page);
            return if answers { (0..page.quotations.len()).map(|number| (number, Vec::new())).collect() } else { Vec::new() };
        }
        let begins_here =
            |quotation: &Quotation| page.unit.span.start <= quotation.span.start && quotation.span.start < page.unit.span.end;
        let pieces = passages(&page.article.text, page.unit.span);
        let mut out = Vec::new();
        for (number, quotation) in page.quotations.iter().enumerate().filter(|(_, quotation)| begins_here(quotation)) {
            if !page.patience.lasts(pieces.len() + page.quotations.len()) {
                break;
            }
            let alone = UnitText { alone: Some(number), ..*page };
            let Some(mut marks) = passage_marks(&self.root, &alone, page.unit.span) else { continue };
            let near = |mark: &Span| {
                mark.is_empty() || pieces.iter().any(|piece| piece.overlaps(*mark) && piece.overlaps(quotation.span))
            };
            let unmarked = marks.is_empty();
            marks.retain(near);
            if unmarked || !marks.is_empty() {
                marks.retain(|mark| !mark.is_empty());
                marks.sort_unstable();
                marks.dedup();
                out.push((number, marks));
            }
        }
        out
    }
}

/// Where a pattern matches in a text, as (first, last) word numbers, in reading order.
pub fn places(pattern: &Pattern, words: &Words, patience: Patience) -> Vec<(u32, u32)> {
    let hits = hits::of_pattern(pattern, words, 0..words.len() as u32, patience);
    hits.into_iter().map(|hit| (hit.first, hit.last)).collect()
}

/// The marks of a part about the passage within `scope`, if it holds there.
fn passage_marks(node: &QueryNode, page: &UnitText, scope: Span) -> Option<Vec<Span>> {
    if node.is_of_article() && !matches!(node, QueryNode::Not(_)) {
        return (page.is_head() && holds_of_article(node, page)).then(|| article_marks(node, page));
    }
    match node {
        QueryNode::Pattern(_) | QueryNode::Near { .. } => non_empty(marks_of(&text_hits(node, page, scope), page)),
        QueryNode::Exact(phrase) => non_empty(exact_marks(phrase, page, scope)),
        QueryNode::Sentence(parts) => non_empty(sentence_marks(parts, page, scope)),
        QueryNode::Or(parts) => or_marks(parts, page, scope),
        QueryNode::And(parts) => and_marks(parts, page, scope),
        QueryNode::Not(_) => None,
        QueryNode::Field(Field::Body, part) => (!page.is_head()).then(|| passage_marks(part, page, scope))?,
        QueryNode::Field(Field::Speaker | Field::Quote | Field::Said, _) => said(&[node], page),
        // Answered above.
        QueryNode::Field(..) | QueryNode::Date(_) => None,
        QueryNode::Article(part) => {
            if holds_in_article(part, page) {
                non_empty(leaf_marks(part, page))
            } else {
                None
            }
        }
    }
}

fn non_empty(marks: Vec<Span>) -> Option<Vec<Span>> {
    (!marks.is_empty()).then_some(marks)
}

fn or_marks(parts: &[QueryNode], page: &UnitText, scope: Span) -> Option<Vec<Span>> {
    let mut found: Option<Vec<Span>> = None;
    for part in parts {
        if let Some(marks) = passage_marks(part, page, scope) {
            found.get_or_insert_default().extend(marks);
        }
    }
    found
}

fn and_marks(parts: &[QueryNode], page: &UnitText, scope: Span) -> Option<Vec<Span>> {
    let mut marks = Vec::new();
    let mut quoted: Vec<&QueryNode> = Vec::new();
    for part in parts {
        match part {
            QueryNode::Field(Field::Speaker | Field::Quote | Field::Said, _) => quoted.push(part),
            QueryNode::Not(inner) if inner.is_of_article() => (!holds_of_article(inner, page)).then_some(())?,
            QueryNode::Not(inner) => passage_marks(inner, page, scope).is_none().then_some(())?,
            part if part.is_of_article() => {
                holds_of_article(part, page).then_some(())?;
                marks.extend(article_marks(part, page));
            }
            part => marks.extend(passage_marks(part, page, scope)?),
        }
    }
    if !quoted.is_empty() {
        marks.extend(said(&quoted, page)?);
    }
    Some(marks)
}

/// The marks of quotations of which all `parts` (about who speaks and what is said) hold.
fn said(parts: &[&QueryNode], page: &UnitText) -> Option<Vec<Span>> {
    let mut found: Option<Vec<Span>> = None;
    page.patience.lasts(page.quotations.len());
    for (quotation, span) in page.quotations() {
        if !page.patience.lasts(parts.len() + quotation.speaker.as_ref().map_or(0, |speaker| speaker.name.len())) {
            break;
        }
        let marks: Option<Vec<Vec<Span>>> = parts.iter().map(|part| said_marks(part, quotation, span, page)).collect();
        if let Some(marks) = marks {
            let all = found.get_or_insert_default();
            all.extend(marks.into_iter().flatten());
            if parts.iter().all(|part| matches!(part, QueryNode::Field(Field::Speaker, _))) {
                // Where quotations are asked for the whole of one needs no mark, and words that are all of it keep theirs: what answers by
                // its speaker only holds a place.
                all.push(if page.alone.is_some() { Span { end: span.start, ..span } } else { span });
            }
        }
    }
    found
}

/// The marks of one part within a quotation, if it holds there; a speaker marks nothing.
fn said_marks(part: &QueryNode, quotation: &Quotation, span: Span, page: &UnitText) -> Option<Vec<Span>> {
    let name = quotation.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
    match part {
        QueryNode::Field(Field::Speaker, inner) => holds_of_text(inner, name).then(Vec::new),
        QueryNode::Field(Field::Quote, inner) if quotation.kind != Kind::Indirect => passage_marks(inner, page, span),
        QueryNode::Field(Field::Said, inner) if quotation.kind != Kind::NotSpeech => passage_marks(inner, page, span),
        _ => None,
    }
}

/// The places in the unit, within `scope`, where a part made of words matches.
fn text_hits(node: &QueryNode, page: &UnitText, scope: Span) -> Hits {
    match node {
        QueryNode::Pattern(pattern) => hits::of_pattern(pattern, page.words, page.words_in(scope), page.patience),
        QueryNode::Near { left, right, distance, ordered } => {
            let (left, right) = (text_hits(left, page, scope), text_hits(right, page, scope));
            hits::near(left, right, *distance, *ordered, page.patience)
        }
        QueryNode::Or(parts) => hits::merged(parts.iter().map(|part| text_hits(part, page, scope)).collect()),
        _ => Vec::new(),
    }
}

fn marks_of(hits: &[Hit], page: &UnitText) -> Vec<Span> {
    let mut marks: Vec<Span> = Vec::with_capacity(hits.len());
    for hit in hits {
        marks.extend(hit.marks.iter().map(|&(first, last)| {
            let (start, end) = page.words.extent(first, last);
            page.span(start, end)
        }));
    }
    marks
}

fn exact_marks(phrase: &ExactPhrase, page: &UnitText, scope: Span) -> Vec<Span> {
    let text = page.unit.span.of(&page.article.text);
    if !page.patience.lasts(text.len()) {
        return Vec::new();
    }
    phrase.find(text).into_iter().map(|(start, end)| page.span(start, end)).filter(|span| scope.contains(*span)).collect()
}

fn sentence_marks(parts: &[QueryNode], page: &UnitText, scope: Span) -> Vec<Span> {
    let hits: Vec<Hits> = parts.iter().map(|part| text_hits(part, page, scope)).collect();
    if hits.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let mut marks = Vec::new();
    for sentence in sentences(&page.article.text, page.unit.span) {
        if !page.patience.lasts(parts.len()) {
            break;
        }
        let inside = Span { start: sentence.start.max(scope.start), end: sentence.end.min(scope.end) };
        if inside.start >= inside.end {
            continue;
        }
        let hits: Vec<Hits> = parts.iter().map(|part| text_hits(part, page, inside)).collect();
        if hits.iter().all(|hits| !hits.is_empty()) {
            marks.extend(hits.iter().flat_map(|hits| marks_of(hits, page)));
        }
    }
    marks
}

/// True when a part about the article holds.
fn holds_of_article(node: &QueryNode, page: &UnitText) -> bool {
    match node {
        QueryNode::Field(field, part) => {
            texts_of(*field, page.article).iter().any(|text| page.patience.lasts(text.len()) && holds_of_text(part, text))
        }
        QueryNode::Date(range) => page.article.published.as_ref().is_some_and(|p| is_within(p, *range)),
        QueryNode::And(parts) => parts.iter().all(|part| holds_of_article(part, page)),
        QueryNode::Or(parts) => parts.iter().any(|part| holds_of_article(part, page)),
        QueryNode::Not(part) => !holds_of_article(part, page),
        _ => false,
    }
}

fn is_within(published: &Published, range: Days) -> bool {
    Days::of_published(&published.date).is_some_and(|days| range.contains(days))
}

/// The text an article's field holds; several bylines are several texts.
fn texts_of(field: Field, article: &Article) -> Vec<&str> {
    let dateline = article.dateline.as_ref();
    match field {
        Field::Headline => vec![article.headline()],
        Field::Dateline => dateline.map(|d| d.span.of(&article.text)).into_iter().collect(),
        Field::Place => dateline.map(|d| d.place.as_str()).into_iter().collect(),
        Field::Byline => article.bylines.iter().map(|byline| byline.name.as_str()).collect(),
        Field::Outlet => article.outlet.as_deref().into_iter().collect(),
        Field::Section => article.section.as_deref().into_iter().collect(),
        Field::Lang => article.language.as_deref().into_iter().collect(),
        Field::Speaker | Field::Quote | Field::Said | Field::Body => Vec::new(),
    }
}

/// True when a part made of words holds of a short text such as a name.
fn holds_of_text(node: &QueryNode, text: &str) -> bool {
    match node {
        QueryNode::And(parts) => parts.iter().all(|part| holds_of_text(part, text)),
        QueryNode::Or(parts) => parts.iter().any(|part| holds_of_text(part, text)),
        QueryNode::Not(part) => !holds_of_text(part, text),
        QueryNode::Exact(phrase) => !phrase.find(text).is_empty(),
        QueryNode::Pattern(_) | QueryNode::Near { .. } | QueryNode::Sentence(_) => {
            !hits_in_text(node, &Words::of(text)).is_empty()
        }
        _ => false,
    }
}

fn hits_in_text(node: &QueryNode, words: &Words) -> Hits {
    match node {
        QueryNode::Pattern(pattern) => hits::of_pattern(pattern, words, 0..words.len() as u32, Patience::ENDLESS),
        QueryNode::Near { left, right, distance, ordered } => {
            hits::near(hits_in_text(left, words), hits_in_text(right, words), *distance, *ordered, Patience::ENDLESS)
        }
        QueryNode::Or(parts) => hits::merged(parts.iter().map(|part| hits_in_text(part, words)).collect()),
        // A field's text is one sentence.
        QueryNode::Sentence(parts) => {
            let all: Vec<Hits> = parts.iter().map(|part| hits_in_text(part, words)).collect();
            if all.iter().any(Vec::is_empty) { Vec::new() } else { hits::merged(all) }
        }
        _ => Vec::new(),
    }
}

/// What a part about the article marks in this unit: the words of a headline, on the head.
fn article_marks(node: &QueryNode, page: &UnitText) -> Vec<Span> {
    match node {
        QueryNode::Field(Field::Headline, part) if page.is_head() => leaf_marks(part, page),
        QueryNode::And(parts) | QueryNode::Or(parts) => parts.iter().flat_map(|part| article_marks(part, page)).collect(),
        _ => Vec::new(),
    }
}

/// Every place in this unit where a wanted word or phrase of `node` stands, whatever the rest of the tree says.
fn leaf_marks(node: &QueryNode, page: &UnitText) -> Vec<Span> {
    match node {
        QueryNode::And(parts) | QueryNode::Or(parts) => parts.iter().flat_map(|part| leaf_marks(part, page)).collect(),
        QueryNode::Not(_) | QueryNode::Date(_) => Vec::new(),
        node if node.is_of_article() => article_marks(node, page),
        node => passage_marks(node, page, page.unit.span).unwrap_or_default(),
    }
}

/// True when the parts of `node` hold somewhere in the article, each in a unit of its own if need be.
fn holds_in_article(node: &QueryNode, page: &UnitText) -> bool {
    match node {
        QueryNode::And(parts) => parts.iter().all(|part| holds_in_article(part, page)),
        QueryNode::Or(parts) => parts.iter().any(|part| holds_in_article(part, page)),
        QueryNode::Not(part) => !holds_in_article(part, page),
        node if node.is_of_article() => holds_of_article(node, page),
        node => {
            let mut words = Words::default();
            units(page.article).take_while(|unit| page.patience.lasts(unit.span.range().len())).any(|unit| {
                let other = UnitText::read(page.article, page.quotations, unit, &mut words).within(page.patience);
                passage_marks(node, &other, unit.span).is_some()
            })
        }
    }
}
