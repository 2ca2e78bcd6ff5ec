//! The fields of a CSV row or JSON object, each known as a part of an article.
//!
//! Takes decoded values and sets an article from them. How rows and objects are cut is left to the readers.

use super::desk::Desk;
use super::galley::Galley;
use super::limits::Limits;
use super::part::Part;
use super::said::Said;
use super::traced::Traced;
use crate::article::ParagraphKind;
use crate::source::print::byline;
use crate::source::print::headline::without_outlet;

/// How fields of text or markup are set: a matter of formats, which this room knows nothing of.
pub(crate) struct SetFields {
    /// The headline as it is printed.
    pub headline: fn(&Traced<'_>) -> Traced<'static>,
    /// Sets a body.
    pub body: fn(&mut Galley, &Traced<'_>, &Limits),
}

/// The values of one record, the best field for each part.
#[derive(Default)]
pub(crate) struct Sheet<'a> {
    values: Vec<(Part, usize, Value<'a>)>,
}

/// A value, as far as its form is known.
pub(crate) enum Value<'a> {
    /// One text.
    Text(Traced<'a>),
    /// Several names or paragraphs, with the kind of each.
    List(Vec<(ParagraphKind, Traced<'a>)>),
}

impl<'a> Value<'a> {
    fn is_blank(&self) -> bool {
        match self {
            Value::Text(text) => matches!(text.text.trim(), "" | "None" | "null" | "NaN" | "nan"),
            Value::List(list) => list.iter().all(|(_, text)| text.text.trim().is_empty()),
        }
    }

    fn texts(&self) -> Vec<&Traced<'a>> {
        match self {
            Value::Text(text) => vec![text],
            Value::List(list) => list.iter().map(|(_, text)| text).collect(),
        }
    }

    /// The first text in it.
    fn first(&self) -> &str {
        match self {
            Value::Text(text) => text.text.trim(),
            Value::List(list) => list.first().map_or("", |(_, text)| text.text.trim()),
        }
    }
}

impl<'a> Sheet<'a> {
    /// Offers a value for a part; the best name wins, and an empty value never does. All leads are kept: a record may have several.
    pub fn offer(&mut self, part: Part, rank: usize, value: Value<'a>) {
        if value.is_blank() {
            return;
        }
        if part == Part::Lead {
            return self.values.push((part, rank, value));
        }
        match self.values.iter_mut().find(|(known, _, _)| *known == part) {
            Some(known) if known.1 <= rank => {}
            Some(known) => *known = (part, rank, value),
            None => self.values.push((part, rank, value)),
        }
    }

    fn get(&self, part: Part) -> Option<&Value<'a>> {
        self.values.iter().filter(|(known, _, _)| *known == part).min_by_key(|(_, rank, _)| *rank).map(|(_, _, value)| value)
    }

    /// The leads that say what neither headline nor body says, best first.
    fn leads(&self, body: &Value<'_>, set: &SetFields, limits: &Limits) -> Vec<Traced<'static>> {
        let mut offered: Vec<_> = self.values.iter().filter(|(part, _, _)| *part == Part::Lead).collect();
        offered.sort_by_key(|(_, rank, _)| *rank);
        let texts = offered.iter().flat_map(|(_, _, value)| value.texts());
        // Most repeat the beginning of the story, letter for letter.
        let is_new = |text: &&Traced<'_>| !body.texts().iter().any(|body| body.text.contains(whole(&text.text)));
        let texts: Vec<&Traced<'_>> = texts.filter(is_new).collect();
        if texts.is_empty() {
            return Vec::new();
        }
        let mut page = Galley::with_room(body.first().len());
        set_value(&mut page, body, set, limits);
        let headline = self.get(Part::Headline).map_or("", Value::first);
        let mut said = Said::new(&page.article.text);
        said.add(headline);
        let leads = texts.into_iter().map(|text| (set.headline)(text));
        let new = leads.filter(|lead| {
            // Programs that shorten texts give some of their sentences.
            let is_new = lead.text.split(['.', '!', '?', '\n']).any(|sentence| !said.has(sentence));
            said.add(whole(&lead.text));
            is_new
        });
        new.collect()
    }

    /// Has it the text of a story?
    pub fn has_body(&self) -> bool {
        self.get(Part::Body).is_some()
    }

    /// Sets the article, its fields as `set` does, whatever they are written in.
    pub fn set(&self, desk: &mut Desk<'_>, set: &SetFields) -> Galley {
        let body = self.get(Part::Body).or_else(|| self.get(Part::Lead));
        let mut galley = Galley::with_room(body.map_or(0, |body| body.first().len()) + 256);
        if let Some(Value::Text(headline)) = self.get(Part::Headline) {
            let headline = (set.headline)(headline);
            let length = without_outlet(&headline.text, self.get(Part::Outlet).map(Value::first)).len();
            galley.headline(&mut headline.follow(), 0..length);
        }
        if let Some(Value::Text(printed)) = self.get(Part::Dateline)
            && let Some(span) = galley.set_all(printed)
            && !galley.dateline_at(span)
            && desk.said().fields.contains_key(&Part::Dateline)
        {
            galley.place_at(span);
        }
        if let Some(id) = self.get(Part::Id) {
            galley.name = Some(id.first().to_owned());
        }
        match self.get(Part::Author) {
            Some(Value::Text(authors)) => galley.credit(byline::names(&authors.text), None),
            Some(Value::List(list)) => list.iter().for_each(|(_, one)| galley.credit(byline::names(&one.text), None)),
            None => {}
        }
        galley.article.published = self.get(Part::Date).and_then(|date| desk.date(date.first()));
        galley.article.section = self.get(Part::Section).map(|section| section.first().to_string());
        galley.article.language =
            self.get(Part::Language).and_then(|language| crate::source::print::language::code(language.first()));
        galley.article.outlet = self.outlet();
        galley.article.url = self.get(Part::Url).and_then(|url| super::host::link(url.first()));
        for lead in self.get(Part::Body).map_or(Vec::new(), |body| self.leads(body, set, desk.limits())) {
            galley.paragraph(&mut lead.follow(), 0..lead.text.len(), ParagraphKind::Subhead);
        }
        if let Some(body) = body {
            set_value(&mut galley, body, set, desk.limits());
        }
        galley
    }

    /// The outlet's name, or the host of the address.
    fn outlet(&self) -> Option<String> {
        let named = self.get(Part::Outlet).map(Value::first);
        let address = named.filter(|name| name.contains("://")).or_else(|| self.get(Part::Url).map(Value::first));
        named.filter(|name| !name.contains("://")).map(str::to_string).or_else(|| super::host::host(address?))
    }
}

/// Sets a body, of one text or of several.
fn set_value(galley: &mut Galley, body: &Value<'_>, set: &SetFields, limits: &Limits) {
    match body {
        Value::Text(body) => (set.body)(galley, body, limits),
        Value::List(paragraphs) => {
            for (kind, one) in paragraphs {
                match kind {
                    ParagraphKind::Text => (set.body)(galley, one, limits),
                    kind => galley.paragraph(&mut one.follow(), 0..one.text.len(), *kind),
                }
            }
        }
    }
}

/// A lead without the dots of one that was cut short.
fn whole(lead: &str) -> &str {
    lead.trim().trim_end_matches("[&hellip;]").trim_end_matches(['.', '…', '[', ']', ' '])
}
