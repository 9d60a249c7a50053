//! Texts in many languages: sentences, content words, shortening. Nothing here cuts a character in two.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

/// What is read of a message.
pub(crate) const LINE_CHARS_MAX: usize = 4_000;
/// Sentences that are looked at in one message.
const SENTENCES_MAX: usize = 40;
/// Words are compared by their beginnings, so that endings do not part them.
const STEM_CHARS: usize = 6;

/// One line without control characters and marks that reorder text, with single spaces.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LINE_CHARS_MAX * 2));
    for character in text.chars().take(LINE_CHARS_MAX) {
        let reorders = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_whitespace() || character.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !reorders && character != '\u{feff}' {
            out.push(character);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Markdown as plain words: bots write it, and in a line of a brief its marks are noise.
pub(crate) fn unmarked(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len().min(LINE_CHARS_MAX));
    for line in markdown.lines() {
        let line = line.trim_start_matches(['#', '>', ' ', '\t']);
        let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
        if line.starts_with("```") {
            continue;
        }
        let mut rest = line;
        // `[text](address)` leaves the text.
        while let Some((before, link)) = rest.split_once('[') {
            let Some((text, after)) = link.split_once("](") else { break };
            let Some((_, after)) = after.split_once(')') else { break };
            plain.push_str(before);
            plain.push_str(text);
            rest = after;
        }
        plain.push_str(rest);
        plain.push(' ');
    }
    plain.replace("**", "").replace("__", "").replace('`', "").trim().to_owned()
}

/// At most so many characters, cut between words, else between graphemes, with `…`.
pub(crate) fn shorten(text: &str, chars_max: usize) -> String {
    let text = clean(text);
    if text.chars().count() <= chars_max {
        return text;
    }
    let room = chars_max.saturating_sub(1);
    let fitting = |pieces: &mut dyn Iterator<Item = &str>| {
        let (mut end, mut chars) = (0, 0);
        for piece in pieces {
            chars += piece.chars().count();
            if chars > room {
                break;
            }
            end += piece.len();
        }
        end
    };
    let words = fitting(&mut text.split_word_bounds());
    let graphemes = fitting(&mut text.graphemes(true));
    // A word that fills half the line is cut rather than left out.
    let mut end = if words * 2 >= graphemes { words } else { graphemes };
    if end == 0 {
        // A single grapheme longer than the line: marks heaped on one letter.
        end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
    }
    let kept =
        text[..end].trim_end_matches(|character: char| character.is_whitespace() || matches!(character, ',' | ';'));
    format!("{kept}…")
}

/// The sentences of a message, cleaned; line ends part them too.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let text: String = text.chars().take(LINE_CHARS_MAX).collect();
    text.split(['\n', '\r'])
        .flat_map(UnicodeSegmentation::unicode_sentences)
        .map(clean)
        .filter(|sentence| !sentence.is_empty())
        .take(SENTENCES_MAX)
        .collect()
}

/// The words of a text that tell it from others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Content {
    stems: BTreeSet<String>,
    ideographs: usize,
}

impl Content {
    pub(crate) fn of(text: &str) -> Self {
        let mut content = Self::default();
        let mut before: Option<char> = None;
        for word in text.unicode_words().take(LINE_CHARS_MAX) {
            let low = word.to_lowercase().replace('\u{2019}', "'");
            if low.chars().any(is_ideograph) {
                for character in low.chars().filter(|character| !SMALL_IDEOGRAPHS.contains(*character)) {
                    content.ideographs += 1;
                    content.stems.extend(before.map(|before| String::from_iter([before, character])));
                    before = Some(character);
                }
                continue;
            }
            before = None;
            let small = SMALL_WORDS.contains(low.as_str());
            if !small && low.chars().count() > 1 {
                content.stems.insert(low.chars().take(STEM_CHARS).collect());
            }
        }
        content
    }

    /// How much it says, in words; greetings and asking for a person say nothing of the need.
    pub(crate) fn weight(&self) -> usize {
        self.stems.len().max(self.ideographs / 2)
    }

    /// 0 to 1.
    #[allow(clippy::cast_precision_loss)] // A message has some hundred words at most.
    pub(crate) fn likeness(&self, other: &Self) -> f32 {
        let all = self.stems.len() + other.stems.len();
        if all == 0 { 0.0 } else { 2.0 * self.stems.intersection(&other.stems).count() as f32 / all as f32 }
    }
}

pub(crate) fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Particles, politeness and the words for a person in scripts without spaces.
const SMALL_IDEOGRAPHS: &str = "我的了吗嗎怎么麼请請要想你您是在吧呢啊把给給这這那個个也都就和跟能可以没有不好谢謝人工客服真转轉接のはがをにでともかすまよねてたしいだお願話こんちあり";

static SMALL_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| SMALL.split_whitespace().collect());

/// Small words, greetings, politeness, and words that ask for a person, in several languages.
const SMALL: &str = "a about actually afternoon again agent agente agents ahora ai al alguien already also alstublieft am an \
    and another any anybody anyone ao are as asap asesor ask at atendente au aub auch auf aux available avec \
    be because been berater bir bitte boa bom bonjour bonsoir bot buenas buenos buongiorno but by c'est call \
    can can't cannot ce chat chatbot chcę che ciao cliente com comment como comunicame comunícame con connect \
    conseiller contact could customer cómo da danke dans das dat day de del dem den der des di dia dias did \
    die do dobry does don't dos du dzień días e echten een ein eine einem einen einer el elle em en es \
    escalate est et eu evening falar favor favore for from für get give gli goedemorgen good gostaria got \
    graag gracias grazie great guten habe hablar had hallo has have he hello help her het hey hi him his ho \
    hoe hola how humain human humana humano i i'd i'm i've ich iemand if ik il ile im immediately in insan is \
    ist istiyorum it it's its j'ai je jemand jemandem just kan kann know konsultant konsultantem \
    kundenservice la las le les like live lo los ma machine manager mas may me medewerker mein meine mens \
    mensch merci merhaba mes met meu mi mia mich mijn mine minha mio mir mis mit mitarbeiter moi mon more \
    morgen morning muy my más möchte na nao ne necesito need nicht nie niet no noch noches noite non not nous \
    now não o obrigada obrigado of oi ok okay olá on one op operador operator operatore or os our out over \
    para parlare parler pas pasame per pero person persona personne pessoa peux plait plaît please pls por \
    pour pra praten preciso proszę puedo puis pásame qualcuno que quelqu'un queria quero qui quiero quisiera \
    reach real really reden representante representative right robot rozmawiać s'il salve se service servicio \
    she should si sie sin so some somebody someone son sono souhaite soy speak sprechen spreken still su \
    supervisor support sur sure svp sí tag talk tarde tardes te team temsilci thank thanks that the their \
    them then there they this to today transfer tu um uma umano un una unas und une uno unos up us van ve \
    verbinden very veux você voglio von voor vorrei votre voudrais vous vrai vraie w want was way we well \
    were what when where which who why wie wil will wir with would y ya yes yet yo you your z zu à è в \
    здравствуйте и как мне на не нужен оператор оператора поговорить пожалуйста позовите привет с хочу \
    человек человека что это я 사람 상담원 안녕하세요 연결";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_in_every_script() {
        assert_eq!(sentences("Hello there. My parcel is late!\nWhat now?").len(), 3);
        assert_eq!(sentences("订单没到。怎么办？"), ["订单没到。", "怎么办？"]);
    }

    #[test]
    fn a_long_text_is_cut_between_words_or_graphemes() {
        assert_eq!(shorten("one two three four", 12), "one two…");
        let family = "👨‍👩‍👧".repeat(40);
        let cut = shorten(&family, 20);
        assert!(cut.chars().count() <= 20 && cut.trim_end_matches('…').chars().count().is_multiple_of(5), "{cut}");
        let heaped = format!("e{}", "\u{301}".repeat(500));
        assert!(shorten(&heaped, 50).chars().count() <= 50);
    }

    #[test]
    fn text_that_would_reorder_the_screen_is_cleaned() {
        assert_eq!(clean("a\u{202e}b\u{0}\n\tc  d "), "ab c d");
    }

    #[test]
    fn asking_for_a_person_says_nothing_of_the_need() {
        for text in [
            "Hi, can I talk to a real person please?",
            "Quiero hablar con un agente, por favor",
            "转人工客服",
            "Bonjour, un conseiller svp",
        ] {
            assert_eq!(Content::of(text).weight(), 0, "{text}: {:?}", Content::of(text));
        }
        assert!(Content::of("My invoice shows the wrong amount").weight() >= 4);
    }
}
