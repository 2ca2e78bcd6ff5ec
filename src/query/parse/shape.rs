//! Trees put together and taken apart: parts side by side, and scopes put under signs.

use crate::query::{Exactness, Query, Word};

/// True for parts that give places in a text: what NEAR and SENTENCE can join.
pub(super) fn is_text(query: &Query) -> bool {
    match query {
        Query::Word(_) => true,
        Query::Phrase(phrase) => phrase.exactness <= Exactness::Words,
        Query::Near { left, right, .. } => is_text(left) && is_text(right),
        Query::Or(parts) | Query::Any(parts) => parts.iter().all(is_text),
        _ => false,
    }
}

/// True when the query has something to look for on every way through it.
pub(super) fn finds_something(query: &Query) -> bool {
    match query {
        Query::Not(_) => false,
        Query::And(parts) => parts.iter().any(finds_something),
        Query::Or(parts) | Query::Any(parts) | Query::Sentence(parts) => parts.iter().all(finds_something),
        Query::Field(_, part) | Query::Boost(part, _) | Query::Article(part) => finds_something(part),
        Query::Near { left, right, .. } => finds_something(left) && finds_something(right),
        Query::Word(_) | Query::Phrase(_) | Query::Date(_) => true,
    }
}

/// Puts the scope of a field under signs and boosts: `headline:-truce^2` is `-headline:truce^2`.
pub(super) fn scoped(part: Query, scope: &dyn Fn(Query) -> Query) -> Query {
    match part {
        Query::Not(part) => Query::Not(Box::new(scoped(*part, scope))),
        Query::Boost(part, factor) => Query::Boost(Box::new(scoped(*part, scope)), factor),
        Query::And(mut parts) if parts.len() == 1 => scoped(parts.remove(0), scope),
        part => scope(part),
    }
}

/// The tree without fields, dates and articles in it, and whether there were any.
pub(super) fn without_fields(part: Query) -> (Query, bool) {
    let all = |parts: Vec<Query>| {
        let (parts, stripped): (Vec<Query>, Vec<bool>) = parts.into_iter().map(without_fields).unzip();
        (parts, stripped.contains(&true))
    };
    match part {
        Query::Field(_, part) | Query::Article(part) => (without_fields(*part).0, true),
        Query::Date(range) => (Query::Word(Word::Forms(range.from.year().to_string())), true),
        Query::Any(parts) => wrap(all(parts), Query::Any),
        Query::And(parts) => wrap(all(parts), all_of),
        Query::Or(parts) => wrap(all(parts), one_of),
        Query::Not(part) => wrap(without_fields(*part), |part| Query::Not(Box::new(part))),
        Query::Boost(part, factor) => wrap(without_fields(*part), |part| Query::Boost(Box::new(part), factor)),
        part => (part, false),
    }
}

fn wrap<T>((inner, flag): (T, bool), make: impl Fn(T) -> Query) -> (Query, bool) {
    (make(inner), flag)
}

/// The tree without `article:` in it: within `article:` it says nothing more, and asking about the whole article for every
/// passage of it, level by level, would take for ever.
pub(super) fn without_articles(part: Query) -> Query {
    match part {
        Query::Article(part) => without_articles(*part),
        Query::And(parts) => all_of(parts.into_iter().map(without_articles).collect()),
        Query::Or(parts) => one_of(parts.into_iter().map(without_articles).collect()),
        Query::Any(parts) => Query::Any(parts.into_iter().map(without_articles).collect()),
        Query::Not(part) => Query::Not(Box::new(without_articles(*part))),
        Query::Boost(part, factor) => Query::Boost(Box::new(without_articles(*part)), factor),
        part => part,
    }
}

/// All of these, which are at least one, with conjunctions among them flattened.
fn all_of(parts: Vec<Query>) -> Query {
    joined(parts, Query::And).unwrap_or(Query::And(Vec::new()))
}

/// At least one of these, with alternatives among them flattened.
fn one_of(parts: Vec<Query>) -> Query {
    joined(parts, Query::Or).unwrap_or(Query::Or(Vec::new()))
}

/// In a field of names, words side by side are one name: all of them are wanted.
pub(super) fn all_words(part: Query) -> Query {
    match part {
        Query::Any(parts) => all_of(parts),
        Query::Or(parts) => one_of(parts.into_iter().map(all_words).collect()),
        Query::And(parts) => all_of(parts.into_iter().map(all_words).collect()),
        part => part,
    }
}

/// Parts side by side: bare words become one loose part, which stands beside the required ones.
pub(super) fn sequence(parts: Vec<Query>) -> Option<Query> {
    let (loose, mut required): (Vec<Query>, Vec<Query>) = parts.into_iter().partition(is_loose);
    let loose: Vec<Query> =
        loose.into_iter().flat_map(|part| if let Query::Any(parts) = part { parts } else { vec![part] }).collect();
    if let Some(loose) = joined(loose, Query::Any) {
        required.insert(0, loose);
    }
    joined(required, Query::And)
}

fn is_loose(part: &Query) -> bool {
    match part {
        Query::Word(_) => true,
        Query::Boost(part, _) => matches!(**part, Query::Word(_)),
        _ => false,
    }
}

/// One part stands for itself; parts of the same kind are flattened into one list.
pub(super) fn joined(parts: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Option<Query> {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match (join(Vec::new()), part) {
            (Query::And(_), Query::And(inner)) | (Query::Or(_), Query::Or(inner)) => flat.extend(inner),
            (_, Query::And(mut inner)) if inner.len() == 1 => flat.extend(inner.pop()),
            (_, part) => flat.push(part),
        }
    }
    match flat.len() {
        0 => None,
        1 => flat.pop(),
        _ => Some(join(flat)),
    }
}
