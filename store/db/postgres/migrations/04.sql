-- Several instances share out the work: each is a row, by the clock of the server. A lease is of a part of the work, and
-- of the instance that leads it; the one named writer is of a process that works alone.
CREATE TABLE instance (
	id TEXT COLLATE "C" PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, until TIMESTAMPTZ NOT NULL);
ALTER TABLE lease ADD COLUMN instance TEXT COLLATE "C" NOT NULL DEFAULT '';

-- What a Jira told any instance to be changed, for the one that reads.
CREATE TABLE hint (
	id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, named TEXT COLLATE "C" NOT NULL,
	at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp());

-- A request to a sink is noted before it is sent. What an instance sent that lost its lease may arrive late: its claims
-- are held, and given back to the ledger as tried once nothing can arrive any more.
CREATE TABLE sink_batch (
	sink TEXT COLLATE "C" NOT NULL, team TEXT COLLATE "C" NOT NULL, epoch BIGINT NOT NULL,
	first BIGINT NOT NULL, last BIGINT NOT NULL, until BIGINT NOT NULL, deletes BIGINT NOT NULL,
	held BIGINT NOT NULL DEFAULT 0, ended BIGINT NOT NULL DEFAULT 0, noted TIMESTAMPTZ NOT NULL,
	PRIMARY KEY (sink, team, epoch));
CREATE TABLE sink_late (
	sink TEXT COLLATE "C" NOT NULL, team TEXT COLLATE "C" NOT NULL, epoch BIGINT NOT NULL,
	key TEXT COLLATE "C" NOT NULL, digest TEXT COLLATE "C" NOT NULL, step BIGINT NOT NULL, until BIGINT NOT NULL,
	deleted BIGINT NOT NULL, pieces BYTEA NOT NULL, PRIMARY KEY (sink, team, epoch, key));
