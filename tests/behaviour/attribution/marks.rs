//! Where speech stands: dashes, narrators within marks, marks of every country, marks that are lost.

use super::check;

#[test]
fn a_dash_at_the_beginning_of_a_paragraph_opens_speech() {
    // Swedish: the narrator behind a comma
    check("– Vi har inget kol, säger hamnkaptenen Maja Lind.", "Maja Lind");
    // Norwegian, a hyphen for a dash
    check("- Vi har ikke noe kull, sier havnesjef Marit Lund til avisen.", "Marit Lund");
    // Danish
    check("– Vi har ikke noget kul, siger havnechefen Mette Holm.", "Mette Holm");
    // Spanish: the narrator between two dashes, the speech goes on
    check("—No hay carbón —dijo Ana Robles—. Vendrá mañana con el barco.", "Ana Robles | Ana Robles");
    // Russian
    check("— Угля нет, — сказала Анна Лескова. — Он придёт завтра.", "Анна Лескова | Анна Лескова");
    // Polish
    check("– Nie ma węgla – powiedziała Anna Leska. – Będzie jutro.", "Anna Leska | Anna Leska");
    // Portuguese
    check("— Não há carvão — disse Ana Robles. — Ele vem amanhã.", "Ana Robles | Ana Robles");
    // French
    check("— Il n'y a pas de charbon, a déclaré Anne Lorée. Elle l'a dit lundi.", "Anne Lorée");
    // Italian
    check("– Non c'è carbone – ha detto Anna Leoni. – Arriva domani.", "Anna Leoni | Anna Leoni");
}

#[test]
fn a_dash_may_open_other_things() {
    // items of a list
    check("Vi fant dette i kjelleren:\n– kull i sekker\n– ved til ovnen\n– en lampe", "");
    // English lists
    check("We found this:\n- The coal, said to be old, was wet.\n- The lamp was broken.", "");
    // narration behind a dash in an article without dash speech
    check("Komiteen ba om to ting, sa Marit Lund i dag.\n- Komiteen vil ha kull.\n- Komiteen vil ha ved.", "");
}

#[test]
fn a_narrator_may_speak_within_the_marks() {
    // French, between commas
    check("« Nous n'avons pas de charbon, explique Anne Lorée, mais demain il y en aura. »", "Anne Lorée");
    // Russian, between dashes
    check("«Угля нет, – сказала Анна Лескова. – Он придёт завтра».", "Анна Лескова");
    // Italian
    check("«Non c'è carbone – ha detto Anna Leoni – ma arriva domani».", "Anna Leoni");
    // somebody told of within the speech is not its speaker
    check("« J'ai vu Paul Marin au port, il avait du charbon », a dit Anne Lorée.", "Anne Lorée");
}

#[test]
fn a_mark_may_be_lost() {
    // a drop cap ate the opening mark
    check("There is no coal in the harbour,\" said Tilde Brandt.", "Tilde Brandt");
    // Spanish sets the comma behind the mark
    check("No hay carbón en el puerto y no lo habrá\", dijo la alcaldesa Ana Robles a la prensa.", "Ana Robles");
    // a paragraph opened and not closed before the next opening
    check("‘There is no coal in the harbour. ‘There will be none,’ said Tilde Brandt.", "Tilde Brandt | Tilde Brandt");
}

#[test]
fn marks_of_every_country_are_read() {
    // German single marks, pointing inwards
    check("›Es gibt keine Kohle‹, sagte Jutta Brandt am Montag der Presse.", "Jutta Brandt");
    // low and high single marks
    check("‚Es gibt keine Kohle‘, sagte Jutta Brandt am Montag der Presse.", "Jutta Brandt");
    // Polish on an English keyboard
    check(",,Nie ma węgla'', powiedziała Anna Leska.", "Anna Leska");
    // two single marks for a double one
    check("‘‘There is no coal,’’ Tilde Brandt said.", "Tilde Brandt");
    // full width
    check("＂There is no coal,＂ Tilde Brandt said.", "Tilde Brandt");
    // nested marks of the same kind
    check("'He told me 'no' and left,' said Tilde Brandt.", "Tilde Brandt");
    // plural possessives within single marks
    check("'I met my friends' husbands there,' said Tilde Brandt.", "Tilde Brandt");
}

#[test]
fn japanese_marks_hold_speech_and_names() {
    let told = "港の責任者は「石炭はもうありません」と述べた。新しい船「みなと」は来月に完成する。".repeat(3);
    check(&told, &["港の責任者 | no speech"; 3].join(" | "));
}

#[test]
fn marks_whose_encoding_was_lost_are_marks() {
    // an apostrophe within a word, and a dash between blanks, are none
    check(
        "Mara Lindqvist said the ferry \u{fffd}is Velden\u{fffd}s last link to the coast\u{fffd} \u{fffd} and left.",
        "Mara Lindqvist",
    );
    // marks that are whole count alone
    check("\"The ferry will sail today,\" said Mara Lindqvist \u{fffd}the mayor.", "Mara Lindqvist");
}

#[test]
fn a_mark_lost_behind_the_narrator_leaves_speech() {
    check("\"We have no coal,\" said Ann Lee of the port of Velden. Tomorrow there will be some.\"", "Ann Lee | Ann Lee");
}

#[test]
fn a_single_mark_left_open_goes_on_in_the_next_paragraph() {
    let text = "Dr Ada Roe, who reads the sea, said: 'The idea of a giant \"crab\" is exciting. It is a hoax.\n\n'I do not know the currents.'";
    check(text, "Ada Roe | Ada Roe");
}

#[test]
fn a_short_line_of_single_marks_is_no_heading() {
    check("Dr Ada Roe came to Velden on Monday and stayed.\nShe added: 'There are large crabs here.'", "Ada Roe");
}
