//! A plan to what the cluster looks for: every article that may answer, and some that do not.
//!
//! Too much costs time, too little would be a wrong answer: what an article lacks decides, never where its words stand. Parts that no
//! index of words can narrow down (a regular expression, a misread word, NOT) are left to the others.

use super::document::stem_forms;
use crate::day::Days;
use crate::engine::plan::{Leaf, LeafField, Planned, QueryPlan};
use crate::query::{Pattern, Slot};
use crate::words::{MAX_JOINED, Stem, capitals_key, joined_key};
use serde_json::{Value, json};

/// Most forms of a word or phrase that put an article further up.
const MOST_FORMS: usize = 64;

fn field_name(field: LeafField) -> &'static str {
    match field {
        LeafField::Text => "text",
        LeafField::Speaker => "speaker",
        LeafField::Dateline => "dateline",
        LeafField::Byline => "byline",
        LeafField::Outlet => "outlet",
        LeafField::Section => "section",
        LeafField::Lang => "lang",
    }
}

/// Everything.
pub(super) fn all() -> Value {
    json!({"match_all": {}})
}

/// All of these, each as a condition.
pub(super) fn all_of(parts: Vec<Value>) -> Value {
    json!({"bool": {"filter": parts}})
}

/// One of these.
pub(super) fn any_of(parts: Vec<Value>) -> Value {
    json!({"bool": {"should": parts, "minimum_should_match": 1}})
}

/// The articles that may answer a plan.
pub(super) fn articles(planned: &Planned) -> Value {
    lowered(&planned.plan, &planned.leaves).unwrap_or_else(all)
}

/// The same for a part; nothing where it may hold of any article.
fn lowered(plan: &QueryPlan, leaves: &[Leaf]) -> Option<Value> {
    match plan {
        QueryPlan::Leaf(number) | QueryPlan::Head(number) => leaf(&leaves[*number]),
        QueryPlan::And(parts) => {
            let parts: Vec<Value> = parts.iter().filter_map(|part| lowered(part, leaves)).collect();
            (!parts.is_empty()).then(|| all_of(parts))
        }
        QueryPlan::Or(parts) => parts.iter().map(|part| lowered(part, leaves)).collect::<Option<Vec<Value>>>().map(any_of),
        QueryPlan::Body(part) | QueryPlan::Article(part) => lowered(part, leaves),
        QueryPlan::Days(days) => Some(within(*days)),
        QueryPlan::Not(_) | QueryPlan::Everything => None,
    }
}

/// Published on a day that may be one of these.
fn within(days: Days) -> Value {
    let (first, last) = (super::document::number_of(days.from), super::document::number_of(days.to));
    all_of(vec![json!({"range": {"from": {"lte": last}}}), json!({"range": {"to": {"gte": first}}})])
}

fn leaf(leaf: &Leaf) -> Option<Value> {
    pattern(&leaf.pattern, leaf.field, leaf.pattern.slop == 0 && leaf.field == LeafField::Text)
}

/// Articles with a pattern in a field.
fn pattern(pattern: &Pattern, field: LeafField, in_a_row: bool) -> Option<Value> {
    if pattern.paths.is_empty() {
        return Some(json!({"match_none": {}}));
    }
    pattern.paths.iter().map(|path| self::path(path, field, in_a_row)).collect::<Option<Vec<Value>>>().map(any_of)
}

/// Words of a row that are asked for: each word of it brings a way with all the others, and a query may have 1,024 parts.
const LONGEST_ROW: usize = 12;

fn path(path: &[Slot], field: LeafField, in_a_row: bool) -> Option<Value> {
    let all = || {
        let parts: Vec<Value> = path.iter().filter_map(|slot| self::slot(slot, field)).collect();
        (!parts.is_empty()).then(|| all_of(parts))
    };
    if path.len() < 2 || !in_a_row {
        return all();
    }
    // With the rest of a long row the cluster would be asked for more parts than it takes; that it is there is told by the matcher.
    let path = &path[..path.len().min(LONGEST_ROW)];
    let Some(words) = path.iter().map(word_in_a_row).collect::<Option<Vec<String>>>() else { return all() };
    let mut ways = vec![json!({"match_phrase": {"text": {"query": words.join(" "), "analyzer": "asked"}}})];
    // A word that is printed in several parts takes more than one place: where one is, the others may stand anywhere.
    for (at, slot) in path.iter().enumerate() {
        let Slot::Key(key) = slot else { continue };
        let joined = joined(key);
        if !joined.is_empty() {
            let others =
                path.iter().enumerate().filter(|(other, _)| *other != at).filter_map(|(_, slot)| self::slot(slot, field));
            ways.push(all_of(std::iter::once(terms(field, joined)).chain(others).collect()));
        }
    }
    Some(any_of(ways))
}

/// The one form that stands at a place of a phrase, or a hole.
fn word_in_a_row(slot: &Slot) -> Option<String> {
    match slot {
        Slot::Key(key) => Some(key.clone()),
        Slot::Capitals(key) => Some(capitals_key(key)),
        Slot::Anything => Some("_".into()),
        _ => None,
    }
}

fn terms(field: LeafField, keys: Vec<String>) -> Value {
    json!({"terms": {field_name(field): keys}})
}

/// The spellings of a word in several parts.
fn joined(key: &str) -> Vec<String> {
    if key.len() > 1 { (2..=MAX_JOINED).map(|parts| joined_key(key, parts)).collect() } else { Vec::new() }
}

/// Every form that a slot accepts, where that can be told without a dictionary; and whether it accepts no others.
pub(super) fn forms(slot: &Slot) -> Option<(Vec<String>, bool)> {
    match slot {
        Slot::Key(key) => Some((std::iter::once(key.clone()).chain(joined(key)).collect(), true)),
        Slot::Capitals(key) => Some((vec![capitals_key(key)], true)),
        Slot::Forms(stem, key) => Some(forms_of(stem, key)),
        _ => None,
    }
}

fn forms_of(stem: &Stem, key: &str) -> (Vec<String>, bool) {
    let [regular, irregular] = stem_forms(stem);
    let mut forms = joined(key);
    // The stem is a word of its own, and one of the forms where it is left as it is.
    let own = Stem::of(stem.stem());
    if own.stem() == stem.stem() {
        forms.push(stem.stem().to_owned());
    }
    forms.push(regular);
    // A Korean noun is found with its particles, too, and those are not taken off.
    let is_told = stem.is_regular() && !is_hangul(key);
    if !is_told {
        forms.push(irregular);
    }
    if !forms.iter().any(|form| form == key) && !is_told {
        forms.push(key.to_owned());
    }
    (forms, is_told)
}

fn is_hangul(key: &str) -> bool {
    key.chars().any(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c))
}

/// Articles with a word that a slot accepts; nothing where no index of words can tell.
pub(super) fn slot(slot: &Slot, field: LeafField) -> Option<Value> {
    let name = field_name(field);
    match slot {
        Slot::Forms(_, key) if is_hangul(key) => Some(with_all_widths("prefix", name, key)),
        Slot::Key(_) | Slot::Capitals(_) | Slot::Forms(..) => forms(slot).map(|(forms, _)| terms(field, forms)),
        Slot::Prefix(prefix) => Some(with_all_widths("prefix", name, prefix)),
        Slot::Wildcard(pattern) => Some(with_all_widths("wildcard", name, pattern)),
        Slot::Fuzzy(word, distance) => {
            let fuzzy = json!({"value": word, "fuzziness": distance, "transpositions": true, "rewrite": "constant_score"});
            Some(json!({"fuzzy": {name: fuzzy}}))
        }
        Slot::Misread(_) | Slot::Regex(_) | Slot::Anything => None,
    }
}

/// In one piece or joined.
fn with_all_widths(kind: &str, field: &str, pattern: &str) -> Value {
    let widths = std::iter::once(pattern.to_owned()).chain((2..=MAX_JOINED).map(|parts| joined_key(pattern, parts)));
    any_of(widths.map(|value| json!({kind: {field: {"value": value}}})).collect())
}

/// What puts the articles first that the words of a plan are in, the rare ones above all: only where not all of them can be read.
pub(super) fn order(planned: &Planned) -> Vec<Value> {
    let mut out = Vec::new();
    let leaves = || planned.leaves.iter().filter(|leaf| leaf.wanted && leaf.field == LeafField::Text);
    let patterns =
        leaves().flat_map(|leaf| leaf.pattern.paths.iter().flatten()).filter(|slot| of_pattern(slot).is_some()).count();
    for leaf in leaves() {
        let slots = || leaf.pattern.paths.iter().flatten();
        let words: Vec<String> = slots().filter_map(forms).flat_map(|(forms, _)| forms).take(MOST_FORMS).collect();
        let boost = leaf.boost.max(0.0);
        if !words.is_empty() {
            let asked = json!({"query": words.join(" "), "analyzer": "asked", "boost": boost});
            out.push(json!({"match": {"text": asked}}));
        }
        out.extend(slots().filter_map(|slot| alike(slot, boost, WEIGHED / patterns.max(1))));
    }
    out
}

/// Words that all patterns of a query together are weighed by: a query may have 1,024 parts, and its own words are some of them.
const WEIGHED: usize = 400;

/// The kind of a pattern, what it is made of, and how many edits away a word may be; nothing for what is no pattern, or one that no index of
/// words can tell.
fn of_pattern(slot: &Slot) -> Option<(&'static str, &str, Option<u8>)> {
    match slot {
        Slot::Prefix(beginning) => Some(("prefix", beginning, None)),
        Slot::Wildcard(pattern) => Some(("wildcard", pattern, None)),
        Slot::Fuzzy(word, distance) => Some(("fuzzy", word, Some(*distance))),
        _ => None,
    }
}

/// At most so many of the words that a pattern accepts, all of them weighed as one word.
fn alike(slot: &Slot, boost: f32, most: usize) -> Option<Value> {
    let (kind, value, distance) = of_pattern(slot).filter(|_| most > 0)?;
    let mut asked = json!({"value": value, "boost": boost, "rewrite": format!("top_terms_blended_freqs_{most}")});
    if let Some(distance) = distance {
        asked["fuzziness"] = distance.into();
    }
    Some(json!({kind: {"text": asked}}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, Word};

    #[test]
    fn patterns_are_weighed_by_few_words_however_many_there_are() {
        for count in [1, 8, 40, 1_000] {
            let patterns = (0..count).map(|number| Query::Word(Word::Wildcard(format!("w{number}*"))));
            let asked = order(&Planned::new(&Query::Or(patterns.collect())));
            let most = |part: &Value| {
                let rewrite = part["prefix"]["text"]["rewrite"].as_str().expect("a prefix");
                rewrite.rsplit('_').next().and_then(|most| most.parse::<usize>().ok()).expect("a number")
            };
            let words: usize = asked.iter().map(most).sum();
            assert!(words <= WEIGHED && asked.iter().all(|part| most(part) > 0), "{count} patterns: {words} words");
            assert_eq!(asked.is_empty(), count > WEIGHED);
        }
    }
}
