//! Shapes in which real pages, tables and JSON come, one line each: what is read of them, and what the report says.

mod kept;

use newshound::source::{self, Options, inspect::inspect};
use std::ops::ControlFlow;

/// What is read of the file: headline, authors, day, paragraphs, a line an article; then what the report says, by its kind.
fn read(name: &str, file: &[u8]) -> String {
    let mut seen = Vec::new();
    let doubts = source::read_from(name, file, &Options::default(), &mut |article| {
        seen.push(match article {
            Ok(article) => {
                let found = inspect(&article);
                let parts = [found.headline.unwrap_or_default(), found.authors.join(", "), found.published.unwrap_or_default()];
                let parts = parts.into_iter().filter(|part| !part.is_empty()).chain(found.paragraphs).collect::<Vec<_>>();
                parts.join(" | ")
            }
            Err(unread) => format!("[{:?}] {}", unread.reason, unread.message),
        });
        ControlFlow::Continue(())
    });
    seen.extend(doubts.into_iter().map(|doubt| format!("({:?})", doubt.kind)));
    seen.join("\n")
}

fn check(name: &str, file: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(read(name, file.as_ref()), expected.join("\n"), "{name}: {}", String::from_utf8_lossy(file.as_ref()));
}

const FIRST: &str = "The light of Vexia went out on Friday, for the oil of the tower had come to its end.";
const SECOND: &str = "“We have no oil,” said Ada Quill, who keeps the tower of the town and its two boats.";

fn page(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Light out</title>{head}</head><body>{body}</body></html>"
    )
}

fn story(between: &str) -> String {
    page("", &format!("<main><article><h1>Light out</h1><p>{FIRST}</p>{between}<p>{SECOND}</p></article></main>"))
}

fn linked(data: &str) -> String {
    format!("<script type=\"application/ld+json\">{data}</script>")
}

#[test]
fn pages_are_read_whole() {
    let plain = format!("Light out | {FIRST} | {SECOND}");
    let whole = |between: &str| format!("Light out | {FIRST} | {between} | {SECOND}");
    // Short items of a list, rows of a table, terms, text without an element of its own.
    check("a.html", story("<ul><li>Bring oil.</li><li>Bring wood.</li></ul>"), &[&whole("Bring oil. | Bring wood.")]);
    check(
        "a.html",
        story("<table><tr><th>Boat<th>Sails<tr><td>Orla<td>at noon</table>"),
        &[&whole("Boat  Sails | Orla  at noon")],
    );
    check("a.html", story("<dl><dt>Why oil?<dd>It is dark.</dl>"), &[&whole("Why oil? | It is dark.")]);
    check("a.html", story("Told at noon."), &[&whole("Told at noon.")]);
    // A list of links is none.
    check("a.html", story("<ul><li><a href=x>More light</a><li><a href=y>More oil</a></ul>"), &[&plain]);
    // Unless each item goes on to tell.
    let told = "The town of Orlec buys more light. It is to last, the mayor says, until the oil comes with the goats on Monday.";
    let items = format!("<ol><li><b><a href=x>{}</a>{}</b></li></ol>", &told[..33], &told[33..]);
    check("a.html", story(&items), &[&whole(told)]);
    // A row called after the man it tells of, and many of them.
    let rows = |n: usize| (1..n).map(|n| format!("<tr class=player-{n}><td>{n}<td>Ada Quill")).collect::<String>();
    let results = (1..90).map(|n| format!("{n}  Ada Quill")).collect::<Vec<_>>().join(" | ");
    check("a.html", story(&format!("<table>{}</table>", rows(90))), &[&whole(&results)]);
    // The page is put together by a script.
    let html = format!("<p class=\"t\">{FIRST}</p><p>{SECOND} {SECOND} {SECOND} {SECOND}</p>");
    let script = format!("<h1>Light out</h1><div id=app></div><script>push([1,{}])</script>", serde_json::json!(html));
    check("a.html", page("", &script), &[&format!("Light out | {FIRST} | {SECOND} {SECOND} {SECOND} {SECOND}")]);
    // What only some browsers show.
    for name in ["noscript", "template"] {
        let hidden =
            format!("<div id=app></div><{name}><article><h1>Light out</h1><p>{FIRST}</p><p>{SECOND}</p></article></{name}>");
        check("a.html", page("", &hidden), &[&plain]);
    }
    // The whole story is told to machines, its beginning to people.
    let told =
        format!("{{\"@type\":\"NewsArticle\",\"headline\":\"Light out\",\"articleBody\":\"{FIRST}\\n{SECOND}\\n{SECOND}\"}}");
    let teaser = page(&linked(&told), &format!("<article><h1>Light out</h1><p>{FIRST}</p></article>"));
    check("a.html", teaser, &[&format!("{plain} | {SECOND}")]);
    let live = format!(
        "{{\"@type\":\"LiveBlogPosting\",\"headline\":\"Light out\",\"liveBlogUpdate\":[{{\"headline\":\"Noon\",\"articleBody\":\"{FIRST}\"}},{{\"articleBody\":\"{SECOND}\"}}]}}"
    );
    check("a.html", page(&linked(&live), "<h1>Light out</h1>"), &[&format!("Light out | Noon | {FIRST} | {SECOND}")]);
}

#[test]
fn a_page_is_named_signed_and_dated_by_what_it_prints() {
    let body = |above: &str| format!("<article>{above}<p>{FIRST}</p><p>{SECOND}</p></article>");
    let plain = format!("{FIRST} | {SECOND}");
    // The logo is the only `h1`.
    let logo = "<html><head><title>Light out | Vexia Post</title></head><body><header><h1>Vexia Post</h1></header>";
    check("a.html", format!("{logo}{}</body></html>", body("<h2>Light out</h2>")), &[&format!("Light out | {plain}")]);
    // A change, and the day of another story, are not the day it was printed.
    let changed = "<meta property=\"article:modified_time\" content=\"2025-03-20T10:00:00Z\">";
    let printed = body("<h1>Light out</h1><time datetime=\"2025-03-14\">14 March</time>");
    check("a.html", page(changed, &printed), &[&format!("Light out | 2025-03-14 | {plain}")]);
    let beside = "<aside class=related><time datetime=\"2020-01-01\">1 January 2020</time> Old light</aside>";
    let line = body("<h1>Light out</h1><p>Published on 14 March 2025, 10:15</p>");
    let seen = read("a.html", page("", &format!("{beside}{line}")).as_bytes());
    assert!(seen.starts_with("Light out | 2025-03-14T10:15 |"), "{seen}");
    for (field, authors) in [
        ("Ada Quill, VEXIA POST", "Ada Quill"),
        ("Ada Quill, Sr, Tom Brass, MD", "Ada Quill, Tom Brass"),
        ("By ADA QUILL, TOM BRASS and MIA PENN", "Ada Quill, Tom Brass, Mia Penn"),
    ] {
        let meta = format!("<meta name=author content=\"{field}\">");
        check("a.html", page(&meta, &body("<h1>Light out</h1>")), &[&format!("Light out | {authors} | {plain}")]);
    }
}

#[test]
fn bytes_that_say_nothing_of_their_encoding_are_told() {
    let page = "<html lang=\"ru\"><head><title>Маяк погас</title></head><body><article><h1>Маяк погас</h1><p>Маяк Вексии погас в пятницу, потому что на башне кончилось масло, сообщил порт города.</p></article></body></html>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
    check(
        "a.html",
        bytes,
        &["Маяк погас | Маяк Вексии погас в пятницу, потому что на башне кончилось масло, сообщил порт города.", "(Bytes)"],
    );
    let text = "Light out\n\nThe light of Vexia went out on Friday, said the port.\n";
    let read = "Light out | The light of Vexia went out on Friday, said the port.";
    let units = |big: bool| {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect::<Vec<u8>>()
    };
    let wide = |big: bool| {
        text.chars().map(u32::from).flat_map(|c| if big { c.to_be_bytes() } else { c.to_le_bytes() }).collect::<Vec<u8>>()
    };
    for bytes in [units(false), units(true), wide(false), wide(true)] {
        check("a.txt", bytes, &[read, "(Bytes)"]);
    }
    check("a.txt", [&[0xff, 0xfe, 0, 0][..], &wide(false)].concat(), &[read]);
}

#[test]
fn a_feed_of_other_papers_names_them() {
    let item = "<title>Light out - The Vexia Post</title><description>&lt;a href=x&gt;Light out&lt;/a&gt;&amp;nbsp;&lt;font&gt;The Vexia Post&lt;/font&gt;</description>";
    let feed = |item: &str| {
        format!(
            "<rss><channel><title>Top</title><item>{item}<source url=\"https://x.example\">The Vexia Post</source></item></channel></rss>"
        )
    };
    check("a.xml", feed(item), &["Light out", "(HeadlineOnly)"]);
    // What says more than the headline stays.
    check("a.xml", feed("<title>Light out</title><description>No oil.</description>"), &["Light out | No oil."]);
}

#[test]
fn tables_are_read_as_their_programs_write_them() {
    check(
        "a.csv",
        "title,body,date\nOne,\"The \"light\" of Vexia, it said.\",2025-03-14\n",
        &["One | 2025-03-14 | The \"light\" of Vexia, it said."],
    );
    check(
        "a.csv",
        "3,\"Light out\",\"The light of Vexia went out on Friday.\"\n4,\"Light in\",\"It came back.\"\n",
        &["Light out | The light of Vexia went out on Friday.", "Light in | It came back.", "(Field)"],
    );
    check("a.csv", "sep=;\ntitle;body\nOne;Out.\n", &["One | Out."]);
    check("a.csv", "title,body\nOne,\"Out.\nTwo,\"In.\"\n", &["One | Out.", "Two | In.", "(Markup)"]);
    check(
        "a.csv",
        "title,body,by\nOne,\"Out.\nHe said,\"\"no\"\" then, and left.\",\"Ada Quill\"\n",
        &["One | Ada Quill | Out. | He said,\"no\" then, and left."],
    );
    check(
        "a.csv",
        "title,body\n\"Oil &amp; light\",\"Out &quot;now&quot;.\\nIn then.\"\n",
        &["Oil & light | Out \"now\". | In then."],
    );
    let much = "They spoke of the light and of the oil. ".repeat(20);
    check("a.csv", format!("title,body,notes\nOne,Out.,{much}\n"), &["One | Out.", "(Partial)"]);
    check("a.csv", "title,body\nOne,Out.,and more\n", &["One | Out.", "(Markup)"]);
}

#[test]
fn json_is_read_in_whatever_shape_it_comes() {
    let two = &["One | Out.", "Two | In."];
    for json in [
        r#"{"title":"One","text":"Out."}{"title":"Two","text":"In."}"#,
        r#"{"a-1":{"title":"One","text":"Out."},"a-2":{"title":"Two","text":"In."}}"#,
        r#"{"total":2,"item":[{"title":"One","text":"Out."},{"title":"Two","text":"In."}]}"#,
        r#"{"title":{"0":"One","1":"Two"},"text":{"0":"Out.","1":"In."}}"#,
        r#"{"columns":["title","text"],"index":[0,1],"data":[["One","Out."],["Two","In."]]}"#,
        r#"{"took":3,"hits":{"hits":[{"_source":{"title":"One","text":"Out."}},{"_source":{"title":"Two","text":"In."}}]}}"#,
        r#"{"response":{"results":[{"webTitle":"One","fields":{"bodyText":"Out."}},{"webTitle":"Two","fields":{"bodyText":"In."}}]}}"#,
        r#"[{"title":"One","contents":[{"type":"title","content":"One"},null,{"type":"sanitized_html","content":"<b>Out</b>."}]},{"title":"Two","text":"In."}]"#,
    ] {
        check("a.json", json, two);
    }
    check(
        "a.json",
        r#"[{"title":"One","text":"Out.","views":NaN},{"title":"Two","text":"In.",}]"#,
        &["One | Out.", "Two | In.", "(Markup)"],
    );
    check(
        "a.json",
        r#"[{"title":"One","text":"Out.","date":{"$date":"2025-03-14T10:00:00Z"}}]"#,
        &["One | 2025-03-14T10:00:00Z | Out."],
    );
    check(
        "a.json",
        r#"[{"headline":{"main":"One"},"byline":{"original":"By Ada Quill"},"lead_paragraph":"Out."}]"#,
        &["One | Ada Quill | Out."],
    );
    check("a.json", r#"["a story as a string", {"title":"One","text":"Out."}]"#, &["One | Out.", "(Partial)"]);
    let much = "They spoke of the light and of the oil. ".repeat(20);
    check("a.json", format!(r#"[{{"title":"One","text":"Out.","words":"{much}"}}]"#), &["One | Out.", "(Partial)"]);
}

#[test]
fn no_file_is_passed_over_in_silence() {
    check("a.json", "[]", &["[NoText] read as json, and no article found in it"]);
    check(
        "a.xml",
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Vexia</title></channel></rss>",
        &["[NoText] read as feed, and no article found in it"],
    );
    check("a.csv", "title,body\n", &["[NoText] read as csv, and no article found in it"]);
    check(
        "a.warc",
        "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nsoft\r\n\r\n",
        &["[NoText] read as warc, and no article found in it"],
    );
    // The note in the head of NITF has a body of its own.
    let nitf = "<?xml version=\"1.0\"?><nitf><head><docdata><note><body.content><p>Not for print.</p></body.content></note></docdata></head>\
        <body><body.head><hedline><hl1>Light out</hl1></hedline></body.head><body.content><p>Out.</p><pre>ORLA  2\nTERN  0</pre>And in.</body.content></body></nitf>";
    check("a.xml", nitf, &["Light out | Out. | ORLA  2 | TERN  0 | And in."]);
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Vexia</title><item><title>One</title><description>Out<br>now &amp; then.</description>\
        <pubDate>Fri, 14 Mar 2025 11:00:00 GMT</pubDate></item><item><title>Two</title><description>In.</description></item></channel></rss>";
    check("a.xml", feed, &["One | 2025-03-14T11:00:00Z | Out now & then.", "Two | In.", "(Markup)"]);
}
