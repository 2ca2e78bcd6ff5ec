//! What was measured at one size, and how figures grow from size to size.

use crate::building::Built;
use crate::measured::percentile;
use crate::systems::Asked;
use std::collections::{BTreeMap, BTreeSet};

/// All systems at one size.
pub struct Figures {
    pub mb: usize,
    text: f64,
    /// By system and class, the p50 and the p99 of each run.
    runs: BTreeMap<(&'static str, String), Vec<[f64; 2]>>,
    builds: BTreeMap<&'static str, Vec<Built>>,
    /// By system, class and argument, how many were found.
    found: BTreeMap<&'static str, BTreeMap<(String, String), usize>>,
    /// Questions that newshound broke off for want of time, each counted in every run.
    pub cut: usize,
}

/// Which of the two.
#[derive(Clone, Copy)]
pub enum Percent {
    P50,
    P99,
}

/// A figure of an index.
#[derive(Clone, Copy)]
pub enum Cost {
    Cpu,
    Rate,
    Wall,
    Size,
    Resident,
}

impl Figures {
    pub fn new(mb: usize, text: f64) -> Figures {
        let (runs, builds, found) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Figures { mb, text, runs, builds, found, cut: 0 }
    }

    pub fn built(&mut self, system: &'static str, built: Built) {
        self.builds.entry(system).or_default().push(built);
    }

    /// Takes the answers of one run.
    pub fn asked(&mut self, system: &'static str, answers: Vec<Asked>) {
        let mut micros: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for answer in answers {
            self.cut += usize::from(!answer.is_whole);
            micros.entry(answer.class.clone()).or_default().push(answer.micros);
            if let Some(found) = answer.found {
                self.found.entry(system).or_default().insert((answer.class, answer.text), found);
            }
        }
        for (class, micros) in micros {
            let both = [50, 99].map(|percent| percentile(&micros, percent));
            self.runs.entry((system, class)).or_default().push(both);
        }
    }

    /// Microseconds: the median of all runs.
    pub fn time(&self, system: &'static str, class: &str, percent: Percent) -> Option<f64> {
        let runs = self.runs.get(&(system, class.to_owned()))?;
        Some(median(runs.iter().map(|run| run[percent as usize])))
    }

    pub fn cost(&self, system: &'static str, cost: Cost) -> Option<f64> {
        let megabytes = self.text / 1e6;
        let of = |built: &Built| match cost {
            Cost::Cpu => built.times.cpu,
            Cost::Rate => megabytes / built.times.cpu,
            Cost::Wall => built.times.wall,
            Cost::Size => built.bytes / self.text,
            Cost::Resident => built.resident / 1e6,
        };
        Some(median(self.builds.get(system)?.iter().map(of)))
    }

    /// Of how many questions both were asked, and of which classes those are, one for each, to which a system found fewer passages or more
    /// than the floor.
    pub fn beside_floor(&self, system: &'static str) -> Option<(usize, Vec<&str>)> {
        let (floor, found) = (self.found.get("tantivy")?, self.found.get(system)?);
        let both: Vec<_> = found.iter().filter_map(|(question, found)| Some((question, floor.get(question)? == found))).collect();
        Some((both.len(), both.iter().filter(|(_, same)| !same).map(|((class, _), _)| class.as_str()).collect()))
    }

    pub fn classes(&self, system: &'static str) -> BTreeSet<&str> {
        self.runs.keys().filter(|(of, _)| *of == system).map(|(_, class)| class.as_str()).collect()
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    percentile(&values.collect::<Vec<_>>(), 50)
}

/// The power of the size with which a figure grows: the slope of its logarithm over that of the size, by least squares.
pub fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let points: Vec<(f64, f64)> = points.iter().map(|(size, figure)| (size.ln(), figure.ln())).collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let both: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    (spread > 0.0).then(|| both / spread)
}
