//! What is gathered of one person while their quotations are read, newest first.

use super::time::Spoke;
use super::{Beside, Both, Counts, Every, Outlet, Person, Shared, Topic};
use crate::article::ArticleId;
use crate::day::Days;
use crate::directory::terms::Spoken;
use crate::engine::{Calendar, Engine, Error};
use crate::quotation::Kind;
use crate::results::{Facts, QuotedSpeaker, RankedQuotation, Term};
use crate::words::Words;
use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::sync::Arc;

/// One person.
pub struct Gathered {
    pub speaker: QuotedSpeaker,
    others: Vec<String>,
    counts: Counts,
    /// Of first printings alone.
    first_printings: Counts,
    calendar: Arc<Calendar>,
    /// The articles that quote them, in the order they were met; true where words stand between quotation marks.
    articles: HashMap<ArticleId, bool>,
    order: Vec<ArticleId>,
    /// By the days on one of which an article was published; without a date under `None`.
    pub days: BTreeMap<Option<Days>, Spoke>,
    beside: HashMap<String, usize>,
    /// By the name in small letters, each as it was met first.
    outlets: HashMap<String, Outlet>,
    spoken: Spoken,
    words: Words,
    topics: Vec<(String, Topic)>,
    most_latest: usize,
    latest: Vec<RankedQuotation>,
}

impl Gathered {
    pub fn new(speaker: QuotedSpeaker, others: Vec<String>, most_latest: usize, calendar: Arc<Calendar>) -> Gathered {
        let topic = |term: &Term| {
            let words = Words::of(&term.word);
            let key = words.forms().iter().find(|form| form.plain).map_or_else(String::new, |form| words.key(form).to_owned());
            (key, Topic { term: term.clone(), quotations: 0, example: None })
        };
        Gathered {
            topics: speaker.terms.iter().map(topic).collect(),
            speaker,
            others,
            counts: Counts::default(),
            first_printings: Counts::default(),
            calendar,
            articles: HashMap::new(),
            order: Vec::new(),
            days: BTreeMap::new(),
            beside: HashMap::new(),
            outlets: HashMap::new(),
            spoken: Spoken::default(),
            words: Words::default(),
            most_latest,
            latest: Vec::new(),
        }
    }

    /// Takes a quotation, if it is theirs: a name may mean several people.
    pub fn take(&mut self, quotation: RankedQuotation, others: &[String]) {
        if quotation.known_as.as_deref() != Some(self.speaker.name.as_str()) {
            return;
        }
        let is_new = !self.articles.contains_key(&quotation.article);
        let marked = quotation.kind != Kind::Indirect;
        *self.articles.entry(quotation.article).or_default() |= marked;
        if is_new {
            others.iter().for_each(|other| *self.beside.entry(other.clone()).or_default() += 1);
            self.order.push(quotation.article);
        }
        let is_first = self.is_first(quotation.article);
        self.counts.add(quotation.kind, is_new);
        if is_first {
            self.first_printings.add(quotation.kind, is_new);
        }
        let days = quotation.facts.published.as_deref().and_then(Days::of_published);
        self.days.entry(days).or_default().add(is_new, is_first);
        if let Some(name) = &quotation.facts.outlet {
            let outlet = || Outlet { name: name.clone(), articles: 0, quotations: 0 };
            let outlet = self.outlets.entry(name.to_lowercase()).or_insert_with(outlet);
            outlet.articles += usize::from(is_new);
            outlet.quotations += 1;
        }
        self.read(&quotation, marked);
        if self.latest.len() < self.most_latest {
            self.latest.push(quotation);
        }
    }

    /// The words of a quotation.
    fn read(&mut self, quotation: &RankedQuotation, marked: bool) {
        self.words.read(&quotation.text);
        self.spoken.add(&quotation.text, &self.words);
        for (key, topic) in &mut self.topics {
            let holds = self.words.forms().iter().any(|form| form.plain && self.words.key(form) == key);
            if !holds {
                continue;
            }
            topic.quotations += 1;
            // The newest comes first; one between quotation marks is theirs word for word.
            let is_better = topic.example.as_ref().is_none_or(|before| before.kind == Kind::Indirect && marked);
            if is_better {
                topic.example = Some(quotation.clone());
            }
        }
    }

    /// Whether an article is no copy of one printed before, as far as that can be told.
    fn is_first(&self, article: ArticleId) -> bool {
        self.calendar.is_first(article).unwrap_or(true)
    }

    /// The articles in which somebody else is gathered to speak, too; the newest `most` of them are told.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn shared_with(&self, other: &Gathered, engine: &dyn Engine, most: usize) -> Result<Both, Error> {
        let shared: Vec<ArticleId> = self.order.iter().copied().filter(|id| other.articles.contains_key(id)).collect();
        let firsts = shared.iter().filter(|id| self.is_first(**id)).count();
        let mut latest = Vec::new();
        for id in shared.iter().take(most) {
            if let Some((article, _)) = engine.article(*id)? {
                let path = article.source.path.clone();
                latest.push(Shared { article: *id, facts: Facts::about(&article), path });
            }
        }
        Ok(Both { articles: shared.len(), stories: self.calendar.repeated.is_ok().then_some(firsts), latest })
    }

    /// All of it, with at most so many names, words and outlets.
    pub fn person(mut self, every: Every, most: usize) -> Person {
        for (article, marked) in &self.articles {
            self.counts.reported_only += usize::from(!marked);
            self.first_printings.reported_only += usize::from(!marked && self.is_first(*article));
        }
        let mut beside: Vec<Beside> = self.beside.into_iter().map(|(name, articles)| Beside { name, articles }).collect();
        beside.sort_unstable_by(|one, other| other.articles.cmp(&one.articles).then_with(|| one.name.cmp(&other.name)));
        let mut outlets: Vec<Outlet> = self.outlets.into_values().collect();
        outlets.sort_unstable_by(|one, other| other.quotations.cmp(&one.quotations).then_with(|| one.name.cmp(&other.name)));
        let (beside_all, outlets_all) = (beside.len(), outlets.len());
        beside.truncate(most);
        outlets.truncate(most);
        let undated = self.days.iter().filter(|(days, _)| days.is_none_or(|days| every.start_of(days).is_none()));
        let undated = undated.map(|(_, spoke)| *spoke).sum();
        let Counts { quotations, direct, partial, indirect, articles, .. } = self.counts;
        // Of somebody in the news the engine reads some articles for the words: a topic is one that was met again.
        let topics = self.topics.into_iter().map(|(_, topic)| topic).filter(|topic| topic.quotations > 0).collect();
        Person {
            speaker: QuotedSpeaker { rank: 1, quotations, direct, partial, indirect, articles, ..self.speaker },
            others: self.others,
            counts: self.counts,
            once: self.calendar.repeated.is_ok().then_some(self.first_printings),
            undated,
            topics,
            against: Vec::new(),
            beside,
            beside_all,
            outlets,
            outlets_all,
            latest: self.latest,
        }
    }

    fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.speaker.names.iter().chain([&self.speaker.name]).cloned()
    }
}

impl Counts {
    fn add(&mut self, kind: Kind, is_new: bool) {
        self.quotations += 1;
        match kind {
            Kind::Direct => self.direct += 1,
            Kind::Indirect => self.indirect += 1,
            Kind::Partial | Kind::NotSpeech => self.partial += 1,
        }
        self.articles += usize::from(is_new);
    }
}

/// The words by which one of two people is told from the other: those that stand in more of their quotations than chance would have it,
/// of all that both say. Nothing where there is one alone.
pub fn against(all: &[Gathered], at: usize, most: usize) -> Vec<Term> {
    let [one, two] = all else { return Vec::new() };
    let (own, other) = if at == 0 { (one, two) } else { (two, one) };
    let names: Vec<String> = own.names().chain(other.names()).collect();
    let words = (own.spoken.words + other.spoken.words) as f64;
    let count = |key: &str| Ok::<_, Infallible>(Some((own.spoken.count(key) + other.spoken.count(key)) as f64));
    let Ok(found) = own.spoken.characteristic(&names, most, words, count);
    found.into_iter().map(|term| Term { word: term.word, quotations: term.quotations, worth: term.worth }).collect()
}
