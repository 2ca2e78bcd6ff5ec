//! What kind of body a noun or a name means: "the airline" may be Halden Airways and hardly the Halden Herald.

use crate::lexicon::{WordMap, hash};
use crate::quotation::words::Word;
use std::sync::LazyLock;

/// A kind of body; the model has learned the numbers. This is any other noun.
pub const NONE: u32 = 0;
/// A paper that speaks: it may be of anybody.
const PAPER: u32 = 1;

/// Papers that speak. In a name such a word may mean something else ("Post").
const PAPERS: &str = "statement statements letter note report filing lawsuit complaint memo document documents email emails tweet tweets \
     post message article editorial release survey study poll notice petition affidavit indictment order ruling resolution \
     briefing transcript bill law memorandum outlook story request excerpt dossier motion advisory";

/// The kinds from 2 on: companies; offices and parliaments; associations and parties; press; schools, hospitals, museums; soldiers and police;
/// courts; teams and bands; countries and towns. A word is of one of these alone.
const BODIES: [&str; 9] = [
    "company firm group bank airline carrier retailer manufacturer carmaker automaker insurer brokerage startup start-up \
     giant maker chain lender developer supplier producer operator business brand label studio subsidiary conglomerate \
     corporation utility builder platform provider corp inc ltd plc co llc holdings partners securities \
     capital fund airlines airways motors industries technologies systems software telecom records productions brothers \
     energy media consortium",
    "agency ministry department office commission authority authorities regulator watchdog bureau administration service \
     services board inspectorate embassy consulate government cabinet center centre directorate council senate congress \
     parliament committee panel chamber house body secretariat treasury ombudsman port",
    "organisation organization union association charity foundation coalition alliance campaign institute federation \
     movement network trust society syndicate partnership confederation guild think-tank initiative league project front \
     party",
    "newspaper paper magazine tabloid website site broadcaster channel station outlet daily weekly journal blog publication \
     times post herald news press tribune television tv radio",
    "university school college academy faculty museum library hospital clinic zoo church diocese laboratory observatory",
    "military army navy force forces police militants militia command",
    "court tribunal jury judges",
    "team club side squad orchestra band",
    "country city state town nation kingdom republic region province county",
];

static OF_WORDS: LazyLock<WordMap<u32, u32>> = LazyLock::new(|| {
    let numbered = (PAPER + 1..).zip(BODIES);
    numbered.flat_map(|(family, words)| words.split_whitespace().map(move |word| (hash(word), family))).collect()
});

static OF_PAPERS: LazyLock<WordMap<u32, u32>> =
    LazyLock::new(|| PAPERS.split_whitespace().map(|word| (hash(word), PAPER)).collect());

/// The kind of body that a common noun means.
pub fn of_noun(noun: u32) -> u32 {
    OF_PAPERS.get(&noun).or_else(|| OF_WORDS.get(&noun)).copied().unwrap_or(NONE)
}

/// The kind of body that a name tells: that of its last word which tells one.
pub fn of_name(name: &[Word]) -> u32 {
    name.iter().rev().find_map(|word| OF_WORDS.get(&word.hash)).copied().unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_of_one_kind() {
        let all: usize = BODIES.iter().map(|words| words.split_whitespace().count()).sum();
        assert_eq!(OF_WORDS.len(), all);
        assert_eq!((of_noun(hash("airline")), of_noun(hash("letter")), of_noun(hash("tide"))), (2, PAPER, NONE));
    }
}
