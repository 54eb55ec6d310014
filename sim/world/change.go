package world

import (
	"slices"
	"strconv"
	"strings"

	"jerem/sim/world/wording"
)

// changeMinds is what happens to plans while a sprint runs.
func changeMinds(g *generator, c *crew) {
	if len(c.open) == 0 {
		return
	}
	s := c.open[len(c.open)-1]
	hand := issuesInHand(g, c)
	some := func(state string) *ticket {
		list := slices.DeleteFunc(slices.Clone(hand), func(t *ticket) bool { return t.state != state || t.home != c })
		if len(list) == 0 {
			return nil
		}
		return pickOne(g, list)
	}
	for _, x := range []struct {
		p   float64
		to  *ticket
		how func(*generator, *ticket)
	}{
		{0.12, some("doing"), estimateAgain}, {0.06, some("review"), estimateAgain},
		{0.08, some("open"), estimateAgain},
		{0.1, pickFinished(g, c, s), estimateAgain}, {0.09, pickFinished(g, c, s), reopenDone},
		{0.08, pickFinished(g, c, nil), func(g *generator, t *ticket) { reopenIntoSprint(g, t, s) }},
		{0.1, some("open"), removeFromSprint}, {0.02, some("doing"), removeFromSprint},
		{0.02, pickFinished(g, c, s), removeDoneFromSprint},
		{0.1, some("doing"), raiseFlag}, {0.1, some("open"), changeDependency}, {0.06, some("doing"), changeDependency},
		{0.05, some("open"), changeEpic}, {0.04, some("doing"), renameIssue}, {0.03, some("open"), deleteIssue},
	} {
		if g.drawChance(x.p) && x.to != nil && !x.to.gone {
			x.how(g, x.to)
		}
	}
	endFlags(g, hand)
	if g.drawChance(0.1) {
		pullIntoSprint(g, c, s)
	}
	if g.drawChance(0.12) {
		e := pickRunningEpic(g, c)
		if c.outlookFor(quarterOf(g.today)).first {
			e = nil
		}
		createStory(g, c, c, e, op{do: enter, n: s.id}).enterAs(s)
	}
}

// enterAs notes that a ticket was created inside a sprint.
func (t *ticket) enterAs(s *sprint) {
	t.sprint = s
	t.crew.backlog = slices.DeleteFunc(t.crew.backlog, func(o *ticket) bool { return o == t })
}

// pickFinished picks a ticket that was finished in a sprint, or with nil in one that is closed.
func pickFinished(g *generator, c *crew, s *sprint) *ticket {
	list := slices.DeleteFunc(slices.Clone(c.finished), func(t *ticket) bool {
		return t.sprint != s || t.gone ||
			t.state != "done" || t.crew != c
	})
	if len(list) == 0 {
		return nil
	}
	return pickOne(g, list)
}

// estimateAgain gives a ticket another estimate, or its first one; a sub-task's where these hold the hours.
func estimateAgain(g *generator, t *ticket) {
	if t.crew.Unit != t.home.Unit {
		return
	}
	if len(t.subs) > 0 && t.crew.Unit == Seconds {
		s := pickOne(g, t.subs)
		g.actBetween(s, 11, 15, g.estimateOp(s))
		return
	}
	if t.known && g.drawChance(0.04) {
		t.known = false
		o := op{do: points, none: true}
		if t.crew.Unit == Seconds {
			o.do = hours
		}
		g.actBetween(t, 11, 15, o)
		return
	}
	before := t.size
	o := g.estimateOp(t)
	if t.state != "done" {
		t.left = max(t.left+(o.amount*g.drawBetween(0.8, 1.2)-before)/2, o.amount/4)
		t.size = o.amount
	}
	g.actBetween(t, 11, 15, o)
}

// reopenDone takes up again what was done in this sprint.
func reopenDone(g *generator, t *ticket) {
	if t.state != "done" {
		return
	}
	t.left = t.size * g.drawBetween(0.1, 0.4)
	takeUpReopened(g, t)
	g.setState(t, "doing", 13, 16)
}

// reopenIntoSprint takes up again what was done in an earlier sprint: in the running one, or at first outside of it.
func reopenIntoSprint(g *generator, t *ticket, s *sprint) {
	t.left = t.size * g.drawBetween(0.1, 0.4)
	takeUpReopened(g, t)
	if g.drawChance(0.5) {
		t.sprint = s
		g.setState(t, "doing", 13, 16, op{do: enter, n: s.id})
		return
	}
	g.setState(t, "doing", 11, 13)
	g.enterSprint(t, s, 13, 16)
}

func takeUpReopened(g *generator, t *ticket) {
	t.crew.finished = slices.DeleteFunc(t.crew.finished, func(o *ticket) bool { return o == t })
	for _, s := range t.subs {
		if !s.gone && t.crew.Unit == Seconds && g.drawChance(0.5) {
			setSubtaskState(g, s, "doing")
			s.left = s.estimate / 4
		}
	}
}

// removeFromSprint takes a ticket out of its sprint; some are done elsewhere all the same.
func removeFromSprint(g *generator, t *ticket) {
	if t.sprint == nil {
		return
	}
	g.actBetween(t, 11, 15, op{do: leave, n: t.sprint.id})
	t.sprint = nil
	if g.drawChance(0.4) {
		g.setState(t, "done", 15, 16.4)
		t.crew.finished = slices.DeleteFunc(t.crew.finished, func(o *ticket) bool { return o == t })
		return
	}
	t.crew.backlog = append(t.crew.backlog, t)
}

func removeDoneFromSprint(g *generator, t *ticket) {
	if t.sprint == nil || t.state != "done" {
		return
	}
	g.actBetween(t, 11, 15, op{do: leave, n: t.sprint.id})
	t.sprint = nil
}

// pullIntoSprint takes a ticket of the backlog into the running sprint, once even one that is done already.
func pullIntoSprint(g *generator, c *crew, s *sprint) {
	for _, t := range readyIssues(g, c) {
		if t.gone || t.sprint != nil || t.epic > 0 && isPlannedAhead(g, t) {
			continue
		}
		if g.drawChance(0.15) {
			g.setState(t, "done", 11, 13)
		}
		g.enterSprint(t, s, 13, 16)
		return
	}
}

func raiseFlag(g *generator, t *ticket) {
	t.flagged = true
	g.actBetween(t, 13, 16, op{do: flag})
}

func endFlags(g *generator, hand []*ticket) {
	for _, t := range hand {
		if t.flagged && !t.gone && g.drawChance(0.35) {
			t.flagged = false
			g.actBetween(t, 15, 16, op{do: unflag})
		}
	}
}

// changeDependency marks a ticket as waiting for another team, or no longer.
func changeDependency(g *generator, t *ticket) {
	o := op{do: label, text: "dependency"}
	if t.labels["dependency"] {
		o.do = unlabel
	}
	t.labels["dependency"] = o.do == label
	g.actBetween(t, 11, 15, o)
}

// changeEpic puts a ticket under another epic of its team, or under none.
func changeEpic(g *generator, t *ticket) {
	e := pickRunningEpic(g, t.crew)
	n := 0
	if e != nil && g.drawChance(0.85) {
		n = e.n
	}
	grows := t.epic == 0 && n > 0
	if n == t.epic || grows && t.crew.outlookFor(quarterOf(g.today)).first {
		return
	}
	t.epic = n
	rewordIssue(g, t, e)
	at := g.actBetween(t, 11, 15, op{do: epicIs, n: n}, op{do: retitle, text: t.summary})
	for _, s := range t.subs {
		if !s.gone {
			_, part, _ := strings.Cut(s.summary, subMark)
			s.summary = g.pickText(t.summary + subMark + part)
			g.doAfter(s, at, op{do: retitle, text: s.summary})
		}
	}
}

// rewordIssue gives a ticket a title of its epic, or, outside of any, one of other work.
func rewordIssue(g *generator, t, e *ticket) {
	t.theme, t.part = wording.Theme{}, ""
	if t.epic == 0 {
		t.summary = rewordedChore(g, t)
		return
	}
	t.theme = e.theme
	t.summary, t.part = rewordedWork(g, t.typ, e.theme)
}

func renameIssue(g *generator, t *ticket) {
	t.summary += " (first part)"
	g.actBetween(t, 11, 15, op{do: retitle, text: t.summary})
	t.summary = t.summary[:len(t.summary)-len(" (first part)")]
}

func deleteIssue(g *generator, t *ticket) {
	if len(t.subs) > 0 {
		return
	}
	g.actBetween(t, 15, 16, op{do: erase})
	t.gone, t.sprint = true, nil
	t.crew.backlog = slices.DeleteFunc(t.crew.backlog, func(o *ticket) bool { return o == t })
}

// moveBetweenTeams is what teams do to each other: they move tickets, work for each other's epics, stand in each
// other's sprints.
func moveBetweenTeams(g *generator, c *crew) {
	if len(c.open) == 0 {
		return
	}
	other := pickOne(g, g.world.teams)
	if other == c {
		return
	}
	if g.drawChance(0.06) { // another team's ticket in this team's sprint
		s := c.open[len(c.open)-1]
		createStory(g, other, c, nil, op{do: enter, n: s.id}).enterAs(s)
	}
	if e := pickRunningEpic(g, other); e != nil && !other.outlookFor(quarterOf(g.today)).first &&
		g.drawChance(0.12) { // this team's work in another team's epic
		createStory(g, c, c, e)
	}
	if c.Unit == other.Unit && g.drawChance(0.12) {
		moveSomeTo(g, c, other)
	}
}

// moveSomeTo moves a ticket to another team's project: one of the sprint, which stays there, one of the backlog, which
// is the other team's from now on, or an impediment.
func moveSomeTo(g *generator, c, other *crew) {
	list := slices.Concat(issuesInHand(g, c), c.troubles, c.backlog)
	list = slices.DeleteFunc(list, func(t *ticket) bool {
		return len(t.subs) > 0 || t.gone || t.home != c ||
			t.state == "done"
	})
	if len(list) == 0 {
		return
	}
	t := pickOne(g, list)
	other.number++
	g.actBetween(t, 14, 16, op{do: move, text: other.Key + "-" + strconv.Itoa(other.number)})
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
