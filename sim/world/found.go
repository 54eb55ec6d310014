package world

import (
	"fmt"
	"math/rand/v2"
	"time"

	"jerem/sim/world/wording"
)

// crew is a team at work, with what it has in hand.
type crew struct {
	Team
	zone     *time.Location
	off      map[string]bool
	capacity float64 // what it can do on a day without interruptions, in its unit
	first    time.Time
	number   int // of the next ticket of its project
	sprints  []*sprint
	open     []*sprint // active now
	backlog  []*ticket
	epics    []*ticket
	troubles []*ticket // impediments that are not solved
	finished []*ticket // lately
	names    *wording.Vocabulary
	rest     float64 // of the day's capacity
}

// ticket is an issue as the company sees it while it works.
type ticket struct {
	n        int    // from 1
	title    string // its first key
	typ      string
	called   string // when it was created
	summary  string // now
	home     *crew  // whose project it was created in
	crew     *crew  // who works on it
	last     time.Time
	state    string
	sprint   *sprint // the open one it stands in
	size     float64 // what it really takes, in the unit of the crew
	left     float64
	estimate float64
	known    bool // it has an estimate
	epic     int
	parent   *ticket
	subs     []*ticket
	labels   map[string]bool
	flagged  bool
	trouble  bool // it is an impediment
	late     bool // the label comes later
	logs     int  // times that work was written down
	logged   []op // what was written first each time
	written  int  // worklogs, of which there are several where several people worked
	gone     bool // deleted, or no longer worked on
	review   int  // days it has been in review
	quarter  quarter
	born     time.Time
	nature   string        // of an impediment: what its title tells
	theme    wording.Theme // of work under an epic
	part     string        // of the theme
}

// generator draws the company's days.
type generator struct {
	world   *World
	rand    *rand.Rand // of the days
	words   *rand.Rand // of the words that tell them
	drawn   map[string]bool
	used    map[int64]bool // moments that are taken
	titles  map[string]bool
	today   time.Time // midnight UTC of the date at work
	pending []pendingLog
}

// quarter is a quarter of a year.
type quarter struct{ year, number int }

func quarterOf(t time.Time) quarter { return quarter{t.Year(), (int(t.Month())-1)/3 + 1} }

// String returns the quarter as its label.
func (q quarter) String() string { return fmt.Sprintf("Q%d-%02d", q.number, q.year%100) }

func (q quarter) nextQuarter() quarter {
	if q.number == 4 {
		return quarter{q.year + 1, 1}
	}
	return quarter{q.year, q.number + 1}
}

func (q quarter) isBefore(o quarter) bool {
	return q.year < o.year || q.year == o.year && q.number < o.number
}

// firstMoment returns the first date of the quarter, at midnight UTC.
func (q quarter) firstMoment() time.Time {
	return time.Date(q.year, time.Month(q.number*3-2), 1, 0, 0, 0, 0, time.UTC)
}

var (
	france = []string{"2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25", "2027-01-01", "2027-03-29",
		"2027-05-01", "2027-05-06",
		"2027-05-08", "2027-05-17", "2027-07-14", "2027-08-15", "2027-11-01", "2027-11-11", "2027-12-25", "2028-01-01"}
	quebec = []string{"2026-07-01", "2026-09-07", "2026-10-12", "2026-12-25", "2027-01-01", "2027-03-26", "2027-05-24",
		"2027-06-24", "2027-07-01",
		"2027-09-06", "2027-10-11", "2027-12-25", "2028-01-01"}
)

// foundCompany makes the three teams that work in sprints, and the days between which they work.
func (g *generator) foundCompany() {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	g.world.Begin, g.world.End = day(2026, 6, 15), day(2027, 12, 31)
	g.hireTeam(Team{Key: "K8S", Name: "Kubernetes", Unit: Points, Zone: "Europe/Paris",
		DaysOff: france}, 3.6, day(2026, 7, 6), wording.Kubernetes)
	g.hireTeam(Team{Key: "OB", Name: "Object storage", Unit: Seconds, Zone: "Europe/Paris",
		DaysOff: france}, 22*3600, day(2026, 7, 13), wording.Storage)
	g.hireTeam(Team{Key: "NET", Name: "Network", Unit: Points, Zone: "America/Montreal", DaysOff: quebec,
		Types: []string{"Incident"}}, 3.0, day(2026, 7, 6), wording.Network)
	g.world.Clock = g.world.teams[0].clockTime(day(2026, 11, 17), 14, 0)
}

func (g *generator) hireTeam(t Team, capacity float64, first time.Time, names *wording.Vocabulary) {
	zone, err := time.LoadLocation(t.Zone)
	if err != nil {
		zone = time.UTC // a machine without time zones; the story will say so
	}
	t.Board = int64(len(g.world.teams) + 1)
	c := &crew{Team: t, zone: zone, off: map[string]bool{}, capacity: capacity * g.drawBetween(0.9, 1.1), first: first,
		number: 100 + g.rand.IntN(900), names: names}
	for _, d := range t.DaysOff {
		c.off[d] = true
	}
	g.world.teams = append(g.world.teams, c)
}

// worksOn tells whether a date, at midnight UTC, is a working date of the team.
func (c *crew) worksOn(d time.Time) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !c.off[d.Format(time.DateOnly)]
}

// clockTime returns a moment of a date in the team's time zone.
func (c *crew) clockTime(d time.Time, hour, minute int) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, c.zone)
}

// nextWorkday returns the next working date from a date on.
func (c *crew) nextWorkday(d time.Time) time.Time {
	for !c.worksOn(d) {
		d = d.AddDate(0, 0, 1)
	}
	return d
}

// workdayBefore returns the same time of the working date before that of a moment.
func (c *crew) workdayBefore(t time.Time) time.Time {
	local := t.In(c.zone)
	day := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1)
	for !c.worksOn(day) {
		day = day.AddDate(0, 0, -1)
	}
	return c.clockTime(day, local.Hour(), local.Minute()).UTC()
}

func (g *generator) drawChance(p float64) bool { return g.rand.Float64() < p }

func (g *generator) drawBetween(a, b float64) float64 { return a + (b-a)*g.rand.Float64() }

func pickOne[T any](g *generator, list []T) T { return list[g.rand.IntN(len(list))] }

// drawMoment draws a free moment for a ticket between two moments, after what was done to it before. Seconds are never
// 0, so that it is no round hour at which sprints begin and days end.
func (g *generator) drawMoment(t *ticket, from, to time.Time) time.Time {
	if t != nil && !t.last.Before(from) {
		from = t.last.Add(time.Minute)
	}
	at := from
	if n := int(to.Sub(from) / time.Minute); n > 0 {
		at = from.Add(time.Duration(g.rand.IntN(n)) * time.Minute)
	}
	at = at.Truncate(time.Minute).Add(time.Duration(1+g.rand.IntN(59)) * time.Second)
	for g.used[at.Unix()] || t != nil && !at.After(t.last) || at.Second() == 0 {
		at = at.Add(time.Second)
	}
	g.used[at.Unix()] = true
	if t != nil {
		t.last = at
	}
	return at.UTC()
}

// doAfter notes an act of a ticket right after another one's, at the next free moment. Nothing is drawn for it.
func (g *generator) doAfter(t *ticket, at time.Time, ops ...op) {
	if at.Before(t.last) {
		at = t.last
	}
	for at = at.Add(time.Second); g.used[at.Unix()] || at.Second() == 0; {
		at = at.Add(time.Second)
	}
	g.used[at.Unix()] = true
	t.last = at
	g.world.acts = append(g.world.acts, act{at, t.n, ops})
}

// actBetween notes an act of a ticket within working hours of the day, between two hours.
func (g *generator) actBetween(t *ticket, from, to float64, ops ...op) time.Time {
	hour := func(h float64) time.Time { return t.crew.clockTime(g.today, int(h), int(h*60)%60) }
	at := g.drawMoment(t, hour(from), hour(to))
	g.world.acts = append(g.world.acts, act{at, t.n, ops})
	return at
}
