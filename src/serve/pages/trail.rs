//! `/trail`: where words were printed first, and what became of them.

use super::{Shown, Wanted};
use crate::engine::Engine;
use crate::render::page;
use crate::serve::gate::Gone;
use crate::serve::problem::Problem;
use crate::serve::trail::followed;
use axum::http::StatusCode;

pub(super) fn show(engine: &dyn Engine, gone: &Gone, wanted: &Wanted) -> Result<Shown, Problem> {
    let typed = wanted.view.q.trim();
    if typed.is_empty() {
        return Ok((StatusCode::OK, page::trail(None)));
    }
    Ok((StatusCode::OK, page::trail(Some(&followed(engine, gone, typed)?))))
}
