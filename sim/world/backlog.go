package world

import (
	"fmt"
	"slices"
	"strconv"

	"jerem/sim/world/wording"
)

// addTicket makes a ticket in a project; ops are what it is created with.
func (g *generator) addTicket(home, c *crew, typ, summary string, from, to float64, ops ...op) *ticket {
	home.number++
	t := &ticket{n: len(g.world.tickets) + 1, title: home.Key + "-" + strconv.Itoa(home.number), typ: typ,
		called: summary, summary: summary, home: home, crew: c, state: "open", labels: map[string]bool{}}
	g.world.tickets = append(g.world.tickets, t)
	for _, o := range ops {
		switch o.do {
		case epicIs:
			t.epic = o.n
		case label:
			t.labels[o.text] = true
		}
	}
	t.born = g.actBetween(t, from, to, append([]op{{do: create}}, ops...)...)
	return t
}

// planQuarter makes the epics of a quarter in the weeks before it, and carries over what was not finished.
func planQuarter(g *generator, c *crew) {
	now := quarterOf(g.today)
	if len(c.epics) == 0 {
		makeEpics(g, c, quarter{2026, 3})
		return
	}
	next := now.nextQuarter()
	made := slices.ContainsFunc(c.epics, func(e *ticket) bool { return e.quarter == next })
	if !made && next.firstMoment().Sub(g.today).Hours() < 24*18 && next.firstMoment().Before(g.world.End) {
		makeEpics(g, c, next)
	}
	for _, e := range c.epics {
		left := next.firstMoment().Sub(g.today).Hours() / 24
		switch {
		case e.late && g.today.Sub(e.quarter.firstMoment()).Hours() > 24*5: // the quarter is said late
			e.late = false
			g.actBetween(e, 10, 12, op{do: label, text: e.quarter.String()})
		case e.state == "done" || e.late || next == (quarter{2028, 1}):
		case e.quarter == now && left < 4 && !e.labels[next.String()] && isOpenEpic(g, e):
			e.labels[next.String()] = true
			g.actBetween(e, 10, 16, op{do: label, text: next.String()})
		case e.quarter.isBefore(now) && !isOpenEpic(g, e):
			setSubtaskState(g, e, "done")
		case e.quarter == now && e.state == "open" && g.drawChance(0.2):
			setSubtaskState(g, e, "doing")
		}
	}
}

// isOpenEpic tells whether something of an epic is left to do.
func isOpenEpic(g *generator, e *ticket) bool {
	return slices.ContainsFunc(g.world.tickets, func(t *ticket) bool {
		return t.epic == e.n && t.state != "done" && !t.gone
	})
}

func makeEpics(g *generator, c *crew, q quarter) {
	start := (q.year*4 + q.number + int(g.world.Seed%7)) * 3
	for k := range 4 {
		th := c.names.Themes[(start+k)%len(c.names.Themes)]
		ops := []op{{do: label, text: "Project_" + th.Initiative}}
		if k == 2 { // it serves two initiatives
			ops = append(ops, op{do: label, text: "Project_Reliability"})
		}
		if k != 3 {
			ops = append(ops, op{do: label, text: q.String()})
		}
		name := epicTitle(g, th)
		e := g.addTicket(c, c, "Epic", name, 10, 11, ops...)
		e.quarter, e.late, e.theme = q, k == 3, th
		c.epics = append(c.epics, e)
		for range max(1, 8+g.rand.IntN(3)-6*(k/3)+c.outlookFor(q).stories) {
			createStory(g, c, c, e)
		}
	}
}

// groomBacklog keeps the backlog filled for more than one sprint.
func groomBacklog(g *generator, c *crew) {
	sum := 0.0
	for _, t := range c.backlog {
		if t.epic == 0 || !isPlannedAhead(g, t) {
			sum += t.left
		}
	}
	for n := 0; sum < 14*c.capacity && n < 3; n++ {
		var e *ticket
		plan := c.outlookFor(quarterOf(g.today))
		early := g.today.Sub(quarterOf(g.today).firstMoment()).Hours() < 24*50
		if early && g.drawChance(plan.growth) || g.drawChance(plan.later) {
			e = pickRunningEpic(g, c)
		}
		sum += createStory(g, c, c, e).left
	}
}

// pickRunningEpic picks an epic of the quarter, or one that was carried into it; nil without one.
func pickRunningEpic(g *generator, c *crew) *ticket {
	now := quarterOf(g.today)
	var list []*ticket
	for _, e := range c.epics {
		if e.state != "done" && (e.quarter == now || e.labels[now.String()]) {
			list = append(list, e)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return pickOne(g, list)
}

var sizes = []float64{1, 2, 2, 2, 3, 3, 3, 3, 5, 5, 5, 8}

// createStory makes work for a team in a project, in an epic or, with nil, outside of any.
func createStory(g *generator, home, c *crew, e *ticket, more ...op) *ticket {
	typ, summary, part := "Task", "", ""
	ops := more
	if e != nil {
		typ = "Story"
		ops = append(ops, op{do: epicIs, n: e.n})
		summary, part = workTitle(g, e.theme)
	} else {
		tell := choreTitle(g, c.names)
		if g.drawChance(0.3) {
			typ = "Bug"
		}
		summary = tell(typ)
	}
	t := createSizedIssue(g, home, c, e, typ, summary, ops)
	if e != nil {
		t.theme, t.part = e.theme, part
	}
	if t.sprint == nil {
		c.backlog = append(c.backlog, t)
	}
	return t
}

// createSizedIssue creates the ticket with its estimate: points, hours of its own, or sub-tasks that hold the hours.
func createSizedIssue(g *generator, home, c *crew, e *ticket, typ, summary string, ops []op) *ticket {
	draft := &ticket{crew: c, typ: typ}
	known := !g.drawChance(0.08) && c.Unit != Issues
	cut := c.Unit == Seconds && typ == "Story" && g.drawChance(0.7)
	if known && !cut {
		ops = append(ops, g.estimateOp(draft))
	}
	if c.Unit == Points && typ == "Story" && g.drawChance(0.02) {
		ops = append(ops, op{do: hours, amount: 4 * 3600}) // not what the team estimates in
	}
	t := g.addTicket(home, c, typ, summary, 11, 13, ops...)
	t.known, t.estimate = known && !cut, draft.estimate
	t.size = draft.estimate
	if cut {
		t.size = cutIntoSubtasks(g, t)
	}
	if t.size == 0 {
		t.size = c.capacity
	}
	if c.Unit == Issues {
		t.size = g.drawBetween(0.5, 3)
	}
	t.size *= g.drawBetween(0.7, 1.25)
	t.left = t.size
	if c.Unit == Points && typ == "Story" && g.drawChance(0.06) {
		t.subs = append(t.subs, createSubtask(g, t, op{do: points, amount: 2}))
	}
	return t
}

// cutIntoSubtasks makes the sub-tasks of a story and returns their hours.
func cutIntoSubtasks(g *generator, t *ticket) float64 {
	sum := 0.0
	for range 2 + g.rand.IntN(3) {
		o := op{do: hours, amount: float64(4+g.rand.IntN(10)) * 3600}
		s := createSubtask(g, t, o)
		s.left, s.estimate, s.known = o.amount, o.amount, true
		t.subs = append(t.subs, s)
		sum += o.amount
	}
	return sum
}

// subMark stands between the title of a ticket and what a sub-task is of it.
const subMark = " – "

func createSubtask(g *generator, t *ticket, ops ...op) *ticket {
	parts := wording.StoryParts
	if t.trouble {
		parts = wording.TroubleParts
	}
	part := pickOne(g, parts)
	g.drawTitle(func() string { return fmt.Sprint("part of ", t.n, part) })
	title := g.pickText(t.summary + subMark + part)
	s := g.addTicket(t.home, t.crew, "Sub-task", title, 13, 14, append([]op{{do: parentIs, n: t.n}}, ops...)...)
	s.parent = t
	return s
}

// estimateOp draws an estimate for a ticket in its team's unit and notes it.
func (g *generator) estimateOp(t *ticket) op {
	t.known = true
	if t.crew.Unit == Seconds {
		t.estimate = pickOne(g, []float64{2, 4, 6, 8, 12, 16, 24, 30.5}) * 3600
		return op{do: hours, amount: t.estimate}
	}
	t.estimate = pickOne(g, sizes)
	if t.crew.Key == "NET" && g.drawChance(0.1) {
		t.estimate = 0.5
	}
	return op{do: points, amount: t.estimate}
}
