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
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &self.line]).stdin(Stdio::piped()).stdout(Stdio::null());
        // What it starts is ended with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().context("starting the command")?;
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
            end(child)?;
            child.wait()?;
            bail!("the command was ended after {} s", began.elapsed().as_secs());
        }
        std::thread::sleep(LOOK);
    }
}

/// Ends it, and where the system lets us what it has started.
fn end(child: &mut Child) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        rustix::process::kill_process_group(group, rustix::process::Signal::KILL)?;
    }
    child.kill()
}
