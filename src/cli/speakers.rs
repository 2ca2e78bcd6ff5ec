//! `newshound speakers`: who is quoted, how often and when.

use super::Outcome;
use super::quotes::{Asking, note_unprinted, notes, of, talk_of_nobody};
use super::search::open;
use crate::engine::{Caller, Counting, SpeakerOrder, Speakers};
use crate::render::clean;
use crate::render::json::{self, QuotedSpeakerJson, SpeakersSummaryJson};
use crate::render::table::quoted;
use crate::render::terminal;
use std::io::Write;
use std::time::Duration;

/// Characteristic words shown for each speaker.
const TERMS: usize = 8;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  newshound speakers\n  newshound speakers '\"long-term peace\"' --sort last\n  newshound speakers --by brandauer --json"
)]
pub(super) struct Arguments {
    /// Only in passages that answer this query, as search takes it
    #[arg(allow_hyphen_values = true)]
    query: Option<String>,
    /// Only this person or body: a name in any form, or a last name
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only what is said with these words
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    about: Option<String>,
    #[command(flatten)]
    asking: Asking,
    /// Show at most N speakers
    #[arg(short = 'n', long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Show every speaker
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// Order: most quotations, most articles, last name, last or first quoted
    #[arg(long, default_value = "count", value_parser = SpeakerOrder::NAMES)]
    sort: String,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let asking = &arguments.asking;
    let parsed = asking.read(arguments.query.as_deref(), arguments.about.as_deref())?;
    let engine = open(asking.index.as_ref(), &asking.people)?;
    // Who is who in a whole archive is found out anew by each run of the command, and what is half known of it is no answer.
    let is_whole = parsed.query.is_none() && arguments.by.is_none();
    let answer = engine.speakers(&Counting {
        query: parsed.query.clone(),
        by: arguments.by.clone(),
        speech: asking.speech(),
        limit: if arguments.all { None } else { Some(arguments.limit) },
        skip: 0,
        order: SpeakerOrder::named(&arguments.sort).unwrap_or(SpeakerOrder::Count),
        terms: TERMS,
        deadline: if arguments.all || is_whole { Duration::MAX } else { Duration::from_secs(2) },
        caller: Caller::default(),
    })?;
    let style = asking.output.style(false);
    let mut out = asking.output.open(asking.in_words());
    let understood = parsed.query.as_ref().map(ToString::to_string);
    if asking.csv {
        quoted::names(quoted::SPEAKERS, &mut out)?;
    }
    for speaker in &answer.speakers {
        if asking.json {
            json::line(&mut out, &QuotedSpeakerJson::new(speaker))?;
        } else if asking.csv {
            asking.row(&mut out, |row| quoted::speaker(speaker, row))?;
        } else {
            out.write_all(terminal::speaker(speaker, style).as_bytes())?;
        }
    }
    if asking.json {
        let summary = SpeakersSummaryJson::new(&answer.summary, &answer.near, understood.clone(), &parsed.complaints);
        json::line(&mut out, &summary)?;
    }
    out.finish()?;
    if !asking.json {
        notes(&parsed);
        note_unprinted(&*engine);
        talk(arguments, &answer, understood);
    }
    Ok(if answer.summary.speakers > 0 { Outcome::Found } else { Outcome::Nothing })
}

fn talk(arguments: &Arguments, answer: &Speakers, understood: Option<String>) {
    let summary = &answer.summary;
    let understood = understood.map_or(String::new(), |query| format!("; understood as {}", clean(&query)));
    let left_out = if summary.unnamed > 0 {
        format!("; {} by people not named, as \"officials\"", of(summary.unnamed, "more quotation"))
    } else {
        String::new()
    };
    if let (0, Some(partial)) = (summary.speakers, &summary.partial) {
        eprintln!("nobody was counted{understood}: {partial}");
        eprintln!("hint: --all waits until all are counted");
        return;
    }
    if summary.speakers == 0 {
        match &arguments.by {
            Some(typed) if summary.articles == 0 && arguments.query.is_none() && arguments.about.is_none() => {
                talk_of_nobody(typed, &answer.near);
            }
            _ => {
                eprintln!("nobody is quoted by name{understood}{left_out}");
                eprintln!("hint: fewer conditions find more; `newshound quotes` shows what is said");
            }
        }
        return;
    }
    let least = if summary.partial.is_some() { "at least " } else { "" };
    let took = summary.took.as_secs_f64() * 1000.0;
    let figures = format!(
        "{}, {}, {}",
        of(summary.speakers, "speaker"),
        of(summary.quotations, "quotation"),
        of(summary.articles, "article")
    );
    eprintln!("showing {} of {least}{figures}, {took:.1} ms{understood}{left_out}", summary.shown);
    if let Some(partial) = &summary.partial {
        eprintln!("note: {partial}");
    }
}
