//! Spanish, Portuguese, Italian and French: roles behind which a name stands, verbs without a subject, elisions.

use super::check;

#[test]
fn a_role_of_many_words_belongs_to_the_name_behind_it() {
    // the noun comes first, what it governs behind it, then a comma and the name
    check("\"Não há carvão\", disse o ministro da Fazenda, João Lira, em Valada.", "João Lira");
    // no comma, and a place in between
    check("\"Não há carvão\", afirmou a ex-governadora do Rio Ana Alves nesta terça-feira.", "Ana Alves");
    // the role stands before the verb
    check("O secretário de Estado da Justiça, Rui Matos, disse que a lei é \"uma vergonha para todos\".", "Rui Matos");
    // an office of somebody's office
    check("\"No hay carbón\", señaló el subdirector general de la Agencia del Agua, Pedro Olmos.", "Pedro Olmos");
    check("\"No hay carbón\", dijo la diputada Ana Yuste a los periodistas.", "Ana Yuste");
    // a place behind a preposition before the name
    check("\"No hay carbón\", explicó la embajadora en Valdara, Lucía Prado.", "Lucía Prado");
    check("«Non c'è carbone», ha detto il ministro dell'Interno Paolo Verdi.", "Paolo Verdi");
    check("« Il n'y a plus de charbon », a déclaré la ministre de l'Énergie, Anne Vidal.", "Anne Vidal");
    // an elided article before the role
    check("« Il n'y a plus de charbon », a ajouté l'avocate Claire Morel.", "Claire Morel");
}

#[test]
fn a_description_is_given_whole() {
    // all that belongs to the noun
    check("\"No hay carbón\", dijo el portavoz de la cámara de comercio.", "el portavoz de la cámara de comercio");
    check("\"Não há carvão\", diz um morador da ilha de Valada.", "um morador da ilha de Valada");
    // several with no article
    check("\"Não há carvão\", disseram moradores da ilha.", "moradores da ilha");
    // a noun that no list knows
    check(
        "O presidente Michel Lira viajou ao Rio. \"É preciso trabalhar e não falar em crise\", disse um auxiliar. Depois choveu.",
        "um auxiliar",
    );
}

#[test]
fn particles_belong_to_a_person_and_not_to_a_party() {
    check("\"Não há carvão\", disse Luiz Inácio Prado da Costa.", "Luiz Inácio Prado da Costa");
    // the party behind the name
    check("\"Não há carvão\", disse João Lira do PSV.", "João Lira");
    // two people are not one
    check("João Lira e Marina Alves falaram. \"Não há carvão\", disse Marina Alves.", "Marina Alves");
}

#[test]
fn a_verb_without_a_subject_goes_on_with_who_spoke() {
    // the speaker of the quotation before
    check("\"Não há carvão\", disse o prefeito João Lira na segunda-feira. \"Nem lenha\", acrescentou.", "João Lira | João Lira");
    // the one whose words are told in the sentence before
    check("A ministra Marina Alves disse que a mina fechou. \"Não há mais carvão na região\", afirmou.", "Marina Alves");
    check("El alcalde Pedro Olmos reconoció que la mina cerró. \"Ya no hay carbón en la región\", lamentó.", "Pedro Olmos");
}

#[test]
fn one_person_has_one_name_whichever_form_is_printed() {
    // the first of two last names
    check(
        "El doctor Homero Marín Salcedo visitó la mina. \"Ya no hay carbón en la región\", dijo Homero Marín.",
        "Homero Marín Salcedo",
    );
    // two given names
    check("A cineasta Maria Alba Reis filmou a mina. \"Já não há carvão na região\", disse Maria Alba.", "Maria Alba Reis");
}

#[test]
fn a_capital_at_the_beginning_of_a_sentence_makes_no_name() {
    // an article with its noun
    check("La revancha llegó pronto. \"Ya no hay carbón en la región\", dijo Lucía Prado.", "Lucía Prado");
    check("El pasado lunes cerró la mina. \"Ya no hay carbón en la región\", dijo Lucía Prado.", "Lucía Prado");
}

#[test]
fn an_opinion_is_told_by_for_and_according() {
    check("Segundo o prefeito João Lira, \"já não há carvão na região\".", "João Lira");
    check("Según la alcaldesa Lucía Prado, \"ya no hay carbón en la región\".", "Lucía Prado");
    check("D'après la ministre Anne Vidal, « il n'y a plus de charbon dans la région ».", "Anne Vidal");
}

#[test]
fn the_noun_of_a_body_is_part_of_its_name() {
    // a noun in capitals behind an article
    check("O Ministério Público Valdano disse que \"não há perigo para ninguém na ilha\".", "Ministério Público Valdano");
    check("El Banco Insular dijo que \"la economía va a crecer este año\" en Valdara.", "Banco Insular");
    // a court is no person
    check("A Justiça Federal disse que \"não há carvão na ilha para ninguém\".", "Justiça Federal");
    // a country told by where it lies
    check("A Valdara do Norte afirmou que \"não há perigo para ninguém na ilha\".", "Valdara do Norte");
}

#[test]
fn a_field_or_a_party_before_the_name_is_no_part_of_it() {
    check("\"Não há carvão\", afirmou o promotor de Justiça Lirano Gaz.", "Lirano Gaz");
    check("\"No hay carbón\", dijo el ministro de Defensa Padro Olmaz a los periodistas.", "Padro Olmaz");
    check("\"Não há carvão\", disse o deputado do PSV Lirano Gaz.", "Lirano Gaz");
    // a field of two words
    check("El ministro de Defensa Nacional Padro Olmaz dijo que \"no hay carbón en la isla para nadie\".", "Padro Olmaz");
    check("O secretário de Segurança Pública Lirano Gaz disse que \"não há carvão para ninguém\".", "Lirano Gaz");
    // words in capitals that lead to a film or a text
    check(
        "OUÇA TODA A CONVERSA DA MINA O prefeito Lirano Gaz falou. Lirano Gaz disse que \"a gravação foi editada por alguém\" na ilha.",
        "Lirano Gaz",
    );
}
