package oncall

import (
	"context"
	"time"

	"jerem/oncall/roster"
)

// DueNotices returns the messages that are due by a moment and were not sent, in order of their IDs.
func (s *Store) DueNotices(ctx context.Context, by time.Time) ([]roster.Notice, error) {
	var out []roster.Notice
	err := eachRowOf(s, ctx, `SELECT id, person, kind, change_id, due FROM notice
		WHERE sent IS NULL AND due <= $1 ORDER BY id`, func(scan func(...any) error) error {
		var n roster.Notice
		err := scan(&n.ID, &n.Person, &n.Kind, &n.Change, moment{&n.Due})
		out = append(out, n)
		return err
	}, by.Unix())
	return out, err
}

// MarkSent notes that a message was taken by its receiver's side, so that it is not sent again.
func (s *Store) MarkSent(ctx context.Context, notice int64, at time.Time) error {
	return writeOnce(s, ctx, `UPDATE notice SET sent = $1 WHERE id = $2 AND sent IS NULL`, unixOf(at), notice)
}

// Journal returns the newest lines of the journal, the newest first, so many at most.
func (s *Store) Journal(ctx context.Context, atMost int) ([]roster.Entry, error) {
	var out []roster.Entry
	err := eachRowOf(s, ctx, `SELECT at, who, what, source, args FROM journal ORDER BY id DESC LIMIT $1`,
		func(scan func(...any) error) error {
			var e roster.Entry
			err := scan(moment{&e.At}, &e.Who, &e.What, &e.Source, &e.Args)
			out = append(out, e)
			return err
		}, atMost)
	return out, err
}
