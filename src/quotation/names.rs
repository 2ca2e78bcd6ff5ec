//! Settles who is who: which mentions are the same person, and the fullest name the article gives them.
//!
//! Takes the mentions of an article and gives its [`People`]. A last name alone belongs to the person whose full name the article
//! prints with it; where two people share it, to the one who was named or spoke last. Initials belong to the body they are short for.

use super::mention::{Mention, MentionKind, initials};
use super::words::{Reading, Shape, Word};
use crate::lexicon::*;
use std::ops::Range;

mod parts;

/// What the article tells about a person's gender; the model has learned the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// "Mr", "spokesman", a man's given name.
    Man = 0,
    /// "Mrs", "spokeswoman", a woman's given name.
    Woman = 1,
    /// Nothing certain.
    Untold = 2,
}

/// A given name, a title or a "who" behind the name.
pub const STRONG: u8 = 1;
/// The name has several words.
const MANY: u8 = 2;
/// Beside a verb of saying.
const SPEAKS: u8 = 4;
/// Called by the last name alone elsewhere.
const SHORTENED: u8 = 8;
/// A word of the name means a place, a nation or an organisation, or an article stands before it.
const PLACED: u8 = 16;

/// Somebody (or some body) the article names.
#[derive(Debug, Clone)]
pub struct Person {
    /// The words of the fullest form.
    pub name: Range<usize>,
    /// Hash of the last name.
    pub last: u32,
    /// What is known of the gender.
    pub gender: Gender,
    /// What speaks for and against a human being: [`STRONG`] and the other signs.
    pub signs: u8,
    /// How many mentions there are.
    pub count: u32,
    /// How many people of the article share the last name.
    pub namesakes: u32,
    /// Head words of the roles printed beside the name ("spokesman"), with the role they belong to.
    pub roles: Vec<Range<usize>>,
}

impl Person {
    /// Whether this is surely enough a human being.
    pub fn is_human(&self) -> bool {
        let weak = self.signs & MANY != 0 && self.signs & (SPEAKS | SHORTENED) != 0;
        self.is_certainly_human() || weak && self.signs & PLACED == 0
    }

    /// Whether nothing speaks against a human being: a name of several words, none of a place or a body.
    pub fn might_be_human(&self) -> bool {
        self.is_human() || self.signs & (MANY | PLACED) == MANY
    }

    /// Whether the name stands beside a verb of saying.
    pub fn speaks(&self) -> bool {
        self.signs & SPEAKS != 0
    }

    /// Whether a title, a given name or a "who" tells a human being.
    pub fn is_certainly_human(&self) -> bool {
        self.signs & STRONG != 0
    }
}

/// Everybody an article names, numbered in order of appearance.
#[derive(Debug, Default)]
pub struct People {
    /// The people.
    pub people: Vec<Person>,
}

impl People {
    /// What a person is: 0 a human being certainly, 1 surely enough, 2 possibly; 3 a body, 5 a place.
    pub fn kind(&self, reading: &Reading, person: u32) -> u32 {
        let person = &self.people[person as usize];
        match person {
            _ if reading.words[person.name.clone()].iter().all(|w| w.is(PLACE | NATION)) => 5,
            _ if person.is_certainly_human() => 0,
            _ if person.is_human() => 1,
            _ if person.might_be_human() => 2,
            _ => 3,
        }
    }

    /// The fullest name the article gives, as a reader sees it.
    pub fn name(&self, reading: &Reading, person: u32) -> String {
        let printed = reading.span(self.people[person as usize].name.clone()).of(reading.text);
        as_seen(printed)
    }
}

/// Words as a reader sees them: white space made single, without marks where a line could have been broken and was not. What joins letters
/// stays.
pub fn as_seen(printed: &str) -> String {
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic());
    if printed.split(' ').all(plain) {
        return printed.to_owned();
    }
    let seen = printed.replace(['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'], "");
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Numbers the people behind the mentions and writes the number into each.
pub fn people(reading: &Reading, mentions: &mut [Mention]) -> People {
    let mut book = Book::default();
    for mention in mentions.iter_mut().filter(|m| is_named(m)) {
        if words_in(reading, mention) >= 2 {
            mention.person = Some(book.full(reading, mention));
        }
    }
    book.brackets(reading, mentions);
    for mention in mentions.iter_mut().filter(|m| is_named(m)) {
        if let Some(person) = mention.person {
            if !aside(reading, mention) {
                book.heard(person, reading.words[mention.head].sentence);
            }
        } else {
            mention.person = Some(book.short(reading, mention));
        }
    }
    let mut people = book.people;
    if reading.grammar.noun_first {
        parts::join(reading, mentions, &mut people);
    }
    people.iter_mut().for_each(|person| given_alone(reading, person));
    People { people }
}

/// Whoever is called by a given name and nothing else (`said Amber`) is a human being of that gender.
fn given_alone(reading: &Reading, person: &mut Person) {
    let [name] = &reading.words[person.name.clone()] else { return };
    let given = name.is(MAN | WOMAN) && !name.is(PLACE | NATION | ORGANISATION | CALENDAR | COMMON | SOURCE);
    if !given || person.signs & SPEAKS == 0 || person.signs & PLACED != 0 {
        return;
    }
    person.signs |= STRONG;
    if person.gender == Gender::Untold && name.is(MAN) != name.is(WOMAN) {
        person.gender = if name.is(MAN) { Gender::Man } else { Gender::Woman };
    }
}

fn is_named(mention: &Mention) -> bool {
    matches!(mention.kind, MentionKind::Name | MentionKind::Organisation)
}

/// In brackets or as an owner (`Owen's father`) somebody is named beside what is told, and not who it is told about.
fn aside(reading: &Reading, mention: &Mention) -> bool {
    let words = &reading.words;
    let bracket = mention.start().checked_sub(1).is_some_and(|k| words[k].is_point(b'('));
    bracket || words.get(mention.end()).is_some_and(|w| w.end - w.start <= 4 && w.hash == known("'s"))
}

/// Whether the letters of a word in capitals are those that words of a full name begin with, small words left out or not: "HHS" for
/// "Department of Health and Human Services".
fn shortens(reading: &Reading, short: &Mention, full: &Mention) -> bool {
    let first = |w: &Word| w.span().of(reading.text).chars().next().into_iter().flat_map(char::to_uppercase).next();
    let mut initials = reading.words[full.words.clone()].iter().filter(|w| w.is_capital()).filter_map(first);
    let letters = reading.words[short.head].span().of(reading.text).chars();
    let count = letters.clone().count();
    let capitals = reading.words[full.words.clone()].iter().filter(|w| w.is_capital()).count();
    count >= 2 && capitals <= count + 2 && letters.into_iter().all(|letter| initials.any(|initial| initial == letter))
}

/// "DEA": a word in capitals that can be short for a body.
fn is_acronym(reading: &Reading, mention: &Mention) -> bool {
    let word = &reading.words[mention.head];
    mention.words.len() == 1 && word.shape == Shape::Shouted && word.end - word.start <= 6 && !word.is(MAN | WOMAN)
}

fn words_in(reading: &Reading, mention: &Mention) -> usize {
    let words = &reading.words[mention.words.clone()];
    if words[0].is(PARTICLE) && !words[0].is(MAN | WOMAN) && mention.words.len() <= 3 {
        return 1;
    }
    words.iter().filter(|w| w.is_word() && !w.is(SUFFIX)).count()
}

#[derive(Default)]
struct Book {
    people: Vec<Person>,
    /// (first word, last word) to person.
    full: WordMap<(u32, u32), u32>,
    /// Last name to the person first named so in full.
    by_last: WordMap<u32, u32>,
    /// Given name to the person first named so in full.
    by_first: WordMap<u32, u32>,
    /// Last name to the person mentioned last.
    latest: WordMap<u32, Latest>,
    /// Last name to "one of those who share it".
    either: WordMap<u32, u32>,
    /// The last two words of a longer name, and the last but one, to the person: "Black Elm" and "Salinas".
    tails: WordMap<(u32, u32), u32>,
    by_second: WordMap<u32, u32>,
    /// Initials to the body they are short for.
    by_initials: WordMap<u32, u32>,
}

/// Who of several with one last name was named in full last, and who before that.
#[derive(Clone, Copy)]
struct Latest {
    person: u32,
    sentence: u32,
    rival: Option<(u32, u32)>,
}

impl Book {
    fn full(&mut self, reading: &Reading, mention: &Mention) -> u32 {
        let words = &reading.words;
        let (first, last) = (words[mention.words.start].hash, words[mention.head].hash);
        let known = self.full.get(&(first, last)).copied().or_else(|| self.tails.get(&(first, last)).copied());
        let person = known.unwrap_or_else(|| self.add(reading, mention, last));
        if known.is_none() {
            self.full.insert((first, last), person);
            if mention.kind == MentionKind::Name {
                if let Some(namesake) = self.by_last.get(&last) {
                    self.people[*namesake as usize].namesakes += 1;
                    self.people[person as usize].namesakes += 1;
                }
                self.by_last.entry(last).or_insert(person);
                self.by_first.entry(first).or_insert(person);
            }
            self.remember_parts(reading, mention, person);
        }
        self.note(reading, mention, person);
        person
    }

    /// Remembers what else a long name may be shortened to.
    fn remember_parts(&mut self, reading: &Reading, mention: &Mention, person: u32) {
        let words = &reading.words;
        let run: Vec<&Word> = words[mention.words.clone()].iter().filter(|w| w.is_capital() && !w.is(SUFFIX)).collect();
        if !words[mention.words.start].is(MAN | WOMAN) {
            for initials in initials(reading, mention.words.clone()) {
                self.by_initials.entry(initials).or_insert(person);
            }
        }
        if let [first, .., second, last] = run.as_slice()
            && run.len() >= 3
            && mention.kind == MentionKind::Name
            && first.is(MAN | WOMAN)
            && second.end - second.start > 2
            && !second.is(MAN | WOMAN)
        {
            self.tails.entry((second.hash, last.hash)).or_insert(person);
            self.by_second.entry(second.hash).or_insert(person);
        }
    }

    /// `Department of Work and Ports (DWP)`: whoever is named in full right before initials in brackets.
    fn brackets(&mut self, reading: &Reading, mentions: &[Mention]) {
        for pair in mentions.windows(2) {
            let [full, short] = pair else { continue };
            let bracket = full.end() + 1 == short.words.start && reading.words[full.end()].is_point(b'(');
            if let Some(person) = full.person.filter(|_| bracket && is_acronym(reading, short) && shortens(reading, short, full))
            {
                self.by_initials.insert(reading.words[short.head].hash, person);
            }
        }
    }

    /// The body that initials are short for: the one printed before them in brackets, or the only one with these initials.
    fn spelt_out(&self, reading: &Reading, mention: &Mention) -> Option<u32> {
        if !is_acronym(reading, mention) {
            return None;
        }
        self.by_initials.get(&reading.words[mention.head].hash).copied()
    }

    /// Whether the first word of a full name alone means whom it names: "Kestrel" is not "Kestrel Watch", for a watch is a thing.
    fn called_by_first(&self, reading: &Reading, mention: &Mention, person: u32) -> bool {
        let known = &self.people[person as usize];
        let word = &reading.words[mention.head];
        let rest = &reading.words[known.name.clone()][1..];
        let thing = rest.iter().any(|w| w.is(COMMON | WORK | SPOKEN) && !w.is(ORGANISATION | SUFFIX));
        let acronym = is_acronym(reading, mention) && !known.is_certainly_human();
        word.is(MAN | WOMAN) || known.is_certainly_human() || !thing && !acronym
    }

    /// Remembers that a person was named in full.
    fn heard(&mut self, person: u32, sentence: u32) {
        let last = self.people[person as usize].last;
        let latest = self.latest.entry(last).or_insert(Latest { person, sentence, rival: None });
        if latest.person != person {
            latest.rival = Some((latest.person, latest.sentence));
        }
        (latest.person, latest.sentence) = (person, sentence);
    }

    /// The one of those who share a last name that a short mention means: told by the title, else the one named last, else (both named
    /// in one sentence) none of them.
    fn namesake(&mut self, reading: &Reading, mention: &Mention, hash: u32) -> Option<u32> {
        let latest = *self.latest.get(&hash)?;
        let Some((rival, sentence)) = latest.rival else { return Some(latest.person) };
        let told = gender(&reading.words, mention);
        let fits = |person: u32| told != Gender::Untold && self.people[person as usize].gender == told;
        match (fits(latest.person), fits(rival)) {
            (true, false) => Some(latest.person),
            (false, true) => Some(rival),
            _ if sentence != latest.sentence => Some(latest.person),
            _ => {
                let known = self.either.get(&hash).copied();
                let person = known.unwrap_or_else(|| self.add(reading, mention, hash));
                self.either.insert(hash, person);
                Some(person)
            }
        }
    }

    fn short(&mut self, reading: &Reading, mention: &Mention) -> u32 {
        let hash = reading.words[mention.head].hash;
        let namesake = self.spelt_out(reading, mention).or_else(|| self.namesake(reading, mention, hash));
        let first = self.by_first.get(&hash).copied().filter(|person| self.called_by_first(reading, mention, *person));
        let known = namesake.or_else(|| self.by_last.get(&hash).copied()).or(first);
        if let Some(person) = first.filter(|first| known == Some(*first) && !aside(reading, mention)) {
            // "says Owen": whose last name is printed next means him.
            self.heard(person, reading.words[mention.head].sentence);
        }
        let known = known.or_else(|| self.by_second.get(&hash).copied());
        let person = known.unwrap_or_else(|| {
            let person = self.add(reading, mention, hash);
            self.by_last.insert(hash, person);
            person
        });
        self.note(reading, mention, person);
        person
    }

    fn add(&mut self, _reading: &Reading, mention: &Mention, last: u32) -> u32 {
        let signs = if mention.kind == MentionKind::Organisation { PLACED } else { 0 };
        let name = mention.words.clone();
        self.people.push(Person { name, last, gender: Gender::Untold, signs, count: 0, namesakes: 0, roles: Vec::new() });
        self.people.len() as u32 - 1
    }

    /// Learns from one more mention: a fuller form, a gender, a role.
    fn note(&mut self, reading: &Reading, mention: &Mention, person: u32) {
        let person = &mut self.people[person as usize];
        person.count += 1;
        let fuller = mention.words.len() > person.name.len();
        let plainer = mention.words.len() == person.name.len() && parts::is_plainer(reading, &mention.words, &person.name);
        if (fuller || plainer) && !mention.quoted {
            person.name = mention.words.clone();
        }
        person.signs |= signs(reading, mention);
        if person.signs & MANY != 0 && mention.words.len() == 1 {
            person.signs |= SHORTENED;
        }
        if person.gender == Gender::Untold {
            person.gender = gender(&reading.words, mention);
        }
        let roles = mention.role.clone().into_iter().chain(appositive(&reading.words, mention));
        let room = 8usize.saturating_sub(person.roles.len());
        person.roles.extend(roles.take(room));
    }
}

/// What one mention tells of its being a human being.
fn signs(reading: &Reading, mention: &Mention) -> u8 {
    let words = &reading.words;
    let run = &words[mention.words.clone()];
    let given = run.len() > 1 && run[0].is(MAN | WOMAN) && !run[run.len() - 1].is(ORGANISATION | CALENDAR);
    let titled = mention.role.clone().is_some_and(|role| words[role].iter().any(|w| w.is(TITLE | ROLE)));
    let next = words.get(mention.end());
    let verb = |word: Option<&Word>| word.is_some_and(|w| w.is(SAY) && w.shape == Shape::Lower);
    let before = mention.start().checked_sub(1).and_then(|k| words.get(k));
    let says = verb(next) || verb(before) || mention.speaks;
    let who = next.is_some_and(|w| w.is_point(b',')) && words.get(mention.end() + 1).is_some_and(|w| w.hash == known("who"));
    let sign = |holds: bool, sign: u8| if holds { sign } else { 0 };
    sign(given || titled || who, STRONG)
        | sign(run.len() > 1, MANY)
        | sign(says, SPEAKS)
        | sign(run.iter().any(|w| w.is(PLACE | NATION | ORGANISATION | SOURCE | CALENDAR)), PLACED)
        | sign(before.is_some_and(|w| w.is(DETERMINER)) && mention.role.is_none(), PLACED)
}

/// The role printed behind a name: `Ann Lee, the shadow chancellor,`.
fn appositive(words: &[Word], mention: &Mention) -> Option<Range<usize>> {
    let comma = mention.end();
    let word = words.get(comma).filter(|w| w.is_point(b',') && w.quote == 0)?;
    let (line, sentence) = (word.line, word.sentence);
    let inside = |w: &&Word| w.line == line && w.sentence == sentence && (w.is_word() || w.is_point(b'-')) && !w.is(SAY & !ROLE);
    let length = words[comma + 1..].iter().take(10).take_while(inside).count();
    let phrase = comma + 1..comma + 1 + length;
    let noun = words[phrase.clone()].iter().take_while(|w| !w.is(PREPOSITION | CONJUNCTION | AUXILIARY)).any(|w| w.is(ROLE));
    noun.then_some(phrase)
}

fn gender(words: &[Word], mention: &Mention) -> Gender {
    let role = mention.role.clone().unwrap_or(0..0);
    for word in &words[role] {
        if word.is(MISTER | MASCULINE) && word.is(TITLE | MASCULINE) {
            return Gender::Man;
        }
        if word.is(MISSES | FEMININE) {
            return Gender::Woman;
        }
    }
    // "a porta-voz": the article tells where the noun does not.
    let article = mention.role.as_ref().and_then(|role| words[..role.start].last()).filter(|w| w.is(DETERMINER | PREPOSITION));
    match article.map(|w| (w.is(MASCULINE), w.is(FEMININE))) {
        Some((true, false)) => return Gender::Man,
        Some((false, true)) => return Gender::Woman,
        _ => {}
    }
    let first = &words[mention.words.start];
    match (mention.words.len() > 1, first.is(MAN), first.is(WOMAN)) {
        (true, true, false) => Gender::Man,
        (true, false, true) => Gender::Woman,
        _ => Gender::Untold,
    }
}
