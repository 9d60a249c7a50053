//! Sentence embeddings from a model in ONNX that a deployment names by its folder: what words mean, for topics and moods
//! that no example put in the same words.
//!
//! The folder holds `model.onnx` and the vocabulary it was made with: `tokenizer.json` (word pieces or unigrams) or
//! `vocab.txt` (word pieces, lower case). Deliberately absent: anything that fetches a model, and any model.

mod pieces;

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use baton_detect::meaning::{DIMENSIONS_MAX, Embedder};
use baton_detect::trace_of;
use tract_onnx::prelude::*;
use tract_onnx::tract_hir::infer::InferenceOp;

use crate::pieces::Vocabulary;

/// Largest model, and largest vocabulary.
pub const MODEL_BYTES_MAX: u64 = 1 << 30;
pub const VOCABULARY_BYTES_MAX: u64 = 64 << 20;
/// Pieces of a text that are looked at, and its letters that are cut into pieces.
const PIECES_MAX: usize = 128;
const CHARS_MAX: usize = 2_000;
/// Texts whose places are remembered: a conversation is looked at again with every turn.
const REMEMBERED_MAX: usize = 512;

/// Why a folder holds no embedding that can be used.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddingError {
    #[error("{}: {source}", file.display())]
    Read { file: PathBuf, source: std::io::Error },
    #[error("{}: it has {bytes} bytes, and at most {most} are read", file.display())]
    TooLarge { file: PathBuf, bytes: u64, most: u64 },
    #[error("{}: there is neither tokenizer.json nor vocab.txt; put the vocabulary that the model was made with there", folder.display())]
    NoVocabulary { folder: PathBuf },
    #[error("{}: {what}", file.display())]
    Vocabulary { file: PathBuf, what: String },
    #[error("{}: it is no model in ONNX that can be run here: {what}", file.display())]
    Model { file: PathBuf, what: String },
    #[error("{}: its input `{name}` is none of input_ids, attention_mask and token_type_ids", file.display())]
    Input { file: PathBuf, name: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    Pieces,
    Mask,
    Kinds,
}

/// A model, ready to be asked from many threads at once.
pub struct Embedding {
    name: String,
    vocabulary: Vocabulary,
    inputs: Vec<Input>,
    plan: Arc<TypedRunnableModel>,
    dimensions: usize,
    remembered: Mutex<VecDeque<(String, Option<Vec<f32>>)>>,
}

impl Embedding {
    /// Reads the model and its vocabulary, and asks it once.
    pub fn open(folder: &Path) -> Result<Self, EmbeddingError> {
        let file = folder.join("model.onnx");
        let bytes = read(&file, MODEL_BYTES_MAX)?;
        let vocabulary = vocabulary(folder)?;
        let what = |error: TractError| EmbeddingError::Model { file: file.clone(), what: format!("{error:#}") };
        let mut model = tract_onnx::onnx().model_for_read(&mut bytes.as_slice()).map_err(what)?;
        let mut inputs = Vec::new();
        let pieces = model.symbols.sym("pieces");
        for (index, outlet) in model.input_outlets().map_err(what)?.to_vec().into_iter().enumerate() {
            let name = model.node(outlet.node).name.clone();
            inputs.push(match name.as_str() {
                "input_ids" => Input::Pieces,
                "attention_mask" => Input::Mask,
                "token_type_ids" => Input::Kinds,
                _ => return Err(EmbeddingError::Input { file, name }),
            });
            let shape = tvec!(1.to_dim(), TDim::from(pieces.clone()));
            let fact = InferenceFact::dt_shape(i64::datum_type(), shape);
            model.set_input_fact(index, fact).map_err(what)?;
        }
        let model: Graph<InferenceFact, Box<dyn InferenceOp>> = model;
        let plan = model.into_optimized().and_then(IntoRunnable::into_runnable).map_err(what)?;
        let name = format!("onnx-{:08x}", trace_of(&bytes));
        let remembered = Mutex::default();
        let mut embedding = Self { name, vocabulary, inputs, plan, dimensions: 0, remembered };
        let asked = embedding.run("hello").map_err(what)?;
        embedding.dimensions = asked.len();
        if !(1..=DIMENSIONS_MAX).contains(&embedding.dimensions) {
            let what = format!("it gives {} numbers for a text", embedding.dimensions);
            return Err(EmbeddingError::Model { file, what });
        }
        Ok(embedding)
    }

    /// The model's answer, as a direction: its own for the whole text, or the mean of those for the pieces.
    fn run(&self, text: &str) -> TractResult<Vec<f32>> {
        let short: String = text.chars().take(CHARS_MAX).collect();
        let ids = self.vocabulary.ids(&short, PIECES_MAX);
        let count = ids.len();
        let tensor = |values: Vec<i64>| Tensor::from_shape(&[1, count], &values);
        let mut given = TVec::new();
        for input in &self.inputs {
            given.push(TValue::from(match input {
                Input::Pieces => tensor(ids.clone())?,
                Input::Mask => tensor(vec![1; count])?,
                Input::Kinds => tensor(vec![0; count])?,
            }));
        }
        let answers = self.plan.run(given)?;
        let Some(answer) = answers.iter().find(|answer| answer.rank() == 2).or(answers.first()) else {
            return Ok(Vec::new());
        };
        let width = answer.shape().last().copied().unwrap_or(0).max(1);
        let flat = answer.cast_to::<f32>()?.into_owned();
        let flat = flat.try_as_plain_ram()?.as_slice::<f32>()?;
        let mut place = vec![0.0_f32; width];
        for row in flat.chunks_exact(width) {
            place.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        let length = place.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length.is_finite() && length > 0.0 {
            for value in &mut place {
                *value /= length;
            }
        } else {
            place.fill(0.0);
        }
        Ok(place)
    }
}

impl Embedder for Embedding {
    fn name(&self) -> &str {
        &self.name
    }

    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn embed(&self, text: &str) -> Option<Vec<f32>> {
        if !text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let remembered = || self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, place)) = remembered().iter().find(|(known, _)| known == text) {
            return place.clone();
        }
        // A model that fails on a text says nothing about it; the words still do.
        let place = self
            .run(text)
            .ok()
            .filter(|place| place.len() == self.dimensions && place.iter().any(|value| *value != 0.0));
        let mut remembered = remembered();
        if remembered.len() == REMEMBERED_MAX {
            remembered.pop_front();
        }
        remembered.push_back((text.to_owned(), place.clone()));
        place
    }
}

fn vocabulary(folder: &Path) -> Result<Vocabulary, EmbeddingError> {
    let (json, plain) = (folder.join("tokenizer.json"), folder.join("vocab.txt"));
    let (file, made) = if json.exists() {
        let made = Vocabulary::from_json(&read(&json, VOCABULARY_BYTES_MAX)?);
        (json, made)
    } else if plain.exists() {
        let made = Vocabulary::from_lines(&read(&plain, VOCABULARY_BYTES_MAX)?);
        (plain, made)
    } else {
        return Err(EmbeddingError::NoVocabulary { folder: folder.to_owned() });
    };
    made.map_err(|what| EmbeddingError::Vocabulary { file, what })
}

fn read(file: &Path, most: u64) -> Result<Vec<u8>, EmbeddingError> {
    let failed = |source| EmbeddingError::Read { file: file.to_owned(), source };
    let found = fs::metadata(file).map_err(failed)?;
    if found.len() > most {
        return Err(EmbeddingError::TooLarge { file: file.to_owned(), bytes: found.len(), most });
    }
    fs::read(file).map_err(failed)
}
