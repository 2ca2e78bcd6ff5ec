//! How files are read: the options `--field`, `--date-order` and `--config`, and the `newshound.toml` of a corpus; and where the index
//! lies, and who is who in it: `--index` and `--people`.

use crate::engine::Place;
use crate::source;
use crate::source::DateOrder;
use crate::source::settings::Settings;
use anyhow::{Context, anyhow};
use clap::builder::{OsStringValueParser, TypedValueParser};
use std::path::{Path, PathBuf};

/// Reads what `--index` is given.
pub(super) fn place() -> impl TypedValueParser<Value = Place> {
    OsStringValueParser::new().try_map(|typed| match typed.to_str() {
        Some(text) => text.parse(),
        // Whatever the system takes for a name.
        None => Ok::<Place, String>(Place::directory(Path::new(&typed))),
    })
}

/// Who is who, as somebody says who knows.
#[derive(clap::Args, Default, Clone)]
pub(super) struct People {
    /// Names that are one person or are not, kept by hand [default: people.toml in the corpus]
    #[arg(id = "people", long = "people", value_name = "FILE", env = "NEWSHOUND_PEOPLE", hide_env_values = true)]
    pub file: Option<PathBuf>,
}

#[derive(clap::Args, Default, Clone)]
pub(super) struct ReadOptions {
    /// Which column or key holds a part of the article, if newshound does not see it: headline=Title
    #[arg(long = "field", value_name = "PART=COLUMN")]
    fields: Vec<String>,
    /// Order of day and month in dates such as 03/04/2025: day-first or month-first
    #[arg(long, value_name = "ORDER")]
    date_order: Option<DateOrder>,
    /// What is to be said about odd files [default: newshound.toml in the corpus]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl ReadOptions {
    /// How the files of `corpus` are to be read.
    pub fn of_corpus(&self, corpus: &Path) -> anyhow::Result<source::Options> {
        let settings = match &self.config {
            Some(file) => Settings::open(file)?,
            None => Settings::of_corpus(corpus)?.unwrap_or_default(),
        };
        let mut options = source::Options { settings, ..source::Options::default() };
        options.said.date_order = self.date_order;
        for field in &self.fields {
            let (part, column) =
                field.split_once('=').with_context(|| format!("--field {field}: write PART=COLUMN, as in headline=Title"))?;
            options.said.field(part, column, "--field").map_err(|message| anyhow!("--field {field}: {message}"))?;
        }
        Ok(options)
    }
}
