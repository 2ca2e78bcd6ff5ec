//! Articles and queries that would run as script, or load something, where somebody forgot to escape.

use std::path::Path;

/// What breaks out of text, attributes, addresses, scripts and styles where somebody forgot to escape.
pub const PAYLOADS: [&str; 25] = [
    "<script>window.pwned=1</script>",
    "\"><script>window.pwned=1</script>",
    "'><img src=x onerror=window.pwned=1>",
    "\"><img src=x onerror=window.pwned=1>",
    "<svg onload=window.pwned=1>",
    "\" onfocus=window.pwned=1 autofocus x=\"",
    "' onmouseover='window.pwned=1",
    "javascript:window.pwned=1",
    "</title><script>window.pwned=1</script>",
    "</textarea><script>window.pwned=1</script>",
    "</style><script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "<a href=javascript:window.pwned=1>x</a>",
    "<form action=javascript:window.pwned=1><input type=submit autofocus>",
    "<style>@import 'http://rebound.example/x.css';</style>",
    "<link rel=stylesheet href=http://rebound.example/x.css>",
    "<meta http-equiv=refresh content='0;url=http://rebound.example/'>",
    "<base href=http://rebound.example/>",
    "<math><mtext></mtext><mglyph><style></math><img src onerror=window.pwned=1>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.pwned=1&#62;",
    "<!--><img src=x onerror=window.pwned=1>-->",
    "{{constructor.constructor('window.pwned=1')()}}",
    "<mark onclick=window.pwned=1>peace</mark>",
];

/// Writes an archive in whose every field one of the payloads stands; all of them speak of harm.
pub fn write(corpus: &Path) {
    for (number, payload) in PAYLOADS.iter().enumerate() {
        let story = serde_json::json!({
            "title": format!("Harm {payload}"), "source": payload, "section": payload, "author": payload, "language": "en",
            "date": "2025-03-14",
            "text": format!("NOVAPOL, March 14 ({payload}) - Envoys spoke of harm {payload}.\n\n\"We want no harm {payload},\" said Ada {payload} Quill."),
        });
        let name: String = payload.chars().map(|c| if c == '/' { '_' } else { c }).collect();
        std::fs::write(corpus.join(format!("{number}{name}.jsonl")), format!("{story}\n")).unwrap();
    }
}

/// Percent-encoded.
pub fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
