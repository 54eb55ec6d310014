package duty

import (
	"cmp"
	"math/rand/v2"
	"time"

	"jerem/sim/world"
	"jerem/sorting"
)

// Company is on-call of a simulated company. It does not change once made.
type Company struct {
	Begin time.Time // when the configuration is first read
	teams []*team
	acts  []Act
}

// The people beside those of the rotas.
const (
	Operator  = "operator"  // sets changes for others
	Treasurer = "treasurer" // approves the statements
)

// Person is a made-up person of a rota.
type Person struct {
	Handle, Team string // the team as the configuration names it
	Login        string
	Payroll      string
	until        string // the last day, "" for none
}

// team is a team with its rota.
type team struct {
	name     string // as the configuration labels it
	key      string // of its project
	rota     string
	zone     *time.Location
	region   string          // whose holidays count, "" for none
	daysOff  []string        // of its people, where region tells none
	off      map[string]bool // dates without working hours, weekends aside
	people   []Person
	versions []version
	pager    string // the name of the source that posts its alerts
	presumes bool   // its pager does not tell who was called
	useful   []string
	noisy    noisyRule
}

// version is a version of a rota.
type version struct {
	from     date
	handover int // hour
	days     int // that a turn takes
	people   []string
	nights   bool // covers nights, weekends and holidays, else always
}

// noisyRule is an alert rule that wakes people for nothing until the team decides about it.
type noisyRule struct {
	name     string
	reason   string  // of the noise
	weekly   float64 // how often it fires in a week
	heals    [2]int  // after how many minutes at least and at most
	decided  date
	decision string
	review   date
}

// New makes on-call of a company. One company makes the same always.
func New(w *world.World) *Company {
	c := &Company{Begin: w.Begin}
	for i, t := range w.Teams() {
		c.teams = append(c.teams, hirePeople(t, i))
	}
	for i, t := range c.teams {
		g := &generator{Rand: rand.New(rand.NewPCG(w.Seed, 0x6f6e63616c6c+uint64(i))), team: t, end: w.End,
			books: newBooks(c.teams)}
		for _, x := range w.Incidents() {
			if x.Team == t.key {
				g.incidents = append(g.incidents, x)
			}
		}
		g.playLife(w.Clock)
		c.acts = append(c.acts, g.acts...)
	}
	c.freezeMonths(w.End)
	sorting.By(c.acts, func(a, b Act) int { return cmp.Or(a.At.Compare(b.At)) })
	numberActs(c.acts)
	return c
}

// Acts returns all that happens, in order of time. The numbers of acts are their places, from 1.
func (c *Company) Acts() []Act { return c.acts }

// People returns the people of all rotas, in the order of the teams.
func (c *Company) People() []Person {
	var out []Person
	for _, t := range c.teams {
		out = append(out, t.people...)
	}
	return out
}

// freezeMonths has each month approved on the third of the next one.
func (c *Company) freezeMonths(end time.Time) {
	for m := dateOf(2026, time.August, 1); ; m = nextMonth(m) {
		at := nextMonth(m).atHour(10, time.UTC).AddDate(0, 0, 2)
		if at.After(end) {
			return
		}
		c.acts = append(c.acts, Act{At: at, Kind: Freeze, By: Treasurer, Month: m.monthText()})
	}
}

// numberActs numbers the acts and lets each that is about another one know its number.
func numberActs(acts []Act) {
	places := map[int]int{}
	for i := range acts {
		if acts[i].label != 0 {
			places[acts[i].label] = i + 1
		}
		acts[i].N = i + 1
		acts[i].Of = places[acts[i].about]
	}
}
