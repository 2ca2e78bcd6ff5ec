//! Articles into the cluster: requests of bounded size that may be said twice, and a commit that is one conditional write.

use super::client::{Answer, Client, reason};
use super::commit::{self, Commit, Seen, Writing, now};
use super::document::{Version, document, name_of};
use super::found::{Found, found_by};
use crate::article::{Article, ArticleId};
use crate::engine::embedded::packed;
use crate::engine::{Error, IndexIntake, Intake};
use crate::quotation::Quotation;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
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

/// Writes an index on a cluster.
pub(super) struct ClusterIntake {
    shared: Arc<Shared>,
    waiting: Mutex<Waiting>,
    run: u64,
    floor: u64,
    beat: Option<std::thread::JoinHandle<()>>,
}

/// What the thread that lets the writer be heard of knows, too.
struct Shared {
    client: Client,
    seen: Mutex<Seen>,
    lost: AtomicBool,
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

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ClusterIntake {
    /// Begins a run, unless somebody else's is under way.
    pub fn open(client: Client) -> Result<ClusterIntake, Error> {
        let there = commit::read(&client)?;
        if there.is_none() {
            commit::make(&client, &client.address)?;
        }
        let mut next = match &there {
            Some(seen) if seen.commit.is_written() => return Err(Error::Locked(client.path())),
            Some(seen) => seen.commit.clone(),
            None => Commit { version: super::mapping::VERSION, made: now(), ..Commit::default() },
        };
        // One that was killed: what it wrote must never count.
        next.lost.extend(next.writer.take().map(|writer| writer.run));
        next.given += 1;
        let run = next.given;
        next.writer = Some(Writing { run, heard: now() });
        let floor = next.floor;
        let seen = commit::write(&client, there.as_ref(), next)?;
        sweep(&client, &seen.commit)?;
        let shared = Arc::new(Shared {
            client,
            seen: Mutex::new(seen),
            lost: AtomicBool::new(false),
            has_sent: AtomicBool::new(false),
            ended: Mutex::new(false),
            end: Condvar::new(),
        });
        let beat = Some(std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.keep_hearing()
        }));
        Ok(ClusterIntake { shared, waiting: Mutex::default(), run, floor, beat })
    }

    fn client(&self) -> &Client {
        &self.shared.client
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
            let Found { articles, .. } = found_by(self.client(), &query, &json!([{"id": "asc"}]), usize::MAX)?;
            for found in articles {
                let (article, quotations) = &found.stored;
                self.put(article, quotations, &found.record, Version { since: found.since, gone: Some(self.run) })?;
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
    /// Changes the commit on condition that nobody else did.
    fn change(&self, change: impl FnOnce(&mut Commit)) -> Result<(), Error> {
        let mut seen = locked(&self.seen);
        let mut next = seen.commit.clone();
        change(&mut next);
        match commit::write(&self.client, Some(&seen), next) {
            Ok(written) => {
                *seen = written;
                Ok(())
            }
            Err(error) => {
                self.lost.store(matches!(error, Error::Locked(_)), Ordering::Relaxed);
                Err(error)
            }
        }
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
                if let Some(writer) = &mut commit.writer {
                    writer.heard = now();
                }
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
        let (run, has_sent) = (self.run, self.shared.has_sent.load(Ordering::Relaxed));
        if !self.shared.lost.load(Ordering::Relaxed) {
            let _ = self.shared.change(|commit| {
                if commit.writer.take().is_some_and(|writer| writer.run == run) && has_sent {
                    commit.lost.push(run);
                }
            });
        }
    }
}

impl Intake for ClusterIntake {
    fn add(&self, article: &Article, quotations: &[Quotation]) -> Result<(), Error> {
        self.is_ours()?;
        let record = packed(article, quotations).map_err(|error| Error::TooLarge(article.id, error.to_string()))?;
        self.put(article, quotations, &record, Version { since: self.run, gone: None })?;
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
            let name = name_of(id.0, self.run);
            self.push(&json!({"delete": {"_id": name, "version": self.run, "version_type": "external_gte"}}), None)?;
        }
        self.remove_all(&full)
    }

    fn commit(&mut self, corpus: Option<&Path>, ledger: &[u8]) -> Result<(), Error> {
        let removed = std::mem::take(&mut locked(&self.waiting).removed);
        self.remove_all(&removed)?;
        let lines = std::mem::take(&mut locked(&self.waiting).lines);
        self.send(&lines)?;
        let client = self.client();
        // Only what can be searched may be committed.
        let refreshed = client.get("POST", &format!("{}/_refresh", client.address.name), None)?;
        super::found::whole(client, &refreshed)?;
        let ledger = commit::write_ledger(client, self.run, ledger)?;
        let before = locked(&self.shared.seen).commit.ledger;
        let corpus = corpus.map(|corpus| corpus.to_string_lossy().into_owned());
        let (run, floor) = (self.run, self.floor);
        self.shared.change(|commit| {
            *commit = Commit {
                last: run,
                floor,
                given: run + 1,
                writer: Some(Writing { run: run + 1, heard: now() }),
                corpus,
                ledger: Some(ledger),
                when: now(),
                ..commit.clone()
            };
        })?;
        commit::forget_ledger(self.client(), before);
        // What comes now belongs to the next commit.
        self.run += 1;
        self.shared.has_sent.store(false, Ordering::Relaxed);
        locked(&self.waiting).added.clear();
        Ok(())
    }
}

impl IndexIntake for ClusterIntake {
    fn clear(&mut self) -> Result<(), Error> {
        self.floor = self.run;
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<(), Error> {
        Ok(())
    }
}
