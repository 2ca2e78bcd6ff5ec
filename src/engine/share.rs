//! Shares of a corpus, for several who read it at once.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use xxhash_rust::xxh3::xxh3_64;

/// The `part`th of `of` equal shares of a corpus, by the names of its files: `2/8`.
///
/// ```
/// use newshound::engine::Share;
///
/// let second: Share = "2/3".parse()?;
/// let all = ["a.txt", "b.txt", "c.txt"];
/// let shares: Vec<Share> = ["1/3", "2/3", "3/3"].iter().filter_map(|share| share.parse().ok()).collect();
/// assert!(all.iter().all(|name| shares.iter().filter(|share| share.holds(name)).count() == 1));
/// assert!("4/3".parse::<Share>().is_err() && second.to_string() == "2/3");
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    part: u32,
    of: u32,
}

/// Shares of a corpus at most: more workers than a cluster has cores to take what they send.
const MOST_SHARES: u32 = 1_000;

impl Share {
    /// Whether the file of this name is of it. The same on every machine: by XXH3 of the name.
    pub fn holds(self, name: &str) -> bool {
        xxh3_64(name.as_bytes()) % u64::from(self.of) + 1 == u64::from(self.part)
    }

    /// Whether no file is of both.
    pub fn is_beside(self, other: Share) -> bool {
        self.of == other.of && self.part != other.part
    }
}

impl FromStr for Share {
    type Err = String;

    fn from_str(typed: &str) -> Result<Share, String> {
        let numbers = typed.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((part, of)) if (1..=of).contains(&part) && of <= MOST_SHARES => Ok(Share { part, of }),
            _ => Err(format!("a share is written 2/8, the second of eight; at most {MOST_SHARES}")),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}
