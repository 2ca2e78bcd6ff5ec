//! From findings to what is told of a claim: the places, the earliest first, the speaker, the stories.

use super::candidates::Archive;
use super::given::Given;
use super::judge::Finding;
use super::printed::Printed;
use super::{Checked, Claim, Place, SpeakerCheck, Verdict, name};
use crate::article::{ArticleId, Span};
use crate::day::Days;
use crate::duplicates::{Sketch, groups};
use crate::results::Facts;

/// Days after a claimed day in which its words may still be printed.
const LATER: i64 = 7;

/// Nothing like it.
pub fn nothing(claim: &Claim, partial: Option<String>) -> Checked {
    Checked {
        claim: claim.clone(),
        verdict: Verdict::NotInArchive,
        interrupted: false,
        speaker: if claim.speaker.is_some() { SpeakerCheck::Untold } else { SpeakerCheck::NotClaimed },
        common: 0.0,
        only_given: Vec::new(),
        only_printed: Vec::new(),
        hidden: Vec::new(),
        places: Vec::new(),
        articles: 0,
        stories: 0,
        of_that_day: None,
        partial,
    }
}

/// What is told of findings that say the same; there is at least one.
pub fn checked(archive: &Archive, claim: &Claim, given: &Given, mut findings: Vec<Finding>) -> Checked {
    let day = |finding: &Finding| {
        let published = archive.articles[finding.article].article.published.as_ref().map(|published| published.date.clone());
        (published.is_none(), published)
    };
    findings.sort_by_cached_key(|found| (found.part.start, day(found), archive.articles[found.article].article.id));
    findings.truncate(archive.most_places());
    let places: Vec<Place> = findings.iter().map(|found| place(&archive.articles[found.article], found)).collect();
    let best = findings.iter().map(|found| found.verdict).min().unwrap_or(Verdict::NotInArchive);
    let printed: Vec<&Printed> = findings.iter().map(|found| &archive.articles[found.article]).collect();
    let speaker = name::compared(claim.speaker.as_deref(), &places, &archive.people());
    let shown = findings.first();
    let text = |found: &Finding| archive.articles[found.article].article.text.as_str();
    let within = |found: &Finding| relative(&found.only_printed, found.extent());
    let other = best.is_printed_so() && speaker == SpeakerCheck::Other;
    let mut articles: Vec<ArticleId> = places.iter().map(|place| place.article).collect();
    articles.sort_unstable();
    articles.dedup();
    Checked {
        claim: claim.clone(),
        verdict: if other { Verdict::SaidByAnother } else { best },
        interrupted: findings.iter().all(|found| found.interrupted),
        speaker,
        common: shown.map_or(0.0, |found| found.common),
        only_given: shown.map_or(Vec::new(), |found| sorted(&found.only_given)),
        only_printed: shown.map_or(Vec::new(), within),
        hidden: shown.map_or(Vec::new(), |found| found.hidden.iter().map(|span| span.of(text(found)).to_owned()).collect()),
        articles: articles.len().max(if best.is_printed_so() { archive.in_a_row } else { 0 }),
        stories: stories(&printed),
        of_that_day: claim.date.as_deref().and_then(|date| of_that_day(date, &places)),
        partial: archive.partial().or_else(|| many(archive, best)),
        places,
    }
    .within(given)
}

impl Checked {
    /// A claim without words has no span beyond them.
    fn within(mut self, given: &Given) -> Checked {
        self.only_given.retain(|span| span.end as usize <= given.text.len());
        self
    }
}

fn many(archive: &Archive, best: Verdict) -> Option<String> {
    let (most, all) = (archive.most_places(), archive.in_a_row);
    (best.is_printed_so() && all > most).then(|| format!("{all} articles print it; the earliest {most} were read"))
}

/// Where a finding stands, and whose words it is given as.
pub fn place(printed: &Printed, found: &Finding) -> Place {
    let article = &printed.article;
    let extent = found.extent();
    let quotation = printed.quotation_of(&found.pieces);
    Place {
        article: article.id,
        facts: Facts::about(article),
        path: article.source.path.clone(),
        record: article.source.record,
        line: article.origin.line(extent.start),
        paragraph: printed.paragraph(extent.start),
        text: extent.of(&article.text).to_owned(),
        part: found.part,
        speaker: quotation.and_then(|quotation| quotation.speaker.as_ref()).map(|speaker| speaker.name.clone()),
        confidence: quotation.map_or(0.0, |quotation| quotation.confidence),
        kind: quotation.map(|quotation| quotation.kind),
    }
}

/// The spans that lie within `extent`, counted from its beginning, in order and apart.
pub fn relative(spans: &[Span], extent: Span) -> Vec<Span> {
    let inside = spans.iter().filter(|span| extent.contains(**span));
    let moved: Vec<Span> = inside.map(|span| Span { start: span.start - extent.start, end: span.end - extent.start }).collect();
    sorted(&moved)
}

/// In order, those that touch made one.
fn sorted(spans: &[Span]) -> Vec<Span> {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// How many stories articles tell, copies counted once.
fn stories(printed: &[&Printed]) -> usize {
    let mut articles: Vec<&Printed> = printed.to_vec();
    articles.sort_by_key(|printed| printed.article.id);
    articles.dedup_by_key(|printed| printed.article.id);
    let sketched: Vec<(ArticleId, Option<Sketch>)> =
        articles.iter().map(|printed| (printed.article.id, Sketch::new(&printed.article))).collect();
    let mut stories = story_of(sketched);
    stories.sort_unstable();
    stories.dedup();
    stories.len()
}

/// For each of these articles, which are not the same, the number of one that tells its story, the same for all its copies. A body too short to
/// be compared is a story of its own.
pub fn story_of(articles: Vec<(ArticleId, Option<Sketch>)>) -> Vec<usize> {
    let mut story: Vec<usize> = (0..articles.len()).collect();
    let sketched = articles.into_iter().enumerate().filter_map(|(at, (id, sketch))| Some(((at, id), sketch?)));
    let (numbers, sketches): (Vec<(usize, ArticleId)>, Vec<Sketch>) = sketched.unzip();
    let names: Vec<ArticleId> = numbers.iter().map(|(_, id)| *id).collect();
    for ((at, _), leader) in numbers.iter().zip(groups(&sketches, &names)) {
        story[*at] = numbers[leader].0;
    }
    story
}

/// Whether a place is of this time or of the week after it; `None` when no place has a day, or the date is none.
fn of_that_day(date: &str, places: &[Place]) -> Option<bool> {
    let claimed = Days::of_published(date)?;
    let days = places.iter().filter_map(|place| Days::of_published(place.facts.published.as_deref()?));
    let mut known = days.peekable();
    known.peek()?;
    let last = claimed.to.days_on(LATER).unwrap_or(claimed.to);
    Some(known.any(|days| days.from <= last && days.to >= claimed.from))
}
