//! Queries beside each other over time: one picture, and every figure of it.

use super::{PageView, address, frame};
use crate::timeline::{Every, Measure, Timeline};
use maud::{Markup, PreEscaped, html};

/// Rows of figures that are listed; more are taken along as a file.
const MOST_ROWS: usize = 240;

/// What was asked for, as it is typed and chosen; what is empty was not.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// Queries, each on a line of its own.
    pub q: String,
    /// See [`Every::NAMES`].
    pub every: String,
    /// See [`Measure::NAMES`].
    pub measure: String,
    /// `each` or `once`.
    pub copies: String,
    /// From this day, month or year on.
    pub from: String,
    /// Up to this one.
    pub to: String,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Drawn<'a> {
    /// The curves.
    pub timeline: &'a Timeline,
    /// The query of each, as typed.
    pub queries: &'a [String],
    /// The picture ([`crate::render::curves::svg`]).
    pub svg: &'a str,
    /// What the picture does not show, in words.
    pub notes: Vec<String>,
}

/// The page; before anything is asked for there is nothing `drawn`.
pub fn compared(asked: &Comparison, drawn: Option<&Drawn>) -> String {
    let body = html! {
        main #content.verify.compared {
            h1 { "Over time" }
            p { "What each query finds, beside how much was printed at all." }
            (form(asked))
            @if let Some(drawn) = drawn {
                figure.curves { (PreEscaped(drawn.svg)) }
                @for note in &drawn.notes { p.complaint { (note) } }
                p { "Take it along: " @for format in ["svg", "csv", "json"] { a href=(file(asked, format)) { (format.to_uppercase()) } " " } }
                (figures(asked, drawn))
            }
        }
    };
    frame::framed("Over time \u{b7} newshound", &PageView::default(), None, &body)
}

fn form(asked: &Comparison) -> Markup {
    html! {
        form.check action="/timeline" {
            label for="queries" { "Up to four queries, each on a line of its own" }
            textarea #queries name="q" rows="4" required { (asked.q) }
            p.choices {
                (choice("every", "By", &asked.every, "month", Every::NAMES.map(|name| (name, name)).as_slice()))
                (choice("measure", "Count", &asked.measure, "articles", Measure::NAMES.map(|name| (name, in_words(name))).as_slice()))
                (choice("copies", "Copies", &asked.copies, "each", &[("each", "count each"), ("once", "first printing alone")]))
                @for (name, words, value) in [("from", "From", &asked.from), ("to", "To", &asked.to)] {
                    label { (words) " " input name=(name) value=(value) size="10" placeholder="2025-03"; }
                }
            }
            button type="submit" { "Draw" }
        }
    }
}

fn in_words(measure: &'static str) -> &'static str {
    Measure::named(measure).map_or(measure, Measure::in_words)
}

fn choice(name: &str, words: &str, chosen: &str, usual: &str, of: &[(&str, &str)]) -> Markup {
    let chosen = if chosen.is_empty() { usual } else { chosen };
    html! {
        label { (words) " " select name=(name) { @for (value, words) in of { option value=(value) selected[*value == chosen] { (words) } } } }
    }
}

fn file(asked: &Comparison, format: &str) -> String {
    let Comparison { q, every, measure, copies, from, to } = asked;
    let fields = [("q", q), ("every", every), ("from", from), ("to", to), ("measure", measure), ("copies", copies)];
    let mut fields: Vec<(&str, &str)> = fields.map(|(name, value)| (name, value.as_str())).to_vec();
    fields.push(("format", format));
    address("/v1/timelines", &fields)
}

fn figures(asked: &Comparison, drawn: &Drawn) -> Markup {
    let Timeline { stretches, curves, untold } = drawn.timeline;
    let once = asked.copies == "once" && untold.is_none();
    let measure = Measure::named(&asked.measure).unwrap_or(Measure::Articles);
    let columns: Vec<Vec<Option<f64>>> = curves.iter().map(|curve| drawn.timeline.values(curve, measure, once)).collect();
    if stretches.len() > MOST_ROWS {
        return html! { p { "The figures of " (stretches.len()) " stretches are in the files." } };
    }
    html! {
        details.figures {
            summary { "The figures" }
            table.browse {
                thead { tr { th scope="col" { (asked.every_or_month()) } @for query in drawn.queries { th.number scope="col" { (query) } } th.number scope="col" { "articles printed" } } }
                tbody {
                    @for (row, stretch) in stretches.iter().enumerate() {
                        tr {
                            th scope="row" { (stretch.name) }
                            @for (query, column) in drawn.queries.iter().zip(&columns) { td.number { (value(asked, query, &stretch.name, column[row])) } }
                            td.number { (if once { stretch.printed.stories } else { stretch.printed.articles }) }
                        }
                    }
                }
            }
        }
    }
}

/// A value, which leads to what it counts; a gap is none.
fn value(asked: &Comparison, query: &str, stretch: &str, value: Option<f64>) -> Markup {
    let label = |value: f64| crate::render::curves::label(value);
    match value {
        None => html! { span title="no article of this time is in the index" { "\u{2013}" } },
        // A week has no name that a search takes.
        Some(value) if value > 0.0 && asked.every != "week" => {
            html! { a href=(address("/", &[("q", query), ("from", stretch), ("to", stretch)])) { (label(value)) } }
        }
        Some(value) => html! { (label(value)) },
    }
}

impl Comparison {
    fn every_or_month(&self) -> &str {
        if self.every.is_empty() { "month" } else { &self.every }
    }

    /// The page that draws one query.
    pub(super) fn address_of(query: &str) -> String {
        address("/timeline", &[("q", query)])
    }
}
