//! Finished citations: what they tell, what they leave out, and that what reads references reads them.

use crate::given::archive::{Archive, check_ends, err, objects, out, run};
use crate::given::served::Served;
use newshound::render::cite::{Bibliography, Citation, CitationFormat};
use newshound::source::{self, Options, inspect::inspect};
use serde_json::{Value, json};
use std::ops::ControlFlow;

const TEXT: &str = "\"We sail at 5 % of the price & keep {every} berth,\" harbour master Tilde Varga said on Monday.\n\nThe board said it would meet in the autumn.";

/// One article with everything a citation can tell, one with next to nothing.
fn archive() -> Archive {
    let whole = json!({
        "title": "Ferries stay cheap_ish: 100% of #1", "authors": ["Ada Quill", "Orla Pip"], "outlet": "Harbour Post & Co",
        "date": "2025-03-06T09:30:00Z", "url": "https://harbour.example/ferries?berth=5&p=50%25", "language": "en", "section": "Business", "text": TEXT,
    });
    let bare = json!({"text": "Nobody knows when the ferry of Ostrand will sail."});
    Archive::indexed(&[("stories.jsonl", format!("{whole}\n{bare}\n"))])
}

fn cited(archive: &Archive, arguments: &[&str]) -> String {
    let output = run(archive.path(), arguments);
    check_ends(&output, 0);
    out(&output)
}

#[test]
fn a_footnote_tells_who_said_what_where_and_when() {
    let archive = archive();
    assert_eq!(
        cited(&archive, &["quotes", "--by", "varga", "--kind", "direct", "--cite", "plain"]),
        "Tilde Varga: “We sail at 5 % of the price & keep {every} berth,” In: Ada Quill, Orla Pip, \
         “Ferries stay cheap_ish: 100% of #1”, Harbour Post & Co, 6 March 2025, paragraph 1. \
         https://harbour.example/ferries?berth=5&p=50%25 (stories.jsonl:1)\n"
    );
    let found = objects(&run(archive.path(), &["search", "ostrand", "--json"]));
    let (id, place) = (found[0]["article"].as_str().unwrap(), found[0]["id"].as_str().unwrap());
    let service = ["--service", "http://127.0.0.1:8080/"];
    let passage = cited(&archive, &[&["search", "ostrand", "--cite", "plain"][..], &service].concat());
    let words = "“Nobody knows when the ferry of Ostrand will sail.”";
    assert_eq!(passage, format!("{words} In: paragraph 1. http://127.0.0.1:8080/articles/{id}#p1 (stories.jsonl:2)\n"));
    let shown = cited(&archive, &[&["show", place, "--cite", "plain"][..], &service].concat());
    assert_eq!(shown, passage);
    assert_eq!(cited(&archive, &["show", id, "--cite", "plain"]), "(stories.jsonl)\n");
    for nothing in ["0", "9999", "q0", "x"] {
        let output = run(archive.path(), &["show", &format!("{id}.{nothing}"), "--cite", "plain"]);
        check_ends(&output, 1);
        assert!(err(&output).contains("no passage or quotation"), "{}", err(&output));
    }
}

/// A wrong name in a footnote is copied from there.
#[test]
fn a_speaker_who_is_not_certain_is_in_no_citation() {
    let archive = archive();
    let reader = archive.reader();
    let found = objects(&run(archive.path(), &["quotes", "--by", "varga", "--kind", "direct", "--json"]));
    let id = found[0]["article"].as_str().unwrap().parse().unwrap();
    let (article, mut quotations) = newshound::Engine::article(&reader, id).unwrap().unwrap();
    let number = quotations.iter().position(|quotation| quotation.span.of(&article.text).contains("berth")).unwrap();
    let of = |id: String, quotations: &[newshound::Quotation]| {
        Citation::of_id(&id, &article, quotations).unwrap().written(CitationFormat::Plain, None)
    };
    let (quotation, passage) = (format!("{id}.q{number}"), format!("{id}.1"));
    assert!(of(quotation.clone(), &quotations).starts_with("Tilde Varga: "));
    assert!(of(passage.clone(), &quotations).contains("(speaking: Tilde Varga"), "{}", of(passage, &quotations));
    quotations.iter_mut().for_each(|quotation| quotation.confidence = 0.5);
    assert!(!of(quotation, &quotations).contains("Tilde"), "{}", of(passage.clone(), &quotations));
    assert!(!of(passage, &quotations).contains("speaking"));
}

/// What newshound itself reads of an export of references: headline, authors, outlet, day, address.
fn read(name: &str, file: &str) -> Vec<[String; 5]> {
    let mut found = Vec::new();
    source::read_from(name, file.as_bytes(), &Options::default(), &mut |article| {
        let article = match article {
            Ok(article) => article,
            // An article without a headline has nothing that a citation could be read by.
            Err(unread) => {
                assert!(unread.message.contains("without title"), "{unread:?}");
                return ControlFlow::Continue(());
            }
        };
        let read = inspect(&article);
        let outlet = article.outlet.clone().unwrap_or_default();
        let published = read.published.unwrap_or_default();
        found.push([
            read.headline.unwrap_or_default(),
            read.authors.join(" + "),
            outlet,
            published,
            article.url.unwrap_or_default(),
        ]);
        ControlFlow::Continue(())
    });
    found
}

#[test]
fn programs_that_keep_references_read_them_back() {
    let archive = archive();
    let all = |format: &str| cited(&archive, &["search", "ferry OR berth OR board", "--sort", "date", "--cite", format]);
    let facts = ["Ferries stay cheap_ish: 100% of #1", "Ada Quill + Orla Pip", "Harbour Post & Co", "2025-03-06"];
    let ris = all("ris");
    assert_eq!(ris.matches("TY  - NEWS\r\n").count(), 4, "{ris}");
    assert!(ris.ends_with("ER  - \r\n") && ris.lines().all(|line| line.is_empty() || line[2..].starts_with("  - ")), "{ris}");
    let back = read("list.ris", &ris);
    assert_eq!(back.len(), 3);
    assert_eq!(
        (&back[0][..4], back[0][4].as_str()),
        (&facts.map(str::to_owned)[..], "https://harbour.example/ferries?berth=5&p=50%25")
    );
    let bibtex = all("bibtex");
    assert_eq!(bibtex.matches("@article{newshound-").count(), 3, "{bibtex}");
    assert_eq!(bibtex.matches("@misc{newshound-").count(), 1, "{bibtex}");
    // Braces are in pairs outside of what is escaped by name, for there are no others.
    assert_eq!(bibtex.matches('{').count(), bibtex.matches('}').count());
    assert_eq!(read("list.bib", &bibtex)[0][..4], facts.map(str::to_owned));
    let csl: Value = serde_json::from_str(&all("csl")).unwrap();
    assert_eq!(csl[0]["author"], json!([{"literal": "Ada Quill"}, {"literal": "Orla Pip"}]));
    assert_eq!((&csl[0]["issued"], &csl[0]["title"]), (&json!({"date-parts": [[2025, 3, 6]]}), &json!(facts[0])));
    assert_eq!((csl.as_array().unwrap().len(), &csl[3]["type"], csl[3].get("issued")), (4, &json!("article"), None));
}

#[test]
fn nothing_found_is_a_file_without_entries() {
    for (format, file) in ["plain", "bibtex", "ris", "csl"].into_iter().zip(["", "", "", "[]\n"]) {
        assert_eq!(Bibliography::new(CitationFormat::named(format).unwrap(), None).of(&[]), file);
    }
}

#[test]
fn the_service_cites_with_a_link_that_opens_the_passage() {
    let served = Served::over(archive(), &[]);
    let (_, _, body) = served.get("/v1/search?q=ostrand");
    let found: Value = serde_json::from_str(&body).unwrap();
    let (article, passage) = (found["passages"][0]["article"].as_str().unwrap(), found["passages"][0]["id"].as_str().unwrap());
    let (status, head, body) = served.get(&format!("/v1/citations/{passage}"));
    assert_eq!(status, 200, "{body}");
    assert!(
        head.contains("content-type: text/plain") && body.contains(&format!("http://{}/articles/{article}#p1", served.address)),
        "{body}"
    );
    let opened = served.get(&format!("/articles/{article}")).2;
    assert!(opened.contains("id=\"p1\""), "{opened}");
    for (format, media, begin) in [
        ("bibtex", "application/x-bibtex", "@misc{"),
        ("ris", "application/x-research", "TY  - "),
        ("csl", "application/vnd.citationstyles.csl+json", "[{"),
    ] {
        let (_, head, body) = served.get(&format!("/v1/citations/{passage},{article}?format={format}"));
        assert!(head.contains(media) && body.starts_with(begin) && body.matches(article).count() >= 2, "{head}{body}");
    }
    for (path, status) in
        [("x", 404), (&format!("{article}.q7"), 404), (&format!("{article}?format=pdf"), 400), (&"a,".repeat(200), 400)]
    {
        assert_eq!(served.get(&format!("/v1/citations/{path}")).0, status, "{path}");
    }
}

#[test]
fn an_export_says_what_was_asked_and_of_which_index() {
    let served = Served::over(archive(), &[]);
    let here = served.dir.path();
    let (asked, commit) = (["search", "ostrand", "--all", "--provenance"], served.get("/v1/status").2);
    let commit: Value = serde_json::from_str(&commit).unwrap();
    let head = objects(&run(here, &[&asked[..], &["--json"]].concat())).remove(0);
    assert_eq!((&head["type"], &head["query"], &head["articles"]), (&json!("export"), &json!("ostrand"), &json!(2)));
    assert_eq!(head["commit"], commit["commit"]);
    let (_, _, lines) = served.get("/v1/mentions?q=ostrand&provenance=true");
    assert_eq!(serde_json::from_str::<Value>(lines.lines().next().unwrap()).unwrap(), head);
    let table = out(&run(here, &[&asked[..], &["--csv"]].concat()));
    assert!(
        table.starts_with("# newshound ") && table.contains("\r\n# query: ostrand\r\n") && table.contains("\r\nrank,id,"),
        "{table}"
    );
    assert!(table.contains(commit["commit"].as_str().unwrap()), "{table}");
    // For who takes `#` for the beginning of a remark, it begins none within a row: the headline has one.
    let row = out(&run(here, &["search", "berth", "--csv"]));
    assert!(row.contains("\"Ferries stay cheap_ish: 100% of #1\""), "{row}");
    assert_eq!(served.get("/v1/mentions?q=ostrand&provenance=true&format=csv").2.lines().next(), table.lines().next());
    check_ends(&run(here, &asked), 2);
}
