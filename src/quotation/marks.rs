//! Finds what stands between quotation marks.
//!
//! Takes a text and its paragraphs and gives the [`Marked`] stretches in reading order. Marks are paired within a paragraph and
//! never across two: a mark left open runs to the paragraph's end; one never opened closes what its paragraph begins with where that
//! is surely speech (a drop cap or a scanner lost the mark), and is ignored elsewhere. Known are `"…"`, `＂…＂`, `“…”`, `„…“`, `,,…''`,
//! `‘‘…’’`, `«…»`, `»…«`, ` ``…'' `, `「…」`, `『…』`, and single `‘…’`, `‚…‘`, `‹…›`, `›…‹` and `'…'` outside the others. `《…》` are titles.

use crate::article::Span;
use crate::lexicon::is_abbreviation;

mod single;

/// A stretch of text between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// From the opening mark to the closing one, both included.
    pub outer: Span,
    /// What is between them.
    pub inner: Span,
    /// False when the paragraph ended (or a new mark opened) before the closing mark.
    pub closed: bool,
    /// True for `‘…’` and `'…'`.
    pub single: bool,
}

/// The marked stretches of the paragraph `within`, in reading order; none is empty and none lies inside another.
pub fn marked(text: &str, within: Span) -> Vec<Marked> {
    let mut found = double(text, within);
    single::add(text, within, &mut found);
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Glyph {
    /// `"`, `''` and ` `` `: the same mark opens and closes.
    Straight,
    /// `“`
    High,
    /// `”`
    Right,
    /// `„` and `‟`
    Low,
    /// `«`
    LeftAngle,
    /// `»`
    RightAngle,
    /// `「` and `『`
    CornerOpen,
    /// `」` and `』`
    CornerClose,
}

struct Open {
    at: usize,
    inner: usize,
    glyph: Glyph,
}

/// The first bytes of all marks, single ones too.
const MAY_BE_MARK: [bool; 256] = {
    let mut table = [false; 256];
    table[b'"' as usize] = true;
    table[b'\'' as usize] = true;
    table[b'`' as usize] = true;
    table[0xE2] = true;
    table[0xC2] = true;
    table[b',' as usize] = true;
    table[0xE3] = true;
    table[0xEF] = true;
    table
};

/// Whether there may be a double mark: most paragraphs have commas and apostrophes, and neither twice in a row.
fn may_hold(bytes: &[u8]) -> bool {
    let first = |b: u8| (b == b'"') | (b == b'`') | (b == 0xE2) | (b == 0xC2) | (b == 0xE3) | (b == 0xEF);
    let twice = |a: u8, b: u8| (a == b) & ((a == b'\'') | (a == b','));
    let next = bytes.get(1..).unwrap_or_default();
    // Without a way out on the way, so that many are looked at together.
    let any = bytes.iter().zip(next).fold(false, |any, (a, b)| any | first(*a) | twice(*a, *b));
    any || bytes.last().is_some_and(|b| first(*b))
}

fn double(text: &str, within: Span) -> Vec<Marked> {
    let (start, end) = (within.start as usize, within.end as usize);
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    if !may_hold(&bytes[start..end]) {
        return found;
    }
    let mut open: Option<Open> = None;
    let (mut at, mut depth, mut first) = (start, 0, true);
    // Whether there are marks whose encoding is whole, once it is asked: those that are lost are none then.
    let mut whole = None;
    let mut even = None;
    while let Some(next) = bytes[at..end].iter().position(|b| MAY_BE_MARK[*b as usize]) {
        at += next;
        let Some((glyph, width)) = glyph_at(bytes, at, end) else {
            at += 1;
            continue;
        };
        if bytes[at + 1..end].starts_with(b"\xBF\xBD") && *whole.get_or_insert_with(|| has_whole_marks(&text[start..end])) {
            at += width;
            continue;
        }
        let prev = text[start..at].chars().next_back();
        let own = match open.as_ref().map(|open| open.glyph) {
            Some(Glyph::CornerOpen) => Some((Glyph::CornerOpen, Glyph::CornerClose)),
            Some(Glyph::LeftAngle) if *even.get_or_insert_with(|| is_even(&text[start..end])) => {
                Some((Glyph::LeftAngle, Glyph::RightAngle))
            }
            _ => None,
        };
        if let Some((opens, closes)) = own {
            depth = depth + usize::from(glyph == opens) - usize::from(glyph == closes);
        }
        let nested = is_nested(glyph, open.as_ref()) || own.is_some() && depth > 0;
        if nested || is_apostrophe(glyph, width, prev, &text[at + width..end]) {
            at += width;
            continue;
        }
        let shut = glyph == Glyph::Straight && is_behind(prev, &text[at + width..end]);
        if std::mem::take(&mut first) && is_lost(text, start, at, width, end) {
            open = Some(Open { at: start, inner: start, glyph: Glyph::High });
            close(text, &mut found, open.take(), at, Some(at + width));
        } else if !shut && opens(glyph, open.as_ref().map(|o| o.glyph), prev, &text[at + width..end]) {
            depth = 1;
            close(text, &mut found, open.take(), at, None);
            open = Some(Open { at, inner: at + width, glyph });
        } else if let Some(inner) = lost_behind(text, &open, found.last(), at) {
            found.push(Marked {
                outer: Span { start: inner.start, end: (at + width) as u32 },
                inner,
                closed: true,
                single: false,
            });
        } else {
            close(text, &mut found, open.take(), at, Some(at + width));
        }
        at += width;
    }
    close(text, &mut found, open, end, None);
    found
}

/// Whether a paragraph has double marks of the kinds that papers with lost ones have.
fn has_whole_marks(text: &str) -> bool {
    text.contains(['"', '“', '”'])
}

/// Whether every `«` has its `»`, so that one within another is a name in somebody's words: `«Мы взяли кредит у «Банка», вот и всё»`.
fn is_even(text: &str) -> bool {
    let mut angles = text.chars().filter(|c| matches!(c, '«' | '»'));
    let depth = angles.try_fold(0, |depth: usize, c| if c == '«' { Some(depth + 1) } else { depth.checked_sub(1) });
    depth == Some(0)
}

/// Ends the open stretch at `inner_end`; `outer_end` is the end of its closing mark, if it has one.
fn close(text: &str, found: &mut Vec<Marked>, open: Option<Open>, inner_end: usize, outer_end: Option<usize>) {
    let Some(open) = open else { return };
    let inner = &text[open.inner..inner_end];
    if inner.trim().is_empty() {
        return;
    }
    let lead = inner.len() - inner.trim_start().len();
    let inner = Span::new(open.inner + lead, open.inner + inner.trim_end().len());
    let outer = Span::new(open.at, outer_end.unwrap_or(inner.end as usize));
    found.push(Marked { outer, inner, closed: outer_end.is_some(), single: false });
}

fn glyph_at(bytes: &[u8], at: usize, end: usize) -> Option<(Glyph, usize)> {
    let next = |n: usize| if at + n < end { bytes[at + n] } else { 0 };
    match bytes[at] {
        // Exports of tables double the mark: `""We came,"" she said.`
        b'"' if next(1) == b'"' => Some((Glyph::Straight, 2)),
        b'"' => Some((Glyph::Straight, 1)),
        b'\'' if next(1) == b'\'' => Some((Glyph::Straight, 2)),
        b'`' if next(1) == b'`' => Some((Glyph::Straight, 2)),
        // Polish typed on an English keyboard: `,,Nie''`.
        b',' if next(1) == b',' && next(2).is_ascii_alphanumeric() | (next(2) >= 0x80) => Some((Glyph::Low, 2)),
        0xE2 if next(1) == 0x80 && next(2) == 0x98 && next(3) == 0xE2 && next(4) == 0x80 && next(5) == 0x98 => {
            Some((Glyph::High, 6))
        }
        0xE2 if next(1) == 0x80 && next(2) == 0x99 && next(3) == 0xE2 && next(4) == 0x80 && next(5) == 0x99 => {
            Some((Glyph::Right, 6))
        }
        0xE3 if next(1) == 0x80 => match next(2) {
            0x8C | 0x8E => Some((Glyph::CornerOpen, 3)),
            0x8D | 0x8F => Some((Glyph::CornerClose, 3)),
            _ => None,
        },
        0xEF if next(1) == 0xBC && next(2) == 0x82 => Some((Glyph::Straight, 3)),
        // What is left of a mark whose encoding was lost, `\u{FFFD}`; within a word it was an apostrophe, between blanks a dash.
        0xEF if next(1) == 0xBF && next(2) == 0xBD => {
            let letter = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80 && b != 0xBD;
            let before = if at > 0 { bytes[at - 1] } else { b' ' };
            let other = letter(before) && letter(next(3)) || before == b' ' && next(3) == b' ';
            (!other).then_some((Glyph::Straight, 3))
        }
        0xE2 if next(1) == 0x80 => match next(2) {
            0x9C => Some((Glyph::High, 3)),
            0x9D => Some((Glyph::Right, 3)),
            0x9E | 0x9F => Some((Glyph::Low, 3)),
            _ => None,
        },
        0xC2 if next(1) == 0xAB => Some((Glyph::LeftAngle, 2)),
        0xC2 if next(1) == 0xBB => Some((Glyph::RightAngle, 2)),
        _ => None,
    }
}

/// Another mark within «…» or 「…」 belongs to a quotation inside the quotation.
fn is_nested(glyph: Glyph, open: Option<&Open>) -> bool {
    let family = |glyph: Glyph| match glyph {
        Glyph::LeftAngle | Glyph::RightAngle => 1,
        Glyph::CornerOpen | Glyph::CornerClose => 2,
        _ => 0,
    };
    open.is_some_and(|open| family(open.glyph) != 0 && family(open.glyph) != family(glyph))
}

/// `bank"s`, `I"m`: a mark between two letters is a slip for an apostrophe; a doubled one only in `5""s`.
fn is_apostrophe(glyph: Glyph, width: usize, prev: Option<char>, rest: &str) -> bool {
    let possessive = rest.starts_with("s ") || rest.starts_with("s,") || rest.starts_with("s.");
    match width {
        1 => glyph == Glyph::Straight && prev.is_some_and(char::is_alphabetic) && rest.starts_with(char::is_lowercase),
        2 => glyph == Glyph::Straight && prev.is_some_and(char::is_alphanumeric) && possessive,
        _ => false,
    }
}

/// A comma or stop behind it: the mark can only close. Speech may begin with three dots.
fn is_behind(prev: Option<char>, rest: &str) -> bool {
    is_stop(rest) && prev.is_some_and(|c| !"([".contains(c))
}

/// Whether a stop comes first; two dots are none.
fn is_stop(rest: &str) -> bool {
    let mut behind = rest.chars();
    behind.next().is_some_and(|c| ",.;:!?)".contains(c)) && behind.next() != Some('.')
}

/// Whether a mark that was never opened closes the words its paragraph begins with: `There is none," said Ann Lee.`
fn is_lost(text: &str, start: usize, at: usize, width: usize, end: usize) -> bool {
    let (words, rest) = (&text[start..at], &text[at + width..end]);
    let closing = matches!(&text[at..at + width], "\"" | "”" | "''" | "»" | "＂" | "’’");
    let (Some(prev), begins) =
        (words.chars().next_back(), words.chars().next().is_some_and(|c| c.is_uppercase() || "¿¡".contains(c)))
    else {
        return false;
    };
    // "Nothing," said; Nothing", said; Nothing.” at the end of a paragraph says no more than that the mark was lost.
    let english = ",!?".contains(prev) && rest.starts_with(' ');
    let foreign = (prev.is_alphabetic() || "!?…".contains(prev)) && rest.starts_with(", ");
    let told = rest.trim_start_matches([',', ' ']).starts_with(char::is_alphabetic);
    closing && begins && (english || foreign) && told && words.split_whitespace().nth(2).is_some() && !words.contains([':', '('])
}

/// The most bytes of narrator and speech between a mark that closes and one that closes again.
const FARTHEST: usize = 700;

/// What a mark at `at` closes that was never opened, where the sentence before is the narrator's between two halves of speech: `"We came," said
/// Ann Lee. We saw nothing."`
fn lost_behind(text: &str, open: &Option<Open>, last: Option<&Marked>, at: usize) -> Option<Span> {
    let last = last.filter(|last| open.is_none() && last.closed && at - last.outer.end as usize <= FARTHEST)?;
    let between =
        text[last.outer.end as usize..at].strip_prefix(' ').filter(|_| last.inner.of(text).ends_with([',', '?', '!']))?;
    if !between.starts_with(char::is_alphabetic) || !between.ends_with(['.', '?', '!']) || has_whole_marks(between) {
        return None;
    }
    let ends = between.match_indices(". ").find(|(stop, _)| {
        let word = between[..*stop].rsplit(' ').next().unwrap_or_default();
        let short = word.contains('.') || word.chars().nth(1).is_none() || is_abbreviation(word);
        !short && between[stop + 2..].starts_with(char::is_uppercase)
    });
    let words = &between[ends?.0 + 2..];
    words.split(' ').nth(2).map(|_| Span::new(at - words.len(), at))
}

/// Whether a mark opens a quotation, by its shape, by what is open already and by its neighbours.
fn opens(glyph: Glyph, open: Option<Glyph>, prev: Option<char>, rest: &str) -> bool {
    let space_before = prev.is_none_or(char::is_whitespace);
    let space_after = rest.chars().next().is_none_or(char::is_whitespace);
    match (glyph, open) {
        (Glyph::Low, _) => true,
        (Glyph::High, Some(Glyph::Low)) => space_before && !space_after,
        // `‘‘` behind a number stands for seconds.
        (Glyph::High, None) => (space_before || !space_after) && (!is_stop(rest) || rest.starts_with(['!', '?'])),
        (Glyph::High, _) => true,
        // Swedish and Finnish open with the mark they close with: `”Nej”`.
        (Glyph::Right, None) => space_before && !space_after,
        (Glyph::Right, _) => false,
        (Glyph::CornerOpen, _) => true,
        (Glyph::CornerClose, _) => false,
        (Glyph::LeftAngle, Some(Glyph::RightAngle)) => false,
        (Glyph::LeftAngle, _) => true,
        (Glyph::RightAngle, None) => space_before && !space_after,
        (Glyph::RightAngle, _) => false,
        (Glyph::Straight, None) => !(space_after && !space_before && !prev.is_some_and(|c| "([-—–".contains(c))),
        (Glyph::Straight, Some(_)) => space_before && !space_after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = marked(text, Span::new(0, text.len()));
        let inner: Vec<&str> = found.iter().map(|m| m.inner.of(text)).collect();
        assert_eq!(inner, expected, "{text}");
    }

    #[test]
    fn every_style_of_double_mark_is_paired() {
        check(r#"She said "no" and "yes"."#, &["no", "yes"]);
        check("She said “no” and „doch“ and «non» and »nein«.", &["no", "doch", "non", "nein"]);
        check("He called it ''a disgrace'' and ``a farce''.", &["a disgrace", "a farce"]);
        check(r#""We came,"" she said. ""All of us.""#, &["We came,", "All of us."]);
        check(r#"He called it ""a very special day"" in ""Oprah""."#, &["a very special day", "Oprah"]);
        check(r#"Disse: «Lui ha detto "no", poi basta»."#, &[r#"Lui ha detto "no", poi basta"#]);
        check(r#"The bank"s plan is "bold"."#, &["bold"]);
        check("Il dit : « Jamais de la vie. »", &["Jamais de la vie."]);
        check("Hon sa ”nej” och ”ja”.", &["nej", "ja"]);
        check("Powiedziała ,,nie'' i ,,tak”.", &["nie", "tak"]);
        check("She said ‘‘no’’ and ‘‘yes, I’m here’’.", &["no", "yes, I’m here"]);
        check("村長は「石炭は『まだ』ない」と述べた。《石炭》という本。", &["石炭は『まだ』ない"]);
        check("她说：“没有煤。”然后走了。", &["没有煤。"]);
        check("She said ＂no＂ twice.", &["no"]);
        check(r#"He has the phone 5""s camera."#, &[]);
        check(r#"Eles dizem " não " e " sim ". Depois saem."#, &["não", "sim"]);
        check("Roe said. “ We came.”", &["We came."]);
        check("“..some forty people came,” “ ... and left.”", &["..some forty people came,", "... and left."]);
        check("It took 12‘‘ and 13“, no more.", &[]);
        check("«Мы взяли кредит у «Банка», вот и всё», — сказал он. «Да»", &["Мы взяли кредит у «Банка», вот и всё", "Да"]);
        check("«Мы взяли кредит у «Банка», — сказал он.", &["Мы взяли кредит у", "Банка"]);
    }

    #[test]
    fn an_open_mark_runs_to_the_end_of_its_paragraph_and_an_inch_mark_opens_nothing() {
        check("“We will go on", &["We will go on"]);
        check(r#"He is 6'2" tall."#, &[]);
        check(r#""We came. "We saw," she said."#, &["We came.", "We saw,"]);
    }

    #[test]
    fn a_mark_whose_opening_is_lost_closes_what_its_paragraph_begins_with() {
        check(r#"There is no coal," said Ann Lee. "None.""#, &["There is no coal,", "None."]);
        check(r#"No hay carbón en el puerto", dijo Ana Robles."#, &["No hay carbón en el puerto"]);
        // too little to go by
        check(r#"Coal," said Ann Lee."#, &[]);
        check(r#"The lamp is 12", the door 80", and so on."#, &[]);
    }

    #[test]
    fn a_mark_whose_opening_is_lost_closes_what_stands_behind_the_narrator() {
        check(r#""We came," said Ann Lee of Orlec Inc. We saw no coal."#, &["We came,"]);
        check(r#""We came," said Mr. Lee of Orlec. We saw no coal.""#, &["We came,", "We saw no coal."]);
        check("“We came,” Lee said. We saw no coal.”", &["We came,", "We saw no coal."]);
        check(r#"The book "We came" is old. We saw no coal.""#, &["We came"]);
        check(r#""We came," said Ann Lee. We saw nothing.""#, &["We came,", "We saw nothing."]);
        check(r#""We came," said Prof. Ada Roe of Orlec. We saw no coal.""#, &["We came,", "We saw no coal."]);
        // Too little to go by, or another slip.
        check(r#""We came," said Mara Lindqvist. None." They left."#, &["We came,"]);
        check(r#""We came," said Mara Lindqvist. Bo Ruiz replied," We saw nothing.""#, &["We came,"]);
    }

    #[test]
    fn single_marks_left_open_run_to_the_next_paragraph_that_opens_with_one() {
        let text = "She said: 'The \"crab\" is no hoax.\n\n'It's there,' she said.";
        let inner = |start, end| marked(text, Span::new(start, end)).into_iter().map(|m| m.inner.of(text)).collect::<Vec<_>>();
        let end = text.find('\n').unwrap();
        assert_eq!(inner(0, end), [r#"The "crab" is no hoax."#]);
        assert_eq!(inner(end + 2, text.len()), ["It's there,"]);
        // Nothing goes on here.
        check("She said: 'The crab is no hoax.", &[]);
    }

    #[test]
    fn single_marks_are_told_from_apostrophes() {
        check("‘It’s over,’ he said.", &["It’s over,"]);
        check("'Long-term peace'", &["Long-term peace"]);
        check("‘He told me “no” and left,’ she said.", &["He told me “no” and left,"]);
        check(r#"'He told me "no" and left,' she said."#, &[r#"He told me "no" and left,"#]);
        check(r#"'Ferries' said "no" to it, 'then' left."#, &["Ferries", "no", "then"]);
        check("The workers' union and the '90s and rock 'n' roll", &[]);
        check("He said 'the miners' strike is over' and left.", &["the miners' strike is over"]);
        check(r#""It's 'fine', I think," she said."#, &["It's 'fine', I think,"]);
        check("'I met my friends' husbands there,' she said.", &["I met my friends' husbands there,"]);
        check("‘I met my friends’ husbands’ cars.’", &["I met my friends’ husbands’ cars."]);
        check("Er sagte ‚nein‘ und ›ja‹ und ‹doch›.", &["nein", "ja", "doch"]);
        // the speech goes on in the next paragraph, as British papers set it
        check("‘We had no coal. We’re cold", &["We had no coal. We’re cold"]);
        check("'He told me 'no' and left,' she said. 'Well.'", &["He told me 'no' and left,", "Well."]);
        check("‘We had none. ‘And you?’ he asked.", &["We had none.", "And you?"]);
    }
}
