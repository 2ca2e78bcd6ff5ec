//! A webhook: messages by POST, signed as Standard Webhooks 1.0.0 has it, so that any library of that name can tell that they are ours.
//!
//! `webhook-id` is the same when a message is sent again, `webhook-timestamp` is in seconds since 1970, and `webhook-signature` is `v1,` and
//! the HMAC-SHA256 of `ID.TIMESTAMP.BODY` in base64. The key is what follows `whsec_` in the secret, from base64.

use super::deliver::Receiver;
use crate::alerts::Message;
use anyhow::{Context, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Time for a message to be taken.
const LONGEST: Duration = Duration::from_secs(15);

/// Bytes of the shortest key: what cannot be guessed.
const SHORTEST_KEY: usize = 16;

pub(super) struct Webhook {
    agent: ureq::Agent,
    url: String,
    key: Vec<u8>,
}

impl Webhook {
    /// Messages go to `url`, signed with `secret`.
    ///
    /// # Errors
    /// When the address or the secret cannot be used. The secret is never part of the message.
    pub fn new(url: &str, secret: &str) -> anyhow::Result<Webhook> {
        let host = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://")).unwrap_or_default();
        let host = host.split(['/', '?']).next().unwrap_or_default();
        if host.is_empty() || host.contains('@') {
            bail!("--alert-webhook takes an address such as http://desk.example/hook, without a password in it");
        }
        if url.starts_with("https://") && !cfg!(feature = "opensearch-tls") {
            bail!(
                "this newshound was built without TLS and cannot reach {host}\nhint: build it with `--features opensearch-tls`, or let a command send: --alert-command 'curl ...'"
            );
        }
        let key = match secret.strip_prefix("whsec_") {
            Some(encoded) => BASE64_STANDARD.decode(encoded).context("NEWSHOUND_WEBHOOK_SECRET: no base64 behind `whsec_`")?,
            None => secret.as_bytes().to_vec(),
        };
        if key.len() < SHORTEST_KEY {
            bail!(
                "NEWSHOUND_WEBHOOK_SECRET has fewer than {SHORTEST_KEY} bytes\nhint: `openssl rand -base64 32` makes one to put behind `whsec_`"
            );
        }
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(LONGEST))
            .max_redirects(0)
            .proxy(None)
            .build()
            .into();
        Ok(Webhook { agent, url: url.to_owned(), key })
    }

    fn signature(&self, signed: &[u8]) -> String {
        // An HMAC takes keys of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else { return String::new() };
        mac.update(signed);
        format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
    }
}

impl Receiver for Webhook {
    fn name(&self) -> &'static str {
        "webhook"
    }

    fn send(&self, message: &Message, _: &AtomicBool) -> anyhow::Result<()> {
        let body = serde_json::to_vec(message)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let signed = [format!("{}.{now}.", message.id).as_bytes(), &body].concat();
        let answer = self
            .agent
            .post(&self.url)
            .header("content-type", "application/json")
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", now.to_string())
            .header("webhook-signature", self.signature(&signed))
            .send(&body[..])?;
        if !answer.status().is_success() {
            bail!("the webhook answers {}", answer.status());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn the_signature_is_that_of_the_specification() {
        let webhook = Webhook::new("http://desk.example/hook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
        assert_eq!(webhook.signature(signed), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn an_address_without_a_host_and_a_short_secret_are_refused() {
        for (url, secret) in [
            ("desk.example", "a secret of good length"),
            ("http:///hook", "a secret of good length"),
            ("http://me:password@desk.example/", "a secret of good length"),
            ("http://desk.example/", "short"),
            ("http://desk.example/", "whsec_c2hvcnQ="),
            ("http://desk.example/", "whsec_!!!"),
        ] {
            let refused = Webhook::new(url, secret).err().expect(url).to_string();
            assert!(!refused.contains(secret) && !refused.contains("password@"), "{refused}");
        }
    }
}
