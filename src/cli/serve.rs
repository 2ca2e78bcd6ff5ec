//! `newshound serve`: the JSON service on a socket.

use super::Outcome;
use crate::engine::embedded::IndexReader;
use crate::serve::http::router;
use anyhow::Context;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

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
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        axum::serve(listener, router(engine)).with_graceful_shutdown(stop).await?;
        Ok(Outcome::Found)
    })
}
