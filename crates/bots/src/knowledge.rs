//! The bot that answers from the deployment's articles, and says so when they hold no answer.

mod excerpt;
mod phrases;
mod query;
mod recall;
mod relevance;
mod small_talk;
mod stop_words;
mod terms;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use baton_core::Language;

use self::excerpt::excerpt;
use self::phrases::{ALL, phrases};
use self::query::{Query, queries};
use self::relevance::{Ranked, rank};
use self::small_talk::{SmallTalk, small_talk};
use crate::parts::{Action, Parts};
use crate::reply::{BotAnswer, BotFailure, BotReply, SourceLink, article_of};
use crate::turn::{BotLineAuthor, BotTurn};

/// Other articles that answer nearly as well are named too, up to this many in all.
const SOURCES_MAX: usize = 3;
/// How near the best an article must be to be named beside it.
const NEARLY_AS_GOOD: f64 = 0.9;
/// What a model gets to read need not answer, only have to do with the question.
const RELATED_COVERAGE_MIN: f64 = 0.3;

/// The sections of the articles, searchable.
pub trait Articles: Send + Sync {
    /// Finds the passages that hold any of the terms of `query`, best first.
    ///
    /// `query` is lower-case words with spaces between them, without stop words; a word in Han or kana is a run that
    /// the index cuts as it needs. Passages in `language` come first, others may follow. What ranks well is ranked
    /// again by how much of the question it covers, so finding too much does no harm.
    fn search<'a>(&'a self, query: &'a str, language: Language, limit: usize) -> Searching<'a>;
}

/// A search under way; the error says what failed, for administrators.
pub type Searching<'a> = Pin<Box<dyn Future<Output = Result<Vec<Passage>, String>> + Send + 'a>>;

/// A section that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    pub slug: String,
    pub title: String,
    pub heading: String,
    /// Markdown of the section.
    pub text: String,
    /// Higher is better; only compared with others of the same search.
    pub score: f64,
    /// How many distinct terms of the query the index saw here. With `query_terms` above zero and none matched, the
    /// passage is taken for noise.
    pub matched_terms: u32,
    pub query_terms: u32,
}

/// A knowledge bot as configured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnowledgeSettings {
    pub time_limit: Duration,
    /// About how long an answer is; a code block or a list item is never cut for it.
    pub answer_chars_max: usize,
    /// How many passages are asked for.
    pub passages_max: usize,
    /// How much of a question a section must cover to count as its answer, 0 to 1.
    pub coverage_min: f64,
}

impl Default for KnowledgeSettings {
    fn default() -> Self {
        Self { time_limit: Duration::from_secs(5), answer_chars_max: 900, passages_max: 12, coverage_min: 0.6 }
    }
}

/// Answers from articles.
#[derive(Clone)]
pub struct KnowledgeBot {
    articles: Arc<dyn Articles>,
    settings: KnowledgeSettings,
}

impl KnowledgeBot {
    pub fn new(articles: Arc<dyn Articles>, settings: KnowledgeSettings) -> Self {
        Self { articles, settings }
    }

    pub fn time_limit(&self) -> Duration {
        self.settings.time_limit
    }

    pub async fn answer(&self, turn: &BotTurn) -> Result<BotReply, BotFailure> {
        if let Some(reply) = chat(turn) {
            return Ok(reply);
        }
        let reply = tokio::time::timeout(self.settings.time_limit, self.search(turn)).await;
        reply.map_err(|_| BotFailure::TimedOut(self.settings.time_limit))?
    }

    async fn search(&self, turn: &BotTurn) -> Result<BotReply, BotFailure> {
        let words = phrases(turn.language);
        let queries = queries(turn);
        let own = terms::terms(&turn.text, turn.language);
        if let Some(handback) = turn.handback.as_ref().filter(|_| recall::asks_for_it(turn, &own)) {
            return Ok(knew(turn, recall::everything(turn, handback), Vec::new()));
        }
        let mut said_before = false;
        for query in &queries {
            let found = search(self.articles.as_ref(), query, turn.language, self.settings.passages_max)
                .await
                .map_err(|error| BotFailure::Unreachable(format!("search the articles: {error}")))?;
            for (index, ranked) in found.iter().enumerate() {
                if !ranked.answers(self.settings.coverage_min) {
                    continue;
                }
                let excerpt = excerpt(&ranked.passage.text, &query.terms, self.settings.answer_chars_max);
                if excerpt.text.is_empty() {
                    continue;
                }
                // Whoever asks again is not helped by reading the same lines again.
                if turn.before().any(|line| line.author == BotLineAuthor::Bot && line.text.contains(&excerpt.text)) {
                    said_before = true;
                    continue;
                }
                let mut text = excerpt.text;
                if excerpt.cut {
                    text = format!("{text}\n\n{}", words.more_in.replace("{title}", &ranked.passage.title));
                }
                if let Some(noted) = recall::matching(turn, &own) {
                    text = format!("{text}\n\n{noted}");
                }
                return Ok(knew(turn, text, sources(&found[index..])));
            }
        }
        if let Some(noted) = recall::matching(turn, &own) {
            return Ok(knew(turn, noted, Vec::new()));
        }
        if let Some(handback) = turn.handback.as_ref().filter(|_| recall::mentions_person(turn)) {
            return Ok(knew(turn, recall::everything(turn, handback), Vec::new()));
        }
        if queries.is_empty() {
            // "I need help" asks for nothing yet.
            return Ok(knew(turn, words.greeting.to_owned(), Vec::new()));
        }
        let said = if said_before { words.said_already } else { words.unknown };
        // What can be said to the offer is a tap away.
        let actions = vec![Action::saying(words.yes), Action::saying(words.no)];
        let parts = Parts { actions, ..Parts::default() };
        Ok(BotReply::Answer(BotAnswer { text: format!("{said} {}", words.offer), parts, knew: false }))
    }
}

impl fmt::Debug for KnowledgeBot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("KnowledgeBot").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// The passages that have to do with a turn, best first, for a model to read.
pub(crate) async fn passages_for(
    articles: &dyn Articles,
    turn: &BotTurn,
    limit: usize,
) -> Result<Vec<Passage>, String> {
    // The first query is the widest: a follow-up with what it follows.
    let Some(query) = queries(turn).into_iter().next() else { return Ok(Vec::new()) };
    let found = search(articles, &query, turn.language, limit * 2).await?;
    let related = found.into_iter().filter(|ranked| ranked.coverage >= RELATED_COVERAGE_MIN);
    Ok(related.take(limit).map(|ranked| ranked.passage).collect())
}

async fn search(
    articles: &dyn Articles,
    query: &Query,
    language: Language,
    limit: usize,
) -> Result<Vec<Ranked>, String> {
    let mut passages = articles.search(&query.text(), language, limit).await?;
    passages.truncate(limit);
    Ok(rank(passages, &query.terms, query.own, language))
}

/// The replies that need no article.
fn chat(turn: &BotTurn) -> Option<BotReply> {
    let words = phrases(turn.language);
    let kind = small_talk(&turn.text)?;
    let said = match kind {
        SmallTalk::Yes if offered_a_person(turn) => {
            return Some(BotReply::AskPerson {
                say: Some(words.person_comes.to_owned()),
                reason: "the customer accepted the bot's offer of a person".to_owned(),
                topic: None,
            });
        }
        SmallTalk::Greeting => words.greeting,
        SmallTalk::Thanks => words.thanks,
        SmallTalk::Farewell => words.farewell,
        SmallTalk::Identity => words.identity,
        SmallTalk::Yes | SmallTalk::No => words.at_your_service,
    };
    Some(knew(turn, said.to_owned(), Vec::new()))
}

/// Whether the last thing that was said is our offer.
fn offered_a_person(turn: &BotTurn) -> bool {
    let last = turn.before().rev().find(|line| line.author != BotLineAuthor::System);
    last.is_some_and(|line| {
        line.author == BotLineAuthor::Bot && ALL.iter().any(|words| line.text.trim_end().ends_with(words.offer))
    })
}

/// An answer, with the offer of a person when the detector wants one made.
fn knew(turn: &BotTurn, text: String, sources: Vec<SourceLink>) -> BotReply {
    let text = if turn.suggest_person { format!("{text}\n\n{}", phrases(turn.language).offer) } else { text };
    BotReply::Answer(BotAnswer { text, parts: Parts::of_sources(sources), knew: true })
}

/// The article that was quoted, and others that answer nearly as well.
fn sources(ranked: &[Ranked]) -> Vec<SourceLink> {
    let mut sources: Vec<SourceLink> = Vec::new();
    let best = ranked.first().map_or(0.0, |first| first.coverage + first.own_coverage);
    for near in ranked.iter().take_while(|near| near.coverage + near.own_coverage >= best * NEARLY_AS_GOOD) {
        let passage = &near.passage;
        if sources.len() < SOURCES_MAX
            && !sources.iter().any(|source| article_of(&source.slug) == article_of(&passage.slug))
        {
            sources.push(SourceLink { title: passage.title.clone(), slug: passage.slug.clone() });
        }
    }
    sources
}
