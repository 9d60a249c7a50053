//! An article as people write it, cut into the sections that are found and quoted.

use baton_core::Language;

/// Most sections of an article; what comes after them is not searched.
pub const SECTIONS_MAX: usize = 500;
/// Longest section; a longer one continues in a further section under the same heading.
pub const SECTION_BYTES_MAX: usize = 8 * 1024;
/// Longest title and heading.
pub const HEADING_CHARS_MAX: usize = 200;

/// An article in sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    pub slug: String,
    pub title: String,
    /// As its front matter says, if it does.
    pub language: Option<Language>,
    pub sections: Vec<Section>,
}

/// What stands under one heading, with the heading above it when it is a third-level one: `Hours › Holidays`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    /// For links into the page; the one of the heading itself.
    pub anchor: String,
    /// Markdown, never empty.
    pub text: String,
}

/// Cuts an article at its headings of the first three levels. Front matter may give `title` and `language`.
pub fn split_article(slug: &str, markdown: &str) -> Article {
    let markdown = markdown.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (front, body) = front_matter(&markdown);
    let mut splitter = Splitter::default();
    let mut fence = Fence::default();
    for line in body.lines() {
        let in_code = fence.is_open();
        fence.see(line);
        match heading(line).filter(|_| !in_code && !fence.is_open()) {
            Some((level, text)) => splitter.begin(level, &text),
            None => splitter.take(line, fence.is_open()),
        }
    }
    splitter.finish_section();
    let title = front.title.or(splitter.title).unwrap_or_else(|| title_of_slug(slug));
    for section in &mut splitter.sections {
        if section.heading.is_empty() {
            section.heading.clone_from(&title);
            section.anchor = anchor(&title);
        }
    }
    make_unique(&mut splitter.sections);
    Article { slug: slug.to_owned(), title, language: front.language, sections: splitter.sections }
}

#[derive(Default)]
struct FrontMatter {
    title: Option<String>,
    language: Option<Language>,
}

/// Reads `key: value` lines between two `---`; without the second it is not front matter but text.
fn front_matter(markdown: &str) -> (FrontMatter, &str) {
    let mut front = FrontMatter::default();
    let Some((head, body)) = markdown
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n").or_else(|| rest.strip_suffix("\n---").map(|head| (head, ""))))
    else {
        return (front, markdown);
    };
    for line in head.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim() {
            "title" if !value.is_empty() => front.title = Some(bounded(value)),
            "language" | "lang" => front.language = Language::new(value),
            _ => {}
        }
    }
    (front, body)
}

#[derive(Default)]
struct Splitter {
    title: Option<String>,
    /// The second-level heading that we are under.
    parent: String,
    heading: String,
    anchor: String,
    text: String,
    sections: Vec<Section>,
}

impl Splitter {
    fn begin(&mut self, level: usize, text: &str) {
        self.finish_section();
        match level {
            1 if self.title.is_none() => {
                self.title = Some(text.to_owned());
                self.parent.clear();
                self.heading.clear();
            }
            3 if !self.parent.is_empty() => self.heading = bounded(&format!("{} › {text}", self.parent)),
            _ => {
                text.clone_into(&mut self.parent);
                text.clone_into(&mut self.heading);
            }
        }
        self.anchor = anchor(text);
    }

    fn take(&mut self, line: &str, in_code: bool) {
        // Cut between paragraphs; inside code or an endless paragraph only when it must be.
        let roomy = self.text.len() < SECTION_BYTES_MAX / 2;
        if line.trim().is_empty() && !in_code && !roomy {
            self.finish_section();
        }
        let mut rest = line;
        loop {
            if self.text.len() + rest.len() < SECTION_BYTES_MAX {
                break;
            }
            let mut room = SECTION_BYTES_MAX - self.text.len();
            while !rest.is_char_boundary(room) {
                room -= 1;
            }
            // A line that fits a section of its own is not cut.
            if rest.len() >= SECTION_BYTES_MAX {
                self.text.push_str(&rest[..room]);
                rest = &rest[room..];
            }
            self.finish_section();
        }
        self.text.push_str(rest);
        self.text.push('\n');
    }

    /// Ends the section; the next begins under the same heading unless another comes.
    fn finish_section(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_matches('\n').trim_end();
        if !text.trim().is_empty() && self.sections.len() < SECTIONS_MAX {
            self.sections.push(Section {
                heading: self.heading.clone(),
                anchor: self.anchor.clone(),
                text: text.to_owned(),
            });
        }
    }
}

/// Follows the fences of code blocks through a text.
#[derive(Default)]
pub(crate) struct Fence {
    /// The mark that opened the block and how often it stood there.
    open: Option<(char, usize)>,
}

impl Fence {
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The line that would end the open block.
    pub(crate) fn closing(&self) -> Option<String> {
        self.open.map(|(mark, count)| String::from(mark).repeat(count))
    }

    pub(crate) fn see(&mut self, line: &str) {
        let line = line.trim();
        let Some(mark) = line.chars().next().filter(|mark| matches!(mark, '`' | '~')) else { return };
        let count = line.chars().take_while(|letter| *letter == mark).count();
        if count < 3 {
            return;
        }
        let rest = &line[count..];
        match self.open {
            None if mark == '~' || !rest.contains('`') => self.open = Some((mark, count)),
            Some((opened, length)) if opened == mark && count >= length && rest.is_empty() => self.open = None,
            None | Some(_) => {}
        }
    }
}

/// `## Text ##` as its level and plain text, for levels 1 to 3.
fn heading(line: &str) -> Option<(usize, String)> {
    let trimmed = line.trim_start();
    if line.len() - trimmed.len() > 3 {
        return None;
    }
    let level = trimmed.chars().take_while(|letter| *letter == '#').count();
    let text = trimmed.get(level..)?;
    if !(1..=3).contains(&level) || !text.starts_with([' ', '\t']) {
        return None;
    }
    let text = plain(text.trim().trim_end_matches('#').trim_end());
    (!text.is_empty()).then(|| (level, bounded(&text)))
}

/// A line without its emphasis, code marks and link targets.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            // The target of a link goes, other parentheses stay.
            ']' if rest.starts_with('(') => rest = rest.split_once(')').map_or("", |(_, after)| after),
            '`' | '*' | '[' | ']' => {}
            other => plain.push(other),
        }
    }
    plain.trim().to_owned()
}

fn bounded(text: &str) -> String {
    text.chars().take(HEADING_CHARS_MAX).collect()
}

fn title_of_slug(slug: &str) -> String {
    let name = slug.rsplit('/').next().unwrap_or(slug).replace(['-', '_'], " ");
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| bounded(&(first.to_uppercase().collect::<String>() + letters.as_str())))
}

/// The fragment by which common renderers link a heading.
fn anchor(heading: &str) -> String {
    heading
        .chars()
        .filter_map(|letter| match letter {
            ' ' => Some('-'),
            '-' | '_' => Some(letter),
            _ => letter.is_alphanumeric().then_some(letter),
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Headings that are the same get `-1`, `-2` …, as renderers give them; continued sections share the anchor.
fn make_unique(sections: &mut [Section]) {
    let mut seen: std::collections::BTreeMap<String, (usize, String)> = std::collections::BTreeMap::new();
    for section in sections {
        let plain = section.anchor.clone();
        let (count, heading) = seen.entry(plain.clone()).or_insert_with(|| (0, section.heading.clone()));
        if *heading != section.heading {
            *count += 1;
            heading.clone_from(&section.heading);
        }
        if *count > 0 {
            section.anchor = format!("{plain}-{count}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(article: &Article) -> Vec<(&str, &str)> {
        article.sections.iter().map(|section| (section.heading.as_str(), section.anchor.as_str())).collect()
    }

    #[test]
    fn an_article_is_cut_at_its_headings_and_not_in_its_code() {
        let article = split_article(
            "install",
            "# Install `Baton`\n\nIntro.\n\n## On [Debian](x.md) ##\n\nRun:\n\n```sh\n# not a heading\napt\n```\n\n### Without root\n\nText.\n#### Deep\nDeeper.\n\n## Empty\n\n## Next\nLast.",
        );
        assert_eq!(article.title, "Install Baton");
        assert_eq!(
            headings(&article),
            [
                ("Install Baton", "install-baton"),
                ("On Debian", "on-debian"),
                ("On Debian › Without root", "without-root"),
                ("Next", "next"),
            ]
        );
        assert!(article.sections[1].text.contains("# not a heading\napt\n```"));
        assert!(article.sections[2].text.contains("#### Deep"));
    }

    #[test]
    fn front_matter_names_title_and_language() {
        let article = split_article("h", "---\ntitle: \"Horario\"\nlanguage: es-MX\nother: 1\n---\nAbierto.\n");
        assert_eq!((article.title.as_str(), article.language), ("Horario", Language::new("es")));
        assert_eq!(headings(&article), [("Horario", "horario")]);
        let rule = split_article("opening-hours", "---\n\nNot closed, so it is a line.");
        assert_eq!((rule.title.as_str(), rule.language), ("Opening hours", None));
    }

    #[test]
    fn equal_headings_keep_their_links_apart() {
        let article = split_article("a", "# A\n## X\n### Options\none\n## Y\n### Options\ntwo\n");
        assert_eq!(headings(&article), [("X › Options", "options"), ("Y › Options", "options-1")]);
    }

    #[test]
    fn an_endless_article_stays_within_its_bounds() {
        let long = format!("# A\n\n{}\n\n{}", "word ".repeat(5_000), "a paragraph\n\n".repeat(2_000));
        let article = split_article("a", &long);
        assert!(article.sections.len() > 2);
        assert!(
            article.sections.iter().all(|section| section.text.len() <= SECTION_BYTES_MAX && section.heading == "A")
        );
        let many = split_article("b", &"## h\ntext\n".repeat(SECTIONS_MAX + 10));
        assert_eq!(many.sections.len(), SECTIONS_MAX);
        let words: usize = article.sections.iter().map(|section| section.text.matches("word").count()).sum();
        assert!(words >= 4_990, "only words at a cut are lost: {words}");
        assert_eq!(split_article("c", "").sections, []);
    }
}
