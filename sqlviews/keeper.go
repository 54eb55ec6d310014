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
	now := kept{generation: team.Generation, epoch: epoch, digests: last.digests}
	if !known {
		if now.digests, err = k.Rows.Digests(ctx, conf.Name); err != nil {
			return err
		}
	}
	if now.steady, err = k.write(ctx, conf.Name, team, now.digests); err != nil {
		delete(k.kept, conf.Name)
		return err
	}
	if k.kept == nil {
		k.kept = map[string]kept{}
	}
	k.kept[conf.Name] = now
	return nil
}

// write writes the rows that differ from those of some digests, which it brings up to date. It returns the moment from
// which on the rows may be other ones.
func (k *Keeper) write(ctx context.Context, name string, team *teams.Team, digests map[viewrows.Key]string) (
	steady time.Time, err error) {
	lines, steady, err := team.Lines(ctx)
	if err != nil {
		return steady, err
	}
	rows, err := rowsOf(ctx, team.Measured, lines, digests)
	if err != nil {
		return steady, err
	}
	var changed []viewrows.Row
	standing := map[viewrows.Key]bool{{Kind: kindTeam}: true}
	for _, r := range rows {
		standing[r.Key] = true
		if digests[r.Key] != r.Digest {
			changed = append(changed, r)
			digests[r.Key] = r.Digest
		}
	}
	var gone []viewrows.Key
	for key := range digests {
		if !standing[key] {
			gone = append(gone, key)
			delete(digests, key)
		}
	}
	if len(changed)+len(gone) == 0 {
		return steady, nil
	}
	list := rowList{rows: changed}
	if err := list.add(kindTeam, "", map[string]any{"as_of": team.Until.UTC(),
		"unit": team.Measured.Unit()}); err != nil {
		return steady, err
	}
	return steady, k.Rows.Put(ctx, name, list.rows, gone)
}
