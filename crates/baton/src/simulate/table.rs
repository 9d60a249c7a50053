//! Tables for people, and numbers as they read them.

/// Rows under a header; the first column is words, the others are numbers and stand at the right.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(header: &[&str]) -> Self {
        Self { rows: vec![header.iter().map(|name| (*name).to_owned()).collect()] }
    }

    pub(crate) fn row(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    pub(crate) fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
                if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
            text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            text.push('\n');
        }
        text
    }
}

/// `8.4 s`, `2:05`, `1:02:05`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a span of seconds, made not negative")]
pub(crate) fn span(seconds: f64) -> String {
    let sign = if seconds < -0.05 { "−" } else { "" };
    let seconds = seconds.abs();
    if seconds < 60.0 {
        return format!("{sign}{seconds:.1} s");
    }
    let whole = seconds.round() as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, minutes, seconds) => format!("{sign}{minutes}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

pub(crate) fn percent(share: f64) -> String {
    let sign = if share < -0.0005 { "−" } else { "" };
    format!("{sign}{:.1} %", share.abs() * 100.0)
}

pub(crate) fn number(value: f64) -> String {
    let sign = if value < -0.05 { "−" } else { "" };
    let value = value.abs();
    if value >= 100.0 || (value - value.round()).abs() < 1e-9 {
        format!("{sign}{value:.0}")
    } else {
        format!("{sign}{value:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_as_people_say_them() {
        assert_eq!([7.836, 59.0, 125.2, 3725.0, -12.0].map(span), ["7.8 s", "59.0 s", "2:05", "1:02:05", "−12.0 s"]);
    }

    #[test]
    fn numbers_stand_at_the_right() {
        let mut table = Table::new(&["queue", "n"]);
        table.row(vec!["billing".to_owned(), "12".to_owned()]);
        assert_eq!(table.text(), "queue     n\nbilling  12\n");
    }
}
