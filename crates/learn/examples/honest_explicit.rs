//! Honest figures for the request model alone: held-out patterns of every language, and held-out sources.
//! `honest_explicit DATA_DIR`.

use std::collections::BTreeMap;

use baton_detect::model::Linear;
use baton_learn::explicit::{Message, judged, options, teach};
use baton_learn::measure::auc;
use baton_learn::texts::{Amounts, REQUEST, written};
use serde_json::Value;

struct Row {
    text: String,
    asks: bool,
    source: String,
    group: String,
    kind: String,
}

fn rows(directory: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut read = |file: &str, take: &dyn Fn(&Value) -> Option<(bool, String, String)>| {
        for line in std::fs::read_to_string(format!("{directory}/{file}")).unwrap_or_default().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            if let Some((asks, group, kind)) = take(&row) {
                let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
                rows.push(Row { text: field("text"), asks, source: field("source"), group, kind });
            }
        }
    };
    read("explicit.jsonl", &|row| {
        Some((row["label"] == 1, row["lang"].as_str()?.to_owned(), row["category"].as_str()?.to_owned()))
    });
    for name in ["routing_bitext_train.jsonl", "routing_clinc150_train.jsonl", "routing_banking77_train.jsonl"] {
        read(name, &|row| {
            let label = row["label"].as_str()?;
            (!label.starts_with("contact_")).then(|| (false, "en".to_owned(), "routing".to_owned()))
        });
    }
    rows
}

fn report(name: &str, model: &Linear, rows: &[&Row], show: usize) {
    let judged: Vec<(f32, &Row)> = rows.iter().map(|row| (judged(model, &row.text), *row)).collect();
    let pairs: Vec<(bool, f32)> = judged.iter().map(|(value, row)| (row.asks, *value)).collect();
    for cut in [0.5, 0.6, 0.8] {
        let count = |asks: bool, over: bool| {
            judged.iter().filter(|(value, row)| row.asks == asks && (*value >= cut) == over).count() as f64
        };
        let (found, missed, wrong) = (count(true, true), count(true, false), count(false, true));
        println!(
            "{name} cut {cut}: F1 {:.3} precision {:.3} recall {:.3} auc {:.4} ({} yes, {} no)",
            2.0 * found / (2.0 * found + missed + wrong),
            found / (found + wrong),
            found / (found + missed),
            auc(&pairs),
            found + missed,
            rows.len() as f64 - found - missed
        );
    }
    let mut groups: BTreeMap<&str, [u32; 4]> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, [u32; 2]> = BTreeMap::new();
    for (value, row) in &judged {
        groups.entry(&row.group).or_default()[usize::from(row.asks) * 2 + usize::from(*value >= 0.6)] += 1;
        kinds.entry(&row.kind).or_default()[usize::from(*value >= 0.6)] += 1;
    }
    for (group, [_, wrong, missed, found]) in groups {
        print!(" {group} {:.2}", 2.0 * f64::from(found) / f64::from(2 * found + missed + wrong));
    }
    println!();
    for (kind, [under, over]) in kinds {
        print!(" {kind} {over}/{}", under + over);
    }
    println!();
    let mut wrong: Vec<_> = judged.iter().filter(|(value, row)| row.asks != (*value >= 0.6)).collect();
    wrong.sort_by(|one, other| one.1.text.cmp(&other.1.text));
    for (value, row) in wrong.iter().step_by((wrong.len() / show.max(1)).max(1)).take(show) {
        println!("    {value:.2} {} {} {}", row.asks, row.group, row.text);
    }
}

fn main() {
    let directory = std::env::args().nth(1).expect("a directory");
    let own = written(Amounts { request: 200, alike: 80, ordinary: 120 }, 1);
    println!("{} of our own", own.len());
    let all = rows(&directory);
    let message = |text: &str, asks| Message { text: text.to_owned(), asks, weight: 1.0 };
    // Patterns held out: every fourth.
    let taught: Vec<Message> = own.iter().filter(|w| w.family % 4 != 0).map(|w| message(&w.text, w.kind == REQUEST)).collect();
    let model = teach(&taught, 4, &options("x")).unwrap();
    let held: Vec<Row> = own
        .iter()
        .filter(|w| w.family % 4 == 0)
        .map(|w| Row { text: w.text.clone(), asks: w.kind == REQUEST, source: String::new(), group: w.language.to_owned(), kind: w.kind.to_owned() })
        .collect();
    report("patterns", &model, &held.iter().collect::<Vec<_>>(), 40);
    // Templates alone, on two thirds of the dev file.
    let seen = |row: &&Row| row.text.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 3 != 0;
    let dev: Vec<&Row> = all.iter().filter(|row| row.kind != "routing").filter(seen).collect();
    let mut taught: Vec<Message> = own.iter().map(|w| message(&w.text, w.kind == REQUEST)).collect();
    let model = teach(&taught, 4, &options("x")).unwrap();
    println!("{} bytes", model.to_bytes().len());
    report("own text only, dev", &model, &dev, 40);
    // With the routing sets as ordinary messages, and the labelled sources but one.
    taught.extend(all.iter().filter(|row| row.kind == "routing").map(|row| message(&row.text, false)));
    let model = teach(&taught, 4, &options("x")).unwrap();
    println!("{} bytes", model.to_bytes().len());
    report("own and routing, dev", &model, &dev, 40);
    for source in ["Bitext", "rasa-helpdesk", "HINT3-train"] {
        let mut taught = taught.clone();
        taught.extend(dev.iter().filter(|row| row.source != source && row.source != "authored").map(|row| message(&row.text, row.asks)));
        let model = teach(&taught, 4, &options("x")).unwrap();
        let held: Vec<&Row> = dev.iter().filter(|row| row.source == source || row.source == "authored").copied().collect();
        report(&format!("without {source}"), &model, &held, 20);
    }
}
