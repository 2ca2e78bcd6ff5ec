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
