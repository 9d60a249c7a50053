//! The language of a turn: script first, then a learned model of letters; short texts keep the hint.

mod letters;

pub use letters::features;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_core::Language;

use crate::fold::{Folded, head};

/// Enough text to tell, and not more than is needed.
const TEXT_BYTES_MAX: usize = 1_000;
/// Fewer letters than these keep the hint, unless the script speaks.
const LETTERS_MIN: usize = 12;

/// The language, and how sure that is (0 to 1).
pub(crate) fn language(text: &str, folded: &Folded, hint: Option<Language>) -> (Language, f32) {
    let text = head(text, TEXT_BYTES_MAX);
    let scripts = Scripts::count(text);
    if let Some(told) = scripts.language(hint) {
        return told;
    }
    // Cyrillic letters speak against every hint that does not write with them.
    let cyrillic = scripts.letters() > 2 * scripts.latin;
    let hint = hint.filter(|hint| !cyrillic || ["ru", "uk"].contains(&hint.as_str()));
    let kept = hint.unwrap_or(Language::ENGLISH);
    let Some((learned, share)) = letters::told(text) else { return (kept, 0.3) };
    if scripts.letters() < LETTERS_MIN || folded.tokens.len() < 2 {
        return match hint {
            None => (learned, share.min(0.6)),
            Some(hint) if hint == learned => (hint, 0.6),
            Some(hint) => (hint, 0.3),
        };
    }
    // Languages that the model does not know show by their small words.
    if let Some(common) = common_words(folded).filter(|_| share < KNOWN) {
        return (common, 0.7);
    }
    match hint {
        Some(hint) if hint == learned => (hint, share.max(0.7)),
        Some(hint) if share < SURE => (hint, 0.35),
        Some(_) | None => (learned, share),
    }
}

/// From this share on the text is in a language that the model knows.
const KNOWN: f32 = 0.8;
/// From this share on the letters speak against the hint.
const SURE: f32 = 0.6;

#[derive(Default)]
struct Scripts {
    latin: usize,
    han: usize,
    kana: usize,
    /// Letters of scripts that one language, or one in practice, writes with.
    others: BTreeMap<&'static str, usize>,
}

impl Scripts {
    fn count(text: &str) -> Self {
        let mut scripts = Self::default();
        for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
            let language = match letter {
                '\u{3040}'..='\u{30ff}' => {
                    scripts.kana += 1;
                    continue;
                }
                '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
                    scripts.han += 1;
                    continue;
                }
                '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' => "ko",
                '\u{400}'..='\u{52f}' => "ru",
                '\u{590}'..='\u{5ff}' => "he",
                '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => "ar",
                '\u{900}'..='\u{97f}' => "hi",
                '\u{e00}'..='\u{e7f}' => "th",
                '\u{370}'..='\u{3ff}' => "el",
                _ => {
                    scripts.latin += 1;
                    continue;
                }
            };
            *scripts.others.entry(language).or_default() += 1;
        }
        scripts
    }

    /// Of the scripts that the model of letters tells apart.
    fn letters(&self) -> usize {
        self.latin + self.others.get("ru").copied().unwrap_or(0)
    }

    /// What the script alone tells. Scripts that several languages share leave it to the hint among them.
    fn language(&self, hint: Option<Language>) -> Option<(Language, f32)> {
        let (other, letters) =
            self.others.iter().max_by_key(|(_, letters)| **letters).map_or(("", 0), |(l, n)| (*l, *n));
        let written = self.han + self.kana;
        if written.max(letters) * 2 < self.latin {
            return None;
        }
        let hinted = |sharing: &[&str]| hint.filter(|hint| sharing.contains(&hint.as_str()));
        let (shared, otherwise): (&[&str], &str) = match other {
            _ if self.kana > 0 && written >= letters => (&[], "ja"),
            _ if self.han > 0 && written >= letters => {
                // A few Han characters may be Japanese as well.
                (if self.han <= 4 { &["ja", "zh", "yue"] } else { &["zh", "yue"] }, "zh")
            }
            // Russian and Ukrainian are told apart by their letters; the others keep the hint.
            "ru" => match hinted(&["bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"]) {
                Some(hinted) => return Some((hinted, 0.7)),
                None => return None,
            },
            "ar" => (&["fa", "ur", "ps", "ckb", "ug"], "ar"),
            "hi" => (&["mr", "ne", "sa"], "hi"),
            "he" => (&["yi"], "he"),
            "" => return None,
            single => (&[], single),
        };
        let language = hinted(shared).or_else(|| Language::new(otherwise))?;
        Some((language, if written.max(letters) >= 4 { 0.95 } else { 0.7 }))
    }
}

/// A language that the model of letters does not know, when two of its small words or more stand in the text and no
/// other language has as many.
fn common_words(folded: &Folded) -> Option<Language> {
    let mut counts = [0_usize; COMMON.len()];
    for token in 0..folded.tokens.len().min(100) {
        for language in COMMON_INDEX.get(folded.word(token)).into_iter().flatten() {
            counts[*language] += 1;
        }
    }
    let most = counts.iter().copied().max().filter(|most| *most >= 2)?;
    let mut best = (0..COMMON.len()).filter(|at| counts[*at] == most);
    let (only, None) = (best.next()?, best.next()) else { return None };
    UNLEARNED.contains(&COMMON[only].0).then(|| Language::new(COMMON[only].0))?
}

const UNLEARNED: [&str; 3] = ["sv", "da", "ro"];

static COMMON_INDEX: LazyLock<BTreeMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut index: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (at, (_, words)) in COMMON.iter().enumerate() {
        for word in words.split(' ') {
            index.entry(word).or_default().push(at);
        }
    }
    index
});

/// Small words by language, folded.
const COMMON: [(&str, &str); 14] = [
    (
        "en",
        "the and you your with this that have is are was what how where when why can could would please my it of to do does not dont i im want need an for from they hello thanks",
    ),
    (
        "es",
        "el los las una que por para con como donde quiero necesito tengo esta esto puedo mi gracias hola porque cuando del favor muy pero soy hay mas no me",
    ),
    (
        "fr",
        "le les des une est pas vous je pour avec dans qui mon ma votre bonjour merci comment pourquoi c j suis ai cette et au sur quand ne mes",
    ),
    (
        "de",
        "der die das und ich ist nicht ein eine mit fur wie warum bitte mein meine habe kann auf zu wo was hallo danke noch sie den dem von",
    ),
    (
        "pt",
        "o os as um uma que nao por para com como onde quero preciso tenho voce meu minha obrigado ola porque quando do da em esta muito mas eu sao",
    ),
    (
        "it",
        "il lo gli una che non per con come dove voglio ho mio mia sono ciao grazie perche quando del della questo e di buongiorno posso vorrei",
    ),
    (
        "nl",
        "de het een en ik niet met voor hoe waar waarom mijn heb kan van op is wat hallo bedankt graag zijn maar dat u jullie naar",
    ),
    (
        "pl",
        "i w na nie jest sie z do co jak czy mam moj moja prosze dziekuje ale dla gdzie dlaczego chce to dzien dobry moge",
    ),
    (
        "tr",
        "ve bir bu icin ile ne nasil nerede neden benim istiyorum var yok merhaba tesekkurler lutfen ama degil cok mi ben",
    ),
    ("sv", "och att det en ett jag inte med for hur var varfor min mitt har kan pa ar vad hej tack vill som till"),
    ("da", "og at det en et jeg ikke med for hvordan hvor hvorfor min mit har kan pa er hvad hej tak vil som til"),
    ("vi", "toi ban la khong co cua va cho nhu the nao o dau duoc nay mot xin chao cam on muon"),
    (
        "id",
        "saya dan yang di ke dari untuk dengan tidak ini itu bagaimana apa kenapa bisa mau terima kasih tolong halo",
    ),
    ("ro", "si este nu un o cu pentru cum unde de ce meu mea am vreau multumesc buna sunt care la pe"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, hint: Option<&str>) -> (String, f32) {
        let (language, sure) = language(text, &Folded::new(text), hint.and_then(Language::new));
        (language.to_string(), sure)
    }

    #[test]
    fn a_sentence_tells_its_language_against_the_hint() {
        for (text, tag) in [
            ("Where is my order and when does it arrive?", "en"),
            ("¿Dónde está mi pedido y cuándo llega?", "es"),
            ("Où est ma commande et quand est-ce qu'elle arrive ?", "fr"),
            ("Wo ist meine Bestellung und wann kommt sie an?", "de"),
            ("Onde está o meu pedido e quando chega?", "pt"),
            ("Dov'è il mio ordine e quando arriva?", "it"),
            ("Waar is mijn bestelling en wanneer komt die aan?", "nl"),
            ("Gdzie jest moje zamówienie i kiedy dotrze do mnie?", "pl"),
            ("我的订单在哪里？", "zh"),
            ("注文はどこですか", "ja"),
            ("내 주문은 어디에 있나요?", "ko"),
            ("Где мой заказ?", "ru"),
        ] {
            let (language, sure) = told(text, Some("sv"));
            assert_eq!(language, tag, "{text}");
            assert!(sure >= 0.5, "{text}: {sure}");
        }
    }

    #[test]
    fn a_short_text_keeps_the_hint() {
        for text in ["ok", "12345", "no", "agent", "👍", ""] {
            let (language, sure) = told(text, Some("es"));
            assert_eq!(language, "es", "{text}");
            assert!(sure < 0.7, "{text}");
        }
        assert_eq!(told("退款", Some("ja")).0, "ja");
        assert_eq!(told("привіт", Some("uk")).0, "uk");
        assert_eq!(told("Jag vill att du skickar det till mig", None).0, "sv");
    }
}
