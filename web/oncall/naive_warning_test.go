package oncall_test

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

type naiveAbsence struct {
	person   string
	from, to naiveDay
}

// naiveSegment is time of a rota in which nothing changes.
type naiveSegment struct {
	rota       string
	start, end time.Time
	naiveTurn
	person, planned string
}

type naiveTurn struct{ version, turn int }

// segmentsOf are the segments of a rota in a span, slot by slot.
func (s *story) segmentsOf(rota string, start, end time.Time) []naiveSegment {
	var out []naiveSegment
	for t := start; t.Before(end); t = t.Add(slot) {
		d := s.dutyAt(rota, t)
		if !d.exists || !d.covered {
			continue
		}
		n := len(out) - 1
		turn := naiveTurn{d.version, d.turn}
		if n >= 0 && out[n].end.Equal(t) && out[n].person == d.person && out[n].planned == d.planned &&
			out[n].naiveTurn == turn {
			out[n].end = t.Add(slot)
			continue
		}
		out = append(out, naiveSegment{rota, t, t.Add(slot), turn, d.person, d.planned})
	}
	return out
}

// laterBy is the time of a zone's clocks some days later.
func laterBy(t time.Time, days int, zone *time.Location) time.Time {
	local := t.In(zone)
	secs := local.Hour()*3600 + local.Minute()*60 + local.Second()
	return clockAt(localDay(t, zone)+naiveDay(days), secs, zone)
}

// warningText is a warning as both sides write it.
func warningText(kind, severity, rota, person string, change int, start, end time.Time) string {
	return fmt.Sprintf("%s %s %s %s %d %s %s", kind, severity, rota, person, change, momentText(&start),
		momentText(&end))
}

// warnings are those of the contract at this moment.
func (s *story) warnings() []string {
	var out []string
	var duties []naiveSegment
	for _, r := range s.rotas {
		end := laterBy(s.office.now, 84, r.zone)
		segments := s.segmentsOf(r.name, s.office.now, end)
		for _, g := range segments {
			if g.person == "" {
				out = append(out, warningText("gap", "warning", r.name, "", 0, g.start, g.end))
				continue
			}
			duties = append(duties, g)
		}
		out = append(out, s.warningsOfSize(r)...)
		out = append(out, s.warningsOfShare(r)...)
		out = append(out, s.warningsOfChanges(r, end)...)
	}
	out = append(out, s.warningsOfPeople(duties)...)
	return append(out, s.warningsOfInterruptions()...)
}

// warningsOfSize tell of a rota of fewer than 5 or more than 10 people, under 3 as an error.
func (s *story) warningsOfSize(r naiveRota) []string {
	now := s.office.now
	i := r.versionAt(now)
	if i < 0 && r.until != 0 && !now.Before(clockAt(r.until+1, 0, r.zone)) {
		return nil // it has ended
	}
	n := len(r.versions[max(i, 0)].people)
	severity := "warning"
	if n < 3 {
		severity = "error"
	}
	switch {
	case n < 5:
		return []string{warningText("few_people", severity, r.name, "", 0, time.Time{}, time.Time{})}
	case n > 10:
		return []string{warningText("many_people", "warning", r.name, "", 0, time.Time{}, time.Time{})}
	}
	return nil
}

// warningsOfShare tell of one person with more than a quarter of the next two rounds of a rota of five or more.
func (s *story) warningsOfShare(r naiveRota) []string {
	now := s.office.now
	i := r.versionAt(now)
	if i < 0 || len(r.versions[i].people) < 5 {
		return nil
	}
	d := s.dutyAt(r.name, now)
	start := r.turnStart(r.versions[i], d.turn)
	seconds, total := map[string]int64{}, int64(0)
	turns, last := 0, naiveTurn{-1, -1}
	t := start
	for ; ; t = t.Add(slot) {
		at := s.dutyAt(r.name, t)
		if !at.exists {
			break
		}
		if turn := (naiveTurn{at.version, at.turn}); turn != last {
			turns, last = turns+1, turn
		}
		if turns > 2*len(r.versions[i].people) {
			break
		}
		if at.covered {
			seconds[at.person] += 900
			total += 900
		}
	}
	var out []string
	for person, n := range seconds {
		if person != "" && 4*n > total {
			out = append(out, warningText("share", "warning", r.name, person, 0, start, t))
		}
	}
	return out
}

// warningsOfChanges tell of changes without effect, and of what was accepted or first read too late.
func (s *story) warningsOfChanges(r naiveRota, end time.Time) []string {
	now := s.office.now
	isAhead := func(t time.Time) bool { return !t.Before(now) && t.Before(end) }
	var out []string
	for _, c := range s.changes {
		start, until := c.inForce()
		if c.rota != r.name || !start.Before(until) {
			continue
		}
		isIdle := false
		for t := start; t.Before(until); t = t.Add(slot) {
			d := s.dutyAt(r.name, t)
			isIdle = isIdle || d.exists && d.covered && !slices.Contains(d.changes, c.id)
		}
		if isIdle && start.Before(end) && now.Before(until) {
			out = append(out, warningText("idle", "warning", r.name, "", c.id, c.start, c.end))
		}
		if isAhead(c.start) && c.start.Before(laterBy(c.answered, 15, r.zone)) {
			out = append(out, warningText("late", "warning", r.name, "", c.id, c.start, c.end))
		}
	}
	for _, v := range r.versions {
		begins := r.turnStart(v, 0)
		if isAhead(begins) && begins.Before(laterBy(s.begun, 15, r.zone)) && r.versionAt(begins) >= 0 {
			out = append(out, warningText("late", "warning", r.name, "", 0, begins, begins))
		}
	}
	return out
}

// warningsOfPeople tell of two duties at once, of duties within an absence, and of two turns with too little rest
// between them, once for each two.
func (s *story) warningsOfPeople(duties []naiveSegment) []string {
	var out []string
	type pair struct {
		person string
		rotas  [2]string
		turns  [2]naiveTurn
	}
	shortest := map[pair][2]time.Time{}
	slices.SortStableFunc(duties, func(a, b naiveSegment) int { return a.start.Compare(b.start) })
	for i, a := range duties {
		for _, x := range s.absences {
			zone := s.person(a.person).zone
			start, end := clockAt(x.from, 0, zone), clockAt(x.to+1, 0, zone)
			if x.person == a.person && start.Before(a.end) && a.start.Before(end) {
				out = append(out, warningText("absence", "warning", a.rota, a.person, 0, later(a.start, start),
					earlier(a.end, end)))
			}
		}
		for j, b := range duties {
			if a.person != b.person || i == j {
				continue
			}
			if j > i && a.rota != b.rota && b.start.Before(a.end) {
				out = append(out, warningText("two_at_once", "warning", b.rota, a.person, 0, b.start,
					earlier(a.end, b.end)))
			}
			isOther := a.rota != b.rota || a.naiveTurn != b.naiveTurn
			rest := b.start.Sub(a.end)
			key := pair{a.person, [2]string{a.rota, b.rota}, [2]naiveTurn{a.naiveTurn, b.naiveTurn}}
			if was, ok := shortest[key]; isOther && rest >= 0 && rest < 11*time.Hour &&
				(!ok || rest < was[1].Sub(was[0])) {
				shortest[key] = [2]time.Time{a.end, b.start}
			}
		}
	}
	for key, span := range shortest {
		out = append(out, warningText("rest", "warning", key.rotas[1], key.person, 0, span[0], span[1]))
	}
	return out
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// warningsOfInterruptions tell, of the last four weeks, of more than two call-outs on duty of one person that start
// within 12 hours; starts that hang together are one.
func (s *story) warningsOfInterruptions() []string {
	var out []string
	for _, p := range s.people {
		var starts []time.Time
		for _, c := range s.callouts {
			isOn := slices.ContainsFunc(s.rotas, func(r naiveRota) bool {
				return s.dutyAt(r.name, c.started.Truncate(slot)).person == p.handle
			})
			since := s.office.now.Sub(c.started)
			if c.person == p.handle && c.verdict != "test" && isOn && since >= 0 && since <= 28*24*time.Hour {
				starts = append(starts, c.started)
			}
		}
		slices.SortFunc(starts, time.Time.Compare)
		first, last := -1, -1
		for i := 2; i < len(starts); i++ {
			if starts[i].Sub(starts[i-2]) >= 12*time.Hour {
				continue
			}
			if last < i-2 && last >= 0 {
				out = append(out, warningText("interruptions", "warning", "", p.handle, 0, starts[first], starts[last]))
				first = -1
			}
			if first < 0 {
				first = i - 2
			}
			last = i
		}
		if first >= 0 {
			out = append(out, warningText("interruptions", "warning", "", p.handle, 0, starts[first], starts[last]))
		}
	}
	return out
}

// compareWarnings holds the warnings that an operator is told to those of the contract.
func (s *story) compareWarnings() {
	var rows []struct {
		Kind, Severity string
		Rota, Person   *string
		Change         *int
		Start, End     *time.Time
	}
	s.office.want(200, s.ask("operator", "GET", "warnings", nil), &rows)
	var got []string
	for _, r := range rows {
		change := 0
		if r.Change != nil {
			change = *r.Change
		}
		at := func(t *time.Time) time.Time {
			if t == nil {
				return time.Time{}
			}
			return *t
		}
		got = append(got, warningText(r.Kind, r.Severity, textOf(r.Rota), textOf(r.Person), change, at(r.Start),
			at(r.End)))
	}
	want := s.warnings()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		missing := slices.DeleteFunc(slices.Clone(want), func(x string) bool { return slices.Contains(got, x) })
		extra := slices.DeleteFunc(slices.Clone(got), func(x string) bool { return slices.Contains(want, x) })
		s.t.Fatalf("warnings at %s, of %d:\nmissing\n%s\nmore than the contract\n%s", s.office.now, len(want),
			strings.Join(missing, "\n"), strings.Join(extra, "\n"))
	}
	for _, w := range want {
		kind, _, _ := strings.Cut(w, " ")
		warned[kind]++
	}
}

// warned counts the warnings that were compared, by kind.
var warned = map[string]int{}
