//! One scripted agent: answers offers, writes, hands back or closes, takes breaks.

use std::time::Duration;

use baton_api::wire::{
    AvailabilityName, ClientFrame, CloseConversation, ConversationPage, ConversationView, DeclineCode, DeclineOffer,
    EndWrapUp, HandBack, HandbackView, OfferView, PostMessage, ServerFrame, SetAvailability, TypingFrame,
};
use rand::Rng;
use rand::rngs::StdRng;
use reqwest::Method;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::Instant;
use uuid::Uuid;

use super::House;
use super::client::{Answer, NOTHING, Trouble};
use super::script::{ANSWERS, GREETING, Habits, between, chance, one_of};
use super::socket::Socket;

/// How often an agent looks whether they are set as they mean to be.
const LOOKS_UP: Duration = Duration::from_secs(15);
/// How long until a broken connection is tried again.
const RECONNECTS: Duration = Duration::from_secs(2);
/// At the end: how often an agent looks whether something is left, and how often at most.
const CLEARS_EVERY: Duration = Duration::from_millis(150);
const CLEARS_MAX: u32 = 20;
/// Typing marks under way to the socket.
const TYPING_MAX: usize = 16;

/// Works until the house closes.
pub(super) async fn works(house: House, habits: Habits, email: String, password: String, seed: u64) {
    let token = match house.site.sign_in(&email, &password).await {
        Ok(token) => token,
        Err(trouble) => {
            tracing::warn!(agent = habits.name, ?trouble, "a scripted agent cannot sign in");
            return;
        }
    };
    let mut chance = chance(seed, habits.name, 0);
    let begun = Instant::now();
    loop {
        let day = day(&house, habits, &token, begun, &mut chance);
        tokio::select! {
            ended = day => if let Err(trouble) = ended {
                tracing::debug!(agent = habits.name, ?trouble, "a scripted agent connects again");
            },
            () = house.closing() => break,
        }
        tokio::time::sleep(RECONNECTS).await;
    }
    let _ = declare(&house, &token, AvailabilityName::Offline, None).await;
    clears(&house, &token).await;
    let _: Answer<Value> = house.site.ask(Method::DELETE, "/v1/session", Some(&token), NOTHING).await;
}

/// Ends the wrap-ups that are left, until the customers have closed what this agent had.
async fn clears(house: &House, token: &str) {
    for _ in 0..CLEARS_MAX {
        let page: Answer<ConversationPage> =
            house.site.ask(Method::GET, "/v1/conversations?view=mine&limit=50", Some(token), NOTHING).await;
        let Ok(page) = page else { return };
        if page.items.is_empty() {
            return;
        }
        for left in page.items.iter().filter(|left| left.wrapping_up) {
            let done = EndWrapUp { disposition: None };
            let path = format!("/v1/conversations/{}/wrap-up", left.id);
            let _: Answer<Value> = house.site.post(&path, token, &done).await;
        }
        tokio::time::sleep(CLEARS_EVERY).await;
    }
}

async fn declare(house: &House, token: &str, availability: AvailabilityName, reason: Option<&str>) -> Answer<()> {
    let wish = SetAvailability { availability, reason: reason.map(str::to_owned) };
    let _: Value = house.site.ask(Method::PUT, "/v1/me/availability", Some(token), Some(&wish)).await?;
    Ok(())
}

/// One connection, as long as it holds.
async fn day(house: &House, habits: Habits, token: &str, begun: Instant, chance: &mut StdRng) -> Answer<()> {
    let mut socket = Socket::open(&house.site, token).await?;
    let (types, mut typing) = mpsc::channel(TYPING_MAX);
    let mut shown = None;
    let mut look = tokio::time::interval(house.span(LOOKS_UP));
    loop {
        tokio::select! {
            frame = socket.next() => if let ServerFrame::Offer(ring) = frame? {
                let desk = Desk {
                    house: house.clone(),
                    habits,
                    token: token.to_owned(),
                    typing: types.clone(),
                    chance: super::script::chance(chance.random(), habits.name, 1),
                };
                // Ends by itself: every step of it is bounded, and the house may close in the middle.
                tokio::spawn(desk.answers(ring.offer));
            },
            Some((conversation, on)) = typing.recv() => {
                socket.say(&ClientFrame::Typing(TypingFrame { conversation, typing: on })).await?;
            }
            _ = look.tick() => {
                let at_break = habits.shift.is_some_and(|(works, rests)| {
                    let (works, rests) = (house.span(works), house.span(rests));
                    let into = begun.elapsed().as_millis() % (works + rests).as_millis().max(1);
                    into >= works.as_millis()
                });
                // Said again while at work: who missed two offers was set away.
                if !at_break || shown != Some(at_break) {
                    if at_break {
                        declare(house, token, AvailabilityName::Away, Some("coffee")).await?;
                    } else {
                        declare(house, token, AvailabilityName::Available, None).await?;
                    }
                    shown = Some(at_break);
                }
            }
        }
    }
}

/// What an agent needs for one conversation.
struct Desk {
    house: House,
    habits: Habits,
    token: String,
    typing: mpsc::Sender<(Uuid, bool)>,
    chance: StdRng,
}

impl Desk {
    async fn answers(mut self, offer: OfferView) {
        let house = self.house.clone();
        tokio::select! {
            // Somebody else was faster, a supervisor took it, the customer left: then it is over.
            done = self.handles(&offer) => if let Err(trouble) = done {
                match trouble {
                    Trouble::Refused(status) => tracing::debug!(status, "a scripted agent was refused"),
                    Trouble::Gone(why) => tracing::debug!(why, "a scripted agent lost the server"),
                }
            },
            () = house.closing() => {}
        }
    }

    async fn handles(&mut self, offer: &OfferView) -> Answer<()> {
        self.pause(self.habits.answers_s).await;
        if self.chance.random_ratio(self.habits.declines, 100) {
            let no = DeclineOffer { reason: one_of(&[DeclineCode::Busy, DeclineCode::WrongSkill], &mut self.chance) };
            return self.house.site.post(&format!("/v1/offers/{}/decline", offer.id), &self.token, &no).await;
        }
        let path = format!("/v1/offers/{}/accept", offer.id);
        let mine: ConversationView = self.house.site.ask(Method::POST, &path, Some(&self.token), NOTHING).await?;
        self.write(&mine, GREETING, 0).await?;
        let (least, most) = self.habits.messages;
        for number in 1..=self.chance.random_range(least..=most) {
            let text = one_of(ANSWERS, &mut self.chance);
            self.write(&mine, text, number).await?;
        }
        self.pause(self.habits.writes_s).await;
        self.ends(&mine).await
    }

    async fn pause(&mut self, seconds: (u64, u64)) {
        let span = between(seconds, &mut self.chance);
        self.house.pause(span).await;
    }

    async fn write(&mut self, mine: &ConversationView, text: &str, number: u32) -> Answer<()> {
        // A mark that finds no room is no loss.
        let _ = self.typing.try_send((mine.id, true));
        self.pause(self.habits.writes_s).await;
        let message = PostMessage {
            epoch: Some(mine.epoch),
            ..PostMessage::of_text(format!("{}-{}-{number}", self.habits.name, mine.epoch), text.to_owned())
        };
        let path = format!("/v1/conversations/{}/messages", mine.id);
        let _: Value = self.house.site.post(&path, &self.token, &message).await?;
        Ok(())
    }

    async fn ends(&mut self, mine: &ConversationView) -> Answer<()> {
        let (site, token, id) = (&self.house.site, &self.token, mine.id);
        let disposition = Some(one_of(&["answered", "answered", "bug", "feature"], &mut self.chance).to_owned());
        if self.chance.random_bool(0.3) {
            let close = CloseConversation { epoch: Some(mine.epoch), disposition };
            let _: Value = site.post(&format!("/v1/conversations/{id}/close"), token, &close).await?;
            return Ok(());
        }
        let handback = HandbackView {
            outcome: "The setting was found and changed.".to_owned(),
            facts: vec!["They run the newest version.".to_owned()],
            ..HandbackView::default()
        };
        let back = HandBack { epoch: mine.epoch, handback, disposition: None };
        let _: Value = site.post(&format!("/v1/conversations/{id}/handback"), token, &back).await?;
        self.pause(self.habits.wraps_up_s).await;
        let done = EndWrapUp { disposition };
        let path = format!("/v1/conversations/{id}/wrap-up");
        let _: Value = self.house.site.post(&path, &self.token, &done).await?;
        Ok(())
    }
}
