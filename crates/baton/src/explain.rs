//! `baton explain`: why a handoff stands where it stands, from a database or a running server.

use std::fmt::Write as _;

use anyhow::Context;
use baton_api::explanation_view;
use baton_api::wire::{DecisionView, ExplanationView, WaitingView};
use baton_core::HandoffId;
use baton_engine::{Clock, EngineError, SystemClock, explain_in_store};

use crate::arguments::Explain;
use crate::plan_text::moment;
use crate::versions::Versions;

pub(crate) async fn run(arguments: Explain) -> anyhow::Result<()> {
    let place = Versions::open_existing(&arguments.place).await?;
    let explained = match &place {
        Versions::Store(store) => explain_in_store(store, HandoffId(arguments.handoff), SystemClock.now())
            .await
            .map(|explanation| explanation_view(&explanation))
            .map_err(|error| {
                if matches!(error, EngineError::NotFound) {
                    anyhow::anyhow!("there is no handoff {} here", arguments.handoff)
                } else {
                    error.into()
                }
            }),
        Versions::Remote(remote) => {
            remote.get(&format!("/v1/handoffs/{}/explanation", arguments.handoff)).await.context("explain the handoff")
        }
    };
    place.close().await;
    let explained = explained?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&explained)?);
    } else {
        print!("{}", text(&explained));
    }
    Ok(())
}

fn text(explained: &ExplanationView) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "Handoff {} of conversation {}", explained.handoff, explained.conversation);
    let _ = write!(text, "  requested {} in queue {}", moment(explained.requested_at), explained.queue);
    if let Some(accepted) = explained.accepted_at {
        let seconds = (accepted - explained.requested_at) / 1000;
        let agent = explained.agent.as_deref().unwrap_or("somebody");
        let _ = write!(text, ", taken by {agent} after {seconds} s");
    }
    let _ = match explained.ended_at {
        Some(ended) => writeln!(text, ", ended {} ({})", moment(ended), explained.outcome),
        None => writeln!(text, ", {}", explained.outcome),
    };
    if let Some(waiting) = &explained.waiting {
        waits(&mut text, waiting);
    }
    if explained.decisions.is_empty() {
        text.push_str("\nNothing was decided yet.\n");
    }
    for made in &explained.decisions {
        let _ = writeln!(text, "\n{}, configuration {}", moment(made.at), made.plan_version);
        decision(&mut text, made);
    }
    text
}

fn waits(text: &mut String, waiting: &WaitingView) {
    let _ = writeln!(text, "\nIt waits in place {}, in this queue since {}.", waiting.place, moment(waiting.queued_at));
    let needs = &waiting.needs;
    let mut asked = Vec::new();
    asked.extend(needs.topic.as_ref().map(|topic| format!("topic {topic}")));
    asked.extend(needs.tier.as_ref().map(|tier| format!("tier {tier}")));
    asked.extend(needs.language.as_ref().map(|language| format!("language {language}")));
    asked.extend(needs.skills.iter().map(|(skill, level)| format!("{skill} at level {level}")));
    asked.extend(needs.preferred_agent.as_ref().map(|agent| format!("{agent} if possible")));
    asked.push(format!("priority {}", needs.priority));
    asked.extend((needs.weight > 1).then(|| format!("{} slots", needs.weight)));
    let _ = writeln!(text, "  asked with: {}", asked.join(", "));
    for step in &waiting.relaxes {
        let _ = writeln!(text, "  relaxes {}: {}", moment(step.at), step.relaxes);
    }
    if let Some(now) = &waiting.now {
        text.push_str("  at this moment:\n");
        decision(text, now);
    }
}

fn decision(text: &mut String, decision: &DecisionView) {
    let _ = match &decision.chosen {
        Some(agent) => writeln!(text, "  chosen: {agent}, {}", decision.reason),
        None => writeln!(text, "  nobody: {}", decision.reason),
    };
    if let Some(needed) = &decision.needed {
        let mut asked: Vec<String> =
            needed.skills.iter().map(|(skill, level)| format!("{skill} at level {level}")).collect();
        asked.extend(needed.language.as_ref().map(|language| {
            format!("language {language}{}", if needed.language_required { "" } else { " if possible" })
        }));
        asked.extend((needed.weight > 1).then(|| format!("{} slots", needed.weight)));
        asked.extend(needed.urgent.then(|| "urgent".to_owned()));
        let asked = if asked.is_empty() { "nothing in particular".to_owned() } else { asked.join(", ") };
        let _ = writeln!(
            text,
            "  needed: {asked}; relaxation step {}; queues {}",
            decision.step,
            decision.queues.join(", ")
        );
    }
    for considered in &decision.considered {
        let why = considered.why_not.as_deref().unwrap_or("chosen");
        let _ = writeln!(text, "    {:<16} {why}", considered.agent);
    }
    if decision.not_listed > 0 {
        let _ = writeln!(text, "    and {} more", decision.not_listed);
    }
}
