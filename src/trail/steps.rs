//! From what prints the words to their trail: in order of time, copies folded.

use super::found::Found;
use super::{Asked, Step, Trail, speaker};
use crate::article::{Article, ArticleId, Span};
use crate::day::{Day, Days};
use crate::duplicates::Sketch;
use crate::engine::People;
use crate::passage::{sentences, units};
use crate::quotation::Kind;
use crate::results::Printing;
use crate::verify::{Finding, Printed, place, relative, story_of};
use crate::words::count;
use std::collections::{HashMap, HashSet};

/// An article that prints the words: what is kept of it once it was read.
pub struct Met {
    when: When,
    sketch: Option<Sketch>,
    step: Step,
}

/// See [`when`].
type When = (bool, Option<(Day, Day)>, String, ArticleId);

impl Met {
    pub fn new(asked: &Asked, printed: &Printed, finding: &Finding) -> Met {
        Met { when: when(&printed.article), sketch: Sketch::new(&printed.article), step: step(asked, printed, finding) }
    }
}

/// The trail of what was found.
pub fn trail(asked: &Asked, found: Found, people: &People) -> Trail {
    let Found { mut printed, unread, damaged, partial } = found;
    printed.sort_by(|one, other| one.when.cmp(&other.when));
    let (sketches, mut steps): (Vec<_>, Vec<Step>) =
        printed.into_iter().map(|met| ((met.step.place.article, met.sketch), met.step)).unzip();
    speaker::mark_others(&mut steps, people);
    let story = story_of(sketches);
    let outlets: HashSet<&str> = steps.iter().filter_map(|step| step.place.facts.outlet.as_deref()).collect();
    Trail {
        words: asked.words.clone(),
        articles: steps.len(),
        stories: story.iter().collect::<HashSet<_>>().len(),
        outlets: outlets.len(),
        unread: unread + damaged,
        partial: partial.or_else(|| left_out(unread)).or_else(|| unreadable(damaged)),
        steps: folded(steps, &story),
        ..Trail::default()
    }
}

fn left_out(unread: usize) -> Option<String> {
    let some = if unread == 1 { "1 more article shares".to_owned() } else { format!("{unread} more articles share") };
    (unread > 0).then(|| format!("{some} words with these and may print them; not read"))
}

fn unreadable(damaged: usize) -> Option<String> {
    let some = if damaged == 1 { "1 article is".to_owned() } else { format!("{damaged} articles are") };
    (damaged > 0).then(|| format!("{some} damaged and left out; `newshound check` names them"))
}

/// In order of time, the surely earlier first: of whose day no more is known than the month comes at its end; without a day, last.
fn when(article: &Article) -> When {
    let date = article.published.as_ref().map(|published| published.date.clone()).unwrap_or_default();
    let days = Days::of_published(&date).map(|days| (days.to, days.from));
    (days.is_none(), days, date, article.id)
}

fn step(asked: &Asked, printed: &Printed, finding: &Finding) -> Step {
    let extent = finding.extent();
    Step {
        place: place(printed, finding),
        edits: finding.edits,
        goes_on: goes_on(asked, printed, finding),
        other_speaker: false,
        common: finding.common,
        only_given: finding.only_given.clone(),
        only_printed: relative(&finding.only_printed, extent),
        copies: Vec::new(),
    }
}

/// Words that are printed after the last of those asked for, in its sentence and between its marks, where these end a sentence.
fn goes_on(asked: &Asked, printed: &Printed, finding: &Finding) -> usize {
    let words = asked.words.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends = asked.words[words.len()..].contains(['.', '!', '?']) && finding.part.end as usize == words.len();
    let (text, end) = (&printed.article.text, finding.extent().end);
    let unit = units(&printed.article).find(|unit| unit.span.start < end && end <= unit.span.end);
    let sentence = unit.and_then(|unit| sentences(text, unit.span).into_iter().find(|sentence| end <= sentence.end));
    let Some(sentence) = sentence.filter(|_| ends) else { return 0 };
    let marked = printed.quotation_of(&finding.pieces).filter(|quotation| quotation.kind != Kind::Indirect);
    let last = marked.map_or(sentence.end, |quotation| sentence.end.min(quotation.span.end).max(end));
    count(Span { start: end, end: last }.of(text)) as usize
}

/// Steps of one story that print the words the same way become one, the earliest.
fn folded(steps: Vec<Step>, story: &[usize]) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    let mut first: HashMap<usize, Vec<usize>> = HashMap::new();
    for (step, story) in steps.into_iter().zip(story) {
        let told = first.entry(*story).or_default();
        match told.iter().find(|at| is_alike(&out[**at], &step)) {
            Some(at) => out[*at].copies.push(printing(&step)),
            None => {
                told.push(out.len());
                out.push(step);
            }
        }
    }
    out
}

fn is_alike(one: &Step, other: &Step) -> bool {
    one.place.text == other.place.text
        && one.place.speaker == other.place.speaker
        && one.edits == other.edits
        && one.goes_on == other.goes_on
}

fn printing(step: &Step) -> Printing {
    let place = &step.place;
    Printing {
        article: place.article,
        outlet: place.facts.outlet.clone(),
        published: place.facts.published.clone(),
        path: place.path.clone(),
    }
}
