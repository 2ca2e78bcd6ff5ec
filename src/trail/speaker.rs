//! Whose words they are along the way.

use super::Step;
use crate::engine::People;
use crate::quotation::{DOUBTFUL, Kind};
use crate::verify::Place;

/// Marks the steps that surely give the words to somebody else than the first step that surely gives them to anybody.
pub fn mark_others(steps: &mut [Step], people: &People) {
    let Some(first) = steps.iter().find_map(|step| sure(&step.place)).map(str::to_owned) else { return };
    for step in steps {
        step.other_speaker = sure(&step.place).is_some_and(|name| people.may_be_one(&first, name) == Some(false));
    }
}

/// The speaker, where it is sure. How sure a report is, says nothing of its speaker.
fn sure(place: &Place) -> Option<&str> {
    let is_sure = place.kind.is_some_and(|kind| kind != Kind::Indirect) && place.confidence >= DOUBTFUL;
    place.speaker.as_deref().filter(|_| is_sure)
}
