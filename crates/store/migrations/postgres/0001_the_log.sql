-- The log: rows in the order in which they were committed, found by (conversation, seq).
-- A client's id that is a UUID is kept as its bytes.
CREATE TABLE event (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  head BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  client_id BYTEA,
  record TEXT NOT NULL
);
CREATE UNIQUE INDEX event_by_seq ON event (head, seq);
CREATE UNIQUE INDEX event_by_client_id ON event (head, client_id) WHERE client_id IS NOT NULL;

-- Texts and other personal data beside the events, so that erasing is a delete.
CREATE TABLE body (
  event BIGINT PRIMARY KEY REFERENCES event (id),
  text TEXT NOT NULL,
  extra TEXT
);

-- One row a conversation: where it stands. The log names it by its number, a sixth of its id.
CREATE TABLE head (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  conversation BYTEA NOT NULL,
  seq BIGINT NOT NULL,
  channel TEXT NOT NULL,
  bot TEXT NOT NULL,
  customer BYTEA NOT NULL,
  controller TEXT NOT NULL,
  agent TEXT,
  queue TEXT,
  handoff BYTEA,
  offer BYTEA,
  since_ms BIGINT,
  started_at_ms BIGINT NOT NULL,
  last_message_at_ms BIGINT NOT NULL,
  deadline_ms BIGINT,
  bot_owes BIGINT NOT NULL,
  wrapping_up BIGINT NOT NULL,
  at_rest BIGINT NOT NULL,
  last_agent TEXT
);
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
  slot BIGINT NOT NULL,
  conversation BYTEA NOT NULL,
  PRIMARY KEY (agent, slot)
);

CREATE TABLE handoff (
  handoff BYTEA PRIMARY KEY,
  conversation BYTEA NOT NULL,
  queue TEXT NOT NULL,
  requested_at_ms BIGINT NOT NULL,
  accepted_at_ms BIGINT,
  ended_at_ms BIGINT,
  outcome TEXT NOT NULL,
  triggers TEXT NOT NULL,
  agent TEXT,
  disposition TEXT,
  rating BIGINT,
  wrap_up_ended_at_ms BIGINT
);
CREATE INDEX handoff_by_time ON handoff (requested_at_ms, handoff);
CREATE INDEX handoff_by_conversation ON handoff (conversation);

-- How far each side has received and read.
CREATE TABLE mark (
  conversation BYTEA PRIMARY KEY,
  customer_delivered BIGINT NOT NULL,
  customer_read BIGINT NOT NULL,
  staff_delivered BIGINT NOT NULL,
  staff_read BIGINT NOT NULL
);

-- Why routing chose as it did, newest last.
CREATE TABLE decision (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  handoff BYTEA NOT NULL,
  at_ms BIGINT NOT NULL,
  record TEXT NOT NULL
);
CREATE INDEX decision_by_handoff ON decision (handoff, id);

CREATE TABLE brief (
  handoff BYTEA PRIMARY KEY,
  record TEXT NOT NULL
);
