//! Mends JSON as programs that are not strict write it: `NaN`, `None`, `True`, commas before a closing bracket.
//!
//! Gives a text of the same length, so that every character keeps its place in the file.

/// `text` with what is not JSON outside its strings replaced by what is.
pub(crate) fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let (mut at, mut start) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = end_of_string(bytes, at + 1),
            b',' => {
                let after = bytes[at + 1..].iter().find(|byte| !byte.is_ascii_whitespace());
                if matches!(after, Some(b'}' | b']')) {
                    out.push_str(&text[start..at]);
                    out.push(' ');
                    start = at + 1;
                }
                at += 1;
            }
            byte if byte.is_ascii_alphabetic() || byte == b'-' => {
                let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'-').count();
                if let Some(word) = replacement(&text[at..end]) {
                    out.push_str(&text[start..at]);
                    out.push_str(word);
                    out.extend(std::iter::repeat_n(' ', end - at - word.len()));
                    start = end;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    out.push_str(&text[start..]);
    out
}

/// What stands for a word that JSON does not know; nothing longer than the word.
fn replacement(word: &str) -> Option<&'static str> {
    match word {
        "NaN" | "-NaN" => Some("\"\""),
        "Infinity" | "-Infinity" | "None" | "undefined" => Some("null"),
        "True" => Some("true"),
        "False" => Some("false"),
        _ => None,
    }
}

/// One past the quote that closes the string, or the end.
fn end_of_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_commas_outside_strings_are_mended_in_place() {
        for (text, expected) in [
            (r#"{"a":NaN,"b":"NaN, }",}"#, r#"{"a":"" ,"b":"NaN, }" }"#),
            (r#"[None, True, -Infinity]"#, r#"[null, true, null     ]"#),
            (r#"{"a":"x\"NaN"}"#, r#"{"a":"x\"NaN"}"#),
            (r#"{"a":"x\\",b:NaN}"#, r#"{"a":"x\\",b:"" }"#),
            (r#"{"a":"open NaN"#, r#"{"a":"open NaN"#),
        ] {
            assert_eq!(mended(text), expected, "{text}");
        }
    }
}
