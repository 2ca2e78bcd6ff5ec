//! Messages: what is sent of the journal. One tells of one search, and a flood is folded: of many passages some are shown and the rest counted.

use serde::Serialize;
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_128;

/// Passages that a message shows.
pub const MOST_SHOWN: usize = 20;

/// New passages of one saved search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// `alerts`
    pub r#type: &'static str,
    /// The same when it is sent again: whoever has had it may throw it away.
    pub id: String,
    /// The name of the saved search.
    pub search: String,
    /// Its query.
    pub query: String,
    /// When the first of them was found, as RFC 3339 writes it.
    pub found: String,
    /// The first of them, as in the journal.
    pub passages: Vec<Value>,
    /// How many more there are, which stand in the journal.
    pub more: usize,
}

/// The messages of some lines of the journal, each of one search, in the order in which the first line of each stands.
pub(super) fn messages(lines: &[(u64, Value)]) -> Vec<Message> {
    let mut all: Vec<Message> = Vec::new();
    for (end, line) in lines {
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let search = text("search");
        let at = all.iter().position(|message| message.search == search).unwrap_or_else(|| {
            let passage = format!("{end} {search} {} {}", line["found"], line["passage"]);
            let id = format!("{:032x}", xxh3_128(passage.as_bytes()));
            let (query, found) = (text("query"), text("found"));
            all.push(Message { r#type: "alerts", id, search, query, found, passages: Vec::new(), more: 0 });
            all.len() - 1
        });
        let message = &mut all[at];
        if message.passages.len() < MOST_SHOWN {
            message.passages.push(line["passage"].clone());
        } else {
            message.more += 1;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_flood_is_folded_by_search() {
        let line = |search: &str, id: usize| json!({"search": search, "query": "q", "found": "now", "passage": {"id": id}});
        let lines: Vec<(u64, Value)> =
            (0..100).map(|number| (number as u64, line(if number % 4 == 0 { "b" } else { "a" }, number))).collect();
        let messages = messages(&lines);
        let told: Vec<_> = messages.iter().map(|m| (m.search.as_str(), m.passages.len(), m.more)).collect();
        assert_eq!(told, [("b", 20, 5), ("a", 20, 55)]);
        assert_eq!(messages[1].passages[0]["id"], 1);
        assert_ne!(messages[0].id, messages[1].id);
    }
}
