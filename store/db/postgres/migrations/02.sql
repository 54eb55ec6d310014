-- What became of the words of the week, for each receiver the last one that was due.
CREATE TABLE digest (
	team TEXT COLLATE "C" NOT NULL, receiver TEXT COLLATE "C" NOT NULL, due BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL, letter TEXT COLLATE "C" NOT NULL, tries BIGINT NOT NULL, next BIGINT NOT NULL,
	PRIMARY KEY (team, receiver));
