package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"jerem/agile"
)

// evidence is what Jira tells of an issue beside its history, and where the history does not join, as kept.
type evidence struct {
	created, updated, resolved, recategorized int64
	joints                                    string
}

// evidenceOf returns the evidence that is kept of an issue.
func evidenceOf(ctx context.Context, tx *sql.Tx, id int64) (e evidence, err error) {
	err = tx.QueryRowContext(ctx, `SELECT created, updated, resolved, recategorized, joints FROM issue WHERE id = ?1`, id).
		Scan(&e.created, &e.updated, &e.resolved, &e.recategorized, &e.joints)
	if err == sql.ErrNoRows {
		err = nil
	}
	return e, err
}

// differ notes that evidence alone changed, with nothing of the timelines: figures may differ from the earlier of
// both dates on.
func (e evidence) differ(now evidence, c *Changes) {
	if e.resolved == now.resolved && e.recategorized == now.recategorized {
		return
	}
	c.Issues++
	for _, at := range []int64{e.resolved, e.recategorized, now.resolved, now.recategorized} {
		if at != 0 {
			c.touch(at)
		}
	}
}

// writeJoints writes the joints that do not fit, "" for none.
func writeJoints(j agile.Joints) (string, error) {
	if j.Total() == 0 {
		return "", nil
	}
	text, err := json.Marshal(j)
	return string(text), err
}

// readJoints reads what writeJoints wrote.
func readJoints(text string) (j agile.Joints, err error) {
	if text == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(text), &j)
	return j, err
}
