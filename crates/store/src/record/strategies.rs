//! Any event at all, for the round trip.

use std::sync::Arc;

use baton_core::{
    AbandonReason, Alternative, Author, BotFailureKind, BotPromise, Change, Closer, Counterfactual, DeclineReason,
    Event, Language, Level, MoveReason, Needs, NobodyReason, Notice, Priority, Rating, Requester, RescindReason,
    ReturnReason, RuleMatch, SensitiveClass, Seq, Signal, SignalName, Slot, Span, Timestamp, TimingMark, TopicGuess,
    TransferTarget, Trigger, Verdict, VerdictKind, WaitEstimate, Weight,
};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

fn key<T: std::str::FromStr<Err: std::fmt::Debug> + std::fmt::Debug>() -> impl Strategy<Value = T> + Clone {
    "[a-z0-9][a-z0-9_-]{0,12}".prop_map(|text| text.parse().unwrap())
}

fn uuid() -> impl Strategy<Value = Uuid> + Clone {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn at() -> impl Strategy<Value = Timestamp> {
    any::<i64>().prop_map(Timestamp)
}

fn language() -> impl Strategy<Value = Language> {
    "[a-z]{2,3}".prop_map(|tag| Language::new(&tag).unwrap())
}

fn author() -> impl Strategy<Value = Author> {
    prop_oneof![
        Just(Author::Customer),
        (of(any::<u64>().prop_map(Seq)), any::<bool>())
            .prop_map(|(in_reply_to, knew)| Author::Bot { in_reply_to, knew }),
        key().prop_map(Author::Agent),
    ]
}

fn requester() -> impl Strategy<Value = Requester> {
    prop_oneof![
        Just(Requester::Customer),
        Just(Requester::Bot),
        Just(Requester::Baton),
        key().prop_map(Requester::Agent),
        Just(Requester::Api),
    ]
}

fn trigger() -> impl Strategy<Value = Trigger> {
    prop_oneof![
        Just(Trigger::ExplicitRequest),
        Just(Trigger::Frustration),
        Just(Trigger::Dissatisfaction),
        Just(Trigger::Trend),
        Just(Trigger::RepeatedFailure),
        Just(Trigger::RepeatedNeed),
        Just(Trigger::Complexity),
        class().prop_map(Trigger::Sensitive),
        Just(Trigger::Timing),
        Just(Trigger::Suggestion),
        Just(Trigger::BrokenPromise),
        Just(Trigger::SecondOpinion),
        key().prop_map(Trigger::Rule),
        Just(Trigger::Bot),
        Just(Trigger::BotDown),
        key().prop_map(Trigger::Agent),
        Just(Trigger::Api),
    ]
}

fn priority() -> impl Strategy<Value = Priority> {
    (Priority::MIN..=Priority::MAX).prop_map(|priority| Priority::new(priority).unwrap())
}

fn needs() -> impl Strategy<Value = Needs> {
    let skills = btree_map(key(), (1..=5u8).prop_map(|level| Level::new(level).unwrap()), 0..3);
    let weight = (1..=Weight::MAX).prop_map(|slots| Weight::new(slots).unwrap());
    (of(key()), of(key()), of(key()), of(language()), skills, of(key()), priority(), weight).prop_map(
        |(queue, topic, tier, language, skills, preferred_agent, priority, weight)| Needs {
            queue,
            topic,
            tier,
            language,
            skills,
            preferred_agent,
            priority,
            weight,
        },
    )
}

fn verdict_kind() -> impl Strategy<Value = VerdictKind> {
    prop_oneof![Just(VerdictKind::Keep), Just(VerdictKind::Suggest), Just(VerdictKind::HandOff)]
}

fn class() -> impl Strategy<Value = SensitiveClass> {
    select(SensitiveClass::ALL.to_vec())
}

fn signal_name() -> impl Strategy<Value = SignalName> {
    prop_oneof![
        Just(SignalName::ExplicitRequest),
        Just(SignalName::Frustration),
        Just(SignalName::Dissatisfaction),
        Just(SignalName::Trend),
        Just(SignalName::RepeatedFailure),
        Just(SignalName::RepeatedNeed),
        Just(SignalName::Complexity),
        class().prop_map(SignalName::Sensitive),
        Just(SignalName::Timing),
    ]
}

fn counterfactual() -> impl Strategy<Value = Counterfactual> {
    let change = prop_oneof![
        (signal_name(), 0.0..=1.0f32).prop_map(|(signal, value)| Change::Reaches { signal, value }),
        (signal_name(), 0.0..=1.0f32).prop_map(|(signal, value)| Change::StaysBelow { signal, value }),
        key().prop_map(Change::WithoutRule),
        key().prop_map(Change::WithoutOverride),
        Just(Change::WithoutCoolDown),
        Just(Change::WithoutGoodbye),
    ];
    (change, verdict_kind()).prop_map(|(change, kind)| Counterfactual { change, kind })
}

fn signal() -> impl Strategy<Value = Signal> {
    let span = of((any::<u32>(), any::<u32>()).prop_map(|(start, end)| Span { start, end }));
    let thresholds = (of(0.0..=1.0f32), of(0.0..=1.0f32));
    (signal_name(), 0.0..=1.0f32, thresholds, span, ".{0,20}").prop_map(
        |(name, value, (threshold, suggest), span, evidence)| Signal {
            name,
            value,
            threshold,
            suggest,
            span,
            evidence: Arc::from(evidence),
        },
    )
}

fn verdict() -> impl Strategy<Value = Box<Verdict>> {
    let rules = vec((key(), verdict_kind()).prop_map(|(rule, kind)| RuleMatch { rule, kind }), 0..3);
    let topic = of((key(), 0.0..=1.0f32).prop_map(|(topic, confidence)| TopicGuess { topic, confidence }));
    let reading = (verdict_kind(), vec(trigger(), 0..3), vec(signal(), 0..3), rules, topic);
    let setting = (language(), 0.0..=1.0f32, needs(), any::<u64>(), ".{0,20}", vec(".{0,20}", 0..2));
    let changes = (vec(key(), 0..2), vec(counterfactual(), 0..3));
    (reading, setting, changes).prop_map(|((kind, triggers, signals, rules, topic), setting, changes)| {
        let (overrides, counterfactuals) = changes;
        let (language, language_confidence, needs, policy_version, model_version, would_change) = setting;
        Box::new(Verdict {
            kind,
            triggers,
            signals,
            rules,
            overrides,
            topic,
            language,
            language_confidence,
            needs,
            policy_version,
            model_version: Arc::from(model_version),
            would_change: would_change.into_iter().map(Arc::from).collect(),
            counterfactuals,
        })
    })
}

fn notice() -> impl Strategy<Value = Notice> {
    let wait = of((any::<u32>(), any::<u32>()).prop_map(|(likely_s, at_most_s)| WaitEstimate { likely_s, at_most_s }));
    prop_oneof![
        (any::<u32>(), wait).prop_map(|(position, wait)| Notice::Queued { position, wait }),
        (of(nobody_reason()), of(at())).prop_map(|(reason, opens_at)| Notice::NobodyAvailable { reason, opens_at }),
        alternative().prop_map(|alternative| Notice::LongWait { alternative }),
        key().prop_map(|agent| Notice::AgentJoined { agent }),
        any::<u32>().prop_map(|position| Notice::WaitingAgain { position }),
        Just(Notice::Transferred),
        Just(Notice::BackToBot),
        alternative().prop_map(|by| Notice::ContactTaken { by }),
        Just(Notice::Closed),
    ]
}

fn target() -> impl Strategy<Value = TransferTarget> {
    prop_oneof![
        key().prop_map(TransferTarget::Queue),
        (key(), key()).prop_map(|(agent, queue)| TransferTarget::Agent { agent, queue }),
    ]
}

fn closer() -> impl Strategy<Value = Closer> {
    prop_oneof![Just(Closer::Customer), key().prop_map(Closer::Agent), Just(Closer::IdleLimit)]
}

fn handoff() -> impl Strategy<Value = baton_core::HandoffId> {
    uuid().prop_map(baton_core::HandoffId)
}

fn offer() -> impl Strategy<Value = baton_core::OfferId> {
    uuid().prop_map(baton_core::OfferId)
}

fn seq() -> impl Strategy<Value = Seq> {
    any::<u64>().prop_map(Seq)
}

fn slots() -> impl Strategy<Value = Vec<Slot>> {
    vec(any::<u8>().prop_map(Slot), 1..4)
}

fn alternative() -> impl Strategy<Value = Alternative> {
    prop_oneof![Just(Alternative::Callback), Just(Alternative::Message)]
}

fn nobody_reason() -> impl Strategy<Value = NobodyReason> {
    prop_oneof![
        Just(NobodyReason::Closed),
        Just(NobodyReason::ClosingSoon),
        Just(NobodyReason::NobodyAvailable),
        Just(NobodyReason::Full),
    ]
}

fn of_messages() -> impl Strategy<Value = Event> {
    let failure = prop_oneof![
        Just(BotFailureKind::Unreachable),
        Just(BotFailureKind::TimedOut),
        Just(BotFailureKind::Refused),
        Just(BotFailureKind::Invalid),
    ];
    prop_oneof![
        (key(), key(), uuid(), language()).prop_map(|(channel, bot, customer, language)| Event::ConversationStarted {
            channel,
            bot,
            customer: baton_core::CustomerId(customer),
            language,
        }),
        (author(), any::<u32>()).prop_map(|(author, body_bytes)| Event::MessagePosted { author, body_bytes }),
        (key(), any::<u32>()).prop_map(|(agent, body_bytes)| Event::NotePosted { agent, body_bytes }),
        (seq(), verdict()).prop_map(|(message, verdict)| Event::TurnAssessed { message, verdict }),
        (seq(), failure).prop_map(|(message, failure)| Event::BotTurnFailed { message, failure }),
        notice().prop_map(|notice| Event::NoticePosted { notice }),
        (closer(), of(key()), of(at())).prop_map(|(by, disposition, wrap_up_until)| Event::ConversationClosed {
            by,
            disposition,
            wrap_up_until,
        }),
    ]
}

fn of_offers() -> impl Strategy<Value = Event> {
    let declined = prop_oneof![
        Just(DeclineReason::Busy),
        Just(DeclineReason::WrongSkill),
        Just(DeclineReason::Break),
        Just(DeclineReason::Other),
    ];
    let rescinded = prop_oneof![
        Just(RescindReason::CustomerLeft),
        Just(RescindReason::AgentGone),
        Just(RescindReason::Reassigned),
    ];
    prop_oneof![
        (offer(), handoff(), key(), slots(), at()).prop_map(|(offer, handoff, agent, slots, expires_at)| {
            Event::OfferMade { offer, handoff, agent, slots, expires_at }
        }),
        (offer(), handoff(), key()).prop_map(|(offer, handoff, agent)| Event::OfferAccepted { offer, handoff, agent }),
        (offer(), key(), declined).prop_map(|(offer, agent, reason)| Event::OfferDeclined { offer, agent, reason }),
        (offer(), key()).prop_map(|(offer, agent)| Event::OfferExpired { offer, agent }),
        (offer(), key(), rescinded).prop_map(|(offer, agent, reason)| Event::OfferRescinded { offer, agent, reason }),
    ]
}

fn of_handoffs() -> impl Strategy<Value = Event> {
    let returned = prop_oneof![Just(ReturnReason::Away), Just(ReturnReason::Disconnected), Just(ReturnReason::Removed)];
    let abandoned =
        prop_oneof![Just(AbandonReason::StayedWithBot), Just(AbandonReason::Left), Just(AbandonReason::TimedOut)];
    let rating = (1..=5u8).prop_map(|rating| Rating::new(rating).unwrap());
    let requested = (handoff(), requester(), vec(trigger(), 0..3), needs(), key(), of(seq()), any::<bool>());
    prop_oneof![
        requested.prop_map(|(handoff, by, triggers, needs, queue, message, staffed)| Event::HandoffRequested {
            handoff,
            by,
            triggers,
            needs,
            queue,
            message,
            staffed,
        }),
        (handoff(), any::<bool>()).prop_map(|(handoff, staffed)| Event::StaffingChanged { handoff, staffed }),
        (handoff(), key(), slots(), key()).prop_map(|(handoff, agent, slots, by)| Event::HandoffAssigned {
            handoff,
            agent,
            slots,
            by
        }),
        (handoff(), key(), slots()).prop_map(|(handoff, agent, slots)| Event::HandoffTaken { handoff, agent, slots }),
        (handoff(), alternative())
            .prop_map(|(handoff, alternative)| Event::AlternativeOffered { handoff, alternative }),
        (handoff(), key(), returned).prop_map(|(handoff, agent, reason)| Event::HandoffReturned {
            handoff,
            agent,
            reason
        }),
        (handoff(), key(), target(), needs(), any::<bool>()).prop_map(|(handoff, by, to, needs, staffed)| {
            Event::HandoffTransferred { handoff, by, to, needs, staffed }
        }),
        (handoff(), key()).prop_map(|(handoff, queue)| Event::HandoffMoved {
            handoff,
            queue,
            reason: MoveReason::QueueRemoved
        }),
        (handoff(), priority(), key()).prop_map(|(handoff, priority, by)| Event::PriorityChanged {
            handoff,
            priority,
            by
        }),
        (handoff(), alternative()).prop_map(|(handoff, by)| Event::ContactLeft { handoff, by }),
        (handoff(), key(), of(at())).prop_map(|(handoff, agent, wrap_up_until)| Event::HandedBack {
            handoff,
            agent,
            wrap_up_until
        }),
        (handoff(), abandoned).prop_map(|(handoff, reason)| Event::HandoffAbandoned { handoff, reason }),
        (handoff(), key(), of(key())).prop_map(|(handoff, agent, disposition)| Event::WrapUpEnded {
            handoff,
            agent,
            disposition
        }),
        handoff().prop_map(|handoff| Event::SurveyOffered { handoff }),
        (handoff(), rating).prop_map(|(handoff, rating)| Event::SurveyAnswered { handoff, rating }),
        (any::<u64>(), any::<Option<bool>>())
            .prop_map(|(message, helpful)| Event::AnswerRated { message: Seq(message), helpful }),
        any::<u64>().prop_map(|message| Event::SuggestionDeclined { message: Seq(message) }),
        (any::<u64>(), select(vec![BotPromise::Connecting, BotPromise::Cannot]))
            .prop_map(|(message, promise)| Event::PromiseMade { message: Seq(message), promise }),
        any::<u64>().prop_map(|message| Event::PromiseBroken { message: Seq(message) }),
        (any::<u64>(), verdict_kind(), ".{0,20}").prop_map(|(message, kind, model)| Event::OpinionGiven {
            message: Seq(message),
            kind,
            model: model.into()
        }),
        (handoff(), key(), of(select(vec![TimingMark::TooLate, TimingMark::NotNeeded])))
            .prop_map(|(handoff, by, timing)| Event::TimingMarked { handoff, by, timing }),
    ]
}

pub(super) fn event() -> impl Strategy<Value = Event> {
    prop_oneof![of_messages(), of_offers(), of_handoffs()]
}
