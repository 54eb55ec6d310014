package timeseries

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/byid"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/measure/internal/recall"
	"jerem/measure/timeseries/sprinttrack"
)

// impededPart is an issue that the tracks of impediments of a sprint rest on: an impediment of it, or what ever had one
// as its parent.
type impededPart struct {
	of      int64 // the impediment whose child it was; 0 for an impediment
	issue   *agile.Issue
	impeded agile.Timeline[bool]
	logs    []agile.Worklog
}

// rememberImpediments fills in the tracks of the impediments of a sprint, with what they rest on. Time is logged of the
// past: closed sprints are looked at too, and made anew where anything of their impediments is another.
func rememberImpediments(m *maker, s begunSprint, one *sprintMemory) {
	list, known := m.team.Impediments, m.former.sprints[s.id]
	sp := sprinttrack.Span(list.Index, 0, s.version, m.now)
	if one.closed && known.closed && known.version == s.version && known.timeUnknown == list.Index.TimeUnknown &&
		!m.differ.isImpedingIn(sp) && !slices.ContainsFunc(known.impeded, impededPart.isNoPart) {
		one.impeded, one.timeUnknown, one.impediments = known.impeded, known.timeUnknown, known.impediments
		return
	}
	own := sprinttrack.ImpedimentsWithin(list, sp)
	one.impeded, one.timeUnknown = impededParts(m, own), list.Index.TimeUnknown
	if one.closed && known.closed && known.version == s.version && known.timeUnknown == one.timeUnknown &&
		slices.EqualFunc(known.impeded, one.impeded, isImpededAlike) {
		one.impediments = known.impediments
		return
	}
	one.impediments = asPoints(sprinttrack.Impediments(list, own, sp, m.now))
	if one.closed && slices.EqualFunc(known.impediments, one.impediments, sprintTrack.saysTheSame) {
		one.impediments = known.impediments
	}
	if slices.ContainsFunc(one.impeded, func(p impededPart) bool { return p.isDatedAhead(list, m.now) }) {
		one.impeded = append(one.impeded, impededPart{of: noPart})
	}
}

// noPart is no issue: what rests on it is computed each time.
const noPart = -1

func (p impededPart) isNoPart() bool { return p.of == noPart }

// impedingWork is what tells which issues count with impediments, and when.
type impedingWork struct {
	issues      *byid.Map[*agile.Issue]
	impediments *byid.Map[impediment.Impediment]
	worklogs    *byid.Map[[]agile.Worklog]
	children    *byid.Map[[]int64]
}

func impedingWorkOf(team *measure.Team) impedingWork {
	x := team.Index
	return impedingWork{x.Issues, team.Impediments.ByIssue, x.Worklogs, x.Children}
}

// counts tells whether work on an issue counts as that of an impediment at some time: its own, or that of an issue
// whose part it ever was.
func (w impedingWork) counts(id int64) bool {
	return slices.ContainsFunc(append(index.ParentsOf(w.issues.Of(id)), id), func(one int64) bool {
		_, is := w.impediments.Get(one)
		return is
	})
}

// appendMoments appends when an issue was worked on, when it became an impediment, and when its parts were worked on.
func (w impedingWork) appendMoments(all []time.Time, id int64) []time.Time {
	for _, one := range append(slices.Clone(w.children.Of(id)), id) {
		for _, log := range w.worklogs.Of(one) {
			all = append(all, log.Started)
		}
	}
	for _, s := range w.impediments.Of(id).Impeded {
		all = append(all, s.From.Time())
	}
	return all
}

// momentsOfImpediments lists in their order the moments by which issues that differ concern the impediments of sprints:
// those of a sprint in whose time none lies are the same, and so is the work that counts with them.
func momentsOfImpediments(former, made memory, differ []int64) (all []time.Time) {
	for _, id := range differ {
		if !former.impeding.counts(id) && !made.impeding.counts(id) {
			continue
		}
		all = made.impeding.appendMoments(former.impeding.appendMoments(all, id), id)
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}

// isImpedingIn tells whether any of the moments of impediments lies in a sprint.
func (d *differing) isImpedingIn(sp index.SprintSpan) bool {
	n, _ := slices.BinarySearchFunc(d.impeding, sp.Start, time.Time.Compare)
	return n < len(d.impeding) && !d.impeding[n].After(sp.End)
}

// impededParts lists what the tracks of some impediments rest on.
func impededParts(m *maker, own []impediment.Impediment) []impededPart {
	x, list := m.team.Index, m.team.Impediments
	parts := make([]impededPart, 0, len(own))
	for _, j := range own {
		parts = append(parts, impededPart{0, j.Issue, j.Impeded, x.Worklogs.Of(j.Issue.ID)})
		for _, child := range x.Children.Of(j.Issue.ID) {
			parts = append(parts, impededPart{j.Issue.ID, x.Issues.Of(child), list.ByIssue.Of(child).Impeded,
				x.Worklogs.Of(child)})
		}
	}
	return parts
}

// isImpededAlike tells whether the tracks of impediments rest on the same of two parts: an issue may have been read
// again because something else of it changed.
func isImpededAlike(a, b impededPart) bool {
	return a.of == b.of && (a.issue == b.issue || a.issue != nil && b.issue != nil && countsAlike(a.issue, b.issue)) &&
		(recall.SamePlace(a.impeded, b.impeded) || slices.Equal(a.impeded, b.impeded)) &&
		(recall.SamePlace(a.logs, b.logs) || slices.Equal(a.logs, b.logs))
}

// countsAlike tells whether two readings of an issue say the same of what it is as an impediment, or as a part of one:
// its natures, and whose sub-task it was.
func countsAlike(a, b *agile.Issue) bool {
	return a.Created.Equal(b.Created) && slices.Equal(a.Type, b.Type) && slices.Equal(a.Parent, b.Parent) &&
		slices.EqualFunc(a.Labels, b.Labels, saysAlike) &&
		slices.EqualFunc(a.Options, b.Options, func(one, other agile.FieldPast[[]string]) bool {
			return one.ID == other.ID && slices.EqualFunc(one.Past, other.Past, saysAlike)
		})
}

func saysAlike(a, b agile.Step[[]string]) bool {
	return a.From.Equal(b.From.Time()) && a.Order == b.Order && slices.Equal(a.Value, b.Value)
}

// isDatedAhead tells whether a part holds something that is not known yet.
func (p impededPart) isDatedAhead(list *impediment.List, now time.Time) bool {
	ahead := false
	put := func(at time.Time) { ahead = ahead || at.After(now) }
	moments.EachChange(p.impeded, put)
	moments.EachOfIssue(p.issue, put)
	for _, l := range p.logs {
		put(l.Created)
		put(l.Started)
	}
	return ahead
}
