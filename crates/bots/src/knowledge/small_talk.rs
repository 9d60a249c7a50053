//! Messages that ask nothing of the articles: hello, thanks, goodbye, yes, no, "are you a robot".

use super::terms::{fold, is_unspaced};

/// A longer message says more than small talk.
const CHARS_MAX: usize = 60;

/// What a message that is only small talk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SmallTalk {
    Greeting,
    Thanks,
    Farewell,
    /// Asks whether a machine is speaking.
    Identity,
    Yes,
    No,
}

/// Folded, without punctuation. Any language, since a word or two are not enough to tell it.
#[rustfmt::skip] // One phrase a line is nothing to read.
const PHRASES: &[(SmallTalk, &[&str])] = &[
    (SmallTalk::Greeting, &[
        "hi", "hello", "hey", "hi there", "hello there", "hey there", "good morning", "good afternoon",
        "good evening", "good day", "greetings", "how are you", "hola", "buenas", "buenos dias",
        "buenas tardes", "buenas noches", "que tal", "bonjour", "bonsoir", "salut", "coucou", "hallo",
        "guten tag", "guten morgen", "guten abend", "moin", "servus", "gruss gott", "gruezi", "ola", "oi",
        "bom dia", "boa tarde", "boa noite", "tudo bem", "ciao", "buongiorno", "buonasera", "buon giorno",
        "salve", "hoi", "goedemorgen", "goedemiddag", "goedenavond", "goedendag", "dag", "你好", "您好", "早上好",
        "下午好", "晚上好", "在吗", "嗨", "こんにちは", "こんばんは", "おはよう", "おはようございます", "はじめまして",
    ]),
    (SmallTalk::Thanks, &[
        "thanks", "thank you", "thx", "ty", "cheers", "thanks a lot", "thank you so much",
        "thank you very much", "many thanks", "so much", "that helped", "that helps", "gracias",
        "muchas gracias", "mil gracias", "merci", "merci beaucoup", "danke", "danke schon", "danke sehr",
        "vielen dank", "dankeschon", "obrigado", "obrigada", "muito obrigado", "muito obrigada", "valeu",
        "grazie", "grazie mille", "molte grazie", "bedankt", "dank je", "dank je wel", "dank u", "dank u wel",
        "dankjewel", "hartelijk dank", "谢谢", "谢谢你", "谢谢您", "多谢", "感谢", "非常感谢", "ありがとう", "ありがとうございます",
        "ありがとうございました", "どうもありがとう", "どうも", "感謝します",
    ]),
    (SmallTalk::Farewell, &[
        "bye", "goodbye", "good bye", "bye bye", "see you", "see you later", "good night", "have a nice day",
        "take care", "adios", "hasta luego", "hasta pronto", "hasta manana", "chao", "chau", "au revoir",
        "a bientot", "bonne journee", "bonne soiree", "tschuss", "tschuess", "auf wiedersehen", "bis bald",
        "bis spater", "schonen tag", "schonen tag noch", "tchau", "adeus", "ate logo", "ate mais", "ate breve",
        "arrivederci", "a presto", "buona giornata", "buonanotte", "doei", "tot ziens", "fijne dag", "再见",
        "拜拜", "回头见", "さようなら", "さよなら", "では また", "じゃあね", "またね", "失礼します",
    ]),
    (SmallTalk::Identity, &[
        "are you a bot", "are you a robot", "are you human", "are you a human", "are you a person",
        "are you a real person", "are you real", "is this a bot", "is this a real person",
        "am i talking to a bot", "who are you", "what are you", "eres un bot", "eres un robot", "eres humano",
        "eres una persona", "es usted una persona", "quien eres", "es tu un robot", "etes vous un robot",
        "etes vous une personne", "etes vous humain", "qui es tu", "qui etes vous", "bist du ein bot",
        "bist du ein mensch", "sind sie ein bot", "sind sie ein mensch", "sind sie ein roboter", "wer bist du",
        "wer sind sie", "voce e um robo", "voce e um bot", "voce e humano", "voce e uma pessoa", "quem e voce",
        "sei un bot", "sei un robot", "sei umano", "sei una persona", "e una persona", "chi sei",
        "ben je een bot", "ben je een robot", "ben je een mens", "bent u een mens", "bent u een robot",
        "wie ben je", "你是机器人吗", "你是真人吗", "您是真人吗", "你是人吗", "你是谁", "ロボットですか", "あなたはロボットですか", "人間ですか",
        "あなたは人間ですか", "あなたは誰ですか",
    ]),
    (SmallTalk::Yes, &[
        "yes", "yes please", "yeah", "yep", "yup", "sure", "please", "please do", "of course", "go ahead",
        "do it", "ok", "okay", "si", "si por favor", "por favor", "claro", "vale", "de acuerdo", "oui",
        "oui s il vous plait", "s il vous plait", "s il te plait", "d accord", "volontiers", "ja", "ja bitte",
        "bitte", "gerne", "ja gerne", "gern", "sim", "sim por favor", "pode ser", "si grazie", "va bene",
        "certo", "per favore", "ja graag", "graag", "alsjeblieft", "alstublieft", "是", "是的", "好", "好的", "可以",
        "需要", "要", "行", "はい", "お願いします", "はいお願いします", "ええ", "うん",
        "tak", "tak prosze", "prosze", "poprosze", "jasne", "evet", "evet lutfen", "lutfen", "tamam", "olur",
        "نعم", "نعم من فضلك", "من فضلك", "اجل", "طبعا", "네", "예", "네 부탁합니다", "부탁합니다", "좋아요",
    ]),
    (SmallTalk::No, &[
        "no", "no thanks", "no thank you", "nope", "not now", "nothing else", "no gracias", "nada mas", "non",
        "non merci", "nein", "nein danke", "nao", "nao obrigado", "nao obrigada", "no grazie", "nee",
        "nee bedankt", "nee dank je", "不", "不用", "不用了", "不需要", "没有", "いいえ", "いいえ結構です", "結構です", "大丈夫です",
        "nie", "nie dziekuje", "hayir", "hayir tesekkurler", "لا", "لا شكرا", "아니요", "아니요 괜찮습니다", "괜찮습니다",
    ]),
];

/// What the message does, if small talk is all it is; of several things the last (`ok, thanks, bye` is a farewell).
pub(super) fn small_talk(text: &str) -> Option<SmallTalk> {
    if text.chars().count() > CHARS_MAX {
        return None;
    }
    let said = normalised(text);
    let mut rest = said.as_str();
    let mut kind = None;
    while !rest.is_empty() {
        let (found, phrase) = longest_at(rest)?;
        kind = Some(found);
        rest = rest[phrase.len()..].trim_start();
    }
    kind
}

fn longest_at(text: &str) -> Option<(SmallTalk, &'static str)> {
    PHRASES
        .iter()
        .flat_map(|(kind, phrases)| phrases.iter().map(|phrase| (*kind, *phrase)))
        .filter(|(_, phrase)| {
            let unspaced = phrase.ends_with(is_unspaced);
            text.strip_prefix(phrase).is_some_and(|rest| unspaced || rest.is_empty() || rest.starts_with(' '))
        })
        .max_by_key(|(_, phrase)| phrase.len())
}

/// Folded words with single spaces between them.
pub(super) fn normalised(text: &str) -> String {
    let words: String = text.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    fold(&words.to_lowercase()).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_talk_is_heard_in_every_language() {
        for (said, wanted) in [
            ("Hi!", SmallTalk::Greeting),
            ("hello there, good morning 👋", SmallTalk::Greeting),
            ("¡Buenos días!", SmallTalk::Greeting),
            ("Guten Tag.", SmallTalk::Greeting),
            ("Olá, tudo bem?", SmallTalk::Greeting),
            ("你好", SmallTalk::Greeting),
            ("Thank you so much!!", SmallTalk::Thanks),
            ("Merci beaucoup", SmallTalk::Thanks),
            ("ok, thanks", SmallTalk::Thanks),
            ("ありがとうございます。", SmallTalk::Thanks),
            ("thanks, bye", SmallTalk::Farewell),
            ("Tschüss", SmallTalk::Farewell),
            ("arrivederci", SmallTalk::Farewell),
            ("Are you a bot?", SmallTalk::Identity),
            ("你是机器人吗？", SmallTalk::Identity),
            ("Sí, por favor", SmallTalk::Yes),
            ("ja graag", SmallTalk::Yes),
            ("はい、お願いします", SmallTalk::Yes),
            ("no, thanks", SmallTalk::No),
            ("Nein danke", SmallTalk::No),
        ] {
            assert_eq!(small_talk(said), Some(wanted), "{said}");
        }
    }

    #[test]
    fn a_question_behind_a_greeting_is_a_question() {
        for said in [
            "hi, how do I install it",
            "thanks but it fails",
            "hidden files",
            "你好怎么重置密码",
            "",
            "???",
            "yes it broke",
        ] {
            assert_eq!(small_talk(said), None, "{said}");
        }
    }
}
