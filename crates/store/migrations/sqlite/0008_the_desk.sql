-- What an agent writes often, found by a short name; what all share stands in the configuration.
CREATE TABLE quick_reply (
  agent TEXT NOT NULL,
  shortcut TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (agent, shortcut)
) STRICT, WITHOUT ROWID;

-- What an agent is to look at, from when on: a follow-up of their own, or a note that names them.
CREATE TABLE reminder (
  id BLOB PRIMARY KEY,
  agent TEXT NOT NULL,
  conversation BLOB NOT NULL,
  kind TEXT NOT NULL,
  made_by TEXT NOT NULL,
  due_ms INTEGER NOT NULL,
  note TEXT NOT NULL,
  done_ms INTEGER
) STRICT;
CREATE INDEX reminder_open ON reminder (agent, due_ms) WHERE done_ms IS NULL;
CREATE INDEX reminder_by_conversation ON reminder (conversation);

-- Which words occur in which text, to search all conversations. Made when somebody searches, from what is not in it yet,
-- so that writing a message costs nothing for it; gone with the text.
ALTER TABLE body ADD COLUMN searchable INTEGER NOT NULL DEFAULT 0;
CREATE INDEX body_not_searchable ON body (event) WHERE searchable = 0;
CREATE TABLE word (
  word TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES body (event) ON DELETE CASCADE,
  PRIMARY KEY (word, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX word_by_event ON word (event, word);
