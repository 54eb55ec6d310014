package duty

import (
	"fmt"
	"time"

	"jerem/sim/world"
)

// planAlerts draws the alerts of a date: the noisy rule until it was cured, useful ones, and a drill each month.
func planAlerts(g *generator, d date) {
	t := g.team
	isCured := !t.noisy.decided.isZero() && !d.isBefore(t.noisy.decided)
	isNoisy := g.drawChance(t.noisy.weekly / 7)
	moment := d.atHour(hourOfNoise(g), t.zone).Add(g.drawMinutes(0, 59))
	switch {
	case !isNoisy, isCured && t.noisy.decision != "daytime":
	case isCured:
		if t.worksOn(d) {
			planNoise(g, d.atHour(10+g.IntN(6), t.zone).Add(g.drawMinutes(0, 59)))
		}
	default:
		planNoise(g, moment)
	}
	if useful := d.atHour(g.IntN(24), t.zone).Add(g.drawMinutes(0, 59)); g.drawChance(0.06) {
		rule := t.useful[g.IntN(len(t.useful))]
		g.addToAgenda(useful, func() { playUseful(g, useful, rule) })
	}
	if d.utc.Day() <= 7 && d.utc.Weekday() == time.Monday {
		drill := d.atHour(11, t.zone)
		g.addToAgenda(drill, func() { playDrill(g, drill) })
	}
}

// hourOfNoise draws when noise comes: mostly at night, as batches run then.
func hourOfNoise(g *generator) int {
	if g.drawChance(0.8) {
		return (23 + g.IntN(7)) % 24
	}
	return g.IntN(24)
}

func planNoise(g *generator, at time.Time) { g.addToAgenda(at, func() { playNoise(g, at) }) }

// emitAlert emits that an alert fires and returns its label, and whom it called; "" for nobody.
func (g *generator) emitAlert(at time.Time, rule string) (label int, person string) {
	a := Act{At: at, Kind: Fire, Team: g.team.name, Source: g.team.pager, Rule: rule,
		Fingerprint: fmt.Sprintf("%s-%d", g.team.key, g.labels+1)}
	if !g.team.presumes {
		a.Person = g.books.board.dutyAt(g.team, at).person
	}
	label = g.addAct(a)
	if c := g.books.byAct[label].call; c != nil {
		person = c.person
	}
	return label, person
}

// planAbout plans an act about an alert.
func (g *generator) planAbout(at time.Time, a Act, label int) {
	a.At, a.about = at, label
	a.Team, a.Source = g.team.name, g.team.pager
	g.addToAgenda(at, func() { g.addAct(a) })
}

// morningAfter is when people look back on a night.
func (g *generator) morningAfter(at time.Time) time.Time {
	d := dayOn(at, g.team.zone)
	if at.In(g.team.zone).Hour() >= 7 {
		d = d.addDays(1)
	}
	return d.atHour(9, g.team.zone).Add(g.drawMinutes(20, 90))
}

// playNoise is an alert that heals by itself, whether anybody looked or not. Now and then something is
// broken indeed at the same time.
func playNoise(g *generator, at time.Time) {
	label, person := g.emitAlert(at, g.team.noisy.name)
	heals := at.Add(g.drawMinutes(g.team.noisy.heals[0], g.team.noisy.heals[1]))
	seen := at.Add(g.drawMinutes(2, 9))
	// A pager that names people takes no acknowledgement of what is over.
	if person != "" && g.drawChance(0.6) && (g.team.presumes || seen.Before(heals)) {
		g.planAbout(seen, Act{Kind: Confirm, By: person}, label)
	}
	g.planAbout(heals, Act{Kind: Resolve}, label)
	if g.drawChance(0.08) {
		playUseful(g, at, g.team.useful[0])
		return
	}
	if person != "" && g.drawChance(0.85) {
		g.planAbout(g.morningAfter(at), Act{Kind: Judge, By: person, Verdict: "noise",
			Reason: g.team.noisy.reason}, label)
	}
}

// playUseful is an alert that somebody has to work on.
func playUseful(g *generator, at time.Time, rule string) {
	label, person := g.emitAlert(at, rule)
	took := g.drawMinutes(15, 80)
	g.planAbout(at.Add(took), Act{Kind: Resolve}, label)
	if person == "" {
		return
	}
	g.planAbout(at.Add(g.drawMinutes(2, 7)), Act{Kind: Confirm, By: person}, label)
	morning := g.morningAfter(at)
	if g.drawChance(0.9) {
		g.planAbout(morning, Act{Kind: Judge, By: person, Verdict: "useful"}, label)
	}
	if g.drawChance(0.3) {
		g.planAbout(morning.Add(2*time.Minute), Act{Kind: SetTimes, By: person, Start: at,
			End: at.Add(took + g.drawMinutes(5, 30))}, label)
	}
}

// playDrill tries the way from the alert to the person, in working hours.
func playDrill(g *generator, at time.Time) {
	label, person := g.emitAlert(at, "Drill")
	g.planAbout(at.Add(10*time.Minute), Act{Kind: Resolve}, label)
	if person != "" {
		g.planAbout(at.Add(3*time.Minute), Act{Kind: Confirm, By: person}, label)
		g.planAbout(at.Add(12*time.Minute), Act{Kind: Judge, By: person, Verdict: "test"}, label)
	}
}

// planIncident makes the call-out of an impediment that the world has: somebody was called some minutes before the
// work began, or before the issue was made.
func planIncident(g *generator, i world.Incident) {
	begin := i.Worked
	if i.Created.Before(begin) {
		begin = i.Created
	}
	if begin.Before(firstDuty.atHour(12, g.team.zone)) {
		return
	}
	at := begin.Add(-g.drawMinutes(4, 12)).Truncate(time.Minute)
	g.addToAgenda(at, func() {
		label, person := g.emitAlert(at, g.team.useful[g.IntN(len(g.team.useful))])
		end := i.Worked.Add(i.Took).Truncate(time.Minute)
		g.planAbout(end, Act{Kind: Resolve}, label)
		if person == "" {
			return
		}
		g.planAbout(at.Add(3*time.Minute), Act{Kind: Confirm, By: person}, label)
		linked := i.Created.Truncate(time.Minute).Add(70 * time.Minute)
		g.planAbout(linked, Act{Kind: LinkIssue, By: person, Issue: i.Key}, label)
		g.planAbout(linked.Add(3*time.Minute), Act{Kind: Judge, By: person, Verdict: "useful"}, label)
		if end.After(at.Add(time.Hour)) && linked.Add(5*time.Minute).After(end) {
			g.planAbout(linked.Add(5*time.Minute), Act{Kind: SetTimes, By: person, Start: at, End: end}, label)
		}
	})
}

// enterByHand has somebody enter a call of the evening before that no pager told: a colleague rang.
func (g *generator) enterByHand(now time.Time) {
	start := dayOn(now, g.team.zone).addDays(-1).atHour(19, g.team.zone).Add(g.drawMinutes(0, 50))
	person := g.books.board.dutyAt(g.team, start).person
	if person == "" {
		return
	}
	g.addAct(Act{At: now, Kind: EnterByHand, By: person, Team: g.team.name, Start: start,
		End: start.Add(g.drawMinutes(10, 60))})
}

// planDecision plans that the team decides about its noisy rule.
func planDecision(g *generator) {
	n := g.team.noisy
	at := n.decided.atHour(14, g.team.zone)
	g.addToAgenda(at, func() {
		g.addAct(Act{At: at, Kind: DecideRule, By: Operator, Team: g.team.name, Rule: n.name, Decision: n.decision,
			Review: n.review.String()})
	})
}
