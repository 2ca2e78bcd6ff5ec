//! Descriptions, papers that speak, and whoever only passes words on.

use super::check;

#[test]
fn an_unnamed_source_is_shown_whole() {
    // two prepositions
    check(
        r#""Prices will fall," said an analyst with a foreign securities firm in Velden."#,
        "an analyst with a foreign securities firm in Velden",
    );
    // before the verb
    check(
        r#"A commentator in the liberal newspaper Morgen said the plan was "a gift to the rich"."#,
        "A commentator in the liberal newspaper Morgen",
    );
    // a participle
    check(r#""Prices will fall," said a broker working for a foreign bank."#, "a broker working for a foreign bank");
    // what he knows
    check(r#""The deal is close," said a person familiar with the matter."#, "a person familiar with the matter");
    // what he asked for
    check(r#""The deal is close," said a banker who asked not to be named."#, "a banker who asked not to be named");
    // an age
    check(r#""I saw it fall," a 43-year-old mother of two said."#, "a 43-year-old mother of two");
    // an age alone
    check(r#""I saw it fall," the 22-year-old said."#, "the 22-year-old");
    // one of several
    check(r#""We saw it fall," one of the men said."#, "one of the men");
    // the time is no part of it
    check(r#""We saw it fall," two senior officials on Monday said."#, "two senior officials");
    // nor is the occasion
    check(r#""We saw it fall," a spokesman said in a statement."#, "a spokesman");
    // a possessive before, a preposition behind
    check(r#""Sales rose," the company's head of sales said."#, "the company's head of sales");
    // a body before the people
    check(r#""We saw it fall," Harbour Securities officials said."#, "Harbour Securities officials");
    // a name before the possessive
    check(r#""We saw it fall," Okri's rep told the Courier."#, "Okri's rep");
}

#[test]
fn plurals_and_pronouns_of_number_speak() {
    // one of those just mentioned
    check(r#"Dozens waited outside. "We saw it fall," another said."#, "another");
    // inverted
    check(r#"Dozens waited outside. "We saw it fall," said one."#, "one");
    // people by what they do
    check(r#""We saw it fall," residents of Velden said."#, "residents of Velden");
    // a bare plural
    check(r#""It was no accident," prosecutors said."#, "prosecutors");
    // with a capital
    check(r#"Witnesses said the tower "fell like a tree"."#, "Witnesses");
    // doctors
    check(r#"Doctors called the outbreak "a warning to the town"."#, "Doctors");
}

#[test]
fn a_noun_phrase_ends_at_its_verb() {
    // what the representatives did
    check(r#"The actor's representatives issued a statement saying "he is alive and well"."#, "The actor's representatives");
    // a body in capitals and what it did
    check(r#"The HBA issued a report calling the bridge "a danger to the town"."#, "HBA");
}

#[test]
fn whoever_passes_words_on_is_not_who_speaks() {
    // according to an agency
    check(r#""We saw it fall," one witness said, according to KNN."#, "one witness");
    // a paper that quotes him
    check(
        "Tomas Okri left.\n\"We saw it fall,\" he said. \"It was no accident,\" the Morgen quoted him as saying.",
        "Tomas Okri | Tomas Okri",
    );
    // told a broadcaster
    check(r#""We saw it fall," Tomas Okri told the KNN."#, "Tomas Okri");
}

#[test]
fn whoever_stands_before_the_verb_that_hands_on_the_words_said_them() {
    let before = "Mayor Tomas Okri visited the quay on Friday.\n";
    // a thing that writes, behind where it was written
    check(&format!("{before}In a post on X, the port wrote: \"We have no coal and will not sail before May.\""), "the port");
    // the same with the place behind the verb
    check(&format!("{before}The museum wrote on X: \"We have no coal and will stay shut until May.\""), "The museum");
    // behind the quotation
    check(&format!("{before}\"We have no coal and will not sail before May,\" the port wrote in a post on X."), "the port");
}

#[test]
fn who_is_quoted_as_saying_it_said_it() {
    // by somebody who speaks in the same sentence
    check(
        r#""We have no coal in the port," said Tomas Okri, quoting Mara Lindqvist as saying "nobody will sail before the month of May"."#,
        "Tomas Okri | Mara Lindqvist",
    );
    // with a comma behind
    check(
        r#""We have no coal in the port," said Tomas Okri, quoting Mara Lindqvist as saying, "Nobody will sail before May.""#,
        "Tomas Okri | Mara Lindqvist",
    );
}

#[test]
fn a_name_in_brackets_signs_the_words_before_it() {
    check(
        "People on the quay spoke of the cold.\n\"We have no coal and nobody tells us anything.\" (Mara Lindqvist, mayor)\n\"I will go home and wait for the spring.\" (Tomas Okri, docker).",
        "Mara Lindqvist | Tomas Okri",
    );
}

#[test]
fn a_paper_with_an_owner_is_the_owner_s_word() {
    check("Mr Okri left on Monday.\nMr Okri's statement said: \"We have been ready for a week.\"", "Okri");
}

#[test]
fn what_that_includes_is_no_speaker() {
    // it was "That includes 1.1 million people"
    let text = "The port counted four million people. That includes 1.1 million people from Orlec.\n\n\"YESTERDAY WAS THE BIGGEST DAY EVER FOR US. MORE THAN 670,000 PEOPLE CAME.\"";
    let found = super::answers(text);
    assert!(!found.contains("people"), "{found}");
}

#[test]
fn whom_an_agency_quotes_is_the_speaker() {
    let text = "Coal is dear, KNN said.\n\n\"The port is expected to be ready by the end of May,\" KNN said, quoting Wang Linna, head of the port.";
    check(text, "Wang Linna");
    // what he said stands behind the colon, and what she said before
    let found = super::answers("\"We are ready,\" Ann Lee said, quoting Bo Ruiz: \"Coal is life.\"");
    assert!(found.starts_with("Ann Lee"), "{found}");
    // nobody is quoted by name
    check("\"Coal is up,\" Ann Lee said, quoting official figures.", "Ann Lee");
}

#[test]
fn whoever_is_asked_or_told_does_not_say_it() {
    // nobody is named as asking
    check("In the evening Matteus Orlan was asked, “Do you feel any guilt about the pier?” He did not answer.", "nobody");
    // what she answers comes behind it
    check(r#"Ann Lee was asked, "Will you go?" and she said, "I will not go there again.""#, "nobody | Ann Lee");
    // the one who asks is
    check(r#"The mayor was asked by Bo Ruiz: "Why did you close the pier?" She laughed."#, "Bo Ruiz");
    // somebody else tells of the warning
    check(
        "Ilse Brandauer had been warned that “the pier will not hold another winter of storms”, Matteus Orlan said.",
        "Matteus Orlan",
    );
}

#[test]
fn whoever_speaks_within_what_another_tells_is_the_speaker() {
    // a participle of another's memory
    check(
        "Perry said the trip was long. He recalled the pilot telling the passengers: “We are going to take off, but I will turn around.”",
        "the pilot",
    );
    // a clause of time
    check("Mara Lindqvist said she was there when doctors told her brother: “There is nothing we can do.”", "doctors");
}
