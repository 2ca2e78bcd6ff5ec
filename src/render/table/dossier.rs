//! What there is of one person, or of two, as CSV: a row for each figure, stretch, word, name and quotation.

use super::write_row;
use crate::dossier::{Dossier, Person};
use std::io::{self, Write};

const COLUMNS: [&str; 10] =
    ["person", "what", "name", "quotations", "articles", "quotations_once", "articles_once", "published", "outlet", "words"];

type Row = [String; COLUMNS.len()];

/// Writes the names of the columns and all rows. A stretch of which the index holds no article has empty cells, as has what is
/// counted of first printings where copies are not told apart. `root` is put before the paths.
///
/// # Errors
/// When `out` cannot be written to.
pub fn dossier(found: &Dossier, root: &str, out: &mut impl Write) -> io::Result<()> {
    write_row(out, COLUMNS.iter().map(|name| (*name).to_owned()))?;
    for (at, person) in found.people.iter().enumerate() {
        figures(person, out)?;
        for stretch in &found.stretches {
            let spoke = &stretch.spoke[at];
            let once = |count: usize| person.once.is_some().then_some(count);
            let counts = [Some(spoke.quotations), Some(spoke.articles), once(spoke.quotations_once), once(spoke.articles_once)];
            let told =
                |count: Option<usize>| count.filter(|_| !stretch.is_gap()).map_or(String::new(), |count| count.to_string());
            let counts = counts.map(told);
            write(person, out, "time", &stretch.name, counts, Default::default())?;
        }
        rows(person, root, out)?;
    }
    if let Some(partial) = &found.partial {
        write_row(out, row("", "partial", partial, Default::default(), Default::default()).into_iter())?;
    }
    let Some(both) = &found.both else { return Ok(()) };
    for shared in &both.latest {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let facts = &shared.facts;
        let last = [or_empty(&facts.published), or_empty(&facts.outlet), or_empty(&facts.headline)];
        let path = format!("{root}{}", shared.path);
        write_row(out, row("", "both", &path, Default::default(), last).into_iter())?;
    }
    Ok(())
}

fn figures(person: &Person, out: &mut impl Write) -> io::Result<()> {
    let counts = &person.counts;
    let once =
        |of: fn(&crate::dossier::Counts) -> usize| person.once.as_ref().map(|once| of(once).to_string()).unwrap_or_default();
    let all = [counts.quotations.to_string(), counts.articles.to_string(), once(|of| of.quotations), once(|of| of.articles)];
    let days = [person.speaker.first.clone(), person.speaker.last.clone()].map(Option::unwrap_or_default);
    write(person, out, "all", &person.speaker.names.join("; "), all, [days.join("/"), String::new(), String::new()])?;
    let kinds = [
        ("direct", counts.direct, once(|of| of.direct)),
        ("partial", counts.partial, once(|of| of.partial)),
        ("indirect", counts.indirect, once(|of| of.indirect)),
    ];
    for (name, each, once) in kinds {
        write(person, out, "kind", name, [each.to_string(), String::new(), once, String::new()], Default::default())?;
    }
    let reported = [String::new(), counts.reported_only.to_string(), String::new(), once(|of| of.reported_only)];
    write(person, out, "reported_only", "", reported, Default::default())
}

fn rows(person: &Person, root: &str, out: &mut impl Write) -> io::Result<()> {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |count: usize| count.to_string();
    for topic in &person.topics {
        let words = topic.example.as_ref().map_or_else(String::new, |example| example.text.clone());
        let example = topic.example.as_ref().map(|example| &example.facts);
        let last = [
            example.map_or_else(String::new, |facts| or_empty(&facts.published)),
            example.map_or_else(String::new, |facts| or_empty(&facts.outlet)),
            words,
        ];
        write(
            person,
            out,
            "word",
            &topic.term.word,
            [number(topic.quotations), String::new(), String::new(), String::new()],
            last,
        )?;
    }
    for term in &person.against {
        let counts = [number(term.quotations), String::new(), String::new(), String::new()];
        write(person, out, "against", &term.word, counts, Default::default())?;
    }
    for beside in &person.beside {
        let counts = [String::new(), number(beside.articles), String::new(), String::new()];
        write(person, out, "beside", &beside.name, counts, Default::default())?;
    }
    for outlet in &person.outlets {
        let counts = [number(outlet.quotations), number(outlet.articles), String::new(), String::new()];
        write(person, out, "outlet", &outlet.name, counts, Default::default())?;
    }
    for latest in &person.latest {
        let line = latest.location.line.map_or(String::new(), |line| format!(":{line}"));
        let place = format!("{root}{}{line}", latest.location.path);
        let last = [or_empty(&latest.facts.published), or_empty(&latest.facts.outlet), latest.text.clone()];
        write(person, out, "latest", &place, Default::default(), last)?;
    }
    Ok(())
}

fn write(
    person: &Person,
    out: &mut impl Write,
    what: &str,
    name: &str,
    counts: [String; 4],
    last: [String; 3],
) -> io::Result<()> {
    write_row(out, row(&person.speaker.name, what, name, counts, last).into_iter())
}

fn row(person: &str, what: &str, name: &str, counts: [String; 4], last: [String; 3]) -> Row {
    let [quotations, articles, quotations_once, articles_once] = counts;
    let [published, outlet, words] = last;
    [
        person.to_owned(),
        what.to_owned(),
        name.to_owned(),
        quotations,
        articles,
        quotations_once,
        articles_once,
        published,
        outlet,
        words,
    ]
}
