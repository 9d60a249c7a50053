//! What a verdict costs: every signal, topics, rules and a history, on a message of 110 bytes.

use std::collections::BTreeMap;
use std::hint::black_box;

use anyhow::Result;
use baton_core::{ChannelId, Language, Needs, RuleId, Seq, Timestamp, TopicId, VerdictKind};
use baton_detect::{Detector, Past, PastAuthor, Policy, RuleDefinition, SoFar, TopicDefinition, Turn};

use crate::Scale;
use crate::machine::own_core_seconds;
use crate::report::{Figure, Must};
use crate::statistics::{median, percentile};

const MESSAGE: &str =
    "I asked about the invoice twice already, and the page still shows the old amount. What am I supposed to do now";
/// Verdicts between two looks at the clock.
const TOGETHER: u32 = 200;

pub(crate) fn measure(scale: &Scale) -> Result<Vec<Figure>> {
    let detector = Detector::new(policy()?)?;
    let history = history();
    let (channel, attributes) = (ChannelId::new("website")?, BTreeMap::new());
    let turn = Turn {
        text: MESSAGE,
        history: &history,
        channel: &channel,
        tier: None,
        language_hint: Some(Language::ENGLISH),
        attributes: &attributes,
        now: Timestamp(1_795_000_000_000),
        time_zone: "Europe/Madrid",
        person_in_control: false,
        so_far: SoFar::default(),
    };
    let mut times = Vec::new();
    for _ in 0..scale.verdicts {
        let before = own_core_seconds()?;
        for _ in 0..TOGETHER {
            black_box(detector.assess(black_box(&turn)));
        }
        times.push((own_core_seconds()? - before) * 1e6 / f64::from(TOGETHER));
    }
    Ok(vec![Figure::new(
        ("6", "the detector, all signals, 110-byte message", "µs"),
        Must::AtMost(50.0),
        median(&times),
        (times.len(), 0),
        vec![
            "time on a core".to_owned(),
            format!("{} earlier turns", history.len()),
            format!("p99 of batches of {TOGETHER}: {:.1} µs", percentile(&times, 99)),
        ],
    )])
}

/// Topics and rules as a deployment has them.
fn policy() -> Result<Policy> {
    let topic = |name: &str, phrases: &[&str]| -> Result<TopicDefinition> {
        Ok(TopicDefinition {
            id: TopicId::new(name)?,
            phrases: phrases.iter().map(|phrase| (*phrase).to_owned()).collect(),
        })
    };
    let rule = |name: &str, when: &str| -> Result<RuleDefinition> {
        Ok(RuleDefinition {
            id: RuleId::new(name)?,
            when: when.to_owned(),
            kind: VerdictKind::HandOff,
            needs: Needs::default(),
        })
    };
    Ok(Policy {
        topics: vec![
            topic(
                "legal",
                &["lawyer", "lawsuit", "legal action", "court", "complaint", "abogado", "Anwalt", "avocat"],
            )?,
            topic("billing", &["invoice", "charged", "refund", "payment", "credit card", "factura", "Rechnung"])?,
            topic("delivery", &["parcel", "delivery", "tracking", "shipment", "courier", "paquete", "Paket"])?,
        ],
        rules: vec![
            rule("legal-to-people", "topic == \"legal\"")?,
            rule("gold-first-failure", "tier == \"gold\" && bot_failures >= 1")?,
            rule("night", "topic == \"billing\" && (hour < 6 || hour > 22)")?,
        ],
        ..Policy::default()
    })
}

fn history() -> Vec<Past> {
    let said = [
        (PastAuthor::Customer, "Hello, my invoice of March shows an amount that I never agreed to."),
        (
            PastAuthor::Bot { knew: true },
            "You find your invoices under Account, Billing. Each can be downloaded as a PDF.",
        ),
        (PastAuthor::Customer, "I know where they are. The amount is wrong, it should be the old price."),
        (PastAuthor::Bot { knew: false }, "I am sorry, I did not find anything about that."),
        (PastAuthor::Customer, "The invoice is wrong. How can I have it corrected?"),
        (
            PastAuthor::Bot { knew: true },
            "Invoices are made on the first of each month and cannot be changed by the bot.",
        ),
    ];
    let turns = said.iter().cycle().take(12).zip(1_u64..);
    turns.map(|((author, text), seq)| Past { seq: Seq(seq), author: *author, text: (*text).to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_is_as_long_as_it_is_said_to_be() {
        assert_eq!(MESSAGE.len(), 110);
    }
}
