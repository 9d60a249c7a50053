//! From the Markdown of bots and agents to HTML that is safe to show: no raw HTML, no images, and an allow-list behind
//! the renderer that trusts nothing of it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

/// Deepest quote or list. Beyond it a message is shown as the plain text it is: nesting costs the square of its depth,
/// and nobody who writes to a person nests so deep.
const NESTING_MAX: usize = 20;
/// Headings inside a message sit below the page's own.
const HEADING_LEVEL: u8 = 4;

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    // What looks like a tag is shown as it was written.
    options.render.escape = true;
    // A chat's line break is a line break.
    options.render.hardbreaks = true;
    options
});

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "p",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "a",
        "blockquote",
        "br",
        "h4",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ];
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(tags))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(|tag, attribute, value| match (tag, attribute) {
            ("a", "href") => may_link_to(value).then_some(Cow::Borrowed(value)),
            ("ol", "start") => value.bytes().all(|byte| byte.is_ascii_digit()).then_some(Cow::Borrowed(value)),
            // These two are ours: what comes in has no way to set them.
            ("a", "rel" | "target") => Some(Cow::Borrowed(value)),
            _ => None,
        })
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank");
    builder
});

/// The HTML of a message.
pub fn to_html(markdown: &str) -> String {
    if is_plain(markdown) {
        return format!("<p>{markdown}</p>");
    }
    if markdown.lines().any(|line| nesting(line) > NESTING_MAX) {
        return plain_html(markdown);
    }
    let arena = Arena::new();
    let document = parse_document(&arena, markdown, &OPTIONS);
    for node in document.descendants() {
        tame(node);
    }
    let mut html = String::with_capacity(markdown.len() * 2);
    // Writing into a string does not fail.
    let _ = format_html(document, &OPTIONS, &mut html);
    let mut clean = CLEANER.clean(&html).to_string();
    clean.truncate(clean.trim_end().len());
    clean
}

/// One line of words: nothing that Markdown or HTML would read as anything else. Most chat messages are such.
fn is_plain(text: &str) -> bool {
    let starts_with_a_word = text.chars().next().is_some_and(char::is_alphabetic);
    starts_with_a_word
        && !text.contains("www.")
        && !text.ends_with(char::is_whitespace)
        && text.chars().all(|character| {
            character.is_alphanumeric()
                || matches!(character, ' ' | '.' | ',' | ';' | '?' | '!' | '\'' | '’' | '-' | '(' | ')')
        })
}

/// How many quotes and lists a line opens at its start.
fn nesting(line: &str) -> usize {
    let mut depth = 0;
    let mut rest = line.trim_start();
    loop {
        let number = rest.trim_start_matches(|character: char| character.is_ascii_digit());
        let marked = rest
            .strip_prefix('>')
            .or_else(|| rest.strip_prefix(['-', '+', '*']).filter(|after| after.starts_with([' ', '\t'])))
            .or_else(|| number.strip_prefix(['.', ')']).filter(|_| number.len() < rest.len()));
        let Some(after) = marked else { return depth };
        depth += 1;
        rest = after.trim_start();
    }
}

/// A text as it stands, line by line.
fn plain_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    html.push_str("<p>");
    for character in text.chars() {
        match character {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("<br>\n"),
            other => html.push(other),
        }
    }
    html.push_str("</p>");
    html
}

#[allow(clippy::wildcard_enum_match_arm)] // The library's nodes: everything else is fine as it is.
fn tame<'a>(node: &'a AstNode<'a>) {
    let inside_link = || node.ancestors().skip(1).any(|above| matches!(above.data.borrow().value, NodeValue::Link(_)));
    let linked = matches!(node.data.borrow().value, NodeValue::Image(_)) && !inside_link();
    let mut data = node.data.borrow_mut();
    match &mut data.value {
        NodeValue::Heading(heading) => heading.level = HEADING_LEVEL,
        // No image is fetched because somebody looks; who wants to see it follows the link.
        NodeValue::Image(image) if linked => data.value = NodeValue::Link(image.clone()),
        _ => {}
    }
}

/// The web, mail, and this server's manual; nothing else.
fn may_link_to(address: &str) -> bool {
    if address.contains(|character: char| character.is_control() || character == '\\') {
        return false;
    }
    let lower = address.to_ascii_lowercase();
    if ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
        return true;
    }
    let Some(rest) = address.strip_prefix("/manual") else { return false };
    (rest.is_empty() || rest.starts_with(['/', '#', '?'])) && !lower.contains("..") && !lower.contains("%2e")
}

#[cfg(test)]
mod tests;
