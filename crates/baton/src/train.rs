//! `baton train`: a model from one's own past, measured before it is written.

use std::fs::{self, File};
use std::io::{BufReader, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};
use baton_detect::model::features_of;
use baton_detect::timing::Heard;
use baton_learn::lines::{Labelled, Lines, Strictness};
use baton_learn::timing::{Lesson as Taught, cross_validate, told, train};
use baton_learn::{linear, measure, topics};

use crate::arguments::{Lesson, Train};
use crate::assess::each_line;

/// Parts of the past that are set aside in turn to measure on.
const PARTS: usize = 5;

pub(crate) fn run(arguments: &Train) -> anyhow::Result<()> {
    let bytes = match arguments.lesson {
        Lesson::Topics => of_topics(arguments)?,
        Lesson::Timing => of_timing(arguments)?,
        Lesson::Explicit => of_signal(arguments, "explicit")?,
        Lesson::Frustration => of_signal(arguments, "frustration")?,
    };
    fs::write(&arguments.out, &bytes).with_context(|| format!("write the model {}", arguments.out.display()))?;
    println!("{} is written, {} kB.", arguments.out.display(), bytes.len().div_ceil(1000));
    Ok(())
}

/// Shows how far it is on a terminal, and nothing elsewhere.
fn progress(what: &'static str) -> impl FnMut(f32) {
    let shown = std::io::stderr().is_terminal();
    move |done: f32| {
        if shown {
            let ending = if done >= 1.0 { "\n" } else { "" };
            eprint!("\r{what} {:3.0} %{ending}", done * 100.0);
            // A terminal that is gone stops no training.
            let _ = std::io::stderr().flush();
        }
    }
}

fn open(file: &Path) -> anyhow::Result<BufReader<File>> {
    Ok(BufReader::new(File::open(file).with_context(|| format!("open {}", file.display()))?))
}

fn say_unused(lines: &Lines) {
    if !lines.unused().is_empty() {
        let fields: Vec<&str> = lines.unused().keys().map(String::as_str).collect();
        eprintln!("not used: {}", fields.join(", "));
    }
}

fn labelled(file: &Path) -> anyhow::Result<Vec<Labelled>> {
    let mut lines = Lines::new(Strictness::Labelled);
    let mut read = Vec::new();
    each_line(open(file)?, |number, line| {
        read.push(lines.labelled(number, line).with_context(|| file.display().to_string())?);
        Ok(())
    })?;
    say_unused(&lines);
    if read.is_empty() {
        bail!("{} has no lines to learn from", file.display());
    }
    Ok(read)
}

fn of_topics(arguments: &Train) -> anyhow::Result<Vec<u8>> {
    let mut labels: Vec<String> = Vec::new();
    let mut place = std::collections::HashMap::new();
    let mut examples = Vec::new();
    for line in labelled(&arguments.data)? {
        let topic = line.label.filter(|label| !topics::NONE.contains(&label.as_str())).map(|label| {
            *place.entry(label).or_insert_with_key(|label| {
                labels.push(label.clone());
                labels.len() - 1
            })
        });
        examples.push(topics::Example { text: line.text, topic });
    }
    println!("{} examples of {} topics", examples.len(), labels.len());
    let (model, measured) = topics::train("topics-own", &labels, &examples, arguments.seed, &mut progress("learning"))?;
    println!("right on examples that it had not seen: {:.1} %", measured.accuracy * 100.0);
    if let Some(auc) = measured.none_auc {
        println!("tells the topics from none of them: area under the curve {auc:.3}");
    }
    Ok(model.write())
}

fn of_timing(arguments: &Train) -> anyhow::Result<Vec<u8>> {
    let mut lines = Lines::new(Strictness::Labelled);
    let mut lessons: Vec<Taught> = Vec::new();
    each_line(open(&arguments.data)?, |number, line| {
        let name = || arguments.data.display().to_string();
        let conversation = lines.conversation(number, line).with_context(name)?;
        let mut lesson = Taught { talk: Vec::new(), truth: Vec::new() };
        for (index, said) in conversation.turns.iter().enumerate() {
            let Some(label) = said.label else {
                bail!("{}: line {number}: turns[{index}].label: is missing; it must be 0 or 1", name());
            };
            lesson.talk.push(Heard::new(said.author, &said.text));
            lesson.truth.push(label);
        }
        lessons.push(lesson);
        Ok(())
    })?;
    say_unused(&lines);
    let needed = lessons.iter().filter(|lesson| lesson.truth.contains(&true)).count();
    if lessons.len() < 2 * PARTS || needed == 0 || lessons.iter().all(|lesson| lesson.truth.iter().all(|yes| *yes)) {
        bail!(
            "{} conversations, {needed} of them with a turn at which a person should have had it: give at least {} with turns of both kinds",
            lessons.len(),
            2 * PARTS
        );
    }
    println!("{} conversations, {needed} that a person should have had", lessons.len());
    let all: Vec<&Taught> = lessons.iter().collect();
    if !arguments.no_check {
        let (likelihoods, said) = cross_validate(&lessons, PARTS, arguments.seed, &mut progress("measuring"));
        let measured = told(&all, &said);
        let pairs: Vec<(bool, f32)> = lessons
            .iter()
            .zip(&likelihoods)
            .flat_map(|(lesson, row)| lesson.truth.iter().copied().zip(row.iter().copied()))
            .collect();
        println!("on conversations that it had not seen ({PARTS} parts):");
        println!("  macro-F1 of turns {:.3}, area under the curve {:.3}", measured.macro_f1, measure::auc(&pairs));
        let [one, two, three] = measured.golden;
        println!("  golden transfer within tolerance: GT-I {one:.3}, GT-II {two:.3}, GT-III {three:.3}");
    }
    Ok(train(&all, arguments.seed, &mut progress("learning")).write())
}

fn of_signal(arguments: &Train, name: &str) -> anyhow::Result<Vec<u8>> {
    let mut examples = Vec::new();
    for (number, line) in (1..).zip(labelled(&arguments.data)?) {
        let label = match line.label.as_deref() {
            Some("0") => 0,
            Some("1") => 1,
            Some(_) | None => bail!("{}: example {number}: label: must be 0 or 1", arguments.data.display()),
        };
        examples.push(linear::Example { features: features_of(&line.text), label, weight: 1.0 });
    }
    let labels = [name.to_owned()];
    let options = linear::Options { name: format!("{name}-own"), seed: arguments.seed, ..linear::Options::default() };
    println!(
        "{} examples, {} of them yes",
        examples.len(),
        examples.iter().filter(|example| example.label == 1).count()
    );
    if !arguments.no_check {
        let fold = baton_learn::chance::folds(examples.len(), PARTS, arguments.seed);
        let sums = linear::cross_validate(&examples, &labels, &options, PARTS, |index| fold[index])?;
        let sum = |row: &Vec<f32>| row.first().copied().unwrap_or(0.0);
        let pairs: Vec<(bool, f32)> =
            examples.iter().zip(&sums).map(|(example, row)| (example.label == 1, sum(row))).collect();
        println!("on examples that it had not seen: area under the curve {:.3}", measure::auc(&pairs));
    }
    Ok(linear::train(&examples, &labels, &options)?.to_bytes())
}
