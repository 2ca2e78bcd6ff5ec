//! Learns how sure an attribution is.
//!
//! The articles whose speakers are all named in their labels are parted by outlet; each part is decided by weights that learned from the
//! rest, and every decision is a lesson: right, or not. So the probability holds for outlets that were never seen.

use super::learner::Learner;
use super::{Course, Lesson, decided, shuffle};
use crate::quotation::confidence;
use crate::quotation::decision::{Decision, decisions};
use crate::quotation::evidence::Features;
use crate::quotation::reference::References;
use crate::quotation::weights::{SKILLS, Skill, Weights};
use crate::quotation::words::Shown;

/// So many parts the articles are cut into.
const PARTS: usize = 2;

/// The weights of [`Skill::Confidence`].
pub fn learned(lessons: &[Lesson], course: Course) -> Vec<f32> {
    let part = |lesson: &Lesson| lesson.outlet.bytes().fold(3u32, |h, b| h.wrapping_mul(33) ^ u32::from(b)) as usize % PARTS;
    let mut decided_right: Vec<(Vec<u32>, bool)> = Vec::new();
    for number in 0..PARTS {
        let seen: Vec<&Lesson> = lessons.iter().filter(|lesson| lesson.has_reports || part(lesson) != number).collect();
        let weights = decided(&seen, Course { rounds: 1, reports: false, ..course });
        let labelled = |lesson: &&Lesson| !lesson.has_reports && !lesson.is_told;
        let unseen = lessons.iter().filter(labelled).filter(|lesson| part(lesson) == number);
        unseen.for_each(|lesson| lesson.judge(&weights, &mut decided_right));
    }
    let log = SKILLS[Skill::Confidence as usize].1;
    let mut learner = Learner::of_few(log, course);
    let mut order: Vec<usize> = (0..decided_right.len()).collect();
    let mut seed = course.seed;
    for epoch in 0..course.epochs {
        shuffle(&mut order, &mut seed);
        order.iter().for_each(|k| learner.decide(&decided_right[*k].0, decided_right[*k].1));
        learner.finish_epoch(epoch);
    }
    learner.average()
}

impl Lesson<'_> {
    /// Adds what every decision about this article looks like, and whether it was right.
    fn judge(&self, weights: &Weights, out: &mut Vec<(Vec<u32>, bool)>) {
        let scene = self.scene();
        let mut references = References::new(scene);
        let (decisions, _) = decisions(weights, scene, &mut references);
        for (number, decision) in decisions.iter().enumerate() {
            // Turns of a transcript are not labelled everywhere: one without a label says nothing.
            let turn = matches!(self.reading.quotes[decision.quote].shown, Shown::Turn(_) | Shown::Label(_));
            if decision.choice.is_none() || turn && self.owners[decision.quote].is_none() {
                continue;
            }
            let mut list = Vec::new();
            confidence::features(scene, decision, decisions.get(number + 1), &mut Features::new(&mut list));
            out.push((list, self.is_right(decision)));
        }
    }

    /// Whether a decision names the labelled speaker; for what is no speech nobody is right.
    fn is_right(&self, decision: &Decision) -> bool {
        let label = self.owners[decision.quote].map(|owner| &self.attributions[owner]);
        label.is_some_and(|label| self.names(decision.choice.and_then(|(_, answer)| answer.who), label))
    }
}
