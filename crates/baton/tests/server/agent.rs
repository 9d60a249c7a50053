//! An agent in front of the console.

use baton_api::wire::{
    AvailabilityName, ConversationView, HandBack, HandbackView, MeView, OfferView, SendFrame, ServerFrame,
    SetAvailability,
};
use reqwest::Method;
use uuid::Uuid;

use crate::client::{Answer, Site};
use crate::socket::Socket;

pub(crate) struct Agent {
    pub(crate) site: Site,
    pub(crate) token: String,
    pub(crate) socket: Socket,
    name: &'static str,
    sent: u32,
}

impl Agent {
    /// Signs in, connects and is available.
    pub(crate) async fn arrives(site: &Site, name: &'static str) -> Self {
        let token = site.sign_in(name).await;
        let socket = Socket::open(site, &token).await.expect("staff may connect");
        let agent = Self { site: site.clone(), token, socket, name, sent: 0 };
        agent.declares(AvailabilityName::Available).await;
        agent
    }

    /// Connects again to another start of the server.
    pub(crate) async fn returns(&mut self, site: &Site) {
        self.site = site.clone();
        self.socket = Socket::open(site, &self.token).await.expect("the session outlives the server");
    }

    pub(crate) async fn declares(&self, availability: AvailabilityName) {
        let me: MeView = self
            .site
            .put("/v1/me/availability", &self.token, &SetAvailability { availability, reason: None })
            .await
            .expect("it is their own");
        assert_eq!((me.agent.as_str(), me.availability), (self.name, availability));
    }

    /// Waits until the console rings for a conversation.
    pub(crate) async fn rings(&mut self, conversation: Uuid) -> OfferView {
        let who = self.name;
        self.socket
            .until(&format!("an offer to {who}"), |frame| {
                let ServerFrame::Offer(ring) = frame else { return None };
                (ring.offer.conversation == conversation).then(|| ring.offer.clone())
            })
            .await
    }

    pub(crate) async fn accepts(&mut self, offer: &OfferView) -> ConversationView {
        let taken: ConversationView = self
            .site
            .order(Method::POST, &format!("/v1/offers/{}/accept", offer.id), &self.token)
            .await
            .expect("it rings for them");
        assert_eq!(taken.controller.agent.as_deref(), Some(self.name));
        taken
    }

    /// Rings, accepts and follows.
    pub(crate) async fn takes(&mut self, conversation: Uuid) -> ConversationView {
        let offer = self.rings(conversation).await;
        let taken = self.accepts(&offer).await;
        self.socket.follow(conversation, 0).await.expect("it is theirs");
        taken
    }

    pub(crate) async fn writes(&mut self, taken: &ConversationView, text: &str) -> Answer<u64> {
        self.sent += 1;
        self.socket
            .send(SendFrame {
                conversation: taken.id,
                client_id: format!("{}-{}", self.name, self.sent),
                text: text.to_owned(),
                attachments: Vec::new(),
                epoch: Some(taken.epoch),
            })
            .await
    }

    pub(crate) async fn view(&self, id: Uuid) -> ConversationView {
        self.site.conversation(id, &self.token).await.expect("they may see it")
    }

    pub(crate) async fn hands_back(
        &self,
        taken: &ConversationView,
        handback: HandbackView,
        disposition: Option<&str>,
    ) -> Answer<ConversationView> {
        let back = HandBack { epoch: taken.epoch, handback, disposition: disposition.map(str::to_owned) };
        self.site.post(&format!("/v1/conversations/{}/handback", taken.id), &self.token, &back).await
    }
}
