package sqlviews

import (
	"context"
	"sync"
	"time"

	"jerem/agile"
	"jerem/problem"
	"jerem/store"
	"jerem/store/sharing"
	"jerem/store/viewrows"
	"jerem/teams"
)

// Keeper keeps the rows of teams as they were last read. It is safe for concurrent use.
type Keeper struct {
	Sources
	Load func(context.Context, agile.Team) (*teams.Team, error)

	mu   sync.Mutex
	kept map[string]kept
}

// kept is what was last written of a team.
type kept struct {
	generation, epoch int64
	steady            time.Time               // from here on the rows may be other ones although the generation stands
	digests           map[viewrows.Key]string // nil where they were not read yet
	made              madeRows                // as they were written by this process
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
	epoch := sharing.Epoch(ctx)
	last, known := k.kept[conf.Name]
	if !known || last.epoch != epoch {
		if last, err = k.recallKept(ctx, conf.Name, team); err != nil {
			return err
		}
	}
	if last.generation == team.Generation && team.Until.Before(last.steady) {
		last.epoch = epoch
		k.rememberTeam(conf.Name, last)
		return nil
	}
	now, err := k.writeRows(ctx, conf.Name, team, last)
	if err != nil {
		delete(k.kept, conf.Name)
		return err
	}
	now.epoch = epoch
	k.rememberTeam(conf.Name, now)
	return nil
}

// rememberTeam keeps what is written of a team; the lock is held.
func (k *Keeper) rememberTeam(team string, now kept) {
	if k.kept == nil {
		k.kept = map[string]kept{}
	}
	k.kept[team] = now
}

// writeRows writes the rows that differ from those of before, whose digests it brings up to date.
func (k *Keeper) writeRows(ctx context.Context, name string, team *teams.Team, last kept) (now kept, err error) {
	lines, steady, err := team.Lines(ctx)
	if err != nil {
		return now, err
	}
	if last.digests == nil {
		if last.digests, err = k.Rows.Digests(ctx, name); err != nil {
			return now, err
		}
	}
	list := newRowList(last.digests, last.made)
	if err := addRows(ctx, list, team, lines); err != nil {
		return now, err
	}
	source := k.digestOf(team.Basis())
	if source != "" {
		if err := addTold(list, team.Told()); err != nil {
			return now, err
		}
	}
	now = kept{generation: team.Generation, steady: steady, digests: last.digests, made: list.now}
	changed, gone := takeChanges(list.rows, now.digests)
	told := rowList{rows: changed}
	if len(changed)+len(gone) > 0 {
		if err := told.addRow(kindTeam, "", map[string]any{"as_of": team.Until.UTC(),
			"unit": team.Measured.Unit()}); err != nil {
			return now, err
		}
	}
	if note, isOther := takeNote(source, steady, now.digests); isOther {
		told.rows = append(told.rows, note)
	}
	if len(told.rows) == 0 {
		return now, nil
	}
	return now, k.Rows.Put(ctx, name, told.rows, gone)
}

// takeChanges returns the rows that differ from those of some digests, and the keys of those that are no more, and
// brings the digests up to date. The row of the team itself is not among them, nor is the note.
func takeChanges(rows []viewrows.Row, digests map[viewrows.Key]string) (changed []viewrows.Row, gone []viewrows.Key) {
	standing := make(map[viewrows.Key]bool, len(rows)+2)
	standing[viewrows.Key{Kind: kindTeam}], standing[keyOfNote] = true, true
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
