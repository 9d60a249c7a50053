//! What the knowledge bot says of its own accord, in the thirteen languages it speaks.

use baton_core::Language;

/// The bot's own sentences in one language.
#[derive(Debug)]
pub(super) struct Phrases {
    /// It does not know.
    pub(super) unknown: &'static str,
    /// The only answer it has is one that it gave before.
    pub(super) said_already: &'static str,
    /// A person can be had; the answer "yes" to this sentence is understood.
    pub(super) offer: &'static str,
    /// `{title}` is the article's.
    pub(super) more_in: &'static str,
    pub(super) greeting: &'static str,
    pub(super) thanks: &'static str,
    pub(super) farewell: &'static str,
    /// Asked whether it is a machine.
    pub(super) identity: &'static str,
    /// The customer said no, or fine.
    pub(super) at_your_service: &'static str,
    /// Before a person comes.
    pub(super) person_comes: &'static str,
    pub(super) promised: &'static str,
    pub(super) still_open: &'static str,
    pub(super) noted: &'static str,
    /// Nothing was promised and nothing is open.
    pub(super) nothing_open: &'static str,
    /// What the customer can say to the offer of a person, as buttons; both are understood as small talk.
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
}

pub(super) fn phrases(language: Language) -> &'static Phrases {
    match language.as_str() {
        "es" => &SPANISH,
        "fr" => &FRENCH,
        "de" => &GERMAN,
        "pt" => &PORTUGUESE,
        "it" => &ITALIAN,
        "nl" => &DUTCH,
        "zh" => &CHINESE,
        "ja" => &JAPANESE,
        "pl" => &POLISH,
        "tr" => &TURKISH,
        "ar" => &ARABIC,
        "ko" => &KOREAN,
        _ => &ENGLISH,
    }
}

/// All languages, for recognising what was said before the customer changed theirs.
pub(super) const ALL: [&Phrases; 13] = [
    &ENGLISH,
    &SPANISH,
    &FRENCH,
    &GERMAN,
    &PORTUGUESE,
    &ITALIAN,
    &DUTCH,
    &CHINESE,
    &JAPANESE,
    &POLISH,
    &TURKISH,
    &ARABIC,
    &KOREAN,
];

static ENGLISH: Phrases = Phrases {
    unknown: "I don't know the answer to that: I found nothing in the articles that covers it. You can put the question another way.",
    said_already: "I have no other answer than the one I gave above.",
    offer: "Would you like me to bring in a person?",
    more_in: "There is more in the article “{title}”.",
    greeting: "Hello! What can I help you with?",
    thanks: "You're welcome! Is there anything else?",
    farewell: "Goodbye! You can write again at any time.",
    identity: "I am an automated assistant. I answer from the articles here, and people stand behind me.",
    at_your_service: "All right. What else can I help you with?",
    person_comes: "I'll bring in a person.",
    promised: "This was promised to you:",
    still_open: "This is still open:",
    noted: "My colleague noted this:",
    nothing_open: "My colleague noted no promise and nothing that is still open.",
    yes: "Yes, please",
    no: "No, thanks",
};

static SPANISH: Phrases = Phrases {
    unknown: "No sé la respuesta: no he encontrado nada en los artículos que trate de eso. Puede formular la pregunta de otra manera.",
    said_already: "No tengo otra respuesta que la que le di más arriba.",
    offer: "¿Quiere que le pase con una persona?",
    more_in: "Hay más en el artículo «{title}».",
    greeting: "¡Hola! ¿En qué puedo ayudarle?",
    thanks: "¡De nada! ¿Hay algo más?",
    farewell: "¡Hasta luego! Puede volver a escribir cuando quiera.",
    identity: "Soy un asistente automático. Respondo con los artículos de aquí y detrás de mí hay personas.",
    at_your_service: "De acuerdo. ¿En qué más puedo ayudarle?",
    person_comes: "Le paso con una persona.",
    promised: "Esto es lo que se le prometió:",
    still_open: "Esto sigue pendiente:",
    noted: "Mi colega anotó lo siguiente:",
    nothing_open: "Mi colega no anotó ninguna promesa ni nada pendiente.",
    yes: "Sí, por favor",
    no: "No, gracias",
};

static FRENCH: Phrases = Phrases {
    unknown: "Je ne connais pas la réponse : je n'ai rien trouvé à ce sujet dans les articles. Vous pouvez poser la question autrement.",
    said_already: "Je n'ai pas d'autre réponse que celle donnée plus haut.",
    offer: "Voulez-vous que je fasse venir une personne ?",
    more_in: "L'article « {title} » en dit plus.",
    greeting: "Bonjour ! Comment puis-je vous aider ?",
    thanks: "Je vous en prie ! Y a-t-il autre chose ?",
    farewell: "Au revoir ! Vous pouvez écrire à nouveau quand vous voulez.",
    identity: "Je suis un assistant automatique. Je réponds à partir des articles d'ici, et il y a des personnes derrière moi.",
    at_your_service: "Entendu. Que puis-je faire d'autre pour vous ?",
    person_comes: "Je fais venir une personne.",
    promised: "Voici ce qui vous a été promis :",
    still_open: "Ceci reste en suspens :",
    noted: "Voici ce que mon collègue a noté :",
    nothing_open: "Mon collègue n'a noté ni promesse ni point en suspens.",
    yes: "Oui, s'il vous plaît",
    no: "Non merci",
};

static GERMAN: Phrases = Phrases {
    unknown: "Darauf weiß ich keine Antwort: In den Artikeln habe ich nichts dazu gefunden. Sie können die Frage anders stellen.",
    said_already: "Ich habe keine andere Antwort als die, die schon oben steht.",
    offer: "Soll ich einen Menschen dazuholen?",
    more_in: "Mehr steht im Artikel „{title}“.",
    greeting: "Hallo! Wobei kann ich Ihnen helfen?",
    thanks: "Gern geschehen! Gibt es noch etwas?",
    farewell: "Auf Wiedersehen! Sie können jederzeit wieder schreiben.",
    identity: "Ich bin ein automatischer Assistent. Ich antworte aus den Artikeln hier, und hinter mir stehen Menschen.",
    at_your_service: "In Ordnung. Wobei kann ich sonst helfen?",
    person_comes: "Ich hole einen Menschen dazu.",
    promised: "Das wurde Ihnen zugesagt:",
    still_open: "Das ist noch offen:",
    noted: "Das wurde festgehalten:",
    nothing_open: "Es wurde weder eine Zusage noch etwas Offenes festgehalten.",
    yes: "Ja, bitte",
    no: "Nein, danke",
};

static PORTUGUESE: Phrases = Phrases {
    unknown: "Não sei a resposta: não encontrei nada sobre isso nos artigos. Pode fazer a pergunta de outra forma.",
    said_already: "Não tenho outra resposta além da que dei acima.",
    offer: "Quer que eu chame uma pessoa?",
    more_in: "Há mais no artigo “{title}”.",
    greeting: "Olá! Em que posso ajudar?",
    thanks: "De nada! Há mais alguma coisa?",
    farewell: "Até logo! Pode voltar a escrever quando quiser.",
    identity: "Sou um assistente automático. Respondo com os artigos daqui e há pessoas atrás de mim.",
    at_your_service: "Certo. Em que mais posso ajudar?",
    person_comes: "Vou chamar uma pessoa.",
    promised: "Foi isto que lhe prometeram:",
    still_open: "Isto ainda está pendente:",
    noted: "Ficou registado o seguinte:",
    nothing_open: "Não ficou registada nenhuma promessa nem nada pendente.",
    yes: "Sim, por favor",
    no: "Não, obrigado",
};

static ITALIAN: Phrases = Phrases {
    unknown: "Non conosco la risposta: negli articoli non ho trovato nulla in proposito. Può porre la domanda in un altro modo.",
    said_already: "Non ho altra risposta oltre a quella data sopra.",
    offer: "Vuole che chiami una persona?",
    more_in: "C'è di più nell'articolo «{title}».",
    greeting: "Buongiorno! In che cosa posso aiutarla?",
    thanks: "Prego! C'è altro?",
    farewell: "Arrivederci! Può scrivere di nuovo quando vuole.",
    identity: "Sono un assistente automatico. Rispondo con gli articoli di qui, e dietro di me ci sono persone.",
    at_your_service: "Va bene. In che cos'altro posso aiutarla?",
    person_comes: "Chiamo una persona.",
    promised: "Ecco che cosa le è stato promesso:",
    still_open: "Questo è ancora in sospeso:",
    noted: "È stato annotato quanto segue:",
    nothing_open: "Non è stata annotata alcuna promessa né nulla in sospeso.",
    yes: "Sì, grazie",
    no: "No, grazie",
};

static DUTCH: Phrases = Phrases {
    unknown: "Daar weet ik het antwoord niet op: in de artikelen heb ik er niets over gevonden. U kunt de vraag anders stellen.",
    said_already: "Ik heb geen ander antwoord dan wat hierboven staat.",
    offer: "Zal ik er een mens bij halen?",
    more_in: "Er staat meer in het artikel „{title}”.",
    greeting: "Hallo! Waarmee kan ik u helpen?",
    thanks: "Graag gedaan! Is er nog iets?",
    farewell: "Tot ziens! U kunt altijd weer schrijven.",
    identity: "Ik ben een automatische assistent. Ik antwoord uit de artikelen hier, en achter mij staan mensen.",
    at_your_service: "Goed. Waarmee kan ik u nog meer helpen?",
    person_comes: "Ik haal er een mens bij.",
    promised: "Dit is u beloofd:",
    still_open: "Dit staat nog open:",
    noted: "Dit is genoteerd:",
    nothing_open: "Er is geen toezegging genoteerd en niets dat nog openstaat.",
    yes: "Ja, graag",
    no: "Nee, bedankt",
};

static CHINESE: Phrases = Phrases {
    unknown: "这个问题我不知道答案：文章里没有找到相关内容。您可以换一种说法再问。",
    said_already: "除了上面的回答，我没有其他内容可以补充。",
    offer: "需要我请人工来帮您吗？",
    more_in: "文章《{title}》里有更多内容。",
    greeting: "您好！有什么可以帮您？",
    thanks: "不客气！还有别的问题吗？",
    farewell: "再见！您随时可以再来提问。",
    identity: "我是自动助手，根据这里的文章回答问题，背后有真人客服。",
    at_your_service: "好的。还有什么可以帮您？",
    person_comes: "我请人工来帮您。",
    promised: "同事向您承诺了：",
    still_open: "尚未解决的事项：",
    noted: "同事记录了：",
    nothing_open: "同事没有记录任何承诺，也没有未解决的事项。",
    yes: "需要",
    no: "不用了",
};

static JAPANESE: Phrases = Phrases {
    unknown: "申し訳ありませんが、その答えはわかりません。記事の中に該当する内容が見つかりませんでした。別の言い方で質問していただけます。",
    said_already: "上でお答えした以上のことはわかりません。",
    offer: "担当者をお呼びしましょうか？",
    more_in: "詳しくは記事「{title}」にあります。",
    greeting: "こんにちは！どのようなご用件でしょうか？",
    thanks: "どういたしまして！ほかに何かございますか？",
    farewell: "ありがとうございました。いつでもまたご連絡ください。",
    identity: "私は自動応答のアシスタントです。ここの記事をもとにお答えし、後ろには人の担当者がいます。",
    at_your_service: "かしこまりました。ほかにお手伝いできることはありますか？",
    person_comes: "担当者をお呼びします。",
    promised: "お約束した内容は次のとおりです。",
    still_open: "まだ対応中の事項は次のとおりです。",
    noted: "担当者の記録は次のとおりです。",
    nothing_open: "お約束や対応中の事項の記録はありません。",
    yes: "お願いします",
    no: "いいえ、結構です",
};

static POLISH: Phrases = Phrases {
    unknown: "Nie znam odpowiedzi: w artykułach nie ma nic na ten temat. Można zadać pytanie inaczej.",
    said_already: "Nie mam innej odpowiedzi niż ta powyżej.",
    offer: "Czy poprosić człowieka?",
    more_in: "Więcej jest w artykule „{title}”.",
    greeting: "Dzień dobry! W czym mogę pomóc?",
    thanks: "Proszę bardzo! Czy coś jeszcze?",
    farewell: "Do widzenia! Można napisać ponownie w każdej chwili.",
    identity: "Jestem automatycznym asystentem. Odpowiadam na podstawie tutejszych artykułów, a za mną stoją ludzie.",
    at_your_service: "Dobrze. W czym jeszcze mogę pomóc?",
    person_comes: "Proszę człowieka o pomoc.",
    promised: "Oto, co zostało obiecane:",
    still_open: "To jest jeszcze do załatwienia:",
    noted: "Oto, co zapisano:",
    nothing_open: "Nie zapisano żadnej obietnicy ani niczego, co byłoby jeszcze do załatwienia.",
    yes: "Tak, proszę",
    no: "Nie, dziękuję",
};

static TURKISH: Phrases = Phrases {
    unknown: "Bunun yanıtını bilmiyorum: makalelerde bununla ilgili bir şey bulamadım. Soruyu başka türlü sorabilirsiniz.",
    said_already: "Yukarıdakinden başka bir yanıtım yok.",
    offer: "Bir insanı çağırmamı ister misiniz?",
    more_in: "Devamı “{title}” makalesinde.",
    greeting: "Merhaba! Size nasıl yardımcı olabilirim?",
    thanks: "Rica ederim! Başka bir şey var mı?",
    farewell: "Hoşça kalın! İstediğiniz zaman yeniden yazabilirsiniz.",
    identity: "Ben otomatik bir yardımcıyım. Buradaki makalelerden yanıt veriyorum ve arkamda insanlar var.",
    at_your_service: "Peki. Başka nasıl yardımcı olabilirim?",
    person_comes: "Bir insanı çağırıyorum.",
    promised: "Size verilen söz:",
    still_open: "Bu henüz sonuçlanmadı:",
    noted: "Şu not edildi:",
    nothing_open: "Ne verilen bir söz ne de sonuçlanmamış bir konu not edildi.",
    yes: "Evet, lütfen",
    no: "Hayır, teşekkürler",
};

static ARABIC: Phrases = Phrases {
    unknown: "لا أعرف الجواب: لم أجد في المقالات ما يتعلق بذلك. يمكنك طرح السؤال بطريقة أخرى.",
    said_already: "ليس لدي جواب غير الذي قدمته أعلاه.",
    offer: "هل تريد أن أستدعي شخصًا؟",
    more_in: "المزيد في المقال «{title}».",
    greeting: "مرحبًا! كيف يمكنني مساعدتك؟",
    thanks: "على الرحب والسعة! هل من شيء آخر؟",
    farewell: "إلى اللقاء! يمكنك الكتابة مجددًا في أي وقت.",
    identity: "أنا مساعد آلي. أجيب من المقالات الموجودة هنا، ومن ورائي أشخاص حقيقيون.",
    at_your_service: "حسنًا. بماذا أساعدك أيضًا؟",
    person_comes: "سأستدعي شخصًا.",
    promised: "هذا ما وُعدت به:",
    still_open: "ما زال هذا قيد المتابعة:",
    noted: "هذا ما دُوِّن:",
    nothing_open: "لم يُدوَّن أي وعد ولا أي أمر قيد المتابعة.",
    yes: "نعم، من فضلك",
    no: "لا، شكرًا",
};

static KOREAN: Phrases = Phrases {
    unknown: "답을 찾지 못했습니다. 문서에 관련 내용이 없습니다. 다른 방식으로 질문하셔도 됩니다.",
    said_already: "위에 드린 답변 외에 다른 답변은 없습니다.",
    offer: "상담원을 불러 드릴까요?",
    more_in: "자세한 내용은 문서 ‘{title}’에 있습니다.",
    greeting: "안녕하세요! 무엇을 도와드릴까요?",
    thanks: "별말씀을요! 더 필요하신 것이 있나요?",
    farewell: "안녕히 가세요! 언제든지 다시 문의해 주세요.",
    identity: "저는 자동 응답 도우미입니다. 이곳의 문서를 바탕으로 답하며, 뒤에는 사람 상담원이 있습니다.",
    at_your_service: "알겠습니다. 또 무엇을 도와드릴까요?",
    person_comes: "상담원을 불러 드리겠습니다.",
    promised: "다음 내용을 약속드렸습니다:",
    still_open: "아직 처리 중인 사항입니다:",
    noted: "다음 내용이 기록되어 있습니다:",
    nothing_open: "기록된 약속이나 처리 중인 사항이 없습니다.",
    yes: "네, 부탁합니다",
    no: "아니요, 괜찮습니다",
};

#[cfg(test)]
mod tests {
    use super::super::small_talk::{SmallTalk, small_talk};
    use super::*;

    #[test]
    fn every_language_says_everything_in_its_own_words() {
        for (index, own) in ALL.iter().enumerate() {
            assert!(own.more_in.contains("{title}"), "{}", own.more_in);
            assert_eq!(small_talk(own.yes), Some(SmallTalk::Yes), "{}", own.yes);
            assert_eq!(small_talk(own.no), Some(SmallTalk::No), "{}", own.no);
            for other in &ALL[index + 1..] {
                assert_ne!(own.unknown, other.unknown);
                assert_ne!(own.offer, other.offer);
                assert_ne!(own.promised, other.promised);
            }
        }
        for code in ["es", "fr", "de", "pt", "it", "nl", "zh", "ja", "pl", "tr", "ar", "ko"] {
            assert_ne!(phrases(Language::new(code).unwrap()).unknown, ENGLISH.unknown, "{code}");
        }
    }
}
