
-- What stands at a sink of a long series is kept in parts, so that a series that goes on writes its end alone: sink_pieces
-- names those before the last one in parts, and holds the last one in pieces.
ALTER TABLE sink_pieces ADD COLUMN parts TEXT NOT NULL DEFAULT '';
CREATE TABLE sink_part (series INTEGER NOT NULL, digest TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (series, digest));
