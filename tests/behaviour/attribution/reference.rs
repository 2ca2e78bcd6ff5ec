//! Whom a pronoun, a description or a quotation with nothing beside it stands for.

use super::check;

#[test]
fn he_is_whoever_said_something_last_and_not_whoever_was_named_last() {
    // the nearest name is one he speaks of
    check("Otmar Brandl, a joiner in Tarsk, said Matteus Orlan would not come.\n\"I am sceptical,\" he said.", "Otmar Brandl");
    // a woman is quoted after a man
    check(
        "\"We will wait,\" said John Harvel, the mayor.\nMary Linden, who runs the ferry, disagreed.\n\"We cannot,\" she said.",
        "John Harvel | Mary Linden",
    );
}

#[test]
fn a_description_is_led_to_the_one_it_describes_and_else_stays_as_it_is() {
    // the role is printed with the name two paragraphs up
    check(
        "Ilse Brandauer, the harbour master, has kept a diary since 1990.\nShe shows it to nobody.\n\"It is mine,\" the harbour master said.",
        "Ilse Brandauer",
    );
    // somebody else's spokesman is not the one he speaks for
    check("Matteus Orlan flew home on Monday.\n\"He is well,\" a spokesman said.", "a spokesman");
}

#[test]
fn a_run_of_speech_is_one_voice() {
    // nothing beside the second and third paragraph
    check(
        "Peter Harvel, 61, remembers the flood.\n\"We had no boat,\" he said.\n\"My father built one from doors.\"\n\"It floated.\"",
        "Peter Harvel | Peter Harvel | Peter Harvel",
    );
}
