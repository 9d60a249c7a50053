//! Dissatisfaction with what the bot just did: a calmer thing than frustration. The customer corrects, turns down, has
//! to say again what was said, or gets no answer; thanks speak against it.

use std::sync::LazyLock;

use baton_core::Span;

use crate::failure::knew;
use crate::fold::{Folded, head};
use crate::phrases::{Phrases, needle};
use crate::turn::{Past, PastAuthor};
use crate::wording::Wordings;

/// How dissatisfied, and what says so.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dissatisfied {
    /// 0 to 1.
    pub(crate) value: f32,
    pub(crate) span: Option<Span>,
    pub(crate) evidence: String,
}

/// How much each kind of evidence says by itself; kinds add up as independent chances. Round numbers, chosen by hand.
const CORRECTED: f32 = 0.45;
const TURNED_DOWN: f32 = 0.25;
const NEGATED: f32 = 0.25;
const REFUSED: f32 = 0.2;
const OTHER: f32 = 0.12;
const NO_ANSWER: f32 = 0.3;
const BOT_NEGATED: f32 = 0.08;
const SAID_AGAIN: f32 = 0.5;
const FRUSTRATED: f32 = 0.8;
/// Any turn may displease, and every turn more of a conversation a little more.
const ANY: f32 = 0.06;
const EACH_TURN: f32 = 0.01;
const TURNS_MAX: u8 = 10;
/// Thanks leave so much of it, and a plain yes.
const THANKED: f32 = 0.4;
const AGREED: f32 = 0.6;
/// Of a goodbye, in which a no says that nothing is missing.
const CLOSED: f32 = 0.5;
/// What is looked at of a bot's answer.
const ANSWER_BYTES_MAX: usize = 600;
/// Two messages this alike are the same words again.
const ALIKE_MIN: f32 = 0.35;
/// Below this there is nothing to show.
const SHOWN_MIN: f32 = 0.02;
/// Below this a piece of evidence is not worth telling.
const TOLD_MIN: f32 = 0.1;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It was not what was asked for: `i said tuesday`.
    Corrects,
    /// What was offered is not wanted: `something else`.
    TurnsDown,
    /// Something else than what is on the table.
    Other,
    /// Says that something is not so, or not wanted.
    Negates,
    Thanks,
    Agrees,
    /// There is nothing more to do: `no, that is all`.
    Closes,
}

/// Words as people write them, several languages together; a language's own words do not mean this in another.
const WORDS: &[(Kind, &str)] = &[
    (
        Kind::Corrects,
        "not what i|isnt what i|i said|i told you|i asked for|i asked you|i meant|i mean the|thats wrong|that is wrong|thats not right\
         |that is not right|wrong again|not correct|incorrect|thats not it|you misunderstood|i already said|i already told|i already asked|i already did|i already tried|i already gave|i already answered|as i said|like i said\
         |you didnt answer|didnt answer|doesnt answer|not helpful|doesnt help|didnt help|still not|still doesnt|makes no sense|try again\
         |no es lo que|te dije|ya te dije|dije|te pregunte|eso no es|esta mal|equivocad*|sigue sin|no responde a|no me sirve\
         |ce n est pas ce que|j ai dit|je t ai dit|je vous ai dit|j ai demande|c est faux|vous n avez pas compris|tu n as pas compris\
         |toujours pas|ne repond pas a|das ist nicht was|nicht das was|ich sagte|ich habe gesagt|ich habe gefragt|das ist falsch\
         |das stimmt nicht|falsch verstanden|immer noch nicht|beantwortet nicht|hilft nicht|non è quello che|ho detto|ho chiesto\
         |è sbagliato|non hai capito|non ha capito|ancora non|não é isso|não foi isso|eu disse|eu pedi|esta errado|não entendeu|ainda não\
         |dat is niet wat|ik zei|ik vroeg|dat klopt niet|verkeerd begrepen|nog steeds niet|nie o to|powiedziałem|powiedziałam|mówiłem|mówiłam\
         |to nieprawda|nadal nie|söyledim|bunu sormadım|yanlış|hâlâ|я сказал*|я спросил*|это не то|неправильно|всё ещё не|все еще не\
         |я сказав|я питав|це не те|неправильно|досі не|قلت لك|ليس هذا|غير صحيح|ما زال|मैंने कहा|यह नहीं|गलत|saya bilang|bukan itu|salah|masih tidak\
         |tôi nói|không phải cái|sai rồi|vẫn không|ฉันบอก|ไม่ใช่อันนี้|ผิด|ยังไม่ได้|不是这个|我说的是|我问的是|不对|不對|错了|错了|還是不行|还是不行|没有回答\
         |そうじゃなく*|と言いました|違います|間違って*|まだ直*|답이 아니*|그게 아니*|라고 했*|틀렸*|여전히",
    ),
    (
        Kind::TurnsDown,
        "dont like|do not like|didnt like|did not like|not a fan|not interested|not really|not my|something else|anything else available\
         |any other|another one|other options|instead|too expensive|too far|too early|too late|never mind|nevermind|forget it|i hate\
         |not good|not great|isnt good|boring|hated|no me gust*|otra cosa|otro distinto|no me interesa|demasiado|je n aime pas|autre chose|pas interesse*\
         |trop cher|mag ich nicht|gefallt mir nicht|etwas anderes|kein interesse|zu teuer|non mi piac*|qualcos altro|troppo|não gost*|outra coisa\
         |muito caro|niet leuk|iets anders|te duur|nie podoba|coś innego|beğenmedim|başka bir|не нравится|другое|не подобається|інше|لا يعجبني\
         |شيء آخر|पसंद नहीं|कुछ और|tidak suka|yang lain|không thích|cái khác|ไม่ชอบ|อันอื่น|不喜欢|换一个|別的|别的|好きじゃな*|他の|別の|싫어*|다른 거|마음에 안",
    ),
    (
        Kind::Other,
        "other|another|else|different|again|otro|otra|diferente|autre|different*|encore une fois|ander*|nochmal|altro|altra|diverso|outro|outra|inny|inne|inna\
         |başka|farklı|друг*|інш*|آخر|أخرى|दूसरा|दूसरी|और कोई|lain|khác|อื่น|其他|另一个|再|別|他に|다른|또",
    ),
    (
        Kind::Negates,
        "not|dont|doesnt|didnt|isnt|arent|wasnt|werent|cant|cannot|couldnt|wont|wouldnt|shouldnt|havent|hasnt|hadnt|never|no|nope|none|nothing\
         |nobody|neither|nunca|nada|ninguno|ninguna|tampoco|pas|jamais|rien|aucun*|nicht|kein*|nie|niemals|nichts|non|nessun*|niente|mai|não|nao|nem\
         |nenhum*|niet|geen|nooit|niets|nee|nigdy|nic|żaden|değil|yok|hayır|hiç|нет|не|никогда|ничего|ні|немає|ніколи|нічого|لا|ليس|لم|لن|नहीं|मत|कभी नहीं\
         |tidak|bukan|belum|jangan|tak|không|chưa|chẳng|đừng|ไม่|ยังไม่|不|没|沒|没有|不是|ない|ません|じゃない|아니*|안|못|없*",
    ),
    (
        Kind::Closes,
        "thats all|that is all|that will be all|thatll be all|that would be all|thats it|nothing else|nothing more|bye|goodbye|have a good|have a nice\
         |have a great|all set|eso es todo|nada más|nada mas|adiós|adios|c est tout|rien d autre|au revoir|das ist alles|das wars|tschüss|è tutto\
         |nient altro|arrivederci|é tudo|só isso|tchau|dat is alles|tot ziens|to wszystko|do widzenia|hepsi bu|hoşça kal*|это всё|это все|до свидания\
         |це все|до побачення|هذا كل شيء|مع السلامة|बस इतना ही|itu saja|sampai jumpa|thế thôi|tạm biệt|แค่นี้|ลาก่อน|没有别的了|就这些|再见|以上です|さようなら|그게 다|안녕히",
    ),
    (
        Kind::Agrees,
        "yes|yeah|yep|sure|ok|okay|sí|vale|oui|ja|sì|sim|tak|evet|tamam|да|так|نعم|हाँ|ya|vâng|ใช่|好的|是的|はい|네",
    ),
    (
        Kind::Thanks,
        "thank|thanks|thank you|thx|great|perfect|awesome|excellent|wonderful|sounds good|that works|gracias|perfecto|genial|merci|parfait|super|danke\
         |prima|grazie|perfetto|ottimo|obrigado|obrigada|perfeito|bedankt|dank je|dank u|fijn|dziekuje|dzięki|teşekkür*|harika|спасибо|отлично|дякую|чудово\
         |شكرا|ممتاز|धन्यवाद|बढ़िया|terima kasih|bagus|cảm ơn|tuyệt|ขอบคุณ|谢谢|謝謝|太好了|ありがとう*|助かり*|감사*|고마*",
    ),
];

/// With these a message that is more than the word itself turns something down.
const NO: &[&str] = &[
    "no",
    "nope",
    "nah",
    "not",
    "non",
    "nein",
    "não",
    "nao",
    "nee",
    "nie",
    "hayır",
    "hayir",
    "нет",
    "нi",
    "ні",
    "لا",
    "नहीं",
    "tidak",
    "bukan",
    "không",
    "khong",
    "아니요",
    "아니",
];

static PHRASES: LazyLock<(Phrases, Vec<Kind>)> = LazyLock::new(|| {
    let written = WORDS.iter().flat_map(|(kind, words)| words.split('|').map(move |word| (*kind, word)));
    let (kinds, needles): (Vec<_>, Vec<_>) = written.map(|(kind, word)| (kind, needle(word))).unzip();
    (Phrases::new(needles).expect("some hundred short phrases fit an automaton"), kinds)
});

/// How dissatisfied a turn sounds, with how frustrated it is and what went before.
pub(crate) fn dissatisfaction(folded: &Folded, wordings: &Wordings<'_>, frustrated: f32) -> Option<Dissatisfied> {
    let (phrases, kinds) = &*PHRASES;
    let found = phrases.find(folded);
    let first = |kind: Kind| found.iter().find(|hit| kinds[usize::from(hit.phrase)] == kind);
    let answer = wordings.history().iter().rposition(|past| past.author != PastAuthor::Customer);
    let after_bot = answer.is_some_and(|index| matches!(wordings.history()[index].author, PastAuthor::Bot { .. }));
    let refuses = after_bot && folded.tokens.len() > 1 && NO.contains(&folded.word(0));
    let says = |kind: Kind, weight: f32| if first(kind).is_some() { weight } else { 0.0 };
    let before = answer.map(|index| &wordings.history()[index]);
    let answered = before.filter(|_| after_bot).map(|past| (knew(past), negates(past)));
    let evidence = [
        (FRUSTRATED * frustrated, "sounds displeased"),
        (says(Kind::Corrects, CORRECTED), "corrects what was understood"),
        (says(Kind::TurnsDown, TURNED_DOWN), "turns down what was offered"),
        (if refuses { REFUSED } else { 0.0 }, "says no"),
        (says(Kind::Negates, NEGATED), "says that something is not so"),
        (says(Kind::Other, OTHER), "asks for something else"),
        (SAID_AGAIN * said_again(wordings, answer), "has to say it again"),
        (if answered.is_some_and(|(knew, _)| !knew) { NO_ANSWER } else { 0.0 }, "got no answer"),
        (
            if answered.is_some_and(|(_, negates)| negates) { BOT_NEGATED } else { 0.0 },
            "was told of something that is not",
        ),
        // What nobody has answered yet cannot have displeased.
        (if answer.is_some() { ANY } else { 0.0 }, ""),
        (EACH_TURN * f32::from(turns_before(wordings)), ""),
    ];
    let satisfied: f32 = evidence.iter().map(|(weight, _)| 1.0 - weight).product();
    let thanks = if first(Kind::Thanks).is_some() { THANKED } else { 1.0 };
    let begins_with_yes = found.iter().any(|hit| hit.first == 0 && kinds[usize::from(hit.phrase)] == Kind::Agrees);
    let yes = if begins_with_yes { AGREED } else { 1.0 };
    let closed = if first(Kind::Closes).is_some() { CLOSED } else { 1.0 };
    let value = (1.0 - satisfied) * thanks * yes * closed;
    if value < SHOWN_MIN {
        return None;
    }
    let told: Vec<&str> = evidence.iter().filter(|(weight, _)| *weight >= TOLD_MIN).map(|(_, what)| *what).collect();
    let hit = first(Kind::Corrects).or_else(|| first(Kind::TurnsDown)).or_else(|| first(Kind::Negates));
    let span = hit.and_then(|hit| folded.span(usize::from(hit.first), usize::from(hit.end)));
    let evidence = if told.is_empty() { "nothing speaks for it".to_owned() } else { told.join(", ") };
    Some(Dissatisfied { value, span, evidence })
}

/// Whether an answer says that something is not so: there is none, it cannot be done.
fn negates(past: &Past) -> bool {
    let (phrases, kinds) = &*PHRASES;
    let folded = Folded::new(head(&past.text, ANSWER_BYTES_MAX));
    phrases.find(&folded).iter().any(|hit| kinds[usize::from(hit.phrase)] == Kind::Negates)
}

/// How many messages the customer wrote before, at most [`TURNS_MAX`].
fn turns_before(wordings: &Wordings<'_>) -> u8 {
    let before = wordings.history().iter().filter(|past| past.author == PastAuthor::Customer).count();
    u8::try_from(before).unwrap_or(TURNS_MAX).min(TURNS_MAX)
}

/// How much of the message was in the customer's one before, with an answer between.
fn said_again(wordings: &Wordings<'_>, answer: Option<usize>) -> f32 {
    let Some(answer) = answer else { return 0.0 };
    let before = |past: &Past| past.author == PastAuthor::Customer;
    let Some(last) = wordings.history()[..answer].iter().rposition(before) else { return 0.0 };
    let alike = wordings.past(last).likeness(wordings.text());
    if alike >= ALIKE_MIN && wordings.text().says_something() { alike } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use baton_core::Seq;

    use super::*;

    fn value(history: &[(PastAuthor, &str)], text: &str) -> f32 {
        let past: Vec<Past> = (1..)
            .zip(history)
            .map(|(seq, (author, text))| Past { seq: Seq(seq), author: *author, text: (*text).to_owned() })
            .collect();
        dissatisfaction(&Folded::new(text), &Wordings::new(&past, text), 0.0).map_or(0.0, |found| found.value)
    }

    const BOT: PastAuthor = PastAuthor::Bot { knew: true };

    #[test]
    fn who_corrects_the_bot_is_less_satisfied_than_who_goes_on() {
        let asked = [(PastAuthor::Customer, "book a table for Tuesday"), (BOT, "Thursday at 7 pm, shall I book it?")];
        let corrects = value(&asked, "No, I said Tuesday");
        assert!(corrects > 0.5, "{corrects}");
        assert!(value(&asked, "yes please") < 0.1);
        assert!(value(&asked, "no, thank you, that works") < corrects / 2.0);
    }

    #[test]
    fn it_is_heard_in_other_languages() {
        let asked = [(PastAuthor::Customer, "…"), (BOT, "…")];
        for text in [
            "no, dije el martes, no el jueves",
            "das ist falsch, ich sagte Dienstag",
            "不对，我说的是周二",
            "違います、火曜日です",
        ] {
            assert!(value(&asked, text) >= 0.4, "{text}: {}", value(&asked, text));
        }
    }

    #[test]
    fn no_answer_and_the_same_words_again_count() {
        let unanswered = [
            (PastAuthor::Customer, "how do I export my contacts"),
            (PastAuthor::Bot { knew: false }, "I do not know."),
        ];
        assert!(value(&unanswered, "how can I export the contacts then") > 0.4);
    }
}
