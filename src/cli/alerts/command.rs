//! A command that is started for each message, with the message on its standard input.

use super::deliver::Receiver;
use crate::alerts::Message;
use anyhow::{Context, bail};
use std::io::Write;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A command that takes longer is ended.
const LONGEST: Duration = Duration::from_secs(60);

const LOOK: Duration = Duration::from_millis(20);

pub(super) struct Command {
    line: String,
}

impl Command {
    /// `line` is given to the shell.
    pub fn new(line: &str) -> Command {
        Command { line: line.to_owned() }
    }
}

impl Receiver for Command {
    fn name(&self) -> &'static str {
        "command"
    }

    fn send(&self, message: &Message, stop: &AtomicBool) -> anyhow::Result<()> {
        let mut child = std::process::Command::new("sh")
            .args(["-c", &self.line])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .context("starting the command")?;
        let mut bytes = serde_json::to_vec(message)?;
        bytes.push(b'\n');
        // On a thread of its own: a command that reads nothing must not hold up the end.
        let input = child.stdin.take();
        // A command may close its input when it has read enough, and what it has started may keep it open: nobody waits for this thread.
        std::thread::spawn(move || input.map(|mut input| input.write_all(&bytes)));
        let status = wait(&mut child, stop)?;
        if !status.success() {
            bail!("the command ended with {status}");
        }
        Ok(())
    }
}

/// Waits until it has ended, or ends it.
fn wait(child: &mut Child, stop: &AtomicBool) -> anyhow::Result<ExitStatus> {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if began.elapsed() > LONGEST || stop.load(Ordering::Relaxed) {
            child.kill()?;
            child.wait()?;
            bail!("the command was ended after {} s", began.elapsed().as_secs());
        }
        std::thread::sleep(LOOK);
    }
}
