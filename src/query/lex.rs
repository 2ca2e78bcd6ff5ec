//! Typed text to tokens, with the column of each.

/// A piece of the typed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum QueryToken {
    /// A bare word, escapes still in it.
    Word(String),
    /// What stood between quotation marks; `closed` is false when the closing mark is missing.
    Quoted {
        text: String,
        closed: bool,
    },
    /// `/.../`
    Regex(String),
    /// `field:` directly before something.
    Field(String),
    Open,
    Close,
    Plus,
    Minus,
    /// `~N` or `^N` directly after something.
    Tilde(String),
    Caret(String),
}

/// A token, the column it begins in (from 1) and whether white space stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub token: QueryToken,
    pub column: usize,
    pub spaced: bool,
}

/// Cuts `text` into tokens. Never fails; every character of `text` that is not white space ends up in some token.
pub(super) fn lex(text: &str) -> Vec<Lexeme> {
    let chars: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { chars: &chars, at: 0, out: Vec::new() };
    lexer.run();
    lexer.out
}

struct Lexer<'a> {
    chars: &'a [char],
    at: usize,
    out: Vec<Lexeme>,
}

impl Lexer<'_> {
    fn run(&mut self) {
        let mut spaced = true;
        while let Some(&c) = self.chars.get(self.at) {
            if c.is_whitespace() || c.is_control() {
                self.at += 1;
                spaced = true;
                continue;
            }
            let column = self.at + 1;
            let token = self.token(c, spaced);
            self.out.push(Lexeme { token, column, spaced });
            spaced = false;
        }
    }

    fn token(&mut self, c: char, spaced: bool) -> QueryToken {
        let starts = spaced
            || matches!(
                self.out.last().map(|l| &l.token),
                Some(QueryToken::Open | QueryToken::Field(_) | QueryToken::Plus | QueryToken::Minus)
            );
        match c {
            '(' => self.single(QueryToken::Open),
            ')' => self.single(QueryToken::Close),
            '+' if starts && self.followed() => self.single(QueryToken::Plus),
            '-' | '\u{2212}' if starts && self.followed() => self.single(QueryToken::Minus),
            '~' if !starts => QueryToken::Tilde(self.number()),
            '^' if !starts => QueryToken::Caret(self.number()),
            '/' if starts => self.regex().unwrap_or_else(|| self.word()),
            c => match closing(c) {
                Some(close) => self.quoted(c, close),
                None => self.word(),
            },
        }
    }

    fn single(&mut self, token: QueryToken) -> QueryToken {
        self.at += 1;
        token
    }

    /// True when something other than white space or another sign follows directly.
    fn followed(&self) -> bool {
        self.chars.get(self.at + 1).is_some_and(|c| !c.is_whitespace() && *c != ')')
    }

    fn number(&mut self) -> String {
        self.at += 1;
        let from = self.at;
        while self.chars.get(self.at).is_some_and(|c| c.is_ascii_digit() || *c == '.') {
            self.at += 1;
        }
        self.chars[from..self.at].iter().collect()
    }

    fn regex(&mut self) -> Option<QueryToken> {
        let rest = &self.chars[self.at + 1..];
        let mut escaped = false;
        let len = rest.iter().position(|&c| {
            let ends = c == '/' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        let after = rest.get(len + 1);
        if len == 0 || after.is_some_and(|c| !c.is_whitespace() && *c != ')' && *c != '^') {
            return None;
        }
        self.at += len + 2;
        Some(QueryToken::Regex(rest[..len].iter().collect()))
    }

    fn quoted(&mut self, open: char, close: &[char]) -> QueryToken {
        let from = self.at + 1;
        let mut at = from;
        let mut text = String::new();
        while let Some(&c) = self.chars.get(at) {
            if c == '\\' && self.chars.get(at + 1).is_some_and(|next| *next == '\\' || *next == open || close.contains(next)) {
                text.push(self.chars[at + 1]);
                at += 2;
                continue;
            }
            if close.contains(&c) {
                self.at = at + 1;
                return QueryToken::Quoted { text, closed: true };
            }
            text.push(c);
            at += 1;
        }
        self.at = at;
        QueryToken::Quoted { text, closed: false }
    }

    /// A bare word up to white space, a parenthesis or a quotation mark; or `name:` when something follows at once.
    fn word(&mut self) -> QueryToken {
        let from = self.at;
        let mut text = String::new();
        while let Some(&c) = self.chars.get(self.at) {
            if c.is_whitespace() || c.is_control() || matches!(c, '(' | ')') || (self.at > from && closing(c).is_some()) {
                break;
            }
            if matches!(c, '~' | '^') && self.at > from && self.ends_with_number() {
                break;
            }
            if c == '\\' && self.at + 1 < self.chars.len() && !self.chars[self.at + 1].is_whitespace() {
                text.extend([c, self.chars[self.at + 1]]);
                self.at += 2;
                continue;
            }
            self.at += 1;
            if c == ':'
                && is_field_name(&text)
                && self.chars.get(self.at).is_some_and(|c| !c.is_whitespace() && *c != '/' || self.is_regex_start())
            {
                return QueryToken::Field(text);
            }
            text.push(c);
        }
        if text.is_empty() {
            text.push(self.chars[from]);
            self.at = from + 1;
        }
        QueryToken::Word(text)
    }

    /// `speaker:/re/` is a field, `https://` is not.
    fn is_regex_start(&self) -> bool {
        self.chars.get(self.at + 1).is_some_and(|c| *c != '/')
    }

    /// True at `~` or `^` when only digits follow up to the word's end.
    fn ends_with_number(&self) -> bool {
        let rest = &self.chars[self.at + 1..];
        let digits = rest.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
        rest.get(digits).is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '^' | '~'))
    }
}

pub(super) fn is_field_name(text: &str) -> bool {
    text.len() >= 2 && text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// True for the marks that open a phrase.
pub(super) fn opens_phrase(c: char) -> bool {
    closing(c).is_some()
}

/// The marks that close a quotation opened by `open`; none when `open` opens no phrase.
fn closing(open: char) -> Option<&'static [char]> {
    const DOUBLE: &[char] = &['"', '\u{201c}', '\u{201d}', '\u{201f}'];
    match open {
        '"' | '\u{201c}' | '\u{201d}' | '\u{201f}' => Some(DOUBLE),
        '\u{201e}' => Some(&['\u{201c}', '\u{201d}', '\u{201f}', '"']),
        '\u{ab}' => Some(&['\u{bb}']),
        '\u{bb}' => Some(&['\u{ab}']),
        _ => None,
    }
}
