//! `newshound serve` as a process of its own, and what the system says of it.

use crate::client::Client;
use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

pub struct Server {
    child: Child,
    pub address: String,
    /// Kept open: a server whose log ends in a closed pipe would lose its lines.
    _log: BufReader<ChildStderr>,
}

/// The program, built beside this example.
pub fn newshound() -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let program = here.parent().and_then(Path::parent).map(|dir| dir.join("newshound")).filter(|program| program.exists());
    program.context("there is no newshound beside the examples; `cargo build --release` makes it")
}

/// Kilobytes that a process has in memory: of its own, and with the pages of files that the system keeps for it.
pub fn memory_of(process: u32) -> Result<(usize, usize)> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let of = |name: &str| -> usize {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()).and_then(|kb| kb.parse().ok()).unwrap_or(0)
    };
    Ok((of("RssAnon:"), of("VmRSS:")))
}

impl Server {
    /// A server of `index` on a free port.
    pub fn start(index: &Path) -> Result<Server> {
        let mut child = Command::new(newshound()?)
            .args(["serve", "--quiet", "--listen", "127.0.0.1:0", "--index"])
            .arg(index)
            .stderr(Stdio::piped())
            .spawn()?;
        let mut log = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            ensure!(log.read_line(&mut line)? > 0, "newshound serve ended");
        }
        let address = line.trim().rsplit("http://").next().unwrap_or_default().to_owned();
        Ok(Server { child, address, _log: log })
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kilobytes in memory: that of its own, and with the pages of the index that the system keeps for it.
    pub fn memory(&self) -> Result<(usize, usize)> {
        memory_of(self.id())
    }

    /// Open files and sockets.
    pub fn files(&self) -> Result<usize> {
        Ok(std::fs::read_dir(format!("/proc/{}/fd", self.child.id()))?.count())
    }

    /// A figure of `/metrics`.
    pub fn figure(&self, name: &str) -> Result<u64> {
        let (_, body) = Client::new(&self.address).get("/metrics")?;
        let body = String::from_utf8(body)?;
        let figure = body.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok());
        figure.with_context(|| format!("no {name} in /metrics"))
    }

    /// Asks it to stop; gives the seconds that took.
    pub fn stop(mut self) -> Result<f64> {
        let began = std::time::Instant::now();
        ensure!(Command::new("kill").arg(self.child.id().to_string()).status()?.success(), "kill");
        let status = self.child.wait()?;
        if !status.success() {
            bail!("newshound serve ended with {status}");
        }
        Ok(began.elapsed().as_secs_f64())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
