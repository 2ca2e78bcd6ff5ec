//! What was decided so far, and for whom.

/// Who is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Referent {
    /// A person or body with a name: a number in [`super::names::People`].
    Person(u32),
    /// Somebody only described: the number of the description's mention.
    Described(usize),
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
}

impl History {
    /// Whom a mention stands for; the same mention as before stands for the same.
    pub fn stands_for(&self, resolve: impl FnOnce(&History) -> Answer, mention: usize) -> Answer {
        if self.speaker.is_some_and(|(_, before)| before == mention) { self.who } else { resolve(self) }
    }

    /// Remembers a decision: the mention a quotation was given to, and whom it stands for.
    pub fn decide(&mut self, quote: usize, choice: Option<(usize, Answer)>) {
        self.last = Some((quote, choice.map(|(mention, _)| mention)));
        let Some((mention, who)) = choice else { return };
        self.speaker = Some((quote, mention));
        self.who = who;
        if let Some(Referent::Person(person)) = who.who {
            let person = person as usize;
            self.spoken.resize(self.spoken.len().max(person + 1), 0);
            let times = &mut self.spoken[person];
            *times = times.saturating_add(1);
        }
    }
}
