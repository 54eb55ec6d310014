package world

import (
	"cmp"
	"math"
	"slices"
	"time"

	"jerem/sim/world/wording"
)

// pendingLog is work that is written down on a later day than it was done.
type pendingLog struct {
	ticket *ticket
	on     time.Time
	amount float64
	due    time.Time // date
}

// logTime writes down hours of work of the day: today, days later, or both right and wrong.
func logTime(g *generator, t *ticket, h float64) {
	amount := math.Max(600, math.Round(h*12)*300)
	if t.crew.Key == "NET" { // who measures to the minute
		amount += float64(g.rand.IntN(5)) * 60
	}
	on := t.crew.clockTime(g.today, 9+g.rand.IntN(6), g.rand.IntN(60)).UTC()
	if g.drawChance(0.15) {
		g.pending = append(g.pending, pendingLog{t, on, amount, g.today.AddDate(0, 0, 1+g.rand.IntN(5))})
		return
	}
	writeWorklog(g, t, on, amount)
}

// longestLog is the most that one person writes down for a day, in seconds.
const longestLog = 7.5 * 3600

// writeWorklog writes down work of a day. What is more than one person can do is written by several.
func writeWorklog(g *generator, t *ticket, on time.Time, amount float64) {
	o := op{do: logWork, amount: min(amount, longestLog), on: on}
	at := g.actBetween(t, 15, 16.4, o)
	if on.After(at) {
		g.world.acts[len(g.world.acts)-1].ops[0].on = at
		o.on = at
	}
	t.logs++
	t.written++
	o.n = t.written
	t.logged = append(t.logged, o)
	for rest := amount - o.amount; rest > 0; rest -= longestLog {
		g.doAfter(t, t.last, op{do: logWork, amount: min(rest, longestLog), on: o.on})
		t.written++
	}
}

// logLater writes down what was left, and corrects or erases what was written wrongly.
func logLater(g *generator, c *crew) {
	var rest []pendingLog
	for _, p := range g.pending {
		switch {
		case p.ticket.crew != c || p.due.After(g.today):
			rest = append(rest, p)
		case !p.ticket.gone:
			writeWorklog(g, p.ticket, p.on, p.amount)
		}
	}
	g.pending = rest
	if !g.drawChance(0.25) {
		return
	}
	t := recentlyLogged(g, c)
	if t == nil {
		return
	}
	n := g.rand.IntN(t.logs)
	switch o := t.logged[n]; {
	case o.none:
	case g.drawChance(0.3):
		t.logged[n].none = true
		g.actBetween(t, 15, 16.4, op{do: unlog, n: o.n})
	default:
		o.amount += float64(1+g.rand.IntN(4)) * 1800
		if g.drawChance(0.3) {
			if before := c.workdayBefore(o.on); before.After(t.born.AddDate(0, 0, -1)) {
				o.on = before
			}
		}
		t.logged[n] = o
		g.actBetween(t, 15, 16.4, op{do: relog, n: o.n, amount: o.amount, on: o.on})
	}
}

// recentlyLogged picks a ticket with work written down, an impediment rather than another.
func recentlyLogged(g *generator, c *crew) *ticket {
	for range 30 {
		t := g.world.tickets[max(0, len(g.world.tickets)-1-g.rand.IntN(160))]
		if t.crew == c && t.logs > 0 && !t.gone && (t.trouble || g.drawChance(0.2)) {
			return t
		}
	}
	return nil
}

// impedimentsOfDay brings what nobody expected, and works on what is there.
func impedimentsOfDay(g *generator, c *crew) {
	for g.drawChance(0.36) {
		createImpediment(g, c)
	}
	for _, t := range slices.Clone(c.troubles) {
		if t.gone || t.crew != c {
			c.troubles = slices.DeleteFunc(c.troubles, func(o *ticket) bool { return o == t })
			continue
		}
		workOnImpediment(g, c, t)
	}
}

var natures = []string{wording.Support, wording.Incident, wording.Bug, wording.Infrastructure, wording.Security}

// natureOp draws what Jira holds as the nature of an impediment: none, that which its title tells, or others besides.
// Where the kind leaves it open ("") it draws that as well, and returns it.
func natureOp(g *generator, main string) (op, string) {
	o := op{do: nature}
	x := g.rand.Float64()
	if x < 0.12 {
		return o, cmp.Or(main, wording.Support)
	}
	if x < 0.75 {
		open := []string{wording.Support, wording.Support, wording.Infrastructure, wording.Infrastructure,
			wording.Security}[g.rand.IntN(len(natures))]
		main = cmp.Or(main, open)
		o.list = []string{main}
		return o, main
	}
	main = cmp.Or(main, wording.Support)
	others := slices.DeleteFunc(slices.Clone(natures), func(n string) bool { return n == main })
	o.list = []string{main, others[0], others[1]}
	if x < 0.95 {
		o.list = []string{main, others[g.rand.IntN(4)]}
	}
	return o, main
}

// createImpediment opens an impediment; some are called so only later.
func createImpediment(g *generator, c *crew) {
	var ops []op
	typ, kind, main := "Task", wording.Support, ""
	switch x := g.rand.Float64(); {
	case x < 0.3:
		typ, kind, main = "Bug", wording.Bug, wording.Bug
	case x < 0.5:
		kind, main = wording.Incident, wording.Incident
		if len(c.Types) > 0 {
			typ = c.Types[0]
		}
	}
	late := g.drawChance(0.25)
	if !late && (typ != "Incident" || g.drawChance(0.3)) {
		ops = append(ops, op{do: label, text: "impediment"})
	}
	if g.drawChance(0.8) {
		var o op
		if o, main = natureOp(g, main); len(o.list) > 0 {
			ops = append(ops, o)
		}
	}
	main = cmp.Or(main, wording.Support)
	inside := len(c.open) > 0 && g.drawChance(0.12)
	if inside {
		ops = append(ops, op{do: enter, n: c.open[0].id})
	}
	t := g.addTicket(c, c, typ, impedimentTitle(g, c.names, kind, main), 9, 11, ops...)
	t.trouble, t.nature, t.late, t.left = true, main, late, g.drawBetween(1, 9)
	if inside {
		t.sprint = c.open[0]
	}
	c.troubles = append(c.troubles, t)
	if kind == wording.Incident && g.drawChance(0.5) { // the night before it had a ticket
		writeWorklog(g, t, c.clockTime(g.today, 3+g.rand.IntN(5), 20).UTC(), 3600)
	}
	if c.Unit == Seconds && g.drawChance(0.15) {
		s := createSubtask(g, t, op{do: hours, amount: 2 * 3600})
		t.subs = append(t.subs, s)
		writeWorklog(g, s, c.clockTime(g.today, 11, 30).UTC(), 5400)
		setSubtaskState(g, s, "done")
	}
}

// workOnImpediment works on an impediment for some hours of the day.
func workOnImpediment(g *generator, c *crew, t *ticket) {
	if t.state == "done" {
		return
	}
	if t.state == "open" {
		g.setState(t, "doing", 9.5, 12)
	}
	h := min(t.left+0.25, g.drawBetween(0.5, 5))
	t.left -= h
	c.rest -= c.capacity * h / 35
	if !g.drawChance(0.07) { // now and then nobody writes it down
		logTime(g, t, h)
	}
	if t.late && g.drawChance(0.6) {
		t.late = false
		g.actBetween(t, 15, 16.4, op{do: label, text: "impediment"})
	}
	switch {
	case g.drawChance(0.1):
		o, _ := natureOp(g, t.nature)
		g.actBetween(t, 15, 16.4, o)
	case !t.late && g.drawChance(0.04): // it was none after all
		g.actBetween(t, 15, 16.4, op{do: unlabel, text: "impediment"})
	}
	if t.left <= 0 {
		if t.late && g.drawChance(0.7) {
			t.late = false
			g.actBetween(t, 15, 16.4, op{do: label, text: "Impediment"})
		}
		g.setState(t, "done", 15, 16.5)
		t.crew.finished = slices.DeleteFunc(t.crew.finished, func(o *ticket) bool { return o == t })
		c.troubles = slices.DeleteFunc(c.troubles, func(o *ticket) bool { return o == t })
	}
}

// onCallNights are days off: only what burns is worked on.
func onCallNights(g *generator, c *crew) {
	if len(c.sprints) == 0 && !c.Kanban || !g.drawChance(0.06) {
		return
	}
	typ := "Task"
	if len(c.Types) > 0 {
		typ = c.Types[0]
	}
	title := impedimentTitle(g, c.names, wording.Incident, wording.Incident)
	t := g.addTicket(
		c,
		c,
		typ,
		title,
		10,
		11,
		op{do: label, text: "impediment"},
		op{do: nature, list: []string{wording.Incident}},
	)
	t.trouble, t.nature = true, wording.Incident
	writeWorklog(g, t, c.clockTime(g.today, 11, 10).UTC(), float64(1+g.rand.IntN(4))*1800)
	g.setState(t, "done", 15, 16.4)
}
