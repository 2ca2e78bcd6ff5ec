//! German, where nouns have capitals as names have.

use super::check;

#[test]
fn a_noun_before_a_name_is_a_role() {
    // a title
    check("„Wir sind bereit“, sagte Bundeskanzler Olaf Brehm.", "Olaf Brehm");
    // a compound whose last part is a role
    check("„Das ist ein Skandal“, kritisierte die Oppositionsführerin Tilde Varga.", "Tilde Varga");
    // any noun before a given name
    check("„Man schläft dann besser“, sagt die Ernährungsberaterin Tilde Varga gegenüber der Zeitung.", "Tilde Varga");
    // an adjective and an article
    check("„Wir fangen neu an“, so der neue Präsident Rainer Brehm nach seiner Wahl.", "Rainer Brehm");
    // a place with -er
    check("„Der Damm hält“, sagte der Velberger Hafenmeister Jonas Brehm.", "Jonas Brehm");
    // two titles
    check("„Wir fangen neu an“, sagte Professor Dr. Ilse Brandauer.", "Ilse Brandauer");
    // a hyphen
    check("„Das ist falsch“, sagte die SPD-Abgeordnete Ada Roe der Zeitung.", "Ada Roe");
    // the name behind a comma
    check("„Der Damm hält“, sagte der Sprecher der Gewerkschaft, Max Brehm, am Montag in Velberg.", "Max Brehm");
}

#[test]
fn a_name_keeps_its_parts() {
    // von der
    check("„Wir werden zurückkommen“, sagte Ursula von der Wiese.", "Ursula von der Wiese");
    // a last name that is a noun, behind "Herr"
    check("„Ich habe nichts gesehen“, sagte Herr Richter. „Es war dunkel“, sagte Richter.", "Richter | Richter");
    // a given name that ends like a noun in the plural
    check("„Das war knapp“, sagte Rainer Brehm.", "Rainer Brehm");
    // a body with an adjective in its name
    check("„Wir wollen Frieden“, erklärte die Europäische Hafenunion.", "Europäische Hafenunion");
}

#[test]
fn who_is_only_described_stays_so() {
    // a compound
    check("„Es ist richtig zu handeln“, sagte die Außenministerin.", "die Außenministerin");
    // what belongs to the noun
    check("„Wir sind bereit“, teilte eine Sprecherin der Hafenbehörde mit.", "eine Sprecherin der Hafenbehörde");
    // where somebody is from
    check("„Das war laut“, erzählte ein Anwohner aus Velberg.", "ein Anwohner aus Velberg");
    // an age
    check("„Mir geht es gut“, sagte der 22-Jährige.", "der 22-Jährige");
    // so and a noun
    check("„Die Lage ist ernst“, so der Minister.", "der Minister");
    // a body named by its place
    check("„Wir prüfen die Hinweise“, sagte die Velberger Polizei.", "die Velberger Polizei");
    // "es" is nobody
    check("„Das Wasser steigt“, heißt es in dem Bericht der Behörde.", "dem Bericht der Behörde");
    check(
        "Jonas Brehm schwieg. In dem Bericht der Behörde heißt es wörtlich: „Der Damm wird nicht halten.“",
        "dem Bericht der Behörde",
    );
    // the object is a person too
    check("Die Polizei suchte den Mann. „Er war schnell“, berichtete ein Zeuge.", "ein Zeuge");
}

#[test]
fn nouns_that_do_not_speak_are_passed_over() {
    // a noun in the dative nearer to the mark than the subject
    check(
        "Der Velberger Forscher Uwe Brehm gab dem Ausschuss ein gutes Zeugnis. „Die Gespräche waren häufig sachlich.“",
        "Uwe Brehm",
    );
    // an object before the verb
    check("Jonas Brehm lehnte ab. Den Plan nannte Brehm „einen großen Fehler“. Das sei nicht hinnehmbar.", "Jonas Brehm");
    // what reported speech is about is not who reports
    check("Jonas Brehm sprach zuerst. Die Regierung verkenne „die Lage der Häfen“.", "Jonas Brehm");
    // a role that ends in -in tells a woman
    check("Die Ministerin Tilde Varga kam mit Jonas Brehm. Brehm schwieg. „Ich bleibe“, sagte sie.", "Tilde Varga");
}

#[test]
fn the_order_of_words_tells_who_says_it() {
    // whom it is about stands first, and whoever says it behind the verb
    check("Über Jonas Brehm sagte Varga: „Er muss mit ernsten Sorgen rechnen.“", "Varga");
    check("Jonas Brehm schwieg. Im Hafen von Velberg schrieb Tilde Varga am Montag: „Der Damm hält.“", "Tilde Varga");
    // an object behind the verb is not the subject
    check("Tilde Varga kam zuerst. Das sagte dem Sender Jonas Brehm: „Der Damm hält.“", "Jonas Brehm");
    // words are not who says them
    check("Tilde Varga kam am Montag zurück und meldete sich mit den Worten: „Der Damm ist nun endlich dicht.“", "Tilde Varga");
    // a paper says it, not who is named in the line before
    check(
        "Jonas Brehm schwieg. „Der Damm wird nicht halten“, hieß es in einer gestern verbreiteten Erklärung.",
        "einer gestern verbreiteten Erklärung",
    );
}

#[test]
fn whom_a_paper_quotes_speaks() {
    check("Die Velberger Rundschau zitiert einen Augenzeugen mit den Worten: „Der Mann lief davon.“", "einen Augenzeugen");
    check("Ein Sender zitierte Max Halm mit den Worten: „Wenn ich das Problem bin, gehe ich.“", "Max Halm");
    // the paper in marks, the verb at the end
    check(
        "Der Fraktionschef, Volker Roth, wird von der „Rundschau“ mit den Worten zitiert: „Wir gehen nicht.“",
        "no speech | Volker Roth",
    );
    // the verb behind the words
    check("„Die Schuld liegt allein bei uns“, wird Jan Tode in einem Fachblatt zitiert.", "Jan Tode");
    check("„Das wird gut“, zitiert die „Rundschau“ Max Halm in einem Bericht.", "Max Halm | no speech");
    // the first word of all
    check("wurde zitiert: „Das ist nicht gut für die Stadt und wir sind nicht bereit.“", "nobody");
    // to summon, in another clause
    check(
        "Minister Max Halm zitierte Botschafterin Ann Lee ins Ministerium und sagte anschließend: „Das ist nicht hinnehmbar.“",
        "Max Halm",
    );
    check("Ann Lee wurde vor den Ausschuss zitiert, wo der Vorsitzende Max Halm fragte: „Ist das nicht schlimm?“", "Max Halm");
}

#[test]
fn whom_somebody_tells_does_not_speak() {
    check("Bürgermeister Max Halm versicherte Ministerin Ann Lee: „Wir werden das Geld nicht verschwenden.“", "Max Halm");
    check("Max Halm sagte Ann Lee: „Wir werden das Geld nicht verschwenden.“", "Max Halm");
    // behind a preposition somebody is spoken of
    check("Über Ann Lee sagte Bo Ruiz: „Wir werden das Geld nicht verschwenden.“", "Bo Ruiz");
}
