//! Trains the model from articles whose quotations people have labelled.
//!
//! Takes [`Example`]s and gives [`Weights`]. Reading the examples from files and writing the weights is left to
//! `examples/train_attribution.rs`; nothing here is used when quotations are found, and without the feature `learning` it is not built.
//!
//! The same features and the same candidates are made as when quotations are found, by the same functions. Speakers are learned
//! from the model's own decisions: from the second pass on the `History` of an article is what the model would have decided so far,
//! not what the labels say, so that it learns to live with its own mistakes.

use super::evidence::{self, Context, History, Lists};
use super::mention::{self, Mention, MentionKind};
use super::names;
use super::reference::References;
use super::scene::Scene;
use super::speech;
use super::weights::{SKILLS, Skill, Weights};
use super::words::{Reading, Shown};
use crate::article::{Article, Span};

mod learner;
mod reports;

use learner::Learner;
use reports::Cues;

/// An article with what its readers marked.
#[derive(Debug, Clone)]
pub struct Example {
    /// The article.
    pub article: Article,
    /// Every attribution in it.
    pub attributions: Vec<Attribution>,
    /// Whether reported speech is labelled too: where it is not, nothing is learned about it.
    pub reports: bool,
}

/// Words attributed to somebody, as marked by a reader.
#[derive(Debug, Clone)]
pub struct Attribution {
    /// The words.
    pub content: Vec<Span>,
    /// Who said them, as printed; empty when the article does not tell.
    pub source: Vec<Span>,
    /// The words that report the speech.
    pub cue: Vec<Span>,
    /// The full name, where it is certain.
    pub speaker: Option<String>,
}

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Course {
    /// Passes over the examples.
    pub epochs: usize,
    /// First step size.
    pub rate: f32,
    /// Pull towards zero.
    pub decay: f32,
    /// Order of the examples.
    pub seed: u64,
    /// So often everything is learned, from the examples in another order each time; the weights are the mean.
    pub rounds: u64,
}

impl Default for Course {
    fn default() -> Course {
        Course { epochs: 10, rate: 0.05, decay: 1e-6, seed: 7, rounds: 8 }
    }
}

/// Trains all skills.
pub fn train(examples: &[Example], course: Course) -> Weights {
    let lessons: Vec<Lesson> = examples.iter().map(Lesson::new).collect();
    let cues = reports::cues(&lessons);
    let mut means: Vec<Vec<f32>> = SKILLS.iter().map(|(_, log)| vec![0.0; 1 << log]).collect();
    for round in 0..course.rounds {
        let learners = taught(&lessons, &cues, Course { seed: course.seed + round, ..course });
        for (mean, learner) in means.iter_mut().zip(&learners) {
            mean.iter_mut().zip(learner.average()).for_each(|(mean, weight)| *mean += weight / course.rounds as f32);
        }
    }
    let mut weights = Weights::default();
    weights.set_cues(cues.words.clone());
    for (skill, _) in SKILLS {
        weights.set(skill, &means[skill as usize]);
    }
    weights
}

/// Learns all skills once, from the lessons in an order of its own.
fn taught(lessons: &[Lesson], cues: &Cues, course: Course) -> Vec<Learner> {
    let mut learners: Vec<Learner> = SKILLS.iter().map(|(_, log)| Learner::new(*log, course)).collect();
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut seed = course.seed;
    for epoch in 0..course.epochs {
        shuffle(&mut order, &mut seed);
        for k in &order {
            lessons[*k].speakers(&mut learners[Skill::Speaker as usize], epoch);
            lessons[*k].speech(&mut learners[Skill::Speech as usize]);
            if lessons[*k].has_reports {
                lessons[*k].reports(cues, &mut learners);
            }
        }
        learners.iter_mut().for_each(|learner| learner.finish_epoch(epoch));
    }
    learners
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for k in (1..order.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(k, (*seed >> 33) as usize % (k + 1));
    }
}

/// An example, read once.
struct Lesson<'a> {
    reading: Reading<'a>,
    mentions: Vec<Mention>,
    people: names::People,
    attributions: &'a [Attribution],
    /// For each quotation the attribution it belongs to.
    owners: Vec<Option<usize>>,
    has_reports: bool,
}

impl<'a> Lesson<'a> {
    fn new(example: &'a Example) -> Lesson<'a> {
        let reading = Reading::new(&example.article);
        let mut mentions = mention::mentions(&reading);
        let people = names::people(&reading, &mut mentions);
        let owners = reading.quotes.iter().map(|q| owner(&example.attributions, q.marked.inner)).collect();
        Lesson { reading, mentions, people, attributions: &example.attributions, owners, has_reports: example.reports }
    }

    fn scene(&self) -> Scene<'_> {
        Scene { reading: &self.reading, mentions: &self.mentions, people: &self.people }
    }

    /// One pass over the quotations of the article, learning whose they are.
    fn speakers(&self, learner: &mut Learner, epoch: usize) {
        let scene = self.scene();
        let mut history = History::default();
        let mut lists = Lists::default();
        let mut references = References::new(scene);
        let asked = evidence::asked(scene);
        for quote in 0..self.reading.quotes.len() {
            if let Some(mention) = evidence::turn(scene, quote, asked) {
                history.decide(scene, &mut references, quote, mention);
                continue;
            }
            let Some(owner) = self.owners[quote] else {
                continue;
            };
            if let Some(mention) = evidence::continued(scene, quote, &history).or_else(|| evidence::signed(scene, quote)) {
                history.decide(scene, &mut references, quote, Some(mention));
                continue;
            }
            let context = Context::new(scene, quote);
            let candidates = evidence::answers(scene, quote, &context, &history, &mut lists);
            let right = self.right(owner, &candidates);
            if right.is_empty() {
                let guess = learner.best(&lists);
                history.decide(scene, &mut references, quote, candidates[guess]);
                continue;
            }
            let guess = learner.choose(&lists, &right);
            let decided = if epoch == 0 { right[0] } else { guess };
            history.decide(scene, &mut references, quote, candidates[decided]);
        }
    }

    /// The candidates that are the attribution's source.
    fn right(&self, attribution: usize, candidates: &[Option<usize>]) -> Vec<usize> {
        let attribution = &self.attributions[attribution];
        if attribution.source.is_empty() && attribution.speaker.is_none() {
            return candidates.iter().position(Option::is_none).into_iter().collect();
        }
        let named = |k: &usize| candidates[*k].is_some_and(|m| self.is_named(m, attribution.speaker.as_deref()));
        let inside = |k: &usize| candidates[*k].is_some_and(|m| self.is_inside(m, &attribution.source));
        let all = 0..candidates.len();
        let inside: Vec<usize> = all.clone().filter(inside).collect();
        let both: Vec<usize> = inside.iter().copied().filter(named).collect();
        if !both.is_empty() {
            return both;
        }
        if let Some(first) = inside.iter().copied().min_by_key(|k| candidates[*k].map(|m| self.mentions[m].words.start)) {
            return vec![first];
        }
        if attribution.speaker.is_some() { all.filter(named).collect() } else { Vec::new() }
    }

    fn is_inside(&self, mention: usize, source: &[Span]) -> bool {
        let span = self.reading.span(self.mentions[mention].words.clone());
        source.iter().any(|s| s.overlaps(span))
    }

    fn is_named(&self, mention: usize, speaker: Option<&str>) -> bool {
        let Some(speaker) = speaker else { return false };
        let mention = &self.mentions[mention];
        if !matches!(mention.kind, MentionKind::Name | MentionKind::Organisation) {
            return false;
        }
        let head = self.reading.words[mention.head].span().of(self.reading.text).to_lowercase();
        let last = |person: u32| self.reading.words[..].iter().find(|w| w.hash == self.people.people[person as usize].last);
        let last = mention.person.and_then(last).map(|w| w.span().of(self.reading.text).to_lowercase());
        let mut words = speaker.split_whitespace().rev().map(|w| w.trim_end_matches(['.', ',']).to_lowercase());
        let wanted = words.find(|w| !["jr", "sr", "ii", "iii", "iv"].contains(&w.as_str()));
        wanted.as_deref() == Some(head.trim_end_matches('.')) || wanted == last
    }

    /// Learns which of the article's stretches between marks are speech.
    fn speech(&self, learner: &mut Learner) {
        let scene = self.scene();
        let mut list = Vec::new();
        for quote in 0..self.reading.quotes.len() {
            if self.reading.quotes[quote].shown != Shown::Marks {
                continue;
            }
            let context = Context::new(scene, quote);
            let owner = self.owners[quote].map(|owner| &self.attributions[owner]);
            if owner.is_some_and(|owner| self.is_doubtful(quote, owner)) {
                continue;
            }
            list.clear();
            speech::features(scene, quote, &context, &mut list);
            learner.decide(&list, owner.is_some());
        }
    }
}

impl Lesson<'_> {
    /// A word or two in marks within a long report need not be the speaker's own.
    fn is_doubtful(&self, quote: usize, owner: &Attribution) -> bool {
        let quoted = &self.reading.quotes[quote];
        let content: usize = owner.content.iter().map(|s| s.len()).sum();
        quoted.words.len() <= 5 && quoted.marked.inner.len() * 5 < content
    }
}

/// The attribution that covers at least half of a quotation; of several the one with the shortest content.
fn owner(attributions: &[Attribution], quoted: Span) -> Option<usize> {
    let covers = |a: &Attribution| {
        let shared = |s: &Span| s.end.min(quoted.end).saturating_sub(s.start.max(quoted.start)) as usize;
        2 * a.content.iter().map(shared).sum::<usize>() >= quoted.len()
    };
    let size = |a: &Attribution| a.content.iter().map(|s| s.len()).sum::<usize>();
    let all = attributions.iter().enumerate().filter(|(_, a)| covers(a));
    all.min_by_key(|(_, a)| size(a)).map(|(k, _)| k)
}
