//! The words of a segment's dictionary that a misread word may be.

use crate::query::{Misread, Progress};
use crate::words::MAX_JOINED;
use tantivy_fst::Automaton;

/// Walks a dictionary with a misread word: its plain words, and the joined spellings, which begin with the number of their parts.
pub(super) struct MisreadTerms<'a>(pub &'a Misread);

/// How far a term has been read.
#[derive(Debug, Clone)]
pub(super) struct TermProgress {
    word: Progress,
    is_new: bool,
}

/// How many words of the text a term spans.
pub(super) fn width(term: &[u8]) -> u8 {
    term.first().copied().filter(|first| is_parts(*first)).unwrap_or(1)
}

fn is_parts(byte: u8) -> bool {
    (2..=MAX_JOINED).contains(&usize::from(byte))
}

impl Automaton for MisreadTerms<'_> {
    type State = TermProgress;

    fn start(&self) -> TermProgress {
        TermProgress { word: self.0.start(), is_new: true }
    }

    fn is_match(&self, term: &TermProgress) -> bool {
        self.0.may_end(&term.word)
    }

    fn can_match(&self, term: &TermProgress) -> bool {
        Misread::may_go_on(&term.word)
    }

    fn accept(&self, term: &TermProgress, byte: u8) -> TermProgress {
        let word = if term.is_new && is_parts(byte) { self.0.start() } else { self.0.step(&term.word, byte) };
        TermProgress { word, is_new: false }
    }
}
