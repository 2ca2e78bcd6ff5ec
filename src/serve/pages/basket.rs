//! `/basket`: the passages that a reader has kept.

use super::page;
use crate::render::page::{PageView, basket, notice};
use crate::serve::asked::{Asked, Known};
use crate::serve::gate::Gate;
use crate::serve::problem::Problem;
use crate::serve::selection::{Selection, TICKED, selected};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use std::sync::Arc;

const BASKET: &[Known] = &[TICKED];

pub(super) async fn show(gate: Arc<Gate>, uri: Uri) -> Response {
    let refused = |problem: &Problem| page(problem.status, notice(&PageView::default(), problem.title, &problem.detail));
    let asked = match Asked::read(&uri, BASKET) {
        Ok(asked) => asked,
        Err(problem) => return refused(&problem),
    };
    let shown = move |engine: &dyn crate::engine::Engine, gone: &_| {
        let Selection { passages, missing } = selected(engine, gone, &asked)?;
        Ok(page(StatusCode::OK, basket(&passages, &missing)))
    };
    gate.answer(shown).await.unwrap_or_else(|problem| refused(&problem))
}
