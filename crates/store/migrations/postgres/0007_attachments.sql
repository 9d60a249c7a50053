-- Files that were sent. One that belongs to no message yet is its uploader's alone; afterwards it lives as long as the
-- message's text, so that erasing one erases the other.
CREATE TABLE attachment (
  id BYTEA PRIMARY KEY,
  conversation BYTEA NOT NULL,
  uploader TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  created_at_ms BIGINT NOT NULL,
  message BIGINT REFERENCES body (event) ON DELETE CASCADE
);
CREATE INDEX attachment_by_conversation ON attachment (conversation);
CREATE INDEX attachment_by_message ON attachment (message) WHERE message IS NOT NULL;
CREATE INDEX attachment_stray ON attachment (created_at_ms) WHERE message IS NULL;

CREATE TABLE attachment_content (
  attachment BYTEA PRIMARY KEY REFERENCES attachment (id) ON DELETE CASCADE,
  content BYTEA NOT NULL
);
