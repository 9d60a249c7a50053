//! Who answers before the human does: knowledge, webhook, chat completions.
