package duty

import (
	"math/rand/v2"
	"slices"
	"time"

	"jerem/sim/world"
)

// generator draws what happens in one rota, in order of time.
type generator struct {
	*rand.Rand
	team      *team
	end       time.Time
	incidents []world.Incident
	books     *Books
	acts      []Act
	labels    int
	agenda    []planned
}

// planned is what the generator will do at a moment.
type planned struct {
	at time.Time
	do func()
}

// addToAgenda puts something on the agenda, after what stands there for the same moment.
func (g *generator) addToAgenda(at time.Time, do func()) {
	i := len(g.agenda)
	for i > 0 && g.agenda[i-1].at.After(at) {
		i--
	}
	g.agenda = slices.Insert(g.agenda, i, planned{at, do})
}

// addAct does an act: it is kept, and the books know it from then on. The label by which others are about it is
// returned.
func (g *generator) addAct(a Act) int {
	g.labels++
	a.label = g.labels*len(plans) + slices.Index(g.books.teams, g.team) + 1
	g.acts = append(g.acts, a)
	g.books.enterAct(a)
	return a.label
}

func (g *generator) drawChance(p float64) bool { return g.Float64() < p }

func (g *generator) drawMinutes(from, to int) time.Duration {
	return time.Duration(from+g.IntN(to-from+1)) * time.Minute
}

// drawColleague draws somebody of the team but for one, who is still there at a moment; "" where there is none.
func (g *generator) drawColleague(but string, at time.Time) string {
	for range 20 {
		if p := g.team.people[g.IntN(len(g.team.people))].Handle; p != but && g.team.isThere(p, at) {
			return p
		}
	}
	return ""
}

// playLife plays the days of the rota. At the moment at which one meets the company there are requests that wait.
func (g *generator) playLife(clock time.Time) {
	for d := firstDuty; d.utc.Before(g.end); d = d.addDays(1) {
		g.addToAgenda(d.atHour(0, g.team.zone), func() { g.planDay(d) })
	}
	for _, i := range g.incidents {
		planIncident(g, i)
	}
	planDecision(g)
	planWaiting(g, clock)
	for len(g.agenda) > 0 && g.agenda[0].at.Before(g.end) {
		next := g.agenda[0]
		g.agenda = g.agenda[1:]
		next.do()
	}
}

// planDay draws what happens on a date.
func (g *generator) planDay(d date) {
	at := func(hour int) time.Time { return d.atHour(hour, g.team.zone).Add(g.drawMinutes(0, 59)) }
	for _, x := range []struct {
		chance float64
		hour   int
		do     func(time.Time)
	}{
		{0.10, 10, g.askCover}, {0.05, 11, g.askExchange}, {0.03, 13, g.announceAbsence}, {0.015, 14, g.correctPast},
		{0.01, 16, g.enterByHand}, {0.8, 17, g.takeGap},
	} {
		if moment := at(x.hour); g.drawChance(x.chance) {
			g.addToAgenda(moment, func() { x.do(moment) })
		}
	}
	// What holds from now on is at whole hours.
	if moment := d.atHour(11+g.IntN(10), g.team.zone); g.drawChance(0.02) {
		g.addToAgenda(moment, func() { takeOver(g, moment) })
	}
	if moment := d.atHour(15, g.team.zone); g.drawChance(0.01) {
		g.addToAgenda(moment, func() { cancelSome(g, moment) })
	}
	planAlerts(g, d)
}

// nightOn is a night of a rota, from 18 to 9 o'clock.
func (g *generator) nightOn(d date) (start, end time.Time) {
	return d.atHour(18, g.team.zone), d.addDays(1).atHour(9, g.team.zone)
}

// askCover has somebody ask for a cover of a night or of several days of theirs, one colleague or all of the rota.
func (g *generator) askCover(now time.Time) {
	start, end := g.nightOn(dayOn(now, g.team.zone).addDays(3 + g.IntN(20)))
	if g.drawChance(0.35) {
		end = end.AddDate(0, 0, 1+g.IntN(3))
	}
	to := ""
	if g.drawChance(0.6) {
		to = g.drawColleague(g.books.board.dutyAt(g.team, start).followed, end)
	}
	g.askFor(now, start, end, to, g.drawMinutes(30, 2400))
}

// askFor asks for a cover where one person has all of the time, and plans the answer.
func (g *generator) askFor(now, start, end time.Time, to string, after time.Duration) {
	from := g.books.board.dutyAt(g.team, start).followed
	if !g.books.board.hasAll(g.team, from, start, end) || !g.team.isThere(from, end) || to == from {
		return
	}
	label := g.addAct(Act{At: now, Kind: Ask, By: from, Change: "cover", Rota: g.team.rota, Start: start, End: end,
		To: to})
	by := to
	if to == "" {
		by = g.drawColleague(from, end)
	}
	g.planAnswer(now.Add(after), label, by, to != "")
}

// planAnswer plans that somebody accepts or declines; where nobody may any more, the request expires by itself.
func (g *generator) planAnswer(at time.Time, label int, by string, mayDecline bool) {
	kind := Accept
	if mayDecline && g.drawChance(0.15) {
		kind = Decline
	}
	g.addToAgenda(at, func() {
		for _, c := range g.books.board.sidesOf(label) {
			isHad := g.books.board.hasAll(g.team, c.from, c.start, c.end)
			if c.state != "open" || !at.Before(c.start) || kind == Accept && !isHad || by == "" {
				return
			}
		}
		g.addAct(Act{At: at, Kind: kind, By: by, about: label})
	})
}

// askExchange has somebody offer a night of theirs for a night of a colleague.
func (g *generator) askExchange(now time.Time) {
	today := dayOn(now, g.team.zone)
	offerExchange(g, now, today.addDays(3+g.IntN(12)), today.addDays(4+g.IntN(25)), g.drawMinutes(60, 2000))
}

func offerExchange(g *generator, now time.Time, first, second date, after time.Duration) {
	start, end := g.nightOn(first)
	against := Side{Rota: g.team.rota}
	against.Start, against.End = g.nightOn(second)
	board := g.books.board
	from, to := board.dutyAt(g.team, start).followed, board.dutyAt(g.team, against.Start).followed
	isPossible := from != to && board.hasAll(g.team, from, start, end) &&
		board.hasAll(g.team, to, against.Start, against.End) && g.team.isThere(from, against.End) &&
		g.team.isThere(to, end)
	if !isPossible {
		return
	}
	label := g.addAct(Act{At: now, Kind: Ask, By: from, Change: "exchange", Rota: g.team.rota, Start: start, End: end,
		To: to, Against: &against})
	g.planAnswer(now.Add(after), label, to, true)
}

// announceAbsence has somebody tell when they are away, and ask all to cover what meets it first.
func (g *generator) announceAbsence(now time.Time) {
	person := g.drawColleague("", now)
	first := dayOn(now, g.team.zone).addDays(14 + g.IntN(30))
	last := first.addDays(4 + g.IntN(8))
	g.addAct(Act{At: now, Kind: Absent, By: person, From: first.String(), Until: last.String()})
	for d := first; !last.isBefore(d); d = d.addDays(1) {
		start, end := g.nightOn(d)
		if g.books.board.dutyAt(g.team, start).followed == person && g.books.board.hasAll(g.team, person, start, end) {
			g.addToAgenda(now.Add(time.Hour), func() {
				g.askFor(now.Add(time.Hour), start, end, "", g.drawMinutes(60, 3000))
			})
			return
		}
	}
}

// takeOver has a colleague take over from now on to the end of the turn, or as far as the same one has it.
func takeOver(g *generator, now time.Time) {
	d := g.books.board.dutyAt(g.team, now)
	by := g.drawColleague(d.followed, now.AddDate(0, 0, 8))
	if d.person == "" || by == "" {
		return
	}
	end := now
	for {
		next := g.books.board.dutyAt(g.team, end)
		if next.version != d.version || next.turn != d.turn || next.covered && next.followed != d.followed {
			break
		}
		end = end.Add(time.Hour)
	}
	g.addAct(Act{At: now, Kind: Ask, By: by, Change: "take", Rota: g.team.rota, Start: now, End: end})
}

// takeGap has a colleague take a gap of the weeks ahead: one span in which nobody is on duty.
func (g *generator) takeGap(now time.Time) {
	from := dayOn(now, g.team.zone).addDays(7).atHour(0, g.team.zone)
	for _, s := range g.books.Segments(g.team.rota, from, from.AddDate(0, 0, 7)) {
		by := g.drawColleague("", s.End)
		if s.Person == "" && s.Start.After(from) && by != "" {
			g.addAct(Act{At: now, Kind: Ask, By: by, Change: "take", Rota: g.team.rota, Start: s.Start, End: s.End})
			return
		}
	}
}

// correctPast has the operator set right who had a night some days ago, in a frozen month too.
func (g *generator) correctPast(now time.Time) {
	start, end := g.nightOn(dayOn(now, g.team.zone).addDays(-2 - g.IntN(9)))
	from := g.books.board.dutyAt(g.team, start).followed
	to := g.drawColleague(from, start)
	if from == "" || to == "" || !g.books.board.hasAll(g.team, from, start, end) || end.After(now) {
		return
	}
	g.addAct(Act{At: now, Kind: Ask, By: Operator, Change: "cover", Rota: g.team.rota, Start: start, End: end,
		Giver: from,
		To:    to, Reason: "correction"})
}

// cancelSome has the operator cancel the rest of what runs or lies ahead.
func cancelSome(g *generator, now time.Time) {
	for _, c := range g.books.board.changes {
		if c.state == "accepted" && c.end.After(now) && c.kind == "cover" {
			g.addAct(Act{At: now, Kind: CancelRest, By: Operator, about: c.act})
			return
		}
	}
}

// planWaiting has requests wait for an answer as one meets the company: one of all, one of a colleague.
func planWaiting(g *generator, clock time.Time) {
	today, long := dayOn(clock, g.team.zone), 6*24*time.Hour
	g.addToAgenda(clock.Add(-3*time.Hour), func() {
		start, end := g.nightOn(today.addDays(9))
		g.askFor(clock.Add(-3*time.Hour), start, end, "", long)
	})
	g.addToAgenda(clock.Add(-2*time.Hour), func() {
		offerExchange(g, clock.Add(-2*time.Hour), today.addDays(8), today.addDays(15), long)
	})
}
