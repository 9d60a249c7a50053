//! The one socket, with a mailbox: frames are kept until somebody asks for them.

use std::collections::VecDeque;

use baton_api::wire::{
    ClientFrame, ConversationView, EventKind, EventView, HelloFrame, MarksView, MessageView, SendFrame, ServerFrame,
    SubscribeFrame, SubscribedFrame,
};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use uuid::Uuid;

use crate::client::{Answer, Site, Trouble};
use crate::program::PATIENCE;

/// Frames that nobody asked for; a test that lets more pile up would hide something.
const MAILBOX_MAX: usize = 2_000;

/// The other side closed, and with which code; none when the connection broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Closed(pub(crate) Option<u16>);

pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    mailbox: VecDeque<ServerFrame>,
    /// The log's identity.
    pub(crate) log_epoch: String,
}

impl Socket {
    /// Opens the socket and says hello.
    pub(crate) async fn open(site: &Site, token: &str) -> Answer<Self> {
        let ticket = site.ticket(token).await?;
        let gone = |why: String| Trouble::Gone(why);
        let (stream, _) = connect_async(format!("ws://{}/v1/socket", site.address()))
            .await
            .map_err(|error| gone(error.to_string()))?;
        let mut socket = Self { stream, mailbox: VecDeque::new(), log_epoch: String::new() };
        socket.say(ClientFrame::Hello(HelloFrame { ticket })).await.map_err(|closed| gone(format!("{closed:?}")))?;
        match socket.next().await {
            Ok(ServerFrame::Welcome(welcome)) => socket.log_epoch = welcome.epoch,
            Ok(other) => panic!("a socket begins with a welcome, not {other:?}"),
            Err(closed) => return Err(gone(format!("{closed:?}"))),
        }
        Ok(socket)
    }

    pub(crate) async fn say(&mut self, frame: ClientFrame) -> Result<(), Closed> {
        let text = serde_json::to_string(&frame).expect("wire types are JSON");
        self.stream.send(Message::text(text)).await.map_err(|_| Closed(None))
    }

    /// The next frame from the wire. It can be dropped half way without losing one.
    pub(crate) async fn next(&mut self) -> Result<ServerFrame, Closed> {
        if let Some(frame) = self.mailbox.pop_front() {
            return Ok(frame);
        }
        self.hear().await
    }

    async fn hear(&mut self) -> Result<ServerFrame, Closed> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Ok(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")));
                }
                Some(Ok(Message::Close(frame))) => return Err(Closed(frame.map(|frame| frame.code.into()))),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(Closed(None)),
            }
        }
    }

    /// The first frame that `pick` takes, now or later; the others stay for whoever asks for them.
    pub(crate) async fn until<T>(&mut self, what: &str, pick: impl FnMut(&ServerFrame) -> Option<T>) -> T {
        self.try_until(what, pick).await.unwrap_or_else(|closed| panic!("waiting for {what}: {closed:?}"))
    }

    async fn try_until<T>(&mut self, what: &str, mut pick: impl FnMut(&ServerFrame) -> Option<T>) -> Result<T, Closed> {
        for place in 0..self.mailbox.len() {
            if let Some(found) = pick(&self.mailbox[place]) {
                self.mailbox.remove(place);
                return Ok(found);
            }
        }
        let waited = async {
            loop {
                let frame = self.hear().await?;
                if let Some(found) = pick(&frame) {
                    return Ok(found);
                }
                self.mailbox.push_back(frame);
                assert!(self.mailbox.len() < MAILBOX_MAX, "waiting for {what}");
            }
        };
        let Ok(found) = tokio::time::timeout(PATIENCE, waited).await else {
            panic!("{what} did not come; the mailbox holds {:#?}", self.mailbox)
        };
        found
    }

    /// Waits for the other side's close, past everything before it.
    pub(crate) async fn closed(&mut self) -> Closed {
        let closed = async {
            loop {
                if let Err(closed) = self.hear().await {
                    return closed;
                }
            }
        };
        tokio::time::timeout(PATIENCE, closed).await.expect("the other side closes")
    }

    /// Follows a conversation from after `after`; gives what was caught up on and the state.
    pub(crate) async fn follow(
        &mut self,
        conversation: Uuid,
        after: u64,
    ) -> Result<(Vec<EventView>, ConversationView, MarksView), Closed> {
        let epoch = Some(self.log_epoch.clone());
        self.say(ClientFrame::Subscribe(SubscribeFrame { conversation, after, epoch })).await?;
        let mut caught_up = Vec::new();
        loop {
            let frame = self.hear().await?;
            match frame {
                // Live events come with the state after them.
                ServerFrame::Events(events) if events.conversation == conversation && events.state.is_none() => {
                    caught_up.extend(events.events);
                }
                ServerFrame::Subscribed(SubscribedFrame { conversation: id, state, marks }) if id == conversation => {
                    return Ok((caught_up, state, marks));
                }
                ServerFrame::Refused(_) | ServerFrame::Reload(_) => panic!("{frame:?}"),
                ServerFrame::Welcome(_)
                | ServerFrame::Subscribed(_)
                | ServerFrame::Events(_)
                | ServerFrame::Ack(_)
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
                | ServerFrame::Pong(_) => self.mailbox.push_back(frame),
            }
        }
    }

    /// Sends a message and waits for its number.
    pub(crate) async fn send(&mut self, message: SendFrame) -> Answer<u64> {
        let client_id = message.client_id.clone();
        let gone = |closed: Closed| Trouble::Gone(format!("{closed:?}"));
        self.say(ClientFrame::Send(message)).await.map_err(gone)?;
        self.try_until("the acknowledgement", |frame| {
            if let ServerFrame::Ack(ack) = frame
                && ack.client_id == client_id
            {
                return Some(Ok(ack.seq));
            }
            if let ServerFrame::Refused(refused) = frame
                && refused.client_id.as_ref() == Some(&client_id)
            {
                return Some(Err(Trouble::Refused(Box::new(refused.problem.clone()))));
            }
            None
        })
        .await
        .map_err(gone)?
    }

    /// The first event of a conversation that `pick` takes; events after it in the same frame stay to be asked for.
    pub(crate) async fn event<T>(
        &mut self,
        conversation: Uuid,
        what: &str,
        mut pick: impl FnMut(&EventView) -> Option<T>,
    ) -> T {
        let found = self
            .until(what, |frame| {
                let ServerFrame::Events(events) = frame else { return None };
                let place = events.events.iter().position(|event| pick(event).is_some())?;
                let found = pick(&events.events[place]).filter(|_| events.conversation == conversation)?;
                let mut rest = events.clone();
                rest.events.remove(place);
                Some((found, rest))
            })
            .await;
        let (found, rest) = found;
        if !rest.events.is_empty() {
            self.mailbox.push_front(ServerFrame::Events(rest));
        }
        found
    }

    /// The next message of others that `fits`.
    pub(crate) async fn message(
        &mut self,
        conversation: Uuid,
        what: &str,
        fits: impl Fn(&MessageView) -> bool,
    ) -> (u64, MessageView) {
        self.event(conversation, what, |event| {
            let EventKind::MessagePosted(message) = &event.what else { return None };
            fits(message).then(|| (event.seq, message.clone()))
        })
        .await
    }

    /// Marks that are as they should be.
    pub(crate) async fn marks(
        &mut self,
        conversation: Uuid,
        what: &str,
        right: impl Fn(&MarksView) -> bool,
    ) -> MarksView {
        self.until(what, |frame| {
            let ServerFrame::Marks(marks) = frame else { return None };
            (marks.conversation == conversation && right(&marks.marks)).then_some(marks.marks)
        })
        .await
    }
}
