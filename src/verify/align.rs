//! Lays given words along printed ones: every given word has its place or is put in, printed ones before and after do not count.
//!
//! A global alignment of what is given, free at both ends of what is printed, with gaps that cost more to open than to go on (Gotoh). Where an
//! ellipsis stands in what is given, printed words may be passed over nearly for nothing.

use super::given::{FOREIGN, Given};
use super::printed::Token;

/// One step along both texts: positions among the given words and among the printed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The same word.
    Same(usize, usize),
    /// One word for another.
    Other(usize, usize),
    /// Given, not printed.
    Given(usize),
    /// Printed, not given.
    Printed(usize),
}

/// For a word in common, per weight.
const SAME: i32 = 12;
const OTHER: i32 = -20;
const OPEN: i32 = -22;
const GO_ON: i32 = -8;
/// At an ellipsis: a little, so that the nearer of two equal places is taken.
const OPEN_HIDDEN: i32 = -4;
const NEVER: i32 = i32::MIN / 2;

/// Where a path comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Both,
    Given,
    Printed,
}

/// One row of the three tables of Gotoh's: the best that ends with a pair, with a given word alone, with a printed word alone.
struct Row {
    both: Vec<i32>,
    given: Vec<i32>,
    printed: Vec<i32>,
}

/// For each cell where each of the three came from, two bits each.
struct Tracks {
    width: usize,
    cells: Vec<u8>,
}

impl Tracks {
    fn read(&self, row: usize, column: usize, state: From) -> From {
        match (self.cells[row * self.width + column] >> (2 * state as u8)) & 3 {
            0 => From::Both,
            1 => From::Given,
            _ => From::Printed,
        }
    }
}

/// The best of three, the first of equals, and which it is.
fn best(both: i32, given: i32, printed: i32) -> (i32, From) {
    let (score, from) = if both >= given { (both, From::Both) } else { (given, From::Given) };
    if printed > score { (printed, From::Printed) } else { (score, from) }
}

/// The best way along both, with its score; none when nothing is printed.
pub fn align(given: &Given, printed: &[Token]) -> Option<(i32, Vec<Step>)> {
    let width = printed.len() + 1;
    if printed.is_empty() {
        return None;
    }
    let mut tracks = Tracks { width, cells: vec![0; width * (given.len() + 1)] };
    let mut above = Row { both: vec![0; width], given: vec![NEVER; width], printed: vec![NEVER; width] };
    for row in 1..=given.len() {
        above = next_row(given, printed, row, &above, &mut tracks);
    }
    let ends = (0..width).map(|at| (best(above.both[at], above.given[at], NEVER), at));
    let ((score, state), column) = ends.max_by_key(|((score, _), at)| (*score, std::cmp::Reverse(*at)))?;
    Some((score, trace(given, printed, &tracks, state, column)))
}

fn next_row(given: &Given, printed: &[Token], row: usize, above: &Row, tracks: &mut Tracks) -> Row {
    let (at, width) = (row - 1, tracks.width);
    let (name, weight) = (given.name(at), given.weight(at));
    let mut own = Row { both: vec![NEVER; width], given: vec![NEVER; width], printed: vec![NEVER; width] };
    // An ellipsis before the next word lets printed words be passed over after this one.
    let hidden = row < given.len() && given.is_break(row);
    let (open, go_on) = if hidden { (OPEN_HIDDEN, 0) } else { (OPEN, GO_ON) };
    for column in 0..width {
        let mut track = 0;
        if column > 0 {
            let same = printed[column - 1].name == name && name != FOREIGN;
            let (score, from) = best(above.both[column - 1], above.given[column - 1], above.printed[column - 1]);
            own.both[column] = score + if same { SAME * weight } else { OTHER };
            track |= from as u8;
            let (score, from) = best(own.both[column - 1] + open, own.given[column - 1] + open, own.printed[column - 1] + go_on);
            own.printed[column] = score;
            track |= (from as u8) << 4;
        }
        let (score, from) = best(above.both[column] + OPEN, above.given[column] + GO_ON, above.printed[column] + OPEN);
        own.given[column] = score;
        tracks.cells[row * width + column] = track | (from as u8) << 2;
    }
    own
}

fn trace(given: &Given, printed: &[Token], tracks: &Tracks, mut state: From, mut column: usize) -> Vec<Step> {
    let (mut row, mut steps) = (given.len(), Vec::new());
    while row > 0 {
        let from = tracks.read(row, column, state);
        match state {
            From::Both => {
                (row, column) = (row - 1, column - 1);
                let same = printed[column].name == given.name(row);
                steps.push(if same { Step::Same(row, column) } else { Step::Other(row, column) });
            }
            From::Given => {
                row -= 1;
                steps.push(Step::Given(row));
            }
            From::Printed => {
                column -= 1;
                steps.push(Step::Printed(column));
            }
        }
        state = from;
    }
    steps.reverse();
    steps
}
