//! `/`: the answer to a search.

use super::found::{WantedQuotations, passages};
use super::respelt::respelt;
use super::spread::spread;
use super::{Part, Shown, Wanted, first, query};
use crate::engine::{Engine, Sort};
use crate::render::page::{Answer, Listed, answer, counts};
use crate::serve::gate::Gone;
use crate::serve::problem::Problem;
use axum::http::StatusCode;

pub(super) fn show(engine: &dyn Engine, gone: &Gone, wanted: &Wanted) -> Result<Shown, Problem> {
    let view = &wanted.view;
    if view.q.is_empty() && view.filters().is_empty() {
        return Ok((StatusCode::OK, first::show(engine, gone)?));
    }
    let parsed = query(view, true)?;
    let (found, listed, paging) = passages(engine, gone, wanted, &parsed)?;
    let mut all =
        Answer { understood: found.understood(), listed, paging, later: wanted.is_counted_later(), ..Answer::default() };
    if view.show == "quotations" {
        let direct = view.speech == "direct";
        let quoted = WantedQuotations { parsed: &parsed, by: None, sort: Sort::named(&view.sort), direct, page: wanted.page() };
        let quoted = quoted.of(engine, gone)?;
        (all.quotations, all.paging) = (quoted.all, quoted.paging);
        all.listed = Listed::Quotations(quoted.first, quoted.quotations);
    }
    if let (Some(query), false) = (&parsed.query, all.later) {
        spread(engine, gone, wanted, query, &mut all)?;
    }
    // Where time was up nobody knows whether anything would be found.
    let is_known = found.summary.has_answers() || found.summary.partial.is_some();
    all.respelt = if is_known { Vec::new() } else { respelt(engine, gone, view)? };
    all.summary = found.summary;
    all.complaints = parsed.complaints;
    let page = if wanted.part == Part::Counts { counts } else { answer };
    Ok((StatusCode::OK, page(view, &all)))
}

impl Wanted {
    /// Whether what there is in all is left to another request.
    pub(super) fn is_counted_later(&self) -> bool {
        self.part == Part::Answers
    }
}
