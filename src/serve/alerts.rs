//! `/v1/alerts`, `/v1/alerts.atom` and `/v1/searches`: what was found for saved searches, and these.

use super::asked::{Asked, Known, Takes};
use super::gate::Gate;
use super::guard::own_address;
use super::problem::Problem;
use crate::alerts::{Folder, Journal, Lines, Refused, SavedSearch};
use crate::query::Today;
use crate::render::atom;
use crate::render::json::{AlertJson, SavedSearchJson};
use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Where saved searches are, and what was found for them.
#[derive(Debug, Clone)]
pub struct AlertFolders {
    /// The folder of saved searches, if it is known.
    pub searches: Option<PathBuf>,
    /// The folder of what was found.
    pub alerts: PathBuf,
}

pub(super) const SEARCH_NAME: Known = ("search", Takes::Text, "only of the saved search of this name");
pub(super) const BEFORE: Known = ("after", Takes::Number(1, usize::MAX >> 1), "`next` of the answer before, for older ones");

/// What `/v1/alerts` takes.
pub(super) const ALERTS: &[Known] = &[SEARCH_NAME, ("limit", Takes::Number(1, 200), "at most so many, 20 if not given"), BEFORE];

/// What `/v1/alerts.atom` takes.
pub(super) const ALERTS_FEED: &[Known] = &[SEARCH_NAME];

const USUAL: usize = 20;

/// What `/v1/searches` takes.
pub(super) const SEARCHES: &[Known] = &[
    ("limit", Takes::Number(1, 1_000), "at most so many, 200 if not given"),
    ("after", Takes::Text, "`next` of the answer before"),
];

const USUAL_SEARCHES: usize = 200;

/// How often the folder of saved searches is looked through, whoever asks.
const LOOK: Duration = Duration::from_secs(1);

/// Files that are no saved searches, named in one answer.
const MOST_REFUSED: usize = 1_000;

/// Entries of the feed.
const ENTRIES: usize = 50;

/// What was found.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Alerts")]
pub(super) struct AlertsJson {
    /// The newest first.
    #[schemars(with = "Vec<AlertJson>")]
    alerts: Vec<Value>,
    /// Give it as `after` for older ones; none at the end.
    next: Option<u64>,
}

/// The saved searches.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SavedSearches")]
pub(super) struct SavedSearches {
    /// By name.
    searches: Vec<SavedSearchJson>,
    /// Files that are none, the first thousand.
    refused: Vec<RefusedJson>,
    /// Give it as `after` for those that follow; none at the end.
    next: Option<String>,
}

/// A file of the folder that is no saved search.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RefusedSearch")]
struct RefusedJson {
    /// Its name.
    search: String,
    /// Why.
    why: String,
}

/// The same as the service keeps it.
pub(super) struct Alerts {
    folders: AlertFolders,
    /// The saved searches as they were last read: only what has changed is read again.
    saved: Mutex<Option<(Instant, Folder)>>,
}

impl Alerts {
    pub fn of(folders: AlertFolders) -> Alerts {
        Alerts { folders, saved: Mutex::default() }
    }

    /// What was found last, the newest first.
    pub(super) fn newest(&self, asked: &Asked, most: usize) -> Result<Lines, Problem> {
        let before = asked.number("after").map(|bytes| bytes as u64);
        Journal::of(&self.folders.alerts).newest(before, most, asked.text("search")).map_err(|failure| unreadable(&failure))
    }

    /// What `read` makes of the saved searches; nothing where their folder is not known.
    pub(super) fn saved<T>(&self, read: impl FnOnce(&Folder) -> T) -> Result<Option<T>, Problem> {
        let Some(searches) = &self.folders.searches else { return Ok(None) };
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let today = Today::from_clock();
        let folder = match saved.take() {
            Some((when, folder)) if when.elapsed() < LOOK => Ok((when, folder)),
            Some((_, mut folder)) => folder.read_again(today).map(|_| (Instant::now(), folder)),
            None => Folder::read(searches, today).map(|folder| (Instant::now(), folder)),
        };
        Ok(Some(read(&saved.insert(folder.map_err(|failure| unreadable(&failure))?).1)))
    }
}

fn unreadable(failure: &crate::alerts::Failure) -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the alerts cannot be read", failure.to_string())
}

/// The alerts, where the service has them.
pub(super) fn kept(gate: &Gate) -> Result<Arc<Alerts>, Problem> {
    gate.alerts.clone().ok_or_else(|| {
        let detail = "nothing is looked for here; start the service with --watch CORPUS --searches DIR, or with --alerts DIR";
        Problem::new(StatusCode::NOT_FOUND, "no alerts", detail)
    })
}

/// `/v1/alerts`
pub(super) async fn alerts(gate: Arc<Gate>, uri: Uri) -> Response {
    answered(gate, uri, ALERTS, |alerts, asked| {
        let page = alerts.newest(asked, asked.number("limit").unwrap_or(USUAL))?;
        let alerts = page.lines.into_iter().map(|(_, line)| line).collect();
        Ok(Json(AlertsJson { alerts, next: page.next }).into_response())
    })
    .await
}

/// `/v1/alerts.atom`
pub(super) async fn alerts_feed(gate: Arc<Gate>, uri: Uri, headers: HeaderMap) -> Response {
    let here = own_address(&headers);
    let own = format!("{here}{}", uri.path_and_query().map_or("", |own| own.as_str()));
    answered(gate, uri, ALERTS_FEED, move |alerts, asked| {
        let page = alerts.newest(asked, ENTRIES)?;
        let address = |id: &str| id.split_once('.').map(|(article, _)| format!("{here}/articles/{article}?passage={id}"));
        let feed = atom::alerts(page.lines.iter().map(|(_, line)| line), Some(&own), &address);
        Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
    })
    .await
}

/// `/v1/searches`
pub(super) async fn searches(gate: Arc<Gate>, uri: Uri) -> Response {
    answered(gate, uri, SEARCHES, |alerts, asked| {
        let (limit, after) = (asked.number("limit").unwrap_or(USUAL_SEARCHES), asked.text("after"));
        let saved = alerts.saved(|folder| {
            let why = |refused: &Refused| RefusedJson { search: refused.name.clone(), why: refused.why.clone() };
            let from = after.map_or(0, |after| folder.searches.partition_point(|search| search.name.as_str() <= after));
            let page: Vec<_> = folder.searches[from..].iter().take(limit).collect();
            let is_last = from + page.len() == folder.searches.len();
            let next = page.last().filter(|_| !is_last).map(|search| search.name.clone());
            let refused = folder.refused.iter().take(MOST_REFUSED).map(why).collect();
            SavedSearches { searches: page.into_iter().map(SavedSearch::json).collect(), refused, next }
        })?;
        let detail = "this service was not told where they are; start it with --searches DIR";
        let none = || Problem::new(StatusCode::NOT_FOUND, "no saved searches", detail);
        Ok(Json(saved.ok_or_else(none)?).into_response())
    })
    .await
}

/// Reads the folders in a place of its own. The answer is never called the same as before: a commit does not name it.
pub(super) async fn answered(
    gate: Arc<Gate>,
    uri: Uri,
    known: &'static [Known],
    answer: impl FnOnce(&Alerts, &Asked) -> Result<Response, Problem> + Send + 'static,
) -> Response {
    let read = async {
        let asked = Asked::read(&uri, known)?;
        let alerts = kept(&gate)?;
        gate.run(move |_, _| answer(&alerts, &asked)).await
    };
    read.await.unwrap_or_else(IntoResponse::into_response)
}
