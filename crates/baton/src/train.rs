//! `baton train`: a model from one's own past, measured before it is written.

use std::fs::{self, File};
use std::io::{BufReader, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Error, bail};
use baton_core::{ChannelId, SignalName};
use baton_detect::meaning::{Embedder, MoodReader, TopicReader};
use baton_detect::timing::Heard;
use baton_detect::{Detector, Policy, mood_features};
use baton_engine::config;
use baton_learn::explicit::{self, Message};
use baton_learn::lines::{Labelled, Lines, Strictness};
use baton_learn::timing::{Lesson as Taught, cross_validate, told, train};
use baton_learn::{linear, meaning, measure, topics};

use crate::arguments::{Lesson, Train};
use crate::assess::each_line;

/// Parts of the past that are set aside in turn to measure on.
const PARTS: usize = 5;
/// Every so manieth message teaches a second time with a slip of the finger.
const SLIP_EVERY: usize = 3;

pub(crate) fn run(arguments: &Train) -> anyhow::Result<()> {
    let bytes = match arguments.lesson {
        Lesson::Topics => of_topics(arguments)?,
        Lesson::Timing => of_timing(arguments)?,
        Lesson::Explicit => of_requests(arguments)?,
        Lesson::Frustration => of_moods(arguments)?,
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
    let (name, seed, mut shown) = ("topics-own", arguments.seed, progress("learning"));
    let (reader, measured): (TopicReader, _) = match embedder(arguments)? {
        None => topics::train(name, &labels, &examples, seed, &mut shown).map(|(model, told)| (model.into(), told))?,
        Some(embedder) => meaning::train(name, &labels, &examples, seed, &embedder, &mut shown)?,
    };
    println!("right on examples that it had not seen: {:.1} %", measured.accuracy * 100.0);
    if let Some(auc) = measured.none_auc {
        println!("tells the topics from none of them: area under the curve {auc:.3}");
    }
    Ok(reader.write())
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

/// The embedding that the command line names.
fn embedder(arguments: &Train) -> anyhow::Result<Option<Arc<dyn Embedder>>> {
    let opened = arguments.embedding.as_deref().map(|folder| config::open_embedding(folder).map_err(Error::msg));
    opened.transpose().context("open the embedding")
}

/// Texts with whether they are what is learned.
fn yes_or_no(arguments: &Train) -> anyhow::Result<Vec<(String, bool)>> {
    let mut examples = Vec::new();
    for (number, line) in (1..).zip(labelled(&arguments.data)?) {
        let yes = match line.label.as_deref() {
            Some("0") => false,
            Some("1") => true,
            Some(_) | None => bail!("{}: example {number}: label: must be 0 or 1", arguments.data.display()),
        };
        examples.push((line.text, yes));
    }
    println!("{} examples, {} of them yes", examples.len(), examples.iter().filter(|(_, yes)| *yes).count());
    Ok(examples)
}

/// Areas under the curve on the same examples: of what is learned from the others, and of what comes with Baton.
fn compare(own: &[(bool, f32)], ships: &[(bool, f32)]) {
    println!("on examples that it had not seen: area under the curve {:.3}", measure::auc(own));
    println!("what comes with Baton, on the same: {:.3}; use the model only where it is better", measure::auc(ships));
}

fn of_requests(arguments: &Train) -> anyhow::Result<Vec<u8>> {
    if arguments.embedding.is_some() {
        bail!("requests are learned from words alone: leave out --embedding, or train topics or frustration with it");
    }
    let examples = yes_or_no(arguments)?;
    let message = |(text, asks): &(String, bool)| Message { text: text.clone(), asks: *asks, weight: 1.0 };
    let messages: Vec<Message> = examples.iter().map(message).collect();
    let options = linear::Options { seed: arguments.seed, examples_min: 2, ..explicit::options("explicit-own") };
    if !arguments.no_check {
        let fold = baton_learn::chance::folds(messages.len(), PARTS, arguments.seed);
        let ships = Detector::new(Policy::default())?;
        let (mut own, mut shipped) = (Vec::new(), Vec::new());
        for part in 0..PARTS {
            let of = |held: bool| messages.iter().zip(&fold).filter(move |(_, own)| (**own == part) == held);
            let shown: Vec<Message> = of(false).map(|(message, _)| message.clone()).collect();
            let model = explicit::teach(&shown, 0, &options)?;
            for (message, _) in of(true) {
                own.push((message.asks, explicit::judged(&model, &message.text)));
                shipped.push((message.asks, signal_of(&ships, SignalName::ExplicitRequest, &message.text)?));
            }
        }
        compare(&own, &shipped);
    }
    Ok(explicit::teach(&messages, SLIP_EVERY, &options)?.to_bytes())
}

fn of_moods(arguments: &Train) -> anyhow::Result<Vec<u8>> {
    let examples = yes_or_no(arguments)?;
    let embedder = embedder(arguments)?;
    let lesson = |(text, yes): &(String, bool)| linear::Example {
        features: mood_features(text),
        label: usize::from(*yes),
        weight: 1.0,
    };
    let lessons: Vec<linear::Example> = examples.iter().map(lesson).collect();
    let labels = ["frustrated".to_owned()];
    let options =
        linear::Options { name: "frustration-own".to_owned(), seed: arguments.seed, ..linear::Options::default() };
    let fold = baton_learn::chance::folds(examples.len(), PARTS, arguments.seed);
    let measured = !arguments.no_check || embedder.is_some();
    let sums = measured
        .then(|| linear::cross_validate(&lessons, &labels, &options, PARTS, |index| fold[index]))
        .transpose()?
        .unwrap_or_default();
    let odds: Vec<f32> = sums.iter().map(|row| row.first().copied().unwrap_or(0.0)).collect();
    let words = linear::train(&lessons, &labels, &options)?;
    let told = |held: &dyn Fn(usize) -> bool| -> Vec<(&str, f32, bool)> {
        let all = examples.iter().zip(&odds).enumerate().filter(|(at, _)| held(*at));
        all.map(|(_, ((text, yes), odds))| (text.as_str(), *odds, *yes)).collect()
    };
    if !arguments.no_check {
        let ships = Detector::new(Policy::default())?;
        let (mut own, mut shipped) = (Vec::new(), Vec::new());
        for part in 0..PARTS {
            let reader: Option<MoodReader> = embedder
                .as_ref()
                .map(|embedder| meaning::mood(words.clone(), &told(&|at| fold[at] != part), arguments.seed, embedder))
                .transpose()?;
            for (text, odds, yes) in told(&|at| fold[at] == part) {
                own.push((yes, reader.as_ref().map_or(odds, |reader| reader.with_words(text, odds))));
                shipped.push((yes, signal_of(&ships, SignalName::Frustration, text)?));
            }
        }
        compare(&own, &shipped);
    }
    match embedder {
        None => Ok(words.to_bytes()),
        Some(embedder) => Ok(meaning::mood(words, &told(&|_| true), arguments.seed, &embedder)?.write()),
    }
}

/// What the detector that comes with Baton makes of one message.
fn signal_of(detector: &Detector, name: SignalName, text: &str) -> anyhow::Result<f32> {
    let channel = ChannelId::new("website")?;
    let verdict = detector.assess(&baton_detect::Turn::alone(text, &channel));
    Ok(verdict.signals.iter().find(|signal| signal.name == name).map_or(0.0, |signal| signal.value))
}
