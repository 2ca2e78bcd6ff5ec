//! The site an address is of.

/// `www.vexia.example` from an address.
pub(crate) fn host(address: &str) -> Option<String> {
    let after = address.split_once("://")?.1;
    let host = after.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_string())
}
