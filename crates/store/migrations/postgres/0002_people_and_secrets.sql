CREATE TABLE customer (
  id BYTEA PRIMARY KEY,
  channel TEXT NOT NULL,
  subject TEXT,
  name TEXT,
  email TEXT,
  tier TEXT,
  attributes TEXT NOT NULL,
  created_at_ms BIGINT NOT NULL
);
CREATE UNIQUE INDEX customer_by_subject ON customer (channel, subject) WHERE subject IS NOT NULL;

CREATE TABLE agent_state (
  agent TEXT PRIMARY KEY,
  availability TEXT NOT NULL,
  reason TEXT,
  changed_at_ms BIGINT NOT NULL,
  idle_since_ms BIGINT NOT NULL
);

CREATE TABLE credential (
  agent TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  email_lower TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  changed_at_ms BIGINT NOT NULL
);
CREATE UNIQUE INDEX credential_by_email ON credential (email_lower);

CREATE TABLE token (
  hash BYTEA PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  family TEXT NOT NULL,
  created_at_ms BIGINT NOT NULL,
  expires_at_ms BIGINT,
  used_at_ms BIGINT,
  label TEXT NOT NULL
);
CREATE INDEX token_by_subject ON token (kind, subject);
CREATE INDEX token_by_family ON token (family);
CREATE INDEX token_by_expiry ON token (expires_at_ms) WHERE expires_at_ms IS NOT NULL;
