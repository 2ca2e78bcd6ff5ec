//! The tables, in the words in which they are pasted.

use crate::figures::{Cost, Figures, Percent, exponent};
use crate::systems::Tools;
use crate::{building, ripgrep, rivals};
use std::collections::BTreeSet;

const OURS: &str = "newshound";
const FLOOR: &str = "tantivy";
const BOTH: [(Percent, &str); 2] = [(Percent::P50, "p50"), (Percent::P99, "p99")];

/// Prints all that was measured.
pub fn print(sizes: &[Figures], tools: &Tools, runs: usize) {
    head(sizes, tools, runs);
    beside_floor(sizes);
    ["Lucene", "SQLite FTS5"].into_iter().for_each(|system| rival(sizes, system, "p50 / p99, us", &microseconds));
    rival(sizes, "ripgrep", "p50, wall ms", &milliseconds);
    indexes(sizes);
    for_the_readme(sizes);
}

/// What the figures are.
fn head(sizes: &[Figures], tools: &Tools, runs: usize) {
    let each = |of: &dyn Fn(usize) -> usize| list(sizes.iter().map(|size| of(size.mb).to_string()));
    println!("{} MB of news; {runs} runs, systems taking turns, of the p50 and p99 of each the median.", each(&|mb| mb));
    println!("CPU us of the thread that answers, in a warm process; ripgrep wall ms, files in the page cache.");
    println!(
        "Indexes built {} times, newshound from one .txt file an article, the others from one file of all.",
        each(&|mb| building::times(mb, runs))
    );
    println!(
        "newshound gives exact totals unless it says without; Lucene too (totalHitsThreshold Integer.MAX_VALUE); tantivy and SQLite give none."
    );
    println!(
        "40 questions of a class (21 of fetch_all); SQLite the first {}, ripgrep one in each of {} runs.",
        each(&rivals::questions),
        each(&|mb| ripgrep::runs(mb, runs))
    );
    let lucene = tools.lucene.as_ref().map(|lucene| format!("Lucene {}", lucene.version));
    let sqlite = tools.sqlite.as_ref().map(|sqlite| format!("SQLite {} in Python", sqlite.version));
    let ripgrep = tools.ripgrep.as_ref().map(|version| format!("ripgrep {version}"));
    let there = [lucene.ok(), sqlite.ok(), ripgrep.ok()].into_iter().flatten();
    println!("Beside it: {}.", list(["tantivy 0.27.0".to_owned()].into_iter().chain(there)));
    tools.skipped().iter().for_each(|skipped| println!("{skipped}"));
    for size in sizes {
        let systems = [OURS, "Lucene", "SQLite FTS5"].into_iter().filter_map(|system| agreed(size, system));
        println!("{} MB: as many passages given or counted as by tantivy: {}; broken off: {}.", size.mb, list(systems), size.cut);
    }
}

/// In how many answers a system finds as many passages as the floor, and in which it does not.
fn agreed(size: &Figures, system: &'static str) -> Option<String> {
    let (asked, others) = size.beside_floor(system)?;
    let classes: BTreeSet<&str> = others.iter().copied().collect();
    let of_class = |class: &str| format!("{} {class}", others.iter().filter(|other| **other == class).count());
    let named = if classes.is_empty() { String::new() } else { format!(" (not {})", list(classes.into_iter().map(of_class))) };
    Some(format!("{system} in {} of {asked}{named}", asked - others.len()))
}

fn list(of: impl Iterator<Item = String>) -> String {
    of.collect::<Vec<_>>().join(", ")
}

/// A table's first lines: a column for each size.
fn columns(sizes: &[Figures], first: &str, last: &str) {
    let names = sizes.iter().map(|size| format!("{} MB", size.mb)).collect::<Vec<_>>().join(" | ");
    println!("\n| {first} | {names} | {last} |\n|---{}|---|", "|---".repeat(sizes.len()));
}

fn row(what: &str, cells: &[Option<String>], last: &str) {
    let cells: Vec<&str> = cells.iter().map(|cell| cell.as_deref().unwrap_or("-")).collect();
    println!("| {what} | {} | {last} |", cells.join(" | "));
}

/// With what power of the size a class grows.
fn growth(sizes: &[Figures], system: &'static str, class: &str, percent: Percent) -> String {
    let points: Vec<_> = sizes.iter().filter_map(|size| Some((size.mb as f64, size.time(system, class, percent)?))).collect();
    exponent(&points).map_or_else(|| "-".to_owned(), |exponent| format!("{exponent:.2}"))
}

fn growths(sizes: &[Figures], class: &str, percent: Percent) -> String {
    format!("{} / {}", growth(sizes, OURS, class, percent), growth(sizes, FLOOR, of_floor(class), percent))
}

/// The floor never counts all.
fn of_floor(class: &str) -> &str {
    class.trim_end_matches(" without totals")
}

fn beside_floor(sizes: &[Figures]) {
    columns(sizes, "newshound / tantivy, us", "grows with the power");
    for class in classes(sizes, OURS) {
        for (percent, name) in BOTH {
            let cell = |size: &Figures| {
                let (ours, floor) = (size.time(OURS, class, percent)?, size.time(FLOOR, of_floor(class), percent)?);
                Some(format!("{ours:.0} / {floor:.0} = {:.2}", ours / floor))
            };
            let cells: Vec<_> = sizes.iter().map(cell).collect();
            row(&format!("{class}, {name}"), &cells, &growths(sizes, class, percent));
        }
    }
}

fn classes<'a>(sizes: &'a [Figures], system: &'static str) -> impl Iterator<Item = &'a str> {
    sizes.first().map(|size| size.classes(system)).unwrap_or_default().into_iter().filter(|class| *class != "warm")
}

/// How a figure of a system and a class is shown.
type Cell = dyn Fn(&Figures, &'static str, &str) -> Option<String>;

fn microseconds(size: &Figures, system: &'static str, class: &str) -> Option<String> {
    Some(format!("{:.0} / {:.0}", size.time(system, class, Percent::P50)?, size.time(system, class, Percent::P99)?))
}

fn milliseconds(size: &Figures, system: &'static str, class: &str) -> Option<String> {
    Some(format!("{:.0}", size.time(system, class, Percent::P50)? / 1e3))
}

/// One rival, of every class that there is; nothing where it was not there.
fn rival(sizes: &[Figures], system: &'static str, what: &str, cell: &Cell) {
    if classes(sizes, system).next().is_none() {
        return;
    }
    columns(sizes, &format!("{system}, {what}"), "p50 grows with the power");
    for class in classes(sizes, FLOOR) {
        let cells: Vec<_> = sizes.iter().map(|size| cell(size, system, class)).collect();
        row(class, &cells, &growth(sizes, system, class, Percent::P50));
    }
}

fn indexes(sizes: &[Figures]) {
    let costs = [
        (Cost::Cpu, "CPU s", 2),
        (Cost::Rate, "MB a CPU second", 1),
        (Cost::Wall, "wall s", 2),
        (Cost::Size, "index / text", 2),
        (Cost::Resident, "most memory, MB", 0),
    ];
    columns(sizes, "building an index", "beside tantivy");
    for (cost, name, digits) in costs {
        for system in [OURS, FLOOR, "Lucene", "SQLite FTS5"] {
            let figures: Vec<_> = sizes.iter().map(|size| size.cost(system, cost)).collect();
            let floors = sizes.iter().map(|size| size.cost(FLOOR, cost));
            let ratios = figures.iter().zip(floors).filter_map(|(figure, floor)| Some(format!("{:.2}", (*figure)? / floor?)));
            let ratios = ratios.collect::<Vec<_>>().join(", ");
            let cells: Vec<_> = figures.iter().map(|figure| figure.map(|figure| format!("{figure:.digits$}"))).collect();
            row(&format!("{system}, {name}"), &cells, if ratios.is_empty() { "-" } else { &ratios });
        }
    }
}

/// The shorter form: one row a class.
fn for_the_readme(sizes: &[Figures]) {
    println!("\nFor README.md:");
    columns(sizes, "newshound, p50 / p99, us (times tantivy)", "p50 grows with the power (tantivy)");
    for class in classes(sizes, OURS) {
        let cells: Vec<_> = sizes.iter().map(|size| beside(size, class)).collect();
        let floor = growth(sizes, FLOOR, of_floor(class), Percent::P50);
        row(class, &cells, &format!("{} ({floor})", growth(sizes, OURS, class, Percent::P50)));
    }
}

/// Both percentiles and what they are of the floor's.
fn beside(size: &Figures, class: &str) -> Option<String> {
    let ratio = |percent| Some(size.time(OURS, class, percent)? / size.time(FLOOR, of_floor(class), percent)?);
    let times = microseconds(size, OURS, class)?;
    Some(format!("{times} ({:.2} / {:.2})", ratio(Percent::P50)?, ratio(Percent::P99)?))
}
