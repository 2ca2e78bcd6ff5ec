//! What speaks for one mention being the speaker of one quotation.

use super::Story;
use super::features::{Features, bucket, few, printed, symbol};
use super::look::Look;
use crate::lexicon::*;
use crate::quotation::mention::{Mention, MentionKind};
use crate::quotation::names::Gender;
use crate::quotation::reference::{Referent, is_subject};
use crate::quotation::scene::Scene;
use crate::quotation::words::{PAST, Reading, Shape, Word};

/// A quotation, a mention that may be its speaker, and what was decided before.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    scene: Scene<'a>,
    story: &'a Story,
    look: &'a Look,
    quote: usize,
    candidate: usize,
    mention: &'a Mention,
    place: Place,
    kind: u32,
}

impl<'a> Case<'a> {
    /// The case for `candidate`, the `rank`-th on its side of the quotation.
    pub fn new(scene: Scene<'a>, story: &'a Story, look: &'a Look, quote: usize, (candidate, rank): (usize, usize)) -> Case<'a> {
        let mention = &scene.mentions[candidate];
        let (place, kind) = (place(scene, quote, candidate, rank), kind(scene, candidate));
        Case { scene, story, look, quote, candidate, mention, place, kind }
    }

    /// All features of the case.
    pub fn features(&self, f: &mut Features) {
        self.position(f);
        self.neighbours(f);
        self.path(f);
        self.cues(f);
        self.history(f);
    }

    fn position(&self, f: &mut Features) {
        let Case { look, place, kind, .. } = *self;
        f.add(10, &[place.coarse, look.style]);
        f.add(11, &[place.coarse, place.rank, look.style]);
        f.add(12, &[place.coarse, kind]);
        f.add(13, &[place.side, place.rank, kind]);
        f.add(14, &[place.coarse, bucket(place.words), u32::from(look.fragment)]);
        f.add(15, &[place.side, place.quotes, look.style]);
        f.add(16, &[place.coarse, place.quotes, kind]);
        f.add(17, &[place.coarse, look.before, look.after]);
        f.add(18, &[place.coarse, place.rank, look.before]);
        f.add(19, &[place.coarse, place.rank, look.after, look.after2]);
        f.add(20, &[place.coarse, look.after, look.after2, look.after3]);
        f.add(21, &[place.coarse, look.before, look.before2]);
        f.add(22, &[kind]);
        f.add(23, &[place.coarse, bucket(look.words), place.rank]);
    }

    fn neighbours(&self, f: &mut Features) {
        let Case { scene, look, mention, place, kind, .. } = *self;
        let reading = scene.reading;
        let words = &reading.words;
        let line = &reading.lines[words[mention.head].line as usize];
        let at = |k: Option<usize>| k.filter(|k| line.words.contains(k)).map_or(1, |k| symbol(reading, k));
        let word_at = |k: usize| if line.words.contains(&k) { printed(reading, k) } else { 1 };
        let head = if mention.kind == MentionKind::Name || mention.kind == MentionKind::Organisation {
            3
        } else {
            words[mention.head].hash
        };
        let (start, end) = (mention.start(), mention.end());
        let (next, next2, next3) = (at(Some(end)), at(Some(end + 1)), at(Some(end + 2)));
        let (prev, prev2) = (at(start.checked_sub(1)), at(start.checked_sub(2)));
        let fragment = u32::from(look.fragment);
        f.add(30, &[next, place.coarse]);
        f.add(31, &[next, next2, place.coarse]);
        f.add(32, &[next, next2, next3, place.side]);
        f.add(33, &[prev, place.coarse]);
        f.add(34, &[prev, prev2, place.side]);
        f.add(35, &[prev, next, place.side, fragment]);
        f.add(36, &[prev, next, kind]);
        f.add(37, &[word_at(end), place.side]);
        f.add(38, &[head, place.side]);
        f.add(39, &[head]);
        f.add(40, &[next, kind, place.coarse]);
        f.add(41, &[prev, kind, place.coarse]);
        f.add(42, &[word_at(end), word_at(end + 1)]);
        let appositive = after_appositive(reading, end, line.words.end);
        f.add(43, &[appositive.map_or(0, |k| symbol(reading, k)), place.coarse, fragment]);
        let begins = start == line.words.start || words[start - 1].sentence != words[start].sentence;
        f.add(44, &[u32::from(begins), place.coarse, kind]);
        f.add(45, &[u32::from(mention.role.is_some()), place.coarse, next]);
        let verb = first_verb(reading, end, line.words.end);
        f.add(46, &[verb, place.coarse, fragment]);
        f.add(47, &[verb, kind, place.side]);
    }

    /// The words between the candidate and the quotation.
    fn path(&self, f: &mut Features) {
        let Case { scene, look, quote, mention, place, kind, .. } = *self;
        let reading = scene.reading;
        let quoted = &reading.quotes[quote];
        if place.side > 1 || place.words > 40 {
            return;
        }
        let between = if place.side == 1 { quoted.words.end..mention.start() } else { mention.end()..quoted.words.start };
        let mut signature = 7u32;
        let mut coarse = 7u32;
        let mut saying = 0u32;
        let mut rivals = 0u32;
        let mut steps = 0;
        let mut inside = 0;
        for k in between {
            let word = &reading.words[k];
            if word.quote != 0 {
                if word.quote != inside {
                    inside = word.quote;
                    signature = signature.wrapping_mul(31).wrapping_add(99);
                    coarse = coarse.wrapping_mul(31).wrapping_add(99);
                }
                continue;
            }
            steps += 1;
            let symbol = symbol(reading, k);
            signature = signature.wrapping_mul(0x0100_0193) ^ symbol;
            let shape = if word.is(SAY | SAYING) {
                saying += 1;
                20
            } else if word.shape == Shape::Point {
                u32::from(word.point)
            } else if word.is(PREPOSITION) {
                21
            } else if word.is(CONJUNCTION) {
                22
            } else if word.is(AUXILIARY) {
                23
            } else {
                rivals += u32::from(word.is_capital());
                24
            };
            if shape != 24 {
                coarse = coarse.wrapping_mul(0x0100_0193) ^ shape;
            }
        }
        let fragment = u32::from(look.fragment);
        if steps <= 8 {
            f.add(50, &[signature, place.side, fragment]);
            f.add(51, &[signature, place.side, kind]);
        }
        if steps <= 20 {
            f.add(52, &[coarse, place.side, fragment]);
            f.add(53, &[coarse, place.side, look.ending]);
        }
        f.add(54, &[few(saying as usize, 3), few(rivals as usize, 4), place.coarse, fragment]);
    }

    /// How the candidate stands to the verb of saying nearest to the quotation.
    fn cues(&self, f: &mut Features) {
        let Case { scene, look, candidate, mention, place, kind, .. } = *self;
        for (which, cue) in [(0, look.cue_after), (1, look.cue_before)] {
            let Some(cue) = cue else {
                f.add(60, &[which, place.coarse, look.style]);
                continue;
            };
            let word = scene.reading.words[cue].hash;
            let (side, gap, rivals) = if mention.start() > cue {
                (1, mention.start() - cue - 1, rivals(scene, candidate, cue, true))
            } else {
                (0, cue.saturating_sub(mention.end()), rivals(scene, candidate, cue, false))
            };
            let near = side + 2 * few(gap, 3) + 16 * rivals;
            f.add(61, &[which, near, place.coarse]);
            f.add(62, &[which, near, word]);
            let before_cue = cue.checked_sub(1).map_or(1, |k| symbol(scene.reading, k));
            f.add(83, &[which, near, before_cue, u32::from(scene.reading.words[cue].is(SAYING))]);
            f.add(84, &[which, side + 2 * rivals, before_cue, kind]);
            f.add(63, &[which, near, kind, look.style]);
            f.add(64, &[which, side + 2 * rivals, place.coarse, u32::from(look.fragment)]);
        }
        let words = &scene.reading.words;
        let before = mention.start().checked_sub(1).map_or(1, |k| symbol(scene.reading, k));
        let participle = |cue: Option<usize>| cue.map_or(2, |cue| u32::from(words[cue].is(SAYING)));
        let behind = look.cue_before.map_or(9, |cue| rivals(scene, candidate, cue, mention.start() > cue));
        let subject = u32::from(is_subject(words, mention));
        f.add(66, &[participle(look.cue_before), behind, before, place.coarse]);
        f.add(67, &[participle(look.cue_before), behind, subject, kind]);
        f.add(68, &[participle(look.cue_before), place.rank, subject, place.coarse]);
        let nearest = look.cue_before.map_or(4, |cue| nearest_subject(scene, candidate, cue));
        f.add(69, &[nearest, participle(look.cue_before), place.coarse, u32::from(look.fragment)]);
        f.add(80, &[nearest, participle(look.cue_before), kind, u32::from(look.cue_after.is_some())]);
        f.add(82, &[nearest, before, participle(look.cue_before)]);
        f.add(81, &[nearest, look.cue_before.map_or(1, |cue| words[cue].hash), place.coarse]);
        let both = |cue: Option<usize>| {
            cue.map_or(3, |cue| if mention.start() > cue { 1 } else { few(cue.saturating_sub(mention.end()), 1) * 2 })
        };
        f.add(65, &[both(look.cue_after), both(look.cue_before), place.coarse, look.style]);
    }

    /// What was decided before, and what else is known of the candidate.
    fn history(&self, f: &mut Features) {
        let Case { scene, story, look, quote, candidate, mention, place, kind } = *self;
        let person = mention.person;
        let (same_mention, same_person, gap) = match story.speaker {
            Some((q, m)) => {
                let same = person.is_some() && person.map(Referent::Person) == story.who;
                (m == candidate, same, few(scene.reading.quotes[quote].line - scene.reading.quotes[q].line, 3))
            }
            None => (false, false, 4),
        };
        let fresh = u32::from(story.last.is_some_and(|(_, m)| m.is_none()));
        let same = u32::from(same_mention) | u32::from(same_person) << 1;
        f.add(70, &[same, gap, look.style, fresh]);
        f.add(71, &[same, gap, place.coarse, u32::from(look.follows)]);
        f.add(72, &[same, gap, kind]);
        f.add(73, &[same, gap, look.before, look.after]);
        f.add(79, &[same, gap, place.quotes, look.before]);
        let spoken = person.and_then(|p| story.spoken.get(p as usize)).map_or(0, |n| few(*n as usize, 3));
        f.add(74, &[spoken, place.coarse]);
        let count = person.map_or(0, |p| bucket(scene.people.people[p as usize].count as usize));
        f.add(75, &[count, place.side, kind]);
        f.add(76, &[u32::from(named_inside(scene, quote, person)), place.coarse]);
        let pronoun = &scene.reading.words[mention.head];
        if let Some((_, m)) = story.speaker.filter(|_| mention.kind == MentionKind::Pronoun) {
            let who = match story.who {
                Some(Referent::Person(person)) => Some(person),
                _ => scene.mentions[m].person,
            };
            let gender = who.map_or(Gender::Untold, |p| scene.people.people[p as usize].gender);
            f.add(77, &[gender as u32, u32::from(pronoun.is(HE)), u32::from(pronoun.is(SHE)), gap]);
        }
    }
}

/// Features for the answer "the article does not tell who".
pub fn nobody(look: &Look, story: &Story, quote: usize, f: &mut Features) {
    f.add(1, &[look.style]);
    f.add(2, &[look.before, u32::from(look.fragment)]);
    f.add(3, &[look.after, u32::from(look.fragment)]);
    f.add(4, &[bucket(look.words)]);
    f.add(5, &[]);
    let last = story.last.filter(|(q, _)| q + 1 == quote).map(|(_, mention)| mention.is_some());
    f.add(6, &[last.map_or(2, u32::from), u32::from(look.opens), u32::from(look.follows)]);
}

/// Where the candidate stands, seen from the quotation.
#[derive(Clone, Copy)]
struct Place {
    /// 0 before in the line, 1 after, 2 and 3 one and two lines up, 4 further up, 5 below.
    side: u32,
    rank: u32,
    words: usize,
    quotes: u32,
    /// side, sentences: the coarse place.
    coarse: u32,
}

fn place(scene: Scene, quote: usize, candidate: usize, rank: usize) -> Place {
    let reading = scene.reading;
    let quoted = &reading.quotes[quote];
    let mention = &scene.mentions[candidate];
    let word = &reading.words[mention.head];
    let after = mention.words.start >= quoted.words.start;
    let up = quoted.line as i64 - i64::from(word.line);
    let side = match up {
        0 if after => 1,
        0 => 0,
        1 => 2,
        2 => 3,
        3.. => 4,
        _ => 5,
    };
    let here = &reading.words[quoted.words.start];
    let there = if after { reading.words[quoted.words.end - 1].sentence } else { here.sentence };
    let sentences = few(there.abs_diff(word.sentence) as usize, 3);
    let words =
        if after { mention.start().saturating_sub(quoted.words.end) } else { quoted.words.start.saturating_sub(mention.end()) };
    let quotes = quotes_between(reading, quote, mention.head, after);
    Place { side, rank: few(rank, 6), words, quotes, coarse: side * 4 + sentences }
}

fn quotes_between(reading: &Reading, quote: usize, head: usize, after: bool) -> u32 {
    let quotes = &reading.quotes;
    let between = if after {
        quotes[quote + 1..].iter().take(3).take_while(|q| q.words.start < head).count()
    } else {
        quotes[..quote].iter().rev().take(3).take_while(|q| q.words.end > head).count()
    };
    few(between, 3)
}

/// What the candidate looks like, in one number.
fn kind(scene: Scene, candidate: usize) -> u32 {
    let reading = scene.reading;
    let mention = &scene.mentions[candidate];
    let word = &reading.words[mention.head];
    match mention.kind {
        MentionKind::Pronoun if word.is(HE | SHE) => 0,
        MentionKind::Pronoun => word.hash,
        MentionKind::Description if word.is(ROLE) => 1,
        MentionKind::Description if word.is(SOURCE) => 2,
        MentionKind::Description if word.is(SPOKEN) => 3,
        MentionKind::Description => 4,
        MentionKind::Organisation if word.is(NATION) => 5,
        MentionKind::Organisation if word.is(PLACE) => 6,
        MentionKind::Organisation => 7,
        MentionKind::Name if mention.words.len() > 1 => 8,
        MentionKind::Name if mention.person.is_some_and(|p| scene.people.people[p as usize].name.len() > 1) => 9,
        MentionKind::Name => 11,
    }
}

/// After `, ... ,` the word that follows: the verb behind an appositive.
fn after_appositive(reading: &Reading, end: usize, stop: usize) -> Option<usize> {
    let words = &reading.words;
    if end >= stop || !(words[end].is_point(b',') || words[end].is_point(b'(')) {
        return None;
    }
    let sentence = words[end].sentence;
    let close = if words[end].is_point(b'(') { b')' } else { b',' };
    let same = |k: &usize| words[*k].sentence == sentence && words[*k].quote == 0;
    let comma = (end + 1..stop.min(end + 28)).take_while(same).find(|k| words[*k].is_point(close))?;
    Some(comma + 1).filter(|k| *k < stop)
}

/// The first word after the candidate that looks like a verb, by symbol.
fn first_verb(reading: &Reading, end: usize, stop: usize) -> u32 {
    for k in end..stop.min(end + 6) {
        let word = &reading.words[k];
        if word.quote != 0 {
            return 11;
        }
        if word.is(SAY | SAYING) {
            return word.hash;
        }
        if word.shape == Shape::Point || word.is(CONJUNCTION | PREPOSITION) {
            return 12;
        }
        let symbol = symbol(reading, k);
        if word.is(AUXILIARY) || symbol == 6 {
            return symbol;
        }
    }
    13
}

/// Whether the candidate is followed by a verb, and is the last such before the cue: 0 no, 1 followed, 2 the last, 3 behind the cue.
fn nearest_subject(scene: Scene, candidate: usize, cue: usize) -> u32 {
    if scene.mentions[candidate].start() > cue {
        return 3;
    }
    let mut later = scene.mentions[candidate + 1..].iter().take(20).take_while(|m| m.start() < cue);
    match (acts(scene, &scene.mentions[candidate]), later.any(|m| acts(scene, m))) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => 2,
    }
}

/// Whether a verb follows the mention.
fn acts(scene: Scene, mention: &Mention) -> bool {
    let verb = |w: &Word| w.is(SAY | AUXILIARY | ADVERB) || symbol(scene.reading, mention.end()) == u32::from(PAST);
    !mention.quoted && scene.reading.words.get(mention.end()).is_some_and(verb)
}

/// The mention a sentence turns to before the cue: `X called for a truce, but Y objected, saying`.
pub fn turn(scene: Scene, cue: usize) -> Option<usize> {
    const TURNS: [u32; 3] = all_known(["but", "while", "whereas"]);
    let words = &scene.reading.words;
    let before = scene.mentions.partition_point(|m| m.start() < cue);
    let same = |m: &usize| scene.mentions[*m].sentence(scene.reading) == words[cue].sentence;
    let turns = |m: &usize| {
        let mention = &scene.mentions[*m];
        let but = mention.start().checked_sub(1).is_some_and(|k| TURNS.contains(&words[k].hash));
        but && acts(scene, mention) && same(m)
    };
    (0..before).rev().take(8).find(turns)
}

/// How many other candidates stand between this one and the cue.
fn rivals(scene: Scene, candidate: usize, cue: usize, after: bool) -> u32 {
    let outside = |m: &&Mention| !m.quoted;
    let n = if after {
        scene.mentions[..candidate].iter().rev().take_while(|m| m.start() > cue).filter(outside).take(3).count()
    } else {
        scene.mentions[candidate + 1..].iter().take_while(|m| m.start() < cue).filter(outside).take(3).count()
    };
    few(n, 3)
}

/// Whether the quotation itself names the person: people seldom do.
fn named_inside(scene: Scene, quote: usize, person: Option<u32>) -> bool {
    let Some(person) = person else { return false };
    let last = scene.people.people[person as usize].last;
    let words = scene.reading.quotes[quote].words.clone();
    scene.reading.words[words].iter().take(200).any(|w| w.hash == last && w.is_capital())
}
