//! What a language model answered, taken only when every sentence rests on messages that exist.

use std::collections::BTreeSet;

use baton_core::Seq;
use serde::Deserialize;

use crate::story::{Cited, SENTENCE_CHARS_MAX, SENTENCES_MAX, Story, Summary, Writer};
use crate::text::{clean, shorten};

/// Longest answer that is read.
pub const REPLY_BYTES_MAX: usize = 64 * 1024;
/// A little too long is shortened; much too long was not written as asked.
const CHARS_MAX: usize = 2 * SENTENCE_CHARS_MAX;
const CITATIONS_MAX: usize = 20;
const MODEL_CHARS_MAX: usize = 100;

/// Why a model's summary is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnusableSummary {
    #[error("the answer has {bytes} bytes: at most {REPLY_BYTES_MAX} are read")]
    ReplyTooLong { bytes: usize },
    #[error("the answer is not the JSON that was asked for: {0}")]
    NotJson(String),
    #[error("the issue is empty")]
    NoIssue,
    #[error("there is no sentence")]
    NoSentences,
    #[error("{0} sentences: at most {SENTENCES_MAX} were asked for")]
    TooManySentences(usize),
    #[error("sentence {sentence} is empty")]
    EmptySentence { sentence: usize },
    #[error("{what} has {chars} characters: at most {SENTENCE_CHARS_MAX} were asked for")]
    TooLong { what: String, chars: usize },
    #[error("sentence {sentence} cites no message")]
    Uncited { sentence: usize },
    #[error("sentence {sentence} cites {citations} messages: at most {CITATIONS_MAX} make sense")]
    TooManyCitations { sentence: usize, citations: usize },
    #[error("sentence {sentence} cites message {message}, which is not in the conversation")]
    UnknownMessage { sentence: usize, message: u64 },
    #[error("{what} holds a link that no message holds")]
    ForeignLink { what: String },
}

#[derive(Deserialize)]
struct Reply {
    issue: String,
    sentences: Vec<ReplySentence>,
}

#[derive(Deserialize)]
struct ReplySentence {
    text: String,
    messages: Vec<u64>,
}

/// Reads the answer to [`prompt`](crate::prompt()). Sentences are numbered from 1 in errors.
pub fn read_model_summary(reply: &str, story: &Story<'_>, model: &str) -> Result<(Cited, Summary), UnusableSummary> {
    if reply.len() > REPLY_BYTES_MAX {
        return Err(UnusableSummary::ReplyTooLong { bytes: reply.len() });
    }
    let reply: Reply =
        serde_json::from_str(unfenced(reply)).map_err(|error| UnusableSummary::NotJson(error.to_string()))?;
    let count = reply.sentences.len();
    match count {
        0 => return Err(UnusableSummary::NoSentences),
        1..=SENTENCES_MAX => {}
        _ => return Err(UnusableSummary::TooManySentences(count)),
    }
    if clean(&reply.issue).is_empty() {
        return Err(UnusableSummary::NoIssue);
    }
    let issue = checked(&reply.issue, "the issue", story)?;
    let existing: BTreeSet<Seq> = story.lines.iter().map(|line| line.seq).collect();
    let mut sentences = Vec::with_capacity(count);
    for (number, sentence) in (1..).zip(&reply.sentences) {
        sentences.push(cited(number, sentence, &existing, story)?);
    }
    // The issue rests on what the sentences rest on, and on the message that led to the handoff.
    let mut messages: BTreeSet<Seq> = sentences.iter().flat_map(|sentence| sentence.messages.iter().copied()).collect();
    messages.extend(story.trigger_message.filter(|trigger| existing.contains(trigger)));
    let summary = Summary { sentences, written_by: Writer::Model(shorten(model, MODEL_CHARS_MAX)) };
    Ok((Cited { text: issue, messages: messages.into_iter().collect() }, summary))
}

/// The answer without the code fence that models like to put around JSON.
fn unfenced(reply: &str) -> &str {
    let trimmed = reply.trim();
    let inside = trimmed.strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    inside
        .map_or(trimmed, |inside| inside.strip_prefix("json").or(inside.strip_prefix("JSON")).unwrap_or(inside).trim())
}

fn cited(
    sentence: usize,
    said: &ReplySentence,
    existing: &BTreeSet<Seq>,
    story: &Story<'_>,
) -> Result<Cited, UnusableSummary> {
    if clean(&said.text).is_empty() {
        return Err(UnusableSummary::EmptySentence { sentence });
    }
    if said.messages.is_empty() {
        return Err(UnusableSummary::Uncited { sentence });
    }
    if said.messages.len() > CITATIONS_MAX {
        return Err(UnusableSummary::TooManyCitations { sentence, citations: said.messages.len() });
    }
    if let Some(message) = said.messages.iter().copied().find(|message| !existing.contains(&Seq(*message))) {
        return Err(UnusableSummary::UnknownMessage { sentence, message });
    }
    let messages: BTreeSet<Seq> = said.messages.iter().copied().map(Seq).collect();
    let text = checked(&said.text, &format!("sentence {sentence}"), story)?;
    Ok(Cited { text, messages: messages.into_iter().collect() })
}

fn checked(text: &str, what: &str, story: &Story<'_>) -> Result<String, UnusableSummary> {
    let chars = text.chars().count();
    if chars > CHARS_MAX {
        return Err(UnusableSummary::TooLong { what: what.to_owned(), chars });
    }
    // A transcript may talk a model into sending an agent somewhere: a link must be one that somebody wrote.
    let text = clean(text);
    let foreign = text
        .split(|character: char| {
            character.is_whitespace() || matches!(character, '(' | ')' | '<' | '>' | '"' | '[' | ']')
        })
        .map(|word| word.trim_end_matches(['.', ',', ';', ':', '!', '?']))
        .filter(|word| word.contains("://") || word.to_ascii_lowercase().contains("www."))
        .any(|link| !story.lines.iter().any(|line| line.text.contains(link)));
    if foreign {
        return Err(UnusableSummary::ForeignLink { what: what.to_owned() });
    }
    Ok(shorten(&text, SENTENCE_CHARS_MAX))
}
