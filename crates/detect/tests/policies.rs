//! How a policy turns signals into verdicts, and how the trace says what would have changed them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_core::{
    Change, ChannelId, Counterfactual, Needs, RuleId, SignalName, Tier, Timestamp, Trigger, Verdict, VerdictKind,
};
use baton_detect::{
    Adjustment, CoolDown, Declined, Detector, Graded, Lever, OverrideDefinition, Policy, PolicyError, RuleDefinition,
    SoFar, Thresholds, Trend, Turn, Value, rejudge,
};

static CHANNEL: LazyLock<ChannelId> = LazyLock::new(|| ChannelId::new("website").expect("a key"));
static NO_ATTRIBUTES: BTreeMap<String, Value> = BTreeMap::new();

/// A Monday, ten in the morning in UTC.
const NOW: Timestamp = Timestamp(1_767_607_200_000);
const MINUTE_MS: i64 = 60_000;

fn turn(text: &str) -> Turn<'_> {
    Turn {
        text,
        history: &[],
        channel: &CHANNEL,
        tier: None,
        language_hint: None,
        attributes: &NO_ATTRIBUTES,
        now: NOW,
        time_zone: "UTC",
        person_in_control: false,
        so_far: SoFar::default(),
    }
}

fn id(id: &str) -> RuleId {
    RuleId::new(id).expect("a key")
}

fn detector(policy: Policy) -> Detector {
    Detector::new(policy).expect("a policy that holds")
}

fn over(name: &str, when: &str, adjustments: Vec<Adjustment>) -> OverrideDefinition {
    OverrideDefinition { id: id(name), when: when.to_owned(), adjustments }
}

fn hand_off_at(graded: Graded, value: f32) -> Adjustment {
    Adjustment::Level(Lever::HandOff(graded), Some(value))
}

/// What the changes give that the trace names.
fn changes(verdict: &Verdict) -> Vec<(Change, VerdictKind)> {
    verdict.counterfactuals.iter().map(|Counterfactual { change, kind }| (change.clone(), *kind)).collect()
}

const ANNOYED: &str = "the answer was disappointing";

#[test]
fn gold_customers_in_the_morning_are_handed_off_sooner_and_the_trace_names_the_override() {
    let overrides = vec![over(
        "gold-mornings",
        "tier == \"gold\" && hour < 12 && channel == \"website\"",
        vec![hand_off_at(Graded::Frustration, 0.5)],
    )];
    let detector = detector(Policy { overrides, ..Policy::default() });
    let gold = Tier::new("gold").unwrap();
    assert_eq!(detector.assess(&turn(ANNOYED)).kind, VerdictKind::Suggest, "anybody else is asked");

    let verdict = detector.assess(&Turn { tier: Some(&gold), ..turn(ANNOYED) });
    assert_eq!(verdict.kind, VerdictKind::HandOff);
    assert_eq!(verdict.overrides, [id("gold-mornings")]);
    assert_eq!(verdict.signals[0].threshold, Some(0.5));
    let without = (Change::WithoutOverride(id("gold-mornings")), VerdictKind::Suggest);
    assert!(changes(&verdict).contains(&without), "{:?}", verdict.counterfactuals);

    let evening = Turn { tier: Some(&gold), now: Timestamp(NOW.0 + 8 * 60 * MINUTE_MS), ..turn(ANNOYED) };
    assert_eq!(detector.assess(&evening).kind, VerdictKind::Suggest);
}

#[test]
fn a_later_override_has_the_last_word() {
    let overrides = vec![
        over("a", "true", vec![hand_off_at(Graded::Frustration, 0.5)]),
        over("b", "true", vec![hand_off_at(Graded::Frustration, 1.0)]),
    ];
    let verdict = detector(Policy { overrides, ..Policy::default() }).assess(&turn(ANNOYED));
    assert_eq!((verdict.kind, verdict.signals[0].threshold), (VerdictKind::Suggest, Some(1.0)));
}

#[test]
fn nobody_asks_again_shortly_after_the_customer_declined() {
    let policy = Policy { cool_down: CoolDown { turns: 2, minutes: 10 }, ..Policy::default() };
    let detector = detector(policy);
    let after = |turns_since, minutes: i64, text| {
        let declined = Declined { at: Timestamp(NOW.0 - minutes * MINUTE_MS), turns_since };
        detector.assess(&Turn { so_far: SoFar { declined: Some(declined), ..SoFar::default() }, ..turn(text) })
    };
    let soon = after(1, 1, ANNOYED);
    assert_eq!(soon.kind, VerdictKind::Keep);
    assert_eq!(changes(&soon).last(), Some(&(Change::WithoutCoolDown, VerdictKind::Suggest)));
    assert!(soon.would_change.iter().any(|said| said.contains("declined a suggestion shortly before")));

    assert_eq!(after(3, 1, ANNOYED).kind, VerdictKind::Suggest, "two messages later it is over");
    assert_eq!(after(1, 10, ANNOYED).kind, VerdictKind::Suggest, "ten minutes later it is over");
    assert_eq!(after(1, 1, "I want to talk to a person").kind, VerdictKind::HandOff, "a request always wins");
}

#[test]
fn displeasure_that_lasts_suggests_a_person_where_one_message_alone_would_not() {
    let thresholds = Thresholds::default().with(&[
        Adjustment::Level(Lever::HandOff(Graded::Frustration), Some(1.0)),
        Adjustment::Level(Lever::Suggest(Graded::Frustration), Some(0.9)),
        Adjustment::Level(Lever::Suggest(Graded::Dissatisfaction), Some(0.9)),
        Adjustment::Level(Lever::Suggest(Graded::Trend), Some(0.4)),
    ]);
    let detector = detector(Policy { thresholds, trend: Trend { turns: 3 }, ..Policy::default() });
    let alone = detector.assess(&turn(ANNOYED));
    assert_eq!(alone.kind, VerdictKind::Keep);
    let mood = alone.displeasure();
    assert!(mood > 0.4, "{mood}");

    let moods = [0.0, 0.9, 0.3, mood];
    let lasting = detector.assess(&Turn { so_far: SoFar { moods: &moods, ..SoFar::default() }, ..turn(ANNOYED) });
    assert_eq!(lasting.triggers, [Trigger::Trend]);
    let trend = lasting.signals.iter().find(|signal| signal.name == SignalName::Trend).unwrap();
    assert!((trend.value - (0.3 + mood + mood) / 3.0).abs() < 1e-5, "only the last three count: {}", trend.value);

    let content = detector.assess(&Turn { so_far: SoFar { moods: &moods, ..SoFar::default() }, ..turn("thank you") });
    assert_eq!(content.kind, VerdictKind::Keep, "who is content now is not handed off for what was");
}

#[test]
fn what_would_have_changed_a_verdict_does_change_it() {
    let rules = vec![RuleDefinition {
        id: id("refunds"),
        when: "message.contains(\"refund\")".to_owned(),
        kind: VerdictKind::Suggest,
        needs: Needs::default(),
    }];
    let detector = detector(Policy { rules, ..Policy::default() });
    for text in [ANNOYED, "where is my refund", "I want a person", "this is useless, where is my refund", "hello"] {
        let verdict = detector.assess(&turn(text));
        for (change, kind) in changes(&verdict) {
            assert_ne!(kind, verdict.kind, "{text}: {change:?}");
            // A threshold moved to where the signal stands is the same change seen from the other side.
            let moved = |signal: SignalName, to: &dyn Fn(f32) -> f32| {
                let graded = Graded::ALL.into_iter().find(|graded| graded.signal() == signal)?;
                let value = verdict.signals.iter().find(|own| own.name == signal)?.value;
                let levels = Thresholds::default().levels(graded);
                let to = to(value).clamp(0.0, 1.0);
                let lever = match &change {
                    Change::Reaches { value, .. } | Change::StaysBelow { value, .. }
                        if levels.hand_off == Some(*value) =>
                    {
                        Lever::HandOff(graded)
                    }
                    Change::Reaches { .. }
                    | Change::StaysBelow { .. }
                    | Change::WithoutRule(_)
                    | Change::WithoutOverride(_)
                    | Change::WithoutCoolDown
                    | Change::WithoutGoodbye => Lever::Suggest(graded),
                };
                Some(Thresholds::default().with(&[Adjustment::Level(lever, Some(to))]))
            };
            let thresholds = match &change {
                Change::Reaches { signal, .. } => moved(*signal, &|value| value),
                Change::StaysBelow { .. }
                | Change::WithoutRule(_)
                | Change::WithoutOverride(_)
                | Change::WithoutCoolDown
                | Change::WithoutGoodbye => None,
            };
            if let Some(thresholds) = thresholds {
                assert_eq!(rejudge(&verdict, &thresholds), kind, "{text}: {change:?}");
            }
        }
    }
    let refund = detector.assess(&turn("where is my refund"));
    assert!(changes(&refund).contains(&(Change::WithoutRule(id("refunds")), VerdictKind::Keep)), "{refund:?}");
}

#[test]
fn a_stored_verdict_is_judged_again_by_other_thresholds() {
    let verdict = detector(Policy::default()).assess(&turn(ANNOYED));
    assert_eq!(rejudge(&verdict, &Thresholds::default()), verdict.kind);
    let keener = Thresholds::default().with(&[hand_off_at(Graded::Frustration, 0.5)]);
    assert_eq!(rejudge(&verdict, &keener), VerdictKind::HandOff);
}

#[test]
fn an_admin_is_told_what_is_wrong_with_an_override() {
    let refused = |over| Detector::new(Policy { overrides: vec![over], ..Policy::default() }).err().expect("refused");
    let said = refused(over("gold", "teer == \"gold\"", vec![hand_off_at(Graded::Frustration, 0.5)])).to_string();
    assert!(said.starts_with("override `gold`, line 1, column 1: there is no variable `teer`"), "{said}");
    assert!(matches!(refused(over("gold", "true", Vec::new())), PolicyError::EmptyOverride { .. }));
    let above = refused(over("gold", "true", vec![hand_off_at(Graded::Frustration, 0.2)]));
    assert!(matches!(above, PolicyError::SuggestAboveThreshold { of: Some(_), .. }), "{above}");
}
