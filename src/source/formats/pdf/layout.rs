//! From words on a page to lines in the order they are read: columns from left to right, each from top to bottom.
//!
//! A page is cut where white space runs all the way through: between columns first, else between what stands above and below (a headline
//! over its columns). What is one column is read line by line.

use super::content::Word;
use std::ops::Range;

/// A line of a column.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    /// The number of its page.
    pub page: usize,
    /// The edges of its column.
    column: (f32, f32),
    /// From a line to the next one on this page, as a rule.
    leading: f32,
    /// The pages repeat it.
    pub is_furniture: bool,
}

/// White space between columns, in sizes of the type. Words of a set line stand a third of it apart, in a bad line as far.
const GUTTER: f32 = 0.9;

/// Lines that a column has at the least; two lines may have their gaps one above the other by chance.
const COLUMN: usize = 3;

/// How often a page is cut within its cuts.
const CUTS: usize = 24;

/// The lines of a page in reading order.
pub(crate) fn lines(words: Vec<Word>, page: usize) -> Vec<Line> {
    let mut blocks = Vec::new();
    cut(words, CUTS, &mut blocks);
    let mut lines: Vec<Line> = blocks.into_iter().flat_map(|block| set(block, page)).collect();
    let leading = leading(&lines);
    for line in &mut lines {
        line.leading = leading;
    }
    lines
}

/// Cuts a block into its columns, and what stands above and below them.
fn cut(mut words: Vec<Word>, depth: usize, blocks: &mut Vec<Vec<Word>>) {
    let size = median(words.iter().map(|word| word.size));
    if depth > 0 && words.len() > 2 * COLUMN {
        if let Some(x) = gutter(&mut words, size) {
            let (left, right) = words.into_iter().partition(|word| word.x0 < x);
            cut(left, depth - 1, blocks);
            return cut(right, depth - 1, blocks);
        }
        if let Some(y) = band(&mut words, size) {
            let (above, below) = words.into_iter().partition(|word| word.y > y);
            cut(above, depth - 1, blocks);
            return cut(below, depth - 1, blocks);
        }
    }
    blocks.push(words);
}

/// How many gaps are looked at, the widest first.
const GAPS: usize = 16;

/// Where the widest white space runs from top to bottom with a column on either side.
fn gutter(words: &mut [Word], size: f32) -> Option<f32> {
    words.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut gaps: Vec<(f32, usize)> = Vec::new();
    let mut right = f32::MAX;
    for (at, word) in words.iter().enumerate() {
        if word.x0 - right >= GUTTER * size {
            gaps.push((word.x0 - right, at));
        }
        right = if at == 0 { word.x1 } else { right.max(word.x1) };
    }
    gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
    let found = gaps.into_iter().take(GAPS).find(|(_, at)| are_columns(&words[..*at], &words[*at..]));
    found.map(|(_, at)| words[at].x0)
}

/// Has each side the lines of a column, and do they stand beside each other?
fn are_columns(left: &[Word], right: &[Word]) -> bool {
    let side = |words: &[Word]| {
        let mut heights: Vec<f32> = words.iter().map(|word| word.y).collect();
        heights.sort_by(f32::total_cmp);
        let (bottom, top) = (heights.first().copied().unwrap_or(0.0), heights.last().copied().unwrap_or(0.0));
        heights.dedup_by(|a, b| (*a - *b).abs() < 2.0);
        (heights.len(), bottom, top)
    };
    let ((left, bottom, top), (right, right_bottom, right_top)) = (side(left), side(right));
    let shared = top.min(right_top) - bottom.max(right_bottom);
    left >= COLUMN && right >= COLUMN && shared > 0.3 * (top - bottom).min(right_top - right_bottom)
}

/// The widest white space from left to right, where some lines have gaps as between columns: what is one column is not cut.
fn band(words: &mut [Word], size: f32) -> Option<f32> {
    words.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x0.total_cmp(&b.x0)));
    let is_gap = |pair: &[Word]| (pair[0].y - pair[1].y).abs() < 0.5 * size && pair[1].x0 - pair[0].x1 > GUTTER * size;
    if words.windows(2).filter(|pair| is_gap(pair)).count() < COLUMN {
        return None;
    }
    let mut found: Option<(f32, f32)> = None;
    let mut bottom = f32::MAX;
    for word in words.iter() {
        // Letters reach so far above their line and below it.
        let (top, foot) = (word.y + 0.7 * word.size, word.y - 0.25 * word.size);
        let gap = bottom - top;
        if bottom < f32::MAX && gap > 0.1 * size && found.is_none_or(|(widest, _)| gap > widest) {
            found = Some((gap, bottom - gap / 2.0));
        }
        bottom = bottom.min(foot);
    }
    found.map(|(_, y)| y)
}

/// Sets one column.
fn set(mut words: Vec<Word>, page: usize) -> Vec<Line> {
    let size = median(words.iter().map(|word| word.size));
    raise_initials(&mut words, size);
    words.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Word>> = Vec::new();
    for word in words {
        match rows.last_mut() {
            // A raised figure stands on the line below it.
            Some(row) if row[0].y - word.y < 0.45 * word.size.max(row[0].size) => row.push(word),
            _ => rows.push(vec![word]),
        }
    }
    let column = edges(&rows);
    rows.into_iter().map(|row| line(row, page, column)).collect()
}

/// The edges of a column, where an eighth of its lines may stand out on either side: a page number below it is none of its lines.
fn edges(rows: &[Vec<Word>]) -> (f32, f32) {
    let mut left: Vec<f32> = rows.iter().map(|row| row.iter().map(|word| word.x0).fold(f32::MAX, f32::min)).collect();
    let mut right: Vec<f32> = rows.iter().map(|row| row.iter().map(|word| word.x1).fold(f32::MIN, f32::max)).collect();
    left.sort_by(f32::total_cmp);
    right.sort_by(|a, b| b.total_cmp(a));
    let out = rows.len() / 8;
    (left.get(out).copied().unwrap_or(0.0), right.get(out).copied().unwrap_or(0.0))
}

/// An initial letter set over several lines belongs to the first of them.
fn raise_initials(words: &mut [Word], size: f32) {
    let large: Vec<usize> =
        (0..words.len()).filter(|at| words[*at].size > 1.9 * size && words[*at].text.chars().count() <= 2).collect();
    // More of them than a page has stories are no initials.
    for at in large.into_iter().take(16) {
        let initial = words[at].clone();
        let top = initial.y + 0.7 * (initial.size - size);
        let right_of =
            |word: &&mut Word| (word.y - top).abs() < 0.5 * size && (0.0..2.0 * size).contains(&(word.x0 - initial.x1));
        let Some(first) = words.iter_mut().filter(right_of).min_by(|a, b| a.x0.total_cmp(&b.x0)) else { continue };
        first.text.insert_str(0, &initial.text);
        stand_at(words, &initial, top, size);
        words[at].text.clear();
    }
}

/// The lines beside an initial are not indented: their first words begin where it does.
fn stand_at(words: &mut [Word], initial: &Word, top: f32, size: f32) {
    let beside = |word: &Word| word.y < top + 0.5 * size && word.y > initial.y - 0.5 * size && word.x0 > initial.x0;
    let mut firsts: Vec<usize> = (0..words.len()).filter(|at| beside(&words[*at])).collect();
    firsts.sort_by(|a, b| words[*b].y.total_cmp(&words[*a].y).then(words[*a].x0.total_cmp(&words[*b].x0)));
    firsts.dedup_by(|b, a| (words[*a].y - words[*b].y).abs() < 0.3 * size);
    for at in firsts.into_iter().filter(|at| words[*at].x0 - initial.x1 < 2.0 * size).collect::<Vec<_>>() {
        words[at].x0 = initial.x0;
    }
}

/// Sets one line. Words that are printed twice in one place, to look bold, are one.
fn line(mut row: Vec<Word>, page: usize, column: (f32, f32)) -> Line {
    row.retain(|word| !word.text.is_empty());
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    row.dedup_by(|b, a| a.text == b.text && (a.x0 - b.x0).abs() < 0.2 * a.size);
    let mut text = String::new();
    for (at, word) in row.iter().enumerate() {
        // A word that begins where another ends (a change of type within it) is the rest of it.
        let is_apart = at > 0 && word.x0 - row[at - 1].x1 > 0.1 * word.size;
        text.push_str(if is_apart { " " } else { "" });
        text.push_str(&word.text);
    }
    let x1 = row.iter().map(|word| word.x1).fold(f32::MIN, f32::max);
    let size = row.iter().max_by_key(|word| word.text.len()).map_or(0.0, |word| word.size);
    let (x0, y) = row.first().map_or((0.0, 0.0), |word| (word.x0, word.y));
    Line { text, x0, x1, y, size, page, column, leading: 0.0, is_furniture: false }
}

/// The way from a line to the one below it that half of them have.
fn leading(lines: &[Line]) -> f32 {
    let below = |pair: &[Line]| Some(pair[0].y - pair[1].y).filter(|way| *way > 0.0 && pair[0].column == pair[1].column);
    median(lines.windows(2).filter_map(below))
}

/// Does a paragraph end between these lines?
pub(crate) fn parts(above: &Line, below: &Line) -> bool {
    if (above.size - below.size).abs() > 0.12 * above.size.max(below.size) {
        return true;
    }
    let is_indented = |line: &Line| line.x0 - line.column.0 > 0.6 * line.size;
    if is_indented(below) && !is_indented(above) {
        return true;
    }
    let ended = above.text.ends_with(['.', '?', '!', '”', '"', '»', '’', '…', ':']);
    let is_short = above.x1 < above.column.1 - 0.15 * (above.column.1 - above.column.0);
    let overlap = above.x1.min(below.x1) - above.x0.max(below.x0);
    if above.page == below.page && below.y < above.y && overlap > 0.0 {
        let usual = if above.leading > 0.0 { above.leading } else { 1.3 * above.size };
        return above.y - below.y > 1.3 * usual || (ended && is_short);
    }
    // At the head of the next column or page a sentence goes on, or a paragraph.
    ended && (is_short || !below.text.starts_with(char::is_lowercase))
}

/// Heads of pages that a headline is compared with.
const HEADS: usize = 64;

/// The lines on the first page that are its headline: the largest type, if it is larger than that of the story.
pub(crate) fn headline(pages: &[Vec<Line>]) -> Range<usize> {
    let first = pages.first().map_or(&[][..], Vec::as_slice);
    let story = median(pages.iter().flatten().flat_map(|line| std::iter::repeat_n(line.size, line.text.len().div_ceil(8))));
    let mut heads: Vec<String> =
        pages.iter().flatten().filter(|line| line.is_furniture).map(|line| line.text.to_lowercase()).collect();
    heads.sort_unstable();
    heads.dedup();
    heads.truncate(HEADS);
    let repeats = |line: &Line| heads.iter().any(|head| head.contains(&line.text.to_lowercase()));
    let may = |line: &Line| {
        !line.is_furniture && line.size > 1.15 * story && line.text.chars().filter(|c| c.is_alphabetic()).count() > 3
    };
    let largest = |wanted: &dyn Fn(&Line) -> bool| {
        first.iter().filter(|line| may(line) && wanted(line)).map(|line| line.size).max_by(f32::total_cmp)
    };
    // The name of the newspaper is the largest of all, and stands small at the head of the other pages. So does a title, over a
    // story in one type: what is larger than that by half is a headline of its own.
    let below = largest(&|line| !repeats(line)).filter(|size| *size > 1.5 * story);
    let Some(size) = below.or_else(|| largest(&|_| true)) else { return 0..0 };
    let is_one = |line: &Line| {
        line.size > 0.95 * size && line.size < 1.05 * size && !line.is_furniture && (below.is_none() || !repeats(line))
    };
    let start = first.iter().position(is_one).unwrap_or(0);
    let length = first[start..].iter().take(6).take_while(|line| is_one(line)).count();
    start..start + length
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
