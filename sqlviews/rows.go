package sqlviews

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"jerem/measure"
	"jerem/series"
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
	rows []viewrows.Row
	kept map[viewrows.Key]string // the digests of those that are kept
}

// seriesForm begins the digests of series. It is another one when their rows are written in another form.
const seriesForm = "1:"

// add adds a row whose body is a value as JSON.
func (l *rowList) add(kind, key string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", kind, key, err)
	}
	sum := sha256.Sum256(text)
	l.rows = append(l.rows, viewrows.Row{Key: viewrows.Key{Kind: kind, Key: key},
		Digest: hex.EncodeToString(sum[:12]), Body: string(text)})
	return nil
}

// rowsOf makes the rows of a team as of its last reading. A series that is kept as it is comes without its body.
func rowsOf(team *measure.Team, lines []teams.Line, kept map[viewrows.Key]string) ([]viewrows.Row, error) {
	list := &rowList{kept: kept}
	now := team.Now()
	for _, head := range team.Sprints(now) {
		if err := addSprint(list, team, head.ID, now); err != nil {
			return nil, err
		}
	}
	for _, head := range team.Quarters(now) {
		name, _ := measure.ParseQuarter(head.Quarter) // a quarter's own name
		if err := list.add(kindEpic, head.Quarter, team.Quarter(name, now).Epics); err != nil {
			return nil, err
		}
	}
	for _, line := range lines {
		if err := addSeries(list, line); err != nil {
			return nil, err
		}
	}
	return list.rows, nil
}

// addSprint adds a sprint, the entries of its ledger and its impediments. What moves by time alone is left out: the
// moment asked, and which working day it is.
func addSprint(list *rowList, team *measure.Team, id int64, now time.Time) error {
	sp, err := team.Sprint(id, now)
	if err != nil {
		return err
	}
	key := strconv.FormatInt(id, 10)
	if sp.Ledger != nil {
		if err := list.add(kindEvent, key, sp.Ledger.Entries); err != nil {
			return err
		}
	}
	figures, err := fieldsOf(sp)
	if err != nil {
		return err
	}
	if impediments, ok := figures["impediments"].(map[string]any); ok {
		if err := list.add(kindImpediment, key, impediments["issues"]); err != nil {
			return err
		}
		delete(impediments, "issues")
		delete(impediments, "daily")
	}
	if ledger, ok := figures["ledger"].(map[string]any); ok {
		delete(ledger, "entries")
	}
	for _, other := range []string{"at", "working_days", "issues", "goal", "reconciliation", "oncall", "unexpected"} {
		delete(figures, other)
	}
	return list.add(kindSprint, key, figures)
}

// fieldsOf are the fields of a value as the API gives it.
func fieldsOf(value any) (fields map[string]any, err error) {
	text, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(text, &fields)
	}
	return fields, err
}

// addSeries adds the points of change of a series. Its digest is that of its points, so that one that did not change
// costs no text.
func addSeries(list *rowList, line teams.Line) error {
	head := viewrows.Row{Key: viewrows.Key{Kind: kindSeries, Key: line.Key}, Digest: seriesForm + line.Digest}
	if list.kept[head.Key] == head.Digest {
		list.rows = append(list.rows, head)
		return nil
	}
	row := struct {
		Class  string            `json:"class"`
		Labels map[string]string `json:"labels"`
		Points []series.Point    `json:"points"`
	}{Class: line.Pieces[0].Class, Labels: line.Pieces[0].Labels, Points: []series.Point{}}
	for _, piece := range line.Pieces {
		row.Points = append(row.Points, piece.Points...)
	}
	text, err := json.Marshal(row)
	if err != nil {
		return fmt.Errorf("%s %s: %w", kindSeries, line.Key, err)
	}
	head.Body = string(text)
	list.rows = append(list.rows, head)
	return nil
}
