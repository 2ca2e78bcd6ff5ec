//! Whether a text says what another said already: told by letters and figures alone, whatever stands between them.

/// Comparisons with what was said, which may be long. What comes after them counts as new: it is kept, and any file is read in the time its
/// length takes.
const MOST: usize = 64;

/// The letters and figures of a text, in small letters.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What was said already.
pub(crate) struct Said {
    letters: String,
    compared: usize,
}

impl Said {
    pub fn new(text: &str) -> Said {
        Said { letters: letters(text), compared: 0 }
    }

    /// Whether this is a part of it, as far as it is still compared.
    pub fn has(&mut self, text: &str) -> bool {
        self.compared += 1;
        self.compared <= MOST && self.letters.contains(&letters(text))
    }

    /// Adds what is said next.
    pub fn add(&mut self, text: &str) {
        self.letters.push('\n');
        self.letters.push_str(&letters(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_known_by_its_letters_and_compared_only_so_often() {
        let mut said = Said::new("The ferry stops.");
        said.add("It sails on \u{201c}Friday\u{201d}!");
        assert!(said.has("ferry, STOPS") && said.has("on Friday") && !said.has("stops it"));
        for _ in 0..MOST {
            said.has("no");
        }
        assert!(!said.has("ferry"));
    }
}
