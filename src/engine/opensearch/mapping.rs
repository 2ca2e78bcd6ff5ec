//! The index on the cluster, field by field. One document is one article.
//!
//! | field | what |
//! |---|---|
//! | `id` | the article's id, 16 hexadecimal digits |
//! | `since`, `gone` | the run that added it, and the one that removed it: see [`super::commit`] |
//! | `text` | the words of every unit with their positions, unit after unit with a gap between; all forms of a position at that position |
//! | `counts` | the same words without positions, each as often as there are units with it: its frequency counts units |
//! | `speaker`, `dateline`, `byline`, `outlet`, `section`, `lang` | the words of those |
//! | `from`, `to` | first and last day it may have been published, `yyyymmdd`; absent if unknown |
//! | `units`, `tokens`, `quotations`, `words` | how many there are, to be added up; the words are estimated from bytes, as in the embedded index |
//! | `keys` | by which copies are found, see [`crate::duplicates::Sketch`]; numbers, for they are also read of all articles one after another |
//! | `fingerprints` | by which passages are found in other articles, see [`crate::duplicates::fingerprints`] |
//! | `quoted` | bytes: who is quoted, as the columns of the embedded index have it, in JSON; never searched, only read back |
//! | `record` | bytes: the article and its quotations, packed; never searched, only read back |
//!
//! What is read back is kept as columns and not as the document that was sent: of that a node would have to unpack a block of many for each that
//! is read, and pack all of them again at each merge.
//!
//! The cluster analyses nothing: words are cut by [`crate::words`] and come separated by spaces, forms of one position by `|`. A form more
//! than in the embedded index stands for the stem ([`super::document`]), for there is no dictionary here to look the forms of a word up in.

use super::address::Address;
use serde_json::{Value, json};

/// Version of the fields and of what is stored in `record`. An index of another version is refused.
pub(super) const VERSION: u32 = 3;

/// What a node takes in before it flushes: small, so that merges let go of what was sent (docs/cluster.md).
const FLUSHED: &str = "128mb";

/// Longest group of forms of one position.
const LONGEST_GROUP: u32 = 4096;

/// What an index is made with.
pub(super) fn articles(address: &Address) -> Value {
    let names = json!({"type": "text", "analyzer": "names", "index_options": "docs", "norms": false});
    let count = json!({"type": "integer", "index": false});
    let bytes = json!({"type": "binary", "doc_values": true});
    json!({
        "settings": {
            "number_of_shards": address.shards, "number_of_replicas": address.replicas,
            // Nothing is to be seen before a commit, which asks for it.
            "refresh_interval": -1,
            // All that was sent is only kept until copies need it no more; to pack it well takes a third of a node's time (docs/cluster.md).
            "codec": "default",
            // Until a node has flushed, it keeps all that was sent for copies that may have to catch up, which is more than the index.
            "translog": {"flush_threshold_size": FLUSHED},
            "similarity": {
                // A frequency counts units, and a score adds them up.
                "counts": {"type": "scripted", "script": {"source": "return doc.freq;"}},
                "article": {"type": "BM25", "k1": 3.2, "b": 1.0},
            },
            "analysis": {
                "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": LONGEST_GROUP}},
                "filter": {
                    "forms": {"type": "pattern_capture", "preserve_original": false, "patterns": ["([^|]+)"]},
                    "hole": {"type": "stop", "stopwords": ["_"]},
                },
                "analyzer": {
                    "forms": {"type": "custom", "tokenizer": "spaces", "filter": ["forms"]},
                    "names": {"type": "custom", "tokenizer": "spaces"},
                    "asked": {"type": "custom", "tokenizer": "spaces", "filter": ["hole"]},
                },
            },
        },
        "mappings": {
            "dynamic": false, "_source": {"enabled": false}, "_meta": {"newshound": VERSION},
            "properties": {
                "id": {"type": "keyword"}, "since": {"type": "long"}, "gone": {"type": "long"},
                "text": {"type": "text", "analyzer": "forms", "search_analyzer": "asked", "similarity": "article"},
                "counts": {"type": "text", "analyzer": "names", "index_options": "freqs", "norms": false, "similarity": "counts"},
                "speaker": names, "dateline": names, "byline": names, "outlet": names, "section": names, "lang": names,
                "from": {"type": "integer"}, "to": {"type": "integer"},
                "record": bytes, "quoted": bytes, "units": count, "tokens": count, "words": count, "quotations": {"type": "integer"},
                "keys": {"type": "long"}, "fingerprints": {"type": "keyword", "doc_values": false},
            },
        },
    })
}

/// What the index of the commit is made with: a few documents that are read by their names.
pub(super) fn commit(address: &Address) -> Value {
    json!({
        "settings": {"number_of_shards": 1, "number_of_replicas": address.replicas},
        "mappings": {"dynamic": false, "properties": {}},
    })
}
