//! A sweep as a picture (SVG): recall, needless handoffs and cost over the threshold.

use std::fmt::Write;

use crate::backtest::Point;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 36.0;
const RIGHT: f64 = 176.0;
const BOTTOM: f64 = 52.0;

/// A line: its name, its colour and pattern, and which number it shows.
type Line = (&'static str, &'static str, &'static str, fn(&Point) -> f64);

/// Patterns tell the lines apart as well as colours do.
const LINES: [Line; 3] = [
    ("recall", "#0b6e4f", "", |point| point.recall),
    ("needless handoffs", "#b3261e", "7 4", |point| point.false_handoffs),
    ("cost", "#1f4fa3", "2 4", |point| point.cost),
];

/// The sweep as SVG; the cost is drawn as a share of its greatest value.
pub fn sweep(points: &[Point], missed: f64) -> String {
    let most = points.iter().map(|point| point.cost).filter(|cost| cost.is_finite()).fold(1e-9, f64::max);
    let across = |threshold: f32| LEFT + f64::from(threshold) * (WIDTH - LEFT - RIGHT);
    let down = |share: f64| TOP + (1.0 - share.clamp(0.0, 1.0)) * (HEIGHT - TOP - BOTTOM);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <title>What each threshold would have done</title>\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n"
    );
    for step in 0..=5 {
        let share = f64::from(step) / 5.0;
        let (x, y) = (LEFT + share * (WIDTH - LEFT - RIGHT), down(share));
        let (right, low) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
        // Writing into a text cannot fail.
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {y:.1}H{right}\" stroke=\"#dddddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{share:.1}</text>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{share:.1}</text>",
            LEFT - 8.0,
            y + 4.0,
            low + 20.0
        );
    }
    for (place, (name, colour, pattern, of)) in LINES.iter().enumerate() {
        let scale = if *name == "cost" { most } else { 1.0 };
        let drawn: Vec<String> = points
            .iter()
            .filter(|point| of(point).is_finite())
            .map(|point| format!("{:.1},{:.1}", across(point.threshold), down(of(point) / scale)))
            .collect();
        let last = points.iter().rev().find(|point| of(point).is_finite());
        let y = TOP + 20.0 * crate::measure::len(place) + 8.0;
        let x = WIDTH - RIGHT + 16.0;
        let label = if *name == "cost" { format!("cost (most: {most:.2})") } else { (*name).to_owned() };
        if last.is_some() {
            let _ = writeln!(
                svg,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{pattern}\"/>\
                 <path d=\"M{x} {:.1}h24\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{pattern}\"/>\
                 <text x=\"{:.1}\" y=\"{y:.1}\">{label}</text>",
                drawn.join(" "),
                y - 4.0,
                x + 30.0
            );
        }
    }
    let best =
        points.iter().filter(|point| point.cost.is_finite()).min_by(|one, other| one.cost.total_cmp(&other.cost));
    if let Some(best) = best {
        let x = across(best.threshold);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {TOP}V{:.1}\" stroke=\"#1f4fa3\" stroke-dasharray=\"1 3\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">least cost at {:.2}</text>",
            HEIGHT - BOTTOM,
            TOP - 12.0,
            best.threshold
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">threshold (a missed handoff costs {missed} needless ones)</text>\n</svg>",
        f64::midpoint(LEFT, WIDTH - RIGHT),
        HEIGHT - 12.0
    );
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_names_its_lines_and_the_cheapest_threshold() {
        let point = |threshold, cost| Point { threshold, recall: 0.9, false_handoffs: 0.1, cost };
        let svg = sweep(&[point(0.0, 2.0), point(0.5, 0.5), point(1.0, 1.0)], 5.0);
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        assert!(svg.contains("least cost at 0.50") && svg.contains("needless handoffs"), "{svg}");
    }
}
