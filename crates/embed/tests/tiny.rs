//! An embedding of a few hundred bytes, made here: a table of directions, one for each word. Words that mean the same
//! have the same one, which is all that a real model does better.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use baton_detect::meaning::{Embedder, TopicReader};
use baton_embed::Embedding;
use baton_learn::meaning;
use baton_learn::topics::Example;

const DIMENSIONS: usize = 4;
/// What stands for every word; words with the same number mean the same.
const WORDS: [(&str, usize); 11] = [
    ("[PAD]", 9),
    ("[UNK]", 9),
    ("[CLS]", 9),
    ("[SEP]", 9),
    ("parcel", 0),
    ("package", 0),
    ("shipment", 0),
    ("invoice", 1),
    ("bill", 1),
    ("weather", 2),
    ("my", 9),
];

/// A field of a message in the wire format of ONNX: a number, or bytes.
fn number(field: u8, value: u64) -> Vec<u8> {
    let mut out = vec![field << 3];
    let mut rest = value;
    while rest >= 0x80 {
        out.push(u8::try_from(rest & 0x7f).expect("seven bits") | 0x80);
        rest >>= 7;
    }
    out.push(u8::try_from(rest).expect("seven bits"));
    out
}

fn bytes(field: u8, value: &[u8]) -> Vec<u8> {
    let mut out = number(field, value.len() as u64);
    out[0] = field << 3 | 2;
    out.extend(value);
    out
}

fn tensor_of(name: &str, kind: u64, dimensions: &[Option<u64>]) -> Vec<u8> {
    let dimension = |size: &Option<u64>| match size {
        Some(size) => bytes(1, &number(1, *size)),
        None => bytes(1, &bytes(2, b"pieces")),
    };
    let shape: Vec<u8> = dimensions.iter().flat_map(dimension).collect();
    let tensor = [number(1, kind), bytes(2, &shape)].concat();
    [bytes(1, name.as_bytes()), bytes(2, &bytes(1, &tensor))].concat()
}

/// `Gather` of a table of directions by the numbers of the pieces.
fn model(input: &str) -> Vec<u8> {
    const FLOAT: u64 = 1;
    const INT64: u64 = 7;
    let mut table = Vec::new();
    for (_, meaning) in WORDS {
        for dimension in 0..DIMENSIONS {
            let value: f32 = if meaning == dimension {
                1.0
            } else if meaning == 9 && dimension == 3 {
                0.05
            } else {
                0.0
            };
            table.extend(value.to_le_bytes());
        }
    }
    let size = |count: usize| u64::try_from(count).expect("it is small");
    let table = [
        number(1, size(WORDS.len())),
        number(1, size(DIMENSIONS)),
        number(2, FLOAT),
        bytes(8, b"table"),
        bytes(9, &table),
    ]
    .concat();
    let node = [bytes(1, b"table"), bytes(1, input.as_bytes()), bytes(2, b"last_hidden_state"), bytes(4, b"Gather")];
    let graph = [
        bytes(1, &node.concat()),
        bytes(2, b"tiny"),
        bytes(5, &table),
        bytes(11, &tensor_of(input, INT64, &[Some(1), None])),
        bytes(12, &tensor_of("last_hidden_state", FLOAT, &[Some(1), None, Some(size(DIMENSIONS))])),
    ];
    [number(1, 8), bytes(8, &[bytes(1, b""), number(2, 13)].concat()), bytes(7, &graph.concat())].concat()
}

fn write(folder: &Path, model: &[u8]) {
    let vocabulary: Vec<_> = WORDS.iter().map(|(word, _)| *word).collect();
    fs::write(folder.join("vocab.txt"), vocabulary.join("\n")).expect("the folder is there");
    fs::write(folder.join("model.onnx"), model).expect("the folder is there");
}

fn alike(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

fn examples() -> (Vec<String>, Vec<Example>) {
    let texts = [
        ("my parcel", 0),
        ("parcel parcel", 0),
        ("my package", 0),
        ("my invoice", 1),
        ("invoice invoice", 1),
        ("my bill", 1),
    ];
    let example = |(text, topic): (&str, usize)| Example { text: text.to_owned(), topic: Some(topic) };
    (vec!["delivery".to_owned(), "billing".to_owned()], texts.map(example).to_vec())
}

#[test]
fn a_word_that_no_example_had_is_understood_by_what_it_means() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &model("input_ids"));
    let embedder: Arc<dyn Embedder> = Arc::new(Embedding::open(folder.path()).unwrap());
    assert_eq!(embedder.dimensions(), DIMENSIONS);
    let place = |text: &str| embedder.embed(text).unwrap();
    assert!(alike(&place("my parcel"), &place("shipment")) > 0.95);
    assert!(alike(&place("my parcel"), &place("my bill")) < 0.2);
    assert_eq!(embedder.embed("?!"), None, "marks mean nothing");
    assert!(embedder.embed(&"parcel ".repeat(10_000)).is_some(), "what is too long is cut off");

    let (labels, examples) = examples();
    let (reader, _) = meaning::train("own", &labels, &examples, 1, &embedder, &mut |_| ()).unwrap();
    assert_eq!(&*reader.read("shipment").unwrap().label, "delivery");
    // As a file it says the same, and only with the embedding that it was learned with.
    let file = reader.write();
    let loaded = TopicReader::load(&file, Some(&embedder)).unwrap();
    assert_eq!(loaded.read("shipment").unwrap(), reader.read("shipment").unwrap());
    let said = |embedder: Option<&Arc<dyn Embedder>>| TopicReader::load(&file, embedder).unwrap_err().to_string();
    assert!(said(None).starts_with("it was learned with the embedding onnx-"), "{}", said(None));
    let other = tempfile::tempdir().unwrap();
    let mut bytes = model("input_ids");
    let at = bytes.windows(4).position(|name| name == b"tiny").unwrap();
    bytes[at] = b'T';
    write(other.path(), &bytes);
    let other: Arc<dyn Embedder> = Arc::new(Embedding::open(other.path()).unwrap());
    assert!(said(Some(&other)).contains("train it again or name the other"), "{}", said(Some(&other)));
    for cut in [0, 7, 8, 20, file.len() / 2, file.len() - 1] {
        assert!(TopicReader::load(&file[..cut], Some(&embedder)).is_err(), "cut at {cut}");
    }
}

#[test]
fn an_admin_who_names_another_folder_is_told_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let said = || Embedding::open(folder.path()).err().expect("refused").to_string();
    assert!(said().contains("model.onnx: No such file"), "{}", said());
    fs::write(folder.path().join("model.onnx"), model("input_ids")).unwrap();
    assert!(said().contains("neither tokenizer.json nor vocab.txt"), "{}", said());
    write(folder.path(), b"no model");
    assert!(said().contains("it is no model in ONNX that can be run here"), "{}", said());
    write(folder.path(), &model("pixels"));
    assert!(said().contains("its input `pixels` is none of input_ids"), "{}", said());
    fs::write(folder.path().join("vocab.txt"), "a\nb\n").unwrap();
    assert!(said().contains("vocab.txt: the piece [CLS] is missing"), "{}", said());
}
