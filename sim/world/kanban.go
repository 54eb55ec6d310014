package world

import (
	"math/rand/v2"
	"slices"
	"time"

	"jerem/sim/world/wording"
)

// poland are the days off of the team in Warsaw.
var poland = []string{"2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25", "2026-12-26", "2027-01-01", "2027-01-06",
	"2027-03-29", "2027-05-01",
	"2027-05-03", "2027-05-27", "2027-08-15", "2027-11-01", "2027-11-11", "2027-12-25", "2027-12-26", "2028-01-01"}

// kanbanInHand is how much the Kanban team has in progress at once.
const kanbanInHand = 4

// liveKanbanDay plays the days of the team that works without sprints, from draws of its own: the other teams' days do
// not depend on it. It counts issues and estimates nothing.
func liveKanbanDay(g *generator) {
	g.rand = rand.New(rand.NewPCG(g.world.Seed, 0x6b616e62616e))
	first := time.Date(2026, 7, 6, 0, 0, 0, 0, time.UTC)
	g.hireTeam(Team{Key: "IAM", Name: "Identity", Unit: Issues, Kanban: true, Zone: "Europe/Warsaw",
		DaysOff: poland}, 1.3, first, wording.Identity)
	c := g.world.teams[len(g.world.teams)-1]
	for g.today = g.world.Begin; !g.today.After(g.world.End); g.today = g.today.AddDate(0, 0, 1) {
		if !c.worksOn(g.today) {
			onCallNights(g, c)
			continue
		}
		planQuarter(g, c)
		groomBacklog(g, c)
		if g.today.Before(c.first) {
			continue
		}
		logLater(g, c)
		c.rest = c.capacity * g.drawBetween(0.75, 1.2)
		impedimentsOfDay(g, c)
		workKanbanDay(g, c)
		changeMindsOfKanban(g, c)
	}
}

// kanbanInProgress lists what the Kanban team has begun and not finished.
func kanbanInProgress(g *generator, c *crew) []*ticket {
	var out []*ticket
	for _, t := range g.world.tickets {
		if t.crew == c && !t.gone && !t.trouble && t.typ != "Epic" && t.parent == nil &&
			(t.state == "doing" || t.state == "review") {
			out = append(out, t)
		}
	}
	return out
}

// workKanbanDay spends a day on what is in progress, and begins something else where there is room.
func workKanbanDay(g *generator, c *crew) {
	hand := kanbanInProgress(g, c)
	var doing []*ticket
	for _, t := range hand {
		switch {
		case t.flagged:
		case t.state == "review":
			t.review++
			if g.drawChance(0.6) || t.review > 2 {
				finishIssue(g, t)
			}
		default:
			doing = append(doing, t)
		}
	}
	for n := len(hand); n < kanbanInHand; n++ {
		t := firstOfBacklog(g, c)
		if t == nil {
			break
		}
		g.setState(t, "doing", 10, 12)
		doing = append(doing, t)
	}
	for _, t := range doing {
		spendEffort(g, t, c.rest/float64(len(doing))*g.drawBetween(0.6, 1.4))
	}
}

// firstOfBacklog takes the first of the backlog that is not of a later quarter.
func firstOfBacklog(g *generator, c *crew) *ticket {
	for _, t := range c.backlog {
		if t.gone || t.state != "open" || t.epic > 0 && isPlannedAhead(g, t) {
			continue
		}
		c.backlog = slices.DeleteFunc(c.backlog, func(o *ticket) bool { return o == t })
		return t
	}
	return nil
}

// changeMindsOfKanban is what happens to plans between one day and the next.
func changeMindsOfKanban(g *generator, c *crew) {
	hand := kanbanInProgress(g, c)
	if len(hand) > 0 {
		t := pickOne(g, hand)
		switch x := g.rand.Float64(); {
		case x < 0.08:
			raiseFlag(g, t)
		case x < 0.14:
			changeDependency(g, t)
		case x < 0.16:
			renameIssue(g, t)
		}
	}
	endFlags(g, hand)
	if t := pickFinished(g, c, nil); t != nil && g.drawChance(0.05) {
		reopenDone(g, t)
	}
	if len(c.backlog) > 0 && g.drawChance(0.02) {
		deleteIssue(g, pickOne(g, c.backlog))
	}
}
