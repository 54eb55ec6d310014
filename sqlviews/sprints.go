package sqlviews

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/store/viewrows"
)

// This file makes the rows of sprints: the figures of each, the entries of its ledger, and its impediments.

// sprintForm begins the digests of the rows of sprints. It is another when rows are written in another form.
const sprintForm = "2:"

// rowsOfSprint are the rows of a sprint, without their bodies, by the figures that they tell. Of rows that another
// process wrote, and that stand, there are no figures.
type rowsOfSprint struct {
	round   int
	figures measure.Sprint
	heads   []rowHead
}

// keepStanding adds the rows of a sprint as they were written last, and tells whether they stand: then the sprint is
// not measured.
func (l *rowList) keepStanding(id int64) bool {
	if !l.standing[id] {
		return false
	}
	known := l.knownRows(id)
	if known == nil {
		return false
	}
	known.round = l.round
	l.made.sprints[id] = known
	return true
}

// knownRows returns the rows of a sprint as they were written last, by whatever process; nil where none were.
func (l *rowList) knownRows(id int64) *rowsOfSprint {
	if known, ok := l.made.sprints[id]; ok {
		return known
	}
	known := &rowsOfSprint{}
	if _, is := l.kept[viewrows.Key{Kind: kindSprint, Key: strconv.FormatInt(id, 10)}]; !is {
		return nil
	}
	for _, kind := range []string{kindSprint, kindEvent, kindImpediment} {
		key := viewrows.Key{Kind: kind, Key: strconv.FormatInt(id, 10)}
		if digest, is := l.kept[key]; is {
			known.heads = append(known.heads, rowHead{key, digest})
		}
	}
	for _, head := range known.heads {
		l.rows = append(l.rows, viewrows.Row{Key: head.Key, Digest: head.digest})
	}
	return known
}

// keepCounted is keepStanding of a sprint of which nothing but what is listed of its impediments may be another: that
// row is made again, and the sprint is not measured.
func (l *rowList) keepCounted(team *measure.Team, id int64, now time.Time) (stands bool, err error) {
	if !l.counted[id] || l.forgets {
		return false, nil
	}
	listed, begun := measure.ListImpediments(team, id, now)
	known := l.knownRows(id)
	if known == nil || !begun {
		return false, nil
	}
	n := slices.IndexFunc(known.heads, func(r rowHead) bool { return r.Kind == kindImpediment })
	if n < 0 {
		return false, nil
	}
	row, err := makeRow(l, known.heads[n].Key, &measure.Sprint{Impediments: listed}, impedimentsOfSprint)
	if err != nil {
		return false, fmt.Errorf("sprint %d: %w", id, err)
	}
	made := &rowsOfSprint{round: l.round, figures: known.figures, heads: slices.Clone(known.heads)}
	made.heads[n] = headOfRow(row)
	if was := known.figures.Impediments; was != nil {
		told := *was
		told.Issues, made.figures.Impediments = listed.Issues, &told
	}
	l.made.sprints[id] = made
	return true, l.appendRow(row)
}

// addSprint adds a sprint. What moves by time alone is left out: the moment asked, and which working day it is. One
// whose figures are as they were last costs no more than to compare them: most of a closed sprint is the same place in
// memory then. Of another one the entries of the ledger, which are most of the text, and the impediments are made to
// text where they are others: of a closed sprint the entries are listed for that alone, and not kept.
func addSprint(list *rowList, team *measure.Team, id int64, now time.Time) error {
	if list.keepStanding(id) {
		return nil
	}
	if stands, err := list.keepCounted(team, id, now); stands || err != nil {
		return err
	}
	sp, err := measureFor(team, id, now)
	if err != nil {
		return err
	}
	steady := *sp
	steady.At, steady.WorkingDays, steady.Issues, steady.Goal = time.Time{}, measure.WorkingDays{}, nil, ""
	steady.Reconciliation, steady.OnCall, steady.Unexpected = nil, nil, nil
	known, ok := list.made.sprints[id]
	if !ok {
		known = &rowsOfSprint{}
	}
	ledger := list.standingLedger(id)
	isListed := steady.State != agile.Closed || ledger != nil || known.figures.Ledger == steady.Ledger
	if ok && isListed && reflect.DeepEqual(known.figures, steady) {
		known.round = list.round
		return nil
	}
	whole := steady
	if !isListed && steady.Ledger != nil {
		listed := *steady.Ledger
		listed.Entries, whole.Ledger = measure.ListEntries(team, sp), &listed
	}
	made, err := addFigures(list, known, &whole, ledger)
	if err != nil {
		return fmt.Errorf("sprint %d: %w", id, err)
	}
	made.figures = steady
	list.noteGone(known.heads, made.heads)
	if !list.forgets {
		list.made.sprints[id] = made
	}
	return nil
}

// standingLedger returns the row of the ledger of a sprint where it stands as it was written last, nil else.
func (l *rowList) standingLedger(id int64) *rowHead {
	key := viewrows.Key{Kind: kindEvent, Key: strconv.FormatInt(id, 10)}
	digest, is := l.kept[key]
	if !is || !l.worked[id] {
		return nil
	}
	return &rowHead{key, digest}
}

// measureFor measures a sprint. The entries of the ledger of a closed one are not listed: they are the most of it, and
// kept they would live as long as the team.
func measureFor(team *measure.Team, id int64, now time.Time) (*measure.Sprint, error) {
	if sp, err := measure.SprintSums(team, id, now); err == nil {
		return sp, nil
	}
	return team.Sprint(id, now)
}

// addFigures adds the rows of a sprint, with bodies where they are kept otherwise or not at all, and returns them
// without. What rests on the very ledger or impediments of the former rows is theirs; ledger is the row of a ledger
// that stands, nil else.
func addFigures(list *rowList, former *rowsOfSprint, sp *measure.Sprint, ledger *rowHead) (
	now *rowsOfSprint, err error,
) {
	now = &rowsOfSprint{round: list.round, figures: *sp}
	was := former.figures
	for _, part := range []struct {
		kind        string
		told, stays bool
		body        func(*measure.Sprint) (any, error)
	}{
		{kindSprint, true, false, figuresOfSprint},
		{kindEvent, sp.Ledger != nil, was.Ledger == sp.Ledger, entriesOfSprint},
		{kindImpediment, sp.Impediments != nil, was.Impediments == sp.Impediments, impedimentsOfSprint},
	} {
		if !part.told {
			continue
		}
		key := viewrows.Key{Kind: part.kind, Key: strconv.FormatInt(sp.ID, 10)}
		if ledger != nil && ledger.Key == key {
			now.heads = append(now.heads, *ledger)
			list.rows = append(list.rows, viewrows.Row{Key: key, Digest: ledger.digest})
			continue
		}
		n := slices.IndexFunc(former.heads, func(r rowHead) bool { return r.Key == key })
		if part.stays && n >= 0 {
			now.heads = append(now.heads, former.heads[n])
			continue
		}
		row, err := makeRow(list, key, sp, part.body)
		if err != nil {
			return now, err
		}
		if err := list.appendRow(row); err != nil {
			return now, err
		}
		now.heads = append(now.heads, headOfRow(row))
	}
	return now, nil
}

// makeRow makes a row of a sprint, with its body where it is kept otherwise or not at all.
func makeRow(list *rowList, key viewrows.Key, sp *measure.Sprint, body func(*measure.Sprint) (any, error)) (
	row viewrows.Row, err error,
) {
	told, err := body(sp)
	if err != nil {
		return row, err
	}
	text, err := json.Marshal(told)
	if err != nil {
		return row, err
	}
	row = viewrows.Row{Key: key, Digest: sprintForm + digestOf(text)}
	if list.kept[key] != row.Digest {
		row.Body = string(text)
	}
	return row, nil
}

// figuresOfSprint are the figures without what other rows tell, and without what moves by time alone.
func figuresOfSprint(sp *measure.Sprint) (any, error) {
	short := *sp
	if sp.Ledger != nil {
		ledger := *sp.Ledger
		ledger.Entries, short.Ledger = nil, &ledger
	}
	if sp.Impediments != nil {
		impediments := *sp.Impediments
		impediments.Issues, impediments.Daily, short.Impediments = nil, nil, &impediments
	}
	figures, err := fieldsOf(&short)
	if err != nil {
		return nil, err
	}
	for _, other := range []string{"at", "working_days", "issues", "goal", "reconciliation", "oncall", "unexpected"} {
		delete(figures, other)
	}
	if impediments, ok := figures["impediments"].(map[string]any); ok {
		delete(impediments, "issues")
		delete(impediments, "daily")
	}
	if ledger, ok := figures["ledger"].(map[string]any); ok {
		delete(ledger, "entries")
	}
	return figures, nil
}

func entriesOfSprint(sp *measure.Sprint) (any, error) { return sp.Ledger.Entries, nil }

// impedimentOfSprint is an impediment as its row tells it: the names of its fields ascend, as rows have had them since
// there are any.
type impedimentOfSprint struct {
	Key     string        `json:"key"`
	Natures []string      `json:"natures"`
	Seconds *int64        `json:"seconds"` // nil where the time logged was never read
	State   measure.State `json:"state"`
	Summary string        `json:"summary"`
}

func impedimentsOfSprint(sp *measure.Sprint) (any, error) {
	told := make([]impedimentOfSprint, len(sp.Impediments.Issues))
	for n := range told {
		one := &sp.Impediments.Issues[n]
		told[n] = impedimentOfSprint{one.Key, one.Natures, &one.Seconds, one.State, one.Summary}
		if sp.Impediments.TimeUnknown {
			told[n].Seconds = nil
		}
	}
	return told, nil
}

// fieldsOf returns the fields of what is told as JSON.
func fieldsOf(told any) (fields map[string]any, err error) {
	text, err := json.Marshal(told)
	if err == nil {
		err = json.Unmarshal(text, &fields)
	}
	return fields, err
}
