//! Foreign text made harmless for a terminal and a log.

use crate::words::is_dash;

/// The text without control and bidirectional characters; white space of any kind is a space, and a word broken at a line's
/// end is whole again but for its hyphen.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if out.ends_with(is_dash) => {}
            c if c.is_whitespace() => out.push(' '),
            '\u{ad}' => {}
            c if c.is_control() || is_directional(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Marks, embeddings, overrides and isolates of direction, which can make a line read as another.
fn is_directional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_an_article_can_steer_the_terminal() {
        let text = "a\u{1b}[31mb\u{202e}c\u{9b}d\re\u{7}\tf\u{ad}g";
        let shown = clean(text);
        assert!(!shown.chars().any(|c| c.is_control() || is_directional(c)), "{shown:?}");
        assert_eq!(clean("a\u{a0}\nb long-\nterm"), "a  b long-term");
    }
}
