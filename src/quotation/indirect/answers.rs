//! The features of the second and third question about a cue: which words it reports, and whose they are.
//!
//! The first question, whether it reports at all, has its features in `view.rs`.

use super::clause::Clause;
use super::counts::Counts;
use super::view::View;
use crate::quotation::evidence::templates::{ContentTemplate, SourceTemplate};
use crate::quotation::evidence::{Gather, bucket, symbol};

impl View<'_> {
    /// The mentions that could be the source: those of the sentence, the nearest first.
    pub fn sources(&self) -> Vec<usize> {
        let mut list: Vec<usize> = self.mentions.clone().filter(|m| !self.scene.mentions[*m].quoted).collect();
        list.sort_by_key(|m| self.scene.mentions[*m].words.start.abs_diff(self.cue));
        list.truncate(10);
        list
    }

    /// What speaks for a mention being the source.
    pub fn source_features(&self, source: Option<usize>, f: &mut impl Gather) {
        let words = &self.scene.reading.words;
        let cue = words[self.cue].hash;
        let Some(source) = source else {
            f.add(SourceTemplate::NobodyCue, &[cue]);
            f.add(SourceTemplate::NobodyAround, &[self.symbol(self.back(1)), self.symbol(Some(self.cue + 1))]);
            return;
        };
        let mention = &self.scene.mentions[source];
        let after = mention.start() > self.cue;
        let gap = if after { mention.start() - self.cue - 1 } else { self.cue.saturating_sub(mention.end()) };
        let between = if after { self.cue + 1..mention.start() } else { mention.end().min(self.cue)..self.cue };
        let rivals =
            self.mentions.clone().filter(|m| between.contains(&self.scene.mentions[*m].words.start)).count().min(3) as u32;
        let mut path = 1u32;
        between.clone().take(8).for_each(|k| path = path.wrapping_mul(31) ^ symbol(self.scene.reading, k));
        let side = u32::from(after);
        let kind = mention.kind as u32;
        let commas = words[between].iter().filter(|w| w.is_point(b',')).count().min(3) as u32;
        f.add(SourceTemplate::SideGapRivals, &[side, bucket(gap), rivals]);
        f.add(SourceTemplate::SideRivalsKind, &[side, rivals, kind]);
        f.add(SourceTemplate::SidePath, &[side, path]);
        f.add(SourceTemplate::SidePathCue, &[side, path, cue]);
        f.add(SourceTemplate::SideRivalsCue, &[side, rivals, cue]);
        f.add(SourceTemplate::SideRivalsCommasNext, &[side, rivals, commas, self.symbol(Some(self.cue + 1))]);
        f.add(SourceTemplate::SidePreviousRivals, &[side, self.symbol(mention.start().checked_sub(1)), rivals]);
        f.add(SourceTemplate::SideNextRivals, &[side, self.symbol(Some(mention.end())), rivals]);
        f.add(SourceTemplate::BeginsRivalsSide, &[u32::from(mention.start() == self.sentence.start), rivals, side]);
        f.add(SourceTemplate::SubjectGapRivalsSideKind, &[self.subject().1, rivals, side, kind]);
        f.add(SourceTemplate::NextPrintedSide, &[self.hash(Some(mention.end())), side]);
    }

    /// What speaks for some words being what the cue reports, in the order in which it is learned; its parts are asked for one by one
    /// where nothing is learned.
    #[cfg(feature = "learning")]
    pub fn clause_features(&self, clause: &Clause, f: &mut impl Gather) {
        // The places of the features below among those of an extent as they were first learned.
        const EXTENT: [usize; 14] = [0, 1, 5, 2, 3, 6, 12, 13, 8, 4, 7, 9, 10, 11];
        let (edges, counts) = (self.edges(clause), self.counts());
        self.beginning_features(edges, f);
        self.end_features(edges, &counts, f);
        let extent = self.extent(clause, edges, &counts);
        let mut found: Vec<u32> = Vec::new();
        self.reach_features(&extent, &mut found);
        self.length_features(&extent, &mut found);
        self.count_features(&extent, &mut found);
        self.verb_features(&extent, &mut found);
        self.close_features(&extent, &mut found);
        assert_eq!(found.len(), EXTENT.len(), "a feature of an extent is learned where it is asked for");
        EXTENT.iter().for_each(|k| f.take(found[*k]));
    }

    /// What stands in each stretch of the sentence.
    pub(super) fn counts(&self) -> Counts {
        Counts::new(&self.scene.reading.words, &self.sentence)
    }

    /// Where a clause lies and which words it begins and ends with.
    pub(super) fn edges(&self, clause: &Clause) -> Edges {
        let start = clause.first.start;
        let side = u32::from(start > self.cue) | u32::from(clause.second.is_some()) << 1;
        Edges { side, start, end: clause.second.as_ref().unwrap_or(&clause.first).end }
    }

    /// The part of [`View::clause_features`] that only the beginning decides, whatever the end is.
    pub(super) fn beginning_features(&self, Edges { side, start, .. }: Edges, f: &mut impl Gather) {
        let cue = self.scene.reading.words[self.cue].hash;
        let begin = self.symbol(Some(start));
        f.add(ContentTemplate::SidePreviousFirst, &[side, self.symbol(start.checked_sub(1)), begin]);
        f.add(ContentTemplate::SideAroundCue, &[side, self.symbol(self.back(1)), self.symbol(Some(self.cue + 1))]);
        f.add(ContentTemplate::SideThatFirst, &[side, self.that, begin]);
        f.add(ContentTemplate::SideAuxiliariesFirst, &[side, self.auxiliaries, begin]);
        f.add(ContentTemplate::SideFirstPrintedCue, &[side, self.hash(Some(start)), cue]);
    }

    /// The part that only the end decides.
    pub(super) fn end_features(&self, edges: Edges, counts: &Counts, f: &mut impl Gather) {
        let cue = self.scene.reading.words[self.cue].hash;
        let Edges { side, end, .. } = edges;
        let ends = self.is_whole(end);
        let (last, next, next2) = (self.symbol(end.checked_sub(1)), self.symbol(Some(end)), self.symbol(Some(end + 1)));
        f.add(ContentTemplate::SideCueWhole, &[side, cue, ends]);
        f.add(ContentTemplate::SideTwoNext, &[side, next, next2]);
        f.add(ContentTemplate::SideLastNext, &[side, last, next]);
        f.add(ContentTemplate::SideNextCue, &[side, next, cue]);
        f.add(ContentTemplate::SideTwoNextPrinted, &[side, self.hash(Some(end)), self.hash(Some(end + 1))]);
        f.add(ContentTemplate::SideOpeningCommaWhole, &[side, self.opening, self.comma_next(), ends]);
        f.add(ContentTemplate::SideThreeNext, &[side, next, next2, self.symbol(Some(end + 2))]);
        let rest = end.min(self.sentence.end)..self.sentence.end;
        let finite = u32::from(counts.within(&rest).finite > 0);
        f.add(ContentTemplate::SideRestNext, &[side, bucket(rest.len()), finite, next]);
    }

    /// How far the words reach, and how they hang together.
    pub(super) fn extent(&self, clause: &Clause, Edges { side, start, end }: Edges, counts: &Counts) -> Extent {
        let count = counts.within(&clause.first);
        let gap = if start > self.cue { start - self.cue - 1 } else { self.cue.saturating_sub(clause.first.end) };
        Extent {
            side,
            start,
            end,
            whole: self.is_whole(end),
            gap: bucket(gap),
            length: bucket(clause.len()),
            commas: u32::from(count.commas.min(3)),
            verb: u32::from(count.finite > 0),
            said: u32::from(count.said > 0),
        }
    }

    /// The part that where it begins decides, how far that is from the cue and whether it is whole.
    pub(super) fn reach_features(&self, &Extent { side, start, gap, whole, .. }: &Extent, f: &mut impl Gather) {
        let cue = self.scene.reading.words[self.cue].hash;
        let begin = self.symbol(Some(start));
        f.add(ContentTemplate::SideGapWhole, &[side, gap, whole]);
        f.add(ContentTemplate::SideFirstGap, &[side, begin, gap]);
        f.add(ContentTemplate::SideCueGap, &[side, cue, gap]);
        f.add(ContentTemplate::BeginsSideWhole, &[u32::from(start == self.sentence.start), side, whole]);
        f.add(ContentTemplate::SideThatFirstWhole, &[side, self.that, begin, whole]);
    }

    /// The part that its length decides.
    pub(super) fn length_features(&self, &Extent { side, length, whole, .. }: &Extent, f: &mut impl Gather) {
        let cue = self.scene.reading.words[self.cue].hash;
        f.add(ContentTemplate::SideLengthWhole, &[side, length, whole]);
        f.add(ContentTemplate::SideLengthNextWhole, &[side, length, self.symbol(Some(self.cue + 1)), whole]);
        f.add(ContentTemplate::SideLengthCue, &[side, length, cue]);
    }

    /// The part that commas and verbs of saying in it decide.
    pub(super) fn count_features(&self, &Extent { side, commas, said, whole, .. }: &Extent, f: &mut impl Gather) {
        f.add(ContentTemplate::SideSaidWhole, &[side, said, whole]);
        f.add(ContentTemplate::SideCommasWholeThat, &[side, commas, whole, self.that]);
    }

    /// The part that where it begins decides, and whether a verb stands in it.
    pub(super) fn verb_features(&self, &Extent { side, start, verb, .. }: &Extent, f: &mut impl Gather) {
        let (begin, before) = (self.symbol(Some(start)), self.symbol(start.checked_sub(1)));
        let distance = bucket(start.abs_diff(self.cue));
        f.add(ContentTemplate::SideOpeningCommaDistanceVerb, &[side, self.opening, self.comma_next(), distance, verb]);
        f.add(ContentTemplate::SideVerbFirstPrevious, &[side, verb, begin, before]);
    }

    /// The part that what stands behind it decides.
    pub(super) fn close_features(&self, &Extent { side, end, commas, verb, whole, .. }: &Extent, f: &mut impl Gather) {
        let next = self.symbol(Some(end));
        f.add(ContentTemplate::SideCommasNext, &[side, commas, next]);
        f.add(ContentTemplate::SideVerbNextWhole, &[side, verb, next, whole]);
    }

    /// 1 where the sentence, or what a full stop closes, ends with the words.
    fn is_whole(&self, end: usize) -> u32 {
        u32::from(end >= self.sentence.end || self.scene.reading.words[end].is_point(b'.'))
    }

    /// 1 where a comma follows the cue.
    fn comma_next(&self) -> u32 {
        u32::from(self.scene.reading.words.get(self.cue + 1).is_some_and(|w| w.is_point(b',')))
    }
}

/// The edges of a clause that a cue may report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edges {
    /// 1 behind the cue, 0 before it; 2 more where it has two pieces.
    pub side: u32,
    /// Its first word.
    pub start: usize,
    /// One past its last word.
    pub end: usize,
}

/// What decides how likely it is that a clause is reported, beside the words it begins and ends with.
pub(super) struct Extent {
    /// See [`Edges`].
    pub side: u32,
    pub start: usize,
    pub end: usize,
    /// Whether the sentence ends with it.
    pub whole: u32,
    /// How far it is from the cue.
    pub gap: u32,
    pub length: u32,
    pub commas: u32,
    /// Whether a finite verb stands in it.
    pub verb: u32,
    /// Whether a verb of saying does, behind a conjunction.
    pub said: u32,
}
