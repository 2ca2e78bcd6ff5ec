//! Talks to the nodes of a cluster: JSON over HTTP, the next node when one does not answer, and patience where it asks for that.

use super::address::Address;
use super::trust::distrusted;
#[cfg(feature = "opensearch-tls")]
use super::trust::with_trust;
use crate::engine::Error;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Bytes of the longest answer that is read.
const MOST: u64 = 512 << 20;

/// How long a node may take to take a call, and to answer it.
const CONNECT: Duration = Duration::from_secs(3);
const ANSWER: Duration = Duration::from_secs(120);

/// How often a request is said again to a cluster that has too much to do, and the first wait; each next one is twice as long.
const AGAIN: u32 = 8;
const WAIT: Duration = Duration::from_millis(100);

/// How often where a shard is missing: three seconds in all.
const MOMENT: u32 = 5;

/// A client of one cluster. It has no `Debug`: it knows the password.
pub(super) struct Client {
    agent: ureq::Agent,
    pub address: Address,
    /// The node that answered last.
    host: AtomicUsize,
    authorization: Option<String>,
}

/// What the cluster answered: the status and the body.
pub(super) struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Client {
    /// Who asks is told by `NEWSHOUND_OPENSEARCH_USER` and `..._PASSWORD`, or `NEWSHOUND_OPENSEARCH_API_KEY`.
    pub fn new(address: &Address) -> Result<Client, Error> {
        if address.has_secret {
            let why = "a password in an address is seen by everybody on this machine; set NEWSHOUND_OPENSEARCH_USER and NEWSHOUND_OPENSEARCH_PASSWORD";
            return Err(Error::Unreachable(address.to_string(), why.into()));
        }
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ANSWER))
            .max_redirects(0)
            .proxy(None);
        #[cfg(feature = "opensearch-tls")]
        let config = if address.scheme == "https" {
            with_trust(config).map_err(|why| Error::Unreachable(address.to_string(), why))?
        } else {
            config
        };
        let agent = config.build().into();
        Ok(Client { agent, address: address.clone(), host: AtomicUsize::new(0), authorization: authorization() })
    }

    /// As what errors name the index.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(self.address.to_string())
    }

    pub fn unreachable(&self, why: impl Into<String>) -> Error {
        Error::Unreachable(self.address.to_string(), why.into())
    }

    /// Asks; a status that is no success is given back for the caller to read.
    pub fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Answer, Error> {
        let body = body.map(|body| (body.to_string().into_bytes(), "application/json"));
        self.send(method, path, body.as_ref().map(|(bytes, kind)| (bytes.as_slice(), *kind)))
    }

    /// The same with lines of JSON.
    pub fn lines(&self, path: &str, lines: &[u8]) -> Result<Answer, Error> {
        self.send("POST", path, Some((lines, "application/x-ndjson")))
    }

    /// Asks for what must succeed.
    pub fn get(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Error> {
        let answer = self.ask(method, path, body)?;
        self.good(answer)
    }

    /// The body of a success; otherwise what is wrong.
    pub fn good(&self, answer: Answer) -> Result<Value, Error> {
        if answer.status < 300 { Ok(answer.body) } else { Err(self.refused(&answer)) }
    }

    fn send(&self, method: &str, path: &str, body: Option<(&[u8], &str)>) -> Result<Answer, Error> {
        let mut wait = WAIT;
        for said in 0..AGAIN {
            let answer = self.send_to_any(method, path, body)?;
            // A shard that was just made, or whose node was just lost, is there again in a moment.
            let in_a_moment = answer.status == 503 && said < MOMENT;
            if answer.status != 429 && !in_a_moment {
                return Ok(answer);
            }
            std::thread::sleep(wait);
            wait *= 2;
        }
        Err(self.unreachable("it has too much to do (HTTP 429), and did not take this for half a minute"))
    }

    fn send_to_any(&self, method: &str, path: &str, body: Option<(&[u8], &str)>) -> Result<Answer, Error> {
        let hosts = &self.address.hosts;
        let first = self.host.load(Ordering::Relaxed);
        let mut why = String::new();
        for at in first..first + hosts.len() {
            let host = &hosts[at % hosts.len()];
            match self.send_to(host, method, path, body) {
                Ok(answer) => {
                    self.host.store(at % hosts.len(), Ordering::Relaxed);
                    return Ok(answer);
                }
                Err(error) => {
                    let error = error.to_string();
                    why = format!("{host}: {}", distrusted(&error).unwrap_or(&error));
                }
            }
        }
        Err(self.unreachable(why))
    }

    fn send_to(&self, host: &str, method: &str, path: &str, body: Option<(&[u8], &str)>) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}://{host}/{path}", self.address.scheme));
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        let mut response = match body {
            Some((bytes, kind)) => self.agent.run(request.header("content-type", kind).body(bytes)?)?,
            None => self.agent.run(request.body(())?)?,
        };
        let status = response.status().as_u16();
        let bytes = response.body_mut().with_config().limit(MOST).read_to_vec()?;
        Ok(Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
    }

    /// What a refusal means for who asked.
    pub fn refused(&self, answer: &Answer) -> Error {
        let why = reason(&answer.body);
        match answer.status {
            401 | 403 if !why.contains("blocked by") => {
                let who = if self.authorization.is_some() { "this user" } else { "an unknown user" };
                self.unreachable(format!(
                    "it refuses {who} (HTTP {}); set NEWSHOUND_OPENSEARCH_USER and NEWSHOUND_OPENSEARCH_PASSWORD, or NEWSHOUND_OPENSEARCH_API_KEY",
                    answer.status
                ))
            }
            _ if why.contains("blocked by") || why.contains("watermark") => {
                Error::Disk(self.path(), format!("the cluster takes nothing more ({why}); free disk, or add a node"))
            }
            404 if why.contains("no such index") => Error::NoIndex(self.path()),
            503 if why.contains("shard") => {
                let missing = why.matches("][").count().max(1) as u64;
                Error::Shards { path: self.path(), failed: missing, of: missing.max(u64::from(self.address.shards)) }
            }
            status => self.unreachable(format!("HTTP {status}: {why}")),
        }
    }
}

/// The cause that the cluster names, or the whole of what it says, cut.
pub(super) fn reason(body: &Value) -> String {
    let error = &body["error"];
    let causes = [
        &error["caused_by"]["caused_by"]["reason"],
        &error["caused_by"]["reason"],
        &error["root_cause"][0]["reason"],
        &error["reason"],
        error,
    ];
    let reason = causes.iter().find_map(|cause| cause.as_str()).map_or_else(|| body.to_string(), str::to_owned);
    reason.chars().take(400).collect()
}

fn authorization() -> Option<String> {
    let of = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(key) = of("NEWSHOUND_OPENSEARCH_API_KEY") {
        return Some(format!("ApiKey {key}"));
    }
    let (user, password) = (of("NEWSHOUND_OPENSEARCH_USER")?, of("NEWSHOUND_OPENSEARCH_PASSWORD").unwrap_or_default());
    Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
}
