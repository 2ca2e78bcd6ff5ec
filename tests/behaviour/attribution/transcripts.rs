//! Transcripts and interviews without quotation marks.

use super::check;

#[test]
fn turns_of_a_transcript_are_those_of_their_labels() {
    // last names in capitals, the full name above
    check(
        "Harbour master Tilde Brandt and minister Osk Varga spoke on Monday.\n\
         BRANDT: There is none.\nVARGA: There will be.\nBRANDT: When?",
        "Tilde Brandt | Osk Varga | Tilde Brandt",
    );
    // a role behind the name, and a turn of two paragraphs
    check(
        "Tilde Brandt and Osk Varga spoke on Monday.\n\
         BRANDT, HARBOUR MASTER: There is none.\nI looked in every shed.\nVARGA, MINISTER: There will be.\nBRANDT: When?",
        "Tilde Brandt | Tilde Brandt | Osk Varga | Tilde Brandt",
    );
    // two turns, each with a full name and a role
    check(
        "TILDE BRANDT, HOST: Good evening from the port.\nOSK VARGA, HARBOUR MASTER: We have none.",
        "TILDE BRANDT | OSK VARGA",
    );
    // whoever asks has no name
    check(
        "The following is a transcript of what Tilde Brandt said.\n\
         QUESTION: Is there coal?\nBRANDT: There is none.\nQUESTION: None at all?\nBRANDT: None.",
        "nobody | Tilde Brandt | nobody | Tilde Brandt",
    );
    // labels now and then in a file of many stories are not those of people who take turns
    let told = "The port reported on its sheds again.\n".repeat(60);
    let label = "Tilde Brandt: the ideal harbour master?\n";
    let other = "Osk Varga: the man who stayed.\n";
    check(&format!("Tilde Brandt met Osk Varga.\n{label}{told}{other}{told}{label}{told}{other}"), "");
    // names in small letters, in German
    check(
        "Der Hafen ist leer, und das ist ein Problem für die Stadt.\n\
         Jutta Brandt: Wir haben keine Kohle.\nOskar Varga: Das ist nicht wahr.\nJutta Brandt: Doch, das ist wahr.",
        "Jutta Brandt | Oskar Varga | Jutta Brandt",
    );
}

#[test]
fn questions_and_answers_are_an_interview() {
    // letters; the one person named above is asked
    check(
        "Tilde Brandt is the harbour master of Velden.\n\
         Q. Is there coal?\nA. There is none.\nQ. None at all?\nA. None.",
        "nobody | Tilde Brandt | nobody | Tilde Brandt",
    );
    // German words
    check(
        "Im Hafen von Velden ist Jutta Brandt für die Kohle da, und das ist nicht leicht.\n\
         Frage: Haben Sie noch Kohle?\nAntwort: Nein, wir haben keine.\nFrage: Und wann kommt sie?\nAntwort: Das weiß ich nicht.",
        "nobody | Jutta Brandt | nobody | Jutta Brandt",
    );
    // questions in paragraphs of their own
    check(
        "Tilde Brandt is the harbour master of Velden. We spoke to her.\n\
         Is there any coal left?\nI have not seen any since May.\nWhen will there be some again?\nWe hope that it comes in June.\n\
         Who is to pay for all this?\nI do not know that, and I will not guess.\nWhat will you do until then?\nWe burn what we have.",
        "nobody | Tilde Brandt | nobody | Tilde Brandt | nobody | Tilde Brandt | nobody | Tilde Brandt",
    );
    // a question that the answer takes up is asked by nobody known
    check(
        "Tilde Brandt is the harbour master of Velden. We spoke to her.\n\
         Is there any coal left?\nIs there any coal left? That is what I am asked by all, and I have not seen any.\nWhen will there be \
         some again?\nWe hope that it comes in June.\nWho is to pay for all this?\nI do not know that, and I will not guess.\n\
         What will you do until then?\nWe burn what we have.",
        "nobody | Tilde Brandt | nobody | Tilde Brandt | nobody | Tilde Brandt | nobody | Tilde Brandt",
    );
}

#[test]
fn a_colon_is_not_yet_a_turn() {
    // facts
    check("Date: Monday, May 4.\nPlace: The old harbour.\nPrice: Five crowns.\nDate: Tuesday, May 5.", "");
    // a recipe
    check("Flour: Two cups of it.\nButter: One spoon.\nFlour: A bit more for the tin.", "");
    // credits
    check("Photo: Tilde Brandt.\nText: Osk Varga.\nPhoto: Tilde Brandt.", "");
    // letters to an agony aunt
    check("DEAR ALMA: My cat is ill.\nDEAR WORRIED: So is mine.\nDEAR ALMA: My dog too.", "");
    // scores
    check("VELDEN: Brandt 12, Varga 9.\nOSTRAND: Holm 3, Lind 4.\nVELDEN: Brandt 2, Varga 1.", "");
    // rhetorical questions of a column
    check(
        "The harbour is empty.\nAnd what does the minister do?\nHe sleeps.\nWho pays for it in the end?\nThe town does.\n\
         Is there any hope in this?\nNot much.\nWill anybody speak out now?\nNobody will.",
        "",
    );
}
