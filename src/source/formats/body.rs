//! The body of an article within another format: plain text or HTML.

use super::{html, text};
use crate::source::desk::galley::Galley;
use crate::source::desk::limits::Limits;
use crate::source::desk::traced::Traced;

/// Sets a body that is plain text or HTML.
pub(crate) fn set_body(galley: &mut Galley, body: &Traced<'_>, limits: &Limits) {
    if html::is_markup(&body.text) { html::set_fragment(galley, body, limits) } else { text::set_body(galley, body) }
}
