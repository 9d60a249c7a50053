-- Files that were sent. One that belongs to no message yet is its uploader's alone; afterwards it lives as long as the
-- message's text, so that erasing one erases the other.
CREATE TABLE attachment (
  id BLOB PRIMARY KEY,
  conversation BLOB NOT NULL,
  uploader TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  message INTEGER REFERENCES body (event) ON DELETE CASCADE
) STRICT;
CREATE INDEX attachment_by_conversation ON attachment (conversation);
CREATE INDEX attachment_by_message ON attachment (message) WHERE message IS NOT NULL;
CREATE INDEX attachment_stray ON attachment (created_at_ms) WHERE message IS NULL;

CREATE TABLE attachment_content (
  attachment BLOB PRIMARY KEY REFERENCES attachment (id) ON DELETE CASCADE,
  content BLOB NOT NULL
) STRICT;
