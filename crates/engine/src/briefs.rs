//! The brief as the engine serves it: composed from the log when it is asked for, with a model's summary where there is one.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_brief::{
    Brief, Cited, Line, LineAuthor, Redactor, Story, Summary, Writer, compose, prompt, read_model_summary,
};
use baton_core::{Author, Controller, ConversationId, Event, Handoff, HandoffId, Notice, Seq, TopicId, Trigger};
use baton_store::Customer;
use serde::{Deserialize, Serialize};

use crate::customers::known_attributes;
use crate::error::EngineError;
use crate::hub::{OfferInfo, StoredEvent};
use crate::shell::{Loaded, Shell};

/// What an agent gets before saying yes.
#[derive(Debug, Clone)]
pub struct BriefInfo {
    pub handoff: HandoffId,
    pub conversation: ConversationId,
    pub brief: Brief,
    pub customer: Arc<Customer>,
    /// What the agent who passed it on wrote.
    pub transfer_note: Option<String>,
}

/// A model's summary as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptSummary {
    model: String,
    issue: KeptCited,
    sentences: Vec<KeptCited>,
}

#[derive(Serialize, Deserialize)]
struct KeptCited {
    text: String,
    messages: Vec<u64>,
}

impl KeptCited {
    /// What the model wrote, with the values back that it did not see.
    fn of(cited: &Cited, redactor: &Redactor) -> Self {
        Self { text: redactor.restore(&cited.text), messages: cited.messages.iter().map(|seq| seq.0).collect() }
    }

    fn cited(self) -> Cited {
        Cited { text: self.text, messages: self.messages.into_iter().map(Seq).collect() }
    }
}

/// A handoff as the log tells it: what a brief needs of it.
struct Told {
    triggers: Vec<Trigger>,
    topic: Option<TopicId>,
    message: Option<Seq>,
}

impl Shell {
    /// The brief of a handoff, current or past.
    pub(crate) async fn brief_of(self: &Arc<Self>, handoff: HandoffId) -> Result<BriefInfo, EngineError> {
        let row = self.store.read(move |tx| tx.handoff(handoff)).await?.ok_or(EngineError::NotFound)?;
        let loaded = self.load(row.conversation).await?;
        self.brief_in(&loaded, handoff).await
    }

    async fn brief_in(self: &Arc<Self>, loaded: &Loaded, handoff: HandoffId) -> Result<BriefInfo, EngineError> {
        let stored = self.transcript(loaded.conversation.id, Seq(0), loaded.conversation.seq).await?;
        let told = told(&stored, handoff, loaded.conversation.handoff()).ok_or(EngineError::NotFound)?;
        let lines = lines(&stored);
        let attributes = known_attributes(&loaded.customer);
        let story = story(&lines, &told, &attributes);
        let mut brief = compose(&story);
        let kept = self.store.read(move |tx| tx.brief(handoff)).await?;
        if let Some(kept) = kept.and_then(|kept| serde_json::from_str::<KeptSummary>(&kept).ok()) {
            brief.issue = kept.issue.cited();
            brief.summary = Summary {
                sentences: kept.sentences.into_iter().map(KeptCited::cited).collect(),
                written_by: Writer::Model(kept.model),
            };
        }
        Ok(BriefInfo {
            handoff,
            conversation: loaded.conversation.id,
            brief,
            customer: Arc::clone(&loaded.customer),
            transfer_note: transfer_note(&stored),
        })
    }

    /// Has the configured model write the summary, of redacted text, within its time; what is unusable is not used.
    pub(crate) async fn model_summary(
        self: &Arc<Self>,
        id: ConversationId,
        handoff: HandoffId,
    ) -> Result<(), EngineError> {
        let deployment = self.deployment.load_full();
        let Some(writer) = &deployment.summary else { return Ok(()) };
        let loaded = self.load(id).await?;
        let stored = self.transcript(id, Seq(0), loaded.conversation.seq).await?;
        let Some(told) = told(&stored, handoff, loaded.conversation.handoff()) else { return Ok(()) };
        let lines = lines(&stored);
        let attributes = known_attributes(&loaded.customer);
        let story = story(&lines, &told, &attributes);
        let asked = prompt(&story);
        let unusable = |why: String| EngineError::invalid("summary", why);
        let reply = writer
            .completions
            .complete(&asked.system, &asked.user, writer.time_limit)
            .await
            .map_err(|failure| unusable(failure.to_string()))?;
        let (issue, summary) = read_model_summary(&reply, &story, writer.completions.model())
            .map_err(|error| unusable(error.to_string()))?;
        let kept = KeptSummary {
            model: writer.completions.model().to_owned(),
            issue: KeptCited::of(&issue, &asked.redactor),
            sentences: summary.sentences.iter().map(|sentence| KeptCited::of(sentence, &asked.redactor)).collect(),
        };
        let kept = serde_json::to_string(&kept).map_err(|error| unusable(error.to_string()))?;
        self.store.write(move |tx| tx.put_brief(handoff, &kept)).await?;
        // Whoever is being asked sees the better one at once.
        let loaded = self.load(id).await?;
        if let Some(info) = self.offer_info(&loaded).await? {
            let agent = info.agent.clone();
            self.hub.to_staff(crate::hub::Change::Offer(Box::new(info)), |listener, _| *listener == agent);
        }
        Ok(())
    }

    /// The open offer of a conversation, with its brief.
    pub(crate) async fn offer_info(self: &Arc<Self>, loaded: &Loaded) -> Result<Option<OfferInfo>, EngineError> {
        let Controller::Offered { handoff, offer } = &loaded.conversation.controller else { return Ok(None) };
        let deployment = self.deployment.load_full();
        let ring = deployment.plan.queues.get(&handoff.queue).map_or_else(Default::default, |queue| queue.ring);
        Ok(Some(OfferInfo {
            offer: offer.id,
            agent: offer.agent.clone(),
            conversation: loaded.conversation.id,
            handoff: handoff.id,
            queue: handoff.queue.clone(),
            since: handoff.since,
            expires_at: offer.expires_at,
            ring,
            language: loaded.conversation.language,
            brief: self.brief_in(loaded, handoff.id).await?,
        }))
    }
}

fn story<'a>(lines: &'a [Line], told: &'a Told, attributes: &'a BTreeMap<String, String>) -> Story<'a> {
    Story {
        lines,
        triggers: &told.triggers,
        topic: told.topic.as_ref(),
        attributes,
        trigger_message: told.message,
        omitted: 0,
    }
}

fn told(stored: &[StoredEvent], handoff: HandoffId, current: Option<&Handoff>) -> Option<Told> {
    stored.iter().find_map(|event| {
        let Event::HandoffRequested { handoff: id, triggers, needs, message, .. } = &event.recorded.event else {
            return None;
        };
        (*id == handoff).then(|| Told {
            triggers: triggers.clone(),
            // A transfer may have changed what it is about.
            topic: current
                .filter(|current| current.id == handoff)
                .map_or(&needs.topic, |current| &current.needs.topic)
                .clone(),
            message: *message,
        })
    })
}

fn transfer_note(stored: &[StoredEvent]) -> Option<String> {
    let transferred =
        stored.iter().rposition(|event| matches!(event.recorded.event, Event::HandoffTransferred { .. }))?;
    let note = stored.get(transferred.checked_sub(1)?)?;
    // The note and the transfer are one append.
    (matches!(note.recorded.event, Event::NotePosted { .. }) && note.recorded.at == stored[transferred].recorded.at)
        .then(|| note.body.as_ref().map(|body| body.text.clone()))?
}

fn lines(stored: &[StoredEvent]) -> Vec<Line> {
    stored
        .iter()
        .filter_map(|event| {
            let (seq, at) = (event.recorded.seq, event.recorded.at);
            let (author, text) = match (&event.recorded.event, &event.body) {
                (Event::MessagePosted { author, .. }, Some(body)) => (
                    match author {
                        Author::Customer => LineAuthor::Customer,
                        Author::Bot { knew, .. } => LineAuthor::Bot { knew: *knew },
                        Author::Agent(agent) => LineAuthor::Agent(agent.clone()),
                    },
                    crate::attachments::said(body),
                ),
                // The address is what whoever answers needs most.
                (Event::ContactLeft { .. }, Some(body)) => {
                    let named = |name| body.extra.get(name).and_then(serde_json::Value::as_str);
                    let reached = named("email").or_else(|| named("phone")).unwrap_or_default();
                    (LineAuthor::Customer, format!("{}\n{reached}", body.text).trim().to_owned())
                }
                (Event::NoticePosted { notice: Notice::BackToBot }, _) => {
                    (LineAuthor::System, "handed back to the bot".to_owned())
                }
                (_, _) => return None,
            };
            Some(Line { seq, at, author, text })
        })
        .collect()
}
