//! Who said what, as a reader of news would answer.

use newshound::quotation::attribute::plain;
use newshound::quotation::quotations;

/// The quoted words and speakers of a text.
fn speakers(text: &str, headline: bool) -> Vec<(String, Option<String>)> {
    let article = plain("test", text, headline);
    quotations(&article).into_iter().map(|q| (q.span.of(text).to_string(), q.speaker.map(|s| s.name))).collect()
}

#[test]
fn the_five_people_quoted_about_the_truce_have_their_full_names() {
    let path = "../shared/data/corpora/seed/000_da72582ade04724f.txt";
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: no ../shared/data");
        return;
    };
    let found = speakers(&text, true);
    let check = |start: &str, speaker: &str| {
        let quotation = found.iter().find(|(words, _)| words.starts_with(start));
        assert_eq!(quotation.and_then(|q| q.1.as_deref()), Some(speaker), "{start}");
    };
    check("When Mr Witkoff brings", "Dmitry Peskov");
    check("There is an understanding", "Dmitry Peskov");
    check("There is still much to be done", "Dmitry Peskov");
    check("serious questions", "Vladimir Putin");
    check("long-term peace", "Vladimir Putin");
    check("there are nuances", "Vladimir Putin");
    check("very manipulative", "Volodymyr Zelensky");
    check("is afraid to say", "Volodymyr Zelensky");
    check("I think we need to talk", "Vladimir Putin");
    check("the right idea", "Vladimir Putin");
    check("promising", "Donald Trump");
    check("A lot of the details", "Donald Trump");
    check("I'd love to meet", "Donald Trump");
    check("advancing in practically all areas", "Vladimir Putin");
    check("We agree with proposals", "Vladimir Putin");
    check("It is absolutely unacceptable", "Maria Zakharova");
    check("Be it a foreign contingent", "Maria Zakharova");
}
