//! The pages for people: HTML that needs no script and asks nothing of another site.
//!
//! Takes what a search gave back and the [`PageView`] it was asked for. Every foreign word is escaped by the templates; the only tags within
//! an article's words are the marks and the quotations set here.

mod alerts;
mod article;
mod basket;
mod browse;
mod clipping;
mod compared;
mod first;
mod frame;
mod help;
mod lines;
mod paging;
mod parts;
mod quoted;
mod rail;
mod results;
mod speaker;
mod timeline;
mod trail;
mod verify;
mod view;

pub use alerts::alerts;
pub use article::article;
pub use basket::basket;
pub use browse::{Outlet, outlets, speakers};
pub use clipping::{Story, passage_address};
pub use compared::{Comparison, Drawn, compared};
pub use first::{FirstVisit, first_visit};
pub use frame::{ICON, SCRIPT, STYLE, notice, opensearch, stamp};
pub use help::help;
pub use lines::{Lines, SortedLines};
pub use paging::Paging;
pub use rail::Filter;
pub use results::{Answer, Listed, answer, counts};
pub use speaker::{Portrait, nobody, speaker};
pub use timeline::Timeline;
pub use trail::trail;
pub use verify::verify;
pub use view::PageView;

use form_urlencoded::Serializer;

/// `path` with `fields` after it, but for the empty ones.
fn address(path: &str, fields: &[(&str, &str)]) -> String {
    let given: Vec<_> = fields.iter().filter(|(_, value)| !value.is_empty()).collect();
    if given.is_empty() {
        return path.to_owned();
    }
    let mut pairs = Serializer::new(String::new());
    for (name, value) in given {
        pairs.append_pair(name, value);
    }
    format!("{path}?{}", pairs.finish())
}
