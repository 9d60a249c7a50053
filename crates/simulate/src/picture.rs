//! The day as a picture: waits, queue length and occupancy by the clock on the wall, one under the other.
//!
//! The SVG carries its own colours for light and dark screens, a title and a description that says in words what the
//! lines show, and tells lines apart by dashes as well as by colour.

use std::fmt::Write;

use crate::several::{Several, Stretch};
use crate::tally::STRETCHES;

/// One line of every panel.
pub struct Line<'a> {
    pub name: &'a str,
    pub of: &'a Several,
}

/// Most lines in a picture; more are left out, and the description says so.
pub const LINES_MAX: usize = 6;

const WIDTH: f64 = 860.0;
const LEFT: f64 = 80.0;
const RIGHT: f64 = 32.0;
const TOP: f64 = 104.0;
const PANEL: f64 = 150.0;
const GAP: f64 = 58.0;

/// Colours that people with any colour vision tell apart (Okabe and Ito), for light and for dark.
const STYLE: &str = "\
    svg{font:13px system-ui,sans-serif;--ground:#fff;--ink:#1c1c22;--soft:#5b5b66;--grid:#e3e3ea;\
    --c0:#0072b2;--c1:#d55e00;--c2:#00805f;--c3:#a8487d;--c4:#8a6d00;--c5:#5b5b66}\
    @media(prefers-color-scheme:dark){svg{--ground:#16161b;--ink:#ececf2;--soft:#a3a3b0;--grid:#34343e;\
    --c0:#56b4e9;--c1:#f0894a;--c2:#2fc39b;--c3:#dd8fb8;--c4:#f0e442;--c5:#a3a3b0}}\
    .ground{fill:var(--ground)}text{fill:var(--ink)}.soft{fill:var(--soft)}.grid{stroke:var(--grid)}\
    .title{font-size:17px;font-weight:600}.name{font-weight:600}polyline{fill:none;stroke-width:2;stroke-linejoin:round}";
const DASHES: [&str; LINES_MAX] = ["none", "7 4", "2 3", "10 3 2 3", "1 2", "14 4"];

struct Panel {
    name: &'static str,
    of: fn(&Stretch) -> Option<f64>,
    in_words: fn(f64) -> String,
    /// A top that the axis does not go below.
    least: f64,
    whole: bool,
}

const PANELS: [Panel; 3] = [
    Panel { name: "Mean wait", of: |at| at.mean_wait_s, in_words: span, least: 10.0, whole: false },
    Panel { name: "Customers waiting", of: |at| at.waiting, in_words: number, least: 1.0, whole: false },
    Panel { name: "Occupancy", of: |at| at.occupancy, in_words: percent, least: 1.0, whole: true },
];

/// The picture as an SVG document.
pub fn picture(title: &str, lines: &[Line<'_>]) -> String {
    let shown = &lines[..lines.len().min(LINES_MAX)];
    let days: Vec<Vec<Stretch>> = shown.iter().map(|line| line.of.day()).collect();
    let height = TOP + PANELS.len() as f64 * (PANEL + GAP);
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"title description\"><title id=\"title\">{}</title><desc id=\"description\">{}</desc>\
         <style>{STYLE}</style><rect class=\"ground\" width=\"100%\" height=\"100%\"/>\
         <text class=\"title\" x=\"{LEFT}\" y=\"30\">{}</text>",
        escaped(title),
        escaped(&description(shown, &days, lines.len() - shown.len())),
        escaped(title),
    );
    legend(&mut svg, shown);
    for (index, panel) in PANELS.iter().enumerate() {
        draw(&mut svg, panel, &days, TOP + index as f64 * (PANEL + GAP));
    }
    svg.push_str("</svg>\n");
    svg
}

fn legend(svg: &mut String, lines: &[Line<'_>]) {
    let mut x = LEFT;
    for (index, line) in lines.iter().enumerate() {
        let _ = write!(
            svg,
            "<line x1=\"{x}\" x2=\"{}\" y1=\"52\" y2=\"52\" stroke=\"var(--c{index})\" stroke-width=\"3\" \
             stroke-dasharray=\"{}\"/><text x=\"{}\" y=\"56\">{}</text>",
            x + 28.0,
            DASHES[index],
            x + 34.0,
            escaped(line.name)
        );
        x += 54.0 + 7.6 * line.name.chars().count() as f64;
    }
}

fn draw(svg: &mut String, panel: &Panel, days: &[Vec<Stretch>], top: f64) {
    let highest = days.iter().flatten().filter_map(panel.of).fold(panel.least, f64::max);
    let step = if panel.whole { 0.25 } else { pleasant(highest / 4.0, panel.name == "Mean wait") };
    let most = (highest / step).ceil() * step;
    let x = |stretch: f64| LEFT + (WIDTH - LEFT - RIGHT) * stretch / STRETCHES as f64;
    let y = |value: f64| top + PANEL * (1.0 - value / most);
    let _ = write!(svg, "<text class=\"name\" x=\"{LEFT}\" y=\"{}\">{}</text>", top - 14.0, panel.name);
    for number in 0..=(most / step).round() as u32 {
        let value = f64::from(number) * step;
        let (height, end, label) = (y(value), WIDTH - RIGHT, LEFT - 8.0);
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{end}\" y1=\"{height:.1}\" y2=\"{height:.1}\"/>\
             <text class=\"soft\" text-anchor=\"end\" x=\"{label}\" y=\"{:.1}\">{}</text>",
            height + 4.0,
            (panel.in_words)(value),
        );
    }
    for hour in (0..=24_u32).step_by(3) {
        let _ = write!(
            svg,
            "<text class=\"soft\" text-anchor=\"middle\" x=\"{:.1}\" y=\"{}\">{hour:02}:00</text>",
            x(f64::from(hour) * 4.0),
            top + PANEL + 18.0
        );
    }
    for (index, day) in days.iter().enumerate() {
        for run in day.split_keep(panel.of) {
            let points: Vec<String> =
                run.iter().map(|(at, value)| format!("{:.1},{:.1}", x(*at as f64 + 0.5), y(*value))).collect();
            let _ = write!(
                svg,
                "<polyline stroke=\"var(--c{index})\" stroke-dasharray=\"{}\" points=\"{}\"/>",
                DASHES[index],
                points.join(" ")
            );
        }
    }
}

/// Stretches that have a value, in unbroken runs: where nobody came or nobody is there the line has a gap.
trait Runs {
    fn split_keep(&self, of: fn(&Stretch) -> Option<f64>) -> Vec<Vec<(usize, f64)>>;
}

impl Runs for Vec<Stretch> {
    fn split_keep(&self, of: fn(&Stretch) -> Option<f64>) -> Vec<Vec<(usize, f64)>> {
        let mut runs = vec![Vec::new()];
        for (at, stretch) in self.iter().enumerate() {
            match (of(stretch), runs.last_mut()) {
                (Some(value), Some(run)) => run.push((at, value)),
                (None, Some(run)) if !run.is_empty() => runs.push(Vec::new()),
                (_, _) => {}
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }
}

fn description(lines: &[Line<'_>], days: &[Vec<Stretch>], left_out: usize) -> String {
    let mut said = String::from("Three panels over the hours of the day.");
    for (line, day) in lines.iter().zip(days) {
        let _ = write!(said, " {}:", line.name);
        let peaks = PANELS.iter().filter_map(|panel| {
            let values = day.iter().enumerate().filter_map(|(at, stretch)| Some((at, (panel.of)(stretch)?)));
            let (at, value) = values.max_by(|one, other| one.1.total_cmp(&other.1))?;
            let words = (panel.in_words)(value);
            Some(format!(" {} is highest at {:02}:{:02} with {words}", panel.name.to_lowercase(), at / 4, at % 4 * 15))
        });
        let _ = write!(said, "{}.", peaks.collect::<Vec<_>>().join(","));
    }
    if left_out > 0 {
        let _ = write!(said, " {left_out} more queues are not drawn.");
    }
    said
}

/// A step that people count in.
fn pleasant(wanted: f64, of_time: bool) -> f64 {
    const OF_TIME: [f64; 14] =
        [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0];
    if of_time && let Some(step) = OF_TIME.into_iter().find(|step| *step >= wanted) {
        return step;
    }
    let power = 10f64.powf(wanted.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|part| part * power).find(|step| *step >= wanted).unwrap_or(wanted)
}

fn span(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes}:{seconds:02} min"),
        (hours, minutes, _) => format!("{hours}:{minutes:02} h"),
    }
}

fn number(value: f64) -> String {
    if value >= 10.0 || value.fract().abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.2}") }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_ones_that_people_count_in() {
        let steps = [3.0, 14.0, 41.0, 170.0].map(|wanted| pleasant(wanted, true));
        assert_eq!(steps, [5.0, 15.0, 60.0, 300.0]);
        assert_eq!([0.3, 1.4, 23.0].map(|wanted| pleasant(wanted, false)), [0.5, 2.0, 25.0]);
    }

    #[test]
    fn a_line_has_a_gap_where_nobody_is_there() {
        let mut day = vec![Stretch::default(); STRETCHES];
        for at in [3, 4, 9] {
            day[at].occupancy = Some(0.5);
        }
        let runs = day.split_keep(|stretch| stretch.occupancy);
        assert_eq!(runs, [vec![(3, 0.5), (4, 0.5)], vec![(9, 0.5)]]);
    }

    #[test]
    fn what_people_named_cannot_become_markup() {
        let several = Several::default();
        let svg = picture("A <b> & \"c\"", &[Line { name: "<script>", of: &several }]);
        assert!(!svg.contains("<script>") && svg.contains("A &lt;b&gt; &amp; &quot;c&quot;"), "{svg}");
    }
}
