//! The features of the second and third question about a cue: which words it reports, and whose they are.
//!
//! The first question, whether it reports at all, has its features in `view.rs`.

use super::clause::Clause;
use super::view::View;
use crate::lexicon::{CONJUNCTION, SAY};
use crate::quotation::evidence::templates::{ContentTemplate, SourceTemplate};
use crate::quotation::evidence::{Features, bucket, symbol};
use crate::quotation::words::Word;

impl View<'_> {
    /// The mentions that could be the source: those of the sentence, the nearest first.
    pub fn sources(&self) -> Vec<usize> {
        let mut list: Vec<usize> = self.mentions.clone().filter(|m| !self.scene.mentions[*m].quoted).collect();
        list.sort_by_key(|m| self.scene.mentions[*m].words.start.abs_diff(self.cue));
        list.truncate(10);
        list
    }

    /// What speaks for a mention being the source.
    pub fn source_features(&self, source: Option<usize>, f: &mut Features) {
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

    /// What speaks for some words being what the cue reports.
    pub fn clause_features(&self, clause: &Clause, f: &mut Features) {
        let words = &self.scene.reading.words;
        let cue = words[self.cue].hash;
        let first = &clause.first;
        let after = first.start > self.cue;
        let side = u32::from(after) | u32::from(clause.second.is_some()) << 1;
        let (start, end) = (first.start, clause.second.as_ref().unwrap_or(first).end);
        let gap = if after { start - self.cue - 1 } else { self.cue.saturating_sub(first.end) };
        let whole = end >= self.sentence.end || words[end].is_point(b'.');
        let length = bucket(clause.len());
        let (begin, before) = (self.symbol(Some(start)), self.symbol(start.checked_sub(1)));
        let (last, next, next2) = (self.symbol(end.checked_sub(1)), self.symbol(Some(end)), self.symbol(Some(end + 1)));
        let ends = u32::from(whole);
        f.add(ContentTemplate::SideGapWhole, &[side, bucket(gap), ends]);
        f.add(ContentTemplate::SideCueWhole, &[side, cue, ends]);
        f.add(ContentTemplate::SideFirstGap, &[side, begin, bucket(gap)]);
        f.add(ContentTemplate::SidePreviousFirst, &[side, before, begin]);
        f.add(ContentTemplate::SideTwoNext, &[side, next, next2]);
        f.add(ContentTemplate::SideLastNext, &[side, last, next]);
        f.add(ContentTemplate::SideLengthWhole, &[side, length, ends]);
        f.add(ContentTemplate::SideAroundCue, &[side, self.symbol(self.back(1)), self.symbol(Some(self.cue + 1))]);
        f.add(ContentTemplate::SideCueGap, &[side, cue, bucket(gap)]);
        f.add(ContentTemplate::SideNextCue, &[side, next, cue]);
        f.add(ContentTemplate::SideThatFirst, &[side, self.that, begin]);
        f.add(ContentTemplate::BeginsSideWhole, &[u32::from(start == self.sentence.start), side, ends]);
        f.add(ContentTemplate::SideLengthNextWhole, &[side, length, self.symbol(Some(self.cue + 1)), ends]);
        f.add(ContentTemplate::SideTwoNextPrinted, &[side, self.hash(Some(end)), self.hash(Some(end + 1))]);
        self.ending_features(clause, f, (side, ends));
    }

    /// The rest of [`View::clause_features`]: how the words hang together, and what they leave of the sentence.
    fn ending_features(&self, clause: &Clause, f: &mut Features, (side, ends): (u32, u32)) {
        let words = &self.scene.reading.words;
        let first = &clause.first;
        let (start, end) = (first.start, clause.second.as_ref().unwrap_or(first).end);
        let (begin, before) = (self.symbol(Some(start)), self.symbol(start.checked_sub(1)));
        let (next, next2) = (self.symbol(Some(end)), self.symbol(Some(end + 1)));
        let length = bucket(clause.len());
        let commas = words[first.clone()].iter().filter(|w| w.is_point(b',')).count().min(3) as u32;
        f.add(ContentTemplate::SideCommasNext, &[side, commas, next]);
        let verb = first.clone().any(|k| words[k].is_finite());
        f.add(ContentTemplate::SideVerbNextWhole, &[side, u32::from(verb), next, ends]);
        let comma_next = u32::from(words.get(self.cue + 1).is_some_and(|w| w.is_point(b',')));
        f.add(ContentTemplate::SideOpeningCommaWhole, &[side, self.opening, comma_next, ends]);
        let said = first.clone().skip(1).any(|k| words[k].is(SAY) && words[k - 1].is(CONJUNCTION));
        f.add(ContentTemplate::SideSaidWhole, &[side, u32::from(said), ends]);
        f.add(ContentTemplate::SideThatFirstWhole, &[side, self.that, begin, ends]);
        f.add(ContentTemplate::SideAuxiliariesFirst, &[side, self.auxiliaries, begin]);
        f.add(ContentTemplate::SideThreeNext, &[side, next, next2, self.symbol(Some(end + 2))]);
        f.add(ContentTemplate::SideLengthCue, &[side, length, words[self.cue].hash]);
        f.add(ContentTemplate::SideCommasWholeThat, &[side, commas, ends, self.that]);
        let rest = end.min(self.sentence.end)..self.sentence.end;
        f.add(
            ContentTemplate::SideRestNext,
            &[side, bucket(rest.len()), u32::from(words[rest.clone()].iter().any(Word::is_finite)), next],
        );
        f.add(ContentTemplate::SideFirstPrintedCue, &[side, self.hash(Some(start)), words[self.cue].hash]);
        f.add(
            ContentTemplate::SideOpeningCommaDistanceVerb,
            &[side, self.opening, comma_next, bucket(start.abs_diff(self.cue)), u32::from(verb)],
        );
        f.add(ContentTemplate::SideVerbFirstPrevious, &[side, u32::from(verb), begin, before]);
    }
}
