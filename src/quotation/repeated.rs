//! Words that are quoted twice: whoever is surely named beside one of the two says the other, too.
//!
//! A headline quotes what the story tells, and a paragraph takes up words of another. Takes what was decided about each quotation and gives
//! those whose speaker is not sure the speaker of a surer one that holds their words.

use super::decision::Decision;
use super::history::Referent;
use super::mention::MentionKind;
use super::scene::Scene;
use super::words::Shown;
use super::{DOUBTFUL, Kind, Quotation, Speaker};
use crate::lexicon::WordMap;

/// So many words in a row have to be the same: in a heading; where nobody is named; where somebody else is, who is not sure or, for a few words
/// of a sentence, stands in another paragraph; and where the words fill a line and look like a title.
const FEWEST_IN_HEADING: usize = 2;
const FEWEST: usize = 3;
const FEWEST_OF_ANOTHER: usize = 4;
const FEWEST_UNCLAIMED: usize = 5;

/// The most quotations that may begin with the same words.
const RIVALS: usize = 4;

/// The longest that are looked for, in words: keeps long articles linear.
const LONGEST: usize = 60;

/// A quotation that another one may tell the speaker of, and its words.
struct Open {
    quote: usize,
    words: Vec<u32>,
    /// The surest that holds its words so far.
    source: Option<usize>,
}

/// Gives speakers to what is said twice in `found`, which has a quotation for each decision, in the same order.
pub fn shared(scene: Scene, decisions: &[Decision], found: &mut [Quotation]) {
    let asked = decisions.iter().zip(&*found).filter_map(|(decision, quotation)| open(scene, decision, quotation));
    let mut asked: Vec<Open> = asked.collect();
    let mut begun: WordMap<[u32; 2], Vec<usize>> = WordMap::default();
    for (number, open) in asked.iter().enumerate() {
        let rivals = begun.entry([open.words[0], open.words[1]]).or_default();
        if rivals.len() < RIVALS {
            rivals.push(number);
        }
    }
    if asked.is_empty() {
        return;
    }
    for source in (0..found.len()).filter(|source| found[*source].speaker.is_some() && !in_heading(scene, *source)) {
        let said = words(scene, source);
        for (at, begins) in said.windows(2).enumerate() {
            for number in begun.get(&[begins[0], begins[1]]).into_iter().flatten() {
                let open = &mut asked[*number];
                if tells(scene, decisions, found, open, source) && said[at..].starts_with(&open.words) {
                    open.source = Some(source);
                }
            }
        }
    }
    let told = asked.iter().filter_map(|open| {
        let told = handed_over(scene, &decisions[open.quote], &found[open.quote], &found[open.source?]);
        Some((open.quote, told?))
    });
    let told: Vec<(usize, Quotation)> = told.collect();
    told.into_iter().for_each(|(quote, quotation)| found[quote] = quotation);
}

/// Whether another quotation may tell who says this one.
fn open(scene: Scene, decision: &Decision, quotation: &Quotation) -> Option<Open> {
    let quoted = &scene.reading.quotes[decision.quote];
    let heading = in_heading(scene, decision.quote);
    let alone = scene.reading.lines[quoted.line].words == quoted.words;
    let fewest = match quotation.kind {
        _ if decision.settled || !matches!(quoted.shown, Shown::Marks | Shown::Dash) => return None,
        _ if heading => FEWEST_IN_HEADING,
        Kind::NotSpeech if alone => FEWEST_UNCLAIMED,
        Kind::NotSpeech => return None,
        _ if quotation.speaker.is_none() => FEWEST,
        Kind::Partial if is_elsewhere(scene, decision) => FEWEST_OF_ANOTHER,
        _ if quotation.confidence < DOUBTFUL => FEWEST_OF_ANOTHER,
        _ => return None,
    };
    let words = words(scene, decision.quote);
    (fewest..=LONGEST).contains(&words.len()).then_some(Open { quote: decision.quote, words, source: None })
}

/// Whether a quotation that holds the words tells their speaker better than what is known. The words of a heading are the story's, whoever
/// says them there; else it has to be sure, and nobody without a name takes the place of somebody with one.
fn tells(scene: Scene, decisions: &[Decision], found: &[Quotation], open: &Open, source: usize) -> bool {
    let named = decisions[source].choice.is_some_and(|(_, answer)| answer.who.and_then(Referent::person).is_some());
    let sure = found[source].confidence >= DOUBTFUL && (named || found[open.quote].speaker.is_none());
    let sure = sure && (found[open.quote].speaker.is_none() || found[source].confidence > found[open.quote].confidence);
    let surer = open.source.is_none_or(|known| found[source].confidence > found[known].confidence);
    open.quote != source && surer && (sure || in_heading(scene, open.quote))
}

/// A quotation with the speaker of another. What is printed beside it stays, unless it is the name of somebody else.
fn handed_over(scene: Scene, decision: &Decision, quotation: &Quotation, source: &Quotation) -> Option<Quotation> {
    let name = source.speaker.as_ref()?.name.clone();
    let mut told = Quotation { confidence: source.confidence, ..quotation.clone() };
    let beside = decision.choice.map(|(mention, _)| &scene.mentions[mention]);
    let named = beside.filter(|m| matches!(m.kind, MentionKind::Name | MentionKind::Organisation));
    let another = named.is_some_and(|m| m.person.is_none_or(|person| scene.people.name(scene.reading, person) != name));
    if another || is_elsewhere(scene, decision) || told.kind == Kind::NotSpeech {
        (told.mention, told.cue, told.role) = (None, None, None);
    }
    if told.kind == Kind::NotSpeech {
        told.kind = Kind::Partial;
    }
    told.speaker = Some(Speaker { name, mention: told.mention });
    Some(told)
}

/// Whether whoever was taken for the speaker stands in another paragraph.
fn is_elsewhere(scene: Scene, decision: &Decision) -> bool {
    let line = &scene.reading.lines[scene.reading.quotes[decision.quote].line].words;
    decision.choice.is_some_and(|(mention, _)| !line.contains(&scene.mentions[mention].head))
}

fn in_heading(scene: Scene, quote: usize) -> bool {
    scene.reading.lines[scene.reading.quotes[quote].line].heading
}

/// The words of a quotation, without points.
fn words(scene: Scene, quote: usize) -> Vec<u32> {
    let words = &scene.reading.words[scene.reading.quotes[quote].words.clone()];
    words.iter().filter(|w| w.is_word()).map(|w| w.hash).collect()
}
