//! Repeated failure: the bot did not know, or said the same words again, for the same need.

mod words;

use std::sync::LazyLock;

use crate::fold::{Folded, head};
use crate::phrases::{Phrases, needle};
use crate::turn::{Past, PastAuthor};
use crate::wording::Wordings;
use crate::work::looks_at;

/// How far back failures count; older ones belong to another need.
const HISTORY_MAX: usize = 60;
/// What is compared of a bot's answer.
const ANSWER_BYTES_MAX: usize = 1_000;
/// A greeting may well be said twice; an answer of some length may not.
const ANSWER_CHARS_MIN: usize = 12;
/// How like the former question the next must be for a good answer not to have settled it.
const SAME_NEED: f32 = 0.5;

/// An automaton over some hundred phrases is always built.
static NO_ANSWER: LazyLock<Option<Phrases>> =
    LazyLock::new(|| Phrases::new(words::NO_ANSWER.iter().map(|phrase| needle(phrase))).ok());

/// Whether a bot's words say that it has no answer. Bots behind an interface do not say it in any other way.
pub(crate) fn says_no_answer(folded: &Folded) -> bool {
    NO_ANSWER.as_ref().is_some_and(|phrases| !phrases.find(folded).is_empty())
}

/// Whether a past turn answered: the bot says of itself that it knew, and its words do not take that back.
pub(crate) fn knew(past: &Past) -> bool {
    match past.author {
        PastAuthor::Bot { knew } => knew && !says_no_answer(&Folded::new(head(&past.text, ANSWER_BYTES_MAX))),
        PastAuthor::Customer | PastAuthor::Agent => true,
    }
}

/// How often the bot failed since it last settled something.
///
/// An answer settles the need unless the customer goes on to ask the same again. A person in between starts afresh.
pub(crate) fn bot_failures(wordings: &Wordings<'_>) -> u32 {
    let history = wordings.history();
    let same_need = |before: usize, after: usize| wordings.past(before).likeness(wordings.past(after)) >= SAME_NEED;
    let mut failures = 0_u32;
    let mut answers: Vec<String> = Vec::new();
    let mut question: Option<usize> = None;
    // The question that a good answer may have settled.
    let mut settled: Option<usize> = None;
    for (index, past) in history.iter().enumerate().skip(history.len().saturating_sub(HISTORY_MAX)) {
        match past.author {
            PastAuthor::Customer => {
                if settled
                    .take()
                    .is_some_and(|before| (failures > 0 || !answers.is_empty()) && !same_need(before, index))
                {
                    failures = 0;
                    answers.clear();
                }
                question = Some(index);
            }
            PastAuthor::Bot { knew } => {
                let folded = Folded::new(head(&past.text, ANSWER_BYTES_MAX));
                let knew = knew && !says_no_answer(&folded);
                let answer = folded.text;
                looks_at(answers.len());
                let said_before = answer.chars().count() >= ANSWER_CHARS_MIN && answers.contains(&answer);
                // What is said before the customer asks anything answers nothing.
                if question.is_some() && (!knew || said_before) {
                    failures = failures.saturating_add(1);
                    settled = None;
                } else {
                    settled = question;
                }
                answers.push(answer);
            }
            PastAuthor::Agent => {
                failures = 0;
                answers.clear();
                question = None;
                settled = None;
            }
        }
    }
    // With nothing to clear there is nothing to compare.
    let another = |before: usize| wordings.past(before).likeness(wordings.text()) < SAME_NEED;
    if failures > 0 && settled.is_some_and(another) { 0 } else { failures }
}

/// Words of thanks and goodbye, folded.
const PARTING: &str = "thanks thank you thx ty bye goodbye cheers ok okay fine great good perfect cool very much so a lot \
    have nice day gracias muchas adios vale perfecto buen dia merci beaucoup bien au revoir danke vielen dank schon tschuss \
    obrigado obrigada tchau muito grazie mille arrivederci bedankt dank je wel doei spasibo спасибо пока хорошо dziekuje \
    谢 谢 再 见 好 的 感 謝 多 拜 あ り が と う ご ざ い ま す さ よ な ら 감사합니다 고마워요 네";

/// Nothing but thanks or goodbye: the customer is not asking the bot to try again.
pub(crate) fn is_parting(folded: &Folded) -> bool {
    let words = folded.tokens.len();
    (1..=12).contains(&words)
        && (0..words).all(|token| PARTING.split_whitespace().any(|word| word == folded.word(token)))
}

#[cfg(test)]
mod tests {
    use baton_core::Seq;

    use super::*;
    use crate::turn::Past;

    fn talk(lines: &[(PastAuthor, &str)]) -> Vec<Past> {
        let past = |(seq, (author, text)): (u64, &(PastAuthor, &str))| Past {
            seq: Seq(seq),
            author: *author,
            text: (*text).to_owned(),
        };
        (1..).zip(lines).map(past).collect()
    }

    const CUSTOMER: PastAuthor = PastAuthor::Customer;
    const KNEW: PastAuthor = PastAuthor::Bot { knew: true };
    const DID_NOT: PastAuthor = PastAuthor::Bot { knew: false };

    #[test]
    fn a_bot_that_does_not_know_twice_has_failed_twice() {
        let history = talk(&[
            (CUSTOMER, "My parcel shows the wrong address"),
            (DID_NOT, "Sorry, I do not know"),
            (CUSTOMER, "The address on the label is wrong"),
            (DID_NOT, "I could not find anything about that"),
        ]);
        assert_eq!(bot_failures(&Wordings::new(&history, "so what can I do about the label?")), 2);
    }

    #[test]
    fn a_bot_that_repeats_itself_word_for_word_fails() {
        let answer = "You can change the address in your settings.";
        let history = talk(&[
            (CUSTOMER, "How do I change the delivery address of an order?"),
            (KNEW, answer),
            (CUSTOMER, "How do I change the delivery address of this order?"),
            (KNEW, answer),
        ]);
        assert_eq!(bot_failures(&Wordings::new(&history, "that is for new orders")), 1);
    }

    #[test]
    fn a_bot_that_says_in_words_that_it_has_no_answer_has_failed() {
        for text in [
            "Sorry, I didn't quite get that. Could you rephrase?",
            "Lo siento, no entendí la pregunta.",
            "Désolé, je n’ai pas compris.",
            "Das habe ich leider nicht verstanden.",
            "Non ho capito, puoi ripetere?",
            "Desculpe, não entendi.",
            "Sorry, dat heb ik niet begrepen.",
            "Przepraszam, nie rozumiem.",
            "Üzgünüm, anlayamadım.",
            "Извините, я не понял вопрос.",
            "Вибачте, я не розумію.",
            "عذرا، لم أفهم سؤالك",
            "क्षमा करें, मुझे समझ नहीं आया",
            "Maaf, saya tidak mengerti.",
            "Xin lỗi, tôi không hiểu.",
            "ขออภัย ไม่เข้าใจคำถาม",
            "抱歉，我没听懂",
            "申し訳ありません、わかりません",
            "죄송합니다, 이해하지 못했습니다.",
        ] {
            assert!(says_no_answer(&Folded::new(text)), "{text}");
        }
        for text in
            ["You can change it in your settings.", "There are two trains at noon.", "Su pedido llega mañana.", ""]
        {
            assert!(!says_no_answer(&Folded::new(text)), "{text}");
        }
    }

    #[test]
    fn an_answer_that_settles_the_need_clears_the_count() {
        let history = talk(&[
            (CUSTOMER, "Do you deliver on Sundays?"),
            (DID_NOT, "Sorry, I do not know"),
            (CUSTOMER, "And what does express shipping cost?"),
            (KNEW, "Express shipping costs five euros."),
        ]);
        assert_eq!(bot_failures(&Wordings::new(&history, "where can I see my invoices?")), 0);
    }

    #[test]
    fn thanks_and_goodbye_are_not_another_try() {
        for text in ["ok thank you, bye!", "¡Gracias!", "谢谢", "ありがとうございます"] {
            assert!(is_parting(&Folded::new(text)), "{text}");
        }
        assert!(!is_parting(&Folded::new("thanks, but where is my parcel")));
        assert!(!is_parting(&Folded::new("")));
    }

    #[test]
    fn a_person_in_between_starts_afresh() {
        let history = talk(&[
            (CUSTOMER, "My parcel is lost"),
            (DID_NOT, "Sorry, I do not know"),
            (PastAuthor::Agent, "I have sent you another one."),
            (CUSTOMER, "thank you, one more thing"),
            (DID_NOT, "Sorry, I do not know"),
        ]);
        assert_eq!(bot_failures(&Wordings::new(&history, "can I keep both?")), 1);
    }
}
