//! Nothing is lost without a word: invented files of every format are cut, and their tags, quotes and lengths spoilt by a throw of dice.
//!
//! Every story has words that stand nowhere else. A story that was not touched is found whole, or the report has a line on the file.

use crate::given::dice::Dice;
use newshound::source::{self, Options};
use std::ops::ControlFlow;

/// Stories in each file.
const STORIES: usize = 6;

fn word(story: usize, number: usize) -> String {
    let letter = |n: usize| char::from(b'a' + n as u8);
    format!("wo{}{}rt", letter(story), letter(number))
}

/// Three sentences of words that no other story has.
fn sentences(story: usize) -> [String; 3] {
    let words = |from: usize| (from..from + 6).map(|number| word(story, number)).collect::<Vec<_>>().join(" ");
    [
        format!("The harbour of {} stayed open.", words(0)),
        format!("It was {} who spoke of it.", words(6)),
        format!("Nobody {} left.", words(12)),
    ]
}

/// A file of a format: what stands before, each story, what stands after.
struct Shape {
    name: &'static str,
    before: &'static str,
    story: fn(usize) -> String,
    after: &'static str,
}

const SHAPES: &[Shape] = &[
    Shape {
        name: "a.xml",
        before: "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Vexia Post</title>\n",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "<item><title>Story {n}</title><link>http://vexia.example/{n}</link><description>{a} <a href=\"x\">{b}</a> {c}</description></item>\n"
            )
        },
        after: "</channel></rss>",
    },
    Shape {
        name: "escaped.xml",
        before: "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Vexia Post</title>\n",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "<entry><title>Story {n}</title><content type=\"html\"><![CDATA[<p>{a}</p><p>{b}<br>{c}</p>]]></content></entry>\n"
            )
        },
        after: "</feed>",
    },
    Shape {
        name: "a.csv",
        before: "title,date,body\n",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!("\"Story {n}\",2025-03-14,\"{a} \"\"{b}\"\"\n{c}\"\n")
        },
        after: "",
    },
    Shape {
        name: "a.jsonl",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!("{{\"title\": \"Story {n}\", \"body\": \"{a} \\\"{b}\\\" {c}\"}}\n")
        },
        after: "",
    },
    Shape {
        name: "a.json",
        before: "[\n",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!("{{\"title\": \"Story {n}\", \"body\": \"{a} \\\"{b}\\\" {c}\"}},\n")
        },
        after: "{\"title\": \"Last\", \"body\": \"The end of it.\"}]",
    },
    Shape {
        name: "a.nitf.xml",
        before: "<?xml version=\"1.0\"?><all>\n",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "<nitf><head><title>S</title></head><body><body.head><hedline><hl1>Story {n}</hl1></hedline></body.head><body.content><p>{a}</p><pre>{b}</pre>{c}</body.content></body></nitf>\n"
            )
        },
        after: "</all>",
    },
    Shape {
        name: "a.sgm",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "<DOC>\n<DOCNO> AP88021{n}-0001 </DOCNO>\n<HEAD>Story {n}</HEAD>\n<TEXT>\n   {a}\n   {b}\n   {c}\n</TEXT>\n</DOC>\n"
            )
        },
        after: "",
    },
    Shape {
        name: "lexis.txt",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "{} of 6 DOCUMENTS\n\nThe Vexia Gazette\n\nMarch 14, 2025 Friday\n\nStory {n}\n\nBYLINE: Ada Quill\n\nLENGTH: 90 words\n\n{a}\n\n{b}\n\n{c}\n\nLOAD-DATE: March 14, 2025\n\n\n",
                n + 1
            )
        },
        after: "",
    },
    Shape {
        name: "uni.txt",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "Story {n}\n\nThe Vexia Gazette\n\nMarch 14, 2025 Friday\n\nLength: 90 words\n\nByline: Ada Quill\n\nBody\n\n{a}\n\n{b}\n\n{c}\n\nLoad-Date: March 14, 2025\n\nEnd of Document\n\n"
            )
        },
        after: "",
    },
    Shape {
        name: "a.mbox",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "From ada@vexia.example Fri Mar 14 10:0{n}:00 2025\nFrom: Ada Quill <ada@vexia.example>\nSubject: Story {n}\nDate: Fri, 14 Mar 2025 10:0{n}:00 +0000\n\n{a}\n\n{b}\n\n{c}\n\n"
            )
        },
        after: "",
    },
    Shape {
        name: "a.warc",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            let page = format!(
                "<html><head><title>Story {n}</title></head><body><article><h1>Story {n}</h1><p>{a} The mayor said so.</p><p>{b} He was seen there.</p><p>{c} That is all there is, and there will be no more.</p></article></body></html>"
            );
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
            format!(
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://vexia.example/{n}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
                answer.len()
            )
        },
        after: "",
    },
    Shape {
        name: "factiva.txt",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "HD Story {n}\nBY By Ada Quill\nWC 90 words\nPD 14 March 2025\nSN The Vexia Gazette\nLA English\n\nLP\n{a}\n\nTD\n{b}\n\n{c}\n\nIN i1 : Weather\nAN Document VEXGAZ0020250314el3e0000{n}\n\n"
            )
        },
        after: "",
    },
    Shape {
        name: "factiva-plain.txt",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "Story {n}\nBy Ada Quill\n90 words\n14 March 2025\nThe Vexia Gazette\nVEXGAZ\nEnglish\n(c) 2025 Vexia Gazette.\n\n{a}\n\n{b}\n\n{c}\n\nDocument VEXGAZ0020250314el3e0000{n}\n\n"
            )
        },
        after: "",
    },
    Shape {
        name: "proquest.txt",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "____________________________________________________________\n\nDocument {n} of 6\n\nStory {n}\n\nAuthor: Quill, Ada\n\nPublication info: Vexia Gazette ; Novapol [Novapol]14 Mar 2025: 4.\n\nFull text: {a}\n\n{b}\n\n{c}\n\nPublication date: Mar 14, 2025\n\nProQuest document ID: 12345\n\n"
            )
        },
        after: "",
    },
    Shape {
        name: "eureka.txt",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "Le Courrier de Vexia\nVille, vendredi 14 mars 2025 90 mots, p. 3\n\nStory {n}\nQuill, Ada\n\n{a}\n\n{b}\n\n{c}\n\n© 2025 Le Courrier. Tous droits réservés.\nNuméro de document : news·20250314·VX·004{n}\n\n"
            )
        },
        after: "",
    },
    Shape {
        name: "newsbank.txt",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "Vexia Gazette, The (Novapol)\nMarch 14, 2025\nSection: Metro\nEdition: Final\nPage: B1\n\nStory {n}\n\nADA QUILL, Staff Writer\n\n{a}\n\n{b}\n\n{c}\n\nCopyright (c) 2025 The Vexia Gazette\nRecord Number: 250314012{n}\n\n"
            )
        },
        after: "",
    },
    Shape {
        name: "a.ris",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "TY  - NEWS\nTI  - Story {n}\nAU  - Quill, Ada\nJF  - Vexia Gazette\nDA  - 2025/03/14\nAB  - {a}\n{b}\n{c}\nER  - \n\n"
            )
        },
        after: "",
    },
    Shape {
        name: "a.bib",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "@article{{story{n},\n  title = {{Story {n}}},\n  author = {{Quill, Ada}},\n  journal = \"Vexia Gazette\",\n  abstract = {{{a}\n{b}\n{c}}},\n  year = 2025\n}}\n\n"
            )
        },
        after: "",
    },
    Shape {
        name: "iptc.txt",
        before: "",
        story: |n| {
            let [a, b, c] = sentences(n);
            format!(
                "\u{1}vpa06{n} 4 i 211 ccccb   vpa 061\r\n\r\nVexia-light/\r\n\u{2}Story {n} =\r\n\r\n   Novapol (vpa) - {a}\r\n\r\n   {b}\r\n\r\n   {c}\r\n\u{3}141315 GMT Mar 25\r\n\u{4}\r\n"
            )
        },
        after: "",
    },
];

/// What was done to a file, and the story it was done to.
fn spoil(file: &str, dice: &mut Dice) -> String {
    let mut bytes: Vec<u8> = file.bytes().collect();
    let marks: Vec<usize> = (0..bytes.len()).filter(|at| b"<>\"'/&{}[],:;\n=0123456789".contains(&bytes[*at])).collect();
    let at = marks[dice.below(marks.len())];
    match dice.below(5) {
        // A mark forgotten, one too many, another in its place, a tag never closed, the rest cut off.
        0 => drop(bytes.remove(at)),
        1 => bytes.insert(at, b"<>\"'&{}[],"[dice.below(10)]),
        2 => bytes[at] = b"<>\"'&{}[],9"[dice.below(11)],
        3 => drop(bytes.splice(at..at, [&b"<br>"[..], b"<b>", b"</p>", b"<!--", b"<![CDATA["][dice.below(5)].iter().copied())),
        _ => bytes.truncate(at),
    }
    String::from_utf8(bytes).expect("ASCII")
}

/// The words of the stories that are found, and whether the report has a line.
fn read(name: &str, file: &str) -> (String, bool) {
    let mut found = String::new();
    let mut told = false;
    let doubts = source::read_from(name, file.as_bytes(), &Options::default(), &mut |article| {
        match article {
            Ok(article) => {
                found.push_str(&article.text);
                found.push('\n');
            }
            Err(_) => told = true,
        }
        ControlFlow::Continue(())
    });
    (found, told || !doubts.is_empty())
}

fn missing(found: &str) -> Vec<usize> {
    let whole = |story: &usize| (0..18).all(|number| found.contains(&word(*story, number)));
    (0..STORIES).filter(|story| !whole(story)).collect()
}

/// Where the spoilt file is another than the whole one.
fn difference(whole: &str, spoilt: &str) -> String {
    let at = whole.bytes().zip(spoilt.bytes()).take_while(|(a, b)| a == b).count();
    let around = &spoilt[at.saturating_sub(50).min(spoilt.len())..(at + 40).min(spoilt.len())];
    format!("{} -> {} bytes, at {at}: {around:?}", whole.len(), spoilt.len())
}

#[test]
fn nothing_of_a_spoilt_file_is_lost_without_a_word() {
    let mut dice = Dice::new(18);
    let mut silent = Vec::new();
    for shape in SHAPES {
        let whole = format!("{}{}{}", shape.before, (0..STORIES).map(shape.story).collect::<String>(), shape.after);
        let (found, _) = read(shape.name, &whole);
        assert!(missing(&found).is_empty(), "{}: {:?} of the unspoilt file", shape.name, missing(&found));
        let (mut damaged, mut beyond) = (0, 0);
        for _ in 0..400 {
            let spoilt = spoil(&whole, &mut dice);
            let (found, told) = read(shape.name, &spoilt);
            // Words that the damage itself took away are not there to be found.
            let lost =
                missing(&found).into_iter().filter(|story| (0..18).all(|number| spoilt.contains(&word(*story, number)))).count();
            damaged += usize::from(lost > 0);
            beyond += usize::from(lost > 1);
            if lost > 0 && !told {
                silent.push(format!("{}: {}", shape.name, difference(&whole, &spoilt)));
            }
        }
        println!("{:12} 400 damages, a story lost with a word {damaged}, more than one {beyond}", shape.name);
    }
    assert!(silent.is_empty(), "{} losses without a word:\n{}", silent.len(), silent.join("\n"));
}
