//! What speaks for one mention being the speaker of one quotation.
//!
//! A [`Candidate`] is looked at from five sides: where it stands, what stands beside it, what lies between it and the quotation, how it
//! stands to the verbs of saying, and who spoke before. Each side adds features by the templates of [`super::templates::SpeakerTemplate`].

mod acting;
mod place;

pub use acting::turn;

use super::context::Context;
use super::features::{Gather, bucket, few, printed, symbol};
use super::templates::SpeakerTemplate as T;
use crate::lexicon::*;
use crate::quotation::history::{History, Referent};
use crate::quotation::mention::{Mention, MentionKind, after_appositive, is_subject};
use crate::quotation::names::Gender;
use crate::quotation::scene::Scene;
use crate::quotation::words::{Quoted, Reading, Shape, Symbol};
use acting::{Acting, acting, rivals};
pub use place::kind as appearance;
use place::{Place, Side};

/// A quotation, a mention that may be its speaker, and what was decided before.
#[derive(Clone, Copy)]
pub struct Candidate<'a> {
    scene: Scene<'a>,
    history: &'a History,
    context: &'a Context,
    quote: usize,
    /// Number of the mention.
    number: usize,
    mention: &'a Mention,
    place: Place,
    /// Its [`Appearance`], or the hash of a pronoun.
    kind: u32,
}

impl<'a> Candidate<'a> {
    /// The mention `number`, which `rank` others on its side of the quotation are nearer than.
    pub fn new(
        scene: Scene<'a>,
        history: &'a History,
        context: &'a Context,
        quote: usize,
        (number, rank): (usize, usize),
    ) -> Candidate<'a> {
        let mention = &scene.mentions[number];
        let (place, kind) = (Place::new(scene, quote, number, rank), appearance(scene, number));
        Candidate { scene, history, context, quote, number, mention, place, kind }
    }

    /// Everything that speaks for it or against it.
    pub fn features(&self, f: &mut impl Gather) {
        self.position(f);
        self.neighbours(f);
        self.path(f);
        self.cues(f);
        self.history(f);
    }

    fn position(&self, f: &mut impl Gather) {
        let Candidate { context, place, kind, .. } = *self;
        f.add(T::PlaceStyle, &[place.coarse, context.style]);
        f.add(T::PlaceRankStyle, &[place.coarse, place.rank, context.style]);
        f.add(T::PlaceKind, &[place.coarse, kind]);
        f.add(T::SideRankKind, &[place.side as u32, place.rank, kind]);
        f.add(T::PlaceDistanceFragment, &[place.coarse, bucket(place.words), u32::from(context.fragment)]);
        f.add(T::SideQuotesStyle, &[place.side as u32, place.quotes, context.style]);
        f.add(T::PlaceQuotesKind, &[place.coarse, place.quotes, kind]);
        f.add(T::PlaceBeforeAfter, &[place.coarse, context.before, context.after]);
        f.add(T::PlaceRankBefore, &[place.coarse, place.rank, context.before]);
        f.add(T::PlaceRankTwoAfter, &[place.coarse, place.rank, context.after, context.after2]);
        f.add(T::PlaceThreeAfter, &[place.coarse, context.after, context.after2, context.after3]);
        f.add(T::PlaceTwoBefore, &[place.coarse, context.before, context.before2]);
        f.add(T::Kind, &[kind]);
        f.add(T::PlaceLengthRank, &[place.coarse, bucket(context.words), place.rank]);
    }

    fn neighbours(&self, f: &mut impl Gather) {
        let Candidate { scene, context, mention, place, kind, .. } = *self;
        let reading = scene.reading;
        let words = &reading.words;
        let line = &reading.lines[words[mention.head].line as usize];
        let at = |k: Option<usize>| k.filter(|k| line.words.contains(k)).map_or(Symbol::Outside as u32, |k| symbol(reading, k));
        let word_at = |k: usize| if line.words.contains(&k) { printed(reading, k) } else { Symbol::Outside as u32 };
        let head = if mention.kind == MentionKind::Name || mention.kind == MentionKind::Organisation {
            Symbol::Name as u32
        } else if mention.implied {
            IMPLIED
        } else {
            words[mention.head].hash
        };
        let (start, end) = (mention.begins(words), mention.reach());
        let (next, next2, next3) = (at(Some(end)), at(Some(end + 1)), at(Some(end + 2)));
        let (prev, prev2) = (at(start.checked_sub(1)), at(start.checked_sub(2)));
        let fragment = u32::from(context.fragment);
        f.add(T::NextPlace, &[next, place.coarse]);
        f.add(T::TwoNextPlace, &[next, next2, place.coarse]);
        f.add(T::ThreeNextSide, &[next, next2, next3, place.side as u32]);
        f.add(T::PreviousPlace, &[prev, place.coarse]);
        f.add(T::TwoPreviousSide, &[prev, prev2, place.side as u32]);
        f.add(T::AroundSideFragment, &[prev, next, place.side as u32, fragment]);
        f.add(T::AroundKind, &[prev, next, kind]);
        f.add(T::NextPrintedSide, &[word_at(end), place.side as u32]);
        f.add(T::HeadSide, &[head, place.side as u32]);
        f.add(T::Head, &[head]);
        f.add(T::NextKindPlace, &[next, kind, place.coarse]);
        f.add(T::PreviousKindPlace, &[prev, kind, place.coarse]);
        f.add(T::TwoNextPrinted, &[word_at(end), word_at(end + 1)]);
        let appositive = after_appositive(reading, end, line.words.end);
        f.add(T::BehindAppositive, &[appositive.map_or(0, |k| symbol(reading, k)), place.coarse, fragment]);
        let begins = start == line.words.start || words[start - 1].sentence != words[start].sentence;
        f.add(T::BeginsPlaceKind, &[u32::from(begins), place.coarse, kind]);
        f.add(T::RolePlaceNext, &[u32::from(mention.role.is_some()), place.coarse, next]);
        let verb = first_verb(reading, end, line.words.end);
        f.add(T::VerbPlaceFragment, &[verb, place.coarse, fragment]);
        f.add(T::VerbKindSide, &[verb, kind, place.side as u32]);
    }

    /// The words between the candidate and the quotation.
    fn path(&self, f: &mut impl Gather) {
        let Candidate { scene, context, quote, mention, place, kind, .. } = *self;
        let reading = scene.reading;
        let quoted = &reading.quotes[quote];
        if !matches!(place.side, Side::Before | Side::After) || place.words > 40 {
            return;
        }
        let between = if place.side == Side::After {
            context.end..mention.begins(&reading.words).max(context.end)
        } else {
            mention.end()..quoted.words.start
        };
        let mut path = 7u32;
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
                    path = path.wrapping_mul(31).wrapping_add(Step::Quotation as u32);
                    coarse = coarse.wrapping_mul(31).wrapping_add(Step::Quotation as u32);
                }
                continue;
            }
            steps += 1;
            let symbol = symbol(reading, k);
            path = path.wrapping_mul(0x0100_0193) ^ symbol;
            let shape = if word.is(SAY | SAYING) {
                saying += 1;
                Step::Saying as u32
            } else if word.shape == Shape::Point {
                u32::from(word.point)
            } else if word.is(PREPOSITION) {
                Step::Preposition as u32
            } else if word.is(CONJUNCTION) {
                Step::Conjunction as u32
            } else if word.is(AUXILIARY) {
                Step::Auxiliary as u32
            } else {
                rivals += u32::from(word.is_capital());
                Step::Other as u32
            };
            if shape != Step::Other as u32 {
                coarse = coarse.wrapping_mul(0x0100_0193) ^ shape;
            }
        }
        let fragment = u32::from(context.fragment);
        if steps <= 8 {
            f.add(T::PathSideFragment, &[path, place.side as u32, fragment]);
            f.add(T::PathSideKind, &[path, place.side as u32, kind]);
        }
        if steps <= 20 {
            f.add(T::StepsSideFragment, &[coarse, place.side as u32, fragment]);
            f.add(T::StepsSideEnding, &[coarse, place.side as u32, context.ending]);
        }
        f.add(T::CrossedPlaceFragment, &[few(saying as usize, 3), few(rivals as usize, 4), place.coarse, fragment]);
    }

    /// How the candidate stands to the verb of saying nearest to the quotation.
    fn cues(&self, f: &mut impl Gather) {
        let Candidate { scene, context, number, mention, place, kind, .. } = *self;
        for (which, cue) in [(0, context.cue_after), (1, context.cue_before)] {
            let Some(cue) = cue else {
                f.add(T::NoCuePlaceStyle, &[which, place.coarse, context.style]);
                continue;
            };
            let word = scene.reading.words[cue].hash;
            let (side, gap, rivals) = if mention.start() > cue {
                (1, mention.begins(&scene.reading.words).max(cue + 1) - cue - 1, rivals(scene, number, cue, true))
            } else {
                (0, cue.saturating_sub(mention.reach()), rivals(scene, number, cue, false))
            };
            // The side of the verb, the words between (up to three) and the others between, in one number.
            let near = side + 2 * few(gap, 3) + 16 * rivals;
            f.add(T::CueNearPlace, &[which, near, place.coarse]);
            f.add(T::CueNearWord, &[which, near, word]);
            let before_cue = cue.checked_sub(1).map_or(Symbol::Outside as u32, |k| symbol(scene.reading, k));
            f.add(T::CueNearPrevious, &[which, near, before_cue, u32::from(scene.reading.words[cue].is(SAYING))]);
            f.add(T::CueRivalsPreviousKind, &[which, side + 2 * rivals, before_cue, kind]);
            f.add(T::CueNearKindStyle, &[which, near, kind, context.style]);
            f.add(T::CueRivalsPlaceFragment, &[which, side + 2 * rivals, place.coarse, u32::from(context.fragment)]);
        }
        let words = &scene.reading.words;
        let before = mention.begins(words).checked_sub(1).map_or(Symbol::Outside as u32, |k| symbol(scene.reading, k));
        // 0 for "said", 1 for "saying", 2 where there is no verb of saying.
        let participle = |cue: Option<usize>| cue.map_or(2, |cue| u32::from(words[cue].is(SAYING)));
        // Others between candidate and verb, up to three; 9 where there is no verb.
        let behind = context.cue_before.map_or(9, |cue| rivals(scene, number, cue, mention.start() > cue));
        let subject = u32::from(is_subject(words, mention));
        f.add(T::ParticipleRivalsPreviousPlace, &[participle(context.cue_before), behind, before, place.coarse]);
        f.add(T::ParticipleRivalsSubjectKind, &[participle(context.cue_before), behind, subject, kind]);
        f.add(T::ParticipleRankSubjectPlace, &[participle(context.cue_before), place.rank, subject, place.coarse]);
        let nearest = context.cue_before.map_or(Acting::NoCue, |cue| acting(scene, number, cue)) as u32;
        f.add(
            T::ActsParticiplePlaceFragment,
            &[nearest, participle(context.cue_before), place.coarse, u32::from(context.fragment)],
        );
        f.add(T::ActsParticipleKindCue, &[nearest, participle(context.cue_before), kind, u32::from(context.cue_after.is_some())]);
        f.add(T::ActsPreviousParticiple, &[nearest, before, participle(context.cue_before)]);
        f.add(
            T::ActsCuePlace,
            &[nearest, context.cue_before.map_or(Symbol::Outside as u32, |cue| words[cue].hash), place.coarse],
        );
        // 0 right before the verb, 1 behind it, 2 further before it, 3 where there is none.
        let both = |cue: Option<usize>| {
            cue.map_or(3, |cue| if mention.start() > cue { 1 } else { few(cue.saturating_sub(mention.reach()), 1) * 2 })
        };
        f.add(T::BothCuesPlaceStyle, &[both(context.cue_after), both(context.cue_before), place.coarse, context.style]);
    }

    /// What was decided before, and what else is known of the candidate.
    fn history(&self, f: &mut impl Gather) {
        let Candidate { scene, history, context, quote, number, mention, place, kind } = *self;
        let person = mention.person.or_else(|| history.person(number));
        // Lines since somebody spoke, up to three; 4 where nobody did.
        let (same_mention, same_person, gap) = match history.speaker {
            Some((q, m)) => {
                let same = person.is_some() && person.map(Referent::Person) == history.who.who;
                (m == number, same, few(scene.reading.quotes[quote].line - scene.reading.quotes[q].line, 3))
            }
            None => (false, false, 4),
        };
        let fresh = u32::from(history.last.is_some_and(|(_, m)| m.is_none()));
        let same = u32::from(same_mention) | u32::from(same_person) << 1;
        f.add(T::SameGapStyleFresh, &[same, gap, context.style, fresh]);
        f.add(T::SameGapPlaceFollows, &[same, gap, place.coarse, u32::from(context.follows)]);
        f.add(T::SameGapKind, &[same, gap, kind]);
        f.add(T::SameGapBeforeAfter, &[same, gap, context.before, context.after]);
        f.add(T::SameGapQuotesBefore, &[same, gap, place.quotes, context.before]);
        let spoken = person.and_then(|p| history.spoken.get(p as usize)).map_or(0, |n| few(*n as usize, 3));
        f.add(T::SpokenPlace, &[spoken, place.coarse]);
        let count = person.map_or(0, |p| bucket(scene.people.people[p as usize].count as usize));
        f.add(T::CountSideKind, &[count, place.side as u32, kind]);
        f.add(T::NamedInsidePlace, &[u32::from(named_inside(scene, quote, person)), place.coarse]);
        let pronoun = &scene.reading.words[mention.head];
        if let Some((_, m)) = history.speaker.filter(|_| mention.kind == MentionKind::Pronoun) {
            let who = history.who.who.and_then(Referent::person).or(scene.mentions[m].person);
            let gender = who.map_or(Gender::Untold, |p| scene.people.people[p as usize].gender);
            f.add(T::LastGenderPronoun, &[gender as u32, u32::from(pronoun.is(HE)), u32::from(pronoun.is(SHE)), gap]);
        }
    }
}

/// A subject that the verb does without is to the model what "he" is.
const IMPLIED: u32 = known("he");

/// Features for the answer "the article does not tell who".
pub fn nobody(context: &Context, history: &History, quote: usize, f: &mut impl Gather) {
    f.add(T::NobodyStyle, &[context.style]);
    f.add(T::NobodyBefore, &[context.before, u32::from(context.fragment)]);
    f.add(T::NobodyAfter, &[context.after, u32::from(context.fragment)]);
    f.add(T::NobodyLength, &[bucket(context.words)]);
    f.add(T::Nobody, &[]);
    // 0 nobody and 1 somebody for the quotation right before, 2 where that held no speech.
    let last = history.last.filter(|(q, _)| q + 1 == quote).map(|(_, mention)| mention.is_some());
    f.add(T::NobodyHistory, &[last.map_or(2, u32::from), u32::from(context.opens), u32::from(context.follows)]);
}

/// What lies between candidate and quotation, coarsely; marks are their own characters. The model has learned the numbers.
#[derive(Clone, Copy)]
enum Step {
    Saying = 20,
    Preposition = 21,
    Conjunction = 22,
    Auxiliary = 23,
    /// Any other word: passed over.
    Other = 24,
    /// Another quotation, whatever its words.
    Quotation = 99,
}

/// The first word after the candidate that looks like a verb, by symbol.
fn first_verb(reading: &Reading, end: usize, stop: usize) -> u32 {
    for k in end..stop.min(end + 6) {
        let word = &reading.words[k];
        if word.quote != 0 {
            return Symbol::Quoted as u32;
        }
        if word.is(SAY | SAYING) {
            return word.hash;
        }
        if word.shape == Shape::Point || word.is(CONJUNCTION | PREPOSITION) {
            return Symbol::Interrupted as u32;
        }
        let symbol = symbol(reading, k);
        if word.is(AUXILIARY) || symbol == Symbol::Past as u32 {
            return symbol;
        }
    }
    Symbol::Verbless as u32
}

/// Whether the quotation itself names the person: people seldom name themselves.
pub fn named_inside(scene: Scene, quote: usize, person: Option<u32>) -> bool {
    let Some(person) = person else { return false };
    let last = scene.people.people[person as usize].last;
    let quoted = &scene.reading.quotes[quote];
    let mut words = scene.reading.words[quoted.words.clone()].iter().take(Quoted::NAMING);
    quoted.capitals >> (last & 63) & 1 == 1 && words.any(|w| w.hash == last && w.is_capital())
}
