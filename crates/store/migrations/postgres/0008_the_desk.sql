-- What an agent writes often, found by a short name; what all share stands in the configuration.
CREATE TABLE quick_reply (
  agent TEXT NOT NULL,
  shortcut TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (agent, shortcut)
);

-- What an agent is to look at, from when on: a follow-up of their own, or a note that names them.
CREATE TABLE reminder (
  id BYTEA PRIMARY KEY,
  agent TEXT NOT NULL,
  conversation BYTEA NOT NULL,
  kind TEXT NOT NULL,
  made_by TEXT NOT NULL,
  due_ms BIGINT NOT NULL,
  note TEXT NOT NULL,
  done_ms BIGINT
);
CREATE INDEX reminder_open ON reminder (agent, due_ms) WHERE done_ms IS NULL;
CREATE INDEX reminder_by_conversation ON reminder (conversation);

-- Which words occur in which text, to search all conversations. Made when somebody searches, from what is not in it yet,
-- so that writing a message costs nothing for it; gone with the text.
ALTER TABLE body ADD COLUMN searchable BIGINT NOT NULL DEFAULT 0;
CREATE INDEX body_not_searchable ON body (event) WHERE searchable = 0;
CREATE TABLE word (
  word TEXT COLLATE "C" NOT NULL,
  event BIGINT NOT NULL REFERENCES body (event) ON DELETE CASCADE,
  PRIMARY KEY (word, event)
);
CREATE INDEX word_by_event ON word (event, word);
