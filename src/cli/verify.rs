//! `newshound verify`: whether quotations are printed as they are given.

mod file;

use super::Outcome;
use super::output::{Output, root};
use super::quotes::of;
use super::search::open;
use crate::engine::{Caller, Place};
use crate::render::clean;
use crate::render::json::{self, VerifiedJson, VerifiedSummaryJson};
use crate::render::terminal;
use crate::verify::{Bounds, Checked, Claim, MostClaims, Verdict, claim, verify_all};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 everything is printed as it is given, 1 something is not, 2 trouble.\n\nExamples:\n  newshound verify 'Orlan said: \"I was elected to bring lasting peace.\"'\n  newshound verify --file quotations.csv --json\n  newshound verify --draft story.txt"
)]
pub(super) struct Arguments {
    /// A sentence: its quotations with their speakers, or all of it where nothing is quoted
    #[arg(allow_hyphen_values = true, required_unless_present_any = ["file", "draft"], conflicts_with_all = ["file", "draft"])]
    sentence: Option<String>,
    /// Quotations to check: text with one a line, or CSV or JSON Lines with words and perhaps speaker and date
    #[arg(long, value_name = "FILE", conflicts_with = "draft")]
    file: Option<PathBuf>,
    /// An article whose quotations are to be checked; - for standard input
    #[arg(long, value_name = "FILE")]
    draft: Option<PathBuf>,
    /// Who is said to have said the sentence
    #[arg(long, value_name = "NAME", requires = "sentence")]
    by: Option<String>,
    /// The index to search
    #[arg(long, value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Option<Place>,
    #[command(flatten)]
    people: super::options::People,
    /// One JSON object per line, for other programs (see docs/json.md)
    #[arg(long)]
    json: bool,
    /// Check at most N quotations
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    most: usize,
    /// Stop after so many seconds
    #[arg(long, default_value_t = 600, value_name = "SECONDS")]
    seconds: u64,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let claims = claims(arguments)?;
    let engine = open(arguments.index.as_ref(), &arguments.people)?;
    let root = root(&*engine);
    let style = arguments.output.style(false);
    let mut out = arguments.output.open(!arguments.json);
    let (bounds, most) = (Bounds { caller: Caller::default(), ..Bounds::default() }, most(arguments));
    let (mut verdicts, mut written) = (Vec::new(), Ok(()));
    let began = Instant::now();
    let left_out = verify_all(&*engine, &claims, &bounds, &most, &mut |number, checked: Checked| {
        verdicts.push(checked.verdict);
        written = if arguments.json {
            json::line(&mut out, &VerifiedJson::new(&checked))
        } else {
            out.write_all(terminal::verified(&checked, number + 1, &root, style).as_bytes())
        };
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    written?;
    let why = left_out.in_words(&bounds, &most);
    if arguments.json {
        json::line(&mut out, &VerifiedSummaryJson::new(&verdicts, left_out, why.clone(), began.elapsed()))?;
    }
    out.finish()?;
    if !arguments.json {
        talk(&verdicts, why.as_deref());
    }
    let fine = left_out.all() == 0 && !verdicts.is_empty() && verdicts.iter().all(|verdict| verdict.is_printed_so());
    Ok(if fine { Outcome::Found } else { Outcome::Nothing })
}

fn most(arguments: &Arguments) -> MostClaims {
    MostClaims { claims: arguments.most, deadline: Duration::from_secs(arguments.seconds) }
}

fn claims(arguments: &Arguments) -> anyhow::Result<Vec<Claim>> {
    let claims = match (&arguments.sentence, &arguments.file, &arguments.draft) {
        (Some(sentence), ..) => {
            let mut claims = claim(sentence);
            if let Some(name) = &arguments.by {
                claims.iter_mut().for_each(|claim| claim.speaker = Some(name.clone()));
            }
            claims
        }
        (None, Some(file), _) => file::claims(file)?,
        (None, None, Some(draft)) => file::draft(draft)?,
        (None, None, None) => Vec::new(),
    };
    if !claims.iter().any(|claim| claim.words.chars().any(char::is_alphanumeric)) {
        anyhow::bail!("no words to check\nhint: give a sentence, or a draft that quotes somebody between quotation marks");
    }
    Ok(claims)
}

/// How many have each verdict, and what was left out.
fn talk(verdicts: &[Verdict], left_out: Option<&str>) {
    let each = Verdict::NAMES.iter().filter_map(|(_, verdict)| {
        let count = verdicts.iter().filter(|found| *found == verdict).count();
        (count > 0).then(|| format!("{count} {}", verdict.in_words()))
    });
    eprintln!("{}: {}", of(verdicts.len(), "quotation"), each.collect::<Vec<_>>().join(", "));
    if let Some(left_out) = left_out {
        eprintln!("note: {}", clean(left_out));
    }
}
