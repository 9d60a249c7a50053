//! Real arrivals and observed times from CSV files: a header, then a row each.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use baton_core::{Language, Needs, Priority, QueueId, Tier, Timestamp, TopicId};
use baton_routing::Plan;
use baton_simulate::{Patience, Recorded};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Most rows of one file.
const ROWS_MAX: usize = 5_000_000;
const COLUMNS: &str = "at, queue, topic, tier, language, priority, handle_s, wrap_up_s, patience_s";

/// Arrivals in the order of time. What a row leaves open is as `usual` says.
pub(super) fn read(file: &Path, usual: &Needs, plan: &Plan, zone: &TimeZone) -> anyhow::Result<Vec<Recorded>> {
    let text = text_of(file)?;
    let mut rows = Rows::of(file, &text)?;
    if let Some(unknown) = rows.header.iter().find(|name| !COLUMNS.split(", ").any(|known| known == name.as_str())) {
        bail!("{}: line 1: there is no column `{unknown}` for arrivals; known are: {COLUMNS}", file.display());
    }
    let at = rows.place("at")?;
    let [queue, topic, tier, language, priority, handle, wrap_up, patience] =
        ["queue", "topic", "tier", "language", "priority", "handle_s", "wrap_up_s", "patience_s"]
            .map(|name| rows.header.iter().position(|found| found == name));
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let mut needs = usual.clone();
        if let Some(text) = row.text(queue) {
            let named = QueueId::new(text).ok().filter(|queue| plan.queues.contains_key(queue));
            needs.queue = Some(named.with_context(|| row.place(&format!("there is no queue `{text}`")))?);
        }
        if let Some(text) = row.text(topic) {
            needs.topic = Some(TopicId::new(text).with_context(|| row.place("topic"))?);
        }
        if let Some(text) = row.text(tier) {
            needs.tier = Some(Tier::new(text).with_context(|| row.place("tier"))?);
        }
        if let Some(text) = row.text(language) {
            let known = Language::new(text);
            needs.language = Some(known.with_context(|| row.place(&format!("`{text}` is not a language")))?);
        }
        if let Some(text) = row.text(priority) {
            let known = text.parse().ok().and_then(Priority::new);
            needs.priority = known.with_context(|| row.place(&format!("`{text}` is not a priority, -10 to 10")))?;
        }
        let when = row.text(Some(at)).unwrap_or_default();
        let when = moment(when, zone).with_context(|| {
            row.place(&format!("`{when}` is not a moment; write 2026-11-20T09:12:33+01:00 or 2026-11-20 09:12:33"))
        })?;
        all.push(Recorded {
            at: when,
            needs,
            handle_s: row.seconds(handle)?,
            wrap_up_s: row.seconds(wrap_up)?,
            patience: row.seconds(patience)?.map_or(Patience::Unknown, Patience::Was),
        });
    }
    if all.is_empty() {
        bail!("{}: there is no arrival in it", file.display());
    }
    all.sort_by_key(|one| one.at);
    Ok(all)
}

/// A column of seconds; empty fields are left out.
pub(super) fn column(file: &Path, name: &str) -> anyhow::Result<Vec<f64>> {
    let text = text_of(file)?;
    let mut rows = Rows::of(file, &text)?;
    let place = rows.place(name)?;
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        values.extend(row.seconds(Some(place))?);
    }
    if values.is_empty() {
        bail!("{}: the column `{name}` has no number", file.display());
    }
    Ok(values)
}

fn text_of(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("read {}", file.display()))
}

/// With an offset it is what it says, without one it is what the wall shows.
fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let at = match text.parse::<jiff::Timestamp>() {
        Ok(at) => at,
        Err(_) => zone.to_timestamp(text.parse::<DateTime>().ok()?).ok()?,
    };
    Some(Timestamp(at.as_millisecond()))
}

struct Rows<'a> {
    file: &'a Path,
    header: Vec<String>,
    lines: std::iter::Zip<std::ops::RangeFrom<usize>, std::str::Lines<'a>>,
    read: usize,
}

struct Row<'a> {
    file: &'a Path,
    line: usize,
    fields: Vec<String>,
}

impl<'a> Rows<'a> {
    fn of(file: &'a Path, text: &'a str) -> anyhow::Result<Self> {
        let mut lines = (1..).zip(text.lines());
        let (_, header) = lines.next().with_context(|| format!("{} is empty", file.display()))?;
        let header = fields(header.trim_start_matches('\u{feff}')).iter().map(|name| name.trim().to_owned()).collect();
        Ok(Self { file, header, lines, read: 0 })
    }

    fn place(&self, name: &str) -> anyhow::Result<usize> {
        self.header.iter().position(|found| found == name).with_context(|| {
            format!(
                "{}: line 1: there is no column `{name}`; there are: {}",
                self.file.display(),
                self.header.join(", ")
            )
        })
    }

    fn next(&mut self) -> anyhow::Result<Option<Row<'a>>> {
        let Some((line, text)) = self.lines.by_ref().find(|(_, line)| !line.trim().is_empty()) else { return Ok(None) };
        self.read += 1;
        if self.read > ROWS_MAX {
            bail!("{}: more than {ROWS_MAX} rows; split the file", self.file.display());
        }
        let row = Row { file: self.file, line, fields: fields(text) };
        if row.fields.len() > self.header.len() {
            bail!(row.place(&format!("{} fields under {} columns", row.fields.len(), self.header.len())));
        }
        Ok(Some(row))
    }
}

impl Row<'_> {
    fn text(&self, place: Option<usize>) -> Option<&str> {
        self.fields.get(place?).map(|field| field.trim()).filter(|field| !field.is_empty())
    }

    fn seconds(&self, place: Option<usize>) -> anyhow::Result<Option<f64>> {
        let Some(text) = self.text(place) else { return Ok(None) };
        let value = text.parse::<f64>().ok().filter(|value| (0.0..=1e9).contains(value));
        value.map(Some).with_context(|| self.place(&format!("`{text}` is not a number of seconds")))
    }

    fn place(&self, what: &str) -> String {
        format!("{}: line {}: {what}", self.file.display(), self.line)
    }
}

/// The fields of a line; one in quotes may hold commas, and a doubled quote is a quote.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = fields.len() - 1;
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                fields[last].push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => fields[last].push(other),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_commas_and_quotes() {
        assert_eq!(fields("a,\"b, c\",\"say \"\"hi\"\"\","), ["a", "b, c", "say \"hi\"", ""]);
    }

    #[test]
    fn a_moment_has_an_offset_or_is_what_the_wall_shows() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let at = moment("2026-11-20T09:12:33+01:00", &berlin);
        assert!(at.is_some());
        assert_eq!(at, moment("2026-11-20 09:12:33", &berlin));
        assert_eq!(moment("yesterday", &berlin), None);
    }
}
