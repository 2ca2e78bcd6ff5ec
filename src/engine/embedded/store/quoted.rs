//! Who is quoted in each unit, in columns: an archive is counted without unpacking an article.

use super::record::is_unsure_once_stored;
use super::schema::Fields;
use crate::article::{Article, Span};
use crate::day::Days;
use crate::directory::{Company, Directory, Gathering, NameId, People, filed, is_title};
use crate::engine::embedded::lookup::budget::Budget;
use crate::passage::units;
use crate::quotation::{Kind, Quotation};
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::{DocId, Searcher, SegmentReader, TantivyDocument};

/// Set in `kinds` where a "he", a "she" or the last name alone stands for the speaker, see [`is_personal`].
const PERSONAL: u64 = 4;

/// Set in `kinds` where the speaker is told, but not named: "the ministry".
const UNNAMED: u64 = 8;

/// Set in `kinds` for reported speech that may be none.
const UNSURE: u64 = 16;

/// The quotations of an article, unit after unit: each is looked at in the units it stands in, and in no other.
pub(in crate::engine::embedded) struct ByUnit<'a> {
    /// In reading order.
    quotations: Vec<&'a Quotation>,
    /// The first that begins after the units so far.
    next: usize,
    /// Those of the last unit, in reading order.
    here: Vec<&'a Quotation>,
    last: u32,
    /// How many were looked at.
    pub looks: usize,
}

impl<'a> ByUnit<'a> {
    pub fn new(quotations: &'a [Quotation]) -> ByUnit<'a> {
        let mut quotations: Vec<&Quotation> = quotations.iter().collect();
        quotations.sort_by_key(|quotation| quotation.span.start);
        ByUnit { quotations, next: 0, here: Vec::new(), last: 0, looks: 0 }
    }

    /// Those that stand, wholly or in part, in `unit`. Units are asked about in the order of the text.
    pub fn of(&mut self, unit: Span) -> &[&'a Quotation] {
        if unit.start < self.last {
            (self.next, self.here) = (0, Vec::new());
        }
        self.last = unit.start;
        self.looks += self.here.len();
        self.here.retain(|quotation| quotation.span.end > unit.start);
        while let Some(quotation) = self.quotations.get(self.next).filter(|quotation| quotation.span.start < unit.end) {
            self.looks += 1;
            self.next += 1;
            if quotation.span.end > unit.start {
                self.here.push(quotation);
            }
        }
        &self.here
    }
}

/// Writes those of the quotations that begin in `unit` into its document.
pub(in crate::engine::embedded) fn add(
    document: &mut TantivyDocument,
    fields: &Fields,
    text: &str,
    quotations: &[&Quotation],
    unit: Span,
) {
    rows_of(text, quotations, unit, &mut |name, kinds| add_row(document, fields, name, kinds));
}

/// Writes one row of the columns.
pub(in crate::engine::embedded) fn add_row(document: &mut TantivyDocument, fields: &Fields, name: &str, kinds: u64) {
    document.add_text(fields.quoted, name);
    document.add_u64(fields.kinds, kinds);
}

/// Who is quoted in an article, as the columns have it: for each quotation the speaker's name and its kinds, unit after unit.
pub(in crate::engine) fn rows(article: &Article, quotations: &[Quotation]) -> Vec<(String, u64)> {
    let (mut by_unit, mut rows) = (ByUnit::new(quotations), Vec::new());
    for unit in units(article) {
        let here = by_unit.of(unit.span);
        rows_of(&article.text, here, unit.span, &mut |name, kinds| rows.push((name.to_owned(), kinds)));
    }
    rows
}

fn rows_of(text: &str, quotations: &[&Quotation], unit: Span, each: &mut dyn FnMut(&str, u64)) {
    let mut last = ("", false);
    for quotation in quotations.iter().filter(|quotation| unit.start <= quotation.span.start && quotation.span.start < unit.end) {
        let kind = match quotation.kind {
            Kind::Direct => 0,
            Kind::Partial => 1,
            Kind::Indirect => 2,
            Kind::NotSpeech => continue,
        };
        let name = quotation.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
        if last.0 != name {
            last = (name, filed(name).is_some());
        }
        let personal = is_personal(text, quotation);
        let unnamed = !name.is_empty() && !last.1;
        let flags = [(unnamed, UNNAMED), (personal, PERSONAL), (is_unsure_once_stored(quotation), UNSURE)];
        let kinds = flags.iter().filter(|(set, _)| *set).fold(kind, |kinds, (_, flag)| kinds | flag);
        each(if unnamed { "" } else { name }, kinds);
    }
}

/// True when an article speaks of a speaker as of a person: a "he" or "she" stands for them, or the last name alone, with a title
/// before it if the article has no other name.
pub(in crate::engine::embedded) fn is_personal(text: &str, quotation: &Quotation) -> bool {
    let (Some(speaker), Some(mention)) = (&quotation.speaker, quotation.mention) else { return false };
    let printed = mention.of(text);
    if printed.eq_ignore_ascii_case("he") || printed.eq_ignore_ascii_case("she") {
        return true;
    }
    if printed.len() < speaker.name.len() {
        return speaker.name.split_whitespace().next_back().is_some_and(|last| last.eq_ignore_ascii_case(printed));
    }
    let before = text[..mention.start as usize].split_ascii_whitespace().next_back();
    !speaker.name.contains(' ') && before.is_some_and(is_title)
}

/// A quotation as the columns have it.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::embedded) struct QuotationRow {
    /// The unit it begins in.
    pub unit: DocId,
    /// The speaker's name; `None` if there is none.
    pub name: Option<NameId>,
    /// The article tells who speaks, without a name.
    pub unnamed: bool,
    /// How it is given.
    pub kind: Kind,
    /// Reported speech that may be none.
    pub unsure: bool,
}

/// Steps to look at a unit or a quotation in the columns.
const LOOKED_AT: usize = 8;

/// The columns of one segment.
pub(in crate::engine::embedded) struct QuotationColumns<'a> {
    reader: &'a SegmentReader,
    names: Option<StrColumn>,
    kinds: Column<u64>,
    units: Arc<dyn ColumnValues<u64>>,
    days: Column<u64>,
    ids: Column<u64>,
}

/// The speakers of one article.
pub(in crate::engine::embedded) struct Roll<'a> {
    pub head: DocId,
    /// The article's id as a number.
    pub id: u64,
    pub company: &'a Company,
    pub quoted: &'a [QuotationRow],
}

impl<'a> QuotationColumns<'a> {
    pub fn open(reader: &'a SegmentReader) -> tantivy::Result<QuotationColumns<'a>> {
        let fast = reader.fast_fields();
        Ok(QuotationColumns {
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

    /// Gives every article from the head `from` on in which somebody is quoted, in order, until the budget is spent; gives the head it did
    /// not come to, or the end. `names` are those of [`QuotationColumns::names`].
    pub fn articles(&self, names: &[Option<NameId>], from: DocId, budget: &Budget, each: &mut dyn FnMut(Roll)) -> DocId {
        let end = self.reader.max_doc();
        let Some(column) = &self.names else { return end };
        let (mut company, mut quoted) = (Company::default(), Vec::new());
        let mut head = from;
        for doc in from..end {
            if self.units.get_val(doc) < 2 {
                self.give(head, &mut company, &mut quoted, each);
                head = doc;
                if budget.is_spent() {
                    return head;
                }
            }
            budget.step(LOOKED_AT);
            if self.reader.alive_bitset().is_some_and(|alive| !alive.is_alive(doc)) {
                continue;
            }
            for (number, kind) in column.term_ords(doc).zip(self.kinds.values_for_doc(doc)) {
                let name = names.get(number as usize).copied().flatten();
                let personal = kind & PERSONAL != 0;
                if let Some(name) = name {
                    company.note(name, personal);
                }
                let (unnamed, unsure) = (kind & UNNAMED != 0, kind & UNSURE != 0);
                let kind = [Kind::Direct, Kind::Partial, Kind::Indirect][(kind & 3).min(2) as usize];
                quoted.push(QuotationRow { unit: doc, name, unnamed, kind, unsure });
                budget.step(LOOKED_AT);
            }
        }
        self.give(head, &mut company, &mut quoted, each);
        end
    }

    /// Takes in those names of some units (in order) that are filed under `last`. Not all of them, when the budget is spent on the way.
    pub fn gather(&self, docs: &[DocId], last: &str, gathering: &mut Gathering, budget: &Budget) -> std::io::Result<()> {
        let Some(column) = &self.names else { return Ok(()) };
        let mut known: HashMap<u64, Option<NameId>> = HashMap::new();
        let (mut company, mut head) = (Company::default(), DocId::MAX);
        for &doc in docs {
            if !budget.step(4 * LOOKED_AT) {
                break;
            }
            let own = doc - (self.units.get_val(doc) / 2) as DocId;
            if own != head {
                gathering.article(&company);
                company.names.clear();
                company.days = self.days_of(own);
                head = own;
            }
            for (number, kind) in column.term_ords(doc).zip(self.kinds.values_for_doc(doc)) {
                let name = match known.get(&number) {
                    Some(name) => *name,
                    None => {
                        let mut text = String::new();
                        column.ord_to_str(number, &mut text)?;
                        let name = (filed(&text).as_deref() == Some(last)).then(|| gathering.name(&text));
                        known.insert(number, name);
                        name
                    }
                };
                if let Some(name) = name {
                    company.note(name, kind & PERSONAL != 0);
                }
            }
        }
        gathering.article(&company);
        Ok(())
    }

    /// The names that speak in some units; of too many for the budget, none.
    pub fn names_in(&self, docs: &[DocId], budget: &Budget) -> std::io::Result<Vec<String>> {
        let Some(column) = &self.names else { return Ok(Vec::new()) };
        if !budget.step(LOOKED_AT * docs.len()) {
            return Ok(Vec::new());
        }
        let mut numbers: Vec<u64> = docs.iter().flat_map(|doc| column.term_ords(*doc)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let name = |number: u64| {
            let mut text = String::new();
            column.ord_to_str(number, &mut text).map(|_| text)
        };
        let goes_on = |_: &u64| budget.step(4 * LOOKED_AT);
        numbers.into_iter().take_while(|number| goes_on(number)).map(name).collect()
    }

    fn days_of(&self, head: DocId) -> Option<Days> {
        self.days.first(head).and_then(Days::unpacked)
    }

    fn give(&self, head: DocId, company: &mut Company, quoted: &mut Vec<QuotationRow>, each: &mut dyn FnMut(Roll)) {
        if !quoted.is_empty() {
            company.days = self.days_of(head);
            each(Roll { head, id: self.ids.first(head).unwrap_or(0), company, quoted });
        }
        company.names.clear();
        quoted.clear();
    }
}

/// The directory of an index, and how the segments number its names.
pub(in crate::engine::embedded) struct Who {
    pub directory: Arc<Directory>,
    pub names: Vec<Vec<Option<NameId>>>,
}

/// A directory of an index that is not finished: it is made for all who ask, and each goes on with it for as long as his question may take.
#[derive(Default)]
pub(in crate::engine::embedded) struct WhoBegun {
    gathering: Gathering,
    /// Of the segments so far.
    names: Vec<Vec<Option<NameId>>>,
    /// How far the last of them was read.
    from: DocId,
}

impl WhoBegun {
    /// Reads on in the columns of every segment, and settles who is who once all were read; nothing when the budget is spent before.
    pub fn go_on(&mut self, searcher: &Searcher, people: &People, budget: &Budget) -> tantivy::Result<Option<Who>> {
        let readers = searcher.segment_readers();
        while !budget.is_spent() {
            let last = self.names.len().checked_sub(1);
            if let Some(last) = last.filter(|last| self.from < readers[*last].max_doc()) {
                let WhoBegun { gathering, names, from } = self;
                let each = &mut |roll: Roll| gathering.article(roll.company);
                *from = QuotationColumns::open(&readers[last])?.articles(&names[last], *from, budget, each);
            } else if let Some(reader) = readers.get(self.names.len()) {
                self.names.push(QuotationColumns::open(reader)?.names(&mut self.gathering)?);
                self.from = 0;
            } else {
                let WhoBegun { gathering, names, .. } = std::mem::take(self);
                return Ok(Some(Who { directory: Arc::new(gathering.settle_with(people)), names }));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps, not time: paragraphs of five quotations each, one of them going on into the next paragraph.
    #[test]
    fn the_units_of_a_long_article_look_at_each_quotation_once_or_twice() {
        let quotation = |start: u32, end: u32| Quotation {
            span: Span { start, end },
            kind: Kind::Direct,
            speaker: None,
            mention: None,
            cue: None,
            role: None,
            confidence: 0.0,
        };
        for units in [100u32, 10_000] {
            let ends = |n: u32| if n % 5 == 4 { 30 } else { 10 };
            let quotations: Vec<Quotation> = (0..units * 5).map(|n| quotation(n * 20, n * 20 + ends(n))).collect();
            let mut by_unit = ByUnit::new(&quotations);
            for unit in 0..units {
                let span = Span { start: unit * 100, end: unit * 100 + 99 };
                let expected: Vec<&Quotation> = if units == 100 {
                    quotations.iter().filter(|quotation| quotation.span.overlaps(span)).collect()
                } else {
                    by_unit.of(span).to_vec()
                };
                assert_eq!(by_unit.of(span), expected);
            }
            assert!(by_unit.looks <= 20 * units as usize, "{} looks for {units} units", by_unit.looks);
        }
    }
}
