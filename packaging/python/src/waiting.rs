//! Waits for an answer without holding Python up, and gives up when Python is told to (Ctrl-C).

use newshound::engine::Caller;
use pyo3::prelude::*;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// How long a Ctrl-C may go unseen; a look takes microseconds.
const LOOK: Duration = Duration::from_millis(50);

/// Runs `work` on a thread of its own; other threads of Python go on. On a signal that raises, `caller` leaves, and what was raised is given.
pub fn waited<T: Send>(py: Python<'_>, caller: &Caller, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| {
        let (send, done) = sync_channel(1);
        std::thread::scope(|scope| {
            let thread = scope.spawn(move || send.send(work()));
            loop {
                match done.recv_timeout(LOOK) {
                    Ok(answer) => return Ok(answer),
                    Err(RecvTimeoutError::Timeout) => {
                        if let Err(raised) = Python::attach(|py| py.check_signals()) {
                            caller.leave();
                            return Err(raised);
                        }
                    }
                    // It did not come to its end: the panic is ours.
                    Err(RecvTimeoutError::Disconnected) => match thread.join() {
                        Err(panic) => std::panic::resume_unwind(panic),
                        Ok(_) => unreachable!("an answer was sent"),
                    },
                }
            }
        })
    })
}
