//! Korean: whoever speaks stands before a particle (`김 장관은 "..."라고 말했다`), the name before the role.

use std::ops::Range;

use super::page::{BRACKETED, Page, QUOTED, TERM};
use super::people::{Beside, Phrase, Who};
use crate::lexicon::Eastern::Korean;

/// A word between blanks, without what is bracketed behind it.
struct Token<'t> {
    text: &'t str,
    start: usize,
    /// Whether a comma or a quotation follows.
    stops: bool,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

fn tokens(page: &Page, within: Range<usize>) -> Vec<Token<'_>> {
    let text = &page.narrated[within.clone()];
    let parts = |c: char| c.is_whitespace() || matches!(c, QUOTED | TERM | '…');
    let trim: &[char] = &[',', BRACKETED, '·', '.', '!', '?'];
    let words = text.split(parts).filter(|word| !word.is_empty()).map(|word| {
        let start = within.start + (word.as_ptr() as usize - text.as_ptr() as usize);
        let cut = word.trim_start_matches(trim);
        let text = cut.trim_end_matches(trim);
        let behind = &page.narrated[start + word.len()..within.end];
        let stops = text.len() < cut.len() && !cut.ends_with(BRACKETED) || behind.trim_start().starts_with([QUOTED, TERM, '…']);
        Token { start: start + (word.len() - cut.len()), text, stops }
    });
    words.filter(|token| !token.text.is_empty()).collect()
}

/// Whether the words behind a closing mark say that it is somebody's: `"..."라고`, `"...", 라고`.
pub fn is_reported(behind: &str) -> bool {
    let particle = |text: &str| text.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    let apart = behind.trim_start_matches([',', ' ']);
    Korean.has("QUOTED", &behind[..particle(behind)])
        || apart.len() < behind.len() && Korean.has("QUOTED-APART", &apart[..particle(apart)])
}

/// What closes a quotation.
const CLOSING: &[char] = &['\u{22}', '”', '\u{27}', '’'];

/// Whether a quotation is a whole sentence, and nothing of the narrator's stands before it.
pub fn is_whole_sentence(page: &Page, outer: Range<usize>, text: &str) -> bool {
    let inner = text[outer.clone()].trim_end_matches(CLOSING);
    inner.ends_with(['.', '?', '!']) && page.narrated[page.before(outer.start)].trim().is_empty()
}

/// Whoever stands before a quotation; in a heading also without a particle.
pub fn subject(page: &Page, within: Range<usize>, heading: bool) -> Beside {
    let near = page.behind_quotations(within.clone());
    let tokens = tokens(page, near.clone());
    if heading && let Some(last) = tokens.last() {
        let bare = noun(&tokens, tokens.len() - 1, last.text);
        return bare.map_or(Beside::Unknown, Beside::Known);
    }
    let clause = tokens.iter().rposition(|token| Korean.ending("WHILE", token.text).is_some());
    let embedded = |k: usize| clause.is_some_and(|clause| k < clause);
    // `시장의 "..."는 발언`, `시장으로부터 "..."는 말을 들었다`
    if let Some(owner) =
        tokens.last().and_then(|token| token.text.strip_suffix("으로부터").or_else(|| token.text.strip_suffix('의')))
    {
        let owner = noun(&tokens, tokens.len() - 1, owner.trim_end_matches(BRACKETED));
        return owner.map_or(Beside::Unknown, Beside::Known);
    }
    for k in subjects(page, &tokens) {
        let Some((stem, subject)) = stem(tokens[k].text) else { continue };
        match noun(&tokens, k, stem) {
            Some(_) if subject && embedded(k) => {}
            Some(phrase) => return Beside::Known(with_other(&tokens, phrase)),
            None => match unknown(&tokens, k, stem) {
                Beside::Nothing => {}
                found => return found,
            },
        }
    }
    // `"왜냐"고 묻자 "모른다"고 했다`: whoever asked does not answer
    let asked = tokens.iter().any(|token| Korean.ending("ASKED", token.text).is_some());
    if asked && near.start > within.start { Beside::Unknown } else { Beside::Nothing }
}

/// The order in which words are asked whether they speak: the one next to the quotation, then the topics from the first on, or from the
/// first behind a contrast (`정부는 반대했지만 시장은`), then the subjects from the last.
fn subjects(page: &Page, tokens: &[Token]) -> Vec<usize> {
    let topic = |k: &usize| stem(tokens[*k].text).is_some_and(|(_, subject)| !subject);
    let contrast = |token: &Token| {
        let next = &page.narrated[token.end()..];
        ["지만", "는데", "반면"].iter().any(|end| token.text.ends_with(end))
            || token.text.ends_with('나') && next.starts_with(',')
    };
    let from = tokens.iter().rposition(contrast).map_or(0, |k| k + 1);
    let last = tokens.len().checked_sub(1).filter(|k| stem(tokens[*k].text).is_some());
    let topics = (from..tokens.len()).filter(topic);
    let others = (0..tokens.len()).rev().filter(|k| !topic(k) || *k < from);
    last.into_iter().chain(topics).chain(others).collect()
}

/// A topic in words that no list has: as printed right before the quotation. Where something is said (`댓글에는`) nobody is named.
fn unknown(tokens: &[Token], at: usize, word: &str) -> Beside {
    let text = tokens[at].text;
    let topic = text.ends_with(['은', '는']) || text.ends_with("조차") || text.ends_with("마저");
    let place = ["에서", "에", "에선", "로", "에게", "께"].iter().any(|end| word.ends_with(end));
    let noun = is_plain(word) && word.chars().count() > 1;
    if topic && (place || Korean.has("NO-SPEAKER", word)) {
        return Beside::Unknown;
    }
    if topic && word.chars().count() == 1 {
        return Beside::Unknown;
    }
    if !topic || !noun {
        return Beside::Nothing;
    }
    if at + 1 < tokens.len() {
        return Beside::Unknown;
    }
    let start = tokens[described_from(tokens, at)].start;
    let printed = start..tokens[at].start + word.len();
    Beside::Known(Phrase { printed, who: Who::Unsure, role: None })
}

/// `박철수 의원과 이정민 의원`: both.
fn with_other(tokens: &[Token], phrase: Phrase) -> Phrase {
    let before = tokens.iter().rposition(|token| token.end() <= phrase.printed.start);
    let other = before.and_then(|k| {
        let word = tokens[k].text.strip_suffix(['과', '와'])?;
        noun(tokens, k, word).filter(|other| other.role.is_some() && other.who != Who::Holder)
    });
    match other {
        Some(other) => Phrase { printed: other.printed.start..phrase.printed.end, who: Who::Described, role: None },
        None => phrase,
    }
}

/// The first subject of what stands behind a quotation, or whose it is said to be: `"..."는 박철수 의원의 말에`.
pub fn subject_behind(page: &Page, within: Range<usize>) -> Option<Phrase> {
    let end = page.narrated[within.clone()].find(QUOTED).map_or(within.end, |k| within.start + k);
    let tokens = tokens(page, within.start..end);
    let whose = |k: usize| {
        let said = tokens.get(k + 1).is_some_and(|next| Korean.words("WORDS").iter().any(|word| next.text.starts_with(word)));
        tokens[k].text.strip_suffix('의').filter(|_| said).and_then(|word| noun(&tokens, k, word.trim_end_matches(BRACKETED)))
    };
    let first = usize::from(!page.narrated[within.start..].starts_with(char::is_whitespace));
    (first..tokens.len()).find_map(|k| whose(k).or_else(|| noun(&tokens, k, stem(tokens[k].text)?.0)))
}

/// Whether the sentence behind a quotation says who told it: `"...요." 주민 오미래 씨가 말했다.`
pub fn is_told_behind(page: &Page, end: usize) -> bool {
    let behind = page.behind(end);
    let said = |token: &Token| Korean.ending("SAID", token.text).is_some();
    !page.narrated[behind.clone()].contains(QUOTED) && tokens(page, behind).last().is_some_and(said)
}

/// Everybody printed with name and role.
pub fn phrases(page: &Page) -> impl Iterator<Item = Phrase> {
    let lines = page.narrated.split('\n').map(|line| {
        let start = line.as_ptr() as usize - page.narrated.as_ptr() as usize;
        tokens(page, start..start + line.len())
    });
    lines.flat_map(|tokens| {
        let of = |k: usize| {
            let text = tokens[k].text;
            let plain = Korean.ending("PARTICLE", text).map_or(text, |cut| &text[..text.len() - cut]);
            let plain = plain.trim_end_matches(BRACKETED);
            behind_role(&tokens, k, plain).or_else(|| noun(&tokens, k, plain)).or_else(|| noun(&tokens, k, text))
        };
        (0..tokens.len()).filter_map(of).collect::<Vec<Phrase>>()
    })
}

/// `소설가 민하경`: the role before the name.
fn behind_role(tokens: &[Token], at: usize, word: &str) -> Option<Phrase> {
    let role = tokens.get(at.checked_sub(1)?).filter(|role| !role.stops && Korean.has("ROLE", role.text))?;
    let name = tokens[at].start..tokens[at].start + word.len();
    let held = role.start..role.end();
    is_name(word).then_some(Phrase { printed: held.start..name.end, who: Who::Named(name), role: Some(held) })
}

/// A word without the particle of a topic (false) or a subject (true).
fn stem(word: &str) -> Option<(&str, bool)> {
    let without = |cut: usize| word[..word.len() - cut].trim_end_matches(BRACKETED);
    let of = |line, subject| Korean.ending(line, word).map(|cut| (without(cut), subject));
    of("TOPIC", false).or_else(|| of("SUBJECT", true)).filter(|(stem, _)| !stem.is_empty())
}

/// The person or body that the word `at` means, read without its particle.
fn noun(tokens: &[Token], at: usize, word: &str) -> Option<Phrase> {
    let token = &tokens[at];
    let whole = token.start..token.start + word.len();
    if Korean.has("PRONOUN", word) {
        return Some(Phrase { printed: whole, who: Who::Pronoun, role: None });
    }
    let role = Korean.ending("ROLE", word).max(Korean.ending("UNNAMED", word));
    if let Some(role) = role {
        return Some(with_role(tokens, at, word, role));
    }
    let body = Korean.ending("BODY", word).is_some() && word.chars().count() > 1;
    if body || is_name(word) {
        return Some(Phrase { printed: whole.clone(), who: Who::Named(whole), role: None });
    }
    None
}

/// Somebody whose role ends a word: the name is in it, before it, or before the body between the two.
fn with_role(tokens: &[Token], at: usize, word: &str, role: usize) -> Phrase {
    let token = &tokens[at];
    let end = token.start + word.len();
    let held = end - role..end;
    let own = word[..word.len() - role].trim_end_matches(BRACKETED);
    let phrase = |start: usize, who: Who| Phrase { printed: start..end, who, role: Some(held.clone()) };
    let within = token.start..token.start + own.len();
    match own {
        own if is_name(own) => return phrase(token.start, Who::Named(within)),
        own if is_family(own) => return phrase(token.start, Who::Family(within)),
        // `A씨`, `윤모씨`
        own if own.len() == 1 || own.strip_suffix('모').is_some_and(is_family) => return phrase(token.start, Who::Described),
        "" if at == 0 || tokens[at - 1].stops => return phrase(token.start, Who::Holder),
        _ if at == 0 || tokens[at - 1].stops => return phrase(token.start, Who::Described),
        _ => {}
    }
    // `강준현 민주당 수석대변인`, `김 전 총리`: what stands between the name and the role
    let mut name = at - 1;
    while name > 0 && at - name < 4 && !tokens[name - 1].stops && stands_between(tokens, name, at) {
        name -= 1;
    }
    if let Some(named) = foreign(tokens, name, at).filter(|_| !is_name(tokens[name].text)) {
        return phrase(named.start, Who::Named(named));
    }
    if let Some(first) = first_name(tokens, at).filter(|first| *first < name || !is_name(tokens[name].text)) {
        name = first;
    }
    let before = &tokens[name];
    let range = before.start..before.end();
    match before.text {
        // `김 모 씨` is not named
        "모" if name > 0 && is_family(tokens[name - 1].text) => phrase(tokens[name - 1].start, Who::Described),
        text if text.split('·').all(is_name) => phrase(before.start, Who::Named(range)),
        text if is_family(text) && name + 1 == at && is_counted(tokens, name, word) => described(tokens, at, word, role),
        text if is_family(text) => phrase(before.start, Who::Family(range)),
        text if text.len() == 1 && name + 1 == at => phrase(before.start, Who::Described),
        _ => described(tokens, at, word, role),
    }
}

/// A name where a clause begins, with nothing but nouns between it and the role: `오세림 민생연합 정책위의장`.
fn first_name(tokens: &[Token], at: usize) -> Option<usize> {
    let plain = |k: usize| !tokens[k].stops && is_plain(tokens[k].text) && !Korean.has("GOES-ON", tokens[k].text);
    let first = (0..at).rev().take(4).take_while(|k| plain(*k)).last()?;
    is_name(tokens[first].text).then_some(first)
}

/// A foreign name, which only the nation behind it tells: `토레 할덴 미국 대통령`.
fn foreign(tokens: &[Token], last: usize, role: usize) -> Option<Range<usize>> {
    let nation = tokens[last + 1..role].first().is_some_and(|word| Korean.has("NATION", word.text));
    let part = |k: usize| {
        !tokens[k].stops
            && is_plain(tokens[k].text)
            && tokens[k].text.chars().count() > 1
            && !Korean.has("GOES-ON", tokens[k].text)
            && Korean.ending("BODY", tokens[k].text).is_none()
    };
    if !nation || !part(last) {
        return None;
    }
    let first = (0..last).rev().take(2).take_while(|k| part(*k)).last().unwrap_or(last);
    Some(tokens[first].start..tokens[last].end())
}

fn described(tokens: &[Token], at: usize, word: &str, role: usize) -> Phrase {
    let end = tokens[at].start + word.len();
    let start = tokens[described_from(tokens, at)].start;
    let who = if start == tokens[at].start && role == word.len() { Who::Holder } else { Who::Described };
    Phrase { printed: start..end, who, role: Some(end - role..end) }
}

/// Whether a word between a name and a role is a body, another role or says that it is a former one. `전 총리` is a former one, `전 전 총리`
/// was called so.
fn stands_between(tokens: &[Token], at: usize, role: usize) -> bool {
    let word = tokens[at].text;
    let former = Korean.has("FORMER", word) && !(is_family(word) && at + 1 < role && Korean.has("FORMER", tokens[at + 1].text));
    former
        || Korean.has("FIELD", word)
        || Korean.has("NATION", word)
        || !is_name(word) && (Korean.ending("BODY", word).is_some() || Korean.ending("ROLE", word).is_some_and(|cut| cut > 3))
}

/// `한 의원`: one of them, unless somebody is called so.
fn is_counted(tokens: &[Token], at: usize, word: &str) -> bool {
    matches!(tokens[at].text, "한" | "이" | "두" | "전") && Korean.ending("UNNAMED", word).is_some()
}

/// From where a description goes: over `한` and nouns without a particle, four words at most.
fn described_from(tokens: &[Token], at: usize) -> usize {
    let belongs = |word: &str| {
        matches!(word, "한" | "다른" | "익명의")
            || word.ends_with(['의', '와', '과'])
            || is_plain(word) && !Korean.has("GOES-ON", word)
    };
    let mut from = at;
    while from > 0 && at - from < 4 && !tokens[from - 1].stops && belongs(tokens[from - 1].text) {
        from -= 1;
    }
    from
}

/// A noun without a particle, as far as letters tell.
fn is_plain(word: &str) -> bool {
    word.chars().all(|c| ('가'..='힣').contains(&c)) && (Korean.ending("BOUND", word).is_none() || word.ends_with("학과"))
}

/// A family name alone.
fn is_family(word: &str) -> bool {
    Korean.has("FAMILY", word)
}

/// A family name of one letter and two more, or one of two and one or two more.
fn is_name(word: &str) -> bool {
    let letters = word.chars().count();
    let split = |letters: usize| word.char_indices().nth(letters).map(|(k, _)| &word[..k]);
    let plain = word.chars().all(|c| ('가'..='힣').contains(&c));
    let of = |family: usize, all: &[usize]| all.contains(&letters) && split(family).is_some_and(is_family);
    let other = || ["ROLE", "UNNAMED", "BODY", "FORMER"].iter().any(|line| Korean.ending(line, word).is_some_and(|cut| cut > 3));
    let body = word.ends_with(['위', '고', '시', '처', '청', '부', '당', '군', '후', '병', '대']);
    plain && (of(1, &[3]) || of(2, &[3, 4])) && !Korean.has("NO-NAME", word) && !body && !other()
}
