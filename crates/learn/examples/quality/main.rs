//! The quality of the detector as the manual shows it: `quality DATA_DIR`, where `DATA_DIR` holds `explicit.jsonl`
//! and, for moods, `frustration_utt.jsonl`, `satisfaction_turns.jsonl` and `routing_*_train.jsonl`.
//!
//! Measured are the labelled messages that were held out of training, and our own messages that teach nothing, one
//! set for each of nineteen languages. Intervals are the middle 95 % of 1,000 resamplings, or Wilson's for shares.

mod mood;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use baton_core::{ChannelId, SignalName};
use baton_detect::{Detector, MODEL_VERSION, Policy, Turn};
use baton_learn::chance::Chance;
use baton_learn::measure::auc;
use baton_learn::sources::{held_out, labelled};
use baton_learn::texts::unseen;

#[derive(Clone)]
struct Judged {
    asks: bool,
    /// How surely, and whether that hands off.
    value: f32,
    said: bool,
    language: String,
    category: String,
    told: String,
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let from = std::env::args().nth(1).ok_or("usage: quality DATA_DIR [--errors]")?;
    let errors = std::env::args().any(|argument| argument == "--errors");
    let path = Path::new(&from).join("explicit.jsonl");
    let lines = std::fs::read_to_string(&path).map_err(|error| format!("read {}: {error}", path.display()))?;
    let detector = Detector::new(Policy::default())?;
    let judge = |text: &str, asks: bool, language: &str, category: &str| {
        let channel = ChannelId::new("measure").expect("a key");
        let turn = Turn::alone(text, &channel);
        let verdict = detector.assess(&turn);
        let signal = verdict.signals.iter().find(|signal| signal.name == SignalName::ExplicitRequest);
        Judged {
            asks,
            value: signal.map_or(0.0, |signal| signal.value),
            said: signal.is_some_and(|signal| signal.threshold.is_some_and(|threshold| signal.value >= threshold)),
            language: language.to_owned(),
            category: category.to_owned(),
            told: verdict.language.as_str().to_owned(),
            text: text.to_owned(),
        }
    };
    let public: Vec<Judged> = labelled(&lines)
        .iter()
        .filter(|row| held_out(&row.text))
        .map(|row| judge(&row.text, row.asks, &row.language, &row.category))
        .collect();
    let own: Vec<Judged> =
        unseen().map(|(language, kind, text)| judge(text, kind == '+', language, named(kind))).collect();

    println!("Weights and tables: `{MODEL_VERSION}`.\n");
    println!("| messages | requests | others | precision | recall | F1 | AUC |\n|---|---|---|---|---|---|---|");
    whole("public, held out", &public);
    whole("our own, unseen", &own);
    println!("\n| taken for a request | share | of | 95 % |\n|---|---|---|---|");
    for (name, rows) in [("public", &public), ("our own", &own)] {
        let mut categories: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for row in rows.iter().filter(|row| !row.asks) {
            for category in
                [row.category.as_str(), if row.category == "ordinary" { "" } else { "(all that looks like one)" }]
            {
                let counts = categories.entry(category).or_default();
                *counts = (counts.0 + usize::from(row.said), counts.1 + 1);
            }
        }
        for (category, (said, all)) in categories.into_iter().filter(|(category, _)| !category.is_empty()) {
            let (low, high) = wilson(said, all);
            println!(
                "| {name}: {category} | {:.1} % | {all} | {:.1} to {:.1} % |",
                share(said, all),
                100.0 * low,
                100.0 * high
            );
        }
    }
    println!("\n| language | requests found | F1 | others taken for one | language told |\n|---|---|---|---|---|");
    let mut languages: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
    for row in own.iter().chain(public.iter().filter(|row| row.language != "en")) {
        languages.entry(&row.language).or_default().push(row);
    }
    for (language, rows) in &languages {
        let count = |test: &dyn Fn(&Judged) -> bool| rows.iter().filter(|row| test(row)).count();
        let (found, asks) = (count(&|row| row.asks && row.said), count(&|row| row.asks));
        let (wrong, told) = (count(&|row| !row.asks && row.said), count(&|row| row.told == row.language));
        println!(
            "| {language} | {found} of {asks} | {:.2} | {wrong} of {} | {told} of {} |",
            share(2 * found, found + wrong + asks) / 100.0,
            rows.len() - asks,
            rows.len()
        );
    }
    let told = own.iter().chain(&public).filter(|row| row.told == row.language).count();
    let all = own.len() + public.len();
    let (low, high) = wilson(told, all);
    println!(
        "\nThe language is told rightly of {told} of {all} messages ({:.1} to {:.1} %).",
        100.0 * low,
        100.0 * high
    );
    mood::tables(&detector, Path::new(&from));
    if errors {
        for row in own.iter().chain(&public).filter(|row| row.asks != row.said) {
            println!("{} {} {:.2} {}", if row.asks { "missed " } else { "wrongly" }, row.language, row.value, row.text);
        }
        for row in own.iter().chain(&public).filter(|row| row.told != row.language) {
            println!("told {} of {}: {}", row.told, row.language, row.text);
        }
    }
    Ok(())
}

fn named(kind: char) -> &'static str {
    match kind {
        '+' => "request",
        '-' => "looks like one",
        _ => "ordinary",
    }
}

#[allow(clippy::cast_precision_loss)] // Some thousand messages.
fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { 100.0 * part as f64 / all as f64 }
}

fn figures(rows: &[Judged]) -> (f64, f64, f64) {
    let count = |asks: bool, said: bool| rows.iter().filter(|row| row.asks == asks && row.said == said).count();
    let (found, missed, wrong) = (count(true, true), count(true, false), count(false, true));
    let f1 = share(2 * found, 2 * found + missed + wrong);
    (share(found, found + wrong), share(found, found + missed), f1)
}

fn whole(name: &str, rows: &[Judged]) {
    let mut chance = Chance::new(1);
    let mut drawn: Vec<(f64, f64, f64)> = (0..1000)
        .map(|_| figures(&(0..rows.len()).map(|_| rows[chance.below(rows.len())].clone()).collect::<Vec<_>>()))
        .collect();
    let mut between = |of: fn(&(f64, f64, f64)) -> f64| {
        drawn.sort_by(|one, other| of(one).total_cmp(&of(other)));
        format!("{:.1} to {:.1}", of(&drawn[25]), of(&drawn[974]))
    };
    let (precision, recall, f1) = figures(rows);
    let asks = rows.iter().filter(|row| row.asks).count();
    let pairs: Vec<(bool, f32)> = rows.iter().map(|row| (row.asks, row.value)).collect();
    println!(
        "| {name} | {asks} | {} | {precision:.1} ({}) | {recall:.1} ({}) | {f1:.1} ({}) | {:.4} |",
        rows.len() - asks,
        between(|figures| figures.0),
        between(|figures| figures.1),
        between(|figures| figures.2),
        auc(&pairs)
    );
}

/// Wilson's interval of a share at 95 %.
#[allow(clippy::cast_precision_loss)] // Some thousand messages.
fn wilson(part: usize, all: usize) -> (f64, f64) {
    if all == 0 {
        return (0.0, 1.0);
    }
    let (share, all, z) = (part as f64 / all as f64, all as f64, 1.96_f64);
    let middle = share + z * z / (2.0 * all);
    let spread = z * (share * (1.0 - share) / all + z * z / (4.0 * all * all)).sqrt();
    let whole = 1.0 + z * z / all;
    (((middle - spread) / whole).max(0.0), ((middle + spread) / whole).min(1.0))
}
