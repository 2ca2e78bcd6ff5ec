//! Trains the model from articles whose quotations people have labelled.
//!
//! Takes [`Example`]s and gives [`Weights`]. Reading the examples from files and writing the weights is left to
//! `examples/train_attribution.rs`; nothing here is used when quotations are found, and without the feature `learning` it is not built.
//!
//! The same features and the same candidates are made as when quotations are found, by the same functions. Speakers are learned
//! from the model's own decisions: from the second pass on the `History` of an article is what the model would have decided so far,
//! not what the labels say, so that it learns to live with its own mistakes.

use super::evidence::{self, Context, Lists};
use super::history::{Answer, History, Referent};
use super::mention::{self, Mention, MentionKind};
use super::names;
use super::reference::References;
use super::scene::Scene;
use super::speech;
use super::weights::{SKILLS, Skill, Weights};
use super::words::{Reading, Shown};
use crate::article::{Article, Span};

mod certainty;
mod learner;
mod references;
mod reports;

use learner::Learner;
use reports::Cues;

/// An article with what its readers marked.
#[derive(Debug, Clone)]
pub struct Example {
    /// The article.
    pub article: Article,
    /// The outlet or collection it is from: how sure an attribution is, is learned from articles of outlets not seen before.
    pub outlet: String,
    /// Every attribution in it.
    pub attributions: Vec<Attribution>,
    /// Mentions of which readers said whom they stand for: [`Attribution::source`] is the mention, and there are no other parts. Where there are
    /// any, the quotations of the article are not labelled, and nothing is learned about them.
    pub references: Vec<Attribution>,
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
    /// The full name, where it is certain; for somebody unnamed the whole description.
    pub speaker: Option<String>,
    /// Whether `speaker` is a description and no name.
    pub unnamed: bool,
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
    /// Whether reported speech is learned as well.
    pub reports: bool,
}

impl Default for Course {
    fn default() -> Course {
        Course { epochs: 10, rate: 0.05, decay: 1e-6, seed: 7, rounds: 8, reports: true }
    }
}

/// Trains all skills.
pub fn train(examples: &[Example], course: Course) -> Weights {
    let lessons: Vec<Lesson> = examples.iter().map(Lesson::new).collect();
    let mut weights = decided(&lessons.iter().collect::<Vec<_>>(), course);
    let sure = certainty::learned(&lessons, course);
    weights.set(Skill::Confidence, &sure);
    weights
}

/// Trains everything that decides.
fn decided(lessons: &[&Lesson], course: Course) -> Weights {
    let cues = reports::cues(lessons);
    let mut means: Vec<Vec<f32>> = SKILLS.iter().map(|(_, log)| vec![0.0; 1 << log]).collect();
    for round in 0..course.rounds {
        let learners = taught(lessons, &cues, Course { seed: course.seed + round, ..course });
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
fn taught(lessons: &[&Lesson], cues: &Cues, course: Course) -> Vec<Learner> {
    let mut learners: Vec<Learner> = SKILLS.iter().map(|(skill, log)| learner(*skill, *log, course)).collect();
    let (mut told, mut order): (Vec<usize>, Vec<usize>) = (0..lessons.len()).partition(|k| lessons[*k].is_told);
    let (mut seed, mut second) = (course.seed, course.seed);
    for epoch in 0..course.epochs {
        shuffle(&mut order, &mut seed);
        shuffle(&mut told, &mut second);
        let mut behind = 0;
        for (done, k) in order.iter().enumerate() {
            lessons[*k].speakers(&mut learners, epoch);
            lessons[*k].speech(&mut learners[Skill::Speech as usize]);
            if course.reports && lessons[*k].has_reports {
                lessons[*k].reports(cues, &mut learners);
            }
            // Spread among the others.
            let due = (done + 1) * told.len() / order.len();
            told[behind..due].iter().for_each(|k| lessons[*k].references(&mut learners, epoch));
            behind = due;
        }
        learners.iter_mut().for_each(|learner| learner.finish_epoch(epoch));
    }
    learners
}

/// Who speaks has to hold in papers of other kinds, so it is learned from half of what is seen. Whom a mention stands for gained nothing by it
/// (.740 of our own labels end to end with and without), and of what reports more was right (.767 for .752) and less found (.419 for .436).
fn learner(skill: Skill, log: u32, course: Course) -> Learner {
    match skill {
        Skill::Speaker => Learner::of_choices(log, course),
        _ => Learner::new(log, course),
    }
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for k in (1..order.len()).rev() {
        *seed = next_number(*seed);
        order.swap(k, (*seed >> 33) as usize % (k + 1));
    }
}

/// The next of a row of numbers in no order (the linear congruential generator of Knuth's MMIX); their upper bits are the better ones.
fn next_number(seed: u64) -> u64 {
    seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
}

/// An example, read once.
struct Lesson<'a> {
    outlet: &'a str,
    reading: Reading<'a>,
    mentions: Vec<Mention>,
    people: names::People,
    attributions: &'a [Attribution],
    /// For each quotation the attribution it belongs to.
    owners: Vec<Option<usize>>,
    /// The mentions of which it is known whom they stand for, in reading order.
    references: Vec<(usize, &'a Attribution)>,
    /// Whether that is all that is labelled.
    is_told: bool,
    has_reports: bool,
}

impl<'a> Lesson<'a> {
    fn new(example: &'a Example) -> Lesson<'a> {
        let reading = Reading::new(&example.article);
        let mut mentions = mention::mentions(&reading);
        let people = names::people(&reading, &mut mentions);
        let references = references::labelled(&reading, &mentions, &example.references);
        let owners = reading.quotes.iter().map(|q| owner(&example.attributions, q.marked.inner)).collect();
        Lesson {
            outlet: &example.outlet,
            reading,
            mentions,
            people,
            attributions: &example.attributions,
            owners,
            references,
            is_told: !example.references.is_empty(),
            has_reports: example.reports,
        }
    }

    fn scene(&self) -> Scene<'_> {
        Scene { reading: &self.reading, mentions: &self.mentions, people: &self.people }
    }

    /// One pass over the quotations of the article, learning whose they are and whom the mentions beside them stand for.
    fn speakers(&self, learners: &mut [Learner], epoch: usize) {
        let scene = self.scene();
        let mut history = History::default();
        let mut lists = Lists::default();
        let mut references = References::new(scene);
        let asked = evidence::asked(scene);
        for quote in 0..self.reading.quotes.len() {
            self.follow(learners, &mut references, self.reading.quotes[quote].words.start, &mut history);
            if let Some(mention) = evidence::turn(scene, quote, asked) {
                let choice = mention.map(|m| (m, self.who(learners, &mut references, (Some(quote), m), &history, None, epoch)));
                history.decide(quote, choice);
                continue;
            }
            let Some(owner) = self.owners[quote] else { continue };
            if let Some(mention) = evidence::continued(scene, quote, &history).or_else(|| evidence::signed(scene, quote)) {
                let who = self.who(learners, &mut references, (Some(quote), mention), &history, None, epoch);
                history.decide(quote, Some((mention, who)));
                continue;
            }
            let context = Context::new(scene, quote);
            let candidates = evidence::answers(scene, quote, &context, &history, &mut lists);
            let right = {
                let led = |mention| self.led(&learners[Skill::Referent as usize], &mut references, (quote, mention), &history);
                self.right(owner, &candidates, &history, led)
            };
            let learner = &mut learners[Skill::Speaker as usize];
            let decided = learner.teach(&lists, &right, epoch);
            let sure = right.contains(&decided).then_some(&self.attributions[owner]);
            let choice = candidates[decided]
                .map(|mention| (mention, self.who(learners, &mut references, (Some(quote), mention), &history, sure, epoch)));
            history.decide(quote, choice);
        }
    }

    /// Reads on up to the word `end`.
    fn follow(&self, learners: &[Learner], references: &mut References, end: usize, history: &mut History) {
        let learner = &learners[Skill::Referent as usize];
        references.follow(self.scene(), end, history, |lists| (learner.best(lists), 1.0));
    }

    /// Whom a mention stands for, learned from the label where one is given.
    fn who(
        &self,
        learners: &mut [Learner],
        references: &mut References,
        (quote, mention): (Option<usize>, usize),
        history: &History,
        label: Option<&Attribution>,
        epoch: usize,
    ) -> Answer {
        let learner = &mut learners[Skill::Referent as usize];
        let resolve = |history: &History| {
            let mut lists = Lists::default();
            let options = references.options(self.scene(), mention, quote, history, &mut lists);
            let names = |k: &usize| label.is_some_and(|label| self.names(options.who[*k], label));
            let right: Vec<usize> = (0..options.who.len()).filter(names).collect();
            let decided = learner.teach(&lists, &right, epoch);
            Answer { who: options.who[decided], sure: 1.0, ruled: options.who[decided] == options.guess }
        };
        history.stands_for(resolve, mention)
    }

    /// Whom a mention stands for, as far as it is learned.
    fn led(
        &self,
        learner: &Learner,
        references: &mut References,
        (quote, mention): (usize, usize),
        history: &History,
    ) -> Option<Referent> {
        let mut lists = Lists::default();
        let options = references.options(self.scene(), mention, Some(quote), history, &mut lists);
        options.who[learner.best(&lists)]
    }

    /// Whether somebody is the speaker that a label names.
    fn names(&self, who: Option<Referent>, label: &Attribution) -> bool {
        match (who, label.speaker.as_deref()) {
            (Some(Referent::Person(person)), Some(speaker)) => !label.unnamed && self.is_person(person, speaker),
            (Some(Referent::Described(mention)), Some(speaker)) => self.is_described(mention, speaker, label),
            _ => false,
        }
    }

    /// Whether a person or body is the one a label names: the last names agree, or one name holds all words of the other.
    fn is_person(&self, person: u32, speaker: &str) -> bool {
        let name = self.people.name(&self.reading, person);
        let (name, speaker) = (names_in(&name), names_in(speaker));
        let holds = |all: &[String], few: &[String]| !few.is_empty() && few.iter().all(|word| all.contains(word));
        name.last() == speaker.last() && !name.is_empty() || holds(&name, &speaker) || holds(&speaker, &name)
    }

    /// Whether a description is what a label gives as somebody unnamed.
    fn is_described(&self, mention: usize, speaker: &str, label: &Attribution) -> bool {
        let span = self.reading.span(self.mentions[mention].words.clone());
        let head = self.reading.words[self.mentions[mention].head].span().of(self.reading.text).to_lowercase();
        label.unnamed && (label.source.iter().any(|s| s.overlaps(span)) || names_in(speaker).contains(&head))
    }

    /// The candidates that are the attribution's source.
    fn right(
        &self,
        attribution: usize,
        candidates: &[Option<usize>],
        history: &History,
        mut led: impl FnMut(usize) -> Option<Referent>,
    ) -> Vec<usize> {
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
        if attribution.speaker.is_none() {
            return Vec::new();
        }
        let is = |who: Option<Referent>| self.names(who, attribution);
        let implied = |k: &usize| candidates[*k].is_some_and(|m| self.mentions[m].implied);
        // A verb without a subject is right where it leads to the one who speaks.
        let leads: Vec<usize> = all.clone().filter(implied).filter(|k| candidates[*k].is_some_and(|m| is(led(m)))).collect();
        if !leads.is_empty() {
            return leads;
        }
        // Else it is no answer to learn from: "he said" is not wrong because nobody knows who he is.
        let beside: Vec<usize> = all.clone().filter(implied).collect();
        if !beside.is_empty() {
            return beside;
        }
        // "He" of the quotation before is as good as the name, once it is known whom it stands for.
        let before = history.speaker.map(|(_, mention)| mention);
        let again = is(history.who.who);
        all.filter(|k| named(k) || again && candidates[*k] == before).collect()
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
        last_name(speaker).as_deref() == Some(head.trim_end_matches('.'))
            || mention.person.is_some_and(|person| self.has_last_name(person, speaker))
    }

    /// Whether a person's last name is that of the speaker.
    fn has_last_name(&self, person: u32, speaker: &str) -> bool {
        let last = self.reading.words.iter().find(|w| w.hash == self.people.people[person as usize].last);
        let last = last.map(|w| w.span().of(self.reading.text).to_lowercase());
        last.is_some() && last == last_name(speaker)
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

/// The words of a name or description in small letters, without a suffix such as "Jr".
fn names_in(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.filter(|word| !SUFFIXES.contains(&word.as_str()) && !["the", "of", "and", "s"].contains(&word.as_str())).collect()
}

const SUFFIXES: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];

fn last_name(speaker: &str) -> Option<String> {
    let mut words = speaker.split_whitespace().rev().map(|w| w.trim_end_matches(['.', ',']).to_lowercase());
    words.find(|w| !SUFFIXES.contains(&w.as_str()))
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
