//! Whose certificates are trusted: those that browsers trust, or an authority's of one's own.

#[cfg(feature = "opensearch-tls")]
pub(super) use tls::with_trust;

/// Names a file with the certificates of those who are trusted in the place of all that browsers trust.
#[cfg(feature = "opensearch-tls")]
const CA: &str = "NEWSHOUND_OPENSEARCH_CA";

#[cfg(feature = "opensearch-tls")]
#[allow(clippy::disallowed_methods, reason = "the file of who is trusted is read here")]
mod tls {
    use super::CA;
    use ureq::config::ConfigBuilder;
    use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
    use ureq::typestate::AgentScope;

    /// The same, which trusts who is named by the environment, if anybody is.
    ///
    /// # Errors
    /// In words, when the file cannot be read or holds no certificate.
    pub fn with_trust(config: ConfigBuilder<AgentScope>) -> Result<ConfigBuilder<AgentScope>, String> {
        let Some(file) = std::env::var_os(CA).filter(|file| !file.is_empty()) else { return Ok(config) };
        let named = || format!("{CA} names {}", std::path::Path::new(&file).display());
        let pem = std::fs::read(&file).map_err(|error| format!("{}, which cannot be read: {error}", named()))?;
        let trusted = certificates(&pem).map_err(|why| format!("{}, {why}", named()))?;
        Ok(config.tls_config(TlsConfig::builder().root_certs(RootCerts::from(trusted)).build()))
    }

    fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, String> {
        let mut found = Vec::new();
        for item in parse_pem(pem) {
            // A key may lie beside them; it is nothing to us.
            if let PemItem::Certificate(certificate) = item.map_err(|error| format!("which is no PEM file: {error}"))? {
                found.push(certificate);
            }
        }
        if found.is_empty() { Err("which holds no certificate".to_owned()) } else { Ok(found) }
    }

    #[cfg(test)]
    mod tests {
        use super::certificates;

        #[test]
        fn a_file_without_a_certificate_is_refused() {
            for pem in ["", "a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"] {
                assert!(certificates(pem.as_bytes()).is_err(), "{pem}");
            }
            let two = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".repeat(2);
            assert_eq!(certificates(two.as_bytes()).map(|found| found.len()), Ok(2));
        }
    }
}

/// What is wrong with the TLS of a node, and the way out; nothing where that is not what is wrong. The library tells it in words alone.
pub(super) fn distrusted(error: &str) -> Option<&'static str> {
    let known = [
        (
            "UnknownIssuer",
            "the authority of its certificate is not trusted here; NEWSHOUND_OPENSEARCH_CA=FILE.pem names the one that is",
        ),
        ("Expired", "its certificate has run out; the cluster needs another"),
        ("expired", "its certificate has run out; the cluster needs another"),
        ("NotValidYet", "its certificate holds only from a later time on; is the clock of this machine right?"),
        ("NotValidForName", "its certificate is for another name; ask it by a name that the certificate has"),
        ("not valid for name", "its certificate is for another name; ask it by a name that the certificate has"),
        ("CaUsedAsEndEntity", "its certificate is that of an authority; a node needs one of its own, signed by it"),
    ];
    if error.contains("InvalidContentType") {
        return Some("it does not speak TLS at this port; ask it as opensearch+http");
    }
    known.iter().filter(|_| error.contains("certificate")).find(|(said, _)| error.contains(said)).map(|(_, why)| *why)
}

#[cfg(test)]
mod tests {
    use super::distrusted;

    #[test]
    fn what_is_wrong_with_a_certificate_is_said_in_words() {
        for (error, said) in [
            ("io: invalid peer certificate: UnknownIssuer", Some("NEWSHOUND_OPENSEARCH_CA")),
            ("io: invalid peer certificate: certificate expired: verified at time 1 (UNIX)", Some("run out")),
            (
                "io: invalid peer certificate: certificate not valid for name \"127.0.0.1\"; it is for DnsName",
                Some("another name"),
            ),
            ("io: received corrupt message of type InvalidContentType", Some("does not speak TLS")),
            ("io: Connection refused (os error 111)", None),
            ("timeout: the certainty expired", None),
        ] {
            let told = distrusted(error);
            assert!(told.is_some() == said.is_some() && told.unwrap_or_default().contains(said.unwrap_or_default()), "{error}");
        }
    }
}
