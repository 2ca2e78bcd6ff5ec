//! `newshound mcp`: the archive for an assistant, over stdin and stdout.

use super::Outcome;
use super::quotes::note_unprinted;
use crate::engine::{Engine, Place};
use crate::serve::{ServiceLimits, over_stdio, runtime};
use std::sync::Arc;
use std::time::Duration;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The index to search
    #[arg(long, default_value = "index", value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Place,
    #[command(flatten)]
    alerts: super::alerts::AlertFolders,
    #[command(flatten)]
    people: super::options::People,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let engine: Arc<dyn Engine> = Arc::from(arguments.index.open_with(arguments.people.file.as_deref())? as Box<dyn Engine>);
    note_unprinted(&*engine);
    let runtime = runtime()?;
    let ended = runtime.block_on(async {
        tokio::spawn(super::serve::follow(Arc::clone(&engine)));
        over_stdio(engine, ServiceLimits::default(), arguments.alerts.to_serve()).await
    });
    // Reading stdin cannot be broken off: the thread that does is left behind.
    runtime.shutdown_timeout(Duration::from_millis(200));
    ended?;
    Ok(Outcome::Found)
}
