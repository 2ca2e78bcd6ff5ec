//! What speaks for nobody with a name: a description stands for itself, a pronoun for somebody the article does not tell.

use super::{Antecedent, Question, Rivals, noun_of};
use crate::lexicon::PREPOSITION;
use crate::quotation::evidence::templates::ReferentTemplate as T;
use crate::quotation::evidence::{Features, Gather, few, symbol};
use crate::quotation::history::Referent;

impl Question<'_> {
    /// For a description that stands for itself.
    pub fn itself(&self, antecedents: &[Antecedent], rivals: &Rivals, f: &mut Features) {
        let Question { scene, class, .. } = *self;
        let words = &scene.reading.words;
        let own = self.own();
        let head = &words[own.head];
        let rule = match self.guess {
            Some(Referent::Described(mention)) if mention == self.mention => 1,
            Some(_) => 2,
            None => 0,
        };
        let best = antecedents.iter().map(|a| a.fit).max().unwrap_or(0);
        let Rivals { bodies, before, speakers, .. } = *rivals;
        let next = symbol(scene.reading, own.end());
        let goes_on = words.get(own.end()).is_some_and(|w| w.is(PREPOSITION));
        f.add(T::Itself, &[class, rule]);
        f.add(T::ItselfHead, &[head.hash]);
        f.add(T::ItselfFirst, &[words[own.words.start].hash, class]);
        f.add(T::ItselfRivals, &[class, few(rivals.fitting, 3), few(bodies, 3)]);
        f.add(T::ItselfLength, &[few(own.words.len(), 5), class, u32::from(goes_on)]);
        f.add(T::ItselfNext, &[next, class]);
        f.add(T::ItselfRepeated, &[few(before, 2), class]);
        f.add(T::ItselfFit, &[best, class]);
        f.add(T::ItselfSole, &[class, speakers, few(before, 1)]);
        f.add(T::ItselfBodies, &[head.hash, few(bodies, 2), speakers]);
        let beside =
            antecedents.iter().map(|a| a.beside).fold((0, 0), |most, (ever, lately)| (ever.max(most.0), lately.max(most.1)));
        f.add(T::ItselfBeside, &[beside.0, noun_of(class)]);
        f.add(T::ItselfLately, &[beside.1, noun_of(class)]);
        f.add(T::ItselfFamily, &[self.family, few(bodies, 3)]);
        let last = match self.history.who.who {
            None => 0,
            Some(Referent::Person(_)) => 1,
            Some(Referent::Described(_)) => 2,
        };
        f.add(T::Last, &[10 + last, class]);
    }

    /// For a pronoun that the article leaves open.
    pub fn nobody(&self, rivals: &Rivals, f: &mut Features) {
        f.add(T::Nobody, &[self.class]);
        f.add(T::NobodyFitting, &[self.class, few(rivals.fitting, 3), u32::from(self.guess.is_some())]);
    }
}
