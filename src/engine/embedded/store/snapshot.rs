//! One commit of the index, opened once for all its searches.

use super::champions::ChampionFile;
use super::dictionary::Dictionaries;
use super::kept::Kept;
use super::quoted::{Who, WhoBegun};
use super::schema::{Fields, failed};
use super::stories::Stories;
use super::tantivy::{PlacesFile, Trees, of_store, only_bytes};
use super::units::{UnitColumns, UnitRows, Units};
use crate::article::{Article, ArticleId};
use crate::day::Days;
use crate::engine::embedded::excerpt::Whole;
use crate::engine::embedded::lookup::budget::Budget;
use crate::engine::{Calendar, Dated, Error, Holdings, People};
use crate::quotation::Quotation;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, TryLockError};
use std::time::Duration;
use tantivy::columnar::Column;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher};

/// An article as it is stored.
pub(in crate::engine) type Stored = (Article, Vec<Quotation>);

/// Bytes of unpacked articles that are kept: people page through an answer and ask again. 16 MB is some 2,700 articles.
const KEPT: u64 = 16 << 20;

/// Blocks of a store that are kept; articles are read in order of rank, so few are read twice.
const BLOCKS: usize = 2;

/// A table of a segment costs a pass over its units: it pays once more than this share of them is asked for at once.
const SHARE: usize = 32;

/// Between two looks whether somebody else has made what is needed.
const WAIT: Duration = Duration::from_millis(2);

/// One commit of the index.
pub(in crate::engine::embedded) struct Snapshot {
    dir: PathBuf,
    pub searcher: Searcher,
    stores: Vec<OnceLock<StoreReader>>,
    /// What the articles were packed with.
    dictionaries: Arc<Dictionaries>,
    tables: Vec<OnceLock<UnitRows>>,
    champions: Vec<OnceLock<Option<ChampionFile>>>,
    trees: Vec<OnceLock<Option<Trees>>>,
    places: Vec<OnceLock<Option<PlacesFile>>>,
    subheads: Vec<OnceLock<Column<u64>>>,
    cuts: Vec<OnceLock<Column<u64>>>,
    articles: Cache<DocAddress, Arc<Stored>, Bytes>,
    searches: AtomicUsize,
    totals: OnceLock<Totals>,
    /// Who is who, once asked for.
    who: OnceLock<Who>,
    who_begun: Mutex<WhoBegun>,
    holdings: OnceLock<Holdings>,
    /// What was printed on each day, once asked for.
    calendar: OnceLock<Arc<Calendar>>,
    /// Who tells the same story, once asked for.
    stories: OnceLock<Stories>,
    /// The archive, where this is an excerpt of one.
    pub whole: Option<Arc<dyn Whole>>,
    /// Who is quoted in it, where that is more than the excerpt has.
    pub names: Option<Searcher>,
    /// What is said by hand of who is who.
    pub people: Arc<People>,
}

/// Figures of the whole index that a score needs.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine) struct Totals {
    pub units: u64,
    pub words: u64,
    pub articles: u64,
}

impl Totals {
    /// Words of an average unit.
    pub fn average_unit(&self) -> f32 {
        self.words as f32 / self.units.max(1) as f32
    }

    /// Words of an average article.
    pub fn average_article(&self) -> f32 {
        self.words as f32 / self.articles.max(1) as f32
    }
}

/// Bytes of a name, an address or the like, with what it takes to hold them apart.
const NAME: usize = 32;

#[derive(Clone)]
struct Bytes;

impl Weighter<DocAddress, Arc<Stored>> for Bytes {
    fn weight(&self, _: &DocAddress, stored: &Arc<Stored>) -> u64 {
        let (article, quotations) = &**stored;
        let paragraphs = size_of_val(article.paragraphs.as_slice()) + size_of_val(article.origin.pieces.as_slice());
        let speakers = quotations.len() * (size_of::<Quotation>() + NAME);
        (size_of::<Stored>() + article.text.len() + paragraphs + speakers + 16 * NAME) as u64
    }
}

impl Snapshot {
    pub fn new(dir: &Path, searcher: Searcher, dictionaries: Arc<Dictionaries>) -> Snapshot {
        let segments = searcher.segment_readers().len();
        Snapshot {
            dir: dir.to_owned(),
            searcher,
            stores: (0..segments).map(|_| OnceLock::new()).collect(),
            dictionaries,
            tables: (0..segments).map(|_| OnceLock::new()).collect(),
            champions: (0..segments).map(|_| OnceLock::new()).collect(),
            trees: (0..segments).map(|_| OnceLock::new()).collect(),
            places: (0..segments).map(|_| OnceLock::new()).collect(),
            subheads: (0..segments).map(|_| OnceLock::new()).collect(),
            cuts: (0..segments).map(|_| OnceLock::new()).collect(),
            articles: Cache::with_weighter(2_700, KEPT, Bytes),
            searches: AtomicUsize::new(0),
            totals: OnceLock::new(),
            who: OnceLock::new(),
            who_begun: Mutex::default(),
            holdings: OnceLock::new(),
            calendar: OnceLock::new(),
            stories: OnceLock::new(),
            whole: None,
            names: None,
            people: Arc::default(),
        }
    }

    /// Whether no other commit was made since.
    pub fn is_last(&self) -> tantivy::Result<bool> {
        let metas = self.searcher.index().load_metas()?;
        let last = metas.segments.iter().map(|segment| (segment.id(), segment.delete_opstamp())).collect();
        Ok(*self.searcher.generation().segments() == last)
    }

    /// Names the commit, by its segments and what is deleted of them.
    pub fn name(&self) -> String {
        let mut hasher = std::collections::hash_map::DefaultHasher::new();
        for (id, deleted) in self.searcher.generation().segments() {
            (id.uuid_string(), deleted).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }

    /// The directory of the whole archive; nothing when the budget is spent before it is made. What was read for it until then is kept for
    /// the next who asks.
    pub fn who(&self, budget: &Budget) -> tantivy::Result<Option<&Who>> {
        loop {
            if let Some(who) = self.who.get() {
                return Ok(Some(who));
            }
            let mut begun = match self.who_begun.try_lock() {
                Ok(begun) => begun,
                // Whoever panicked may have read an article without going on behind it: that would count twice.
                Err(TryLockError::Poisoned(poisoned)) => {
                    self.who_begun.clear_poison();
                    let mut begun = poisoned.into_inner();
                    *begun = WhoBegun::default();
                    begun
                }
                // Somebody else is at it.
                Err(TryLockError::WouldBlock) if budget.look() => {
                    std::thread::sleep(WAIT);
                    continue;
                }
                Err(TryLockError::WouldBlock) => return Ok(None),
            };
            // Made while the lock was waited for.
            if self.who.get().is_some() {
                continue;
            }
            let Some(made) = begun.go_on(self.names(), &self.people, budget)? else { return Ok(None) };
            return Ok(Some(self.who.get_or_init(|| made)));
        }
    }

    /// Which articles tell one story: as the writer kept it, or found anew.
    pub fn stories(&self) -> tantivy::Result<&Stories> {
        Ok(self.stories_while(&mut |_| true)?.unwrap_or_else(|| self.stories.get_or_init(Stories::default)))
    }

    /// The same; nothing when they have to be found anew and `go_on` ends that ([`Stories::found`]).
    pub fn stories_while(&self, go_on: &mut dyn FnMut(usize) -> bool) -> tantivy::Result<Option<&Stories>> {
        if let Some(stories) = self.stories.get() {
            return Ok(Some(stories));
        }
        let kept = Kept::from_index(self.searcher.index())?;
        let kept = if self.is_last()? { Stories::kept(&self.dir, &kept) } else { None };
        let stories = match kept {
            None => Stories::found(&self.searcher, go_on)?,
            kept => kept,
        };
        Ok(stories.map(|stories| self.stories.get_or_init(|| stories)))
    }

    /// The article whose head stands at `head`, with its quotations.
    pub fn read(&self, head: DocAddress) -> Result<Arc<Stored>, Error> {
        if let Some(stored) = self.articles.get(&head) {
            return Ok(stored);
        }
        let stored = Arc::new(self.unpack(head)?);
        self.articles.insert(head, Arc::clone(&stored));
        Ok(stored)
    }

    /// The same; nothing when it is damaged, which costs an answer this one article.
    pub fn readable(&self, head: DocAddress) -> Result<Option<Arc<Stored>>, Error> {
        match self.read(head) {
            Err(Error::Broken(..)) => Ok(None),
            read => read.map(Some),
        }
    }

    /// Where is read who is who.
    pub fn names(&self) -> &Searcher {
        self.names.as_ref().unwrap_or(&self.searcher)
    }

    /// Fetches articles that will be read, one after another, from the archive that has them.
    pub fn will_read(&self, heads: &[DocAddress]) {
        let Some(whole) = &self.whole else { return };
        let heads: Vec<DocAddress> = heads.iter().copied().filter(|head| self.articles.get(head).is_none()).collect();
        let ids: Vec<ArticleId> = heads.iter().map(|head| self.id_of(*head)).collect();
        for (head, stored) in heads.into_iter().zip(whole.articles(&ids)) {
            if let Some(stored) = stored {
                self.keep(head, stored);
            }
        }
    }

    /// Keeps an article at hand that has been read already.
    pub fn keep(&self, head: DocAddress, stored: Stored) {
        self.articles.insert(head, Arc::new(stored));
    }

    /// The same as [`Snapshot::read`], read anew.
    pub fn unpack(&self, head: DocAddress) -> Result<Stored, Error> {
        let broken = |error: std::io::Error| Error::Broken(self.dir.clone(), error.to_string());
        let store = &self.stores[head.segment_ord as usize];
        let store = match store.get() {
            Some(store) => store,
            None => {
                let segment = self.searcher.segment_reader(head.segment_ord);
                let opened = of_store(|| Ok(segment.get_store_reader(BLOCKS)?)).map_err(|error| failed(&self.dir, error))?;
                store.get_or_init(|| opened)
            }
        };
        let document = of_store(|| store.get_document_bytes(head.doc_id)).map_err(|error| failed(&self.dir, error))?;
        let packed = only_bytes(&document).ok_or_else(|| broken(std::io::ErrorKind::InvalidData.into()))?;
        self.dictionaries.unpack(packed).map_err(broken)
    }

    /// tantivy's error in the terms of an engine.
    pub fn failed(&self, error: tantivy::TantivyError) -> Error {
        failed(&self.dir, error)
    }

    /// The id of the article whose head stands at `head`, as the columns have it.
    pub fn id_of(&self, head: DocAddress) -> ArticleId {
        let ids = self.searcher.segment_reader(head.segment_ord).fast_fields().u64("id");
        ArticleId(ids.ok().and_then(|ids| ids.first(head.doc_id)).unwrap_or_default())
    }

    /// Says that a search begins.
    pub fn begin(&self) {
        self.searches.fetch_add(1, Ordering::Relaxed);
    }

    pub fn totals(&self, fields: &Fields) -> tantivy::Result<Totals> {
        if let Some(totals) = self.totals.get() {
            return Ok(*totals);
        }
        if let Some(whole) = &self.whole {
            return Ok(*self.totals.get_or_init(|| whole.totals()));
        }
        let mut totals = Totals::default();
        for segment in self.searcher.segment_readers() {
            totals.units += u64::from(segment.max_doc());
            totals.words += segment.inverted_index(fields.text)?.total_num_tokens();
            totals.articles += u64::from(segment.fast_fields().u64("id")?.values.num_vals());
        }
        Ok(*self.totals.get_or_init(|| totals))
    }

    /// How much there is that was not deleted. Words are those of the segments, deleted units included until they are merged.
    pub fn holdings(&self, fields: &Fields) -> tantivy::Result<Holdings> {
        if let Some(holdings) = self.holdings.get() {
            return Ok(holdings.clone());
        }
        let mut holdings = Holdings { words: self.totals(fields)?.words, commit: self.name(), ..Holdings::default() };
        for segment in self.searcher.segment_readers() {
            let fast = segment.fast_fields();
            let (units, days, kinds) = (fast.column_first_or_default::<u64>("unit")?, fast.u64("days")?, fast.u64("kinds")?);
            for doc in (0..segment.max_doc()).filter(|doc| segment.alive_bitset().is_none_or(|alive| alive.is_alive(*doc))) {
                holdings.units += 1;
                holdings.articles += u64::from(units.get_val(doc) < 2);
                holdings.quotations += kinds.values_for_doc(doc).count() as u64;
                if let Some(days) = days.first(doc).and_then(Days::unpacked) {
                    holdings.days = Some(holdings.days.map_or(days, |known| known.and(days)));
                }
            }
        }
        Ok(self.holdings.get_or_init(|| holdings).clone())
    }

    /// Which units of a segment are headings within a story.
    pub fn subheads(&self, segment: usize) -> tantivy::Result<&Column<u64>> {
        self.column(&self.subheads[segment], segment, "subhead")
    }

    /// At which words the units of a segment are cut into passages.
    pub fn cuts(&self, segment: usize) -> tantivy::Result<&Column<u64>> {
        self.column(&self.cuts[segment], segment, "cuts")
    }

    /// A column of a segment that most questions need: to open it by its name takes as long as to read it.
    fn column<'a>(&self, column: &'a OnceLock<Column<u64>>, segment: usize, name: &str) -> tantivy::Result<&'a Column<u64>> {
        if let Some(column) = column.get() {
            return Ok(column);
        }
        let opened = self.searcher.segment_reader(segment as u32).fast_fields().u64(name)?;
        Ok(column.get_or_init(|| opened))
    }

    /// How much was printed on each day.
    pub fn calendar(&self) -> tantivy::Result<Arc<Calendar>> {
        if let Some(calendar) = self.calendar.get() {
            return Ok(Arc::clone(calendar));
        }
        let stories = self.stories()?;
        let mut articles = Vec::new();
        for segment in self.searcher.segment_readers() {
            let fast = segment.fast_fields();
            let (ids, days, length) = (fast.u64("id")?, fast.u64("days")?, fast.u64("length")?);
            for doc in (0..segment.max_doc()).filter(|doc| segment.alive_bitset().is_none_or(|alive| alive.is_alive(*doc))) {
                // Only heads have one.
                let Some(id) = ids.first(doc) else { continue };
                let days = days.first(doc).and_then(Days::unpacked);
                let words = length.first(doc).unwrap_or_default();
                articles.push(Dated { id: ArticleId(id), story: stories.of(id), days, words });
            }
        }
        Ok(Arc::clone(self.calendar.get_or_init(|| Arc::new(Calendar::of(articles)))))
    }

    /// What is known of the units of a segment, when about `wanted` of them will be asked for.
    pub fn units(&self, segment: usize, wanted: usize) -> tantivy::Result<Units<'_>> {
        let reader = self.searcher.segment_reader(segment as u32);
        let pays = wanted * SHARE > reader.max_doc() as usize || self.searches.load(Ordering::Relaxed) > 1;
        Ok(match self.tables[segment].get() {
            Some(table) => Units::Rows(table),
            None if pays => Units::Rows(self.rows(segment)?),
            None => Units::Columns(Box::new(UnitColumns::open(reader)?)),
        })
    }

    /// The table of the units of a segment.
    pub fn rows(&self, segment: usize) -> tantivy::Result<&UnitRows> {
        let table = &self.tables[segment];
        if let Some(table) = table.get() {
            return Ok(table);
        }
        let made = UnitRows::read(self.searcher.segment_reader(segment as u32))?;
        Ok(table.get_or_init(|| made))
    }

    /// The dictionaries of a segment as trees, where they can be had.
    pub fn trees(&self, segment: usize) -> Option<&Trees> {
        let open = || Trees::open(self.searcher.index(), self.searcher.segment_reader(segment as u32));
        self.trees[segment].get_or_init(open).as_ref()
    }

    /// The places of the words of a segment, where they can be had.
    pub fn places(&self, segment: usize) -> Option<&PlacesFile> {
        let open = || PlacesFile::open(self.searcher.index(), self.searcher.segment_reader(segment as u32));
        self.places[segment].get_or_init(open).as_ref()
    }

    /// In which articles of a segment the frequent words are worth most, where that is kept.
    pub fn champions(&self, segment: usize) -> Option<&ChampionFile> {
        let open = || ChampionFile::open(&self.dir, self.searcher.segment_reader(segment as u32));
        // An excerpt has no directory of its own.
        self.champions[segment].get_or_init(|| if self.whole.is_none() { open() } else { None }).as_ref()
    }
}
