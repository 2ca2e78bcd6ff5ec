//! How much there is in each stretch of time, as bars that lead to their stretch.

use super::PageView;
use super::parts::counted;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// How many passages or quotations there are in each month.
#[derive(Debug, Default)]
pub struct Timeline {
    /// By month, as `2025-03`; those without any are left out.
    pub months: BTreeMap<String, usize>,
    /// Those whose month is not known.
    pub undated: usize,
    /// Months between the first and the last of which the archive holds no article at all.
    pub gaps: usize,
    /// Not all were counted.
    pub partial: bool,
}

/// A bar: the year or month it stands for, and how much there is.
#[derive(Debug, PartialEq, Eq)]
struct Bar {
    from: String,
    count: usize,
}

/// Months of more years than these are shown as years.
const MOST_MONTHS: usize = 72;
const HEIGHT: usize = 48;
const WIDTH: usize = 10;

/// The bars, months that are missing among them. `unit` is what is counted. A bar leads to `view` at `path` within that stretch.
pub(super) fn timeline(path: &str, view: &PageView, over: &Timeline, unit: &str) -> Markup {
    let bars = whole(&over.months);
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let chosen = |from: &str| {
        let since = view.from.is_empty() || from >= view.from.get(..from.len()).unwrap_or(&view.from);
        let until = view.to.is_empty() || from <= view.to.get(..from.len()).unwrap_or(&view.to);
        since && until
    };
    let beside = beside(over, unit);
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
        return html! { @if let Some(beside) = beside { p.beside { (beside) } } };
    };
    html! {
        figure.timeline {
            svg viewBox=(format!("0 0 {} {HEIGHT}", bars.len() * WIDTH)) preserveAspectRatio="none" role="group"
                aria-label=(format!("{unit}s from {} to {}", first.from, last.from)) {
                @for (at, bar) in bars.iter().enumerate() {
                    @let height = if bar.count == 0 { 0 } else { (bar.count * (HEIGHT - 3)).div_ceil(most) + 3 };
                    @let label = format!("{}: {}", super::parts::day(&bar.from), counted(bar.count, unit));
                    a href=(view.with("from", &bar.from).with("to", &bar.from).address(path)) aria-label=(label) data-from=(bar.from)
                        tabindex=[(bar.count == 0).then_some("-1")] class=[(!chosen(&bar.from)).then_some("out")] {
                        rect.whole x=(at * WIDTH) y="0" width=(WIDTH) height=(HEIGHT) {}
                        rect.bar x=(at * WIDTH + 1) y=(HEIGHT - height) width=(WIDTH - 2) height=(height) {}
                        title { (label) }
                    }
                }
            }
            figcaption {
                span { (super::parts::day(&first.from)) } span.hint { "drag over the bars to choose a time" } span { (super::parts::day(&last.from)) }
                @if let Some(beside) = beside { span.beside { (beside) } }
            }
        }
    }
}

/// What the bars do not show.
fn beside(over: &Timeline, unit: &str) -> Option<String> {
    let undated = (over.undated > 0).then(|| format!("{} without a known month", counted(over.undated, unit)));
    let gaps = (over.gaps > 0).then(|| format!("{} without any article here: gaps, not zeroes", counted(over.gaps, "month")));
    let partial = over.partial.then(|| "counting stopped early: there are more".to_owned());
    let beside: Vec<String> = undated.into_iter().chain(gaps).chain(partial).collect();
    (!beside.is_empty()).then(|| beside.join("; "))
}

/// The months with those between them that hold nothing; as years where they are many.
fn whole(months: &BTreeMap<String, usize>) -> Vec<Bar> {
    let month =
        |from: &str| Some(from.get(..4)?.parse::<usize>().ok()? * 12 + from.get(5..7)?.parse::<usize>().ok()?.checked_sub(1)?);
    let months: Vec<(usize, usize)> = months.iter().filter_map(|(from, count)| Some((month(from)?, *count))).collect();
    let (Some((first, _)), Some((last, _))) = (months.first(), months.last()) else { return Vec::new() };
    // A file may give any year: whoever writes 9999 makes no page of a hundred thousand bars.
    let (step, most) = if last - first < MOST_MONTHS { (1, MOST_MONTHS) } else { (12, 300) };
    let end = last / step;
    let start = (first / step).max(end.saturating_sub(most));
    let mut bars: Vec<Bar> = (start..=end).map(|at| Bar { from: name(at, step), count: 0 }).collect();
    for (month, count) in months {
        if let Some(bar) = (month / step).checked_sub(start).and_then(|at| bars.get_mut(at)) {
            bar.count += count;
        }
    }
    bars
}

fn name(at: usize, step: usize) -> String {
    if step == 1 { format!("{:04}-{:02}", at / 12, at % 12 + 1) } else { format!("{at:04}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(of: &[(&str, usize)]) -> Vec<(String, usize)> {
        let months = of.iter().map(|(from, count)| ((*from).to_owned(), *count)).collect();
        whole(&months).into_iter().map(|bar| (bar.from, bar.count)).collect()
    }

    #[test]
    fn months_between_are_there_and_many_become_years() {
        let months = bars(&[("2024-11", 2), ("2025-01", 1)]);
        assert_eq!(months, [("2024-11".into(), 2), ("2024-12".into(), 0), ("2025-01".into(), 1)]);
        let years = bars(&[("1987-02", 2), ("1987-05", 1), ("1995-01", 4)]);
        assert_eq!((years.len(), &years[0], &years[8]), (9, &("1987".into(), 3), &("1995".into(), 4)));
        assert!(bars(&[("0001-01", 1), ("9999-12", 1)]).len() <= 301);
        assert!(bars(&[]).is_empty());
    }

    #[test]
    fn what_the_bars_do_not_show_is_said() {
        let mut over = Timeline { months: BTreeMap::from([("2025-03".to_owned(), 1)]), ..Timeline::default() };
        assert_eq!(beside(&over, "passage"), None);
        (over.undated, over.gaps) = (2, 1);
        let said = "2 passages without a known month; 1 month without any article here: gaps, not zeroes";
        assert_eq!(beside(&over, "passage").as_deref(), Some(said));
        over.partial = true;
        assert!(beside(&over, "passage").unwrap().ends_with("; counting stopped early: there are more"));
    }
}
