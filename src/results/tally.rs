//! How an answer is spread: over time, and over speakers, places, outlets, sections and languages.

use super::RankedPassage;
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
    last: Option<String>,
}

impl Figures {
    fn add(&mut self, passage: &RankedPassage) {
        self.passages += 1;
        self.mentions += passage.matches.len();
        if self.last.as_deref() != Some(&passage.article) {
            self.articles += 1;
            self.last = Some(passage.article.clone());
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
    /// For each [`Facet`], its values.
    facets: [HashMap<String, Figures>; FACETS],
}

impl Tally {
    /// Nothing yet.
    pub fn new(step: Step) -> Tally {
        Tally { step, timeline: BTreeMap::new(), undated: Figures::default(), facets: Default::default() }
    }

    /// Adds a passage.
    pub fn add(&mut self, passage: &RankedPassage) {
        match passage.published.as_deref().and_then(|published| self.step.of(published)) {
            Some(stretch) => entry(&mut self.timeline, stretch).add(passage),
            None => self.undated.add(passage),
        }
        for speaker in &passage.speakers {
            self.count(Facet::Speakers, &speaker.name, passage);
        }
        let others = [
            (Facet::Places, &passage.town),
            (Facet::Outlets, &passage.outlet),
            (Facet::Sections, &passage.section),
            (Facet::Languages, &passage.language),
        ];
        for (facet, value) in others {
            if let Some(value) = value {
                self.count(facet, value, passage);
            }
        }
    }

    fn count(&mut self, facet: Facet, value: &str, passage: &RankedPassage) {
        let values = &mut self.facets[facet as usize];
        match values.get_mut(value) {
            Some(figures) => figures.add(passage),
            None => values.entry(value.to_owned()).or_default().add(passage),
        }
    }

    /// The values of a facet with most passages, at most `limit`, then by name; and how many values there are.
    pub fn most(&self, facet: Facet, limit: usize) -> (Vec<(&str, &Figures)>, usize) {
        let values = &self.facets[facet as usize];
        let mut all: Vec<(&str, &Figures)> = values.iter().map(|(name, figures)| (name.as_str(), figures)).collect();
        all.sort_unstable_by(|a, b| b.1.passages.cmp(&a.1.passages).then_with(|| a.0.cmp(b.0)));
        all.truncate(limit);
        (all, values.len())
    }
}

fn entry<'a>(timeline: &'a mut BTreeMap<String, Figures>, stretch: &str) -> &'a mut Figures {
    if !timeline.contains_key(stretch) {
        timeline.insert(stretch.to_owned(), Figures::default());
    }
    timeline.get_mut(stretch).expect("just put there")
}
