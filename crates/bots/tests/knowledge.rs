//! A customer asks the knowledge bot, which has six articles.

#![allow(clippy::unwrap_used)] // Where a test unwraps, it fails, which is what it is for.

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use baton_bots::{
    Articles, Bot, BotAnswer, BotFailure, BotLineAuthor, BotReply, BotTurn, HandbackFacts, KnowledgeBot,
    KnowledgeSettings, Passage, Searching, split_article,
};
use baton_core::Language;

use support::{history, language, turn};

const ARTICLES: [(&str, &str); 6] = [
    ("handoff", include_str!("articles/handoff.md")),
    ("opening-hours", include_str!("articles/opening-hours.md")),
    ("install", include_str!("articles/install.md")),
    ("widget", include_str!("articles/widget.md")),
    ("horario", include_str!("articles/horario.md")),
    ("yingye", include_str!("articles/yingye.md")),
];

/// An index as plain as can be: a passage is found when it holds a term, and scores by how often, for its length.
struct Shelf(Vec<(Language, Passage)>);

impl Shelf {
    fn new() -> Self {
        let mut passages = Vec::new();
        for (slug, markdown) in ARTICLES {
            let article = split_article(slug, markdown);
            for section in article.sections {
                let passage = Passage {
                    slug: slug.to_owned(),
                    title: article.title.clone(),
                    heading: section.heading,
                    text: section.text,
                    score: 0.0,
                    matched_terms: 0,
                    query_terms: 0,
                };
                passages.push((article.language.unwrap_or(Language::ENGLISH), passage));
            }
        }
        Self(passages)
    }
}

impl Articles for Shelf {
    fn search<'a>(&'a self, query: &'a str, language: Language, limit: usize) -> Searching<'a> {
        // Runs of Han are looked for by their pairs, words by their first letters.
        let terms: BTreeSet<String> = query
            .split(' ')
            .flat_map(|term| {
                let letters: Vec<char> = term.chars().collect();
                if term.is_ascii() || letters.len() < 2 {
                    vec![letters.into_iter().take(5).collect()]
                } else if language.as_str() == "zh" {
                    letters.windows(2).map(|pair| pair.iter().collect()).collect()
                } else {
                    vec![letters.into_iter().take(5).collect::<String>()]
                }
            })
            .collect();
        let mut found: Vec<Passage> = self
            .0
            .iter()
            .filter(|(own, _)| *own == language)
            .filter_map(|(_, passage)| {
                let text = format!("{} {} {}", passage.title, passage.heading, passage.text).to_lowercase();
                let counts: Vec<usize> = terms.iter().map(|term| text.matches(term.as_str()).count()).collect();
                let matched = counts.iter().filter(|count| **count > 0).count();
                let total = u32::try_from(counts.iter().sum::<usize>()).unwrap();
                (matched > 0).then(|| Passage {
                    score: f64::from(total) / f64::from(u32::try_from(text.len()).unwrap()).sqrt(),
                    matched_terms: u32::try_from(matched).unwrap(),
                    query_terms: u32::try_from(terms.len()).unwrap(),
                    ..passage.clone()
                })
            })
            .collect();
        found.sort_by(|one, other| other.score.total_cmp(&one.score));
        found.truncate(limit);
        Box::pin(async move { Ok(found) })
    }
}

fn bot() -> Bot {
    Bot::Knowledge(KnowledgeBot::new(Arc::new(Shelf::new()), KnowledgeSettings::default()))
}

async fn answer_to(turn: &BotTurn) -> BotAnswer {
    match bot().answer(turn).await.unwrap() {
        BotReply::Answer(answer) => answer,
        other @ (BotReply::AskPerson { .. } | BotReply::Later) => panic!("{}: {other:?}", turn.text),
    }
}

async fn ask(text: &str) -> BotAnswer {
    answer_to(&turn(text)).await
}

async fn ask_in(code: &str, text: &str) -> BotAnswer {
    answer_to(&BotTurn { language: language(code), ..turn(text) }).await
}

#[tokio::test]
async fn questions_that_the_articles_answer_are_answered_from_the_right_section() {
    for (question, slug, wanted) in [
        ("How do I install Baton?", "install", "one binary"),
        ("how can i start the demo", "install", "./run"),
        ("Can I use PostgreSQL as the database?", "install", "--database postgres://"),
        ("how to make a backup", "install", "VACUUM INTO"),
        ("How do I set the opening hours of a queue?", "opening-hours", "Mo-Fr 09:00-17:00"),
        ("What happens on public holidays?", "opening-hours", "PH off"),
        ("When does a handoff begin?", "handoff", "asks for a person"),
        ("What does the customer see while waiting?", "handoff", "position in the queue"),
        ("How do I add the widget to my website?", "widget", "widget.js"),
        ("Does the widget work on phones?", "widget", "narrow screen"),
        ("widget colours", "widget", "light or dark"),
        ("What does an agent see before accepting an offer?", "handoff", "The console rings"),
    ] {
        let answer = ask(question).await;
        assert!(answer.knew, "{question}: {}", answer.text);
        assert_eq!(
            answer.parts.sources.first().map(|source| source.slug.as_str()),
            Some(slug),
            "{question}: {}",
            answer.text
        );
        assert!(answer.text.contains(wanted), "{question}: {}", answer.text);
    }
}

#[tokio::test]
async fn questions_that_the_articles_do_not_answer_are_not_answered() {
    for question in [
        "How do I cook pasta with Baton?",
        "What is the price of the enterprise plan?",
        "Does Baton support WhatsApp?",
        "My parcel has not arrived",
        "Who won the match yesterday?",
        "Can I get a refund for my subscription?",
        "the quick brown fox jumps over lazy dogs",
    ] {
        let answer = ask(question).await;
        assert!(!answer.knew, "{question}: {}", answer.text);
        assert!(answer.parts.sources.is_empty());
        assert!(answer.text.contains("I don't know") && answer.text.contains("bring in a person"), "{}", answer.text);
    }
}

#[tokio::test]
async fn links_to_neighbouring_pages_become_words_in_the_chat() {
    let answer = ask("How do I set opening hours?").await;
    assert!(answer.text.contains("See configuration for all keys"), "{}", answer.text);
}

#[tokio::test]
async fn a_follow_up_is_understood_with_the_question_before_it() {
    let follow_up = BotTurn {
        history: history(&[
            (BotLineAuthor::Customer, "How does the widget look?"),
            (BotLineAuthor::Bot, "It follows the visitor's setting."),
            (BotLineAuthor::Customer, "thanks"),
            (BotLineAuthor::Bot, "You're welcome!"),
        ]),
        ..turn("And on phones?")
    };
    let answer = answer_to(&follow_up).await;
    assert!(answer.knew && answer.text.contains("narrow screen"), "{}", answer.text);

    let about_holidays = BotTurn {
        history: history(&[
            (BotLineAuthor::Customer, "How do I set opening hours?"),
            (BotLineAuthor::Bot, "Like this."),
        ]),
        ..turn("what about holidays?")
    };
    let answer = answer_to(&about_holidays).await;
    assert!(answer.knew && answer.text.contains("PH off"), "{}", answer.text);

    let another_topic = BotTurn {
        history: history(&[
            (BotLineAuthor::Customer, "How do I set opening hours?"),
            (BotLineAuthor::Bot, "Like this."),
        ]),
        ..turn("And how do I make backups?")
    };
    let answer = answer_to(&another_topic).await;
    assert!(answer.knew && answer.text.contains("pg_dump"), "{}", answer.text);
}

#[tokio::test]
async fn the_same_lines_are_not_given_twice() {
    let first = ask("How do I make backups?").await;
    let again = BotTurn {
        history: history(&[(BotLineAuthor::Customer, "How do I make backups?"), (BotLineAuthor::Bot, &first.text)]),
        ..turn("But how do I make backups?")
    };
    let second = answer_to(&again).await;
    assert!(!second.knew, "{}", second.text);
    assert!(second.text.contains("no other answer"), "{}", second.text);
}

#[tokio::test]
async fn customers_are_answered_in_their_language() {
    let spanish = ask_in("es", "¿Cómo puedo cambiar el horario?").await;
    assert!(spanish.knew && spanish.text.contains("baton apply"), "{}", spanish.text);
    assert_eq!(spanish.parts.sources[0].title, "Horario de atención");
    let chinese = ask_in("zh", "请问怎么修改服务时间？").await;
    assert!(chinese.knew && chinese.text.contains("配置文件"), "{}", chinese.text);

    for (code, question, wanted) in [
        ("es", "¿Cuánto cuesta la suscripción?", "No sé la respuesta"),
        ("fr", "Combien coûte l'abonnement ?", "Je ne connais pas la réponse"),
        ("de", "Was kostet das Abonnement?", "weiß ich keine Antwort"),
        ("pt", "Quanto custa a assinatura?", "Não sei a resposta"),
        ("it", "Quanto costa l'abbonamento?", "Non conosco la risposta"),
        ("nl", "Wat kost het abonnement?", "weet ik het antwoord niet"),
        ("zh", "订阅多少钱？", "我不知道答案"),
        ("ja", "料金はいくらですか", "わかりません"),
        ("sv", "Vad kostar det?", "I don't know"),
    ] {
        let answer = ask_in(code, question).await;
        assert!(!answer.knew && answer.text.contains(wanted), "{code}: {}", answer.text);
    }
}

#[tokio::test]
async fn small_talk_is_answered_as_such_and_the_bot_admits_what_it_is() {
    for (code, said, wanted) in [
        ("en", "Hi!", "Hello!"),
        ("es", "muchas gracias", "¡De nada!"),
        ("de", "Tschüss", "Auf Wiedersehen!"),
        ("ja", "こんにちは", "こんにちは"),
        ("en", "are you a robot?", "automated assistant"),
        ("en", "I need help", "What can I help you with?"),
    ] {
        let answer = ask_in(code, said).await;
        assert!(answer.knew && answer.text.contains(wanted), "{said}: {}", answer.text);
    }
}

#[tokio::test]
async fn yes_to_the_offer_of_a_person_brings_one_and_yes_to_nothing_does_not() {
    let unknown = ask("What is the price?").await;
    let after = |lines: &[(BotLineAuthor, &str)]| BotTurn { history: history(lines), ..turn("Yes, please!") };
    let offered = after(&[
        (BotLineAuthor::Customer, "What is the price?"),
        (BotLineAuthor::Bot, &unknown.text),
        (BotLineAuthor::System, "The customer was away for a minute."),
    ]);
    let reply = bot().answer(&offered).await.unwrap();
    assert!(matches!(reply, BotReply::AskPerson { .. }), "{reply:?}");
    let not_offered = after(&[(BotLineAuthor::Bot, "Anything else?")]);
    assert_eq!(answer_to(&not_offered).await.text, "All right. What else can I help you with?");
}

#[tokio::test]
async fn a_person_is_offered_when_the_detector_suggests_it() {
    let answer = answer_to(&BotTurn { suggest_person: true, ..turn("How do I make backups?") }).await;
    assert!(answer.text.ends_with("Would you like me to bring in a person?"), "{}", answer.text);
}

#[tokio::test]
async fn after_a_handback_the_bot_knows_what_was_promised_and_keeps_the_note_to_itself() {
    let handed_back = |text: &str| BotTurn {
        handback: Some(HandbackFacts {
            outcome: "solved".to_owned(),
            facts: vec!["The invoice number is 4711".to_owned()],
            promises: vec!["A call on Friday".to_owned()],
            open_items: vec!["Check the second invoice".to_owned()],
            note: "Customer is impatient".to_owned(),
        }),
        ..turn(text)
    };
    for question in ["What did your colleague promise me?", "what is still open?", "What happens next with the agent?"]
    {
        let answer = answer_to(&handed_back(question)).await;
        assert!(answer.knew, "{question}: {}", answer.text);
        assert!(answer.text.contains("- A call on Friday"), "{question}: {}", answer.text);
        assert!(answer.text.contains("- Check the second invoice"), "{question}: {}", answer.text);
        assert!(!answer.text.contains("impatient"), "{}", answer.text);
    }
    let number = answer_to(&handed_back("What was my invoice number?")).await;
    assert!(number.knew && number.text.contains("4711"), "{}", number.text);
    let article = answer_to(&handed_back("How do I make backups?")).await;
    assert!(article.text.contains("pg_dump") && !article.text.contains("Friday"), "{}", article.text);
    let spanish = BotTurn { language: language("es"), ..handed_back("¿Qué me prometió su compañera?") };
    assert!(answer_to(&spanish).await.text.starts_with("Esto es lo que se le prometió:"));
    let nothing = BotTurn { handback: Some(HandbackFacts::default()), ..turn("What did you promise?") };
    assert!(answer_to(&nothing).await.text.contains("noted no promise"));
}

/// An index that fails, or never answers.
struct Broken(bool);

impl Articles for Broken {
    fn search<'a>(&'a self, _: &'a str, _: Language, _: usize) -> Searching<'a> {
        let hangs = self.0;
        Box::pin(async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            Err("the database is locked".to_owned())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_search_that_fails_or_hangs_is_a_failure_of_the_bot() {
    let ask = async |hangs| {
        let bot = Bot::Knowledge(KnowledgeBot::new(Arc::new(Broken(hangs)), KnowledgeSettings::default()));
        bot.answer(&turn("How do I make backups?")).await.unwrap_err()
    };
    assert_eq!(ask(false).await, BotFailure::Unreachable("search the articles: the database is locked".to_owned()));
    assert_eq!(ask(true).await, BotFailure::TimedOut(Duration::from_secs(5)));
}
