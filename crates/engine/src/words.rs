//! What Baton itself says to customers, in their language. Languages without words here get English.

use std::fmt::Write;

use baton_core::{AgentId, Language, Notice, WaitEstimate};

/// The sentences of one language. `{place}`, `{likely}`, `{most}` and `{name}` are filled in.
struct Words {
    queued: &'static str,
    next: &'static str,
    wait: &'static str,
    nobody: &'static str,
    joined: &'static str,
    again: &'static str,
    transferred: &'static str,
    back: &'static str,
    contact: &'static str,
    closed: &'static str,
    minutes: &'static str,
    one_minute: &'static str,
}

const ENGLISH: Words = Words {
    queued: "A person is coming. You are number {place} in line.",
    next: "A person is coming. You are next.",
    wait: " It will likely take {likely}, at most about {most}.",
    nobody: "Nobody is available right now. You can leave a message with your e-mail address, or go on with the bot.",
    joined: "You are talking to {name}, a person, who has read this conversation.",
    again: "You are waiting for a person again and kept your place: number {place} in line.",
    transferred: "You are being passed on to a colleague, who gets the whole conversation.",
    back: "The bot answers again. You can ask for a person at any time.",
    contact: "Thank you. Your message is taken down and a person will answer you by e-mail or here.",
    closed: "This conversation has ended.",
    minutes: "{n} minutes",
    one_minute: "a minute",
};

const SPANISH: Words = Words {
    queued: "Una persona te atenderá. Eres el número {place} de la cola.",
    next: "Una persona te atenderá. Te toca ya.",
    wait: " Probablemente tarde {likely}, como mucho unos {most}.",
    nobody: "Ahora mismo no hay nadie disponible. Puedes dejar un mensaje con tu correo electrónico o seguir con el bot.",
    joined: "Hablas con {name}, una persona, que ha leído esta conversación.",
    again: "Vuelves a esperar a una persona y conservas tu sitio: número {place} de la cola.",
    transferred: "Te pasamos con otra persona del equipo, que recibe toda la conversación.",
    back: "El bot vuelve a responder. Puedes pedir una persona cuando quieras.",
    contact: "Gracias. Hemos anotado tu mensaje y una persona te responderá por correo o aquí.",
    closed: "Esta conversación ha terminado.",
    minutes: "{n} minutos",
    one_minute: "un minuto",
};

const FRENCH: Words = Words {
    queued: "Une personne va vous répondre. Vous êtes numéro {place} dans la file.",
    next: "Une personne va vous répondre. C'est bientôt votre tour.",
    wait: " Cela prendra sans doute {likely}, au plus environ {most}.",
    nobody: "Personne n'est disponible pour le moment. Vous pouvez laisser un message avec votre adresse e-mail ou continuer avec le bot.",
    joined: "Vous parlez avec {name}, une personne, qui a lu cette conversation.",
    again: "Vous attendez à nouveau une personne et gardez votre place : numéro {place} dans la file.",
    transferred: "Nous vous passons un collègue, qui reçoit toute la conversation.",
    back: "Le bot répond à nouveau. Vous pouvez demander une personne à tout moment.",
    contact: "Merci. Votre message est noté et une personne vous répondra par e-mail ou ici.",
    closed: "Cette conversation est terminée.",
    minutes: "{n} minutes",
    one_minute: "une minute",
};

const GERMAN: Words = Words {
    queued: "Gleich kümmert sich ein Mensch. Sie sind Nummer {place} in der Reihe.",
    next: "Gleich kümmert sich ein Mensch. Sie sind als Nächstes dran.",
    wait: " Es dauert voraussichtlich {likely}, höchstens etwa {most}.",
    nobody: "Im Moment ist niemand da. Sie können eine Nachricht mit Ihrer E-Mail-Adresse hinterlassen oder mit dem Bot weitermachen.",
    joined: "Sie sprechen mit {name}, einem Menschen, und das Gespräch ist dort gelesen.",
    again: "Sie warten wieder auf einen Menschen und behalten Ihren Platz: Nummer {place} in der Reihe.",
    transferred: "Sie werden an das richtige Team weitergegeben, mit dem ganzen Gespräch.",
    back: "Der Bot antwortet wieder. Sie können jederzeit nach einem Menschen fragen.",
    contact: "Danke. Ihre Nachricht ist notiert; ein Mensch antwortet Ihnen per E-Mail oder hier.",
    closed: "Dieses Gespräch ist beendet.",
    minutes: "{n} Minuten",
    one_minute: "eine Minute",
};

const PORTUGUESE: Words = Words {
    queued: "Uma pessoa vai atender você. Você é o número {place} da fila.",
    next: "Uma pessoa vai atender você. Você é o próximo atendimento.",
    wait: " Deve levar {likely}, no máximo cerca de {most}.",
    nobody: "Não há ninguém disponível agora. Você pode deixar uma mensagem com seu e-mail ou continuar com o bot.",
    joined: "Você está falando com {name}, uma pessoa, que leu esta conversa.",
    again: "Você espera de novo por uma pessoa e manteve seu lugar: número {place} da fila.",
    transferred: "Vamos passar você a um colega, que recebe toda a conversa.",
    back: "O bot volta a responder. Você pode pedir uma pessoa a qualquer momento.",
    contact: "Obrigado. Sua mensagem foi anotada e uma pessoa responderá por e-mail ou aqui.",
    closed: "Esta conversa terminou.",
    minutes: "{n} minutos",
    one_minute: "um minuto",
};

const ITALIAN: Words = Words {
    queued: "Una persona sta arrivando. Sei il numero {place} in coda.",
    next: "Una persona sta arrivando. Tocca a te.",
    wait: " Ci vorrà probabilmente {likely}, al massimo circa {most}.",
    nobody: "Al momento non c'è nessuno. Puoi lasciare un messaggio con il tuo indirizzo e-mail o continuare con il bot.",
    joined: "Stai parlando con {name}, una persona, che ha letto questa conversazione.",
    again: "Aspetti di nuovo una persona e mantieni il tuo posto: numero {place} in coda.",
    transferred: "Ti passiamo a un collega, che riceve tutta la conversazione.",
    back: "Il bot risponde di nuovo. Puoi chiedere una persona in qualsiasi momento.",
    contact: "Grazie. Il tuo messaggio è annotato e una persona ti risponderà per e-mail o qui.",
    closed: "Questa conversazione è terminata.",
    minutes: "{n} minuti",
    one_minute: "un minuto",
};

const DUTCH: Words = Words {
    queued: "Er komt iemand aan. U bent nummer {place} in de rij.",
    next: "Er komt iemand aan. U bent als volgende aan de beurt.",
    wait: " Het duurt waarschijnlijk {likely}, hooguit ongeveer {most}.",
    nobody: "Er is nu niemand beschikbaar. U kunt een bericht met uw e-mailadres achterlaten of met de bot verdergaan.",
    joined: "U praat met {name}, een mens, die dit gesprek heeft gelezen.",
    again: "U wacht weer op een mens en houdt uw plaats: nummer {place} in de rij.",
    transferred: "U wordt doorgegeven aan een collega, die het hele gesprek krijgt.",
    back: "De bot antwoordt weer. U kunt altijd om een mens vragen.",
    contact: "Dank u. Uw bericht is genoteerd en iemand antwoordt per e-mail of hier.",
    closed: "Dit gesprek is afgelopen.",
    minutes: "{n} minuten",
    one_minute: "een minuut",
};

const CHINESE: Words = Words {
    queued: "人工客服即将接入。您排在第 {place} 位。",
    next: "人工客服即将接入。下一位就是您。",
    wait: "预计等待{likely}，最多约{most}。",
    nobody: "目前没有人工客服在线。您可以留言并留下电子邮箱，或继续与机器人对话。",
    joined: "现在由真人客服 {name} 为您服务，对方已阅读本次对话。",
    again: "您重新等待人工客服，位置保留：第 {place} 位。",
    transferred: "正在为您转接同事，对方会收到完整对话。",
    back: "机器人将继续为您回答。您可以随时要求人工客服。",
    contact: "谢谢。您的留言已记录，我们会通过电子邮件或在此回复您。",
    closed: "本次对话已结束。",
    minutes: "{n} 分钟",
    one_minute: "1 分钟",
};

const JAPANESE: Words = Words {
    queued: "担当者におつなぎします。順番は {place} 番目です。",
    next: "担当者におつなぎします。次がお客様の番です。",
    wait: "お待ち時間の目安は{likely}、長くても約{most}です。",
    nobody: "ただいま対応できる担当者がおりません。メールアドレスとメッセージを残すか、ボットとの会話を続けられます。",
    joined: "担当者の {name}（人間）が対応します。これまでの会話は確認済みです。",
    again: "再び担当者をお待ちいただきます。順番はそのままです：{place} 番目。",
    transferred: "別の担当者におつなぎします。会話の内容は引き継がれます。",
    back: "ボットが再び応答します。いつでも担当者を呼び出せます。",
    contact: "ありがとうございます。メッセージを承りました。担当者がメールまたはこちらで返信します。",
    closed: "この会話は終了しました。",
    minutes: "{n}分",
    one_minute: "1分",
};

fn words(language: Language) -> &'static Words {
    match language.as_str() {
        "es" => &SPANISH,
        "fr" => &FRENCH,
        "de" => &GERMAN,
        "pt" => &PORTUGUESE,
        "it" => &ITALIAN,
        "nl" => &DUTCH,
        "zh" => &CHINESE,
        "ja" => &JAPANESE,
        _ => &ENGLISH,
    }
}

/// A notice in words. `name` says what to call an agent. Moments (`opens_at`) are told by the client, which knows the
/// customer's time zone.
pub fn notice(notice: &Notice, language: Language, name: impl Fn(&AgentId) -> String) -> String {
    let words = words(language);
    match notice {
        Notice::Queued { position, wait } => {
            let mut text = if *position <= 1 { words.next.to_owned() } else { placed(words.queued, *position) };
            if let Some(wait) = wait {
                text.push_str(&waited(words, *wait));
            }
            text
        }
        Notice::NobodyAvailable { .. } => words.nobody.to_owned(),
        Notice::AgentJoined { agent } => words.joined.replace("{name}", &name(agent)),
        Notice::WaitingAgain { position } => placed(words.again, *position),
        Notice::Transferred => words.transferred.to_owned(),
        Notice::BackToBot => words.back.to_owned(),
        Notice::ContactTaken => words.contact.to_owned(),
        Notice::Closed => words.closed.to_owned(),
    }
}

fn placed(sentence: &str, position: u32) -> String {
    let mut place = String::new();
    let _ = write!(place, "{position}");
    sentence.replace("{place}", &place)
}

fn waited(words: &Words, wait: WaitEstimate) -> String {
    words.wait.replace("{likely}", &minutes(words, wait.likely_s)).replace("{most}", &minutes(words, wait.at_most_s))
}

/// Whole minutes, rounded up: a promise is never shorter than the estimate.
fn minutes(words: &Words, seconds: u32) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => words.one_minute.to_owned(),
        many => words.minutes.replace("{n}", &many.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGUAGES: [&str; 9] = ["en", "es", "fr", "de", "pt", "it", "nl", "zh", "ja"];

    #[test]
    fn every_language_says_everything_and_fills_every_place() {
        let agent = AgentId::new("ana").unwrap();
        let wait = Some(WaitEstimate { likely_s: 61, at_most_s: 300 });
        let notices = [
            Notice::Queued { position: 3, wait },
            Notice::Queued { position: 1, wait: None },
            Notice::NobodyAvailable { opens_at: None },
            Notice::AgentJoined { agent },
            Notice::WaitingAgain { position: 2 },
            Notice::Transferred,
            Notice::BackToBot,
            Notice::ContactTaken,
            Notice::Closed,
        ];
        for language in LANGUAGES {
            let language = Language::new(language).unwrap();
            for told in &notices {
                let text = notice(told, language, |_| "Ana".to_owned());
                assert!(!text.is_empty() && !text.contains(['{', '}']), "{language}: {text}");
            }
            let queued = notice(&notices[0], language, |_| String::new());
            assert!(queued.contains('3') && queued.contains('2') && queued.contains('5'), "{queued}");
        }
    }

    #[test]
    fn a_language_without_words_gets_english() {
        let text = notice(&Notice::Closed, Language::new("fi").unwrap(), |_| String::new());
        assert_eq!(text, ENGLISH.closed);
    }
}
