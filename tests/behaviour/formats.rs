//! Small files of every format, with invented people and places, and what is to be recognised in each.
//!
//! The expected lines stand in `tests/formats/expected.jsonl`: one object of `newshound inspect --json` an article, and one for each
//! input that gives none. `UPDATE_EXPECTED=1 cargo test --test behaviour formats` writes it anew.

use newshound::article::Article;
use newshound::source::{self, CorpusFile, Options, inspect::inspect};
use std::collections::BTreeSet;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

fn read(root: &Path) -> String {
    let mut lines = String::new();
    for found in source::files(root) {
        let found = found.expect("a readable file");
        if found.name == "expected.jsonl" {
            continue;
        }
        let doubts = source::read(&found, &Options::default(), &mut |article| {
            let line = match article {
                Ok(article) => {
                    traced(&article, &found);
                    serde_json::to_string(&inspect(&article))
                }
                Err(unread) => serde_json::to_string(&unread),
            };
            lines += &line.expect("JSON");
            lines.push('\n');
            ControlFlow::Continue(())
        });
        for doubt in doubts {
            lines += &serde_json::to_string(&doubt).expect("JSON");
            lines.push('\n');
        }
    }
    lines
}

/// Every span lies in the text, and the place of every paragraph in the file shows the same words.
fn traced(article: &Article, found: &CorpusFile) {
    let file = decoded(article, found);
    for paragraph in &article.paragraphs {
        let words = paragraph.span.of(&article.text);
        assert_eq!(words.trim(), words);
        let (start, end) = article.origin.in_file(&article.text, paragraph.span).unwrap_or_else(|| panic!("{words}"));
        let Some(file) = &file else { continue };
        let there: String = file.chars().skip(start).take(end - start).collect();
        let once = without_tags(&there);
        let printed = [letters(&plain(&once)), letters(&plain(&without_tags(&entities(&once))))];
        assert!(
            printed.contains(&letters(words)),
            "{}#{}: {words:?} is at {there:?}",
            article.source.path,
            article.source.record
        );
        let line = 1 + file.chars().take(start).filter(|c| *c == '\n').count();
        assert_eq!(article.origin.line(paragraph.span.start), Some(line as u32), "{words}");
    }
}

/// The file as newshound decodes it; `None` for those whose places are in something else, as `docs/formats.md` says: the page
/// within a web archive, the text of a document, a word that the recognition of a scan parted in two, base64 within a mail.
fn decoded(article: &Article, found: &CorpusFile) -> Option<String> {
    if matches!(article.source.format.as_str(), "warc" | "arc" | "har" | "docx" | "odt" | "rtf" | "pdf" | "alto") {
        return None;
    }
    let member = article.source.path.split_once('!').map(|(_, member)| member);
    let bytes = unpacked(std::fs::read(&found.path).expect("readable"), member);
    if bytes.starts_with(&[0xff, 0xfe]) {
        return Some(encoding_rs::UTF_16LE.decode(&bytes).0.into_owned());
    }
    let latin = || bytes.iter().map(|byte| char::from(*byte)).collect();
    Some(String::from_utf8(bytes.clone()).map_or_else(|_| latin(), |text| text.trim_start_matches('\u{feff}').to_string()))
}

fn unpacked(bytes: Vec<u8>, member: Option<&str>) -> Vec<u8> {
    let mut out = Vec::new();
    match bytes.as_slice() {
        [0x1f, 0x8b, ..] => drop(flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut out)),
        [0x28, 0xb5, ..] => out = zstd::decode_all(&bytes[..]).expect("zstd"),
        [b'B', b'Z', b'h', ..] => drop(bzip2::read::MultiBzDecoder::new(&bytes[..]).read_to_end(&mut out)),
        [0xfd, b'7', ..] => drop(lzma_rust2::XzReader::new(&bytes[..], true).read_to_end(&mut out)),
        [b'P', b'K', ..] => {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("zip");
            archive.by_name(member.expect("a member")).expect("the member").read_to_end(&mut out).expect("read");
        }
        _ if bytes.get(257..262) == Some(b"ustar") => {
            for entry in tar::Archive::new(&bytes[..]).entries().expect("tar") {
                let mut entry = entry.expect("an entry");
                if entry.path_bytes() == member.expect("a member").as_bytes() {
                    entry.read_to_end(&mut out).expect("read");
                }
            }
        }
        _ => return bytes,
    }
    unpacked(out, member)
}

/// Without tags, what is no part of the text within them, ends of CDATA, addresses of Markdown's links.
fn without_tags(printed: &str) -> String {
    regex::Regex::new("<r[tp]>[^<]*</r[tp]>|<button>[^<]*</button>|<[^>]*>|\\]\\]>|\\]\\([^)]*\\)")
        .expect("a pattern")
        .replace_all(printed, "")
        .into_owned()
}

fn entities(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

/// Words as printed in a file, entities, escapes and quoted-printable decoded.
fn plain(printed: &str) -> String {
    let mut text = entities(&entities(printed));
    if let Ok(unescaped) = serde_json::from_str::<String>(&format!("\"{text}\"")) {
        text = unescaped;
    }
    let soft = text.replace("=\r\n", "").replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = soft.as_str();
    while let Some(at) = rest.find('=') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        match rest.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[at + 3..];
            }
            None => rest = &rest[at + 1..],
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|error| error.into_bytes().iter().map(|byte| char::from(*byte)).collect())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What is to be read, by the beginnings of the names of its files: every format, dialect and packing in at least two files.
const KINDS: &[&str] = &[
    "text/",
    "html/",
    "jsonl/news-please",
    "json/fundus",
    "csv/newspaper4k jsonl/newspaper4k",
    "jsonl/trafilatura json/trafilatura",
    "jsonl/cc-news jsonl/realnews",
    "jsonl/any-keys jsonl/mixed",
    "json/",
    "json/feed",
    "ninjs/1",
    "ninjs/2",
    "ninjs/3",
    "csv/",
    "csv/semicolon.tsv csv/tabs.tsv",
    "feed/rss-09",
    "feed/rss-10",
    "feed/rss-20",
    "feed/atom",
    "nitf/",
    "newsml/g2",
    "newsml/12",
    "xml/rcv",
    "xml/proquest",
    "xml/plain",
    "reuters-sgml/",
    "trec-sgml/gigaword",
    "trec-sgml/ap trec-sgml/wsj trec-sgml/ft",
    "smart/",
    "lexisnexis/",
    "lexisnexis/page.html lexisnexis/page-alone.html",
    "lexisnexis/danish.txt lexisnexis/french.txt lexisnexis/german.txt",
    "docx/lexis",
    "factiva/one.txt factiva/two.txt factiva/wrapped.txt",
    "factiva/plain.txt factiva/plain-german.txt",
    "factiva/page.html factiva/page-plain.html",
    "xml/factiva",
    "proquest/one.txt proquest/two.txt",
    "proquest/historical.txt proquest/page.html",
    "europresse/page",
    "cuttings/newsbank",
    "cuttings/gale",
    "cuttings/pressreader",
    "ris/",
    "bibtex/",
    "wire/iptc",
    "wire/anpa",
    "newsml/g2-page.xml newsml/g2-plain.xml",
    "odt/",
    "rtf/",
    "epub/",
    "pdf/lantern pdf/ferries",
    "alto/",
    "arc/",
    "har/",
    "feed/wordpress",
    "feed/sitemap",
    "warc/deflate.warc warc/brotli.warc",
    "docx/harbour docx/truce",
    "mail/alert.eml mail/html.eml",
    "mail/latin1.mbox mail/two.mbox",
    "markdown/front markdown/toml",
    "warc/clock.warc warc/crawl.warc",
    "warc/clock.warc.gz warc/crawl.warc.gz",
    "packed/clock.csv.gz packed/truce.txt.gz",
    "packed/clock.csv.zst packed/harbour.txt.zst",
    "packed/clock.csv.bz2 packed/truce.txt.bz2",
    "packed/clock.csv.xz packed/truce.txt.xz",
    "packed/days.zip packed/two.zip",
    "packed/nested.tar packed/two.tar",
];

#[test]
fn every_kind_of_file_is_here_twice_and_gives_articles() {
    let expected = include_str!("../formats/expected.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let articles: Vec<(String, String)> = expected
        .filter(|line| line.get("headline").is_some())
        .map(|line| (line["file"].as_str().expect("a file").to_string(), line["format"].as_str().expect("a format").to_string()))
        .collect();
    let mut missing = Vec::new();
    for kind in KINDS {
        let files: BTreeSet<&str> = articles
            .iter()
            .map(|(file, _)| file.split('!').next().unwrap_or(file))
            .filter(|file| {
                kind.split(' ')
                    .any(|start| *file == start || (start.contains('.') || file.starts_with(start)) && !start.contains('.'))
            })
            .collect();
        if files.len() < 2 {
            missing.push(format!("{kind}: {files:?}"));
        }
    }
    // And every format the documentation lists.
    let docs = include_str!("../../docs/formats.md");
    let table = docs.lines().skip_while(|line| !line.starts_with("|---")).skip(1).take_while(|line| line.starts_with("| "));
    let mut listed = 0;
    for row in table {
        let first = row.split('|').nth(1).expect("a cell");
        for format in first.split('`').skip(1).step_by(2) {
            listed += 1;
            let files: BTreeSet<&str> =
                articles.iter().filter(|(_, seen)| seen == format).map(|(file, _)| file.as_str()).collect();
            if files.len() < 2 {
                missing.push(format!("`{format}`: {files:?}"));
            }
        }
    }
    assert!(missing.is_empty() && listed >= 20, "{listed} listed; in fewer than two files: {missing:#?}");
}

#[test]
fn every_format_is_read_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let seen = read(&root);
    let expected = root.join("expected.jsonl");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&expected, &seen).expect("write");
    }
    let expected = std::fs::read_to_string(&expected).unwrap_or_default();
    for (number, (seen, expected)) in seen.lines().zip(expected.lines()).enumerate() {
        assert_eq!(seen, expected, "line {}", number + 1);
    }
    assert_eq!(seen.lines().count(), expected.lines().count());
}
