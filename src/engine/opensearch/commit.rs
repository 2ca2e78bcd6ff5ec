//! What is committed, and who is writing: one small document that is only ever changed as a whole, on condition that nobody else did.
//!
//! Every run that writes has a number of its own, and so has every version of an article: the run that added it (`since`), and the one that
//! removed it (`gone`). What counts is what runs up to the last commit did, without those that never came to one and those under way. So nothing
//! of a run can be seen before its commit, whichever shards have it already, and the commit is one conditional write. Several runs may be under
//! way at once if each has a share of the corpus that no other has.

use super::address::Address;
use super::client::Client;
use super::mapping::VERSION;
use crate::engine::{Error, Share};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a ledger that one document holds.
const PART: usize = 2 << 20;

/// A writer that was not heard of for so long is gone.
pub(super) const SILENT: Duration = Duration::from_secs(20);

/// The run that wrote a ledger, its parts and its hash.
pub(super) type LedgerName = (u64, usize, u64);

/// What the document says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Commit {
    pub version: u32,
    /// Made when the index was: another index of the same name has another.
    pub made: u64,
    /// How many commits there were.
    pub count: u64,
    /// The highest number of a run that committed; 0 if none did.
    pub last: u64,
    /// What older runs added was forgotten.
    pub floor: u64,
    /// Runs that never came to a commit.
    pub lost: Vec<u64>,
    /// The last number that was given to a run.
    pub given: u64,
    /// Who is writing, and when each was last heard of.
    pub writers: Vec<Writing>,
    pub corpus: Option<String>,
    pub ledger: Option<LedgerName>,
    /// When, in milliseconds since 1970.
    pub when: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Writing {
    pub run: u64,
    pub heard: u64,
    /// Its share of the corpus; who has none has all of it.
    pub share: Option<Share>,
}

impl Writing {
    fn is_heard(&self) -> bool {
        now().saturating_sub(self.heard) < SILENT.as_millis() as u64
    }

    /// Whether no file is of both shares.
    fn is_beside(&self, share: Option<Share>) -> bool {
        self.share.zip(share).is_some_and(|(one, other)| one.is_beside(other))
    }
}

/// The commit as it was read: a change is taken only if it is still so.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub commit: Commit,
    at: (i64, i64),
}

pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

impl Commit {
    /// What no other commit is called.
    pub fn name(&self) -> String {
        format!("{:x}-{}", self.made, self.count)
    }

    /// Begins a run beside those under way; none when one of them has files of the same share. One that is not heard of any more was killed:
    /// what it wrote must never count.
    pub fn begin(mut self, share: Option<Share>) -> Option<(Commit, u64)> {
        let (heard, silent): (Vec<Writing>, Vec<Writing>) = self.writers.into_iter().partition(Writing::is_heard);
        if !heard.iter().all(|writer| writer.is_beside(share)) {
            return None;
        }
        self.writers = heard;
        self.lost.extend(silent.iter().map(|writer| writer.run));
        let run = self.given + 1;
        self.given = run;
        self.writers.push(Writing { run, heard: now(), share });
        Some((self, run))
    }

    /// The run, while it is under way.
    pub fn writing(&mut self, run: u64) -> Option<&mut Writing> {
        self.writers.iter_mut().find(|writer| writer.run == run)
    }

    /// The run is committed, and goes on as another; gives its number.
    pub fn committed(&mut self, run: u64, floor: u64, corpus: Option<String>, ledger: LedgerName) -> u64 {
        self.given += 1;
        let next = self.given;
        if let Some(writer) = self.writing(run) {
            (writer.run, writer.heard) = (next, now());
        }
        (self.count, self.last, self.floor) = (self.count + 1, self.last.max(run), self.floor.max(floor));
        (self.corpus, self.ledger, self.when) = (corpus, Some(ledger), now());
        next
    }

    /// Runs that do not count, whatever their number.
    fn hidden(&self) -> Vec<u64> {
        self.lost.iter().copied().chain(self.writers.iter().map(|writer| writer.run)).collect()
    }

    /// Holds of a version that a run removed which counts.
    fn removed(&self) -> Value {
        json!({"bool": {"filter": [{"range": {"gone": {"lte": self.last}}}], "must_not": [{"terms": {"gone": self.hidden()}}]}})
    }

    /// Holds of every version of an article that counts.
    pub fn visible(&self) -> Value {
        json!({"bool": {
            "filter": [{"range": {"since": {"gte": self.floor, "lte": self.last}}}],
            "must_not": [{"terms": {"since": self.hidden()}}, self.removed()],
        }})
    }

    /// Holds of what no search sees any more, nor one on the commit before.
    pub fn forgotten(&self) -> Value {
        json!({"bool": {
            "should": [{"terms": {"since": self.lost}}, {"range": {"since": {"lt": self.floor}}}, self.removed()],
            "minimum_should_match": 1,
        }})
    }
}

/// The commit of the index; none when there is no index.
pub(super) fn read(client: &Client) -> Result<Option<Seen>, Error> {
    let answer = client.ask("GET", &format!("{}/_doc/commit", client.address.meta()), None)?;
    if answer.status == 404 {
        return Ok(None);
    }
    let found = client.good(answer)?;
    let at = (found["_seq_no"].as_i64().unwrap_or(-1), found["_primary_term"].as_i64().unwrap_or(-1));
    let source = &found["_source"];
    let version = source["version"].as_u64().unwrap_or_default() as u32;
    if version != VERSION {
        return Err(Error::OtherVersion { path: client.path(), found: version, wanted: VERSION });
    }
    let commit = serde_json::from_value(source.clone())
        .map_err(|error| client.unreachable(format!("its commit is not one of newshound's: {error}")))?;
    Ok(Some(Seen { commit, at }))
}

/// The last commit; an index without one is none.
pub(super) fn last(client: &Client) -> Result<Commit, Error> {
    match read(client)? {
        Some(seen) if seen.commit.last > 0 => Ok(seen.commit),
        _ => Err(Error::NoIndex(client.path())),
    }
}

/// Writes the commit where there was none, or in the place of the one that was seen; the race may be lost.
pub(super) fn write(client: &Client, seen: Option<&Seen>, commit: Commit) -> Result<Seen, Error> {
    let meta = client.address.meta();
    let condition = match seen {
        Some(seen) => format!("if_seq_no={}&if_primary_term={}", seen.at.0, seen.at.1),
        None => "op_type=create".into(),
    };
    let answer = client.ask("PUT", &format!("{meta}/_doc/commit?{condition}&timeout=10s"), Some(&json!(commit)))?;
    if answer.status == 409 {
        // A node that died after it had taken the write is asked again, and then it is ours that is there.
        let there = read(client)?;
        return match there {
            Some(there) if json!(there.commit) == json!(commit) => Ok(there),
            _ => Err(Error::Locked(client.path())),
        };
    }
    let written = client.good(answer)?;
    let at = (written["_seq_no"].as_i64().unwrap_or(-1), written["_primary_term"].as_i64().unwrap_or(-1));
    Ok(Seen { commit, at })
}

/// Writes the ledger of a run beside those that are there.
pub(super) fn write_ledger(client: &Client, run: u64, ledger: &[u8]) -> Result<LedgerName, Error> {
    let meta = client.address.meta();
    let mut parts = 0;
    for part in ledger.chunks(PART) {
        let body = json!({"data": STANDARD.encode(part)});
        client.get("PUT", &format!("{meta}/_doc/ledger-{run}-{parts}"), Some(&body))?;
        parts += 1;
    }
    Ok((run, parts, xxh3_64(ledger)))
}

/// The ledger that a commit names.
pub(super) fn ledger(client: &Client, commit: &Commit) -> Result<Option<Vec<u8>>, Error> {
    let Some((run, parts, sum)) = commit.ledger else { return Ok(None) };
    let meta = client.address.meta();
    let mut ledger = Vec::new();
    for part in 0..parts {
        let found = client.get("GET", &format!("{meta}/_doc/ledger-{run}-{part}"), None)?;
        let data = found["_source"]["data"].as_str().unwrap_or_default();
        ledger.extend(STANDARD.decode(data).unwrap_or_default());
    }
    if xxh3_64(&ledger) != sum {
        return Err(client.unreachable("the list of files of its last commit is damaged"));
    }
    Ok(Some(ledger))
}

/// Removes a ledger that no commit names any more; one that cannot be removed is in nobody's way.
pub(super) fn forget_ledger(client: &Client, ledger: Option<LedgerName>) {
    for part in 0..ledger.map_or(0, |(_, parts, _)| parts) {
        let run = ledger.map_or(0, |(run, ..)| run);
        let _ = client.ask("DELETE", &format!("{}/_doc/ledger-{run}-{part}", client.address.meta()), None);
    }
}

/// Refuses an index that somebody else made: what is asked of other fields has other answers.
pub(super) fn check_is_ours(client: &Client) -> Result<(), Error> {
    let name = &client.address.name;
    let mapping = client.get("GET", &format!("{name}/_mapping"), None)?;
    let made_by = &mapping[name]["mappings"]["_meta"]["newshound"];
    if made_by.as_u64() == Some(u64::from(VERSION)) {
        return Ok(());
    }
    Err(client.unreachable(format!(
        "the index {name} is there, and was not made by this version of newshound; take another name, or remove it"
    )))
}

/// Makes the two indexes of an address that has none.
pub(super) fn make(client: &Client, address: &Address) -> Result<(), Error> {
    for (name, made) in [(&address.name, super::mapping::articles(address)), (&address.meta(), super::mapping::commit(address))] {
        let answer = client.ask("PUT", name, Some(&made))?;
        let there = answer.status == 400 && super::client::reason(&answer.body).contains("already exists");
        if !there {
            client.good(answer)?;
        }
    }
    // A node that is lost before the copies of a new index are whole would take the only one with it.
    let both = format!("{},{}", address.name, address.meta());
    client.ask("GET", &format!("_cluster/health/{both}?wait_for_no_initializing_shards=true&timeout=30s"), None)?;
    check_is_ours(client)
}
