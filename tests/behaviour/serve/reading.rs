//! What a reader makes of an answer on the page: stories apart, speech apart from words, ways to narrow it, to take it along and to ask anew.

use super::payloads::encoded;
use crate::given::archive::Archive;
use crate::given::served::Served;
use serde_json::Value;

/// A long report that answers many times, one that answers once, and one that a second paper prints too.
fn archive() -> Archive {
    let copied = "The council of Hallmere agreed late on Friday that the harbour wall is to be mended before the winter storms, and that \
        whoever moors a boat there shall pay for one stone in ten. The vote was nine to four. The ferry of the lido company sails until then \
        from the northern quay, where there is room for two boats and no more, and tickets bought before keep their worth until the spring.";
    let report = "Ferry talks fail again\n\nVELDEN/HALLMERE, March 3, 2025 - The ferry stays in port.\n\n\"We want the ferry back,\" Chancellor \
        Ilse Brandauer said.\n\nBrandauer said that the ferry had been promised for the spring of that year.\n\nThe ferry company gave no \
        answer.\n\nNobody has seen the ferry move.\n\nOfficials said that the ferry was being repaired somewhere up the river.\n\n\"It is a matter of bolts,\" officials said.\n";
    Archive::indexed(&[
        ("Orlec Herald/2025/03/03/talks.txt", report.to_owned()),
        ("Orlec Herald/2025/03/09/wall.txt", format!("Wall to be mended\n\nHALLMERE, March 9, 2025 - {copied}\n")),
        ("Tarsk Post/2025/03/09/wall.txt", format!("Wall to be mended\n\nHALLMERE, March 9, 2025 - {copied}\n")),
        ("Tarsk Post/2025/04/02/lido.txt", "Lido opens\n\nOSTRAND, April 2, 2025 - A ferry full of bathers came.\n".to_owned()),
    ])
}

fn served() -> Served {
    Served::over(archive(), &[])
}

fn page(served: &Served, path: &str) -> String {
    let (status, _, page) = served.get(path);
    assert_eq!(status, 200, "{path}: {page}");
    page
}

/// The addresses of `page` that begin so.
fn links(page: &str, begin: &str) -> Vec<String> {
    let found = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(|link| link.replace("&amp;", "&"));
    found.filter(|link| link.starts_with(begin)).collect()
}

#[test]
fn a_story_stands_once_with_its_other_passages_and_its_copies_under_it() {
    let served = served();
    let found = page(&served, "/?q=ferry");
    assert_eq!(found.matches("<li class=\"clipping\"").count(), 3, "{found}");
    // The headline and six paragraphs; one of them is the first.
    assert!(
        found.contains("<summary>6 more in this article</summary>") && found.contains("and 2 more: all are marked"),
        "{found}"
    );
    assert!(found.contains("<summary>+1 other</summary>") && found.contains("1 of them is a copy and folded"), "{found}");
    let each = page(&served, "/?q=ferry&duplicates=show");
    assert_eq!(each.matches("<li class=\"clipping\"").count(), 4, "{each}");
    assert!(each.contains("fold the copies of a story"), "{each}");
}

#[test]
fn a_passage_says_why_it_is_there() {
    let served = served();
    let found = page(&served, "/?q=%22talks+fail%22");
    assert!(found.contains("<mark>talks fail</mark>") && found.contains("in the headline"), "{found}");
    let dated = page(&served, "/?q=outlet:tarsk");
    assert!(dated.contains("found by what is known of the article"), "{dated}");
    // A headline is marked beside a passage of its story.
    let beside = page(&served, "/?q=%2Bferry+%2Bpromised");
    assert!(beside.contains("<mark>Ferry</mark> talks fail again"), "{beside}");
}

#[test]
fn speech_is_marked_otherwise_than_words() {
    let served = served();
    let words = page(&served, "/?q=%22We+want+the+ferry+back%22");
    assert!(words.contains("<mark>We want the ferry back</mark>") && !words.contains("<mark class=\"speech\">"), "{words}");
    let speech = page(&served, "/?q=speaker:brandauer");
    assert!(speech.contains("<mark class=\"speech\">We want the ferry back,</mark>"), "{speech}");
}

#[test]
fn several_values_of_a_filter_are_alternatives() {
    let served = served();
    let one = page(&served, "/?q=ferry&place=OSTRAND");
    assert_eq!(one.matches("<li class=\"clipping\"").count(), 1, "{one}");
    assert!(one.contains("href=\"/?q=ferry&amp;place=OSTRAND&amp;place=HALLMERE\" aria-label=\"or HALLMERE\""), "{one}");
    let two = page(&served, "/?q=ferry&place=OSTRAND&place=VELDEN");
    assert_eq!(two.matches("<li class=\"clipping\"").count(), 2, "{two}");
    assert!(two.contains("href=\"/?q=ferry&amp;place=VELDEN\" aria-label=\"Without from OSTRAND\""), "{two}");
    let (status, _, refused) = served.get(&format!("/?q=ferry{}", "&place=x".repeat(21)));
    assert!(status == 400 && refused.contains("more than 20 times"), "{refused}");
}

#[test]
fn towns_are_apart_and_sources_without_a_name_too() {
    let served = served();
    let found = page(&served, "/?q=ferry");
    for place in ["VELDEN", "HALLMERE"] {
        assert!(found.contains(&format!("href=\"/?q=ferry&amp;place={place}\"")), "{place}: {found}");
    }
    let unnamed = found.split("<h2>Unnamed sources</h2>").nth(1).expect("a heading").split("</section>").next().unwrap();
    assert!(unnamed.contains(">officials</a>") || unnamed.contains(">Officials</a>"), "{unnamed}");
    let named = found.split("<h2>Speakers</h2>").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(named.contains("Ilse Brandauer") && !named.to_lowercase().contains("officials"), "{named}");
    let facets: Value = served.json("/v1/facets?q=ferry");
    assert!(facets["places"].as_array().unwrap().iter().any(|place| place["name"] == "VELDEN"), "{facets}");
}

#[test]
fn direct_speech_comes_before_reported_speech_or_alone() {
    let served = served();
    for path in ["/speaker?speaker=brandauer", "/?q=ferry&show=quotations&speaker=brandauer"] {
        let both = page(&served, path);
        let (direct, reported) = (both.find("We want the ferry back"), both.find("had been promised"));
        assert!(direct.is_some() && direct < reported, "{both}");
        let alone = page(&served, &format!("{path}&speech=direct"));
        assert!(alone.contains("We want the ferry back") && !alone.contains("had been promised"), "{alone}");
        assert!(alone.contains("<b aria-current=\"true\">direct speech only</b>"), "{alone}");
    }
}

#[test]
fn every_mention_stands_in_the_middle_of_a_line() {
    let served = served();
    let lines = page(&served, "/?q=ferry&show=lines&duplicates=show");
    assert_eq!(lines.matches("<li class=\"line\">").count(), 10, "{lines}");
    assert!(
        lines.contains(
            "<span class=\"left\"><span>Nobody has seen the </span></span><mark>ferry</mark><span class=\"right\"> move.</span>"
        ),
        "{lines}"
    );
}

/// The lines of a page as plain text, with the mention in brackets.
fn lines_of(page: &str) -> Vec<String> {
    let list = page.split("<ul class=\"lines\">").nth(1).unwrap_or_else(|| panic!("no lines: {page}"));
    let lines = list.split("</ul>").next().unwrap().split("<li class=\"line\">").skip(1);
    let plain = |line: &str| line.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    lines.map(|line| plain(&line.replace("<mark>", "[").replace("</mark>", "]"))).collect()
}

#[test]
fn lines_are_sorted_by_what_stands_beside_the_mention_or_by_who_says_it() {
    let dir = Archive::indexed(&[
        ("a.txt", "Quay news\n\nVELDEN, March 3 - The old ferry Zora sank. The \u{c9}tat ferry \"Alma\" waits.\n"),
        (
            "b.txt",
            "Pier news\n\nVELDEN, March 4 - \"A new ferry must come,\" said Tom Alder. \"No ferry comes,\" said Ada Quill.\n",
        ),
    ]);
    let served = Served::over(dir, &[]);
    let sorted = |by: &str| page(&served, &format!("/?q=ferry&show=lines&sort={by}"));
    let after = sorted("after");
    assert!(after.contains("<p class=\"sorted\">All 4 lines sorted by the words after the mention.</p>"), "{after}");
    assert!(after.contains("<b aria-current=\"true\">by words after</b>"), "{after}");
    let begin = |page: &str, starts: [&str; 4]| {
        let lines = lines_of(page);
        assert_eq!(lines.len(), 4, "{lines:?}");
        for (line, start) in lines.iter().zip(starts) {
            assert!(line.contains(start), "{start} in {lines:#?}");
        }
    };
    begin(&after, ["[ferry] &quot;Alma", "[ferry] comes", "[ferry] must", "[ferry] Zora"]);
    begin(&sorted("before"), ["\u{c9}tat [ferry]", "new [ferry]", "No [ferry]", "old [ferry]"]);
    let by_speaker = sorted("speaker");
    begin(&by_speaker, ["A new [ferry]", "No [ferry]", "old [ferry]", "tat [ferry]"]);
    let lines = lines_of(&by_speaker);
    assert!(lines[0].ends_with("\u{b7} Tom Alder") && lines[1].ends_with("\u{b7} Ada Quill"), "{lines:#?}");
    assert!(!lines[2].contains('\u{b7}') && !lines[3].contains('\u{b7}'), "{lines:#?}");
    // An order of lines is none of passages: whoever goes over to them begins with the best.
    assert!(by_speaker.contains("<a href=\"/?q=ferry\">passages</a>"), "{by_speaker}");
}

#[test]
fn what_was_not_sorted_is_told_and_the_rest_has_pages() {
    let story = |number: usize| format!("Word {number}\n\nVELDEN, March 3 - {}\n", format!("The ferry {number:04}. ").repeat(45));
    let stories: Vec<(String, String)> = (0..100).map(|number| (format!("{number}.txt"), story(number))).collect();
    let files: Vec<(&str, &str)> = stories.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let served = Served::over(Archive::indexed(&files), &[]);
    let last = page(&served, "/?q=ferry&show=lines&sort=after&duplicates=show&page=100");
    assert!(
        last.contains("Only the first 4,000 lines</b> are sorted, by the words after the mention; there are more."),
        "{last}"
    );
    assert_eq!(lines_of(&last).len(), 40);
    assert!(!last.contains("rel=\"next\""), "{last}");
    let first = page(&served, "/?q=ferry&show=lines&sort=after&duplicates=show");
    assert!(first.contains("rel=\"next\"") && lines_of(&first)[0].contains("[ferry] 00"), "{first}");
}

#[test]
fn whatever_can_be_taken_along_is_there() {
    let served = served();
    for path in ["/?q=ferry", "/?q=ferry&show=lines", "/?q=ferry&show=quotations"] {
        let found = page(&served, path);
        assert!(found.contains("Follow this search"), "{path}");
        let along = links(&found, "/v1/");
        for format in ["csv", "json", "bibtex", "ris", "csl"] {
            assert!(along.iter().any(|link| link.ends_with(&format!("format={format}"))), "{path}: {format} of {along:?}");
        }
        for link in along {
            assert_eq!(served.get(&link).0, 200, "{link}");
        }
    }
    let found = page(&served, "/?q=bathers");
    assert!(found.contains("<p class=\"citation\">\u{201c}") && found.contains("paragraph 1."), "{found}");
}

#[test]
fn names_are_suggested_as_they_are_typed() {
    let served = served();
    let queries = |typed: &str| -> Vec<String> {
        let found = served.json(&format!("/v1/suggest?q={}", encoded(typed)));
        found["suggestions"].as_array().unwrap().iter().map(|one| one["query"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(queries("ferry bran"), ["ferry speaker:\"Ilse Brandauer\""]);
    assert_eq!(queries("ostr"), ["place:\"OSTRAND\""]);
    assert_eq!(queries("outlet:post"), ["outlet:\"Tarsk Post\""]);
    assert_eq!(queries("brandaeur"), ["speaker:\"Ilse Brandauer\""]);
    assert_eq!(served.get("/v1/suggest").0, 400);
    // Before any script has asked for others, the box offers those of the page.
    assert!(page(&served, "/?q=ferry").contains("<option value=\"speaker:&quot;Ilse Brandauer&quot;\">"));
}

#[test]
fn what_is_spelt_nearly_so_is_one_link_away() {
    let served = served();
    for (typed, meant) in [
        ("\"ferry compny\"", "/?q=%22ferry+company%22"),
        // Beside "full of": "bathers" stands there, and nothing else does.
        ("\"ferry full of bathres\"", "/?q=%22ferry+full+of+bathers%22"),
        ("bathrs zeppelyn", "/?q=bathers+zeppelyn"),
        ("speaker:brandaur", "/?q=speaker%3Abrandauer"),
    ] {
        let found = page(&served, &format!("/?q={}", encoded(typed)));
        let offered = found.split("Did you mean").nth(1).unwrap_or_else(|| panic!("{typed}: {found}"));
        let link = links(offered, "/?q=").remove(0);
        assert_eq!(link, meant, "{typed}");
        assert!(page(&served, &link).contains("<li class=\"clipping\""), "{meant}");
    }
    let (status, _, nobody) = served.get("/speaker?speaker=Brandaur");
    assert!(status == 404 && nobody.contains("<a class=\"meant\" href=\"/speaker?speaker=Ilse+Brandauer\">"), "{nobody}");
}

#[test]
fn the_archive_can_be_browsed_before_anything_is_asked() {
    let served = served();
    let first = page(&served, "/");
    for shown in
        ["<strong>4 articles</strong>", "March 2025: 3 articles", "Quoted most", "Latest", "Lido opens", "href=\"/help\""]
    {
        assert!(first.contains(shown), "{shown}: {first}");
    }
    let month = links(&first, "/?from=2025-04").remove(0);
    assert!(page(&served, &month).contains("Lido opens"));
    let speakers = page(&served, "/speakers");
    assert!(speakers.contains("href=\"/speaker?speaker=Ilse+Brandauer\""), "{speakers}");
    assert!(page(&served, "/speakers?sort=name").contains("<b aria-current=\"true\">by name</b>"));
    let outlets = page(&served, "/outlets");
    assert!(
        outlets.contains("href=\"/?outlet=Orlec+Herald&amp;sort=-date\">Orlec Herald</a></th><td class=\"number\">2</td>"),
        "{outlets}"
    );
    assert!(page(&served, "/help").contains("<h2 id=\"phrases\">"));
    let (_, head, icon) = served.get("/icon.svg");
    assert!(head.contains("image/svg+xml") && icon.starts_with("<svg"), "{head}");
}

#[test]
fn pages_have_numbers_and_no_story_stands_on_two() {
    let archive = Archive::new();
    for number in 0..25 {
        archive.write(
            &format!("{number}.txt"),
            format!("Ferry number {number}\n\nThe ferry sails.\n\nThe ferry of day {number} came back.\n"),
        );
    }
    archive.build();
    let served = Served::over(archive, &[]);
    let mut stories = Vec::new();
    for number in 1..=3 {
        let found = page(&served, &format!("/?q=ferry&page={number}&duplicates=show"));
        assert!(found.contains(&format!("<b aria-current=\"page\">{number}</b>")), "{found}");
        assert_eq!(found.contains("rel=\"next\""), number < 3, "{number}");
        let heads = found.split("<h2><a href=\"/articles/").skip(1).filter_map(|rest| rest.split('?').next()).map(str::to_owned);
        stories.extend(heads);
    }
    assert_eq!(stories.len(), 25);
    stories.sort();
    stories.dedup();
    assert_eq!(stories.len(), 25);
    assert_eq!(served.get("/?q=ferry&page=0").0, 400);
}

#[test]
fn the_answers_can_come_before_the_totals() {
    let served = served();
    let answers = page(&served, "/?q=ferry&part=answers");
    assert!(answers.contains("<li class=\"clipping\"") && !answers.contains("mentions</strong>"), "{answers}");
    assert!(answers.contains("<a href=\"/?q=ferry\" data-later=\"\">Count them</a>"), "{answers}");
    let counts = page(&served, "/?q=ferry&part=counts");
    assert!(
        counts.contains("mentions</strong>") && counts.contains("class=\"timeline\"") && !counts.contains("clipping"),
        "{counts}"
    );
    for id in ["count", "narrow", "time", "more-1"] {
        assert!(counts.contains(&format!("id=\"{id}\"")) && answers.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn queries_are_drawn_beside_each_other_with_every_figure() {
    let served = served();
    assert!(!page(&served, "/timeline").contains("<svg"));
    let drawn = page(&served, "/timeline?q=ferry%0Alido&every=month&measure=share&copies=once&from=&to=");
    assert!(drawn.contains(">% of all stories by month, copies counted once</text>"), "{drawn}");
    assert!(drawn.contains("<option value=\"once\" selected>"), "{drawn}");
    let figures = served.json("/v1/timelines?q=ferry%0Alido");
    let plain = page(&served, "/timeline?q=ferry%0Alido");
    let mut cells = plain.split("<tbody>").nth(1).unwrap().split("<td class=\"number\">").skip(1).map(|cell| {
        let cell = cell.split("</td>").next().unwrap();
        cell.split('>').nth(usize::from(cell.starts_with('<'))).unwrap_or(cell).split('<').next().unwrap().to_owned()
    });
    for (row, stretch) in figures["stretches"].as_array().unwrap().iter().enumerate() {
        let printed = stretch["articles"].as_u64().unwrap();
        for curve in figures["curves"].as_array().unwrap() {
            let articles = curve["counts"][row]["each"]["articles"].as_u64();
            let expected = if printed == 0 { "\u{2013}".to_owned() } else { articles.unwrap().to_string() };
            assert_eq!(cells.next().unwrap(), expected, "{stretch}");
        }
        assert_eq!(cells.next().unwrap(), printed.to_string());
    }
    assert_eq!(cells.next(), None);
    // What is counted is a link to it.
    let link = links(&plain, "/?q=ferry&from=2025-").remove(0);
    assert!(page(&served, &link).contains("class=\"clipping\""), "{link}");
    assert!(links(&page(&served, "/?q=ferry"), "/timeline").contains(&"/timeline?q=ferry".to_owned()));
    for (path, why) in [("/timeline?q=a%0Ab%0Ac%0Ad%0Ae", "give 1 to 4"), ("/timeline?q=ferry&every=hour", "every")] {
        let (status, _, refused) = served.get(path);
        assert!(status == 400 && refused.contains(why), "{path}: {status} {refused}");
    }
}
