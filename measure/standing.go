package measure

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/pastchange"
)

// This file hands the figures of closed sprints on from a team to the one that goes on from it: of those sprints alone
// that no changed issue concerns. A sprint is concerned by what was in it, by impediments that were opened or worked on
// in its time, and by time that was logged then. Where a changed issue may concern all of them, none is handed on.

// handOnSprints hands on the figures of closed sprints that stand. What was dated ahead of the reading of x, and
// came to be known since, concerns sprints as a changed issue does.
func handOnSprints(x, y *Team) {
	standing := unconcernedSprints(x, y)
	if len(standing) == 0 {
		return
	}
	index.TakePresent(y.Index, x.Index, func(key any) bool {
		switch one := key.(type) {
		case closedSprintKey:
			return standing[one.id]
		case closedSumsKey:
			return standing[one.id]
		}
		return false
	})
}

// SprintsThatStand tells of which closed sprints the figures of y, as of its reading, are those of x as of its own: by
// their ids, none where y does not go on from x, or where time changed more than what is dated ahead. It measures none
// of them.
func SprintsThatStand(x, y *Team) map[int64]bool {
	if !index.IsSteady(x.Index, y.Index) {
		return nil
	}
	return unconcernedSprints(x, y)
}

// FiguresThatStand tells of which closed sprints all figures, as of the reading of y, are those of x as of its own, but
// that an impediment may be in another state now, or be told in other words: by their ids, none where y does not go on
// from x, or where time changed more than what is dated ahead. It measures none of them.
func FiguresThatStand(x, y *Team) map[int64]bool {
	if !index.IsSteady(x.Index, y.Index) {
		return nil
	}
	return sprintsWithout(x, y, (*concerned).hasSameFigures)
}

// WorkThatStands tells of which closed sprints all that is told of the work in them, as of the reading of y, is what x
// told as of its own: by their ids, none where y does not go on from x, or where time changed more than what is dated
// ahead. Of their impediments other things may be told.
func WorkThatStands(x, y *Team) (standing map[int64]bool) {
	differ, goesOn := y.Index.DifferingFrom(x.Index.Contents())
	if !goesOn || !index.IsSteady(x.Index, y.Index) || !index.SameBeside(x.Index, y.Index) {
		return nil
	}
	c := concerned{x: x, y: y, since: index.SprintsDifferSince(x.Index, y.Index, differ)}
	standing = map[int64]bool{}
	for _, s := range y.Index.History.Sprints {
		if v := s.At(y.Now()); v.ClosedBy(y.Now()) && c.isWorkUnchanged(s.ID, v) {
			standing[s.ID] = true
		}
	}
	return standing
}

// unconcernedSprints tells which closed sprints no changed issue concerns, by their ids.
func unconcernedSprints(x, y *Team) map[int64]bool {
	return sprintsWithout(x, y, (*concerned).isUnchanged)
}

// sprintsWithout tells which closed sprints no changed issue concerns in some way, by their ids.
func sprintsWithout(x, y *Team, stands func(c *concerned, id int64, v agile.SprintVersion) bool) (
	standing map[int64]bool,
) {
	differ, goesOn := y.Index.DifferingFrom(x.Index.Contents())
	if !goesOn || !index.SameBeside(x.Index, y.Index) {
		return nil
	}
	c := concerned{x: x, y: y, since: index.SprintsDifferSince(x.Index, y.Index, differ)}
	for _, id := range index.WithAhead(x.Index, differ) {
		if c.mayConcernAll(id) {
			return nil
		}
		c.addIssue(id)
	}
	slices.SortFunc(c.moments, time.Time.Compare)
	slices.SortFunc(c.told, time.Time.Compare)
	standing = map[int64]bool{}
	for _, s := range y.Index.History.Sprints {
		if v := s.At(y.Now()); v.ClosedBy(y.Now()) && stands(&c, s.ID, v) {
			standing[s.ID] = true
		}
	}
	return standing
}

// concerned tells which closed sprints changed issues concern.
type concerned struct {
	x, y    *Team
	since   map[int64]time.Time // by sprint, when an issue that was in it differs first
	moments []time.Time         // of work, and of openings of impediments, that may count otherwise
	told    []time.Time         // of those that count as they did, with impediments that are in another state now
}

// isUnchanged tells whether nothing that the figures of a closed sprint rest on differs.
func (c *concerned) isUnchanged(id int64, v agile.SprintVersion) bool {
	return c.hasSameFigures(id, v) && !isAnyIn(c.told, v)
}

// hasSameFigures is isUnchanged of all but what a list of its impediments tells of them.
func (c *concerned) hasSameFigures(id int64, v agile.SprintVersion) bool {
	return c.isWorkUnchanged(id, v) && !isAnyIn(c.moments, v)
}

// isAnyIn tells whether any of some moments, which ascend, lies in the time of a sprint.
func isAnyIn(moments []time.Time, v agile.SprintVersion) bool {
	n, _ := slices.BinarySearchFunc(moments, v.Start, time.Time.Compare)
	return n < len(moments) && !moments[n].After(endOf(v))
}

// isWorkUnchanged is isUnchanged of the work in a sprint alone.
func (c *concerned) isWorkUnchanged(id int64, v agile.SprintVersion) bool {
	since, differs := c.since[id]
	return !differs || since.After(endOf(v))
}

func endOf(v agile.SprintVersion) time.Time { return calendar.LaterOf(v.Completed(), v.Start) }

// mayConcernAll tells whether figures of any time may rest on a changed issue: reasons that name it, time spent that no
// log tells, changes of its past, sprints that nothing tells it was in, and call-outs that are about impediments.
func (c *concerned) mayConcernAll(id int64) bool {
	was, now, h := c.x.Index.Issues.Of(id), c.y.Index.Issues.Of(id), c.y.History()
	if was == nil || now == nil || !slices.Equal(was.Key, now.Key) {
		if slices.ContainsFunc(h.Gaps, func(g agile.Gap) bool { return g.Issues != nil }) {
			return true
		}
	}
	if c.isImpeding(id) && (h.OnCall != nil || len(h.PastChanges) > 0) {
		return true
	}
	return slices.ContainsFunc([]*Team{c.x, c.y}, func(t *Team) bool {
		i := t.Index.Issues.Of(id)
		return i != nil && i.Broken[agile.UntoldSprints] > 0 || pastchange.Of(t.Index).Concerns(id) ||
			hasOddTime(t.Index, id)
	})
}

// hasOddTime tells whether more time was spent on an issue, or on one below it, than the logs tell, or
// anything of them is dated ahead.
func hasOddTime(x *index.Index, id int64) bool {
	return slices.ContainsFunc(append(slices.Clone(x.Children.Of(id)), id), func(one int64) bool {
		i := x.Issues.Of(one)
		return index.IsFarAhead(x, one) || i != nil && index.IsUnsent(x, i)
	})
}

// isImpeding tells whether work on an issue counts, or counted, with an impediment: itself, or one whose part it is.
func (c *concerned) isImpeding(id int64) bool {
	return slices.ContainsFunc([]*Team{c.x, c.y}, func(t *Team) bool {
		i := t.Index.Issues.Of(id)
		return i != nil && t.Impediments.EverCounts(i)
	})
}

// addIssue adds the moments by which a changed issue concerns sprints.
func (c *concerned) addIssue(id int64) {
	since := index.IssueDiffersSince(c.x.Index, c.y.Index, id)
	impeding := c.isImpeding(id)
	allLogs := impeding || index.IsAhead(c.x.Index, id) ||
		!slices.Equal(c.x.Index.Worklogs.Of(id), c.y.Index.Worklogs.Of(id))
	into := &c.moments
	if impeding && c.countsAlike(id, since) {
		into = &c.told
	}
	for _, t := range []*Team{c.x, c.y} {
		i := t.Index.Issues.Of(id)
		for _, log := range t.Index.Worklogs.Of(id) {
			if allLogs || i == nil || !index.WhenWorked(i, log).Before(since) {
				*into = append(*into, log.Started)
			}
		}
		if impeding {
			*into = appendImpediment(*into, t.Index, t.Impediments.ByIssue.Of(id), id)
		}
	}
}

// countsAlike tells whether a changed issue counts with the impediments of every time as it did: it differs since a
// moment after all work on it and on its parts alone, and was an impediment when it was one, of the same natures.
func (c *concerned) countsAlike(id int64, since time.Time) bool {
	was, now := c.x.Index.Issues.Of(id), c.y.Index.Issues.Of(id)
	if since.IsZero() || was == nil || now == nil || index.IsAhead(c.x.Index, id) {
		return false
	}
	a, wasOne := c.x.Impediments.ByIssue.Get(id)
	b, isOne := c.y.Impediments.ByIssue.Get(id)
	return wasOne == isOne && slices.Equal(a.Impeded, b.Impeded) &&
		slices.Equal(c.x.Impediments.Natures(was, c.x.Now()), c.y.Impediments.Natures(now, c.y.Now())) &&
		slices.Equal(c.x.Index.Worklogs.Of(id), c.y.Index.Worklogs.Of(id)) &&
		!slices.ContainsFunc([]*Team{c.x, c.y}, func(t *Team) bool { return isWorkedOnSince(t.Index, id, since) })
}

// isWorkedOnSince tells whether any work on an issue, or on a part of it, was begun at a moment or later.
func isWorkedOnSince(x *index.Index, id int64, since time.Time) bool {
	return slices.ContainsFunc(append(slices.Clone(x.Children.Of(id)), id), func(one int64) bool {
		i := x.Issues.Of(one)
		return slices.ContainsFunc(x.Worklogs.Of(one), func(log agile.Worklog) bool {
			return i == nil || !index.WhenWorked(i, log).Before(since)
		})
	})
}

// appendImpediment appends when an impediment was opened, and when its parts were worked on.
func appendImpediment(all []time.Time, x *index.Index, one impediment.Impediment, id int64) []time.Time {
	for _, s := range one.Impeded {
		all = append(all, s.From.Time())
	}
	for _, child := range x.Children.Of(id) {
		for _, log := range x.Worklogs.Of(child) {
			all = append(all, log.Started)
		}
	}
	return all
}
