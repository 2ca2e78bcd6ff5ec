//! `newshound serve`: the JSON service on a socket.

#[cfg(feature = "watch")]
mod corpus;

use super::Outcome;
use super::quotes::note_unprinted;
use crate::engine::{Engine, Place};
use crate::render::clean;
use crate::serve::{Doors, Service, ServiceLimits, bind, listen, router, runtime};
use anyhow::Context;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// How often the index is looked at for a new commit.
const LOOK: Duration = Duration::from_millis(500);

/// The shortest token that cannot be guessed by trying: 16 letters and digits are over 80 bits.
const SHORTEST_TOKEN: usize = 16;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  newshound serve\n  newshound serve --listen 0.0.0.0:8080 --token-file token --host archive.example"
)]
pub(super) struct Arguments {
    /// The index to search
    #[arg(long, default_value = "index", value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Place,
    #[command(flatten)]
    people: super::options::People,
    /// Keep the index up to date with this directory of articles
    #[cfg(feature = "watch")]
    #[arg(long, value_name = "CORPUS")]
    watch: Option<PathBuf>,
    /// Address and port to listen on; beyond this machine only with --token-file
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Answer only those who send the token in this file: `Authorization: Bearer TOKEN`
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// A host name that means this service, beside localhost; may be given several times
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// A site whose pages may ask from a browser, such as `https://desk.example`; may be given several times
    #[arg(long = "allow-origin", value_name = "URL", value_parser = origin)]
    origins: Vec<String>,
    /// Read the index for at most N requests at once [default: two for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    at_once: Option<u16>,
    /// Write no line for each request to stderr
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    alerts: super::alerts::AlertFolders,
    #[cfg(feature = "watch")]
    #[command(flatten)]
    receivers: super::alerts::AlertReceivers,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let token = token(arguments)?;
    let open = !arguments.listen.ip().is_loopback();
    if open && token.is_none() {
        anyhow::bail!(
            "{} can be reached from other machines\nhint: listen on 127.0.0.1, or give --token-file FILE",
            arguments.listen
        );
    }
    let mut limits = ServiceLimits::default();
    limits.at_once = arguments.at_once.map_or(limits.at_once, usize::from);
    let doors = Doors::new(&arguments.hosts, open, token.as_deref()).with_origins(&arguments.origins);
    let service = Service { doors, limits, alerts: arguments.alerts.to_serve(), log: !arguments.quiet };
    #[cfg(feature = "watch")]
    if arguments.watch.is_none() && arguments.receivers.are_there() {
        anyhow::bail!("nothing new is looked for without --watch CORPUS, so nobody can be told of it");
    }
    #[cfg(feature = "watch")]
    if let Some(corpus) = &arguments.watch {
        let alerts = arguments.alerts.follow(&arguments.receivers, corpus, &arguments.index, arguments.people.file.as_deref())?;
        corpus::follow(corpus, &arguments.index, alerts)?;
    }
    let engine: Arc<dyn Engine> = Arc::from(arguments.index.open_with(arguments.people.file.as_deref())? as Box<dyn Engine>);
    note_unprinted(&*engine);
    let runtime = runtime()?;
    let outcome = runtime.block_on(async {
        let listener =
            bind(arguments.listen).with_context(|| format!("listening on {}: give another with --listen", arguments.listen))?;
        let mut ended = signal(SignalKind::terminate()).context("listening for the signal to stop")?;
        eprintln!("listening on http://{}", listener.local_addr()?);
        let stop = async move {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = ended.recv() => {}
            }
        };
        tokio::spawn(follow(Arc::clone(&engine)));
        listen(listener, router(engine, service), limits.connections, stop).await;
        Ok(Outcome::Found)
    });
    #[cfg(feature = "watch")]
    corpus::stop();
    // A search that nobody waits for any more must not hold up the end.
    runtime.shutdown_timeout(Duration::from_secs(1));
    outcome
}

/// A scheme, a host and perhaps a port: what a browser sends as `Origin`.
fn origin(text: &str) -> Result<String, String> {
    let bare = text.trim_end_matches('/');
    let host = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte)) => {
            Ok(bare.to_owned())
        }
        _ => Err("give a scheme and a host, as in https://desk.example".to_owned()),
    }
}

/// The token alone in the file, white space round it left out.
fn token(arguments: &Arguments) -> anyhow::Result<Option<String>> {
    let Some(file) = &arguments.token_file else { return Ok(None) };
    let text = std::fs::read_to_string(file).with_context(|| format!("reading the token in {}", file.display()))?;
    let token = text.trim();
    if token.len() < SHORTEST_TOKEN || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        anyhow::bail!(
            "the token in {} is not {SHORTEST_TOKEN} or more printable ASCII characters without a space\nhint: make one with `openssl rand -hex 32`",
            file.display()
        );
    }
    Ok(Some(token.to_owned()))
}

/// Goes over to new commits of the index as they are made.
pub(super) async fn follow(engine: Arc<dyn Engine>) {
    let mut failing = false;
    loop {
        tokio::time::sleep(LOOK).await;
        let engine = Arc::clone(&engine);
        match tokio::task::spawn_blocking(move || engine.reload()).await {
            Ok(Ok(_)) => failing = false,
            Ok(Err(trouble)) if !failing => {
                failing = true;
                // Said once: the old commit goes on being searched.
                let said = trouble.to_string();
                let _ = std::io::Write::write_fmt(
                    &mut std::io::stderr(),
                    format_args!("newshound: {}\n", clean(said.lines().next().unwrap_or_default())),
                );
            }
            Ok(Err(_)) => {}
            Err(_) => return,
        }
    }
}
