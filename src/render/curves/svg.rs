//! Curves as SVG, for a report: told apart by colour and by their dashes, with everything about them in words.

use super::{Picture, label};
use crate::render::clean;
use quick_xml::escape::escape;
use std::fmt::Write;

const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 260.0;
/// Beside the curves, for labels.
const LEFT: f64 = 60.0;
const ABOVE: f64 = 30.0;
/// Of each query.
const LEGEND: f64 = 18.0;

/// Colours that are told apart by most eyes (Okabe and Ito), and dashes for print.
const STYLES: [(&str, &str); 6] = [
    ("#0072b2", "none"),
    ("#d55e00", "6 3"),
    ("#009e73", "2 2"),
    ("#cc79a7", "8 2 2 2"),
    ("#000000", "1 3"),
    ("#56b4e9", "12 4"),
];

/// The curves on one scale.
pub fn svg(picture: &Picture) -> String {
    let (top, high) = (picture.top().max(f64::MIN_POSITIVE), ABOVE + HEIGHT + 40.0 + LEGEND * picture.queries.len() as f64);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {high}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n<title>{}</title>\n<desc>{}</desc>\n",
        LEFT + WIDTH + 20.0,
        text(&format!("{}: {}", picture.queries.join(" | "), picture.title())),
        text(&format!("newshound, index {}", picture.commit)),
    );
    let _ = writeln!(out, "<text x=\"{LEFT}\" y=\"16\">{}</text>", text(&picture.title()));
    let base = ABOVE + HEIGHT;
    let _ = writeln!(out, "<path d=\"M{LEFT} {ABOVE}V{base}H{}\" fill=\"none\" stroke=\"#888\"/>", LEFT + WIDTH);
    for (value, y) in [(picture.top(), ABOVE), (0.0, base)] {
        let _ = writeln!(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", LEFT - 6.0, y + 4.0, label(value));
    }
    for (stretch, x, anchor) in
        [(picture.timeline.stretches.first(), LEFT, "start"), (picture.timeline.stretches.last(), LEFT + WIDTH, "end")]
    {
        let name = stretch.map_or("", |stretch| &stretch.name);
        let _ = writeln!(out, "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{name}</text>", base + 16.0);
    }
    for (number, (curve, query)) in picture.timeline.curves.iter().zip(picture.queries).enumerate() {
        let (colour, dashes) = STYLES[number % STYLES.len()];
        let values = picture.timeline.values(curve, picture.measure, picture.is_once());
        let line = path(&values, top);
        let style = format!(
            "fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" stroke-dasharray=\"{dashes}\" stroke-linecap=\"round\""
        );
        let _ = writeln!(out, "<path d=\"{line}\" {style}/>");
        let y = base + 36.0 + LEGEND * number as f64;
        let _ = writeln!(
            out,
            "<path d=\"M{LEFT} {y}h30\" {style}/><text x=\"{}\" y=\"{}\">{}</text>",
            LEFT + 38.0,
            y + 4.0,
            text(query)
        );
    }
    out.push_str("</svg>\n");
    out
}

/// A line through the values, broken at each gap; a value between two gaps is a point.
fn path(values: &[Option<f64>], top: f64) -> String {
    let step = WIDTH / (values.len().saturating_sub(1)).max(1) as f64;
    let (mut line, mut goes_on) = (String::new(), false);
    for (number, value) in values.iter().enumerate() {
        if let Some(value) = value {
            let (x, y) = (LEFT + step * number as f64, ABOVE + HEIGHT * (1.0 - value / top));
            let _ = write!(line, "{}{x:.1} {y:.1}", if goes_on { "L" } else { "M" });
            if !goes_on {
                line.push_str("h0");
            }
        }
        goes_on = value.is_some();
    }
    line
}

/// Words of strangers within XML.
fn text(foreign: &str) -> String {
    escape(clean(foreign)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_breaks_the_line_and_a_zero_does_not() {
        let line = path(&[Some(1.0), Some(0.0), None, Some(2.0)], 2.0);
        assert_eq!(line, "M60.0 160.0h0L360.0 290.0M960.0 30.0h0");
    }
}
