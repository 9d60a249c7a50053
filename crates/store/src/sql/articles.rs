//! The knowledge base: articles in sections, and searching them.

use super::{Sql, places};
use crate::words::{Document, search_terms};
use crate::{FoundSection, SectionRow, StoreError};

/// Most terms of one question.
pub(crate) const TERMS_MAX: usize = 24;
/// Most sections of one answer.
pub(crate) const FOUND_MAX: u32 = 100;

const PUT_ARTICLE: &str = "INSERT INTO article (slug, title, digest) VALUES (?1, ?2, ?3) \
    ON CONFLICT (slug) DO UPDATE SET title = excluded.title, digest = excluded.digest";
const PUT_SECTION: &str = "INSERT INTO section (slug, place, heading, anchor, text) VALUES (?1, ?2, ?3, ?4, ?5) \
    RETURNING id";
const DELETE_SECTIONS: &str = "DELETE FROM section WHERE slug = ?1";
const DELETE_ARTICLE: &str = "DELETE FROM article WHERE slug = ?1";
const DIGESTS: &str = "SELECT slug, digest FROM article ORDER BY slug";
/// Served by the primary keys.
const SECTIONS: &str = "SELECT section.id, section.slug, article.title, section.heading, section.anchor, section.text \
    FROM section JOIN article ON article.slug = section.slug WHERE section.id IN ";

pub(super) fn put(
    sql: &mut dyn Sql,
    slug: &str,
    title: &str,
    digest: &str,
    sections: &[SectionRow],
) -> Result<(), StoreError> {
    sql.unindex_article(slug)?;
    sql.execute(DELETE_SECTIONS, &[slug.into()])?;
    sql.execute(PUT_ARTICLE, &[slug.into(), title.into(), digest.into()])?;
    for (place, section) in sections.iter().enumerate() {
        let values = [
            slug.into(),
            (place as u64).into(),
            (&section.heading).into(),
            (&section.anchor).into(),
            (&section.text).into(),
        ];
        let mut row = sql.query_one(PUT_SECTION, &values)?.ok_or_else(|| StoreError::bug("a section got no row"))?;
        sql.index_section(row.int()?, &Document::new(title, &section.heading, &section.text))?;
    }
    Ok(())
}

pub(super) fn delete(sql: &mut dyn Sql, slug: &str) -> Result<(), StoreError> {
    sql.unindex_article(slug)?;
    sql.execute(DELETE_SECTIONS, &[slug.into()])?;
    sql.execute(DELETE_ARTICLE, &[slug.into()]).map(|_| ())
}

pub(super) fn digests(sql: &mut dyn Sql) -> Result<Vec<(String, String)>, StoreError> {
    sql.query(DIGESTS, &[])?.into_iter().map(|mut row| Ok((row.text()?, row.text()?))).collect()
}

/// The words that stand for the asked terms, term by term; a term can be several words (`e-mail`, `申请退款`).
pub(crate) fn asked(terms: &[String]) -> Vec<Vec<String>> {
    let words = terms.iter().take(TERMS_MAX).map(|term| search_terms(term));
    words.filter(|words| !words.is_empty()).collect()
}

/// How many of the asked terms a section contains, each with all its words.
pub(crate) fn matched(asked: &[Vec<String>], document: &Document) -> u32 {
    let contained = asked.iter().filter(|words| words.iter().all(|word| document.contains(word)));
    u32::try_from(contained.count()).unwrap_or(u32::MAX)
}

pub(super) fn search(sql: &mut dyn Sql, terms: &[String], limit: u32) -> Result<Vec<FoundSection>, StoreError> {
    let asked = asked(terms);
    let mut words = asked.concat();
    words.sort();
    words.dedup();
    let best = if words.is_empty() { Vec::new() } else { sql.find_sections(&words, limit.clamp(1, FOUND_MAX))? };
    if best.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = best.iter().map(|(id, _)| (*id).into()).collect();
    let mut found = Vec::with_capacity(best.len());
    for mut row in sql.query(&format!("{SECTIONS}{}", places(1, ids.len())), &ids)? {
        let id = row.int()?;
        let (slug, title, heading) = (row.text()?, row.text()?, row.text()?);
        let (anchor, text) = (row.text()?, row.text()?);
        let score = best.iter().find(|(own, _)| *own == id).map_or(0.0, |(_, score)| *score);
        let matched_terms = matched(&asked, &Document::new(&title, &heading, &text));
        found.push(FoundSection { slug, title, heading, anchor, text, score, matched_terms });
    }
    sort(&mut found);
    Ok(found)
}

/// Best first; equals in the order of their names, so that an answer is the same every time.
pub(crate) fn sort(found: &mut [FoundSection]) {
    found.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then_with(|| (&one.slug, &one.anchor).cmp(&(&other.slug, &other.anchor)))
    });
}
