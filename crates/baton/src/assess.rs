//! `baton assess`: conversations in, judgements out, one line each; and what else judges conversations that are over.

use std::fs;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use baton_core::{ChannelId, Timestamp};
use baton_detect::timing::TimingModel;
use baton_detect::topics::TopicModel;
use baton_detect::{Detector, Models, Policy};
use baton_engine::config;
use baton_learn::assess::Judge;
use baton_learn::lines::{LINE_BYTES_MAX, Lines, Strictness};

use crate::arguments::{Assess, Judging};

/// Models and a policy, ready to judge.
pub(crate) struct Bench {
    detector: Detector,
    topics: Option<Arc<TopicModel>>,
    timing: Option<Arc<TimingModel>>,
    channel: ChannelId,
}

impl Bench {
    pub(crate) fn open(policy: Option<&Path>, judging: &Judging) -> anyhow::Result<Self> {
        let detector = match policy {
            Some(file) => detector(file)?,
            None => Detector::new(Policy::default()).context("the default policy")?,
        };
        let Models { topics, timing } = models(judging)?;
        Ok(Self { detector, topics, timing, channel: ChannelId::new("website")? })
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
    let bytes = |file: &Path| fs::read(file).with_context(|| format!("read the model {}", file.display()));
    let named = |file: &Path| format!("the model {}", file.display());
    let topics = judging.topics.as_deref().map(|file| TopicModel::load(&bytes(file)?).with_context(|| named(file)));
    let timing = judging.timing.as_deref().map(|file| TimingModel::read(&bytes(file)?).with_context(|| named(file)));
    Ok(Models { topics: topics.transpose()?.map(Arc::new), timing: timing.transpose()?.map(Arc::new) })
}

fn detector(file: &Path) -> anyhow::Result<Detector> {
    let document = fs::read_to_string(file).with_context(|| format!("read the policy {}", file.display()))?;
    match config::policy_from_document(&document) {
        Ok(policy) => Detector::new(policy).with_context(|| format!("the policy {}", file.display())),
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
