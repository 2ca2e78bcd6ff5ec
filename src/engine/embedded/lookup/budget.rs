//! What a question may still cost: memory charged before it is taken, time and its caller looked at between steps.
//!
//! Every loop over postings, a dictionary, units or articles says how many steps it takes, and ends when it is told to: what was found until
//! then is put to the matcher, and the answer says that it is not whole. A step is about what it costs to go on to the next posting.

use super::lists::give_back;
use crate::engine::Caller;
use crate::results::Cost;
use std::cell::Cell;
use std::ops::Deref;
use std::rc::Rc;
use std::time::Instant;
use tantivy::DocId;

/// Steps between two looks at the clock: about 1 ms.
const PERIOD: u64 = 1 << 16;

/// Bytes that one list of postings holds while it is read.
pub(in crate::engine::embedded) const LIST: usize = 2_500;

/// Bytes for each unit of the index that are allowed in any case: the commonest word of an archive of any size is answered.
const FOR_A_UNIT: u64 = 96;

/// Units of a list that are asked about between two looks at the budget.
const KEPT_AT_ONCE: usize = 1 << 12;

/// Why a question is at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine::embedded) enum Spent {
    Time,
    Memory,
    /// Nobody waits for the answer any more.
    Gone,
}

impl Spent {
    /// The same for who reads the answer.
    pub fn in_words(self) -> &'static str {
        match self {
            Spent::Time => "the time was up before all candidates were read; there may be more",
            Spent::Memory => "the query takes more memory than one may; there is more than was looked at",
            Spent::Gone => "nobody waits for the answer any more",
        }
    }
}

/// What one question may cost, and has cost.
#[derive(Debug)]
pub(in crate::engine::embedded) struct Budget {
    caller: Caller,
    most: usize,
    until: Cell<Option<Instant>>,
    steps: Cell<u64>,
    scored: Cell<u64>,
    next_look: Cell<u64>,
    held: Cell<usize>,
    peak: Cell<usize>,
    spent: Cell<Option<Spent>>,
}

impl Budget {
    /// For a question of `caller` that is to be looked up until `until`, in an index of so many units.
    pub fn new(caller: &Caller, until: Option<Instant>, units: u64) -> Rc<Budget> {
        let budget = Budget {
            caller: caller.clone(),
            most: caller.memory.max((units * FOR_A_UNIT) as usize),
            until: Cell::new(until),
            steps: Cell::new(0),
            scored: Cell::new(0),
            next_look: Cell::new(PERIOD),
            held: Cell::new(0),
            peak: Cell::new(0),
            spent: Cell::new(None),
        };
        if budget.caller.is_gone() {
            budget.spent.set(Some(Spent::Gone));
        }
        Rc::new(budget)
    }

    /// Takes so many steps; false when that is the end.
    pub fn step(&self, steps: usize) -> bool {
        let taken = self.steps.get() + steps as u64;
        self.steps.set(taken);
        if taken >= self.next_look.get() { self.look() } else { !self.is_spent() }
    }

    /// Takes so many steps to score an article.
    pub fn score(&self, steps: usize) -> bool {
        self.scored.set(self.scored.get() + 1);
        self.step(steps)
    }

    /// Looks at the clock and for the caller; false when this is the end.
    pub fn look(&self) -> bool {
        self.next_look.set(self.steps.get() + PERIOD);
        if self.caller.is_gone() {
            self.spent.set(Some(Spent::Gone));
        } else if !self.is_spent() && self.until.get().is_some_and(|until| Instant::now() > until) {
            self.spent.set(Some(Spent::Time));
        }
        !self.is_spent()
    }

    pub fn is_spent(&self) -> bool {
        self.spent.get().is_some()
    }

    pub fn spent(&self) -> Option<Spent> {
        self.spent.get()
    }

    /// What was found is read now, until another time; says why not all was found.
    pub fn read_until(&self, until: Option<Instant>) -> Option<Spent> {
        let why = self.spent.get();
        self.until.set(until);
        if why != Some(Spent::Gone) {
            self.spent.set(None);
        }
        why
    }

    /// Charges so many bytes; false when they are too many, and nothing is charged then.
    pub fn hold(&self, bytes: usize) -> bool {
        let held = self.held.get() + bytes;
        if held > self.most {
            self.spent.set(self.spent.get().or(Some(Spent::Memory)));
            return false;
        }
        self.held.set(held);
        self.peak.set(self.peak.get().max(held));
        true
    }

    pub fn release(&self, bytes: usize) {
        self.held.set(self.held.get().saturating_sub(bytes));
    }

    /// What the question has cost so far.
    pub fn cost(&self) -> Cost {
        Cost { steps: self.steps.get(), memory: self.peak.get(), scored: self.scored.get() }
    }
}

/// Units in ascending order, each with its number of mentions; charged to the question for as long as they are there.
#[derive(Debug)]
pub(in crate::engine::embedded) struct Docs {
    units: Vec<(DocId, u32)>,
    charged: usize,
    budget: Rc<Budget>,
}

impl Docs {
    /// Charges these; where they are too many there are none.
    pub fn charged(mut units: Vec<(DocId, u32)>, budget: &Rc<Budget>) -> Docs {
        // Not by its capacity: a list that was filled before may have more than it needs, on one machine and not on another; but not much more.
        if units.capacity() > 2 * units.len() + LIST {
            units.shrink_to_fit();
        }
        let bytes = units.len() * size_of::<(DocId, u32)>();
        if budget.hold(bytes) {
            return Docs { units, charged: bytes, budget: Rc::clone(budget) };
        }
        Docs::none(budget)
    }

    pub fn none(budget: &Rc<Budget>) -> Docs {
        Docs { units: Vec::new(), charged: 0, budget: Rc::clone(budget) }
    }

    /// Those for which `holds`, of as many as can be asked about.
    pub fn kept(&self, mut holds: impl FnMut(DocId) -> bool) -> Docs {
        let mut units = Vec::new();
        for some in self.units.chunks(KEPT_AT_ONCE) {
            units.extend(some.iter().filter(|(doc, _)| holds(*doc)));
            if !self.budget.step(2 * some.len()) {
                break;
            }
        }
        Docs::charged(units, &self.budget)
    }
}

/// Memory that is charged while it is here.
#[derive(Debug)]
pub(in crate::engine::embedded) struct Charge<'a> {
    bytes: usize,
    budget: &'a Budget,
}

impl<'a> Charge<'a> {
    pub fn new(budget: &'a Budget) -> Charge<'a> {
        Charge { bytes: 0, budget }
    }

    /// Charges up to so many bytes in all; false when they are too many.
    pub fn grow_to(&mut self, bytes: usize) -> bool {
        let more = bytes.saturating_sub(self.bytes);
        let held = more == 0 || self.budget.hold(more);
        self.bytes += if held { more } else { 0 };
        held
    }
}

impl Drop for Charge<'_> {
    fn drop(&mut self) {
        self.budget.release(self.bytes);
    }
}

impl Deref for Docs {
    type Target = [(DocId, u32)];

    fn deref(&self) -> &[(DocId, u32)] {
        &self.units
    }
}

impl Drop for Docs {
    fn drop(&mut self) {
        self.budget.release(self.charged);
        give_back(std::mem::take(&mut self.units));
    }
}
