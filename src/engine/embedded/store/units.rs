//! The units of a segment: which article each is of, and what ranking needs to know of that.

use super::bits::Bits;
use crate::day::Days;
use std::sync::Arc;
use tantivy::columnar::{Column, ColumnValues};
use tantivy::{DocId, SegmentReader};

/// What ranking needs to know of an article.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine::embedded) struct Row {
    pub head: DocId,
    /// One past its last unit.
    pub end: DocId,
    /// The article's id as a number.
    pub id: u64,
    /// The days on one of which it was published, if known.
    pub days: Option<Days>,
    /// In words.
    pub length: u32,
}

/// Units of a segment and the articles they are of.
pub(in crate::engine::embedded) enum Units<'a> {
    Rows(&'a UnitRows),
    Columns(Box<UnitColumns>),
}

/// So many units stand in a block of [`UnitRows`]: no more than half a byte's numbers.
const BLOCK: usize = 128;

/// So many units of it stand in a line of a processor's cache.
const LINE: usize = 32;

/// A table of all units. A question about a common word looks into it once for each, in order: what it reads there should be small, and together.
pub(in crate::engine::embedded) struct UnitRows {
    /// For each unit the number of its article, less that of the first of its block, twice; plus one when the unit is cut into several
    /// passages. And its kind.
    of_unit: Vec<[u8; 2]>,
    /// The number of the article of the first unit of each block.
    of_block: Vec<u32>,
    articles: Vec<Row>,
    /// For each article the class of its length.
    lengths: Vec<u8>,
    /// The last unit of each article.
    ends: Bits,
    /// The number of the article of the first unit of each word of these bits.
    of_word: Vec<u32>,
    /// The units that are cut into several passages.
    long: Bits,
}

/// Classes of lengths of articles, four for each doubling.
pub(in crate::engine::embedded) const LENGTHS: usize = 64;

/// Numbers that the length of a unit is stored as are told apart up to this one, which is 728 words; who has more counts as if it had these.
const LONGEST: u8 = 83;

/// Where in its article a unit stands, as far as it matters to a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine::embedded) enum Place {
    Body,
    Headline,
    Lead,
}

/// Kinds of units: by how long they are and where they stand.
pub(in crate::engine::embedded) const KINDS: usize = 3 * (LONGEST as usize + 1);

/// A unit whose length is stored as `norm`, so many units after the head of its article.
fn kind(norm: u8, number: DocId) -> u8 {
    let place = match number {
        0 => Place::Headline,
        1 => Place::Lead,
        _ => Place::Body,
    };
    3 * norm.min(LONGEST) + place as u8
}

/// What the length of units of a kind is stored as, at least, and where they stand.
pub(in crate::engine::embedded) fn of_kind(kind: usize) -> (u8, Place) {
    ((kind / 3) as u8, [Place::Body, Place::Headline, Place::Lead][kind % 3])
}

/// Words that an article of the class has at least.
pub(in crate::engine::embedded) fn least_length(class: usize) -> u32 {
    if class == 0 { 0 } else { (16.0 * (0.25 * f64::from(class as u32 - 1)).exp2()) as u32 }
}

/// The same straight from the index.
pub(in crate::engine::embedded) struct UnitColumns {
    units: Arc<dyn ColumnValues<u64>>,
    ids: Column<u64>,
    days: Column<u64>,
    lengths: Column<u64>,
}

impl UnitColumns {
    pub fn open(reader: &SegmentReader) -> tantivy::Result<UnitColumns> {
        let fast = reader.fast_fields();
        Ok(UnitColumns {
            units: fast.column_first_or_default::<u64>("unit")?,
            ids: fast.u64("id")?,
            days: fast.u64("days")?,
            lengths: fast.u64("length")?,
        })
    }

    fn end(&self, head: DocId) -> DocId {
        (head + 1..self.units.num_vals()).find(|doc| self.units.get_val(*doc) < 2).unwrap_or(self.units.num_vals())
    }

    fn row(&self, head: DocId, end: DocId) -> Row {
        Row {
            head,
            end,
            id: self.ids.first(head).unwrap_or(0),
            days: self.days.first(head).and_then(Days::unpacked),
            length: self.lengths.first(head).unwrap_or(0) as u32,
        }
    }
}

impl UnitRows {
    pub fn read(reader: &SegmentReader) -> tantivy::Result<UnitRows> {
        let columns = UnitColumns::open(reader)?;
        let norms = reader.get_fieldnorms_reader(reader.schema().get_field("text")?)?;
        let mut numbers = vec![0u64; reader.max_doc() as usize];
        columns.units.get_range(0, &mut numbers);
        Ok(UnitRows::of(&numbers, |doc| norms.fieldnorm_id(doc), |head| columns.row(head, 0)))
    }

    /// Of what the column says of each unit, what its length is stored as, and a row of each article that need not know its end.
    pub fn of(numbers: &[u64], norm: impl Fn(DocId) -> u8, row: impl Fn(DocId) -> Row) -> UnitRows {
        let mut articles: Vec<Row> = Vec::with_capacity(numbers.len() / 6);
        let (mut of_unit, mut of_block) = (Vec::with_capacity(numbers.len()), Vec::with_capacity(numbers.len() / BLOCK + 1));
        for (doc, &number) in numbers.iter().enumerate() {
            if number < 2 {
                articles.push(row(doc as DocId));
            }
            if let Some(article) = articles.last_mut() {
                article.end = doc as DocId + 1;
            }
            let article = (articles.len() as u32).saturating_sub(1);
            if doc % BLOCK == 0 {
                of_block.push(article);
            }
            let in_block = (article - of_block[doc / BLOCK]) as u8 * 2 + (number % 2) as u8;
            of_unit.push([in_block, kind(norm(doc as DocId), (number / 2) as DocId)]);
        }
        let least: Vec<u32> = (0..LENGTHS).map(least_length).collect();
        let class = |row: &Row| least.partition_point(|least| *least <= row.length).saturating_sub(1) as u8;
        let lengths = articles.iter().map(class).collect();
        let mut ends = Bits::of(of_unit.len());
        articles.iter().for_each(|row| ends.set(row.end as usize - 1));
        let mut long = Bits::of(of_unit.len());
        of_unit.iter().enumerate().filter(|(_, [in_block, _])| in_block % 2 == 1).for_each(|(unit, _)| long.set(unit));
        let of_word = ends.words().iter().scan(0, |before, word| Some(std::mem::replace(before, *before + word.count_ones())));
        UnitRows { of_word: of_word.collect(), of_unit, of_block, articles, lengths, ends, long }
    }

    /// The last unit of each article.
    pub fn ends(&self) -> &Bits {
        &self.ends
    }

    /// The units that are cut into several passages.
    pub fn long(&self) -> &Bits {
        &self.long
    }

    /// The article of this number.
    pub fn row(&self, article: u32) -> &Row {
        &self.articles[article as usize]
    }

    /// The class of its length: it has at least [`least_length`] words.
    pub fn length_class(&self, article: u32) -> usize {
        usize::from(self.lengths[article as usize]) % LENGTHS
    }

    /// The number of the article that unit `doc` is of, and whether the unit is cut into several passages.
    pub fn look(&self, doc: DocId) -> (u32, bool) {
        let [in_block, _] = self.of_unit[doc as usize];
        (self.of_block[doc as usize / BLOCK] + u32::from(in_block / 2), in_block % 2 == 1)
    }

    /// Has what the table has of `docs` brought near before it is looked at: where they are dense line by line, which memory is quickest at.
    pub fn fetch(&self, docs: &[(DocId, u32)]) {
        let (Some((first, _)), Some((last, _))) = (docs.first(), docs.last()) else { return };
        let (first, last) = (*first as usize, *last as usize);
        let mut sum = 0u8;
        if first <= last && last - first <= LINE * docs.len() {
            let lines = self.of_unit[first..=last].chunks(LINE).filter_map(|line| line.first());
            lines.for_each(|[in_block, _]| sum ^= in_block);
            sum ^= self.of_unit[last][0];
        } else {
            docs.iter().for_each(|(doc, _)| sum ^= self.of_unit[*doc as usize][0]);
        }
        std::hint::black_box(sum);
    }

    /// The number of the article that unit `doc` is of, and its kind, below [`KINDS`].
    pub fn told(&self, doc: DocId) -> (u32, u8) {
        let [in_block, kind] = self.of_unit[doc as usize];
        (self.of_block[doc as usize / BLOCK] + u32::from(in_block / 2), kind)
    }

    /// Of how many articles these units are, which ascend.
    pub fn articles_of(&self, docs: &[(DocId, u32)]) -> usize {
        let (mut last, mut articles) = (u32::MAX, 0);
        self.each_article(docs, |article| {
            articles += usize::from(article != last);
            last = article;
        });
        articles
    }

    /// Calls `with` with the number of the article of each of these units, told from where articles end: of that a nearer cache of a processor holds
    /// what of the table it does not.
    pub fn each_article(&self, docs: &[(DocId, u32)], mut with: impl FnMut(u32)) {
        let ends = self.ends.words();
        for (doc, _) in docs {
            let word = *doc as usize / 64;
            let before = ends[word] & ((1 << (doc % 64)) - 1);
            with(self.of_word[word] + before.count_ones());
        }
    }

    /// How many articles there are.
    pub fn articles(&self) -> u32 {
        self.articles.len() as u32
    }

    fn article(&self, doc: DocId) -> &Row {
        &self.articles[self.look(doc).0 as usize]
    }
}

impl Units<'_> {
    /// The head of the article that unit `doc` belongs to.
    pub fn head(&self, doc: DocId) -> DocId {
        match self {
            Units::Rows(table) => table.article(doc).head,
            Units::Columns(columns) => doc - (columns.units.get_val(doc) / 2) as DocId,
        }
    }

    /// The days of the article with this head, as in [`Row`].
    pub fn days(&self, head: DocId) -> Option<Days> {
        match self {
            Units::Rows(table) => table.article(head).days,
            Units::Columns(columns) => columns.days.first(head).and_then(Days::unpacked),
        }
    }

    /// The articles of `docs`, which ascend, in order, each with how many of them are its units.
    ///
    /// Each look into the table waits for memory; looks that do not depend on each other wait at the same time.
    pub fn groups(&self, docs: &[(DocId, u32)]) -> Vec<(Row, usize)> {
        match self {
            Units::Rows(table) => {
                let numbers: Vec<u32> = docs.iter().map(|(doc, _)| table.look(*doc).0).collect();
                let groups: Vec<(u32, usize)> = numbers.chunk_by(|a, b| a == b).map(|own| (own[0], own.len())).collect();
                groups.into_iter().map(|(number, own)| (table.articles[number as usize], own)).collect()
            }
            Units::Columns(columns) => {
                let heads: Vec<DocId> = docs.iter().map(|(doc, _)| self.head(*doc)).collect();
                heads.chunk_by(|a, b| a == b).map(|own| (columns.row(own[0], columns.end(own[0])), own.len())).collect()
            }
        }
    }

    /// True when the unit is cut into several passages.
    pub fn is_long(&self, doc: DocId) -> bool {
        match self {
            Units::Rows(table) => table.look(doc).1,
            Units::Columns(columns) => columns.units.get_val(doc) % 2 == 1,
        }
    }
}
