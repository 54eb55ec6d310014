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

// epicWorkAt sums up the issues that belong to an epic at a moment, every change at it included.
func (t *Team) epicWorkAt(epic int64, at time.Time) EpicWork {
	return t.epicWorkOf(epic, at, func(int64) bool { return true })
}

// epicWorkOf sums up those of its issues that are taken.
func (t *Team) epicWorkOf(epic int64, at time.Time, take func(issue int64) bool) EpicWork {
	var w EpicWork
	for _, id := range t.epicWork[epic] {
		b, ok := beatAt(t.lives[id], at)
		if !ok || !b.counts || b.epic != epic || !take(id) {
			continue
		}
		w.Issues++
		w.Total += b.points()
		switch b.state {
		case Done:
			w.Done += b.points()
		case Doing:
			w.Doing += b.points()
		}
		if t.unestimated(id, b, at) {
			w.Unestimated++
		}
		if containsFold(t.issues[id].Labels.At(at), dependencyLabel) {
			w.Dependency++
		}
	}
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

func (t *Team) isQuarter(label string) bool {
	re := t.h.Team.Quarter.Label
	return re != nil && re.MatchString(label)
}

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

// epicMoments lists the moments up to one at which anything of an epic's series may change.
func (t *Team) epicMoments(i *agile.Issue, to time.Time) []time.Time {
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
	for _, id := range t.epicWork[i.ID] {
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
	}
	return sortedTimes(times)
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
