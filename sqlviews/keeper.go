package sqlviews

import (
	"context"
	"sync"
	"time"

	"jerem/agile"
	"jerem/problem"
	"jerem/store"
	"jerem/store/viewrows"
	"jerem/teams"
)

// Keeper keeps the rows of teams as they were last read. It is safe for concurrent use.
type Keeper struct {
	Rows viewrows.Rows
	Load func(context.Context, agile.Team) (*teams.Team, error)

	mu   sync.Mutex
	kept map[string]kept
}

// kept is what was last written of a team.
type kept struct {
	generation, epoch int64
	steady            time.Time // from here on the rows may be other ones although the generation stands
	digests           map[viewrows.Key]string
	series            map[string]rowsOfSeries // by key, as they were written by this process
}

// Keep writes the rows of a team that differ from those that are kept; none of a team that was not read. Where the team
// is led under a lease, what another instance wrote meanwhile is read again.
func (k *Keeper) Keep(ctx context.Context, conf agile.Team) error {
	team, err := k.Load(ctx, conf)
	if problem.Is(err, store.NotRead) {
		return nil
	}
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	epoch := store.Epoch(ctx)
	last, known := k.kept[conf.Name]
	known = known && last.epoch == epoch
	if known && last.generation == team.Generation && team.Until.Before(last.steady) {
		return nil
	}
	if !known {
		last = kept{}
		if last.digests, err = k.Rows.Digests(ctx, conf.Name); err != nil {
			return err
		}
	}
	now, err := k.write(ctx, conf.Name, team, last)
	if err != nil {
		delete(k.kept, conf.Name)
		return err
	}
	now.epoch = epoch
	if k.kept == nil {
		k.kept = map[string]kept{}
	}
	k.kept[conf.Name] = now
	return nil
}

// write writes the rows that differ from those of before, whose digests it brings up to date.
func (k *Keeper) write(ctx context.Context, name string, team *teams.Team, last kept) (now kept, err error) {
	lines, steady, err := team.Lines(ctx)
	if err != nil {
		return now, err
	}
	list := &rowList{kept: last.digests, former: last.series, series: make(map[string]rowsOfSeries, len(lines))}
	if err := addRows(ctx, list, team, lines); err != nil {
		return now, err
	}
	now = kept{generation: team.Generation, steady: steady, digests: last.digests, series: list.series}
	changed, gone := takeChanges(list.rows, now.digests)
	if len(changed)+len(gone) == 0 {
		return now, nil
	}
	told := rowList{rows: changed}
	if err := told.add(kindTeam, "", map[string]any{"as_of": team.Until.UTC(),
		"unit": team.Measured.Unit()}); err != nil {
		return now, err
	}
	return now, k.Rows.Put(ctx, name, told.rows, gone)
}

// takeChanges returns the rows that differ from those of some digests, and the keys of those that are no more, and
// brings the digests up to date. The row of the team itself is not among them.
func takeChanges(rows []viewrows.Row, digests map[viewrows.Key]string) (changed []viewrows.Row, gone []viewrows.Key) {
	standing := make(map[viewrows.Key]bool, len(rows)+1)
	standing[viewrows.Key{Kind: kindTeam}] = true
	for _, r := range rows {
		standing[r.Key] = true
		if digests[r.Key] != r.Digest {
			changed = append(changed, r)
			digests[r.Key] = r.Digest
		}
	}
	for key := range digests {
		if !standing[key] {
			gone = append(gone, key)
			delete(digests, key)
		}
	}
	return changed, gone
}
