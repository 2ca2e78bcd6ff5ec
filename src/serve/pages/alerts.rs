//! `/alerts`: what was found for saved searches.

use super::page;
use crate::alerts::Folder;
use crate::render::page::{PageView, alerts as drawn, notice};
use crate::serve::alerts::{BEFORE, SEARCH_NAME, kept};
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
        let alerts = kept(&gate)?;
        gate.run(move |_, _| {
            let found = alerts.newest(&asked, SHOWN)?;
            let lines: Vec<_> = found.lines.iter().map(|(_, line)| line).collect();
            let whole = |searches: &[(&str, &str)]| drawn(asked.text("search"), searches, &lines, found.next);
            let named = |folder: &Folder| {
                let searches = folder.searches.iter().map(|search| (search.name.as_str(), search.comment.as_str()));
                whole(&searches.collect::<Vec<_>>())
            };
            Ok(page(StatusCode::OK, alerts.saved(named)?.unwrap_or_else(|| whole(&[]))))
        })
        .await
    };
    read.await
        .unwrap_or_else(|problem: Problem| page(problem.status, notice(&PageView::default(), problem.title, &problem.detail)))
}
