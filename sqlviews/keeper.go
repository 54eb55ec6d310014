package sqlviews

import (
	"context"
	"iter"
	"sync"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/timeseries"
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
	Once bool // each team is kept once, and nothing of it is held for the next time

	mu   sync.Mutex
	kept map[string]kept
}

// kept is what was last written of a team.
type kept struct {
	generation, epoch int64
	steady            time.Time               // from here on the rows may be other ones although the generation stands
	digests           map[viewrows.Key]string // nil where they were not read yet
	made              *madeRows               // as they were written by this process; nil for not yet
	team              *measure.Team           // of which they tell, as of its reading; nil where that is not known
}

// standingIn tells of which closed sprints the rows stand in a team that goes on from the one that they tell of: none
// of these needs to be measured.
func (k kept) standingIn(team *teams.Team) map[int64]bool {
	if k.team == nil {
		return nil
	}
	return measure.SprintsThatStand(k.team, team.Measured)
}

// countedIn tells of which closed sprints the figures stand in it, but for what is listed of their impediments.
func (k kept) countedIn(team *teams.Team) map[int64]bool {
	if k.team == nil {
		return nil
	}
	return measure.FiguresThatStand(k.team, team.Measured)
}

// workedIn tells of which closed sprints the ledgers stand in it.
func (k kept) workedIn(team *teams.Team) map[int64]bool {
	if k.team == nil {
		return nil
	}
	return measure.WorkThatStands(k.team, team.Measured)
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
		last.epoch, last.team = epoch, k.heldOf(team) // as of a later moment
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

// heldOf returns what is held of a team until the next time: nothing where it is kept once.
func (k *Keeper) heldOf(team *teams.Team) *measure.Team {
	if k.Once {
		return nil
	}
	return team.Measured
}

// rememberTeam keeps what is written of a team; the lock is held.
func (k *Keeper) rememberTeam(team string, now kept) {
	if k.Once {
		return
	}
	if k.kept == nil {
		k.kept = map[string]kept{}
	}
	k.kept[team] = now
}

// writeRows writes the rows that differ from those of before, whose digests it brings up to date.
func (k *Keeper) writeRows(ctx context.Context, name string, team *teams.Team, last kept) (now kept, err error) {
	if last.digests == nil {
		if last.digests, err = k.Rows.Digests(ctx, name); err != nil {
			return now, err
		}
	}
	now = kept{generation: team.Generation, digests: last.digests, team: k.heldOf(team)}
	made, err := k.makeRows(ctx, team, last)
	if err != nil {
		return now, err
	}
	now.steady, now.made = made.steady, made.made
	changed, gone := made.takeChanges()
	if len(changed)+len(gone) > 0 {
		head, err := newRow(kindTeam, "", made.head)
		if err != nil {
			return now, err
		}
		changed = append(changed, head)
	}
	if note, isOther := takeNote(made.source, made.steady, now.digests); isOther {
		changed = append(changed, note)
	}
	if len(changed) == 0 {
		return now, nil
	}
	return now, k.Rows.Put(ctx, name, changed, gone)
}

// teamRows are all rows of a team but those that tell of the others.
type teamRows struct {
	*rowList
	head   map[string]any // of the row of the team itself
	source string         // what they are made from; "" where that cannot be told
	steady time.Time      // from here on they may be other ones
}

// makeRows makes the rows of a team. It asks the team for nothing once it begins with the series: where these are made
// once, nothing of the team needs to stand in memory from then on.
func (k *Keeper) makeRows(ctx context.Context, team *teams.Team, last kept) (made teamRows, err error) {
	lines, told, steady, err := k.linesOf(ctx, team)
	if err != nil {
		return made, err
	}
	former := last.made
	if former == nil {
		former = newMadeRows()
	}
	made = teamRows{newRowList(last.digests, former), headOf(team), k.digestOf(team.Basis()), steady}
	made.forgets, made.standing, made.worked = k.Once, last.standingIn(team), last.workedIn(team)
	made.counted = last.countedIn(team)
	if err := addFigureRows(ctx, made.rowList, team); err != nil {
		return made, err
	}
	if made.source != "" {
		if err := addTold(made.rowList, told); err != nil {
			return made, err
		}
	}
	return made, addEachSeries(made.rowList, lines)
}

// headOf is the row of the team itself.
func headOf(team *teams.Team) map[string]any {
	return map[string]any{"as_of": team.Until.UTC(), "unit": team.Measured.Unit()}
}

// linesOf makes the series of a team, with what was told at the noons of the past, and the moment from which on they
// may be other ones. An error among the series is that of a context that ended.
func (k *Keeper) linesOf(ctx context.Context, team *teams.Team) (
	lines iter.Seq2[teams.Line, error], told []timeseries.ToldFigures, steady time.Time, err error,
) {
	if k.Once {
		return team.LinesOnce(ctx)
	}
	list, steady, err := team.Lines(ctx)
	lines = func(yield func(teams.Line, error) bool) {
		for _, line := range list {
			if !yield(line, team.GiveWay(ctx)) {
				return
			}
		}
	}
	return lines, team.Told(), steady, err
}
