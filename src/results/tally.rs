//! How an answer is spread: over time, and over speakers, places, outlets, sections and languages.

use super::RankedPassage;
use crate::article::ArticleId;
use std::collections::{BTreeMap, HashMap};

/// How long the stretches of a timeline are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// `2025`
    Year,
    /// `2025-03`
    Month,
    /// `2025-03-14`
    Day,
}

impl Step {
    /// The stretch that a date of publication (ISO 8601, as precise as known) lies in; none when it is not known so precisely.
    pub fn of(self, published: &str) -> Option<&str> {
        let length = match self {
            Step::Year => 4,
            Step::Month => 7,
            Step::Day => 10,
        };
        published.get(..length)
    }
}

/// How much of an answer there is somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Passages.
    pub passages: usize,
    /// Marked places in them.
    pub mentions: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// The article counted last.
    last: Option<ArticleId>,
}

impl Figures {
    fn add(&mut self, passage: &RankedPassage) {
        self.passages += 1;
        self.mentions += passage.matches.len();
        if self.last != Some(passage.article) {
            self.articles += 1;
            self.last = Some(passage.article);
        }
    }
}

/// What an answer is spread over, beside time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Who speaks in a passage: the names as their articles give them in full.
    Speakers,
    /// Places of datelines.
    Places,
    /// Newspapers, agencies and sites.
    Outlets,
    /// Desks and categories.
    Sections,
    /// ISO 639-1.
    Languages,
}

const FACETS: usize = Facet::Languages as usize + 1;

/// Adds up an answer. Passages of one article have to be given one after another, as both orders by date do.
#[derive(Debug)]
pub struct Tally {
    step: Step,
    /// By stretch of time, in order; those without passages are left out.
    pub timeline: BTreeMap<String, Figures>,
    /// What has no date, or none as precise as the stretches.
    pub undated: Figures,
    /// For each [`Facet`], its values in small letters, each as it was printed first: desks do not agree on `LONDON` and `London`.
    facets: [HashMap<String, (String, Figures)>; FACETS],
}

impl Tally {
    /// Nothing yet.
    pub fn new(step: Step) -> Tally {
        Tally { step, timeline: BTreeMap::new(), undated: Figures::default(), facets: Default::default() }
    }

    /// Adds a passage.
    pub fn add(&mut self, passage: &RankedPassage) {
        match passage.facts.published.as_deref().and_then(|published| self.step.of(published)) {
            Some(stretch) => entry(&mut self.timeline, stretch).add(passage),
            None => self.undated.add(passage),
        }
        let mut counted: Vec<String> = Vec::new();
        for speaker in &passage.speakers {
            let folded = speaker.name.to_lowercase();
            if !counted.contains(&folded) {
                self.count(Facet::Speakers, &speaker.name, passage);
                counted.push(folded);
            }
        }
        let others = [
            (Facet::Outlets, &passage.facts.outlet),
            (Facet::Sections, &passage.facts.section),
            (Facet::Languages, &passage.facts.language),
        ];
        for town in passage.facts.place.as_deref().map(towns).into_iter().flatten() {
            self.count(Facet::Places, town, passage);
        }
        for (facet, value) in others {
            if let Some(value) = value {
                self.count(facet, value, passage);
            }
        }
    }

    fn count(&mut self, facet: Facet, value: &str, passage: &RankedPassage) {
        let values = &mut self.facets[facet as usize];
        values.entry(value.to_lowercase()).or_insert_with(|| (value.to_owned(), Figures::default())).1.add(passage);
    }

    /// The values of a facet with most passages, at most `limit`, then by name; and how many values there are.
    pub fn most(&self, facet: Facet, limit: usize) -> (Vec<(&str, &Figures)>, usize) {
        let values = &self.facets[facet as usize];
        let mut all: Vec<(&str, &Figures)> = values.values().map(|(name, figures)| (name.as_str(), figures)).collect();
        all.sort_unstable_by(|a, b| b.1.passages.cmp(&a.1.passages).then_with(|| a.0.cmp(b.0)));
        all.truncate(limit);
        (all, values.len())
    }
}

/// Countries of which the name has an `and`: one place.
const TOGETHER: [&str; 6] = ["antigua", "bosnia", "saint kitts", "st. kitts", "sao tome", "trinidad"];

/// The towns of a dateline: `PORT ARDEN/VELDEN` and `PORT ARDEN and VELDEN` are two.
pub(super) fn towns(place: &str) -> impl Iterator<Item = &str> {
    let small = place.to_ascii_lowercase();
    let and = small.find(" and ").filter(|at| *at > 0 && !TOGETHER.iter().any(|name| small[..*at].ends_with(name)));
    let (first, second) = and.map_or((place, ""), |at| (&place[..at], &place[at + " and ".len()..]));
    first.split('/').chain(second.split('/')).map(str::trim).filter(|town| !town.is_empty())
}

fn entry<'a>(timeline: &'a mut BTreeMap<String, Figures>, stretch: &str) -> &'a mut Figures {
    if !timeline.contains_key(stretch) {
        timeline.insert(stretch.to_owned(), Figures::default());
    }
    timeline.get_mut(stretch).expect("just put there")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Source, Span};

    fn passage(article: &str, place: &str, speakers: &[&str]) -> RankedPassage {
        let source = Source { path: article.into(), record: 0, format: "text".into() };
        let plain = Article::plain(article, "A ferry sails.", true);
        let article = Article { id: source.article_id(), source, ..plain };
        let mut passage = RankedPassage::of_unit(&article, &[], 0, &[Span::new(2, 7)]).remove(0);
        let speaker =
            |name: &&str| crate::results::PassageSpeaker { name: (*name).into(), mention: None, indirect: true, doubtful: false };
        passage.speakers = speakers.iter().map(speaker).collect();
        passage.facts.place = Some(place.into());
        passage
    }

    #[test]
    fn two_towns_of_a_dateline_are_two_places() {
        for (place, wanted) in [
            ("PORT ARDEN/VELDEN", &["PORT ARDEN", "VELDEN"][..]),
            ("Port Arden and Velden", &["Port Arden", "Velden"]),
            ("TRINIDAD AND TOBAGO", &["TRINIDAD AND TOBAGO"]),
            ("Andover", &["Andover"]),
        ] {
            assert_eq!(towns(place).collect::<Vec<_>>(), wanted, "{place}");
        }
    }

    #[test]
    fn capitals_make_no_other_value() {
        let mut tally = Tally::new(Step::Month);
        tally.add(&passage("a", "London", &["analysts", "Analysts"]));
        tally.add(&passage("b", "LONDON", &["Analysts", "Ada Quill"]));
        let (places, different) = tally.most(Facet::Places, 5);
        assert_eq!((places[0].0, places[0].1.passages, different), ("London", 2, 1));
        let (speakers, different) = tally.most(Facet::Speakers, 5);
        assert_eq!((speakers[0].0, speakers[0].1.passages, speakers[1].0, different), ("analysts", 2, "Ada Quill", 2));
    }
}
