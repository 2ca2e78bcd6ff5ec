//! `/verify`: whether a sentence, or each quotation of a draft, is printed as it is given.

use super::{Shown, Wanted, page};
use crate::engine::Engine;
use crate::render::page::{PageView, notice, verify};
use crate::serve::gate::{Gate, Gone};
use crate::serve::problem::Problem;
use crate::serve::verify::verified;
use crate::verify::{Bounds, claim};
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

/// Places of each quotation that are read for the page.
const PLACES: usize = 20;

/// The page for what stands in the address.
pub(super) fn show(engine: &dyn Engine, gone: &Gone, wanted: &Wanted) -> Result<Shown, Problem> {
    Ok((StatusCode::OK, told(engine, gone, &wanted.view.q)?))
}

/// The page for a draft, which is too long for an address.
pub(super) async fn pasted(gate: Arc<Gate>, body: Bytes) -> Response {
    let given = form_urlencoded::parse(&body).find(|(name, _)| name == "q").map(|(_, value)| value.into_owned());
    let Some(given) = given else {
        let problem = Problem::of_parameter("the form holds no `q`; paste the text into the box of /verify");
        return page(problem.status, notice(&PageView::default(), problem.title, &problem.detail));
    };
    match gate.run(move |engine, gone| told(engine, gone, &given.replace("\r\n", "\n"))).await {
        Ok(body) => page(StatusCode::OK, body),
        Err(problem) => page(problem.status, notice(&PageView::default(), problem.title, &problem.detail)),
    }
}

fn told(engine: &dyn Engine, gone: &Gone, given: &str) -> Result<String, Problem> {
    let mut claims = claim(given);
    claims.retain(|claim| claim.words.chars().any(char::is_alphanumeric));
    let found = verified(engine, gone, &claims, Bounds { places: PLACES, ..Bounds::default() })?;
    match found.why {
        Some(why) if found.checked.is_empty() && found.left_out.late > 0 => {
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not checked to the end", why))
        }
        why => Ok(verify(given, &found.checked, why.as_deref())),
    }
}
