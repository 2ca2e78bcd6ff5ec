//! Everybody a pronoun or a description could stand for, and what speaks for each.
//!
//! The people and bodies named before it (and just behind it in its line), whoever spoke last, whom the article is about, and what the
//! rules of grammar guess; for a description also the description itself, for a pronoun also nobody. Whom it is, the model decides.

use super::beside::Companion;
use super::families;
use super::{agrees, is_definite, is_plural, is_possessive, is_relative, stem};
use crate::lexicon::*;
use crate::quotation::evidence::templates::ReferentTemplate as T;
use crate::quotation::evidence::{Features, Gather, Lists, bucket, few, named_inside, symbol};
use crate::quotation::history::{History, Referent};
use crate::quotation::mention::{Mention, MentionKind, is_subject};
use crate::quotation::names::Gender;
use crate::quotation::scene::Scene;
use crate::quotation::words::{Symbol, Word};

mod kinship;
mod unnamed;

/// The most mentions looked at before and behind, and the most people among them: keeps long articles linear.
const MOST_BEFORE: usize = 120;
const MOST_BEHIND: usize = 4;
const MOST_PEOPLE: usize = 14;
const MOST_DESCRIBED: usize = 3;

/// Somebody who could be meant.
struct Antecedent {
    referent: Referent,
    /// The mention by which.
    mention: usize,
    /// The nearest of its mentions before that is the subject of a verb of saying.
    said: Option<usize>,
    /// See [`Question::fits`].
    fits: bool,
    /// See [`Question::fit`].
    fit: u32,
    /// See [`Scene::kind`].
    kind: u32,
    /// See [`Question::beside`].
    beside: (u32, u32),
}

/// What is known of all antecedents together.
struct Rivals {
    /// How many number and gender allow.
    fitting: usize,
    /// How many the words of the description fit.
    holding: usize,
    /// The last mention of a fitting one that says something.
    latest: Option<usize>,
    /// How many are bodies or places.
    bodies: usize,
    /// How many spoke so far, up to two.
    speakers: u32,
    /// How many descriptions before this one have the same head.
    before: usize,
}

/// What is looked at several times over of an antecedent.
struct Seen {
    /// How many fitting ones were named since; 5 for one that does not fit.
    rank: u32,
    /// See [`Question::near`].
    near: u32,
    /// Whether its mention is a subject.
    subject: u32,
    /// See [`Question::gender`].
    gender: u32,
    /// See [`Question::last`].
    last: u32,
    /// Who it is, if it has a name.
    person: Option<u32>,
}

/// What is known of the article.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The human being named most often.
    pub topic: Option<u32>,
    /// Mentions before it that are no names, in reading order, and whom they stand for.
    pub led: &'a [(usize, u32)],
    /// The names that stand beside the head of a description.
    pub beside: &'a [Companion],
}

/// A pronoun or a description, and what could be meant.
struct Question<'a> {
    scene: Scene<'a>,
    history: &'a History,
    known: Known<'a>,
    quote: Option<usize>,
    mention: usize,
    guess: Option<Referent>,
    /// See [`class`].
    class: u32,
    /// What kind of body its head means (see [`families`]).
    family: u32,
    /// See [`kinship::inner`].
    inner: Vec<u32>,
}

/// All answers to whom `mention` stands for, their features added to `lists`; `guess` is what the rules say.
pub fn options(
    scene: Scene,
    known: Known,
    (mention, guess): (usize, Option<Referent>),
    quote: Option<usize>,
    history: &History,
    lists: &mut Lists,
) -> Vec<Option<Referent>> {
    let class = class(scene, &scene.mentions[mention]);
    let family = families::of_noun(scene.reading.words[scene.mentions[mention].head].hash);
    let inner = kinship::inner(scene, &scene.mentions[mention]);
    let question = Question { scene, history, known, quote, mention, guess, class, family, inner };
    let all: Vec<Antecedent> = question.antecedents();
    let fitting = || all.iter().filter(|a| a.fits);
    let rivals = Rivals {
        fitting: fitting().count(),
        holding: all.iter().filter(|a| a.fit > 0).count(),
        latest: fitting().filter_map(|a| a.said).max(),
        bodies: all.iter().filter(|a| matches!(a.kind, 3 | 5)).count(),
        speakers: few(history.spoken.iter().filter(|n| **n > 0).count(), 2),
        before: question.same_before(),
    };
    let mut rank = 0;
    for antecedent in &all {
        lists.push(|f| question.features(antecedent, rank, &rivals, f));
        rank += usize::from(antecedent.fits);
    }
    let description = scene.mentions[mention].kind == MentionKind::Description;
    lists.push(|f| if description { question.itself(&all, &rivals, f) } else { question.nobody(&rivals, f) });
    let last = description.then_some(Referent::Described(mention));
    all.into_iter().map(|a| Some(a.referent)).chain([last]).collect()
}

/// What the mention looks like: the hash of a pronoun; for a description its kind of noun, whether it is definite, and its number.
fn class(scene: Scene, mention: &Mention) -> u32 {
    let words = &scene.reading.words;
    let head = &words[mention.head];
    if mention.kind == MentionKind::Pronoun {
        return match head {
            _ if head.is(HE) => 2,
            _ if head.is(SHE) => 3,
            _ => head.hash,
        };
    }
    let noun = match head {
        _ if head.is(ROLE | TITLE) => 1,
        _ if head.is_body() => 2,
        _ if head.is(SOURCE) => 3,
        _ if head.is(SPOKEN) => 4,
        _ => 5,
    };
    let first = &words[mention.words.start];
    let owned = is_possessive(first) || words[mention.words.clone()].iter().any(|w| w.hash == known("'s"));
    let opening = if owned { 2 } else { u32::from(is_definite(first)) };
    DESCRIBED + noun * 8 + opening * 2 + u32::from(is_plural(scene, head))
}

/// The classes of descriptions begin here; those of pronouns are hashes.
const DESCRIBED: u32 = 100;

/// The kind of noun within the class of a description.
fn noun_of(class: u32) -> u32 {
    (class - DESCRIBED) / 8
}

impl Question<'_> {
    fn own(&self) -> &Mention {
        &self.scene.mentions[self.mention]
    }

    fn head(&self) -> &Word {
        &self.scene.reading.words[self.own().head]
    }

    fn is_pronoun(&self) -> bool {
        self.own().kind == MentionKind::Pronoun
    }

    /// Everybody who could be meant: those named before, the nearest first, those named right behind, then the likely ones further away.
    fn antecedents(&self) -> Vec<Antecedent> {
        let (own, body) = (self.within(), self.is_body());
        let possible = |known: &Named| {
            let person = body && matches!(self.scene.kind(known.referent), 0 | 1);
            known.referent != Referent::Described(self.mention) && !person && !own.contains(&known.referent)
        };
        let all = self.named().into_iter().filter(possible);
        all.map(|Named { referent, mention, said }| Antecedent {
            referent,
            mention,
            said,
            fits: self.fits(referent),
            fit: self.fit(referent),
            kind: self.scene.kind(referent),
            beside: if self.is_pronoun() { (0, 0) } else { self.beside(referent) },
        })
        .collect()
    }

    /// [`Question::antecedents`], also those that cannot be meant.
    fn named(&self) -> Vec<Named> {
        let mentions = self.scene.mentions;
        let mut list: Vec<Named> = Vec::with_capacity(MOST_PEOPLE + 6);
        let mut described = 0;
        let back = (0..self.mention).rev().take(MOST_BEFORE).filter(|m| !mentions[*m].quoted);
        for mention in back {
            if let Ok(led) = self.known.led.binary_search_by_key(&mention, |(led, _)| *led) {
                add(&mut list, Referent::Person(self.known.led[led].1), mention, mentions[mention].speaks);
                continue;
            }
            let found = &mentions[mention];
            match (found.kind, found.person) {
                (MentionKind::Name | MentionKind::Organisation, Some(person)) => {
                    if list.len() >= MOST_PEOPLE && !list.iter().any(|a| a.referent == Referent::Person(person)) {
                        break;
                    }
                    add(&mut list, Referent::Person(person), mention, mentions[mention].speaks);
                }
                (MentionKind::Description, _) if described < MOST_DESCRIBED && self.may_be_meant(found) => {
                    described += 1;
                    add(&mut list, Referent::Described(mention), mention, mentions[mention].speaks);
                }
                _ => {}
            }
        }
        let line = self.head().line;
        let here = |m: &usize| self.scene.reading.words[mentions[*m].head].line == line;
        let behind = (self.mention + 1..mentions.len()).take(MOST_BEHIND).take_while(here).filter(|m| !mentions[*m].quoted);
        for mention in behind {
            if let (MentionKind::Name | MentionKind::Organisation, Some(person)) =
                (mentions[mention].kind, mentions[mention].person)
            {
                add(&mut list, Referent::Person(person), mention, false);
            }
        }
        let far = [self.history.who.who, self.guess, self.known.topic.map(Referent::Person)];
        for referent in far.into_iter().flatten() {
            let mention = match referent {
                Referent::Person(person) => self.nearest(person),
                Referent::Described(mention) => mention,
            };
            add(&mut list, referent, mention, false);
        }
        list
    }

    /// Whoever is named within the description of a person or a body: "the mayor's office in Kallovar" is not Kallovar. A paper may be
    /// whose it is.
    fn within(&self) -> Vec<Referent> {
        let head = self.head();
        if self.is_pronoun() || !(head.is(ROLE | TITLE) || head.is_body() || head.hash == known("office")) {
            return Vec::new();
        }
        let whole = &self.own().whole;
        let near = self.mention.saturating_sub(3)..self.scene.mentions.len().min(self.mention + 4);
        let inside = self.scene.mentions[near].iter().filter(|m| whole.contains(&m.words.start) && m.head != self.own().head);
        inside.filter_map(|m| m.person.map(Referent::Person)).collect()
    }

    /// Whether it is "the ministry" or "the port", which no person is. (Every noun of a body was tried: "the team", "the club" are said of
    /// people, and two quotations of fresh articles lost their speakers.)
    fn is_body(&self) -> bool {
        const HOUSES: [u32; 16] = all_known([
            "port",
            "harbour",
            "harbor",
            "airport",
            "museum",
            "academy",
            "embassy",
            "consulate",
            "diocese",
            "library",
            "laboratory",
            "zoo",
            "consortium",
            "guild",
            "observatory",
            "confederation",
        ]);
        !self.is_pronoun() && (self.head().is_body() || HOUSES.contains(&self.head().hash))
    }

    /// The last mention of a person before this one, else the first.
    fn nearest(&self, person: u32) -> usize {
        let mentions = self.scene.mentions;
        let is = |m: &usize| mentions[*m].person == Some(person);
        let before = (0..self.mention).rev().take(4 * MOST_BEFORE).find(is);
        before.or_else(|| (self.mention..mentions.len()).take(4 * MOST_BEFORE).find(is)).unwrap_or(self.mention)
    }

    /// Whether an earlier description can be what a pronoun or a later description stands for: `the manager` for `a manager at a bank`.
    fn may_be_meant(&self, mention: &Mention) -> bool {
        let words = &self.scene.reading.words;
        if !self.is_pronoun() {
            let (own, head) = (self.head(), &words[mention.head]);
            let people = own.is(ROLE) && head.is(ROLE) && is_plural(self.scene, own) == is_plural(self.scene, head);
            return !is_definite(&words[mention.words.start]) && (people || own.hash == head.hash);
        }
        let pronoun = self.head();
        let head = &words[mention.head];
        let plural = is_plural(self.scene, head);
        if pronoun.is(HE | SHE) && !pronoun.is(THEY) {
            let other = head.is(FEMININE) && !pronoun.is(SHE) || head.is(MASCULINE) && !pronoun.is(HE);
            !plural && head.is(ROLE) && !other && !is_possessive(&words[mention.words.start])
        } else {
            head.is(ROLE | SOURCE) || plural
        }
    }

    /// Whether number and gender allow this antecedent.
    fn fits(&self, referent: Referent) -> bool {
        let pronoun = self.head();
        match referent {
            Referent::Described(_) => true,
            Referent::Person(person) => {
                let person = &self.scene.people.people[person as usize];
                if !self.is_pronoun() {
                    return person.might_be_human() == self.head().is(ROLE | TITLE);
                }
                let singular = pronoun.is(HE | SHE) && !pronoun.is(THEY);
                if singular {
                    person.might_be_human() && agrees(person.gender, pronoun)
                } else {
                    is_relative(pronoun) || !person.is_certainly_human()
                }
            }
        }
    }

    /// 0 the same gender, 1 untold, 2 the other; 3 where none is asked for.
    fn gender(&self, antecedent: &Antecedent) -> u32 {
        let word = self.head();
        let wanted = match (word.is(HE | MASCULINE), word.is(SHE | FEMININE)) {
            (true, false) => Gender::Man,
            (false, true) => Gender::Woman,
            _ => return 3,
        };
        let words = &self.scene.reading.words;
        let found = match antecedent.referent {
            Referent::Person(person) => self.scene.people.people[person as usize].gender,
            Referent::Described(mention) if words[self.scene.mentions[mention].head].is(FEMININE) => Gender::Woman,
            Referent::Described(mention) if words[self.scene.mentions[mention].head].is(MASCULINE) => Gender::Man,
            Referent::Described(_) => Gender::Untold,
        };
        match found {
            Gender::Untold => 1,
            found => u32::from(found != wanted) * 2,
        }
    }

    /// How well role or name fit the description: 0 not at all, 1 the name holds its head ("the bank": Velden Bank), 2 a role printed beside
    /// the name has the same head, 3 and all other words too; 4 more when a nation is the same.
    fn fit(&self, referent: Referent) -> u32 {
        let Referent::Person(person) = referent else { return 0 };
        if self.is_pronoun() {
            return 0;
        }
        let words = &self.scene.reading.words;
        let person = &self.scene.people.people[person as usize];
        let own = &words[self.own().words.clone()];
        let head = words[self.own().head].hash;
        let has = |role: &[Word], hash: u32| role.iter().any(|w| w.hash == hash);
        let rest = || own.iter().filter(|w| w.is_word() && !w.is(DETERMINER) && w.hash != head && !w.is(AUXILIARY));
        let roles = || person.roles.iter().map(|role| &words[role.clone()]);
        let mut holding = roles().filter(|role| has(role, head)).peekable();
        let held = holding.peek().is_some();
        let whole = holding.any(|role| rest().all(|w| has(role, w.hash)));
        let named = has(&words[person.name.clone()], head);
        let own_nation = own.iter().find(|w| w.is(NATION | PLACE)).map(|w| stem(self.scene, w));
        let nation = own_nation.is_some_and(|nation| {
            let mut told = roles().flatten().chain(&words[person.name.clone()]);
            told.any(|w| w.is(NATION | PLACE) && stem(self.scene, w) == nation)
        });
        let fit = match (named, held, whole) {
            (_, true, true) => 3,
            (_, true, false) => 2,
            (true, false, _) => 1,
            (false, false, _) => 0,
        };
        fit + 4 * u32::from(nation)
    }

    /// What the rules say: 0 nobody or the description itself, 1 this antecedent, 2 another.
    fn rule(&self, antecedent: &Antecedent) -> u32 {
        match self.guess {
            Some(guess) if guess == antecedent.referent => 1,
            Some(Referent::Described(mention)) if mention == self.mention => 0,
            Some(_) => 2,
            None => 0,
        }
    }

    /// What speaks for an antecedent; `rank` fitting ones were named since.
    fn features(&self, antecedent: &Antecedent, rank: usize, rivals: &Rivals, f: &mut Features) {
        let rank = if antecedent.fits { few(rank, 4) } else { 5 };
        let subject = is_subject(&self.scene.reading.words, &self.scene.mentions[antecedent.mention]);
        let (near, gender, last) = (self.near(antecedent), self.gender(antecedent), self.last(antecedent));
        let seen = Seen { rank, near, gender, last, subject: u32::from(subject), person: antecedent.referent.person() };
        self.place(antecedent, &seen, f);
        self.speech(antecedent, &seen, rivals, f);
        self.aptness(antecedent, &seen, rivals, f);
    }

    /// How many sentences and lines away the antecedent was last named, and whether behind.
    fn near(&self, antecedent: &Antecedent) -> u32 {
        let (here, there) = (self.head(), &self.scene.reading.words[self.scene.mentions[antecedent.mention].head]);
        let sentences = match here.sentence.abs_diff(there.sentence) {
            few @ 0..=3 => few,
            4..=6 => 4,
            _ => 5,
        };
        sentences * 8 + few(here.line.abs_diff(there.line) as usize, 2) * 2 + u32::from(antecedent.mention > self.mention)
    }

    /// Where it was last named, and how.
    fn place(&self, antecedent: &Antecedent, seen: &Seen, f: &mut Features) {
        let Question { scene, class, .. } = *self;
        let words = &scene.reading.words;
        let found = &scene.mentions[antecedent.mention];
        let Seen { rank, near, subject, .. } = *seen;
        let appearance = found.kind as u32 * 2 + u32::from(found.words.len() > 1);
        let previous = found.start().checked_sub(1).filter(|k| words[*k].line == words[found.head].line);
        let previous = previous.map_or(Symbol::Outside as u32, |k| symbol(scene.reading, k));
        f.add(T::Near, &[near, class]);
        f.add(T::NearSubject, &[near, subject, class]);
        f.add(T::RankSubject, &[rank, subject, class]);
        f.add(T::Kind, &[appearance, class]);
        f.add(T::KindRank, &[appearance, rank, near]);
        f.add(T::Previous, &[previous, class]);
        f.add(T::Next, &[symbol(scene.reading, found.end()), class]);
        f.add(T::HeadKind, &[self.head().hash, appearance, antecedent.fit]);
    }

    /// What it said, in marks and without.
    fn speech(&self, antecedent: &Antecedent, seen: &Seen, rivals: &Rivals, f: &mut Features) {
        let Question { scene, history, class, .. } = *self;
        let words = &scene.reading.words;
        let Seen { rank, near, subject, gender, last, person } = *seen;
        // How many sentences ago it said something: 0 to 3, 4 longer ago, 5 nothing; and whether it is the last one who did.
        let ago = |said: usize| self.head().sentence.abs_diff(words[scene.mentions[said].head].sentence);
        let said = antecedent.said.map_or(5, |said| ago(said).min(4));
        let said = said * 2 + u32::from(antecedent.said.is_some() && antecedent.said == rivals.latest);
        // Whether it, and whether anybody who fits, said something without marks since the quotation before.
        let before = history.last.map_or(0, |(quote, _)| scene.reading.quotes[quote].words.end);
        let after = |said: Option<usize>| said.is_some_and(|said| scene.mentions[said].head >= before);
        let since = u32::from(after(antecedent.said)) * 2 + u32::from(after(rivals.latest));
        let spoken = person.and_then(|p| history.spoken.get(p as usize)).map_or(0, |n| few(*n as usize, 3));
        let inside = self.quote.is_some_and(|quote| named_inside(scene, quote, person));
        f.add(T::Said, &[said, class]);
        f.add(T::SaidRank, &[said, rank, class]);
        f.add(T::SaidLast, &[said, last, class]);
        f.add(T::SaidSubject, &[said, subject, near]);
        f.add(T::Since, &[since, last, class]);
        f.add(T::SinceRank, &[since, rank, class]);
        f.add(T::SinceHuman, &[since, antecedent.kind, gender]);
        f.add(T::Last, &[last, class, near]);
        f.add(T::LastHuman, &[last, gender, antecedent.kind, class]);
        f.add(T::LastRank, &[last, rank, class]);
        f.add(T::Spoken, &[spoken, class]);
        f.add(T::Inside, &[u32::from(inside), class]);
    }

    /// Whether the mention may stand for what the antecedent is.
    fn aptness(&self, antecedent: &Antecedent, seen: &Seen, rivals: &Rivals, f: &mut Features) {
        let Question { scene, class, .. } = *self;
        let (kind, fit, head) = (antecedent.kind, antecedent.fit, self.head().hash);
        let Seen { rank, near, gender, last, person, .. } = *seen;
        let rule = self.rule(antecedent);
        let count = person.map_or(0, |p| bucket(scene.people.people[p as usize].count as usize));
        let topic = u32::from(person.is_some() && self.known.topic == person);
        let order = person.map_or(3, |p| few(p as usize, 3));
        f.add(T::Rule, &[rule, class]);
        f.add(T::RuleHuman, &[rule, kind, gender]);
        f.add(T::RankRule, &[rank, rule, gender]);
        f.add(T::Rank, &[rank, class, kind]);
        f.add(T::Human, &[kind, gender, class]);
        f.add(T::HeadHuman, &[head, kind]);
        f.add(T::Count, &[count, topic, class]);
        f.add(T::CountRank, &[count, kind, rank]);
        f.add(T::Order, &[order, class, kind]);
        f.add(T::Fit, &[fit, class]);
        f.add(T::FitRank, &[fit, rank]);
        f.add(T::FitAlone, &[fit, few(rivals.holding, 3), class]);
        f.add(T::Fitting, &[few(rivals.fitting, 4), rank, class]);
        f.add(T::Sole, &[rivals.speakers, last, class, kind]);
        if !self.is_pronoun() {
            self.description(antecedent, seen, rivals, f);
        }
        if person.is_none() {
            let there = &scene.reading.words[scene.mentions[antecedent.mention].head];
            let same = u32::from(there.hash == head);
            f.add(T::Described, &[class, same, u32::from(there.is(ROLE)), last]);
            f.add(T::DescribedNear, &[class, same, near]);
        }
    }

    /// What is looked at for a description alone.
    fn description(&self, antecedent: &Antecedent, seen: &Seen, rivals: &Rivals, f: &mut Features) {
        let Question { scene, class, .. } = *self;
        let Seen { rank, near, last, person, .. } = *seen;
        let (kind, fit, head) = (antecedent.kind, antecedent.fit, self.head().hash);
        f.add(T::HeadLast, &[head, last, kind]);
        f.add(T::FirstUse, &[few(rivals.before, 1), last, class]);
        f.add(T::Bodies, &[few(rivals.bodies, 3), rank, class, kind]);
        f.add(T::FitNear, &[fit, near, class]);
        f.add(T::FitLast, &[fit, last, class]);
        self.kinship(antecedent, seen, f);
        if let Some(person) = person {
            let name = &scene.reading.words[scene.people.people[person as usize].name.clone()];
            let telling = name.iter().rev().find(|w| w.is(ORGANISATION | SOURCE | COMMON | ROLE));
            f.add(T::NameKind, &[head, telling.map_or(0, |w| w.hash)]);
        }
    }

    /// How many descriptions before this one have the same head; none for a pronoun.
    fn same_before(&self) -> usize {
        if self.is_pronoun() {
            return 0;
        }
        let words = &self.scene.reading.words;
        let head = self.head().hash;
        let same = |m: &&Mention| m.kind == MentionKind::Description && words[m.head].hash == head;
        self.scene.mentions[..self.mention].iter().rev().take(MOST_BEFORE).filter(same).count()
    }

    /// 0 nobody spoke yet, 1 somebody else spoke last, 2 the antecedent did.
    fn last(&self, antecedent: &Antecedent) -> u32 {
        self.history.who.who.map_or(0, |who| 1 + u32::from(who == antecedent.referent))
    }
}

/// Somebody named, by which mention, and by which that says something.
struct Named {
    referent: Referent,
    mention: usize,
    said: Option<usize>,
}

/// Adds somebody named, or what a mention further away tells about somebody already there.
fn add(list: &mut Vec<Named>, referent: Referent, mention: usize, speaks: bool) {
    match list.iter_mut().find(|a| a.referent == referent) {
        Some(known) => known.said = known.said.or(speaks.then_some(mention)),
        None => list.push(Named { referent, mention, said: speaks.then_some(mention) }),
    }
}
