//! One scripted customer, from coming to leaving.

use std::time::Duration;

use baton_api::wire::{
    AnswerSurvey, AuthorKind, ClientFrame, CloseConversation, ControllerName, ConversationView, EventKind,
    LeaveContact, NeedsView, RequestHandoff, SendFrame, ServerFrame, StartConversation, SubscribeFrame, TypingFrame,
};
use reqwest::Method;
use serde_json::{Map, Value};
use tokio::time::Instant;
use uuid::Uuid;

use super::House;
use super::client::{Answer, NOTHING, Trouble};
use super::script::{Asking, GivingUp, Visit};
use super::socket::Socket;

/// How long a bot gets to answer before the customer writes on.
const BOT_ANSWERS_WITHIN: Duration = Duration::from_secs(10);
/// The longest talk with a person.
const TALK_MAX: Duration = Duration::from_mins(15);

/// A visit to the end, also when the house closes in the middle of it.
pub(super) async fn visits(house: &House, visit: Visit) {
    let begun = match begin(house, &visit).await {
        Ok(begun) => begun,
        Err(trouble) => return tell(visit.number, &trouble),
    };
    let (token, id) = begun.clone();
    tokio::select! {
        stayed = stay(house, visit.clone(), begun) => if let Err(trouble) = stayed { tell(visit.number, &trouble) },
        () = house.closing() => {}
    }
    // Nothing that was begun is left behind for agents who will not be there. Closed already is as good.
    let goodbye = CloseConversation { epoch: None, disposition: None };
    let _: Answer<Value> = house.site.post(&format!("/v1/conversations/{id}/close"), &token, &goodbye).await;
}

fn tell(number: u64, trouble: &Trouble) {
    tracing::debug!(number, ?trouble, "a scripted customer left early");
}

async fn begin(house: &House, visit: &Visit) -> Answer<(String, Uuid)> {
    let session = house.site.customer_session("website").await?;
    let id = Uuid::now_v7();
    let mut attributes = Map::from_iter([("scripted".to_owned(), Value::Bool(true))]);
    attributes.insert("visit".to_owned(), Value::from(visit.number));
    if let Some(tier) = visit.tier {
        attributes.insert("plan".to_owned(), Value::from(tier));
    }
    let start = StartConversation {
        id,
        channel: None,
        language: Some(visit.language.to_owned()),
        page: Some(format!("https://shop.example{}", visit.page)),
        attributes,
    };
    let _: ConversationView = house.site.post("/v1/conversations", &session.access_token, &start).await?;
    Ok((session.access_token, id))
}

/// The conversation as this customer follows it.
struct Talk<'a> {
    house: &'a House,
    token: String,
    id: Uuid,
    socket: Socket,
    state: Option<ConversationView>,
    sent: u32,
}

async fn stay(house: &House, visit: Visit, (token, id): (String, Uuid)) -> Answer<()> {
    let mut socket = Socket::open(&house.site, &token).await?;
    socket.say(&ClientFrame::Subscribe(SubscribeFrame { conversation: id, after: 0, epoch: None })).await?;
    let mut talk = Talk { house, token, id, socket, state: None, sent: 0 };
    for question in &visit.questions {
        talk.write(question, visit.thinks).await?;
        let answered = talk.wait_for(BOT_ANSWERS_WITHIN, |heard| heard.by(AuthorKind::Bot) || heard.waits()).await?;
        if answered.is_some_and(|heard| heard.waits()) {
            break;
        }
    }
    match visit.asks {
        _ if talk.waits() => {}
        None => return Ok(()),
        Some(Asking::Button) => {
            let asked = RequestHandoff { handoff: Uuid::now_v7(), epoch: None, needs: NeedsView::default() };
            let path = talk.path("/handoff");
            let _: Value = house.site.post(&path, &talk.token, &asked).await?;
        }
        Some(Asking::Words(words)) => talk.write(words, visit.thinks).await?,
    }
    if !talk.wait_for_person(&visit).await? {
        return Ok(());
    }
    talk.with_person(&visit).await?;
    talk.answer_survey(&visit).await
}

/// One thing heard on the socket.
struct Heard {
    author: Option<AuthorKind>,
    controller: Option<ControllerName>,
}

impl Heard {
    fn by(&self, author: AuthorKind) -> bool {
        self.author == Some(author)
    }

    fn waits(&self) -> bool {
        matches!(self.controller, Some(ControllerName::Queued | ControllerName::Offered))
    }

    fn with_person(&self) -> bool {
        self.controller == Some(ControllerName::Agent)
    }
}

impl Talk<'_> {
    fn path(&self, rest: &str) -> String {
        format!("/v1/conversations/{}{rest}", self.id)
    }

    fn controller(&self) -> Option<ControllerName> {
        self.state.as_ref().map(|state| state.controller.kind)
    }

    fn waits(&self) -> bool {
        matches!(self.controller(), Some(ControllerName::Queued | ControllerName::Offered))
    }

    /// Thinks, types and sends.
    async fn write(&mut self, text: &str, thinks: Duration) -> Answer<()> {
        let conversation = self.id;
        self.idle(thinks / 2).await?;
        self.socket.say(&ClientFrame::Typing(TypingFrame { conversation, typing: true })).await?;
        self.idle(thinks / 2).await?;
        self.sent += 1;
        let client_id = format!("c{}", self.sent);
        let message =
            SendFrame { conversation, client_id, text: text.to_owned(), attachments: Vec::new(), epoch: None };
        self.socket.say(&ClientFrame::Send(message)).await
    }

    /// Lets time pass and reads meanwhile.
    async fn idle(&mut self, span: Duration) -> Answer<()> {
        self.wait_for(span, |_| false).await.map(|_| ())
    }

    /// What is heard first of what `is` takes, within a span of the script.
    async fn wait_for(&mut self, within: Duration, is: impl Fn(&Heard) -> bool) -> Answer<Option<Heard>> {
        let until = Instant::now() + self.house.span(within);
        while let Ok(frame) = tokio::time::timeout_at(until, self.socket.next()).await {
            let heard = self.take(frame?);
            if is(&heard) {
                return Ok(Some(heard));
            }
        }
        Ok(None)
    }

    fn take(&mut self, frame: ServerFrame) -> Heard {
        let mut author = None;
        match frame {
            ServerFrame::Subscribed(subscribed) => self.state = Some(subscribed.state),
            ServerFrame::Events(events) => {
                for event in events.events {
                    if let EventKind::MessagePosted(message) = event.what {
                        author = Some(message.author.kind);
                    }
                }
                if let Some(state) = events.state {
                    self.state = Some(state);
                }
            }
            ServerFrame::Welcome(_)
            | ServerFrame::Reload(_)
            | ServerFrame::Ack(_)
            | ServerFrame::Refused(_)
            | ServerFrame::Typing(_)
            | ServerFrame::Marks(_)
            | ServerFrame::Place(_)
            | ServerFrame::Offer(_)
            | ServerFrame::OfferGone(_)
            | ServerFrame::Takeable(_)
            | ServerFrame::TakeableGone(_)
            | ServerFrame::Summary(_)
            | ServerFrame::Floor(_)
            | ServerFrame::Reminder(_)
            | ServerFrame::ReminderDone(_)
            | ServerFrame::Viewers(_)
            | ServerFrame::Pong(_) => {}
        }
        Heard { author, controller: self.controller() }
    }

    /// Whether a person came before the patience was over.
    async fn wait_for_person(&mut self, visit: &Visit) -> Answer<bool> {
        if self.wait_for(visit.patience, Heard::with_person).await?.is_some()
            || self.controller() == Some(ControllerName::Agent)
        {
            return Ok(true);
        }
        match visit.gives_up {
            GivingUp::Leaves => {}
            GivingUp::LeavesMessage => {
                let left = LeaveContact {
                    email: Some(format!("customer{}@shop.example", visit.number)),
                    phone: None,
                    text: "Please write to me about it.".to_owned(),
                };
                let _: Value = self.house.site.post(&self.path("/contact"), &self.token, &left).await?;
            }
            GivingUp::StaysWithBot => {
                let (path, token) = (self.path("/handoff"), self.token.clone());
                let _: Value = self.house.site.ask(Method::DELETE, &path, Some(&token), NOTHING).await?;
                self.write(visit.questions.first().copied().unwrap_or("Hello?"), visit.thinks).await?;
                self.wait_for(BOT_ANSWERS_WITHIN, |heard| heard.by(AuthorKind::Bot)).await?;
            }
        }
        Ok(false)
    }

    /// Replies to what the person writes, until the person is done.
    async fn with_person(&mut self, visit: &Visit) -> Answer<()> {
        let until = Instant::now() + self.house.span(TALK_MAX);
        let mut replies = visit.replies.iter();
        while Instant::now() < until {
            let Some(heard) =
                self.wait_for(TALK_MAX, |heard| heard.by(AuthorKind::Agent) || !heard.with_person()).await?
            else {
                return Ok(());
            };
            match heard.controller {
                Some(ControllerName::Agent) => {
                    if let Some(reply) = replies.next() {
                        self.write(reply, visit.thinks).await?;
                    }
                }
                // Back in the queue: the talk goes on when somebody else has it.
                Some(ControllerName::Queued | ControllerName::Offered) => {
                    if !self.wait_for_person(visit).await? {
                        return Ok(());
                    }
                }
                Some(ControllerName::Bot | ControllerName::Closed) | None => return Ok(()),
            }
            if matches!(self.controller(), Some(ControllerName::Bot | ControllerName::Closed)) {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn answer_survey(&mut self, visit: &Visit) -> Answer<()> {
        let Some(rating) = visit.rating else { return Ok(()) };
        self.idle(visit.thinks).await?;
        let surveys = self.state.as_ref().map(|state| state.surveys.clone()).unwrap_or_default();
        for handoff in surveys {
            let answer = AnswerSurvey { handoff, rating, comment: None };
            let _: Value = self.house.site.post(&self.path("/survey"), &self.token, &answer).await?;
        }
        Ok(())
    }
}
