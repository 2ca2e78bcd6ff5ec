//! Where an index on a cluster is: the nodes, its name, and what it is made with when there is none yet.

use std::fmt;
use std::str::FromStr;

/// Articles that are read for one ranked answer if nothing else is said.
const FIRST: usize = 1_000;

/// An index on a cluster: `http://HOST:PORT[,HOST:PORT]/NAME`, with `?shards=N&replicas=N&first=N` behind it where that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// `http` or `https`.
    pub(super) scheme: &'static str,
    /// The nodes, each with its port.
    pub(super) hosts: Vec<String>,
    /// Of the index.
    pub(super) name: String,
    /// Of an index that is made.
    pub(super) shards: u32,
    /// The same.
    pub(super) replicas: u32,
    /// How many articles are read for one ranked answer.
    pub(super) first: usize,
    /// A user or password stood in it; they are not kept.
    pub(super) has_secret: bool,
}

impl FromStr for Address {
    type Err = String;

    fn from_str(typed: &str) -> Result<Address, String> {
        let form = || "write it as opensearch+http://HOST:9200/NAME".to_owned();
        let (scheme, rest) = match typed.split_once("://") {
            Some(("http", rest)) => ("http", rest),
            Some(("https", rest)) if cfg!(feature = "opensearch-tls") => ("https", rest),
            Some(("https", _)) => {
                return Err("this newshound was built without TLS; build it with `--features opensearch-tls`".into());
            }
            _ => return Err(form()),
        };
        // Who lists nodes may write out the address of each.
        let rest = rest.replace(&format!(",{scheme}://"), ",");
        let (place, options) = rest.split_once('?').unwrap_or((&rest, ""));
        let (hosts, name) = place.split_once('/').ok_or_else(form)?;
        let has_secret = hosts.contains('@');
        let hosts: Vec<String> = hosts.split(',').map(|host| with_port(host.rsplit('@').next().unwrap_or(host))).collect();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        if hosts.iter().any(|host| host.starts_with(':')) {
            return Err(form());
        }
        let name = name.trim_end_matches('/');
        if name.is_empty() || !name.chars().all(plain) || name.starts_with(['-', '_']) || name.len() > 200 {
            return Err("the name of an index on a cluster is lower-case letters, digits, - and _".into());
        }
        let mut address = Address { scheme, hosts, name: name.to_owned(), shards: 3, replicas: 1, first: FIRST, has_secret };
        for option in options.split('&').filter(|option| !option.is_empty()) {
            address.set(option)?;
        }
        Ok(address)
    }
}

/// A host with its port: 9200 if none is said.
fn with_port(host: &str) -> String {
    let after = host.rsplit_once(']').map_or(host, |(_, after)| after);
    if after.contains(':') { host.to_owned() } else { format!("{host}:9200") }
}

impl Address {
    fn set(&mut self, option: &str) -> Result<(), String> {
        let unknown = || format!("`{option}` is none of shards=N, replicas=N and first=N");
        let (name, number) = option.split_once('=').ok_or_else(unknown)?;
        let number: u32 = number.parse().map_err(|_| unknown())?;
        match name {
            "shards" if (1..=1024).contains(&number) => self.shards = number,
            "replicas" if number <= 16 => self.replicas = number,
            "first" if (1..=1_000_000).contains(&number) => self.first = number as usize,
            _ => return Err(unknown()),
        }
        Ok(())
    }

    /// The index that holds the commit and the ledger.
    pub(super) fn meta(&self) -> String {
        format!("{}.commit", self.name)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "opensearch+{}://{}/{}", self.scheme, self.hosts.join(","), self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_nodes_and_an_index_and_never_shows_a_password() {
        let read = |typed: &str| typed.parse::<Address>().map(|address| address.to_string());
        assert_eq!(read("http://one:9201,two/news"), Ok("opensearch+http://one:9201,two:9200/news".into()));
        assert_eq!(read("http://one,http://two:9201/news"), Ok("opensearch+http://one:9200,two:9201/news".into()));
        assert_eq!(read("http://[::1]/news?shards=6"), Ok("opensearch+http://[::1]:9200/news".into()));
        assert_eq!(read("https://one/news").is_ok(), cfg!(feature = "opensearch-tls"));
        assert_eq!(read("http://me:secret@one/news"), Ok("opensearch+http://one:9200/news".into()));
        for typed in
            ["one/news", "ftp://one/news", "http://one", "http://one/", "http:///news", "http://one/News", "http://one/a,b"]
        {
            assert!(read(typed).is_err(), "{typed}");
        }
        assert!(read("http://one/news?shards=0").is_err() && read("http://one/news?colour=red").is_err());
    }
}
