//! What is a name, where it begins and ends, and who is one person.

use super::check;

#[test]
fn a_name_keeps_its_small_words() {
    // particles before the verb
    check(r#""We are ready," van den Berghe said."#, "van den Berghe");
    // and the full name printed before
    check("Hugo van den Berghe arrived.\n\"We are ready,\" van den Berghe said.", "Hugo van den Berghe");
    // a first name that no list has, at the beginning of a sentence
    check(r#""We are ready," Rogier van der Berg said."#, "Rogier van der Berg");
    // a first name that is a month cut short
    check(r#""We are ready," Jan de Vries said."#, "Jan de Vries");
    // behind the verb
    check("Hugo van den Berghe arrived.\n\"We are ready,\" said van den Berghe.", "Hugo van den Berghe");
    // an article of another language, with a hyphen
    check("Karim al-Munir arrived on Monday.\n\"We are ready,\" al-Munir said.", "Karim al-Munir");
    // the same behind the verb
    check("Karim el-Tawil arrived on Monday.\n\"We are ready,\" said el-Tawil.", "Karim el-Tawil");
    // with an apostrophe
    check("Luc d'Orvilliers arrived on Monday.\n\"We are ready,\" d'Orvilliers said.", "Luc d'Orvilliers");
    // "bin"
    check(r#""We are ready," said Salim bin Karam."#, "Salim bin Karam");
    // "de la"
    check(r#""We are ready," Marta de la Fuente told reporters."#, "Marta de la Fuente");
    // "ter"
    check(r#""We are ready," Joost ter Haar told reporters."#, "Joost ter Haar");
}

#[test]
fn a_month_may_be_a_person() {
    // "Jan" before a last name
    check(r#""We are ready," said Jan Kessel, head of the port."#, "Jan Kessel");
    // "May" alone, whose given name stands before
    check("Prime Minister Helen May left on Monday.\n\"We are ready,\" May told reporters in Velden.", "Helen May");
    check("Prime Minister Helen May left on Monday.\n\"We are ready,\" said May.", "Helen May");
    // and a date in the same article
    check("Prime Minister Helen May left in May.\n\"In May we were ready,\" she said.", "Helen May");
    // a verb where nobody is called so
    check("Ann Lee left on Monday.\n\"We are ready,\" Lee said. May the port be ready too.", "Ann Lee");
}

#[test]
fn a_role_may_run_into_the_name_behind_it() {
    // without a comma
    check("\"We are ready,\" the minister for civil aviation Ada Roe said. Bo Finn, who runs an airline, agreed.", "Ada Roe");
}

#[test]
fn a_name_behind_a_role_is_whose_role_it_is() {
    let text = "\"I had calls from two armies,\" stationmaster Levente Rusk said. \"It is wind. Go and look.\"\n\n\"What we need is tarpaulin,\" said the mayor, Clara Bene. \"Send it.\"";
    let found = super::answers(text);
    assert!(found.starts_with("Levente Rusk | Levente Rusk | "), "{found}");
    assert_eq!(found.matches("Levente Rusk").count(), 2, "{found}");
}

#[test]
fn whom_somebody_tells_does_not_speak() {
    check("Nobody came.\n\"We are ready,\" Zzyrla told reporters in Velden.", "Zzyrla");
    check("\"We are ready,\" the port's owner told officials from Orlec.", "the port's owner");
}

#[test]
fn a_nickname_in_marks_is_part_of_the_name() {
    // the nickname's marks are no speech
    check(r#"Otto "Boots" Karlsen said: "We are ready.""#, "no speech | Otto \"Boots\" Karlsen");
    // and the last name is his
    check("Otto \"Boots\" Karlsen arrived on Monday.\n\"We are ready,\" Karlsen said.", "no speech | Otto \"Boots\" Karlsen");
}

#[test]
fn the_name_of_a_body_is_whole() {
    // "of" behind the noun of a body
    check(r#""We are ready," the Port of Velden said."#, "Port of Velden");
    // "and" within the name
    check(r#""We are ready," the Chamber of Commerce and Industry said in a statement."#, "Chamber of Commerce and Industry");
    // a ministry with two subjects
    check(r#""We are ready," the Ministry of Foreign Affairs and Trade said."#, "Ministry of Foreign Affairs and Trade");
    // a body called after its day
    check(r#""We are ready," Fridays for Future said in a statement."#, "Fridays for Future");
    // a sign for "and"
    check(r#""We are ready," Okri & Feld said in a statement."#, "Okri & Feld");
    // a commission with two subjects
    check(r#""We are ready," the Ferry and Harbour Commission said."#, "Ferry and Harbour Commission");
    // a bank
    check(r#""We are ready," the Bank of Velden said."#, "Bank of Velden");
    // a university
    check(r#""We are ready," the University of Velden said."#, "University of Velden");
    // where it is based is no part of its name
    check(r#""We are ready," Velden-based Harbour Securities said."#, "Harbour Securities");
    // a company is not its product
    check("Kestrel sold the Kestrel Watch last year.\n\"We are ready,\" Kestrel said.", "Kestrel");
}

#[test]
fn initials_stand_for_the_body_they_are_short_for() {
    // in brackets behind the name
    check(
        "The Harbour Enforcement Administration (HEA) closed the quay.\n\"We are ready,\" the HEA said.",
        "Harbour Enforcement Administration",
    );
    // without brackets
    check("The National Ferry Board closed the quay.\n\"We are ready,\" NFB said in a statement.", "National Ferry Board");
}

#[test]
fn a_verb_or_a_role_is_no_part_of_a_name() {
    // a role in a capital
    check(r#""We are ready," said Realtor Molloy."#, "Molloy");
    // a verb that opens the sentence
    check(r#"Tweeted Anna Finch: "We are ready.""#, "Anna Finch");
    // a headline's verb
    check("Lena Ruiz Confirms Otto Karlsen For The Ferry.\n\"We are ready,\" Karlsen said.", "Otto Karlsen");
    // an ambassador to somewhere
    check(r#""We are ready," Ambassador to the United Nations Petra Vasko said."#, "Petra Vasko");
    // a ministry's two subjects before the minister
    check(r#""We are ready," International Trade and Industry Minister Petra Vasko said."#, "Petra Vasko");
    // letters behind the name
    check(r#""We are ready," said Petra Vasko MP."#, "Petra Vasko");
    // the next sentence without a full stop
    check(r#""We are ready." - Bo Ruiz If the boat sails, the crew must be on board."#, "Bo Ruiz");
    // May is a name where somebody speaks
    check("Teresa May arrived on Monday.\n\"We are ready,\" May said.", "Teresa May");
}

#[test]
fn a_place_does_not_speak_for_who_comes_from_it() {
    // a body and a place behind the name
    check(r#"Lauren Nell from Natural Justice in Cape Town says: "We demand to see the plans.""#, "Lauren Nell");
    // the one who is a friend's is not the friend
    check(r#"A close friend of Okri told the Courier: "We have no doubt that it is him.""#, "A close friend of Okri");
}

#[test]
fn a_last_name_of_several_words_is_one_name() {
    // two last names, of which the first is used
    check("Carmen Salvedo Ruiz arrived on Monday.\n\"We are ready,\" Salvedo said.", "Carmen Salvedo Ruiz");
    // both are used
    check("Linda Black Elm arrived on Monday.\n\"We are ready,\" Black Elm said.", "Linda Black Elm");
}

#[test]
fn of_two_with_one_last_name_it_is_who_was_speaking() {
    // the father is named last in full, in passing
    check(
        "Owen Brand runs the ferry.\nCarl Brand (Owen's father) built it.\n\"It was a wreck,\" says Owen.\nBrand points below. \
         \"The engine is new,\" he says.\n\"We never stop,\" Brand says.",
        "Owen Brand | Owen Brand | Owen Brand",
    );
}

#[test]
fn a_name_that_could_be_broken_at_a_line_s_end_is_whole() {
    // soft hyphens and word joiners inside it, as pages and PDF files have them
    check("\"We are ready for the winter,\" said In\u{ad}grid Sol\u{2060}vane on Friday.", "Ingrid Solvane");
}

#[test]
fn initials_in_brackets_are_short_for_the_body_before_them() {
    // not every word gives a letter
    check(
        "The Department of Harbour Human Services (HHS) closed the quay. \"We had no choice at all,\" HHS said.",
        "Department of Harbour Human Services",
    );
    // a party behind a person's name is not the person
    check("Senator Petra Vasko (KDU) spoke first. KDU said in a letter: \"We had no choice at all.\"", "KDU");
}

#[test]
fn what_is_told_before_a_last_name_is_no_part_of_it() {
    // a rank
    check("Diego Brandt beat Jonas Feld. \"It was my best match of the year,\" the 14th-ranked Brandt said.", "Diego Brandt");
    // a given name that is a noun too, behind a role
    check("\"The harbour will be busy again,\" said economist Bill Sandor of Velden Trust.", "Bill Sandor");
}

#[test]
fn a_given_name_alone_is_a_human_being() {
    check(
        "\"It could have been me,\" said Amber, who gave no other name. The Velden Hotel was full that night. \"He was odd and \
         thin,\" she said.",
        "Amber | Amber",
    );
}

#[test]
fn a_body_in_the_role_behind_a_name_does_not_speak() {
    check(
        "Louise Brandt, director of the Harbour Crime agency at Velden Trust, compared the tactics to \"the methods of a gang\".",
        "Louise Brandt",
    );
}

#[test]
fn a_verb_before_a_role_or_a_name_is_no_part_of_the_role() {
    // a verb that is a noun too
    check(r#"Ada Roe also accused Halden Water of creating "loops that hurt" its customers."#, "Ada Roe");
    check(r#""We did no such thing," said the accused Bo Ruiz."#, "Bo Ruiz");
    // between two names
    check(r#"President Ada Roe endorsed Senate candidate Bo Moss on Friday, saying he was "a great friend"."#, "Ada Roe");
    check(r#""We are free," said London based analyst Bo Ruiz."#, "Bo Ruiz");
    // what tells whose judge she is
    check(r#""We are ready," said Brandt appointed judge Ann Lee."#, "Ann Lee");
}

#[test]
fn a_party_and_a_state_end_no_sentence() {
    check(r#"Sen. Ada Roe, D-N.H., said: "We are going to vote against this bill.""#, "Ada Roe");
    check(r#""We are going to vote," said Rep. Bo Ruiz (D-N.Y.), after the meeting."#, "Bo Ruiz");
}

#[test]
fn a_country_behind_an_envoy_is_no_part_of_the_name() {
    check(r#"The ambassador to Saudi Arabia Lu Ximing said it has the "resolution and power" to end it."#, "Lu Ximing");
    check(r#"Valdara's ambassador to Norway Lu Ximing said it has the "resolution and power" to end unrest."#, "Lu Ximing");
}
