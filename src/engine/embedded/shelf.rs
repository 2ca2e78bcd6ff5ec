//! Reads stored articles, one at a time.

use super::record::Unpacker;
use super::schema::trouble;
use crate::article::Article;
use crate::engine::Trouble;
use crate::quotation::Quotation;
use std::path::{Path, PathBuf};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher};

/// The article that was read last: the units of one article often follow each other.
pub(super) struct Shelf {
    dir: PathBuf,
    unpacker: Unpacker,
    /// The stores of the segments that were needed so far.
    stores: Vec<Option<StoreReader>>,
    last: Option<(DocAddress, (Article, Vec<Quotation>))>,
}

impl Shelf {
    pub fn new(dir: &Path) -> Result<Shelf, Trouble> {
        let unpacker = Unpacker::new().map_err(|error| Trouble::Broken(dir.to_owned(), error.to_string()))?;
        Ok(Shelf { dir: dir.to_owned(), unpacker, stores: Vec::new(), last: None })
    }

    /// The article whose head stands at `head`, with its quotations.
    pub fn read(&mut self, searcher: &Searcher, head: DocAddress) -> Result<&(Article, Vec<Quotation>), Trouble> {
        if self.last.as_ref().is_none_or(|(address, _)| *address != head) {
            let article = self.unpack(searcher, head)?;
            self.last = Some((head, article));
        }
        Ok(&self.last.as_ref().expect("just read").1)
    }

    fn unpack(&mut self, searcher: &Searcher, head: DocAddress) -> Result<(Article, Vec<Quotation>), Trouble> {
        let number = head.segment_ord as usize;
        if self.stores.len() <= number {
            self.stores.resize_with(number + 1, || None);
        }
        let broken = |error: std::io::Error| Trouble::Broken(self.dir.clone(), error.to_string());
        if self.stores[number].is_none() {
            let store = searcher.segment_reader(head.segment_ord).get_store_reader(BLOCKS).map_err(broken)?;
            self.stores[number] = Some(store);
        }
        let store = self.stores[number].as_ref().expect("just opened");
        let document = store.get_document_bytes(head.doc_id).map_err(|error| trouble(&self.dir, error))?;
        let packed = only_bytes(&document).ok_or_else(|| broken(std::io::ErrorKind::InvalidData.into()))?;
        self.unpacker.unpack(packed).map_err(broken)
    }
}

/// Blocks of a store that are kept; articles are read in order of rank, so few are read twice.
const BLOCKS: usize = 2;

/// The value of a stored document with one field of bytes, as tantivy 0.27 writes it: the number of values (1), the field
/// (4 bytes), the type (4, bytes), the length in groups of 7 bits, the last with its high bit set, and the bytes.
/// tantivy's own reader copies them byte by byte, which cost half the time of showing a passage.
fn only_bytes(document: &[u8]) -> Option<&[u8]> {
    let [0x81, _, _, _, _, 4, rest @ ..] = document else { return None };
    let digits = rest.iter().position(|byte| byte & 0x80 != 0)?;
    let length = rest[..=digits].iter().rev().fold(0usize, |length, byte| (length << 7) | usize::from(byte & 0x7f));
    rest.get(digits + 1..)?.get(..length)
}
