//! Typed text to a tree: always a best reading, with complaints about what was not taken as it stood.

mod checks;
mod shape;
mod words;

pub use words::loose;

use self::checks::{as_word, check_limits, check_phrases, is_headline, without_stray_closings};
use self::shape::{all_words, finds_something, is_text, joined, scoped, sequence, without_articles, without_fields};
use self::words::{is_reserved, trim_wild, trim_word, unglued};
use super::lex::{Lexeme, QueryToken, lex};
use super::pattern::{MAX_PATHS, Pattern};
use super::{Complaint, Exactness, Field, Phrase, Query, Today, Word};
use crate::words::{Words, fold, is_stop_word};

/// What a query may cost before it is read. Defaults: 4,096 bytes, 64 levels, 1,024 words and phrases, 500 words in a phrase, 100
/// words apart.
#[derive(Debug, Clone, Copy)]
pub struct QueryLimits {
    /// Longest text, in bytes.
    pub bytes: usize,
    /// Deepest nesting of parentheses, signs and fields.
    pub depth: usize,
    /// Most words and phrases.
    pub clauses: usize,
    /// Most words between quotation marks.
    pub phrase: usize,
    /// Largest `~`, `NEAR/` and `BEFORE/`.
    pub slop: u32,
}

impl Default for QueryLimits {
    fn default() -> QueryLimits {
        QueryLimits { bytes: 4096, depth: 64, clauses: 1024, phrase: 500, slop: 100 }
    }
}

impl QueryLimits {
    /// Refuses more words in a row than are looked for.
    ///
    /// # Errors
    /// How many there are, and the limit.
    pub fn check_phrase(&self, text: &str) -> Result<(), QueryRefusal> {
        // No word is shorter than a byte.
        let words = if text.len() > self.phrase { Words::of(text).len() } else { 0 };
        if words > self.phrase {
            return Err(QueryRefusal(format!("a phrase has {words} words; the limit is {}", self.phrase)));
        }
        Ok(())
    }
}

/// A query that is over a limit, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryRefusal(pub String);

impl std::fmt::Display for QueryRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for QueryRefusal {}

/// The best reading of a typed text.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The tree; `None` when nothing in the text can be looked for.
    pub query: Option<Query>,
    /// What was not taken as it stood.
    pub complaints: Vec<Complaint>,
}

/// Reads `text`. Relative dates count from `today`.
///
/// # Errors
/// A [`QueryRefusal`] when the text is over one of the `limits`; nothing else is refused.
pub fn parse(text: &str, today: Today, limits: &QueryLimits) -> Result<Parsed, QueryRefusal> {
    if text.len() > limits.bytes {
        return Err(QueryRefusal(format!("the query is {} bytes long; the limit is {}", text.len(), limits.bytes)));
    }
    let lexemes = lex(text);
    check_limits(&lexemes, limits)?;
    let (mut lexemes, mut complaints) = without_stray_closings(lexemes);
    if is_headline(text, &lexemes) {
        complaints.push(Complaint { column: 1, message: "all of it is in capitals: AND, OR and NOT are read as words".into() });
        lexemes.iter_mut().for_each(as_word);
    }
    let mut parser = Parser { lexemes: &lexemes, at: 0, complaints, today, limits };
    let query = parser.or();
    let query = query.and_then(|query| parser.without_lone_not(query));
    query.iter().try_for_each(|query| check_phrases(query, limits))?;
    // What is not closed is seen from within.
    parser.complaints.sort_by_key(|complaint| complaint.column);
    Ok(Parsed { query, complaints: parser.complaints })
}

/// Reads `text` as what somebody says: the same as `said:( )` round it. Fields in it are read without their names.
///
/// # Errors
/// A [`QueryRefusal`] when the text is over one of the `limits`.
pub fn saying(text: &str, today: Today, limits: &QueryLimits) -> Result<Parsed, QueryRefusal> {
    let Parsed { query, mut complaints } = parse(text, today, limits)?;
    let query = query.map(|query| {
        let (part, stripped) = without_fields(query);
        if stripped {
            complaints.push(Complaint { column: 1, message: "what is said has no fields; read without them".into() });
        }
        scoped(part, &|part| Query::Field(Field::Said, Box::new(part)))
    });
    Ok(Parsed { query, complaints })
}

/// Reads a query and the words said, either or both, as one tree. A text of which nothing can be looked for is no query of
/// everything, but refused.
///
/// # Errors
/// A [`QueryRefusal`] then, and when a text is over one of the [`QueryLimits`].
pub fn asking(query: Option<&str>, about: Option<&str>, exactness: Exactness, today: Today) -> Result<Parsed, QueryRefusal> {
    let limits = QueryLimits::default();
    let mut parts: Vec<Query> = Vec::new();
    let mut complaints: Vec<Complaint> = Vec::new();
    let mut take = |text: &str, parsed: Parsed| {
        let why: Vec<String> = parsed.complaints.iter().map(ToString::to_string).collect();
        let part = parsed.query.ok_or_else(|| QueryRefusal(format!("nothing to look for in `{text}`\n{}", why.join("\n"))))?;
        parts.push(if exactness == Exactness::Words { part } else { part.with_exactness(exactness) });
        complaints.extend(parsed.complaints);
        Ok::<(), QueryRefusal>(())
    };
    if let Some(text) = query {
        take(text, parse(text, today, &limits)?)?;
    }
    if let Some(text) = about {
        take(text, saying(text, today, &limits)?)?;
    }
    let query = if parts.len() > 1 { Some(Query::And(parts)) } else { parts.pop() };
    Ok(Parsed { query, complaints })
}

/// Most words of a phrase whose words may stand in any order.
const MOST_LOOSE: usize = 32;

/// Further ones help nobody.
const MOST_COMPLAINTS: usize = 20;

struct Parser<'a> {
    lexemes: &'a [Lexeme],
    at: usize,
    complaints: Vec<Complaint>,
    today: Today,
    limits: &'a QueryLimits,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&QueryToken> {
        self.lexemes.get(self.at).map(|lexeme| &lexeme.token)
    }

    fn complain(&mut self, message: &str) {
        let column = self.lexemes.get(self.at).or(self.lexemes.last()).map_or(1, |lexeme| lexeme.column);
        self.complain_at(column, message.to_owned());
    }

    fn complain_at(&mut self, column: usize, message: String) {
        if self.complaints.len() < MOST_COMPLAINTS {
            self.complaints.push(Complaint { column, message });
        }
    }

    fn or(&mut self) -> Option<Query> {
        let mut parts: Vec<Query> = self.and().into_iter().collect();
        while self.takes_operator("OR", "||") {
            parts.extend(self.and());
        }
        joined(parts, Query::Or)
    }

    fn and(&mut self) -> Option<Query> {
        let mut parts: Vec<Query> = self.sequence().into_iter().collect();
        while self.takes_operator("AND", "&&") {
            parts.extend(self.sequence());
        }
        joined(parts, Query::And)
    }

    /// Takes the operator if it stands here: in capitals, or in small letters between two parts that are not bare words.
    fn takes_operator(&mut self, name: &str, sign: &str) -> bool {
        let Some(QueryToken::Word(word)) = self.peek() else { return false };
        if word == name || word == sign || (word.eq_ignore_ascii_case(name) && self.between_marked_parts()) {
            if self.at == 0 || self.at + 1 == self.lexemes.len() {
                let message = format!("ignored {name} with nothing {} it", if self.at == 0 { "before" } else { "after" });
                self.complain(&message);
            }
            self.at += 1;
            return true;
        }
        false
    }

    fn between_marked_parts(&self) -> bool {
        let before = self.at.checked_sub(1).map(|i| &self.lexemes[i].token);
        let after = self.lexemes.get(self.at + 1).map(|lexeme| &lexeme.token);
        use QueryToken::{Caret, Close, Field, Minus, Open, Plus, Quoted, Regex, Tilde};
        before.is_some_and(|token| matches!(token, Quoted { .. } | Regex(_) | Close | Tilde(_) | Caret(_)))
            && after.is_some_and(|token| matches!(token, Quoted { .. } | Regex(_) | Open | Field(_) | Plus | Minus))
    }

    fn at_operator(&self) -> bool {
        match self.peek() {
            None | Some(QueryToken::Close) => true,
            Some(QueryToken::Word(word)) => {
                matches!(word.as_str(), "AND" | "OR" | "&&" | "||")
                    || (matches!(word.to_ascii_lowercase().as_str(), "and" | "or") && self.between_marked_parts())
            }
            _ => false,
        }
    }

    /// Parts side by side. Bare words are loose; everything else is required.
    fn sequence(&mut self) -> Option<Query> {
        let (from, mut parts) = (self.at, Vec::new());
        while !self.at_operator() {
            parts.extend(self.near_chain());
        }
        if parts.len() > 1 {
            parts = parts.into_iter().flat_map(unglued).collect();
        }
        self.drop_stop_words(&mut parts, from);
        sequence(parts)
    }

    /// Bare words that say nothing are not looked for beside others that do. The parts begin with lexeme `from`.
    fn drop_stop_words(&mut self, parts: &mut Vec<Query>, from: usize) {
        let stops = |part: &Query| matches!(part, Query::Word(Word::Forms(text)) if is_stop_word(&fold(text)));
        if parts.iter().all(|part| stops(part) || matches!(part, Query::Not(_))) {
            return;
        }
        let dropped: Vec<String> = parts.iter().filter(|part| stops(part)).map(ToString::to_string).collect();
        if !dropped.is_empty() {
            parts.retain(|part| !stops(part));
            let list = dropped.join(", ");
            let first = |lexeme: &&Lexeme| matches!(&lexeme.token, QueryToken::Word(word) if is_stop_word(&fold(word)));
            let column = self.lexemes[from..].iter().find(first).map_or(1, |lexeme| lexeme.column);
            self.complain_at(column, format!("too common to look for beside other words: {list} (put `+` before a word, or a phrase in quotation marks, to insist)"));
        }
    }

    fn near_chain(&mut self) -> Option<Query> {
        let from = self.at;
        let mut left = self.unary();
        while let Some(QueryToken::Word(word)) = self.peek() {
            let Some((ordered, distance)) = near(word) else { break };
            let column = self.lexemes[self.at].column;
            self.at += 1;
            let right = if self.at_operator() { None } else { self.unary() };
            let distance = self.within_slop(distance.unwrap_or(10), column);
            left = match (left, right) {
                (Some(left), Some(right)) if is_text(&left) && is_text(&right) => {
                    Some(Query::Near { left: Box::new(left), right: Box::new(right), distance, ordered })
                }
                (left, right) => {
                    let name = if ordered { "BEFORE" } else { "NEAR" };
                    self.complain_at(column, format!("{name} wants words or phrases on both sides; read without it"));
                    let mut parts = left.into_iter().chain(right).collect();
                    self.drop_stop_words(&mut parts, from);
                    sequence(parts)
                }
            };
        }
        left
    }

    fn within_slop(&mut self, distance: u32, column: usize) -> u32 {
        if distance > self.limits.slop {
            self.complain_at(column, format!("{distance} words apart is over the limit; read as {}", self.limits.slop));
        }
        distance.clamp(1, self.limits.slop)
    }

    fn unary(&mut self) -> Option<Query> {
        match self.peek()? {
            QueryToken::Minus => self.negated(),
            QueryToken::Word(word) if word == "NOT" => self.negated(),
            QueryToken::Plus => {
                self.at += 1;
                let part = if self.at_operator() { None } else { self.unary() };
                // A required bare word leaves the loose ones by standing in an AND of its own.
                part.map(|part| if matches!(part, Query::Word(_)) { Query::And(vec![part]) } else { part })
            }
            _ => self.atom(),
        }
    }

    fn negated(&mut self) -> Option<Query> {
        let column = self.lexemes[self.at].column;
        self.at += 1;
        if self.at_operator() {
            self.complain_at(column, "ignored a NOT with nothing after it".into());
            return None;
        }
        match self.unary()? {
            Query::Not(part) => Some(*part),
            Query::And(mut parts) if parts.len() == 1 => parts.pop().map(|part| Query::Not(Box::new(part))),
            part => Some(Query::Not(Box::new(part))),
        }
    }

    fn atom(&mut self) -> Option<Query> {
        let lexeme = self.lexemes[self.at].clone();
        self.at += 1;
        let part = match lexeme.token {
            QueryToken::Open => self.group(lexeme.column),
            QueryToken::Quoted { text, closed } => {
                if !closed {
                    self.complain_at(lexeme.column, "the quotation mark is not closed; read up to the end".into());
                }
                self.phrase(text, Exactness::Words, lexeme.column)
            }
            QueryToken::Regex(text) => self.regex(text, lexeme.column),
            QueryToken::Field(name) => self.field(&name, lexeme.column),
            QueryToken::Word(word) if word == "SENTENCE" && self.peek() == Some(&QueryToken::Open) => self.sentence(),
            QueryToken::Word(word) if near(&word).is_some() => {
                self.complain_at(lexeme.column, format!("ignored {word} with nothing before it"));
                None
            }
            QueryToken::Word(word) => self.word(&word, lexeme.column),
            QueryToken::Tilde(text) | QueryToken::Caret(text) => {
                self.complain_at(lexeme.column, format!("ignored a sign with nothing before it: {text}"));
                None
            }
            QueryToken::Close | QueryToken::Plus | QueryToken::Minus => None,
        }?;
        Some(self.boosted(part))
    }

    fn group(&mut self, column: usize) -> Option<Query> {
        let part = self.or();
        match self.peek() {
            Some(QueryToken::Close) => self.at += 1,
            _ => self.complain_at(column, "the parenthesis is not closed; read up to the end".into()),
        }
        part
    }

    fn sentence(&mut self) -> Option<Query> {
        let column = self.lexemes[self.at].column;
        self.at += 1;
        let mut parts = Vec::new();
        while !matches!(self.peek(), None | Some(QueryToken::Close)) {
            if self.at_operator() {
                self.at += 1;
                continue;
            }
            match self.near_chain() {
                Some(part) if is_text(&part) => parts.push(part),
                Some(part) => self.complain_at(column, format!("`{part}` cannot stand in SENTENCE(); ignored")),
                None => {}
            }
        }
        match self.peek() {
            Some(_) => self.at += 1,
            None => self.complain_at(column, "the parenthesis is not closed; read up to the end".into()),
        }
        (!parts.is_empty()).then_some(Query::Sentence(parts))
    }

    fn boosted(&mut self, part: Query) -> Query {
        let Some(QueryToken::Caret(text)) = self.peek() else { return part };
        let factor = text.parse::<f32>().ok().filter(|factor| *factor > 0.0 && *factor <= 100.0);
        let text = text.clone();
        let part = match factor {
            Some(factor) => Query::Boost(Box::new(part), factor),
            None => {
                self.complain(&format!("ignored `^{text}`: a boost is a number above 0, at most 100"));
                part
            }
        };
        self.at += 1;
        part
    }

    fn tilde(&mut self) -> Option<String> {
        let Some(QueryToken::Tilde(text)) = self.peek() else { return None };
        let text = text.clone();
        self.at += 1;
        Some(text)
    }

    fn phrase(&mut self, text: String, exactness: Exactness, column: usize) -> Option<Query> {
        let slop = self.tilde().map_or(0, |text| text.parse().unwrap_or(1));
        let mut slop = if slop > 0 { self.within_slop(slop, column) } else { 0 };
        let words = text.split_whitespace().count();
        if slop > 0 && words > MOST_LOOSE {
            self.complain_at(column, format!("`~` is for at most {MOST_LOOSE} words, and these are {words}; read without it"));
            slop = 0;
        }
        if Words::of(&text).is_empty() {
            self.complain_at(column, format!("ignored \"{text}\": no letters or digits in it"));
            return None;
        }
        if slop > 0 && exactness != Exactness::Words {
            self.complain_at(column, "an exact phrase has no `~`; ignored".into());
            slop = 0;
        }
        let phrase = Phrase { text, slop, exactness };
        if Pattern::is_cut(&phrase) {
            let message = format!(
                "so many of its words may be printed joined that only the first {MAX_PATHS} ways to print the phrase are looked for"
            );
            self.complain_at(column, message);
        }
        Some(Query::Phrase(phrase))
    }

    fn regex(&mut self, text: String, column: usize) -> Option<Query> {
        match super::pattern::compile_regex(&text) {
            Ok(_) => Some(Query::Word(Word::Regex(text))),
            Err(message) => {
                self.complain_at(
                    column,
                    format!("/{text}/ is no regular expression newshound can use ({message}); read as words"),
                );
                let words = text.split_whitespace().filter_map(|word| self.word(word, column)).collect();
                sequence(words)
            }
        }
    }

    fn word(&mut self, typed: &str, column: usize) -> Option<Query> {
        let fuzzy = self.tilde();
        let wild = typed.contains('*') || typed.trim_end_matches(['?', '!', '.', ',', ';', ':', ')', ']']).contains('?');
        // The question mark of an address is none of ours.
        let text = if wild && !typed.contains("://") { trim_wild(typed) } else { String::new() };
        let wild = text.contains(['*', '?']);
        let text = if wild { text } else { trim_word(typed) };
        if !text.chars().any(char::is_alphanumeric) {
            self.complain_at(column, format!("ignored `{typed}`: no letters or digits in it"));
            return None;
        }
        let text = if is_reserved(&text) { text.to_lowercase() } else { text };
        match fuzzy {
            None if wild => Some(Query::Word(Word::Wildcard(text))),
            None => Some(Query::Word(Word::Forms(text))),
            Some(_) if wild || Words::of(&text).len() != 1 => {
                self.complain_at(column, format!("`~` wants a single word before it; read as `{text}`"));
                Some(Query::Word(if wild { Word::Wildcard(text) } else { Word::Forms(text) }))
            }
            Some(typed) => {
                let asked = typed.parse::<f32>().unwrap_or(1.0);
                let letters = asked.clamp(1.0, 2.0) as u8;
                if asked != f32::from(letters) {
                    self.complain_at(column, format!("`~{typed}` is neither 1 nor 2 letters; read as `{text}~{letters}`"));
                }
                Some(Query::Word(Word::Fuzzy(text, letters)))
            }
        }
    }

    fn field(&mut self, name: &str, column: usize) -> Option<Query> {
        let lower = name.to_ascii_lowercase();
        if self.at_operator() && self.peek().is_none_or(|t| *t == QueryToken::Close) {
            self.complain_at(column, format!("ignored `{name}:` with nothing after it"));
            return None;
        }
        match lower.as_str() {
            "date" => self.date("date", "", column),
            "after" => self.date("after", ">", column),
            "since" => self.date("since", ">=", column),
            "before" => self.date("before", "<", column),
            "exact" | "case" => self.exact(if lower == "case" { Exactness::Case } else { Exactness::Letters }),
            "ocr" => self.unary().map(Query::misread),
            "article" => self.unary().map(|part| scoped(without_articles(part), &|part| Query::Article(Box::new(part)))),
            _ => match Field::named(&lower) {
                Some(field) => self.in_field(field, column),
                None => self.unknown_field(name, column),
            },
        }
    }

    fn in_field(&mut self, field: Field, column: usize) -> Option<Query> {
        let part = self.unary()?;
        let (part, stripped) = without_fields(part);
        if stripped {
            self.complain_at(column, format!("`{}:` cannot hold another field; read without it", field.name()));
        }
        let part = if field.holds_names() { all_words(part) } else { part };
        Some(scoped(part, &|part| Query::Field(field, Box::new(part))))
    }

    fn unknown_field(&mut self, name: &str, column: usize) -> Option<Query> {
        let fields = Field::NAMES.iter().chain(Field::ALIASES).map(|(known, _)| *known);
        let known = fields.chain(["date", "after", "since", "before", "article", "exact", "ocr"]);
        let typed = name.to_ascii_lowercase();
        let near = known.filter_map(|known| super::pattern::edits(&typed, known, 2).map(|edits| (edits, known)));
        let hint = near.min().map_or(String::new(), |(_, known)| format!(" (did you mean `{known}:`?)"));
        self.complain_at(column, format!("unknown field `{name}:`; read as a word{hint}"));
        self.word(name, column)
    }

    fn exact(&mut self, exactness: Exactness) -> Option<Query> {
        let lexeme = self.lexemes[self.at].clone();
        self.at += 1;
        match lexeme.token {
            QueryToken::Quoted { text, .. } => self.phrase(text, exactness, lexeme.column),
            QueryToken::Word(word) => self.phrase(trim_word(&word), exactness, lexeme.column),
            _ => {
                self.complain_at(lexeme.column, "`exact:` wants a word or a phrase; ignored".into());
                self.at -= 1;
                None
            }
        }
    }

    /// The days after `date:`; `side` is the sign that a field's own name stands for, as `>` does for `after:`.
    fn date(&mut self, name: &str, side: &str, column: usize) -> Option<Query> {
        let text = match self.peek() {
            Some(QueryToken::Word(text) | QueryToken::Quoted { text, .. }) => text.clone(),
            _ => String::new(),
        };
        match super::date::asked(&format!("{side}{text}"), self.today) {
            Some(days) => {
                self.at += 1;
                Some(Query::Date(days))
            }
            None => {
                let hint = "write 2025, 2025-03, 2025-03-10..2025-03-14, >2024 or last-week";
                self.complain_at(column, format!("`{name}:{text}` is no date; ignored ({hint})"));
                self.at += usize::from(!text.is_empty());
                None
            }
        }
    }

    /// A query that only says what is not wanted cannot be answered with mentions.
    fn without_lone_not(&mut self, query: Query) -> Option<Query> {
        if finds_something(&query) {
            return Some(query);
        }
        self.complain_at(1, "the query only says what not to find; add what to find".into());
        None
    }
}

/// `NEAR`, `NEAR/5`, `BEFORE/5`: whether it is ordered, and the distance if given.
fn near(word: &str) -> Option<(bool, Option<u32>)> {
    let (name, distance) = match word.split_once('/') {
        Some((name, digits)) => (name, Some(digits.parse().ok()?)),
        None => (word, None),
    };
    match name {
        "NEAR" => Some((false, distance)),
        "BEFORE" => Some((true, distance)),
        _ => None,
    }
}
