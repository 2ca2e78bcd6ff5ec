//! Our words as tantivy's tokens.

use crate::words::Words;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Cuts text with [`Words`]; extra forms stand at the position of their first word.
#[derive(Clone, Default)]
pub(super) struct WordsTokenizer {
    words: Words,
    token: Token,
}

impl Tokenizer for WordsTokenizer {
    type TokenStream<'a> = WordsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordsStream<'a> {
        self.words.read(text);
        self.token.reset();
        WordsStream { words: &self.words, token: &mut self.token, next: 0 }
    }
}

pub(super) struct WordsStream<'a> {
    words: &'a Words,
    token: &'a mut Token,
    next: usize,
}

impl TokenStream for WordsStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(form) = self.words.forms().get(self.next) else { return false };
        self.next += 1;
        self.token.text.clear();
        self.token.text.push_str(self.words.key(form));
        self.token.position = form.position as usize;
        self.token.offset_from = form.start as usize;
        self.token.offset_to = form.end as usize;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
