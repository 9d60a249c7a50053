//! The verdict: all signals and rules of a turn, weighed in one order, with the trace of it.

use std::sync::Arc;

use baton_core::{Needs, RuleMatch, Signal, SignalName, TopicGuess, Trigger, Verdict, VerdictKind};

use crate::failure::{bot_failures, is_parting};
use crate::fold::Folded;
use crate::frustration::frustration;
use crate::language::language;
use crate::policy::{Policy, PolicyError};
use crate::repetition::repeated_need;
use crate::request::request;
use crate::rules::{Facts, Rule, compile, matching};
use crate::topic::Topics;
use crate::turn::{Past, PastAuthor, Turn};
use crate::wording::Wordings;

/// The names of the tables that verdicts rest on; raised with every change that can change a verdict.
pub const MODEL_VERSION: &str = "phrases-2";

/// From this confidence on, routing is told the topic.
const TOPIC_SURE: f32 = 0.5;
/// A message without a topic of its own is about what was spoken of before, a little less surely.
const TOPIC_CARRIED: f32 = 0.8;
/// How many earlier customer messages may lend their topic.
const TOPIC_TURNS_MAX: usize = 6;
/// This share of the threshold of a repeated need suggests a person.
const NEARLY: f32 = 0.8;

/// Judges turns by one policy. Cheap to ask, from many threads at once.
pub struct Detector {
    policy: Policy,
    topics: Topics,
    rules: Vec<Rule>,
    model_version: Arc<str>,
}

impl Detector {
    /// Checks the policy and compiles its topics and rules.
    pub fn new(mut policy: Policy) -> Result<Self, PolicyError> {
        policy.check()?;
        let topics = Topics::new(&policy.topics).map_err(|_| PolicyError::TooMany {
            what: "phrases of all topics",
            count: policy.topics.iter().map(|topic| topic.phrases.len()).sum(),
            max: crate::policy::PHRASES_MAX,
        })?;
        let rules = compile(std::mem::take(&mut policy.rules))?;
        Ok(Self { policy, topics, rules, model_version: Arc::from(MODEL_VERSION) })
    }

    pub fn policy_version(&self) -> u64 {
        self.policy.version
    }

    /// How often the bot has failed the need at hand, in a history that ends with its answer.
    ///
    /// For a shell that hands off right after the failing answer instead of waiting for the customer's next words.
    pub fn bot_failures(&self, history: &[Past]) -> u32 {
        // The same words again: what the last answer settled stays settled or not, as it was.
        let last = history.iter().rev().find(|past| past.author == PastAuthor::Customer);
        bot_failures(&Wordings::new(history, last.map_or("", |past| &past.text)))
    }

    /// The verdict of a customer's turn.
    pub fn assess(&self, turn: &Turn<'_>) -> Verdict {
        let folded = Folded::new(turn.text);
        let (language, language_confidence) = language(turn.text, &folded, turn.language_hint);
        let said = self.topics.guess(&folded);
        let wordings = Wordings::new(turn.history, turn.text);
        let failures = bot_failures(&wordings);
        let frustrated = frustration(turn.text, &folded);
        let mut weighed = Weighed::default();
        self.weigh_request(&folded, &mut weighed);

        let facts = Facts {
            turn,
            topic: said.as_ref().map_or("", |guess| guess.topic.as_str()),
            language,
            bot_failures: failures,
            customer_turns: customer_turns(turn.history),
            frustration: frustrated.map_or(0.0, |frustration| frustration.value),
        };
        let matched = matching(&self.rules, &facts);
        for rule in &matched {
            weighed.raise(rule.kind, || Trigger::Rule(rule.id.clone()));
        }

        if let Some(frustrated) = frustrated {
            weighed.frustration(&self.policy, frustrated);
        }
        weighed.failures(&self.policy, failures, failures > 0 && is_parting(&folded));
        weighed.repetition(&self.policy, &wordings);

        let topic = said.or_else(|| self.carried_topic(turn.history));
        weighed.without_single_trigger();
        Verdict {
            kind: weighed.kind,
            triggers: weighed.triggers,
            signals: weighed.signals,
            needs: needs(topic.as_ref(), &matched),
            rules: matched.iter().map(|rule| RuleMatch { rule: rule.id.clone(), kind: rule.kind }).collect(),
            topic,
            language,
            language_confidence,
            policy_version: self.policy.version,
            model_version: Arc::clone(&self.model_version),
            would_change: weighed.would_change,
        }
    }

    fn weigh_request(&self, folded: &Folded, weighed: &mut Weighed) {
        let Some(request) = request(folded) else { return };
        let threshold = self.policy.explicit_threshold;
        let kind = if request.value >= threshold { VerdictKind::HandOff } else { VerdictKind::Suggest };
        weighed.raise(kind, || Trigger::ExplicitRequest);
        if request.value < threshold {
            weighed.short("explicit request", request.value, threshold, "hand-off");
        }
        weighed.signals.push(Signal {
            name: SignalName::ExplicitRequest,
            value: request.value,
            threshold,
            span: request.span,
            evidence: format!("{}/{}", request.language, request.form).into(),
        });
    }

    fn carried_topic(&self, history: &[Past]) -> Option<TopicGuess> {
        history
            .iter()
            .rev()
            .take_while(|past| past.author != PastAuthor::Agent)
            .filter(|past| past.author == PastAuthor::Customer)
            .take(TOPIC_TURNS_MAX)
            .find_map(|past| self.topics.guess(&Folded::new(&past.text)))
            .map(|guess| TopicGuess { confidence: guess.confidence * TOPIC_CARRIED, ..guess })
    }
}

fn customer_turns(history: &[Past]) -> u32 {
    let before = history.iter().filter(|past| past.author == PastAuthor::Customer).count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// The topic, when it is sure, and what every matched rule adds; rules have the last word.
fn needs(topic: Option<&TopicGuess>, rules: &[&Rule]) -> Needs {
    let sure = topic.filter(|guess| guess.confidence >= TOPIC_SURE).map(|guess| guess.topic.clone());
    rules.iter().fold(Needs { topic: sure, ..Needs::default() }, |needs, rule| needs.and(&rule.needs))
}

/// What has been found so far.
struct Weighed {
    kind: VerdictKind,
    triggers: Vec<Trigger>,
    signals: Vec<Signal>,
    would_change: Vec<Arc<str>>,
}

impl Default for Weighed {
    fn default() -> Self {
        Self { kind: VerdictKind::Keep, triggers: Vec::new(), signals: Vec::new(), would_change: Vec::new() }
    }
}

impl Weighed {
    /// Takes the more urgent of the kinds. Suggestions do not stand among the triggers of a handoff.
    fn raise(&mut self, kind: VerdictKind, trigger: impl FnOnce() -> Trigger) {
        if kind == VerdictKind::Keep || kind < self.kind {
            return;
        }
        if kind > self.kind {
            self.triggers.clear();
            self.kind = kind;
        }
        self.triggers.push(trigger());
    }

    fn short(&mut self, name: &str, value: f32, threshold: f32, of: &str) {
        let missing = threshold - value;
        self.would_change.push(format!("{name} {value:.2} of {threshold:.2}: {missing:.2} short of a {of}").into());
    }

    fn frustration(&mut self, policy: &Policy, frustrated: crate::frustration::Frustration) {
        let (value, threshold) = (frustrated.value, policy.frustration_threshold);
        if value >= threshold {
            self.raise(VerdictKind::HandOff, || Trigger::Frustration);
        } else if value >= policy.frustration_suggest {
            self.raise(VerdictKind::Suggest, || Trigger::Frustration);
            self.short("frustration", value, threshold, "hand-off");
        } else {
            self.short("frustration", value, policy.frustration_suggest, "suggestion");
        }
        self.signals.push(Signal {
            name: SignalName::Frustration,
            value,
            threshold,
            span: frustrated.span,
            evidence: Arc::from(frustrated.evidence),
        });
    }

    fn failures(&mut self, policy: &Policy, failures: u32, parting: bool) {
        if failures == 0 {
            return;
        }
        let allowed = u32::from(policy.failures_before_handoff);
        if parting {
            self.would_change
                .push(format!("bot failures {failures} of {allowed}: set aside, the customer says goodbye").into());
        } else if failures >= allowed {
            self.raise(VerdictKind::HandOff, || Trigger::RepeatedFailure);
        } else {
            let missing = allowed - failures;
            self.would_change
                .push(format!("bot failures {failures} of {allowed}: {missing} short of a hand-off").into());
        }
        #[allow(clippy::cast_precision_loss)] // Counts within one history.
        let value = (failures as f32 / allowed as f32).min(1.0);
        self.signals.push(Signal {
            name: SignalName::RepeatedFailure,
            value,
            threshold: 1.0,
            span: None,
            evidence: format!("the bot failed {failures} times").into(),
        });
    }

    fn repetition(&mut self, policy: &Policy, wordings: &Wordings<'_>) {
        let Some(repeated) = repeated_need(wordings) else { return };
        let value = repeated.value;
        let threshold = policy.repeated_need_threshold;
        if value >= threshold {
            self.raise(VerdictKind::HandOff, || Trigger::RepeatedNeed);
        } else {
            if value >= threshold * NEARLY {
                self.raise(VerdictKind::Suggest, || Trigger::RepeatedNeed);
            }
            self.short("repeated need", value, threshold, "hand-off");
        }
        self.signals.push(Signal {
            name: SignalName::RepeatedNeed,
            value,
            threshold,
            span: None,
            evidence: match repeated.and {
                None => format!("same as message {}", repeated.like.0),
                Some(and) => {
                    format!("same as messages {} and {}", repeated.like.0.min(and.0), repeated.like.0.max(and.0))
                }
            }
            .into(),
        });
    }

    /// A handoff that hangs on one thing says so.
    fn without_single_trigger(&mut self) {
        let [only] = self.triggers.as_slice() else { return };
        let without = match only {
            Trigger::ExplicitRequest => "the explicit request".to_owned(),
            Trigger::Frustration => "the frustration".to_owned(),
            Trigger::RepeatedFailure => "the bot's failures".to_owned(),
            Trigger::RepeatedNeed => "the repeated need".to_owned(),
            Trigger::Rule(rule) => format!("the rule {rule}"),
            // These begin handoffs elsewhere; a turn does not show them.
            Trigger::Bot | Trigger::BotDown | Trigger::Agent(_) | Trigger::Api => return,
        };
        let kind = match self.kind {
            VerdictKind::Keep => return,
            VerdictKind::Suggest => "suggestion",
            VerdictKind::HandOff => "hand-off",
        };
        self.would_change.push(format!("without {without}: no {kind}").into());
    }
}
