//! What is wrong with a configuration: where, what, and how to mend it.

use std::fmt;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFault {
    /// `queues.billing.hours`; empty for the document as a whole.
    pub path: String,
    /// From 1; 0 when unknown.
    pub line: u64,
    pub column: u64,
    pub what: String,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(out, "line {}, column {}: ", self.line, self.column)?;
        }
        if !self.path.is_empty() {
            write!(out, "{}: ", self.path)?;
        }
        out.write_str(&self.what)
    }
}

/// Everything that is wrong with a document, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    pub faults: Vec<ConfigFault>,
}

impl ConfigError {
    pub(crate) fn at_top(what: String) -> Self {
        Self { faults: vec![ConfigFault { path: String::new(), line: 0, column: 0, what }] }
    }

    pub(crate) fn syntax(error: &serde_saphyr::Error) -> Self {
        let (line, column) = error.location().map_or((0, 0), |location| (location.line(), location.column()));
        let error = error.without_snippet();
        let what = if let serde_saphyr::Error::InvalidScalar { ty, .. } = error {
            format!("this is not {}", in_words(ty))
        } else {
            let said = error.to_string();
            // The parser repeats the place in its text; the fault has it already.
            said.split(" at line ").next().unwrap_or(&said).trim().to_owned()
        };
        Self { faults: vec![ConfigFault { path: String::new(), line, column, what }] }
    }
}

/// The parser's names of types are programmers' words.
fn in_words(kind: &str) -> String {
    let most = match kind {
        "u8" => Some(u64::from(u8::MAX)),
        "u16" => Some(u64::from(u16::MAX)),
        "u32" => Some(u64::from(u32::MAX)),
        _ => None,
    };
    match (most, kind) {
        (Some(most), _) => format!("a whole number from 0 to {most}"),
        (None, "i8") => format!("a whole number from {} to {}", i8::MIN, i8::MAX),
        (None, "floating point") => "a number".to_owned(),
        (None, other) => format!("a value of the kind {other}"),
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                out.write_str("\n")?;
            }
            fault.fmt(out)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use crate::config::compile;

    #[test]
    fn a_word_where_a_number_belongs_is_said_in_words_of_people() {
        let said = |text: &str| compile(text, 1).err().unwrap().to_string();
        let text = "organisation: X\nsettings:\n  wrap_up_s: soon\n";
        assert_eq!(said(text), "line 3, column 14: this is not a whole number from 0 to 4294967295");
        let text = "organisation: X\npolicy: {explicit_threshold: high}\n";
        assert_eq!(said(text), "line 2, column 30: this is not a number from 0 to 1, or `never`");
        let text = "organisation: X\nsettings: {survey: perhaps}\n";
        assert!(said(text).contains("line 2, column 20: "), "{}", said(text));
    }
}
