//! Small files of every format, with invented people and places, and what is to be recognised in each.
//!
//! The expected lines stand in `tests/formats/expected.jsonl`: one object of `newshound inspect --json` an article, and one for each
//! input that gives none. `UPDATE_EXPECTED=1 cargo test --test formats` writes it anew.

use newshound::source::{self, Reading, inspect::inspect};
use std::ops::ControlFlow;
use std::path::Path;

fn read(root: &Path) -> String {
    let mut lines = String::new();
    for found in source::files(root) {
        let found = found.expect("a readable file");
        if found.name == "expected.jsonl" {
            continue;
        }
        let doubts = source::read(&found, &Reading::default(), &mut |article| {
            let line = match article {
                Ok(article) => {
                    traced(&article);
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

/// Every span lies in the text, and every character of a paragraph leads back to the file.
fn traced(article: &newshound::article::Article) {
    for paragraph in &article.paragraphs {
        let words = paragraph.span.of(&article.text);
        assert_eq!(words.trim(), words);
        assert!(article.origin.in_file(&article.text, paragraph.span).is_some(), "{words}");
    }
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
