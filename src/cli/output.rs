//! Where answers go: as they come, or through a pager where they are looked at on a terminal; in colour and with links where that is
//! wanted.

use super::search::columns;
use crate::engine::IndexEngine;
use crate::render::terminal::{Root, Style};
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

#[derive(clap::Args, Default)]
pub(super) struct Output {
    /// Colours, and links from a place to its file
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: When,
    /// Print at once, not through a pager
    #[arg(long)]
    no_pager: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum When {
    #[default]
    /// On a terminal, unless NO_COLOR is set or TERM is dumb
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Output {
    /// How to print to standard output.
    pub fn style(&self, explain: bool) -> Style {
        let terminal = is_terminal();
        let wanted = |name: &str| std::env::var_os(name).is_none_or(|value| value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colour = match self.color {
            When::Auto => terminal && wanted("NO_COLOR") && !dumb,
            When::Always => true,
            When::Never => false,
        };
        Style { colour, width: if terminal { columns() } else { 100 }, explain }
    }

    /// Standard output, through a pager if `read` by a person.
    pub fn open(&self, read: bool) -> Sink {
        let pager = if read && !self.no_pager && is_terminal() { pager() } else { None };
        pager.unwrap_or_else(|| Sink::Plain(BufWriter::new(io::stdout())))
    }
}

/// Is standard output looked at, not kept?
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Where the files of the index's corpus lie: as put before their paths, relative to here where that is shorter, and as an address.
pub(super) fn root(engine: &dyn IndexEngine) -> Root {
    let Some(corpus) = engine.corpus() else { return Root::default() };
    let here = std::env::current_dir().unwrap_or_default();
    let shown = corpus.strip_prefix(&here).unwrap_or(corpus);
    if !corpus.is_dir() || shown.as_os_str().is_empty() {
        return Root::default();
    }
    let whole = here.join(corpus);
    Root { shown: format!("{}/", shown.display()), whole: whole.to_str().map(|whole| format!("{whole}/")) }
}

/// Standard output, or a pager's standard input.
pub(super) enum Sink {
    Plain(BufWriter<io::Stdout>),
    Paged(Pager),
}

/// A pager that runs; what is written to it is shown a screen at a time.
pub(super) struct Pager {
    child: Child,
    out: Option<BufWriter<ChildStdin>>,
}

/// The pager of the user's choice, or less; none where neither can be had. `less` ends by itself where all fits on the screen.
fn pager() -> Option<Sink> {
    let chosen = ["NEWSHOUND_PAGER", "PAGER"].iter().find_map(std::env::var_os);
    let chosen = chosen.unwrap_or_else(|| OsString::from("less"));
    let mut words = chosen.to_str()?.split_whitespace();
    let mut command = Command::new(words.next().filter(|word| *word != "cat")?);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let mut child = command.spawn().ok()?;
    let out = child.stdin.take().map(BufWriter::new);
    Some(Sink::Paged(Pager { child, out }))
}

impl Sink {
    /// Hands over what is left, and waits for whoever reads it in a pager.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Sink::Plain(mut out) => out.flush(),
            Sink::Paged(mut pager) => {
                let flushed = pager.out.take().map_or(Ok(()), |mut out| out.flush());
                pager.child.wait()?;
                flushed
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Plain(out) => out.write(bytes),
            Sink::Paged(pager) => pager.out.as_mut().map_or(Ok(bytes.len()), |out| out.write(bytes)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Plain(out) => out.flush(),
            Sink::Paged(pager) => pager.out.as_mut().map_or(Ok(()), Write::flush),
        }
    }
}

impl Drop for Pager {
    /// Also where an error ends the command: its message comes after what was shown.
    fn drop(&mut self) {
        drop(self.out.take());
        let _ = self.child.wait();
    }
}
