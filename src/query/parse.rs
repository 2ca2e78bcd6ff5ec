//! Typed text to a tree: always a best reading, with complaints about what was not taken as it stood.

use super::lex::{Lexeme, Token, lex};
use super::pattern::{MAX_PATHS, Pattern};
use super::{Complaint, DateRange, Exactness, Field, Phrase, Query, Today, Word};
use crate::words::{Words, fold, is_stop_word};

/// What a query may cost before it is read. Defaults: 4,096 bytes, 64 levels, 1,024 words and phrases, 100 words apart.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest text, in bytes.
    pub bytes: usize,
    /// Deepest nesting of parentheses, signs and fields.
    pub depth: usize,
    /// Most words and phrases.
    pub clauses: usize,
    /// Largest `~`, `NEAR/` and `BEFORE/`.
    pub slop: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 4096, depth: 64, clauses: 1024, slop: 100 }
    }
}

/// A query that is over a limit, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

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
/// A [`Refusal`] when the text is over one of the `limits`; nothing else is refused.
pub fn parse(text: &str, today: Today, limits: &Limits) -> Result<Parsed, Refusal> {
    if text.len() > limits.bytes {
        return Err(Refusal(format!("the query is {} bytes long; the limit is {}", text.len(), limits.bytes)));
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
    Ok(Parsed { query, complaints: parser.complaints })
}

/// Reads `text` as what somebody says: the same as `said:( )` round it. Fields in it are read without their names.
///
/// # Errors
/// A [`Refusal`] when the text is over one of the `limits`.
pub fn saying(text: &str, today: Today, limits: &Limits) -> Result<Parsed, Refusal> {
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
/// A [`Refusal`] then, and when a text is over one of the [`Limits`].
pub fn asking(query: Option<&str>, about: Option<&str>, exactness: Exactness, today: Today) -> Result<Parsed, Refusal> {
    let limits = Limits::default();
    let mut parts: Vec<Query> = Vec::new();
    let mut complaints: Vec<Complaint> = Vec::new();
    let mut take = |text: &str, parsed: Parsed| {
        let why: Vec<String> = parsed.complaints.iter().map(ToString::to_string).collect();
        let part = parsed.query.ok_or_else(|| Refusal(format!("nothing to look for in `{text}`\n{}", why.join("\n"))))?;
        parts.push(if exactness == Exactness::Words { part } else { part.with_exactness(exactness) });
        complaints.extend(parsed.complaints);
        Ok::<(), Refusal>(())
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

/// Reads `text` as loose words only: a question or a headline in which no sign is meant as an operator.
/// `None` when there is no word in it.
pub fn loose(text: &str) -> Option<Query> {
    let words = text.split_whitespace().map(trim_word).filter(|word| !word.is_empty());
    let words: Vec<String> = words.flat_map(|word| glued(&word).unwrap_or(vec![word])).collect();
    let says_something = |word: &String| !is_stop_word(&fold(word));
    let all: Vec<&String> = if words.iter().any(says_something) {
        words.iter().filter(|word| says_something(word)).collect()
    } else {
        words.iter().collect()
    };
    let parts = all.into_iter().map(|word| if is_reserved(word) { word.to_lowercase() } else { word.clone() });
    joined(parts.map(|word| Query::Word(Word::Forms(word))).collect(), Query::Any)
}

/// Counts nesting and clauses before anything recursive runs.
fn check_limits(lexemes: &[Lexeme], limits: &Limits) -> Result<(), Refusal> {
    let (mut open, mut deepest, mut prefixes, mut clauses, mut nears) = (0usize, 0, 0, 0, 0);
    for lexeme in lexemes {
        match &lexeme.token {
            Token::Open => {
                open += 1;
                prefixes = 0;
            }
            Token::Close => open = open.saturating_sub(1),
            Token::Minus | Token::Plus | Token::Field(_) => prefixes += 1,
            Token::Word(word) if word == "NOT" => prefixes += 1,
            token => {
                nears += usize::from(matches!(token, Token::Word(word) if near(word).is_some()));
                clauses += 1;
                prefixes = 0;
            }
        }
        deepest = deepest.max(open + prefixes);
    }
    if deepest > limits.depth {
        return Err(Refusal(format!("the query is nested {deepest} levels deep; the limit is {}", limits.depth)));
    }
    if clauses > limits.clauses {
        return Err(Refusal(format!("the query has {clauses} words and phrases; the limit is {}", limits.clauses)));
    }
    // Each one joins all places of its two sides: a quarter of the depth of other signs.
    let most = limits.depth / 4;
    if nears > most {
        return Err(Refusal(format!("the query has {nears} NEAR and BEFORE; the limit is {most}")));
    }
    Ok(())
}

/// Leaves out every `)` that closes nothing.
fn without_stray_closings(lexemes: Vec<Lexeme>) -> (Vec<Lexeme>, Vec<Complaint>) {
    let mut open = 0usize;
    let mut complaints = Vec::new();
    let mut kept = Vec::with_capacity(lexemes.len());
    for lexeme in lexemes {
        match lexeme.token {
            Token::Open => open += 1,
            Token::Close if open > 0 => open -= 1,
            Token::Close => {
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
fn is_headline(text: &str, lexemes: &[Lexeme]) -> bool {
    let all_words = lexemes.iter().all(|lexeme| matches!(lexeme.token, Token::Word(_)));
    let operators = lexemes.iter().filter(|lexeme| matches!(&lexeme.token, Token::Word(word) if is_operator(word))).count();
    all_words && operators > 0 && operators * 5 <= lexemes.len() && !text.chars().any(char::is_lowercase)
}

fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT")
}

fn as_word(lexeme: &mut Lexeme) {
    if let Token::Word(word) = &mut lexeme.token
        && is_operator(word)
    {
        *word = word.to_lowercase();
    }
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
    limits: &'a Limits,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
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
        let Some(Token::Word(word)) = self.peek() else { return false };
        if word == name || word == sign || (word.eq_ignore_ascii_case(name) && self.between_marked_parts()) {
            if self.at == 0 || self.at + 1 == self.lexemes.len() {
                let message = format!("ignored {name} with nothing {} it", if self.at == 0 { "before" } else { "behind" });
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
        use Token::{Caret, Close, Field, Minus, Open, Plus, Quoted, Regex, Tilde};
        before.is_some_and(|token| matches!(token, Quoted { .. } | Regex(_) | Close | Tilde(_) | Caret(_)))
            && after.is_some_and(|token| matches!(token, Quoted { .. } | Regex(_) | Open | Field(_) | Plus | Minus))
    }

    fn at_operator(&self) -> bool {
        match self.peek() {
            None | Some(Token::Close) => true,
            Some(Token::Word(word)) => {
                matches!(word.as_str(), "AND" | "OR" | "&&" | "||")
                    || (matches!(word.to_ascii_lowercase().as_str(), "and" | "or") && self.between_marked_parts())
            }
            _ => false,
        }
    }

    /// Parts side by side. Bare words are loose; everything else is required.
    fn sequence(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        while !self.at_operator() {
            parts.extend(self.near_chain());
        }
        if parts.len() > 1 {
            parts = parts.into_iter().flat_map(unglued).collect();
        }
        self.drop_stop_words(&mut parts);
        sequence(parts)
    }

    /// Bare words that say nothing are not looked for beside others that do.
    fn drop_stop_words(&mut self, parts: &mut Vec<Query>) {
        let stops = |part: &Query| matches!(part, Query::Word(Word::Forms(text)) if is_stop_word(&fold(text)));
        if parts.iter().all(|part| stops(part) || matches!(part, Query::Not(_))) {
            return;
        }
        let dropped: Vec<String> = parts.iter().filter(|part| stops(part)).map(ToString::to_string).collect();
        if !dropped.is_empty() {
            parts.retain(|part| !stops(part));
            let list = dropped.join(", ");
            self.complain(&format!("too common to look for beside other words: {list} (put `+` before a word, or a phrase in quotation marks, to insist)"));
        }
    }

    fn near_chain(&mut self) -> Option<Query> {
        let mut left = self.unary();
        while let Some(Token::Word(word)) = self.peek() {
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
                    self.drop_stop_words(&mut parts);
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
            Token::Minus => self.negated(),
            Token::Word(word) if word == "NOT" => self.negated(),
            Token::Plus => {
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
            self.complain_at(column, "ignored a NOT with nothing behind it".into());
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
            Token::Open => self.group(lexeme.column),
            Token::Quoted { text, closed } => {
                if !closed {
                    self.complain_at(lexeme.column, "the quotation mark is not closed; read up to the end".into());
                }
                self.phrase(text, Exactness::Words, lexeme.column)
            }
            Token::Regex(text) => self.regex(text, lexeme.column),
            Token::Field(name) => self.field(&name, lexeme.column),
            Token::Word(word) if word == "SENTENCE" && self.peek() == Some(&Token::Open) => self.sentence(),
            Token::Word(word) if near(&word).is_some() => {
                self.complain_at(lexeme.column, format!("ignored {word} with nothing before it"));
                None
            }
            Token::Word(word) => self.word(&word, lexeme.column),
            Token::Tilde(text) | Token::Caret(text) => {
                self.complain_at(lexeme.column, format!("ignored a sign with nothing before it: {text}"));
                None
            }
            Token::Close | Token::Plus | Token::Minus => None,
        }?;
        Some(self.boosted(part))
    }

    fn group(&mut self, column: usize) -> Option<Query> {
        let part = self.or();
        match self.peek() {
            Some(Token::Close) => self.at += 1,
            _ => self.complain_at(column, "the parenthesis is not closed; read up to the end".into()),
        }
        part
    }

    fn sentence(&mut self) -> Option<Query> {
        let column = self.lexemes[self.at].column;
        self.at += 1;
        let mut parts = Vec::new();
        while !matches!(self.peek(), None | Some(Token::Close)) {
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
        let Some(Token::Caret(text)) = self.peek() else { return part };
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
        let Some(Token::Tilde(text)) = self.peek() else { return None };
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
            Some(distance) => {
                let distance = distance.parse::<f32>().unwrap_or(1.0).clamp(1.0, 2.0) as u8;
                Some(Query::Word(Word::Fuzzy(text, distance)))
            }
        }
    }

    fn field(&mut self, name: &str, column: usize) -> Option<Query> {
        let lower = name.to_ascii_lowercase();
        if self.at_operator() && self.peek().is_none_or(|t| *t == Token::Close) {
            self.complain_at(column, format!("ignored `{name}:` with nothing behind it"));
            return None;
        }
        match lower.as_str() {
            "date" => self.date(column),
            "exact" | "case" => self.exact(if lower == "case" { Exactness::Case } else { Exactness::Letters }),
            "article" => self.unary().map(|part| scoped(without_articles(part), &|part| Query::Article(Box::new(part)))),
            _ => match Field::NAMES.iter().find(|(known, _)| *known == lower) {
                Some((_, field)) => self.in_field(*field, column),
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
        let known = Field::NAMES.iter().map(|(known, _)| *known).chain(["date", "article", "exact"]);
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
            Token::Quoted { text, .. } => self.phrase(text, exactness, lexeme.column),
            Token::Word(word) => self.phrase(trim_word(&word), exactness, lexeme.column),
            _ => {
                self.complain_at(lexeme.column, "`exact:` wants a word or a phrase; ignored".into());
                self.at -= 1;
                None
            }
        }
    }

    fn date(&mut self, column: usize) -> Option<Query> {
        let text = match self.peek() {
            Some(Token::Word(text) | Token::Quoted { text, .. }) => text.clone(),
            _ => String::new(),
        };
        match DateRange::read(&text, self.today) {
            Some(range) => {
                self.at += 1;
                Some(Query::Date(range))
            }
            None => {
                let hint = "write 2025, 2025-03, 2025-03-10..2025-03-14, >2024 or last-week";
                self.complain_at(column, format!("`date:{text}` is no date; ignored ({hint})"));
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

/// True when the query has something to look for on every way through it.
fn finds_something(query: &Query) -> bool {
    match query {
        Query::Not(_) => false,
        Query::And(parts) => parts.iter().any(finds_something),
        Query::Or(parts) | Query::Any(parts) | Query::Sentence(parts) => parts.iter().all(finds_something),
        Query::Field(_, part) | Query::Boost(part, _) | Query::Article(part) => finds_something(part),
        Query::Near { left, right, .. } => finds_something(left) && finds_something(right),
        Query::Word(_) | Query::Phrase(_) | Query::Date(_) => true,
    }
}

/// True for parts that give places in a text: what NEAR and SENTENCE can join.
fn is_text(query: &Query) -> bool {
    match query {
        Query::Word(_) => true,
        Query::Phrase(phrase) => phrase.exactness == Exactness::Words,
        Query::Near { left, right, .. } => is_text(left) && is_text(right),
        Query::Or(parts) | Query::Any(parts) => parts.iter().all(is_text),
        _ => false,
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

/// Puts the scope of a field under signs and boosts: `headline:-truce^2` is `-headline:truce^2`.
fn scoped(part: Query, scope: &dyn Fn(Query) -> Query) -> Query {
    match part {
        Query::Not(part) => Query::Not(Box::new(scoped(*part, scope))),
        Query::Boost(part, factor) => Query::Boost(Box::new(scoped(*part, scope)), factor),
        Query::And(mut parts) if parts.len() == 1 => scoped(parts.remove(0), scope),
        part => scope(part),
    }
}

/// The tree without fields, dates and articles in it, and whether there were any.
fn without_fields(part: Query) -> (Query, bool) {
    let all = |parts: Vec<Query>| {
        let (parts, stripped): (Vec<Query>, Vec<bool>) = parts.into_iter().map(without_fields).unzip();
        (parts, stripped.contains(&true))
    };
    match part {
        Query::Field(_, part) | Query::Article(part) => (without_fields(*part).0, true),
        Query::Date(range) => (Query::Word(Word::Forms((range.from / 10_000).to_string())), true),
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
fn without_articles(part: Query) -> Query {
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
fn all_words(part: Query) -> Query {
    match part {
        Query::Any(parts) => all_of(parts),
        Query::Or(parts) => one_of(parts.into_iter().map(all_words).collect()),
        Query::And(parts) => all_of(parts.into_iter().map(all_words).collect()),
        part => part,
    }
}

fn is_reserved(text: &str) -> bool {
    matches!(text, "AND" | "OR" | "NOT" | "SENTENCE") || near(text).is_some()
}

/// A bare word without the punctuation around it, and without a possessive 's.
fn trim_word(typed: &str) -> String {
    let unescaped: String = unescape(typed);
    let words = Words::of(&unescaped);
    if words.is_empty() {
        return String::new();
    }
    let mut last = words.len() as u32 - 1;
    if last >= 1 && words.key(words.word(last)) == "s" {
        let gap = words.word(last - 1).end as usize..words.word(last).start as usize;
        let possessive = unescaped[gap].chars().all(|c| crate::words::quote_class(c) == Some('\''));
        last -= u32::from(possessive);
    }
    let (start, end) = words.extent(0, last);
    // What could not be typed as one bare word again is not part of it.
    unescaped[start..end].chars().filter(|c| can_stand_in_word(*c) && *c != '*').collect()
}

/// A bare word with wildcards, without punctuation around it.
fn trim_wild(typed: &str) -> String {
    let text: String = unescape(typed).chars().filter(|c| can_stand_in_word(*c)).collect();
    let keep = |c: char| c.is_alphanumeric() || matches!(c, '*' | '?');
    // A question mark at the end is punctuation.
    text.trim_start_matches(|c| !keep(c)).trim_end_matches(|c| !keep(c) || c == '?').to_owned()
}

/// False for signs that are never part of a bare word, however they were typed.
fn can_stand_in_word(c: char) -> bool {
    !matches!(c, '(' | ')' | '\\' | '~' | '^') && !c.is_control() && !super::lex::opens_phrase(c)
}

fn unescape(typed: &str) -> String {
    let mut out = String::new();
    let mut chars = typed.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
    }
    out
}

/// Parts side by side: bare words become one loose part, which stands beside the required ones.
fn sequence(parts: Vec<Query>) -> Option<Query> {
    let (loose, mut required): (Vec<Query>, Vec<Query>) = parts.into_iter().partition(is_loose);
    let loose: Vec<Query> =
        loose.into_iter().flat_map(|part| if let Query::Any(parts) = part { parts } else { vec![part] }).collect();
    if let Some(loose) = joined(loose, Query::Any) {
        required.insert(0, loose);
    }
    joined(required, Query::And)
}

/// The words of a bare word that headlines glue together: `CORN/OATS`, `ECHLIN<ECH>`, `SUNFLOWER--USDA`. `24/7` and `AC/DC` are one.
fn glued(text: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> =
        text.split(['/', '<', '>', '|', '\u{2014}']).flat_map(|part| part.split("--")).filter(|part| !part.is_empty()).collect();
    let is_word = |part: &&str| {
        part.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '\u{2019}'))
            && part.chars().filter(|c| c.is_alphabetic()).count() > 2
    };
    let apart = parts.len() > 1 && !text.contains("://") && parts.iter().all(is_word);
    let word = |part: &str| Some(trim_word(part)).map(|word| if is_reserved(&word) { word.to_lowercase() } else { word });
    apart.then(|| parts.into_iter().filter_map(word).collect())
}

/// A bare word as the words it is glued from.
fn unglued(part: Query) -> Vec<Query> {
    let words = if let Query::Word(Word::Forms(text)) = &part { glued(text) } else { None };
    match words {
        Some(words) => words.into_iter().map(|word| Query::Word(Word::Forms(word))).collect(),
        None => vec![part],
    }
}

fn is_loose(part: &Query) -> bool {
    match part {
        Query::Word(_) => true,
        Query::Boost(part, _) => matches!(**part, Query::Word(_)),
        _ => false,
    }
}

/// One part stands for itself; parts of the same kind are flattened into one list.
fn joined(parts: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Option<Query> {
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
