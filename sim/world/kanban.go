package world

import (
	"math/rand/v2"
	"slices"
	"time"
)

// poland are the days off of the team in Warsaw.
var poland = []string{"2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25", "2026-12-26", "2027-01-01", "2027-01-06", "2027-03-29", "2027-05-01",
	"2027-05-03", "2027-05-27", "2027-08-15", "2027-11-01", "2027-11-11", "2027-12-25", "2027-12-26", "2028-01-01"}

// kanbanInHand is how much the Kanban team has in progress at once.
const kanbanInHand = 4

// liveKanban plays the days of the team that works without sprints, from draws of its own: the other teams' days do not
// depend on it. It counts issues and estimates nothing.
func (g *generator) liveKanban() {
	g.rand = rand.New(rand.NewPCG(g.Seed, 0x6b616e62616e))
	first := time.Date(2026, 7, 6, 0, 0, 0, 0, time.UTC)
	g.hire(Team{Key: "IAM", Name: "Identity", Unit: Issues, Kanban: true, Zone: "Europe/Warsaw", DaysOff: poland}, 1.3, first, identity)
	c := g.teams[len(g.teams)-1]
	for g.today = g.Begin; !g.today.After(g.End); g.today = g.today.AddDate(0, 0, 1) {
		if !c.works(g.today) {
			g.nights(c)
			continue
		}
		g.planQuarter(c)
		g.groom(c)
		if g.today.Before(c.first) {
			continue
		}
		g.catchUp(c)
		c.rest = c.capacity * g.between(0.75, 1.2)
		g.troublesOf(c)
		g.flow(c)
		g.changeMindsOfKanban(c)
	}
}

// inProgress lists what the Kanban team has begun and not finished.
func (g *generator) inProgress(c *crew) []*ticket {
	var out []*ticket
	for _, t := range g.tickets {
		if t.crew == c && !t.gone && !t.trouble && t.typ != "Epic" && t.parent == nil && (t.state == "doing" || t.state == "review") {
			out = append(out, t)
		}
	}
	return out
}

// flow spends a day on what is in progress, and begins something else where there is room.
func (g *generator) flow(c *crew) {
	hand := g.inProgress(c)
	var doing []*ticket
	for _, t := range hand {
		switch {
		case t.flagged:
		case t.state == "review":
			t.review++
			if g.chance(0.6) || t.review > 2 {
				g.finish(t)
			}
		default:
			doing = append(doing, t)
		}
	}
	for n := len(hand); n < kanbanInHand; n++ {
		t := g.next(c)
		if t == nil {
			break
		}
		g.setState(t, "doing", 10, 12)
		doing = append(doing, t)
	}
	for _, t := range doing {
		g.spend(t, c.rest/float64(len(doing))*g.between(0.6, 1.4))
	}
}

// next takes the first of the backlog that is not of a later quarter.
func (g *generator) next(c *crew) *ticket {
	for _, t := range c.backlog {
		if t.gone || t.state != "open" || t.epic > 0 && g.ahead(t) {
			continue
		}
		c.backlog = slices.DeleteFunc(c.backlog, func(o *ticket) bool { return o == t })
		return t
	}
	return nil
}

// changeMindsOfKanban is what happens to plans between one day and the next.
func (g *generator) changeMindsOfKanban(c *crew) {
	hand := g.inProgress(c)
	if len(hand) > 0 {
		t := pick(g, hand)
		switch x := g.rand.Float64(); {
		case x < 0.08:
			g.raiseFlag(t)
		case x < 0.14:
			g.needOthers(t)
		case x < 0.16:
			g.rename(t)
		}
	}
	g.endFlags(hand)
	if t := g.lately(c, nil); t != nil && g.chance(0.05) {
		g.reopen(t)
	}
	if len(c.backlog) > 0 && g.chance(0.02) {
		g.delete(pick(g, c.backlog))
	}
}
