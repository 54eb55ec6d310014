package oncall

import "errors"

// migrations make the form of a version out of the one before. One that ran on somebody's file is never edited. Moments
// are seconds since 1970 and NULL for none, dates are texts, lists are JSON.
var migrations = []string{`
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO meta (name, value) VALUES ('version', '1');
CREATE TABLE rota (name TEXT PRIMARY KEY, place BIGINT NOT NULL, until TEXT NOT NULL);
CREATE TABLE rota_version (
	rota TEXT NOT NULL, first TEXT NOT NULL, handover BIGINT NOT NULL, every TEXT NOT NULL, people TEXT NOT NULL,
	coverage TEXT NOT NULL, zone TEXT NOT NULL, team TEXT NOT NULL, level BIGINT NOT NULL, region TEXT NOT NULL,
	PRIMARY KEY (rota, first));
CREATE TABLE version_read (rota TEXT NOT NULL, first TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (rota, first));
CREATE TABLE person (
	handle TEXT PRIMARY KEY, zone TEXT NOT NULL, hours_from BIGINT NOT NULL, hours_to BIGINT NOT NULL,
	first TEXT NOT NULL, last TEXT NOT NULL, joins BIGINT, leaves BIGINT);
CREATE TABLE change (
	id BIGINT PRIMARY KEY, seq BIGINT NOT NULL, exchange BIGINT NOT NULL, kind TEXT NOT NULL, rota TEXT NOT NULL,
	begins BIGINT NOT NULL, ends BIGINT NOT NULL, giver TEXT NOT NULL, taker TEXT NOT NULL, state TEXT NOT NULL,
	asked BIGINT NOT NULL, asked_by TEXT NOT NULL, answered BIGINT, answered_by TEXT NOT NULL, cancelled BIGINT,
	cancelled_from BIGINT, reason TEXT NOT NULL);
CREATE TABLE absence (
	id BIGINT PRIMARY KEY, person TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, ended BIGINT NOT NULL);
CREATE TABLE alert (
	id BIGINT PRIMARY KEY, source TEXT NOT NULL, pager_id TEXT NOT NULL, fingerprint TEXT NOT NULL, rule TEXT NOT NULL,
	service TEXT NOT NULL, severity TEXT NOT NULL, team TEXT NOT NULL, first BIGINT NOT NULL, last BIGINT NOT NULL,
	acknowledged BIGINT, resolved BIGINT, events TEXT NOT NULL);
CREATE TABLE callout (
	id BIGINT PRIMARY KEY, team TEXT NOT NULL, rota TEXT NOT NULL, level BIGINT NOT NULL, person TEXT NOT NULL,
	started BIGINT NOT NULL, acknowledged BIGINT, ended BIGINT, touches TEXT NOT NULL, alerts TEXT NOT NULL,
	issue TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, origin TEXT NOT NULL, confirmed BIGINT NOT NULL);
CREATE TABLE event (
	id BIGINT PRIMARY KEY, source TEXT NOT NULL, received BIGINT NOT NULL, body TEXT NOT NULL, finished BIGINT,
	why TEXT NOT NULL);
CREATE INDEX event_finished ON event (finished);
CREATE TABLE decision (
	id BIGINT PRIMARY KEY, team TEXT NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL, review TEXT NOT NULL,
	at BIGINT NOT NULL, made_by TEXT NOT NULL);
CREATE TABLE frozen_month (month TEXT PRIMARY KEY, at BIGINT NOT NULL, frozen_by TEXT NOT NULL);
CREATE TABLE statement (
	month TEXT NOT NULL, place BIGINT NOT NULL, person TEXT NOT NULL, currency TEXT NOT NULL, body TEXT NOT NULL,
	PRIMARY KEY (month, place));
CREATE TABLE forgotten (handle TEXT PRIMARY KEY, month TEXT NOT NULL);
CREATE TABLE calendar_secret (
	hash TEXT PRIMARY KEY, person TEXT NOT NULL, made BIGINT NOT NULL, revoked BIGINT);
CREATE TABLE notice (
	id BIGINT PRIMARY KEY, person TEXT NOT NULL, kind TEXT NOT NULL, change_id BIGINT NOT NULL, due BIGINT NOT NULL,
	sent BIGINT, UNIQUE (person, kind, change_id, due));
CREATE TABLE link (token TEXT PRIMARY KEY, wrong BIGINT NOT NULL);
CREATE TABLE journal (
	id BIGINT PRIMARY KEY, at BIGINT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, source TEXT NOT NULL,
	args TEXT NOT NULL);
`, `
ALTER TABLE event ADD COLUMN cause TEXT NOT NULL DEFAULT '';
UPDATE event SET cause = CASE WHEN why LIKE '%lies ahead%' THEN 'ahead' ELSE 'other' END WHERE why <> '';
CREATE INDEX event_set_aside ON event (source) WHERE cause <> '';
`}

// stepsWith returns the migrations with what a database is told besides at each of them.
func stepsWith(standing []string) []string {
	steps := make([]string, len(migrations))
	for n := range migrations {
		steps[n] = migrations[n] + standing[n]
	}
	return steps
}

// errNewer says that what is kept has a form that is not known here.
var errNewer = errors.New("it was written by a newer version of Jerem (run that one)")
