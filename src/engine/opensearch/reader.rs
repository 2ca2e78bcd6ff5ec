//! Answers from an index on a cluster: what may answer is found there, what does is decided in an excerpt of it.

use super::calendar::Printings;
use super::client::Client;
use super::commit::{self, Commit};
use super::figures::Figures;
use super::found::{Found, FoundArticle, Missing, Pages, found_by};
use super::in_order::{InOrder, Parts};
use super::lower::{all_of, articles, order};
use super::names::{Names, spoken_by};
use super::reuse::reuse;
use crate::article::{Article, ArticleId};
use crate::engine::embedded::IndexReader;
use crate::engine::embedded::excerpt::{Around, Quoted, Whole, excerpt, excerpt_of_names};
use crate::engine::people::{PeopleFile, listed, widened};
use crate::engine::plan::Planned;
use crate::engine::{
    Calendar, Counting, Damage, Engine, Error, Holdings, InCompany, IndexEngine, People, Quoting, Reuse, Reusing, Search, Sort,
    Speakers,
};
use crate::passage::units;
use crate::query::Query;
use crate::quotation::Quotation;
use crate::results::{QuotationSummary, RankedPassage, RankedQuotation, Summary};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Most articles that are read for one answer, however much of it is wanted: some 500 MB of memory.
const MOST: usize = 100_000;

/// Reads an index on a cluster.
pub(super) struct ClusterReader {
    client: Arc<Client>,
    corpus: Option<PathBuf>,
    view: RwLock<Arc<View>>,
    /// Where is said who is who.
    people: PeopleFile,
}

/// What is asked about quotations.
struct Question<'a> {
    query: Option<&'a Query>,
    by: Option<&'a str>,
    sort: Sort,
    limit: Option<usize>,
}

/// One commit of it.
struct View {
    commit: Commit,
    figures: Arc<Figures>,
    printings: Arc<Printings>,
    people: Arc<People>,
}

impl View {
    fn new(client: &Arc<Client>, commit: Commit, people: Arc<People>) -> View {
        let printings = Arc::new(Printings::new(Arc::clone(client), commit.visible()));
        View { figures: Arc::new(Figures::new(Arc::clone(client), commit.clone())), printings, commit, people }
    }

    /// The same for one question, which is told what went wrong with it and with no other. Passages are given of the shards that answer;
    /// who is who can be told of all of them alone.
    fn for_question(&self, without_some: bool) -> View {
        let figures = Arc::new(self.figures.for_another(without_some));
        let (printings, people) = (Arc::clone(&self.printings), Arc::clone(&self.people));
        View { figures, printings, commit: self.commit.clone(), people }
    }

    fn missing(&self) -> Option<&Missing> {
        self.figures.missing.as_ref()
    }
}

impl ClusterReader {
    pub fn open(client: Client, people: Option<&Path>) -> Result<ClusterReader, Error> {
        let client = Arc::new(client);
        let commit = commit::last(&client)?;
        commit::check_is_ours(&client)?;
        let corpus = commit.corpus.as_ref().map(PathBuf::from);
        let (file, people) = PeopleFile::open(people, corpus.as_deref())?;
        let view = RwLock::new(Arc::new(View::new(&client, commit, people)));
        Ok(ClusterReader { client, corpus, view, people: file })
    }

    fn goes_over_to(&self, commit: Commit, people: Arc<People>) {
        let view = Arc::new(View::new(&self.client, commit, people));
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view;
    }

    fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The articles that may answer a plan: the first of them in this order, as many as an answer of `limit` may read.
    fn candidates(&self, view: &View, planned: &Planned, sort: Sort, limit: Option<usize>) -> Result<Found, Error> {
        let most = if limit.is_some() { self.client.address.first } else { MOST };
        found_by(&self.client, &asked_for(view, planned), &sorted(sort), most, view.missing())
    }

    /// Answers from the first of the articles that may answer.
    fn first(
        &self,
        view: &View,
        planned: &Planned,
        search: &Search,
        started: Instant,
        each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>,
    ) -> Result<Summary, Error> {
        let mut found = self.candidates(view, planned, search.sort, search.limit)?;
        let cut = first_of(found.articles.len(), found.total);
        if search.fold {
            self.add_copies(view, &mut found)?;
        }
        let excerpt = self.excerpt(view, found.articles, None)?;
        // What the network took is no time to look at what it brought.
        let deadline = search.deadline.saturating_sub(started.elapsed()).max(search.deadline / 2);
        let summary = excerpt.search(&Search { deadline, ..search.clone() }, each)?;
        Ok(Summary { partial: summary.partial.or(cut), ..summary })
    }

    /// An index of what was found.
    fn excerpt(&self, view: &View, found: Vec<FoundArticle>, names: Option<Vec<Quoted>>) -> Result<IndexReader, Error> {
        let articles = found.into_iter().map(|found| (found.record, found.stored)).collect();
        let (whole, people) = (Some(Arc::clone(&view.figures) as Arc<dyn Whole>), Arc::clone(&view.people));
        excerpt(&self.client.path(), articles, Around { whole, names, people })
    }

    /// An index of what may answer a question about quotations, with all that tells who is who; and what is to be said when it is not all.
    fn with_names(&self, view: &View, asked: &Question) -> Result<(IndexReader, Option<String>), Error> {
        let mut names = Names::new(&self.client, &view.commit, &view.people);
        let mut parts = vec![view.commit.visible()];
        let mut should = Vec::new();
        match asked.query.map(|query| widened(query, &view.people).0) {
            Some(query) => {
                let planned = Planned::new(&query);
                view.figures.ask_for(&planned)?;
                parts.push(articles(&planned));
                should = order(&planned);
            }
            None => parts.push(json!({"range": {"quotations": {"gt": 0}}})),
        }
        if let Some(typed) = asked.by {
            let lasts = names.meant(typed)?;
            parts.push(spoken_by(typed, &lasts));
        }
        let most = if asked.limit.is_some() { self.client.address.first } else { MOST };
        let query = json!({"bool": {"filter": parts, "should": should}});
        let found = found_by(&self.client, &query, &sorted(asked.sort), most, view.missing())?;
        let cut = first_of(found.articles.len(), found.total);
        let quotations = found.articles.iter().flat_map(|found| &found.stored.1);
        let speakers: HashSet<&str> =
            quotations.filter_map(|quotation| quotation.speaker.as_ref()).map(|speaker| speaker.name.as_str()).collect();
        names.with_last_names(speakers.into_iter())?;
        let names = Some(names.quoted);
        Ok((self.excerpt(view, found.articles, names)?, cut))
    }

    /// An index of who is quoted in the whole archive.
    fn everybody(&self, view: &View) -> Result<IndexReader, Error> {
        let mut names = Names::new(&self.client, &view.commit, &view.people);
        names.read(&json!({"range": {"quotations": {"gt": 0}}}))?;
        self.of_names(view, names)
    }

    fn of_names(&self, view: &View, names: Names) -> Result<IndexReader, Error> {
        let whole = Arc::clone(&view.figures) as Arc<dyn Whole>;
        excerpt_of_names(&self.client.path(), &names.quoted, whole, Arc::clone(&view.people))
    }

    /// What `answer` makes of an index of what may answer.
    fn quotations_of(
        &self,
        asked: &Quoting,
        answer: &mut dyn FnMut(&IndexReader, &Quoting) -> Result<QuotationSummary, Error>,
    ) -> Result<QuotationSummary, Error> {
        let started = Instant::now();
        let view = self.view().for_question(false);
        let question = Question { query: asked.query.as_ref(), by: asked.by.as_deref(), sort: asked.sort, limit: asked.limit };
        let (excerpt, cut) = self.with_names(&view, &question)?;
        let deadline = asked.deadline.saturating_sub(started.elapsed()).max(asked.deadline / 2);
        let mut summary = answer(&excerpt, &Quoting { deadline, ..asked.clone() })?;
        view.figures.failure().map_or(Ok(()), Err)?;
        summary.partial = summary.partial.or(cut);
        summary.took = started.elapsed();
        Ok(summary)
    }

    /// Adds the articles that tell the same story as one of those found, or may.
    fn add_copies(&self, view: &View, found: &mut Found) -> Result<(), Error> {
        let mut asked: HashSet<u32> = HashSet::new();
        let mut known: HashSet<u64> = HashSet::new();
        let mut next = 0;
        while next < found.articles.len() {
            let mut keys = Vec::new();
            for article in &found.articles[next..] {
                known.insert(article.stored.0.id.0);
                keys.extend(super::document::keys(&article.stored.0).into_iter().filter(|key| asked.insert(*key)));
            }
            next = found.articles.len();
            for keys in keys.chunks(10_000) {
                let query = all_of(vec![view.commit.visible(), json!({"terms": {"keys": keys}})]);
                let more = found_by(&self.client, &query, &json!([{"id": "asc"}]), MOST, view.missing())?;
                found.articles.extend(more.articles.into_iter().filter(|article| known.insert(article.stored.0.id.0)));
            }
            if found.articles.len() > MOST {
                return Err(self.client.unreachable("too many copies of these stories to group them; ask for less"));
            }
        }
        Ok(())
    }
}

/// What asks the cluster for the articles that may answer a plan.
fn asked_for(view: &View, planned: &Planned) -> Value {
    json!({"bool": {"filter": [view.commit.visible(), articles(planned)], "should": order(planned)}})
}

/// The order of the cluster's answer; the id tells any two apart.
fn sorted(sort: Sort) -> Value {
    match sort {
        Sort::Relevance => json!([{"_score": "desc"}, {"id": "asc"}]),
        Sort::Oldest => json!([{"from": {"order": "asc", "missing": "_last"}}, {"id": "asc"}]),
        Sort::Newest => json!([{"from": {"order": "desc", "missing": "_last"}}, {"id": "asc"}]),
    }
}

/// What is said of an answer for which not all was read that may belong to it.
fn first_of(read: usize, total: u64) -> Option<String> {
    let all = (read as u64) >= total;
    (!all)
        .then(|| format!("the best of the first {read} of {total} articles that may answer; the figures are the least there is"))
}

impl Engine for ClusterReader {
    fn search(&self, search: &Search, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Error> {
        let started = Instant::now();
        let view = self.view().for_question(true);
        // The excerpt says where that is cut short.
        let (query, _) = widened(&search.query, &view.people);
        let planned = Planned::new(&query);
        view.figures.ask_for(&planned)?;
        let is_by_day = search.limit.is_none() && search.sort != Sort::Relevance && !search.fold && search.after.is_none();
        let mut summary = if is_by_day {
            let pages = Pages::new(&self.client, &asked_for(&view, &planned), &sorted(search.sort), view.missing());
            let part: &mut Parts = &mut |some, search, each| self.excerpt(&view, some, None)?.search(search, each);
            InOrder { pages, search, started }.answer(part, each)?
        } else {
            self.first(&view, &planned, search, started, each)?
        };
        view.figures.failure().map_or(Ok(()), Err)?;
        summary.shards = view.missing().and_then(Missing::shards);
        if let Some(shards) = summary.shards {
            summary.partial = Some(shards.beside(summary.partial.take()));
        }
        summary.took = started.elapsed();
        Ok(summary)
    }

    fn quotations(
        &self,
        asked: &Quoting,
        each: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>,
    ) -> Result<QuotationSummary, Error> {
        self.quotations_of(asked, &mut |excerpt, asked| excerpt.quotations(asked, each))
    }

    fn quotations_in_company(&self, asked: &Quoting, each: &mut InCompany) -> Result<QuotationSummary, Error> {
        self.quotations_of(asked, &mut |excerpt, asked| excerpt.quotations_in_company(asked, each))
    }

    fn people(&self) -> Arc<People> {
        Arc::clone(&self.view().people)
    }

    fn unprinted(&self) -> Result<Vec<String>, Error> {
        let view = self.view().for_question(false);
        let mut names = Names::new(&self.client, &view.commit, &view.people);
        names.with_last_names(listed(&view.people).map(|(name, _)| name))?;
        self.of_names(&view, names)?.unprinted()
    }

    fn speakers(&self, asked: &Counting) -> Result<Speakers, Error> {
        let started = Instant::now();
        let view = self.view().for_question(false);
        let (excerpt, cut) = if asked.query.is_none() && asked.by.is_none() {
            (self.everybody(&view)?, None)
        } else {
            // Whoever is counted is counted in all that answers.
            let question = Question { query: asked.query.as_ref(), by: asked.by.as_deref(), sort: Sort::Newest, limit: None };
            self.with_names(&view, &question)?
        };
        let deadline = asked.deadline.saturating_sub(started.elapsed()).max(asked.deadline / 2);
        let mut speakers = excerpt.speakers(&Counting { deadline, ..asked.clone() })?;
        view.figures.failure().map_or(Ok(()), Err)?;
        speakers.summary.partial = speakers.summary.partial.or(cut);
        speakers.summary.took = started.elapsed();
        Ok(speakers)
    }

    fn article(&self, id: ArticleId) -> Result<Option<(Article, Vec<Quotation>)>, Error> {
        let view = self.view();
        let query = all_of(vec![view.commit.visible(), json!({"term": {"id": format!("{:016x}", id.0)}})]);
        let found = found_by(&self.client, &query, &json!([{"id": "asc"}]), 1, None)?;
        Ok(found.articles.into_iter().next().map(|found| found.stored))
    }

    fn holdings(&self) -> Result<Holdings, Error> {
        self.view().figures.holdings()
    }

    fn calendar(&self, within: Duration) -> Result<Arc<Calendar>, Error> {
        self.view().printings.calendar(within)
    }

    fn reuse(&self, asked: &Reusing) -> Result<Reuse, Error> {
        let view = self.view().for_question(true);
        reuse(&self.client, &view.commit.visible(), asked, view.missing())
    }

    fn reload(&self) -> Result<bool, Error> {
        let commit = commit::last(&self.client)?;
        let is_other = commit.name() != self.view().commit.name();
        if is_other {
            self.goes_over_to(commit.clone(), self.people());
        }
        let people = self.people.changed()?;
        let is_said = people.is_some();
        people.into_iter().for_each(|people| self.goes_over_to(commit.clone(), people));
        Ok(is_other || is_said)
    }
}

impl IndexEngine for ClusterReader {
    fn corpus(&self) -> Option<&Path> {
        self.corpus.as_deref()
    }

    fn copies(&self) -> Result<Option<usize>, Error> {
        Ok(None)
    }

    fn check(&self, each: &mut dyn FnMut(Damage)) -> Result<Vec<u64>, Error> {
        let view = self.view();
        let mut ids = Vec::new();
        super::found::each_of(&self.client, &view.commit.visible(), &mut |id, counted, stored| {
            ids.push(id);
            let why = match stored {
                Err(why) => Some(why),
                Ok((article, _)) if article.id.0 != id => Some(format!("another article is stored in its place, {}", article.id)),
                Ok((article, _)) => {
                    let expected = units(&article).count() as u64;
                    (expected != counted).then(|| format!("it has {expected} units, the index {counted}"))
                }
            };
            if let Some(why) = why {
                each(Damage::Article { id, why });
            }
        })?;
        ids.sort_unstable();
        Ok(ids)
    }
}

/// How long ago a commit was made.
pub(super) fn age(commit: &Commit) -> Duration {
    Duration::from_millis(commit::now().saturating_sub(commit.when))
}
