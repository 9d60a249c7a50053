//! `baton assess`: conversations in, judgements out, one line each; and what else judges conversations that are over.

use std::fs;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Error, bail};
use baton_core::{ChannelId, Timestamp};
use baton_detect::meaning::{MoodReader, TopicReader};
use baton_detect::model::Linear;
use baton_detect::timing::TimingModel;
use baton_detect::{Detector, Learned, Models, Policy};
use baton_engine::config;
use baton_learn::assess::Judge;
use baton_learn::lines::{LINE_BYTES_MAX, Lines, Strictness};

use crate::arguments::{Assess, Judging};

/// Models and a policy, ready to judge.
pub(crate) struct Bench {
    detector: Detector,
    topics: Option<Arc<TopicReader>>,
    timing: Option<Arc<TimingModel>>,
    channel: ChannelId,
}

impl Bench {
    pub(crate) fn open(policy: Option<&Path>, judging: &Judging) -> anyhow::Result<Self> {
        let (mut detector, taught) = match policy {
            Some(file) => detector(file)?,
            None => (Detector::new(Policy::default()).context("the default policy")?, Models::default()),
        };
        let Models { topics, timing, explicit, frustration } = models(judging)?;
        // What the command line names goes before what the file teaches.
        detector.teach(Models { explicit, frustration, ..Models::default() }.or(&taught));
        Ok(Self {
            detector,
            topics: topics.into_iter().next().map(|learned| learned.model),
            timing: timing.map(|learned| learned.model),
            channel: ChannelId::new("website")?,
        })
    }

    pub(crate) fn judge(&self) -> Judge<'_> {
        Judge {
            detector: &self.detector,
            topics: self.topics.as_deref(),
            timing: self.timing.as_deref(),
            channel: &self.channel,
            // What is over has no hour of its own; rules that ask for it see the same one every time.
            at: Timestamp(0),
        }
    }
}

/// Reads the models that the command line names.
pub(crate) fn models(judging: &Judging) -> anyhow::Result<Models> {
    let embedder = judging.embedding.as_deref().map(|folder| config::open_embedding(folder).map_err(Error::msg));
    let embedder = embedder.transpose().context("open the embedding")?;
    let topics = read("topics", judging.topics.as_deref(), |bytes| TopicReader::load(bytes, embedder.as_ref()))?;
    Ok(Models {
        topics: topics.into_iter().collect(),
        timing: read("timing", judging.timing.as_deref(), TimingModel::read)?,
        explicit: read("explicit", judging.explicit.as_deref(), Linear::from_bytes)?,
        frustration: read("frustration", judging.frustration.as_deref(), |bytes| {
            MoodReader::load(bytes, embedder.as_ref())
        })?,
    })
}

fn read<T, E: std::error::Error + Send + Sync + 'static>(
    kind: &str,
    file: Option<&Path>,
    load: impl Fn(&[u8]) -> Result<T, E>,
) -> anyhow::Result<Option<Learned<T>>> {
    let Some(file) = file else { return Ok(None) };
    let bytes = config::bytes_of(file).map_err(Error::msg).context("read a model")?;
    let model = load(&bytes).with_context(|| format!("the model {}", file.display()))?;
    Ok(Some(Learned::new(kind, &bytes, model)))
}

/// A policy, ready to judge, with what its file teaches.
fn detector(file: &Path) -> anyhow::Result<(Detector, Models)> {
    let document = fs::read_to_string(file).with_context(|| format!("read the policy {}", file.display()))?;
    match config::policy_from_document(&document) {
        Ok((policy, models)) => {
            let detector = Detector::new(policy).with_context(|| format!("the policy {}", file.display()))?;
            Ok((detector, models))
        }
        Err(error) => {
            let faults: Vec<String> =
                error.faults.iter().map(|fault| format!("  {}: {fault}", file.display())).collect();
            bail!("the policy is not right:\n{}", faults.join("\n"))
        }
    }
}

/// Gives every line that is not empty, with its number; a line that is too long is an error before it is held.
pub(crate) fn each_line(
    input: impl BufRead,
    mut with: impl FnMut(usize, &str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut input = input;
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = io::Read::take(&mut input, LINE_BYTES_MAX as u64 + 2).read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        if line.len() > LINE_BYTES_MAX + 1 {
            bail!("line {number}: the line: has more than {LINE_BYTES_MAX} bytes");
        }
        let text = std::str::from_utf8(&line).with_context(|| format!("line {number}: the line: is not UTF-8"))?;
        let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { text };
        if !text.trim().is_empty() {
            with(number, text.trim())?;
        }
    }
    Ok(())
}

pub(crate) fn run(arguments: &Assess) -> anyhow::Result<()> {
    let bench = Bench::open(arguments.policy.as_deref(), &arguments.judging)?;
    let judge = bench.judge();
    let mut lines = Lines::new(Strictness::Exact);
    let mut out = BufWriter::new(io::stdout().lock());
    let written = each_line(io::stdin().lock(), |number, line| {
        let conversation = lines.conversation(number, line)?;
        let judgement = judge.judge(&conversation);
        writeln!(out, "{}", judgement.to_json(&conversation))?;
        Ok(())
    });
    // What was judged before the fault is whole lines, and is kept.
    out.flush()?;
    written
}
