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
        let said = error.without_snippet().to_string();
        // The parser repeats the place in its text; the fault has it already.
        let what = said.split(" at line ").next().unwrap_or(&said).trim().to_owned();
        Self { faults: vec![ConfigFault { path: String::new(), line, column, what }] }
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
