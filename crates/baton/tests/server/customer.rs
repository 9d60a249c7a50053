//! A customer in front of the widget.

use baton_api::wire::{
    ConversationView, EventView, MarksView, NoticeKind, NoticeView, PostMessage, Posted, SendFrame, StartConversation,
};
use reqwest::Method;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::client::{Answer, Site};
use crate::socket::Socket;

pub(crate) struct Customer {
    pub(crate) site: Site,
    pub(crate) token: String,
    pub(crate) id: Uuid,
    pub(crate) socket: Socket,
    sent: u32,
}

/// Begins a session and a conversation, without a socket.
pub(crate) async fn begin(site: &Site, attributes: Map<String, Value>) -> Answer<(String, Uuid)> {
    let session = site.customer_session("website").await?;
    let id = Uuid::now_v7();
    let start = StartConversation {
        id,
        channel: None,
        language: Some("en".to_owned()),
        page: Some("https://library.example/loans".to_owned()),
        attributes,
    };
    let started: ConversationView = site.post("/v1/conversations", &session.access_token, &start).await?;
    assert_eq!(started.id, id);
    Ok((session.access_token, id))
}

impl Customer {
    pub(crate) async fn arrives(site: &Site) -> Self {
        Self::arrives_with(site, Map::new()).await
    }

    pub(crate) async fn arrives_with(site: &Site, attributes: Map<String, Value>) -> Self {
        let (token, id) = begin(site, attributes).await.expect("anybody may begin");
        let mut socket = Socket::open(site, &token).await.expect("and follow their own");
        socket.follow(id, 0).await.expect("from the start");
        Self { site: site.clone(), token, id, socket, sent: 0 }
    }

    /// Comes back to the same conversation at another start of the server, after what was seen already.
    pub(crate) async fn returns(&mut self, site: &Site, after: u64) -> Vec<EventView> {
        self.site = site.clone();
        let before = std::mem::take(&mut self.socket.log_epoch);
        self.socket = Socket::open(site, &self.token).await.expect("the token outlives the server");
        assert_eq!(self.socket.log_epoch, before, "it is the same log");
        self.socket.follow(self.id, after).await.expect("it resumes").0
    }

    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/v1/conversations/{}{rest}", self.id)
    }

    pub(crate) fn next_id(&mut self) -> String {
        self.sent += 1;
        format!("c{}", self.sent)
    }

    /// Writes over the socket; gives the message's number.
    pub(crate) async fn writes(&mut self, text: &str) -> u64 {
        let message = SendFrame {
            conversation: self.id,
            client_id: self.next_id(),
            text: text.to_owned(),
            attachments: Vec::new(),
            epoch: None,
        };
        self.socket.send(message).await.expect("customers may always write")
    }

    /// Writes over HTTP; gives the status with the answer.
    pub(crate) async fn posts(&self, client_id: &str, text: &str) -> Answer<(u16, Posted)> {
        let message = PostMessage::of_text(client_id, text);
        self.site.ask(Method::POST, &self.path("/messages"), Some(&self.token), Some(&message)).await
    }

    pub(crate) async fn view(&self) -> ConversationView {
        self.site.conversation(self.id, &self.token).await.expect("it is their own")
    }

    pub(crate) async fn log(&self) -> Vec<EventView> {
        self.site.log(self.id, &self.token).await.expect("it is their own")
    }

    /// Waits for what Baton tells them.
    pub(crate) async fn told(&mut self, kind: NoticeKind) -> NoticeView {
        self.socket
            .event(self.id, &format!("the notice {kind:?}"), |event| {
                let baton_api::wire::EventKind::NoticePosted(notice) = &event.what else { return None };
                (notice.notice == kind).then(|| notice.clone())
            })
            .await
    }

    /// Waits for marks that are as they should be.
    pub(crate) async fn marks(&mut self, what: &str, right: impl Fn(&MarksView) -> bool) -> MarksView {
        self.socket.marks(self.id, what, right).await
    }
}
