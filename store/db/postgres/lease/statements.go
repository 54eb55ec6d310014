package lease

import (
	"context"
	"database/sql"
	"slices"

	"jerem/store/db"
)

// registerInstance makes an instance live; false while a process works alone. The epoch of that one rises: where it was
// paused it finds another one.
func registerInstance(ctx context.Context, pool *sql.DB, id string) (entered bool, err error) {
	err = changeLeases(ctx, pool, func(tx *sql.Tx) error {
		var free bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM lease WHERE name = 'writer'
			AND until < clock_timestamp() FOR UPDATE SKIP LOCKED)`).Scan(&free)
		if err != nil || !free {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE lease SET epoch = epoch + 1, holder = '', until = '-infinity'
			WHERE name = 'writer' AND holder <> ''`)
		if err != nil {
			return err
		}
		entered = true
		_, err = tx.ExecContext(ctx, `INSERT INTO instance (id, name, until) VALUES ($1, $2, `+untilNext+`)
			ON CONFLICT (id) DO UPDATE SET until = excluded.until`, id, processName())
		return err
	})
	return entered && err == nil, err
}

// removeInstance takes an instance out, and frees what it leads.
func removeInstance(ctx context.Context, pool *sql.DB, id string) error {
	_, err := pool.ExecContext(ctx, `WITH gone AS (DELETE FROM instance WHERE id = $1),
		told AS (SELECT pg_notify(`+Channel+`, 'lease'))
		UPDATE lease SET instance = '', holder = '', until = '-infinity' FROM told WHERE instance = $1`, id)
	return err
}

// freePart frees a part.
func freePart(ctx context.Context, pool *sql.DB, part db.Part, epoch int64) error {
	_, err := pool.ExecContext(ctx, `WITH told AS (SELECT pg_notify(`+Channel+`, 'lease'))
		UPDATE lease SET instance = '', holder = '', until = '-infinity' FROM told WHERE name = $1 AND epoch = $2`,
		string(part), epoch)
	return err
}

// Channel is the name of the channel on which instances tell one another, in SQL: of this schema alone.
const Channel = `'jerem_' || md5(current_schema())`

// renewInstance renews an instance and its leases, and tells who leads what. A lease that is being written under is
// renewed by that write. epochs are those of the leases of this instance.
func renewInstance(ctx context.Context, pool *sql.DB, id string) (s state, epochs map[db.Part]int64, err error) {
	_, err = pool.ExecContext(ctx, `WITH live AS (UPDATE instance SET until = `+untilNext+` WHERE id = $1)
		UPDATE lease SET until = `+untilNext+`
		WHERE name IN (SELECT name FROM lease WHERE instance = $1 FOR UPDATE SKIP LOCKED)`, id)
	if err != nil {
		return s, nil, err
	}
	return readState(ctx, pool, id)
}

// asker is a pool, or a transaction.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// readState reads who leads what: a row for each live instance, and one for each part that one of them leads. A lease
// that lapsed is still its instance's where its row is locked by a write of it; who would take it sees to that.
func readState(ctx context.Context, from asker, id string) (s state, epochs map[db.Part]int64, err error) {
	s.leaders, epochs = map[db.Part]string{}, map[db.Part]int64{}
	rows, err := from.QueryContext(ctx, `SELECT id, '', 0 FROM instance WHERE until >= clock_timestamp()
		UNION ALL SELECT instance, name, epoch FROM lease
		WHERE instance <> '' AND (until >= clock_timestamp() OR instance = $1) ORDER BY 1, 2`, id)
	if err != nil {
		return s, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var instance, part string
		var epoch int64
		if err := rows.Scan(&instance, &part, &epoch); err != nil {
			return s, nil, err
		}
		if part == "" {
			s.members = append(s.members, instance)
			continue
		}
		s.leaders[db.Part(part)] = instance
		if instance == id {
			epochs[db.Part(part)] = epoch
		}
	}
	return s, epochs, rows.Err()
}

// takeShare takes the free parts that make the share of an instance of some, and all free ones of others, and returns
// how many they are.
func takeShare(ctx context.Context, pool *sql.DB, id string, shared, others []db.Part,
	given map[db.Part]bool,
) (taken int64, err error) {
	err = changeLeases(ctx, pool, func(tx *sql.Tx) error {
		s, _, err := readState(ctx, tx, id)
		if err != nil || !slices.Contains(s.members, id) {
			return err
		}
		for _, part := range append(partsToTake(s, id, shared, given), partsFree(s, others)...) {
			if _, err := tx.ExecContext(ctx, makeLease, string(part)); err != nil {
				return err
			}
			result, err := tx.ExecContext(ctx, takeLease, string(part), id, processName())
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			taken += n
		}
		if taken > 0 {
			_, err = tx.ExecContext(ctx, `SELECT pg_notify(`+Channel+`, 'lease')`)
		}
		return err
	})
	return taken, err
}

// makeLease makes the row of a part that has none, free; takeLease gives a free one to an instance. A row that is
// locked is not free: its leader writes just now.
const (
	makeLease = `INSERT INTO lease (name, epoch, holder, instance, until)
		VALUES ($1, 0, '', '', '-infinity') ON CONFLICT (name) DO NOTHING`
	takeLease = `UPDATE lease SET epoch = epoch + 1, holder = $3, instance = $2, until = ` + untilNext + `
		WHERE name IN (SELECT name FROM lease WHERE name = $1 AND (instance = '' OR until < clock_timestamp())
		FOR UPDATE SKIP LOCKED)`
)

// listLeases tells which instance leads which part, for people.
func listLeases(ctx context.Context, pool *sql.DB, id string, parts []db.Part) (all []db.Lease, err error) {
	rows, err := pool.QueryContext(ctx, `SELECT name, epoch, holder, instance = $1 FROM lease
		WHERE name <> 'writer' AND instance <> '' AND until >= clock_timestamp()`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	known := map[db.Part]db.Lease{}
	for rows.Next() {
		var part string
		var l db.Lease
		if err := rows.Scan(&part, &l.Epoch, &l.Instance, &l.Here); err != nil {
			return nil, err
		}
		l.Part = db.Part(part)
		known[l.Part] = l
	}
	for _, part := range parts {
		l := known[part]
		l.Part = part
		all = append(all, l)
	}
	return all, rows.Err()
}
