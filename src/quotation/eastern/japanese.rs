//! Japanese: whoever speaks stands before a particle (`山田市長は「…」と述べた`), the name before its role or `氏`.

use std::ops::Range;

use super::page::{BRACKETED, Page, QUOTED};
use super::people::{Beside, Phrase, Who};
use crate::lexicon::Eastern::Japanese;
use crate::lexicon::is_han;

/// The most letters of a name in characters of Chinese origin.
const LONGEST_NAME: usize = 6;

/// Whether the words behind a closing mark say that it is somebody's: `」と述べた`, and not `」という`; a clause at the end of a sentence is, too.
pub fn is_reported(behind: &str, inner: &str) -> bool {
    let begins = |line| Japanese.words(line).iter().any(|word| behind.starts_with(word));
    let ends = behind.is_empty() || behind.starts_with(['。', '\n', '（', '(']);
    let listed = behind.starts_with("と「") || behind.starts_with("と『");
    begins("QUOTED") && !begins("REST") && !is_named(behind) && !listed
        || ends && (Japanese.ending("VERB", inner).is_some() || inner.ends_with(['。', '！', '？', '…']))
}

/// Whether the words behind a closing mark say that it is a name or stands somewhere: `」と呼ばれ`, `」と書かれ`.
pub fn is_named(behind: &str) -> bool {
    behind.starts_with('と') && Japanese.words("NAMING").iter().any(|word| behind.starts_with(word))
}

/// Whether somebody else says it to whom the sentence is of: `は「…」と言われた`.
pub fn is_told(behind: &str) -> bool {
    Japanese.words("TOLD").iter().any(|word| behind.starts_with(word))
}

/// Whoever stands before a quotation: next to it, or as the topic of its clause that can speak, or its last subject; in a heading also
/// without a particle. `told` if the topic is whom it was said to.
pub fn subject(page: &Page, within: Range<usize>, heading: bool, told: bool) -> Beside {
    let near = page.behind_quotations(within.clone());
    let (last, text) = (near.start, &page.narrated[near]);
    // `市民から「…」との声`, `弁護側の「…」との主張`, `佐藤議員が「…」と言った`
    for particle in ["から", "に", "の", "は", "が", "も"].into_iter().filter(|particle| *particle != "に" || told) {
        if let Some(before) = text.strip_suffix(particle)
            && let Some(phrase) = noun(page, last, last + before.len())
        {
            return Beside::Known(phrase);
        }
    }
    if told || is_told(text) {
        return Beside::Unknown;
    }
    if heading {
        return noun(page, last, within.end).into();
    }
    let found = topic(page, last..within.end).or_else(|| places(page, last..within.end, "SUBJECT").last());
    if let Some(found) = found {
        // `「なぜだ」と記者が聞くと、「…」`: whoever asked does not answer
        let asked = last > within.start && text.starts_with('と') && text.ends_with("と、");
        return if asked { Beside::Unknown } else { Beside::Known(found) };
    }
    unknown(page, last, within.end)
}

/// The first topic that can speak, or the last one behind a contrast: `政府は決めたが、山田氏は`.
fn topic(page: &Page, within: Range<usize>) -> Option<Phrase> {
    let contrast = |text: &str| ["が、", "ものの", "一方", "のに対し"].iter().any(|word| text.contains(word));
    places(page, within, "TOPIC").reduce(|first, next| {
        if contrast(&page.narrated[first.printed.end..next.printed.start.max(first.printed.end)]) { next } else { first }
    })
}

/// What stands right before `は「` in words that no list has, as printed. Where something else has the particle nobody is named.
fn unknown(page: &Page, floor: usize, end: usize) -> Beside {
    let text = &page.narrated[floor..end];
    let particle = text.strip_suffix('は').or_else(|| text.strip_suffix('も')).or_else(|| text.strip_suffix('が'));
    if let Some(before) = particle {
        let run = before.chars().rev().take(24).take_while(|c| in_run(*c)).map(char::len_utf8).sum::<usize>();
        let word = before[before.len() - run..].trim_matches(BRACKETED);
        if word.chars().count() < 2 || Japanese.ending("NO-SPEAKER", word).is_some() || word.starts_with(char::is_numeric) {
            return Beside::Unknown;
        }
        let end = floor + before.trim_end_matches(BRACKETED).len();
        let start = of_whom(page, floor, end - word.len());
        return Beside::Known(Phrase { printed: start..end, who: Who::Unsure, role: None });
    }
    // a topic somewhere: whoever it is, nobody is carried over
    let topics = text.match_indices(['は', 'が', 'も']).any(|(k, _)| text[..k].chars().next_back().is_some_and(in_run));
    if topics || text.contains("によると") || text.contains("によれば") { Beside::Unknown } else { Beside::Nothing }
}

/// Over whose it is: `県警捜査1課の担当者`.
fn of_whom(page: &Page, floor: usize, start: usize) -> usize {
    let before = page.narrated[floor..start].strip_suffix('の');
    let run = before.map(|text| {
        let run = text.chars().rev().take(30).take_while(|c| in_run(*c)).map(char::len_utf8).sum::<usize>();
        text[text.len() - run..].trim_start_matches(BRACKETED).len()
    });
    run.filter(|run| *run > 0).map_or(start, |run| start - 'の'.len_utf8() - run)
}

/// Whoever stands behind a quotation in its sentence: `「…」と水無瀬さんは話した`, `「…」と鵜飼さん。`; or with whom the next begins.
pub fn subject_behind(page: &Page, within: Range<usize>, next: bool) -> Beside {
    let end = page.narrated[within.clone()].find([QUOTED, '。']).map_or(within.end, |k| within.start + k);
    let text = &page.narrated[within.start..end];
    let named = text.strip_prefix('と').map(|name| name.trim_end()).and_then(|name| {
        let phrase = noun(page, within.start + 'と'.len_utf8(), within.start + 'と'.len_utf8() + name.len())?;
        (phrase.printed.start <= within.start + 'と'.len_utf8() + 30
            && name.chars().all(|c| in_run(c) || "のさんちゃくん".contains(c)))
        .then_some(phrase)
    });
    if let Some(named) = named {
        return Beside::Known(named);
    }
    let first = |line| places(page, within.start..end, line).next();
    let found = [first("TOPIC"), first("SUBJECT")].into_iter().flatten().min_by_key(|phrase| phrase.printed.start);
    // the next sentence has to begin with whoever spoke
    let far = |phrase: &Phrase| next && (phrase.printed.start > within.start + 60 || text.starts_with(['そ', 'こ']));
    match found {
        Some(found) if far(&found) => Beside::Unknown,
        found => found.into(),
    }
}

/// Everybody printed with name and role.
pub fn phrases(page: &Page) -> impl Iterator<Item = Phrase> {
    let text = &page.narrated;
    // a run of characters ends where another letter follows
    let ends = text.char_indices().zip(text.chars().skip(1).map(Some).chain([None]));
    let ends = ends.filter(|((_, c), next)| in_run(*c) && !next.is_some_and(in_run)).map(|((k, c), _)| k + c.len_utf8());
    let soft = Japanese.words("HONORIFIC").iter().flat_map(|word| text.match_indices(word)).map(|(k, word)| k + word.len());
    ends.chain(soft).filter_map(|end| noun(page, 0, end))
}

/// The phrases before each particle of a line, in reading order.
fn places<'p>(page: &'p Page, within: Range<usize>, line: &str) -> impl Iterator<Item = Phrase> + use<'p> {
    let text = &page.narrated[within.clone()];
    let mut particles: Vec<usize> =
        Japanese.words(line).iter().flat_map(|word| text.match_indices(word)).map(|(k, _)| k).collect();
    particles.sort_unstable();
    let start = within.start;
    particles.into_iter().filter_map(move |k| noun(page, start, start + k))
}

/// What words and names are written in: characters, katakana, Latin letters, digits, and what is bracketed.
fn in_run(c: char) -> bool {
    is_han(c)
        || matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | '＝' | '=' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' | '０'..='９' | BRACKETED)
        || c.is_ascii_alphanumeric()
}

/// The person or body that the words before `end` mean, not before `floor`.
fn noun(page: &Page, floor: usize, end: usize) -> Option<Phrase> {
    let text = page.narrated[floor..end].trim_end_matches(BRACKETED);
    let hiragana = ["さん", "ちゃん", "くん"].into_iter().find(|word| text.ends_with(word));
    let body = &text[..text.len() - hiragana.map_or(0, str::len)];
    let run = body.chars().rev().take(60).take_while(|c| in_run(*c)).map(char::len_utf8).sum::<usize>();
    let end = floor + text.len();
    let printed = floor + body.len() - run..end;
    let word = page.narrated[printed.clone()].trim_start_matches(BRACKETED);
    let printed = end - word.len()..end;
    if Japanese.has("PRONOUN", word) {
        return Some(Phrase { printed, who: Who::Pronoun, role: None });
    }
    let unnamed = Japanese.ending("UNNAMED", word);
    let role = Japanese.ending("ROLE", word).max(hiragana.map(str::len));
    match (role.max(unnamed), unnamed) {
        _ if word.is_empty() => None,
        (Some(role), unnamed) if unnamed == Some(role) => Some(described(page, floor, printed, role)),
        (Some(role), _) if role == word.len() => soft_name(page, floor, printed, role),
        (Some(role), _) => with_role(page, floor, printed, role),
        (None, _) => body_named(printed, word),
    }
}

/// A role alone, or one behind a given name in hiragana: `野々村さゆり氏`.
fn soft_name(page: &Page, floor: usize, printed: Range<usize>, role: usize) -> Option<Phrase> {
    let text = &page.narrated[floor..printed.end - role];
    let given: usize = text.chars().rev().take_while(|c| matches!(c, 'ぁ'..='ん')).take(5).map(char::len_utf8).sum();
    let family = &text[..text.len() - given];
    let run: usize = family.chars().rev().take(5).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let letters = (text[text.len() - given..].chars().count(), family[family.len() - run..].chars().count());
    let held = printed.end - role..printed.end;
    if (2..=4).contains(&letters.0) && (1..=4).contains(&letters.1) && !Japanese.has("PARTICLE", &text[text.len() - given..]) {
        let name = held.start - given - run..held.start;
        return Some(Phrase { printed: name.start..printed.end, who: Who::Named(name), role: Some(held) });
    }
    let honorific = Japanese.has("HONORIFIC", &page.narrated[held.clone()]);
    match of_whom(page, floor, printed.start) == printed.start {
        _ if honorific => None,
        true => Some(Phrase { printed, who: Who::Holder, role: Some(held) }),
        false => Some(described(page, floor, printed, role)),
    }
}

/// A body, by how its name ends or its capital letters.
fn body_named(printed: Range<usize>, word: &str) -> Option<Phrase> {
    let letters = word.chars().count();
    let capitals = (2..=8).contains(&letters) && word.chars().all(|c| matches!(c, 'A'..='Z' | 'Ａ'..='Ｚ'));
    let body = letters > 1 && Japanese.ending("BODY", word).is_some() && !word.starts_with(|c: char| c.is_numeric());
    (capitals || body).then(|| Phrase { printed: printed.clone(), who: Who::Named(printed), role: None })
}

/// Somebody without a name, with whose he is.
fn described(page: &Page, floor: usize, printed: Range<usize>, role: usize) -> Phrase {
    let start = of_whom(page, floor, printed.start);
    Phrase { printed: start..printed.end, who: Who::Described, role: Some(printed.end - role..printed.end) }
}

/// Somebody whose role ends the words: what is before it is the name, or the body he speaks for.
fn with_role(page: &Page, floor: usize, printed: Range<usize>, role: usize) -> Option<Phrase> {
    let held = printed.end - role..printed.end;
    let name = bare(page, printed.start..held.start);
    let named = &page.narrated[name.clone()];
    if named.is_empty() {
        return None;
    }
    let phrase = |who| Some(Phrase { printed: printed.clone(), who, role: Some(held.clone()) });
    let honorific = Japanese.has("HONORIFIC", &page.narrated[held.clone()]);
    let of_body = named.starts_with('同')
        || Japanese.has("MODIFIER", named)
        || Japanese.has("FORMER", named)
        || !honorific && Japanese.ending("BODY", named).is_some_and(|cut| cut >= 3 && named.chars().count() != 2);
    match () {
        () if of_body => Some(described(page, floor, printed.clone(), role)),
        () if named.contains(is_katakana)
            && named.chars().count() > 1
            && named.chars().all(|c| is_katakana(c) || matches!(c, '・' | '＝' | '=')) =>
        {
            phrase(Who::Named(name))
        }
        () if named.chars().all(is_han) && named.chars().count() <= 2 => phrase(Who::Family(name)),
        () if named.chars().all(|c| is_han(c) || is_katakana(c)) && named.chars().count() <= LONGEST_NAME => {
            phrase(Who::Named(name))
        }
        () => Some(described(page, floor, printed.clone(), role)),
    }
}

/// The name in what stands before a role: without what he does and whose he is before it, and without `前`, `米` and brackets behind.
fn bare(page: &Page, mut name: Range<usize>) -> Range<usize> {
    let word = |name: &Range<usize>| &page.narrated[name.clone()];
    name.end = name.start + word(&name).trim_end_matches(BRACKETED).len();
    let begins = Japanese.words("OCCUPATION").iter().filter(|known| word(&name).starts_with(**known)).map(|known| known.len());
    name.start += begins.max().filter(|cut| *cut < name.len()).unwrap_or(0);
    let ends = |name: &Range<usize>| Japanese.ending("FORMER", word(name)).or_else(|| nation(word(name)));
    while let Some(cut) = ends(&name).filter(|cut| *cut < name.len()) {
        name.end -= cut;
    }
    name.start += behind_body(word(&name)).unwrap_or(0);
    name
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

/// The length of a nation behind a name in katakana: `トランプ米`.
fn nation(word: &str) -> Option<usize> {
    let cut = Japanese.ending("NATION", word)?;
    word[..word.len() - cut].ends_with(is_katakana).then_some(cut)
}

/// Where the name begins in words that hold a body before it: `立憲民主党野田佳彦`.
fn behind_body(word: &str) -> Option<usize> {
    let mut ends = word.char_indices().map(|(k, c)| k + c.len_utf8()).filter(|end| *end < word.len());
    ends.rfind(|end| Japanese.ending("BODY", &word[..*end]).is_some_and(|cut| cut >= 3 && *end > 6))
}
