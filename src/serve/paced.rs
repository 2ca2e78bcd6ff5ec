//! A connection whose reader has to keep a least pace: one that takes nothing, or a byte now and then, is closed.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// A stream that ends with an error when its reader is too slow.
pub(super) struct Paced<S> {
    stream: S,
    /// Least bytes in a window while we wait for the reader.
    least: u64,
    length: Duration,
    window: Pin<Box<Sleep>>,
    written: u64,
    waits: bool,
}

impl<S: AsyncWrite + Unpin> Paced<S> {
    pub fn new(stream: S, (least, length): (u64, Duration)) -> Paced<S> {
        Paced { stream, least, length, window: Box::pin(tokio::time::sleep(length)), written: 0, waits: false }
    }

    /// What came of writing; where that has to wait, whether the reader may be waited for any longer.
    fn paced(&mut self, came: Poll<io::Result<usize>>, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = came {
            self.written += written.as_ref().map_or(0, |bytes| *bytes as u64);
            // The window is over, and nobody was waited for at its end.
            self.waits &= Instant::now() < self.window.deadline();
            return Poll::Ready(written);
        }
        if !std::mem::replace(&mut self.waits, true) {
            self.begin();
        }
        while self.window.as_mut().poll(context).is_ready() {
            if self.written < self.least {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.begin();
        }
        Poll::Pending
    }

    fn begin(&mut self) {
        self.written = 0;
        self.window.as_mut().reset(Instant::now() + self.length);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let came = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.paced(came, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let came = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.paced(came, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// Writes 100 kB to a reader who takes so many bytes every 5 ms, of whom 1,000 are wanted every 50 ms.
    fn written_to(takes: usize) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        runtime.block_on(async {
            let (ours, mut theirs) = tokio::io::duplex(64);
            let mut paced = Paced::new(ours, (1_000, Duration::from_millis(50)));
            let reading = async {
                let mut buffer = vec![0; takes.max(1)];
                loop {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    for _ in 0..takes.div_ceil(64) {
                        let _ = theirs.read(&mut buffer).await;
                    }
                }
            };
            tokio::select! {
                written = paced.write_all(&[0; 100_000]) => written,
                () = reading => Ok(()),
            }
        })
    }

    #[test]
    fn a_reader_who_takes_nothing_or_little_is_left_and_a_slow_one_is_waited_for() {
        for takes in [0, 1] {
            assert_eq!(written_to(takes).unwrap_err().kind(), io::ErrorKind::TimedOut, "{takes} bytes at a time");
        }
        written_to(6_400).unwrap();
    }
}
