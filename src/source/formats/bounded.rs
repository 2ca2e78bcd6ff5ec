//! Streams that are counted while they unpack, so that nothing unpacks without end.

use crate::source::desk::limits::Limits;
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Content up to this size is let through whatever the ratio: a page of blanks packs very well.
pub(crate) const SMALL: u64 = 1 << 20;

/// Counts what is read.
pub(crate) struct Meter<R> {
    reader: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Meter<R> {
    pub fn new(reader: R, count: Rc<Cell<u64>>) -> Meter<R> {
        Meter { reader, count }
    }
}

impl<R: Read> Read for Meter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// A stream that ends in an error when more comes out of it than is allowed.
pub(crate) struct Bounded<'a> {
    reader: Box<dyn Read + 'a>,
    given: u64,
    left: u64,
    limits: Limits,
    /// Packed bytes so far.
    packed: Rc<Cell<u64>>,
    /// What is left, for who comes after.
    rest: Rc<Cell<u64>>,
}

impl<'a> Bounded<'a> {
    pub fn new(reader: Box<dyn Read + 'a>, limits: Limits, packed: Rc<Cell<u64>>) -> Bounded<'a> {
        Bounded { reader, given: 0, left: limits.inflated, limits, packed, rest: Rc::new(Cell::new(limits.inflated)) }
    }

    /// The same, when no more than `left` bytes may come.
    pub fn with_left(mut self, left: u64) -> Bounded<'a> {
        self.left = left;
        self.rest.set(left);
        self
    }

    /// How many bytes may still come, as it goes on.
    pub fn rest(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.rest)
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)? as u64;
        self.given += read;
        let error = |message: String| Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        let Some(left) = self.left.checked_sub(read) else {
            return error(format!("unpacks to more than {} MB, or than its packed size allows", self.limits.inflated >> 20));
        };
        self.left = left;
        self.rest.set(left);
        if self.given > SMALL && self.given > self.packed.get().saturating_mul(self.limits.ratio) {
            return error(format!("unpacks to more than {} times its size", self.limits.ratio));
        }
        Ok(read as usize)
    }
}
