//! `newshound check`: is the index whole? With `--repair`, what is damaged is read again from the corpus.

use super::Outcome;
use super::quotes::of;
use crate::engine::{Damage, Place};
use crate::indexing::Ledger;
use crate::render::clean;
use anyhow::bail;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The index
    #[arg(long, default_value = "index", value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Place,
    /// Read again from the corpus if anything is damaged
    #[arg(long)]
    repair: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let place = &arguments.index;
    let (damages, articles, ledger) = look(place)?;
    for damage in &damages {
        println!("{}", clean(&damage.to_string()));
    }
    if damages.is_empty() {
        println!("{articles} articles, all complete; every checksum is right");
        return Ok(Outcome::Found);
    }
    if arguments.repair {
        return repair(place, ledger);
    }
    let are = if damages.len() == 1 { "is" } else { "are" };
    let damaged = of(damages.len(), "thing");
    eprintln!("{damaged} {are} damaged\nhint: newshound check --index {} --repair", clean(&place.to_string()));
    Ok(Outcome::Nothing)
}

/// What is damaged, how many articles are there, and the ledger if it can be read.
fn look(place: &Place) -> anyhow::Result<(Vec<Damage>, usize, Option<Ledger>)> {
    let index = place.index()?;
    let mut damages = index.damaged_files()?;
    let (ledger, why) = match index.ledger() {
        Ok(Some(bytes)) => (Ledger::decode(&bytes), "the list of files: its checksum is wrong".to_owned()),
        Ok(None) => (None, "the list of files is not there".to_owned()),
        Err(trouble) => (None, trouble.to_string()),
    };
    if ledger.is_none() {
        damages.push(Damage::File(why));
    }
    // What is known to be damaged is not read.
    if !damages.is_empty() {
        return Ok((damages, 0, ledger));
    }
    let mut found = Vec::new();
    let ids = index.open(None)?.check(&mut |damage| found.push(damage))?;
    damages.extend(found);
    let mut listed: Vec<u64> = ledger.iter().flat_map(|ledger| ledger.files.values()).flat_map(|e| e.articles.clone()).collect();
    listed.sort_unstable();
    if ids != listed {
        let why = format!("{} articles are in the index, {} in the list of files", ids.len(), listed.len());
        damages.push(Damage::File(why));
    }
    Ok((damages, ids.len(), ledger))
}

/// Reads all corpora again: they hold what the index is made of, so that nothing needs to be saved from it.
fn repair(place: &Place, ledger: Option<Ledger>) -> anyhow::Result<Outcome> {
    let corpora = ledger.map(|ledger| ledger.corpora).unwrap_or_default();
    if corpora.is_empty() {
        let index = clean(&place.to_string());
        bail!("the list of files is damaged too\nhint: rebuild with `newshound index CORPUS --index {index} --rebuild`");
    }
    if let Some(missing) = corpora.iter().find(|corpus| !corpus.exists()) {
        bail!("the corpus {} is not there; nothing was repaired", missing.display());
    }
    place.index()?.remove()?;
    for corpus in &corpora {
        super::index::build(corpus, place)?;
    }
    let (damages, articles, _) = look(place)?;
    println!("{articles} articles read again");
    Ok(if damages.is_empty() { Outcome::Found } else { Outcome::Nothing })
}
