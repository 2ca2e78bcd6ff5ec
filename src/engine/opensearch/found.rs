//! What the cluster found: articles with their records, page after page, all of it or nothing.

use super::client::Client;
use crate::engine::Error;
use crate::engine::embedded::{Stored, unpacked};
use crate::results::Shards;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};

/// Articles of a page.
const PAGE: usize = 1_000;

/// A version of an article, as it was found.
pub(super) struct FoundArticle {
    pub record: Vec<u8>,
    pub stored: Stored,
    pub since: u64,
}

/// The first of those that hold of a query, and how many there are.
pub(super) struct Found {
    pub articles: Vec<FoundArticle>,
    pub total: u64,
}

/// The shards that did not answer some part of a question, for one that may be answered without them.
#[derive(Default)]
pub(super) struct Missing(Mutex<Option<Shards>>);

impl Missing {
    /// The fewest that answered, where some did not.
    pub fn shards(&self) -> Option<Shards> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, shards: Shards) {
        let mut least = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if least.is_none_or(|least| shards.answered < least.answered) {
            *least = Some(shards);
        }
    }
}

/// A figure of how the shards took a question.
fn of_shards(answer: &Value, name: &str) -> u64 {
    answer["_shards"][name].as_u64().unwrap_or(0)
}

/// Refuses an answer that not every shard had a part in, or notes it as `missing` something.
pub(super) fn whole(client: &Client, answer: &Value, missing: Option<&Missing>) -> Result<(), Error> {
    if answer["timed_out"] == true {
        return Err(client.unreachable("a shard took too long to answer"));
    }
    // A shard that is on no node has not failed: it is only not among those that succeeded.
    let (answered, of) = (of_shards(answer, "successful"), of_shards(answer, "total"));
    match missing {
        _ if answered == of => {}
        Some(missing) if answered > 0 => missing.note(Shards { answered, of }),
        _ => return Err(Error::Shards { path: client.path(), failed: of - answered, of }),
    }
    Ok(())
}

/// Refuses what went wrong on some shard. Copies that are on no node yet count among all of them here, and are missed by nobody.
pub(super) fn succeeded(client: &Client, answer: &Value) -> Result<(), Error> {
    let (failed, of) = (of_shards(answer, "failed"), of_shards(answer, "total"));
    if failed > 0 { Err(Error::Shards { path: client.path(), failed, of }) } else { Ok(()) }
}

/// Asks for documents or figures of the index: of all shards, or with `missing` of those that answer.
pub(super) fn search(client: &Client, body: &Value, missing: Option<&Missing>) -> Result<Value, Error> {
    let path = format!("{}/_search?allow_partial_search_results={}", client.address.name, missing.is_some());
    let answer = client.get("POST", &path, Some(body))?;
    whole(client, &answer, missing)?;
    Ok(answer)
}

/// The first `most` articles that hold of `query`, in this order, which must tell any two apart.
pub(super) fn found_by(
    client: &Client,
    query: &Value,
    sort: &Value,
    most: usize,
    missing: Option<&Missing>,
) -> Result<Found, Error> {
    let mut pages = Pages::new(client, query, sort, missing);
    let articles = pages.next(most)?;
    Ok(Found { articles, total: pages.total })
}

/// The articles that hold of a query, some after others.
pub(super) struct Pages<'a> {
    client: &'a Client,
    missing: Option<&'a Missing>,
    body: Value,
    is_over: bool,
    /// How many there are; known after the first were given.
    pub total: u64,
}

impl<'a> Pages<'a> {
    /// In this order, which must tell any two apart.
    pub fn new(client: &'a Client, query: &Value, sort: &Value, missing: Option<&'a Missing>) -> Pages<'a> {
        let body = json!({
            "query": query, "sort": sort, "stored_fields": "_none_", "docvalue_fields": ["id", "since", "record"],
            "track_total_hits": true,
        });
        Pages { client, missing, body, is_over: false, total: 0 }
    }

    /// The next of them, at most so many.
    pub fn next(&mut self, most: usize) -> Result<Vec<FoundArticle>, Error> {
        let mut found = Vec::new();
        while found.len() < most && !self.is_over {
            let size = PAGE.min(most - found.len());
            self.body["size"] = size.into();
            let answer = search(self.client, &self.body, self.missing)?;
            if self.body["track_total_hits"] == true {
                self.total = answer["hits"]["total"]["value"].as_u64().unwrap_or(0);
                self.body["track_total_hits"] = false.into();
            }
            let hits = answer["hits"]["hits"].as_array().map_or(&[] as &[Value], Vec::as_slice);
            for hit in hits {
                found.push(read(self.client, hit)?);
            }
            self.is_over = hits.len() < size;
            if let Some(last) = hits.last() {
                self.body["search_after"] = last["sort"].clone();
            }
        }
        Ok(found)
    }
}

/// What a field of bytes holds: a node leaves out the signs that fill base64 up.
pub(super) fn bytes(field: &Value) -> Option<Vec<u8>> {
    STANDARD_NO_PAD.decode(field[0].as_str()?.trim_end_matches('=')).ok()
}

fn read(client: &Client, hit: &Value) -> Result<FoundArticle, Error> {
    let fields = &hit["fields"];
    let damaged = || client.unreachable(format!("the record of {} is damaged", fields["id"][0].as_str().unwrap_or_default()));
    let record = bytes(&fields["record"]).ok_or_else(damaged)?;
    let stored = unpacked(&record).map_err(|_| damaged())?;
    let since = fields["since"][0].as_u64().unwrap_or_default();
    Ok(FoundArticle { record, stored, since })
}

/// Gives every version of an article that holds of `query` to `each`, with its id, its number of units, and what could be read of it.
pub(super) fn each_of(
    client: &Client,
    query: &Value,
    each: &mut dyn FnMut(u64, u64, Result<Stored, String>),
) -> Result<(), Error> {
    let mut body = json!({
        "size": PAGE, "query": query, "sort": [{"id": "asc"}], "stored_fields": "_none_",
        "docvalue_fields": ["id", "units", "since", "record"], "track_total_hits": false,
    });
    loop {
        let answer = search(client, &body, None)?;
        let hits = answer["hits"]["hits"].as_array().map_or(&[] as &[Value], Vec::as_slice);
        for hit in hits {
            let id = hit["fields"]["id"][0].as_str().and_then(|id| u64::from_str_radix(id, 16).ok()).unwrap_or_default();
            let units = hit["fields"]["units"][0].as_u64().unwrap_or_default();
            each(id, units, read(client, hit).map(|found| found.stored).map_err(|error| error.to_string()));
        }
        let Some(last) = hits.last().filter(|_| hits.len() == PAGE) else { return Ok(()) };
        body["search_after"] = last["sort"].clone();
    }
}
