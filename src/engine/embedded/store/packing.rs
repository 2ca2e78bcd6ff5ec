//! The bytes of a record packed by zstd, each record by itself, so that showing a passage reads one article and not its neighbours.
//!
//! A packed record is a sum of what is in it (4 bytes, little-endian: of the XXH3 hash of its words, seeded by that of its bits), how many bytes
//! of bits follow (7 bits a byte, the lowest first, all but the last with the highest bit), these, and a frame of zstd's without its magic number.
//! In version 13 it is a frame, in version 12 a frame behind its length.
//!
//! An article is too short to teach the compressor much: it gets a dictionary, and names it by its number, as zstd's frames do.
//! One is built in, trained on the sample corpus by `examples/train_dictionary.rs`; an index has one of its own ([`super::dictionary`]).

use super::record::{LARGEST, Plain, damaged, from_listed_bytes, from_plain, from_rows, to_listed_bytes};
use crate::article::Article;
use crate::quotation::Quotation;
use std::cell::RefCell;
use std::io;
use std::sync::{Arc, LazyLock, OnceLock};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};
use zstd::dict::DecoderDictionary;
use zstd::zstd_safe::{DCtx, MAGICNUMBER, get_dict_id_from_dict, get_dict_id_from_frame, get_frame_content_size};

/// zstd's level: on a 25 MB news corpus level 1 gives 0.59 of the text at 173 MB/s, level 3 0.52 at 139, level 6 0.49 at 41; LZ4 gives 0.79.
const LEVEL: i32 = 3;

/// Bytes before the frame of a record in lists: how long it is when it is unpacked, little-endian, which the frame says as well. None is as
/// long as the first bytes of a frame would say.
const LENGTH: usize = 4;

/// What a frame of zstd's begins with.
const MAGIC: [u8; 4] = MAGICNUMBER.to_le_bytes();

/// Bytes of the sum of a record.
const SUM: usize = 4;

/// Bytes of the longest head of a frame.
const HEAD: usize = 18;

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
    /// With the frame and what was unpacked last.
    static UNPACKER: RefCell<(DCtx<'static>, Vec<u8>, Vec<u8>)> = RefCell::new((DCtx::create(), Vec::new(), Vec::new()));
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
    pub fn pack(&self, plain: &Plain) -> io::Result<Vec<u8>> {
        let frame = self.compressed(&plain.words, false)?;
        let sum = sum_of(&plain.words, &plain.bits);
        let mut packed = Vec::with_capacity(frame.len() + plain.bits.len() + 4);
        packed.extend(sum.to_le_bytes());
        push_length(&mut packed, plain.bits.len());
        packed.extend(&plain.bits);
        packed.extend(frame.get(MAGIC.len()..).unwrap_or_default());
        if !matches!(Form::of(&packed), Form::Bits(..)) {
            // One sum in four thousand million makes it look like a record of an older version.
            packed[..SUM].copy_from_slice(&(!sum).to_le_bytes());
        }
        Ok(packed)
    }

    /// How many bytes these words take, packed; nothing when zstd fails.
    pub fn length_of(&self, words: &[u8]) -> Option<usize> {
        self.compressed(words, false).ok().map(|packed| packed.len())
    }

    /// Bytes as a frame of zstd's; with a sum, without which a changed letter of an article would be shown as it is, or without.
    fn compressed(&self, plain: &[u8], with_sum: bool) -> io::Result<Vec<u8>> {
        PACKER.with_borrow_mut(|packer| {
            if packer.as_ref().is_none_or(|(number, _)| *number != self.number) {
                *packer = Some((self.number, zstd::bulk::Compressor::with_dictionary(LEVEL, &self.bytes)?));
            }
            let (_, compressor) = packer.as_mut().expect("just made");
            compressor.include_checksum(with_sum)?;
            compressor.compress(plain)
        })
    }

    /// The article of a record that was packed with this one.
    ///
    /// # Errors
    /// When it was not, or is damaged.
    pub fn unpack(&self, packed: &[u8]) -> io::Result<(Article, Vec<Quotation>)> {
        let prepared =
            self.prepared.get_or_init(|| DecoderDictionary::try_copy(&self.bytes).ok()).as_ref().ok_or_else(damaged)?;
        UNPACKER.with_borrow_mut(|(context, whole, plain)| {
            let form = Form::of(packed);
            let frame = match form {
                Form::Lists(frame) | Form::Rows(frame) => frame,
                Form::Bits(_, _, frame) => {
                    whole.clear();
                    whole.extend(MAGIC);
                    whole.extend(frame);
                    whole
                }
                Form::Damaged => return Err(damaged()),
            };
            let length = get_frame_content_size(frame).ok().flatten();
            let length = length.filter(|length| *length <= LARGEST as u64).ok_or_else(damaged)?;
            plain.clear();
            plain.reserve(length as usize);
            context.decompress_using_ddict(plain, frame, prepared.as_ddict()).map_err(|_| damaged())?;
            match form {
                Form::Lists(_) => from_listed_bytes(plain),
                Form::Rows(_) => from_rows(plain),
                Form::Bits(sum, bits, _) if [sum, !sum].contains(&sum_of(plain, bits)) => from_plain(plain, bits),
                _ => Err(damaged()),
            }
        })
    }
}

/// A packed record, by the version that wrote it.
#[derive(Clone, Copy)]
enum Form<'a> {
    /// Version 12: a frame.
    Lists(&'a [u8]),
    /// Version 13: a frame.
    Rows(&'a [u8]),
    /// A sum, the bits, a frame without its magic number.
    Bits(u32, &'a [u8], &'a [u8]),
    Damaged,
}

impl Form<'_> {
    fn of(packed: &[u8]) -> Form<'_> {
        if packed.starts_with(&MAGIC) {
            return Form::Rows(packed);
        }
        let Some((before, rest)) = packed.split_first_chunk::<LENGTH>() else { return Form::Damaged };
        if rest.starts_with(&MAGIC) && u32::from_le_bytes(*before) <= LARGEST as u32 {
            return Form::Lists(rest);
        }
        let parts = read_length(rest).filter(|(length, _)| *length <= LARGEST);
        let parts = parts.and_then(|(length, rest)| rest.split_at_checked(length));
        parts.map_or(Form::Damaged, |(bits, frame)| Form::Bits(u32::from_le_bytes(*before), bits, frame))
    }
}

fn push_length(out: &mut Vec<u8>, mut length: usize) {
    while length > 0x7f {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
}

fn read_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let last = bytes.iter().take(4).position(|byte| byte & 0x80 == 0)?;
    let length = bytes[..=last].iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7f));
    Some((length, &bytes[last + 1..]))
}

fn sum_of(words: &[u8], bits: &[u8]) -> u32 {
    xxh3_64_with_seed(words, xxh3_64(bits)) as u32
}

/// The number of the dictionary that a record was packed with.
pub(in crate::engine::embedded) fn dictionary_of(packed: &[u8]) -> Option<u32> {
    let number = match Form::of(packed) {
        Form::Lists(frame) | Form::Rows(frame) => get_dict_id_from_frame(frame),
        Form::Bits(_, _, frame) => get_dict_id_from_frame(&[&MAGIC, &frame[..frame.len().min(HEAD)]].concat()),
        Form::Damaged => None,
    };
    number.map(std::num::NonZero::get)
}

/// An article and its quotations packed with the dictionary that every program has, in lists.
///
/// # Errors
/// As [`to_listed_bytes`].
pub(in crate::engine) fn packed(article: &Article, quotations: &[Quotation]) -> io::Result<Vec<u8>> {
    let plain = to_listed_bytes(article, quotations)?;
    let length = (plain.len() as u32).to_le_bytes();
    Ok([&length, Dictionary::built_in().compressed(&plain, true)?.as_slice()].concat())
}

/// The same again.
///
/// # Errors
/// When it is damaged, or was packed with another dictionary.
pub(in crate::engine) fn unpacked(packed: &[u8]) -> io::Result<(Article, Vec<Quotation>)> {
    Dictionary::built_in().unpack(packed)
}

#[cfg(test)]
mod tests {
    use super::super::record::to_plain;
    use super::*;
    use crate::quotation::quotations;

    #[test]
    fn a_record_with_a_changed_bit_is_not_read_as_another() {
        let text =
            "Ferry talks end\n\n\"The ferry stays in port,\" Ilse Brandauer, the harbour master, said. \"Nobody asked us.\"\n";
        let article = Article::plain("talks", text, true);
        let found = quotations(&article);
        let packed = Dictionary::built_in().pack(&to_plain(&article, &found).unwrap()).unwrap();
        let read = Dictionary::built_in().unpack(&packed).unwrap();
        assert_eq!(read.0, article);
        assert_eq!(dictionary_of(&packed), Some(Dictionary::built_in().number()));
        for bit in 0..packed.len() * 8 {
            let mut changed = packed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let now = Dictionary::built_in().unpack(&changed);
            assert!(now.is_err() || now.unwrap() == read, "bit {bit}");
        }
        for length in 0..packed.len() {
            assert!(Dictionary::built_in().unpack(&packed[..length]).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn lengths_come_back() {
        for length in [0, 1, 127, 128, 300, 1 << 14, (1 << 27) + 5] {
            let mut bytes = Vec::new();
            push_length(&mut bytes, length);
            bytes.push(9);
            assert_eq!(read_length(&bytes), Some((length, &[9][..])));
        }
        assert_eq!(read_length(&[0xff; 5]), None);
    }
}
