//! The desk every reader works at: numbers the records, fills in where an article came from, passes it on, and collects
//! doubts.

use super::division::Division;
use super::format::Format;
use super::galley::Galley;
use super::limits::Limits;
use super::options::Options;
use super::settings::FileSettings;
use super::unread::{Doubt, DoubtKind, Reason, Unread};
use crate::article::{Article, ArticleId, FoundIn, ParagraphKind, Published, Source};
use crate::source::print::{date, language};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What a file has given: the bases of the guard that nothing is lost without a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account {
    told: u32,
    given: u64,
}

/// Bytes of a file that may be anything but a story: the head of a mail, the labels of an export.
const LEAST_MISSED: u64 = 1_000;

/// What is known of every story of an issue of a newspaper, and stands in none of them.
#[derive(Clone, Default)]
pub(crate) struct Issue {
    pub published: Option<Published>,
    pub outlet: Option<String>,
    pub language: Option<String>,
}

impl Issue {
    /// Fills in what the article does not say itself.
    fn complete(&self, article: &mut Article) {
        article.published = article.published.take().or_else(|| self.published.clone());
        article.outlet = article.outlet.take().or_else(|| self.outlet.clone());
        article.language = article.language.take().or_else(|| self.language.clone());
    }
}

type Each<'a> = &'a mut dyn FnMut(Result<Article, Unread>) -> ControlFlow<()>;

/// One file (or member of an archive) being read.
pub(crate) struct Desk<'a> {
    name: String,
    format: &'static str,
    record: u32,
    /// Refusals of the file or of the rest of it.
    refused: u32,
    /// Members of an archive that were opened; each tells for itself.
    members: u32,
    /// Bytes of text that were handed over in articles.
    given: u64,
    depth: usize,
    /// The order of day and month this file is known to have.
    order: Option<date::DateOrder>,
    options: &'a Options,
    /// What the user says of this file.
    said: Cow<'a, FileSettings>,
    /// What is known of the issue that the articles stand in.
    issue: Issue,
    /// Where the file lies on the disk; unknown of a member of an archive.
    path: Option<PathBuf>,
    /// What a file beside this one says of it.
    division: Option<Division>,
    /// Ids of this file's articles, where a field gives them.
    ids: HashSet<String>,
    each: Each<'a>,
    doubts: Vec<Doubt>,
}

/// What the user says of the file called `name`.
fn said_of<'a>(options: &'a Options, name: &str) -> Cow<'a, FileSettings> {
    match options.settings.about(name) {
        Some(rule) => Cow::Owned(options.said.or(rule)),
        None => Cow::Borrowed(&options.said),
    }
}

impl<'a> Desk<'a> {
    pub fn new(name: &str, options: &'a Options, each: Each<'a>) -> Desk<'a> {
        Desk {
            name: name.to_string(),
            format: "",
            record: 0,
            refused: 0,
            members: 0,
            given: 0,
            depth: 0,
            order: None,
            options,
            said: said_of(options, name),
            issue: Issue::default(),
            path: None,
            division: None,
            ids: HashSet::new(),
            each,
            doubts: Vec::new(),
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn limits(&self) -> &'a Limits {
        &self.options.settings.limits
    }

    /// What the user says of this file.
    pub fn said(&self) -> &FileSettings {
        &self.said
    }

    /// The encoding that the user names, once, when the file is not an archive of files.
    pub fn take_encoding(&mut self, head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
        let encoding = self.said.encoding.filter(|_| super::format::packed(head).is_none() && !head.starts_with(b"%PDF-"))?;
        self.said.to_mut().encoding = None;
        Some(encoding)
    }

    /// Sets the name of the format for the articles that follow.
    pub fn format(&mut self, format: &'static str) {
        self.format = format;
    }

    /// Sets what is known of the issue that the articles which follow stand in.
    pub fn issue(&mut self, issue: Issue) {
        self.issue = issue;
    }

    /// Sets where the file lies on the disk.
    pub fn lies_at(&mut self, path: &Path) {
        self.path = Some(path.to_owned());
    }

    /// Where it lies, unless it is within an archive.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Sets what a file beside this one says of it.
    pub fn divide(&mut self, division: Division) {
        self.division = Some(division);
    }

    /// What a file beside this one says of it, once.
    pub fn take_division(&mut self) -> Option<Division> {
        self.division.take()
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
    pub fn date_order(&self) -> date::DateOrder {
        self.said.date_order.or(self.order).unwrap_or(date::DateOrder::MonthFirst)
    }

    /// Passes on the next record: an article, or the word that there is no text in it.
    pub fn hand_over(&mut self, mut galley: Galley) -> ControlFlow<()> {
        if let Some(message) = galley.doubt.take() {
            self.doubt(DoubtKind::Markup, message);
        }
        if galley.is_empty() {
            return self.refuse(Reason::NoText, "no text in it".into());
        }
        let most = self.limits().record;
        if galley.article.text.len() as u64 > most {
            let own = galley.article.text.len().div_ceil(1 << 20);
            return self.refuse(Reason::TooLarge, format!("a story of {own} MB; {}", too_long(self.limits())));
        }
        galley.find_dateline();
        let day = galley.find_closing_credit();
        if galley.article.published.is_none() {
            // Newspapers that print such a credit write the day first.
            let read = day.and_then(|day| date::read(&day, date::DateOrder::DayFirst));
            galley.article.published = read.map(|date| Published { date: date.iso, found_in: FoundIn::File });
        }
        let (mut article, name) = (galley.article, galley.name);
        article.source = Source { path: self.name.clone(), record: self.record, format: self.format.to_string() };
        article.id = self.id(&article, name);
        self.issue.complete(&mut article);
        if article.published.is_none() {
            article.published = date::in_path(&self.name).map(|date| Published { date, found_in: FoundIn::Path });
        }
        article.language = self.said.language.clone().or_else(|| article.language.take()).or_else(|| language::of(&article));
        article.outlet = self.said.outlet.clone().or_else(|| article.outlet.take()).or_else(|| folder(&self.name));
        if !article.paragraphs.iter().any(|paragraph| paragraph.kind != ParagraphKind::Boilerplate) {
            self.doubt(DoubtKind::HeadlineOnly, "a headline without a story; kept, and found by its headline".into());
        }
        self.record += 1;
        self.given += article.text.len() as u64;
        (self.each)(Ok(article))
    }

    /// The article's id: by its number in the file, or by the field that the user says holds an id.
    fn id(&mut self, article: &Article, name: Option<String>) -> ArticleId {
        let Some(name) = name.filter(|name| !name.is_empty()) else { return article.source.article_id() };
        if self.ids.insert(name.clone()) {
            return article.source.id_by_name(&name);
        }
        let message = format!("the id `{}` stands on an earlier record too; this one goes by its number", shortened(&name));
        self.doubt(DoubtKind::Id, message);
        article.source.article_id()
    }

    /// Passes on the word that the next record gives no article.
    pub fn refuse(&mut self, reason: Reason, message: String) -> ControlFlow<()> {
        let unread = Unread { file: self.name.clone(), record: Some(self.record), reason, message };
        self.record += 1;
        (self.each)(Err(unread))
    }

    /// Passes on the word that the file (or the rest of it) gives no article.
    pub fn refuse_file(&mut self, reason: Reason, message: String) -> ControlFlow<()> {
        self.refused += 1;
        (self.each)(Err(Unread { file: self.name.clone(), record: None, reason, message }))
    }

    /// How much the file has given so far.
    pub fn account(&self) -> Account {
        Account { told: self.record + self.refused + self.members, given: self.given }
    }

    /// Sees that no file, and not much of one, is lost without a word: `read` bytes of it were read since `before`.
    pub fn settle(&mut self, format: Format, before: Account, read: u64) -> ControlFlow<()> {
        let after = self.account();
        if after.told == before.told {
            return self.refuse_file(Reason::NoText, format!("read as {}, and no article found in it", format.name()));
        }
        let given = after.given - before.given;
        self.weigh(read, given, format.least_share());
        ControlFlow::Continue(())
    }

    /// Notes that of `text` bytes without markup, all that the file holds, much less stands in its articles.
    pub fn weigh_text(&mut self, text: usize) {
        // A third: what is said about a story may be longer than a brief.
        self.weigh(text as u64, self.given, 0.33);
    }

    fn weigh(&mut self, read: u64, given: u64, share: f64) {
        // A file that gave nothing was refused, and that is in the report.
        if given > 0 && read > given + LEAST_MISSED && given < (read as f64 * share) as u64 {
            let message = format!("{} kB of text in it, {} kB recognised as stories", read / 1000, given / 1000);
            self.doubt(DoubtKind::Partial, message);
        }
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
        if found.ambiguous && self.said.date_order.or(self.order).is_none() {
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
            refused: 0,
            members: 0,
            given: 0,
            depth: self.depth + 1,
            order: None,
            options: self.options,
            said: said_of(self.options, &format!("{}!{member}", self.name)),
            issue: self.issue.clone(),
            path: None,
            division: None,
            ids: HashSet::new(),
            each: &mut *self.each,
            doubts: Vec::new(),
        };
        let result = work(&mut inner);
        self.members += 1;
        let doubts = inner.doubts;
        self.doubts.extend(doubts);
        result
    }
}

/// What is said of an article that is too long, whatever its format.
fn too_long(limits: &Limits) -> String {
    let way_out = if limits.lowered { "give the run more --memory" } else { "raise `record` in newshound.toml" };
    format!("the most is {} MB (a log is no article); split it, or {way_out}", limits.record >> 20)
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
