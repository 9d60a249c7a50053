//! Briefs, offers and decisions, for staff.

use baton_brief::{Cited, TriedOutcome, Writer};
use baton_engine::{BriefInfo, DecisionInfo, Deployment, Explanation, OfferInfo, TakeableInfo};

use super::conversation::customer_view;
use super::needs::needs_view;
use super::verdict::triggers_view;
use crate::wire::{
    BriefView, CitedView, ConsideredView, DecisionView, ExplanationView, KnownView, NeededView, OfferView,
    RelaxationView, TakeableView, TriedView, WaitingView,
};

pub(crate) fn brief_view(info: &BriefInfo) -> BriefView {
    let brief = &info.brief;
    BriefView {
        handoff: info.handoff.0,
        conversation: info.conversation.0,
        customer: Some(customer_view(&info.customer)),
        issue: cited_view(&brief.issue),
        why: triggers_view(&brief.why),
        tried: brief
            .tried
            .iter()
            .map(|tried| TriedView {
                question: tried.question.0,
                answer: tried.answer.0,
                text: tried.text.clone(),
                worked: outcome_word(tried.worked).to_owned(),
            })
            .collect(),
        summary: brief.summary.sentences.iter().map(cited_view).collect(),
        written_by: match &brief.summary.written_by {
            Writer::Extractive => "extractive".to_owned(),
            Writer::Model(model) => model.clone(),
        },
        known: brief
            .known
            .iter()
            .map(|known| KnownView {
                what: known.what.clone(),
                value: known.value.clone(),
                message: known.message.map(|seq| seq.0),
            })
            .collect(),
        messages: brief.messages,
        through: brief.through.0,
        truncated: brief.truncated,
        transfer_note: info.transfer_note.clone(),
    }
}

pub(crate) fn offer_view(offer: &OfferInfo, deployment: &Deployment) -> OfferView {
    OfferView {
        id: offer.offer.0,
        conversation: offer.conversation.0,
        handoff: offer.handoff.0,
        queue: offer.queue.to_string(),
        queue_name: deployment.queue_name(&offer.queue).to_owned(),
        since: offer.since.0,
        expires_at: offer.expires_at.0,
        ring_ms: u64::try_from(offer.ring.as_millis()).unwrap_or(u64::MAX),
        language: offer.language.to_string(),
        brief: brief_view(&offer.brief),
    }
}

pub(crate) fn takeable_view(takeable: &TakeableInfo, deployment: &Deployment) -> TakeableView {
    TakeableView {
        handoff: takeable.handoff.0,
        conversation: takeable.conversation.0,
        queue: takeable.queue.to_string(),
        queue_name: deployment.queue_name(&takeable.queue).to_owned(),
        since: takeable.since.0,
        language: takeable.language.to_string(),
        broadcast: takeable.broadcast,
        step: takeable.step,
        brief: brief_view(&takeable.brief),
    }
}

pub(crate) fn decision_view(decision: &DecisionInfo) -> DecisionView {
    DecisionView {
        at: decision.at.0,
        plan_version: decision.plan_version,
        chosen: decision.chosen.as_ref().map(ToString::to_string),
        reason: decision.reason.clone(),
        needed: decision.needed.as_ref().map(|needed| NeededView {
            skills: needed.skills.clone(),
            language: needed.language.clone(),
            language_required: needed.language_required,
            weight: needed.weight,
            urgent: needed.urgent,
        }),
        step: decision.step,
        queues: decision.queues.clone(),
        choose: decision.choose.map(ToOwned::to_owned),
        considered: decision
            .considered
            .iter()
            .map(|(agent, why_not)| ConsideredView { agent: agent.to_string(), why_not: why_not.clone() })
            .collect(),
        not_listed: decision.not_listed,
    }
}

/// An explanation, as it goes over the wire and as the command line prints it.
pub fn explanation_view(explanation: &Explanation) -> ExplanationView {
    let row = &explanation.handoff;
    ExplanationView {
        at: explanation.at.0,
        handoff: row.handoff.0,
        conversation: row.conversation.0,
        queue: row.queue.to_string(),
        requested_at: row.requested_at.0,
        accepted_at: row.accepted_at.map(|at| at.0),
        ended_at: row.ended_at.map(|at| at.0),
        outcome: row.outcome.clone(),
        agent: row.agent.as_ref().map(ToString::to_string),
        waiting: explanation.waiting.as_ref().map(|waiting| WaitingView {
            needs: needs_view(&waiting.needs),
            place: waiting.place,
            queued_at: waiting.queued_at.0,
            now: waiting.now.as_ref().map(decision_view),
            relaxes: waiting
                .relaxes
                .iter()
                .map(|(at, relaxes)| RelaxationView { at: at.0, relaxes: relaxes.clone() })
                .collect(),
        }),
        decisions: explanation.decisions.iter().map(decision_view).collect(),
    }
}

fn cited_view(cited: &Cited) -> CitedView {
    CitedView { text: cited.text.clone(), messages: cited.messages.iter().map(|seq| seq.0).collect() }
}

fn outcome_word(outcome: TriedOutcome) -> &'static str {
    match outcome {
        TriedOutcome::DidNotKnow => "did_not_know",
        TriedOutcome::AskedAgain => "asked_again",
        TriedOutcome::Unclear => "unclear",
    }
}
