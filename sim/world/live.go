package world

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"jerem/sorting"
)

// playLife plays the company's days, one after another.
func (g *generator) playLife() {
	for g.today = g.world.Begin; !g.today.After(g.world.End); g.today = g.today.AddDate(0, 0, 1) {
		for _, c := range g.world.teams {
			if !c.worksOn(g.today) {
				onCallNights(g, c)
				continue
			}
			planQuarter(g, c)
			groomBacklog(g, c)
			planSprint(g, c)
			startSprint(g, c)
			logLater(g, c)
			c.rest = c.capacity * g.drawBetween(0.75, 1.2)
			impedimentsOfDay(g, c)
			workDay(g, c)
			changeMinds(g, c)
			moveBetweenTeams(g, c)
			closeSprints(g, c)
		}
	}
}

// planSprint opens the next sprint as a plan, ten days and more before it starts.
func planSprint(g *generator, c *crew) {
	k := len(c.sprints)
	monday := c.first.AddDate(0, 0, 14*k)
	if monday.Sub(g.today) > 16*24*time.Hour || monday.AddDate(0, 0, 11).After(g.world.End) {
		return
	}
	first, last := c.nextWorkday(monday), monday.AddDate(0, 0, 11)
	for !c.worksOn(last) {
		last = last.AddDate(0, 0, -1)
	}
	s := &sprint{id: 100*int(c.Board) + k + 1, crew: c, name: fmt.Sprintf("%s %d", c.Name, k+1),
		created: c.clockTime(g.today, 9, 0).UTC(), start: c.clockTime(first, 9, 30).UTC(),
		end: c.clockTime(last, 17, 0).UTC()}
	closes := last
	switch {
	case k%6 == 3: // it takes longer, and that is said
		closes = c.nextWorkday(last.AddDate(0, 0, 3))
		s.moved, s.newEnd = c.clockTime(last, 15, 0).UTC(), c.clockTime(closes, 17, 0).UTC()
	case k%6 == 5: // it is left open
		closes = c.nextWorkday(last.AddDate(0, 0, 3+g.rand.IntN(3)))
	}
	if k%5 == 1 || k%5 == 4 {
		s.renamed = c.clockTime(c.nextWorkday(first.AddDate(0, 0, 2)), 11, 0).UTC()
		g.rand.IntN(len(c.names.Themes)) // drawn and left: the days of a seed stay those that they were
	}
	s.closed = c.clockTime(closes, 17, 5+g.rand.IntN(25)).UTC()
	if k > 0 {
		c.sprints[k-1].next = s
	}
	c.sprints = append(c.sprints, s)
	g.world.sprints = append(g.world.sprints, s)
}

// startSprint fills the sprint that starts today from the backlog, in the half hour before.
func startSprint(g *generator, c *crew) {
	i := slices.IndexFunc(c.sprints, func(s *sprint) bool { return sameDate(s.start.In(c.zone), g.today) })
	if i < 0 {
		return
	}
	s := c.sprints[i]
	room := c.capacity * 10 * g.drawBetween(0.72, 0.92)
	for _, t := range g.world.tickets {
		if t.sprint == s && t.state != "done" {
			room -= (t.left + t.size) / 2
		}
	}
	for _, t := range readyIssues(g, c) {
		if room <= 0 {
			break
		}
		if t.gone || t.sprint != nil || t.state == "done" || t.epic > 0 && isPlannedAhead(g, t) && g.drawChance(0.9) {
			continue
		}
		g.enterSprint(t, s, 9, 9.4)
		room -= t.left
		if g.drawChance(0.04) && len(t.subs) == 0 { // it was finished before the sprint began
			g.setState(t, "done", 9.1, 9.4)
		}
	}
	c.open = append(c.open, s)
	nameSprint(g, s)
}

// nameSprint gives a sprint its goal and, where it is renamed, its other name, by the work that it begins with.
func nameSprint(g *generator, s *sprint) {
	goal, th := sprintGoal(g, s)
	s.goal = goal
	if !s.renamed.IsZero() {
		s.newName = s.name + ": " + cmp.Or(th.Name, "upkeep")
	}
}

// readyIssues lists the backlog in the order in which sprints are filled from it.
func readyIssues(g *generator, c *crew) []*ticket {
	list := slices.Clone(c.backlog)
	now := quarterOf(g.today)
	if !c.outlookFor(now).first {
		return list
	}
	other := func(t *ticket) int {
		if t.epic > 0 && !now.isBefore(g.world.tickets[t.epic-1].quarter) {
			return 0
		}
		return 1
	}
	sorting.By(list, func(a, b *ticket) int { return other(a) - other(b) })
	return list
}

func sameDate(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// isPlannedAhead tells whether a ticket belongs to an epic of a later quarter.
func isPlannedAhead(g *generator, t *ticket) bool {
	return quarterOf(g.today).isBefore(g.world.tickets[t.epic-1].quarter)
}

func (g *generator) enterSprint(t *ticket, s *sprint, from, to float64, more ...op) {
	t.sprint = s
	t.crew.backlog = slices.DeleteFunc(t.crew.backlog, func(o *ticket) bool { return o == t })
	g.actBetween(t, from, to, append([]op{{do: enter, n: s.id}}, more...)...)
}

// setState moves a ticket to another status.
func (g *generator) setState(t *ticket, to string, from, until float64, more ...op) time.Time {
	t.state = to
	if to == "done" {
		t.left = 0
		t.crew.finished = append(t.crew.finished, t)
		if n := len(t.crew.finished); n > 30 {
			t.crew.finished = t.crew.finished[n-30:]
		}
	}
	return g.actBetween(t, from, until, append([]op{{do: status, text: to}}, more...)...)
}

// closeSprints closes what ends today. What is not done goes on in the next sprint.
func closeSprints(g *generator, c *crew) {
	for _, s := range slices.Clone(c.open) {
		if !sameDate(s.closed.In(c.zone), g.today) {
			continue
		}
		for _, t := range g.world.tickets {
			if t.sprint != s {
				continue
			}
			t.sprint = nil
			if t.state != "done" && !t.gone {
				t.sprint = s.next
				if s.next == nil {
					t.crew.backlog = append(t.crew.backlog, t)
				}
			}
			if t.last.Before(s.closed) {
				t.last = s.closed
			}
		}
		c.open = slices.DeleteFunc(c.open, func(o *sprint) bool { return o == s })
	}
}

// issuesInHand lists what the team has in its open sprints.
func issuesInHand(g *generator, c *crew) []*ticket {
	var out []*ticket
	for _, t := range g.world.tickets {
		if t.crew == c && !t.gone && !t.trouble && t.sprint != nil && slices.Contains(c.open, t.sprint) &&
			t.state != "done" {
			out = append(out, t)
		}
	}
	return out
}

// workDay spends the day's capacity on what is in hand: reviews first, then what was begun.
func workDay(g *generator, c *crew) {
	var doing []*ticket
	hand := issuesInHand(g, c)
	for _, t := range hand {
		switch {
		case t.flagged:
		case t.state == "review":
			t.review++
			if g.drawChance(0.65) || t.review > 1 {
				finishIssue(g, t)
			}
		case t.state == "doing":
			doing = append(doing, t)
		}
	}
	for _, t := range hand {
		if len(doing) >= 3 {
			break
		}
		if t.state == "open" && !t.flagged {
			g.setState(t, "doing", 10, 12)
			doing = append(doing, t)
		}
	}
	spare := 0.0
	for i, t := range doing {
		effort := c.rest/float64(len(doing))*g.drawBetween(0.7, 1.3) + spare
		spare = 0
		if i+1 < len(doing) {
			spare = max(0, effort-t.left)
		}
		spendEffort(g, t, effort-spare)
	}
	if len(doing) < 2 && len(c.open) > 0 && g.drawChance(0.5) {
		pullIntoSprint(g, c, c.open[len(c.open)-1])
	}
}

// spendEffort works on a ticket, its sub-tasks one after another.
func spendEffort(g *generator, t *ticket, effort float64) {
	share := effort / t.crew.capacity
	t.left -= effort
	for _, s := range t.subs {
		if s.gone || s.state == "done" || effort <= 0 && s.state == "open" {
			continue
		}
		if s.state == "open" {
			setSubtaskState(g, s, "doing")
		}
		used := min(effort, s.left)
		effort -= used
		s.left -= used
		if s.left <= 0 {
			setSubtaskState(g, s, "done")
		}
	}
	if g.drawChance(0.6) {
		logTime(g, t, share*35)
	}
	if t.left > 0 {
		return
	}
	for _, s := range t.subs {
		if !s.gone && s.state != "done" && g.drawChance(0.9) {
			setSubtaskState(g, s, "done")
		}
	}
	if g.drawChance(0.75) {
		t.review = 0
		g.setState(t, "review", 13, 16)
		return
	}
	finishIssue(g, t)
}

func setSubtaskState(g *generator, s *ticket, to string) {
	s.state = to
	g.actBetween(s, 10, 16, op{do: status, text: to})
}

// finishIssue brings a ticket to done, now and then with a last word on its size.
func finishIssue(g *generator, t *ticket) {
	for _, s := range t.subs {
		if !s.gone && s.state != "done" && g.drawChance(0.7) {
			setSubtaskState(g, s, "done")
		}
	}
	if t.known && len(t.subs) == 0 && g.drawChance(0.05) {
		g.setState(t, "done", 13, 16.4, g.estimateOp(t))
		return
	}
	g.setState(t, "done", 13, 16.4)
}
