//! Text that still knows where each of its characters stood in the file.
//!
//! Takes what a reader decoded (entities, doubled quotes, escapes resolved) and answers, for any byte of it, with the
//! character and line of the decoded file. How the text is set as an article is left to [`super::galley`].

use crate::article::Piece;
use std::borrow::Cow;
use std::ops::Range;

/// Decoded text and the way back to the file. Pieces ascend by `text`; the first begins at 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traced<'a> {
    /// The words, decoded.
    pub text: Cow<'a, str>,
    pieces: Vec<Piece>,
}

/// A position in the decoded file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Position {
    /// Unicode scalar values before it.
    pub file: usize,
    /// 1-based line.
    pub line: usize,
}

impl Position {
    /// The beginning of a file.
    pub fn start() -> Position {
        Position { file: 0, line: 1 }
    }

    /// The position after `text`, when `text` begins here.
    pub fn after(self, text: &str) -> Position {
        Position { file: self.file + characters(text), line: self.line + newlines(text) }
    }
}

/// How many characters `text` has.
pub(crate) fn characters(text: &str) -> usize {
    // Most text is ASCII, and that is seen faster than characters are counted.
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

impl<'a> Traced<'a> {
    /// Text that stands in the file exactly as it is, beginning at `position`.
    pub fn verbatim(text: &'a str, position: Position) -> Traced<'a> {
        let mut traced = Traced { text: Cow::Borrowed(text), pieces: Vec::new() };
        traced.piece(0, position, 1);
        traced
    }

    /// Nothing yet; built up by [`Traced::push`] and [`Traced::push_decoded`].
    pub fn empty() -> Traced<'static> {
        Traced::default()
    }

    /// Appends text that stands in the file as it is, beginning at `position`.
    pub fn push(&mut self, text: &str, position: Position) {
        self.piece(self.text.len(), position, 1);
        self.text.to_mut().push_str(text);
    }

    /// Appends a run another traced text gave, each character `width` wide in the file.
    pub fn push_run(&mut self, text: &str, position: Position, width: usize) {
        self.piece(self.text.len(), position, width);
        self.text.to_mut().push_str(text);
    }

    /// Appends decoded characters that took `width` characters in the file in all, beginning at `position`.
    pub fn push_decoded(&mut self, text: &str, position: Position, width: usize) {
        let each = width / characters(text).max(1);
        self.piece(self.text.len(), position, each);
        self.text.to_mut().push_str(text);
    }

    fn piece(&mut self, text: usize, position: Position, width: usize) {
        let piece = Piece { text: text as u32, file: position.file as u64, line: position.line as u32, width: width as u32 };
        match self.pieces.last_mut() {
            Some(last) if last.text == piece.text => *last = piece,
            _ => self.pieces.push(piece),
        }
    }

    /// A follower standing at the beginning.
    pub fn follow(&self) -> Follower<'_> {
        let position = self.pieces.first().map_or(Position::start(), at);
        Follower { traced: self, piece: 0, byte: 0, position }
    }
}

fn at(piece: &Piece) -> Position {
    Position { file: piece.file as usize, line: piece.line as usize }
}

/// Walks a [`Traced`] text and knows at each step where it is in the file. Going forward costs nothing extra.
pub(crate) struct Follower<'a> {
    traced: &'a Traced<'a>,
    piece: usize,
    byte: usize,
    position: Position,
}

impl<'a> Follower<'a> {
    /// The text it walks on.
    pub fn text(&self) -> &'a str {
        &self.traced.text
    }

    /// Hands over `range` as runs that have one piece each: text, position, width.
    pub fn runs(&mut self, range: Range<usize>, mut each: impl FnMut(&'a str, Position, usize)) {
        let mut start = range.start;
        while start < range.end {
            self.seek(start);
            let end = self.piece_end().min(range.end);
            each(&self.traced.text[start..end], self.position, self.width());
            start = end;
        }
    }

    /// Where the character at `byte` stands in the file.
    pub fn place_at(&mut self, byte: usize) -> Position {
        self.seek(byte);
        self.position
    }

    fn width(&self) -> usize {
        self.traced.pieces.get(self.piece).map_or(1, |piece| piece.width as usize)
    }

    fn piece_end(&self) -> usize {
        self.traced.pieces.get(self.piece + 1).map_or(self.traced.text.len(), |next| next.text as usize)
    }

    fn seek(&mut self, byte: usize) {
        if byte < self.byte {
            self.jump(self.traced.pieces.partition_point(|piece| piece.text as usize <= byte).saturating_sub(1));
        }
        while self.piece + 1 < self.traced.pieces.len() && self.piece_end() <= byte {
            self.jump(self.piece + 1);
        }
        let skipped = &self.traced.text[self.byte..byte];
        let width = self.width();
        self.position.file += characters(skipped) * width;
        if width == 1 {
            self.position.line += newlines(skipped);
        }
        self.byte = byte;
    }

    fn jump(&mut self, piece: usize) {
        self.piece = piece;
        let first = self.traced.pieces[piece];
        self.byte = first.text as usize;
        self.position = at(&first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoded_character_keeps_its_width() {
        let mut traced = Traced::empty();
        let mut position = Position::start();
        for (text, decoded) in [("A ", "A "), ("&lt;", "<"), (" B\nC", " B\nC")] {
            if text == decoded {
                traced.push(text, position);
            } else {
                traced.push_decoded(decoded, position, text.len());
            }
            position = position.after(text);
        }
        let mut seen = Vec::new();
        traced.follow().runs(0..7, |text, position, width| seen.push((text.to_string(), position.file, position.line, width)));
        assert_eq!(seen, [("A ".into(), 0, 1, 1), ("<".into(), 2, 1, 4), (" B\nC".into(), 6, 1, 1)]);
        let mut last = Vec::new();
        traced.follow().runs(6..7, |_, position, _| last.push((position.file, position.line)));
        assert_eq!(last, [(9, 2)]);
    }
}
