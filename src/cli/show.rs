//! `newshound show`: one article of the index, with its paragraphs numbered and who speaks in them.

use super::Outcome;
use super::cite::Cite;
use crate::engine::Place;
use crate::quotation::quoted_in;
use crate::render::cite::Citation;
use crate::render::clean;
use crate::render::json;
use crate::source::inspect::inspect;
use std::io::{BufWriter, Write};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Id of an article, or of a passage or quotation in it, as search --json and quotes --json give them
    id: String,
    /// The index to read
    #[arg(long, default_value = "index", value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Place,
    /// One JSON object, as inspect --json gives it
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    cite: Cite,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let engine = arguments.index.open()?;
    let id = arguments.id.split('.').next().unwrap_or_default();
    let found = id.parse().map_or(Ok(None), |id| engine.article(id))?;
    let Some((article, quotations)) = found else {
        eprintln!("no article {} in {}", clean(id), clean(&arguments.index.to_string()));
        return Ok(Outcome::Nothing);
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    if let Some(bibliography) = arguments.cite.bibliography() {
        let Some(citation) = Citation::of_id(&arguments.id, &article, &quotations) else {
            eprintln!("no passage or quotation {} in {}", clean(&arguments.id), clean(&arguments.index.to_string()));
            return Ok(Outcome::Nothing);
        };
        out.write_all(bibliography.of(&[citation]).as_bytes())?;
        out.flush()?;
        return Ok(Outcome::Found);
    }
    if arguments.json {
        json::line(&mut out, &inspect(&article))?;
        out.flush()?;
        return Ok(Outcome::Found);
    }
    writeln!(out, "{}", clean(article.headline()))?;
    let dateline = article.dateline.as_ref().map(|dateline| dateline.span.of(&article.text));
    let published = article.published.as_ref().map(|published| published.date.as_str());
    let authors: Vec<&str> = article.bylines.iter().map(|byline| byline.name.as_str()).collect();
    let about: Vec<&str> = [dateline, published, article.outlet.as_deref()].into_iter().flatten().chain(authors).collect();
    writeln!(out, "{}", clean(&about.join(" · ")))?;
    writeln!(out, "{}#{}", clean(&article.source.path), article.source.record)?;
    for (number, paragraph) in article.paragraphs.iter().enumerate() {
        let line = article.origin.line(paragraph.span.start).map_or(String::new(), |line| format!("line {line}"));
        let speakers = quoted_in(&quotations, paragraph.span);
        let speaking = if speakers.is_empty() { String::new() } else { format!(", speaking: {}", speakers.join(", ")) };
        writeln!(out, "\n{:>4}  {}", number + 1, clean(paragraph.span.of(&article.text)))?;
        writeln!(out, "      {line}{}", clean(&speaking))?;
    }
    out.flush()?;
    Ok(Outcome::Found)
}
