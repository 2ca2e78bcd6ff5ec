//! How much the archive holds of each day, and which of its articles are copies of one printed before.
//!
//! What was printed is added up by the cluster. Which articles are copies is found here, once for each commit: the keys of all articles are
//! read, then the records of those that share one, and the groups are those of the embedded index ([`crate::duplicates::groups`]). That is
//! work for seconds; it stops when the time of who asked is over, and the next question goes on with it.

use super::client::Client;
use super::found::{found_by, search};
use super::lower::all_of;
use crate::article::ArticleId;
use crate::day::Days;
use crate::duplicates::{Sketch, groups, meeting};
use crate::engine::{Calendar, Dated, Error, Printed};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, TryLockError};
use std::time::{Duration, Instant};

/// Days that are added up in one answer.
const DAYS: usize = 5_000;

/// Articles of a page of keys.
const PAGE: usize = 5_000;

/// Articles that are read at once to compare them.
const READ: usize = 1_000;

/// Articles of an archive at most in which copies are looked for, some 100 MB of memory; and of these at most that share a key with another.
const MOST: u64 = 500_000;
const MOST_MET: usize = 100_000;

/// What was printed, and which of it are copies, of one commit.
pub(super) struct Printings {
    client: Arc<Client>,
    visible: Value,
    printed: OnceLock<BTreeMap<Option<Days>, Printed>>,
    copies: Mutex<Copies>,
}

/// How far the copies are known.
#[derive(Default)]
struct Copies {
    articles: Vec<Dated>,
    /// The keys of all of them, each with the number of its article.
    keys: Vec<(u32, u32)>,
    /// Where the next page begins.
    after: Option<Value>,
    /// Once all keys are read: the numbers of the articles that share one, ascending.
    met: Option<Vec<u32>>,
    /// Of the first of those.
    sketches: Vec<Option<Sketch>>,
    /// What came of it.
    told: Option<Result<Arc<Calendar>, String>>,
}

impl Printings {
    pub fn new(client: Arc<Client>, visible: Value) -> Printings {
        Printings { client, visible, printed: OnceLock::new(), copies: Mutex::default() }
    }

    /// The calendar, with copies told apart if that takes no longer than `within`.
    pub fn calendar(&self, within: Duration) -> Result<Arc<Calendar>, Error> {
        let printed = self.printed()?;
        let why = match self.copies.try_lock() {
            Ok(mut copies) => match self.told(&mut copies, printed, within)? {
                Ok(calendar) => return Ok(calendar),
                Err(why) => why,
            },
            Err(TryLockError::Poisoned(poisoned)) => {
                *poisoned.into_inner() = Copies::default();
                self.copies.clear_poison();
                "they could not be found; ask again".to_owned()
            }
            Err(TryLockError::WouldBlock) => "another question has just begun to look for them; ask again".to_owned(),
        };
        Ok(Arc::new(Calendar { printed: printed.clone(), repeated: Err(why) }))
    }

    /// What was printed on each day, without a look at copies.
    fn printed(&self) -> Result<&BTreeMap<Option<Days>, Printed>, Error> {
        if let Some(known) = self.printed.get() {
            return Ok(known);
        }
        let mut printed = BTreeMap::new();
        let day = |field: &str| json!({field: {"terms": {"field": field, "missing_bucket": true}}});
        let mut body = json!({
            "size": 0, "track_total_hits": false, "query": self.visible,
            "aggs": {"days": {
                "composite": {"size": DAYS, "sources": [day("from"), day("to")]},
                "aggs": {"words": {"sum": {"field": "words"}}},
            }},
        });
        loop {
            let answer = search(&self.client, &body, None)?;
            let days = &answer["aggregations"]["days"];
            let buckets = days["buckets"].as_array().map_or(&[] as &[Value], Vec::as_slice);
            for bucket in buckets {
                let of: &mut Printed = printed.entry(days_of(&bucket["key"]["from"], &bucket["key"]["to"])).or_default();
                of.articles += bucket["doc_count"].as_u64().unwrap_or(0);
                of.words += bucket["words"]["value"].as_f64().unwrap_or(0.0) as u64;
            }
            if buckets.len() < DAYS {
                break;
            }
            body["aggs"]["days"]["composite"]["after"] = days["after_key"].clone();
        }
        Ok(self.printed.get_or_init(|| printed))
    }

    /// The calendar with its copies, or why there is none.
    fn told(
        &self,
        copies: &mut Copies,
        printed: &BTreeMap<Option<Days>, Printed>,
        within: Duration,
    ) -> Result<Result<Arc<Calendar>, String>, Error> {
        if let Some(told) = &copies.told {
            return Ok(told.clone());
        }
        let all: u64 = printed.values().map(|of| of.articles).sum();
        if all > MOST {
            return Ok(Err(format!("the index holds {all} articles, and they are told apart among {MOST} at most")));
        }
        if within.is_zero() {
            return Ok(Err("nobody has looked for them".to_owned()));
        }
        let until = Instant::now().checked_add(within);
        let is_over = || until.is_some_and(|until| Instant::now() >= until);
        while copies.met.is_none() {
            if is_over() {
                let read = copies.articles.len();
                return Ok(Err(format!(
                    "time ran out when {read} of {all} articles were looked at; who asks again goes on from there"
                )));
            }
            self.read_keys(copies)?;
        }
        let met = copies.met.clone().unwrap_or_default();
        let told = if copies.articles.len() as u64 != all {
            Err("the index has changed meanwhile; ask again".to_owned())
        } else if met.len() > MOST_MET {
            Err(format!("{} articles may be copies, and {MOST_MET} at most are compared", met.len()))
        } else {
            while copies.sketches.len() < met.len() {
                if is_over() {
                    let read = copies.sketches.len();
                    let all = met.len();
                    return Ok(Err(format!(
                        "time ran out when {read} of {all} articles were compared; who asks again goes on from there"
                    )));
                }
                self.read_sketches(copies, &met)?;
            }
            Ok(Arc::new(calendar(std::mem::take(copies), &met)))
        };
        *copies = Copies { told: Some(told.clone()), ..Copies::default() };
        Ok(told)
    }

    /// Reads the next articles, without their text.
    fn read_keys(&self, copies: &mut Copies) -> Result<(), Error> {
        let mut body = json!({
            "size": PAGE, "query": self.visible, "sort": [{"id": "asc"}], "track_total_hits": false,
            "stored_fields": "_none_", "docvalue_fields": ["id", "from", "to", "words", "keys"],
        });
        if let Some(after) = &copies.after {
            body["search_after"] = after.clone();
        }
        let answer = search(&self.client, &body, None)?;
        let hits = answer["hits"]["hits"].as_array().map_or(&[] as &[Value], Vec::as_slice);
        for hit in hits {
            let fields = &hit["fields"];
            let damaged = || self.client.unreachable("an article has no id");
            let id = fields["id"][0].as_str().and_then(|id| u64::from_str_radix(id, 16).ok()).ok_or_else(damaged)?;
            let own = copies.articles.len() as u32;
            let (days, words) = (days_of(&fields["from"][0], &fields["to"][0]), fields["words"][0].as_u64().unwrap_or(0));
            copies.articles.push(Dated { id: ArticleId(id), story: id, days, words });
            let keys = fields["keys"].as_array().map_or(&[] as &[Value], Vec::as_slice);
            copies.keys.extend(keys.iter().filter_map(Value::as_u64).map(|key| (key as u32, own)));
        }
        match hits.last().filter(|_| hits.len() == PAGE) {
            Some(last) => copies.after = Some(last["sort"].clone()),
            None => copies.met = Some(meeting(&mut copies.keys)),
        }
        Ok(())
    }

    /// Reads the next of those that share a key.
    fn read_sketches(&self, copies: &mut Copies, met: &[u32]) -> Result<(), Error> {
        let some = &met[copies.sketches.len()..met.len().min(copies.sketches.len() + READ)];
        let ids: Vec<ArticleId> = some.iter().map(|number| copies.articles[*number as usize].id).collect();
        let names: Vec<String> = ids.iter().map(|id| format!("{:016x}", id.0)).collect();
        let query = all_of(vec![self.visible.clone(), json!({"terms": {"id": names}})]);
        let found = found_by(&self.client, &query, &json!([{"id": "asc"}]), READ, None)?.articles;
        if !found.iter().map(|found| found.stored.0.id).eq(ids) {
            return Err(self.client.unreachable("the index has changed while copies were looked for; ask again"));
        }
        copies.sketches.extend(found.iter().map(|found| Sketch::new(&found.stored.0)));
        Ok(())
    }
}

fn days_of(from: &Value, to: &Value) -> Option<Days> {
    from.as_u64().zip(to.as_u64()).and_then(|(from, to)| Days::unpacked((from << 32) | to))
}

/// All articles, each with the story it tells.
fn calendar(copies: Copies, met: &[u32]) -> Calendar {
    let Copies { mut articles, sketches, .. } = copies;
    let (sketched, sketches): (Vec<u32>, Vec<Sketch>) =
        met.iter().zip(sketches).filter_map(|(number, sketch)| Some((*number, sketch?))).unzip();
    let ids: Vec<u64> = sketched.iter().map(|number| articles[*number as usize].id.0).collect();
    for (number, first) in sketched.iter().zip(groups(&sketches, &ids)) {
        articles[*number as usize].story = ids[first];
    }
    Calendar::of(articles)
}
