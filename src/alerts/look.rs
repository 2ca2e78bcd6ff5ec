//! A look at an index: which articles are new, which saved searches they answer, and a line of the journal for each passage.

use super::Failure;
use super::folder::Folder;
use super::journal::Journal;
use super::known::{Known, Of};
use crate::article::{Article, ArticleId};
use crate::engine::{Engine, Index, People, StandingQueries};
use crate::indexing::{Entry, Ledger};
use crate::query::Today;
use crate::quotation::Quotation;
use crate::render::json::{self, AlertJson};
use crate::results::RankedPassage;
use jiff::Timestamp;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Articles that are put to the searches together, and bytes of their texts: a batch takes some ten times as much for a moment.
const BATCH: usize = 200;
const BATCH_BYTES: usize = 4 << 20;

/// Looks at an index again and again for what is new in it.
pub struct Watcher {
    dir: PathBuf,
    /// The hand-kept file of people, where it is not that of the corpus.
    people: Option<PathBuf>,
    /// The saved searches.
    pub folder: Folder,
    /// The searches made ready, and which searches and people these were.
    standing: StandingQueries,
    made_of: (Option<u128>, String),
    known: Known,
    journal: Journal,
    /// The last look came to no end: what is known is what is on the disk.
    failed: bool,
}

/// What a look found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Articles that were not there before.
    pub articles: usize,
    /// Articles of which only was noted that they are there: nothing had been looked at before.
    pub noted: usize,
    /// Passages told of.
    pub passages: usize,
    /// True when the saved searches were read anew.
    pub read_again: bool,
    /// Why a search may have been answered in part, the name of the search first.
    pub partial: Option<String>,
}

impl Watcher {
    /// The saved searches in the folder `searches`, and what was found for them in the folder `dir`, which is made if it is not there. Who is
    /// who is told with the file `people`, or else with that of the corpus.
    ///
    /// # Errors
    /// When one of them cannot be read or written.
    pub fn open(searches: &Path, dir: &Path, people: Option<&Path>) -> Result<Watcher, Failure> {
        let folder = Folder::read(searches, Today::from_clock())?;
        std::fs::create_dir_all(dir).map_err(Failure::of(dir))?;
        let (journal, known) = (Journal::of(dir), Known::open(&dir.join("known"))?);
        let (standing, people) = (standing(&folder, Arc::default()), people.map(Path::to_owned));
        let (dir, made_of) = (dir.to_owned(), (folder.signature(), String::new()));
        let mut watcher = Watcher { dir, people, folder, standing, made_of, known, journal, failed: false };
        watcher.catch_up()?;
        Ok(watcher)
    }

    /// The folder of what was found.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Searches that no word can be named for, so that each has to be asked of every article.
    pub fn without_words(&self) -> usize {
        self.standing.without_words()
    }

    /// What the journal holds beyond the last look that came to its end is known now.
    fn catch_up(&mut self) -> Result<(), Failure> {
        let end = self.journal.mend()?;
        // Somebody has taken the journal away, to keep it elsewhere.
        let mut at = self.known.journal.min(end);
        loop {
            let read = self.journal.from(at, 1_000)?;
            for (_, line) in &read.lines {
                let part = |name: &str| line[name].as_str().unwrap_or_default().as_bytes();
                let text = line["passage"]["text"].as_str().unwrap_or_default();
                let article = line["passage"]["article"].as_str().unwrap_or_default();
                self.known.is_met_first(Of::Passage, &[part("search"), article.as_bytes(), text.as_bytes()]);
            }
            match read.next {
                Some(next) => at = next,
                None => break,
            }
        }
        if self.known.is_new { Ok(()) } else { self.known.keep(end) }
    }

    /// Looks for articles that are new in the index since the last look, and puts them to the saved searches. The first look of all only notes
    /// what is there. It can be stopped, and goes on the next time.
    ///
    /// # Errors
    /// When the index, the searches or the journal cannot be read or written.
    pub fn look(&mut self, index: &dyn Index, stop: &AtomicBool) -> Result<Look, Failure> {
        if self.failed {
            self.known = Known::open(&self.dir.join("known"))?;
            self.catch_up()?;
        }
        // What was met and not written down counts for nothing.
        self.failed = true;
        let look = self.look_once(index, stop)?;
        self.failed = false;
        Ok(look)
    }

    fn look_once(&mut self, index: &dyn Index, stop: &AtomicBool) -> Result<Look, Failure> {
        let mut look = Look { read_again: self.folder.read_again(Today::from_clock())?, ..Look::default() };
        let Some(ledger) = index.ledger()? else { return Ok(look) };
        let ledger = Ledger::decode(&ledger).ok_or(Failure::NoLedger)?;
        let engine = index.open(self.people.as_deref())?;
        let people = engine.people();
        let made_of = (self.folder.signature(), people.mark().to_owned());
        if made_of != self.made_of {
            (self.standing, self.made_of) = (standing(&self.folder, people), made_of);
        }
        if self.known.is_new {
            look.noted = self.note(&*engine, &ledger, stop)?;
        } else {
            self.put_to_searches(&*engine, &ledger, stop, &mut look)?;
        }
        Ok(look)
    }

    /// Notes everything that is there; a look that is stopped has noted nothing.
    fn note(&mut self, engine: &dyn Engine, ledger: &Ledger, stop: &AtomicBool) -> Result<usize, Failure> {
        let mut noted = 0;
        for (name, entry) in &ledger.files {
            for id in &entry.articles {
                if stop.load(Ordering::Relaxed) {
                    return Ok(0);
                }
                if let Some((article, _)) = engine.article(ArticleId(*id))? {
                    self.is_new(&article);
                    noted += 1;
                }
            }
            self.is_done(&file(name, entry));
        }
        self.known.keep(self.journal.length()?)?;
        Ok(noted)
    }

    fn put_to_searches(
        &mut self,
        engine: &dyn Engine,
        ledger: &Ledger,
        stop: &AtomicBool,
        look: &mut Look,
    ) -> Result<(), Failure> {
        let mut batch = Batch { found: now(), ..Batch::default() };
        // Most are as they were, and cost no more than a look.
        let marked = ledger.files.iter().map(|(name, entry)| (name, entry, file(name, entry)));
        let new: Vec<_> = marked.filter(|(.., file)| !self.known.has(Of::File, &file.each_ref().map(Vec::as_slice))).collect();
        let mut holding: HashMap<u128, usize> = new.iter().map(|(_, entry, _)| (entry.fingerprint, 0)).collect();
        for entry in ledger.files.values().filter(|_| !new.is_empty()) {
            holding.entry(entry.fingerprint).and_modify(|files| *files += 1);
        }
        for (name, entry, file) in new {
            // The only file that holds what one of another name held before has been moved.
            let is_moved = self.known.has(Of::Content, &[file[1].as_slice()])
                && !self.known.has(Of::Name, &[name.as_bytes()])
                && holding[&entry.fingerprint] == 1;
            for id in &entry.articles {
                if stop.load(Ordering::Relaxed) {
                    return self.finish(&mut batch, look);
                }
                let article = engine.article(ArticleId(*id))?.filter(|(article, _)| self.is_new(article));
                if let Some(arrived) = article.filter(|_| !is_moved) {
                    batch.bytes += arrived.0.text.len();
                    batch.articles.push(arrived);
                }
                if batch.articles.len() >= BATCH || batch.bytes >= BATCH_BYTES {
                    self.finish(&mut batch, look)?;
                }
            }
            batch.files.push(file);
        }
        self.finish(&mut batch, look)
    }

    /// The articles of a file have all been looked at.
    fn is_done(&mut self, file: &FileMark) {
        self.known.is_met_first(Of::File, &file.each_ref().map(Vec::as_slice));
        self.known.is_met_first(Of::Name, &[file[0].as_slice()]);
        self.known.is_met_first(Of::Content, &[file[1].as_slice()]);
    }

    /// True for an article that was not met before: what it prints, where and when. So one that is only in another file now is none.
    fn is_new(&mut self, article: &Article) -> bool {
        let published = format!("{:?}", article.published.as_ref().map(|published| &published.date));
        let outlet = article.outlet.as_deref().unwrap_or_default();
        self.known.is_met_first(Of::Article, &[outlet.as_bytes(), published.as_bytes(), article.text.as_bytes()])
    }

    /// Puts a batch to the searches: first the journal is written, then it counts as known.
    fn finish(&mut self, batch: &mut Batch, look: &mut Look) -> Result<(), Failure> {
        batch.bytes = 0;
        let articles = std::mem::take(&mut batch.articles);
        look.articles += articles.len();
        let mut lines = Vec::new();
        self.tell(articles, &batch.found, &mut lines, look)?;
        let length = if lines.is_empty() { self.journal.length()? } else { self.journal.add(&lines)? };
        for file in batch.files.drain(..) {
            self.is_done(&file);
        }
        self.known.keep(length)
    }

    /// Adds a line for each passage of these articles that answers a search and was not told of before.
    fn tell(&mut self, articles: Vec<Arrived>, found: &str, lines: &mut Vec<u8>, look: &mut Look) -> Result<(), Failure> {
        let (known, searches) = (&mut self.known, &self.folder.searches);
        let cut = self.standing.answers(articles, &mut |number, passage: RankedPassage| {
            let search = &searches[number];
            let article = passage.article.to_string();
            if known.is_met_first(Of::Passage, &[search.name.as_bytes(), article.as_bytes(), passage.text.as_bytes()]) {
                look.passages += 1;
                // Nothing that is written to memory fails.
                let _ = json::line(lines, &AlertJson::new(&search.name, &search.typed, found, &passage));
            }
        })?;
        if let Some((number, why)) = cut {
            look.partial.get_or_insert_with(|| format!("{}: {why}", searches[number].name));
        }
        Ok(())
    }
}

type Arrived = (Article, Vec<Quotation>);

/// Articles that are put to the searches together.
#[derive(Default)]
struct Batch {
    /// When they were found.
    found: String,
    articles: Vec<Arrived>,
    bytes: usize,
    /// What the files are known by whose articles end here.
    files: Vec<FileMark>,
}

/// What a file is known by: its name, what it holds, and its articles, of which there may be others when it is read in another way.
type FileMark = [Vec<u8>; 3];

/// What it holds is told by its fingerprint; where it has none its size and time tell.
fn file(name: &str, entry: &Entry) -> FileMark {
    let held = match entry.fingerprint {
        0 => [entry.bytes.to_le_bytes(), entry.modified.to_le_bytes()].concat(),
        fingerprint => fingerprint.to_le_bytes().to_vec(),
    };
    let articles = entry.articles.iter().flat_map(|id| id.to_le_bytes()).collect();
    [name.as_bytes().to_vec(), held, articles]
}

fn standing(folder: &Folder, people: Arc<People>) -> StandingQueries {
    StandingQueries::new(folder.searches.iter().map(|search| search.query.clone()), people)
}

/// This second as RFC 3339 writes it.
fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since).ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_default().to_string()
}
