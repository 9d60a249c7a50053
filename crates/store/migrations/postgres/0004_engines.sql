-- The engines that run on this database: a beat that grows while they live, and who is connected to each.
CREATE TABLE engine (
  engine BYTEA PRIMARY KEY,
  beat BIGINT NOT NULL,
  agents TEXT NOT NULL
);
