package sync

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"math"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/sim/world"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/sync/synctest"
)

// worldTeams are the teams of a world as a configuration would have them.
func worldTeams(t *testing.T, w *world.World) []agile.Team {
	t.Helper()
	var out []agile.Team
	for _, x := range w.Teams() {
		zone, err := time.LoadLocation(x.Zone)
		if err != nil {
			t.Fatal(err)
		}
		conf := synctest.Team(x.Key, 0)
		conf.Calendar.Zone = zone
		conf.Calendar.Off = func(d calendar.Date) bool { return slices.Contains(x.DaysOff, d.String()) }
		conf.Impediment.Types = x.Types
		conf.Quarter.Label = regexp.MustCompile(`^Q([1-4])-(\d{2})$`)
		out = append(out, conf)
	}
	return out
}

// worldRig is a bot before a world whose clock a test moves.
func worldRig(t *testing.T, w *world.World, site *jirasim.Site) (*rig, *synctest.Clock) {
	t.Helper()
	c := &synctest.Clock{}
	c.Set(w.Clock)
	sim := jirasim.NewServer(site, jirasim.Options{Email: "bot@example.org", Token: "token", Now: c.Now})
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	path := filepath.Join(t.TempDir(), "jerem.db")
	s, err := store.Open(context.Background(), storetest.EmptyFile(t, path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &rig{
		sim,
		&Reader{
			Jira:  synctest.NewClient(t, server.URL),
			Store: s,
			Teams: worldTeams(t, w),
			Now:   time.Now,
			Log:   slog.New(slog.DiscardHandler),
		},
		path,
		server.URL,
	}, c
}

// known reads and returns what is known of every team.
func (r *rig) known(t *testing.T) []*measure.Team {
	t.Helper()
	if _, err := r.reader.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	var out []*measure.Team
	for _, conf := range r.reader.Teams {
		h, err := r.reader.Store.Teams.History(t.Context(), conf)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, measure.Of(h))
	}
	return out
}

// sheet is a list of figures by name, to be laid beside another.
type sheet map[string]string

func (s sheet) put(name string, x any) {
	switch v := x.(type) {
	case float64:
		s[name] = strconv.FormatFloat(math.Round(v*1e6)/1e6+0, 'f', -1, 64)
	case *float64:
		s[name] = "none"
		if v != nil {
			s.put(name, *v)
		}
	case *int:
		s[name] = "none"
		if v != nil {
			s.put(name, *v)
		}
	default:
		s[name] = fmt.Sprint(v)
	}
}

func (s sheet) puts(prefix string, figures map[string]any) {
	for name, x := range figures {
		s.put(prefix+name, x)
	}
}

// booked writes the figures of the world's books.
func booked(b world.Books) sheet {
	s := sheet{}
	for _, x := range b.Sprints {
		if !x.Begun {
			continue
		}
		s.puts(
			fmt.Sprintf("sprint %d ", x.ID),
			map[string]any{"commitment": x.Commitment, "added": x.Added, "removed": x.Removed,
				"reestimated": x.Reestimated, "ledger completed": x.LedgerCompleted, "reopened": x.Reopened,
				"remaining": x.Remaining,
				"completed": x.Completed, "outside": x.CompletedOutside, "scope": x.Scope, "kept": x.Kept,
				"todo": x.ToDo.Estimate, "todo issues": x.ToDo.Issues,
				"doing": x.Doing.Estimate, "doing issues": x.Doing.Issues, "done": x.Done.Estimate,
				"done issues": x.Done.Issues,
				"unestimated": x.Unestimated, "dependency": x.Dependency, "impediments": x.Trouble.Count,
				"seconds":      x.Trouble.Seconds,
				"without time": x.Trouble.WithoutTime, "all seconds": x.Trouble.AllSeconds, "closed": x.Closed},
		)
		for n, v := range x.Trouble.ByNature {
			s.put(fmt.Sprintf("sprint %d nature %s", x.ID, n), fmt.Sprint(v.Count, " ", v.Seconds))
		}
		for d, v := range x.Trouble.Daily {
			s.put(fmt.Sprintf("sprint %d on %s", x.ID, d), v)
		}
	}
	for _, q := range b.Quarters {
		s.puts(
			q.Name+" ",
			map[string]any{
				"total":              q.Total,
				"done":               q.Done,
				"doing":              q.Doing,
				"todo":               q.ToDo,
				"remaining":          q.Remaining,
				"baseline":           q.Baseline,
				"growth":             q.Growth,
				"progression":        q.Progression,
				"velocity":           q.Velocity,
				"days left":          q.DaysLeft,
				"days to complete":   q.DaysToComplete,
				"slack":              q.Slack,
				"average completion": q.AverageCompletion,
				"average impediment": q.AverageImpediment,
			},
		)
		s.puts(q.Name+" velocity ", map[string]any{"low": q.Slowest, "high": q.Fastest})
		for n, x := range q.Weeks {
			s.puts(q.Name+" "+n+" ", map[string]any{"total": x.Total, "done": x.Done})
		}
		for _, e := range q.Epics {
			s.puts(
				q.Name+" "+e.Key+" ",
				map[string]any{"total": e.Total, "done": e.Done, "doing": e.Doing, "unestimated": e.Unestimated,
					"dependency": e.Dependency, "initiative": e.Initiative, "carried": e.Carried},
			)
		}
	}
	return s
}

// measured writes the same figures as the program computes them.
func measured(t *testing.T, team *measure.Team, at time.Time) sheet {
	t.Helper()
	s := sheet{}
	for _, h := range team.Sprints(at) {
		x, err := team.Sprint(h.ID, at)
		if err != nil {
			t.Fatal(err)
		}
		if l := x.Ledger; l != nil {
			s.puts(
				fmt.Sprintf("sprint %d ", h.ID),
				map[string]any{"commitment": l.Commitment, "added": l.Added, "removed": l.Removed,
					"reestimated": l.Reestimated, "ledger completed": l.Completed, "reopened": l.Reopened,
					"remaining": l.Remaining,
					"completed": x.Completed, "outside": x.CompletedOutside, "scope": x.Scope, "kept": x.Kept,
					"todo": x.ToDo.Estimate, "todo issues": x.ToDo.Issues,
					"doing": x.Doing.Estimate, "doing issues": x.Doing.Issues, "done": x.Done.Estimate,
					"done issues": x.Done.Issues,
					"unestimated": x.Unestimated, "dependency": x.Dependency, "impediments": x.Impediments.Count,
					"seconds":      x.Impediments.Seconds,
					"without time": x.Impediments.WithoutTime, "all seconds": x.Impediments.LoggedSeconds,
					"closed": h.State == agile.Closed},
			)
			for _, n := range x.Impediments.ByNature {
				s.put(fmt.Sprintf("sprint %d nature %s", h.ID, n.Nature), fmt.Sprint(n.Count, " ", n.Seconds))
			}
			for _, d := range x.Impediments.Daily {
				s.put(fmt.Sprintf("sprint %d on %s", h.ID, d.Date), d.Seconds)
			}
		}
	}
	for _, head := range team.Quarters(at) {
		name, _ := measure.ParseQuarter(head.Quarter)
		q := team.Quarter(name, at)
		var velocity *float64
		var low, high float64
		if q.Velocity != nil {
			velocity, low, high = &q.Velocity.Median, q.Velocity.Low, q.Velocity.High
		}
		s.puts(
			head.Quarter+" ",
			map[string]any{
				"total":              q.Total,
				"done":               q.Done,
				"doing":              q.Doing,
				"todo":               q.ToDo,
				"remaining":          q.Remaining,
				"baseline":           q.Baseline,
				"growth":             q.Growth,
				"progression":        q.Progression,
				"velocity":           velocity,
				"days left":          q.WorkingDaysLeft,
				"days to complete":   q.DaysToComplete,
				"slack":              q.SlackDays,
				"average completion": q.AverageCompletion,
				"average impediment": q.AverageImpediment,
			},
		)
		s.puts(head.Quarter+" velocity ", map[string]any{"low": low, "high": high})
		for _, x := range q.Weekly {
			s.puts(head.Quarter+" "+x.Week+" ", map[string]any{"total": x.Total, "done": x.Done})
		}
		for _, e := range q.Epics {
			initiative := ""
			if e.Initiative != nil {
				initiative = *e.Initiative
			}
			s.puts(
				head.Quarter+" "+e.Key+" ",
				map[string]any{"total": e.Total, "done": e.Done, "doing": e.Doing, "unestimated": e.Unestimated,
					"dependency": e.Dependency, "initiative": initiative, "carried": e.CarriedOver},
			)
		}
	}
	return s
}

// difference lists where two sheets differ, "" where they do not.
func difference(got, want sheet) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			out = append(out, fmt.Sprintf("%s: %q, the books say %q", name, got[name], want[name]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			out = append(out, fmt.Sprintf("%s: %q, the books say nothing", name, got[name]))
		}
	}
	if n := len(out); n > 12 {
		out = append(out[:12], fmt.Sprintf("and %d more", n-12))
	}
	return strings.Join(out, "\n")
}

// worldSeeds are the worlds that are tried: JEREM_WORLDS says how many.
func worldSeeds(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("JEREM_WORLDS"))
	if err != nil {
		return 2
	}
	return n
}

// moments chooses moments up to one: the latest, some at and around closes and starts, quarter ends, others at
// random.
func moments(w *world.World, read time.Time, r *rand.Rand) []time.Time {
	out := []time.Time{read}
	var marks []time.Time
	for _, team := range w.Teams() {
		for _, s := range w.Books(team.Key, read, read).Sprints {
			if s.Begun {
				marks = append(marks, s.Start)
			}
		}
	}
	for _, c := range w.Closes() {
		if !c.After(read) {
			marks = append(marks, c, c.Add(-time.Second))
		}
	}
	for range 4 {
		out = append(out, marks[r.IntN(len(marks))])
	}
	for _, q := range []time.Time{time.Date(2026, 9, 30, 22, 0, 0, 0, time.UTC), time.Date(2026, 12, 31, 23, 0, 0,
		0, time.UTC), time.Date(2027, 4, 1, 3, 0, 0, 0, time.UTC)} {
		if q.Before(read) {
			out = append(out, q, q.Add(-time.Microsecond))
		}
	}
	for range 4 {
		out = append(out, w.Begin.Add(time.Duration(r.Int64N(int64(read.Sub(w.Begin))))).Truncate(time.Second))
	}
	return out
}

// TestWorldFigures: every figure of every sprint and quarter, at many moments, is the one that the company's own
// books hold.
func TestWorldFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays a company for weeks")
	}
	t.Parallel()
	for seed := range worldSeeds(t) {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			w := world.New(uint64(seed) + 1)
			site, err := w.Site()
			if err != nil {
				t.Fatal(err)
			}
			random := rand.New(rand.NewPCG(uint64(seed), 1))
			figures := 0
			for _, read := range []time.Time{w.Clock,
				w.Clock.Add(time.Duration(random.Int64N(int64(200 * 24 * time.Hour)))).Truncate(time.Second)} {
				r, c := worldRig(t, w, site)
				c.Set(read)
				for i, team := range r.known(t) {
					for _, at := range moments(w, read, random) {
						want := booked(w.Books(w.Teams()[i].Key, read, at))
						figures += len(want)
						if d := difference(measured(t, team, at), want); d != "" {
							t.Fatalf("%s at %v, read at %v:\n%s", w.Teams()[i].Key, at, read, d)
						}
					}
				}
			}
			t.Logf("%d figures", figures)
		})
	}
}

// withoutSprintOdds leaves the odds of sprints out of an export: they are odds of the end that was planned at each
// moment, and Jira tells nobody who comes later that it was moved.
func withoutSprintOdds(export string) string {
	var b strings.Builder
	odds := false
	for line := range strings.Lines(export) {
		if !strings.HasPrefix(line, "=") { // which goes on with the series before it
			odds = strings.Contains(line, "jerem.agile.sprint.forecast.odds{")
		}
		if !odds {
			b.WriteString(line)
		}
	}
	return b.String()
}

// TestWorldFollowed: a bot that follows the company in steps knows at the end what one knows that reads everything
// then, and all of it is in the books.
func TestWorldFollowed(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays a company for weeks")
	}
	t.Parallel()
	for seed := range worldSeeds(t) - 1 {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			w := world.New(uint64(seed) + 1)
			site, err := w.Site()
			if err != nil {
				t.Fatal(err)
			}
			follower, c := worldRig(t, w, site)
			random := rand.New(rand.NewPCG(uint64(seed), 2))
			now := w.Clock
			for step := range 36 {
				now = now.Add(time.Duration(1+random.IntN(72)) * time.Hour)
				c.Set(now)
				if step%12 != 11 {
					if _, err := follower.reader.Collect(t.Context(), false); err != nil {
						t.Fatal(err)
					}
					continue
				}
				followed := follower.known(t)
				reader, clock := worldRig(t, w, site)
				clock.Set(now)
				for i, team := range reader.known(t) {
					if got, want := withoutSprintOdds(synctest.Export(t, followed[i])),
						withoutSprintOdds(synctest.Export(t, team)); got != want {
						t.Fatalf("%s at %v: %s", w.Teams()[i].Key, now, synctest.FirstDifference(got, want))
					}
					if d := difference(measured(t, followed[i], now), booked(w.Books(w.Teams()[i].Key, now,
						now))); d != "" {
						t.Fatalf("%s at %v:\n%s", w.Teams()[i].Key, now, d)
					}
				}
			}
		})
	}
}

// TestWorldConservation: at every event of every sprint what the ledger leaves is what a recount gives, and every
// history joins.
func TestWorldConservation(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays a company for weeks")
	}
	t.Parallel()
	for seed := range worldSeeds(t) {
		w := world.New(uint64(seed) + 1)
		site, err := w.Site()
		if err != nil {
			t.Fatal(err)
		}
		r, c := worldRig(t, w, site)
		c.Set(w.Clock.AddDate(0, 1, 0))
		events := 0
		for _, team := range r.known(t) {
			events += conserved(t, team)
		}
		for _, conf := range r.reader.Teams {
			h, err := r.reader.Store.Teams.History(t.Context(), conf)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range h.Issues {
				if i.Broken.Total() > 0 {
					t.Errorf("seed %d: the history of %s does not join", seed, i.Key.Last())
				}
			}
		}
		if events < 500 {
			t.Errorf("seed %d: %d events were checked, a company has more", seed, events)
		}
	}
}
