package moved

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/sorting"
)

// sameStart is how far apart the starts of one sprint, or of one log, may be told.
const sameStart = time.Minute

// identifySprints joins sprints by name and start: what the former site told of one up to the cut with any version that
// the present site ever told, for it may be renamed, or its start be mended, after the move. Those that had a start
// choose first, and each present sprint is one former sprint. One that was renamed before the present site was first
// read is the one in which the issues of both sites are in its place, else the one that starts when it does.
func identifySprints(former, present *agile.History, issues map[int64]int64, cut time.Time) map[int64]int64 {
	m := sprintMatch{former: former.Sprints, present: present.Sprints, cut: cut, ids: map[int64]int64{},
		taken: map[int64]bool{}}
	m.joinWhere(func(was, is agile.Sprint) bool {
		v := lastUntil(was.Versions, cut)
		return !v.Start.IsZero() && slices.ContainsFunc(is.Versions, v.isSameSprint)
	})
	m.joinWhere(func(was, is agile.Sprint) bool {
		return slices.ContainsFunc(is.Versions, lastUntil(was.Versions, cut).isSameSprint)
	})
	if len(m.ids) < len(former.Sprints) {
		counted := votesOfIssues(former, present, issues, m, cut)
		m.joinWhere(func(was, is agile.Sprint) bool { return counted.isMost(was.ID, is.ID) })
		m.joinWhere(func(was, is agile.Sprint) bool {
			start := lastUntil(was.Versions, cut).Start
			return !start.IsZero() && slices.ContainsFunc(is.Versions, func(v agile.SprintVersion) bool {
				return v.Start.Sub(start).Abs() < sameStart
			})
		})
	}
	for _, s := range former.Sprints {
		if m.ids[s.ID] == 0 {
			m.ids[s.ID] = -s.ID
		}
	}
	return m.ids
}

// sprintMatch is which present sprint each former one is, as far as that is found.
type sprintMatch struct {
	former, present []agile.Sprint
	cut             time.Time
	ids             map[int64]int64
	taken           map[int64]bool // present sprints that were found
}

// joinWhere joins each former sprint that was not found yet with the first present one that is the same and is none
// yet.
func (m sprintMatch) joinWhere(same func(was, is agile.Sprint) bool) {
	for _, was := range m.former {
		if m.ids[was.ID] != 0 {
			continue
		}
		n := slices.IndexFunc(m.present, func(is agile.Sprint) bool { return !m.taken[is.ID] && same(was, is) })
		if n >= 0 {
			m.ids[was.ID] = m.present[n].ID
			m.taken[m.present[n].ID] = true
		}
	}
}

// votesOfIssues looks at the issues that were, at the cut, in one sprint that is not found yet on either site.
func votesOfIssues(former, present *agile.History, issues map[int64]int64, m sprintMatch,
	cut time.Time) votes[int64] {
	counted := votes[int64]{}
	for _, i := range former.Issues {
		n, has := agile.PlaceOf(present.Issues, issues[i.ID])
		if !has {
			continue
		}
		was := withoutFound(i.Sprints.At(cut), func(id int64) bool { return m.ids[id] != 0 })
		is := withoutFound(present.Issues[n].Sprints.At(cut), func(id int64) bool { return m.taken[id] })
		if len(was) == 1 && len(is) == 1 {
			counted.add(was[0], is[0])
		}
	}
	return counted
}

func withoutFound(ids []int64, isFound func(id int64) bool) []int64 {
	return slices.DeleteFunc(slices.Clone(ids), isFound)
}

// formerSprint is what the former site told of a sprint when the team left it.
type formerSprint agile.SprintVersion

func (was formerSprint) isSameSprint(is agile.SprintVersion) bool {
	if !strings.EqualFold(strings.TrimSpace(was.Name), strings.TrimSpace(is.Name)) {
		return false
	}
	// One that had no start when it was left may have got one since.
	return was.Start.IsZero() || is.Start.Sub(was.Start).Abs() < sameStart
}

// lastUntil is the last version that was seen up to the cut, or the first one: before any was seen, that one counts.
func lastUntil(versions []agile.SprintVersion, cut time.Time) formerSprint {
	if until := seenUntil(versions, cut, seenSprint); len(until) > 0 {
		return formerSprint(until[len(until)-1])
	}
	return formerSprint{}
}

// joinSprints joins the versions of sprints: what the former site told up to the cut, then what the present one tells.
func joinSprints(former, present *agile.History, ids identities, cut time.Time) []agile.Sprint {
	was := map[int64][]agile.SprintVersion{}
	var out []agile.Sprint
	known := sprintsKnownAt(former, cut)
	for _, s := range former.Sprints {
		now := ids.presentSprint(s.ID)
		switch versions := seenUntil(s.Versions, cut, seenSprint); {
		case len(versions) == 0:
		case now > 0:
			was[now] = versions
		case !s.Versions[0].Seen.After(cut) || versions[0].BegunBy(cut) || known[s.ID]:
			board := -s.OriginBoard
			if s.OriginBoard == ids.board {
				board = ids.boardNow
			}
			out = append(out, agile.Sprint{ID: now, OriginBoard: board, Versions: closedAt(versions, cut)})
		}
	}
	for _, s := range present.Sprints {
		if versions := was[s.ID]; len(versions) > 0 {
			s.Versions = joinVersionsSeen(versions, seenFrom(s.Versions, cut, seenSprint), tellsTheSame)
		}
		out = append(out, s)
	}
	sorting.By(out, func(a, b agile.Sprint) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// closedAt closes the sprint of some versions at the cut, where it was active then: it was left behind, and nobody can
// close it.
func closedAt(versions []agile.SprintVersion, cut time.Time) []agile.SprintVersion {
	last := versions[len(versions)-1]
	if last.StateAt(cut) != agile.Active {
		return versions
	}
	last.Seen, last.State, last.Complete = cut, agile.Closed, cut
	return append(slices.Clip(versions), last)
}

// sprintsKnownAt are the sprints that issues had been in up to the cut: they were there, whenever they were first seen.
func sprintsKnownAt(former *agile.History, cut time.Time) map[int64]bool {
	out := map[int64]bool{}
	for _, i := range former.Issues {
		for _, step := range i.Sprints {
			if step.From.After(cut) {
				break
			}
			for _, id := range step.Value {
				out[id] = true
			}
		}
	}
	return out
}

// tellsTheSame tells whether two versions differ in nothing but when they were seen.
func tellsTheSame(a, b agile.SprintVersion) bool {
	return a.Name == b.Name && a.Goal == b.Goal && a.State == b.State && a.Start.Equal(b.Start) &&
		a.End.Equal(b.End) && a.Complete.Equal(b.Complete)
}

func joinDaysOff(former, present *agile.History, cut time.Time) []agile.DaysOffVersion {
	was := seenUntil(former.DaysOff, cut, seenDaysOff)
	if len(was) == 0 {
		return present.DaysOff
	}
	return joinVersionsSeen(was, seenFrom(present.DaysOff, cut, seenDaysOff),
		func(a, b agile.DaysOffVersion) bool { return a.Text == b.Text })
}

func seenSprint(v *agile.SprintVersion) *time.Time   { return &v.Seen }
func seenDaysOff(v *agile.DaysOffVersion) *time.Time { return &v.Seen }

// seenUntil are the versions that were seen up to the cut. The first one counts before it was seen, so it is one of
// them where the site was first read later; it is dated to the cut then, for later ones the present site tells.
func seenUntil[T any](versions []T, cut time.Time, seen func(*T) *time.Time) []T {
	out := slices.Clone(versions)
	n := 0
	for n < len(out) && !seen(&out[n]).After(cut) {
		n++
	}
	if n == 0 && len(out) > 0 {
		*seen(&out[0]) = cut
		n = 1
	}
	return out[:n]
}

// seenFrom are the versions that counted from the cut on; the one that was seen before it begins with it.
func seenFrom[T any](versions []T, cut time.Time, seen func(*T) *time.Time) []T {
	out := slices.Clone(versions)
	for len(out) > 1 && !seen(&out[1]).After(cut) {
		out = out[1:]
	}
	if len(out) > 0 && seen(&out[0]).Before(cut) {
		*seen(&out[0]) = cut
	}
	return out
}

// joinVersionsSeen puts versions behind former ones; one that tells the same as the one before it is left out.
func joinVersionsSeen[T any](was, is []T, same func(a, b T) bool) []T {
	out := slices.Clip(was)
	for _, v := range is {
		if !same(out[len(out)-1], v) {
			out = append(out, v)
		}
	}
	return out
}
