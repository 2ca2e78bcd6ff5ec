//! Chinese: whoever speaks stands before a verb of saying (`村长李明说：“…”`), the name behind the role.

use std::ops::Range;

use super::page::{BRACKETED, Page, QUOTED};
use super::people::{Beside, Phrase, Who};
use crate::lexicon::Eastern::Chinese;
use crate::lexicon::is_han;

/// The most letters of what is written as one name.
const LONGEST_NAME: usize = 6;

/// The most letters of words that are taken for somebody because they stand where a speaker stands.
const LONGEST_BARE: usize = 5;

/// What no name holds.
const NO_NAME: &[char] = &[
    '的', '是', '和', '在', '与', '與', '及', '们', '們', '了', '着', '著', '会', '會', '时', '時', '采', '採', '访', '訪', '现',
    '現', '场', '場', '对', '對', '向', '跟', '说', '說', '这', '這', '那', '有', '没', '沒', '不', '就', '也', '都', '还', '還',
    '后', '後', '到', '遭', '获', '獲', '把', '将', '將', '让', '讓', '给', '給', '听', '聽', '看', '被', '因', '为', '為', '能',
    '要', '想', '来', '來', '去', '从', '從', '拉',
];

/// What no given name holds.
const NO_GIVEN_NAME: &[char] = &[
    '的', '是', '和', '在', '与', '與', '及', '了', '说', '說', '们', '們', '这', '這', '会', '會', '时', '時', '跟', '对', '對',
];

/// The longest description of somebody, in letters.
const LONGEST_DESCRIPTION: usize = 24;

const POINTS: &[char] = &['，', '；', '：', ':', ',', QUOTED, '\n'];

/// Whether the words in a quotation are somebody's: a sentence or a clause, or behind a colon. Others are told by the verb of their clause.
pub fn is_reported(before: &str, inner: &str) -> bool {
    before.ends_with(['：', ':']) || inner.ends_with(['。', '！', '？', '…', '，', '?', '!'])
}

/// Whoever says something before a quotation: in the clause that brings it in, or else before the last verb of the sentence. In a heading
/// whatever stands before a colon says it.
pub fn subject(page: &Page, within: Range<usize>, heading: bool) -> Beside {
    let near = page.behind_quotations(within);
    let text = &page.narrated[near.clone()];
    let brought = text.ends_with(['：', ':']);
    let mut clauses = clauses(page, near).into_iter().rev();
    let Some(nearest) = clauses.next() else { return Beside::Nothing };
    if Chinese.words("NAMING").iter().any(|word| text.ends_with(word)) {
        return Beside::Unknown;
    }
    match speaks(page, nearest.clone()) {
        Some(phrase) => Beside::Known(phrase),
        None if brought => before_colon(page, nearest, heading),
        // `王明表示，这件事“不可接受”`: the last verb of saying before it, or else whoever the sentence begins with
        None => {
            let first = clauses.clone().next_back().unwrap_or(nearest);
            let said = clauses.find_map(|clause| speaks(page, clause));
            said.or_else(|| leading(page, first)).map_or(Beside::Unknown, Beside::Known)
        }
    }
}

/// Who stands before a colon without a verb of saying: whoever the clause begins with, if he is printed elsewhere.
fn before_colon(page: &Page, clause: Range<usize>, heading: bool) -> Beside {
    let text = page.narrated[clause.clone()].trim();
    let start = clause.end - page.narrated[clause.clone()].trim_start().len();
    let all = text.chars().count();
    let told = who(start, text).filter(|phrase| heading || phrase.role.is_some());
    if let Some(phrase) = told.filter(|_| all <= 8) {
        return Beside::Known(phrase);
    }
    if heading && (2..=8).contains(&all) && is_bare(text) {
        return Beside::Known(Phrase { printed: start..start + text.len(), who: Who::Unsure, role: None });
    }
    leading(page, clause).map_or(Beside::Unknown, Beside::Known)
}

/// The longest part of the words that a clause begins with in which a person may be named.
const LONGEST_LEAD: usize = 14;

/// Whoever a clause begins with, if his name stands elsewhere too: `鄭穎芝坐在咖啡店一角，「…」`.
fn leading(page: &Page, clause: Range<usize>) -> Option<Phrase> {
    let text = page.narrated[clause.clone()].trim();
    let start = clause.end - page.narrated[clause].trim_start().len();
    let begins = text.char_indices().map(|(k, c)| &text[..k + c.len_utf8()]).take(LONGEST_LEAD);
    let names = begins.filter_map(|words| {
        let name = if is_name(words) { 0..words.len() } else { named(words)?.1 };
        let known = is_name(&words[name.clone()]) && page.places(&words[name.clone()])[1].is_some();
        known.then(|| start + name.start..start + name.end)
    });
    names.last().map(|name| Phrase { printed: name.clone(), who: Who::Unsure, role: None })
}

/// Whoever says what stands before: `“…”李明说`; not where a colon brought it in.
pub fn subject_behind(page: &Page, within: Range<usize>) -> Beside {
    let first = clauses(page, within.clone()).into_iter().next().filter(|first| first.start == within.start);
    match first.clone().and_then(|clause| speaks(page, clause)) {
        Some(phrase) => Beside::Known(phrase),
        // whoever does something there may have said it
        None => match first.filter(|first| page.narrated[first.clone()].chars().any(is_han)) {
            Some(first) => leading(page, first).map_or(Beside::Unknown, Beside::Known),
            None => Beside::Nothing,
        },
    }
}

/// Everybody printed with role and name.
pub fn phrases(page: &Page) -> impl Iterator<Item = Phrase> {
    let sentences = page.narrated.split(['。', '\n', '！', '？']).map(|sentence| {
        let start = sentence.as_ptr() as usize - page.narrated.as_ptr() as usize;
        start..start + sentence.len()
    });
    sentences.flat_map(|sentence| clauses(page, sentence)).filter_map(|clause| speaks(page, clause))
}

/// What stands between points.
fn clauses(page: &Page, within: Range<usize>) -> Vec<Range<usize>> {
    let text = &page.narrated[within.clone()];
    let clauses = text.split(POINTS).filter(|clause| !clause.trim().is_empty()).map(|clause| {
        let start = within.start + (clause.as_ptr() as usize - text.as_ptr() as usize);
        start..start + clause.len()
    });
    clauses.collect()
}

/// Whoever stands before the first verb of saying in a clause that somebody stands before.
fn speaks(page: &Page, clause: Range<usize>) -> Option<Phrase> {
    let text = &page.narrated[clause.clone()];
    let ends = text.char_indices().map(|(k, c)| k + c.len_utf8()).take(80);
    let verbs = ends.filter_map(|end| Chinese.ending("SAYS", &text[..end]).map(|length| end - length));
    verbs.filter(|verb| *verb > 0).find_map(|verb| noun(page, clause.start..clause.start + verb))
}

/// The person or body that the words mean, without what tells when and where.
fn noun(page: &Page, within: Range<usize>) -> Option<Phrase> {
    let text = &page.narrated[within.clone()];
    let begins = |text: &str| Chinese.words("GOES-ON").iter().find(|word| text.starts_with(**word)).map_or(0, |word| word.len());
    let start = within.end - text.trim_start().len() + begins(text.trim_start());
    let text = without_time(page.narrated.get(start..within.end)?);
    // a family name and what is given may hold such a word: `李从军`
    let whole = who(start, text).filter(|phrase| match &phrase.who {
        Who::Named(name) => phrase.role.is_some() && is_family_first(&page.narrated[name.clone()]),
        _ => false,
    });
    if whole.is_some() {
        return whole;
    }
    let places = Chinese.words("WHERE").iter().filter_map(|word| text.find(word)).filter(|k| *k > 0);
    let text = places.min().map_or(text, |k| &text[..k]);
    who(start, without_time(text))
}

/// Without what tells when and how at the end: `昨天`, `笑着`.
fn without_time(mut text: &str) -> &str {
    loop {
        text = text.trim_end_matches([BRACKETED, ' ']);
        let Some(cut) = Chinese.ending("WHEN", text) else { return text };
        text = &text[..text.len() - cut];
    }
}

/// Who words mean that begin at `start`.
fn who(start: usize, text: &str) -> Option<Phrase> {
    let text = text.trim_end_matches([BRACKETED, ' ']);
    let end = start + text.len();
    if Chinese.has("PRONOUN", text) {
        return Some(Phrase { printed: start..end, who: Who::Pronoun, role: None });
    }
    if let Some((held, name)) = named(text) {
        let printed = start + held.start..end;
        return Some(Phrase {
            printed,
            who: Who::Named(printed_name(start, name)),
            role: (!held.is_empty()).then_some(start + held.start..start + held.end),
        });
    }
    if text.chars().count() > LONGEST_DESCRIPTION {
        return None;
    }
    if let Some(length) = Chinese.ending("ROLE", text).max(Chinese.ending("UNNAMED", text)) {
        return Some(held(start, text, length));
    }
    let body = Chinese.ending("BODY", text).is_some() && text.chars().count() > 1;
    let printed = start..end;
    match () {
        () if body || is_name(text) => Some(Phrase { printed: printed.clone(), who: Who::Named(printed), role: None }),
        () if is_bare(text) && text.chars().count() <= LONGEST_BARE => Some(Phrase { printed, who: Who::Unsure, role: None }),
        () => None,
    }
}

/// Words that may be somebody's name though no list has them: `佩雷拉`, `老王`, `一名被裁员工`.
fn is_bare(text: &str) -> bool {
    let letters =
        text.chars().count() > 1 && text.chars().all(|c| is_han(c) || c.is_ascii_alphabetic() || matches!(c, ' ' | '·'));
    letters && !text.contains(NO_NAME) && !Chinese.has("NO-SPEAKER", text)
}

fn printed_name(start: usize, name: Range<usize>) -> Range<usize> {
    start + name.start..start + name.end
}

/// `李主席`, `市政府发言人`, `村民`.
fn held(start: usize, text: &str, length: usize) -> Phrase {
    let end = start + text.len();
    let before = &text[..text.len() - length];
    let who = match before {
        "" => Who::Holder,
        before if Chinese.has("FAMILY", before) => Who::Family(start..start + before.len()),
        before if is_name(before) => Who::Named(start..start + before.len()),
        _ => Who::Described,
    };
    let start = start + before.rfind('、').map_or(0, |k| k + '、'.len_utf8());
    Phrase { printed: start..end, who, role: Some(end - length..end) }
}

/// The last role in words that a name follows, and the name: `司长` and `姚建廷`; the name behind `的` is one if it begins as names do.
fn named(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let ends = text.char_indices().map(|(k, c)| k + c.len_utf8()).filter(|end| *end < text.len());
    let mut held = ends.filter_map(|end| {
        let role = Chinese.ending("ROLE", &text[..end])?;
        let name = &text[end..];
        (is_name(name) || is_foreign(name)).then_some((end - role..end, end..text.len()))
    });
    let behind = || {
        let end = text.rfind('的')? + '的'.len_utf8();
        is_name(&text[end..]).then_some((end..end, end..text.len()))
    };
    held.next_back().or_else(behind)
}

/// A family name and one or two letters more, or a foreign name in parts.
fn is_name(word: &str) -> bool {
    let letters = word.chars().count();
    let known = is_family_first(word);
    let plain = word.chars().all(is_han) && !word.contains(NO_GIVEN_NAME);
    let parts = word.contains(['·', '・', '．']) && word.chars().all(|c| is_han(c) || matches!(c, '·' | '・' | '．'));
    plain && known && !is_held(word) || parts && (3..=15).contains(&letters)
}

/// A family name of one letter and one or two more, or one of two and one or two more.
fn is_family_first(word: &str) -> bool {
    let letters = word.chars().count();
    let family = |count: usize| word.char_indices().nth(count).is_some_and(|(k, _)| Chinese.has("FAMILY", &word[..k]));
    (2..=3).contains(&letters) && family(1) || (3..=4).contains(&letters) && family(2)
}

/// A name that only its role tells: `博士生泰勒斯`.
fn is_foreign(word: &str) -> bool {
    let letters = word.chars().count();
    let latin = word.chars().all(|c| c.is_ascii_alphabetic() || c == ' ') && letters > 2;
    latin || (2..=LONGEST_NAME).contains(&letters) && word.chars().all(is_han) && !is_held(word) && !word.contains(NO_NAME)
}

fn is_held(word: &str) -> bool {
    ["ROLE", "UNNAMED", "BODY"].iter().any(|line| Chinese.ending(line, word).is_some())
}

/// The full name of which words are the last part: `德弗里斯`, where `马尔滕·德弗里斯` is printed.
pub fn full_name(page: &Page, last: &str) -> Option<Range<usize>> {
    let at = page.places(&format!("·{last}"))[0]?;
    let run: usize =
        page.narrated[..at].chars().rev().take(LONGEST_DESCRIPTION).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let given = &page.narrated[at - run..at];
    let mut ends = given.char_indices().map(|(k, c)| k + c.len_utf8()).filter(|end| *end < given.len());
    let cut = ends.rfind(|end| is_held(&given[..*end]) || given[..*end].ends_with(NO_NAME)).unwrap_or(0);
    Some(at - run + cut..at + '·'.len_utf8() + last.len())
}
