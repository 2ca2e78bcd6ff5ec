//! `/speaker`: somebody who is quoted, or two people beside each other.

use super::found::WantedQuotations;
use super::{COUNTING, SEARCHING, Shown, Wanted, query};
use crate::dossier::{Asked, Dossier, Every, Failure, dossier};
use crate::engine::{Engine, Sort};
use crate::render::page::{PageView, Portrait, Timeline, nobody, speaker};
use crate::serve::gate::{Gone, told};
use crate::serve::problem::Problem;
use axum::http::StatusCode;

/// Words, names and outlets beside the quotations.
const MOST: usize = 12;

pub(super) fn show(engine: &dyn Engine, gone: &Gone, wanted: &Wanted) -> Result<Shown, Problem> {
    let view = &wanted.view;
    let names: Vec<&str> = [view.speaker.as_str(), &view.with].into_iter().filter(|name| !name.is_empty()).collect();
    if view.speaker.is_empty() {
        return Ok((StatusCode::NOT_FOUND, nobody(view, &[])));
    }
    let asked = Asked {
        every: Some(Every::Month),
        latest: MOST / 2,
        most: MOST,
        deadline: SEARCHING + COUNTING,
        caller: gone.clone(),
        ..Asked::about(&names)
    };
    let found = match dossier(engine, &asked) {
        Ok(found) => found,
        Err(Failure::Engine(error)) => return Err(told(&error)),
        // In the time there was nobody was found: that does not tell that there is nobody.
        Err(Failure::Nobody { partial: Some(partial), .. }) => {
            return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "took too long", partial));
        }
        Err(Failure::Nobody { name, near, .. }) => {
            return Ok((StatusCode::NOT_FOUND, nobody(&PageView { speaker: name, ..view.clone() }, &near)));
        }
        Err(refused) => return Err(Problem::of_parameter(refused.to_string().replace("\nhint: ", "; "))),
    };
    let time = PageView { from: view.from.clone(), to: view.to.clone(), ..PageView::default() };
    let by = found.people[0].speaker.name.clone();
    let parsed = query(&time, true)?;
    let direct = view.speech == "direct";
    let page = WantedQuotations { parsed: &parsed, by: Some(&by), sort: Some(Sort::Newest), direct, page: wanted.page() };
    let page = page.of(engine, gone)?;
    let over_time = over_time(&found);
    let Dossier { people, both, .. } = found;
    let portrait = Portrait { people, both, quotations: page.quotations, first: page.first, paging: page.paging, over_time };
    Ok((StatusCode::OK, speaker(view, &portrait)))
}

/// Quotations of the first of the people in each month.
fn over_time(found: &Dossier) -> Timeline {
    let months = found.stretches.iter().filter(|stretch| stretch.spoke[0].quotations > 0 && found.every == Every::Month);
    let spoken: Vec<usize> = (0..found.stretches.len()).filter(|at| found.stretches[*at].spoke[0].quotations > 0).collect();
    let within = spoken.first().zip(spoken.last()).map_or(&[][..], |(first, last)| &found.stretches[*first..=*last]);
    Timeline {
        months: months.map(|stretch| (stretch.name.clone(), stretch.spoke[0].quotations)).collect(),
        undated: found.people[0].undated.quotations,
        gaps: within.iter().filter(|stretch| stretch.is_gap()).count(),
        partial: found.partial.is_some(),
    }
}
