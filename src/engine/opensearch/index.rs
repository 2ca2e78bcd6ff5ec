//! An index on a cluster where it lies.

use super::address::Address;
use super::client::Client;
use super::commit;
use super::intake::ClusterIntake;
use super::mapping::VERSION;
use super::reader::{ClusterReader, age};
use crate::engine::{Damage, Error, Index, IndexEngine, IndexIntake, Share};
use std::path::Path;
use std::time::Duration;

/// An index on a cluster, whether there is one or not yet.
pub struct ClusterIndex {
    client: Client,
}

impl ClusterIndex {
    /// The index at an address.
    ///
    /// # Errors
    /// When the address may not be used as it is.
    pub fn new(address: &Address) -> Result<ClusterIndex, Error> {
        Ok(ClusterIndex { client: Client::new(address)? })
    }

    fn client(&self) -> Result<Client, Error> {
        Client::new(&self.client.address)
    }
}

impl Index for ClusterIndex {
    fn open(&self, people: Option<&Path>) -> Result<Box<dyn IndexEngine>, Error> {
        Ok(Box::new(ClusterReader::open(self.client()?, people)?))
    }

    fn write(&self, _: usize, _: Option<usize>, share: Option<Share>) -> Result<Box<dyn IndexIntake>, Error> {
        Ok(Box::new(ClusterIntake::open(self.client()?, share)?))
    }

    fn check_version(&self) -> Result<(), Error> {
        commit::last(&self.client).map(drop)
    }

    fn version(&self) -> u32 {
        VERSION
    }

    fn exists(&self) -> bool {
        !matches!(self.check_version(), Err(Error::NoIndex(_)))
    }

    fn is_complete(&self) -> bool {
        true
    }

    fn ledger(&self) -> Result<Option<Vec<u8>>, Error> {
        match commit::last(&self.client) {
            Err(Error::NoIndex(_) | Error::OtherVersion { .. }) => Ok(None),
            last => commit::ledger(&self.client, &last?),
        }
    }

    fn ledger_of_any_version(&self) -> Option<Vec<u8>> {
        self.ledger().ok().flatten()
    }

    fn remove(&self) -> Result<(), Error> {
        // First what says that there is an index.
        for name in [self.client.address.meta(), self.client.address.name.clone()] {
            let answer = self.client.ask("DELETE", &name, None)?;
            if answer.status != 404 {
                self.client.good(answer)?;
            }
        }
        Ok(())
    }

    fn parts(&self) -> Vec<(String, u64)> {
        let Ok(stats) = self.client.get("GET", &format!("{}/_stats/store", self.client.address.name), None) else {
            return Vec::new();
        };
        let bytes = |of: &str| stats["_all"][of]["store"]["size_in_bytes"].as_u64().unwrap_or(0);
        let (primaries, total) = (bytes("primaries"), bytes("total"));
        vec![("shards".into(), primaries), ("their copies on other nodes".into(), total.saturating_sub(primaries))]
    }

    fn committed(&self) -> Option<Duration> {
        commit::last(&self.client).ok().map(|commit| age(&commit))
    }

    fn is_safe(&self) -> bool {
        let health = self.client.get("GET", &format!("_cluster/health/{}", self.client.address.name), None);
        self.client.address.replicas > 0 && health.is_ok_and(|health| health["status"] == "green")
    }

    fn damaged_files(&self) -> Result<Vec<Damage>, Error> {
        let name = &self.client.address.name;
        commit::last(&self.client)?;
        let health = self.client.get("GET", &format!("_cluster/health/{name}"), None)?;
        let missing = health["status"] == "red";
        Ok(missing.then(|| Damage::File(format!("a shard of {name} is on no node"))).into_iter().collect())
    }
}
