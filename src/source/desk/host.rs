//! The site an address is of.

/// `www.vexia.example` from an address.
pub(crate) fn host(address: &str) -> Option<String> {
    let after = address.split_once("://")?.1;
    let host = after.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_string())
}

/// `address` as a link to the original; `None` when it leads nowhere on the web. A reader of the archive clicks on it, so nothing
/// but HTTP is taken.
pub(crate) fn link(address: &str) -> Option<String> {
    let address = address.trim();
    let is_web = ["http://", "https://"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)));
    (is_web && host(address).is_some() && !address.contains(char::is_whitespace) && !address.contains(char::is_control))
        .then(|| address.to_owned())
}
