package sqlviews

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"jerem/measure/timeseries"
	"jerem/series"
	"jerem/store/viewrows"
	"jerem/teams"
)

// This file notes beside the rows of a team what they were made from, in the write that brings them. After a start over
// a store in which nothing changed the note says so, and nothing is made. With it stands what was told at the noons of
// the past, by which every process of the same program makes series: forecasts take most of the time.

// kindNote is the kind of the note and of what was told, which no view takes apart. The note is all in its digest: what
// the rows were made from, and the moment up to which they stay as they are while nothing else changes.
const kindNote = "made from"

var keyOfNote = viewrows.Key{Kind: kindNote}

// Sources tell what rows are made from.
type Sources struct {
	Rows viewrows.Rows
	// Build returns what tells this program from every other, "" where nothing does. Nil is "".
	Build func() string
}

// digestOf tells what rows are made from, of which the basis is given: "" where that cannot be told.
func (s Sources) digestOf(basis string) string {
	if s.Build == nil || basis == "" {
		return ""
	}
	build := s.Build()
	if build == "" {
		return ""
	}
	return digestOf([]byte(build + " " + basis))
}

// takeNote returns the note of rows that stay as they are up to a moment, and whether it is another one than is kept.
// Where it cannot be told what they were made from, it is empty, and needs not be kept if there was none.
func takeNote(source string, steady time.Time, digests map[viewrows.Key]string) (note viewrows.Row, isOther bool) {
	note = viewrows.Row{Key: keyOfNote, Body: `{}`}
	if source != "" {
		note.Digest = source + " " + steady.UTC().Format(time.RFC3339Nano)
	}
	if digests[keyOfNote] == note.Digest {
		return note, false
	}
	digests[keyOfNote] = note.Digest
	return note, true
}

// recallKept returns what was kept of a team by another process, or another instance: nothing, so that all is made
// again, unless the note says that it would be the same.
func (k *Keeper) recallKept(ctx context.Context, name string, team *teams.Team) (kept, error) {
	_, text, err := k.recallRows(ctx, name, team.Basis())
	if err != nil || text == "" {
		return kept{}, err
	}
	steady, err := time.Parse(time.RFC3339Nano, text)
	if err != nil { // as if there were none
		return kept{}, nil
	}
	last := kept{generation: team.Generation, steady: steady}
	if team.Until.Before(steady) {
		last.team = k.heldOf(team)
	}
	return last, team.RecallTold(ctx)
}

// recallRows returns what stands beside the note, and up to when that holds: nothing where it is of other rows than
// would be made of a basis.
func (s Sources) recallRows(ctx context.Context, name, basis string) (told []viewrows.Row, steady string, err error) {
	source := s.digestOf(basis)
	if source == "" {
		return nil, "", nil
	}
	rows, err := s.Rows.OfKind(ctx, name, kindNote)
	if err != nil || len(rows) == 0 || rows[0].Key != keyOfNote {
		return nil, "", err
	}
	steady, isSame := strings.CutPrefix(rows[0].Digest, source+" ")
	if !isSame {
		return nil, "", nil
	}
	return rows[1:], steady, nil
}

// Told returns what was told of a team at the noons of the past, by this program and out of the same basis; nothing
// where something else, or nothing, is kept. The basis is that of the team, see teams.BasisOf.
func (s Sources) Told(ctx context.Context, name, basis string) (all []timeseries.ToldFigures, err error) {
	rows, _, err := s.recallRows(ctx, name, basis)
	for _, r := range rows {
		var some []timeseries.ToldFigures
		if json.Unmarshal([]byte(r.Body), &some) == nil { // else it is told again
			all = append(all, some...)
		}
	}
	return all, err
}

// Former is [Sources.Told] of a team as it was computed: see teams.Cache.
func (s Sources) Former(ctx context.Context, team *teams.Team) ([]timeseries.ToldFigures, error) {
	return s.Told(ctx, team.Measured.History().Team.Name, team.Basis())
}

// addTold adds what was told at the noons of the past, a row for each month.
func addTold(list *rowList, told []timeseries.ToldFigures) error {
	months, order := map[string][]timeseries.ToldFigures{}, []string{}
	for _, one := range told {
		month := series.Time(one.Noon).UTC().Format("2006-01")
		if months[month] == nil {
			order = append(order, month)
		}
		months[month] = append(months[month], one)
	}
	for _, month := range order {
		if err := list.addRow(kindNote, month, months[month]); err != nil {
			return err
		}
	}
	return nil
}
