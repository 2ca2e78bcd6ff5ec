//! Who said what, as a reader of news would answer.
//!
//! Each case is a text and the answers for its quotations in reading order, parted by ` | `: the speaker's name, `nobody` where the
//! text does not tell, `no speech` where the marks hold nobody's words. The comment names the difficulty. Every name is invented.

mod eastern;
mod german;
mod marks;
mod names;
mod reference;
mod romance;
mod slavic;
mod sources;
mod transcripts;

use newshound::article::Article;
use newshound::quotation::{Kind, Quotation, quotations};

/// The answers for what stands between quotation marks.
fn answers(text: &str) -> String {
    let article = Article::plain("test", text, false);
    let marked = quotations(&article).into_iter().filter(|q| q.kind != Kind::Indirect);
    marked.map(|q| answer(&q)).collect::<Vec<_>>().join(" | ")
}

fn answer(quotation: &Quotation) -> String {
    match (&quotation.kind, &quotation.speaker) {
        (Kind::NotSpeech, _) => "no speech".to_string(),
        (_, Some(speaker)) => speaker.name.clone(),
        (_, None) => "nobody".to_string(),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(answers(text), expected, "\n{text}");
}

/// What is reported without marks, each as `speaker: words`.
#[track_caller]
fn check_reported(text: &str, expected: &str) {
    let article = Article::plain("test", text, false);
    let all = quotations(&article);
    let reported = all.iter().filter(|q| q.kind == Kind::Indirect);
    let lines: Vec<String> = reported.map(|q| format!("{}: {}", answer(q), q.span.of(text))).collect();
    assert_eq!(lines.join(" | "), expected, "\n{text}");
}

#[test]
fn said_stands_before_or_after_or_between() {
    // speaker and verb after the quotation
    check(r#""We are ready," Mara Lindqvist said."#, "Mara Lindqvist");
    // inverted verb
    check(r#""We are ready," said Mara Lindqvist."#, "Mara Lindqvist");
    // speaker and verb before, comma
    check(r#"Mara Lindqvist said, "We are ready.""#, "Mara Lindqvist");
    // colon lead
    check(r#"Mara Lindqvist said: "We are ready.""#, "Mara Lindqvist");
    // no comma at all
    check(r#"Mara Lindqvist said "we are ready for the talks"."#, "Mara Lindqvist");
    // a quotation split by its cue has one speaker
    check(r#""We are ready," Mara Lindqvist said, "and so are they.""#, "Mara Lindqvist | Mara Lindqvist");
    // split by an inverted cue
    check(r#""We are ready," said Mara Lindqvist, "and so are they.""#, "Mara Lindqvist | Mara Lindqvist");
    // a second sentence after the cue
    check(r#""We are ready," Mara Lindqvist said. "They are not.""#, "Mara Lindqvist | Mara Lindqvist");
    // a question mark instead of the comma
    check(r#""Are we ready?" asked Mara Lindqvist."#, "Mara Lindqvist");
    // an exclamation
    check(r#""We are ready!" Mara Lindqvist shouted."#, "Mara Lindqvist");
    // an adverb between speaker and verb
    check(r#""We are ready," Mara Lindqvist later added."#, "Mara Lindqvist");
    // the perfect tense
    check(r#"Mara Lindqvist has said: "We are ready.""#, "Mara Lindqvist");
    // the present tense of a headline style
    check(r#""We are ready," says Mara Lindqvist."#, "Mara Lindqvist");
    // told and whom
    check(r#""We are ready," Mara Lindqvist told reporters in Velberg."#, "Mara Lindqvist");
    // the one told is a person too
    check(r#""We are ready," Mara Lindqvist told Tomas Okri."#, "Mara Lindqvist");
    // told before the quotation
    check(r#"Mara Lindqvist told Tomas Okri: "We are ready.""#, "Mara Lindqvist");
    // a place and a day between verb and quotation
    check(r#"Speaking in Velberg on Monday, Mara Lindqvist said: "We are ready.""#, "Mara Lindqvist");
    // wrote instead of said
    check(r#""We are ready," Mara Lindqvist wrote in a letter to members."#, "Mara Lindqvist");
    // a statement as the place of saying
    check(r#""We are ready," Mara Lindqvist said in a statement on Friday."#, "Mara Lindqvist");
    // an interview
    check(r#"In an interview with the Velberg Courier, Mara Lindqvist said, "We are ready.""#, "Mara Lindqvist");
}

#[test]
fn less_common_verbs_report_too() {
    // warned
    check(r#""It will be a hard winter," warned Tomas Okri."#, "Tomas Okri");
    // insisted
    check(r#""It was an accident," Tomas Okri insisted."#, "Tomas Okri");
    // admitted
    check(r#""I was wrong," admitted Tomas Okri."#, "Tomas Okri");
    // recalled
    check(r#""The water came up to here," Tomas Okri recalled."#, "Tomas Okri");
    // joked
    check(r#""I never liked that hat," joked Tomas Okri."#, "Tomas Okri");
    // tweeted
    check(r#""What a night," Tomas Okri tweeted on Sunday."#, "Tomas Okri");
    // noted
    check(r#""These are small numbers," Tomas Okri noted."#, "Tomas Okri");
    // explained
    check(r#""The valve was closed," explained Tomas Okri."#, "Tomas Okri");
    // concluded
    check(r#""There is no way back," Tomas Okri concluded."#, "Tomas Okri");
    // argued
    check(r#""The court must decide," argued Tomas Okri."#, "Tomas Okri");
    // a participle: saying
    check(r#"Tomas Okri defended the plan, saying "the court must decide"."#, "Tomas Okri");
    // a participle: calling it
    check(r#"Tomas Okri attacked the plan, calling it "a gift to the rich"."#, "Tomas Okri");
    // a participle: adding
    check(r#"Tomas Okri praised the plan, adding: "The court must decide.""#, "Tomas Okri");
    // the sentence turns to another speaker before the participle
    check(r#"The union has called for a pause but Tomas Okri objected, saying: "The court must decide.""#, "Tomas Okri");
    // described as
    check(r#"Tomas Okri described the plan as "a gift to the rich"."#, "Tomas Okri");
    // accused of
    check(r#"Tomas Okri accused the government of "running away from its duty"."#, "Tomas Okri");
}

#[test]
fn a_role_or_title_is_not_the_name() {
    // role before the name
    check(r#""We are ready," ministry spokeswoman Petra Vasko said."#, "Petra Vasko");
    // inverted with role
    check(r#""We are ready," said ministry spokeswoman Petra Vasko."#, "Petra Vasko");
    // title in capitals
    check(r#""We are ready," Foreign Minister Petra Vasko said."#, "Petra Vasko");
    // nation and title
    check(r#"Norwegian Prime Minister Petra Vasko said: "We are ready.""#, "Petra Vasko");
    // abbreviated title
    check(r#""We are ready," Sen. Petra Vasko said."#, "Petra Vasko");
    // title with "of"
    check(r#""We are ready," said Secretary of State Petra Vasko."#, "Petra Vasko");
    // a delegate's title that looks like a name
    check(r#""We are ready," said Del. Petra Vasko of the northern islands."#, "Petra Vasko");
    // party and state in brackets
    check(r#""We are ready," said Rep. Petra Vasko (D-Ohio)."#, "Petra Vasko");
    // appositive after the name
    check(r#""We are ready," said Petra Vasko, the chairwoman of the harbour board."#, "Petra Vasko");
    // appositive between name and verb
    check(r#""We are ready," Petra Vasko, the chairwoman of the harbour board, said."#, "Petra Vasko");
    // a long appositive before the quotation
    check(r#"Petra Vasko, a nurse who has worked in the camp since 2011, said: "We are ready.""#, "Petra Vasko");
    // age after the name
    check(r#""We are ready," said Petra Vasko, 43."#, "Petra Vasko");
    // an organisation in the appositive
    check(r#""We are ready," said Petra Vasko, analyst at Harbour Securities in Velberg."#, "Petra Vasko");
    // two roles joined by "and"
    check(r#""We are ready," said lead researcher and planetary scientist Petra Vasko."#, "Petra Vasko");
    // middle initial
    check(r#""We are ready," said Petra J. Vasko."#, "Petra J. Vasko");
    // Jr.
    check(r#""We are ready," said Devin Achterberg Jr."#, "Devin Achterberg Jr.");
    // a name with particles
    check(r#""We are ready," said Hugo van den Berghe."#, "Hugo van den Berghe");
    // the organisation of a spokesman is not the speaker
    check(r#""We are ready," Harbour Securities spokesman Jonas Feld said."#, "Jonas Feld");
    // a possessive before the role
    check(r#""We are ready," the company's chief executive, Jonas Feld, said."#, "Jonas Feld");
}

#[test]
fn a_last_name_is_given_in_full() {
    // full name first, last name at the cue
    check("Mara Lindqvist arrived on Monday.\n\"We are ready,\" Lindqvist said.", "Mara Lindqvist");
    // honorific and last name
    check("Mara Lindqvist arrived on Monday.\n\"We are ready,\" Ms. Lindqvist said.", "Mara Lindqvist");
    // British honorific
    check("Tomas Okri arrived on Monday.\n\"We are ready,\" said Mr Okri.", "Tomas Okri");
    // the full name stands only later
    check("\"We are ready,\" Okri said.\nTomas Okri had arrived on Monday.", "Tomas Okri");
    // two people with one last name: the title tells
    check("Mara Feld and Jonas Feld arrived.\n\"We are ready,\" Jonas Feld said.", "Jonas Feld");
    // the fullest form wins
    check("Petra Anna Vasko arrived.\n\"We are ready,\" Petra Vasko said.", "Petra Anna Vasko");
    // a name in capitals of a particle: "Van den Berghe" at the cue
    check("Hugo van den Berghe arrived.\n\"We are ready,\" Van den Berghe said.", "Hugo van den Berghe");
    // given name alone
    check("Mara Lindqvist, 9, likes the park.\n\"We are ready,\" Mara said.", "Mara Lindqvist");
}

#[test]
fn a_quotation_without_a_cue_continues_the_last_speaker() {
    // floating quotation in the next paragraph
    check("\"We are ready,\" Mara Lindqvist said.\n\"They are not.\"", "Mara Lindqvist | Mara Lindqvist");
    // a mark left open at the paragraph's end
    check(
        "\"We are ready,\" Mara Lindqvist said. \"We have waited.\n\"They have not.\"",
        "Mara Lindqvist | Mara Lindqvist | Mara Lindqvist",
    );
    // curly marks left open
    check("“We are ready,” said Tomas Okri. “We have waited.\n“They have not.”", "Tomas Okri | Tomas Okri | Tomas Okri");
    // the next cue takes over
    check("\"We are ready,\" Mara Lindqvist said.\n\"We are not,\" Tomas Okri said.", "Mara Lindqvist | Tomas Okri");
    // a cue before, the quotation in the next paragraph
    check("Tomas Okri was blunt about the plan:\n\"It is a gift to the rich.\"", "Tomas Okri");
    // three paragraphs running
    check(
        "\"One,\" said Tomas Okri.\n\"This is the second thing.\"\n\"This is the third thing.\"",
        "Tomas Okri | Tomas Okri | Tomas Okri",
    );
}

#[test]
fn pronouns_stand_for_people() {
    // he
    check("Tomas Okri arrived on Monday.\n\"We are ready,\" he said.", "Tomas Okri");
    // she
    check("Mara Lindqvist arrived on Monday.\n\"We are ready,\" she said.", "Mara Lindqvist");
    // gender decides between two
    check("Mara Lindqvist met Thomas Okri on Monday.\n\"We are ready,\" he said.", "Thomas Okri");
    // gender decides the other way
    check("Mary Lindqvist met Thomas Okri on Monday.\n\"We are ready,\" she said.", "Mary Lindqvist");
    // a spokeswoman is a she
    check("Spokeswoman Kim Tarkington met Thomas Okri.\n\"We are ready,\" she said.", "Kim Tarkington");
    // Mr tells
    check("Ms Vasko met Mr Tarkington on Monday in Velberg.\n\"We are ready,\" he said.", "Tarkington");
    // the speaker goes on
    check("\"We are ready,\" said Mara Lindqvist. \"Truly,\" she added.", "Mara Lindqvist | Mara Lindqvist");
    // "he said" in the middle
    check("Tomas Okri arrived on Monday.\n\"We are ready,\" he said, \"and waiting.\"", "Tomas Okri | Tomas Okri");
    // a pronoun before the quotation
    check("Tomas Okri arrived on Monday. He said: \"We are ready.\"", "Tomas Okri");
    // a place is not a he
    check("Tomas Okri arrived in Norway on Monday.\n\"We are ready,\" he said.", "Tomas Okri");
    // an organisation is not a she
    check("Mara Lindqvist left Harbour Securities on Monday.\n\"I am ready,\" she said.", "Mara Lindqvist");
    // "who" is the name before it
    check(r#"Tomas Okri, who called the plan "a gift to the rich", left early."#, "Tomas Okri");
    // no name at all: the reader is not told
    check(r#""We are ready," he said."#, "nobody");
}

#[test]
fn descriptions_stand_for_people() {
    // the role is printed with the name before
    check("Finance minister Tomas Okri arrived on Monday.\n\"We are ready,\" the minister said.", "Tomas Okri");
    // an appositive tells the role
    check("Mara Lindqvist, the mayor of Velberg, arrived on Monday.\n\"We are ready,\" the mayor said.", "Mara Lindqvist");
    // a nation and a role
    check(
        "Norwegian president Tomas Okri met French president Luiza Prado.\n\"We are ready,\" the French president said.",
        "Luiza Prado",
    );
    // nobody is named: the description is the speaker
    check(r#""We are ready," a spokesman said."#, "a spokesman");
    // several officials
    check(r#""We are ready," two officials said."#, "two officials");
    // a bare plural
    check(r#""We are ready," officials said."#, "officials");
    // a spokesman for a body
    check(r#""We are ready," said a spokesman for the harbour board."#, "a spokesman for the harbour board");
    // a possessive description
    check(r#""We are ready," the company's spokesman said."#, "the company's spokesman");
    // one of many
    check(r#""We are ready," one senior official said."#, "one senior official");
}

#[test]
fn organisations_speak() {
    // a company
    check(r#""We are ready," Harbour Securities said in a statement."#, "Harbour Securities");
    // a ministry
    check(r#""We are ready," the Transport Ministry said."#, "Transport Ministry");
    // it
    check("Harbour Securities lost money.\n\"We are ready,\" it said.", "Harbour Securities");
    // an acronym
    check(r#""We are ready," the NHB said."#, "NHB");
    // police
    check(r#""We are ready," police said."#, "police");
    // a report
    check(r#"The report said the bridge was "in a dangerous state"."#, "The report");
    // a newspaper
    check(r#"The Velberg Courier called the plan "a gift to the rich"."#, "Velberg Courier");
    // according to
    check(r#"The bridge was "in a dangerous state", according to the report."#, "the report");
    // according to a person
    check(r#"The bridge was "in a dangerous state", according to Mara Lindqvist."#, "Mara Lindqvist");
    // according to, in front
    check(r#"According to Mara Lindqvist, the bridge was "in a dangerous state"."#, "Mara Lindqvist");
}

#[test]
fn a_few_quoted_words_belong_to_the_sentence_around() {
    // said it was
    check(r#"Tomas Okri said the plan was "a gift to the rich"."#, "Tomas Okri");
    // two pieces
    check(r#"Tomas Okri said the plan was "a gift to the rich" and "an insult to the poor"."#, "Tomas Okri | Tomas Okri");
    // a single word
    check(r#"Tomas Okri said the talks were "promising"."#, "Tomas Okri");
    // governed by a noun
    check(r#"Tomas Okri's claim that the plan is "a gift to the rich" was rejected."#, "Tomas Okri");
    // condemned as
    check(r#"Tomas Okri condemned the plan as "a gift to the rich"."#, "Tomas Okri");
    // questions whether
    check(r#"Tomas Okri had "serious questions" about the plan, he said."#, "Tomas Okri");
    // a pronoun within the sentence
    check(r#"Mary Lindqvist said she was "deeply sorry for the delay"."#, "Mary Lindqvist");
    // the source at the end
    check(r#"The plan is "a gift to the rich", Tomas Okri said."#, "Tomas Okri");
    // the object of the verb is a person too
    check(r#"Tomas Okri called Mara Lindqvist "the best mayor we ever had"."#, "Tomas Okri");
    // in his words
    check(r#"Tomas Okri promised to fight on "until the last vote is counted"."#, "Tomas Okri");
    // vowed
    check(r#"Mara Lindqvist vowed to defend "every inch of the harbour"."#, "Mara Lindqvist");
    // urged
    check(r#"Mara Lindqvist urged members to "stay calm and carry on working"."#, "Mara Lindqvist");
}

#[test]
fn titles_and_terms_are_no_speech() {
    // survey wording is nobody's
    check(r#"Thirty percent said they "don't know" in the survey."#, "no speech");
    // a film
    check(r#"She starred in the film "The Harbour"."#, "no speech");
    // a book
    check(r#"His book "A Winter in Velberg" sold well."#, "no speech");
    // a song
    check(r#"The band played the song "Rain Again" twice."#, "no speech");
    // a television show
    check(r#"He appeared on the show "Good Morning Velberg" last year."#, "no speech");
    // a nickname
    check(r#"Edward "Ned" Achterberg opened the shop in 1962."#, "no speech");
    // so-called
    check(r#"The so-called "flood tax" was dropped in May."#, "no speech");
    // a term explained
    check(r#"The term "harbour dues" goes back to 1811."#, "no speech");
    // known as
    check(r#"The law, known as the "Clean Water Act", passed in 1974."#, "no speech");
    // talked about, the subject of what is reported
    check(r#"The dictionary's editors said "gleet" was the word of the year."#, "no speech");
    // an inch mark
    check(r#"The board is 6'2" long and made of oak."#, "");
}

#[test]
fn every_style_of_marks_is_read() {
    // curly
    check("“We are ready,” Mara Lindqvist said.", "Mara Lindqvist");
    // two apostrophes
    check("''We are ready,'' Mara Lindqvist said.", "Mara Lindqvist");
    // grave and apostrophes
    check("``We are ready,'' Mara Lindqvist said.", "Mara Lindqvist");
    // British single curly
    check("‘We’re ready,’ said Mara Lindqvist.", "Mara Lindqvist");
    // British single straight
    check("'We are ready,' said Mara Lindqvist.", "Mara Lindqvist");
    // guillemets
    check("«We are ready», said Mara Lindqvist.", "Mara Lindqvist");
    // low and high
    check("„We are ready“, said Mara Lindqvist.", "Mara Lindqvist");
    // a quotation within the quotation is not counted
    check("“He told me ‘go home’ and I did,” Mara Lindqvist said.", "Mara Lindqvist");
    // no-break spaces inside the marks
    check("«\u{a0}We are ready\u{a0}», said Mara Lindqvist.", "Mara Lindqvist");
    // straight and curly mixed in one paragraph
    check("“We are ready,\" Mara Lindqvist said.", "Mara Lindqvist");
    // British: single marks around double ones
    check("‘He told me “no” and I left,’ Mara Lindqvist said.", "Mara Lindqvist");
    // never opened
    check("We are ready,” Mara Lindqvist said.", "Mara Lindqvist");
}

#[test]
fn transcripts_and_signed_lines_name_their_speaker() {
    // transcript and a full name elsewhere
    check("Mara Lindqvist spoke on Monday.\n\"LINDQVIST: We are ready and we have been for weeks.\"", "Mara Lindqvist");
    // credit after a dash
    check("“We are ready for anything they may do.” — Mara Lindqvist", "Mara Lindqvist");
    // credit on a line of its own
    check("“We are ready for anything they may do.”\n– Mara Lindqvist", "Mara Lindqvist");
    // short credits further down, as in a list of readers' views
    check("A view.\nAnother view.\n“So are we.” ― Jonas Feld\n“Not me.” ― Ann Prado", "Jonas Feld | Ann Prado");
    // words set apart, and below them nothing but whose they are
    let apart =
        "Halden Police believe that he is in his fifties.\n\n“It is very unusual, and has upset his neighbours”\n\nSgt Ann Prado";
    check(apart, "Ann Prado");
    // the same with a role
    check("Halden waited for the ship.\n\n“We have no coal and no ships.”\n\nJonas Feld, harbour pilot", "Jonas Feld");
    // names above what is said, as in readers' views: not the next one's
    check(
        "What readers think of the harbour.\n\nAnn Prado\n\n“We have no coal at all.”\n\nJonas Feld\n\n“Not me.”",
        "Ann Prado | Jonas Feld",
    );
    // whoever reports does not say it
    check("It was cold.\n\n“We have no coal.”\n\nAnn Prado, political correspondent\n\nThe harbour waits.", "nobody");
    // a heading below them is no name
    check(
        "“We have no coal,” said Ann Prado.\n\n“It is bad.”\n\nWhat Next For The Harbour\n\nIt opens.",
        "Ann Prado | Ann Prado",
    );
    // two credits in a row
    check("“We are ready for it.” ― Ann Prado\n“So are we, and more.” ― Jonas Feld", "Ann Prado | Jonas Feld");
}

#[test]
fn a_headline_quotes_whom_the_story_quotes() {
    let text = "Plan is 'a gift to the rich'\nTomas Okri said on Monday: \"The plan is a gift to the rich.\"";
    let article = Article::plain("test", text, true);
    let found: Vec<String> = quotations(&article).iter().filter(|q| q.kind != Kind::Indirect).map(answer).collect();
    assert_eq!(found, ["Tomas Okri", "Tomas Okri"]);
}

#[test]
fn two_clauses_joined_by_and_have_two_speakers() {
    check("Otto Feld said “we have none of it” and Mara Quist said “there is a lot of coal here”.", "Otto Feld | Mara Quist");
    check("Otto Feld said “we have none of it”, and Mara Quist said: “There is a lot of coal here.”", "Otto Feld | Mara Quist");
    check("Otto Feld said “we have none of it” and added “there is a lot of coal here”.", "Otto Feld | Otto Feld");
}

#[test]
fn a_body_is_led_to_the_name_printed_beside_its_noun() {
    let firm = "Otto Feld visited Kallovar on Monday. Papers from the law firm Halden Marsh were printed in the Kallovar Herald.\n\n\
                “We have done nothing wrong in forty years,” the firm said.";
    check(firm, "Halden Marsh");
    let agency = "Storms will cross the plain from Orlan to Kallovar on Friday, the Northern Weather Center said. Kallovar and Stennet \
                  are most at risk.\n\nThe agency warned of “large hail and strong winds in all of the valley”.";
    check(agency, "Northern Weather Center");
    let airline = "Flights were late on Monday after a bird got into a plane of Velden Airways. Mara Quist, a passenger, laughed.\n\n\
                   “Out of caution the captain turned back,” the airline said.";
    check(airline, "Velden Airways");
    let paper = "The Velden Post reported on Monday that the harbour is to close. Mayor Ann Prado was away.\n\n\
                 “The harbour has no money left,” the paper wrote.";
    check(paper, "Velden Post");
}

#[test]
fn words_printed_twice_are_one_speaker_s() {
    // a pull quote
    let pulled = "“We have no coal left for the winter”\n\nOtto Feld met the harbour's guests on Monday.\n\n\
                  “We have no coal left for the winter, and nobody told us,” said Ann Prado.";
    check(pulled, "Ann Prado | Ann Prado");
    // taken up again, far from the name
    let again = "“The tide will not wait for the council,” said Ann Prado.\n\nOtto Feld laughed. The council met in the town \
                 hall, and the talk was long.\n\nThat “the tide will not wait” was on every wall by noon.";
    check(again, "Ann Prado | Ann Prado");
    // a body's name beside the words is not theirs
    let alone = "It was cold in Stennet.\n\nNear the Halden Bank there was “the tide will not wait for us” on a wall.";
    check(alone, "Halden Bank");
    let body = format!("“The tide will not wait for us, and nobody will,” said Ann Prado.\n\n{alone}");
    check(&body, "Ann Prado | Ann Prado");
    assert_eq!(quotations(&Article::plain("test", &body, false))[1].mention, None);
    // two words are said by many
    check("“No coal,” said Ann Prado.\n\nOtto Feld shrugged. “No coal,” said a voice.", "Ann Prado | a voice");
}

#[test]
fn other_languages_have_their_verbs() {
    // German, inverted
    check("„Wir sind bereit und das ist gut so“, sagte Mara Lindqvist in der Stadt.", "Mara Lindqvist");
    // German, so
    check("\"Wir sind bereit und das ist nicht alles\", so Jonas Feld von der Gewerkschaft.", "Jonas Feld");
    // German, before
    check("Jonas Feld erklärte: „Wir sind bereit und das ist gut, denn die Zeit ist da.“", "Jonas Feld");
    // French
    check("« Nous sommes prêts et le pays est dans la rue », a déclaré Luiza Prado.", "Luiza Prado");
    // French, inverted
    check("« Nous sommes prêts et les élus sont pour la loi », explique Luiza Prado.", "Luiza Prado");
    // Spanish
    check("“Estamos listos para el acuerdo y para la paz del país”, dijo Luiza Prado.", "Luiza Prado");
    // Spanish, before
    check("Luiza Prado afirmó: “Estamos listos para el acuerdo y para la paz del país”.", "Luiza Prado");
    // Italian
    check("«Siamo pronti per la pace e non è tutto», ha detto Luiza Prado.", "Luiza Prado");
    // Russian
    check("«Мы готовы и это не всё, что мы можем», — сказала Анна Лебедь.", "Анна Лебедь");
    // Turkish
    check("\"Bu bir başlangıç ve çok şey olacak\" dedi Kerem Aydoğdu.", "Kerem Aydoğdu");
}

#[test]
fn languages_are_read_by_their_tables_of_words() {
    // Portuguese
    check("“Não há carvão no porto”, disse Luiza Prado aos jornalistas em Velden.", "Luiza Prado");
    // Dutch
    check("“Er is geen kolen in de haven”, zei Joost Verbrugge tegen de krant.", "Joost Verbrugge");
    // Polish
    check("„W porcie nie ma węgla”, powiedziała Anna Nowacka dziennikarzom.", "Anna Nowacka");
    // Swedish
    check("”Det finns inget kol i hamnen”, säger Elsa Lindgren till tidningen.", "Elsa Lindgren");
    // Norwegian
    check("«Det er ikke noe kull i havnen», sier Ingrid Solberg til avisen.", "Ingrid Solberg");
    // Danish
    check("»Der er ikke noget kul i havnen«, siger Mette Lunde til avisen.", "Mette Lunde");
    // Finnish
    check("”Satamassa ei ole enää hiiltä”, sanoi Aino Lehtola lehdelle ja totesi, että myös laiva oli tyhjä.", "Aino Lehtola");
    check(
        "– Kukaan ei lähde ennen kesää, Aino Lehtola sanoo. Hän kertoi, että laiva oli tyhjä ja joka mies on kotona.",
        "Aino Lehtola",
    );
    // Turkish, two words and a participle
    check("\"Kömür yok\" diyen Lale Brandt eve gitti ve çok üzgün olan bir adam ile konuştu.", "Lale Brandt");
    // Czech
    check("„V přístavu už není uhlí, které jsme měli,“ řekla podle deníku starostka Jana Nováková.", "Jana Nováková");
    // Icelandic
    check("„Það er ekki lengur kol í höfninni,“ segir Anna Lind og er ekki glöð.", "Anna Lind");
    // German, too short for its commonest words to tell it
    check("„Es ist richtig zu handeln“, sagte Anna Lee.", "Anna Lee");
}

#[test]
fn marks_doubled_by_an_export_are_marks() {
    check(r#"""We have no coal,"" said Tomas Okri."#, "Tomas Okri");
}

#[test]
fn a_paragraph_left_open_goes_on_in_the_next() {
    let text = "The ferry will not sail, said Mara Lindqvist.\nTomas Okri disagreed. “It will sail,” he said. “I have seen the \
                timetable.\n“It was printed in May.”";
    check(text, "Tomas Okri | Tomas Okri | Tomas Okri");
}

#[test]
fn a_language_not_known_gives_quotations_without_speakers() {
    let text =
        "Miniszterünk pénteken közölte, hogy kormányunk elutasítja szerződésünk új feltételeit, majd visszatér tárgyalni. "
            .repeat(8);
    // Hungarian: nobody is guessed
    check(&format!("{text}„Készen állunk”, mondta Molnár Anna."), "nobody");
}

#[test]
fn what_is_reported_without_marks_has_a_speaker() {
    // a second verb of saying after "and" reports something else
    check_reported(
        "Tomas Okri told the council that the ferry would not sail, and warned of a strike.",
        "Tomas Okri: that the ferry would not sail",
    );
    // said that
    check_reported(
        "Tomas Okri said that the bridge would be closed until May.",
        "Tomas Okri: that the bridge would be closed until May",
    );
    // said without that
    check_reported("Tomas Okri said the bridge would be closed until May.", "Tomas Okri: the bridge would be closed until May");
    // the source at the end
    check_reported("The bridge will be closed until May, Tomas Okri said.", "Tomas Okri: The bridge will be closed until May");
    // according to
    check_reported(
        "The bridge will be closed until May, according to the ministry.",
        "the ministry: The bridge will be closed until May",
    );
    // according to, with a capital
    check_reported(
        "According to the harbour office, the ferry will sail again on Friday.",
        "the harbour office: the ferry will sail again on Friday",
    );
    // the day it was said on is no part of it
    check_reported("Tomas Okri said Friday he would close the bridge.", "Tomas Okri: he would close the bridge");
    // cut in two by the source
    check_reported(
        "To keep the lights on, Mayor Tomas Okri said, the town must sell its bridge.",
        "Tomas Okri: To keep the lights on | Tomas Okri: the town must sell its bridge",
    );
    // the source is no part of what it reports
    check_reported(
        "Its director, Hanne Wolczek, said it hoped to send another lorry on Friday.",
        "Hanne Wolczek: it hoped to send another lorry on Friday",
    );
    // somebody asked is no speech yet
    check_reported(
        "Asked about the dam, Tomas Okri said it would hold for another year.",
        "Tomas Okri: it would hold for another year",
    );
    // a pronoun
    check_reported(
        "Tomas Okri left.\nHe said that the bridge would be closed until May.",
        "Tomas Okri: that the bridge would be closed until May",
    );
    // nothing is reported
    check_reported("Tomas Okri crossed the bridge on Monday and went home.", "");
}

#[test]
fn roles_and_cues_are_told() {
    let text = r#""We are ready," Harbour ministry spokeswoman Petra Vasko told reporters."#;
    let article = Article::plain("test", text, false);
    let found = &quotations(&article)[0];
    assert_eq!(found.role.map(|role| role.of(text)), Some("Harbour ministry spokeswoman"));
    assert_eq!(found.cue.map(|cue| cue.of(text)), Some("told"));
    assert_eq!(found.mention.map(|mention| mention.of(text)), Some("Petra Vasko"));
    assert_eq!(found.kind, Kind::Direct);
}

#[test]
fn a_name_that_only_owns_the_speaker_is_not_the_speaker() {
    // his lawyer speaks
    check(r#""He is innocent," said Tomas Okri's lawyer."#, "Tomas Okri's lawyer");
    // the lawyer has a name
    check(r#""He is innocent," said Tomas Okri's lawyer, Petra Vasko."#, "Petra Vasko");
    // the lawyer's name before the verb
    check(r#"Tomas Okri's lawyer, Petra Vasko, said: "He is innocent.""#, "Petra Vasko");
    // without a comma
    check(r#""He is innocent," said Tomas Okri's former lawyer Petra Vasko."#, "Petra Vasko");
    // a body's, with a nation in his role
    check(r#""He is late," said HGI Halden Insight’s chief US economist, Petra Vasko."#, "Petra Vasko");
    // his claim is his own
    check(r#"Tomas Okri's claim that it was "a simple mistake" was rejected."#, "Tomas Okri");
    // a paper quotes somebody
    check(r#""The harbour must grow," the Courier quoted Okri as saying."#, "Okri");
    // somebody quotes somebody
    check(r#"Mara Lindqvist quoted Tomas Okri as saying: "We are ready.""#, "Tomas Okri");
    // two people share the last name and the sentence: no guess
    check("Mara Feld and Jonas Feld run the shop.\n\"We never close,\" Feld said.", "Feld");
    // two people share the last name: the title tells
    check("Mary Feld and Thomas Feld run the shop.\n\"We never close,\" Mrs Feld said.", "Mary Feld");
}

#[test]
fn he_is_whoever_said_something_without_marks_before() {
    let falborg = "President Matteus Orlan declined. A slowdown is likely, said Scott Falborg, an analyst at NK Plus.\n\"I doubt it,\" he said.";
    check(falborg, "Scott Falborg");
}

#[test]
fn known_failures_and_todays_answers() {
    // one quotation, two people who say it: only the nearer one is named
    check(r#"In a joint statement, Jonas Feld and Petra Vasko said: "We are ready.""#, "Petra Vasko");
    // the claim is somebody's, but not the claim's; the union at the end is not seen
    check(r#"The claim that the harbour is "full to the brim" came from the union."#, "The claim");
    // a question nobody asks: the nearest noun is taken
    check(r#""Who did this?" The answer never came."#, "The answer");
    // a label within the marks is not sure enough, where nobody of that name is printed elsewhere
    check("\"LINDQVIST: We are ready and we have been for weeks.\"", "nobody");
    // a quotation inside a quotation is not told apart
    check(r#""It's what my mother used to call 'a fine mess'," Okri said."#, "Okri");
}

#[test]
fn every_quotation_about_the_truce_has_its_speaker() {
    let Ok(text) = std::fs::read_to_string("../shared/data/corpora/seed/000_da72582ade04724f.txt") else {
        println!("skipped: no ../shared/data");
        return;
    };
    let text = once(&text);
    let article = Article::plain("truce", &text, true);
    let marked = quotations(&article).into_iter().filter(|q| q.kind != Kind::Indirect);
    let found: Vec<String> = marked.map(|q| format!("{} <- {}", answer(&q), start(q.span.of(&text)))).collect();
    let expected = [
        "Dmitry Peskov <- When Mr Witkoff brings",
        "Dmitry Peskov <- There is an understanding",
        "Dmitry Peskov <- There is still much",
        "Vladimir Putin <- serious questions",
        "Vladimir Putin <- long-term peace",
        "Vladimir Putin <- for",
        "Vladimir Putin <- there are nuances",
        "Vladimir Putin <- serious questions",
        "Volodymyr Zelensky <- very manipulative",
        "Volodymyr Zelensky <- actually preparing a refusal",
        "Volodymyr Zelensky <- is afraid to say",
        "Vladimir Putin <- I think we need",
        "Vladimir Putin <- the right idea",
        "Donald Trump <- promising",
        "Donald Trump <- not complete",
        "Donald Trump <- A lot of the",
        "Donald Trump <- I'd love to meet",
        "the Russian president <- advancing in practically all",
        "Vladimir Putin <- based on how the",
        "Vladimir Putin <- Long-term peace",
        "Vladimir Putin <- We agree with proposals",
        "no speech <- contingents",
        "Maria Zakharova <- It is absolutely unacceptable",
        "Maria Zakharova <- Be it a foreign",
        "The Russian defense ministry <- liberated",
        "the Sumy region's military administration <- the exacerbation of the",
        "the Sumy region's military administration <- constant shelling by Russia",
    ];
    assert_eq!(found, expected);
}

/// The text without the headline's repetitions, as a reader of pages leaves it.
fn once(text: &str) -> String {
    let headline = text.lines().next().unwrap_or_default();
    let rest = text.lines().skip(1).filter(|line| !line.starts_with(headline));
    [headline].into_iter().chain(rest).collect::<Vec<_>>().join("\n")
}

/// The first four words.
fn start(words: &str) -> String {
    words.split_whitespace().take(4).collect::<Vec<_>>().join(" ")
}
