-- The log: rows in the order in which they were committed, found by (conversation, seq). Measured against a table
-- clustered by that key, this writes a third of the bytes. A client's id that is a UUID is kept as its bytes.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  head INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  client_id BLOB,
  record TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_by_seq ON event (head, seq);
CREATE UNIQUE INDEX event_by_client_id ON event (head, client_id) WHERE client_id IS NOT NULL;

-- Texts and other personal data beside the events, so that erasing is a delete.
CREATE TABLE body (
  event INTEGER PRIMARY KEY REFERENCES event (id),
  text TEXT NOT NULL,
  extra TEXT
) STRICT;

-- One row a conversation: where it stands. The log names it by its number, a sixth of its id.
CREATE TABLE head (
  number INTEGER PRIMARY KEY,
  conversation BLOB NOT NULL,
  seq INTEGER NOT NULL,
  channel TEXT NOT NULL,
  bot TEXT NOT NULL,
  customer BLOB NOT NULL,
  controller TEXT NOT NULL,
  agent TEXT,
  queue TEXT,
  handoff BLOB,
  offer BLOB,
  since_ms INTEGER,
  started_at_ms INTEGER NOT NULL,
  last_message_at_ms INTEGER NOT NULL,
  deadline_ms INTEGER,
  bot_owes INTEGER NOT NULL,
  wrapping_up INTEGER NOT NULL,
  at_rest INTEGER NOT NULL,
  last_agent TEXT
) STRICT;
CREATE UNIQUE INDEX head_by_conversation ON head (conversation);
CREATE INDEX head_by_time ON head (last_message_at_ms, conversation);
CREATE INDEX head_by_deadline ON head (deadline_ms) WHERE deadline_ms IS NOT NULL;
CREATE INDEX head_by_customer ON head (customer);
CREATE INDEX head_by_queue ON head (queue) WHERE queue IS NOT NULL;
CREATE INDEX head_by_last_agent ON head (last_agent) WHERE last_agent IS NOT NULL;
CREATE INDEX head_awake ON head (conversation) WHERE at_rest = 0;
CREATE UNIQUE INDEX head_by_offer ON head (offer) WHERE offer IS NOT NULL;

-- An agent's capacity: a slot belongs to one conversation or to none.
CREATE TABLE slot (
  agent TEXT NOT NULL,
  slot INTEGER NOT NULL,
  conversation BLOB NOT NULL,
  PRIMARY KEY (agent, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE handoff (
  handoff BLOB PRIMARY KEY,
  conversation BLOB NOT NULL,
  queue TEXT NOT NULL,
  requested_at_ms INTEGER NOT NULL,
  accepted_at_ms INTEGER,
  ended_at_ms INTEGER,
  outcome TEXT NOT NULL,
  triggers TEXT NOT NULL,
  agent TEXT,
  disposition TEXT,
  rating INTEGER,
  wrap_up_ended_at_ms INTEGER
) STRICT;
CREATE INDEX handoff_by_time ON handoff (requested_at_ms, handoff);
CREATE INDEX handoff_by_conversation ON handoff (conversation);

-- How far each side has received and read.
CREATE TABLE mark (
  conversation BLOB PRIMARY KEY,
  customer_delivered INTEGER NOT NULL,
  customer_read INTEGER NOT NULL,
  staff_delivered INTEGER NOT NULL,
  staff_read INTEGER NOT NULL
) STRICT;

-- Why routing chose as it did, newest last.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  handoff BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX decision_by_handoff ON decision (handoff, id);

CREATE TABLE brief (
  handoff BLOB PRIMARY KEY,
  record TEXT NOT NULL
) STRICT;
