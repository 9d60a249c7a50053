//! What somebody can do right now: asked of `decide` itself, so that no client types a rule again.

use std::time::Duration;

use uuid::Uuid;

use crate::command::{ClosedBy, Command, Limits};
use crate::conversation::{Controller, Conversation};
use crate::decide::{Action, Actor};
use crate::event::{DeclineReason, Rating, Requester, Seq, Slot, TransferTarget};
use crate::ids::{AgentId, HandoffId, QueueId};
use crate::needs::{Admission, Needs, Priority, Staffing};
use crate::time::Timestamp;
use crate::verdict::Verdict;

impl Conversation {
    /// The actions that `decide` would not refuse `actor` now. Whether the actor may see the conversation at all is
    /// the authorisation matrix's question, not this one's.
    pub fn can(&self, now: Timestamp, limits: &Limits, actor: &Actor) -> Vec<Action> {
        let mut actions: Vec<Action> = self
            .attempts(actor)
            .into_iter()
            .filter(|(_, command)| self.decide(now, limits, command).is_ok())
            .map(|(action, _)| action)
            .collect();
        // A supervisor has two ways to some actions: as the holder and from outside.
        actions.sort_unstable();
        actions.dedup();
        actions
    }

    fn attempts(&self, actor: &Actor) -> Vec<(Action, Command)> {
        let none = HandoffId(Uuid::nil());
        let handoff = self.handoff().map_or(none, |handoff| handoff.id);
        let Some(queue) = self.handoff().map(|handoff| handoff.queue.clone()).or_else(|| QueueId::new("any").ok())
        else {
            return Vec::new();
        };
        let admission = Admission {
            queue: queue.clone(),
            needs: Needs::default(),
            staffing: Staffing::Nobody { reason: crate::NobodyReason::NobodyAvailable, opens_at: None },
        };
        let request = |by| Command::RequestHandoff {
            handoff: none,
            by,
            epoch: None,
            triggers: Vec::new(),
            admission: admission.clone(),
        };
        let close = |by| Command::Close { by, disposition: None, wrap_up: Duration::ZERO, survey: false };
        match actor {
            Actor::Customer => {
                let verdict = Box::new(Verdict::keep(self.language));
                let suggested = self.suggestion.as_ref().map_or(Seq(0), |suggestion| suggestion.message);
                let survey = self.surveys.first().copied().unwrap_or(none);
                let mut attempts = vec![
                    (
                        Action::PostMessage,
                        Command::PostCustomerMessage {
                            body_bytes: 1,
                            verdict,
                            handoff: none,
                            admission: admission.clone(),
                        },
                    ),
                    (Action::RequestHandoff, request(Requester::Customer)),
                    (Action::CancelHandoff, Command::CancelHandoff),
                    (Action::AnswerSuggestion, Command::DeclineSuggestion { message: suggested }),
                    (Action::LeaveContact, Command::LeaveContact { by: crate::Alternative::Message }),
                    (Action::Close, close(ClosedBy::Customer)),
                ];
                attempts.extend(
                    Rating::new(5)
                        .map(|rating| (Action::AnswerSurvey, Command::AnswerSurvey { handoff: survey, rating })),
                );
                attempts
            }
            Actor::Bot => {
                let mut by_bot = request(Requester::Bot);
                if let Command::RequestHandoff { epoch, .. } = &mut by_bot {
                    *epoch = Some(self.epoch);
                }
                vec![
                    (
                        Action::PostMessage,
                        Command::PostBotMessage {
                            epoch: self.epoch,
                            in_reply_to: None,
                            body_bytes: 1,
                            knew: true,
                            promise: None,
                        },
                    ),
                    (Action::RequestHandoff, by_bot),
                ]
            }
            Actor::Agent(agent) => {
                let mut attempts = self.held_attempts(agent, queue);
                attempts.push((Action::Close, close(ClosedBy::Agent { agent: agent.clone(), epoch: self.epoch })));
                attempts
            }
            Actor::Supervisor(agent) => {
                let mut attempts = self.held_attempts(agent, queue.clone());
                attempts.push((Action::RequestHandoff, request(Requester::Agent(agent.clone()))));
                attempts.push((
                    Action::Assign,
                    Command::Assign { handoff, agent: agent.clone(), slots: vec![Slot(0)], by: agent.clone() },
                ));
                attempts.extend(
                    Priority::new(Priority::MAX).map(|priority| {
                        (Action::ChangePriority, Command::ChangePriority { priority, by: agent.clone() })
                    }),
                );
                attempts.push((
                    Action::Transfer,
                    Command::Transfer {
                        by: agent.clone(),
                        epoch: None,
                        to: TransferTarget::Queue(queue),
                        needs: Needs::default(),
                        staffed: true,
                        reason: None,
                        note_bytes: None,
                    },
                ));
                attempts.push((Action::Close, close(ClosedBy::Supervisor(agent.clone()))));
                attempts
            }
        }
    }

    fn held_attempts(&self, agent: &AgentId, queue: QueueId) -> Vec<(Action, Command)> {
        let mut attempts = vec![
            (Action::PostMessage, Command::PostAgentMessage { agent: agent.clone(), epoch: self.epoch, body_bytes: 1 }),
            (Action::PostNote, Command::PostNote { agent: agent.clone(), body_bytes: 1 }),
            (
                Action::Transfer,
                Command::Transfer {
                    by: agent.clone(),
                    epoch: Some(self.epoch),
                    to: TransferTarget::Queue(queue),
                    needs: Needs::default(),
                    staffed: true,
                    reason: None,
                    note_bytes: None,
                },
            ),
            (
                Action::HandBack,
                Command::HandBack { agent: agent.clone(), epoch: self.epoch, wrap_up: Duration::ZERO, survey: false },
            ),
            (Action::EndWrapUp, Command::EndWrapUp { agent: agent.clone(), disposition: None }),
        ];
        if let Controller::Offered { offer, .. } = &self.controller {
            attempts.push((Action::AcceptOffer, Command::AcceptOffer { offer: offer.id, agent: agent.clone() }));
            attempts.push((
                Action::DeclineOffer,
                Command::DeclineOffer { offer: offer.id, agent: agent.clone(), reason: DeclineReason::Other },
            ));
        }
        attempts
    }
}
