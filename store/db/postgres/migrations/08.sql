-- What stands at a sink of a long series is kept in parts, so that a series that goes on writes its end alone: sink_pieces
-- names those before the last one in parts, and holds the last one in pieces.
ALTER TABLE sink_pieces ADD COLUMN parts TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE TABLE sink_part (
	series BIGINT NOT NULL, digest TEXT COLLATE "C" NOT NULL, content BYTEA NOT NULL, PRIMARY KEY (series, digest));
ALTER TABLE sink_late ADD COLUMN parts TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE TABLE sink_late_part (
	sink TEXT COLLATE "C" NOT NULL, team TEXT COLLATE "C" NOT NULL, key TEXT COLLATE "C" NOT NULL,
	digest TEXT COLLATE "C" NOT NULL, content BYTEA NOT NULL, PRIMARY KEY (sink, team, key, digest));
-- Parts are packed already, as pieces are.
ALTER TABLE sink_part ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE sink_late_part ALTER COLUMN content SET STORAGE EXTERNAL;
