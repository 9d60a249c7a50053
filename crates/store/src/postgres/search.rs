//! The search index on PostgreSQL: a tsvector of the program's own words, weighed so that a rare word counts more.

use std::fmt::Write as _;

use super::connection::PostgresSession;
use crate::StoreError;
use crate::sql::Sql;
use crate::words::Document;

/// Where PostgreSQL stops counting places.
const PLACE_MAX: usize = 16_383;

const INDEX: &str = "UPDATE section SET words = CAST(CAST(?2 AS TEXT) AS TSVECTOR) WHERE id = ?1";
/// The rank of one word saturates with its count and falls with the section's length; the weight of a word falls with
/// how many sections have it, which PostgreSQL's own ranks leave out. Served by `section_by_words`.
const FIND: &str = "WITH asked AS ( \
        SELECT CAST('''' || word || '''' AS TSQUERY) AS query FROM unnest(string_to_array(CAST(?1 AS TEXT), ' ')) AS word \
    ), weighed AS ( \
        SELECT query, ln(1 + (every.sections - holding.sections + 0.5) / (holding.sections + 0.5)) AS weight FROM asked \
        CROSS JOIN (SELECT count(*) AS sections FROM section) AS every \
        CROSS JOIN LATERAL (SELECT count(*) AS sections FROM section WHERE section.words @@ asked.query) AS holding \
    ) \
    SELECT section.id, CAST(SUM(weighed.weight * ts_rank('{0.33, 0.33, 0.33, 1}', section.words, weighed.query, 1)) \
        AS FLOAT8) AS score \
    FROM weighed JOIN section ON section.words @@ weighed.query \
    GROUP BY section.id ORDER BY score DESC, section.id LIMIT ?2";

pub(super) fn index(sql: &mut PostgresSession, section: i64, document: &Document) -> Result<(), StoreError> {
    let mut vector = String::new();
    let headings = document.heading.iter().map(|word| (word, "A"));
    let words = headings.chain(document.text.iter().map(|word| (word, "")));
    for (place, (word, weight)) in words.enumerate() {
        // The words hold letters and digits alone, so quoting them is all there is to do.
        let _ = write!(vector, "'{word}':{}{weight} ", (place + 1).min(PLACE_MAX));
    }
    sql.execute(INDEX, &[section.into(), (&vector).into()]).map(|_| ())
}

pub(super) fn find(sql: &mut PostgresSession, words: &[String], limit: u32) -> Result<Vec<(i64, f64)>, StoreError> {
    let asked = words.join(" ");
    let rows = sql.query(FIND, &[(&asked).into(), limit.into()])?;
    rows.into_iter().map(|mut row| Ok((row.int()?, row.real()?))).collect()
}
