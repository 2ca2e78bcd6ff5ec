//! Who a phrase beside a quotation means, by the names that an article prints.

use std::ops::Range;

use crate::lexicon::is_han;

/// Whom a phrase means.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    /// The person or body of this name.
    Named(Range<usize>),
    /// Whoever of this family name holds the role.
    Family(Range<usize>),
    /// Whoever holds the role.
    Holder,
    /// Somebody without a name.
    Described,
    /// Whatever stands where a speaker stands, in words that no list has.
    Unsure,
    /// "he", "she".
    Pronoun,
}

/// Words beside a quotation that may tell whose it is, by bytes of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// As printed, with the role.
    pub printed: Range<usize>,
    /// Whom it means.
    pub who: Who,
    /// The role in it.
    pub role: Option<Range<usize>>,
}

/// What stands beside a quotation.
#[derive(Clone)]
pub enum Beside {
    /// Whoever says it.
    Known(Phrase),
    /// Something that may say it and is not understood: nobody else does.
    Unknown,
    /// Nothing that could.
    Nothing,
}

impl From<Option<Phrase>> for Beside {
    fn from(phrase: Option<Phrase>) -> Beside {
        phrase.map_or(Beside::Nothing, Beside::Known)
    }
}

/// The people an article prints with a full name and a role.
pub struct People<'t> {
    /// Name and role.
    printed: Vec<(&'t str, &'t str)>,
    /// Descriptions of several words that end in a role, among them names that no list has.
    described: Vec<&'t str>,
}

/// How many different people are kept: keeps long articles linear.
const MOST: usize = 200;

impl<'t> People<'t> {
    /// The people in the phrases of an article.
    pub fn new(text: &'t str, phrases: impl Iterator<Item = Phrase>) -> People<'t> {
        let (mut printed, mut described) = (Vec::new(), Vec::new());
        for phrase in phrases {
            match (phrase.who, phrase.role) {
                (Who::Named(name), Some(role)) => keep(&mut printed, text.get(name).zip(text.get(role))),
                (Who::Described, Some(_)) => keep(&mut described, text.get(phrase.printed)),
                _ => {}
            }
        }
        People { printed, described }
    }

    /// The only person whose name begins with a family name and goes on, and who holds the role; an honorific is everybody's.
    pub fn of_family(&self, family: &str, role: &str, is_honorific: impl Fn(&str) -> bool) -> Option<&'t str> {
        let longer = |name: &str| name.starts_with(family) && name.len() > family.len();
        // `국무총리`, `총리`
        let holds = |held: &str| held.ends_with(role) || role.ends_with(held) || is_honorific(held) || is_honorific(role);
        match only(self.printed.iter().filter(|(name, held)| longer(name) && holds(held)).map(|(name, _)| *name)) {
            Only::One(name) => Some(name),
            _ => None,
        }
    }

    /// The fullest form of a name: of foreign people the last part may be printed alone (`ハルデン`, `トーレ・ハルデン`).
    pub fn fullest<'n>(&self, name: &'n str) -> &'n str
    where
        't: 'n,
    {
        // `이서윤·박규원` are two
        let lists = |rest: &str| rest.ends_with('·') && rest.starts_with(|c| ('가'..='힣').contains(&c));
        let longer =
            |known: &str| known.strip_suffix(name).is_some_and(|rest| rest.ends_with(['・', '·', ' ', '＝']) && !lists(rest));
        // a family name of three characters: `長谷川`, `長谷川純子`
        let family =
            |known: &str| name.chars().count() == 3 && name.chars().all(is_han) && known.starts_with(name) && known != name;
        match only(self.printed.iter().map(|(known, _)| *known).filter(|known| longer(known) || family(known))) {
            Only::One(known) => known,
            _ => name,
        }
    }

    /// The full name of whom a phrase calls by the last one and a role: `벨로바 총리`, where `이리나 벨로바 카르디아 총리` is printed.
    pub fn of_last(&self, phrase: &str, role: &str) -> Option<&'t str> {
        let last = phrase.strip_suffix(role)?.trim();
        if last.is_empty() || last.contains(' ') {
            return None;
        }
        let named = self
            .printed
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| name.strip_suffix(last).is_some_and(|rest| rest.ends_with(' ')));
        let described = self.described.iter().filter_map(|words| {
            let end = words.match_indices(last).map(|(k, _)| k + last.len()).find(|end| words[*end..].starts_with(' '))?;
            let first = words[..end - last.len()].strip_suffix(' ')?;
            let start = first.rfind(' ').map_or(0, |k| k + 1);
            (start < first.len()).then_some(&words[start..end])
        });
        match only(named.chain(described)) {
            Only::One(name) => Some(name),
            _ => None,
        }
    }

    /// The only person printed with a role.
    pub fn holder(&self, role: &str) -> Option<&'t str> {
        match only(self.printed.iter().filter(|(_, held)| *held == role).map(|(name, _)| *name)) {
            Only::One(name) => Some(name),
            _ => None,
        }
    }
}

/// Adds what is not there yet, as long as there is room.
fn keep<T: PartialEq>(all: &mut Vec<T>, one: Option<T>) {
    let Some(one) = one else { return };
    if all.len() < MOST && !all.contains(&one) {
        all.push(one);
    }
}

enum Only<'t> {
    None,
    One(&'t str),
    Several,
}

fn only<'t>(names: impl Iterator<Item = &'t str>) -> Only<'t> {
    names.fold(Only::None, |found, name| match found {
        Only::None => Only::One(name),
        Only::One(known) if known == name => found,
        _ => Only::Several,
    })
}
