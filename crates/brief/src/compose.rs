//! The extractive brief: the customer's own sentences, chosen by what they say, each with its message.

use baton_core::{Seq, Trigger};

use crate::known::known;
use crate::story::{
    Brief, Cited, Line, LineAuthor, SENTENCE_CHARS_MAX, SENTENCES_MAX, Story, Summary, Tried, TriedOutcome, Writer,
};
use crate::text::{Content, sentences, shorten, unmarked};

/// Of longer conversations the beginning and the end are read.
const LINES_HEAD: usize = 50;
const LINES_TAIL: usize = 450;
const TRIED_MAX: usize = 8;
const TRIED_CHARS_MAX: usize = 200;
const TRIGGERS_MAX: usize = 10;
/// A sentence with fewer content words says too little to stand for the need, unless nothing says more.
const SUBSTANCE_MIN: usize = 2;
/// More words do not make a better sentence.
const SUBSTANCE_MAX: usize = 8;
/// Sentences of one message that may stand in the brief, and earlier sentences that each is compared with.
const SENTENCES_OF_LINE_MAX: usize = 12;
const COMPARED_MAX: usize = 60;
/// What is compared of a question: a need is said early.
const QUESTION_CHARS_MAX: usize = 600;
/// From this likeness on, two sentences are one need.
const SAME_NEED: f32 = 0.5;

/// Makes the brief from the conversation alone.
pub fn compose(story: &Story<'_>) -> Brief {
    let read = reading(story);
    let left_out = story.lines.len() - read.len();
    let candidates = candidates(&read, story.trigger_message);
    let issue = issue(&candidates, &read, story);
    Brief {
        summary: Summary { sentences: summary(&candidates, &issue, &read, story), written_by: Writer::Extractive },
        issue,
        why: why(story.triggers),
        tried: tried(&read),
        known: known(story),
        messages: story.omitted.saturating_add(u64::try_from(story.lines.len()).unwrap_or(u64::MAX)),
        through: story.lines.last().map_or(Seq(0), |line| line.seq),
        truncated: story.omitted > 0 || left_out > 0,
    }
}

/// The beginning, the end, and the message that led to the handoff wherever it stands.
fn reading<'a>(story: &Story<'a>) -> Vec<&'a Line> {
    let lines = story.lines;
    let tail = lines.len().saturating_sub(LINES_TAIL).max(LINES_HEAD.min(lines.len()));
    let (head, middle) = lines[..tail].split_at(LINES_HEAD.min(tail));
    let trigger = middle.iter().find(|line| Some(line.seq) == story.trigger_message);
    head.iter().chain(trigger).chain(&lines[tail..]).collect()
}

fn why(triggers: &[Trigger]) -> Vec<Trigger> {
    let mut why: Vec<Trigger> = Vec::new();
    for trigger in triggers.iter().take(TRIGGERS_MAX) {
        if !why.contains(trigger) {
            why.push(trigger.clone());
        }
    }
    why
}

/// A sentence that may stand in the brief.
struct Candidate {
    text: String,
    content: Content,
    /// The messages that say it, the first one first.
    messages: Vec<Seq>,
    by_agent: bool,
    /// Since the last person wrote: the episode that the handoff is about.
    recent: bool,
    triggered: bool,
    score: usize,
}

fn candidates(lines: &[&Line], trigger: Option<Seq>) -> Vec<Candidate> {
    let last_agent = lines.iter().rposition(|line| matches!(line.author, LineAuthor::Agent(_)));
    let mut found: Vec<Candidate> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let by_agent = match line.author {
            LineAuthor::Customer => false,
            LineAuthor::Agent(_) => true,
            // What the bot said stands under what was tried.
            LineAuthor::Bot { .. } | LineAuthor::System => continue,
        };
        for text in sentences(&line.text).into_iter().take(SENTENCES_OF_LINE_MAX) {
            let content = Content::of(&text);
            let weight = content.weight();
            let recent = last_agent.is_none_or(|last| place > last);
            let triggered = trigger == Some(line.seq);
            let near = found.len().saturating_sub(COMPARED_MAX);
            let same = found[near..].iter_mut().find(|other| {
                other.by_agent == by_agent && weight >= SUBSTANCE_MIN && other.content.likeness(&content) >= SAME_NEED
            });
            if let Some(other) = same {
                // Said again: one sentence with both messages, the fuller wording shown.
                if !other.messages.contains(&line.seq) {
                    other.messages.push(line.seq);
                }
                other.recent |= recent;
                other.triggered |= triggered;
                if weight > other.content.weight() {
                    other.text = text;
                    other.content = content;
                }
                continue;
            }
            found.push(Candidate { text, content, messages: vec![line.seq], by_agent, recent, triggered, score: 0 });
        }
    }
    let first =
        found.iter().position(|candidate| !candidate.by_agent && candidate.recent && candidate.says_something());
    for (place, candidate) in found.iter_mut().enumerate() {
        candidate.score = candidate.rate(Some(place) == first);
    }
    found
}

impl Candidate {
    fn says_something(&self) -> bool {
        self.content.weight() >= SUBSTANCE_MIN
    }

    fn rate(&self, first: bool) -> usize {
        let substance = self.content.weight().min(SUBSTANCE_MAX);
        if substance == 0 {
            return 0;
        }
        let asks = usize::from(self.text.ends_with(['?', '？', '؟']));
        let again = (self.messages.len() - 1).min(2);
        // Where the need is said: where the episode begins, and where the bot was left.
        let place = 3 * usize::from(first) + 5 * usize::from(self.triggered && self.says_something());
        substance + asks + again + place + 2 * usize::from(self.recent)
    }

    fn cited(&self) -> Cited {
        Cited {
            text: shorten(&self.text, SENTENCE_CHARS_MAX),
            messages: self.messages.iter().copied().take(SENTENCES_MAX).collect(),
        }
    }
}

/// The need in a line. Without any sentence of substance: what the customer said at the trigger, or last.
fn issue(candidates: &[Candidate], lines: &[&Line], story: &Story<'_>) -> Cited {
    let own = candidates.iter().filter(|candidate| !candidate.by_agent && candidate.score > 0);
    // The earlier one of equals.
    if let Some(best) = own.rev().max_by_key(|candidate| candidate.score) {
        return best.cited();
    }
    let customers = || lines.iter().rev().filter(|line| line.author == LineAuthor::Customer);
    let said = customers().find(|line| story.trigger_message == Some(line.seq)).or_else(|| customers().next());
    match said {
        Some(line) => Cited { text: shorten(&line.text, SENTENCE_CHARS_MAX), messages: vec![line.seq] },
        None => Cited { text: story.topic.map_or(String::new(), ToString::to_string), messages: Vec::new() },
    }
}

/// The sentences that say most, in the order they were said; the trigger's message is always among their citations.
fn summary(candidates: &[Candidate], issue: &Cited, lines: &[&Line], story: &Story<'_>) -> Vec<Cited> {
    let trigger = story.trigger_message.and_then(|seq| lines.iter().find(|line| line.seq == seq));
    let mut ranked: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.score > 0).collect();
    ranked.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    let mut chosen: Vec<Cited> = Vec::new();
    let mut of_agents = 0;
    for candidate in ranked {
        // One place is kept for the trigger, and what people wrote before must not crowd out the customer.
        if chosen.len() == SENTENCES_MAX - 1 || candidate.by_agent && of_agents == 1 {
            continue;
        }
        of_agents += usize::from(candidate.by_agent);
        chosen.push(candidate.cited());
    }
    if chosen.is_empty() && !issue.messages.is_empty() {
        chosen.push(issue.clone());
    }
    if let Some(line) = trigger.filter(|line| !chosen.iter().any(|cited| cited.messages.contains(&line.seq))) {
        let mut own: Vec<&Candidate> =
            candidates.iter().filter(|candidate| candidate.messages.contains(&line.seq)).collect();
        own.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
        let text = own.first().map_or(line.text.as_str(), |candidate| candidate.text.as_str());
        chosen.push(Cited { text: shorten(text, SENTENCE_CHARS_MAX), messages: vec![line.seq] });
    }
    chosen.sort_by_key(|cited| cited.messages.first().copied());
    chosen
}

/// The bot's answers, the last ones of many, and what became of them.
fn tried(lines: &[&Line]) -> Vec<Tried> {
    let mut tried: Vec<Tried> = Vec::new();
    let needs: Vec<Option<Content>> = lines.iter().map(|line| need(line)).collect();
    let mut question: Option<(usize, &Line)> = None;
    let mut answers: Vec<Content> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        match &line.author {
            LineAuthor::Customer => question = Some((place, line)),
            LineAuthor::Agent(_) => question = None,
            LineAuthor::System => {}
            LineAuthor::Bot { knew } => {
                let Some((asked_at, asked)) = question else { continue };
                let answer = Content::of(&line.text);
                let repeated = answer.weight() >= SUBSTANCE_MIN && answers.contains(&answer);
                let worked = if !knew {
                    TriedOutcome::DidNotKnow
                } else if repeated || asked_again(&needs[asked_at..]) {
                    TriedOutcome::AskedAgain
                } else {
                    TriedOutcome::Unclear
                };
                answers.push(answer);
                tried.push(Tried {
                    question: asked.seq,
                    answer: line.seq,
                    text: shorten(&unmarked(&line.text), TRIED_CHARS_MAX),
                    worked,
                });
            }
        }
    }
    tried.split_off(tried.len().saturating_sub(TRIED_MAX))
}

/// How many of the customer's next messages may repeat a question.
const AGAIN_WITHIN: usize = 10;

/// Whether the first of these needs comes again among the next ones.
fn asked_again(needs: &[Option<Content>]) -> bool {
    let mut said = needs.iter().flatten();
    let Some(asked) = said.next().filter(|asked| asked.weight() >= SUBSTANCE_MIN) else { return false };
    said.take(AGAIN_WITHIN).any(|later| later.likeness(asked) >= SAME_NEED)
}

/// What a customer's message is about.
fn need(line: &Line) -> Option<Content> {
    let start =
        || line.text.char_indices().nth(QUESTION_CHARS_MAX).map_or(line.text.as_str(), |(at, _)| &line.text[..at]);
    (line.author == LineAuthor::Customer).then(|| Content::of(start()))
}
