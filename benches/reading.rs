//! How many megabytes of each format a core reads in a second, beside what is asked of it.
//!
//! `cargo bench --bench reading` writes the same invented stories in every format to a temporary directory and reads each file three
//! times; the best run counts, in time of the processor and with the opening of files. `-- NAME` measures one format.

use cpu_time::ThreadTime;
use newshound::source::{self, Options};
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

const STORIES: usize = 2000;

fn main() {
    let only = std::env::args().nth(1).filter(|name| !name.starts_with('-'));
    let stories: Vec<Story> = (0..STORIES).map(story).collect();
    let directory = tempfile::tempdir().expect("a temporary directory");
    println!("{:<14} {:>6} {:>9} {:>9} {:>9}", "format", "MB", "articles", "MB/s", "asked");
    for (name, asked, file, write) in FORMATS {
        if only.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        let path = directory.path().join(file);
        std::fs::write(&path, write(&stories)).expect("room for the file");
        let (megabytes, articles, rate) = measure(&path);
        let asked = asked.map_or("-".into(), |asked| format!(">= {asked}"));
        println!("{name:<14} {megabytes:>6.1} {articles:>9} {rate:>9.0} {asked:>9}");
        std::fs::remove_file(&path).expect("the file just written");
    }
}

/// Megabytes, articles, and megabytes a second of CPU time.
fn measure(path: &Path) -> (f64, usize, f64) {
    let found: Vec<_> = source::files(path).flatten().collect();
    let megabytes = found.iter().map(|file| file.bytes).sum::<u64>() as f64 / 1e6;
    let (mut best, mut articles) = (f64::MAX, 0);
    for _ in 0..3 {
        articles = 0;
        let began = ThreadTime::now();
        for file in &found {
            source::read(file, &Options::default(), &mut |article| {
                articles += usize::from(article.is_ok());
                ControlFlow::Continue(())
            });
        }
        best = best.min(began.elapsed().as_secs_f64());
    }
    (megabytes, articles, megabytes / best)
}

struct Story {
    headline: String,
    place: &'static str,
    day: usize,
    paragraphs: Vec<String>,
}

/// An invented story of about 2,500 bytes; the same number gives the same story.
fn story(number: usize) -> Story {
    const PLACES: [&str; 6] = ["NOVAPOL", "ORLEC", "HALLMERE", "TARSK", "VELBERG", "OSTRAND"];
    const SENTENCES: [&str; 8] = [
        "The harbour council met for nine hours on Tuesday and left without an agreement.",
        "\u{201c}We want a long-term peace,\u{201d} said Ada Quill, the envoy of Vexia, who had come by boat.",
        "Prices of bread, salt and lamp oil rose by 4 percent in the week after the bridge was closed.",
        "\"Nothing less will do,\" the minister told reporters, adding that talks would go on in spring.",
        "Residents of the old town crossed the river in small boats & carried what they could.",
        "According to the company, the works were to be finished within eleven weeks of the thaw.",
        "Nobody could say why the clock had struck thirteen, nor who had wound it the night before.",
        "Petra Vasko, 43, a teacher at the harbour school, said that her pupils had walked for an hour.",
    ];
    let mut seed = number as u64 * 2 + 1;
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % below
    };
    let paragraph = |draw: &mut dyn FnMut(usize) -> usize| {
        let sentences: Vec<&str> = (0..2 + draw(2)).map(|_| SENTENCES[draw(SENTENCES.len())]).collect();
        sentences.join(" ")
    };
    let paragraphs = (0..12).map(|_| paragraph(&mut draw)).collect();
    Story { headline: format!("Envoys agree to meet again, day {number}"), place: PLACES[draw(6)], day: 1 + draw(28), paragraphs }
}

type Write = fn(&[Story]) -> String;

/// Name, megabytes a second asked for, file name, and how the stories are written.
const FORMATS: &[(&str, Option<u32>, &str, Write)] = &[
    ("text", Some(200), "one.txt", text),
    ("jsonl", Some(200), "many.jsonl", |stories| each(stories, |story| format!("{}\n", json(story)))),
    ("json", None, "many.json", |stories| format!("[{}]", stories.iter().map(json).collect::<Vec<_>>().join(",\n"))),
    ("json, nested", None, "nested.json", |stories| {
        format!("{{\"articles\": [{}]}}", stories.iter().map(json).collect::<Vec<_>>().join(",\n"))
    }),
    ("csv", None, "many.csv", csv),
    ("feed", Some(80), "feed.xml", feed),
    ("nitf", Some(80), "many.nitf.xml", |stories| format!("<?xml version=\"1.0\"?>\n<archive>{}</archive>", each(stories, nitf))),
    ("newsml", Some(80), "g2.xml", newsml),
    ("xml", Some(80), "rcv.xml", |stories| format!("<?xml version=\"1.0\"?>\n<items>{}</items>", each(stories, rcv))),
    ("reuters-sgml", Some(80), "reut2.sgm", |stories| each(stories, reuters)),
    ("trec-sgml", Some(80), "ap.sgm", |stories| each(stories, trec)),
    ("html", Some(20), "page.warc", warc),
    ("smart", None, "time.all", |stories| each(stories, smart) + "*STOP\n"),
    ("mail", None, "many.mbox", |stories| each(stories, mail)),
    ("markdown", None, "long.md", |stories| format!("---\ntitle: Envoys\ndate: 2025-03-14\n---\n{}", each(stories, body))),
];

fn each(stories: &[Story], write: fn(&Story) -> String) -> String {
    stories.iter().map(write).collect()
}

fn body(story: &Story) -> String {
    story.paragraphs.join("\n\n") + "\n\n"
}

fn marked(story: &Story) -> String {
    story.paragraphs.iter().map(|paragraph| format!("<p>{}</p>\n", escaped(paragraph))).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Hard-wrapped as agencies send it.
fn wrapped(story: &Story) -> String {
    let mut text = String::new();
    for paragraph in &story.paragraphs {
        let mut column = 4;
        text.push_str("   ");
        for word in paragraph.split(' ') {
            if column + word.len() > 66 {
                text.push('\n');
                column = 0;
            } else {
                text.push(' ');
            }
            text.push_str(word);
            column += word.len() + 1;
        }
        text.push('\n');
    }
    text
}

/// One long file of text, as a book of reports would be.
fn text(stories: &[Story]) -> String {
    let first = &stories[0];
    format!("{}\n\n{}, March {} (VPA) - {}", first.headline, first.place, first.day, each(stories, body))
}

fn json(story: &Story) -> String {
    let text = story.paragraphs.join("\n");
    serde_json::json!({"title": story.headline, "date_publish": format!("2025-03-{:02}", story.day), "authors": ["Tom Brass"],
        "source_domain": "herald.example", "maintext": text})
    .to_string()
}

fn csv(stories: &[Story]) -> String {
    let mut table = "title,date,text\n".to_string();
    for story in stories {
        let text = story.paragraphs.join("\n").replace('"', "\"\"");
        let _ = writeln!(table, "\"{}\",2025-03-{:02},\"{text}\"", story.headline, story.day);
    }
    table
}

fn feed(stories: &[Story]) -> String {
    let item = |story: &Story| {
        format!(
            "<item><title>{}</title><link>https://herald.example/{}</link><pubDate>Fri, {} Mar 2025 18:05:00 +0000</pubDate>\
             <content:encoded><![CDATA[{}]]></content:encoded></item>\n",
            story.headline,
            story.day,
            story.day,
            marked(story)
        )
    };
    let items: String = stories.iter().map(item).collect();
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\
         <title>The Orlec Herald</title>{items}</channel></rss>"
    )
}

fn nitf(story: &Story) -> String {
    format!(
        "<nitf><body><body.head><hedline><hl1>{}</hl1></hedline><dateline><location>{}</location></dateline></body.head>\
         <body.content>{}</body.content></body></nitf>\n",
        story.headline,
        story.place,
        marked(story)
    )
}

fn newsml(stories: &[Story]) -> String {
    let item = |story: &Story| {
        format!(
            "<newsItem guid=\"urn:{}\" xml:lang=\"en\"><itemMeta><itemClass qcode=\"ninat:text\"/><provider><name>VPA</name></provider>\
             <versionCreated>2025-03-{:02}T18:05:00+01:00</versionCreated></itemMeta><contentMeta><headline>{}</headline></contentMeta>\
             <contentSet><inlineXML contenttype=\"application/xhtml+xml\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{}</body>\
             </html></inlineXML></contentSet></newsItem>\n",
            story.headline,
            story.day,
            story.headline,
            marked(story)
        )
    };
    let items: String = stories.iter().map(item).collect();
    format!(
        "<?xml version=\"1.0\"?>\n<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>{items}</itemSet></newsMessage>"
    )
}

fn rcv(story: &Story) -> String {
    format!(
        "<newsitem date=\"1996-08-{:02}\" xml:lang=\"en\"><title>{}</title><headline>{}</headline><dateline>{}</dateline><text>{}</text></newsitem>\n",
        story.day,
        story.headline,
        story.headline,
        story.place,
        marked(story)
    )
}

fn reuters(story: &Story) -> String {
    format!(
        "<REUTERS TOPICS=\"NO\" NEWID=\"1\">\n<DATE>{}-MAR-1987 16:17:11.02</DATE>\n<TEXT>\n<TITLE>{}</TITLE>\n\
         <DATELINE>    {}, March {} - </DATELINE><BODY>{}\n Reuter\n</BODY></TEXT>\n</REUTERS>\n",
        story.day,
        story.headline,
        story.place,
        story.day,
        escaped(&wrapped(story))
    )
}

fn trec(story: &Story) -> String {
    format!(
        "<DOC>\n<DOCNO> AP8802{:02}-0001 </DOCNO>\n<HEAD>{}</HEAD>\n<DATELINE>{} (AP) </DATELINE>\n<TEXT>\n{}</TEXT>\n</DOC>\n",
        story.day,
        story.headline,
        story.place,
        escaped(&wrapped(story))
    )
}

fn smart(story: &Story) -> String {
    format!("*TEXT {} 03/{:02}/63 PAGE 020\n\n{}\n", story.day, story.day, wrapped(story).to_uppercase())
}

fn mail(story: &Story) -> String {
    format!(
        "From desk@vexia.example Fri Mar 14 18:05:00 2025\nFrom: The desk <desk@vexia.example>\nSubject: {}\n\
         Date: Fri, 14 Mar 2025 18:05:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n{}",
        story.headline,
        body(story)
    )
}

/// Pages of a newspaper with menus, links and scripts around the story, as a crawler keeps them.
fn warc(stories: &[Story]) -> String {
    let menu: String =
        (0..60).map(|n| format!("<li class=\"nav-item\"><a href=\"/section/{n}\">Section {n}</a></li>\n")).collect();
    let links: String = (0..30)
        .map(|n| format!("<article class=\"teaser\"><a href=\"/{n}\"><h3>Rain in Ostrand again, {n}</h3></a></article>\n"))
        .collect();
    let script = "window.dataLayer = window.dataLayer || [];\n".repeat(80);
    let mut all = String::new();
    for story in &stories[..stories.len() / 4] {
        let page = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><title>{0} | The Orlec Herald</title><meta property=\"og:title\" content=\"{0}\">\
             <meta property=\"article:published_time\" content=\"2025-03-{1:02}T18:05:00Z\"><script>{script}</script></head><body>\
             <nav><ul>{menu}</ul></nav><main><article><h1>{0}</h1><p class=\"byline\">By Tom Brass</p><div class=\"story-body\">{2}</div>\
             </article></main><aside>{links}</aside><footer><p>Copyright The Orlec Herald</p></footer></body></html>",
            story.headline,
            story.day,
            marked(story)
        );
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let _ = write!(
            all,
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://herald.example/{}\r\nContent-Type: application/http; msgtype=response\r\n\
             Content-Length: {}\r\n\r\n{answer}\r\n\r\n",
            story.day,
            answer.len()
        );
    }
    all
}
