//! What the detector concludes from whole turns, told as stories of customers and admins.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_core::{
    ChannelId, Language, Needs, Priority, QueueId, RuleId, Seq, SignalName, Tier, Timestamp, TopicId, Trigger, Verdict,
    VerdictKind,
};
use baton_detect::{
    Adjustment, Detector, Graded, Lever, Past, PastAuthor, Policy, PolicyError, RuleDefinition, SoFar, Thresholds,
    TopicDefinition, Turn, Value,
};
use proptest::prelude::*;

static CHANNEL: LazyLock<ChannelId> = LazyLock::new(|| ChannelId::new("website").expect("a key"));
static NO_ATTRIBUTES: BTreeMap<String, Value> = BTreeMap::new();

fn turn<'a>(text: &'a str, history: &'a [Past]) -> Turn<'a> {
    Turn {
        text,
        history,
        channel: &CHANNEL,
        tier: None,
        language_hint: None,
        attributes: &NO_ATTRIBUTES,
        // A Monday, ten in the morning in UTC.
        now: Timestamp(1_767_607_200_000),
        time_zone: "UTC",
        person_in_control: false,
        so_far: SoFar::default(),
    }
}

fn detector(policy: Policy) -> Detector {
    Detector::new(policy).expect("a policy that holds")
}

fn says(text: &str) -> Verdict {
    detector(Policy::default()).assess(&turn(text, &[]))
}

fn rule(id: &str, when: &str, kind: VerdictKind) -> RuleDefinition {
    RuleDefinition { id: RuleId::new(id).expect("a key"), when: when.to_owned(), kind, needs: Needs::default() }
}

fn talk(lines: &[(PastAuthor, &str)]) -> Vec<Past> {
    let past = |(seq, (author, text)): (u64, &(PastAuthor, &str))| Past {
        seq: Seq(seq),
        author: *author,
        text: (*text).into(),
    };
    (1..).zip(lines).map(past).collect()
}

const CUSTOMER: PastAuthor = PastAuthor::Customer;
const KNEW: PastAuthor = PastAuthor::Bot { knew: true };
const DID_NOT: PastAuthor = PastAuthor::Bot { knew: false };

#[test]
fn a_customer_who_asks_for_a_person_is_handed_off_with_the_words_that_asked() {
    let text = "Thanks, but I would like to speak to a human now";
    let verdict = says(text);
    assert_eq!(verdict.kind, VerdictKind::HandOff);
    assert_eq!(verdict.triggers, [Trigger::ExplicitRequest]);
    let signal = &verdict.signals[0];
    assert_eq!((signal.name, &*signal.evidence), (SignalName::ExplicitRequest, "en/request"));
    let span = signal.span.unwrap();
    assert_eq!(&text[span.start as usize..span.end as usize], "I would like to speak to a human");
    assert!(
        verdict
            .would_change
            .iter()
            .any(|said| said.starts_with("without the explicit request") && said.ends_with("no hand-off"))
    );
}

#[test]
fn an_ordinary_question_stays_with_the_bot() {
    let verdict = says("How do I change my delivery address?");
    assert_eq!(verdict.kind, VerdictKind::Keep);
    assert!(verdict.triggers.is_empty() && verdict.signals.is_empty() && verdict.rules.is_empty());
    assert_eq!(verdict.language, Language::ENGLISH);
}

#[test]
fn an_explicit_request_wins_over_every_threshold_and_rule() {
    let policy = Policy {
        thresholds: Thresholds::default().with(&[
            Adjustment::Level(Lever::HandOff(Graded::Frustration), None),
            Adjustment::Level(Lever::Suggest(Graded::Frustration), None),
            Adjustment::Level(Lever::HandOff(Graded::RepeatedNeed), None),
            Adjustment::Level(Lever::Suggest(Graded::RepeatedNeed), None),
            Adjustment::FailuresBeforeHandOff(None),
        ]),
        rules: vec![rule("always-bot", "true", VerdictKind::Keep)],
        ..Policy::default()
    };
    let verdict = detector(policy).assess(&turn("quiero hablar con una persona", &[]));
    assert_eq!(verdict.kind, VerdictKind::HandOff);
    assert_eq!(verdict.triggers, [Trigger::ExplicitRequest]);
    assert_eq!(verdict.rules[0].kind, VerdictKind::Keep);
}

#[test]
fn a_bot_that_failed_twice_hands_off_and_says_how_far_it_was_before() {
    let history = talk(&[
        (CUSTOMER, "The voucher code is refused"),
        (DID_NOT, "I did not find anything about that."),
        (CUSTOMER, "my voucher code does not work at checkout"),
        (DID_NOT, "Could you say it in other words?"),
    ]);
    let detector = detector(Policy::default());
    let first = detector.assess(&turn("it says the code is unknown", &history[..2]));
    assert_eq!(first.kind, VerdictKind::Keep);
    assert!(first.would_change.iter().any(|said| &**said == "bot failures 1 of 2: 1 short of a hand-off"));
    let second = detector.assess(&turn("the code says unknown", &history));
    assert_eq!(second.kind, VerdictKind::HandOff);
    assert_eq!(second.triggers, [Trigger::RepeatedFailure]);
    assert_eq!(detector.bot_failures(&history), 2);
}

#[test]
fn a_customer_who_says_goodbye_after_two_failures_is_let_go() {
    let history = talk(&[(CUSTOMER, "what?"), (DID_NOT, "I do not know."), (CUSTOMER, "hm"), (DID_NOT, "Sorry.")]);
    let verdict = detector(Policy::default()).assess(&turn("ok thanks, bye", &history));
    assert_eq!(verdict.kind, VerdictKind::Keep);
    assert!(verdict.signals.iter().any(|signal| signal.name == SignalName::RepeatedFailure));
}

#[test]
fn a_customer_who_asks_the_same_again_is_heard_and_the_message_named() {
    let history = talk(&[
        (CUSTOMER, "hello"),
        (KNEW, "Hello! How can I help?"),
        (CUSTOMER, "How can I cancel my yearly subscription?"),
        (KNEW, "Subscriptions are billed yearly or monthly."),
    ]);
    let verdict = detector(Policy::default()).assess(&turn("I asked how to cancel the yearly subscription", &history));
    assert_eq!(verdict.triggers, [Trigger::RepeatedNeed]);
    let signal = verdict.signals.iter().find(|signal| signal.name == SignalName::RepeatedNeed).unwrap();
    assert_eq!(&*signal.evidence, "same as message 3");
}

#[test]
fn mild_annoyance_suggests_a_person_and_says_what_is_missing() {
    let verdict = says("the answer was disappointing");
    assert_eq!(verdict.kind, VerdictKind::Suggest);
    assert_eq!(verdict.triggers, [Trigger::Frustration]);
    assert!(verdict.would_change.iter().any(|said| said.contains("short of a hand-off")), "{:?}", verdict.would_change);
}

#[test]
fn legal_topics_always_go_to_people_in_their_queue() {
    let legal = Needs { queue: Some(QueueId::new("legal").unwrap()), ..Needs::default() };
    let policy = Policy {
        version: 7,
        topics: vec![TopicDefinition {
            id: TopicId::new("legal").unwrap(),
            phrases: vec!["lawyer".into(), "abogado".into(), "take you to court".into()],
        }],
        rules: vec![
            RuleDefinition { needs: legal.clone(), ..rule("legal", "topic == \"legal\"", VerdictKind::HandOff) },
            rule("vip", "tier == \"gold\" && attributes.balance > 100.0", VerdictKind::Suggest),
        ],
        ..Policy::default()
    };
    let verdict = detector(policy).assess(&turn("mi abogado les va a escribir", &[]));
    assert_eq!(verdict.kind, VerdictKind::HandOff);
    let threat = Trigger::Sensitive(baton_core::SensitiveClass::LegalThreat);
    assert_eq!(verdict.triggers, [Trigger::Rule(RuleId::new("legal").unwrap()), threat]);
    assert_eq!(verdict.needs.queue, legal.queue);
    assert_eq!(verdict.needs.topic, Some(TopicId::new("legal").unwrap()));
    assert_eq!((verdict.policy_version, &*verdict.model_version), (7, baton_detect::MODEL_VERSION));
}

#[test]
fn a_rule_sees_tier_hours_and_attributes_and_a_missing_one_is_no_match() {
    let needs = Needs { priority: Priority::new(5).unwrap(), ..Needs::default() };
    let vip = "tier == \"gold\" && attributes.balance > 100.0 && attributes.open && hour == 11 && weekday == 1";
    let detector = detector(Policy {
        rules: vec![RuleDefinition { needs, ..rule("vip", vip, VerdictKind::Suggest) }],
        ..Policy::default()
    });
    let gold = Tier::new("gold").unwrap();
    let attributes =
        BTreeMap::from([("balance".to_owned(), Value::Number(250.0)), ("open".to_owned(), Value::Flag(true))]);
    let known = Turn {
        tier: Some(&gold),
        attributes: &attributes,
        time_zone: "Europe/Madrid",
        ..turn("where is my parcel", &[])
    };
    let verdict = detector.assess(&known);
    assert_eq!(verdict.kind, VerdictKind::Suggest);
    assert_eq!(verdict.needs.priority.get(), 5);
    let unknown = Turn { tier: Some(&gold), ..turn("where is my parcel", &[]) };
    assert_eq!(detector.assess(&unknown).kind, VerdictKind::Keep);
}

#[test]
fn the_agent_is_told_the_topic_even_when_the_last_words_only_ask_for_them() {
    let billing = TopicId::new("billing").unwrap();
    let topic = TopicDefinition { id: billing.clone(), phrases: vec!["invoice".into(), "charged twice".into()] };
    let detector = detector(Policy { topics: vec![topic], ..Policy::default() });
    let history = talk(&[(CUSTOMER, "I was charged twice on my invoice"), (KNEW, "Invoices are sent monthly.")]);
    let verdict = detector.assess(&turn("agent please", &history));
    assert_eq!(verdict.needs.topic, Some(billing));
    assert!(verdict.topic.unwrap().confidence < 0.9);
}

#[test]
fn the_verdict_is_the_same_while_a_person_is_in_control() {
    let text = "I want to talk to another agent";
    let beside = Turn { person_in_control: true, ..turn(text, &[]) };
    assert_eq!(detector(Policy::default()).assess(&beside), says(text));
}

#[test]
fn an_admin_is_told_what_is_wrong_with_a_policy() {
    let refused = |policy: Policy| Detector::new(policy).err().expect("refused");
    let with = |adjustment| Policy { thresholds: Thresholds::default().with(&[adjustment]), ..Policy::default() };
    let said = refused(with(Adjustment::Level(Lever::HandOff(Graded::Frustration), Some(1.5)))).to_string();
    assert_eq!(said, "frustration_threshold is 1.5: a threshold lies between 0 and 1, or is `never`");
    let no_number = Adjustment::Level(Lever::HandOff(Graded::ExplicitRequest), Some(f32::NAN));
    assert!(matches!(refused(with(no_number)), PolicyError::Threshold { .. }));
    let said = refused(with(Adjustment::Level(Lever::HandOff(Graded::ExplicitRequest), None))).to_string();
    assert!(said.contains("an explicit request always wins"), "{said}");
    let said = refused(with(Adjustment::Level(Lever::Suggest(Graded::Frustration), Some(0.9)))).to_string();
    assert!(said.starts_with("frustration_suggest 0.9 is above frustration_threshold 0.75"), "{said}");
    let twice = vec![rule("a", "true", VerdictKind::Keep), rule("a", "true", VerdictKind::Keep)];
    let said = refused(Policy { rules: twice, ..Policy::default() }).to_string();
    assert_eq!(said, "rule `a` is defined twice: give each its own id");
    let said = refused(with(Adjustment::FailuresBeforeHandOff(Some(0)))).to_string();
    assert!(said.contains("use 1 or more"));
    let topic = TopicDefinition { id: TopicId::new("t").unwrap(), phrases: vec!["!!".into()] };
    assert!(matches!(refused(Policy { topics: vec![topic], ..Policy::default() }), PolicyError::Phrase { .. }));
}

#[test]
fn one_detector_serves_many_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&detector(Policy::default()));
}

#[test]
fn a_very_long_message_is_judged_by_its_beginning_in_bounded_time() {
    let detector = detector(Policy::default());
    for piece in
        ["agent ", "a, ", "please, ", "not angry ", "人工", "want to talk to ", "!", "ÀÉ", "人、", "useless bot "]
    {
        let text = piece.repeat(200_000 / piece.len());
        let verdict = detector.assess(&turn(&text, &[]));
        for span in verdict.signals.iter().filter_map(|signal| signal.span) {
            assert!(span.end <= 8 * 1024);
        }
    }
    let mut buried = "the parcel is late and nobody knows why. ".repeat(1_000);
    buried.push_str("I want to talk to an agent");
    assert!(
        detector.assess(&turn(&buried, &[])).signals.iter().all(|signal| signal.name != SignalName::ExplicitRequest)
    );
}

/// Text that is likely to hit the tables, between anything at all.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => any::<String>(),
        2 => "[a-z' ,.!?]{0,20}",
        1 => Just("speak to an agent".to_owned()),
        1 => Just("Ｉ ｗａｎｔ a real person".to_owned()),
        1 => Just("转人工客服".to_owned()),
        1 => Just("オペレーターと話したい".to_owned()),
        1 => Just("İ don’t want a bot 😡".to_owned()),
        1 => Just("\u{301}\u{200d}\u{feff}ﷺ".to_owned()),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn no_text_breaks_the_detector_and_spans_are_on_character_boundaries(
        text in any_text(),
        past in proptest::collection::vec((any_text(), 0..4_u8), 0..6),
    ) {
        static DETECTOR: LazyLock<Detector> = LazyLock::new(|| detector(Policy {
            topics: vec![TopicDefinition { id: TopicId::new("billing").unwrap(), phrases: vec!["agent".into(), "客服".into()] }],
            rules: vec![rule("odd", "message.contains(\"a\") && attributes.none == 1", VerdictKind::HandOff)],
            ..Policy::default()
        }));
        let history: Vec<Past> = past
            .into_iter()
            .zip(1..)
            .map(|((text, author), seq)| Past {
                seq: Seq(seq),
                author: [CUSTOMER, KNEW, DID_NOT, PastAuthor::Agent][usize::from(author)],
                text,
            })
            .collect();
        let verdict = DETECTOR.assess(&turn(&text, &history));
        prop_assert!((0.0..=1.0).contains(&verdict.language_confidence));
        for signal in &verdict.signals {
            prop_assert!(signal.value > 0.0 && signal.value <= 1.0);
            if let Some(span) = signal.span {
                prop_assert!(span.start < span.end);
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
            }
        }
        prop_assert_eq!(verdict.kind == VerdictKind::Keep, verdict.triggers.is_empty());
    }
}
