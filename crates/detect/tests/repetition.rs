//! The same need, said again in other words while the bot goes on answering.

use std::sync::LazyLock;

use baton_core::{ChannelId, Seq, SignalName, Trigger, Verdict, VerdictKind};
use baton_detect::{Detector, Past, PastAuthor, Policy, Turn};

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::new(Policy::default()).expect("a policy that holds"));
static CHANNEL: LazyLock<ChannelId> = LazyLock::new(|| ChannelId::new("website").expect("a key"));

/// The verdict of the last of these messages, each of the former answered by a bot that had an answer.
fn last_of(said: &[&str]) -> Verdict {
    let answers = ["You find that in your settings.", "Here is what I found about it.", "Our help page says more."];
    let mut history = Vec::new();
    let (last, before) = said.split_last().expect("something is said");
    for (text, answer) in before.iter().zip(answers) {
        let seq = Seq(history.len() as u64 + 1);
        history.push(Past { seq, author: PastAuthor::Customer, text: (*text).to_owned() });
        let author = PastAuthor::Bot { knew: true };
        history.push(Past { seq: Seq(seq.0 + 1), author, text: answer.to_owned() });
    }
    DETECTOR.assess(&Turn { history: &history, ..Turn::alone(last, &CHANNEL) })
}

const SAID: [[&str; 3]; 14] = [
    ["How do I cancel my subscription?", "I want to stop my plan", "please just end my membership"],
    ["Where is my parcel?", "my package still hasn't arrived", "when will my order be delivered?"],
    ["I want my money back", "how do I get a refund", "just refund me please"],
    ["I can't log in", "my password is not accepted", "I am locked out of my account"],
    ["I was charged twice", "there are two charges on my card", "you billed me... a double charge!"],
    ["I need to update my address", "how can I change the delivery address", "how do I edit my address?"],
    ["¿Cómo cancelo mi suscripción?", "quiero darme de baja", "quiero anular el plan"],
    ["où est mon colis ?", "ma commande n'est pas arrivée", "je n'ai pas reçu ma commande"],
    ["Wo ist mein Paket?", "Meine Sendung ist noch nicht angekommen", "wann kommt meine Bestellung?"],
    ["Como cancelo a minha assinatura?", "quero cancelar o plano", "quero encerrar o contrato"],
    ["dov'è il mio pacco?", "il mio ordine non è arrivato", "non ho ricevuto la spedizione"],
    ["waar is mijn pakket?", "mijn bestelling is niet aangekomen", "ik heb mijn zending niet ontvangen"],
    ["我要退款", "怎么把钱退给我？我要退钱", "请给我退款"],
    ["返金してほしい", "お金を返してください", "返金をお願いします"],
];

#[test]
fn a_need_said_again_in_other_words_is_offered_a_person_and_handed_off_the_third_time() {
    let mut missed = Vec::new();
    for said in SAID {
        let second = last_of(&said[..2]);
        let third = last_of(&said);
        let heard = |verdict: &Verdict| verdict.signals.iter().any(|signal| signal.name == SignalName::RepeatedNeed);
        if second.kind == VerdictKind::Keep || !heard(&second) {
            missed.push(format!("second: {} / {}", said[0], said[1]));
        }
        if third.kind != VerdictKind::HandOff || third.triggers != [Trigger::RepeatedNeed] {
            missed.push(format!("third: {} {:?} {:?}", said[2], third.kind, third.signals));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn the_agent_is_shown_which_messages_said_it_before() {
    let verdict = last_of(&SAID[0]);
    let signal = verdict.signals.iter().find(|signal| signal.name == SignalName::RepeatedNeed).expect("heard");
    assert_eq!(&*signal.evidence, "same as messages 1 and 3");
}

#[test]
fn the_next_question_about_the_same_thing_is_no_repetition() {
    for said in [
        ["How do I cancel my order?", "Where is my order?", "Can I add a gift card to it?"],
        ["How do I get a refund?", "How long does the refund take?", "Is there a fee?"],
        ["Where is my parcel?", "Can I change the address of the parcel?", "What does express delivery cost?"],
        ["I can't log in", "thanks, that worked", "how do I change my address?"],
        ["¿Dónde está mi pedido?", "¿Puedo cambiar la dirección?", "gracias"],
        ["Wo ist mein Paket?", "Kann ich die Adresse ändern?", "Was kostet der Versand?"],
    ] {
        for until in 2..=3 {
            let verdict = last_of(&said[..until]);
            assert_eq!(verdict.kind, VerdictKind::Keep, "{}: {:?}", said[until - 1], verdict.signals);
        }
    }
}
