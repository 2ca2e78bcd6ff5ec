//! An article as tantivy documents: one for each unit.

use super::quoted::{self, ByUnit};
use super::schema::Fields;
use crate::article::{Article, ParagraphKind};
use crate::day::Days;
use crate::duplicates::{Body, Sketch, fingerprints};
use crate::engine::embedded::excerpt::Quoted;
use crate::passage::{UnitKind, passages, units};
use crate::quotation::Quotation;
use crate::words::count;
use tantivy::TantivyDocument;

/// The length of an article only serves to rank it, and is close enough by its bytes: English news has 6 a word.
const BYTES_A_WORD: u64 = 6;

/// Words of a unit, by its bytes.
pub(in crate::engine) fn estimated_words(text: &str) -> u64 {
    text.len() as u64 / BYTES_A_WORD
}

impl Fields {
    /// Who is quoted in an article that is not at hand, as the document of a head.
    pub fn names(&self, quoted: &Quoted) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.of, quoted.id);
        document.add_u64(self.id, quoted.id);
        document.add_u64(self.unit, 0);
        if let Some(days) = quoted.days {
            document.add_u64(self.days, days.packed());
        }
        let mut last = "";
        for (name, kinds) in &quoted.rows {
            if name != last {
                document.add_text(self.speaker, name);
                last = name;
            }
            quoted::add_row(&mut document, self, name, *kinds);
        }
        document
    }

    /// The units of an article as documents, the head first, which stores `record`.
    pub fn documents(&self, article: &Article, quotations: &[Quotation], record: &[u8]) -> Vec<TantivyDocument> {
        let mut documents = Vec::with_capacity(article.paragraphs.len() + 1);
        let mut words = 0u64;
        let mut by_unit = ByUnit::new(quotations);
        for (number, unit) in units(article).enumerate() {
            let mut document = TantivyDocument::default();
            document.add_u64(self.of, article.id.0);
            let text = unit.span.of(&article.text);
            if !text.is_empty() {
                document.add_text(self.text, text);
            }
            let passages = passages(&article.text, unit.span);
            document.add_u64(self.unit, number as u64 * 2 + u64::from(passages.len() > 1));
            if unit.kind == UnitKind::Paragraph(ParagraphKind::Subhead) {
                document.add_u64(self.subhead, 1);
            }
            let mut before = 0;
            for pair in passages.windows(2) {
                before += count(&article.text[pair[0].start as usize..pair[1].start as usize]);
                document.add_u64(self.cuts, before);
            }
            words += estimated_words(text);
            let here = by_unit.of(unit.span);
            self.add_speakers(&mut document, here);
            quoted::add(&mut document, self, &article.text, here, unit.span);
            documents.push(document);
        }
        self.add_head(&mut documents[0], article, words);
        documents[0].add_bytes(self.record, record);
        documents
    }

    fn add_speakers(&self, document: &mut TantivyDocument, quotations: &[&Quotation]) {
        let mut last = "";
        for quotation in quotations {
            if let Some(speaker) = quotation.speaker.as_ref().filter(|speaker| speaker.name != last) {
                document.add_text(self.speaker, &speaker.name);
                last = &speaker.name;
            }
        }
    }

    fn add_head(&self, head: &mut TantivyDocument, article: &Article, words: u64) {
        let fields = self;
        head.add_u64(fields.id, article.id.0);
        head.add_u64(fields.length, words);
        let body = Body::new(article);
        fingerprints(&body).into_iter().for_each(|print| head.add_u64(fields.fingerprints, u64::from(print)));
        if let Some(sketch) = Sketch::of(&body) {
            sketch.numbers().into_iter().for_each(|number| head.add_u64(fields.sketch, number));
        }
        if let Some(dateline) = &article.dateline {
            head.add_text(fields.dateline, dateline.span.of(&article.text));
            head.add_text(fields.dateline, &dateline.place);
        }
        for byline in &article.bylines {
            head.add_text(fields.byline, &byline.name);
        }
        for (field, text) in
            [(fields.outlet, &article.outlet), (fields.section, &article.section), (fields.lang, &article.language)]
        {
            if let Some(text) = text {
                head.add_text(field, text);
            }
        }
        if let Some(days) = article.published.as_ref().and_then(|published| Days::of_published(&published.date)) {
            head.add_u64(fields.days, days.packed());
        }
    }
}
