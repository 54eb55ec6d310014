package measure

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// QuarterName names a quarter: Q4-26 is the fourth one of 2026. Where a team's year does not begin in
// January, the year is the one in which its first quarter begins.
type QuarterName struct{ Number, Year int }

// String returns the name as Qn-yy.
func (q QuarterName) String() string { return fmt.Sprintf("Q%d-%02d", q.Number, q.Year%100) }

// compare orders quarters by time.
func (q QuarterName) compare(other QuarterName) int {
	return cmp.Or(cmp.Compare(q.Year, other.Year), cmp.Compare(q.Number, other.Number))
}

var quarterForm = regexp.MustCompile(`^[Qq]([1-4])-(\d{2})$`)

// ParseQuarter reads a name as Qn-yy; false where it is none.
func ParseQuarter(text string) (QuarterName, bool) { return quarterBy(quarterForm, text) }

// quarterBy reads a label by a pattern whose first group is the number and whose second is the year.
func quarterBy(pattern *regexp.Regexp, label string) (QuarterName, bool) {
	m := pattern.FindStringSubmatch(label)
	if len(m) < 3 {
		return QuarterName{}, false
	}
	number, err1 := strconv.Atoi(m[1])
	year, err2 := strconv.Atoi(m[2])
	if err1 != nil || err2 != nil || number < 1 || number > 4 || year < 0 || year > 2999 {
		return QuarterName{}, false
	}
	if year < 100 {
		year += 2000
	}
	return QuarterName{number, year}, true
}

// meaning is what a label says of quarters.
type meaning struct {
	quarterly bool // it has the form that the team configured
	named     bool // and it names a quarter
	quarter   QuarterName
}

// learn enters the labels of an issue into the team's book and tells whether any is that of a quarter.
func (t *Team) learn(labels agile.Timeline[[]string]) bool {
	quarterly, form := false, t.h.Team.Quarter.Label
	for _, s := range labels {
		for _, l := range s.Value {
			m, ok := t.labels[l]
			if !ok && form != nil {
				m.quarterly = form.MatchString(l)
				m.quarter, m.named = quarterBy(form, l)
				t.labels[l] = m
			}
			quarterly = quarterly || m.quarterly
		}
	}
	return quarterly
}

// Dates returns the first and the last day of a quarter of the team.
func (t *Team) Dates(q QuarterName) (first, last calendar.Date) {
	month := max(1, int(t.h.Team.Quarter.FirstMonth)) + 3*(q.Number-1)
	from := time.Date(q.Year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	to := from.AddDate(0, 3, -1)
	return calendar.Date{Year: from.Year(), Month: from.Month(), Day: from.Day()}, calendar.Date{Year: to.Year(), Month: to.Month(), Day: to.Day()}
}

// quarterSpan is a quarter in the team's time zone: its first moment, and the first one after it.
type quarterSpan struct {
	name        QuarterName
	first, last calendar.Date
	from, to    time.Time
}

func (t *Team) quarterSpan(q QuarterName) quarterSpan {
	s := quarterSpan{name: q}
	s.first, s.last = t.Dates(q)
	s.from, s.to = s.first.Midnight(t.h.Team.Calendar.Zone), s.last.Add(1).Midnight(t.h.Team.Calendar.Zone)
	return s
}

// instant is the shortest time that is told apart. What ends at a midnight stands as of an instant
// before it: a change at midnight belongs to the day that begins.
const instant = time.Microsecond

// stands returns the moment as of which a quarter stands: the one asked, but at most its end.
func (s quarterSpan) stands(at time.Time) time.Time {
	if at.Before(s.to) {
		return at
	}
	return s.to.Add(-instant)
}

// QuarterAt returns the quarter that a moment lies in.
func (t *Team) QuarterAt(at time.Time) QuarterName {
	day := calendar.DateOf(at, t.h.Team.Calendar.Zone)
	for year := day.Year - 1; ; year++ {
		for number := 1; number <= 4; number++ {
			q := QuarterName{number, year}
			if _, last := t.Dates(q); !last.Before(day) {
				return q
			}
		}
	}
}

// quartersOf returns the quarters that an issue belongs to as an epic of the team at a moment, in order;
// before its creation it has no type, and is none.
func (t *Team) quartersOf(i *agile.Issue, at time.Time) []QuarterName {
	if t.level(i.Type.At(at)) != 1 || !t.mine(i, i.Project.At(at)) {
		return nil
	}
	var out []QuarterName
	for _, l := range i.Labels.At(at) {
		if m := t.labels[l]; m.named && !slices.Contains(out, m.quarter) {
			out = append(out, m.quarter)
		}
	}
	slices.SortFunc(out, QuarterName.compare)
	return out
}
