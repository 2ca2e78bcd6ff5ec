//! The desk every reader works at: numbers the records, fills in where an article came from, passes it on, and collects
//! doubts.

use super::galley::Galley;
use super::{Doubt, DoubtKind, Limits, Reading, Reason, Unread, date, language};
use crate::article::{Article, FoundIn, ParagraphKind, Published, Source};
use std::ops::ControlFlow;

type Each<'a> = &'a mut dyn FnMut(Result<Article, Unread>) -> ControlFlow<()>;

/// One file (or member of an archive) being read.
pub(crate) struct Desk<'a> {
    name: String,
    format: &'static str,
    record: u32,
    depth: usize,
    /// The order of day and month this file is known to have.
    order: Option<date::Order>,
    reading: &'a Reading,
    each: Each<'a>,
    doubts: Vec<Doubt>,
}

impl<'a> Desk<'a> {
    pub fn new(name: &str, reading: &'a Reading, each: Each<'a>) -> Desk<'a> {
        Desk { name: name.to_string(), format: "", record: 0, depth: 0, order: None, reading, each, doubts: Vec::new() }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn limits(&self) -> &'a Limits {
        &self.reading.limits
    }

    pub fn reading(&self) -> &'a Reading {
        self.reading
    }

    /// Sets the name of the format for the articles that follow.
    pub fn format(&mut self, format: &'static str) {
        self.format = format;
    }

    /// What was doubtful.
    pub fn doubts(self) -> Vec<Doubt> {
        self.doubts
    }

    /// Learns the order of day and month from the beginning of the file.
    pub fn learn_order(&mut self, head: &[u8]) {
        self.order = date::order_in(&String::from_utf8_lossy(head));
    }

    /// The order of day and month to read dates in.
    pub fn date_order(&self) -> date::Order {
        self.reading.date_order.or(self.order).unwrap_or(date::Order::MonthFirst)
    }

    /// Passes on the next record: an article, or the word that there is no text in it.
    pub fn hand_over(&mut self, mut galley: Galley) -> ControlFlow<()> {
        if galley.is_empty() {
            return self.refuse(Reason::NoText, "no text in it".into());
        }
        galley.find_dateline();
        let mut article = galley.article;
        article.source = Source { path: self.name.clone(), record: self.record, format: self.format.to_string() };
        article.id = article.source.article_id();
        if article.published.is_none() {
            article.published = date::in_path(&self.name).map(|date| Published { date, found_in: FoundIn::Path });
        }
        if article.language.is_none() {
            article.language = language::of(&article);
        }
        if article.outlet.is_none() {
            article.outlet = folder(&self.name);
        }
        if !article.paragraphs.iter().any(|paragraph| paragraph.kind != ParagraphKind::Boilerplate) {
            self.doubt(DoubtKind::HeadlineOnly, "a headline without a story; kept, and found by its headline".into());
        }
        self.record += 1;
        (self.each)(Ok(article))
    }

    /// Passes on the word that the next record gives no article.
    pub fn refuse(&mut self, reason: Reason, message: String) -> ControlFlow<()> {
        let unread = Unread { file: self.name.clone(), record: Some(self.record), reason, message };
        self.record += 1;
        (self.each)(Err(unread))
    }

    /// Passes on the word that the file (or the rest of it) gives no article.
    pub fn refuse_file(&mut self, reason: Reason, message: String) -> ControlFlow<()> {
        (self.each)(Err(Unread { file: self.name.clone(), record: None, reason, message }))
    }

    /// Notes a doubt about the record being read.
    pub fn doubt(&mut self, kind: DoubtKind, message: String) {
        match self.doubts.iter_mut().find(|doubt| doubt.kind == kind && doubt.file == self.name) {
            Some(doubt) => doubt.records += 1,
            None => {
                let file = self.name.clone();
                self.doubts.push(Doubt { file, record: self.record, records: 1, kind, message });
            }
        }
    }

    /// Reads a date of publication from a field, and notes when it is a guess or cannot be read.
    pub fn date(&mut self, field: &str) -> Option<Published> {
        let field = field.trim();
        if field.is_empty() || matches!(field, "None" | "null" | "NaN" | "nan" | "-") {
            return None;
        }
        let Some(found) = date::read(field, self.date_order()) else {
            self.doubt(DoubtKind::Date, format!("`{}` does not read as a date", shortened(field)));
            return None;
        };
        if found.ambiguous && self.reading.date_order.or(self.order).is_none() {
            let message = format!("`{}` reads two ways, taken as {}", shortened(field), found.iso);
            self.doubt(DoubtKind::DateOrder, message);
        }
        Some(Published { date: found.iso, found_in: FoundIn::File })
    }

    /// How many archives and compressed files were opened to come here.
    pub fn unpacked(&self) -> usize {
        self.depth
    }

    /// Works one archive further in, under the same name.
    pub fn deeper<R>(&mut self, work: impl FnOnce(&mut Desk<'_>) -> R) -> R {
        self.depth += 1;
        let result = work(self);
        self.depth -= 1;
        result
    }

    /// Opens a desk for a member of this archive; its doubts come back with it.
    pub fn member<R>(&mut self, member: &str, work: impl FnOnce(&mut Desk<'_>) -> R) -> R {
        let mut inner = Desk {
            name: format!("{}!{member}", self.name),
            format: "",
            record: 0,
            depth: self.depth + 1,
            order: None,
            reading: self.reading,
            each: &mut *self.each,
            doubts: Vec::new(),
        };
        let result = work(&mut inner);
        let doubts = inner.doubts;
        self.doubts.extend(doubts);
        result
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The first folder of a path that is a name and not a number: the newspaper, where nothing better is known.
fn folder(path: &str) -> Option<String> {
    let folders = &path[..path.rfind('/')?];
    let named = folders.split('/').find(|part| part.chars().any(char::is_alphabetic))?;
    Some(named.to_string())
}
