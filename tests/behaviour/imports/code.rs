//! As much of Rust as the rules need: the words and signs of a file without comments, strings and tests, and the paths among them.

/// A word, `::`, or any other sign, with its line.
pub type Token<'a> = (usize, &'a str);

/// A path written out: `use crate::{query, words::fold}` gives `crate::query` and `crate::words::fold`.
pub type Path<'a> = (usize, Vec<&'a str>);

/// The tokens of a file, but for its tests.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let length = token(rest);
        if !is_left_out(rest, length) {
            out.push((line, &rest[..length]));
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length.max(first.len_utf8())..];
    }
    without_tests(out)
}

fn is_left_out(text: &str, length: usize) -> bool {
    let is_quoted = length > 1 && text[..length].ends_with(['"', '\'', '#']);
    text.starts_with(char::is_whitespace) || text.starts_with("//") || text.starts_with("/*") || is_quoted
}

/// The length of what `text` begins with.
fn token(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return block_comment(text);
    }
    if let Some(length) = raw_string(text) {
        return length;
    }
    let quoted = text.strip_prefix(['b', 'c']).filter(|rest| rest.starts_with(['"', '\''])).unwrap_or(text);
    let prefix = text.len() - quoted.len();
    if quoted.starts_with('"') {
        return prefix + literal(quoted, '"');
    }
    if quoted.starts_with('\'') && is_character(quoted) {
        return prefix + literal(quoted, '\'');
    }
    let word = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let sign = if text.starts_with("::") { 2 } else { text.chars().next().map_or(0, char::len_utf8) };
    if word > 0 { word } else { sign }
}

/// Comments stand within each other.
fn block_comment(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while let Some(next) = text[at..].find("/*").into_iter().chain(text[at..].find("*/")).min() {
        at += next + 2;
        if text[..at].ends_with("/*") {
            depth += 1
        } else {
            depth -= 1
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

fn raw_string(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let inner = rest[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(text.len() - inner.len() + inner.find(&end).map_or(inner.len(), |at| at + end.len()))
}

/// A character, and not a lifetime.
fn is_character(text: &str) -> bool {
    let mut chars = text[1..].chars();
    chars.next() == Some('\\') || chars.next() == Some('\'')
}

/// The length of a string or character that opens and ends with `mark`.
fn literal(text: &str, mark: char) -> usize {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == mark {
            return at + 1;
        }
    }
    text.len()
}

fn words<'a>(tokens: &[Token<'a>]) -> Vec<&'a str> {
    tokens.iter().map(|(_, word)| *word).collect()
}

/// Leaves out each item after `#[cfg(test)]`.
fn without_tests(all: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let next = &all[at..];
        if next.len() > 7 && words(&next[..7]) == ["#", "[", "cfg", "(", "test", ")", "]"] {
            at += 7 + item(&next[7..]);
        } else {
            out.push(all[at]);
            at += 1;
        }
    }
    out
}

/// How many tokens an item has: up to its `;`, or to the brace that closes it.
fn item(tokens: &[Token]) -> usize {
    let mut depth = 0;
    for (at, (_, word)) in tokens.iter().enumerate() {
        match *word {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(*word, ";" | "}") {
            return at + 1;
        }
    }
    tokens.len()
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_') || token == "*"
}

/// All paths of two or more words, and those that `use` names.
pub fn paths<'a>(tokens: &[Token<'a>]) -> Vec<Path<'a>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_use = at > 0 && tokens[at - 1].1 == "use";
        let begins = tokens[at].1.starts_with(|c: char| c.is_alphabetic() || c == '_');
        let leads_on = tokens.get(at + 1).is_some_and(|next| next.1 == "::");
        if is_use && tokens[at].1 == "{" {
            at += list(&tokens[at..], &[], &mut out);
        } else if begins && (leads_on || is_use) {
            at += branch(&tokens[at..], &[], &mut out).max(1);
        } else {
            at += 1;
        }
    }
    out
}

/// Reads one path with its lists; gives how many tokens it has.
fn branch<'a>(tokens: &[Token<'a>], before: &[&'a str], out: &mut Vec<Path<'a>>) -> usize {
    let mut path = before.to_vec();
    let mut at = 0;
    while let Some((line, word)) = tokens.get(at) {
        if *word == "{" {
            return at + list(&tokens[at..], &path, out);
        }
        if !is_word(word) {
            return at;
        }
        path.push(word);
        at += 1;
        if tokens.get(at).is_none_or(|next| next.1 != "::") {
            out.push((*line, path));
            return at;
        }
        at += 1;
    }
    at
}

/// Reads `{a, b::{c, d}}`; gives how many tokens it has.
fn list<'a>(tokens: &[Token<'a>], before: &[&'a str], out: &mut Vec<Path<'a>>) -> usize {
    let mut at = 1;
    while let Some((_, word)) = tokens.get(at) {
        match *word {
            "}" => return at + 1,
            word if is_word(word) && tokens[at - 1].1 != "as" => at += branch(&tokens[at..], before, out).max(1),
            _ => at += 1,
        }
    }
    at
}
