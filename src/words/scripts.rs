//! What is the same word in Arabic, Persian, Hebrew, Korean and old Japanese print: pointing, forms of letters, widths, particles.

/// Signs that print leaves out or puts in without making another word: Arabic vowel signs, the stroke that stretches a word, and
/// the points of Hebrew.
pub(super) fn is_pointing(c: char) -> bool {
    matches!(c,
        '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{8d3}'..='\u{8ff}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}')
}

/// A letter as it is compared: alef, waw and yeh without hamza and madda, Persian yeh and kaf as the Arabic ones.
pub(super) fn plain(c: char) -> char {
    match c {
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' | 'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ۀ' | 'ە' => 'ه',
        c => c,
    }
}

/// Other shapes of letters that have a place of their own: half-width kana, and Arabic as PDF files hold it. Those that stand for a sign
/// alone or for several words are left as they are.
pub(super) fn is_compatible(c: char) -> bool {
    matches!(c, '\u{ff66}'..='\u{ff9f}' | '\u{fb50}'..='\u{fbb1}' | '\u{fbd3}'..='\u{fc5d}' | '\u{fc64}'..='\u{fdf9}' | '\u{fe80}'..='\u{fefc}')
}

/// The mark that makes a half-width `ﾌ` a `ﾌﾞ`: a character of its own, and no word.
pub(super) fn is_half_width_voicing(c: char) -> bool {
    matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

/// Does a zero-width non-joiner part words here? It does between letters of the Arabic script.
pub(super) fn parts_letters(left: &str, right: &str) -> bool {
    let arabic =
        |c: char| matches!(c, '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    left.ends_with(arabic) && right.starts_with(arabic)
}

/// What Korean hangs on a noun, with the sounds it may follow.
#[rustfmt::skip]
const PARTICLES: &[(&str, After)] = &[
    ("은", After::Consonant), ("는", After::Vowel), ("이", After::Consonant), ("가", After::Vowel), ("을", After::Consonant), ("를", After::Vowel),
    ("과", After::Consonant), ("와", After::Vowel), ("으로", After::Consonant), ("로", After::VowelOrL), ("의", After::Any), ("에", After::Any),
    ("에서", After::Any), ("에게", After::Any), ("에는", After::Any), ("에도", After::Any), ("에서는", After::Any), ("께서", After::Any), ("도", After::Any),
    ("만", After::Any), ("까지", After::Any), ("부터", After::Any), ("보다", After::Any), ("처럼", After::Any),
];

#[derive(Clone, Copy)]
enum After {
    Any,
    Consonant,
    Vowel,
    /// A vowel or the sound of `ㄹ`.
    VowelOrL,
}

/// Is `key` the Korean word `noun`, of two syllables or more, with a particle?
pub(super) fn has_particle(key: &str, noun: &str) -> bool {
    let Some(ending) = key.strip_prefix(noun).filter(|ending| !ending.is_empty()) else { return false };
    let hangul = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c);
    let Some(last) = noun.chars().last().filter(|_| noun.chars().count() >= 2 && noun.chars().all(hangul)) else { return false };
    // The syllables are in order of their last sound, none first, 28 to a row.
    let sound = (last as u32 - 0xac00) % 28;
    let fits = |after: After| match after {
        After::Any => true,
        After::Consonant => sound != 0,
        After::Vowel => sound == 0,
        After::VowelOrL => sound == 0 || sound == 8,
    };
    PARTICLES.iter().any(|(particle, after)| *particle == ending && fits(*after))
}

#[cfg(test)]
mod tests {
    use super::super::{Stem, Words, fold};
    use super::has_particle;

    #[test]
    fn one_word_in_every_print() {
        for (printed, plain) in [
            ("الحكومةُ", "الحكومة"),
            ("المـــيناء", "الميناء"),
            ("أحمد", "احمد"),
            ("إن\u{651}", "ان"),
            ("مسؤول", "مسوول"),
            ("علی", "علي"),
            ("کشتی", "كشتي"),
            ("ﻻ", "لا"),
            ("שָׁלוֹם", "שלום"),
            ("ſafe", "safe"),
            ("ﾌ", "フ"),
            ("ﾌﾞ", "ブ"),
        ] {
            assert_eq!(fold(printed), fold(plain), "{printed}");
        }
        assert_ne!(fold("علم"), fold("قلم"));
        let shapes = ('\u{fb50}'..='\u{feff}').filter(|c| c.is_alphanumeric());
        for shape in shapes.map(String::from).filter(|shape| Words::of(shape).len() == 1) {
            assert!(!fold(&shape).is_empty() && !fold(&shape).contains(' '), "{shape}");
        }
    }

    #[test]
    fn persian_joins_what_others_part() {
        let keys = |text: &str| {
            let words = Words::of(text);
            words.forms().iter().map(|form| words.key(form).to_owned()).collect::<Vec<_>>()
        };
        let joined = keys("می\u{200c}روند");
        assert_eq!(joined[..2], keys("می روند"));
        assert_eq!(joined[2][1..], keys("میروند")[0]);
        // A sign for the compositor only.
        assert_eq!(keys("Auf\u{200c}lage"), ["auflage"]);
        assert_eq!(keys("ﾌﾞﾘ は \u{640} \u{64e}"), ["ブ", "リ", "は"]);
    }

    #[test]
    fn particles_of_korean() {
        for (key, noun) in
            [("운항을", "운항"), ("정부는", "정부"), ("서울로", "서울"), ("항만으로", "항만"), ("항만에서는", "항만")]
        {
            assert!(has_particle(key, noun) && Stem::of(noun).covers(key), "{key}");
        }
        for (key, noun) in
            [("운항를", "운항"), ("정부으로", "정부"), ("물가", "물"), ("운항", "운항"), ("운항중단", "운항"), ("운항", "운항을")]
        {
            assert!(!has_particle(key, noun), "{key}");
        }
    }
}
