//! Judges whole conversations turn by turn, as the detector would have, turn after turn.
//!
//! Every turn is judged from what came before it, as if the conversation had gone on with the bot. A customer's turn is
//! judged by the detector; a bot's turn by whether the bot has failed too often with it.

use std::collections::BTreeMap;

use baton_core::{ChannelId, Language, Seq, SignalName, Span, Timestamp, Trigger, Verdict, VerdictKind};
use baton_detect::meaning::TopicReader;
use baton_detect::timing::{Heard, Speaker, TimingModel};
use baton_detect::{Broken, Detector, Past, PastAuthor, SoFar, Turn, broken_promise, complexity};
use serde_json::{Value, json};

use crate::lines::{Conversation, Said};

/// What conversations are judged with.
pub struct Judge<'a> {
    pub detector: &'a Detector,
    pub topics: Option<&'a TopicReader>,
    /// With a model of one's own past, it decides what frustration, failures and repetition decide without one.
    pub timing: Option<&'a TimingModel>,
    pub channel: &'a ChannelId,
    pub at: Timestamp,
}

/// Whether a timing model speaks in the place of this trigger.
fn is_implicit(trigger: &Trigger) -> bool {
    match trigger {
        Trigger::Frustration
        | Trigger::Dissatisfaction
        | Trigger::Trend
        | Trigger::RepeatedFailure
        | Trigger::RepeatedNeed
        | Trigger::Complexity
        | Trigger::Timing => true,
        Trigger::ExplicitRequest
        | Trigger::Sensitive(_)
        | Trigger::Suggestion
        | Trigger::BrokenPromise
        | Trigger::SecondOpinion
        | Trigger::Rule(_)
        | Trigger::Bot
        | Trigger::BotDown
        | Trigger::Agent(_)
        | Trigger::Api => false,
    }
}

/// A stretch of a turn and the signal that it speaks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub signal: &'static str,
    pub span: Span,
}

/// The judgement of one turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub kind: VerdictKind,
    pub triggers: Vec<String>,
    pub explicit_request: f32,
    pub frustration: f32,
    pub dissatisfaction: f32,
    pub repeated_failure: f32,
    pub complexity: f32,
    pub sensitive: Option<(String, f32)>,
    pub topic: Option<(String, f32)>,
    pub spans: Vec<Shown>,
    /// How likely the timing model finds it, when there is one.
    pub timing: Option<f32>,
}

impl Default for Judged {
    fn default() -> Self {
        Self {
            kind: VerdictKind::Keep,
            triggers: Vec::new(),
            explicit_request: 0.0,
            frustration: 0.0,
            dissatisfaction: 0.0,
            repeated_failure: 0.0,
            complexity: 0.0,
            sensitive: None,
            topic: None,
            spans: Vec::new(),
            timing: None,
        }
    }
}

/// The judgement of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    pub language: Language,
    pub turns: Vec<Judged>,
}

impl Judgement {
    /// Where each turn stands: does it hand off.
    pub fn hands_off(&self) -> Vec<bool> {
        self.turns.iter().map(|turn| turn.kind == VerdictKind::HandOff).collect()
    }
}

impl Judge<'_> {
    /// Judges every turn.
    pub fn judge(&self, conversation: &Conversation) -> Judgement {
        let hint = conversation.language.as_deref().and_then(Language::new);
        let mut votes: BTreeMap<Language, f32> = BTreeMap::new();
        let mut history: Vec<Past> = Vec::with_capacity(conversation.turns.len());
        let mut turns = Vec::with_capacity(conversation.turns.len());
        let mut moods = Vec::new();
        for (number, said) in (1..).zip(&conversation.turns) {
            let author = match said.author {
                Speaker::Customer => PastAuthor::Customer,
                // What it says tells whether it knew.
                Speaker::Bot => PastAuthor::Bot { knew: true },
                Speaker::Agent => PastAuthor::Agent,
            };
            let judged = match said.author {
                Speaker::Customer => self.of_customer(said, &history, hint, &mut votes, &mut moods),
                Speaker::Agent => {
                    moods.clear();
                    Judged::default()
                }
                Speaker::Bot => Judged::default(),
            };
            history.push(Past { seq: Seq(number), author, text: said.text.clone() });
            turns.push(match said.author {
                Speaker::Bot => self.of_bot(said, &history),
                Speaker::Customer | Speaker::Agent => judged,
            });
        }
        if let Some(timing) = self.timing {
            time(timing, conversation, &mut turns);
        }
        let language = hint.or_else(|| votes.iter().max_by(|one, other| one.1.total_cmp(other.1)).map(|best| *best.0));
        Judgement { language: language.unwrap_or(Language::ENGLISH), turns }
    }

    fn of_customer(
        &self,
        said: &Said,
        history: &[Past],
        hint: Option<Language>,
        votes: &mut BTreeMap<Language, f32>,
        moods_so_far: &mut Vec<f32>,
    ) -> Judged {
        let moods = moods_so_far.clone();
        let verdict = self.detector.assess(&Turn {
            text: &said.text,
            history,
            channel: self.channel,
            tier: None,
            language_hint: hint,
            attributes: &BTreeMap::new(),
            now: self.at,
            time_zone: "UTC",
            person_in_control: false,
            so_far: SoFar { moods: &moods, ..SoFar::default() },
        });
        moods_so_far.push(verdict.displeasure());
        *votes.entry(verdict.language).or_default() += verdict.language_confidence;
        let value = |name: SignalName| {
            verdict.signals.iter().find(|signal| signal.name == name).map_or(0.0, |signal| signal.value)
        };
        let topic = match self.topics {
            Some(model) => {
                model.read(&said.text).map(|read| (read.label.to_string(), read.confidence, read.meant, read.span))
            }
            None => verdict.topic.as_ref().map(|guess| (guess.topic.to_string(), guess.confidence, true, None)),
        };
        let mut spans = spans(&verdict);
        if let Some((_, _, _, Some(span))) = &topic {
            spans.push(Shown { signal: "topic", span: *span });
        }
        Judged {
            kind: verdict.kind,
            triggers: verdict.triggers.iter().map(Trigger::code).collect(),
            explicit_request: value(SignalName::ExplicitRequest),
            frustration: value(SignalName::Frustration),
            dissatisfaction: value(SignalName::Dissatisfaction).max(value(SignalName::Frustration)),
            sensitive: sensitive(&verdict),
            repeated_failure: value(SignalName::RepeatedFailure).max(value(SignalName::RepeatedNeed)),
            complexity: complexity(&said.text, history).value,
            topic: topic.filter(|(_, _, meant, _)| *meant).map(|(label, confidence, _, _)| (label, confidence)),
            spans,
            ..Judged::default()
        }
        .only_explicit(self.timing.is_some(), &verdict)
    }

    /// `history` ends with the bot's turn.
    fn of_bot(&self, said: &Said, history: &[Past]) -> Judged {
        let mut judged = Judged::default();
        let failures = self.detector.bot_failures(history);
        let allowed = u32::from(self.detector.thresholds().failures.hand_off.unwrap_or(u8::MAX));
        #[allow(clippy::cast_precision_loss)] // A handful.
        let share = (failures as f32 / allowed.max(1) as f32).min(1.0);
        judged.repeated_failure = share;
        if self.timing.is_none() && failures >= allowed {
            judged.kind = VerdictKind::HandOff;
            judged.triggers.push("repeated_failure".to_owned());
        }
        if let Some((Broken::NobodyAsked, span)) = broken_promise(&said.text, false) {
            judged.kind = VerdictKind::HandOff;
            judged.triggers.push(Trigger::BrokenPromise.code());
            judged.spans.push(Shown { signal: "promise", span });
        }
        judged
    }
}

impl Judged {
    /// With a timing model, only what it cannot know stays: requests and rules.
    fn only_explicit(mut self, timed: bool, verdict: &Verdict) -> Self {
        if timed && verdict.triggers.iter().all(is_implicit) {
            self.kind = VerdictKind::Keep;
            self.triggers.clear();
        } else if timed {
            self.triggers =
                verdict.triggers.iter().filter(|trigger| !is_implicit(trigger)).map(Trigger::code).collect();
        }
        self
    }

    /// As a line of `baton assess` shows it.
    pub fn to_json(&self, index: usize, text: &str) -> Value {
        let kind = match self.kind {
            VerdictKind::Keep => "keep",
            VerdictKind::Suggest => "suggest",
            VerdictKind::HandOff => "hand_off",
        };
        let spans: Vec<Value> = self
            .spans
            .iter()
            .map(|shown| {
                let (start, end) = (shown.span.start, shown.span.end);
                let words = text.get(start as usize..end as usize).unwrap_or("");
                json!({ "signal": shown.signal, "start": start, "end": end, "text": words })
            })
            .collect();
        json!({
            "index": index,
            "verdict": kind,
            "triggers": self.triggers,
            "signals": {
                "explicit_request": round(self.explicit_request),
                "frustration": round(self.frustration),
                "dissatisfaction": round(self.dissatisfaction),
                "repeated_failure": round(self.repeated_failure),
                "complexity": round(self.complexity),
                "sensitive": self.sensitive.as_ref().map(|(class, value)| json!({ "class": class, "value": round(*value) })),
            },
            "topic": self.topic.as_ref().map(|(label, confidence)| json!({ "label": label, "confidence": round(*confidence) })),
            "spans": spans,
        })
    }
}

impl Judgement {
    /// A line of `baton assess`.
    pub fn to_json(&self, conversation: &Conversation) -> Value {
        let turns = self.turns.iter().zip(&conversation.turns).enumerate();
        let turns: Vec<Value> = turns.map(|(index, (judged, said))| judged.to_json(index, &said.text)).collect();
        json!({ "id": conversation.id, "language": self.language.to_string(), "turns": turns })
    }
}

/// Four places are enough for people and curves.
fn round(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}

fn spans(verdict: &Verdict) -> Vec<Shown> {
    let shown = |signal: &baton_core::Signal| Some(Shown { signal: signal.name.as_str(), span: signal.span? });
    verdict.signals.iter().filter_map(shown).collect()
}

/// The most sensitive matter of a turn.
fn sensitive(verdict: &Verdict) -> Option<(String, f32)> {
    let matters = verdict.signals.iter().filter_map(|signal| Some((signal.name.class()?, signal.value)));
    let most = matters.max_by(|one, other| one.1.total_cmp(&other.1))?;
    Some((most.0.as_str().to_owned(), most.1))
}

/// Lets the timing model decide where nothing explicit did.
fn time(timing: &TimingModel, conversation: &Conversation, turns: &mut [Judged]) {
    let talk: Vec<Heard> = conversation.turns.iter().map(|said| Heard::new(said.author, &said.text)).collect();
    let likelihoods = timing.likelihoods(&talk);
    let now = timing.thresholds.decide(&likelihoods);
    // Of a conversation without end, the first turns are not judged by it.
    let skipped = turns.len() - likelihoods.len();
    for ((turn, likelihood), now) in turns[skipped..].iter_mut().zip(likelihoods).zip(now) {
        turn.timing = Some(likelihood);
        if now {
            if turn.kind != VerdictKind::HandOff {
                turn.triggers.clear();
            }
            turn.kind = VerdictKind::HandOff;
            turn.triggers.push("timing".to_owned());
        }
    }
}
