
-- What became of the words of the week, for each receiver the last one that was due.
CREATE TABLE digest (
	team TEXT NOT NULL, receiver TEXT NOT NULL, due INTEGER NOT NULL, state TEXT NOT NULL, letter TEXT NOT NULL,
	tries INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (team, receiver)) WITHOUT ROWID;
