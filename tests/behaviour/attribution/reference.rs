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
    // a man and a woman in one line
    check("Ms Vasko met Mr Tarkington.\n\"We are ready,\" he said.", "Tarkington");
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

#[test]
fn what_is_reported_before_tells_who_goes_on() {
    // a role, then verbs without a subject
    check(
        "El alcalde de Villanueva, Pedro Olmos, entregó ayer las llaves de la escuela.\nEn la plaza, el mandatario informó que la obra costó tres \
         millones.\nAgregó que habrá otra en enero.\n\"Nadie se quedará sin lugar\", indicó.",
        "Pedro Olmos",
    );
    check(
        "O prefeito de Valada, João Lira, visitou a ponte com o engenheiro Rui Matos.\nO prefeito explicou que a obra está atrasada. Disse ainda \
         que falta dinheiro.\n\"Vamos terminar em maio\", afirmou.",
        "João Lira",
    );
    // two women, one of whom goes on
    check(
        "Ann Lee and Mara Okri run the ferry.\nLee said the boat was old. She added that the engine had failed twice.\n\"We need a new one by \
         spring,\" she said.",
        "Ann Lee",
    );
}
