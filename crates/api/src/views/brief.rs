//! Briefs, offers and decisions, for staff.

use baton_brief::{Cited, TriedOutcome, Writer};
use baton_engine::{BriefInfo, DecisionInfo, Deployment, OfferInfo};

use super::conversation::customer_view;
use super::verdict::triggers_view;
use crate::wire::{BriefView, CitedView, ConsideredView, DecisionView, KnownView, OfferView, TriedView};

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

pub(crate) fn decision_view(decision: &DecisionInfo) -> DecisionView {
    DecisionView {
        at: decision.at.0,
        plan_version: decision.plan_version,
        chosen: decision.chosen.as_ref().map(ToString::to_string),
        reason: decision.reason.clone(),
        considered: decision
            .considered
            .iter()
            .map(|(agent, why_not)| ConsideredView { agent: agent.to_string(), why_not: why_not.clone() })
            .collect(),
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
