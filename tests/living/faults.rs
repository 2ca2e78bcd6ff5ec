//! A disk that fails after its n-th operation, for every n of a run of three commits: it loses power, gives errors, or is full.

use crate::archive::{dictionaries_in, open_writer, quick_dir, stories};
use crate::given::dice::Dice;
use newshound::article::Article;
use newshound::engine::embedded::{Damage, Faults, IndexReader, Operation, damaged_files, ledger};
use newshound::engine::{Error, Intake};
use newshound::quotation::quotations;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How a disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The process is killed: what it did stays.
    Killed,
    /// The power fails: of what was not made durable, nothing is there.
    PowerLost,
    /// The power fails: of what was not made durable, some is there, files half written.
    PowerLostTorn,
    /// One operation fails.
    Error,
    /// This operation fails and all later ones, reading and removing too.
    Dead,
    /// From now on nothing can be written; removing and reading work.
    Full,
}

/// All ways.
const WAYS: [Way; 6] = [Way::Killed, Way::PowerLost, Way::PowerLostTorn, Way::Error, Way::Dead, Way::Full];

/// Counts the operations of an index, fails at one, and remembers what was not durable then.
struct Disk {
    way: Way,
    at: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    done: usize,
    /// Files with bytes that were not made durable.
    unsynced: BTreeSet<PathBuf>,
    /// Names that were not made durable, in order, with what was there before.
    renamed: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Disk {
    fn new(way: Way, at: usize) -> Arc<Disk> {
        Arc::new(Disk { way, at, state: Mutex::default() })
    }

    fn done(&self) -> usize {
        self.state.lock().unwrap().done
    }

    /// Whether the operation with this number fails, and how.
    fn fails(&self, number: usize, operation: Operation) -> Option<io::Error> {
        let error = |code| Some(io::Error::from_raw_os_error(code));
        match self.way {
            Way::Error if number == self.at => error(5),
            Way::Killed | Way::PowerLost | Way::PowerLostTorn | Way::Dead if number >= self.at => error(5),
            Way::Full if number >= self.at && !matches!(operation, Operation::Read | Operation::Remove) => error(28),
            _ => None,
        }
    }

    /// What the disk holds when the power is back.
    fn lose_power(&self, dice: &mut Dice) {
        if !matches!(self.way, Way::PowerLost | Way::PowerLostTorn) {
            return;
        }
        let state = std::mem::take(&mut *self.state.lock().unwrap());
        let lost = |dice: &mut Dice| self.way == Way::PowerLost || dice.below(2) == 0;
        for path in state.unsynced {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let kept = if lost(dice) { 0 } else { dice.below(bytes.len() + 1) };
            std::fs::write(&path, &bytes[..kept]).unwrap();
        }
        // A name that is lost gives back what it stood for before; the newest is undone first.
        for (path, before) in state.renamed.into_iter().rev().filter(|_| lost(dice)) {
            match before {
                Some(bytes) => std::fs::write(&path, bytes).unwrap(),
                None => drop(std::fs::remove_file(&path)),
            }
        }
    }
}

impl Faults for Disk {
    fn before(&self, operation: Operation, path: &Path) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        let number = state.done;
        state.done += 1;
        if let Some(error) = self.fails(number, operation) {
            return Err(error);
        }
        match operation {
            Operation::Create => {
                state.unsynced.insert(path.to_owned());
                state.renamed.push((path.to_owned(), None));
            }
            Operation::Replace | Operation::Remove => state.renamed.push((path.to_owned(), std::fs::read(path).ok())),
            Operation::Sync => drop(state.unsynced.remove(path)),
            Operation::SyncDirectory => state.renamed.retain(|(renamed, _)| renamed.parent() != Some(path)),
            Operation::Write | Operation::Read => {}
        }
        Ok(())
    }
}

/// The articles that three commits are made of.
struct Script {
    articles: Vec<Article>,
    /// Numbers of the articles that each state of the index has; the first is none.
    states: [BTreeSet<usize>; 4],
}

impl Script {
    fn new() -> Script {
        let articles = stories(24, &mut Dice::new(23));
        let states = [BTreeSet::new(), (0..10).collect(), (3..18).collect(), (6..24).collect()];
        Script { articles, states }
    }

    /// Goes from the state that the index is in to the third, commit by commit; tells each that was made.
    fn run(&self, dir: &Path, from: usize, disk: Option<Arc<dyn Faults>>, made: &mut usize) -> Result<(), Error> {
        // So little that the first commit needs a dictionary of its own already.
        let mut writer = open_writer(dir, disk)?.learning_from(4 << 10);
        for state in from + 1..=3 {
            let (before, after) = (&self.states[state - 1], &self.states[state]);
            for gone in before.difference(after) {
                writer.remove(self.articles[*gone].id)?;
            }
            for new in after.difference(before) {
                writer.add(&self.articles[*new], &quotations(&self.articles[*new]))?;
            }
            writer.commit(None, format!("state {state}").as_bytes())?;
            *made = state;
        }
        writer.close()
    }

    /// The state that an index is in; damages and missing articles are an error.
    fn state(&self, dir: &Path) -> Result<usize, String> {
        let reader = match IndexReader::open(dir) {
            Err(Error::NoIndex(_)) => return Ok(0),
            opened => opened.map_err(|trouble| trouble.to_string())?,
        };
        let mut damages: Vec<Damage> = damaged_files(dir).map_err(|trouble| trouble.to_string())?;
        let mut found = Vec::new();
        let ids = reader.check(&mut |damage| found.push(damage)).map_err(|trouble| trouble.to_string())?;
        damages.extend(found);
        if !damages.is_empty() {
            return Err(format!("{damages:?}"));
        }
        let number = |article: &Article| article.id.0;
        let by_id: HashMap<u64, usize> = self.articles.iter().enumerate().map(|(n, article)| (number(article), n)).collect();
        let held: BTreeSet<usize> = ids.iter().map(|id| by_id[id]).collect();
        let state = (1..=3).find(|state| self.states[*state] == held).ok_or_else(|| format!("no state has just {held:?}"))?;
        let kept = ledger(dir).map_err(|trouble| trouble.to_string())?.unwrap_or_default();
        let expected = format!("state {state}");
        if kept != expected.as_bytes() {
            return Err(format!("the ledger of {expected} says {:?}", String::from_utf8_lossy(&kept)));
        }
        Ok(state)
    }
}

/// How many operations a run has.
fn operations(script: &Script) -> usize {
    let dir = quick_dir();
    let disk = Disk::new(Way::Error, usize::MAX);
    script.run(dir.path(), 0, Some(disk.clone()), &mut 0).unwrap();
    assert_eq!(script.state(dir.path()), Ok(3));
    disk.done()
}

/// Waits for the threads of a writer that ended with an error: a merge may be in the middle of an operation that it was
/// allowed, and must not remove a file after the power gave it back.
fn still(disk: &Arc<Disk>) -> Result<(), String> {
    let began = Instant::now();
    while Arc::strong_count(disk) > 1 {
        if began.elapsed() > Duration::from_secs(60) {
            return Err("threads of a writer that ended still have its disk after a minute".into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}

/// One run whose disk fails at operation `at`: the index must be at the last commit that was told of, or at the one under
/// way; the error must say what failed; the next run must complete.
fn one(script: &Script, way: Way, at: usize) -> Result<(), String> {
    let dir = quick_dir();
    let disk = Disk::new(way, at);
    let mut made = 0;
    let ran = script.run(dir.path(), 0, Some(disk.clone()), &mut made);
    still(&disk)?;
    disk.lose_power(&mut Dice::new(at as u64 + 1));
    let state = script.state(dir.path())?;
    if state != made && state != made + 1 {
        return Err(format!("{made} commits were told of, the index is at {state}"));
    }
    match ran {
        Ok(()) if made != 3 => return Err("no error, and not all commits".into()),
        // A whole segment can be searched though its merge failed: that is no error of a commit.
        Ok(()) => {}
        Err(Error::Disk(_, what)) if what.contains(": ") => {}
        Err(trouble) => return Err(format!("the error does not name the disk: {trouble}")),
    }
    let mut made = state;
    script.run(dir.path(), state, None, &mut made).map_err(|trouble| format!("the next run: {trouble}"))?;
    match script.state(dir.path())? {
        3 => Ok(()),
        state => Err(format!("the next run leaves it at {state}")),
    }
}

/// Opening a whole index for reading and reading all of it, with the `at`-th operation failing: an error that names the disk,
/// or what is there, and the index is as it was.
fn reading(script: &Script, dir: &Path, at: usize) -> Result<bool, String> {
    let disk = Disk::new(Way::Dead, at);
    let read = IndexReader::open_on(dir, Some(disk.clone())).and_then(|reader| {
        let mut damages = 0;
        let ids = reader.check(&mut |_| damages += 1)?;
        Ok((ids.len(), damages))
    });
    let hit = disk.done() > at;
    match read {
        Ok((18, 0)) => {}
        Err(Error::Disk(..)) => {}
        Ok(other) => return Err(format!("(articles, damages) {other:?}")),
        Err(trouble) => return Err(format!("the error does not name the disk: {trouble}")),
    }
    // A writer that cannot read the index must not take it for a damaged one and begin anew.
    match open_writer(dir, Some(Disk::new(Way::Dead, at))) {
        Ok(_) | Err(Error::Disk(..)) => {}
        Err(trouble) => return Err(format!("a writer: {trouble}")),
    }
    match script.state(dir)? {
        3 => Ok(hit),
        state => Err(format!("the index is at {state}")),
    }
}

/// A whole index of the script.
fn whole(script: &Script) -> tempfile::TempDir {
    let dir = quick_dir();
    script.run(dir.path(), 0, None, &mut 0).unwrap();
    assert!(!dictionaries_in(dir.path()).is_empty(), "too little was taken in to learn from");
    dir
}

/// What was tried, and what went wrong.
pub struct Done {
    /// Runs on a disk that fails at one of `operations`.
    pub runs: usize,
    pub operations: usize,
    /// Readings on such a disk.
    pub readings: usize,
    pub wrong: Vec<String>,
}

/// Every way at every `step`-th operation from `first` on, and reading with every operation failing.
pub fn some(step: usize, first: usize) -> Done {
    let script = Script::new();
    let operations = operations(&script);
    let mut wrong = Vec::new();
    let mut runs = 0;
    for (number, way) in WAYS.into_iter().enumerate() {
        for at in ((number + first) % step..operations + 2).step_by(step) {
            runs += 1;
            if let Err(why) = one(&script, way, at) {
                wrong.push(format!("{way:?} at {at}: {why}"));
            }
        }
    }
    let dir = whole(&script);
    let mut readings = 0;
    loop {
        match reading(&script, dir.path(), readings) {
            Ok(true) => readings += 1,
            Ok(false) => break,
            Err(why) => {
                wrong.push(format!("reading, {readings}: {why}"));
                break;
            }
        }
    }
    Done { runs, operations, readings, wrong }
}
