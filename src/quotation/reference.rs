//! Who a pronoun or a description stands for.
//!
//! Takes a mention and gives the [`Referent`] the article makes most likely, or none, and how sure that is. The rules of this file make a
//! guess: "he" is the likeliest man named before, or else the last speaker or the man the article is about; "the chancellor" is the person
//! printed with that role, or stays a description. What the model has learned weighs the guess against everybody else who could be meant
//! (`antecedents.rs`).

use super::evidence::Lists;
use super::history::{Answer, History, Referent};
use super::mention::{Mention, MentionKind, is_subject};
use super::names::{Gender, Person};
use super::scene::Scene;
use super::weights::{Skill, Weights, likeliest};
use super::words::{Shape, Word};
use crate::lexicon::*;
use beside::Beside;

mod antecedents;
mod beside;
mod families;

/// Everybody a mention could stand for.
pub struct Options {
    /// `None` stands for nobody.
    pub who: Vec<Option<Referent>>,
    /// Whom the rules of grammar alone would take.
    pub guess: Option<Referent>,
}

/// Answers for one article.
#[derive(Debug, Default)]
pub struct References {
    /// From a word of a printed role to the people it is printed with.
    holders: WordMap<u32, Vec<u32>>,
    /// The human being named most often.
    topic: Option<u32>,
    /// Answers for "the Russian president", by head and nation.
    nations: WordMap<(u32, u32), Option<u32>>,
    /// Answers for pronouns that another one leads to.
    pronouns: WordMap<usize, Option<Referent>>,
    /// How many pronouns are being led to others just now.
    chain: usize,
    /// One past the last mention that was followed.
    next: usize,
    /// The names printed beside a noun.
    beside: Beside,
    /// Room for the features of answers.
    lists: Option<Lists>,
}

/// The longest chain of pronouns that is followed.
const LONGEST_CHAIN: usize = 4;

/// So many mentions back are looked at for whom they were led to: keeps long articles linear.
const MOST_FOLLOWED: usize = 40;

/// A candidate less likely than this is too far away.
const FARTHEST: f32 = -4.0;

/// The most people remembered for one role word, and the most nations looked into: keeps long articles linear.
const MOST: usize = 16;

impl References {
    /// Reads who holds which role.
    pub fn new(scene: Scene) -> References {
        let mut holders: WordMap<u32, Vec<u32>> = WordMap::default();
        for (number, person) in scene.people.people.iter().enumerate() {
            for word in person.roles.iter().flat_map(|role| &scene.reading.words[role.clone()]).filter(|w| w.is(ROLE | TITLE)) {
                for hash in std::iter::once(word.hash).chain(last_part(scene, word)) {
                    let list = holders.entry(hash).or_default();
                    if list.len() < MOST && !list.contains(&(number as u32)) {
                        list.push(number as u32);
                    }
                }
            }
        }
        let humans = (0..scene.people.people.len() as u32).filter(|p| scene.people.people[*p as usize].is_human());
        let topic = humans.max_by_key(|p| (scene.people.people[*p as usize].count, u32::MAX - p));
        let (nations, pronouns) = (WordMap::default(), WordMap::default());
        References { holders, topic, nations, pronouns, chain: 0, next: 0, lists: None, beside: Beside::default() }
    }

    /// Tells of every mention before the word `end` that says something and is no name for whom it stands: `She added that it was late. "..."`.
    /// `best` chooses among the options and says how sure it is.
    pub fn follow(&mut self, scene: Scene, end: usize, history: &mut History, best: impl Fn(&Lists) -> (usize, f32)) {
        let mut lists = self.lists.take().unwrap_or_default();
        while let Some(mention) = scene.mentions.get(self.next).filter(|m| m.head < end) {
            let number = self.next;
            self.next += 1;
            let described = matches!(mention.kind, MentionKind::Pronoun | MentionKind::Description);
            let speaks = mention.speaks && described && !mention.inside && !is_relative(&scene.reading.words[mention.head]);
            if speaks && history.answer(number).is_none() {
                let options = self.options(scene, number, None, history, &mut lists);
                let (best, sure) = best(&lists);
                let who = options.who[best];
                history.note(number, Answer { who, sure, ruled: who == options.guess });
            }
        }
        self.lists = Some(lists);
    }

    /// The same by these weights.
    pub fn read_to(&mut self, weights: &Weights, scene: Scene, end: usize, history: &mut History) {
        self.follow(scene, end, history, |lists| decided(weights, lists));
    }

    /// Whom a mention stands for that reports something without marks, when the whole article was followed.
    pub fn reporter(&mut self, weights: &Weights, scene: Scene, mention: usize, history: &History) -> Answer {
        let alone = || self.who(weights, scene, mention, None, &History::default());
        history.answer(mention).unwrap_or_else(alone)
    }

    /// Whom `mention` stands for, given what was decided before; `quote` is the quotation it is asked for.
    pub fn who(&mut self, weights: &Weights, scene: Scene, mention: usize, quote: Option<usize>, history: &History) -> Answer {
        let found = &scene.mentions[mention];
        if matches!(found.kind, MentionKind::Name | MentionKind::Organisation) {
            return Answer { who: found.person.map(Referent::Person), sure: 1.0, ruled: true };
        }
        let mut lists = self.lists.take().unwrap_or_default();
        let options = self.options(scene, mention, quote, history, &mut lists);
        let (best, sure) = decided(weights, &lists);
        self.lists = Some(lists);
        Answer { who: options.who[best], sure, ruled: options.who[best] == options.guess }
    }

    /// Everybody `mention` could stand for, what speaks for each added to `lists`; a name stands for one alone.
    pub fn options(
        &mut self,
        scene: Scene,
        mention: usize,
        quote: Option<usize>,
        history: &History,
        lists: &mut Lists,
    ) -> Options {
        lists.clear();
        let found = &scene.mentions[mention];
        let relative = is_relative(&scene.reading.words[found.head]);
        let antecedent = mention.checked_sub(1).filter(|m| scene.mentions[*m].end() + 2 >= found.start());
        match (found.kind, antecedent) {
            (MentionKind::Name | MentionKind::Organisation, _) => {
                lists.push(|_| {});
                let person = found.person.map(Referent::Person);
                Options { who: vec![person], guess: person }
            }
            (MentionKind::Pronoun, Some(antecedent)) if relative => self.options(scene, antecedent, quote, history, lists),
            _ => {
                let guess = self.guess(scene, mention, history.who.who);
                let led = self.led(scene, mention, history);
                let description = found.kind == MentionKind::Description;
                let noun = scene.reading.words[found.head].hash;
                let beside = if description { self.beside.names(scene, noun) } else { &[] };
                let known = antecedents::Known { topic: self.topic, led: &led, beside };
                let who = antecedents::options(scene, known, (mention, guess), quote, history, lists);
                Options { who, guess }
            }
        }
    }

    /// What stands before a mention for somebody named: what was followed, and before a pronoun the descriptions that the rules lead to somebody ("the
    /// Russian president" is named as well as his name).
    fn led(&mut self, scene: Scene, mention: usize, history: &History) -> Vec<(usize, u32)> {
        let near = mention.saturating_sub(MOST_FOLLOWED)..mention;
        let unnamed = |(m, _): &(usize, u32)| scene.mentions[*m].person.is_none();
        let mut followed = history.people_within(near.clone()).filter(unnamed).peekable();
        if scene.mentions[mention].kind != MentionKind::Pronoun {
            return followed.collect();
        }
        let mut led = Vec::with_capacity(8);
        for before in near {
            let described = scene.mentions[before].kind == MentionKind::Description && !scene.mentions[before].quoted;
            match followed.next_if(|(m, _)| *m == before) {
                Some(answer) => led.push(answer),
                None if described => led.extend(self.described(scene, before).map(|person| (before, person))),
                None => {}
            }
        }
        led
    }

    /// Whom `mention` stands for by the rules alone, given who spoke last.
    fn guess(&mut self, scene: Scene, mention: usize, last: Option<Referent>) -> Option<Referent> {
        match scene.mentions[mention].kind {
            MentionKind::Name | MentionKind::Organisation => scene.mentions[mention].person.map(Referent::Person),
            MentionKind::Description => {
                let person = self.described(scene, mention).or_else(|| only_expert(scene, mention, last));
                let person = person.or_else(|| varied(scene, mention, last));
                Some(person.map_or(Referent::Described(mention), Referent::Person))
            }
            MentionKind::Pronoun => self.pronoun(scene, mention, last),
        }
    }

    fn pronoun(&mut self, scene: Scene, pronoun: usize, last: Option<Referent>) -> Option<Referent> {
        let word = scene.reading.words[scene.mentions[pronoun].head];
        if is_relative(&word) {
            let before = pronoun.checked_sub(1).filter(|m| scene.mentions[*m].end() + 2 >= scene.mentions[pronoun].start())?;
            return self.guess(scene, before, last);
        }
        let near = self.near(scene, pronoun, last, Person::is_human);
        near.or_else(|| self.far(scene, &word, last)).or_else(|| self.near(scene, pronoun, last, Person::might_be_human))
    }

    /// The likeliest of the mentions before a pronoun; `human` tells whom a "he" or "she" may stand for.
    fn near(&mut self, scene: Scene, pronoun: usize, last: Option<Referent>, human: fn(&Person) -> bool) -> Option<Referent> {
        let word = scene.reading.words[scene.mentions[pronoun].head];
        let (mut best, mut top) = (None, FARTHEST);
        let nearest = (0..pronoun).rev().take(80).filter(|m| !scene.mentions[*m].quoted).take(30);
        for candidate in nearest {
            let chained = scene.mentions[pronoun].implied && scene.mentions[candidate].kind == MentionKind::Pronoun;
            let referent =
                if chained { self.chained(scene, candidate, last) } else { self.possible(scene, candidate, &word, human) };
            let Some(referent) = referent else { continue };
            let score = likelihood(scene, pronoun, candidate, referent, last);
            if score > top {
                (best, top) = (Some(referent), score);
            }
        }
        best
    }

    /// Who an earlier pronoun stands for, where a verb without a subject follows it.
    fn chained(&mut self, scene: Scene, pronoun: usize, last: Option<Referent>) -> Option<Referent> {
        if let Some(known) = self.pronouns.get(&pronoun) {
            return *known;
        }
        if self.chain >= LONGEST_CHAIN {
            return None;
        }
        self.chain += 1;
        let found = self.pronoun(scene, pronoun, last);
        self.chain -= 1;
        self.pronouns.insert(pronoun, found);
        found
    }

    /// With nobody near, a "he" or "she" is whoever spoke last, else the person the article is about.
    fn far(&self, scene: Scene, pronoun: &Word, last: Option<Referent>) -> Option<Referent> {
        if pronoun.is(THEY) {
            return None;
        }
        let people = &scene.people.people;
        let fits = |person: u32| people[person as usize].is_human() && agrees(people[person as usize].gender, pronoun);
        if let Some(Referent::Person(person)) = last.filter(|who| matches!(who, Referent::Person(p) if fits(*p))) {
            return Some(Referent::Person(person));
        }
        let topic = self.topic.filter(|person| fits(*person))?;
        (people[topic as usize].count >= 3).then_some(Referent::Person(topic))
    }

    /// What an earlier mention would make the pronoun stand for, if number and gender allow it.
    fn possible(&mut self, scene: Scene, candidate: usize, pronoun: &Word, human: fn(&Person) -> bool) -> Option<Referent> {
        let mention = &scene.mentions[candidate];
        let head = &scene.reading.words[mention.head];
        let singular = !pronoun.is(THEY);
        match mention.kind {
            MentionKind::Pronoun => None,
            MentionKind::Name | MentionKind::Organisation => {
                let number = mention.person?;
                let person = &scene.people.people[number as usize];
                let fits = if singular { human(person) && agrees(person.gender, pronoun) } else { !person.is_certainly_human() };
                fits.then_some(Referent::Person(number))
            }
            MentionKind::Description if singular => {
                let plural = is_plural(scene, head);
                let own = scene.reading.words[mention.words.start].is(HE | SHE | OTHER_PRONOUN)
                    || is_possessive(&scene.reading.words[mention.words.start]);
                if plural
                    || own
                    || !head.is(ROLE)
                    || head.is(FEMININE) && pronoun.is(HE) && !pronoun.is(SHE)
                    || head.is(MASCULINE) && pronoun.is(SHE) && !pronoun.is(HE)
                {
                    return None;
                }
                match self.described(scene, candidate) {
                    Some(person) => {
                        agrees(scene.people.people[person as usize].gender, pronoun).then_some(Referent::Person(person))
                    }
                    None => Some(Referent::Described(candidate)),
                }
            }
            MentionKind::Description => {
                let fits = if is_it(pronoun) { head.is(SOURCE) } else { is_plural(scene, head) };
                fits.then_some(Referent::Described(candidate))
            }
        }
    }

    /// The person a description is printed as the role of.
    fn described(&mut self, scene: Scene, description: usize) -> Option<u32> {
        let mention = &scene.mentions[description];
        let words = &scene.reading.words[mention.words.clone()];
        if let Some(person) = beside(scene, description) {
            return Some(person);
        }
        if words.len() == 2 && words[0].hash == known("the") && words[1].is(SOURCE) && words[1].is_body() {
            return body(scene, description);
        }
        let head = &scene.reading.words[mention.head];
        if !head.is(ROLE | TITLE) || is_plural(scene, head) || !is_definite(&words[0]) {
            return None;
        }
        if let Some(nation) = words.iter().find(|w| w.is(NATION | PLACE)) {
            return self.national(scene, description, nation);
        }
        let tells = |w: &&Word| w.is_word() && !w.is(DETERMINER | PREPOSITION) && w.start != head.start;
        let modifiers: Vec<u32> = words.iter().filter(tells).map(|w| w.hash).collect();
        let holders = self.holders.get(&head.hash)?;
        let holds = |person: &&u32| {
            let person = &scene.people.people[**person as usize];
            let other = head.is(FEMININE) && person.gender == Gender::Man || head.is(MASCULINE) && person.gender == Gender::Woman;
            !other
                && person.roles.iter().any(|role| {
                    let role = &scene.reading.words[role.clone()];
                    let has = |hash: &u32| role.iter().any(|w| w.hash == *hash || last_part(scene, w) == Some(*hash));
                    has(&head.hash) && modifiers.iter().all(has)
                })
        };
        let named_before = |person: &&u32| latest(scene, **person, description);
        let fitting: Vec<&u32> = holders.iter().filter(holds).collect();
        fitting.into_iter().filter(|p| named_before(p).is_some()).max_by_key(named_before).copied()
    }

    /// "the Russian president": somebody printed with that role and nation, else the one most often named beside the nation.
    fn national(&mut self, scene: Scene, description: usize, nation: &Word) -> Option<u32> {
        let head = scene.reading.words[scene.mentions[description].head].hash;
        if let Some(known) = self.nations.get(&(head, nation.hash)) {
            return *known;
        }
        if self.nations.len() >= MOST {
            return None;
        }
        let found = national(scene, head, nation);
        self.nations.insert((head, nation.hash), found);
        found
    }
}

/// The likeliest of several options, and how likely it is.
fn decided(weights: &Weights, lists: &Lists) -> (usize, f32) {
    likeliest(&lists.iter().map(|list| weights.score(Skill::Referent, list)).collect::<Vec<_>>())
}

/// "Verteidigungsminister" is a "Minister": the English word for the last part of a compound noun.
fn last_part(scene: Scene, word: &Word) -> Option<u32> {
    let compound = word.is(COMMON) && word.is(ROLE);
    let printed = || word.span().of(scene.reading.text).to_lowercase();
    compound.then(printed).and_then(|printed| english_by_ending(scene.reading.language, &printed))
}

/// "the expert" is the one who spoke last, if nobody else was.
fn only_expert(scene: Scene, description: usize, last: Option<Referent>) -> Option<u32> {
    const PROFESSIONS: [&str; 8] = ["expert", "analyst", "economist", "researcher", "scientist", "professor", "doctor", "author"];
    let words = &scene.reading.words[scene.mentions[description].words.clone()];
    let profession = words.len() == 2 && words[0].hash == known("the") && PROFESSIONS.iter().any(|p| hash(p) == words[1].hash);
    let Some(Referent::Person(person)) = last.filter(|_| profession) else { return None };
    let people = &scene.people.people;
    let alone = people.iter().take(400).filter(|p| p.is_human()).count() == 1;
    (alone && people[person as usize].is_human()).then_some(person)
}

/// `el funcionario`, `a senadora`: where the noun comes first, papers like to call the one who just spoke by what he is.
fn varied(scene: Scene, description: usize, last: Option<Referent>) -> Option<u32> {
    let mention = &scene.mentions[description];
    let words = &scene.reading.words;
    let head = &words[mention.head];
    let first = &words[mention.words.start];
    let plain = scene.reading.grammar.noun_first && is_definite(first) && head.is(ROLE) && !is_plural(scene, head);
    let Some(Referent::Person(number)) = last.filter(|_| plain) else { return None };
    let person = &scene.people.people[number as usize];
    let told = if head.is(FEMININE) || first.is(FEMININE) && !first.is(MASCULINE) {
        Gender::Woman
    } else if head.is(MASCULINE) || first.is(MASCULINE) && !first.is(FEMININE) {
        Gender::Man
    } else {
        Gender::Untold
    };
    let agrees = told == Gender::Untold || person.gender == Gender::Untold || told == person.gender;
    let before = latest(scene, number, description)?;
    let near = words[mention.head].line - words[scene.mentions[before].head].line <= 4;
    (person.is_human() && agrees && near).then_some(number)
}

/// The name set behind a description: `the bank's chief executive, Ann Lee,`.
fn beside(scene: Scene, description: usize) -> Option<u32> {
    let words = &scene.reading.words;
    let end = scene.mentions[description].end();
    let name = scene.mentions.get(description + 1).filter(|m| m.kind == MentionKind::Name && m.role.is_none())?;
    let comma = name.words.start.checked_sub(1).filter(|k| *k >= end && words[*k].is_point(b','))?;
    let closes = words.get(name.end()).is_none_or(|w| w.shape != Shape::Lower);
    let plain = words[end..comma].iter().all(|w| w.is_word() && !w.is(SAY | AUXILIARY | CONJUNCTION));
    (plain && closes && comma - end <= 4).then_some(name.person?)
}

/// "the company", "the ministry": the body named most often so far.
fn body(scene: Scene, description: usize) -> Option<u32> {
    let people = &scene.people.people;
    let before = scene.mentions[..description].iter().rev().take(120).filter(|m| !m.quoted && m.kind != MentionKind::Pronoun);
    let bodies = before.filter_map(|m| m.person).filter(|p| {
        let person = &people[*p as usize];
        let name = &scene.reading.words[person.name.clone()];
        let place = name.len() == 1 && name[0].is(PLACE | NATION | CALENDAR);
        !(person.might_be_human() || place)
    });
    bodies.max_by_key(|p| people[*p as usize].count).filter(|p| people[*p as usize].count >= 2)
}

/// Where a person was last named before the mention `before`.
fn latest(scene: Scene, person: u32, before: usize) -> Option<usize> {
    (0..before).rev().take(400).find(|m| scene.mentions[*m].person == Some(person))
}

fn national(scene: Scene, head: u32, nation: &Word) -> Option<u32> {
    let words = &scene.reading.words;
    let people = &scene.people.people;
    let stem = stem(scene, nation);
    let mut beside = vec![0u32; people.len()];
    for mention in scene.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
        let Some(person) = mention.person else { continue };
        let sentence = words[mention.head].sentence;
        let before = (0..mention.head).rev().take(40).take_while(|k| words[*k].sentence == sentence);
        let after = (mention.head..words.len()).take(40).take_while(|k| words[*k].sentence == sentence);
        if before.chain(after).any(|k| self::stem(scene, &words[k]) == stem) {
            beside[person as usize] += 1;
        }
    }
    let printed = |person: &Person, of_nation: bool| {
        person.roles.iter().any(|role| {
            let role = &words[role.clone()];
            role.iter().any(|w| w.hash == head) && (!of_nation || role.iter().any(|w| self::stem(scene, w) == stem))
        })
    };
    if let Some(sure) = people.iter().position(|p| printed(p, true)) {
        return Some(sure as u32);
    }
    let other_role = |person: &Person| {
        let foreign = |w: &Word| w.is(NATION | PLACE) && self::stem(scene, w) != stem;
        person.roles.iter().any(|role| words[role.clone()].iter().any(foreign))
            || !person.roles.is_empty() && !printed(person, false)
    };
    let mut fitting: Vec<(u32, usize)> =
        (0..people.len()).filter(|k| people[*k].is_human() && !other_role(&people[*k])).map(|k| (beside[k], k)).collect();
    fitting.sort_unstable_by(|a, b| b.cmp(a));
    match fitting.as_slice() {
        [(most, first), (second, _), ..] if *most >= 3 && most > second => Some(*first as u32),
        [(most, first)] if *most >= 2 => Some(*first as u32),
        _ => None,
    }
}

/// "Russian", "Russia's" and "Russia" share their first four letters; enough to tell nations apart within one article.
fn stem<'a>(scene: Scene<'a>, word: &Word) -> &'a [u8] {
    let text = word.span().of(scene.reading.text).as_bytes();
    if word.is_capital() { &text[..text.len().min(4)] } else { &[] }
}

/// How likely a pronoun stands for what an earlier mention names.
fn likelihood(scene: Scene, pronoun: usize, candidate: usize, referent: Referent, last: Option<Referent>) -> f32 {
    let words = &scene.reading.words;
    let mention = &scene.mentions[candidate];
    let (here, there) = (&words[scene.mentions[pronoun].head], &words[mention.head]);
    let mut score = -0.9 * here.sentence.abs_diff(there.sentence).min(8) as f32;
    score -= 0.3 * here.line.abs_diff(there.line).min(8) as f32;
    // "disse o ministro": where subjects may follow, so do they here.
    let inverted = scene.reading.grammar.noun_first
        && mention.start().checked_sub(1).is_some_and(|k| words[k].is(SAY) && words[k].shape == Shape::Lower);
    score += if inverted || is_subject(words, mention) { 2.0 } else { 0.0 };
    score += if scene.mentions[pronoun].implied && says(words, mention) { 1.5 } else { 0.0 };
    score += if last == Some(referent) { 0.8 } else { 0.0 };
    let before = mention.start().checked_sub(1).map(|k| &words[k]).filter(|w| w.line == there.line);
    score -= if before.is_some_and(|w| w.is(PREPOSITION)) { 1.0 } else { 0.0 };
    let after = words.get(mention.end()).filter(|w| w.line == there.line);
    score -= if after.is_some_and(|w| w.end - w.start <= 4 && w.is(AUXILIARY) && w.hash == known("'s")) { 0.8 } else { 0.0 };
    match referent {
        Referent::Person(person) => {
            let person = &scene.people.people[person as usize];
            score + if person.gender != Gender::Untold { 1.0 } else { 0.0 } + 0.1 * person.count.min(6) as f32
        }
        Referent::Described(_) => score - 0.3,
    }
}

/// Whether a mention tells what it says or thinks: a verb of saying beside it, or an "according to" before it.
fn says(words: &[Word], mention: &Mention) -> bool {
    let says = |k: Option<usize>| k.and_then(|k| words.get(k)).is_some_and(|w| w.is(SAY | SAYING) && w.quote == 0);
    let closed = words.get(mention.end()).is_some_and(|w| w.is_point(b','));
    says(mention.start().checked_sub(1)) || says(Some(mention.end() + usize::from(closed)))
}

fn agrees(gender: Gender, pronoun: &Word) -> bool {
    match gender {
        Gender::Man => pronoun.is(HE) || !pronoun.is(SHE),
        Gender::Woman => pronoun.is(SHE) || !pronoun.is(HE),
        Gender::Untold => true,
    }
}

fn is_relative(word: &Word) -> bool {
    word.hash == known("who") || word.hash == known("qui") || word.hash == known("chi")
}

/// "his", "their": what belongs to somebody is seldom who speaks next.
fn is_possessive(word: &Word) -> bool {
    const OWNED: [u32; 7] = all_known(["his", "her", "its", "their", "our", "my", "your"]);
    OWNED.contains(&word.hash)
}

fn is_it(word: &Word) -> bool {
    word.hash == known("it")
}

fn is_definite(word: &Word) -> bool {
    const DEFINITE: [u32; 9] = all_known(["the", "der", "die", "le", "la", "el", "il", "l", "this"]);
    DEFINITE.contains(&word.hash) || !word.is(DETERMINER)
}

fn is_plural(scene: Scene, head: &Word) -> bool {
    let text = head.span().of(scene.reading.text).as_bytes();
    text.ends_with(b"s") && !text.ends_with(b"ss")
        || text.ends_with(b"men")
        || text.ends_with(b"people")
        || text.ends_with(b"police")
}
