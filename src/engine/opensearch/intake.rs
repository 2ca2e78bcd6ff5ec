//! Articles into the cluster: requests of bounded size that may be said twice, and a commit that is one conditional write.

use super::client::{Answer, Client, reason};
use super::commit::{self, Commit, LedgerName, Seen, now};
use super::document::{Version, document, name_of};
use super::found::{Found, found_by};
use crate::article::{Article, ArticleId};
use crate::engine::embedded::packed;
use crate::engine::{Error, IndexIntake, Intake, Merge, Share};
use crate::quotation::Quotation;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Bytes of a request.
const REQUEST: usize = 5 << 20;

/// Bytes of the largest document: a node takes 100 MB.
const LARGEST: usize = 64 << 20;

/// Removed articles that are looked up at once.
const AT_ONCE: usize = 256;

/// How often a writer lets itself be heard of.
const HEARD: Duration = Duration::from_secs(4);

/// How often a request is said again of which something was not taken, and the first wait.
const AGAIN: u32 = 8;
const WAIT: Duration = Duration::from_millis(200);

/// How often a change of the commit is tried that others came before, and the wait between.
const RACES: u32 = 100;
const RACE: Duration = Duration::from_millis(30);

/// Writes an index on a cluster.
pub(super) struct ClusterIntake {
    shared: Arc<Shared>,
    waiting: Mutex<Waiting>,
    /// The ledger that this run has seen or written.
    known: Option<LedgerName>,
    floor: u64,
    beat: Option<std::thread::JoinHandle<()>>,
}

/// What the thread that lets the writer be heard of knows, too.
struct Shared {
    client: Client,
    seen: Mutex<Seen>,
    lost: AtomicBool,
    /// The number of the run; from a commit on it is another.
    run: AtomicU64,
    /// This run has sent something.
    has_sent: AtomicBool,
    ended: Mutex<bool>,
    end: Condvar,
}

/// What was not sent yet.
#[derive(Default)]
struct Waiting {
    lines: Vec<u8>,
    /// Articles of earlier runs to remove.
    removed: Vec<u64>,
    /// Articles that this run added.
    added: HashSet<u64>,
}

/// Begins a run; others may begin theirs at the same moment.
fn begin(client: &Client, share: Option<Share>) -> Result<(Seen, u64), Error> {
    for _ in 0..RACES {
        let there = commit::read(client)?;
        let before = match &there {
            Some(seen) => seen.commit.clone(),
            None => {
                commit::make(client, &client.address)?;
                Commit { version: super::mapping::VERSION, made: now(), ..Commit::default() }
            }
        };
        let Some((next, run)) = before.begin(share) else { break };
        match commit::write(client, there.as_ref(), next) {
            Err(Error::Locked(_)) => std::thread::sleep(RACE),
            written => return written.map(|seen| (seen, run)),
        }
    }
    Err(Error::Locked(client.path()))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ClusterIntake {
    /// Begins a run, unless somebody else's is under way who may have the same files.
    pub fn open(client: Client, share: Option<Share>) -> Result<ClusterIntake, Error> {
        let (seen, run) = begin(&client, share)?;
        let (floor, known) = (seen.commit.floor, seen.commit.ledger);
        sweep(&client, &seen.commit)?;
        let shared = Arc::new(Shared {
            client,
            seen: Mutex::new(seen),
            lost: AtomicBool::new(false),
            has_sent: AtomicBool::new(false),
            run: AtomicU64::new(run),
            ended: Mutex::new(false),
            end: Condvar::new(),
        });
        let beat = Some(std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.keep_hearing()
        }));
        Ok(ClusterIntake { shared, waiting: Mutex::default(), known, floor, beat })
    }

    fn client(&self) -> &Client {
        &self.shared.client
    }

    fn run(&self) -> u64 {
        self.shared.run()
    }

    fn is_ours(&self) -> Result<(), Error> {
        if self.shared.lost.load(Ordering::Relaxed) { Err(Error::Locked(self.client().path())) } else { Ok(()) }
    }

    /// Adds lines to the next request, and sends it when it is full.
    fn push(&self, action: &Value, document: Option<&str>) -> Result<(), Error> {
        let full = {
            let mut waiting = locked(&self.waiting);
            waiting.lines.extend(action.to_string().bytes());
            waiting.lines.push(b'\n');
            if let Some(document) = document {
                waiting.lines.extend(document.bytes());
                waiting.lines.push(b'\n');
            }
            if waiting.lines.len() < REQUEST { Vec::new() } else { std::mem::take(&mut waiting.lines) }
        };
        self.send(&full)
    }

    fn send(&self, lines: &[u8]) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        self.is_ours()?;
        self.shared.has_sent.store(true, Ordering::Relaxed);
        let client = self.client();
        let path = format!(
            "{}/_bulk?timeout=20s&filter_path=errors,items.*.status,items.*.error.reason,items.*.error.type",
            client.address.name
        );
        let mut wait = WAIT;
        for _ in 0..AGAIN {
            let answer = client.lines(&path, lines)?;
            if answer.status >= 300 {
                client.good(answer)?;
                return Ok(());
            }
            let Some(refused) = refused(&answer.body) else { return Ok(()) };
            // What was taken already is taken again, and stays as it is.
            if !matches!(refused.status, 429 | 503) {
                return Err(client.refused(&refused));
            }
            std::thread::sleep(wait);
            wait *= 2;
        }
        Err(client.unreachable("it did not take all articles of a request, however often that was said again"))
    }

    fn put(&self, article: &Article, quotations: &[Quotation], record: &[u8], version: Version) -> Result<(), Error> {
        let id = article.id;
        let document = document(article, quotations, &STANDARD.encode(record), version).to_string();
        if document.len() > LARGEST {
            return Err(Error::TooLarge(
                id,
                format!("it takes {} MB of a request, and a cluster takes 64", document.len() >> 20),
            ));
        }
        // A version is only ever replaced by a later one of it: a request that is late changes nothing.
        let number = version.gone.unwrap_or(version.since);
        let name = name_of(id.0, version.since);
        self.push(&json!({"index": {"_id": name, "version": number, "version_type": "external_gte"}}), Some(&document))
    }

    /// Marks what earlier runs added of these articles as removed by this one.
    fn remove_all(&self, ids: &[u64]) -> Result<(), Error> {
        let committed = locked(&self.shared.seen).commit.clone();
        for some in ids.chunks(AT_ONCE) {
            let ids: Vec<String> = some.iter().map(|id| format!("{id:016x}")).collect();
            let query = json!({"bool": {"filter": [committed.visible(), {"terms": {"id": ids}}]}});
            let Found { articles, .. } = found_by(self.client(), &query, &json!([{"id": "asc"}]), usize::MAX, None)?;
            for found in articles {
                let (article, quotations) = &found.stored;
                self.put(article, quotations, &found.record, Version { since: found.since, gone: Some(self.run()) })?;
            }
        }
        Ok(())
    }
}

/// The first line that was refused for another reason than that a later version is there.
fn refused(body: &Value) -> Option<Answer> {
    if body["errors"] != true {
        return None;
    }
    let items = body["items"].as_array().into_iter().flatten();
    let results = items.filter_map(|item| item.as_object()?.values().next());
    let wrong = results.filter(|result| {
        let status = result["status"].as_u64().unwrap_or(500);
        status >= 300 && status != 409 && status != 404
    });
    let worst = wrong.max_by_key(|result| !matches!(result["status"].as_u64(), Some(429 | 503)))?;
    let status = worst["status"].as_u64().unwrap_or(500) as u16;
    Some(Answer { status, body: json!({"error": reason(&json!({"error": worst["error"]}))}) })
}

/// Removes what can be seen by nobody any more.
fn sweep(client: &Client, commit: &Commit) -> Result<(), Error> {
    let path = format!("{}/_delete_by_query?conflicts=proceed&wait_for_completion=false", client.address.name);
    // What a killed run wrote may not be searchable yet.
    client.get("POST", &format!("{}/_refresh", client.address.name), None)?;
    client.get("POST", &path, Some(&json!({"query": commit.forgotten()}))).map(drop)
}

impl Shared {
    fn run(&self) -> u64 {
        self.run.load(Ordering::Relaxed)
    }

    /// Changes the commit on condition that this run is still under way, also when others changed it meanwhile. `change` gives the number that
    /// the run has from then on.
    fn change(&self, mut change: impl FnMut(&mut Commit) -> Result<u64, Error>) -> Result<(), Error> {
        let mut seen = locked(&self.seen);
        for _ in 0..RACES {
            let mut next = seen.commit.clone();
            let changed = match next.writing(self.run()) {
                Some(_) => change(&mut next),
                None => break,
            };
            let written = changed.and_then(|run| Ok((run, commit::write(&self.client, Some(&seen), next)?)));
            let why = match written {
                Ok((run, written)) => {
                    self.run.store(run, Ordering::Relaxed);
                    *seen = written;
                    return Ok(());
                }
                Err(error @ Error::Overtaken(_)) => return Err(error),
                Err(error) => error,
            };
            // What was read for it may be gone with the commit it belonged to.
            let there = commit::read(&self.client)?;
            match there {
                Some(there) if there.commit != seen.commit => *seen = there,
                _ => return Err(why),
            }
            std::thread::sleep(RACE);
        }
        self.lost.store(true, Ordering::Relaxed);
        Err(Error::Locked(self.client.path()))
    }

    /// Lets the writer be heard of until it ends.
    fn keep_hearing(&self) {
        let mut ended = locked(&self.ended);
        loop {
            ended = self.end.wait_timeout(ended, HEARD).unwrap_or_else(PoisonError::into_inner).0;
            if *ended {
                return;
            }
            // A cluster that cannot be reached now may be later; who has taken our place stays there.
            let _ = self.change(|commit| {
                let run = self.run();
                commit.writing(run).into_iter().for_each(|writer| writer.heard = now());
                Ok(run)
            });
            if self.lost.load(Ordering::Relaxed) {
                return;
            }
        }
    }

    fn end(&self) {
        *locked(&self.ended) = true;
        self.end.notify_all();
    }
}

impl Drop for ClusterIntake {
    fn drop(&mut self) {
        self.shared.end();
        if let Some(beat) = self.beat.take() {
            let _ = beat.join();
        }
        // What was not committed is lost, and whoever comes next need not wait.
        let (run, has_sent) = (self.run(), self.shared.has_sent.load(Ordering::Relaxed));
        if !self.shared.lost.load(Ordering::Relaxed) {
            let _ = self.shared.change(|commit| {
                commit.writers.retain(|writer| writer.run != run);
                commit.lost.extend(has_sent.then_some(run));
                Ok(run)
            });
        }
    }
}

impl Intake for ClusterIntake {
    fn add(&self, article: &Article, quotations: &[Quotation]) -> Result<(), Error> {
        self.is_ours()?;
        let record = packed(article, quotations).map_err(|error| Error::TooLarge(article.id, error.to_string()))?;
        self.put(article, quotations, &record, Version { since: self.run(), gone: None })?;
        locked(&self.waiting).added.insert(article.id.0);
        Ok(())
    }

    fn remove(&self, id: ArticleId) -> Result<(), Error> {
        let (was_ours, full) = {
            let mut waiting = locked(&self.waiting);
            waiting.removed.push(id.0);
            let full = if waiting.removed.len() < AT_ONCE { Vec::new() } else { std::mem::take(&mut waiting.removed) };
            (waiting.added.remove(&id.0), full)
        };
        if was_ours {
            let name = name_of(id.0, self.run());
            self.push(&json!({"delete": {"_id": name, "version": self.run(), "version_type": "external_gte"}}), None)?;
        }
        self.remove_all(&full)
    }

    fn commit(&mut self, corpus: Option<&Path>, ledger: &[u8]) -> Result<(), Error> {
        self.commit_beside(corpus, &mut |_| Ok(ledger.to_vec()))
    }

    fn commit_beside(&mut self, corpus: Option<&Path>, ledger: &mut Merge) -> Result<(), Error> {
        let removed = std::mem::take(&mut locked(&self.waiting).removed);
        self.remove_all(&removed)?;
        let lines = std::mem::take(&mut locked(&self.waiting).lines);
        self.send(&lines)?;
        let client = self.client();
        // Only what can be searched may be committed.
        let refreshed = client.get("POST", &format!("{}/_refresh", client.address.name), None)?;
        super::found::succeeded(client, &refreshed)?;
        let corpus = corpus.map(|corpus| corpus.to_string_lossy().into_owned());
        let (run, floor, known) = (self.run(), self.floor, self.known);
        // The ledger that was there, and what became of it with this run.
        let mut kept: Option<(Option<LedgerName>, LedgerName)> = None;
        self.shared.change(|commit| {
            let name = match kept {
                Some((before, name)) if before == commit.ledger => name,
                _ => {
                    let there = if commit.ledger == known { None } else { commit::ledger(client, commit)? };
                    let name = commit::write_ledger(client, run, &ledger(there.as_deref())?)?;
                    kept = Some((commit.ledger, name));
                    name
                }
            };
            Ok(commit.committed(run, floor, corpus.clone(), name))
        })?;
        if let Some((before, name)) = kept {
            commit::forget_ledger(client, before);
            self.known = Some(name);
        }
        // What comes now belongs to the next commit.
        self.shared.has_sent.store(false, Ordering::Relaxed);
        locked(&self.waiting).added.clear();
        Ok(())
    }
}

impl IndexIntake for ClusterIntake {
    fn clear(&mut self) -> Result<(), Error> {
        self.floor = self.run();
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<(), Error> {
        Ok(())
    }
}
