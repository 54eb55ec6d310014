package measure

import (
	"slices"
	"strings"
	"time"

	"jerem/agile"
)

// initiativePrefix marks the label that names the initiative of an epic.
const initiativePrefix = "Project_"

// noInitiative is what series call the initiative of an epic without one.
const noInitiative = "None"

// EpicWork is the work of an epic at a moment, in the team's unit. Done work stays in the total.
type EpicWork struct {
	Total, Doing, Done      float64
	Unestimated, Dependency int // issues
	Issues                  int
}

// epicWorkOf sums up those issues of an epic that are taken, as they are at a moment, every change at it included.
func (t *Team) epicWorkOf(epic int64, at time.Time, take func(issue int64) bool) EpicWork {
	var w EpicWork
	for _, id := range t.epicWork[epic] {
		if part := t.epicPart(id, epic, at); part.Issues > 0 && take(id) {
			w.add(part)
		}
	}
	return w.tidy()
}

// epicPart is what one issue is of an epic's work at a moment, nothing while it belongs elsewhere.
func (t *Team) epicPart(id, epic int64, at time.Time) EpicWork {
	b, ok := beatAt(t.lives[id], at)
	if !ok || b.epic != epic {
		return EpicWork{}
	}
	s := b.standing()
	w := EpicWork{Total: s.total, Doing: s.doing, Done: s.done, Issues: 1}
	if t.unestimated(id, b, at) {
		w.Unestimated = 1
	}
	if containsFold(t.issues[id].Labels.At(at), dependencyLabel) {
		w.Dependency = 1
	}
	return w
}

func (w *EpicWork) add(o EpicWork) {
	w.Total, w.Doing, w.Done = w.Total+o.Total, w.Doing+o.Doing, w.Done+o.Done
	w.Unestimated, w.Dependency, w.Issues = w.Unestimated+o.Unestimated, w.Dependency+o.Dependency, w.Issues+o.Issues
}

func (w EpicWork) minus(o EpicWork) EpicWork {
	return EpicWork{w.Total - o.Total, w.Doing - o.Doing, w.Done - o.Done, w.Unestimated - o.Unestimated, w.Dependency - o.Dependency, w.Issues - o.Issues}
}

func (w EpicWork) tidy() EpicWork {
	w.Total, w.Doing, w.Done = tidy(w.Total), tidy(w.Doing), tidy(w.Done)
	return w
}

// epicFace is what the series of an epic are labelled with at a moment.
type epicFace struct{ key, summary, quarter, global string }

// faces returns the labels of an epic's series at a moment, one for each quarter that it carries;
// none where it is not an epic of the team.
func (t *Team) faces(i *agile.Issue, at time.Time) []epicFace {
	if t.level(i.Type.At(at)) != 1 || !t.mine(i, i.Project.At(at)) {
		return nil
	}
	var out []epicFace
	labels := i.Labels.At(at)
	for _, l := range labels {
		if t.isQuarter(l) {
			f := epicFace{i.Key.At(at), i.Summary.At(at), l, Initiative(labels)}
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

func (t *Team) isQuarter(label string) bool { return t.labels[label].quarterly }

// Initiative returns the initiative that labels name: the one last in alphabetical order of several,
// None without one.
func Initiative(labels []string) string {
	name := noInitiative
	for _, l := range labels {
		if n, ok := strings.CutPrefix(l, initiativePrefix); ok && n != "" && (name == noInitiative || n > name) {
			name = n
		}
	}
	return name
}

// epicMoments lists the moments up to one at which the labels of an epic's series may change.
func epicMoments(i *agile.Issue, to time.Time) []time.Time {
	times := map[time.Time]bool{}
	put := func(at time.Time) {
		if !at.After(to) && !at.Before(i.Created) {
			times[at.UTC()] = true
		}
	}
	each(i.Key, put)
	each(i.Summary, put)
	each(i.Labels, put)
	each(i.Project, put)
	each(i.Type, put)
	return sortedTimes(times)
}

// epicStep is a change of an epic's work at a moment.
type epicStep struct {
	at time.Time
	by EpicWork
}

// epicSteps lists the changes of an epic's work up to a moment, in order of time.
func (t *Team) epicSteps(epic int64, to time.Time) []epicStep {
	var out []epicStep
	for _, id := range t.epicWork[epic] {
		was := EpicWork{}
		for _, at := range t.partMoments(id, to) {
			is := t.epicPart(id, epic, at)
			if by := is.minus(was); by != (EpicWork{}) {
				out = append(out, epicStep{at, by})
			}
			was = is
		}
	}
	slices.SortStableFunc(out, func(a, b epicStep) int { return a.at.Compare(b.at) })
	return out
}

// partMoments lists the moments up to one at which an issue's part of its epic's work may change.
func (t *Team) partMoments(id int64, to time.Time) []time.Time {
	var out []time.Time
	put := func(at time.Time) {
		if !at.After(to) {
			out = append(out, at.UTC())
		}
	}
	for _, b := range t.lives[id] {
		put(b.at)
	}
	each(t.issues[id].Labels, put)
	if t.unit == agile.Seconds { // an estimated sub-task makes its parent estimated
		for _, child := range t.children[id] {
			each(t.issues[child].Numbers[t.h.Board.Estimate], put)
			each(t.issues[child].Parent, put)
			each(t.issues[child].Type, put)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.Compact(out)
}

func each[T any](tl agile.Timeline[T], put func(time.Time)) {
	for _, s := range tl {
		put(s.From)
	}
}

func sortedTimes(set map[time.Time]bool) []time.Time {
	out := make([]time.Time, 0, len(set))
	for at := range set {
		out = append(out, at)
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}
