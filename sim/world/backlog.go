package world

import (
	"fmt"
	"slices"
	"strconv"
)

// add makes a ticket in a project; ops are what it is created with.
func (g *generator) add(home, c *crew, typ, summary string, from, to float64, ops ...op) *ticket {
	home.number++
	t := &ticket{n: len(g.tickets) + 1, title: home.Key + "-" + strconv.Itoa(home.number), typ: typ, called: summary, summary: summary, home: home, crew: c,
		state: "open", labels: map[string]bool{}}
	g.tickets = append(g.tickets, t)
	for _, o := range ops {
		switch o.do {
		case epicIs:
			t.epic = o.n
		case label:
			t.labels[o.text] = true
		}
	}
	t.born = g.do(t, from, to, append([]op{{do: create}}, ops...)...)
	return t
}

// planQuarter makes the epics of a quarter in the weeks before it, and carries over what was not finished.
func (g *generator) planQuarter(c *crew) {
	now := quarterOf(g.today)
	if len(c.epics) == 0 {
		g.makeEpics(c, quarter{2026, 3})
		return
	}
	next := now.next()
	made := slices.ContainsFunc(c.epics, func(e *ticket) bool { return e.quarter == next })
	if !made && next.first().Sub(g.today).Hours() < 24*18 && next.first().Before(g.End) {
		g.makeEpics(c, next)
	}
	for _, e := range c.epics {
		left := next.first().Sub(g.today).Hours() / 24
		switch {
		case e.late && g.today.Sub(e.quarter.first()).Hours() > 24*5: // the quarter is said late
			e.late = false
			g.do(e, 10, 12, op{do: label, text: e.quarter.String()})
		case e.state == "done" || e.late || next == (quarter{2028, 1}):
		case e.quarter == now && left < 4 && !e.labels[next.String()] && g.open(e):
			e.labels[next.String()] = true
			g.do(e, 10, 16, op{do: label, text: next.String()})
		case e.quarter.before(now) && !g.open(e):
			g.setSub(e, "done")
		case e.quarter == now && e.state == "open" && g.chance(0.2):
			g.setSub(e, "doing")
		}
	}
}

// open tells whether something of an epic is left to do.
func (g *generator) open(e *ticket) bool {
	return slices.ContainsFunc(g.tickets, func(t *ticket) bool { return t.epic == e.n && t.state != "done" && !t.gone })
}

func (g *generator) makeEpics(c *crew, q quarter) {
	start := (q.year*4 + q.number + int(g.Seed%7)) * 3
	for k := range 4 {
		th := c.names.themes[(start+k)%len(c.names.themes)]
		ops := []op{{do: label, text: "Project_" + th.initiative}}
		if k == 2 { // it serves two initiatives
			ops = append(ops, op{do: label, text: "Project_Reliability"})
		}
		if k != 3 {
			ops = append(ops, op{do: label, text: q.String()})
		}
		name := g.epicTitle(th)
		e := g.add(c, c, "Epic", name, 10, 11, ops...)
		e.quarter, e.late, e.theme = q, k == 3, th
		c.epics = append(c.epics, e)
		for range max(1, 8+g.rand.IntN(3)-6*(k/3)+c.outlook(q).stories) {
			g.story(c, c, e)
		}
	}
}

// groom keeps the backlog filled for more than one sprint.
func (g *generator) groom(c *crew) {
	sum := 0.0
	for _, t := range c.backlog {
		if t.epic == 0 || !g.ahead(t) {
			sum += t.left
		}
	}
	for n := 0; sum < 14*c.capacity && n < 3; n++ {
		var e *ticket
		plan := c.outlook(quarterOf(g.today))
		early := g.today.Sub(quarterOf(g.today).first()).Hours() < 24*50
		if early && g.chance(plan.growth) || g.chance(plan.later) {
			e = g.running(c)
		}
		sum += g.story(c, c, e).left
	}
}

// running picks an epic of the quarter, or one that was carried into it; nil without one.
func (g *generator) running(c *crew) *ticket {
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
	return pick(g, list)
}

var sizes = []float64{1, 2, 2, 2, 3, 3, 3, 3, 5, 5, 5, 8}

// story makes work for a team in a project, in an epic or, with nil, outside of any.
func (g *generator) story(home, c *crew, e *ticket, more ...op) *ticket {
	typ, summary, part := "Task", "", ""
	ops := more
	if e != nil {
		typ = "Story"
		ops = append(ops, op{do: epicIs, n: e.n})
		summary, part = g.workTitle(e.theme)
	} else {
		tell := g.choreTitle(c.names)
		if g.chance(0.3) {
			typ = "Bug"
		}
		summary = tell(typ)
	}
	t := g.sized(home, c, e, typ, summary, ops)
	if e != nil {
		t.theme, t.part = e.theme, part
	}
	if t.sprint == nil {
		c.backlog = append(c.backlog, t)
	}
	return t
}

// sized creates the ticket with its estimate: points, hours of its own, or sub-tasks that hold the hours.
func (g *generator) sized(home, c *crew, e *ticket, typ, summary string, ops []op) *ticket {
	draft := &ticket{crew: c, typ: typ}
	known := !g.chance(0.08) && c.Unit != Issues
	cut := c.Unit == Seconds && typ == "Story" && g.chance(0.7)
	if known && !cut {
		ops = append(ops, g.estimateOp(draft))
	}
	if c.Unit == Points && typ == "Story" && g.chance(0.02) {
		ops = append(ops, op{do: hours, amount: 4 * 3600}) // not what the team estimates in
	}
	t := g.add(home, c, typ, summary, 11, 13, ops...)
	t.known, t.estimate = known && !cut, draft.estimate
	t.size = draft.estimate
	if cut {
		t.size = g.cut(t)
	}
	if t.size == 0 {
		t.size = c.capacity
	}
	if c.Unit == Issues {
		t.size = g.between(0.5, 3)
	}
	t.size *= g.between(0.7, 1.25)
	t.left = t.size
	if c.Unit == Points && typ == "Story" && g.chance(0.06) {
		t.subs = append(t.subs, g.sub(t, op{do: points, amount: 2}))
	}
	return t
}

// cut makes the sub-tasks of a story and returns their hours.
func (g *generator) cut(t *ticket) float64 {
	sum := 0.0
	for range 2 + g.rand.IntN(3) {
		o := op{do: hours, amount: float64(4+g.rand.IntN(10)) * 3600}
		s := g.sub(t, o)
		s.left, s.estimate, s.known = o.amount, o.amount, true
		t.subs = append(t.subs, s)
		sum += o.amount
	}
	return sum
}

// subMark stands between the title of a ticket and what a sub-task is of it.
const subMark = " – "

func (g *generator) sub(t *ticket, ops ...op) *ticket {
	parts := storyParts
	if t.trouble {
		parts = troubleParts
	}
	part := pick(g, parts)
	g.draw(func() string { return fmt.Sprint("part of ", t.n, part) })
	title := g.say(t.summary + subMark + part)
	s := g.add(t.home, t.crew, "Sub-task", title, 13, 14, append([]op{{do: parentIs, n: t.n}}, ops...)...)
	s.parent = t
	return s
}

// estimateOp draws an estimate for a ticket in its team's unit and notes it.
func (g *generator) estimateOp(t *ticket) op {
	t.known = true
	if t.crew.Unit == Seconds {
		t.estimate = pick(g, []float64{2, 4, 6, 8, 12, 16, 24, 30.5}) * 3600
		return op{do: hours, amount: t.estimate}
	}
	t.estimate = pick(g, sizes)
	if t.crew.Key == "NET" && g.chance(0.1) {
		t.estimate = 0.5
	}
	return op{do: points, amount: t.estimate}
}
