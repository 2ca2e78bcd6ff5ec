//! Transcripts and interviews without quotation marks.

use super::check;

#[test]
fn turns_of_a_transcript_are_those_of_their_labels() {
    // last names in capitals, the full name above
    check(
        "Harbour master Tilde Brandt and minister Osk Varga spoke on Monday.\nBRANDT: There is none.\nVARGA: There will be.\nBRANDT: When?",
        "Tilde Brandt | Osk Varga | Tilde Brandt",
    );
}
