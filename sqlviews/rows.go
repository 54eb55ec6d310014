package sqlviews

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"jerem/measure"
	"jerem/store/viewrows"
	"jerem/teams"
)

// The kinds of rows, as the views name them.
const (
	kindTeam       = "team"
	kindSprint     = "sprint"
	kindEvent      = "sprint event"
	kindEpic       = "epic"
	kindImpediment = "impediment"
	kindSeries     = "series"
)

// rowList collects rows.
type rowList struct {
	rows   []viewrows.Row
	kept   map[viewrows.Key]string // the digests of those that are kept
	former map[string]rowsOfSeries // by key of the series, as they were written last
	series map[string]rowsOfSeries // by key, as they are now
}

// sprintForm begins the digests of the rows of sprints. It is another when rows are written in another form.
const sprintForm = "1:"

// add adds a row whose body is a value as JSON.
func (l *rowList) add(kind, key string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", kind, key, err)
	}
	l.rows = append(l.rows, viewrows.Row{Key: viewrows.Key{Kind: kind, Key: key}, Digest: digestOf(text),
		Body: string(text)})
	return nil
}

func digestOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
}

// addRows adds the rows of a team as of its last reading. What is kept as it is of a series or a sprint comes without
// its body. The error is also that of a context that ended meanwhile.
func addRows(ctx context.Context, list *rowList, asked *teams.Team, lines []teams.Line) error {
	team := asked.Measured
	now := team.Now()
	for _, head := range team.Sprints(now) {
		if err := asked.GiveWay(ctx); err != nil {
			return err
		}
		if err := addSprint(list, team, head.ID, now); err != nil {
			return err
		}
	}
	for _, head := range team.Quarters(now) {
		if err := asked.GiveWay(ctx); err != nil {
			return err
		}
		name, _ := measure.ParseQuarter(head.Quarter) // a quarter's own name
		if err := list.add(kindEpic, head.Quarter, measure.QuarterEpics(team, name, now)); err != nil {
			return err
		}
	}
	for _, line := range lines {
		if err := asked.GiveWay(ctx); err != nil {
			return err
		}
		if err := addSeries(list, line); err != nil {
			return err
		}
	}
	return nil
}

// addSprint adds a sprint, the entries of its ledger and its impediments. What moves by time alone is left out: the
// moment asked, and which working day it is. The three rows have one digest, so that a sprint that did not change is
// made to text once, to be compared, and not taken apart.
func addSprint(list *rowList, team *measure.Team, id int64, now time.Time) error {
	sp, err := team.Sprint(id, now)
	if err != nil {
		return err
	}
	steady := *sp
	steady.At, steady.WorkingDays, steady.Issues, steady.Goal = time.Time{}, measure.WorkingDays{}, nil, ""
	steady.Reconciliation, steady.OnCall, steady.Unexpected = nil, nil, nil
	text, err := json.Marshal(&steady)
	if err != nil {
		return fmt.Errorf("sprint %d: %w", id, err)
	}
	heads := headsOfSprint(sp, sprintForm+digestOf(text))
	if !slices.ContainsFunc(heads, func(r viewrows.Row) bool { return list.kept[r.Key] != r.Digest }) {
		list.rows = append(list.rows, heads...)
		return nil
	}
	bodies, err := bodiesOfSprint(sp, text)
	for n := range heads {
		if err != nil {
			return err
		}
		var body []byte
		body, err = json.Marshal(bodies[heads[n].Kind])
		heads[n].Body = string(body)
	}
	list.rows = append(list.rows, heads...)
	return err
}

// headsOfSprint are the rows that a sprint has, without their bodies.
func headsOfSprint(sp *measure.Sprint, digest string) []viewrows.Row {
	key := strconv.FormatInt(sp.ID, 10)
	heads := []viewrows.Row{{Key: viewrows.Key{Kind: kindSprint, Key: key}, Digest: digest}}
	if sp.Ledger != nil {
		heads = append(heads, viewrows.Row{Key: viewrows.Key{Kind: kindEvent, Key: key}, Digest: digest})
	}
	if sp.Impediments != nil {
		heads = append(heads, viewrows.Row{Key: viewrows.Key{Kind: kindImpediment, Key: key}, Digest: digest})
	}
	return heads
}

// bodiesOfSprint takes the text of a sprint apart, by kind of row.
func bodiesOfSprint(sp *measure.Sprint, text []byte) (bodies map[string]any, err error) {
	var figures map[string]any
	if err := json.Unmarshal(text, &figures); err != nil {
		return nil, err
	}
	bodies = map[string]any{kindSprint: figures}
	if sp.Ledger != nil {
		bodies[kindEvent] = sp.Ledger.Entries
	}
	if impediments, ok := figures["impediments"].(map[string]any); ok {
		bodies[kindImpediment] = impediments["issues"]
		delete(impediments, "issues")
		delete(impediments, "daily")
	}
	if ledger, ok := figures["ledger"].(map[string]any); ok {
		delete(ledger, "entries")
	}
	for _, other := range []string{"at", "working_days", "issues", "goal", "reconciliation", "oncall", "unexpected"} {
		delete(figures, other)
	}
	return bodies, nil
}
