//! How mentions stand to a verb of saying: who acts before it, who is in between. The model has learned the numbers of the enum.

use crate::lexicon::*;
use crate::quotation::evidence::features::{few, symbol};
use crate::quotation::mention::Mention;
use crate::quotation::scene::Scene;
use crate::quotation::words::{Symbol, Word};

/// Whether a verb follows the candidate before the cue, and whether it is the last such mention.
pub fn acting(scene: Scene, candidate: usize, cue: usize) -> Acting {
    if scene.mentions[candidate].start() > cue {
        return Acting::Behind;
    }
    let mut later = scene.mentions[candidate + 1..].iter().take(20).take_while(|m| m.start() < cue);
    match (acts(scene, &scene.mentions[candidate]), later.any(|m| acts(scene, m))) {
        (false, _) => Acting::Idle,
        (true, true) => Acting::Earlier,
        (true, false) => Acting::Last,
    }
}

/// Whether a candidate does something before the verb of saying: a verb follows it.
#[derive(Clone, Copy)]
pub enum Acting {
    /// No verb follows it.
    Idle = 0,
    /// One does, but another mention with a verb stands nearer to the verb of saying.
    Earlier = 1,
    /// It is the last mention with a verb.
    Last = 2,
    /// It stands behind the verb of saying.
    Behind = 3,
    /// There is no verb of saying before the quotation.
    NoCue = 4,
}

/// Whether a verb follows the mention.
fn acts(scene: Scene, mention: &Mention) -> bool {
    let verb = |w: &Word| w.is(SAY | AUXILIARY | ADVERB) || symbol(scene.reading, mention.reach()) == Symbol::Past as u32;
    !mention.quoted && scene.reading.words.get(mention.reach()).is_some_and(verb)
}

/// The mention a sentence turns to before the cue: `X called for a truce, but Y objected, saying`.
pub fn turn(scene: Scene, cue: usize) -> Option<usize> {
    const TURNS: [u32; 3] = all_known(["but", "while", "whereas"]);
    let words = &scene.reading.words;
    let before = scene.mentions.partition_point(|m| m.start() < cue);
    let same = |m: &usize| scene.mentions[*m].sentence(scene.reading) == words[cue].sentence;
    let turns = |m: &usize| {
        let mention = &scene.mentions[*m];
        let link = mention.start().checked_sub(1).filter(|k| TURNS.contains(&words[*k].hash) || is_new_clause(scene, *k));
        link.is_some() && acts(scene, mention) && same(m)
    };
    (0..before).rev().take(8).find(turns)
}

/// Whether the word at `link` is the "and" of `“...” and Ann Lee said “...”`: two people joined by it have no quotation before them.
fn is_new_clause(scene: Scene, link: usize) -> bool {
    let words = &scene.reading.words;
    let comma = link.checked_sub(1).filter(|k| words[*k].is_point(b',') && words[*k].quote == 0);
    let before = comma.unwrap_or(link).checked_sub(1);
    words[link].hash == known("and") && before.is_some_and(|k| words[k].quote != 0 && words[k].line == words[link].line)
}

/// How many other candidates stand between this one and the cue.
pub fn rivals(scene: Scene, candidate: usize, cue: usize, after: bool) -> u32 {
    let outside = |m: &&Mention| !m.quoted && !m.inside;
    let n = if after {
        scene.mentions[..candidate].iter().rev().take_while(|m| m.start() > cue).filter(outside).take(3).count()
    } else {
        scene.mentions[candidate + 1..].iter().take_while(|m| m.start() < cue).filter(outside).take(3).count()
    };
    few(n, 3)
}
