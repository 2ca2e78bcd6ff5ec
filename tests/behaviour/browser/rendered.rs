//! The words of saved pages beside those that a browser shows: white space, line breaks and the elements between them make or part a word
//! in the same places.

use super::driver::{Browser, Driver};
use newshound::article::Article;
use newshound::source::{self, CorpusFile, Options};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

/// Leaves the page as its elements alone would show it: what style sheets hide or set in capitals counts for us, and the readings of
/// ruby do not.
const BARE: &str = "
    document.querySelectorAll('style, link, rt, rp, rtc').forEach(element => element.remove());
    document.querySelectorAll('*').forEach(element => ['style', 'hidden', 'popover'].forEach(name => element.removeAttribute(name)));
    document.querySelectorAll('details, dialog').forEach(element => element.open = true);
    return document.body ? document.body.innerText : ''";

/// Every page below `root` whose number a multiple of `step` is, and what of it is not as `driver`'s browser has it; with the number of
/// pages and of words that were compared.
pub fn compared(driver: &Driver, root: &Path, step: usize) -> (usize, usize, Vec<String>) {
    let browser = driver.browser(1000, 800, false);
    let folder = tempfile::tempdir().expect("a folder");
    let pages = source::files(root).flatten().filter(|found| found.name.contains("_html/")).step_by(step);
    let (mut count, mut words, mut wrong) = (0, 0, Vec::new());
    for found in pages {
        let Some(article) = read(&found) else { continue };
        let ours = words_of(&article);
        let shown = shown(&browser, folder.path(), &found);
        if let Err(difference) = in_order(&ours, &shown) {
            wrong.push(format!("{}: {difference}", found.name));
        }
        (count, words) = (count + 1, words + ours.len());
    }
    (count, words, wrong)
}

fn read(found: &CorpusFile) -> Option<Article> {
    let mut article = None;
    source::read(found, &Options::default(), &mut |one| {
        article = one.ok();
        ControlFlow::Continue(())
    });
    article
}

fn shown(browser: &Browser, folder: &Path, found: &CorpusFile) -> Vec<String> {
    let mut bytes = std::fs::read(&found.path).expect("a page");
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let packed = std::mem::take(&mut bytes);
        flate2::read::MultiGzDecoder::new(&packed[..]).read_to_end(&mut bytes).expect("gzip");
    }
    // What is plainly UTF-8 is read as UTF-8, whatever it declares; a browser needs a mark for that.
    if std::str::from_utf8(&bytes).is_ok() {
        bytes.splice(0..0, *b"\xef\xbb\xbf");
    }
    let path = folder.join("page.html");
    std::fs::write(&path, bytes).expect("a page");
    browser.open(&format!("file://{}", path.display()));
    words(browser.run(BARE).as_str().unwrap_or_default())
}

/// The words of the paragraphs, without those that stand in the page only for machines.
fn words_of(article: &Article) -> Vec<String> {
    let printed = article.paragraphs.iter().filter(|paragraph| {
        let place = article.origin.in_file(&article.text, paragraph.span);
        place.is_some_and(|(start, end)| 2 * (end - start) > paragraph.span.of(&article.text).chars().count())
    });
    printed.flat_map(|paragraph| words(paragraph.span.of(&article.text))).collect()
}

/// Without quotation marks: those of `q` are printed by the browser and stand in nobody's text.
fn words(text: &str) -> Vec<String> {
    let is_none = |c: char| matches!(c, '"' | '\'' | '«' | '»' | '‹' | '›' | '\u{2018}'..='\u{201f}' | '\u{200b}' | '\u{feff}');
    text.split_whitespace().map(|word| word.replace(is_none, "")).filter(|word| !word.is_empty()).collect()
}

/// Each of `ours` stands among `theirs`, after the one before; else the first that does not, with its neighbours.
fn in_order(ours: &[String], theirs: &[String]) -> Result<(), String> {
    let mut rest = theirs.iter();
    for (at, word) in ours.iter().enumerate() {
        if !rest.any(|theirs| theirs == word) {
            return Err(ours[at.saturating_sub(3)..(at + 3).min(ours.len())].join(" "));
        }
    }
    Ok(())
}
