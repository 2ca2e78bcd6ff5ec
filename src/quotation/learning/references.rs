//! Learns whom pronouns and descriptions stand for, from articles of which nothing else is labelled.

use super::learner::Learner;
use super::{Attribution, Lesson};
use crate::quotation::evidence::{self, Context, Lists};
use crate::quotation::history::History;
use crate::quotation::mention::Mention;
use crate::quotation::reference::References;
use crate::quotation::speech;
use crate::quotation::weights::{Skill, probability};
use crate::quotation::words::{Reading, Shown};

/// The mentions that labels are about, in reading order.
pub fn labelled<'a>(reading: &Reading, mentions: &[Mention], labels: &'a [Attribution]) -> Vec<(usize, &'a Attribution)> {
    let mention = |label: &Attribution| mentions.iter().position(|m| label.source.contains(&reading.span(m.words.clone())));
    let mut found: Vec<(usize, &Attribution)> = labels.iter().filter_map(|label| Some((mention(label)?, label))).collect();
    found.sort_by_key(|(mention, _)| *mention);
    found
}

impl Lesson<'_> {
    /// One pass over the labelled mentions of the article. What was said before each, the model tells itself, as far as it has learned.
    pub fn references(&self, learners: &mut [Learner], epoch: usize) {
        let scene = self.scene();
        let mut history = History::default();
        let mut references = References::new(scene);
        let asked = evidence::asked(scene);
        let mut open = self.references.clone();
        for quote in 0..self.reading.quotes.len() {
            self.follow(learners, &mut references, self.reading.quotes[quote].words.start, &mut history);
            let Some(choice) = self.chosen(learners, (quote, asked), &history) else { continue };
            let start = self.reading.quotes[quote].words.start;
            let before = open.iter().filter(|(m, _)| self.mentions[*m].words.start < start && Some(*m) != choice);
            for (mention, label) in before {
                let answer = self.who(learners, &mut references, (None, *mention), &history, Some(label), epoch);
                history.note(*mention, answer);
            }
            let label = choice.and_then(|mention| open.iter().find(|(m, _)| *m == mention)).map(|(_, label)| *label);
            open.retain(|(m, _)| self.mentions[*m].words.start >= start && Some(*m) != choice);
            let answer = |mention| (mention, self.who(learners, &mut references, (Some(quote), mention), &history, label, epoch));
            let decided = choice.map(answer);
            history.decide(quote, decided);
        }
        self.follow(learners, &mut references, self.reading.words.len(), &mut history);
        for (mention, label) in open {
            self.who(learners, &mut references, (None, mention), &history, Some(label), epoch);
        }
    }

    /// The mention a quotation is given to by what was learned so far; `None` for what is no speech. It is decided as [`decisions`] does, but for the
    /// thresholds, which were chosen for weights that have learned.
    ///
    /// [`decisions`]: crate::quotation::decision::decisions
    fn chosen(&self, learners: &[Learner], (quote, asked): (usize, Option<usize>), history: &History) -> Option<Option<usize>> {
        let scene = self.scene();
        let quoted = &self.reading.quotes[quote];
        if self.reading.lines[quoted.line].heading {
            return None;
        }
        if let Some(mention) = evidence::turn(scene, quote, asked) {
            return Some(mention);
        }
        if let Some(mention) = evidence::continued(scene, quote, history) {
            return Some(Some(mention));
        }
        let context = Context::new(scene, quote);
        if quoted.shown == Shown::Marks && !evidence::is_reported(scene, quote) {
            let mut list = Vec::new();
            speech::features(scene, quote, &context, &mut list);
            if probability(learners[Skill::Speech as usize].score(&list)) < 0.5 {
                return None;
            }
        }
        if let Some(mention) = evidence::signed(scene, quote) {
            return Some(Some(mention));
        }
        let mut lists = Lists::default();
        let candidates = evidence::answers(scene, quote, &context, history, &mut lists);
        Some(candidates[learners[Skill::Speaker as usize].best(&lists)])
    }
}
