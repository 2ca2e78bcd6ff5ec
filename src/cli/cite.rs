//! `--cite`: finished citations.

use crate::render::cite::{Bibliography, CitationFormat};

#[derive(clap::Args)]
pub(super) struct Cite {
    /// Print citations: footnotes, or for programs that keep references
    #[arg(long, value_name = "FORMAT", value_parser = CitationFormat::NAMES, conflicts_with = "json")]
    cite: Option<String>,
    /// Where `newshound serve` answers, as http://127.0.0.1:8080: citations get a link that opens the passage
    #[arg(long, value_name = "URL", requires = "cite")]
    service: Option<String>,
}

impl Cite {
    /// What citations are written to, where they are asked for.
    pub fn bibliography(&self) -> Option<Bibliography> {
        let format = CitationFormat::named(self.cite.as_deref()?)?;
        Some(Bibliography::new(format, self.service.as_deref()))
    }
}
