//! Compressed files and archives: what is in them is read as if it lay unpacked.
//!
//! Nothing is unpacked without end: bytes are counted while they come, against a limit and against the packed size.

use super::Limits;
use super::desk::Desk;
use super::input::Input;
use flate2::read::MultiGzDecoder;
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Reads what a gzip file holds.
pub(crate) fn gzip(input: Input<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    unpacked(Box::new(MultiGzDecoder::new(input.stream())), desk)
}

fn unpacked(reader: Box<dyn Read + '_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let limits = *desk.limits();
    super::read_input(Input::from_reader(Box::new(Counted { reader, left: limits.inflated, limits })), desk)
}

/// A stream that ends in an error when more comes out of it than is allowed.
struct Counted<'a> {
    reader: Box<dyn Read + 'a>,
    left: u64,
    limits: Limits,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            let message = format!("unpacks to more than {} MB", self.limits.inflated >> 20);
            io::Error::new(io::ErrorKind::FileTooLarge, message)
        })?;
        Ok(read)
    }
}
