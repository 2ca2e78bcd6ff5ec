//! What an index is written to and read from: tantivy's directory of mapped files, with a seal of ours on every file.
//!
//! A seal is the XXH3 hash of all that stands before it and of the file's name, so that two files that changed places are found: 8 bytes, little-endian, at the end of every file of a segment; 16
//! hexadecimal digits and a line end at the end of `meta.json` and `.managed.json`, which have no checksum of tantivy's. It is
//! part of the file, so that no crash can come between the two. A file that is replaced is durable when that returns: tantivy
//! leaves the name of a new `meta.json` to be written by the system some time, and goes on to remove what the old one needs.

use crate::engine::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, FileSlice, Lock, META_LOCK, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{HasLen, TantivyError};
use xxhash_rust::xxh3::Xxh3Default;

/// The directory with tantivy's files.
const SEGMENTS: &str = "segments";
/// tantivy's list of the segments of a commit.
const LIST: &str = "meta.json";
/// Bytes of the seal of a segment's file.
pub(in crate::engine::embedded) const SEAL: usize = 8;
/// Bytes of the seal of a file that is replaced as a whole.
const LINE: usize = 17;

/// What is done to a file of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// A new file is made.
    Create,
    /// Bytes are added to it.
    Write,
    /// Its bytes are made durable.
    Sync,
    /// A file, new or old, gets other content as a whole; the bytes are durable, the name is not.
    Replace,
    /// The names of a directory are made durable.
    SyncDirectory,
    /// A file is removed.
    Remove,
    /// A file is opened and read.
    Read,
}

/// Stands between an index and its disk, for tests of what an index survives.
pub trait Faults: Send + Sync + 'static {
    /// Told of every operation before it is done.
    ///
    /// # Errors
    /// What the operation shall fail with; it is not done then.
    fn before(&self, operation: Operation, path: &Path) -> io::Result<()>;
}

/// The files of an index.
#[derive(Clone)]
pub(in crate::engine::embedded) struct Disk {
    dir: PathBuf,
    segments: PathBuf,
    files: MmapDirectory,
    faults: Option<Arc<dyn Faults>>,
    /// The first operation that failed: tantivy tells of a thread that ended, not why.
    failed: Arc<Mutex<Option<(io::ErrorKind, String)>>>,
    /// A commit's list of segments could not be written: see [`Disk::replace`].
    stuck: Arc<AtomicBool>,
}

/// Bytes behind their XXH3 hash (8 bytes, little-endian), as files of our own have it.
pub(in crate::engine::embedded) fn with_hash(bytes: &[u8]) -> Vec<u8> {
    [&xxhash_rust::xxh3::xxh3_64(bytes).to_le_bytes(), bytes].concat()
}

/// What stands behind a hash; nothing when it is another one.
pub(in crate::engine::embedded) fn behind_hash(bytes: &[u8]) -> Option<&[u8]> {
    let (hash, bytes) = bytes.split_first_chunk()?;
    (u64::from_le_bytes(*hash) == xxhash_rust::xxh3::xxh3_64(bytes)).then_some(bytes)
}

impl Disk {
    /// The index in `dir`, whose directory of segments is there.
    pub fn open(dir: &Path, faults: Option<Arc<dyn Faults>>) -> Result<Disk, Error> {
        let segments = dir.join(SEGMENTS);
        let files = MmapDirectory::open(&segments).map_err(|error| failed(dir, error.into()))?;
        Ok(Disk { dir: dir.to_owned(), segments, files, faults, failed: Arc::default(), stuck: Arc::default() })
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// tantivy's error in the terms of the trait; a disk that failed is named, whatever tantivy makes of it.
    pub fn failed(&self, error: TantivyError) -> Error {
        match self.failed.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            Some((kind, what)) if is_forbidden(kind) => Error::Forbidden(self.dir.clone(), what),
            Some((_, what)) => Error::Disk(self.dir.clone(), what),
            None => failed(&self.dir, error),
        }
    }

    /// Does one thing, unless it is to fail, and remembers the first failure of the disk.
    fn does<T>(&self, operation: Operation, path: &Path, what: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let faults = self.faults.as_ref();
        let done = faults.map_or(Ok(()), |faults| faults.before(operation, path)).and_then(|()| what());
        done.inspect_err(|error| {
            if is_of_disk(error) {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
                failed.get_or_insert_with(|| (error.kind(), format!("{name}: {error}")));
            }
        })
    }

    /// Writes a file beside the segments so that it is there as a whole or not at all, whatever happens, and stays.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.dir.join(name);
        let written = self.does(Operation::Replace, &path, || {
            let temporary = self.dir.join(format!("{name}.new"));
            let mut file = File::create(&temporary)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            std::fs::rename(temporary, &path)
        });
        let written = written.and_then(|()| self.does(Operation::SyncDirectory, &self.dir, || File::open(&self.dir)?.sync_all()));
        written.map_err(|error| from_io(&self.dir, name, &error))
    }

    /// Removes a file beside the segments; true when that was done.
    pub fn remove(&self, name: &str) -> bool {
        let path = self.dir.join(name);
        self.does(Operation::Remove, &path, || std::fs::remove_file(&path)).is_ok()
    }

    /// Removes what a killed writer left half replaced. Only for who has the lock.
    pub fn sweep(&self) {
        let names = std::fs::read_dir(&self.segments).into_iter().flatten().flatten();
        for entry in names.filter(|entry| entry.file_name().to_string_lossy().starts_with(".tmp")) {
            let _ = std::fs::remove_file(entry.path());
        }
    }

    /// True when the seal of a segment's file is right.
    pub fn is_sealed(&self, name: &str) -> io::Result<bool> {
        let bytes = std::fs::read(self.segments.join(name))?;
        Ok(bytes.split_last_chunk().is_some_and(|(body, seal)| sum_of(body, name) == u64::from_le_bytes(*seal)))
    }

    /// Gives a file other content as a whole. Where that of [`LIST`] failed it is not tried again: tantivy has gone on to the segments of that
    /// commit by then, and a merge that ends later would write some of them under the name of the commit before.
    fn replace(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let sealed = [data, line_of(data, path).as_bytes()].concat();
        // Not by tantivy, whose file nobody but its owner may read: who may read an index is for the umask to say.
        self.does(Operation::Replace, &self.segments.join(path), || {
            let temporary = self.segments.join(format!(".tmp-{}", path.display()));
            let mut file = File::create(&temporary)?;
            file.write_all(&sealed)?;
            file.sync_all()?;
            std::fs::rename(temporary, self.segments.join(path))
        })?;
        // Without its newest names the list of files only remembers files that are gone.
        if path.to_string_lossy().starts_with('.') { Ok(()) } else { self.sync_directory() }
    }

    fn read_error(path: &Path, error: io::Error) -> OpenReadError {
        match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(error, path.to_owned()),
        }
    }
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Disk({})", self.dir.display())
    }
}

/// A file of tantivy's that is replaced as a whole, without its seal.
pub(in crate::engine::embedded) fn unsealed(mut bytes: Vec<u8>, path: &Path) -> io::Result<Vec<u8>> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, "its checksum is wrong");
    let (body, seal) = bytes.split_at_checked(bytes.len().saturating_sub(LINE)).ok_or_else(wrong)?;
    if seal != line_of(body, path).as_bytes() {
        return Err(wrong());
    }
    bytes.truncate(bytes.len() - LINE);
    Ok(bytes)
}

fn line_of(body: &[u8], path: &Path) -> String {
    format!("{:016x}\n", sum_of(body, &path.to_string_lossy()))
}

/// The hash of a file's content and name.
fn sum_of(body: &[u8], name: &str) -> u64 {
    let mut hash = Xxh3Default::new();
    hash.update(body);
    hash.update(name.as_bytes());
    hash.digest()
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let full = self.segments.join(path);
        let read = self.does(Operation::Read, &full, || match self.files.open_read(path) {
            Ok(file) if file.len() < SEAL => Err(io::Error::new(io::ErrorKind::InvalidData, "it is cut short")),
            Ok(file) => Ok(file.slice_to(file.len() - SEAL)),
            Err(error) => Err(io_of_read(error)),
        });
        let file: FileSlice = read.map_err(|error| Disk::read_error(path, error))?;
        Ok(Arc::new(file))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let done = self.does(Operation::Remove, &self.segments.join(path), || match self.files.delete(path) {
            Err(DeleteError::FileDoesNotExist(_)) => Err(io::ErrorKind::NotFound.into()),
            Err(DeleteError::IoError { io_error, .. }) => Err(copied(&io_error)),
            Ok(()) => Ok(()),
        });
        done.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => DeleteError::FileDoesNotExist(path.to_owned()),
            _ => DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() },
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let full = self.segments.join(path);
        let made = self.does(Operation::Create, &full, || match self.files.open_write(path) {
            Err(OpenWriteError::FileAlreadyExists(_)) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(OpenWriteError::IoError { io_error, .. }) => Err(copied(&io_error)),
            Ok(file) => file.into_inner().map_err(|error| error.into_error()),
        });
        let file = made.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(error, path.to_owned()),
        })?;
        Ok(BufWriter::new(Box::new(Sealing { file, disk: self.clone(), path: full, hash: Xxh3Default::new() })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let full = self.segments.join(path);
        let read = self.does(Operation::Read, &full, || unsealed(self.files.atomic_read(path).map_err(io_of_read)?, path));
        read.map_err(|error| Disk::read_error(path, error))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path != Path::new(LIST) {
            return self.replace(path, data);
        }
        if self.stuck.load(Ordering::Acquire) {
            return Err(io::Error::other("it could not be written before"));
        }
        self.replace(path, data).inspect_err(|_| self.stuck.store(true, Ordering::Release))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.does(Operation::SyncDirectory, &self.segments, || self.files.sync_directory())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let taken = self.files.acquire_lock(lock);
        match taken {
            // Who only reads, where nothing may be written, does without: what it opens may vanish then, and is looked for again.
            Err(LockError::IoError(error)) if is_forbidden(error.kind()) && lock.filepath == META_LOCK.filepath => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            taken => taken,
        }
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

/// Writes a file and its seal.
struct Sealing {
    file: Box<dyn TerminatingWrite + Send + Sync>,
    disk: Disk,
    path: PathBuf,
    hash: Xxh3Default,
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let file = &mut self.file;
        let written = self.disk.does(Operation::Write, &self.path, || file.write(bytes))?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Sealing {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.hash.update(self.path.file_name().unwrap_or_default().to_string_lossy().as_bytes());
        let (file, seal) = (&mut self.file, self.hash.digest().to_le_bytes());
        self.disk.does(Operation::Write, &self.path, || file.write_all(&seal))?;
        self.disk.does(Operation::Sync, &self.path, || file.terminate_ref(token))
    }
}

fn copied(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| io::Error::new(error.kind(), error.to_string()), io::Error::from_raw_os_error)
}

fn io_of_read(error: OpenReadError) -> io::Error {
    match error {
        OpenReadError::FileDoesNotExist(_) => io::ErrorKind::NotFound.into(),
        OpenReadError::IoError { io_error, .. } => copied(&io_error),
        error => io::Error::new(io::ErrorKind::InvalidData, error.to_string()),
    }
}

/// True when the disk failed; what is there but is not as it should be, or is not there, is damage of the index.
fn is_of_disk(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, InvalidData, InvalidInput, NotFound, UnexpectedEof};
    !matches!(error.kind(), NotFound | AlreadyExists | InvalidData | InvalidInput | UnexpectedEof)
}

/// True when it is not for us to write there.
fn is_forbidden(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// What is to be told of a file that could not be read or written.
pub(in crate::engine::embedded) fn from_io(dir: &Path, name: &str, error: &io::Error) -> Error {
    let what = format!("{name}: {error}");
    if is_forbidden(error.kind()) {
        return Error::Forbidden(dir.to_owned(), what);
    }
    if is_of_disk(error) { Error::Disk(dir.to_owned(), what) } else { Error::Broken(dir.to_owned(), what) }
}

/// tantivy's error in the terms of the trait.
pub(in crate::engine::embedded) fn failed(dir: &Path, error: TantivyError) -> Error {
    use tantivy::directory::error::OpenDirectoryError;
    let (io, name) = match &error {
        TantivyError::LockFailure(LockError::LockBusy, _) => return Error::Locked(dir.to_owned()),
        TantivyError::LockFailure(LockError::IoError(error), _) => (error, "lock".into()),
        TantivyError::IoError(error) => (error, "a file".into()),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => (io_error, filepath.to_string_lossy()),
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => (io_error, SEGMENTS.into()),
        _ => return Error::Broken(dir.to_owned(), error.to_string()),
    };
    from_io(dir, &name, io)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails at one operation, and at no other.
    struct Once(Operation, AtomicBool);

    impl Faults for Once {
        fn before(&self, operation: Operation, _: &Path) -> io::Result<()> {
            let fails = operation == self.0 && !self.1.swap(true, Ordering::SeqCst);
            if fails { Err(io::Error::from_raw_os_error(5)) } else { Ok(()) }
        }
    }

    #[test]
    fn a_list_of_segments_that_could_not_be_written_is_not_written_later() {
        for operation in [Operation::Replace, Operation::SyncDirectory] {
            let dir = tempfile::tempdir().unwrap();
            std::fs::create_dir(dir.path().join(SEGMENTS)).unwrap();
            let list = Path::new(LIST);
            Disk::open(dir.path(), None).unwrap().atomic_write(list, b"first").unwrap();
            let disk = Disk::open(dir.path(), Some(Arc::new(Once(operation, AtomicBool::new(false))))).unwrap();
            assert!(disk.atomic_write(list, b"second").is_err());
            let left = disk.atomic_read(list).unwrap();
            // A merge that ends after the commit that failed.
            assert!(disk.clone().atomic_write(list, b"third").is_err());
            assert_eq!(disk.atomic_read(list).unwrap(), left);
            disk.atomic_write(Path::new(".managed.json"), b"others may").unwrap();
            // Who opens the index anew begins with what is there.
            Disk::open(dir.path(), None).unwrap().atomic_write(list, b"third").unwrap();
            assert_eq!(disk.atomic_read(list).unwrap(), b"third");
        }
    }
}
