//! Sends what waits in an outbox, again and again until the receiver has it.

use crate::alerts::{Message, Outbox};
use crate::render::clean;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often is looked for new messages, and whether to stop.
const LOOK: Duration = Duration::from_millis(100);

/// The first wait after a failure; each next one is twice as long, up to five minutes.
const WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Whom messages are sent to.
pub(super) trait Receiver: Send {
    /// Its name in the folder of alerts.
    fn name(&self) -> &'static str;

    /// Sends a message; `stop` is set when whoever waits should give up.
    ///
    /// # Errors
    /// Why it was not taken: it is sent again.
    fn send(&self, message: &Message, stop: &AtomicBool) -> anyhow::Result<()>;
}

/// Sends until `stop` is set. A message that is not taken holds up the others, so that they come in their order.
pub(super) fn deliver(mut outbox: Outbox, receiver: &dyn Receiver, stop: &AtomicBool) {
    let mut wait = WAIT;
    while !stop.load(Ordering::Relaxed) {
        match step(&mut outbox, receiver, stop) {
            Ok(true) => wait = WAIT,
            Ok(false) => rest(LOOK, stop),
            Err(_) if stop.load(Ordering::Relaxed) => {}
            Err(error) => {
                let said = clean(&format!("{error:#}"));
                eprintln!("newshound: alerts for the {} wait: {said}; again in {} s", receiver.name(), wait.as_secs());
                rest(wait, stop);
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
    }
}

/// Sends one message; false when there is none.
fn step(outbox: &mut Outbox, receiver: &dyn Receiver, stop: &AtomicBool) -> anyhow::Result<bool> {
    let Some(message) = outbox.waiting()? else { return Ok(false) };
    receiver.send(message, stop)?;
    outbox.is_sent()?;
    Ok(true)
}

fn rest(wait: Duration, stop: &AtomicBool) {
    let began = Instant::now();
    while began.elapsed() < wait && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(LOOK.min(wait));
    }
}
