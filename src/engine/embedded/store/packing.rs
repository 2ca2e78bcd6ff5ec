//! The bytes of a record packed by zstd, each record by itself, so that showing a passage reads one article and not its neighbours.
//!
//! An article is too short to teach the compressor much: it gets a dictionary, and names it by its number, as zstd's frames do.
//! One is built in, trained on the sample corpus by `examples/train_dictionary.rs`; an index has one of its own ([`super::dictionary`]).

use super::record::{LARGEST, damaged, from_bytes, from_listed_bytes, to_listed_bytes};
use crate::article::Article;
use crate::quotation::Quotation;
use std::cell::RefCell;
use std::io;
use std::sync::{Arc, LazyLock, OnceLock};
use zstd::dict::DecoderDictionary;
use zstd::zstd_safe::{DCtx, MAGICNUMBER, get_dict_id_from_dict, get_dict_id_from_frame, get_frame_content_size};

/// zstd's level: on a 25 MB news corpus level 1 gives 0.59 of the text at 173 MB/s, level 3 0.52 at 139, level 6 0.49 at 41; LZ4 gives 0.79.
const LEVEL: i32 = 3;

/// Bytes before the frame of a record in lists: how long it is when it is unpacked, little-endian, which the frame says as well. None is as
/// long as the first bytes of a frame would say.
const LENGTH: usize = 4;

/// What records are packed with, and unpacked.
pub(in crate::engine::embedded) struct Dictionary {
    number: u32,
    bytes: Vec<u8>,
    /// The same made ready once for all searches of a process; nothing when it is none.
    prepared: OnceLock<Option<DecoderDictionary<'static>>>,
}

static BUILT_IN: LazyLock<Arc<Dictionary>> =
    LazyLock::new(|| Arc::new(Dictionary::new(include_bytes!("dictionary.bin").to_vec()).expect("a dictionary of zstd's")));

thread_local! {
    /// With the number of its dictionary.
    static PACKER: RefCell<Option<(u32, zstd::bulk::Compressor<'static>)>> = const { RefCell::new(None) };
    /// With what was unpacked last.
    static UNPACKER: RefCell<(DCtx<'static>, Vec<u8>)> = RefCell::new((DCtx::create(), Vec::new()));
}

impl Dictionary {
    /// These bytes as a dictionary; nothing when they are none that has a number.
    pub fn new(bytes: Vec<u8>) -> Option<Dictionary> {
        let number = get_dict_id_from_dict(&bytes)?.get();
        Some(Dictionary { number, bytes, prepared: OnceLock::new() })
    }

    /// The one that every program has.
    pub fn built_in() -> &'static Arc<Dictionary> {
        &BUILT_IN
    }

    pub fn number(&self) -> u32 {
        self.number
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A record packed.
    ///
    /// # Errors
    /// When zstd fails.
    pub fn pack(&self, plain: &[u8]) -> io::Result<Vec<u8>> {
        PACKER.with_borrow_mut(|packer| {
            if packer.as_ref().is_none_or(|(number, _)| *number != self.number) {
                *packer = Some((self.number, self.compressor()?));
            }
            let (_, compressor) = packer.as_mut().expect("just made");
            compressor.compress(plain)
        })
    }

    fn compressor(&self) -> io::Result<zstd::bulk::Compressor<'static>> {
        let mut compressor = zstd::bulk::Compressor::with_dictionary(LEVEL, &self.bytes)?;
        // Four bytes, without which a changed letter of an article would be shown as it is.
        compressor.include_checksum(true)?;
        Ok(compressor)
    }

    /// The article of a record that was packed with this one.
    ///
    /// # Errors
    /// When it was not, or is damaged.
    pub fn unpack(&self, packed: &[u8]) -> io::Result<(Article, Vec<Quotation>)> {
        let prepared =
            self.prepared.get_or_init(|| DecoderDictionary::try_copy(&self.bytes).ok()).as_ref().ok_or_else(damaged)?;
        let (frame, is_listed) = frame_of(packed);
        let length =
            get_frame_content_size(frame).ok().flatten().filter(|length| *length <= LARGEST as u64).ok_or_else(damaged)?;
        UNPACKER.with_borrow_mut(|(context, plain)| {
            plain.clear();
            plain.reserve(length as usize);
            context.decompress_using_ddict(plain, frame, prepared.as_ddict()).map_err(|_| damaged())?;
            if is_listed { from_listed_bytes(plain) } else { from_bytes(plain) }
        })
    }
}

/// The frame of zstd's in a record, and whether it is one in lists: these have their length before it.
fn frame_of(packed: &[u8]) -> (&[u8], bool) {
    let is_listed = !packed.starts_with(&MAGICNUMBER.to_le_bytes());
    (packed.get(if is_listed { LENGTH } else { 0 }..).unwrap_or_default(), is_listed)
}

/// The number of the dictionary that a record was packed with.
pub(in crate::engine::embedded) fn dictionary_of(packed: &[u8]) -> Option<u32> {
    get_dict_id_from_frame(frame_of(packed).0).map(std::num::NonZero::get)
}

/// An article and its quotations packed with the dictionary that every program has, in lists.
///
/// # Errors
/// As [`to_listed_bytes`].
pub(in crate::engine) fn packed(article: &Article, quotations: &[Quotation]) -> io::Result<Vec<u8>> {
    let plain = to_listed_bytes(article, quotations)?;
    let length = (plain.len() as u32).to_le_bytes();
    Ok([&length, Dictionary::built_in().pack(&plain)?.as_slice()].concat())
}

/// The same again.
///
/// # Errors
/// When it is damaged, or was packed with another dictionary.
pub(in crate::engine) fn unpacked(packed: &[u8]) -> io::Result<(Article, Vec<Quotation>)> {
    Dictionary::built_in().unpack(packed)
}
