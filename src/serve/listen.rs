//! Connections: how many, how long they may keep us waiting, and how they end.

use super::paced::Paced;
use axum::Router;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// How long the head of a request may take to come, and how long a connection may be idle.
const HEAD: Duration = Duration::from_secs(10);

/// How long a connection may last altogether; a client opens another.
const LIFE: Duration = Duration::from_secs(3600);

/// Least that a reader who keeps us waiting has to take: so many bytes in so long. So long, because a reader's own system takes megabytes
/// ahead of him and then nothing until half of them are read: `curl --limit-rate 30k` takes nothing for 40 seconds at a time. He keeps nobody
/// out meanwhile: a stream that waits gives way to the next (`streams`), and so does the oldest connection.
const PACE: (u64, Duration) = (100_000, Duration::from_secs(300));

/// How long answers under way may take once the service is told to stop.
const FAREWELL: Duration = Duration::from_secs(8);

/// The open connections: so many have a place, and the oldest is told to close when one more comes.
struct OpenConnections {
    free: Arc<Semaphore>,
    /// The oldest first.
    oldest: Mutex<VecDeque<Arc<Notify>>>,
}

impl OpenConnections {
    fn with_room_for(most: usize) -> Arc<Self> {
        Arc::new(Self { free: Arc::new(Semaphore::new(most.clamp(1, Semaphore::MAX_PERMITS))), oldest: Mutex::default() })
    }

    /// A place for a new connection. Where all are taken the oldest gives up its own: its file is closed before this one is answered, however
    /// busy the machine, so that the files open stay within the limit.
    async fn place(self: &Arc<Self>) -> Option<Place> {
        let permit = match Arc::clone(&self.free).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => {
                if let Some(oldest) = self.list().pop_front() {
                    oldest.notify_one();
                }
                Arc::clone(&self.free).acquire_owned().await.ok()?
            }
        };
        let close = Arc::new(Notify::new());
        self.list().push_back(Arc::clone(&close));
        Some(Place { close, open: Arc::clone(self), _permit: permit })
    }

    fn list(&self) -> MutexGuard<'_, VecDeque<Arc<Notify>>> {
        self.oldest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one connection, free again when dropped.
struct Place {
    /// Told when the connection is to close.
    close: Arc<Notify>,
    open: Arc<OpenConnections>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.list().retain(|other| !Arc::ptr_eq(other, &self.close));
    }
}

/// What the system may take of an answer before its reader does, in bytes; left to itself it takes megabytes.
const AHEAD: u32 = 64 << 10;

/// How long a thread that searches may be idle before it ends. Until then it keeps the memory that its last search took, and a service
/// whose questions go from thread to thread would hold that of several.
const IDLE: Duration = Duration::from_millis(100);

/// What a service runs on.
///
/// # Errors
/// Those of the system: no threads are to be had.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().thread_keep_alive(IDLE).build()
}

/// Listens on `address`.
///
/// # Errors
/// Those of the system: somebody else listens there, or it is no address of this machine.
pub fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(cfg!(unix))?;
    // Connections have what the listener has.
    socket.set_send_buffer_size(AHEAD)?;
    socket.bind(address)?;
    socket.listen(1024)
}

/// Answers connections to `listener` with `router` until `stop` ends; then finishes what is under way, for at most
/// eight seconds. Beyond `most` open connections the oldest is closed.
pub async fn listen(listener: TcpListener, router: Router, most: usize, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let open = OpenConnections::with_room_for(most);
    let mut stop = std::pin::pin!(stop);
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                // Mostly too many open files: others may close in a moment.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        if let Some(place) = open.place().await {
            answer(stream, router.clone(), &graceful, place);
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
}

fn answer(stream: TcpStream, router: Router, graceful: &GracefulShutdown, place: Place) {
    let _ = stream.set_nodelay(true);
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(64 << 10)
        .serve_connection(TokioIo::new(Paced::new(stream, PACE)), TowerToHyperService::new(router));
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        tokio::select! {
            _ = connection => {}
            () = place.close.notified() => {}
            () = tokio::time::sleep(LIFE) => {}
        }
        drop(place);
    });
}
