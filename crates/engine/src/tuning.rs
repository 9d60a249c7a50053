//! Tuning the policy: trying a message on it, what shadows judged, what marks suggest, and turning one threshold.

use std::collections::BTreeMap;

use baton_core::{AgentId, ChannelId, Command, Event, HandoffId, Language, Tier, TimingMark, Verdict};
use baton_detect::{Advice, Case, CaseLabel, Lever, Past, SoFar, Turn, advise};
use baton_store::{ControllerKind, HeadFilter, ShadowCount, ShadowExample};

use crate::Engine;
use crate::config::versions::Applying;
use crate::conversations::check_text;
use crate::error::EngineError;
use crate::hub::{Snapshot, StoredEvent};
use crate::shell::Order;

/// Longest message that is tried, in bytes, and most earlier ones.
pub const TRIED_BYTES_MAX: usize = 16 * 1024;
pub const TRIED_HISTORY_MAX: usize = 50;
/// Marked handoffs and other conversations that advice looks at, the newest.
const MARKED_MAX: usize = 200;
const CONTAINED_MAX: u16 = 200;
const HANDOFFS_MAX: u32 = 5_000;
/// How far back advice looks.
const ADVICE_DAYS: i64 = 90;
const DAY_MS: i64 = 86_400_000;

/// A message to try on the policy.
#[derive(Debug, Clone)]
pub struct Trial {
    pub text: String,
    /// What was said before, oldest first.
    pub history: Vec<Past>,
    pub language: Option<Language>,
    pub channel: Option<ChannelId>,
    pub tier: Option<Tier>,
}

/// What the policy and its shadows make of a message.
#[derive(Debug, Clone)]
pub struct Tried {
    pub verdict: Verdict,
    pub shadows: Vec<(String, Verdict)>,
}

/// One threshold as it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeverInfo {
    pub lever: Lever,
    pub value: Option<f32>,
}

impl Engine {
    /// The verdict of a message that nobody wrote; nothing is kept of it.
    pub fn assess(&self, trial: &Trial) -> Result<Tried, EngineError> {
        let deployment = self.deployment();
        check_text("text", &trial.text)?;
        if trial.text.trim().is_empty() || trial.text.len() > TRIED_BYTES_MAX {
            return Err(EngineError::invalid("text", format!("write 1 to {TRIED_BYTES_MAX} bytes")));
        }
        if trial.history.len() > TRIED_HISTORY_MAX {
            let given = trial.history.len();
            return Err(EngineError::invalid(
                "history",
                format!("there are {given} and at most {TRIED_HISTORY_MAX} fit"),
            ));
        }
        let channel = match &trial.channel {
            Some(channel) if deployment.channel(channel).is_none() => {
                return Err(EngineError::invalid("channel", format!("there is no channel `{channel}`")));
            }
            Some(channel) => channel.clone(),
            None => deployment.channels().keys().next().cloned().ok_or(EngineError::NotFound)?,
        };
        let attributes = BTreeMap::new();
        let turn = Turn {
            text: &trial.text,
            history: &trial.history,
            channel: &channel,
            tier: trial.tier.as_ref(),
            language_hint: trial.language,
            attributes: &attributes,
            now: self.now(),
            time_zone: deployment.topics_time_zone(),
            person_in_control: false,
            so_far: SoFar::default(),
        };
        let shadows =
            deployment.shadows.iter().map(|shadow| (shadow.name.clone(), shadow.detector.assess(&turn))).collect();
        Ok(Tried { verdict: deployment.detector.assess(&turn), shadows })
    }

    /// Every threshold that can be turned, as it stands without overrides.
    pub fn levers(&self) -> Vec<LeverInfo> {
        let deployment = self.deployment();
        let thresholds = deployment.detector.thresholds();
        Lever::all().map(|lever| LeverInfo { lever, value: thresholds.at(lever) }).collect()
    }

    /// The names of the policies in the shadow.
    pub fn shadows(&self) -> Vec<String> {
        self.deployment().shadows.iter().map(|shadow| shadow.name.clone()).collect()
    }

    pub async fn shadow_counts(&self) -> Result<Vec<ShadowCount>, EngineError> {
        Ok(self.shell.store.read(|tx| tx.shadow_counts()).await?)
    }

    /// What a shadow judged differently, newest first.
    pub async fn shadow_examples(&self, shadow: String, limit: u32) -> Result<Vec<ShadowExample>, EngineError> {
        Ok(self.shell.store.read(move |tx| tx.shadow_examples(&shadow, limit)).await?)
    }

    /// Says when a handoff came, as whoever had it sees it; none takes it back.
    pub async fn mark_timing(
        &self,
        handoff: HandoffId,
        by: AgentId,
        timing: Option<TimingMark>,
    ) -> Result<Snapshot, EngineError> {
        let row = self.shell.store.read(move |tx| tx.handoff(handoff)).await?.ok_or(EngineError::NotFound)?;
        self.act(row.conversation, move |_, _| Ok(Order::from(Command::MarkTiming { handoff, by: by.clone(), timing })))
            .await
    }

    /// What the marks of the last months suggest for the thresholds, with the evidence, and how many marks there were.
    pub async fn advice(&self) -> Result<(Vec<Advice>, usize), EngineError> {
        let since = baton_core::Timestamp(self.now().0 - ADVICE_DAYS * DAY_MS);
        let rows = self.shell.store.read(move |tx| tx.handoffs(since, HANDOFFS_MAX)).await?;
        let mut cases = Vec::new();
        for row in rows.iter().rev().filter(|row| row.timing.is_some()).take(MARKED_MAX) {
            let label =
                if row.timing.as_deref() == Some("too_late") { CaseLabel::TooLate } else { CaseLabel::NotNeeded };
            let log = self.log_of(row.conversation).await?;
            let verdicts = verdicts_before(&log, Some(row.handoff));
            cases.push(Case { conversation: row.conversation, label, verdicts });
        }
        let marked = cases.len();
        let closed = HeadFilter {
            controllers: vec![ControllerKind::Closed, ControllerKind::Bot],
            limit: CONTAINED_MAX,
            ..HeadFilter::default()
        };
        for head in self.shell.store.read(move |tx| tx.heads(&closed)).await? {
            let log = self.log_of(head.conversation).await?;
            if !log.iter().any(|stored| matches!(stored.recorded.event, Event::HandoffRequested { .. })) {
                let verdicts = verdicts_before(&log, None);
                cases.push(Case { conversation: head.conversation, label: CaseLabel::Contained, verdicts });
            }
        }
        let deployment = self.deployment();
        Ok((advise(&cases, deployment.detector.thresholds()), marked))
    }

    async fn log_of(&self, id: baton_core::ConversationId) -> Result<Vec<StoredEvent>, EngineError> {
        const EVENTS_MAX: u32 = 2_000;
        self.events(id, baton_core::Seq(0), EVENTS_MAX).await
    }

    /// Turns one threshold, in the live policy or in a shadow of this name, as a next version of the configuration.
    pub async fn turn_lever(
        &self,
        lever: Lever,
        value: Option<f32>,
        shadow: Option<&str>,
        applying: &Applying,
    ) -> Result<(u64, bool), EngineError> {
        let current = self.shell.store.read(|tx| tx.config()).await?.ok_or(EngineError::NotFound)?;
        if let Some(expected) = applying.expected.filter(|expected| *expected != current.version) {
            return Err(EngineError::VersionConflict { expected, current: current.version });
        }
        let written = value.map_or_else(|| "never".to_owned(), |value| format!("{value:.2}"));
        let path = match shadow {
            None => vec!["policy", lever.key()],
            Some(name) => vec!["shadows", name, lever.key()],
        };
        let document = crate::config::with_scalar(&current.document, &path, &written)?;
        let applying = Applying { expected: Some(current.version), ..applying.clone() };
        self.apply(&document, &applying).await
    }
}

/// The verdicts since the last person, up to the one that began this handoff; all of them without one.
fn verdicts_before(log: &[StoredEvent], handoff: Option<HandoffId>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for stored in log {
        let event = &stored.recorded.event;
        if let Event::TurnAssessed { verdict, .. } = event {
            verdicts.push(verdict.as_ref().clone());
        } else if matches!(event, Event::HandedBack { .. }) {
            verdicts.clear();
        } else if matches!(event, Event::HandoffRequested { handoff: begun, .. } if Some(*begun) == handoff) {
            return verdicts;
        }
    }
    verdicts
}
