//! Whether the words are those of the speaker who is claimed.

use super::{Place, SpeakerCheck};
use crate::engine::People;
use crate::quotation::{DOUBTFUL, Kind};

/// What the places say of a claimed speaker.
pub fn compared(claimed: Option<&str>, places: &[Place], people: &People) -> SpeakerCheck {
    let Some(claimed) = claimed else { return SpeakerCheck::NotClaimed };
    let told = || places.iter().filter_map(|place| Some((place, people.may_be_one(claimed, place.speaker.as_deref()?))));
    if told().any(|(_, same)| same == Some(true)) {
        return SpeakerCheck::Same;
    }
    // How sure a report is, says nothing of its speaker.
    let is_sure = |place: &Place| place.kind != Some(Kind::Indirect) && place.confidence >= DOUBTFUL;
    let other = |(place, same): (&Place, Option<bool>)| same == Some(false) && is_sure(place);
    let doubtful = |(place, same): (&Place, Option<bool>)| same.is_none() || !is_sure(place);
    if told().any(other) && !told().any(doubtful) { SpeakerCheck::Other } else { SpeakerCheck::Untold }
}
