//! Gives each quotation its speaker.

use super::evidence::{self, Look, Scene, Story};
use super::reference::{References, Referent};
use super::speech;
use super::weights::{Skill, Weights};
use super::{Kind, Quotation, Speaker};

/// Every stretch between marks as a quotation, with its speaker.
pub fn attributed(weights: &Weights, scene: Scene) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::with_capacity(scene.reading.quotes.len());
    let mut story = Story::default();
    let mut references = References::new(scene);
    let mut list = Vec::with_capacity(64);
    for quote in 0..scene.reading.quotes.len() {
        let look = evidence::look(scene, quote);
        let speech = speech::is_speech(weights, scene, quote, &look, &mut list);
        if speech < 0.5 {
            found.push(quotation(scene, quote, Kind::NotSpeech, None, &look, 1.0 - speech));
            continue;
        }
        let (choice, sure) = choose(weights, scene, quote, &look, &story);
        story.decide(scene, &mut references, quote, choice);
        let kind = if look.is_whole() { Kind::Direct } else { Kind::Partial };
        found.push(quotation(scene, quote, kind, choice.map(|mention| (mention, story.who)), &look, sure));
    }
    found
}

/// The likeliest speaker and how likely it is.
fn choose(weights: &Weights, scene: Scene, quote: usize, look: &Look, story: &Story) -> (Option<usize>, f32) {
    if let Some(mention) = evidence::signed(scene, quote) {
        return (Some(mention), 1.0);
    }
    let (candidates, lists) = evidence::all(scene, quote, look, story);
    let scores: Vec<f32> = lists.iter().map(|list| weights.score(Skill::Speaker, list)).collect();
    let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
    let all: f32 = scores.iter().map(|s| (s - scores[best]).exp()).sum();
    (candidates[best], 1.0 / all)
}

fn quotation(
    scene: Scene,
    quote: usize,
    kind: Kind,
    choice: Option<(usize, Option<Referent>)>,
    look: &Look,
    confidence: f32,
) -> Quotation {
    let Scene { reading, mentions, .. } = scene;
    let speaker = choice.and_then(|(mention, who)| speaker(scene, mention, who));
    let role = choice.and_then(|(mention, _)| mentions[mention].role.clone()).map(|role| reading.span(role));
    let mention = choice.map(|(mention, _)| reading.span(mentions[mention].words.clone()));
    let cue = choice.and(look.cue_after.or(look.cue_before)).map(|cue| reading.words[cue].span());
    Quotation { span: reading.quotes[quote].marked.inner, kind, speaker, mention, cue, role, confidence }
}

/// The speaker by the fullest name the article gives.
fn speaker(scene: Scene, mention: usize, who: Option<Referent>) -> Option<Speaker> {
    let name = match who? {
        Referent::Person(person) => scene.people.name(scene.reading, person),
        Referent::Described(description) => {
            scene.reading.span(scene.mentions[description].words.clone()).of(scene.reading.text).to_string()
        }
    };
    Some(Speaker { name, mention: Some(scene.reading.span(scene.mentions[mention].words.clone())) })
}
