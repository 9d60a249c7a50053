CREATE TABLE config (
  version BIGINT PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  applied_by TEXT NOT NULL,
  document TEXT NOT NULL
);

CREATE TABLE article (
  slug TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  digest TEXT NOT NULL
);

CREATE TABLE section (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug TEXT NOT NULL REFERENCES article (slug),
  place BIGINT NOT NULL,
  heading TEXT NOT NULL,
  anchor TEXT NOT NULL,
  text TEXT NOT NULL,
  -- Words made by the program, with their places; headings weigh A, the text D.
  words TSVECTOR
);
CREATE UNIQUE INDEX section_by_place ON section (slug, place);
CREATE INDEX section_by_words ON section USING gin (words);


CREATE TABLE audit (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  what TEXT NOT NULL
);
