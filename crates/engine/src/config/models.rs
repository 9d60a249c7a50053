//! What a configuration teaches the detector: examples of topics, learned when it is checked, and models by the paths
//! of their files. What is learned from the same examples once is kept, so that checking, planning and running agree
//! and cost one training.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use baton_detect::meaning::{Embedder, MoodReader, TopicReader};
use baton_detect::model::Linear;
use baton_detect::timing::TimingModel;
use baton_detect::{Learned, Models};
use baton_learn::meaning;
use baton_learn::topics::{Example, train};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::Checker;
use super::document::{Document, TopicDocument};

/// Longest example, in bytes.
const EXAMPLE_BYTES_MAX: usize = 500;
/// Most bytes of all examples, for each topic there is: more would make whoever applies it wait. 150 topics with ten
/// examples each are 10 million.
const LEARNING_MAX: usize = 30_000_000;
/// Most examples whose meaning is looked up, each for some milliseconds.
const EMBEDDED_MAX: usize = 3_000;
/// Largest file of a model.
const FILE_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// Trainings that are kept.
const KEPT_MAX: usize = 4;
/// The order of learning; the same examples give the same model, on every machine.
const SEED: u64 = 1;

/// Models that the deployment trained with `baton train`, and a sentence embedding: paths on the machine that serves,
/// from the folder in which it was started.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ModelsDocument {
    /// By `baton train topics`: asked where no phrase of a topic is said.
    pub topics: Option<String>,
    /// By `baton train timing`: one signal more, when a person should have it.
    pub timing: Option<String>,
    /// By `baton train explicit`: in the place of the model of requests that comes with Baton.
    pub explicit: Option<String>,
    /// By `baton train frustration`: in the place of the model of frustration that comes with Baton.
    pub frustration: Option<String>,
    /// A folder with a sentence embedding, `model.onnx` and `vocab.txt` or `tokenizer.json`; topics are learned by
    /// meaning then.
    pub embedding: Option<String>,
}

impl ModelsDocument {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether checking this document takes long enough to be done beside everything else.
pub(super) fn teaches(document: &Document) -> bool {
    !document.models.is_empty() || document.topics.values().any(|topic| !topic.examples.is_empty())
}

/// Everything that the sections `topics`, `none_of_these` and `models` teach.
pub(super) fn compile_models(
    check: &mut Checker<'_>,
    topics: &BTreeMap<String, TopicDocument>,
    none_of_these: &[String],
    files: &ModelsDocument,
) -> Models {
    let embedder =
        files.embedding.as_ref().and_then(|folder| check.take("models.embedding", embedding::open(Path::new(folder))));
    // Without the embedding that was asked for, nothing is learned: its fault is said already.
    let examples = (files.embedding.is_some() == embedder.is_some())
        .then(|| from_examples(check, topics, none_of_these, embedder.as_ref()))
        .flatten();
    let mut topic_models: Vec<_> = examples.into_iter().collect();
    let read = |bytes: &[u8]| TopicReader::load(bytes, embedder.as_ref()).map_err(|error| error.to_string());
    topic_models.extend(from_file(check, "topics", files.topics.as_ref(), read));
    let timing = |bytes: &[u8]| TimingModel::read(bytes).map_err(|error| error.to_string());
    let linear = |bytes: &[u8]| Linear::from_bytes(bytes).map_err(|error| error.to_string());
    let mood = |bytes: &[u8]| MoodReader::load(bytes, embedder.as_ref()).map_err(|error| error.to_string());
    Models {
        topics: topic_models,
        timing: from_file(check, "timing", files.timing.as_ref(), timing),
        explicit: from_file(check, "explicit", files.explicit.as_ref(), linear),
        frustration: from_file(check, "frustration", files.frustration.as_ref(), mood),
    }
}

fn from_file<T>(
    check: &mut Checker<'_>,
    kind: &str,
    file: Option<&String>,
    read: impl Fn(&[u8]) -> Result<T, String>,
) -> Option<Learned<T>> {
    let file = file?;
    let path = format!("models.{kind}");
    let bytes = check.take(&path, bytes_of(Path::new(file)))?;
    let model = check.take(&path, read(&bytes).map_err(|why| format!("{file}: {why}")))?;
    Some(Learned::new(kind, &bytes, model))
}

/// The bytes of a file of models, or why there are none.
pub fn bytes_of(file: &Path) -> Result<Vec<u8>, String> {
    let named = |why: String| format!("{}: {why}", file.display());
    let said = |error: std::io::Error| named(error.to_string());
    // A pipe or a device would be waited for.
    if !fs::metadata(file).map_err(said)?.is_file() {
        return Err(named("this is no file".to_owned()));
    }
    let mut bytes = Vec::new();
    fs::File::open(file).map_err(said)?.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(said)?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(named(format!("it has more than {FILE_BYTES_MAX} bytes, and is no model of Baton's")));
    }
    Ok(bytes)
}

/// A sentence embedding in a folder, or why there is none.
pub fn open_embedding(folder: &Path) -> Result<Arc<dyn Embedder>, String> {
    embedding::open(folder)
}

/// Learns the examples, if there are any.
fn from_examples(
    check: &mut Checker<'_>,
    topics: &BTreeMap<String, TopicDocument>,
    none_of_these: &[String],
    embedder: Option<&Arc<dyn Embedder>>,
) -> Option<Learned<TopicReader>> {
    let taught: Vec<(&String, &TopicDocument)> =
        topics.iter().filter(|(_, topic)| !topic.examples.is_empty()).collect();
    let labels: Vec<String> = taught.iter().map(|(key, _)| (*key).clone()).collect();
    let mut examples = Vec::new();
    let mut sound = true;
    for (topic, (key, document)) in taught.iter().enumerate() {
        for (index, text) in document.examples.iter().enumerate() {
            sound &= is_example(check, &format!("topics.{key}.examples.{index}"), text);
            examples.push(Example { text: text.clone(), topic: Some(topic) });
        }
    }
    for (index, text) in none_of_these.iter().enumerate() {
        sound &= is_example(check, &format!("none_of_these.{index}"), text);
        examples.push(Example { text: text.clone(), topic: None });
    }
    let [first, others @ ..] = taught.as_slice() else {
        if !none_of_these.is_empty() {
            check.fault("none_of_these", "no topic has examples that these could be told from; give topics some");
        }
        return None;
    };
    if others.is_empty() {
        let what = "this is the only topic with examples; topics are learned by what tells them apart, so give at least \
                    two of them some";
        check.fault(&format!("topics.{}.examples", first.0), what);
        return None;
    }
    let bytes: usize = examples.iter().map(|example| example.text.len()).sum();
    if bytes.saturating_mul(labels.len()) > LEARNING_MAX {
        let fits = LEARNING_MAX / labels.len();
        check.fault(
            "topics",
            format!(
                "the examples of {} topics have {bytes} bytes, and {fits} are learned when a configuration is applied; \
                 train them with `baton train topics` and name the file under `models`",
                labels.len()
            ),
        );
        return None;
    }
    if embedder.is_some() && examples.len() > EMBEDDED_MAX {
        let count = examples.len();
        check.fault("topics", format!("{count} examples: with an embedding {EMBEDDED_MAX} are learned when a configuration is applied; train them with `baton train topics` and name the file under `models`"));
        return None;
    }
    if !sound {
        return None;
    }
    check.take(
        "topics",
        learned(Lessons { labels, examples, embedder: embedder.map(|own| own.name().to_owned()) }, embedder),
    )
}

fn is_example(check: &mut Checker<'_>, path: &str, text: &str) -> bool {
    if text.len() > EXAMPLE_BYTES_MAX {
        let bytes = text.len();
        check
            .fault(path, format!("an example has at most {EXAMPLE_BYTES_MAX} bytes, and this one {bytes}; shorten it"));
        return false;
    }
    let says = text.chars().any(char::is_alphanumeric);
    if !says {
        check.fault(path, "an example says something, and this one has no letters");
    }
    says
}

/// What is learned from; the same lessons give the same model.
#[derive(PartialEq)]
struct Lessons {
    labels: Vec<String>,
    examples: Vec<Example>,
    embedder: Option<String>,
}

static KEPT: Mutex<VecDeque<(Lessons, Learned<TopicReader>)>> = Mutex::new(VecDeque::new());

fn learned(lessons: Lessons, embedder: Option<&Arc<dyn Embedder>>) -> Result<Learned<TopicReader>, String> {
    let kept = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, model)) = kept().iter().find(|(known, _)| *known == lessons) {
        return Ok(model.clone());
    }
    let name = "topics-examples";
    let (labels, examples) = (&lessons.labels, &lessons.examples);
    let taught: Result<TopicReader, meaning::MeaningError> = match embedder {
        None => train(name, labels, examples, SEED, &mut |_| ()).map(|(model, _)| model.into()).map_err(Into::into),
        Some(own) => meaning::train(name, labels, examples, SEED, own, &mut |_| ()).map(|(model, _)| model),
    };
    let reader = taught.map_err(|error| error.to_string())?;
    let model = Learned::new(name, &reader.write(), reader);
    let mut kept = kept();
    kept.push_back((lessons, model.clone()));
    while kept.len() > KEPT_MAX {
        kept.pop_front();
    }
    Ok(model)
}

#[cfg(feature = "onnx")]
mod embedding {
    use std::path::{Path, PathBuf};
    use std::sync::{Arc, Mutex, PoisonError};
    use std::time::SystemTime;

    use baton_detect::meaning::Embedder;

    /// Where it was, and when it was changed.
    type Opened = (PathBuf, Option<SystemTime>, Arc<dyn Embedder>);

    /// The one that was opened last: a configuration is checked several times before it runs.
    static OPENED: Mutex<Option<Opened>> = Mutex::new(None);

    pub(super) fn open(folder: &Path) -> Result<Arc<dyn Embedder>, String> {
        let changed = folder.join("model.onnx").metadata().and_then(|found| found.modified()).ok();
        let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, known)) = opened.as_ref().filter(|known| known.0 == folder && known.1 == changed) {
            return Ok(Arc::clone(known));
        }
        let embedder: Arc<dyn Embedder> =
            Arc::new(baton_embed::Embedding::open(folder).map_err(|error| error.to_string())?);
        *opened = Some((folder.to_owned(), changed, Arc::clone(&embedder)));
        Ok(embedder)
    }
}

#[cfg(not(feature = "onnx"))]
mod embedding {
    use std::path::Path;
    use std::sync::Arc;

    use baton_detect::meaning::Embedder;

    pub(super) fn open(folder: &Path) -> Result<Arc<dyn Embedder>, String> {
        let folder = folder.display();
        Err(format!("{folder}: this program was built without sentence embeddings; build it with `--features onnx`"))
    }
}

#[cfg(test)]
mod tests {
    use baton_detect::{Detector, Policy};

    use super::super::{compile, policy_from_document};
    use crate::deployment::Deployment;

    const BASE: &str = "organisation: X\nchannels: {web: {title: T, bot: b}}\nbots: {b: {kind: knowledge, name: B}}\n\
                        queues: {desk: {name: Desk}}\ndefault_queue: desk\n\
                        agents: {ana: {name: Ana, email: ana@x.example, role: admin}}\n";
    const TOPICS: &str = "topics:\n  delivery:\n    examples: [where is my parcel, when will it be delivered, the courier never came, \
                          my package is late]\n  billing:\n    phrases: [invoice]\n    examples: [you charged me twice, the amount is wrong, \
                          I paid too much, my card was debited]\nnone_of_these: [what a nice day, tell me a joke]\n";

    fn said(more: &str) -> String {
        compile(&format!("{BASE}{more}"), 1).err().expect("refused").to_string()
    }

    fn deployment(more: &str) -> Deployment {
        compile(&format!("{BASE}{more}"), 1).unwrap()
    }

    #[test]
    fn examples_are_learned_when_the_configuration_is_checked_and_once() {
        let (one, other) = (deployment(TOPICS), deployment(TOPICS));
        let [first] = one.models.topics.as_slice() else { panic!("one model of topics") };
        assert!(std::sync::Arc::ptr_eq(&first.model, &other.models.topics[0].model), "the same examples teach once");
        let read = first.model.read("has the courier got my parcel?").unwrap();
        assert_eq!((&*read.label, read.meant), ("delivery", true));
        let more = deployment(&TOPICS.replace("my package is late", "my package is very late"));
        assert_ne!(first.name, more.models.topics[0].name, "other examples are another version");
    }

    #[test]
    fn an_admin_is_told_which_example_is_none() {
        let one = "topics:\n  delivery:\n    examples: [where is it]\n";
        assert!(
            said(one).starts_with("line 9, column 15: topics.delivery.examples: this is the only topic"),
            "{}",
            said(one)
        );
        let mute = TOPICS.replace("my package is late", "'???'");
        assert!(said(&mute).starts_with("line 9, column "), "{}", said(&mute));
        assert!(said(&mute).contains("topics.delivery.examples.3: an example says something"), "{}", said(&mute));
        let long = TOPICS.replace("tell me a joke", &"joke ".repeat(200));
        assert!(said(&long).contains("none_of_these.1: an example has at most 500 bytes"), "{}", said(&long));
        assert!(said("none_of_these: [hello]\n").contains("line 7"), "{}", said("none_of_these: [hello]\n"));
        let many: Vec<_> = (0..400).map(|at| format!("  t{at}: {{examples: [{}]}}", "word ".repeat(60))).collect();
        let many = said(&format!("topics:\n{}\n", many.join("\n")));
        assert!(many.contains("bytes, and 75000 are learned when a configuration is applied"), "{many}");
    }

    #[test]
    fn an_admin_who_names_another_file_is_told_what_is_wrong_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.txt");
        std::fs::write(&file, "these are notes").unwrap();
        for kind in ["topics", "timing", "explicit", "frustration"] {
            let missing = said(&format!("models:\n  {kind}: /nowhere/own.model\n"));
            assert!(
                missing.starts_with("line 8, column ") && missing.contains("/nowhere/own.model: No such file"),
                "{missing}"
            );
            let wrong = said(&format!("models: {{{kind}: {}}}\n", file.display()));
            assert!(
                wrong.contains(&format!("models.{kind}: "))
                    && (wrong.contains("train it again") || wrong.contains("baton train")),
                "{wrong}"
            );
        }
        let device = said("models: {timing: /dev/zero}\n");
        assert!(device.contains("/dev/zero: this is no file"), "{device}");
        assert!(said("models: {tempo: x}\n").contains("tempo"));
    }

    #[test]
    fn a_policy_alone_in_a_file_teaches_too() {
        let (policy, models) = policy_from_document(TOPICS).unwrap();
        assert_eq!((policy.topics.len(), models.topics.len()), (2, 1));
        let mut detector = Detector::new(Policy::default()).unwrap();
        detector.teach(models);
    }
}
