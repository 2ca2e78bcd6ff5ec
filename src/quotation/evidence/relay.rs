//! Those who hand on what another said: a paper, an agency, a witness.

use super::mention_from;
use crate::lexicon::{DETERMINER, Language, OTHER_PRONOUN, SAY, SAYING, all_known, known};
use crate::quotation::mention::MentionKind;
use crate::quotation::scene::Scene;
use crate::quotation::words::Shape;

/// Verbs of handing on what another said.
const QUOTING: [u32; 5] = all_known(["quoted", "quoting", "quotes", "cited", "citing"]);

/// `the Courier quoted Ann Lee as saying "..."`: Ann Lee.
pub fn quoted_as(scene: Scene, quote: usize) -> Option<usize> {
    let words = &scene.reading.words;
    let quoted = &scene.reading.quotes[quote];
    let sentence = words[quoted.words.start].sentence;
    let near = quoted.words.start.saturating_sub(12)..words.len().min(quoted.words.end + 8);
    let quoting = |k: &usize| words[*k].sentence == sentence && words[*k].quote == 0 && QUOTING.contains(&words[*k].hash);
    let mention = mention_from(scene, near.into_iter().find(quoting)? + 1)?;
    let [first, second] = words.get(scene.mentions[mention].end()..)?.first_chunk::<2>()?;
    let saying = first.hash == known("as") && second.is(SAYING) && second.line as usize == quoted.line;
    // What is quoted may be another quotation: `"...," said Ann Lee, quoting Bo Ruiz as saying "..."`.
    let mut behind = words[scene.mentions[mention].end() + 2..].iter().skip_while(|w| w.is_point(b',') || w.is_point(b':'));
    let behind = behind.next().filter(|w| w.shape == Shape::Open);
    let saying = saying && behind.is_none_or(|open| open.start == words[quoted.words.start].start);
    (saying && !scene.mentions[mention].quoted).then_some(mention)
}

/// `"...," the KNN agency said, quoting Ann Lee of the port.`: Ann Lee.
pub fn relayed(scene: Scene, quote: usize) -> Option<usize> {
    let words = &scene.reading.words;
    let quoted = &scene.reading.quotes[quote];
    if scene.reading.language != Language::English {
        return None;
    }
    let sentence = words.get(quoted.words.end).filter(|w| w.line as usize == quoted.line)?.sentence;
    let same = |k: &usize| words[*k].sentence == sentence && words[*k].quote == 0;
    let mut behind = (quoted.words.end..words.len()).take_while(same).take(FAR);
    behind.find(|k| words[*k].is(SAY))?;
    let mention = mention_from(scene, behind.find(|k| words[*k].hash == known("quoting"))? + 1)?;
    // Behind `quoting Bo Ruiz as saying`, `quoting Bo Ruiz:` and `quoting Bo Ruiz, "` stands what he said.
    let end = scene.mentions[mention].end();
    let saying = words.get(end).is_some_and(|w| w.hash == known("as") || w.is_point(b':'));
    let opens = words[end..].iter().take(2).any(|w| w.shape == Shape::Open);
    (scene.mentions[mention].kind == MentionKind::Name && !saying && !opens).then_some(mention)
}

/// So many words behind a quotation "said, quoting" is looked for.
const FAR: usize = 14;

/// A body that only passes words on: "KNN" in `one witness said, according to KNN`, "the Post" in `the Post quoted him as saying`.
pub fn passes_on(scene: Scene, mention: usize, candidates: &[usize]) -> bool {
    let words = &scene.reading.words;
    let relay = &scene.mentions[mention];
    let sentence = relay.sentence(scene.reading);
    let Some(quoting) = words.get(relay.end()) else { return false };
    let whom = words.get(relay.end() + 1).is_some_and(|w| w.is(OTHER_PRONOUN));
    if quoting.hash == known("quoted") && whom {
        return true;
    }
    let start = relay.start() - usize::from(relay.start() > 0 && words[relay.start() - 1].is(DETERMINER));
    let according = start >= 2 && words[start - 2].hash == known("according") && words[start - 1].hash == known("to");
    // Somebody else "said" it in the same sentence, outside all marks.
    let said = |other: &usize| {
        let other = &scene.mentions[*other];
        let verb = words.get(other.reach()).is_some_and(|w| w.is(SAY) && w.shape == Shape::Lower && w.quote == 0);
        verb && other.sentence(scene.reading) == sentence
    };
    according && candidates.iter().any(|other| *other != mention && said(other))
}
