//! `/alerts`: what was found for saved searches.

use super::page;
use crate::render::page::{PageView, alerts as drawn, notice};
use crate::serve::alerts::{BEFORE, SEARCH_NAME, folders};
use crate::serve::asked::{Asked, Known};
use crate::serve::gate::Gate;
use crate::serve::problem::Problem;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use std::sync::Arc;

/// Passages of a page.
const SHOWN: usize = 20;

const ALERTS: &[Known] = &[SEARCH_NAME, BEFORE];

pub(super) async fn show(gate: Arc<Gate>, uri: Uri) -> Response {
    let read = async {
        let asked = Asked::read(&uri, ALERTS)?;
        let folders = folders(&gate)?.clone();
        gate.run(move |_, _| {
            let found = folders.newest(&asked, SHOWN)?;
            let saved = if folders.searches.is_some() { folders.saved()?.searches } else { Vec::new() };
            let searches: Vec<_> = saved.iter().map(|search| (search.name.as_str(), search.comment.as_str())).collect();
            let lines: Vec<_> = found.lines.iter().map(|(_, line)| line).collect();
            Ok(page(StatusCode::OK, drawn(asked.text("search"), &searches, &lines, found.next)))
        })
        .await
    };
    read.await
        .unwrap_or_else(|problem: Problem| page(problem.status, notice(&PageView::default(), problem.title, &problem.detail)))
}
