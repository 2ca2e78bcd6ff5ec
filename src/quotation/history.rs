//! What was decided so far, and for whom.

use std::ops::Range;

/// Who is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Referent {
    /// A person or body with a name: a number in [`super::names::People`].
    Person(u32),
    /// Somebody only described: the number of the description's mention.
    Described(usize),
}

impl Referent {
    /// The person or body, where it has a name.
    pub fn person(self) -> Option<u32> {
        match self {
            Referent::Person(person) => Some(person),
            Referent::Described(_) => None,
        }
    }
}

/// Whom a mention stands for, and how likely that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// The person, the body or the description; `None` when the article leaves it open.
    pub who: Option<Referent>,
    /// From 0 to 1, given that the mention is the right one.
    pub sure: f32,
    /// Whether the rules of grammar alone say the same.
    pub ruled: bool,
}

impl Default for Answer {
    fn default() -> Answer {
        Answer { who: None, sure: 1.0, ruled: true }
    }
}

/// What was decided for the quotations before.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The quotation before and the mention it was given to.
    pub last: Option<(usize, Option<usize>)>,
    /// The last mention that was given anything, with the quotation it was given.
    pub speaker: Option<(usize, usize)>,
    /// Who that was.
    pub who: Answer,
    /// How many quotations each person was given so far.
    pub spoken: Vec<u16>,
    /// Mentions beside which something is said, in marks or without, in reading order, and whom each stands for.
    answers: Vec<(usize, Answer)>,
}

impl History {
    /// Whom a mention stands for; the same mention as before stands for the same.
    pub fn stands_for(&self, resolve: impl FnOnce(&History) -> Answer, mention: usize) -> Answer {
        if self.speaker.is_some_and(|(_, before)| before == mention) { self.who } else { resolve(self) }
    }

    /// Remembers whom a mention stands for beside which something is said.
    pub fn note(&mut self, mention: usize, answer: Answer) {
        match self.answers.binary_search_by_key(&mention, |(known, _)| *known) {
            Ok(known) => self.answers[known].1 = answer,
            Err(place) => self.answers.insert(place, (mention, answer)),
        }
    }

    /// Whom such a mention stands for, where that was told.
    pub fn answer(&self, mention: usize) -> Option<Answer> {
        let known = self.answers.binary_search_by_key(&mention, |(known, _)| *known).ok()?;
        Some(self.answers[known].1)
    }

    /// The person or body that such a mention stands for.
    pub fn person(&self, mention: usize) -> Option<u32> {
        self.answer(mention)?.who?.person()
    }

    /// All such mentions within a range that stand for a person or body, in reading order.
    pub fn people_within(&self, mentions: Range<usize>) -> impl Iterator<Item = (usize, u32)> {
        let place = |end: usize| self.answers.partition_point(|(mention, _)| *mention < end);
        self.answers[place(mentions.start)..place(mentions.end)]
            .iter()
            .filter_map(|(m, answer)| Some((*m, answer.who?.person()?)))
    }

    /// Remembers a decision: the mention a quotation was given to, and whom it stands for.
    pub fn decide(&mut self, quote: usize, choice: Option<(usize, Answer)>) {
        self.last = Some((quote, choice.map(|(mention, _)| mention)));
        let Some((mention, who)) = choice else { return };
        self.speaker = Some((quote, mention));
        self.who = who;
        self.note(mention, who);
        if let Some(person) = who.who.and_then(Referent::person) {
            let person = person as usize;
            self.spoken.resize(self.spoken.len().max(person + 1), 0);
            let times = &mut self.spoken[person];
            *times = times.saturating_add(1);
        }
    }
}
