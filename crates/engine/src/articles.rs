//! The articles that bots answer from: taken in from Markdown files, found through the store's text search.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use baton_bots::{Articles, Passage, Searching, split_article};
use baton_core::Language;
use baton_store::{SectionRow, Store};

use crate::error::EngineError;

/// Terms of a question that are looked for.
const TERMS_MAX: usize = 24;
/// Longest article that is taken in, in bytes.
const ARTICLE_BYTES_MAX: u64 = 2 * 1024 * 1024;

/// The store's articles, as bots search them.
pub(crate) struct StoredArticles(pub(crate) Store);

impl Articles for StoredArticles {
    fn search<'a>(&'a self, query: &'a str, _language: Language, limit: usize) -> Searching<'a> {
        Box::pin(async move {
            let terms: Vec<String> = query.split_whitespace().take(TERMS_MAX).map(str::to_owned).collect();
            let asked = u32::try_from(terms.len()).unwrap_or(u32::MAX);
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            let found = self.0.read(move |tx| tx.search(&terms, limit)).await.map_err(|error| error.to_string())?;
            Ok(found
                .into_iter()
                .map(|section| Passage {
                    slug: format!("{}#{}", section.slug, section.anchor),
                    title: section.title,
                    heading: section.heading,
                    text: section.text,
                    score: section.score,
                    matched_terms: section.matched_terms,
                    query_terms: asked,
                })
                .collect())
        })
    }
}

/// One article as Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleSource {
    pub slug: String,
    pub markdown: String,
}

/// Reads every `*.md` directly in a folder, by name.
pub fn read_articles(folder: &Path) -> Result<Vec<ArticleSource>, EngineError> {
    let fault = |what: String| EngineError::invalid("articles", format!("read {}: {what}", folder.display()));
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| fault(error.to_string()))? {
        let path = entry.map_err(|error| fault(error.to_string()))?.path();
        let Some(slug) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let bytes = fs::metadata(&path).map_err(|error| fault(error.to_string()))?.len();
        if bytes > ARTICLE_BYTES_MAX {
            return Err(fault(format!("{slug}.md has {bytes} bytes and at most {ARTICLE_BYTES_MAX} fit; split it")));
        }
        let markdown = fs::read_to_string(&path).map_err(|error| fault(format!("{slug}.md: {error}")))?;
        sources.push(ArticleSource { slug: slug.to_owned(), markdown });
    }
    sources.sort_by(|one, other| one.slug.cmp(&other.slug));
    Ok(sources)
}

/// Brings the store's articles to exactly these; gives how many were written or removed. What did not change is left alone.
/// All of it is one write: a search finds the articles as they were or as they are, and the disk is flushed once.
pub async fn sync_articles(store: &Store, sources: Vec<ArticleSource>) -> Result<usize, EngineError> {
    let known = store.read(|tx| tx.article_digests()).await?;
    let wanted: BTreeSet<&str> = sources.iter().map(|source| source.slug.as_str()).collect();
    let gone: Vec<String> =
        known.iter().map(|(slug, _)| slug).filter(|slug| !wanted.contains(slug.as_str())).cloned().collect();
    let mut written = Vec::new();
    for source in &sources {
        let digest = digest(&source.markdown);
        if known.iter().any(|(slug, stored)| *slug == source.slug && *stored == digest) {
            continue;
        }
        let article = split_article(&source.slug, &source.markdown);
        let sections: Vec<SectionRow> = article
            .sections
            .into_iter()
            .map(|section| SectionRow { heading: section.heading, anchor: section.anchor, text: section.text })
            .collect();
        written.push((article.slug, article.title, digest, sections));
    }
    let changes = written.len() + gone.len();
    if changes > 0 {
        store
            .write(move |tx| {
                for (slug, title, digest, sections) in &written {
                    tx.put_article(slug, title, digest, sections)?;
                }
                gone.iter().try_for_each(|slug| tx.delete_article(slug))
            })
            .await?;
    }
    Ok(changes)
}

/// Tells versions of an article apart; not a seal.
fn digest(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}-{}", hasher.finish(), text.len())
}
