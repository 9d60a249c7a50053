//! A newcomer asks the demo's bot, which has the manual: it must find the section that answers, as the program does it,
//! through the search of a real store.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use baton_bots::{Articles, BotReply, BotTurn, KnowledgeBot, KnowledgeSettings, Passage, Searching};
use baton_core::{BotId, ChannelId, ConversationId, Epoch, Language, Seq};
use baton_store::{SqliteOptions, Store};
use uuid::Uuid;

/// Question, and where the answer stands: page and heading.
const ASKED: &[(&str, &str, &str)] = &[
    ("en", "How do I put the widget on my page?", "widget#how-do-i-put-the-widget-on-my-page"),
    ("en", "how can I embed the widget on my website", "widget#how-do-i-put-the-widget-on-my-page"),
    ("en", "How is a handoff triggered?", "triggers#how-is-a-handoff-triggered"),
    (
        "en",
        "What does the customer see when nobody is available?",
        "customers#what-does-the-customer-see-when-nobody-is-available",
    ),
    ("en", "How are agents chosen?", "routing#how-are-agents-chosen"),
    ("en", "How do opening hours and holidays work?", "routing#how-do-opening-hours-and-holidays-work"),
    ("en", "How do I connect my own bot by webhook?", "bots#how-do-i-connect-my-own-bot-by-webhook"),
    ("en", "What is an epoch?", "api#what-are-seq-and-epoch"),
    ("en", "why was my bot refused with 409", "bots#what-is-an-epoch-and-why-was-my-bots-answer-refused-with-409"),
    ("en", "Which languages are understood?", "triggers#which-languages-are-understood"),
    ("en", "How do I back up?", "operations#how-do-i-back-up"),
    ("en", "How do I run on PostgreSQL?", "operations#how-do-i-run-on-postgresql"),
    ("en", "what is the wrap-up", "console#what-is-the-wrap-up"),
    (
        "en",
        "How do I transfer a conversation to another agent?",
        "console#how-do-i-transfer-a-conversation-to-another-queue-or-agent",
    ),
    ("en", "who writes the summary", "brief#who-writes-the-summary"),
    ("en", "what does invalid_field mean", "errors#invalid_field"),
    ("en", "how do I check the signature of a webhook", "bots#how-do-i-check-the-signature-of-a-webhook"),
    (
        "en",
        "what happens when the process is killed",
        "operations#what-happens-when-the-process-is-killed-or-the-power-fails",
    ),
    ("es", "¿Cómo pongo el widget en mi página?", "es-inicio#cómo-pongo-el-widget-en-mi-página"),
    ("es", "¿Qué pasa cuando no hay nadie disponible?", "es-inicio#qué-pasa-cuando-no-hay-nadie-disponible"),
    ("es", "¿Cómo hago una copia de seguridad?", "es-inicio#cómo-hago-una-copia-de-seguridad"),
];

/// Of a hundred questions so many are answered by the best section itself; the others name it beside their answer.
const FIRST_PERCENT_MIN: usize = 85;

/// What the manual does not say, so the bot must not pretend.
const NOT_IN_THE_MANUAL: &[&str] = &["How do I bake sourdough bread?", "What is the capital of Mongolia?"];

struct Stored(Store);

impl Articles for Stored {
    fn search<'a>(&'a self, query: &'a str, _: Language, limit: usize) -> Searching<'a> {
        Box::pin(async move {
            let terms: Vec<String> = query.split_whitespace().map(str::to_owned).collect();
            let asked = u32::try_from(terms.len()).unwrap_or(u32::MAX);
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            let found = self.0.read(move |tx| tx.search(&terms, limit)).await.map_err(|error| error.to_string())?;
            let passages = found.into_iter().map(|section| Passage {
                slug: format!("{}#{}", section.slug, section.anchor),
                title: section.title,
                heading: section.heading,
                text: section.text,
                score: section.score,
                matched_terms: section.matched_terms,
                query_terms: asked,
            });
            Ok(passages.collect())
        })
    }
}

fn turn(language: &str, text: &str) -> BotTurn {
    BotTurn {
        conversation: ConversationId(Uuid::nil()),
        channel: ChannelId::new("website").expect("a key"),
        bot: BotId::new("support").expect("a key"),
        epoch: Epoch(1),
        message: Seq(2),
        text: text.to_owned(),
        language: Language::new(language).expect("a language"),
        history: Vec::new(),
        attributes: BTreeMap::new(),
        handback: None,
        suggest_person: false,
    }
}

async fn bot_with_the_manual(store: Store) -> KnowledgeBot {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let articles = baton_engine::read_articles(&docs).expect("the manual");
    baton_engine::sync_articles(&store, articles).await.expect("the manual in the store");
    KnowledgeBot::new(Arc::new(Stored(store)), KnowledgeSettings::default())
}

#[tokio::test]
async fn a_newcomer_gets_the_section_that_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open_sqlite(&folder.path().join("baton.db"), &SqliteOptions::default()).expect("a store");
    let bot = bot_with_the_manual(store.clone()).await;
    let mut first = 0;
    let mut wrong = Vec::new();
    for (language, question, section) in ASKED {
        let named = sections_named(&bot, language, question).await;
        match named.iter().position(|slug| slug == section) {
            Some(0) => first += 1,
            Some(_) => {}
            None => wrong.push(format!("{question} should be answered from {section}, not {named:?}")),
        }
    }
    for question in NOT_IN_THE_MANUAL {
        let named = sections_named(&bot, "en", question).await;
        if !named.is_empty() {
            wrong.push(format!("{question} is not in the manual, and was answered from {named:?}"));
        }
    }
    store.close();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), ASKED.len(), wrong.join("\n"));
    assert!(first * 100 >= ASKED.len() * FIRST_PERCENT_MIN, "only {first} of {} were answered best", ASKED.len());
}

/// The sections that the bot's answer names, best first; none when it says that it does not know.
async fn sections_named(bot: &KnowledgeBot, language: &str, question: &str) -> Vec<String> {
    match bot.answer(&turn(language, question)).await.expect("the store answers") {
        BotReply::Answer(answer) if answer.knew => answer.parts.sources.into_iter().map(|source| source.slug).collect(),
        BotReply::Answer(_) | BotReply::AskPerson { .. } | BotReply::Later => Vec::new(),
    }
}
