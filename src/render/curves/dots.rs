//! Curves as columns of braille dots: two columns and four rows of dots in each character.

use super::{Picture, label};
use crate::render::clean;
use std::fmt::Write;

/// Lines of a chart.
const LINES: usize = 5;
/// Dots of each character, by column and by row from below, as Unicode numbers them.
const DOTS: [[u8; 4]; 2] = [[0x40, 0x04, 0x02, 0x01], [0x80, 0x20, 0x10, 0x08]];

/// The charts of all curves on one scale, one below the other, at most so many characters wide.
pub fn dots(picture: &Picture, width: usize) -> String {
    let top = picture.top();
    let narrowed = picture.timeline.narrowed(width * 2);
    let shown = Picture { timeline: &narrowed, ..picture.clone() };
    let mut out = String::new();
    for (curve, query) in narrowed.curves.iter().zip(picture.queries) {
        let values = narrowed.values(curve, picture.measure, picture.is_once());
        // Few stretches are drawn wider, for the eye.
        let wide = (width * 2 / values.len().max(1)).clamp(1, 4);
        let _ = writeln!(out, "{}", clean(query));
        for line in chart(&values, shown.top(), wide) {
            let _ = writeln!(out, "  {line}");
        }
        let ends = narrowed.stretches.first().zip(picture.timeline.stretches.last());
        let (first, last) = ends.map_or(("", ""), |(first, last)| (&first.name, &last.name));
        let room = (values.len() * wide).div_ceil(2).saturating_sub(last.len()).max(first.len() + 1);
        let _ = writeln!(out, "  {first:<room$}{last}\n");
    }
    let _ = writeln!(out, "{}, at most {}", picture.title(), label(top));
    if narrowed.stretches.len() < picture.timeline.stretches.len() {
        let each = picture.timeline.stretches.len().div_ceil(narrowed.stretches.len());
        let _ = writeln!(out, "drawn {each} {}s to a column, added up; --csv has each", picture.every);
    }
    out
}

/// The lines from above. The lowest dot is the base line: it is there for zero and not for a gap.
pub(crate) fn chart(values: &[Option<f64>], top: f64, wide: usize) -> Vec<String> {
    let above = (LINES * 4 - 1) as f64;
    let height = |value: f64| if value > 0.0 { 1 + ((value / top * above).round() as usize).max(1) } else { 1 };
    let columns: Vec<usize> = values.iter().flat_map(|value| vec![value.map_or(0, height); wide]).collect();
    let line = |from: usize| {
        let of = |pair: &[usize]| {
            let dots = pair.iter().zip(DOTS).flat_map(|(height, dots)| dots.into_iter().take(height.saturating_sub(from)));
            char::from_u32(0x2800 + u32::from(dots.fold(0, |all, dot| all | dot))).unwrap_or(' ')
        };
        columns.chunks(2).map(of).collect::<String>()
    };
    (0..LINES).rev().map(|at| line(at * 4)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_has_its_dot_and_a_gap_none() {
        let lines = chart(&[Some(0.0), None, Some(10.0), Some(5.0)], 10.0, 1);
        assert_eq!(lines.last().unwrap(), "\u{2840}\u{28ff}");
        assert_eq!(lines[0], "\u{2800}\u{2847}");
        assert_eq!(lines[2], "\u{2800}\u{28f7}");
        // The smallest value is more than nothing.
        assert_eq!(chart(&[Some(0.001), Some(10.0)], 10.0, 1)[LINES - 1], "\u{28fc}");
    }
}
