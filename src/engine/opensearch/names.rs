//! Who is quoted: what the cluster tells of the articles that print a last name, without their text.
//!
//! Whether two names are one person depends on every article that prints the last name. So all of them are read, or the question is refused:
//! of some of them alone one person's words might be given to another.

use super::client::Client;
use super::commit::Commit;
use super::found::{bytes, search};
use super::lower::{all_of, any_of};
use crate::day::Days;
use crate::directory::{filed, in_capitals};
use crate::engine::embedded::excerpt::Quoted;
use crate::engine::{Error, People};
use crate::words::Words;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashSet};

/// Articles of a page.
const PAGE: usize = 5_000;

/// Most articles whose speakers are read for one question: some 200 MB of memory.
const MOST: usize = 500_000;

/// Last names that are asked for at once.
const AT_ONCE: usize = 5_000;

/// Reads who is quoted.
pub(super) struct Names<'a> {
    client: &'a Client,
    commit: &'a Commit,
    people: &'a People,
    asked: HashSet<String>,
    known: HashSet<u64>,
    pub quoted: Vec<Quoted>,
}

/// The words of a folded name as the index has them.
fn keys(name: &str) -> Vec<String> {
    let words = Words::of(name);
    words.forms().iter().filter(|form| form.plain).map(|form| words.key(form).to_owned()).collect()
}

impl<'a> Names<'a> {
    pub fn new(client: &'a Client, commit: &'a Commit, people: &'a People) -> Names<'a> {
        Names { client, commit, people, asked: HashSet::new(), known: HashSet::new(), quoted: Vec::new() }
    }

    /// Reads on until all articles in which somebody speaks who is filed under the last name of one of these names are there.
    pub fn with_last_names<'n>(&mut self, names: impl Iterator<Item = &'n str>) -> Result<(), Error> {
        let lasts: BTreeSet<String> = names.filter_map(filed).flat_map(|last| self.tied(&last)).collect();
        // Of several words the longest tells most.
        let words = lasts.iter().filter_map(|last| keys(last).into_iter().max_by_key(String::len));
        let words: Vec<String> = words.filter(|word| self.asked.insert(word.clone())).collect();
        for some in words.chunks(AT_ONCE) {
            self.read(&json!({"terms": {"speaker": some}}))?;
        }
        Ok(())
    }

    /// The last names that have to be known to tell who is who among names with this one.
    fn tied(&self, last: &str) -> Vec<String> {
        self.people.lasts_with(last).map(str::to_owned).collect()
    }

    /// Reads whom a typed name may mean, and who is spelt nearly like it when that is nobody. Gives the last names.
    pub fn meant(&mut self, typed: &str) -> Result<Vec<String>, Error> {
        let typed = in_capitals(typed);
        let words = keys(&typed);
        let has_all = all_of(words.iter().map(|word| json!({"term": {"speaker": word}})).collect());
        let before = self.quoted.len();
        self.read(&has_all)?;
        let spoken: Vec<&str> =
            self.quoted[before..].iter().flat_map(|quoted| &quoted.rows).map(|(name, _)| name.as_str()).collect();
        let mut lasts: BTreeSet<String> = filed(&typed).into_iter().chain(self.people.lasts_of(&typed)).collect();
        lasts.extend(spoken.into_iter().filter(|name| keys(name).iter().any(|key| words.contains(key))).filter_map(filed));
        let lasts: BTreeSet<String> = lasts.iter().flat_map(|last| self.tied(last)).collect();
        let lasts: Vec<String> = lasts.into_iter().collect();
        self.with_last_names(lasts.iter().map(String::as_str))?;
        if self.quoted.is_empty()
            && let Some(last) = filed(&typed)
        {
            let fuzzy = json!({"value": last, "fuzziness": 2, "transpositions": true, "rewrite": "constant_score"});
            self.read(&json!({"fuzzy": {"speaker": fuzzy}}))?;
        }
        Ok(lasts)
    }

    /// Reads the articles that hold of a query.
    pub fn read(&mut self, query: &Value) -> Result<(), Error> {
        let mut body = json!({
            "size": PAGE, "query": all_of(vec![self.commit.visible(), query.clone()]), "sort": [{"id": "asc"}],
            "stored_fields": "_none_", "docvalue_fields": ["id", "from", "to", "quoted"], "track_total_hits": true,
        });
        loop {
            let answer = search(self.client, &body, None)?;
            let total = answer["hits"]["total"]["value"].as_u64().unwrap_or(0);
            if total as usize + self.quoted.len() > MOST {
                return Err(self.client.unreachable(format!(
                    "who is who would have to be read from {total} articles, and {MOST} are the most for one question; ask for less"
                )));
            }
            let hits = answer["hits"]["hits"].as_array().map_or(&[] as &[Value], Vec::as_slice);
            for hit in hits {
                let quoted =
                    quoted(hit).ok_or_else(|| self.client.unreachable(format!("{} is damaged", hit["fields"]["id"][0])))?;
                if self.known.insert(quoted.id) {
                    self.quoted.push(quoted);
                }
            }
            let Some(last) = hits.last().filter(|_| hits.len() == PAGE) else { return Ok(()) };
            body["search_after"] = last["sort"].clone();
            body["track_total_hits"] = false.into();
        }
    }
}

fn quoted(hit: &Value) -> Option<Quoted> {
    let fields = &hit["fields"];
    let id = u64::from_str_radix(fields["id"][0].as_str()?, 16).ok()?;
    let days = fields["from"][0].as_u64().zip(fields["to"][0].as_u64());
    let days = days.and_then(|(from, to)| Days::unpacked((from << 32) | to));
    Some(Quoted { id, days, rows: serde_json::from_slice(&bytes(&fields["quoted"])?).ok()? })
}

/// Articles in which somebody speaks who is called so: filed under one of these last names, or, for what is no name, with all its words.
pub(super) fn spoken_by(typed: &str, lasts: &[String]) -> Value {
    if lasts.is_empty() {
        return all_of(keys(typed).iter().map(|word| json!({"term": {"speaker": word}})).collect());
    }
    let last = |last: &String| all_of(keys(last).iter().map(|word| json!({"term": {"speaker": word}})).collect());
    any_of(lasts.iter().map(last).collect())
}
