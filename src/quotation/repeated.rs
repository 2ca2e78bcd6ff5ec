//! Words that are quoted twice: whoever is surely named beside one of the two says the other, too.
//!
//! A headline quotes what the story tells, and a paragraph takes up words of another. Takes the quotations of an article with their speakers
//! and gives each unsure one that stands within a surer one the speaker of that.

use super::mention::MentionKind;
use super::scene::Scene;
use super::{DOUBTFUL, Kind, Quotation, Speaker};
use crate::article::Span;
use crate::lexicon::WordMap;

/// So many words in a row have to be the same: in a heading, in speech of an unsure speaker, and where the words alone look like a title or a
/// term.
const FEWEST_IN_HEADING: usize = 2;
const FEWEST: usize = 3;
const FEWEST_UNCLAIMED: usize = 5;

/// The most quotations that may begin with the same words.
const RIVALS: usize = 4;

/// The longest that are looked for, in words: keeps long articles linear.
const LONGEST: usize = 60;

/// What is said twice in `found`, which has a quotation for each of the scene's, in the same order.
pub fn shared(scene: Scene, found: &mut [Quotation]) {
    let open: Vec<(usize, Vec<u32>)> = (0..found.len()).map(|quote| (quote, words(scene, quote))).collect();
    let open: Vec<(usize, Vec<u32>)> =
        open.into_iter().filter(|(quote, said)| is_open(scene, &found[*quote], *quote, said.len())).collect();
    let mut begun: WordMap<[u32; FEWEST_IN_HEADING], Vec<usize>> = WordMap::default();
    for (number, (_, said)) in open.iter().enumerate() {
        let Some(begins) = said.first_chunk() else { continue };
        let rivals = begun.entry(*begins).or_default();
        if rivals.len() < RIVALS {
            rivals.push(number);
        }
    }
    if open.is_empty() {
        return;
    }
    let mut surest: Vec<Option<usize>> = vec![None; open.len()];
    for source in (0..found.len()).filter(|source| found[*source].speaker.is_some() && !in_heading(scene, *source)) {
        let said = words(scene, source);
        for (at, begins) in said.array_windows().enumerate() {
            for number in begun.get(begins).into_iter().flatten().copied() {
                let (quote, wanted) = &open[number];
                // Whatever a heading was taken for: its words are the story's.
                let known = surest[number].or_else(|| (!in_heading(scene, *quote)).then_some(*quote));
                let surer = known.is_none_or(|known| found[source].confidence > certainty(&found[known]));
                if *quote != source && surer && said[at..].starts_with(wanted) {
                    surest[number] = Some(source);
                }
            }
        }
    }
    let told = open
        .iter()
        .zip(surest)
        .filter_map(|((quote, _), source)| Some((*quote, handed_over(scene, &found[*quote], &found[source?])?)));
    let told: Vec<(usize, Quotation)> = told.collect();
    told.into_iter().for_each(|(quote, quotation)| found[quote] = quotation);
}

/// A quotation with the speaker of another. What is printed beside it stays, unless it is the name of somebody else.
fn handed_over(scene: Scene, quotation: &Quotation, source: &Quotation) -> Option<Quotation> {
    let name = source.speaker.as_ref()?.name.clone();
    let mut told = Quotation { confidence: source.confidence, ..quotation.clone() };
    let named = |beside: Span| {
        scene.mentions.iter().any(|m| m.kind == MentionKind::Name && scene.reading.span(m.words.clone()) == beside)
    };
    let another = told.speaker.as_ref().is_some_and(|s| s.name != name) && told.mention.is_some_and(named);
    if another || told.kind == Kind::NotSpeech {
        (told.mention, told.cue, told.role) = (None, None, None);
    }
    if told.kind == Kind::NotSpeech {
        told.kind = Kind::Partial;
    }
    told.speaker = Some(Speaker { name, mention: told.mention });
    Some(told)
}

/// Whether another quotation may tell who says this one of so many words.
fn is_open(scene: Scene, quotation: &Quotation, quote: usize, count: usize) -> bool {
    let fewest = match quotation.kind {
        _ if in_heading(scene, quote) => FEWEST_IN_HEADING,
        Kind::NotSpeech => FEWEST_UNCLAIMED,
        _ if certainty(quotation) < DOUBTFUL => FEWEST,
        _ => return false,
    };
    (fewest..=LONGEST).contains(&count)
}

/// How sure the speaker is; of speech that is nobody's, not at all.
fn certainty(quotation: &Quotation) -> f32 {
    let nobody = quotation.kind != Kind::NotSpeech && quotation.speaker.is_none() && quotation.mention.is_none();
    if nobody { 0.0 } else { quotation.confidence }
}

fn in_heading(scene: Scene, quote: usize) -> bool {
    scene.reading.lines[scene.reading.quotes[quote].line].heading
}

/// The words of a quotation, without points.
fn words(scene: Scene, quote: usize) -> Vec<u32> {
    let words = &scene.reading.words[scene.reading.quotes[quote].words.clone()];
    words.iter().filter(|w| w.is_word()).map(|w| w.hash).collect()
}
