package world

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/sim/world/wording"
)

// told follows what a ticket is called, is and belongs to while it changes.
type told struct {
	*ticket
	summary, typ string
	natures      []string
	epic         *ticket
}

// titledSeeds are the companies whose titles are looked at.
func titledSeeds() uint64 {
	if testing.Short() {
		return 1
	}
	return 3
}

// follow replays the acts up to the end and asks after each what a ticket says.
func (w *World) follow(see func(x *told)) {
	all := map[int]*told{}
	for _, a := range w.acts {
		t := w.tickets[a.ticket-1]
		x := all[a.ticket]
		if x == nil {
			x = &told{ticket: t, summary: t.called, typ: t.typ}
			all[a.ticket] = x
		}
		for _, o := range a.ops {
			switch o.do {
			case nature:
				x.natures = o.list
			case retitle:
				x.summary = o.text
			case epicIs:
				x.epic = nil
				if o.n > 0 {
					x.epic = w.tickets[o.n-1]
				}
			}
		}
		see(x)
	}
}

// subjects are what is said of impediments of a nature, by any team.
func (w *World) subjects(n string) []string {
	var out []string
	for _, c := range w.teams {
		out = append(out, c.names.Troubles[n]...)
	}
	return out
}

// TestTitlesFitNatures: whenever an impediment has a nature its title tells one of them and no other one, a bug is of
// the nature Bug, and an incident of the nature Incident.
func TestTitlesFitNatures(t *testing.T) {
	for seed := range titledSeeds() {
		w := New(seed)
		tells := func(x *told, n string) bool {
			return slices.ContainsFunc(w.subjects(n),
				func(s string) bool { return strings.HasPrefix(x.summary, s+" in ") })
		}
		n := 0
		w.follow(func(x *told) {
			if !x.trouble || x.parent != nil {
				return
			}
			n++
			if len(x.natures) > 0 && !slices.ContainsFunc(x.natures, func(n string) bool { return tells(x, n) }) {
				t.Errorf("seed %d: %s of nature %v is called %q", seed, x.title, x.natures, x.summary)
			}
			if !tells(x, x.nature) || x.typ == "Bug" != (x.nature == wording.Bug) ||
				x.typ == "Incident" && x.nature != wording.Incident {
				t.Errorf("seed %d: the %s %s is called %q", seed, x.typ, x.title, x.summary)
			}
		})
		if n < 500 {
			t.Errorf("seed %d: only %d acts of impediments", seed, n)
		}
	}
	w := New(1)
	for _, a := range natures {
		for _, b := range natures {
			for _, s := range w.subjects(a) {
				if a != b && slices.Contains(w.subjects(b), s) {
					t.Errorf("%q tells both %s and %s", s, a, b)
				}
			}
		}
	}
}

// TestTitlesFitEpics: at every moment a story's title begins with the theme of its epic, a ticket outside of epics with
// no theme at all, and a sub-task's with its parent's.
func TestTitlesFitEpics(t *testing.T) {
	for seed := range titledSeeds() {
		w := New(seed)
		theme := func(x *told) string {
			for _, c := range w.teams {
				for _, th := range c.names.Themes {
					if strings.HasPrefix(x.summary, th.Name+": ") {
						return th.Name
					}
				}
			}
			return ""
		}
		seen := map[string]int{}
		w.follow(func(x *told) {
			if x.typ == "Epic" || x.parent != nil || x.trouble {
				return
			}
			want := ""
			if x.epic != nil {
				want = x.epic.theme.Name
				if !strings.HasPrefix(x.epic.summary, want) {
					t.Errorf("the epic %q is of the theme %q", x.epic.summary, want)
				}
			}
			seen[want]++
			if got := theme(x); got != want {
				t.Errorf("seed %d: %s %q is of theme %q and belongs to an epic of %q", seed, x.title, x.summary, got,
					want)
			}
		})
		if len(seen) < 20 {
			t.Errorf("seed %d: only %d themes", seed, len(seen))
		}
		for _, x := range w.tickets {
			if x.parent != nil && !strings.HasPrefix(x.summary, x.parent.summary+subMark) {
				t.Errorf("seed %d: the sub-task %q belongs to %q", seed, x.summary, x.parent.summary)
			}
		}
	}
}

// TestSprintsSayWhatTheyDo: the goal of a sprint is about an epic of its team that has work in it when it begins, and a
// renamed one is named after the same.
func TestSprintsSayWhatTheyDo(t *testing.T) {
	w := New(DefaultSeed)
	about, upkeep := 0, 0
	for _, s := range w.sprints {
		th, part, found := strings.Cut(s.goal, ": ")
		if s.goal == "" {
			t.Errorf("%s has no goal", s.name)
		}
		if !found {
			upkeep++
			if s.newName != "" && !strings.HasSuffix(s.newName, ": upkeep") {
				t.Errorf("%s is renamed %q, its goal is %q", s.name, s.newName, s.goal)
			}
			continue
		}
		about++
		if s.newName != "" && s.newName != s.name+": "+th {
			t.Errorf("%s is renamed %q, its goal is %q", s.name, s.newName, s.goal)
		}
		if !slices.ContainsFunc(s.crew.names.Themes, func(x wording.Theme) bool { return x.Name == th }) {
			t.Errorf("%s is about another team's %q", s.name, th)
		}
		if s.start.Before(w.Clock) && !w.holds(s, th, part) {
			t.Errorf("%s: nothing in it is about %q", s.name, s.goal)
		}
	}
	if about < 60 || upkeep > about/5 {
		t.Errorf("%d goals are about epics, %d about upkeep", about, upkeep)
	}
}

// holds tells whether a ticket that was ever put into a sprint is about a theme and a part that a goal names.
func (w *World) holds(s *sprint, th, goal string) bool {
	k := w.keepBooks(w.End, s.start)
	for n := range k.accounts[s.id].members {
		t := w.tickets[n-1]
		if t.theme.Name == th && strings.Contains(goal, t.part) {
			return true
		}
	}
	return false
}

// TestWorkOnWorkingDays: what is worked on days off is an incident, nobody writes down more than a day for a day, and
// nothing is worked before it is thought of by more than a night.
func TestWorkOnWorkingDays(t *testing.T) {
	w := New(DefaultSeed)
	logs := 0
	for _, a := range w.acts {
		x := w.tickets[a.ticket-1]
		for _, o := range a.ops {
			if o.do != logWork && o.do != relog {
				continue
			}
			logs++
			local := o.on.In(x.home.zone)
			day := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
			works := slices.ContainsFunc(w.teams,
				func(c *crew) bool { return c.worksOn(day) }) // it may have been another team's then
			if !works && x.nature != wording.Incident {
				t.Errorf("%s %q is worked on on %v", x.title, x.summary, local)
			}
			if o.amount > 10*3600 || o.amount <= 0 {
				t.Errorf("%s: %v h in one worklog", x.title, o.amount/3600)
			}
			if o.on.After(a.at) {
				t.Errorf("%s: work of %v is written down on %v", x.title, o.on, a.at)
			}
			if x.born.Sub(o.on) > 36*time.Hour {
				t.Errorf("%s: worked on %v, created on %v", x.title, o.on, x.born)
			}
		}
	}
	if logs < 1000 {
		t.Errorf("only %d worklogs", logs)
	}
}

// TestOutlooks: in the company that is shown one team is well ahead of its quarter and ends it with next to nothing
// left, one has hardly a day to spare and one is far behind, when one meets it and at the end.
func TestOutlooks(t *testing.T) {
	w := New(DefaultSeed)
	book := func(team string, at time.Time) QuarterBook {
		for _, q := range w.Books(team, at, at).Quarters {
			if q.Name == "Q4-26" {
				return q
			}
		}
		return QuarterBook{}
	}
	end := time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		team              string
		low, high         int     // slack when one meets it
		lowLeft, highLeft float64 // share that remains at the end
	}{{"K8S", 8, 40, 0, 0.05}, {"NET", -1, 2, 0.05, 0.2}, {"OB", -40, -8, 0.15, 0.5}} {
		now, last := book(c.team, w.Clock), book(c.team, end)
		if now.Slack == nil || *now.Slack < c.low || *now.Slack > c.high {
			t.Errorf("%s: slack %v, want %d to %d", c.team, now.Slack, c.low, c.high)
		}
		if left := last.Remaining / last.Total; left < c.lowLeft || left > c.highLeft {
			t.Errorf("%s: %.0f %% remain at the end", c.team, 100*left)
		}
	}
}
