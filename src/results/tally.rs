//! How an answer is spread: over time, over outlets and over speakers.

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

/// Adds up an answer. Passages of one article have to be given one after another, as both orders by date do.
#[derive(Debug)]
pub struct Tally {
    step: Step,
    /// By stretch of time, in order; those without passages are left out.
    pub timeline: BTreeMap<String, Figures>,
    /// What has no date, or none as precise as the stretches.
    pub undated: Figures,
    outlets: HashMap<String, Figures>,
    speakers: HashMap<String, Figures>,
}

impl Tally {
    /// Nothing yet.
    pub fn new(step: Step) -> Tally {
        let (timeline, undated) = (BTreeMap::new(), Figures::default());
        Tally { step, timeline, undated, outlets: HashMap::new(), speakers: HashMap::new() }
    }

    /// Adds a passage.
    pub fn add(&mut self, passage: &RankedPassage) {
        match passage.published.as_deref().and_then(|published| self.step.of(published)) {
            Some(stretch) => entry(&mut self.timeline, stretch).add(passage),
            None => self.undated.add(passage),
        }
        if let Some(outlet) = &passage.outlet {
            self.outlets.entry(outlet.clone()).or_default().add(passage);
        }
        for speaker in &passage.speakers {
            self.speakers.entry(speaker.name.clone()).or_default().add(passage);
        }
    }

    /// The outlets with most passages, at most `limit`, then by name.
    pub fn outlets(&self, limit: usize) -> Vec<(&str, &Figures)> {
        most(&self.outlets, limit)
    }

    /// The names, as their articles give them in full, of those who are quoted in most passages.
    pub fn speakers(&self, limit: usize) -> Vec<(&str, &Figures)> {
        most(&self.speakers, limit)
    }
}

fn entry<'a>(timeline: &'a mut BTreeMap<String, Figures>, stretch: &str) -> &'a mut Figures {
    if !timeline.contains_key(stretch) {
        timeline.insert(stretch.to_owned(), Figures::default());
    }
    timeline.get_mut(stretch).expect("just put there")
}

fn most(all: &HashMap<String, Figures>, limit: usize) -> Vec<(&str, &Figures)> {
    let mut all: Vec<(&str, &Figures)> = all.iter().map(|(name, figures)| (name.as_str(), figures)).collect();
    all.sort_by(|a, b| b.1.passages.cmp(&a.1.passages).then_with(|| a.0.cmp(b.0)));
    all.truncate(limit);
    all
}
