//! Who can be the speaker of a quotation, and what speaks for each.
//!
//! Takes a quotation and the [`History`] of those before and gives the mentions that may be its speaker, each with a list of features. A
//! **feature** is one observation ("the symbol before the quotation is a comma, and the candidate is the nearest on its left"), hashed into
//! a number by which [`super::weights`] finds its weight; the sum of the weights says how likely the candidate is. What is looked at stands
//! in [`templates`]. Training and attribution both come here, so they cannot see different things.

use super::history::History;
use super::mention::{self, MentionKind};
use super::scene::Scene;
use super::words::{Shape, Shown, Word};
use crate::lexicon::{AUXILIARY, Language, SAY, all_known, known};

mod context;
mod candidate;
pub mod templates;
mod english;
mod features;
mod german;
mod relay;

pub use context::Context;
pub use features::{Features, Gather, Lists, bucket, few, printed, symbol};

use candidate::{Candidate, nobody};
pub use candidate::{appearance, named_inside};

/// The mentions that could be the speaker of `quote`: those outside marks in its own line and the two before and the one before's
/// speaker.
pub fn candidates(scene: Scene, quote: usize, history: &History) -> Vec<usize> {
    let quoted = &scene.reading.quotes[quote];
    let lines = &scene.reading.lines;
    let first_line = quoted.line.saturating_sub(2);
    let at = quoted.words.start;
    let middle = scene.mentions.partition_point(|m| m.words.start < at);
    let mut list: Vec<usize> = Vec::with_capacity(32);
    if let Some((_, speaker)) = history.speaker.filter(|(q, _)| quote - q <= 6) {
        list.push(speaker);
    }
    let back = |k: &usize| scene.mentions[*k].words.start >= lines[first_line].words.start;
    let last = list.first().copied();
    let before = (0..middle).rev().take(120).take_while(back).filter(|k| may_speak(scene, *k)).take(9);
    list.extend(before.filter(|k| last != Some(*k)));
    let end = lines[quoted.line].words.end;
    let ahead = |k: &usize| scene.mentions[*k].words.start < end;
    list.extend((middle..scene.mentions.len()).take(60).take_while(ahead).filter(|k| may_speak(scene, *k)).take(6));
    list
}

/// Outside marks and not part of another's phrase: "Okri" in `a friend of Okri` is not who speaks.
fn may_speak(scene: Scene, mention: usize) -> bool {
    !scene.mentions[mention].quoted && !scene.mentions[mention].inside
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
    let inner = bracketed(scene, quote)
        // Whoever is quoted by another comes before the other.
        .or_else(|| relay::quoted_as(scene, quote))
        .or_else(|| relay::relayed(scene, quote))
        .or_else(|| cited(scene, quote))
        .or_else(|| told_within(scene, quote))
        .or_else(|| german::told_in(scene, quote))
        .or_else(|| german::cited(scene, quote))
        .or_else(|| signed_below(scene, quote));
    if let Some(inner) = inner {
        return Some(inner);
    }
    let dash = if quoted.words.end < line.words.end { quoted.words.end } else { lines.get(quoted.line + 1)?.words.start };
    let end = lines[words.get(dash)?.line as usize].words.end;
    let stop = words[dash..end].iter().take_while(|w| w.shape == Shape::Point && w.point == b'-').count();
    if stop == 0 || words[dash..end].iter().filter(|w| w.is_word()).count() > 8 {
        return None;
    }
    mention_from(scene, dash + stop).filter(|m| scene.mentions[*m].kind == MentionKind::Name && !scene.mentions[*m].quoted)
}

/// Words and points of what may stand behind the name that signs a quotation: `Ann Lee, mayor of Velden`.
const LONGEST_ROLE: usize = 7;

/// Whoever reports does not say what stands above.
const REPORTERS: [u32; 4] = all_known(["correspondent", "reporter", "editor", "columnist"]);

/// Words set apart on a page, with a line below that holds nothing but whose they are: `“There is none”`, and then `Sgt Ann Lee`.
fn signed_below(scene: Scene, quote: usize) -> Option<usize> {
    let words = &scene.reading.words;
    let quoted = &scene.reading.quotes[quote];
    let below = &scene.reading.lines.get(quoted.line + 1)?.words;
    let fills = scene.reading.lines[quoted.line].words == quoted.words && !is_titled(scene, quoted.line);
    let mention = mention_from(scene, below.start).filter(|_| fills)?;
    let signs = &scene.mentions[mention];
    let named = signs.kind == MentionKind::Name && !signs.quoted && (signs.words.len() > 1 || signs.role.is_some());
    let is_role = |role: &[Word]| {
        let plain = |w: &Word| w.is_word() && !w.is(SAY | AUXILIARY) && !REPORTERS.contains(&w.hash);
        role.len() <= LONGEST_ROLE && role.iter().all(plain)
    };
    let (comma, role) = words.get(signs.end()..below.end)?.split_first().unzip();
    (named && comma.is_none_or(|w| w.is_point(b',')) && role.is_none_or(is_role)).then_some(mention)
}

/// Whether a line is a heading, or stands below a short one that ends no sentence, which may say whose it is: lists of readers' views have names above.
fn is_titled(scene: Scene, line: usize) -> bool {
    let lines = &scene.reading.lines;
    let open = |above: usize| scene.reading.words[lines[above].words.clone()].last().is_some_and(Word::is_word);
    let short = |above: usize| open(above) && lines[above].words.len() <= mention::LONGEST_SIGNATURE;
    lines[line].heading || line.checked_sub(1).is_some_and(|above| short(above) && !mention::is_signature(scene.reading, above))
}

/// Words and points of a name and a role in brackets, with what closes the line behind them.
const LONGEST_BRACKET: usize = 15;

/// `"..." (Ann Lee, mayor).`: the name in brackets that close the line behind a whole utterance; `(Lee, 2019)` is where it was printed.
fn bracketed(scene: Scene, quote: usize) -> Option<usize> {
    let words = &scene.reading.words;
    let quoted = &scene.reading.quotes[quote];
    let line = &scene.reading.lines[quoted.line].words;
    let behind = words.get(quoted.words.end..line.end)?;
    // A line may hold thousands of quotations: nothing is read that does not begin and end so.
    let (_, rest) = behind.split_first().filter(|(open, rest)| open.is_point(b'(') && rest.len() <= LONGEST_BRACKET)?;
    let close = rest.iter().position(|w| w.is_point(b')'))?;
    let closes = rest[close + 1..].iter().all(|w| w.is_point(b'.'));
    let plain = rest[..close].iter().all(|w| w.shape != Shape::Number && w.quote == 0);
    let whole = words[quoted.words.clone()].iter().filter(|w| w.is_word()).nth(3).is_some();
    let mention = mention_from(scene, quoted.words.end + 1).filter(|_| closes && plain && whole)?;
    (scene.mentions[mention].kind == MentionKind::Name && !scene.mentions[mention].quoted).then_some(mention)
}

/// Turkish sets the verb of saying right behind the words, and nothing but words before it: `"Kömür yok" dedi`, `"..." diyen`.
pub fn is_reported(scene: Scene, quote: usize) -> bool {
    let words = &scene.reading.words;
    let behind = words.get(scene.reading.quotes[quote].words.end).filter(|w| w.quote == 0);
    let turkish = scene.reading.language == Language::Turkish;
    turkish && behind.is_some_and(|w| w.shape == Shape::Lower && w.is(SAY) && w.line as usize == scene.reading.quotes[quote].line)
}

/// Who speaks a turn of an interview or transcript, which its layout tells: `None` for a quotation that is no turn, `Some(None)` for a
/// turn of somebody without a name. `asked` is whoever is asked in the interview.
pub fn turn(scene: Scene, quote: usize, asked: Option<usize>) -> Option<Option<usize>> {
    match &scene.reading.quotes[quote].shown {
        Shown::Marks | Shown::Dash => None,
        Shown::Turn(answers) => Some(asked.filter(|_| *answers)),
        Shown::Label(label) => {
            let first = scene.mentions.partition_point(|m| m.words.start < label.start);
            let named = scene.mentions.get(first).filter(|m| label.contains(&m.head) && m.kind != MentionKind::Pronoun);
            Some(named.map(|_| first))
        }
    }
}

/// Japanese sets names of things in the marks it sets speech in, `「…」`; speech ends as sentences do, fills its line, or is followed by
/// the particle that reports (と, but not という, which names).
pub fn is_named_in_corners(scene: Scene, quote: usize) -> bool {
    let (reading, quoted) = (scene.reading, &scene.reading.quotes[quote]);
    let marked = quoted.marked;
    if !reading.text[marked.outer.start as usize..].starts_with(['「', '『']) {
        return false;
    }
    let behind = &reading.text[marked.outer.end as usize..];
    let reported = behind.starts_with('と') && !["という", "といった", "として"].iter().any(|names| behind.starts_with(names));
    let whole = marked.inner.of(reading.text).ends_with(['。', '！', '？', '…']);
    !reported && !whole && quoted.words.len() < reading.lines[quoted.line].words.len()
}

/// How many lines before the first question may name whoever is asked.
const INTRODUCTION: usize = 4;

/// Whoever is asked in an interview without labels: the one person named in full before the first question.
pub fn asked(scene: Scene) -> Option<usize> {
    let first = scene.reading.quotes.iter().find(|quoted| matches!(quoted.shown, Shown::Turn(_)))?;
    let lines = &scene.reading.lines;
    let from = lines[first.line.saturating_sub(INTRODUCTION)].words.start;
    let (start, end) =
        (scene.mentions.partition_point(|m| m.head < from), scene.mentions.partition_point(|m| m.head < first.words.start));
    let full = |m: &&usize| {
        let mention = &scene.mentions[**m];
        mention.kind == MentionKind::Name && mention.words.len() > 1 && mention.person.is_some() && !mention.quoted
    };
    let named: Vec<usize> = (start..end).collect();
    let mut named = named.iter().filter(full);
    let guest = *named.next()?;
    named.all(|m| scene.mentions[*m].person == scene.mentions[guest].person).then_some(guest)
}

/// `«...», — цитирует РБК Климова`: behind the verb that quotes, the paper comes first and the one it quotes second.
fn cited(scene: Scene, quote: usize) -> Option<usize> {
    let words = &scene.reading.words;
    let quoted = &scene.reading.quotes[quote];
    let end = scene.reading.lines[quoted.line].words.end.min(quoted.words.end + 5);
    let cites = |k: &usize| words[*k].hash == known("cites") && words[*k].quote == 0;
    let verb = (quoted.words.end..end).find(cites).filter(|_| scene.reading.grammar.genitive)?;
    let near =
        |m: &usize| scene.mentions[*m].start() < verb + 12 && words[scene.mentions[*m].head].sentence == words[verb].sentence;
    let first = scene.mentions.partition_point(|m| m.start() < verb);
    let mut named = (first..scene.mentions.len()).take_while(near).filter(|m| !scene.mentions[*m].quoted);
    let (paper, person) = (named.next()?, named.next());
    let direct = words[verb + 1..scene.mentions[paper].start()].iter().all(|w| w.quote != 0);
    person.or(Some(paper)).filter(|_| direct)
}

/// Whoever the narrator names within the marks: `« Nous n'avons rien, explique Anne Lorée, mais demain... »`.
fn told_within(scene: Scene, quote: usize) -> Option<usize> {
    let told = scene.reading.quotes[quote].narrator.clone()?;
    let first = scene.mentions.partition_point(|m| m.words.start < told.start);
    scene.mentions.get(first).filter(|m| m.words.end <= told.end).map(|_| first)
}

/// The mention whose speech goes on: a paragraph that ends without a closing mark is taken up by the mark that opens the next one,
/// as printers have set long speeches since the eighteenth century.
pub fn continued(scene: Scene, quote: usize, history: &History) -> Option<usize> {
    let quotes = &scene.reading.quotes;
    let before = &quotes[quote.checked_sub(1)?];
    let line = &scene.reading.lines[quotes[quote].line].words;
    // A line that says more than the words may say whose they are.
    let fills = quotes[quote].words.start == line.start && quotes[quote].words.end == line.end;
    // A straight mark left open is as often a slip.
    let marked = scene.reading.text[before.marked.outer.start as usize..].starts_with(['“', '‘', '«', '„', '”']);
    let goes_on = marked && !before.marked.closed && before.line + 1 == quotes[quote].line && fills;
    history.last.filter(|(last, _)| goes_on && last + 1 == quote)?.1
}

/// The mention that begins at word `at`.
fn mention_from(scene: Scene, at: usize) -> Option<usize> {
    let mention = scene.mentions.partition_point(|m| m.start() < at);
    scene.mentions.get(mention).filter(|m| m.start() == at).map(|_| mention)
}

/// Every answer to "who said this?", its features added to `lists`; `None` stands for "the article does not tell".
#[cfg(feature = "learning")]
pub fn answers(scene: Scene, quote: usize, context: &Context, history: &History, lists: &mut Lists) -> Vec<Option<usize>> {
    lists.clear();
    let likely = likely(scene, quote, context, history);
    for answer in likely.iter().copied().map(Some).chain([None]) {
        lists.push(|f| features(scene, quote, context, history, answer, f));
    }
    likely.into_iter().map(|(mention, _)| Some(mention)).chain([None]).collect()
}

/// What speaks for an answer: a mention and how many others on its side of the quotation are nearer, or "the article does not tell".
pub fn features(
    scene: Scene,
    quote: usize,
    context: &Context,
    history: &History,
    answer: Option<(usize, usize)>,
    f: &mut impl Gather,
) {
    match answer {
        Some(ranked) => Candidate::new(scene, history, context, quote, ranked).features(f),
        None => nobody(context, history, quote, f),
    }
}

/// The mentions that are likely the speaker, each with the number of those on its side of the quotation that are nearer.
pub fn likely(scene: Scene, quote: usize, context: &Context, history: &History) -> Vec<(usize, usize)> {
    let mut candidates = candidates(scene, quote, history);
    if candidates.iter().any(|m| relay::passes_on(scene, *m, &candidates)) {
        let all = candidates.clone();
        candidates.retain(|m| !relay::passes_on(scene, *m, &all));
    }
    english::leave_out_the_told(scene, quote, context, &mut candidates);
    if let Some(turn) = context.cue_before.and_then(|cue| candidate::turn(scene, cue)) {
        let passed =
            |m: usize| m < turn && scene.mentions[m].sentence(scene.reading) == scene.mentions[turn].sentence(scene.reading);
        candidates.retain(|m| !passed(*m));
    }
    let subject = english::subject_beside(scene, quote, context, &candidates);
    if let Some(subject) = subject.or_else(|| german::subject_behind(scene, quote, context, &candidates)) {
        candidates.retain(|m| *m == subject);
    }
    ranked(scene, quote, &candidates)
}

/// Each candidate with the number of those on its side of the quotation that are nearer.
fn ranked(scene: Scene, quote: usize, candidates: &[usize]) -> Vec<(usize, usize)> {
    let at = scene.reading.quotes[quote].words.start;
    let place = |mention: &usize| scene.mentions[*mention].words.start;
    let nearer = |place_of: usize| {
        let between = if place_of < at { place_of + 1..at } else { at + 1..place_of };
        candidates.iter().filter(|other| between.contains(&place(other))).count()
    };
    candidates.iter().map(|mention| (*mention, nearer(place(mention)))).collect()
}
