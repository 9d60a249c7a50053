//! Measures the explicit request on labelled messages: `measure FILE` with one JSON object a line, each with `text`,
//! `label` (1 is positive), `lang` and `category`. `--frustration` measures that signal, at the threshold of a handoff;
//! `--errors` prints what was judged wrongly.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Duration;

use baton_core::{ChannelId, SignalName};
use baton_detect::{Detector, Policy, Turn};
use baton_learn::sources::{Labelled, measured};

#[derive(Default)]
struct Score {
    found: u32,
    missed: u32,
    wrongly: u32,
    rightly_kept: u32,
}

impl Score {
    fn add(&mut self, label: bool, said: bool) {
        match (label, said) {
            (true, true) => self.found += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.wrongly += 1,
            (false, false) => self.rightly_kept += 1,
        }
    }

    fn print(&self, name: &str) {
        let share = |part: u32, all: u32| if all == 0 { f64::NAN } else { f64::from(part) / f64::from(all) };
        let precision = share(self.found, self.found + self.wrongly);
        let recall = share(self.found, self.found + self.missed);
        let f1 = share(2 * self.found, 2 * self.found + self.wrongly + self.missed);
        println!(
            "{name:<20} precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}  ({} positive, {} negative)",
            self.found + self.missed,
            self.wrongly + self.rightly_kept
        );
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let errors = arguments.iter().any(|argument| argument == "--errors");
    let name = if arguments.iter().any(|argument| argument == "--frustration") {
        SignalName::Frustration
    } else {
        SignalName::ExplicitRequest
    };
    let Some(path) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        eprintln!("usage: measure FILE [--frustration] [--errors]");
        return ExitCode::FAILURE;
    };
    let lines = match std::fs::read_to_string(path) {
        Ok(lines) => lines,
        Err(error) => {
            eprintln!("read {path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let detector = Detector::new(Policy::default()).expect("the default policy holds");
    let channel = ChannelId::new("measure").expect("a valid key");
    let mut overall = Score::default();
    let mut languages: BTreeMap<String, Score> = BTreeMap::new();
    let mut categories: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let (mut spent, mut bytes, mut count) = (Duration::ZERO, 0_usize, 0_u32);
    for Labelled { text, asks: label, language, category, source: _ } in measured(&lines) {
        let turn = Turn::alone(&text, &channel);
        #[allow(clippy::disallowed_methods)] // A measurement, not the detector, looks at the clock.
        let begun = std::time::Instant::now();
        let verdict = detector.assess(&turn);
        spent += begun.elapsed();
        bytes += text.len();
        count += 1;
        let signal = verdict.signals.iter().find(|signal| signal.name == name);
        let said = signal.is_some_and(|signal| signal.threshold.is_some_and(|threshold| signal.value >= threshold));
        overall.add(label, said);
        languages.entry(language.clone()).or_default().add(label, said);
        if !label {
            let category = categories.entry(category).or_default();
            category.0 += u32::from(said);
            category.1 += 1;
        }
        if errors && label != said {
            let evidence = signal.map_or("", |signal| &signal.evidence);
            println!("{} {} {text} [{evidence}]", if label { "missed " } else { "wrongly" }, language);
        }
    }
    overall.print("all");
    for (language, score) in &languages {
        score.print(language);
    }
    for (category, (wrongly, all)) in &categories {
        println!("negative, {category:<22} taken for positive: {wrongly} of {all}");
    }
    if let (Some(each), Some(length)) = (spent.checked_div(count), bytes.checked_div(count as usize)) {
        println!("{} µs a message of {length} bytes", each.as_micros());
    }
    ExitCode::SUCCESS
}
