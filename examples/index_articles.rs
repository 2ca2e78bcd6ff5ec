//! Indexes articles that come from no file but from the program itself: `cargo run --example index_articles -- DIR`. Then
//! `newshound search tram --index DIR` finds them.

use newshound::article::{FoundIn, Published};
use newshound::{Article, IndexWriter, Intake, quotations};

/// Headline and text, day and outlet, as a database might give them.
const STORIES: [[&str; 3]; 2] = [
    [
        "Last tram leaves Ostrand\n\"We shall miss it,\" said mayor Tilde Varga.\nThe depot becomes a market.",
        "2025-03-14",
        "Morning Ledger",
    ],
    ["Ostrand buys a tram back\n\"I told you so,\" Varga said on Friday.", "2026-05-01", "Harbour Post"],
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args().nth(1).ok_or("give the directory of the index")?;
    let mut writer = IndexWriter::rebuild(dir.as_ref(), 1)?;
    for [text, date, outlet] in STORIES {
        // What names an article decides its id: the same name again is the same article.
        let mut article = Article::plain(&format!("{outlet}/{date}"), text, true);
        article.published = Some(Published { date: date.to_owned(), found_in: FoundIn::File });
        article.outlet = Some(outlet.to_owned());
        writer.add(&article, &quotations(&article))?;
    }
    // Nothing is found before this. No directory holds the articles, and there is no list of files that were read: the index is this
    // program's own, and `newshound index` and `check`, which compare an index with its files, refuse it.
    writer.commit(None, &[])?;
    writer.close()?;
    Ok(())
}
