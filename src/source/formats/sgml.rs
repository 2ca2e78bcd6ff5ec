//! Research collections in SGML: Reuters-21578, Gigaword, TREC.
//!
//! Takes a stream of `<REUTERS>` or `<DOC>` records and gives an article for each. They are not well-formed XML (bare `&`,
//! unclosed tags, control references), so fields are found by name.

use super::wire;
use crate::article::{FoundIn, Paragraph, ParagraphKind, Published};
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::unread::DoubtKind;
use crate::source::print::byline;
use crate::source::print::date;
use std::ops::ControlFlow;

/// Reads every record of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    records::each_record(lines, desk, mark, Outside::Noted, article)
}

fn mark(line: &str) -> Mark {
    if memchr::memchr(b'<', line.as_bytes()).is_none() {
        return Mark::default();
    }
    let start = line.trim_start();
    let opens = start.starts_with("<REUTERS") || start.starts_with("<DOC>") || start.starts_with("<DOC ");
    Mark { opens, closes: closes(line) }
}

fn closes(text: &str) -> bool {
    text.contains("</REUTERS>") || text.contains("</DOC>")
}

fn article(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    if !closes(record.text) {
        let words: String = record.text.trim().chars().take(40).collect();
        desk.doubt(DoubtKind::Markup, format!("a record that is not closed: `{words}`"));
    }
    let galley = if record.text.trim_start().starts_with("<REUTERS") { reuters(record, desk) } else { document(record, desk) };
    desk.hand_over(galley)
}

fn field<'a>(record: Cut<'a>, name: &str) -> Option<Cut<'a>> {
    let (range, _) = record.element(name, 0)?;
    Some(record.part(range))
}

fn reuters(record: Cut<'_>, desk: &mut Desk<'_>) -> Galley {
    let mut galley = Galley::with_room(record.text.len());
    galley.article.outlet = Some("Reuters".into());
    galley.article.section = field(record, "TOPICS").and_then(|topics| field(topics, "D")).map(|topic| topic.text.to_string());
    galley.article.published = field(record, "DATE").and_then(|date| desk.date(date.text));
    let Some(text) = field(record, "TEXT") else { return galley };
    head(text, &mut galley, desk, &["TITLE"], &["AUTHOR"]);
    if let Some(body) = field(text, "BODY") {
        wire::set(&mut galley, &body.with_entities());
    } else if record.text.contains("<TEXT TYPE=\"UNPROC\">") {
        wire::set(&mut galley, &text.with_entities());
    }
    galley
}

/// Headline, byline and dateline, whatever they are called.
fn head(record: Cut<'_>, galley: &mut Galley, desk: &mut Desk<'_>, headlines: &[&str], bylines: &[&str]) {
    if let Some(headline) = headlines.iter().find_map(|name| field(record, name)) {
        let (headline, line) = without_marks(headline);
        let traced = headline.with_entities();
        galley.headline(&mut traced.follow(), 0..traced.text.len());
        if let Some(line) = line {
            let span = galley.set_all(&line.with_entities());
            galley.credit(byline::names(line.text), span);
        }
    }
    if let Some(line) = bylines.iter().find_map(|name| field(record, name)) {
        let traced = line.with_entities();
        let span = galley.set_all(&traced);
        galley.credit(byline::names(&traced.text), span);
    }
    let Some(printed) = field(record, "DATELINE") else { return };
    let Some(span) = galley.set_all(&printed.with_entities()) else { return };
    if !galley.dateline_at(span) {
        galley.article.paragraphs.push(Paragraph { kind: ParagraphKind::Subhead, span });
        let words: String = printed.text.trim().chars().take(40).collect();
        desk.doubt(DoubtKind::Dateline, format!("`{words}` in the dateline field is no dateline; kept as text"));
    }
}

/// A headline without the paragraph marks around it, and the byline that the Journal prints in it, after `@`.
fn without_marks(headline: Cut<'_>) -> (Cut<'_>, Option<Cut<'_>>) {
    let headline = headline.element("P", 0).map_or(headline, |(range, _)| headline.part(range));
    let Some(at) = headline.text.find("\n@") else { return (headline, None) };
    let line = headline.part(at + 2..headline.text.len());
    let is_byline = byline::line(line.text.trim()).is_some();
    (headline.part(0..at), is_byline.then_some(line))
}

/// `910514`, as the Financial Times writes its days; any other date as it stands.
fn day(field: &str) -> String {
    let field = field.trim().trim_start_matches("<P>").split('<').next().unwrap_or_default().trim();
    let short = field.len() == 6 && field.bytes().all(|byte| byte.is_ascii_digit());
    if short { format!("19{field}") } else { field.to_string() }
}

/// Gigaword and TREC.
fn document(record: Cut<'_>, desk: &mut Desk<'_>) -> Galley {
    desk.format("trec-sgml");
    let mut galley = Galley::with_room(record.text.len());
    head(record, &mut galley, desk, &["HEADLINE", "HEAD", "HL", "TITLE", "TI", "H3"], &["BYLINE", "AUTHOR", "BY"]);
    galley.article.published = ["DATE", "DD", "DATE_TIME", "PUBDATE", "DATE1"]
        .iter()
        .find_map(|name| field(record, name))
        .and_then(|date| desk.date(&day(date.text)))
        .or_else(|| date_in_id(record));
    let mut steps = record.in_steps();
    for range in ["LP", "TEXT"].iter().flat_map(|name| record.elements(name)) {
        text(steps.part(range), &mut galley);
    }
    galley
}

/// Text marked with `<P>`, or plain wire copy.
fn text(cut: Cut<'_>, galley: &mut Galley) {
    if !cut.text.contains("<P>") && !cut.text.contains("<p>") {
        return wire::set(galley, &cut.with_entities());
    }
    let mut start = 0;
    let mut steps = cut.in_steps();
    while start < cut.text.len() {
        let end = cut.text[start..].find('<').map_or(cut.text.len(), |end| start + end);
        let traced = steps.part(start..end).with_entities();
        galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Text);
        start = cut.text[end..].find('>').map_or(cut.text.len(), |close| end + close + 1);
    }
}

/// `NYT_ENG_19940701.0001` and `AP880212-0001` hold the day.
fn date_in_id(record: Cut<'_>) -> Option<Published> {
    let number = field(record, "DOCNO").map(|number| number.text.to_string());
    let id = number.or_else(|| record.text.split('"').nth(1).map(str::to_string))?;
    let digits: String = id.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let day = match digits.len() {
        8 => digits,
        6 if id.trim().starts_with("LA") => format!("19{}{}", &digits[4..], &digits[..4]),
        6 => format!("19{digits}"),
        _ => return None,
    };
    let date = date::read(&day, date::DateOrder::MonthFirst)?.iso;
    Some(Published { date, found_in: FoundIn::File })
}
