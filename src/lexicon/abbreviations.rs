//! Abbreviations whose full stop ends no sentence, without the stop.
//!
//! Two places ask, and each was tuned by its own figures: passages are cut where a sentence surely ends, and the model that tells speakers
//! has learned from articles read with its own list. What both know stands once; a word that moves from one of the other lists to
//! [`BOTH`] moves passages or speakers, and the figures of `examples/evaluate` or `examples/attribution_scores` say which way.

/// Titles, ranks, months and states that news copy abbreviates.
pub const BOTH: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sen", "Rep", "Gov", "Gen", "Col", "Lt", "Maj", "Capt", "Sgt", "Adm", "Rev", "Hon",
    "Pres", "Supt", "Jr", "Sr", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "vs", "Messrs", "Mme",
    "Msgr", "Ft", "Mt", "Calif", "Fla", "Ill", "Mass", "Ariz", "Va", "Pa", "Wis", "Wash", "Tex", "Tenn", "Conn", "Ind", "Okla",
    "Ore", "ca",
];

/// More that passages know; attribution has not learned with them.
pub const IN_PASSAGES: &[&str] =
    &["Cpl", "Sec", "Det", "Insp", "No", "Nos", "v", "Mlle", "Mich", "Minn", "Ont", "approx", "cf", "al"];

/// More that attribution knows. A passage may end with "Inc." or "Co."; letters with stops between are told by rule there.
pub const IN_QUOTATIONS: &[&str] = &[
    "del", "atty", "cmdr", "sens", "reps", "inc", "corp", "co", "ltd", "jun", "jul", "u.s", "u.k", "u.n", "d.c", "a.m", "p.m",
    "e.g", "i.e", "etc.", "ala", "n.y", "n.j", "n.c", "s.c", "d", "r", "m", "bzw", "z.b",
];

/// Whether a passage does not end behind this word and its full stop; capitals count, for "No." and "no." are two things.
pub fn is_abbreviation(word: &str) -> bool {
    BOTH.contains(&word) || IN_PASSAGES.contains(&word)
}
