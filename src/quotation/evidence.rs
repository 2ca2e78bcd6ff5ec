//! What speaks for a mention being the speaker of a quotation, as numbered features.
//!
//! Takes a quotation, a candidate and the quotations decided before, and gives the hashed features that the weights in
//! [`super::weights`] are looked up by. The trainer and the predictor share this file, so they cannot disagree.

use super::lexicon::*;
use super::mention::{Mention, MentionKind};
use super::names::{Gender, People};
use super::reference::{References, Referent};
use super::words::{Reading, Shape, Word};

/// Everything attribution looks at.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The article as words.
    pub reading: &'a Reading<'a>,
    /// Who could be speaking.
    pub mentions: &'a [Mention],
    /// Who they are.
    pub people: &'a People,
}

/// What was decided for the quotations before.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// The quotation before and the mention it was given to.
    pub last: Option<(usize, Option<usize>)>,
    /// The last mention that was given anything, with the quotation it was given.
    pub speaker: Option<(usize, usize)>,
    /// Who that was.
    pub who: Option<Referent>,
    /// How many quotations each person was given so far.
    pub spoken: Vec<u16>,
}

impl Story {
    /// Remembers a decision.
    pub fn decide(&mut self, scene: Scene, references: &mut References, quote: usize, mention: Option<usize>) {
        self.last = Some((quote, mention));
        if let Some(mention) = mention {
            let again = self.speaker.is_some_and(|(_, m)| m == mention);
            self.speaker = Some((quote, mention));
            if !again {
                self.who = references.of(scene, mention, self.who);
            }
            if let Some(Referent::Person(person)) = self.who {
                self.spoken.resize(scene.people.people.len(), 0);
                self.spoken[person as usize] += 1;
            }
        }
    }
}

/// The mentions that could be the speaker of `quote`: those outside marks in its own line and the two before and the one before's
/// speaker.
pub fn candidates(scene: Scene, quote: usize, story: &Story) -> Vec<usize> {
    let quoted = &scene.reading.quotes[quote];
    let lines = &scene.reading.lines;
    let first_line = quoted.line.saturating_sub(2);
    let at = quoted.words.start;
    let middle = scene.mentions.partition_point(|m| m.words.start < at);
    let mut list: Vec<usize> = Vec::with_capacity(32);
    if let Some((_, speaker)) = story.speaker.filter(|(q, _)| quote - q <= 6) {
        list.push(speaker);
    }
    let back = |k: &usize| scene.mentions[*k].words.start >= lines[first_line].words.start;
    let before = (0..middle).rev().take(120).take_while(back).filter(|k| !scene.mentions[*k].quoted).take(18);
    let fresh: Vec<usize> = before.filter(|k| !list.contains(k)).collect();
    list.extend(fresh);
    let end = lines[quoted.line].words.end;
    let ahead = |k: &usize| scene.mentions[*k].words.start < end;
    list.extend((middle..scene.mentions.len()).take(60).take_while(ahead).filter(|k| !scene.mentions[*k].quoted).take(8));
    list
}

/// The mention that signs a quotation, where the layout leaves no doubt: `"..." ― Ann Lee` at the end of a line, the same on the
/// line below, or `"WALLIS: ..."` in a transcript.
pub fn signed(scene: Scene, quote: usize) -> Option<usize> {
    let quoted = &scene.reading.quotes[quote];
    let words = &scene.reading.words;
    let lines = &scene.reading.lines;
    let line = &lines[quoted.line];
    let label = mention_from(scene, quoted.words.start + 1).filter(|m| !scene.mentions[*m].quoted);
    if label.is_some() {
        return label;
    }
    let dash = if quoted.words.end < line.words.end { quoted.words.end } else { lines.get(quoted.line + 1)?.words.start };
    let end = lines[words.get(dash)?.line as usize].words.end;
    let stop = words[dash..end].iter().take_while(|w| w.shape == Shape::Point && w.point == b'-').count();
    if stop == 0 || words[dash..end].iter().filter(|w| w.is_word()).count() > 8 {
        return None;
    }
    mention_from(scene, dash + stop).filter(|m| scene.mentions[*m].kind == MentionKind::Name && !scene.mentions[*m].quoted)
}

/// The mention that begins at word `at`.
fn mention_from(scene: Scene, at: usize) -> Option<usize> {
    let mention = scene.mentions.partition_point(|m| m.start() < at);
    scene.mentions.get(mention).filter(|m| m.start() == at).map(|_| mention)
}

/// A list of features under construction.
pub struct Features<'f> {
    list: &'f mut Vec<u32>,
}

impl<'f> Features<'f> {
    /// Adds to `list`.
    pub fn new(list: &'f mut Vec<u32>) -> Features<'f> {
        Features { list }
    }

    /// Adds the feature of template `template` with the given values.
    pub fn add(&mut self, template: u32, values: &[u32]) {
        let mut h = template.wrapping_mul(0x9E37_79B1) ^ 0x85EB_CA6B;
        for value in values {
            h = (h ^ *value).wrapping_mul(0xCC9E_2D51);
            h ^= h >> 15;
        }
        self.list.push(h.wrapping_mul(0x1B87_3593) ^ (h >> 13));
    }
}

/// A word reduced to what matters for grammar: function words and verbs of saying stay themselves.
pub fn symbol(reading: &Reading, at: usize) -> u32 {
    let Some(word) = reading.words.get(at) else { return 1 };
    const KEPT: Class = SAY | SAYING | DETERMINER | PREPOSITION | CONJUNCTION | AUXILIARY | PRONOUN | OTHER_PRONOUN | ADVERB;
    match word.shape {
        Shape::Open | Shape::Close | Shape::Point => word.hash,
        Shape::Number => 2,
        _ if word.is(KEPT) => word.hash,
        Shape::Capital | Shape::Shouted => 3,
        Shape::Lower if word.is(ROLE) => 4,
        Shape::Lower if word.is(SOURCE | SPOKEN) => 5,
        Shape::Lower => ending(reading, word),
    }
}

/// The ending of a word: past tense, participle, adverb, plural or none of these.
fn ending(reading: &Reading, word: &Word) -> u32 {
    let text = word.span().of(reading.text).as_bytes();
    match text {
        [.., b'e', b'd'] => 6,
        [.., b'i', b'n', b'g'] => 7,
        [.., b'l', b'y'] => 8,
        [.., b's'] => 9,
        _ => 10,
    }
}

/// A number of things in a few classes.
pub fn bucket(n: usize) -> u32 {
    match n {
        0..=4 => n as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

fn few(n: usize, most: usize) -> u32 {
    n.min(most) as u32
}

/// What a quotation looks like, whoever said it.
pub struct Look {
    /// Opens its line.
    pub opens: bool,
    /// Short, or begins without a capital: a piece of a sentence.
    pub fragment: bool,
    /// Its last character's class.
    pub ending: u32,
    /// The symbols around it.
    before: u32,
    before2: u32,
    after: u32,
    after2: u32,
    after3: u32,
    /// The quotation before stands in the same line.
    pub follows: bool,
    /// The first verb of saying after it in its sentence, and the last one before.
    pub cue_after: Option<usize>,
    pub cue_before: Option<usize>,
    /// All of the above that decides where the speaker is looked for.
    style: u32,
    /// How many words it has.
    pub words: usize,
}

impl Look {
    /// Begins with a capital and ends with a mark of its own.
    pub fn is_sentence(&self) -> bool {
        !self.fragment && self.ending != 0
    }

    /// A whole utterance or clause, not a few words of one.
    pub fn is_whole(&self) -> bool {
        self.is_sentence() || !self.fragment && self.words > 4 || self.words > 8
    }
}

/// Looks at a quotation.
pub fn look(scene: Scene, quote: usize) -> Look {
    let reading = scene.reading;
    let quoted = &reading.quotes[quote];
    let line = &reading.lines[quoted.line];
    let (from, to) = (quoted.words.start, quoted.words.end);
    let inner = from + 1..if quoted.marked.closed { to - 1 } else { to };
    let words = reading.words[inner.clone()].iter().filter(|w| w.is_word()).count();
    let capital = reading.words.get(inner.start).is_some_and(|w| w.is_capital());
    let ending = match reading.words[inner.clone()].last().filter(|w| w.shape == Shape::Point) {
        Some(word) => u32::from(word.point),
        None => 0,
    };
    let side = |at: Option<usize>| at.filter(|k| line.words.contains(k)).map_or(1, |k| symbol(reading, k));
    let opens = from == line.words.start;
    let fragment = !capital || (words <= 2 && ending == 0);
    let before = side(from.checked_sub(1));
    let after = side(Some(to));
    let cue_after = cue_after(reading, to, line.words.end);
    let cue_before = cue_before(reading, from, line.words.start);
    let ended = match ending as u8 {
        b',' => 1,
        b'.' => 2,
        b'?' | b'!' => 3,
        _ => 0,
    };
    let flags = u32::from(opens) | u32::from(fragment) << 1 | ended << 2 | u32::from(cue_after.is_some()) << 4;
    let style = flags | u32::from(cue_before.is_some()) << 5 | u32::from(words <= 4) << 6;
    Look {
        opens,
        fragment,
        ending,
        before,
        before2: side(from.checked_sub(2)),
        after,
        after2: side(Some(to + 1)),
        after3: side(Some(to + 2)),
        follows: quote > 0 && reading.quotes[quote - 1].line == quoted.line,
        cue_after,
        cue_before,
        style,
        words,
    }
}

fn cue_after(reading: &Reading, from: usize, end: usize) -> Option<usize> {
    let first = reading.words.get(from)?;
    let same = |k: &usize| reading.words[*k].sentence == first.sentence && reading.words[*k].quote == 0;
    (from..end.min(from + 24)).take_while(same).find(|k| reading.words[*k].is(SAY | SAYING))
}

fn cue_before(reading: &Reading, at: usize, start: usize) -> Option<usize> {
    let sentence = reading.words[at].sentence;
    let colon = at > start && reading.words[at - 1].is_point(b':');
    let same = |k: &usize| {
        let word = &reading.words[*k];
        (word.sentence == sentence || colon && word.sentence + 1 == sentence) && word.quote == 0
    };
    (start..at).rev().take(30).take_while(same).find(|k| reading.words[*k].is(SAY | SAYING | SPOKEN))
}

/// Every answer to "who said this?" with its features; `None` stands for "the article does not tell".
pub fn all(scene: Scene, quote: usize, look: &Look, story: &Story) -> (Vec<Option<usize>>, Vec<Vec<u32>>) {
    let candidates = candidates(scene, quote, story);
    let mut lists = Vec::with_capacity(candidates.len() + 1);
    for candidate in &candidates {
        let rank = rank(scene, quote, &candidates, *candidate);
        let mut list = Vec::with_capacity(64);
        features(scene, quote, look, story, *candidate, rank, &mut list);
        lists.push(list);
    }
    let mut list = Vec::with_capacity(8);
    nobody(look, story, quote, &mut list);
    lists.push(list);
    (candidates.into_iter().map(Some).chain(std::iter::once(None)).collect(), lists)
}

/// How many candidates on its side of the quotation are nearer.
fn rank(scene: Scene, quote: usize, candidates: &[usize], candidate: usize) -> usize {
    let at = scene.reading.quotes[quote].words.start;
    let place = scene.mentions[candidate].words.start;
    let nearer = |k: &usize| {
        let other = scene.mentions[*k].words.start;
        if place < at { other > place && other < at } else { other < place && other > at }
    };
    candidates.iter().filter(|k| nearer(k)).count()
}

/// Features for the answer "the article does not tell who".
pub fn nobody(look: &Look, story: &Story, quote: usize, list: &mut Vec<u32>) {
    let mut f = Features::new(list);
    f.add(1, &[look.style]);
    f.add(2, &[look.before, u32::from(look.fragment)]);
    f.add(3, &[look.after, u32::from(look.fragment)]);
    f.add(4, &[bucket(look.words)]);
    f.add(5, &[]);
    let last = story.last.filter(|(q, _)| q + 1 == quote).map(|(_, mention)| mention.is_some());
    f.add(6, &[last.map_or(2, u32::from), u32::from(look.opens), u32::from(look.follows)]);
}

/// Features for `candidate` (the `rank`-th on its side) being the speaker of `quote`.
pub fn features(scene: Scene, quote: usize, look: &Look, story: &Story, candidate: usize, rank: usize, list: &mut Vec<u32>) {
    let place = place(scene, quote, candidate, rank);
    let kind = kind(scene, candidate);
    let f = &mut Features::new(list);
    position(f, &place, look, kind);
    neighbours(scene, f, &place, look, kind, candidate);
    path(scene, f, &place, look, kind, quote, candidate);
    cues(scene, f, &place, look, kind, candidate);
    history(scene, f, &place, look, kind, story, quote, candidate);
}

/// Where the candidate stands, seen from the quotation.
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

fn position(f: &mut Features, place: &Place, look: &Look, kind: u32) {
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

fn neighbours(scene: Scene, f: &mut Features, place: &Place, look: &Look, kind: u32, candidate: usize) {
    let reading = scene.reading;
    let mention = &scene.mentions[candidate];
    let words = &reading.words;
    let line = &reading.lines[words[mention.head].line as usize];
    let at = |k: Option<usize>| k.filter(|k| line.words.contains(k)).map_or(1, |k| symbol(reading, k));
    let word_at = |k: usize| if line.words.contains(&k) { words[k].hash } else { 1 };
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
    f.add(38, &[words[mention.head].hash, place.side]);
    f.add(39, &[words[mention.head].hash]);
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

/// The words between the candidate and the quotation.
fn path(scene: Scene, f: &mut Features, place: &Place, look: &Look, kind: u32, quote: usize, candidate: usize) {
    let reading = scene.reading;
    let quoted = &reading.quotes[quote];
    let mention = &scene.mentions[candidate];
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
fn cues(scene: Scene, f: &mut Features, place: &Place, look: &Look, kind: u32, candidate: usize) {
    let mention = &scene.mentions[candidate];
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
        f.add(63, &[which, near, kind, look.style]);
        f.add(64, &[which, side + 2 * rivals, place.coarse, u32::from(look.fragment)]);
    }
    let both = |cue: Option<usize>| {
        cue.map_or(3, |cue| if mention.start() > cue { 1 } else { few(cue.saturating_sub(mention.end()), 1) * 2 })
    };
    f.add(65, &[both(look.cue_after), both(look.cue_before), place.coarse, look.style]);
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

/// What was decided before, and what else is known of the candidate.
#[allow(clippy::too_many_arguments)]
fn history(scene: Scene, f: &mut Features, place: &Place, look: &Look, kind: u32, story: &Story, quote: usize, candidate: usize) {
    let mention = &scene.mentions[candidate];
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

/// Whether the quotation itself names the person: people seldom do.
fn named_inside(scene: Scene, quote: usize, person: Option<u32>) -> bool {
    let Some(person) = person else { return false };
    let last = scene.people.people[person as usize].last;
    let words = scene.reading.quotes[quote].words.clone();
    scene.reading.words[words].iter().take(200).any(|w| w.hash == last && w.is_capital())
}
