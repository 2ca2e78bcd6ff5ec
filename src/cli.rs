//! The command line: arguments, help and wiring.
//!
//! Exit status 0 found, 1 nothing found, 2 trouble; a closed pipe is a normal end. Results go to stdout, talk to stderr.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "answers go to stdout and talk to stderr here, and nowhere else")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "files named by arguments are opened here")]
#![allow(clippy::exit, reason = "a second Ctrl-C ends a run at once")]

mod alerts;
mod attribute;
mod check;
mod cite;
mod generate;
mod help;
mod index;
mod inspect;
#[cfg(feature = "serve")]
mod mcp;
mod quotes;
mod mistyped;
mod options;
mod output;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod speaker;
mod speakers;
mod status;
mod timeline;
mod trail;
mod verify;
#[cfg(feature = "watch")]
mod watch;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// A search engine for news archives: who said it, where, word for word.
#[derive(Parser)]
#[command(
    version,
    about,
    max_term_width = 100,
    after_help = "Example:  newshound search '\"long-term peace\"'\n`newshound help query` tells how to ask."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read a directory of articles into an index
    Index(index::Arguments),
    /// Keep an index up to date while articles come in
    #[cfg(feature = "watch")]
    Watch(watch::Arguments),
    /// Print what an index holds
    Status(status::Arguments),
    /// Say whether an index is whole, and repair it from its corpus
    Check(check::Arguments),
    /// Print the passages that answer a query, best first
    Search(search::Arguments),
    /// Print quotations, best first: who said what, where and when
    Quotes(quotes::Arguments),
    /// Print who is quoted, how often and when
    Speakers(speakers::Arguments),
    /// Print what somebody is quoted with, over time and beside whom; or compare two
    Speaker(speaker::Arguments),
    /// Print queries over time, beside how much was printed at all
    Timeline(timeline::Arguments),
    /// Say of quotations whether they are printed so, and where
    Verify(verify::Arguments),
    /// Print where words were printed first, and what became of them
    Trail(trail::Arguments),
    /// Print what was found for saved searches
    Alerts(alerts::Arguments),
    /// Print one article with its paragraphs numbered
    Show(show::Arguments),
    /// Answer searches over HTTP as JSON
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    /// Answer an assistant over stdin and stdout (Model Context Protocol)
    #[cfg(feature = "serve")]
    Mcp(mcp::Arguments),
    /// Print what newshound makes of files: the format and the articles in them
    Inspect(inspect::Arguments),
    /// Print the quotations of any text with their speakers, without an index
    Attribute(attribute::Arguments),
    /// Print what a shell completes the command line by
    Completions(generate::Completions),
    /// Print the manual pages
    Man(generate::Man),
}

/// How a command ended.
enum Outcome {
    /// It did or found what was asked.
    Found,
    /// Nothing was found.
    Nothing,
    /// A part of the archive did not answer, as was said.
    Partial,
}

/// Runs the command given by the process's arguments.
pub fn main() -> ExitCode {
    ExitCode::from(run(std::env::args_os().collect()))
}

/// Runs the command given by these arguments, of which the first is the program's name, and gives its exit status.
pub fn run(typed: Vec<OsString>) -> u8 {
    if typed.len() == 3 && typed[1] == "help" && typed[2] == "query" {
        return ended(help::query());
    }
    let mut command = Arguments::command();
    if let Some(message) = mistyped::refusal(&command, &typed) {
        return ended(Err(anyhow::anyhow!(message)));
    }
    let parsed = command.try_get_matches_from_mut(typed).and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed.map_err(|error| error.format(&mut command)) {
        Ok(arguments) => arguments,
        Err(error) => {
            let trouble = error.use_stderr();
            let _ = error.print();
            return if trouble { 2 } else { 0 };
        }
    };
    std::panic::set_hook(Box::new(tell));
    let run = || match arguments.command {
        Command::Index(arguments) => index::run(&arguments),
        #[cfg(feature = "watch")]
        Command::Watch(arguments) => watch::run(&arguments),
        Command::Status(arguments) => status::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Quotes(arguments) => quotes::run(&arguments),
        Command::Speakers(arguments) => speakers::run(&arguments),
        Command::Speaker(arguments) => speaker::run(&arguments),
        Command::Timeline(arguments) => timeline::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Trail(arguments) => trail::run(&arguments),
        Command::Alerts(arguments) => alerts::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(&arguments),
        #[cfg(feature = "serve")]
        Command::Mcp(arguments) => mcp::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Attribute(arguments) => attribute::run(&arguments),
        Command::Completions(arguments) => generate::completions(&arguments),
        Command::Man(arguments) => generate::man(&arguments),
    };
    ended(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).unwrap_or_else(|_| Err(anyhow::anyhow!(DAMAGED))))
}

/// The exit status of an outcome; what went wrong is said.
fn ended(outcome: anyhow::Result<Outcome>) -> u8 {
    match outcome {
        Ok(Outcome::Found) => 0,
        Ok(Outcome::Nothing) => 1,
        Ok(Outcome::Partial) => 2,
        Err(error) if is_closed_pipe(&error) => 0,
        Err(error) => {
            // Messages hold file names and text of articles, which are foreign.
            let message = format!("{error:#}");
            let lines: Vec<String> = message.lines().map(crate::render::clean).collect();
            eprintln!("newshound: {}", lines.join("\n"));
            2
        }
    }
}

/// What is said when the engine meets what it never wrote. Its files are not compared with their checksums at each search.
const DAMAGED: &str = "stopped: the index may be damaged\nhint: `newshound check` tells; if it is whole, this is a fault of newshound's: please report it";

/// A fault inside, in one line.
fn tell(panic: &std::panic::PanicHookInfo) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let payload = panic.payload();
    let said = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied());
    let said = said.and_then(|said| said.lines().next()).unwrap_or_default();
    eprintln!("newshound: a fault at {place}: {}", crate::render::clean(said));
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}

/// Threads to read and index with: one for each core.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
