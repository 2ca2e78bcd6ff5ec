//! Files that mean harm, or come to it: each is refused by name or read with what can be read, soon, and its neighbours are spared.

use crate::given::dice::Dice;
use cpu_time::ThreadTime;
use newshound::article::Article;
use newshound::source::{self, Options, Reason, Unread};
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

type Outcome = Vec<Result<Article, Unread>>;

/// Five seconds for any file; a build without optimisation, on a busy machine, is given more.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 40 } else { 5 });

/// Reads `bytes` as the file `name`; fails when that takes too long.
fn read(name: &str, bytes: &[u8]) -> Outcome {
    read_stream(name, bytes)
}

fn read_stream(name: &str, reader: impl Read) -> Outcome {
    let start = Instant::now();
    let mut all = Vec::new();
    source::read_from(name, reader, &Options::default(), &mut |article| {
        all.push(article);
        ControlFlow::Continue(())
    });
    assert!(start.elapsed() < PATIENCE, "{name} took {:?}", start.elapsed());
    all
}

fn reasons(outcome: &Outcome) -> Vec<Reason> {
    outcome.iter().filter_map(|one| one.as_ref().err()).map(|unread| unread.reason).collect()
}

fn articles(outcome: &Outcome) -> usize {
    outcome.iter().filter(|one| one.is_ok()).count()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

#[test]
fn a_bomb_is_refused_while_it_unpacks() {
    let blanks = vec![b' '; 300 << 20];
    let bomb = gzipped(&blanks);
    assert_eq!(reasons(&read("bomb.txt.gz", &bomb)), [Reason::Hostile]);
    assert_eq!(reasons(&read("twice.gz", &gzipped(&bomb))), [Reason::Hostile]);
    let good: &[u8] = b"Rain in Ostrand\n\nIt rained for a week.\n\nIt did not stop.\n";
    let outcome = read("bombs.zip", &zipped(&[("a.txt", good), ("b.txt", &blanks), ("c.txt", good)]));
    assert_eq!((articles(&outcome), reasons(&outcome)), (2, vec![Reason::Hostile]));
}

#[test]
fn archives_within_archives_end() {
    let mut bytes = zipped(&[("a.txt", b"Rain in Ostrand\n\nIt rained.\n\nIt did not stop.\n".as_slice())]);
    for _ in 0..6 {
        bytes = zipped(&[("in.zip", &bytes)]);
    }
    assert_eq!(reasons(&read("nest.zip", &bytes)), [Reason::Hostile]);
}

#[test]
fn archives_cut_short_or_lying_are_named() {
    let whole = zipped(&[("a.txt", b"Rain in Ostrand\n\nIt rained.\n\nIt did not stop.\n".as_slice())]);
    for cut in 0..whole.len() {
        read("cut.zip", &whole[..cut]);
    }
    let mut lying = whole.clone();
    // The sizes in the local header.
    lying[18..26].copy_from_slice(&[0xff; 8]);
    read("lying.zip", &lying);
    let gz = gzipped(b"Rain in Ostrand\n\nIt rained.\n");
    assert_eq!(reasons(&read("cut.gz", &gz[..gz.len() - 6])), [Reason::Broken]);
}

#[test]
fn entities_are_not_expanded_and_nothing_outside_is_read() {
    let mut xml = String::from("<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY a0 \"ha\">");
    for level in 1..40 {
        let refer = format!("&a{};", level - 1).repeat(10);
        xml += &format!("<!ENTITY a{level} \"{refer}\">");
    }
    xml += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]><nitf><hl1>Rain &a39; &file;</hl1><body.content><p>It rained.</p></body.content></nitf>";
    let outcome = read("laughs.xml", xml.as_bytes());
    let article = outcome[0].as_ref().expect("an article");
    assert_eq!(article.headline(), "Rain &a39; &file;");
}

#[test]
fn deep_nesting_and_many_attributes_cost_little() {
    let page = "<div>".repeat(100_000) + "<p>It rained for a week, and nobody in the whole of Ostrand stayed dry.</p>";
    assert_eq!(articles(&read("deep.html", page.as_bytes())), 1);
    let attributes: String = (0..1_000_000).map(|number| format!(" a{number}=1")).collect();
    let page = format!("<html><body{attributes}><p>It rained for a week, and nobody in the whole of Ostrand stayed dry.</p>");
    assert_eq!(articles(&read("attributes.html", page.as_bytes())), 1);
    assert_eq!(reasons(&read("deep.xml", format!("<?xml version=\"1.0\"?>{}", "<a>".repeat(100_000)).as_bytes())).len(), 2);
    assert_eq!(reasons(&read("attributes.xml", format!("<nitf{attributes}/>").as_bytes())), [Reason::NoText, Reason::Hostile]);
    let json =
        format!("[{{\"title\":\"Rain\",\"body\":{}1{}}},{{\"title\":\"Rain\"}}]", "[".repeat(100_000), "]".repeat(100_000));
    let outcome = read("deep.json", json.as_bytes());
    assert_eq!((articles(&outcome), reasons(&outcome)), (2, vec![]));
    let heads = "<article><h1>Rain</h1><p class=author>By Ada Quill</p></article>".repeat(20_000);
    read("heads.html", format!("<html><title>Rain</title>{heads}").as_bytes());
    for tag in [
        "<div class=author>",
        "<article class=comment>",
        "<h1>",
        "<time>",
        "<div itemprop=datePublished>",
        "<b>",
        "<a href=x>",
        "<p>",
        "<li>",
        "<table>",
        "<td>",
        "<!--",
        "<script>",
        "</p>",
        "<![CDATA[",
        "&",
        "<",
    ] {
        read("repeated.html", format!("<html>{}", tag.repeat(200_000)).as_bytes());
    }
}

#[test]
fn one_bad_record_never_costs_its_neighbours() {
    let mut lines = String::new();
    for number in 0..1000 {
        lines += match number % 50 {
            7 => "{broken\n",
            _ => "{\"title\":\"Rain in Ostrand\",\"text\":\"It rained.\"}\n",
        };
    }
    let long = format!("{{\"title\":\"Rain\",\"text\":\"{}\"}}\n", "x".repeat(17 << 20));
    lines += &long;
    lines += "{\"title\":\"Rain \\ud800 in Ostrand\",\"text\":\"It \\u0000 rained \\udc00.\"}\n";
    let outcome = read("lines.jsonl", lines.as_bytes());
    assert_eq!(articles(&outcome), 981);
    assert_eq!(reasons(&outcome).iter().filter(|reason| **reason == Reason::TooLarge).count(), 1);
    let last = outcome.last().and_then(|one| one.as_ref().ok()).expect("the last record");
    assert_eq!(last.headline(), "Rain \u{fffd} in Ostrand");
    assert_eq!(last.source.record, 1001);
}

#[test]
fn a_line_of_a_gigabyte_is_refused_and_not_kept() {
    struct Endless(u64);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = (buffer.len() as u64).min(self.0) as usize;
            buffer[..length].fill(b'x');
            self.0 -= length as u64;
            Ok(length)
        }
    }
    let first: &[u8] = b"{\"title\":\"Rain in Ostrand\"}\n{\"title\":\"";
    let outcome =
        read_stream("line.jsonl", first.chain(Endless(1 << 30)).chain(b"\"}\n{\"title\":\"Sun in Ostrand\"}\n".as_slice()));
    assert_eq!((articles(&outcome), reasons(&outcome)), (2, vec![Reason::TooLarge]));
    assert_eq!(reasons(&read_stream("line.txt", Endless(1 << 30))), [Reason::TooLarge]);
}

/// Files of gigabytes that are mostly hole: named after a megabyte of it, not read to their end.
#[test]
fn a_file_that_is_a_hole_is_named_as_no_text() {
    let heads = [
        ("hole.jsonl", "{\"title\":\"Rain in Ostrand\",\"text\":\"It rained.\"}\n"),
        ("hole.csv", "title,text\nRain,It rained in Ostrand.\n"),
        ("hole.json", "[{\"title\":\"Rain in Ostrand\",\"text\":\"It rained.\"},\n"),
        (
            "hole.mbox",
            "From a@b.example Fri Mar 14 18:05:00 2025\nFrom: a@b.example\nSubject: Rain\nDate: Fri, 14 Mar 2025 18:05:00 +0100\n\nIt rained.\n\n",
        ),
    ];
    for (name, head) in heads {
        let text = head.repeat((100 << 10) / head.len());
        let outcome = read_stream(name, text.as_bytes().chain(std::io::repeat(0).take(20 << 30)));
        assert_eq!(reasons(&outcome).last(), Some(&Reason::Binary), "{name}: {:?}", reasons(&outcome));
        assert!(articles(&outcome) > 100, "{name}");
    }
}

#[test]
fn bytes_of_every_kind_are_read_or_named() {
    let bidi = "Rain \u{202e}in Ostrand\n\nIt \u{0}rained\u{1b}[31m for a week.\n\nIt did not stop.\n";
    let article = &read("bidi.txt", bidi.as_bytes())[0];
    assert!(article.as_ref().is_ok_and(|article| !article.text.contains('\u{1b}')));
    assert_eq!(reasons(&read("empty.txt", b"")), [Reason::Empty]);
    assert_eq!(reasons(&read("blank.txt", b" \n\n \t\n")), [Reason::NoText]);
    assert_eq!(reasons(&read("picture.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF")), [Reason::Binary]);
    let mut dice = Dice::new(5);
    let mut drawn = |size: usize| -> Vec<u8> { (0..size).map(|_| dice.byte()).collect() };
    let noise = drawn(100_000);
    assert_eq!(reasons(&read("noise.bin", &noise)), [Reason::Binary]);
    // Drawn at random, as what is encrypted looks: of any size that tells, under any name.
    for size in (300..6_000).step_by(37) {
        let bytes = drawn(size);
        for name in ["bad.json", "bad.txt", "bad.html"] {
            let outcome = read(name, &bytes);
            assert_eq!(reasons(&outcome), [Reason::Binary], "{size} bytes as {name}");
        }
    }
    assert_eq!(articles(&read("spaceless.txt", "x".repeat(1 << 20).as_bytes())), 1);
}

#[test]
fn a_web_archive_with_false_lengths_ends() {
    let record = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>x";
    read("false.warc", record.as_bytes());
    let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n<p>It rained for a week.</p>";
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{chunked}",
        chunked.len()
    );
    read("chunks.warc", record.as_bytes());
}

/// Every small file of `tests/formats`, bytes changed, cut and doubled at random: nothing panics, every span holds.
/// `MUTATIONS=2000000 cargo test --release --test measured mutated` for a long run.
#[test]
fn mutated_files_never_panic() {
    let rounds: u64 = std::env::var("MUTATIONS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(4000);
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let files: Vec<(String, Vec<u8>)> =
        source::files(&root).flatten().filter_map(|found| Some((found.name.clone(), std::fs::read(&found.path).ok()?))).collect();
    let mut dice = Dice::new(1);
    let mut next = move |below: usize| dice.below(below.max(1));
    for _ in 0..rounds {
        let (name, bytes) = &files[next(files.len())];
        let mut bytes = bytes.clone();
        for _ in 0..=next(6) {
            mutate(&mut bytes, &mut next);
        }
        for article in read(name, &bytes).into_iter().flatten() {
            for paragraph in &article.paragraphs {
                let _ = paragraph.span.of(&article.text);
                let _ = article.origin.in_file(&article.text, paragraph.span);
            }
            let _ = article.dateline.as_ref().map(|dateline| dateline.span.of(&article.text));
        }
    }
}

fn mutate(bytes: &mut Vec<u8>, next: &mut impl FnMut(usize) -> usize) {
    const BITS: &[&[u8]] = &[
        b"<",
        b">",
        b"\"",
        b"&",
        b"&#",
        b"\\u",
        b"\xff",
        b"\xc3",
        b"\xe2\x80",
        b"\n",
        b"\r",
        b" ",
        b"-",
        b"{",
        b"]",
        b"=?",
        b":",
        b"\xef\xbb\xbf",
        b"\xc2\x85",
    ];
    if bytes.is_empty() {
        return;
    }
    let at = next(bytes.len());
    match next(5) {
        0 => bytes[at] = next(256) as u8,
        1 => bytes.truncate(at),
        2 => {
            let piece = BITS[next(BITS.len())];
            bytes.splice(at..at, piece.iter().copied());
        }
        3 => {
            let end = (at + next(40)).min(bytes.len());
            bytes.drain(at..end);
        }
        _ => {
            let end = (at + next(200)).min(bytes.len());
            let piece = bytes[at..end].to_vec();
            let to = next(bytes.len());
            bytes.splice(to..to, piece);
        }
    }
}

/// Four times the file costs about four times as much, whatever it is made of.
#[test]
fn the_cost_grows_with_the_size_and_no_faster() {
    let cost = |name: &str, head: &str, piece: &str, tail: &str, bytes: usize| {
        let file = format!("{head}{}{tail}", piece.repeat(bytes / piece.len()));
        let began = ThreadTime::now();
        read(name, file.as_bytes());
        began.elapsed().as_secs_f64()
    };
    for (name, head, piece, tail) in REPEATED {
        let small = cost(name, head, piece, tail, 250_000);
        let large = cost(name, head, piece, tail, 1_000_000);
        assert!(large < 10.0 * small + 0.3, "{name} of {piece:?}: {small:.3} s, of four times the size {large:.3} s");
    }
}

/// A file's name, its beginning, what is repeated, and its end.
#[rustfmt::skip]
const REPEATED: &[(&str, &str, &str, &str)] = &[
    ("a.md", "---\ntitle: Rain\n---\n", "It rained in Ostrand.\n\n", ""),
    ("a.md", "---\ntitle: Rain\n---\n", "**rain** `falls` on [Ostrand](x) ", ""),
    ("a.md", "---\ntitle: Rain\n---\n", "[", ""),
    ("a.md", "---\ntitle: Rain\n---\n", "# Rain\n- and more\n", ""),
    ("a.json", "{\"articles\": [{\"title\": \"Rain\"}", ", {\"title\": \"Rain\", \"body\": \"It rained in Ostrand.\"}", "]}"),
    ("a.json", "[{\"title\": \"Rain\", \"body\": [\"It\"", ", \"It rained in Ostrand.\"", "]}]"),
    ("a.jsonl", "", "{\"title\": \"Rain\", \"body\": \"It \\\"rained\\\" in\\nOstrand.\"}\n", ""),
    ("a.jsonl", "{\"title\": \"Rain\", \"body\": \"", "\\\"rain\\\" \\n", "\"}"),
    ("a.csv", "title,text\n", "Rain,\"It \"\"rained\"\" in Ostrand.\"\n", ""),
    ("a.csv", "title,text\nRain,\"", "it \"\"rained\"\"\n", "\"\n"),
    ("a.sgm", "", "<REUTERS NEWID=\"1\">\n<TEXT>\n<TITLE>RAIN</TITLE>\n<BODY>It rained.\n</BODY></TEXT>\n</REUTERS>\n", ""),
    ("a.sgm", "<DOC>\n<TEXT>\n", "<P>\nIt rained &amp; rained.\n</P>\n", "</TEXT>\n</DOC>\n"),
    ("a.sgm", "<DOC>\n", "<TEXT>\nIt rained.\n</TEXT>\n", "</DOC>\n"),
    ("a.sgm", "<DOC>\n", "<TEXT>\nIt rained.\n", "</DOC>\n"),
    ("a.sgm", "<DOC>\n<TEXT>\n", "   It rained.\n", "</TEXT>\n</DOC>\n"),
    ("a.all", "", "*TEXT 431 08/30/63 PAGE 026\n\nIT RAINED IN OSTRAND .\n", "*STOP\n"),
    ("a.txt", "Rain in Ostrand\n\n", "It rained in Ostrand.\n\n", ""),
    ("a.txt", "Rain in Ostrand\n\n", "It rained in Ostrand, and\nnobody stayed dry.\n", ""),
    ("a.txt", "Rain in Ostrand\n\n", "\"", ""),
    ("a.txt", "1 of 2 DOCUMENTS\n\nThe Vexia Times\n\nMarch 14, 2025 Friday\n\nRain\n\n", "SECTION: WORLD\n", "LENGTH: 5 words\n\nIt rained.\n\nLOAD-DATE: March 15, 2025\n"),
    ("a.txt", "SE World\nHD\nRain\n", "LP\nIt rained.\nTD\nAnd rained.\n", "AN\nDocument VEXT000020250314el3e00001\n"),
    ("a.txt", "Title: Rain\n\n", "Section: World\n\nFull text: It rained.\n\n", "Publication date: Mar 14, 2025\n"),
    ("a.xml", "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>", "<item><title>Rain</title><description>It &lt;p&gt; rained.</description></item>", "</channel></rss>"),
    ("a.xml", "<?xml version=\"1.0\"?><nitf><body><body.content>", "<p>It rained &amp; rained.</p>", "</body.content></body></nitf>"),
    ("a.xml", "<?xml version=\"1.0\"?><newsitem><headline>Rain</headline><text>", "<p>It rained.</p>", "</text></newsitem>"),
    ("a.html", "<html><title>Rain</title><body><article>", "<p>It rained in Ostrand, and nobody stayed dry.</p>", "</article></body></html>"),
    ("a.html", "<html><title>Rain</title><body><article><p>", "It <b>rained</b> &amp; <a href=x>rained</a><br>", "</article></body></html>"),
    ("a.html", "<html><title>Rain</title><body><article><p>", "&", ""),
    ("a.html", "<html><title>Rain</title><body><article><p>", "a&amp;b ", ""),
    ("a.html", "<html><title>Rain</title><body><article><p>", "<", ""),
    ("a.html", "<html><title>Rain</title><body>", "<p>", ""),
    ("a.html", "<html><title>Rain</title><body>", "<div>", ""),
    ("a.html", "<html><title>Rain</title><body>", "<table><tr><td>It rained.", ""),
    ("a.html", "<html><title>Rain</title><body><article><p>", "<b>", ""),
    ("a.html", "<html><title>Rain</title><body><article><p>", "<q>It rained.</q> ", ""),
    ("a.html", "<html><title>Rain</title><body><article><p>", "<ruby>It<rt>rained</rt></ruby>", ""),
    ("a.html", "<html><title>Rain</title><script type=\"application/ld+json\">", "{\"articleBody\": \"It rained.\"}", "</script>"),
    ("a.rtf", "{\\rtf1\\ansi ", "It rained \\'e4 in Ostrand.\\par\n", "}"),
    ("a.rtf", "{\\rtf1\\ansi ", "{", "}"),
    ("a.ris", "", "TY  - NEWS\nTI  - Rain\nAB  - It rained.\nER  - \n", ""),
    ("a.ris", "TY  - NEWS\nTI  - Rain\n", "AB  - It rained.\n", "ER  - \n"),
    ("a.bib", "", "@article{a, title={Rain}, abstract={It rained.}}\n", ""),
    ("a.bib", "@article{a, title={Rain}, abstract={", "{", ""),
    ("a.txt", "Rain\n\n800 words\n\n14 March 2025\n\nThe Vexia Times\n\n", "It rained in Ostrand.\n\n", "Document VEXT000020250314el3e00001\n"),
    ("a.txt", "vpa062 4 i 211 vpa 0062\n\nRain\n\n", "It rained in Ostrand.\n", "vpa 141010 Mar 25\n"),
    ("a.har", "{\"log\": {\"entries\": [{}", ", {\"response\": {\"content\": {\"mimeType\": \"text/html\", \"text\": \"<p>It rained.\"}}}", "]}}"),
    ("a.xml", "<?xml version=\"1.0\"?><alto><Layout><Page><PrintSpace>", "<TextBlock><TextLine><String CONTENT=\"Rain\"/></TextLine></TextBlock>", "</PrintSpace></Page></Layout></alto>"),
    ("a.xml", "<?xml version=\"1.0\"?><rss><channel>", "<item><title>Rain</title><content:encoded>[gallery ids=\"1\"] It rained.</content:encoded></item>", "</channel></rss>"),
    ("a.csv", "title,text\n", "Rain,\"It rained\n", ""),
    ("a.json", "", "{\"title\": \"Rain\", \"body\": \"It rained in Ostrand.\"}", ""),
    ("a.mbox", "", "From a@b.example Fri Mar 14 18:05:00 2025\nFrom: a@b.example\nSubject: Rain\nDate: Fri, 14 Mar 2025 18:05:00 +0100\n\nIt rained.\n\n", ""),
    ("a.eml", "From: a@b.example\nSubject: Rain\nDate: Fri, 14 Mar 2025 18:05:00 +0100\nContent-Type: multipart/mixed; boundary=\"b\"\n\n", "--b\n\nIt rained.\n", "--b--\n"),
    ("a.eml", "From: a@b.example\nSubject: Rain\nDate: Fri, 14 Mar 2025 18:05:00 +0100\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n", "It=20rained =\nagain.\n", ""),
    ("a.warc", "", "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: application/http\r\nContent-Length: 81\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>It rained in Ostrand.</p></html>\r\n\r\n", ""),
];
