//! `newshound alerts`: saved searches and what was found for them; and what `watch` and `serve --watch` do about them.

#[cfg(feature = "watch")]
mod command;
#[cfg(feature = "watch")]
mod deliver;
#[cfg(feature = "watch")]
mod feed;
#[cfg(feature = "watch")]
mod following;
#[cfg(feature = "watch")]
mod webhook;

#[cfg(feature = "watch")]
pub(super) use following::{AlertReceivers, Following};

use super::Outcome;
use super::output::{Output, Sink};
use crate::alerts::{Folder, Journal, SavedSearch};
use crate::query::Today;
use crate::render::clean;
use crate::render::json;
use crate::render::terminal::alert;
use std::io::Write;
use std::path::PathBuf;

/// Where saved searches are, and what was found for them.
#[derive(clap::Args, Default, Clone)]
#[command(next_help_heading = "Alerts")]
pub(super) struct AlertFolders {
    /// The folder of saved searches, to which what is new is put: files NAME.query, one query each
    #[arg(long, value_name = "DIR")]
    pub searches: Option<PathBuf>,
    /// The folder of what is found: alerts.jsonl, a line a passage, and alerts.atom
    #[arg(long, default_value = "alerts", value_name = "DIR")]
    pub alerts: PathBuf,
}

#[cfg(feature = "serve")]
impl AlertFolders {
    /// The folders as a service tells of them: nothing where nobody looks.
    pub fn to_serve(&self) -> Option<crate::serve::AlertFolders> {
        let AlertFolders { searches, alerts } = self.clone();
        (searches.is_some() || alerts.is_dir()).then_some(crate::serve::AlertFolders { searches, alerts })
    }
}

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 something was found, 1 nothing yet, 2 trouble.\n\nExamples:\n  newshound watch corpus --searches searches &\n  newshound alerts\n  newshound alerts ferries --json"
)]
pub(super) struct Arguments {
    /// Only of this saved search
    name: Option<String>,
    /// The folder of saved searches: files NAME.query, one query each, lines with # for remarks
    #[arg(long, default_value = "searches", value_name = "DIR")]
    searches: PathBuf,
    /// The folder of what was found
    #[arg(long, default_value = "alerts", value_name = "DIR")]
    alerts: PathBuf,
    /// Show at most N passages, the newest
    #[arg(short = 'n', long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// Print the saved searches, each as it is understood, and no passages
    #[arg(long)]
    list: bool,
    /// One JSON object per line, for other programs (see docs/json.md)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let style = arguments.output.style(false);
    let mut out = arguments.output.open(!arguments.json);
    if arguments.list {
        return list(arguments, out);
    }
    let journal = Journal::of(&arguments.alerts);
    let (mut before, mut left, mut shown) = (None, arguments.limit as usize, 0);
    loop {
        let page = journal.newest(before, left, arguments.name.as_deref())?;
        for (_, line) in &page.lines {
            if arguments.json {
                json::line(&mut out, line)?;
            } else {
                out.write_all(alert(line, style).as_bytes())?;
            }
        }
        shown += page.lines.len();
        left -= page.lines.len();
        before = page.next;
        if left == 0 || before.is_none() {
            break;
        }
    }
    out.finish()?;
    if shown == 0 {
        let dir = clean(&arguments.alerts.display().to_string());
        let of = arguments.name.as_deref().map_or(String::new(), |name| format!(" for {}", clean(name)));
        eprintln!("nothing was found{of} yet, or not told of in {dir}");
        eprintln!("hint: `newshound watch CORPUS --searches DIR` looks while articles come in");
    }
    Ok(if shown > 0 { Outcome::Found } else { Outcome::Nothing })
}

/// The saved searches as they are understood.
fn list(arguments: &Arguments, mut out: Sink) -> anyhow::Result<Outcome> {
    let folder = Folder::read(&arguments.searches, Today::from_clock())?;
    let wanted = |name: &str| arguments.name.as_deref().is_none_or(|only| only == name);
    let searches = folder.searches.iter().filter(|search| wanted(&search.name));
    for search in searches {
        if arguments.json {
            json::line(&mut out, &search.json())?;
        } else {
            writeln!(out, "{}", listed(search))?;
        }
    }
    out.finish()?;
    tell_refused(&folder);
    Ok(if folder.searches.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

fn listed(search: &SavedSearch) -> String {
    let comment = if search.comment.is_empty() { String::new() } else { format!("   # {}", clean(&search.comment)) };
    let notes: Vec<String> =
        search.complaints.iter().map(|complaint| format!("\n   note: {}", clean(&complaint.message))).collect();
    format!("{}   {}{comment}{}", clean(&search.name), clean(&search.query.to_string()), notes.concat())
}

/// Files that are no saved searches are said, whoever looks.
fn tell_refused(folder: &Folder) {
    for refused in &folder.refused {
        eprintln!("newshound: the saved search {} is left out: {}", clean(&refused.name), clean(&refused.why));
    }
}
