-- The engines that run on this database: a beat that grows while they live, and who is connected to each.
CREATE TABLE engine (
  engine BLOB PRIMARY KEY,
  beat INTEGER NOT NULL,
  agents TEXT NOT NULL
) STRICT, WITHOUT ROWID;
