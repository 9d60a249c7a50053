//! Trains the frustration model and says how good it is on what it was not taught:
//! `cargo run --release -p baton-learn --example train_frustration -- DATA_DIR [WEIGHTS_DIR]`.
//!
//! Taught with our own text in nineteen languages ([`baton_learn::moods`], and the ordinary messages of
//! [`baton_learn::texts`]), ordinary messages of customers (Bitext, CDLA-Sharing-1.0; CLINC150, CC-BY-3.0; Banking77,
//! CC-BY-4.0), and `GoEmotions` (Apache-2.0). Four classes: a message to a service, calm or frustrated, and a comment
//! about anything, calm or displeased. So what is said on the street does not decide what is said to a service. A second
//! model is taught the comments alone, and asked of what looks like one.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use baton_detect::model::Linear;
use baton_detect::{Displeasure, MOOD_CLASSES, displeasure, mood_features};
use baton_learn::linear::{Example, Options, TrainError, train};
use baton_learn::measure::{auc, macro_f1};
use baton_learn::moods::{patterned, sentences, unseen};
use baton_learn::texts::{Amounts, written};
use serde_json::Value;

/// Of every pattern so many messages.
const OF_A_PATTERN: usize = 40;
/// A single sentence counts as so many of a pattern's messages.
const SENTENCE_WEIGHT: f32 = 3.0;
/// Every so manieth ordinary message of the sets teaches.
const ORDINARY_STEP: usize = 5;
const SEED: u64 = 1;

/// The places of the classes.
const CALM: usize = 0;
const FRUSTRATED: usize = 1;
const COMMENT: usize = 2;
const DISPLEASED: usize = 3;

struct Lesson {
    /// What figures are grouped by; none for what is only ever taught.
    group: Option<String>,
    /// What belongs together is held out together.
    family: usize,
    text: String,
    class: usize,
    weight: f32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name the folder with the data")?;
    let lessons = lessons(Path::new(&folder))?;
    let examples: Vec<Example> = lessons
        .iter()
        .map(|one| Example { features: mood_features(&one.text), label: one.class, weight: one.weight })
        .collect();
    // A tenth of the comments and of our own patterns and sentences.
    let held = |one: &Lesson| one.group.is_some() && one.family.is_multiple_of(10);
    let mut groups: BTreeMap<&str, Vec<(bool, f32)>> = BTreeMap::new();
    let (kinds, feeling) = models(&lessons, &examples, |one| !held(one))?;
    for (lesson, example) in lessons.iter().zip(&examples).filter(|(lesson, _)| held(lesson)) {
        let displeased = matches!(lesson.class, FRUSTRATED | DISPLEASED);
        let pair = (displeased, value(&kinds, &feeling, &example.features));
        groups.entry(lesson.group.as_deref().unwrap_or_default()).or_default().push(pair);
    }
    println!("Held out, by models that were taught the rest:");
    tell(&groups);
    let (kinds, feeling) = models(&lessons, &examples, |_| true)?;
    let mut groups: BTreeMap<&str, Vec<(bool, f32)>> = BTreeMap::new();
    for mood in &unseen() {
        let pair = (mood.frustrated(), value(&kinds, &feeling, &mood_features(&mood.text)));
        groups.entry(mood.language).or_default().push(pair);
        if mood.language != "en" {
            groups.entry("not English").or_default().push(pair);
        }
    }
    println!("Our own messages that teach nothing, by the models that ship:");
    tell(&groups);
    let out = arguments.next();
    for (file, model) in [("frustration.bin", kinds), ("feeling.model", feeling)] {
        let bytes = model.to_bytes();
        println!("{file}: {} bytes", bytes.len());
        if let Some(out) = &out {
            fs::write(Path::new(out).join(file), bytes)?;
        }
    }
    println!("{} messages", lessons.len());
    Ok(())
}

/// The model of the four classes, and the one of comments alone, from the lessons that may teach.
fn models(
    lessons: &[Lesson],
    examples: &[Example],
    teaches: impl Fn(&Lesson) -> bool,
) -> Result<(Linear, Linear), TrainError> {
    let of = |wanted: &dyn Fn(&Lesson) -> bool| -> Vec<Example> {
        let both = lessons.iter().zip(examples).filter(|(lesson, _)| teaches(lesson) && wanted(lesson));
        both.map(|(_, example)| example.clone()).collect()
    };
    let options = Options {
        name: "frustration-2".to_owned(),
        buckets_log2: 20,
        epochs: 4,
        rate: 1.5,
        l1: 0.1,
        l2: 0.1,
        examples_min: 2,
        ..Options::default()
    };
    let kinds = train(&of(&|_| true), &MOOD_CLASSES.map(str::to_owned), &options)?;
    let mut comments = of(&|lesson| matches!(lesson.class, COMMENT | DISPLEASED));
    for comment in &mut comments {
        comment.label = usize::from(comment.label == DISPLEASED);
    }
    let options = Options { name: "feeling-1".to_owned(), ..options };
    let feeling = train(&comments, &["displeased".to_owned()], &options)?;
    Ok((kinds, feeling))
}

/// How surely a text is displeased, with whatever.
fn value(kinds: &Linear, feeling: &Linear, features: &[u32]) -> f32 {
    let Displeasure { frustrated, displeased } = displeasure(kinds, feeling, features);
    frustrated + displeased
}

fn tell(groups: &BTreeMap<&str, Vec<(bool, f32)>>) {
    for (group, pairs) in groups {
        let best = (1_u8..100)
            .map(|step| macro_f1(pairs.iter().map(|(label, value)| (*label, *value > f32::from(step) / 100.0))))
            .fold(0.0, f64::max);
        println!("{group:20} {:6} texts  AUC {:.3}  macro-F1 {best:.3}", pairs.len(), auc(pairs));
    }
}

fn lessons(folder: &Path) -> Result<Vec<Lesson>, Box<dyn Error>> {
    let mut lessons = Vec::new();
    for (moods, weight) in [(patterned(OF_A_PATTERN, SEED), 1.0), (sentences(), SENTENCE_WEIGHT)] {
        lessons.extend(moods.into_iter().map(|mood| Lesson {
            group: Some(format!("our own {}", mood.language)),
            family: mood.family,
            class: if mood.frustrated() { FRUSTRATED } else { CALM },
            text: mood.text,
            weight,
        }));
    }
    let calm = |text| Lesson { group: None, family: 0, text, class: CALM, weight: 1.0 };
    // Requests are left out: they may be asked in any mood.
    let others = written(Amounts { request: 0, alike: 6, ordinary: 30 }, SEED);
    lessons.extend(others.into_iter().map(|one| calm(one.text)));
    for set in ["bitext", "clinc150", "banking77"] {
        let rows = lines(&folder.join(format!("routing_{set}_train.jsonl")))?;
        lessons.extend(rows.iter().step_by(ORDINARY_STEP).map(|row| calm(said(row))));
    }
    let comments = lines(&folder.join("frustration_utt.jsonl"))?;
    let comments = comments.iter().filter(|row| row["source"] == "GoEmotions").enumerate();
    lessons.extend(comments.map(|(family, row)| Lesson {
        group: Some("GoEmotions".to_owned()),
        family,
        text: said(row),
        class: if row["label"] == 1 { DISPLEASED } else { COMMENT },
        weight: 1.0,
    }));
    Ok(lessons)
}

fn said(row: &Value) -> String {
    row["text"].as_str().unwrap_or_default().to_owned()
}

fn lines(path: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("read {}: {error}", path.display()))?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}
