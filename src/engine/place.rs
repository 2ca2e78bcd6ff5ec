//! Where an index lies, and which engine keeps it there: the one place that decides.

use super::embedded::Directory;
use super::{Engine, Error, Intake, Share};
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

/// How the address of an index on a cluster begins.
const CLUSTER: &str = "opensearch+";

/// Where an index lies, as it is said on the command line: a directory, or `opensearch+http://HOST:PORT/NAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(Kept);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kept {
    Directory(Directory),
    #[cfg(feature = "opensearch")]
    Cluster(super::opensearch::Address),
}

impl Place {
    /// The index in a directory.
    pub fn directory(path: &Path) -> Place {
        Place(Kept::Directory(Directory::new(path)))
    }

    /// What can be done with the index there.
    ///
    /// # Errors
    /// [`Error`] when the place itself cannot be used.
    pub fn index(&self) -> Result<Box<dyn Index>, Error> {
        match &self.0 {
            Kept::Directory(directory) => Ok(Box::new(directory.clone())),
            #[cfg(feature = "opensearch")]
            Kept::Cluster(address) => Ok(Box::new(super::opensearch::ClusterIndex::new(address)?)),
        }
    }

    /// Opens the index there to answer from it. Who is who is told with the `people.toml` of its corpus, if there is one.
    ///
    /// # Errors
    /// [`Error::NoIndex`], [`Error::OtherVersion`], [`Error::People`], or why it cannot be read.
    pub fn open(&self) -> Result<Box<dyn IndexEngine>, Error> {
        self.open_with(None)
    }

    /// The same with the file of people that is named, if one is.
    ///
    /// # Errors
    /// As [`Place::open`].
    pub fn open_with(&self, people: Option<&Path>) -> Result<Box<dyn IndexEngine>, Error> {
        self.index()?.open(people)
    }

    /// The directory it lies in, if it is one of this machine.
    pub fn as_directory(&self) -> Option<&Path> {
        match &self.0 {
            Kept::Directory(directory) => Some(directory.path()),
            #[cfg(feature = "opensearch")]
            Kept::Cluster(_) => None,
        }
    }
}

impl FromStr for Place {
    type Err = String;

    fn from_str(typed: &str) -> Result<Place, String> {
        let Some(address) = typed.strip_prefix(CLUSTER) else { return Ok(Place::directory(Path::new(typed))) };
        #[cfg(feature = "opensearch")]
        return address.parse().map(|address| Place(Kept::Cluster(address)));
        #[cfg(not(feature = "opensearch"))]
        return Err(format!("this newshound was built without OpenSearch, and cannot reach {address}"));
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kept::Directory(directory) => directory.path().display().fmt(f),
            #[cfg(feature = "opensearch")]
            Kept::Cluster(address) => address.fmt(f),
        }
    }
}

/// An index where it lies, whether there is one or not yet.
pub trait Index: Send + Sync {
    /// Opens it to answer from it, with what the file `people` says of who is who, or else that of its corpus.
    ///
    /// # Errors
    /// [`Error::NoIndex`], [`Error::OtherVersion`], [`Error::People`], or why it cannot be read.
    fn open(&self, people: Option<&Path>) -> Result<Box<dyn IndexEngine>, Error>;

    /// Opens it to write to it, making it when there is none. `memory` is what the program may take as a whole, in bytes. An index on a
    /// cluster is written by several at once if each has another `share`.
    ///
    /// # Errors
    /// [`Error::Locked`] when somebody else is writing to it, [`Error::OtherVersion`], or why it cannot be written.
    fn write(&self, threads: usize, memory: Option<usize>, share: Option<Share>) -> Result<Box<dyn IndexIntake>, Error>;

    /// Whether there is an index of this version.
    ///
    /// # Errors
    /// [`Error::NoIndex`], [`Error::OtherVersion`], or why that cannot be told.
    fn check_version(&self) -> Result<(), Error>;

    /// The version of the schema that this newshound reads and writes there.
    fn version(&self) -> u32;

    /// True when there is an index, of whatever version.
    fn exists(&self) -> bool;

    /// True when what is found out about the articles together is kept beside them, too. Where a writer was killed after its last commit it is
    /// not, and whoever asks has to find it anew.
    fn is_complete(&self) -> bool;

    /// The ledger that was given with the last commit; none when there is no index this version can read.
    ///
    /// # Errors
    /// [`Error::Broken`] when it is named but cannot be read.
    fn ledger(&self) -> Result<Option<Vec<u8>>, Error>;

    /// The same of an index of any version, if it can be found and read.
    fn ledger_of_any_version(&self) -> Option<Vec<u8>>;

    /// Makes it be none: the next writer begins anew.
    ///
    /// # Errors
    /// [`Error`] when it cannot be removed.
    fn remove(&self) -> Result<(), Error>;

    /// Bytes of each of its parts, the largest first; nothing where that cannot be told.
    fn parts(&self) -> Vec<(String, u64)>;

    /// How long ago the last commit was made.
    fn committed(&self) -> Option<Duration>;

    /// True when the loss of one machine would lose nothing of it; of a directory nobody can tell.
    fn is_safe(&self) -> bool {
        false
    }

    /// What is damaged without an article being read.
    ///
    /// # Errors
    /// [`Error`] when there is no index of this version.
    fn damaged_files(&self) -> Result<Vec<Damage>, Error>;

    /// Its size in bytes.
    fn size(&self) -> u64 {
        self.parts().iter().map(|(_, bytes)| bytes).sum()
    }
}

/// An engine that answers from an index that was opened.
pub trait IndexEngine: Engine {
    /// The corpus directory the index was built from: where the paths of its passages begin.
    fn corpus(&self) -> Option<&Path>;

    /// How many articles are copies of another one; nothing where that is not counted.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    fn copies(&self) -> Result<Option<usize>, Error>;

    /// Reads every article and gives what is wrong to `each`; then the ids of all articles, ascending.
    ///
    /// # Errors
    /// [`Error`] when much of it cannot be read.
    fn check(&self, each: &mut dyn FnMut(Damage)) -> Result<Vec<u64>, Error>;
}

/// An intake into an index that was opened.
pub trait IndexIntake: Intake + Send + Sync {
    /// Forgets what the index holds; searches go on seeing it until the next commit.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be written.
    fn clear(&mut self) -> Result<(), Error>;

    /// Finishes what is better done after the last commit, and closes the index.
    ///
    /// # Errors
    /// [`Error`] when that fails; what was committed stays.
    fn close(self: Box<Self>) -> Result<(), Error>;
}

/// What is wrong with an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// A file of the index is missing, cut short or changed.
    File(String),
    /// An article cannot be read, or is not what its units say.
    Article {
        /// Its id, as a number.
        id: u64,
        /// What is wrong.
        why: String,
    },
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Damage::File(why) => write!(f, "{why}"),
            Damage::Article { id, why } => write!(f, "article {id:016x}: {why}"),
        }
    }
}
