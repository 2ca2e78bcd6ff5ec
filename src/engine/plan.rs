//! A query tree as a plan: its words and phrases numbered, each with the field it is looked up in.

use crate::day::Days;
use crate::query::{Field, Pattern, Query, Slot, days_named, loose_words};
use std::collections::HashMap;

/// A query tree with its words and phrases numbered.
#[derive(Debug, PartialEq)]
pub(in crate::engine) enum QueryPlan {
    /// Units with this leaf.
    Leaf(usize),
    And(Vec<QueryPlan>),
    Or(Vec<QueryPlan>),
    Not(Box<QueryPlan>),
    /// All units but heads.
    Body(Box<QueryPlan>),
    /// Articles whose head has this leaf; in the `text` field it is the headline.
    Head(usize),
    /// Articles published within these days.
    Days(Days),
    /// Units with a wanted leaf, of articles that have all that is asked for.
    Article(Box<QueryPlan>),
    /// Units that a part could not narrow down are left to the others.
    Everything,
}

/// A word or phrase to look up.
#[derive(Debug)]
pub(in crate::engine) struct Leaf {
    pub field: LeafField,
    pub pattern: Pattern,
    /// How much it counts in the ranking.
    pub boost: f32,
    /// False under a NOT: it says nothing about how good a passage is.
    pub wanted: bool,
    /// How many times the query has it: it is looked up once, and counts as often as it was typed.
    pub times: u32,
}

/// The field of the index a leaf is looked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum LeafField {
    Text,
    Speaker,
    Dateline,
    Byline,
    Outlet,
    Section,
    Lang,
}

/// The plan of a query and its leaves.
#[derive(Debug)]
pub(in crate::engine) struct Planned {
    pub plan: QueryPlan,
    pub leaves: Vec<Leaf>,
    /// True when the units found and their counts are what the matcher says.
    pub exact: bool,
    /// The leaves that are loose words, in the order they were typed.
    pub near: Vec<usize>,
    /// The loose words themselves.
    pub loose: Vec<String>,
    /// The days named among them.
    days: Vec<Days>,
    /// How rare each leaf is; filled in when the dictionaries were asked.
    pub rarities: Vec<f32>,
}

impl Planned {
    pub fn new(query: &Query) -> Planned {
        let mut planner = Planner {
            leaves: Vec::new(),
            numbers: HashMap::new(),
            near: Vec::new(),
            exact: true,
            boost: 1.0,
            wanted: true,
            narrow: false,
        };
        let plan = planner.plan(query, LeafField::Text, true);
        let exact = planner.exact && !planner.shares_words();
        let loose = loose_words(query);
        let days = days_named(&loose);
        let loose = loose.into_iter().map(str::to_owned).collect();
        Planned { plan, leaves: planner.leaves, exact, near: planner.near, loose, days, rarities: Vec::new() }
    }

    /// The leaves of a plan that any of them answers; nothing for any other plan.
    pub fn any_of(&self) -> Option<Vec<usize>> {
        let parts = match &self.plan {
            QueryPlan::Or(parts) => parts.as_slice(),
            plan => std::slice::from_ref(plan),
        };
        let leaf = |part: &QueryPlan| match part {
            QueryPlan::Leaf(number) => {
                Some(*number).filter(|n| self.leaves[*n].field == LeafField::Text && self.leaves[*n].wanted)
            }
            _ => None,
        };
        parts.iter().map(leaf).collect()
    }

    /// True when each unit that answers has all wanted leaves of the text, whatever else it must have or not.
    pub fn wants_all(&self) -> bool {
        let is_asked_for = |part: &QueryPlan| match part {
            QueryPlan::Leaf(number) => {
                let leaf = &self.leaves[*number];
                leaf.field == LeafField::Text && leaf.wanted && leaf.times == 1
            }
            QueryPlan::Days(_) | QueryPlan::Not(_) => true,
            _ => false,
        };
        matches!(&self.plan, QueryPlan::And(parts) if parts.iter().all(is_asked_for))
    }

    /// True when every mention in a unit found is counted: no leaf of it stands below a part that may not hold.
    pub fn counts_all(&self) -> bool {
        let is_plain = |part: &QueryPlan| matches!(part, QueryPlan::Leaf(_) | QueryPlan::Days(_) | QueryPlan::Not(_));
        match &self.plan {
            QueryPlan::And(parts) | QueryPlan::Or(parts) => parts.iter().all(is_plain),
            plan => is_plain(plan),
        }
    }

    /// True when the loose words name a day.
    pub fn names_days(&self) -> bool {
        !self.days.is_empty()
    }

    /// True when the loose words name the day of an article's publication.
    pub fn names_day(&self, published: Option<Days>) -> bool {
        published.is_some_and(|published| self.days.contains(&published))
    }
}

struct Planner {
    leaves: Vec<Leaf>,
    /// The number of each leaf, by all that makes it what it is.
    numbers: HashMap<String, usize>,
    /// The wanted leaves of the text, in the order they were typed.
    near: Vec<usize>,
    exact: bool,
    boost: f32,
    wanted: bool,
    /// True in fields whose texts are less than what is looked up: one quotation of a unit, one byline of several.
    narrow: bool,
}

impl Planner {
    fn plan(&mut self, query: &Query, field: LeafField, forms: bool) -> QueryPlan {
        match query {
            Query::Any(parts) | Query::Or(parts) => {
                let parts = self.all(parts, field, forms);
                // An article without a headline is shown by its first paragraph, which may answer by itself.
                let of_article = parts.iter().filter(|part| part.is_of_article()).count();
                self.exact &= of_article == 0 || of_article == parts.len();
                QueryPlan::Or(parts)
            }
            Query::And(parts) => QueryPlan::And(self.all(parts, field, forms)),
            Query::Not(part) => self.negated(part, field, forms),
            Query::Word(word) => self.leaf(query, forms, field, || Pattern::of_word(word, forms)),
            Query::Phrase(phrase) => {
                self.exact &= phrase.exactness <= crate::query::Exactness::Words;
                self.leaf(query, forms, field, || Pattern::of_phrase(phrase))
            }
            Query::Near { left, right, .. } => {
                self.exact = false;
                QueryPlan::And(vec![self.plan(left, field, forms), self.plan(right, field, forms)])
            }
            Query::Sentence(parts) => {
                self.exact = false;
                QueryPlan::And(self.all(parts, field, forms))
            }
            Query::Field(named, part) => self.field(*named, part),
            Query::Date(range) => QueryPlan::Days(*range),
            Query::Article(part) => {
                self.exact = false;
                QueryPlan::Article(Box::new(self.plan(part, field, forms)))
            }
            Query::Boost(part, factor) => {
                let before = self.boost;
                self.boost *= factor;
                let plan = self.plan(part, field, forms);
                self.boost = before;
                plan
            }
        }
    }

    fn all(&mut self, parts: &[Query], field: LeafField, forms: bool) -> Vec<QueryPlan> {
        let mut plans: Vec<QueryPlan> = Vec::with_capacity(parts.len());
        for part in parts {
            let plan = self.plan(part, field, forms);
            // The same word a thousand times is looked up once.
            if !plans.contains(&plan) {
                plans.push(plan);
            }
        }
        plans
    }

    /// What a NOT excludes must not be too much: only an exact part may exclude before the matcher is asked.
    fn negated(&mut self, part: &Query, field: LeafField, forms: bool) -> QueryPlan {
        let outer = std::mem::replace(&mut self.exact, true);
        let wanted = std::mem::replace(&mut self.wanted, false);
        let plan = self.plan(part, field, forms);
        self.wanted = wanted;
        let inner = std::mem::replace(&mut self.exact, outer);
        let inner = inner && !self.narrow;
        self.exact &= inner;
        if inner { QueryPlan::Not(Box::new(plan)) } else { QueryPlan::Everything }
    }

    fn leaf(&mut self, query: &Query, forms: bool, field: LeafField, pattern: impl FnOnce() -> Pattern) -> QueryPlan {
        let number = self.numbered(format!("{field:?} {forms} {} {} {query}", self.wanted, self.boost), field, pattern);
        if self.wanted && field == LeafField::Text {
            self.near.push(number);
        }
        QueryPlan::Leaf(number)
    }

    /// The number of the leaf that goes by `key`.
    fn numbered(&mut self, key: String, field: LeafField, pattern: impl FnOnce() -> Pattern) -> usize {
        if let Some(known) = self.numbers.get(&key) {
            self.leaves[*known].times += 1;
            // Its mentions must not be counted twice.
            self.exact = false;
            return *known;
        }
        let pattern = pattern();
        let open_ended =
            |path: &Vec<Slot>| matches!((path.first(), path.last()), (Some(Slot::Anything), _) | (_, Some(Slot::Anything)));
        self.exact &= pattern.slop == 0 && !pattern.paths.iter().any(open_ended) && field != LeafField::Speaker;
        self.leaves.push(Leaf { field, pattern, boost: self.boost, wanted: self.wanted, times: 1 });
        self.numbers.insert(key, self.leaves.len() - 1);
        self.leaves.len() - 1
    }

    fn field(&mut self, named: Field, part: &Query) -> QueryPlan {
        let (field, forms) = match named {
            Field::Body => return QueryPlan::Body(Box::new(self.plan(part, LeafField::Text, true))),
            Field::Quote | Field::Said => {
                self.exact = false;
                return self.narrowed(part, LeafField::Text, true);
            }
            Field::Speaker => return self.plan(part, LeafField::Speaker, false),
            Field::Headline => (LeafField::Text, true),
            Field::Dateline | Field::Place => (LeafField::Dateline, false),
            Field::Byline => (LeafField::Byline, false),
            Field::Outlet => (LeafField::Outlet, false),
            Field::Section => (LeafField::Section, false),
            Field::Lang => (LeafField::Lang, false),
        };
        self.exact = false;
        heads(if named == Field::Headline { self.plan(part, field, forms) } else { self.narrowed(part, field, forms) })
    }

    fn narrowed(&mut self, part: &Query, field: LeafField, forms: bool) -> QueryPlan {
        let before = std::mem::replace(&mut self.narrow, true);
        let plan = self.plan(part, field, forms);
        self.narrow = before;
        plan
    }

    /// True when two wanted leaves may mark the same place: counts added up would count it twice.
    fn shares_words(&self) -> bool {
        let single = |leaf: &Leaf| match leaf.pattern.paths.as_slice() {
            [path] if path.len() == 1 => path.first().cloned(),
            _ => None,
        };
        let slots: Vec<(LeafField, Slot)> =
            self.leaves.iter().filter(|l| l.wanted).filter_map(|l| Some((l.field, single(l)?))).collect();
        let phrases: Vec<&Pattern> = self.leaves.iter().filter(|l| l.wanted && single(l).is_none()).map(|l| &l.pattern).collect();
        slots
            .iter()
            .enumerate()
            .any(|(i, (field, slot))| slots[i + 1..].iter().any(|(other, next)| other == field && may_share(slot, next)))
            || (phrases.len() > 1)
            || (!phrases.is_empty()
                && slots.iter().any(|(_, slot)| {
                    phrases.iter().any(|p| p.paths.iter().any(|path| path.len() == 1 && may_share(&path[0], slot)))
                }))
    }
}

/// True unless two slots certainly accept different words.
fn may_share(one: &Slot, other: &Slot) -> bool {
    match (one, other) {
        (Slot::Key(a) | Slot::Capitals(a), Slot::Key(b) | Slot::Capitals(b)) => a == b,
        (Slot::Forms(stem, a), Slot::Forms(_, b)) => a == b || stem.covers(b),
        (Slot::Forms(stem, a), Slot::Key(b)) | (Slot::Key(b), Slot::Forms(stem, a)) => a == b || stem.covers(b),
        _ => true,
    }
}

/// The same tree about heads instead of units.
fn heads(plan: QueryPlan) -> QueryPlan {
    match plan {
        QueryPlan::Leaf(number) => QueryPlan::Head(number),
        QueryPlan::And(parts) => QueryPlan::And(parts.into_iter().map(heads).collect()),
        QueryPlan::Or(parts) => QueryPlan::Or(parts.into_iter().map(heads).collect()),
        QueryPlan::Not(part) => QueryPlan::Not(Box::new(heads(*part))),
        plan => plan,
    }
}

impl QueryPlan {
    pub fn is_of_article(&self) -> bool {
        match self {
            QueryPlan::Head(_) | QueryPlan::Days(_) => true,
            QueryPlan::And(parts) | QueryPlan::Or(parts) => parts.iter().all(QueryPlan::is_of_article),
            QueryPlan::Not(part) => part.is_of_article(),
            _ => false,
        }
    }
}

/// The leaves of a plan that are not under a NOT.
pub(in crate::engine) fn leaves_of(plan: &QueryPlan) -> Vec<usize> {
    match plan {
        QueryPlan::Leaf(number) => vec![*number],
        QueryPlan::And(parts) | QueryPlan::Or(parts) => parts.iter().flat_map(leaves_of).collect(),
        QueryPlan::Body(part) | QueryPlan::Article(part) => leaves_of(part),
        QueryPlan::Head(number) => vec![*number],
        QueryPlan::Not(_) | QueryPlan::Days(_) | QueryPlan::Everything => Vec::new(),
    }
}
