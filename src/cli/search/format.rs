//! Passages as they come, written in the form that was asked for.

use crate::render::cite::{Bibliography, Citation};
use crate::render::concordance::{self, ConcordanceLine, LineOrder};
use crate::render::json::{self, PassageJson};
use crate::render::table;
use crate::render::terminal::{self, Root, Style};
use crate::results::RankedPassage;
use std::io::{self, Write};

/// What to print of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum OutputFormat {
    /// Passages for people
    Text,
    /// One JSON object per line, for other programs (see docs/json.md)
    Json,
    /// One row per mention, for spreadsheets
    Csv,
    /// Concordance: each mention in the middle of a line
    Kwic,
}

/// Writes passages to `out` in one format.
pub(in crate::cli) struct Printer<'a, W: Write> {
    pub format: OutputFormat,
    pub style: Style,
    /// The output is looked at, not kept.
    pub terminal: bool,
    /// What the lines are sorted by before any is printed; as their passages come if none.
    pub line_order: Option<LineOrder>,
    /// At most so many sorted lines are printed.
    pub most_lines: usize,
    /// What citations are written to, in the place of any format.
    pub bibliography: Option<Bibliography>,
    /// Put before paths.
    pub root: Root,
    pub out: &'a mut W,
    /// Concordance lines that wait to be sorted.
    pub waiting: Vec<ConcordanceLine>,
    /// How many were sorted.
    pub sorted: usize,
}

impl<W: Write> Printer<'_, W> {
    /// Writes what comes before the first passage.
    pub fn begin(&mut self) -> io::Result<()> {
        if self.format == OutputFormat::Csv { table::header(self.out) } else { Ok(()) }
    }

    pub fn passage(&mut self, passage: &RankedPassage) -> io::Result<()> {
        if let Some(bibliography) = &mut self.bibliography {
            return self.out.write_all(bibliography.add(&Citation::of_passage(passage)).as_bytes());
        }
        match self.format {
            OutputFormat::Text => self.out.write_all(terminal::passage(passage, &self.root, self.style).as_bytes()),
            OutputFormat::Json => json::line(self.out, &PassageJson::new(passage, self.style.explain)),
            OutputFormat::Csv => {
                let mut rows = Vec::new();
                table::rows(passage, &self.root.shown, &mut rows)?;
                if self.terminal {
                    rows = table::for_terminal(&rows);
                }
                self.out.write_all(&rows)
            }
            OutputFormat::Kwic => {
                let lines = concordance::lines(passage, &self.root.shown);
                if self.line_order.is_some() {
                    self.waiting.extend(lines);
                    return Ok(());
                }
                lines.iter().try_for_each(|line| self.line(line))
            }
        }
    }

    /// Writes what waits for the last passage.
    pub fn end(&mut self) -> io::Result<()> {
        if let Some(bibliography) = &self.bibliography {
            return self.out.write_all(bibliography.end().as_bytes());
        }
        let Some(order) = self.line_order else { return Ok(()) };
        let mut lines = std::mem::take(&mut self.waiting);
        concordance::sort(&mut lines, order, |line| line);
        self.sorted = lines.len();
        lines.iter().take(self.most_lines).try_for_each(|line| self.line(line))
    }

    fn line(&mut self, line: &ConcordanceLine) -> io::Result<()> {
        writeln!(self.out, "{}", concordance::print(line, self.style.width.max(40), self.style.colour))
    }
}
