//! What was found for a saved search, as the journal keeps it.

use super::{Root, Style, words_of};
use crate::render::clean;
use crate::render::json::passage_of;
use serde_json::Value;

/// One line of the journal, ending with an empty line; nothing where it holds no passage.
pub fn alert(line: &Value, style: Style) -> String {
    let Some(passage) = passage_of(line) else { return String::new() };
    let said = |name: &str| clean(line[name].as_str().unwrap_or_default());
    format!("{}   {}\n{}\n", said("search"), said("found"), words_of(&passage, "   ", &Root::default(), style))
}
