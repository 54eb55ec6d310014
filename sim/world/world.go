package world

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"time"

	jirasim "jerem/sim/jira"
	"jerem/sorting"
)

// DefaultSeed is the company that is shown when nobody asks for another.
const DefaultSeed = 2

// Name is what the company is called where one is chosen by name.
const Name = "cloud"

// Unit is what a team estimates in.
type Unit string

// The units of the teams.
const (
	Points  Unit = "points"
	Seconds Unit = "seconds"
	Issues  Unit = "issues" // nothing is estimated, each counts one
)

// Team is what a configuration must say for its figures to be those of the books.
type Team struct {
	Key, Name string // of its project
	Board     int64
	Unit      Unit
	Kanban    bool     // its board has no sprints
	Zone      string   // IANA time zone of its calendar
	DaysOff   []string // dates, weekends aside
	Types     []string // issue types that are impediments beside the label "impediment"
}

// World is a company from its first day to its last. It does not change once made.
type World struct {
	Seed       uint64
	Begin, End time.Time // of its story
	Clock      time.Time // where it is when one meets it: in mid-sprint, in mid-quarter
	teams      []*crew
	tickets    []*ticket
	sprints    []*sprint
	acts       []act // in order of time
}

// sprint is a sprint as it was planned and as it went.
type sprint struct {
	id            int
	crew          *crew
	name, goal    string
	created       time.Time
	start, end    time.Time
	closed        time.Time
	renamed       time.Time
	newName       string
	moved, newEnd time.Time
	next          *sprint
}

// New makes the company of a seed. One seed makes the same company always.
func New(seed uint64) *World {
	g := &generator{world: &World{Seed: seed}, rand: rand.New(rand.NewPCG(seed, 0x6a6572656d)),
		words: rand.New(rand.NewPCG(seed, 0x776f726473)), used: map[int64]bool{}, drawn: map[string]bool{},
		titles: map[string]bool{}}
	g.foundCompany()
	g.playLife()
	liveKanbanDay(g)
	sorting.By(g.world.acts, func(a, b act) int { return a.at.Compare(b.at) })
	return g.world
}

// Teams returns the teams, in the order of their boards.
func (w *World) Teams() []Team {
	var out []Team
	for _, c := range w.teams {
		out = append(out, c.Team)
	}
	return out
}

// Site returns the company's Jira, to be served.
func (w *World) Site() (*jirasim.Site, error) {
	return jirasim.LoadScenario(fmt.Sprintf("world %s-%d", Name, w.Seed), w.Story())
}

// Story returns the company's life as sim/jira/FORMAT.md describes it.
func (w *World) Story() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "A simulated company: four teams, drawn from seed %d.\n\n", w.Seed)
	fmt.Fprintf(&b, "-- site --\ntitle \"Example Cloud\"\nzone Europe/Paris\nclock %s\n", w.Clock.Format(time.RFC3339))
	b.WriteString("-- types --\n10000 Epic 1\n10001 Story 0\n10002 Task 0\n10003 Sub-task -1\n10004 Bug 0\n10005 " +
		"Incident 0\n")
	b.WriteString("-- fields --\npoints customfield_10036 number \"Story Points\"\nnature customfield_11028 " +
		"multiselect \"Nature of impediment\" " +
		"Support Incident Bug Infrastructure Security\n")
	for _, c := range w.teams {
		kind := "scrum"
		if c.Kanban {
			kind = "kanban"
		}
		fmt.Fprintf(&b, "-- board %d %s %s %q --\n", c.Board, kind, c.Key, c.Name)
		if c.Unit == Seconds {
			b.WriteString("estimate timeoriginalestimate\n")
		}
		b.WriteString("column \"To Do\": open\ncolumn \"In Progress\": doing\ncolumn \"In Review\": review\ncolumn " +
			"\"Done\": done\n")
	}
	b.WriteString("-- sprints --\n")
	for _, s := range w.sprints {
		b.WriteString(s.storyLine())
	}
	w.writeIssues(&b)
	return b.Bytes()
}

func (s *sprint) storyLine() string {
	m := func(t time.Time) string { return t.Format(time.RFC3339) }
	out := fmt.Sprintf("%d %q %s .. %s board=%d created %s goal=%q", s.id, s.name, m(s.start), m(s.end), s.crew.Board,
		m(s.created), s.goal)
	if !s.renamed.IsZero() {
		out += fmt.Sprintf(" renamed %s %q", m(s.renamed), s.newName)
	}
	if !s.moved.IsZero() {
		out += fmt.Sprintf(" moved %s .. %s", m(s.moved), m(s.newEnd))
	}
	if !s.closed.IsZero() {
		out += " closed " + m(s.closed)
	}
	if s.next != nil {
		out += fmt.Sprintf(" next=%d", s.next.id)
	}
	return out + "\n"
}

// LastSprint returns the moment up to which every team that works in sprints has one.
func (w *World) LastSprint() time.Time {
	out := w.End
	for _, c := range w.teams {
		if n := len(c.sprints); n > 0 && c.sprints[n-1].closed.Before(out) {
			out = c.sprints[n-1].closed
		}
	}
	return out
}

// MeetOn has one meet the company on a later day, with all that came until then behind it; it is false where its story
// does not go on for so long, or begins later.
func (w *World) MeetOn(day time.Time) bool {
	at := w.teams[0].clockTime(day, w.Clock.Hour(), w.Clock.Minute())
	if at.Before(w.Clock) || !at.Before(w.LastSprint()) {
		return false
	}
	w.Clock = at
	return true
}

// Closes returns when sprints are closed, in the order of their plans.
func (w *World) Closes() []time.Time {
	var out []time.Time
	for _, s := range w.sprints {
		out = append(out, s.closed)
	}
	return out
}
