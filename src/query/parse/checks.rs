//! What is looked at before anything recursive runs: limits, stray signs, and whether it is a headline.

use super::{MOST_COMPLAINTS, QueryLimits, QueryRefusal, near};
use crate::query::lex::{Lexeme, QueryToken};
use crate::query::{Complaint, Phrase, Query, Word};

/// Counts nesting and clauses before anything recursive runs.
pub(super) fn check_limits(lexemes: &[Lexeme], limits: &QueryLimits) -> Result<(), QueryRefusal> {
    let (mut open, mut deepest, mut prefixes, mut clauses, mut nears) = (0usize, 0, 0, 0, 0);
    for lexeme in lexemes {
        match &lexeme.token {
            QueryToken::Open => {
                open += 1;
                prefixes = 0;
            }
            QueryToken::Close => open = open.saturating_sub(1),
            QueryToken::Minus | QueryToken::Plus | QueryToken::Field(_) => prefixes += 1,
            QueryToken::Word(word) if word == "NOT" => prefixes += 1,
            token => {
                nears += usize::from(matches!(token, QueryToken::Word(word) if near(word).is_some()));
                clauses += 1;
                prefixes = 0;
            }
        }
        deepest = deepest.max(open + prefixes);
    }
    if deepest > limits.depth {
        return Err(QueryRefusal(format!("the query is nested {deepest} levels deep; the limit is {}", limits.depth)));
    }
    if clauses > limits.clauses {
        return Err(QueryRefusal(format!("the query has {clauses} words and phrases; the limit is {}", limits.clauses)));
    }
    // Each one joins all places of its two sides: a quarter of the depth of other signs.
    let most = limits.depth / 4;
    if nears > most {
        return Err(QueryRefusal(format!("the query has {nears} NEAR and BEFORE; the limit is {most}")));
    }
    Ok(())
}

/// Refuses what would be looked for as too many words in a row, however it was typed: in marks, joined by hyphens, or as a regular
/// expression that is none.
pub(super) fn check_phrases(query: &Query, limits: &QueryLimits) -> Result<(), QueryRefusal> {
    match query {
        Query::Phrase(Phrase { text, .. }) | Query::Word(Word::Forms(text) | Word::Misread(text)) => limits.check_phrase(text),
        Query::Any(parts) | Query::And(parts) | Query::Or(parts) | Query::Sentence(parts) => {
            parts.iter().try_for_each(|part| check_phrases(part, limits))
        }
        Query::Not(part) | Query::Field(_, part) | Query::Article(part) | Query::Boost(part, _) => check_phrases(part, limits),
        Query::Near { left, right, .. } => check_phrases(left, limits).and_then(|()| check_phrases(right, limits)),
        Query::Word(_) | Query::Date(_) => Ok(()),
    }
}

/// Leaves out every `)` that closes nothing.
pub(super) fn without_stray_closings(lexemes: Vec<Lexeme>) -> (Vec<Lexeme>, Vec<Complaint>) {
    let mut open = 0usize;
    let mut complaints = Vec::new();
    let mut kept = Vec::with_capacity(lexemes.len());
    for lexeme in lexemes {
        match lexeme.token {
            QueryToken::Open => open += 1,
            QueryToken::Close if open > 0 => open -= 1,
            QueryToken::Close => {
                if complaints.len() < MOST_COMPLAINTS {
                    let message = "ignored a `)` that closes nothing".into();
                    complaints.push(Complaint { column: lexeme.column, message });
                }
                continue;
            }
            _ => {}
        }
        kept.push(lexeme);
    }
    (kept, complaints)
}

/// True for a headline of the wire, all in capitals, in which AND, OR or NOT is one of many words: whoever types operators has more of them,
/// or other signs beside them.
pub(super) fn is_headline(text: &str, lexemes: &[Lexeme]) -> bool {
    let all_words = lexemes.iter().all(|lexeme| matches!(lexeme.token, QueryToken::Word(_)));
    let operators = lexemes.iter().filter(|lexeme| matches!(&lexeme.token, QueryToken::Word(word) if is_operator(word))).count();
    all_words && operators > 0 && operators * 5 <= lexemes.len() && !text.chars().any(char::is_lowercase)
}

fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT")
}

pub(super) fn as_word(lexeme: &mut Lexeme) {
    if let QueryToken::Word(word) = &mut lexeme.token
        && is_operator(word)
    {
        *word = word.to_lowercase();
    }
}
