//! The slow way to find mentions: every rule of `docs/query.md` written out plainly, over the characters of the text.
//!
//! Nothing of the engine or the matcher is used. Taken as given from the library are only what a paragraph, a passage and a
//! sentence are, and which words have the same stem.

use newshound::article::{Article, Span};
use newshound::day::Days;
use newshound::passage::{Unit, UnitKind, passages, sentences, units};
use newshound::query::{Exactness, Field, Phrase, Query, Word};
use newshound::quotation::{Kind, Quotation};
use newshound::words::Stem;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// An article and who is quoted in it.
pub type Story = (Article, Vec<Quotation>);

/// Marks as bytes of the article's text.
pub type Marks = BTreeSet<(usize, usize)>;

/// Passage ids with what is marked in each.
pub type Answer = BTreeMap<String, Marks>;

/// Every passage of `stories` that answers `query`.
pub fn answer(stories: &[Story], query: &Query) -> Answer {
    let mut out = Answer::new();
    for story in stories {
        let (article, _) = story;
        let mut number = 0;
        let all: Vec<Unit> = units(article).collect();
        for (at, unit) in all.iter().enumerate() {
            let pieces = passages(&article.text, unit.span);
            let desk = |at: usize| Desk { story, unit: all[at] };
            if let Some(marks) = desk(at).answer(query) {
                let id = |piece: usize| format!("{}.{}", article.id, number + piece);
                for mark in &marks {
                    let piece = pieces.iter().rposition(|piece| piece.start as usize <= mark.0).unwrap();
                    out.entry(id(piece)).or_default().insert(*mark);
                }
                if marks.is_empty() {
                    // An article without a headline is shown by its first paragraph, unless that answers by itself.
                    let without = at == 0 && unit.span.is_empty();
                    if !without || (all.len() > 1 && desk(1).answer(query).is_none()) {
                        out.entry(id(usize::from(without))).or_default();
                    }
                }
            }
            number += pieces.len();
        }
    }
    out
}

struct Desk<'a> {
    story: &'a Story,
    unit: Unit,
}

impl Desk<'_> {
    fn article(&self) -> &Article {
        &self.story.0
    }

    fn is_head(&self) -> bool {
        self.unit.kind == UnitKind::Head
    }

    fn answer(&self, query: &Query) -> Option<Marks> {
        if speaks_of_article(query) {
            return (self.is_head() && self.of_article(query)).then(|| self.headline_marks(query));
        }
        self.passage(query, (self.unit.span.start as usize, self.unit.span.end as usize))
    }

    /// What the query marks between the bytes of `scope`, if it holds there.
    fn passage(&self, query: &Query, scope: (usize, usize)) -> Option<Marks> {
        // A NOT finds nothing by itself.
        if speaks_of_article(query) && !matches!(without_boost(query), Query::Not(_)) {
            return (self.is_head() && self.of_article(query)).then(|| self.headline_marks(query));
        }
        let some = |marks: Marks| (!marks.is_empty()).then_some(marks);
        match query {
            Query::Boost(part, _) => self.passage(part, scope),
            Query::Word(_) | Query::Near { .. } => some(marks_of(&self.hits(query, true, scope))),
            Query::Phrase(phrase) if phrase.exactness <= Exactness::Words => some(marks_of(&self.hits(query, true, scope))),
            Query::Phrase(phrase) => some(self.exact(phrase, scope)),
            Query::Sentence(parts) => {
                let mut marks = Marks::new();
                for sentence in sentences(&self.article().text, self.unit.span) {
                    let inside = (scope.0.max(sentence.start as usize), scope.1.min(sentence.end as usize));
                    let hits: Vec<Vec<Hit>> = parts.iter().map(|part| self.hits(part, true, inside)).collect();
                    if hits.iter().all(|hits| !hits.is_empty()) {
                        hits.iter().for_each(|hits| marks.extend(marks_of(hits)));
                    }
                }
                some(marks)
            }
            Query::Any(parts) | Query::Or(parts) => {
                let found: Vec<Marks> = parts.iter().filter_map(|part| self.passage(part, scope)).collect();
                (!found.is_empty()).then(|| found.into_iter().flatten().collect())
            }
            Query::And(parts) => self.all(parts, scope),
            Query::Not(_) => None,
            Query::Field(Field::Body, part) => {
                if self.is_head() {
                    None
                } else {
                    self.passage(part, scope)
                }
            }
            Query::Field(Field::Speaker, part) => self.said(&[part], &[]),
            Query::Field(field @ (Field::Quote | Field::Said), part) => self.said(&[], &[(*field, part)]),
            Query::Field(..) | Query::Date(_) => unreachable!("speaks of the article"),
            Query::Article(part) => {
                if self.somewhere(part) {
                    some(self.wanted(part))
                } else {
                    None
                }
            }
        }
    }

    fn all(&self, parts: &[Query], scope: (usize, usize)) -> Option<Marks> {
        let (mut speakers, mut quotes, mut marks) = (Vec::new(), Vec::new(), Marks::new());
        for part in parts.iter().map(without_boost) {
            match part {
                Query::Field(Field::Speaker, inner) => speakers.push(&**inner),
                Query::Field(field @ (Field::Quote | Field::Said), inner) => quotes.push((*field, &**inner)),
                Query::Not(inner) if speaks_of_article(inner) => {
                    if self.of_article(inner) {
                        return None;
                    }
                }
                Query::Not(inner) => {
                    if self.passage(inner, scope).is_some() {
                        return None;
                    }
                }
                part if speaks_of_article(part) => {
                    if !self.of_article(part) {
                        return None;
                    }
                    if self.is_head() {
                        marks.extend(self.headline_marks(part));
                    }
                }
                part => marks.extend(self.passage(part, scope)?),
            }
        }
        if !speakers.is_empty() || !quotes.is_empty() {
            marks.extend(self.said(&speakers, &quotes)?);
        }
        Some(marks)
    }

    /// One quotation by someone who is all of `speakers`, in which all of `quotes` stand.
    fn said(&self, speakers: &[&Query], quotes: &[(Field, &Query)]) -> Option<Marks> {
        let (from, to) = (self.unit.span.start, self.unit.span.end);
        let mut found: Option<Marks> = None;
        for quotation in &self.story.1 {
            let (start, end) = (quotation.span.start.max(from), quotation.span.end.min(to));
            let left_out = |field: Field| quotation.kind == if field == Field::Quote { Kind::Indirect } else { Kind::NotSpeech };
            if start >= end || quotes.iter().any(|(field, _)| left_out(*field)) {
                continue;
            }
            let name = quotation.speaker.as_ref().map_or("", |speaker| &speaker.name);
            if !speakers.iter().all(|part| of_name(part, name)) {
                continue;
            }
            let scope = (start as usize, end as usize);
            let marks: Option<Vec<Marks>> = quotes.iter().map(|(_, part)| self.passage(part, scope)).collect();
            if let Some(marks) = marks {
                let all = found.get_or_insert_default();
                all.extend(marks.into_iter().flatten());
                if quotes.is_empty() {
                    all.insert(scope);
                }
            }
        }
        found
    }

    fn hits(&self, part: &Query, forms: bool, scope: (usize, usize)) -> Vec<Hit> {
        let base = self.unit.span.start as usize;
        let reading = Reading::of(self.unit.span.of(&self.article().text));
        let inside =
            |from: usize, to: usize| scope.0 <= base + reading.words[from].start && base + reading.words[to].end <= scope.1;
        let mut hits = hits(part, forms, &reading, &inside);
        for hit in &mut hits {
            hit.spans = hit.words.iter().map(|&(a, b)| (base + reading.words[a].start, base + reading.words[b].end)).collect();
        }
        hits
    }

    fn exact(&self, phrase: &Phrase, scope: (usize, usize)) -> Marks {
        let base = self.unit.span.start as usize;
        let found = printed(phrase, self.unit.span.of(&self.article().text));
        found.into_iter().map(|(a, b)| (base + a, base + b)).filter(|m| scope.0 <= m.0 && m.1 <= scope.1).collect()
    }

    /// True when a query about the article holds.
    fn of_article(&self, query: &Query) -> bool {
        let article = self.article();
        match query {
            Query::Boost(part, _) => self.of_article(part),
            Query::And(parts) => parts.iter().all(|part| self.of_article(part)),
            Query::Or(parts) | Query::Any(parts) => parts.iter().any(|part| self.of_article(part)),
            Query::Not(part) => !self.of_article(part),
            Query::Date(range) => {
                let days = article.published.as_ref().and_then(|p| Days::of_published(&p.date));
                days.is_some_and(|days| range.from <= days.from && days.to <= range.to)
            }
            Query::Field(field, part) => {
                let dateline = article.dateline.as_ref();
                let texts: Vec<&str> = match field {
                    Field::Headline => vec![article.headline.map_or("", |span| span.of(&article.text))],
                    Field::Dateline => dateline.iter().map(|d| d.span.of(&article.text)).collect(),
                    Field::Place => dateline.iter().map(|d| d.place.as_str()).collect(),
                    Field::Byline => article.bylines.iter().map(|b| b.name.as_str()).collect(),
                    Field::Outlet => article.outlet.iter().map(String::as_str).collect(),
                    Field::Section => article.section.iter().map(String::as_str).collect(),
                    Field::Lang => article.language.iter().map(String::as_str).collect(),
                    Field::Speaker | Field::Quote | Field::Said | Field::Body => unreachable!("fields of a passage"),
                };
                texts.iter().any(|text| of_text(part, *field == Field::Headline, text))
            }
            _ => unreachable!("speaks of a passage"),
        }
    }

    /// On the head, the words of the headline that were asked for.
    fn headline_marks(&self, query: &Query) -> Marks {
        match query {
            Query::Boost(part, _) => self.headline_marks(part),
            Query::And(parts) | Query::Or(parts) | Query::Any(parts) => {
                parts.iter().flat_map(|part| self.headline_marks(part)).collect()
            }
            Query::Field(Field::Headline, part) if self.is_head() => self.wanted(part),
            _ => Marks::new(),
        }
    }

    /// What stands here of all that a query wants, whether or not the rest of it holds.
    fn wanted(&self, query: &Query) -> Marks {
        match query {
            Query::And(parts) | Query::Or(parts) | Query::Any(parts) => parts.iter().flat_map(|part| self.wanted(part)).collect(),
            Query::Boost(part, _) => self.wanted(part),
            Query::Not(_) | Query::Date(_) => Marks::new(),
            query if speaks_of_article(query) => self.headline_marks(query),
            query => self.answer(query).unwrap_or_default(),
        }
    }

    /// True when each part of the query holds somewhere in the article.
    fn somewhere(&self, query: &Query) -> bool {
        match query {
            Query::And(parts) => parts.iter().all(|part| self.somewhere(part)),
            Query::Or(parts) | Query::Any(parts) => parts.iter().any(|part| self.somewhere(part)),
            Query::Boost(part, _) => self.somewhere(part),
            Query::Not(part) => !self.somewhere(part),
            query if speaks_of_article(query) => self.of_article(query),
            query => units(self.article()).any(|unit| Desk { story: self.story, unit }.answer(query).is_some()),
        }
    }
}

fn without_boost(query: &Query) -> &Query {
    if let Query::Boost(part, _) = query { without_boost(part) } else { query }
}

fn speaks_of_article(query: &Query) -> bool {
    match query {
        Query::Field(field, _) => !matches!(field, Field::Speaker | Field::Quote | Field::Said | Field::Body),
        Query::Date(_) => true,
        Query::And(parts) | Query::Or(parts) | Query::Any(parts) => parts.iter().all(speaks_of_article),
        Query::Not(part) | Query::Boost(part, _) => speaks_of_article(part),
        _ => false,
    }
}

fn of_name(query: &Query, name: &str) -> bool {
    of_text(query, false, name)
}

/// True when a query of words holds of a short text. `forms`: other forms of a word count too.
fn of_text(query: &Query, forms: bool, text: &str) -> bool {
    match query {
        Query::And(parts) => parts.iter().all(|part| of_text(part, forms, text)),
        Query::Or(parts) | Query::Any(parts) => parts.iter().any(|part| of_text(part, forms, text)),
        Query::Not(part) => !of_text(part, forms, text),
        Query::Boost(part, _) => of_text(part, forms, text),
        Query::Sentence(parts) => parts.iter().all(|part| of_text(part, forms, text)),
        Query::Phrase(phrase) if phrase.exactness > Exactness::Words => !printed(phrase, text).is_empty(),
        query => !hits(query, forms, &Reading::of(text), &|_, _| true).is_empty(),
    }
}

// ---------------------------------------------------------------------------------------------------------------- words

/// A printed word.
struct Printed {
    start: usize,
    end: usize,
    text: String,
    key: String,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Spelling {
    Plain,
    Joined { dotted: bool },
    Capitals,
}

/// One or more words that may be found under one spelling.
struct Form {
    first: usize,
    last: usize,
    key: String,
    spelling: Spelling,
}

struct Reading {
    words: Vec<Printed>,
    forms: Vec<Form>,
}

fn changes_nothing(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn alone(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3040}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}')
}

/// Arabic vowel signs and the stroke that stretches, points of Hebrew.
fn is_pointing(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c7}')
}

fn is_arabic(c: char) -> bool {
    ('\u{620}'..='\u{6ff}').contains(&c)
}

fn folded(word: &str) -> String {
    let mut key = String::new();
    let half_width = word.contains(|c| ('\u{ff66}'..='\u{ff9f}').contains(&c));
    let composed: String = if half_width { word.nfkc().collect() } else { word.nfc().collect() };
    for c in composed.chars().flat_map(char::to_lowercase) {
        match c {
            c if changes_nothing(c) || is_accent(c) || is_pointing(c) => {}
            'ſ' => key.push('s'),
            'آ' | 'أ' | 'إ' => key.push('ا'),
            'ؤ' => key.push('و'),
            'ئ' | 'ى' | 'ی' => key.push('ي'),
            'ک' => key.push('ك'),
            'ß' => key.push_str("ss"),
            'ł' => key.push('l'),
            'ø' => key.push('o'),
            c if ('\u{c0}'..='\u{24f}').contains(&c) => key.extend(c.nfd().filter(|c| !is_accent(*c))),
            c => key.push(c),
        }
    }
    key
}

impl Reading {
    fn of(text: &str) -> Reading {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut words = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            if !chars[at].1.is_alphanumeric() || is_pointing(chars[at].1) || is_accent(chars[at].1) {
                at += 1;
                continue;
            }
            let (from, single) = (at, alone(chars[at].1));
            let mut to = at;
            at += 1;
            while at < chars.len() {
                let c = chars[at].1;
                // A non-joiner parts Persian words as a space does.
                let parts = c == '\u{200c}' && is_arabic(chars[to].1) && chars.get(at + 1).is_some_and(|next| is_arabic(next.1));
                let voicing = single && matches!(c, '\u{ff9e}' | '\u{ff9f}');
                if parts {
                    break;
                }
                if is_accent(c) || voicing || is_pointing(c) || (c.is_alphanumeric() && !single && !alone(c)) {
                    to = at;
                } else if !changes_nothing(c) {
                    break;
                }
                at += 1;
            }
            at = to + 1;
            let (start, end) = (chars[from].0, chars[to].0 + chars[to].1.len_utf8());
            words.push(Printed { start, end, text: text[start..end].to_owned(), key: folded(&text[start..end]) });
        }
        let mut forms: Vec<Form> = words
            .iter()
            .enumerate()
            .map(|(n, w)| Form { first: n, last: n, key: w.key.clone(), spelling: Spelling::Plain })
            .collect();
        for (n, word) in words.iter().enumerate() {
            if (2..=5).contains(&word.text.len()) && word.text.chars().all(|c| c.is_ascii_uppercase()) {
                forms.push(Form { first: n, last: n, key: word.key.clone(), spelling: Spelling::Capitals });
            }
        }
        let mut first = 0;
        while first < words.len() {
            let mut last = first;
            while last + 1 < words.len() && joint(text, &words[last], &words[last + 1]).is_some() {
                last += 1;
            }
            if last > first {
                let dotted = joint(text, &words[first], &words[first + 1]) == Some('.');
                let mut join = |first: usize, last: usize| {
                    let key = words[first..=last].iter().map(|w| w.key.as_str()).collect();
                    forms.push(Form { first, last, key, spelling: Spelling::Joined { dotted } });
                };
                let count = last - first + 1;
                if count <= 4 {
                    join(first, last);
                }
                if count > 2 && !dotted {
                    (first..last).for_each(|n| join(n, n + 1));
                }
            }
            first = last + 1;
        }
        Reading { words, forms }
    }
}

/// What ties two neighbouring words into one spelling.
fn joint(text: &str, left: &Printed, right: &Printed) -> Option<char> {
    let gap = &text[left.end..right.start];
    let digits = |w: &str| w.chars().all(|c| c.is_ascii_digit());
    let letter = |w: &str| w.chars().count() == 1 && w.chars().all(char::is_alphabetic);
    let (l, r) = (left.text.as_str(), right.text.as_str());
    match gap {
        "." if letter(l) && letter(r) => Some('.'),
        "," if digits(l) && l.len() <= 3 && digits(r) && r.len() == 3 => Some(','),
        "\u{200c}" if l.ends_with(is_arabic) && r.starts_with(is_arabic) => Some('\u{200c}'),
        "'" | "\u{2019}" if letter(l) && r.chars().count() >= 3 && r.chars().take(3).all(char::is_alphabetic) => Some('\''),
        "-" | "-\n" | "\u{2010}" | "\u{2011}" | "\u{2013}" if !(digits(l) && digits(r)) => Some('-'),
        _ => None,
    }
}

// --------------------------------------------------------------------------------------------------------------- places

/// A place in a text: the words it reaches from and to, and the runs of words to mark.
#[derive(Clone)]
struct Hit {
    first: usize,
    last: usize,
    words: Vec<(usize, usize)>,
    spans: Vec<(usize, usize)>,
}

fn marks_of(hits: &[Hit]) -> Marks {
    hits.iter().flat_map(|hit| hit.spans.iter().copied()).collect()
}

/// What may stand at one place of a phrase.
enum Slot {
    Key(String),
    Capitals(String),
    Forms(String),
    Letters(Vec<char>),
    Fuzzy(String, usize),
    /// A word, whether its forms count, and how many confusions.
    Misread(String, bool, usize),
    Regex(regex::Regex),
    Anything,
}

impl Slot {
    fn takes(&self, form: &Form) -> bool {
        let plain = form.spelling == Spelling::Plain;
        if form.spelling == Spelling::Capitals {
            return matches!(self, Slot::Capitals(key) if *key == form.key);
        }
        match self {
            Slot::Key(key) => *key == form.key,
            Slot::Capitals(_) => false,
            Slot::Forms(key) => *key == form.key || (plain && Stem::of(key).covers(&form.key)),
            Slot::Letters(pattern) => covers(pattern, &form.key.chars().collect::<Vec<char>>()),
            Slot::Fuzzy(key, most) => plain && distance(key, &form.key) <= *most,
            Slot::Misread(key, forms, most) => {
                misread(key, &form.key, *most) || (*forms && plain && misread_form(key, &form.key, *most))
            }
            Slot::Regex(regex) => plain && regex.is_match(&form.key),
            Slot::Anything => plain,
        }
    }
}

fn covers(pattern: &[char], key: &[char]) -> bool {
    match pattern.split_first() {
        None => key.is_empty(),
        Some(('*', rest)) => (0..=key.len()).any(|n| covers(rest, &key[n..])),
        Some(('?', rest)) => !key.is_empty() && covers(rest, &key[1..]),
        Some((c, rest)) => key.first() == Some(c) && covers(rest, &key[1..]),
    }
}

/// Letters added, left out, changed, or swapped with a neighbour.
fn distance(a: &str, b: &str) -> usize {
    fn from(a: &[char], b: &[char]) -> usize {
        match (a, b) {
            ([], b) => b.len(),
            (a, []) => a.len(),
            ([x, a @ ..], [y, b @ ..]) if x == y => from(a, b),
            (a, b) => {
                let mut best = from(&a[1..], b).min(from(a, &b[1..])).min(from(&a[1..], &b[1..]));
                if a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0] {
                    best = best.min(from(&a[2..], &b[2..]));
                }
                best + 1
            }
        }
    }
    if a.chars().count().abs_diff(b.chars().count()) > 2 {
        return 3;
    }
    from(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
}

/// What machines take for each other, either way.
const CONFUSED: &str = "c/e c/o e/o b/h n/u i/l i/j l/t f/t v/y g/q s/f ss/ff l/1 i/1 o/0 s/5 z/2 b/8 b/6 g/9 \
    m/rn m/in m/ni m/iii d/cl h/li h/ii h/ll k/lc n/ri n/ii u/ii u/li u/ll w/vv th/di hn/lm im/un";

/// True when at most so many confusions make `key` of `word`.
fn misread(word: &str, key: &str, most: usize) -> bool {
    if word.is_empty() || key.is_empty() {
        return word == key;
    }
    let (first, other) = (word.chars().next(), key.chars().next());
    let rest = |text: &str, first: Option<char>| text[first.map_or(0, char::len_utf8)..].to_owned();
    (first == other && misread(&rest(word, first), &rest(key, other), most))
        || (most > 0
            && CONFUSED.split_whitespace().filter_map(|pair| pair.split_once('/')).any(|(a, b)| {
                let goes_on = |a: &str, b: &str| match (word.strip_prefix(a), key.strip_prefix(b)) {
                    (Some(word), Some(key)) => misread(word, key, most - 1),
                    _ => false,
                };
                goes_on(a, b) || goes_on(b, a)
            }))
}

/// True when `key` is a form of `word` whose beginning, as far as all forms share it, is misread.
fn misread_form(word: &str, key: &str, most: usize) -> bool {
    let stem = Stem::of(word);
    let ends = key.char_indices().map(|(at, c)| at + c.len_utf8());
    let covers = |at: usize| misread(stem.prefix(), &key[..at], most) && stem.covers(&(stem.prefix().to_owned() + &key[at..]));
    ends.into_iter().any(covers)
}

/// The ways with every word also as it may be misread; words of three letters only beside others.
fn misread_ways(mut ways: Vec<Vec<Slot>>) -> Vec<Vec<Slot>> {
    for way in &mut ways {
        let alone = way.len() == 1;
        for slot in way {
            let (key, forms) = match slot {
                Slot::Key(key) => (key.clone(), false),
                Slot::Forms(key) => (key.clone(), true),
                _ => continue,
            };
            let most = match key.chars().count() {
                0..=2 => 0,
                3 if alone => 0,
                3..=6 => 1,
                _ => 2,
            };
            *slot = Slot::Misread(key, forms, most);
        }
    }
    ways
}

/// Every way to spell a text: word by word, or joined where it may be joined.
fn ways(text: &str) -> Vec<Vec<Slot>> {
    fn go(reading: &Reading, at: usize) -> Vec<Vec<Slot>> {
        if at == reading.words.len() {
            return vec![Vec::new()];
        }
        let mut out = Vec::new();
        for form in reading.forms.iter().filter(|form| form.first == at) {
            let slot = || match form.spelling {
                Spelling::Plain | Spelling::Joined { dotted: false } => Some(Slot::Key(form.key.clone())),
                Spelling::Joined { dotted: true } => Some(Slot::Capitals(form.key.clone())),
                Spelling::Capitals => None,
            };
            for mut rest in go(reading, form.last + 1) {
                if let Some(slot) = slot() {
                    rest.insert(0, slot);
                    out.push(rest);
                }
            }
        }
        out
    }
    go(&Reading::of(text), 0)
}

/// Every way to spell a text in which `*` and `?` stand for letters or words.
fn wild_ways(text: &str) -> Vec<Vec<Slot>> {
    let mut all: Vec<Vec<Slot>> = vec![Vec::new()];
    for piece in text.split_whitespace() {
        let wild = piece.contains('*') || piece.trim_end_matches(['?', '!', '.', ',']).contains('?');
        let pieces = || {
            if !wild {
                return ways(piece);
            }
            let parts = piece.split(|c: char| !c.is_alphanumeric() && !matches!(c, '*' | '?') && !is_accent(c));
            let slot = |part: &str| if part == "*" { Slot::Anything } else { Slot::Letters(folded(part).chars().collect()) };
            vec![parts.filter(|part| !part.is_empty()).map(slot).collect()]
        };
        let mut next = Vec::new();
        for head in &all {
            for way in pieces() {
                let mut longer: Vec<Slot> = head.iter().map(Slot::again).collect();
                longer.extend(way);
                next.push(longer);
            }
        }
        all = next;
    }
    all.retain(|way| way.iter().any(|slot| !matches!(slot, Slot::Anything)));
    all
}

impl Slot {
    fn again(&self) -> Slot {
        match self {
            Slot::Key(key) => Slot::Key(key.clone()),
            Slot::Capitals(key) => Slot::Capitals(key.clone()),
            Slot::Forms(key) => Slot::Forms(key.clone()),
            Slot::Letters(pattern) => Slot::Letters(pattern.clone()),
            Slot::Fuzzy(key, most) => Slot::Fuzzy(key.clone(), *most),
            Slot::Misread(key, forms, most) => Slot::Misread(key.clone(), *forms, *most),
            Slot::Regex(regex) => Slot::Regex(regex.clone()),
            Slot::Anything => Slot::Anything,
        }
    }
}

/// The ways of a bare word.
fn ways_of_word(text: &str, forms: bool) -> Vec<Vec<Slot>> {
    let words = Reading::of(text).words;
    if forms && words.len() == 1 { vec![vec![Slot::Forms(words[0].key.clone())]] } else { ways(text) }
}

/// Where a part made of words stands; `inside` says which runs of words may be looked at.
fn hits(part: &Query, forms: bool, reading: &Reading, inside: &dyn Fn(usize, usize) -> bool) -> Vec<Hit> {
    let rows = |ways: Vec<Vec<Slot>>| {
        let all = ways.iter().flat_map(|way| (0..reading.words.len()).flat_map(move |at| rows_from(way, reading, at, at)));
        all.filter(|hit| inside(hit.first, hit.last)).collect::<Vec<Hit>>()
    };
    match part {
        Query::Boost(part, _) => hits(part, forms, reading, inside),
        Query::Or(parts) | Query::Any(parts) => parts.iter().flat_map(|part| hits(part, forms, reading, inside)).collect(),
        Query::Word(Word::Forms(text)) => rows(ways_of_word(text, forms)),
        Query::Word(Word::Misread(text)) => rows(misread_ways(ways_of_word(text, forms))),
        Query::Word(Word::Wildcard(text)) => rows(wild_ways(text)),
        Query::Word(Word::Fuzzy(text, most)) => rows(vec![vec![Slot::Fuzzy(folded(text), usize::from(*most))]]),
        Query::Word(Word::Regex(text)) => rows(vec![vec![Slot::Regex(regex::Regex::new(&format!("^(?i:{text})$")).unwrap())]]),
        Query::Phrase(Phrase { text, slop, exactness }) => {
            let ways = wild_ways(text);
            let ways = if *exactness == Exactness::Misread { misread_ways(ways) } else { ways };
            if *slop == 0 {
                return rows(ways);
            }
            let mut out = Vec::new();
            for way in ways {
                if way.len() == 1 {
                    out.extend(rows(vec![way]));
                } else {
                    out.extend(window(&way, *slop as usize, reading, inside));
                }
            }
            out
        }
        Query::Near { left, right, distance, ordered } => {
            let (left, right) = (hits(left, forms, reading, inside), hits(right, forms, reading, inside));
            let mut out = Vec::new();
            for one in &left {
                for other in &right {
                    let follows = |a: &Hit, b: &Hit| b.first > a.last && b.first - a.last <= *distance as usize;
                    if follows(one, other) || (!ordered && follows(other, one)) {
                        let words = one.words.iter().chain(&other.words).copied().collect();
                        let (first, last) = (one.first.min(other.first), one.last.max(other.last));
                        out.push(Hit { first, last, words, spans: Vec::new() });
                    }
                }
            }
            out
        }
        _ => Vec::new(),
    }
}

fn rows_from(way: &[Slot], reading: &Reading, first: usize, at: usize) -> Vec<Hit> {
    let Some((slot, rest)) = way.split_first() else {
        return vec![Hit { first, last: at - 1, words: vec![(first, at - 1)], spans: Vec::new() }];
    };
    let next = reading.forms.iter().filter(|form| form.first == at && slot.takes(form));
    next.flat_map(|form| rows_from(rest, reading, first, form.last + 1)).collect()
}

/// All slots, each with a word of its own, in any order within as many words as there are slots and `slop` more.
fn window(way: &[Slot], slop: usize, reading: &Reading, inside: &dyn Fn(usize, usize) -> bool) -> Vec<Hit> {
    let wanted: Vec<&Slot> = way.iter().filter(|slot| !matches!(slot, Slot::Anything)).collect();
    let places: Vec<(usize, usize, Vec<bool>)> = reading
        .forms
        .iter()
        .map(|form| (form.first, form.last, wanted.iter().map(|slot| slot.takes(form)).collect::<Vec<bool>>()))
        .filter(|(first, last, takes)| takes.contains(&true) && inside(*first, *last))
        .collect();
    let mut out = Vec::new();
    for begin in 0..reading.words.len() {
        let here: Vec<_> = places.iter().filter(|place| begin <= place.0 && place.1 < begin + way.len() + slop).collect();
        if can_fill(wanted.len(), &here, &mut Vec::new()) {
            out.extend(here.iter().map(|p| Hit { first: p.0, last: p.1, words: vec![(p.0, p.1)], spans: Vec::new() }));
        }
    }
    out
}

/// True when every slot from `used.len()` on finds a word that no other slot uses.
fn can_fill(slots: usize, places: &[&(usize, usize, Vec<bool>)], used: &mut Vec<usize>) -> bool {
    let slot = used.len();
    if slot == slots {
        return true;
    }
    for place in places {
        if place.2[slot] && !used.contains(&place.0) {
            used.push(place.0);
            if can_fill(slots, places, used) {
                return true;
            }
            used.pop();
        }
    }
    false
}

// ---------------------------------------------------------------------------------------------------------------- exact

/// Where a phrase is printed letter for letter.
fn printed(phrase: &Phrase, text: &str) -> Vec<(usize, usize)> {
    let case = phrase.exactness == Exactness::Case;
    let wanted: Vec<char> = letters(phrase.text.trim(), case).into_iter().map(|(c, _, _)| c).collect();
    let there = letters(text, case);
    let cuts = |at: usize| {
        let of_word = |c: char| c.is_alphanumeric() || is_accent(c);
        at > 0 && at < there.len() && of_word(there[at - 1].0) && of_word(there[at].0)
    };
    (0..there.len())
        .filter(|&at| {
            there.len() - at >= wanted.len() && there[at..at + wanted.len()].iter().map(|l| l.0).eq(wanted.iter().copied())
        })
        .filter(|&at| !cuts(at) && !cuts(at + wanted.len()))
        .map(|at| (there[at].1, there[at + wanted.len() - 1].2))
        .collect()
}

/// Characters with the bytes they come from; variants of the same mark are the same.
fn letters(text: &str, case: bool) -> Vec<(char, usize, usize)> {
    let mut out: Vec<(char, usize, usize)> = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    while at < chars.len() {
        let mut next = at + 1;
        while next < chars.len() && is_accent(chars[next].1) {
            next += 1;
        }
        let (start, end) = (chars[at].0, chars.get(next).map_or(text.len(), |c| c.0));
        for c in text[start..end].nfc() {
            let plain = match c {
                c if changes_nothing(c) => continue,
                '\u{2010}'..='\u{2015}' => '-',
                '\u{201c}'..='\u{201f}' => '"',
                '\u{2018}'..='\u{201b}' => '\'',
                c if c.is_whitespace() => ' ',
                c => c,
            };
            if plain == ' ' && out.last().is_some_and(|last| last.0 == ' ') {
                continue;
            }
            if case { out.push((plain, start, end)) } else { out.extend(plain.to_lowercase().map(|c| (c, start, end))) }
        }
        at = next;
    }
    out
}

/// The words of a text by their keys, for comparing what two texts say.
pub fn keys(text: &str) -> Vec<String> {
    Reading::of(text).words.into_iter().map(|word| word.key).collect()
}

/// The bytes of a span, for comparing with [`Marks`].
pub fn bytes(span: Span) -> (usize, usize) {
    (span.start as usize, span.end as usize)
}
