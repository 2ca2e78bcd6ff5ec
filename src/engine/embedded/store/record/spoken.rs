//! Quotations as bits, beside what zstd packs: bytes that are no text cost it more than they say.
//!
//! What is there at all is said first, and a place is told from what it mostly stands beside. A speaker who is named where he is quoted first
//! is not named again. Which numbers are usual was counted on 16,399 articles of English news; of others they only take more bits.

use super::bits::{BitReader, BitWriter};
use super::rows::{CUE, KINDS, MENTION, ROLE, SAME_MENTION, beside, stretch, what_of};
use super::{StoredQuotation, span};

/// What there is of a quotation: half are reported, with a cue, and with a speaker who is mentioned there.
const WHAT: [u64; 12] = [31, 28, 20, 2, 63, 11, 29, 27, 60, 52, 61, 21];
/// Right before, with a space between.
const AT: u64 = 4;
/// Bytes of a cue: `said`.
const CUE_LENGTH: [u64; 8] = [4, 5, 6, 8, 9, 7, 3, 10];
/// Bytes of a mention, and one more; 0 when it is as long as the speaker's name. Then `he`.
const MENTION_LENGTH: [u64; 8] = [0, 3, 6, 8, 4, 7, 5, 9];
/// Whose it is: of one who is new, of the last new one, of nobody; else how many of the new ones came after.
const WHOSE: [u64; 3] = [1, 2, 0];

/// Bits of a confidence.
const CONFIDENCE: u32 = 4;

/// Quotations as bits, and the names that do not follow from the text.
pub(super) fn of_quotations(quotations: &[StoredQuotation], names: Vec<String>, text: &str) -> (Vec<u8>, Vec<String>) {
    let mut bits = BitWriter::default();
    let (mut others, mut known, mut last) = (Vec::new(), 0, 0u32);
    bits.number(quotations.len() as u64, 2);
    for quotation in quotations {
        let StoredQuotation { cue, mention, role, step, length, .. } = *quotation;
        let start = last.wrapping_add_signed(step);
        last = start.wrapping_add(length);
        bits.one_of(what_of(quotation), &WHAT, 0);
        bits.push(quotation.confidence.into(), CONFIDENCE);
        bits.number(u64::try_from(step).map_or(0, |step| step + 1), 6);
        if step < 0 {
            bits.number(step.unsigned_abs().into(), 6);
        }
        bits.number(length.into(), 6);
        let own = (0, length);
        if let Some(cue) = cue {
            bits.mostly(beside(own, cue), AT, 3);
            bits.one_of(cue.1.into(), &CUE_LENGTH, 3);
        }
        let name = (quotation.name as usize).checked_sub(1).and_then(|number| names.get(number));
        bits.one_of(if quotation.name == 0 { 0 } else { u64::from(known + 2 - quotation.name) }, &WHOSE, 1);
        let is_new = quotation.name > known;
        known = known.max(quotation.name);
        let is_printed =
            is_new && mention.is_some_and(|mention| text.get(span(mention, start).range()) == name.map(String::as_str));
        if is_new {
            bits.push(is_printed.into(), 1);
            others.extend(name.filter(|_| !is_printed).cloned());
        }
        if let Some(mention) = mention {
            bits.mostly(beside(cue.unwrap_or(own), mention), AT, 4);
            match name.filter(|_| !is_printed) {
                Some(name) if name.len() == mention.1 as usize => bits.one_of(0, &MENTION_LENGTH, 3),
                Some(_) => bits.one_of(u64::from(mention.1) + 1, &MENTION_LENGTH, 3),
                None => bits.number(mention.1.into(), 3),
            }
        }
        if let Some(role) = role {
            bits.mostly(beside(mention.unwrap_or(own), role), AT, 4);
            bits.number(role.1.into(), 4);
        }
    }
    (bits.finish(), others)
}

/// The quotations again, and the names of their speakers; nothing when the bits end within one, or say what cannot be.
pub(super) fn quotations(bits: &[u8], others: Vec<String>, text: &str) -> Option<(Vec<StoredQuotation>, Vec<String>)> {
    let mut bits = BitReader::new(bits);
    let (mut others, mut names, mut last) = (others.into_iter(), Vec::<String>::new(), 0u32);
    let mut quotations = Vec::new();
    for _ in 0..bits.number(2)? {
        let what = bits.one_of(&WHAT, 0)?;
        let confidence = bits.take(CONFIDENCE)? as u8;
        let step = match bits.number(6)? {
            0 => (bits.number(6)? as i32).wrapping_neg(),
            step => (step - 1) as i32,
        };
        let length = bits.number(6)? as u32;
        let own = (0, length);
        let start = last.wrapping_add_signed(step);
        last = start.wrapping_add(length);
        let cue = match what & CUE {
            0 => None,
            _ => Some(stretch(own, bits.mostly(AT, 3)?, bits.one_of(&CUE_LENGTH, 3)? as u32)),
        };
        let name = match bits.one_of(&WHOSE, 1)? {
            0 => 0,
            whose => (names.len() as u64 + 2).checked_sub(whose).filter(|name| *name > 0)? as usize,
        };
        let is_new = name > names.len();
        let is_printed = is_new && bits.take(1)? == 1;
        if is_new && !is_printed {
            names.push(others.next()?);
        }
        let mut mention = None;
        if what & MENTION != 0 {
            let at = bits.mostly(AT, 4)?;
            let length = match name.checked_sub(1).and_then(|number| names.get(number)) {
                Some(name) => bits.one_of(&MENTION_LENGTH, 3)?.checked_sub(1).unwrap_or(name.len() as u64),
                None => bits.number(3)?,
            };
            mention = Some(stretch(cue.unwrap_or(own), at, length as u32));
        }
        if is_printed {
            names.push(text.get(span(mention?, start).range())?.to_owned());
        }
        let role = match what & ROLE {
            0 => None,
            _ => Some(stretch(mention.unwrap_or(own), bits.mostly(AT, 4)?, bits.number(4)? as u32)),
        };
        let (kind, same_mention) = (KINDS[(what % 4) as usize], what & SAME_MENTION != 0);
        quotations.push(StoredQuotation { step, length, kind, confidence, name: name as u32, mention, same_mention, cue, role });
    }
    Some((quotations, names))
}
