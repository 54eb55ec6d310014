package roadmap

import (
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/sorting"
)

// Marks are what tells the quarters of epics, by the rule of their team: labels, names of versions, or the quarters of
// due dates. Those that have not the form of a quarter's are among them.
type Marks struct {
	history *agile.History
	// byIssue are the names of versions, or the quarters of due dates, of issues that have any; labels are marks as
	// they are.
	byIssue  map[int64]agile.Timeline[[]string]
	meanings map[string]markMeaning // of every mark that any epic ever carried
}

// markMeaning is what a mark of an epic says of quarters: a label, the name of a version, or the quarter of a due date.
type markMeaning struct {
	quarterly bool // it has the form that the team configured
	named     bool // and it names a quarter
	quarter   QuarterName
}

func newMarks(h *agile.History) Marks {
	return Marks{history: h, byIssue: map[int64]agile.Timeline[[]string]{}, meanings: map[string]markMeaning{}}
}

// withoutIssues returns the marks of a history that differs from m's in some issues, whose marks are to be entered
// anew.
func (m Marks) withoutIssues(changed []int64, h *agile.History) Marks {
	out := Marks{history: h, byIssue: maps.Clone(m.byIssue), meanings: maps.Clone(m.meanings)}
	for _, id := range changed {
		delete(out.byIssue, id)
	}
	return out
}

// enterEpic takes up what tells the quarters of an epic, and tells whether it ever carried the mark of one.
func (m Marks) enterEpic(i *agile.Issue) bool {
	switch m.history.Team.Quarter.By {
	case agile.ByFixVersion:
		m.byIssue[i.ID] = marksBy(i.FixVersions, func(ids []string) []string { return versionNames(m.history, ids) })
	case agile.ByDueDate:
		m.byIssue[i.ID] = marksBy(i.Due, m.nameOfDueQuarter)
	}
	return m.enterMeanings(m.Of(i))
}

// marksBy makes marks of the values of a timeline.
func marksBy[T any](tl agile.Timeline[T], marks func(T) []string) agile.Timeline[[]string] {
	out := make(agile.Timeline[[]string], 0, len(tl))
	for _, s := range tl {
		out = append(out, agile.Step[[]string]{From: s.From, Order: s.Order, Value: marks(s.Value)})
	}
	return out
}

// versionNames returns the present names of versions: Jira tells none that they had before.
func versionNames(h *agile.History, ids []string) (names []string) {
	for _, id := range ids {
		names = append(names, h.Versions[id])
	}
	return names
}

// QuarterOfDue returns the quarter in which an epic is due. It is false without a day, and for one of another century.
func QuarterOfDue(rule agile.QuarterRule, due calendar.Date) (q QuarterName, ok bool) {
	q = QuarterOfDay(rule, due)
	return q, q.isOfThisCentury()
}

// nameOfDueQuarter returns the name of the quarter in which an epic is due, and takes up what it means.
func (m Marks) nameOfDueQuarter(due calendar.Date) []string {
	q, ok := QuarterOfDue(m.history.Team.Quarter, due)
	if !ok {
		return nil
	}
	m.meanings[q.String()] = markMeaning{quarterly: true, named: true, quarter: q}
	return []string{q.String()}
}

// enterMeanings takes up what marks mean, and tells whether any has the form of a quarter's.
func (m Marks) enterMeanings(marks agile.Timeline[[]string]) bool {
	quarterly := false
	for _, s := range marks {
		for _, mark := range s.Value {
			meaning, known := m.meanings[mark]
			if form := m.history.Team.Quarter.Label; !known && form != nil {
				meaning.quarterly = form.MatchString(mark)
				meaning.quarter, meaning.named = quarterBy(form, mark)
				m.meanings[mark] = meaning
			}
			quarterly = quarterly || meaning.quarterly
		}
	}
	return quarterly
}

// Of returns what tells the quarters of an epic: each label, each name of a version, or the quarter of its due date.
func (m Marks) Of(i *agile.Issue) agile.Timeline[[]string] {
	if m.history.Team.Quarter.Field() == agile.FieldLabels {
		return i.Labels
	}
	return m.byIssue[i.ID]
}

// At returns the marks of an epic at a moment that have the form that the team configured for quarters, whether or not
// they name one, in the order in which the epic carries them.
func (m Marks) At(i *agile.Issue, at time.Time) (marks []string) {
	for _, mark := range m.Of(i).At(at) {
		if m.meanings[mark].quarterly {
			marks = append(marks, mark)
		}
	}
	return marks
}

// Quarter returns the quarter that a mark names, false for none.
func (m Marks) Quarter(mark string) (QuarterName, bool) {
	meaning := m.meanings[mark]
	return meaning.quarter, meaning.named
}

// quartersAt returns the quarters whose marks an epic carries at a moment, in order.
func (m Marks) quartersAt(i *agile.Issue, at time.Time) []QuarterName {
	var out []QuarterName
	for _, mark := range m.Of(i).At(at) {
		if quarter, named := m.Quarter(mark); named && !slices.Contains(out, quarter) {
			out = append(out, quarter)
		}
	}
	sorting.By(out, QuarterName.Compare)
	return out
}

// everNamed tells whether an epic ever carried a mark of a quarter.
func (m Marks) everNamed(i *agile.Issue, q QuarterName) bool {
	return slices.ContainsFunc(m.Of(i), func(s agile.Step[[]string]) bool {
		return slices.ContainsFunc(s.Value, func(mark string) bool {
			quarter, named := m.Quarter(mark)
			return named && quarter == q
		})
	})
}
