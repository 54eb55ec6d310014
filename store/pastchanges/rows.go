package pastchanges

import (
	"context"
	"encoding/json"
	"time"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
)

// body is what a row holds beside its key, as JSON. Moments are microseconds.
type body struct {
	Name      string   `json:"name"`
	Created   int64    `json:"created,omitempty"`   // of a deleted issue
	Events    string   `json:"events,omitempty"`    // of a deleted issue: the timelines that are kept
	Unmatched bool     `json:"unmatched,omitempty"` // of a deleted issue: the team's filter did not match it
	Worklogs  []log    `json:"worklogs,omitempty"`
	Sprint    *version `json:"sprint,omitempty"`
}

// log is time logged, without its amount.
type log struct {
	ID      int64 `json:"id"`
	Created int64 `json:"created"`
	Started int64 `json:"started"`
}

// version is the last version of a sprint.
type version struct {
	State    string `json:"state"`
	Start    int64  `json:"start"`
	End      int64  `json:"end"`
	Complete int64  `json:"complete"`
}

// Read returns what changed the past of a team, in order of kind, id and moment.
func Read(ctx context.Context, tx *db.Tx, team string) (changes []agile.PastChange, err error) {
	decoder := encoding.NewDecoder()
	const query = `SELECT kind, id, found, body FROM past_change WHERE team = $1 ORDER BY kind, id, found`
	err = tx.Each(ctx, query, []any{team}, func(scan db.Scan) error {
		var kind, text string
		var id, found int64
		if err := scan(&kind, &id, &found, &text); err != nil {
			return err
		}
		var b body
		if err := json.Unmarshal([]byte(text), &b); err != nil {
			return db.Unfit(err)
		}
		c := agile.PastChange{Kind: agile.PastChangeKind(kind), ID: id, Name: b.Name, Unmatched: b.Unmatched,
			Found: encoding.FromMicros(found), Worklogs: b.decodeWorklogs(id)}
		if b.Events != "" {
			c.Issue = &agile.Issue{ID: id, Created: encoding.FromMicros(b.Created), Updated: agile.MomentOf(c.Found)}
			if err := decoder.ReadIssue(c.Issue, b.Events); err != nil {
				return db.Unfit(err)
			}
		}
		if b.Sprint != nil {
			c.Sprint = b.Sprint.decodeVersion(b.Name)
		}
		changes = append(changes, c)
		return nil
	})
	return changes, err
}

// decodeWorklogs returns the time logged on an issue.
func (b body) decodeWorklogs(issue int64) (logs []agile.Worklog) {
	for _, l := range b.Worklogs {
		logs = append(logs, agile.Worklog{ID: l.ID, Issue: issue, Created: encoding.FromMicros(l.Created),
			Started: encoding.FromMicros(l.Started)})
	}
	return logs
}

// encodeVersion writes the version of a sprint.
func encodeVersion(v agile.SprintVersion) *version {
	return &version{State: string(v.State), Start: encoding.Micros(v.Start), End: encoding.Micros(v.End),
		Complete: encoding.Micros(v.Complete)}
}

// decodeVersion reads the version of the sprint of a name.
func (v version) decodeVersion(name string) agile.SprintVersion {
	return agile.SprintVersion{Name: name, State: agile.SprintState(v.State), Start: encoding.FromMicros(v.Start),
		End: encoding.FromMicros(v.End), Complete: encoding.FromMicros(v.Complete)}
}

// row is a change of a team as it is written.
type row struct {
	team string
	kind agile.PastChangeKind
	id   int64
	body body
}

// insertRows writes changes that a reading found.
func insertRows(ctx context.Context, tx *db.Tx, found time.Time, rows []row) error {
	values := make([][]any, 0, len(rows))
	for _, r := range rows {
		text, err := json.Marshal(r.body)
		if err != nil {
			return err
		}
		values = append(values, []any{r.team, string(r.kind), r.id, encoding.Micros(found), string(text)})
	}
	_, err := tx.InsertRows(ctx, `INSERT INTO past_change (team, kind, id, found, body)`,
		`ON CONFLICT (team, kind, id, found) DO UPDATE SET body = excluded.body`, values)
	return err
}
