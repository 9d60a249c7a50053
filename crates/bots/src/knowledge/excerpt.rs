//! The part of a section that is worth reading in a chat: whole paragraphs, list items, tables and code blocks.

use std::ops::Range;

use super::terms::{Term, Words};
use crate::article::Fence;

/// A readable part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// Something of the section was left out.
    pub(super) cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Block {
    range: Range<usize>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    /// `first` begins its list.
    Item {
        first: bool,
    },
    Code,
    Table,
    Heading,
}

/// About `chars_max` characters of `markdown` around what the terms ask for.
pub(super) fn excerpt(markdown: &str, terms: &[Term], chars_max: usize) -> Excerpt {
    let text = plain_links(markdown.trim());
    let blocks = blocks(&text);
    let Some(start) = best_start(&text, &blocks, terms, chars_max) else {
        return Excerpt { text: String::new(), cut: false };
    };
    let end = last_block(&text, &blocks, start, chars_max);
    let kept = text[blocks[start].range.start..blocks[end].range.end].trim_end();
    let mut cut = start > 0 || end + 1 < blocks.len();
    let mut kept = if start == end && blocks[end].kind == Kind::Paragraph && chars(kept) > chars_max {
        cut = true;
        at_sentence_end(kept, chars_max)
    } else {
        kept.to_owned()
    };
    let mut fence = Fence::default();
    kept.lines().for_each(|line| fence.see(line));
    // A section that was cut inside code for its length has no closing fence of its own.
    if let Some(closing) = fence.closing() {
        kept.push('\n');
        kept.push_str(&closing);
    }
    Excerpt { text: kept, cut }
}

/// The earliest block from which the readable length covers as many of the terms as from any; the beginning of a list,
/// never its middle.
fn best_start(text: &str, blocks: &[Block], terms: &[Term], chars_max: usize) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (start, block) in blocks.iter().enumerate() {
        if block.kind == (Kind::Item { first: false }) {
            continue;
        }
        let end = last_block(text, blocks, start, chars_max);
        let words = Words::of(&text[block.range.start..blocks[end].range.end]);
        let covered: f64 = terms.iter().map(|term| words.covers(term)).sum();
        if best.is_none_or(|(_, most)| covered > most + f64::EPSILON) {
            best = Some((start, covered));
        }
        if end + 1 == blocks.len() {
            break;
        }
    }
    best.map(|(start, _)| start)
}

/// The last block that still fits; at least the first one, and what a line ending in a colon announces.
fn last_block(text: &str, blocks: &[Block], start: usize, chars_max: usize) -> usize {
    let length = |end: usize| chars(&text[blocks[start].range.start..blocks[end].range.end]);
    let mut end = start;
    while end + 1 < blocks.len() && length(end + 1) <= chars_max {
        end += 1;
    }
    let announces = |index: usize| {
        blocks[index].kind == Kind::Heading || text[blocks[index].range.clone()].trim_end().ends_with([':', '：'])
    };
    if end + 1 < blocks.len() && announces(end) {
        if length(end + 1) <= chars_max * 2 || end == start {
            end += 1;
        } else {
            end -= 1;
        }
    }
    end
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut fence = Fence::default();
    let mut after_blank = true;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        let in_code = fence.is_open();
        fence.see(line);
        let indent = line.len() - line.trim_start_matches(' ').len();
        let blank = line.trim().is_empty();
        let last = blocks.last_mut();
        let in_item = last.as_ref().is_some_and(|last| matches!(last.kind, Kind::Item { .. }));
        let belongs = in_code // the rest of a code block
            || (in_item && indent >= 2 && !blank) // the further paragraphs, lists and code of an item
            || (!after_blank && !blank && continues(line, last.as_ref().map(|last| last.kind), fence.is_open()));
        match last {
            Some(last) if belongs => last.range.end = range.end,
            _ if blank => {}
            _ => {
                let kind = if fence.is_open() {
                    Kind::Code
                } else if is_item(line) {
                    Kind::Item { first: !in_item }
                } else if line.trim_start().starts_with('#') {
                    Kind::Heading
                } else if line.trim_start().starts_with('|') {
                    Kind::Table
                } else {
                    Kind::Paragraph
                };
                blocks.push(Block { range, kind });
            }
        }
        after_blank = blank && !in_code;
    }
    blocks
}

/// Whether a line directly under a block goes on with it.
fn continues(line: &str, block: Option<Kind>, opens_code: bool) -> bool {
    match block {
        Some(Kind::Paragraph | Kind::Item { .. }) => !opens_code && !is_item(line) && !line.starts_with('#'),
        Some(Kind::Table) => line.trim_start().starts_with('|'),
        Some(Kind::Code | Kind::Heading) | None => false,
    }
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let after_number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered =
        after_number.len() < line.len() && (after_number.starts_with(". ") || after_number.starts_with(") "));
    numbered || line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ")
}

/// A paragraph that is too long by itself ends at a sentence, or else at a word.
fn at_sentence_end(text: &str, chars_max: usize) -> String {
    let limit = text.char_indices().nth(chars_max).map_or(text.len(), |(at, _)| at);
    let head = &text[..limit];
    let sentence = head
        .char_indices()
        .filter(|(at, letter)| match letter {
            '.' | '!' | '?' => text[at + 1..].starts_with(char::is_whitespace),
            '。' | '！' | '？' => true,
            _ => false,
        })
        .map(|(at, letter)| at + letter.len_utf8())
        .next_back();
    if let Some(end) = sentence.filter(|end| *end > limit / 3) {
        return head[..end].to_owned();
    }
    let end = head.rfind(char::is_whitespace).unwrap_or(limit);
    format!("{}…", head[..end].trim_end())
}

/// Links to neighbouring pages lead nowhere in a chat, and images are not sent: both become their words.
fn plain_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence = Fence::default();
    for line in text.split_inclusive('\n') {
        let in_code = fence.is_open();
        fence.see(line);
        if in_code || fence.is_open() {
            out.push_str(line);
        } else {
            plain_links_of_line(line, &mut out);
        }
    }
    out
}

fn plain_links_of_line(line: &str, out: &mut String) {
    // Between backticks everything stays as it is.
    for (index, piece) in line.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        if index % 2 == 1 {
            out.push_str(piece);
            continue;
        }
        let mut rest = piece;
        while let Some((before, after)) = rest.split_once('[') {
            let found = after.split_once("](").and_then(|(words, target)| {
                let (target, after) = target.split_once(')')?;
                (!words.contains(['[', ']'])).then_some((words, target, after))
            });
            let Some((words, target, after)) = found else {
                out.push_str(before);
                out.push('[');
                rest = after;
                continue;
            };
            let image = before.ends_with('!');
            out.push_str(if image { &before[..before.len() - 1] } else { before });
            if !image
                && (target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:"))
            {
                out.extend(["[", words, "](", target, ")"]);
            } else {
                out.push_str(words);
            }
            rest = after;
        }
        out.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::terms::terms;
    use baton_core::Language;

    fn take(text: &str, question: &str, chars_max: usize) -> Excerpt {
        excerpt(text, &terms(question, Language::ENGLISH), chars_max)
    }

    #[test]
    fn a_short_section_is_quoted_whole() {
        let text = "Open from nine to five.\n\nClosed on holidays.";
        assert_eq!(take(text, "open", 200), Excerpt { text: text.to_owned(), cut: false });
    }

    #[test]
    fn code_is_never_cut() {
        let code = format!("```sh\n{}```", "apt install baton\n\n".repeat(20));
        let text = format!("Run this:\n\n{code}\n\nThen start it.");
        let excerpt = take(&text, "install", 60);
        assert!(excerpt.cut);
        assert_eq!(excerpt.text.matches("```").count(), 2, "{}", excerpt.text);
        assert!(excerpt.text.starts_with("Run this:") && excerpt.text.ends_with("```"));
    }

    #[test]
    fn a_list_is_cut_between_its_items_and_never_begun_in_the_middle() {
        let text = "Steps to follow when it is late:\n\n1. Open the page\n   and wait\n2. Press start\n3. Read the purple lamp\n";
        let excerpt = take(text, "purple lamp", 50);
        assert!(excerpt.cut);
        assert!(excerpt.text.contains("1. Open the page\n   and wait"), "{}", excerpt.text);
        assert!(excerpt.text.ends_with("wait") || excerpt.text.ends_with("start"), "{}", excerpt.text);
    }

    #[test]
    fn the_answer_begins_where_the_question_is_answered() {
        let text = format!("{}\n\nHolidays are configured per queue.\n\nMore.", "Something else entirely. ".repeat(20));
        let excerpt = take(&text, "how do I configure holidays", 100);
        assert!(excerpt.text.starts_with("Holidays are configured"), "{}", excerpt.text);
        assert!(excerpt.cut);
    }

    #[test]
    fn a_long_paragraph_ends_at_a_sentence() {
        let excerpt = take(&"One sentence of some words. ".repeat(30), "sentence", 100);
        assert!(excerpt.text.ends_with("words.") && excerpt.cut && excerpt.text.len() <= 100, "{}", excerpt.text);
        let endless = take(&"word ".repeat(100), "word", 50);
        assert!(endless.text.ends_with("word…"), "{}", endless.text);
    }

    #[test]
    fn links_into_the_manual_become_words_and_code_stays() {
        let text = "See [hours](hours.md), ![a lamp](lamp.png), `[x](y.md)` and [home](https://baton.example) [1].";
        assert_eq!(plain_links(text), "See hours, a lamp, `[x](y.md)` and [home](https://baton.example) [1].");
    }
}
