//! What there is of one person, or of two beside each other, for people.

use super::quoted::{figures, quotation};
use super::{DIM, Root, Style, columns, paint, wrap};
use crate::dossier::{Both, Counts, Dossier, Every, Person, Stretch, Topic};
use crate::quotation::Kind;
use crate::render::clean;
use crate::render::curves::chart;
use crate::results::Term;
use std::fmt::Write;

/// Other printings of a name that are shown.
const MOST_NAMED: usize = 6;

/// The whole of it. `root` is put before the paths.
pub fn dossier(found: &Dossier, root: &Root, style: Style) -> String {
    let mut out = Page { out: String::new(), style };
    found.people.iter().for_each(|person| out.head(person, found.partial.is_some()));
    if let [one, other] = found.people.as_slice() {
        out.side_by_side(one, other);
    }
    out.over_time(found);
    for person in &found.people {
        let whose = if found.people.len() > 1 { format!(": {}", person.speaker.name) } else { String::new() };
        out.topics(person, &whose);
        out.against(person, &found.people);
        out.list("in the same articles", &whose, &person.beside, person.beside_all, |beside| {
            format!("{} {}", beside.name, beside.articles)
        });
        out.list("outlets", &whose, &person.outlets, person.outlets_all, |outlet| {
            format!("{} {}", outlet.name, outlet.quotations)
        });
    }
    if let Some(both) = &found.both {
        out.both(both, root);
    }
    for person in &found.people {
        let whose = if found.people.len() > 1 { format!(": {}", person.speaker.name) } else { String::new() };
        out.latest(person, &whose, root);
    }
    out.out
}

struct Page {
    out: String,
    style: Style,
}

impl Page {
    fn title(&mut self, text: &str) {
        let _ = writeln!(self.out, "  {}", paint(&clean(text), "1", self.style));
    }

    /// Foreign words; they are cleaned here.
    fn paragraph(&mut self, text: &str, code: &str) {
        for line in wrap(&clean(text), self.style.width.saturating_sub(5)) {
            let _ = writeln!(self.out, "     {}", paint(&line, code, self.style));
        }
    }

    /// `cut`: counting was ended, and the figures are the least there is.
    fn head(&mut self, person: &Person, cut: bool) {
        let speaker = &person.speaker;
        let role = speaker.role.as_ref().map_or(String::new(), |role| format!(", {role}"));
        let _ = writeln!(self.out, "{}{}", paint(&clean(&speaker.name), "1", self.style), clean(&role));
        let least = if cut { "at least " } else { "" };
        self.paragraph(&format!("{least}{}", figures(speaker)), "");
        self.paragraph(&reported(&person.counts), "");
        if let Some(once) = person.once.filter(|once| once.quotations < person.counts.quotations) {
            self.paragraph(&format!("{least}{}, copies of a story counted once", short(&once)), "");
        }
        if !speaker.may_be.is_empty() {
            self.paragraph(&format!("not certain who; may be {}", named(&speaker.may_be)), "");
        }
        if !speaker.names.is_empty() {
            self.paragraph(&format!("also {}", named(&speaker.names)), DIM);
        }
        if !person.others.is_empty() {
            self.paragraph(&format!("others of that name: {}", named(&person.others)), DIM);
        }
        self.out.push('\n');
    }

    /// The figures of two people as a table.
    fn side_by_side(&mut self, one: &Person, other: &Person) {
        let both = |of: &dyn Fn(&Person) -> String| [of(one), of(other)];
        let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "-".into());
        let rows = [
            ("", both(&|person| person.speaker.name.clone())),
            ("quotations", both(&|person| person.counts.quotations.to_string())),
            ("direct", both(&|person| person.counts.direct.to_string())),
            ("partial", both(&|person| person.counts.partial.to_string())),
            ("reported", both(&|person| person.counts.indirect.to_string())),
            ("articles", both(&|person| person.counts.articles.to_string())),
            ("reported alone", both(&|person| person.counts.reported_only.to_string())),
            ("outlets", both(&|person| person.outlets_all.to_string())),
            ("first", both(&|person| day(&person.speaker.first))),
            ("last", both(&|person| day(&person.speaker.last))),
        ];
        let cleaned = rows.map(|(what, cells)| (what, cells.map(|cell| clean(&cell))));
        let wide = cleaned.iter().map(|(_, cells)| columns(&cells[0])).max().unwrap_or(0);
        self.title("beside each other");
        for (what, [one, other]) in cleaned {
            let gap = " ".repeat(wide.saturating_sub(columns(&one)) + 3);
            let _ = writeln!(self.out, "     {what:<16}{one}{gap}{other}");
        }
        self.out.push('\n');
    }

    fn over_time(&mut self, found: &Dossier) {
        let stretches = &found.stretches;
        let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return };
        self.title(&format!("quotations by {}", Every::NAMES[found.every as usize]));
        let width = self.style.width.clamp(20, 100) - 6;
        let each = stretches.len().div_ceil(width * 2).max(1);
        let values = |at: usize| -> Vec<Option<f64>> { stretches.chunks(each).map(|some| value(some, at)).collect() };
        let top = (0..found.people.len()).flat_map(values).flatten().fold(0.0, f64::max);
        for (at, person) in found.people.iter().enumerate() {
            let values = values(at);
            let wide = (width * 2 / values.len().max(1)).clamp(1, 4);
            if found.people.len() > 1 {
                self.paragraph(&person.speaker.name, DIM);
            }
            chart(&values, top, wide).iter().for_each(|line| {
                let _ = writeln!(self.out, "     {line}");
            });
            let room = (values.len() * wide).div_ceil(2).saturating_sub(last.name.len()).max(first.name.len() + 1);
            let ends = if stretches.len() > 1 { format!("{:<room$}{}", first.name, last.name) } else { first.name.clone() };
            let _ = writeln!(self.out, "     {ends}");
        }
        self.paragraph(&time_in_words(found, top), DIM);
        self.out.push('\n');
    }

    fn topics(&mut self, person: &Person, whose: &str) {
        if person.topics.is_empty() {
            return;
        }
        self.title(&format!("speaks of{whose}"));
        for topic in &person.topics {
            self.paragraph(&in_words(topic), "");
        }
        self.out.push('\n');
    }

    fn against(&mut self, person: &Person, people: &[Person]) {
        let Some(other) = people.iter().find(|other| other.speaker.name != person.speaker.name) else { return };
        if person.against.is_empty() {
            return;
        }
        self.title(&format!("words of {} rather than of {}", person.speaker.name, other.speaker.name));
        let words: Vec<String> =
            person.against.iter().map(|Term { word, quotations, .. }| format!("{word} {quotations}")).collect();
        self.paragraph(&words.join(", "), "");
        self.out.push('\n');
    }

    fn list<T>(&mut self, title: &str, whose: &str, some: &[T], all: usize, text: impl Fn(&T) -> String) {
        if some.is_empty() {
            return;
        }
        self.title(&format!("{title}{whose}"));
        let more = if all > some.len() { format!(", and {} more", all - some.len()) } else { String::new() };
        let listed: Vec<String> = some.iter().map(text).collect();
        self.paragraph(&format!("{}{more}", listed.join(", ")), "");
        self.out.push('\n');
    }

    fn both(&mut self, both: &Both, root: &Root) {
        let once = both.stories.filter(|stories| *stories < both.articles);
        let once = once.map_or(String::new(), |stories| format!(", {stories} of them first printings"));
        self.title(&format!("both speak in {}{once}", of(both.articles, "article")));
        for shared in &both.latest {
            let facts = &shared.facts;
            let day = facts.published.as_ref().map(|date| date.split('T').next().unwrap_or(date).to_owned());
            let about: Vec<String> = [facts.headline.clone(), day, facts.outlet.clone()].into_iter().flatten().collect();
            self.paragraph(&about.join(" \u{b7} "), "");
            self.paragraph(&format!("{}{}", root.shown, shared.path), "36");
        }
        self.out.push('\n');
    }

    fn latest(&mut self, person: &Person, whose: &str, root: &Root) {
        if person.latest.is_empty() {
            return;
        }
        self.title(&format!("latest quotations{whose}"));
        for (found, rank) in person.latest.iter().zip(1..) {
            let mut found = found.clone();
            found.rank = rank;
            self.out.push_str(&quotation(&found, root, self.style));
        }
    }
}

/// Quotations of some stretches added up; nothing where the index holds no article of any.
fn value(some: &[Stretch], at: usize) -> Option<f64> {
    let all: usize = some.iter().map(|stretch| stretch.spoke[at].quotations).sum();
    (!some.iter().all(Stretch::is_gap)).then_some(all as f64)
}

/// What the picture does not show.
fn time_in_words(found: &Dossier, top: f64) -> String {
    let every = Every::NAMES[found.every as usize];
    let mut said = vec![format!("at most {top:.0}")];
    let gaps = found.stretches.iter().filter(|stretch| stretch.is_gap()).count();
    if gaps > 0 {
        said.push(format!("of {} {gaps} without any article in the index: gaps, not zeroes", of(found.stretches.len(), every)));
    }
    for person in found.people.iter().filter(|person| person.undated.quotations > 0) {
        let whose = if found.people.len() > 1 { format!(" of {}", person.speaker.name) } else { String::new() };
        said.push(format!("{}{whose} without a known {every}", of(person.undated.quotations, "quotation")));
    }
    said.join("; ")
}

/// `peace 12: “We want a long-term peace” (2025-03-14, Morning Ledger)`.
fn in_words(topic: &Topic) -> String {
    let Some(example) = &topic.example else { return format!("{} {}", topic.term.word, topic.quotations) };
    let day = example.facts.published.as_ref().map(|date| date.split('T').next().unwrap_or(date).to_owned());
    let about: Vec<String> = [day, example.facts.outlet.clone()].into_iter().flatten().collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    let said = if example.kind == Kind::Indirect { example.text.clone() } else { format!("\u{201c}{}\u{201d}", example.text) };
    format!("{} {}: {said}{about}", topic.term.word, topic.quotations)
}

fn reported(counts: &Counts) -> String {
    format!("by reported speech only in {} of {}", counts.reported_only, of(counts.articles, "article"))
}

fn short(counts: &Counts) -> String {
    format!("{} in {}", of(counts.quotations, "quotation"), of(counts.articles, "article"))
}

fn of(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn named(names: &[String]) -> String {
    let more = names.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", names[..names.len().min(MOST_NAMED)].join(", "))
}
