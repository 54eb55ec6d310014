package oncall

import (
	"context"
	"encoding/base64"
	"time"

	"jerem/oncall/civil"
	"jerem/oncall/roster"
)

// AddEvent keeps a raw event before anything is done with it and returns its ID.
func (s *Store) AddEvent(ctx context.Context, e roster.RawEvent) (id int64, err error) {
	err = writeIn(s, ctx, func(tx transaction) error {
		next := tx.tx.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) + 1 FROM event`)
		if err := next.Scan(&id); err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO event (id, source, received, body, why) VALUES ($1, $2, $3, $4, '')`, id,
			e.Source, unixOf(e.Received), base64.StdEncoding.EncodeToString(e.Body))
	})
	return id, err
}

// EventsToRun returns the raw events that are not finished, in order of their IDs; with again those that were set aside
// too.
func (s *Store) EventsToRun(ctx context.Context, again bool) ([]roster.RawEvent, error) {
	toRun := `finished IS NULL` // by its index
	if again {
		toRun += ` OR cause <> ''`
	}
	return readEvents(ctx, s, toRun)
}

// EventsAhead returns the events received since a moment that were set aside by the cause Ahead, in order of their IDs.
func (s *Store) EventsAhead(ctx context.Context, since time.Time) ([]roster.RawEvent, error) {
	return readEvents(ctx, s, `finished >= $1 AND received >= $1 AND cause = $2`, since.Unix(), string(roster.Ahead))
}

// EventsSetAside counts the events that are set aside by their source, in the order of their first ones. No body is
// read for it.
func (s *Store) EventsSetAside(ctx context.Context) ([]roster.SetAside, error) {
	var out []roster.SetAside
	err := eachRowOf(s, ctx, `SELECT aside.source, aside.events, begun.received, last.why
		FROM (SELECT source, count(*) AS events, min(id) AS begun, max(id) AS last FROM event WHERE cause <> ''
			GROUP BY source) AS aside
		JOIN event AS begun ON begun.id = aside.begun JOIN event AS last ON last.id = aside.last
		ORDER BY aside.begun`, func(scan func(...any) error) error {
		var a roster.SetAside
		err := scan(&a.Source, &a.Events, moment{&a.Since}, &a.Why)
		out = append(out, a)
		return err
	})
	return out, err
}

// readEvents returns the events of a condition, in order of their IDs.
func readEvents(ctx context.Context, s *Store, condition string, args ...any) ([]roster.RawEvent, error) {
	var out []roster.RawEvent
	err := eachRowOf(s, ctx, `SELECT id, source, received, body, why FROM event
		WHERE `+condition+` ORDER BY id`, func(scan func(...any) error) error {
		var e roster.RawEvent
		var body string
		if err := scan(&e.ID, &e.Source, moment{&e.Received}, &body, &e.Why); err != nil {
			return err
		}
		raw, err := base64.StdEncoding.DecodeString(body)
		e.Body = raw
		out = append(out, e)
		return err
	}, args...)
	return out, err
}

// DropEvents forgets the raw events that were finished before a moment, and returns how many.
func (s *Store) DropEvents(ctx context.Context, finishedBefore time.Time) (n int64, err error) {
	err = readRow(s, ctx, `SELECT count(*) FROM event WHERE finished < $1`, &n, finishedBefore.Unix())
	if err != nil || n == 0 {
		return 0, err
	}
	return n, writeOnce(s, ctx, `DELETE FROM event WHERE finished < $1`, finishedBefore.Unix())
}

// DropStatements forgets the frozen statements of the months before one, as a whole, and returns how many. The months
// stay frozen.
func (s *Store) DropStatements(ctx context.Context, before civil.Month) (n int64, err error) {
	if err := readRow(s, ctx, `SELECT count(*) FROM statement WHERE month < $1`, &n, before.String()); err != nil ||
		n == 0 {
		return 0, err
	}
	return n, s.inTransaction(ctx, func(tx transaction) error {
		if err := tx.exec(ctx, `INSERT INTO meta (name, value) VALUES ('statements_from', $1)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, before.String()); err != nil {
			return err
		}
		return tx.exec(ctx, `DELETE FROM statement WHERE month < $1`, before.String())
	})
}
