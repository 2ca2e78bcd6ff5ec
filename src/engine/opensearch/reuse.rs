//! Articles on the cluster that have sequences of words in common with a text, by the fingerprints of their bodies.

use super::client::Client;
use super::found::{Missing, search};
use crate::article::ArticleId;
use crate::duplicates::sequences;
use crate::engine::{Error, Reuse, Reusing};
use serde_json::{Value, json};
use std::time::Instant;

/// Articles of a page.
const PAGE: usize = 1_000;

/// Those of them that are `visible`. A sequence is worth more the fewer articles have it, which is how the cluster scores terms.
pub(super) fn reuse(client: &Client, visible: &Value, asked: &Reusing, missing: Option<&Missing>) -> Result<Reuse, Error> {
    let began = Instant::now();
    let each: Vec<Value> =
        sequences(&asked.text).iter().map(|sequence| json!({"term": {"fingerprints": sequence.to_string()}})).collect();
    let mut reuse = Reuse::default();
    if each.is_empty() || asked.most == 0 {
        return Ok(reuse);
    }
    let mut body = json!({
        "query": {"bool": {"filter": [visible], "should": each, "minimum_should_match": 1}},
        "sort": [{"_score": "desc"}, {"to": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
        "stored_fields": "_none_", "docvalue_fields": ["id"], "track_total_hits": true,
    });
    loop {
        let size = PAGE.min(asked.most - reuse.articles.len());
        body["size"] = size.into();
        let answer = search(client, &body, missing)?;
        let hits = answer["hits"]["hits"].as_array().map_or(&[] as &[Value], Vec::as_slice);
        reuse.articles.extend(hits.iter().filter_map(id));
        let total = answer["hits"]["total"]["value"].as_u64().unwrap_or(0) as usize;
        reuse.others = total.saturating_sub(reuse.articles.len());
        let Some(last) = hits.last().filter(|_| reuse.others > 0 && reuse.articles.len() < asked.most) else { break };
        if began.elapsed() >= asked.deadline || asked.caller.is_gone() {
            reuse.partial = Some("time ran out before every article was looked at".to_owned());
            break;
        }
        body["search_after"] = last["sort"].clone();
    }
    if let Some(shards) = missing.and_then(Missing::shards) {
        reuse.partial = Some(shards.beside(reuse.partial.take()));
    }
    Ok(reuse)
}

fn id(hit: &Value) -> Option<ArticleId> {
    u64::from_str_radix(hit["fields"]["id"][0].as_str()?, 16).ok().map(ArticleId)
}
