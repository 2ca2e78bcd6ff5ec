//! What an index costs: a command that builds one, and where; seconds, memory and bytes.

use crate::measured::{Times, clocked};
use newshound::engine::embedded::size;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How an index is built.
pub struct Index {
    pub command: Command,
    pub at: PathBuf,
}

/// What that took.
pub struct Built {
    pub times: Times,
    /// The most memory held at a time, files mapped into it with it.
    pub resident: f64,
    pub bytes: f64,
}

/// How often an index is built: a large one takes minutes, and what it costs varies less.
pub fn times(mb: usize, runs: usize) -> usize {
    (750 / mb.max(1)).clamp(1, runs.max(1))
}

/// Builds the index anew.
pub fn build(mut index: Index) -> Built {
    let _ = fs::remove_dir_all(&index.at);
    index.command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut resident = 0.0;
    let times = clocked(|| resident = run(&mut index.command));
    Built { times, resident, bytes: size(&index.at).expect("an index") as f64 }
}

/// Runs a command that must not fail; gives the most bytes that it held.
fn run(command: &mut Command) -> f64 {
    let mut child = command.spawn().expect("the command starts");
    let resident = watched(&mut child);
    let status = child.wait().expect("it has ended");
    assert!(status.success(), "{command:?} failed");
    resident
}

/// The most bytes that a process holds until it ends.
fn watched(child: &mut Child) -> f64 {
    let mut most = 0;
    while child.try_wait().expect("it is ours").is_none() {
        most = most.max(resident(child.id()));
        std::thread::sleep(Duration::from_millis(5));
    }
    most as f64
}

/// Its own mark of the most it held (proc_pid_status(5)).
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) << 10
}
