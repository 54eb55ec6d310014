package setup

import (
	"context"
	"errors"
	"time"

	"jerem/config"
	"jerem/config/schema"
	"jerem/oncall"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
)

// OpenRoster puts the section on call to work; the caller closes the store. Where nothing was kept yet nothing is made,
// and the store is nil, unless it is to be written.
func OpenRoster(ctx context.Context, c *config.Config, isWritten bool) (*roster.Roster, *kept.Store, error) {
	r := &roster.Roster{File: c.OncallFile(), Records: noRecords{}}
	place := kept.PlaceFor(c.Store.Path, c.Store.URL.Reveal())
	if !isWritten {
		if exists, err := kept.Exists(ctx, place); err != nil || !exists {
			return r, nil, err
		}
	}
	open := kept.Open
	if !isWritten {
		open = kept.OpenRead
	}
	records, err := open(ctx, place)
	if err != nil {
		return nil, nil, err
	}
	r.Records = records
	return r, records, nil
}

// noRecords is what is kept before anything was.
type noRecords struct{}

// State returns nothing.
func (noRecords) State(context.Context) (roster.State, error) { return roster.State{}, nil }

// Update is never called: who writes opens the file.
func (noRecords) Update(context.Context, func(roster.State) (roster.Writes, error)) error {
	return errors.New("nothing is kept yet: start jerem serve once")
}

// CheckOverlaps returns what is wrong with rotas of one team and level that cover the same moment in the weeks ahead of
// now; nil where none does.
func CheckOverlaps(c *config.Config, now time.Time) error {
	var wrong schema.Errors
	for _, o := range oncall.FindOverlaps(c.Oncall.Rotas, now) {
		at := schema.Place{Line: c.Oncall.LineOf(oncall.Contradiction{Rota: o.Second}), Key: "oncall.rotas"}
		wrong = append(wrong, schema.NewProblem(schema.Invalid, at, o.Text(),
			"give one of them another level, or coverage that leaves this time out"))
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}
