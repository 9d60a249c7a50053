-- What an agent thinks of when a handoff came: `too_late` or `not_needed`.
ALTER TABLE handoff ADD COLUMN timing TEXT;

-- How often a policy that runs in the shadow judged what, beside the live one.
CREATE TABLE shadow_count (
  shadow TEXT NOT NULL,
  version BIGINT NOT NULL,
  live TEXT NOT NULL,
  would TEXT NOT NULL,
  turns BIGINT NOT NULL,
  PRIMARY KEY (shadow, version, live, would)
);

-- The last turns that it would have judged differently; the texts stay with the messages.
CREATE TABLE shadow_example (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shadow TEXT NOT NULL,
  version BIGINT NOT NULL,
  conversation BYTEA NOT NULL,
  message BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  live TEXT NOT NULL,
  would TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE INDEX shadow_example_by_shadow ON shadow_example (shadow, id);
