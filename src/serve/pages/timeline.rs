//! `/timeline`: queries beside each other over time.

use super::page;
use crate::render::page::{Comparison, Drawn, PageView, compared as drawn_page, notice};
use crate::serve::asked::{Asked, Known};
use crate::serve::gate::Gate;
use crate::serve::problem::Problem;
use crate::serve::timelines::{Compared, TIMELINES, compared, measure};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use std::sync::Arc;

pub(super) async fn show(gate: Arc<Gate>, uri: Uri) -> Response {
    let refused = |problem: &Problem| page(problem.status, notice(&PageView::default(), problem.title, &problem.detail));
    let known: Vec<Known> = TIMELINES.iter().copied().filter(|(name, ..)| *name != "format").collect();
    let asked = match Asked::read(&uri, &known) {
        Ok(asked) => asked,
        Err(problem) => return refused(&problem),
    };
    let text = |name: &str| asked.text(name).unwrap_or_default().to_owned();
    let shown = Comparison {
        q: text("q"),
        every: text("every"),
        measure: text("measure"),
        copies: text("copies"),
        from: text("from"),
        to: text("to"),
    };
    if shown.q.is_empty() {
        return page(StatusCode::OK, drawn_page(&shown, None));
    }
    let drawn = move |engine: &dyn crate::engine::Engine, gone: &_| {
        let found = compared(engine, gone, &asked, shown.copies == "once")?;
        let svg = found.svg(measure(&asked));
        let Compared { timeline, queries, .. } = &found;
        let drawn = Drawn { timeline, queries, svg: &svg, notes: found.notes() };
        Ok(page(StatusCode::OK, drawn_page(&shown, Some(&drawn))))
    };
    gate.answer(drawn).await.unwrap_or_else(|problem| refused(&problem))
}
