//! Who is quoted in each unit, in columns: an archive is counted without unpacking an article.

use super::schema::Fields;
use crate::article::Span;
use crate::directory::{Company, Directory, Gathering, NameId};
use crate::quotation::{Kind, Quotation};
use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::{DocId, Searcher, SegmentReader, TantivyDocument};

/// Set in `kinds` where a "he" or "she" stands for the speaker.
const PRONOUN: u64 = 4;

/// Writes the quotations that begin in `unit` into its document.
pub(super) fn add(document: &mut TantivyDocument, fields: &Fields, text: &str, quotations: &[Quotation], unit: Span) {
    for quotation in quotations.iter().filter(|quotation| unit.start <= quotation.span.start && quotation.span.start < unit.end) {
        let kind = match quotation.kind {
            Kind::Direct => 0,
            Kind::Partial => 1,
            Kind::Indirect => 2,
            Kind::NotSpeech => continue,
        };
        let name = quotation.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
        let mention = quotation.mention.map_or("", |mention| mention.of(text));
        let pronoun = mention.eq_ignore_ascii_case("he") || mention.eq_ignore_ascii_case("she");
        document.add_text(fields.quoted, name);
        document.add_u64(fields.kinds, kind + if pronoun { PRONOUN } else { 0 });
    }
}

/// A quotation as the columns have it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quoted {
    /// The unit it begins in.
    pub unit: DocId,
    /// The speaker's name; `None` if unknown.
    pub name: Option<NameId>,
    /// How it is given.
    pub kind: Kind,
}

/// The columns of one segment.
pub(super) struct Columns<'a> {
    reader: &'a SegmentReader,
    names: Option<StrColumn>,
    kinds: Column<u64>,
    units: std::sync::Arc<dyn ColumnValues<u64>>,
    days: Column<u64>,
    ids: Column<u64>,
}

/// The speakers of one article.
pub(super) struct Roll<'a> {
    pub head: DocId,
    /// The article's id as a number.
    pub id: u64,
    pub company: &'a Company,
    pub quoted: &'a [Quoted],
}

impl<'a> Columns<'a> {
    pub fn open(reader: &'a SegmentReader) -> tantivy::Result<Columns<'a>> {
        let fast = reader.fast_fields();
        Ok(Columns {
            reader,
            names: fast.str("quoted")?,
            kinds: fast.u64("kinds")?,
            units: fast.column_first_or_default::<u64>("unit")?,
            days: fast.u64("days")?,
            ids: fast.u64("id")?,
        })
    }

    /// The names of this segment, by their numbers in it; `None` for the empty one.
    pub fn names(&self, gathering: &mut Gathering) -> std::io::Result<Vec<Option<NameId>>> {
        let Some(column) = &self.names else { return Ok(Vec::new()) };
        let mut out = Vec::with_capacity(column.num_terms());
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            let name = String::from_utf8_lossy(terms.key());
            out.push((!name.is_empty()).then(|| gathering.name(&name)));
        }
        Ok(out)
    }

    /// Gives every article in which somebody is quoted, in order. `names` are those of [`Columns::names`].
    pub fn articles(&self, names: &[Option<NameId>], each: &mut dyn FnMut(Roll)) {
        let Some(column) = &self.names else { return };
        let (mut company, mut quoted) = (Company::default(), Vec::new());
        let mut head = 0;
        for doc in 0..self.reader.max_doc() {
            if self.units.get_val(doc) < 2 {
                self.give(head, &mut company, &mut quoted, each);
                head = doc;
            }
            if self.reader.alive_bitset().is_some_and(|alive| !alive.is_alive(doc)) {
                continue;
            }
            for (number, kind) in column.term_ords(doc).zip(self.kinds.values_for_doc(doc)) {
                let name = names.get(number as usize).copied().flatten();
                let pronoun = kind & PRONOUN != 0;
                if let Some(name) = name {
                    match company.names.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, known)) => *known |= pronoun,
                        None => company.names.push((name, pronoun)),
                    }
                }
                let kind = [Kind::Direct, Kind::Partial, Kind::Indirect][(kind & 3).min(2) as usize];
                quoted.push(Quoted { unit: doc, name, kind });
            }
        }
        self.give(head, &mut company, &mut quoted, each);
    }

    fn give(&self, head: DocId, company: &mut Company, quoted: &mut Vec<Quoted>, each: &mut dyn FnMut(Roll)) {
        if !quoted.is_empty() {
            company.days = self.days.first(head).map_or((0, 0), |days| ((days >> 32) as u32, days as u32));
            each(Roll { head, id: self.ids.first(head).unwrap_or(0), company, quoted });
        }
        company.names.clear();
        quoted.clear();
    }
}

/// The directory of an index, and how the segments number its names.
pub(super) struct Who {
    pub directory: Directory,
    pub names: Vec<Vec<Option<NameId>>>,
}

impl Who {
    /// Reads the columns of every segment and settles who is who.
    pub fn of(searcher: &Searcher) -> tantivy::Result<Who> {
        let mut gathering = Gathering::default();
        let mut names = Vec::new();
        for reader in searcher.segment_readers() {
            let columns = Columns::open(reader)?;
            let own = columns.names(&mut gathering)?;
            columns.articles(&own, &mut |roll| gathering.article(roll.company));
            names.push(own);
        }
        Ok(Who { directory: gathering.settle(), names })
    }
}
