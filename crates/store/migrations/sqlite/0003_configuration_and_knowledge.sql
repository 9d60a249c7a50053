CREATE TABLE config (
  version INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  applied_by TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE article (
  slug TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE section (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL REFERENCES article (slug),
  place INTEGER NOT NULL,
  heading TEXT NOT NULL,
  anchor TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX section_by_place ON section (slug, place);

-- Words made by the program, parted by spaces; the tokenizer only splits them again.
CREATE VIRTUAL TABLE section_index USING fts5 (heading, text, content = '', contentless_delete = 1, tokenize = 'ascii');

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  what TEXT NOT NULL
) STRICT;
