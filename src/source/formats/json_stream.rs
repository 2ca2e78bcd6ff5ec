//! Cuts a stream of JSON into objects: the elements of an array, or objects one after another, however large the whole.

use super::json;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::records::decoded;
use crate::source::desk::traced::Position;
use crate::source::desk::unread::{DoubtKind, Reason};
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// Reads every object of the stream.
pub(crate) fn read(mut reader: BufReader<Box<dyn Read + '_>>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut cutter = Cutter::default();
    loop {
        let chunk = match reader.fill_buf() {
            Ok([]) => break,
            Ok(chunk) => chunk,
            Err(error) => return desk.refuse_file(Reason::from_error(&error), error.to_string()),
        };
        let length = chunk.len();
        cutter.take(chunk, desk)?;
        reader.consume(length);
    }
    cutter.note_loose(desk);
    if cutter.depth > 0 {
        let line = cutter.position.unwrap_or(Position::start()).line;
        return desk.refuse(Reason::Broken, format!("the file ends within the object that begins on line {line}"));
    }
    ControlFlow::Continue(())
}

#[derive(Default)]
struct Cutter {
    /// Bytes since the last object, and the object as far as it is read.
    kept: Vec<u8>,
    /// Where `kept` begins.
    position: Option<Position>,
    /// Objects and arrays open within the object.
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// The objects stand in an array.
    in_array: bool,
    too_large: bool,
    /// Bytes between the objects that are neither white space nor commas, and the first of them.
    loose: usize,
    first_loose: String,
}

impl Cutter {
    fn take(&mut self, chunk: &[u8], desk: &mut Desk<'_>) -> ControlFlow<()> {
        let mut from = 0;
        let mut at = 0;
        while at < chunk.len() {
            let byte = chunk[at];
            at += 1;
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => at += memchr::memchr2(b'"', b'\\', &chunk[at..]).unwrap_or(chunk.len() - at),
                }
                continue;
            }
            match byte {
                b'"' if self.depth > 0 => self.in_string = true,
                b'{' if self.depth == 0 => {
                    // What stands between two objects only moves the place on.
                    self.keep(&chunk[from..at - 1], desk);
                    self.pass_loose();
                    from = at - 1;
                    self.depth = 1;
                }
                b'{' | b'[' if self.depth > 0 => self.depth += 1,
                b'[' => self.in_array = true,
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        self.keep(&chunk[from..at], desk);
                        from = at;
                        self.finish(desk)?;
                    }
                }
                _ => {}
            }
        }
        self.keep(&chunk[from..], desk);
        ControlFlow::Continue(())
    }

    /// Passes over what stands between two objects, and counts what belongs there to nothing.
    fn pass_loose(&mut self) {
        let is_joint = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']' | 0xef | 0xbb | 0xbf);
        let loose = self.kept.iter().filter(|byte| !is_joint(byte)).count();
        if loose > 0 && self.loose == 0 {
            let first = decoded(&self.kept).trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']')).to_string();
            self.first_loose = first.chars().take(40).collect();
        }
        self.loose += loose;
        self.pass();
    }

    fn note_loose(&mut self, desk: &mut Desk<'_>) {
        if self.depth == 0 {
            self.pass_loose();
        }
        if self.loose > 0 {
            let message = format!("{} bytes stand in no object and were not read: `{}`", self.loose, self.first_loose);
            desk.doubt(DoubtKind::Partial, message);
        }
    }

    fn keep(&mut self, bytes: &[u8], desk: &Desk<'_>) {
        let limit = if self.in_array { desk.limits().record } else { desk.limits().file };
        if (self.kept.len() + bytes.len()) as u64 > limit {
            self.too_large = true;
            self.pass();
        }
        self.kept.extend_from_slice(bytes);
    }

    /// Drops what is kept, and moves on after it.
    fn pass(&mut self) {
        let position = self.position.unwrap_or(Position::start());
        let bytes = self.kept.strip_prefix(b"\xef\xbb\xbf".as_slice()).filter(|_| self.position.is_none()).unwrap_or(&self.kept);
        self.position = Some(position.after(&decoded(bytes)));
        self.kept.clear();
    }

    fn finish(&mut self, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let position = self.position.unwrap_or(Position::start());
        let result = if std::mem::take(&mut self.too_large) {
            desk.refuse(Reason::TooLarge, format!("an object larger than {} MB", desk.limits().record >> 20))
        } else {
            json::record(Cut { text: &decoded(&self.kept), position }, desk)
        };
        self.pass();
        result
    }
}
