//! What a score needs to know of the whole archive, asked of the cluster once for each commit.

use super::client::Client;
use super::commit::Commit;
use super::found::{Found, found_by, search, whole};
use super::lower::{all, all_of, any_of, forms, slot};
use crate::article::ArticleId;
use crate::day::Days;
use crate::engine::embedded::excerpt::Whole;
use crate::engine::embedded::{Stored, Totals, is_looked_for};
use crate::engine::plan::{LeafField, Planned};
use crate::engine::{Error, Holdings};
use crate::passage::units;
use crate::query::{Pattern, Slot};
use crate::words::Words;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Articles that are read to count the units with a pattern: of more the rest is estimated from these.
const READ: usize = 2_000;

/// Words that are asked for at once.
const AT_ONCE: usize = 200;

/// Counts that are kept of one commit.
const KEPT: usize = 200_000;

/// The figures of one commit, as one question asks for them.
pub(super) struct Figures {
    client: Arc<Client>,
    commit: Commit,
    known: Arc<Known>,
    /// The first that could not be had: what was made without it is no answer.
    failed: Mutex<Option<Error>>,
}

/// What is known already, for all questions.
#[derive(Default)]
struct Known {
    holdings: OnceLock<Holdings>,
    counts: Mutex<HashMap<String, u64>>,
}

impl Figures {
    pub fn new(client: Arc<Client>, commit: Commit) -> Figures {
        Figures { client, commit, known: Arc::default(), failed: Mutex::default() }
    }

    /// The same for another question.
    pub fn for_another(&self) -> Figures {
        Figures {
            client: Arc::clone(&self.client),
            commit: self.commit.clone(),
            known: Arc::clone(&self.known),
            failed: Mutex::default(),
        }
    }

    /// What went wrong while figures were asked for.
    pub fn failure(&self) -> Option<Error> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// How much the archive holds.
    pub fn holdings(&self) -> Result<Holdings, Error> {
        if let Some(known) = self.known.holdings.get() {
            return Ok(known.clone());
        }
        let sum = |field: &str| json!({"sum": {"field": field}});
        let body = json!({
            "size": 0, "track_total_hits": true, "query": self.commit.visible(),
            "aggs": {
                "units": sum("units"), "tokens": sum("tokens"), "quotations": sum("quotations"),
                "from": {"min": {"field": "from"}}, "to": {"max": {"field": "to"}},
            },
        });
        let answer = search(&self.client, &body)?;
        let figure = |name: &str| answer["aggregations"][name]["value"].as_f64();
        let days = figure("from").zip(figure("to")).and_then(|(from, to)| Days::unpacked(((from as u64) << 32) | to as u64));
        let holdings = Holdings {
            articles: answer["hits"]["total"]["value"].as_u64().unwrap_or(0),
            units: figure("units").unwrap_or(0.0) as u64,
            words: figure("tokens").unwrap_or(0.0) as u64,
            quotations: figure("quotations").unwrap_or(0.0) as u64,
            days,
            commit: self.commit.name(),
        };
        Ok(self.known.holdings.get_or_init(|| holdings).clone())
    }

    fn known(&self, name: &str) -> Option<u64> {
        self.known.counts.lock().unwrap_or_else(PoisonError::into_inner).get(name).copied()
    }

    fn keep(&self, name: String, count: u64) {
        let mut counts = self.known.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= KEPT {
            counts.clear();
        }
        counts.insert(name, count);
    }

    fn or_fail<T: Default>(&self, answer: Result<T, Error>) -> T {
        answer.unwrap_or_else(|error| {
            self.failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            T::default()
        })
    }

    /// Asks for all that a plan will need, in one request where that can be.
    pub fn ask_for(&self, planned: &Planned) -> Result<(), Error> {
        self.holdings()?;
        let leaves = planned.leaves.iter().filter(|leaf| leaf.wanted && leaf.field == LeafField::Text);
        let (mut asked, mut slots) = (Vec::new(), Vec::new());
        for leaf in leaves {
            for slot in leaf.pattern.paths.first().into_iter().flatten() {
                slots.push(slot);
                if let Some((forms, true)) = forms(slot) {
                    asked.push((name_of(slot), self.units(&forms)));
                }
            }
            if is_looked_for(leaf) {
                asked.extend(outlets(&leaf.pattern).map(|query| (outlet_name(&leaf.pattern), self.articles(query))));
            }
        }
        self.ask(asked)?;
        for slot in slots.into_iter().filter(|slot| self.known(&name_of(slot)).is_none()) {
            self.keep(name_of(slot), self.count_in_records(slot)?);
        }
        Ok(())
    }

    /// A search that adds up, over all articles, the units with each of these forms.
    fn units(&self, forms: &[String]) -> Value {
        let each: Vec<Value> = forms.iter().map(|form| json!({"term": {"counts": form}})).collect();
        json!({
            "size": 0, "track_total_hits": false,
            "query": {"bool": {"filter": [self.commit.visible()], "must": [any_of(each)]}},
            "aggs": {"count": {"sum": {"script": {"source": "_score"}}}},
        })
    }

    /// A search that counts articles.
    fn articles(&self, query: Value) -> Value {
        json!({"size": 0, "track_total_hits": true, "query": all_of(vec![self.commit.visible(), query])})
    }

    /// Asks for counts that are not known yet.
    fn ask(&self, asked: Vec<(String, Value)>) -> Result<(), Error> {
        let mut asked: Vec<(String, Value)> = asked.into_iter().filter(|(name, _)| self.known(name).is_none()).collect();
        asked.sort_by(|(one, _), (other, _)| one.cmp(other));
        asked.dedup_by(|(one, _), (other, _)| one == other);
        for some in asked.chunks(AT_ONCE) {
            let head = json!({"index": self.client.address.name, "allow_partial_search_results": false}).to_string();
            let lines: String = some.iter().map(|(_, body)| format!("{head}\n{body}\n")).collect();
            let answer = self.client.lines("_msearch", lines.as_bytes())?;
            let answer = self.client.good(answer)?;
            let responses = answer["responses"].as_array().map_or(&[] as &[Value], Vec::as_slice);
            for ((name, _), response) in some.iter().zip(responses) {
                if !response["error"].is_null() {
                    let status = response["status"].as_u64().unwrap_or(500) as u16;
                    return Err(self.client.refused(&super::client::Answer { status, body: response.clone() }));
                }
                whole(&self.client, response)?;
                let sum = response["aggregations"]["count"]["value"].as_f64().map(|sum| sum.round() as u64);
                self.keep(name.clone(), sum.unwrap_or_else(|| response["hits"]["total"]["value"].as_u64().unwrap_or(0)));
            }
        }
        Ok(())
    }

    /// Units with a word that a pattern accepts, counted in the articles that have one.
    fn count_in_records(&self, pattern: &Slot) -> Result<u64, Error> {
        // Any word is no word in particular, and rare for that: so the other engine has it.
        if matches!(pattern, Slot::Anything) {
            return Ok(0);
        }
        // Of what no index of words can tell any article may have one.
        let with = slot(pattern, LeafField::Text).unwrap_or_else(all);
        let query = all_of(vec![self.commit.visible(), with]);
        let Found { articles, total } = found_by(&self.client, &query, &json!([{"id": "asc"}]), READ)?;
        let counted: u64 = articles.iter().map(|found| units_with(&found.stored, pattern)).sum();
        let read = articles.len() as u64;
        Ok(if read < total { counted * total / read.max(1) } else { counted })
    }
}

/// For each word that a slot accepts the units of an article with it, added up.
fn units_with(stored: &Stored, slot: &Slot) -> u64 {
    let (article, mut words, mut count) = (&stored.0, Words::default(), 0);
    for unit in units(article) {
        words.read(unit.span.of(&article.text));
        let keys: BTreeSet<&str> = words.forms().iter().map(|form| words.key(form)).collect();
        count += keys.into_iter().filter(|key| slot.accepts(key)).count() as u64;
    }
    count
}

fn name_of(slot: &Slot) -> String {
    format!("{slot:?}")
}

fn outlet_name(pattern: &Pattern) -> String {
    format!("outlet {:?}", pattern.paths)
}

/// Articles with a word in the name of their outlet; nothing where no index of words can tell.
fn outlets(pattern: &Pattern) -> Option<Value> {
    let single = pattern.paths.iter().filter(|path| path.len() == 1).flatten();
    single.map(|word| slot(word, LeafField::Outlet)).collect::<Option<Vec<Value>>>().map(any_of)
}

impl Whole for Figures {
    fn totals(&self) -> Totals {
        let Holdings { units, words, articles, .. } = self.or_fail(self.holdings());
        Totals { units, words, articles }
    }

    fn units_with(&self, slot: &Slot) -> u64 {
        let name = name_of(slot);
        if let Some(known) = self.known(&name) {
            return known;
        }
        let asked = match forms(slot) {
            Some((forms, true)) => self.ask(vec![(name.clone(), self.units(&forms))]),
            _ => self.count_in_records(slot).map(|count| self.keep(name.clone(), count)),
        };
        self.or_fail(asked);
        self.known(&name).unwrap_or(0)
    }

    fn outlets_with(&self, pattern: &Pattern) -> u64 {
        let Some(query) = outlets(pattern) else { return 0 };
        let name = outlet_name(pattern);
        self.or_fail(self.ask(vec![(name.clone(), self.articles(query))]));
        self.known(&name).unwrap_or(0)
    }

    fn units_with_word(&self, key: &str) -> u64 {
        self.will_ask_for(&mut std::iter::once(key));
        self.known(&format!("word {key}")).unwrap_or(0)
    }

    fn will_ask_for(&self, keys: &mut dyn Iterator<Item = &str>) {
        let asked = keys.map(|key| (format!("word {key}"), self.units(&[key.to_owned()]))).collect();
        self.or_fail(self.ask(asked));
    }

    fn articles(&self, ids: &[ArticleId]) -> Vec<Option<Stored>> {
        let mut read: HashMap<u64, Stored> = HashMap::new();
        for some in ids.chunks(AT_ONCE) {
            let ids: Vec<String> = some.iter().map(|id| format!("{:016x}", id.0)).collect();
            let query = all_of(vec![self.commit.visible(), json!({"terms": {"id": ids}})]);
            let found = found_by(&self.client, &query, &json!([{"id": "asc"}]), usize::MAX);
            let found = self.or_fail(found.map(|found| found.articles));
            read.extend(found.into_iter().map(|found| (found.stored.0.id.0, found.stored)));
        }
        ids.iter().map(|id| read.get(&id.0).cloned()).collect()
    }
}
