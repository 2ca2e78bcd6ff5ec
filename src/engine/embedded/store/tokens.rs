//! Our words as tantivy's tokens.

use crate::words::{Form, Words, is_frequent, push_pair_key};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Cuts text with [`Words`]; extra forms stand at the position of their first word, and so do pairs of frequent words.
#[derive(Clone, Default)]
pub(in crate::engine::embedded) struct WordsTokenizer {
    words: Words,
    token: Token,
}

impl Tokenizer for WordsTokenizer {
    type TokenStream<'a> = WordsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordsStream<'a> {
        self.words.read(text);
        self.token.reset();
        WordsStream { words: &self.words, token: &mut self.token, next: 0, frequent: None, pair: None }
    }
}

/// How many tokens these words give.
pub(in crate::engine) fn count_tokens(words: &Words) -> usize {
    let mut before = false;
    let mut pairs = 0;
    for form in words.forms().iter().filter(|form| form.plain) {
        let frequent = is_frequent(words.key(form));
        pairs += usize::from(before && frequent);
        before = frequent;
    }
    words.forms().len() + pairs
}

pub(in crate::engine::embedded) struct WordsStream<'a> {
    words: &'a Words,
    token: &'a mut Token,
    next: usize,
    /// The last plain word, if it is a frequent one.
    frequent: Option<&'a Form>,
    /// A pair to give before the next form.
    pair: Option<(&'a Form, &'a Form)>,
}

impl<'a> WordsStream<'a> {
    /// Sees whether `form` makes a pair with the plain word before it.
    fn remember(&mut self, form: &'a Form) {
        if form.plain {
            let frequent = is_frequent(self.words.key(form)).then_some(form);
            self.pair = self.frequent.zip(frequent);
            self.frequent = frequent;
        }
    }
}

impl TokenStream for WordsStream<'_> {
    fn advance(&mut self) -> bool {
        let words = self.words;
        self.token.text.clear();
        let (first, last) = match self.pair.take() {
            Some((first, second)) => {
                push_pair_key(&mut self.token.text, words.key(first), words.key(second));
                (first, second)
            }
            None => {
                let Some(form) = words.forms().get(self.next) else { return false };
                self.next += 1;
                self.remember(form);
                self.token.text.push_str(words.key(form));
                (form, form)
            }
        };
        self.token.position = first.position as usize;
        self.token.offset_from = first.start as usize;
        self.token.offset_to = last.end as usize;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
