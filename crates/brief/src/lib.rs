//! What the agent gets: summary with citations, what was tried, redaction. Pure.
