//! The pages for people, as they come over the wire; tests/behaviour/browser.rs looks at them with a browser.

use super::payloads::{self, PAYLOADS, encoded};
use super::started;
use crate::given::archive::Archive;
use crate::given::served::Served;

/// Asserts that `page` has no tag and no attribute but ours, and leads nowhere else.
fn is_ours(page: &str, what: &str) {
    const TAGS: &str = " !DOCTYPE html head meta title link script body a header form label input button div main h1 h2 p strong span ul ol li b \
        code output figure svg rect figcaption article mark nav aside details summary section footer kbd dialog dl dt dd sup textarea del ins datalist option table thead tbody tr th td pre ";
    const NAMES: &str = " lang charset name content rel href type src defer class action method role for id value autocomplete spellcheck \
        placeholder maxlength rows start data-cite aria-label aria-current viewBox preserveAspectRatio data-from tabindex x y width height open title \
        data-speaker list scope data-later hidden form checked ";
    // Where the original of an article may be.
    const ROOTS: [&str; 2] = ["http://", "https://"];
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let Some(end) = end_of_tag(rest) else { panic!("{what}: a tag without an end: {rest}") };
        let tag = rest[..end].trim_start_matches('/').trim();
        rest = &rest[end + 1..];
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(TAGS.contains(&format!(" {name} ")), "{what}: <{tag}>");
        if name == "!DOCTYPE" {
            continue;
        }
        while let Some((attribute, after)) = attributes.split_once("=\"") {
            let words: Vec<&str> = attribute.split_whitespace().collect();
            assert!(words.iter().all(|word| NAMES.contains(&format!(" {word} "))), "{what}: {attribute} in <{tag}>");
            let (value, after) = after.split_once('"').expect("a quoted value");
            let leads = matches!(words.last(), Some(&("href" | "src" | "action")));
            let original = tag.contains("class=\"original\"") && ROOTS.iter().any(|root| value.starts_with(root));
            assert!(!leads || original || value.starts_with('/') || value.starts_with('#'), "{what}: {value} in <{tag}>");
            attributes = after;
        }
        assert!(
            attributes.split_whitespace().all(|word| NAMES.contains(&format!(" {word} "))),
            "{what}: {attributes} in <{tag}>"
        );
    }
}

fn end_of_tag(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == '>' && !quoted).then_some(at)
    })
}

/// A service over an archive in whose every field one of the payloads stands.
fn poisoned() -> Served {
    let archive = Archive::new();
    payloads::write(&archive.corpus());
    archive.build();
    Served::over(archive, &[])
}

#[test]
fn foreign_text_is_text_on_every_page() {
    let served = poisoned();
    let mut pages = 0;
    let mut look = |path: &str| {
        let (status, head, page) = served.get(path);
        assert!(head.contains("default-src 'none'; script-src 'self'"), "{head}");
        is_ours(&page, path);
        pages += 1;
        (status, page)
    };
    let mut articles = 0;
    for after in ["", "&sort=date", "&sort=-date"] {
        let (_, page) = look(&format!("/?q=harm{after}"));
        for address in page.split("href=\"/articles/").skip(1).filter_map(|rest| rest.split(['"', '#']).next()) {
            let (status, _) = look(&format!("/articles/{}", address.replace("&amp;", "&")));
            assert_eq!(status, 200, "{address}");
            articles += 1;
        }
    }
    for payload in PAYLOADS {
        let text = encoded(payload);
        for path in [
            "/?q=",
            "/?q=%22peace%22+",
            "/?speaker=",
            "/?q=peace&place=",
            "/?q=peace&outlet=",
            "/?q=peace&from=",
            "/speaker?speaker=",
            "/verify?q=we+want+a+short+peace+",
            "/articles/",
        ] {
            look(&format!("{path}{text}"));
        }
    }
    assert!(articles >= 30 && pages >= 230, "{articles} articles of {pages} pages");
}

#[test]
fn a_search_needs_no_script() {
    let served = started(&[]);
    let (status, _, page) = served.get("/?q=%22long-term+peace%22");
    assert_eq!(status, 200);
    for shown in [
        "<strong>2 mentions</strong>",
        "<mark>long-term peace</mark>",
        "Truce talks open in Velden",
        "Ilse Brandauer",
        "corpus/a.txt",
    ] {
        assert!(page.contains(shown.trim_start_matches("corpus/")), "{shown}: {page}");
    }
    let target = page.split("href=\"/articles/").nth(1).unwrap().split(['"', '#']).next().unwrap().replace("&amp;", "&");
    let (status, _, article) = served.get(&format!("/articles/{target}"));
    assert_eq!(status, 200);
    assert!(article.contains("class=\"unit lit\"") && article.contains("<mark>long-term peace</mark>"), "{article}");
    assert!(article.contains("title=\"Ilse Brandauer (quoted)\""), "{article}");
    let (_, _, speaker) = served.get("/speaker?speaker=brandauer");
    assert!(speaker.contains("<h1>Ilse Brandauer</h1>") && speaker.contains("We want a"), "{speaker}");
    // What is narrowed stays narrowed, and each filter can be left out again.
    let (_, _, narrowed) = served.get("/?q=peace&speaker=Ilse+Brandauer&sort=date");
    assert!(
        narrowed.contains("name=\"speaker\" value=\"Ilse Brandauer\"") && narrowed.contains("href=\"/?q=peace&amp;sort=date\"")
    );
    let (_, _, nothing) = served.get("/?q=%22peace+of+Hallmere%22&place=Velden");
    assert!(
        nothing.contains("Nothing found") && nothing.contains("href=\"/?q=peace+of+Hallmere&amp;place=Velden\""),
        "{nothing}"
    );
    assert!(served.get("/?q=peace&lmit=3").2.contains("did you mean") || served.get("/?q=peace&lmit=3").0 == 400);
    assert_eq!(served.get("/articles/nothing").0, 404);
    assert_eq!(served.get("/speaker?speaker=Nobody").0, 404);
    let (_, head, search) = served.get("/opensearch.xml");
    assert!(
        head.contains("application/opensearchdescription+xml")
            && search.contains(&format!("template=\"http://{}/?q={{searchTerms}}\"", served.address))
    );
    let (_, _, first) = served.get("/");
    let example = first.split("<ul class=\"examples\"><li><a href=\"").nth(1).expect("an example").split('"').next().unwrap();
    assert!(served.get(&example.replace("&amp;", "&")).2.contains("<li class=\"clipping\""), "{example}");
}

#[test]
fn limits_of_time_hold_or_are_refused_by_name() {
    let served = started(&[]);
    let dated = r#"{"title": "A longer talk", "text": "They spoke of a long-term peace.", "date": "2025-03-04"}"#;
    served.dir.write("b.jsonl", dated);
    served.dir.build();
    let waited = std::time::Instant::now();
    while served.json("/v1/status")["articles"] != 2 {
        assert!(waited.elapsed().as_secs() < 10);
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    for (time, status, shown) in [
        ("from=2025-03", 200, "<strong>1 mention</strong>"),
        ("from=2025&to=2025", 200, "<strong>1 mention</strong>"),
        ("to=2024-12-31", 200, "2 passages without a known month"),
        ("from=&to=", 200, "<strong>3 mentions</strong>"),
        ("from=abc", 400, "`from=abc`: give a day, month or year as 2025-03-14, 2025-03 or 2025"),
        ("from=2025-13", 400, "`from=2025-13`"),
        ("to=2025-02-30", 400, "`to=2025-02-30`"),
        ("from=2025-04&to=2025-03", 400, "`from=2025-04` is later than `to=2025-03`"),
    ] {
        let (found, _, page) = served.get(&format!("/?q=%22long-term+peace%22&{time}"));
        assert_eq!(found, status, "{time}");
        assert!(page.contains(shown), "{time}: {page}");
    }
}

#[test]
fn a_feed_is_of_what_the_page_shows() {
    let served = started(&[]);
    let feed = |path: &str| {
        let page = served.get(path).2;
        let at = page.split("application/atom+xml\"").nth(1)?.split("href=\"").nth(1)?.split('"').next()?.replace("&amp;", "&");
        Some(served.get(&at).2.matches("<entry>").count())
    };
    assert_eq!(feed("/?q=peace&speaker=Ilse+Brandauer").map(|entries| entries > 0), Some(true));
    assert_eq!(feed("/?q=peace&to=2024"), Some(0));
    assert_eq!(feed("/?q=peace&place=Nowhere"), Some(0));
    assert_eq!(feed("/"), None);
    assert_eq!(feed("/speaker?speaker=brandauer"), None);
}

#[test]
fn a_sentence_is_verbatim_altered_or_not_there() {
    let served = started(&[]);
    for (given, title, shown) in [
        ("\"We want a long-term peace,\"", "Verbatim", "Ilse Brandauer"),
        ("WE WANT A LONG TERM PEACE", "The same words", "<mark>We want a long-term peace</mark>"),
        ("We want a lasting peace, said Ilse", "Altered", "<del>lasting</del>"),
        ("We want a lasting peace, said Ilse", "Altered", "<ins>long-term</ins>"),
        ("The bridges of Hallmere will never open again", "Altered", "<del>never</del>"),
        ("A zeppelin landed behind the town hall", "Not found", "Elsewhere it may be printed"),
        ("", "Check a quotation", "<textarea id=\"given\""),
        ("...", "Check a quotation", "Paste a sentence"),
    ] {
        let (status, _, page) = served.get(&format!("/verify?q={}", encoded(given)));
        assert!(status == 200 && page.contains(&format!("<h1>{title}</h1>")) && page.contains(shown), "{given}: {page}");
        is_ours(&page, given);
    }
}

#[test]
fn what_is_kept_is_shown_and_taken_along() {
    let served = started(&[]);
    let found = served.json("/v1/search?q=peace&limit=3");
    let ids: Vec<&str> = found["passages"].as_array().unwrap().iter().map(|passage| passage["id"].as_str().unwrap()).collect();
    let page = served.get("/?q=peace").2;
    assert!(
        page.contains(&format!("name=\"ids\" value=\"{}\" form=\"basket\"", ids[0])) && page.contains("<form id=\"basket\""),
        "{page}"
    );
    assert!(page.contains("/v1/mentions?q=peace&amp;provenance=true&amp;format=csv"), "{page}");
    // As a form without script sends them, and as the script does.
    let joined = ids.join(",");
    let each: Vec<String> = ids.iter().map(|id| format!("ids={id}")).collect();
    let pages =
        [format!("/basket?{}", each.join("&")), format!("/basket?ids={joined},{}", ids[0])].map(|path| served.get(&path).2);
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0].matches("checked").count(), ids.len());
    assert!(pages[0].contains(&format!("{} passages", ids.len())) && pages[0].contains("format=bibtex"), "{}", pages[0]);
    let json = served.json(&format!("/v1/passages?ids={joined},{}.9999,nothing&provenance=true", &ids[0][..16]));
    let given: Vec<&str> = json["passages"].as_array().unwrap().iter().map(|passage| passage["id"].as_str().unwrap()).collect();
    assert_eq!((given, json["missing"].as_array().unwrap().len()), (ids.clone(), 2));
    assert_eq!(json["provenance"]["commit"], served.json("/v1/status")["commit"]);
    let table = served.get(&format!("/v1/passages?ids={joined}&format=csv&provenance=true")).2;
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("# newshound ") && lines.len() == 2 + 1 + ids.len(), "{table}");
    let many: Vec<String> = (0..101).map(|number| format!("0000000000000000.{number}")).collect();
    assert_eq!(served.get(&format!("/v1/passages?ids={}", many.join(","))).0, 400);
    assert!(served.get("/basket").2.contains("Nothing is kept"));
}
