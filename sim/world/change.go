package world

import (
	"slices"
	"strconv"
	"strings"
)

// changeMinds is what happens to plans while a sprint runs.
func (g *generator) changeMinds(c *crew) {
	if len(c.open) == 0 {
		return
	}
	s := c.open[len(c.open)-1]
	hand := g.hand(c)
	some := func(state string) *ticket {
		list := slices.DeleteFunc(slices.Clone(hand), func(t *ticket) bool { return t.state != state || t.home != c })
		if len(list) == 0 {
			return nil
		}
		return pick(g, list)
	}
	for _, x := range []struct {
		p   float64
		to  *ticket
		how func(*ticket)
	}{
		{0.12, some("doing"), g.estimateAgain}, {0.06, some("review"), g.estimateAgain}, {0.08, some("open"), g.estimateAgain},
		{0.1, g.lately(c, s), g.estimateAgain}, {0.09, g.lately(c, s), g.reopen}, {0.08, g.lately(c, nil), func(t *ticket) { g.reopenInto(t, s) }},
		{0.1, some("open"), g.remove}, {0.02, some("doing"), g.remove}, {0.02, g.lately(c, s), g.removeDone},
		{0.1, some("doing"), g.raiseFlag}, {0.1, some("open"), g.needOthers}, {0.06, some("doing"), g.needOthers},
		{0.05, some("open"), g.changeEpic}, {0.04, some("doing"), g.rename}, {0.03, some("open"), g.delete},
	} {
		if g.chance(x.p) && x.to != nil && !x.to.gone {
			x.how(x.to)
		}
	}
	g.endFlags(hand)
	if g.chance(0.1) {
		g.pull(c, s)
	}
	if g.chance(0.12) {
		e := g.running(c)
		if c.outlook(quarterOf(g.today)).first {
			e = nil
		}
		g.story(c, c, e, op{do: enter, n: s.id}).enterAs(s)
	}
}

// enterAs notes that a ticket was created inside a sprint.
func (t *ticket) enterAs(s *sprint) {
	t.sprint = s
	t.crew.backlog = slices.DeleteFunc(t.crew.backlog, func(o *ticket) bool { return o == t })
}

// lately picks a ticket that was finished in a sprint, or with nil in one that is closed.
func (g *generator) lately(c *crew, s *sprint) *ticket {
	list := slices.DeleteFunc(slices.Clone(c.finished), func(t *ticket) bool { return t.sprint != s || t.gone || t.state != "done" || t.crew != c })
	if len(list) == 0 {
		return nil
	}
	return pick(g, list)
}

// estimateAgain gives a ticket another estimate, or its first one; a sub-task's where these hold the hours.
func (g *generator) estimateAgain(t *ticket) {
	if t.crew.Unit != t.home.Unit {
		return
	}
	if len(t.subs) > 0 && t.crew.Unit == Seconds {
		s := pick(g, t.subs)
		g.do(s, 11, 15, g.estimateOp(s))
		return
	}
	if t.known && g.chance(0.04) {
		t.known = false
		o := op{do: points, none: true}
		if t.crew.Unit == Seconds {
			o.do = hours
		}
		g.do(t, 11, 15, o)
		return
	}
	before := t.size
	o := g.estimateOp(t)
	if t.state != "done" {
		t.left = max(t.left+(o.amount*g.between(0.8, 1.2)-before)/2, o.amount/4)
		t.size = o.amount
	}
	g.do(t, 11, 15, o)
}

// reopen takes up again what was done in this sprint.
func (g *generator) reopen(t *ticket) {
	if t.state != "done" {
		return
	}
	t.left = t.size * g.between(0.1, 0.4)
	g.takeUp(t)
	g.setState(t, "doing", 13, 16)
}

// reopenInto takes up again what was done in an earlier sprint: in the running one, or at first outside of it.
func (g *generator) reopenInto(t *ticket, s *sprint) {
	t.left = t.size * g.between(0.1, 0.4)
	g.takeUp(t)
	if g.chance(0.5) {
		t.sprint = s
		g.setState(t, "doing", 13, 16, op{do: enter, n: s.id})
		return
	}
	g.setState(t, "doing", 11, 13)
	g.enterSprint(t, s, 13, 16)
}

func (g *generator) takeUp(t *ticket) {
	t.crew.finished = slices.DeleteFunc(t.crew.finished, func(o *ticket) bool { return o == t })
	for _, s := range t.subs {
		if !s.gone && t.crew.Unit == Seconds && g.chance(0.5) {
			g.setSub(s, "doing")
			s.left = s.estimate / 4
		}
	}
}

// remove takes a ticket out of its sprint; some are done elsewhere all the same.
func (g *generator) remove(t *ticket) {
	if t.sprint == nil {
		return
	}
	g.do(t, 11, 15, op{do: leave, n: t.sprint.id})
	t.sprint = nil
	if g.chance(0.4) {
		g.setState(t, "done", 15, 16.4)
		t.crew.finished = slices.DeleteFunc(t.crew.finished, func(o *ticket) bool { return o == t })
		return
	}
	t.crew.backlog = append(t.crew.backlog, t)
}

func (g *generator) removeDone(t *ticket) {
	if t.sprint == nil || t.state != "done" {
		return
	}
	g.do(t, 11, 15, op{do: leave, n: t.sprint.id})
	t.sprint = nil
}

// pull takes a ticket of the backlog into the running sprint, once even one that is done already.
func (g *generator) pull(c *crew, s *sprint) {
	for _, t := range g.ready(c) {
		if t.gone || t.sprint != nil || t.epic > 0 && g.ahead(t) {
			continue
		}
		if g.chance(0.15) {
			g.setState(t, "done", 11, 13)
		}
		g.enterSprint(t, s, 13, 16)
		return
	}
}

func (g *generator) raiseFlag(t *ticket) {
	t.flagged = true
	g.do(t, 13, 16, op{do: flag})
}

func (g *generator) endFlags(hand []*ticket) {
	for _, t := range hand {
		if t.flagged && !t.gone && g.chance(0.35) {
			t.flagged = false
			g.do(t, 15, 16, op{do: unflag})
		}
	}
}

// needOthers marks a ticket as waiting for another team, or no longer.
func (g *generator) needOthers(t *ticket) {
	o := op{do: label, text: "dependency"}
	if t.labels["dependency"] {
		o.do = unlabel
	}
	t.labels["dependency"] = o.do == label
	g.do(t, 11, 15, o)
}

// changeEpic puts a ticket under another epic of its team, or under none.
func (g *generator) changeEpic(t *ticket) {
	e := g.running(t.crew)
	n := 0
	if e != nil && g.chance(0.85) {
		n = e.n
	}
	grows := t.epic == 0 && n > 0
	if n == t.epic || grows && t.crew.outlook(quarterOf(g.today)).first {
		return
	}
	t.epic = n
	g.reword(t, e)
	at := g.do(t, 11, 15, op{do: epicIs, n: n}, op{do: retitle, text: t.summary})
	for _, s := range t.subs {
		if !s.gone {
			_, part, _ := strings.Cut(s.summary, subMark)
			s.summary = g.say(t.summary + subMark + part)
			g.doAfter(s, at, op{do: retitle, text: s.summary})
		}
	}
}

// reword gives a ticket a title of its epic, or, outside of any, one of other work.
func (g *generator) reword(t, e *ticket) {
	t.theme, t.part = theme{}, ""
	if t.epic == 0 {
		t.summary = g.rewordedChore(t)
		return
	}
	t.theme = e.theme
	t.summary, t.part = g.rewordedWork(t.typ, e.theme)
}

func (g *generator) rename(t *ticket) {
	t.summary += " (first part)"
	g.do(t, 11, 15, op{do: retitle, text: t.summary})
	t.summary = t.summary[:len(t.summary)-len(" (first part)")]
}

func (g *generator) delete(t *ticket) {
	if len(t.subs) > 0 {
		return
	}
	g.do(t, 15, 16, op{do: erase})
	t.gone, t.sprint = true, nil
	t.crew.backlog = slices.DeleteFunc(t.crew.backlog, func(o *ticket) bool { return o == t })
}

// crossTeams is what teams do to each other: they move tickets, work for each other's epics, stand in each other's
// sprints.
func (g *generator) crossTeams(c *crew) {
	if len(c.open) == 0 {
		return
	}
	other := pick(g, g.teams)
	if other == c {
		return
	}
	if g.chance(0.06) { // another team's ticket in this team's sprint
		s := c.open[len(c.open)-1]
		g.story(other, c, nil, op{do: enter, n: s.id}).enterAs(s)
	}
	if e := g.running(other); e != nil && !other.outlook(quarterOf(g.today)).first && g.chance(0.12) { // this team's work in another team's epic
		g.story(c, c, e)
	}
	if c.Unit == other.Unit && g.chance(0.12) {
		g.moveSome(c, other)
	}
}

// moveSome moves a ticket to another team's project: one of the sprint, which stays there, one of the backlog, which
// is the other team's from now on, or an impediment.
func (g *generator) moveSome(c, other *crew) {
	list := slices.Concat(g.hand(c), c.troubles, c.backlog)
	list = slices.DeleteFunc(list, func(t *ticket) bool { return len(t.subs) > 0 || t.gone || t.home != c || t.state == "done" })
	if len(list) == 0 {
		return
	}
	t := pick(g, list)
	other.number++
	g.do(t, 14, 16, op{do: move, text: other.Key + "-" + strconv.Itoa(other.number)})
	t.home = other
	if t.sprint == nil {
		c.backlog = slices.DeleteFunc(c.backlog, func(o *ticket) bool { return o == t })
		c.troubles = slices.DeleteFunc(c.troubles, func(o *ticket) bool { return o == t })
		t.crew = other
		if t.trouble {
			other.troubles = append(other.troubles, t)
		} else {
			other.backlog = append(other.backlog, t)
		}
	}
}
