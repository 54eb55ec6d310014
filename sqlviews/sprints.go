package sqlviews

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"

	"jerem/measure"
	"jerem/store/viewrows"
)

// This file makes the rows of sprints: the figures of each, the entries of its ledger, and its impediments.

// sprintForm begins the digests of the rows of sprints. It is another when rows are written in another form.
const sprintForm = "1:"

// rowsOfSprint are the rows of a sprint, without their bodies, by the figures that they tell.
type rowsOfSprint struct {
	figures measure.Sprint
	heads   []viewrows.Row
}

// addSprint adds a sprint. What moves by time alone is left out: the moment asked, and which working day it is. One
// whose figures are as they were last costs no more than to compare them: most of a closed sprint is the same place in
// memory then. The rows have one digest, so that a sprint that is kept already is made to text once, and not taken
// apart.
func addSprint(list *rowList, team *measure.Team, id int64, now time.Time) error {
	sp, err := team.Sprint(id, now)
	if err != nil {
		return err
	}
	steady := *sp
	steady.At, steady.WorkingDays, steady.Issues, steady.Goal = time.Time{}, measure.WorkingDays{}, nil, ""
	steady.Reconciliation, steady.OnCall, steady.Unexpected = nil, nil, nil
	known, ok := list.former.sprints[id]
	if !ok || !reflect.DeepEqual(known.figures, steady) {
		known = rowsOfSprint{figures: steady}
		if known.heads, err = addFigures(list, &steady); err != nil {
			return fmt.Errorf("sprint %d: %w", id, err)
		}
	} else {
		list.rows = append(list.rows, known.heads...)
	}
	if !list.forgets {
		list.now.sprints[id] = known
	}
	return nil
}

// addFigures adds the rows of a sprint, with bodies where they are kept otherwise or not at all, and returns them
// without.
func addFigures(list *rowList, sp *measure.Sprint) (heads []viewrows.Row, err error) {
	text, err := json.Marshal(sp)
	if err != nil {
		return nil, err
	}
	heads = headsOfSprint(sp, sprintForm+digestOf(text))
	if !slices.ContainsFunc(heads, func(r viewrows.Row) bool { return list.kept[r.Key] != r.Digest }) {
		list.rows = append(list.rows, heads...)
		return heads, nil
	}
	bodies, err := bodiesOfSprint(sp, text)
	for _, row := range heads {
		if err != nil {
			return nil, err
		}
		var body []byte
		body, err = json.Marshal(bodies[row.Kind])
		row.Body = string(body)
		list.rows = append(list.rows, row)
	}
	return heads, err
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
