//! What there is of one person, or of two beside each other, as JSON.

use super::quoted::term;
use super::{ComplaintJson, FactsJson, QuotationJson, SCHEMA, TermJson};
use crate::dossier::{Both, Counts, Dossier, Every, Person, Spoke, Stretch, Topic};
use crate::query::Parsed;
use crate::results::SpeakerKind;
use schemars::JsonSchema;
use serde::Serialize;

/// What there is of one person, or of two.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Dossier")]
pub struct DossierJson {
    /// `dossier`
    #[schemars(extend("const" = "dossier"))]
    pub r#type: &'static str,
    /// Version of the JSON.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: u32,
    /// Names the commit of the index that was asked.
    pub commit: String,
    /// In the order they were asked for.
    pub people: Vec<PersonJson>,
    /// How long the stretches are: `day`, `week`, `month` or `year`.
    #[schemars(extend("enum" = Every::NAMES))]
    pub every: &'static str,
    /// From the first in which one of them speaks to the last.
    pub stretches: Vec<SpokeStretchJson>,
    /// Of two people, what they have in common; null of one.
    pub both: Option<BothJson>,
    /// The query as it was understood, if there was one.
    pub understood_as: Option<String>,
    /// What was not taken as typed.
    pub complaints: Vec<ComplaintJson>,
    /// Why the figures are only the least there is, when they are.
    pub partial: Option<String>,
    /// Time for all of it.
    pub took_ms: f64,
}

/// Somebody who is quoted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Person")]
pub struct PersonJson {
    /// What they are called in the whole archive.
    pub name: String,
    /// `name`, `single` or `body`.
    #[schemars(extend("enum" = ["name", "single", "body"]))]
    pub kind: &'static str,
    /// Other names they go by, as printed.
    pub names: Vec<String>,
    /// The title or role most often printed beside the name.
    pub role: Option<String>,
    /// Whom a name that is not certain may stand for.
    pub may_be: Vec<String>,
    /// Others whom the name asked for may mean.
    pub others: Vec<String>,
    /// Copies of a story counted each.
    pub each: PersonCountsJson,
    /// Of each story the first printing alone; null where the index keeps nothing that tells.
    pub once: Option<PersonCountsJson>,
    /// Day of the first quotation, as precise as known.
    pub first: Option<String>,
    /// Day of the last.
    pub last: Option<String>,
    /// What has no date as precise as the stretches.
    pub undated: SpokeJson,
    /// Words characteristic of them against the archive.
    pub topics: Vec<TopicJson>,
    /// Words characteristic of them against the other one; nothing of one person alone.
    pub against: Vec<TermJson>,
    /// Who is quoted in the same articles, those of most articles first.
    pub beside: Vec<BesideJson>,
    /// How many there are of those in all.
    pub beside_all: usize,
    /// The outlets that quote them, those of most quotations first.
    pub outlets: Vec<QuotingOutletJson>,
    /// How many there are of those in all.
    pub outlets_all: usize,
    /// The newest quotations, newest first.
    pub latest: Vec<QuotationJson>,
}

/// How much there is of somebody.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PersonCounts")]
pub struct PersonCountsJson {
    /// Quotations of whatever kind.
    pub quotations: usize,
    /// Whole clauses between quotation marks.
    pub direct: usize,
    /// A few words between quotation marks.
    pub partial: usize,
    /// Reported without quotation marks.
    pub indirect: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// Those of them that give no word between quotation marks.
    pub reported_only: usize,
}

/// A word characteristic of somebody.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Topic")]
pub struct TopicJson {
    /// As mostly printed.
    pub word: String,
    /// Quotations it stands in.
    pub quotations: usize,
    /// Log-likelihood ratio against the archive.
    pub worth: f64,
    /// The newest of them that is between quotation marks, or else the newest.
    pub quotation: Option<QuotationJson>,
}

/// Somebody else who is quoted there.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Beside")]
pub struct BesideJson {
    /// What they are called in the whole archive.
    pub name: String,
    /// Articles in which both are quoted.
    pub articles: usize,
}

/// An outlet that quotes somebody.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "QuotingOutlet")]
pub struct QuotingOutletJson {
    /// The name.
    pub name: String,
    /// Articles in which it quotes them.
    pub articles: usize,
    /// Quotations in those.
    pub quotations: usize,
}

/// A stretch of time.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SpokeStretch")]
pub struct SpokeStretchJson {
    /// `2025`, `2025-03` or `2025-03-14`; of a week its Monday.
    pub from: String,
    /// All articles that the index holds of it: 0 is a gap, of which nothing can be said.
    pub all_articles: u64,
    /// How much each of the people speaks, in their order; null in a gap.
    pub counts: Vec<Option<SpokeJson>>,
}

/// How much somebody speaks.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Spoke")]
pub struct SpokeJson {
    /// Quotations.
    pub quotations: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// Quotations in first printings of a story alone; null where copies are not told apart.
    pub quotations_once: Option<usize>,
    /// Those articles.
    pub articles_once: Option<usize>,
}

/// What two people have in common.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Both")]
pub struct BothJson {
    /// Articles in which both speak.
    pub articles: usize,
    /// Those of them that are the first printing of their story; null where the index keeps nothing that tells.
    pub stories: Option<usize>,
    /// The newest of them, newest first.
    pub latest: Vec<SharedJson>,
}

/// An article in which both speak.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Shared")]
pub struct SharedJson {
    /// Its id.
    pub article: String,
    /// What is known of it.
    #[serde(flatten)]
    pub facts: FactsJson,
    /// Path below the corpus directory.
    pub path: String,
}

impl DossierJson {
    /// The wire form. `parsed` is the query that was asked with it; `commit` names that of the index.
    pub fn new(found: &Dossier, commit: &str, parsed: &Parsed) -> DossierJson {
        let complaint = |c: &crate::query::Complaint| ComplaintJson { column: c.column, message: c.message.clone() };
        DossierJson {
            r#type: "dossier",
            schema: SCHEMA,
            commit: commit.to_owned(),
            people: found.people.iter().map(person).collect(),
            every: Every::NAMES[found.every as usize],
            stretches: found.stretches.iter().map(|of| stretch(of, &found.people)).collect(),
            both: found.both.as_ref().map(both),
            understood_as: parsed.query.as_ref().map(ToString::to_string),
            complaints: parsed.complaints.iter().map(complaint).collect(),
            partial: found.partial.clone(),
            took_ms: (found.took.as_secs_f64() * 1e6).round() / 1e3,
        }
    }
}

fn person(of: &Person) -> PersonJson {
    let speaker = &of.speaker;
    PersonJson {
        name: speaker.name.clone(),
        kind: match speaker.kind {
            SpeakerKind::Name => "name",
            SpeakerKind::Single => "single",
            SpeakerKind::Body => "body",
        },
        names: speaker.names.clone(),
        role: speaker.role.clone(),
        may_be: speaker.may_be.clone(),
        others: of.others.clone(),
        each: counts(&of.counts),
        once: of.once.as_ref().map(counts),
        first: speaker.first.clone(),
        last: speaker.last.clone(),
        undated: spoke(&of.undated, of.once.is_some()),
        topics: of.topics.iter().map(topic).collect(),
        against: of.against.iter().map(term).collect(),
        beside: of.beside.iter().map(|other| BesideJson { name: other.name.clone(), articles: other.articles }).collect(),
        beside_all: of.beside_all,
        outlets: of.outlets.iter().map(outlet).collect(),
        outlets_all: of.outlets_all,
        latest: of.latest.iter().zip(1..).map(|(found, rank)| QuotationJson { rank, ..QuotationJson::new(found) }).collect(),
    }
}

fn outlet(of: &crate::dossier::Outlet) -> QuotingOutletJson {
    QuotingOutletJson { name: of.name.clone(), articles: of.articles, quotations: of.quotations }
}

fn topic(of: &Topic) -> TopicJson {
    TopicJson {
        word: of.term.word.clone(),
        quotations: of.quotations,
        worth: (of.term.worth * 10.0).round() / 10.0,
        quotation: of.example.as_ref().map(QuotationJson::new),
    }
}

fn counts(of: &Counts) -> PersonCountsJson {
    let Counts { quotations, direct, partial, indirect, articles, reported_only } = *of;
    PersonCountsJson { quotations, direct, partial, indirect, articles, reported_only }
}

/// `once`: first printings are told.
fn spoke(of: &Spoke, once: bool) -> SpokeJson {
    let Spoke { quotations, articles, quotations_once, articles_once } = *of;
    let (quotations_once, articles_once) = (once.then_some(quotations_once), once.then_some(articles_once));
    SpokeJson { quotations, articles, quotations_once, articles_once }
}

fn stretch(of: &Stretch, people: &[Person]) -> SpokeStretchJson {
    let counts =
        of.spoke.iter().zip(people).map(|(counted, person)| (!of.is_gap()).then(|| spoke(counted, person.once.is_some())));
    SpokeStretchJson { from: of.name.clone(), all_articles: of.printed.articles, counts: counts.collect() }
}

fn both(of: &Both) -> BothJson {
    let shared = |shared: &crate::dossier::Shared| SharedJson {
        article: shared.article.to_string(),
        facts: FactsJson::new(&shared.facts),
        path: shared.path.clone(),
    };
    BothJson { articles: of.articles, stories: of.stories, latest: of.latest.iter().map(shared).collect() }
}
