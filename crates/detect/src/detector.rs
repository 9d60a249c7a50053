//! The verdict of a turn: every signal is looked for, the policy says what they mean together.

use std::borrow::Cow;
use std::sync::Arc;

use baton_core::{
    Change, Counterfactual, Needs, RuleMatch, Signal, SignalName, TopicGuess, TopicId, Verdict, VerdictKind,
};

use crate::complexity::complexity;
use crate::dissatisfaction::{Dissatisfied, dissatisfaction};
use crate::failure::{bot_failures, is_parting};
use crate::fold::Folded;
use crate::frustration::frustration;
use crate::language::language;
use crate::model::Features;
use crate::models::Models;
use crate::policy::{Graded, Policy, PolicyError, Thresholds};
use crate::repetition::repeated_need;
use crate::request::request;
use crate::rules::{Facts, Override, Rule, compile, compile_overrides, matching};
use crate::sensitive::sensitive;
use crate::timing::{Heard, Speaker};
use crate::topic::Topics;
use crate::turn::{Past, PastAuthor, Turn};
use crate::weigh::{Around, Conclusion, Found, Scale, failures_scale, override_in_words};
use crate::wording::Wordings;

/// The names of the tables and weights that verdicts rest on; raised with every change that can change a verdict.
pub const MODEL_VERSION: &str = "phrases-4 explicit-1 language-1 sensitive-1 frustration-2";

/// From this confidence on, routing is told the topic.
const TOPIC_SURE: f32 = 0.5;
/// A message without a topic of its own is about what was spoken of before, a little less surely.
const TOPIC_CARRIED: f32 = 0.8;
/// How many earlier customer messages may lend their topic.
const TOPIC_TURNS_MAX: usize = 6;
/// Less than this is every message's.
const COMPLEXITY_SHOWN: f32 = 0.3;
/// How many turns before this one a timing model looks at.
const TIMING_TURNS: usize = 60;
const MINUTE_MS: u64 = 60_000;

/// Judges turns by one policy. Cheap to ask, from many threads at once.
pub struct Detector {
    policy: Policy,
    topics: Topics,
    rules: Vec<Rule>,
    overrides: Vec<Override>,
    model_version: Arc<str>,
    models: Models,
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
        let overrides = compile_overrides(std::mem::take(&mut policy.overrides))?;
        Ok(Self {
            policy,
            topics,
            rules,
            overrides,
            model_version: Arc::from(MODEL_VERSION),
            models: Models::default(),
        })
    }

    /// Judges with what the deployment taught, and names it in every verdict.
    pub fn teach(&mut self, models: Models) {
        self.model_version = format!("{MODEL_VERSION}{}", models.version()).into();
        self.models = models;
    }

    pub fn policy_version(&self) -> u64 {
        self.policy.version
    }

    /// The thresholds without any override.
    pub fn thresholds(&self) -> &Thresholds {
        &self.policy.thresholds
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
        let said = self.topic_of(turn.text, &folded);
        let wordings = Wordings::new(turn.history, turn.text);
        let failures = bot_failures(&wordings);

        let mut found = said_now(turn, &folded, &self.models);
        found.extend(dissatisfied(&folded, &wordings, &found));
        found.extend(self.timing(turn));
        found.extend(self.trend(turn, &found));
        let facts = Facts {
            turn,
            topic: said.as_ref().map_or("", |guess| guess.topic.as_str()),
            language,
            bot_failures: failures,
            customer_turns: customer_turns(turn.history),
            found: &found,
        };
        let (matched, laid_over) = matching(&self.rules, &self.overrides, &facts);
        let thresholds = self.thresholds_with(&laid_over);

        found.extend(failed(failures, failures_scale(&thresholds)));
        found.extend(repeated(&wordings));
        found.extend(hard(turn));
        found.extend(sensitive(&folded).into_iter().map(|matter| Found {
            name: SignalName::Sensitive(matter.class),
            value: matter.value,
            span: matter.span,
            evidence: matter.evidence.into(),
        }));
        let rules: Vec<_> = matched.iter().map(|rule| (rule.id.clone(), rule.kind)).collect();
        let around = Around { cooling: self.cooling(turn), parting: failures > 0 && is_parting(&folded) };
        let scale = Scale::new(&found, &thresholds, rules.clone(), around);
        let Conclusion { kind, triggers, mut counterfactuals, mut would_change } = scale.conclude();
        for (index, over) in laid_over.iter().enumerate() {
            let others: Vec<_> = laid_over.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, o)| *o).collect();
            let other = Scale::new(&found, &self.thresholds_with(&others), rules.clone(), around).kind();
            if other != kind {
                counterfactuals.push(Counterfactual { change: Change::WithoutOverride(over.id.clone()), kind: other });
                would_change.push(override_in_words(&over.id, other, kind));
            }
        }

        let asks = found_asks(&found, &thresholds);
        // Who asks for a person means what was spoken of before; what such words resemble is no topic of their own.
        let topic = match said {
            Some(learned) if asks && self.topics.guess(&folded).is_none() => {
                self.carried_topic(turn.history).or(Some(learned))
            }
            Some(said) => Some(said),
            None => self.carried_topic(turn.history),
        };
        let signals: Vec<Signal> = found
            .into_iter()
            .enumerate()
            .map(|(index, found)| {
                let levels = scale.levels_of(index);
                let Found { name, value, span, evidence } = found;
                Signal { name, value, threshold: levels.hand_off, suggest: levels.suggest, span, evidence }
            })
            .collect();
        Verdict {
            kind,
            triggers,
            needs: needs(topic.as_ref(), &signals, &thresholds, &matched),
            signals,
            rules: matched.iter().map(|rule| RuleMatch { rule: rule.id.clone(), kind: rule.kind }).collect(),
            overrides: laid_over.iter().map(|over| over.id.clone()).collect(),
            topic,
            language,
            language_confidence,
            policy_version: self.policy.version,
            model_version: Arc::clone(&self.model_version),
            would_change,
            counterfactuals,
        }
    }

    fn thresholds_with(&self, overrides: &[&Override]) -> Cow<'_, Thresholds> {
        if overrides.is_empty() {
            return Cow::Borrowed(&self.policy.thresholds);
        }
        let mut thresholds = self.policy.thresholds.clone();
        overrides.iter().flat_map(|over| &over.adjustments).for_each(|adjustment| thresholds.apply(adjustment));
        Cow::Owned(thresholds)
    }

    /// Displeasure that lasts: the mean over the last turns, when this one and one before it show any.
    fn trend(&self, turn: &Turn<'_>, found: &[Found]) -> Option<Found> {
        let now = found.iter().filter(|own| own.name.is_displeasure()).map(|own| own.value).fold(0.0, f32::max);
        let before = turn.so_far.moods;
        let before = &before[before.len().saturating_sub(usize::from(self.policy.trend.turns) - 1)..];
        if now <= 0.0 || before.iter().all(|mood| *mood <= 0.0) {
            return None;
        }
        let moods: Vec<f32> = before.iter().copied().chain([now]).collect();
        #[allow(clippy::cast_precision_loss)] // A handful of turns.
        let value = moods.iter().sum::<f32>() / moods.len() as f32;
        let course = moods.iter().map(|mood| format!("{mood:.2}")).collect::<Vec<_>>().join(", ");
        Some(Found { name: SignalName::Trend, value, span: None, evidence: course.into() })
    }

    /// Whether the customer declined a suggestion so shortly before that nobody asks again.
    fn cooling(&self, turn: &Turn<'_>) -> bool {
        let cool_down = self.policy.cool_down;
        turn.so_far.declined.is_some_and(|declined| {
            let minutes_ms = u64::from(cool_down.minutes).saturating_mul(MINUTE_MS);
            let passed_ms = u64::try_from(turn.now.0.saturating_sub(declined.at.0)).unwrap_or(0);
            declined.turns_since <= cool_down.turns && passed_ms < minutes_ms
        })
    }

    /// By the configuration's phrases, and where none is said by what the deployment taught.
    fn topic_of(&self, text: &str, folded: &Folded) -> Option<TopicGuess> {
        self.topics.guess(folded).or_else(|| {
            let readings = self.models.topics.iter().filter_map(|learned| learned.model.reading(text, folded));
            let surest =
                readings.filter(|read| read.meant).max_by(|one, other| one.confidence.total_cmp(&other.confidence))?;
            Some(TopicGuess { topic: TopicId::new(&*surest.label).ok()?, confidence: surest.confidence })
        })
    }

    /// What the deployment's own past makes of the conversation so far.
    fn timing(&self, turn: &Turn<'_>) -> Option<Found> {
        let value = turn.so_far.timing.or_else(|| {
            let model = &self.models.timing.as_ref()?.model;
            let recent = &turn.history[turn.history.len().saturating_sub(TIMING_TURNS)..];
            let mut talk: Vec<Heard> = recent.iter().map(heard).collect();
            talk.push(Heard::new(Speaker::Customer, turn.text));
            Some(model.evidence(&talk))
        })?;
        let evidence = Arc::from("the deployment's own past");
        Some(Found { name: SignalName::Timing, value, span: None, evidence })
    }

    fn carried_topic(&self, history: &[Past]) -> Option<TopicGuess> {
        history
            .iter()
            .rev()
            .take_while(|past| past.author != PastAuthor::Agent)
            .filter(|past| past.author == PastAuthor::Customer)
            .take(TOPIC_TURNS_MAX)
            .find_map(|past| self.topic_of(&past.text, &Folded::new(&past.text)))
            .map(|guess| TopicGuess { confidence: guess.confidence * TOPIC_CARRIED, ..guess })
    }
}

/// What a verdict would have been with other levels of its signals, all else equal. Failures of the bot and cool-downs
/// stay as they were judged.
pub fn rejudge(verdict: &Verdict, thresholds: &Thresholds) -> VerdictKind {
    let rules = verdict.rules.iter().map(|matched| (matched.rule.clone(), matched.kind)).collect();
    Scale::of(&verdict.signals, rules, Some(thresholds)).kind()
}

fn heard(past: &Past) -> Heard {
    let speaker = match past.author {
        PastAuthor::Customer => Speaker::Customer,
        PastAuthor::Bot { .. } => Speaker::Bot,
        PastAuthor::Agent => Speaker::Agent,
    };
    Heard::new(speaker, &past.text)
}

/// Whether the message asks for a person plainly enough to get one.
fn found_asks(found: &[Found], thresholds: &Thresholds) -> bool {
    let level = thresholds.levels(Graded::ExplicitRequest).hand_off;
    found.iter().any(|own| own.name == SignalName::ExplicitRequest && level.is_some_and(|level| own.value >= level))
}

/// What the message itself says.
fn said_now(turn: &Turn<'_>, folded: &Folded, models: &Models) -> Vec<Found> {
    let mut found = Vec::new();
    let taught = models.explicit.as_ref().map(|learned| &*learned.model);
    found.extend(request(folded, taught).map(|request| Found {
        name: SignalName::ExplicitRequest,
        value: request.value,
        span: request.span,
        evidence: format!("{}/{}", request.language, request.form).into(),
    }));
    let taught = models.frustration.as_ref().map(|learned| &*learned.model);
    found.extend(frustration(turn.text, folded, &Features::new(folded), taught).map(|frustrated| Found {
        name: SignalName::Frustration,
        value: frustrated.value,
        span: frustrated.span,
        evidence: Arc::from(frustrated.evidence),
    }));
    found
}

/// Dissatisfaction, which builds on how frustrated the message sounds.
fn dissatisfied(folded: &Folded, wordings: &Wordings<'_>, found: &[Found]) -> Option<Found> {
    let frustrated = found.iter().find(|own| own.name == SignalName::Frustration).map_or(0.0, |own| own.value);
    let Dissatisfied { value, span, evidence } = dissatisfaction(folded, wordings, frustrated)?;
    Some(Found { name: SignalName::Dissatisfaction, value, span, evidence: evidence.into() })
}

fn failed(failures: u32, scale: u8) -> Option<Found> {
    #[allow(clippy::cast_precision_loss)] // Counts within one history.
    let value = (failures as f32 / f32::from(scale)).min(1.0);
    (failures > 0).then(|| Found {
        name: SignalName::RepeatedFailure,
        value,
        span: None,
        evidence: format!("the bot failed {failures} times").into(),
    })
}

fn repeated(wordings: &Wordings<'_>) -> Option<Found> {
    let repeated = repeated_need(wordings)?;
    let evidence = match repeated.and {
        None => format!("same as message {}", repeated.like.0),
        Some(and) => format!("same as messages {} and {}", repeated.like.0.min(and.0), repeated.like.0.max(and.0)),
    };
    Some(Found { name: SignalName::RepeatedNeed, value: repeated.value, span: None, evidence: evidence.into() })
}

/// Complexity, when there is any to speak of.
fn hard(turn: &Turn<'_>) -> Option<Found> {
    let hard = complexity(turn.text, turn.history);
    let evidence = format!(
        "{} needs at once, message {} of the customer, {} of the last answers knew nothing",
        hard.needs, hard.customer_turns, hard.unanswered
    );
    (hard.value >= COMPLEXITY_SHOWN).then(|| Found {
        name: SignalName::Complexity,
        value: hard.value,
        span: None,
        evidence: evidence.into(),
    })
}

fn customer_turns(history: &[Past]) -> u32 {
    let before = history.iter().filter(|past| past.author == PastAuthor::Customer).count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// The topic, when it is sure, what sensitive matters ask for, and what every matched rule adds; rules have the last
/// word.
fn needs(topic: Option<&TopicGuess>, signals: &[Signal], thresholds: &Thresholds, rules: &[&Rule]) -> Needs {
    let sure = topic.filter(|guess| guess.confidence >= TOPIC_SURE).map(|guess| guess.topic.clone());
    let topical = Needs { topic: sure, ..Needs::default() };
    let sensitive = signals
        .iter()
        .filter_map(|signal| Some((signal, thresholds.class(signal.name.class()?))))
        .filter(|(signal, class)| class.then > VerdictKind::Keep && signal.value >= class.from)
        .fold(topical, |needs, (_, class)| needs.and(&class.needs));
    rules.iter().fold(sensitive, |needs, rule| needs.and(&rule.needs))
}
