//! `newshound serve`: the JSON service on a socket.

use super::Outcome;
use crate::engine::embedded::IndexReader;
use crate::serve::http::router;
use anyhow::Context;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The index to search
    #[arg(long, default_value = "index", value_name = "DIR")]
    index: PathBuf,
    /// Address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    if !arguments.listen.ip().is_loopback() {
        anyhow::bail!("{} can be reached from other machines\nhint: listen on 127.0.0.1", arguments.listen);
    }
    let engine = Arc::new(IndexReader::open(&arguments.index)?);
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(arguments.listen)
            .await
            .with_context(|| format!("listening on {}: give another with --listen", arguments.listen))?;
        eprintln!("listening on http://{}", listener.local_addr()?);
        let mut ended = signal(SignalKind::terminate()).context("listening for the signal to stop")?;
        let stop = async move {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = ended.recv() => {}
            }
        };
        axum::serve(listener, router(engine)).with_graceful_shutdown(stop).await?;
        Ok(Outcome::Found)
    })
}
