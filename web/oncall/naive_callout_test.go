package oncall_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"
)

// enterCallout enters a call-out by hand that has just been.
func (s *story) enterCallout() {
	person := s.pick("ada", "ben", "cleo", "dan", "eve")
	started := s.office.now.Add(-time.Duration(60+s.IntN(72*60)) * time.Minute)
	if n := len(s.callouts); n > 0 && s.IntN(2) == 0 { // soon after another one of the same person
		last := s.callouts[n-1]
		soon := last.started.Add(time.Duration(s.IntN(180)) * time.Minute)
		if soon.Before(started.Add(72*time.Hour)) && !soon.After(s.office.now.Add(-time.Hour)) {
			person, started = last.person, soon
		}
	}
	c := naiveCallout{team: s.pick("Kubernetes", "Metal"), person: person, origin: "hand", started: started,
		said: started.Add(time.Duration(1+s.IntN(59)) * time.Minute), verdict: "unset"}
	body := fields{"team": c.team, "person": c.person, "started": c.started.Format(time.RFC3339),
		"ended": c.said.Format(time.RFC3339)}
	as := person
	if s.IntN(3) == 0 {
		as = "operator"
		body["because"] = "other"
	}
	g := s.ask(as, "POST", "callouts", body)
	if s.isFrozen(c) && as != "operator" {
		s.hold(fmt.Sprintf("call-out %v", body), g, 409)
		return
	}
	s.hold(fmt.Sprintf("call-out %v", body), g, 201)
	c.id = s.idOf(g)
	s.callouts = append(s.callouts, c)
}

func (s *story) isFrozen(c naiveCallout) bool {
	return slices.Contains(s.frozen, monthIn(c.started, s.person(c.person).zone))
}

// fireAlert has the pager tell of an alert of some minutes ago, with or without a person; sometimes twice.
func (s *story) fireAlert() {
	at := s.office.now.Add(-time.Duration(s.IntN(30)) * time.Minute)
	a := naiveAlert{name: fmt.Sprint("a", len(s.alerts)), rule: s.pick("DiskFull", "CertExpires", "NodeDown"),
		start: at}
	event := fields{"id": a.name, "state": "firing", "rule": a.rule, "at": at.Format(time.RFC3339)}
	called, origin := "", "source"
	if s.IntN(2) == 0 {
		called = s.pick("ada", "ben", "cleo", "dan", "eve")
		event["person"] = called
	} else if d := s.dutyAt("rota0", at.Truncate(slot)); d.exists {
		called, origin = d.person, "presumed" // rota0 is level 1 of Kubernetes
	}
	for range 1 + s.IntN(2) {
		s.postEvent("pager", event)
	}
	s.alerts = append(s.alerts, a)
	s.enterPage(called, origin, at)
}

// enterPage enters the page of the last alert to a person, "" for nobody.
func (s *story) enterPage(called, origin string, at time.Time) {
	if called == "" {
		return
	}
	i := slices.IndexFunc(s.callouts, func(c naiveCallout) bool {
		return c.person == called && !at.Before(c.started) && at.Sub(c.started) < time.Minute
	})
	if i < 0 {
		i = len(s.callouts)
		c := naiveCallout{team: "Kubernetes", person: called, origin: origin, started: at, verdict: "unset"}
		for _, other := range s.callouts {
			c.id = max(c.id, other.id)
		}
		c.id++
		if origin == "presumed" {
			c.rota, c.level = "rota0", 1
		}
		s.callouts = append(s.callouts, c)
	}
	s.callouts[i].touches = append(s.callouts[i].touches, at)
	s.callouts[i].alerts = append(s.callouts[i].alerts, len(s.alerts)-1)
}

// fireOfManager has Alertmanager post an alert as it has it: firing, resolved, resolved first, twice, or two alerts in
// a body. Who is on duty at level 1 at its start is presumed, by the ledger as it is now.
func (s *story) fireOfManager() {
	var bodies [][]any
	for range 1 + s.IntN(2) {
		at := s.office.now.Add(-time.Duration(1+s.IntN(90)) * time.Minute)
		a := naiveAlert{name: fmt.Sprint("m", len(s.alerts)), rule: s.pick("DiskFull", "CertExpires", "NodeDown"),
			start: at, isOfManager: true}
		events := []any{managerEvent(a, "firing", time.Time{})}
		if s.IntN(2) == 0 {
			a.resolved, a.hasResolved = at.Add(time.Duration(s.IntN(60))*time.Minute), true
			events = append(events, managerEvent(a, "resolved", a.resolved))
		}
		s.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		for _, e := range events {
			bodies = append(bodies, []any{e})
		}
		s.alerts = append(s.alerts, a)
		called := ""
		if d := s.dutyAt("rota0", at.Truncate(slot)); d.exists {
			called = d.person
		}
		s.enterPage(called, "presumed", at)
	}
	if s.IntN(2) == 0 { // once more
		bodies = append(bodies, bodies[0])
	}
	for _, alerts := range bodies {
		s.postEvent("prod", fields{"version": "4", "alerts": alerts})
	}
}

func managerEvent(a naiveAlert, status string, ends time.Time) fields {
	event := fields{"status": status, "labels": fields{"alertname": a.rule}, "fingerprint": a.name,
		"startsAt": a.start.Format(time.RFC3339)}
	if status == "resolved" {
		event["endsAt"] = ends.Format(time.RFC3339)
	}
	return event
}

func (s *story) postEvent(source string, event fields) {
	body, err := json.Marshal(event)
	if err != nil {
		s.t.Fatal(err)
	}
	if status := s.office.post(source, hookSecret, string(body)); status != 200 {
		s.t.Fatalf("an event was answered %d", status)
	}
}

// resolveSome has the pager tell that an alert was resolved.
func (s *story) resolveSome() {
	for i, a := range s.alerts {
		if a.hasResolved || s.IntN(3) == 0 {
			continue
		}
		at := s.office.now.Add(-time.Duration(s.IntN(20)) * time.Minute)
		if at.Before(a.start) {
			at = a.start
		}
		if a.isOfManager {
			s.postEvent("prod", fields{"version": "4", "alerts": []any{managerEvent(a, "resolved", at)}})
		} else {
			s.postEvent("pager", fields{"id": a.name, "state": "resolved", "rule": a.rule,
				"at": at.Format(time.RFC3339)})
		}
		s.alerts[i].resolved, s.alerts[i].hasResolved = at, true
		return
	}
}

// judgeSome has the person of a call-out, or an operator, acknowledge, judge or end it.
func (s *story) judgeSome() {
	if len(s.callouts) == 0 {
		return
	}
	c := &s.callouts[max(0, len(s.callouts)-1-s.IntN(6))]
	as, because := c.person, fields{}
	if s.IntN(3) == 0 {
		as, because = "operator", fields{"because": "correction"}
	}
	want := 200
	if s.isFrozen(*c) && as != "operator" {
		want = 409
	}
	act := s.pick("acknowledge", "verdict", "verdict", "end")
	body := fields{}
	switch act {
	case "verdict":
		body["verdict"] = s.pick("useful", "noise", "test", "unset")
		if body["verdict"] == "noise" {
			body["reason"] = "heals_itself"
		}
	case "end":
		body["at"] = c.started.Add(20 * time.Minute).Format(time.RFC3339)
		if c.started.Add(20 * time.Minute).After(s.office.now) {
			return
		}
	}
	for name, value := range because {
		body[name] = value
	}
	s.hold(fmt.Sprintf("%s %v of %+v by %s", act, body, *c, as),
		s.ask(as, "POST", fmt.Sprintf("callouts/%d/%s", c.id, act),
			body), want)
	if want != 200 {
		return
	}
	switch act {
	case "acknowledge":
		c.touches = append(c.touches, s.office.now)
		if c.acknowledged.IsZero() || s.office.now.Before(c.acknowledged) {
			c.acknowledged = s.office.now
		}
	case "verdict":
		c.touches, c.verdict = append(c.touches, s.office.now), body["verdict"].(string)
	default:
		c.said = c.started.Add(20 * time.Minute)
	}
}

// compareCallouts holds the list of call-outs to the independent one.
func (s *story) compareCallouts() {
	var rows []struct {
		ID                           int
		Person, Team                 string
		Rota                         *string
		Level                        *int
		Started, Acknowledged, Ended *time.Time
		Verdict, Origin              string
		Assumed                      bool
	}
	s.office.want(200, s.ask("operator", "GET", "callouts?from=2026-01-01&to=2026-12-31", nil), &rows)
	if len(rows) != len(s.callouts) {
		s.t.Fatalf("%d call-outs, by the contract %d", len(rows), len(s.callouts))
	}
	for _, row := range rows {
		c := s.callouts[slices.IndexFunc(s.callouts, func(c naiveCallout) bool { return c.id == row.ID })]
		ended, hasEnded := s.endOf(c)
		rota, level := s.rotaOf(c)
		got := fmt.Sprint(row.Person, row.Team, textOf(row.Rota), momentText(row.Started), momentText(row.Acknowledged),
			momentText(row.Ended), row.Verdict, row.Origin, row.Assumed, row.Level != nil && *row.Level != level)
		if !hasEnded {
			ended = time.Time{}
		}
		want := fmt.Sprint(c.person, c.team, rota, momentText(&c.started), momentText(&c.acknowledged),
			momentText(&ended),
			c.verdict, c.origin, hasEnded && c.said.IsZero(), false)
		if got != want {
			s.t.Fatalf("call-out %d is\n%s, by the contract\n%s", row.ID, got, want)
		}
	}
}

func momentText(t *time.Time) string {
	if t == nil || t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.RFC3339)
}

// owedRests are the rests that a person's call-outs owe, by their start and end; teams are those of the call-outs.
func (s *story) owedRests(p naivePerson) (rests [][2]time.Time, teams []string) {
	const daily = 11 * time.Hour
	list := slices.Clone(s.callouts)
	slices.SortFunc(list, func(x, y naiveCallout) int { return cmp.Or(x.started.Compare(y.started), x.id-y.id) })
	var before [][2]time.Time
	for _, c := range list {
		if c.person != p.handle || c.verdict == "test" {
			continue
		}
		end, _ := s.endOf(c)
		span := [2]time.Time{c.started, end}
		if !end.After(c.started) {
			span[1] = c.started.Add(time.Second)
		}
		isDisturbing, hasWorked := false, false
		for t := span[0]; t.Before(span[1]); t = t.Add(time.Minute) {
			isDisturbing = isDisturbing || !p.worksAt(t)
		}
		for _, r := range rests {
			isDisturbing = isDisturbing || r[0].Before(span[1]) && span[0].Before(r[1])
		}
		for t := c.started.Add(-daily); t.Before(c.started); t = t.Add(time.Minute) {
			hasWorked = hasWorked || p.worksAt(t)
		}
		for _, b := range before {
			hasWorked = hasWorked || b[0].Before(c.started) && c.started.Add(-daily).Before(b[1])
		}
		if isDisturbing && hasWorked {
			rests, teams = append(rests, [2]time.Time{end, end.Add(daily)}), append(teams, c.team)
		}
		before = append(before, span)
	}
	return rests, teams
}

// compareLoad holds the load of a team in a month to the independent one.
func (s *story) compareLoad(team, month string) {
	var got struct {
		Interruptions, People *int
		OutOfHours            *int     `json:"out_of_hours"`
		DisturbedNights       *int     `json:"disturbed_nights"`
		RestSeconds           *int     `json:"rest_seconds"`
		LargestDutyShare      *float64 `json:"largest_duty_share"`
		Per12h                *float64 `json:"per_12h"`
	}
	s.office.want(200, s.ask("viewer", "GET", "load?team="+team+"&month="+month, nil), &got)
	paris := zoneNamed("Europe/Paris")
	start, end := clockAt(dayOf(month+"-01"), 0, paris), clockAt(dayOf(nextMonth(month)+"-01"), 0, paris)
	if end.After(s.office.now) {
		end = clockAt(localDay(s.office.now, paris), 0, paris) // a viewer is told of the days that are over
	}
	duty, total, largest := map[string]int{}, 0, 0
	for _, r := range s.rotas {
		for t := start; t.Before(end) && r.team == team; t = t.Add(slot) {
			if d := s.dutyAt(r.name, t); d.person != "" {
				duty[d.person] += 900
				total += 900
				largest = max(largest, duty[d.person])
			}
		}
	}
	if *got.People != len(duty) || (got.Interruptions == nil) != (len(duty) < 3) {
		s.t.Fatalf("load of %s in %s is of %d people, by the contract %v", team, month, *got.People, duty)
	}
	if len(duty) < 3 {
		return
	}
	interruptions, outOfHours, nights, rest := 0, 0, map[string]bool{}, 0
	for _, c := range s.callouts {
		if c.team != team || c.verdict == "test" || c.started.Before(start) || !c.started.Before(end) {
			continue
		}
		p := s.person(c.person)
		interruptions++
		if !p.worksAt(c.started) {
			outOfHours++
		}
		for d := localDay(c.started, p.zone) - 1; d <= localDay(c.started, p.zone); d++ {
			if !c.started.Before(clockAt(d, 22*3600, p.zone)) && c.started.Before(clockAt(d+1, 8*3600, p.zone)) {
				nights[c.person+d.String()] = true
			}
		}
	}
	for _, p := range s.people {
		owed := map[int64]bool{}
		rests, teams := s.owedRests(p)
		for i, r := range rests {
			for t := r[0]; t.Before(r[1]); t = t.Add(time.Minute) {
				if teams[i] == team && !t.Before(start) && t.Before(end) && p.worksAt(t) {
					owed[t.Unix()] = true
				}
			}
		}
		rest += 60 * len(owed)
	}
	want := []float64{float64(interruptions), float64(outOfHours), float64(len(nights)), float64(rest),
		float64(largest) / float64(total), float64(interruptions) * 12 * 3600 / float64(total)}
	for i, value := range []float64{float64(*got.Interruptions), float64(*got.OutOfHours),
		float64(*got.DisturbedNights),
		float64(*got.RestSeconds), *got.LargestDutyShare, *got.Per12h} {
		if math.Abs(value-want[i]) > 1e-9 {
			s.t.Fatalf("load of %s in %s: number %d is %v, by the contract %v", team, month, i, value, want)
		}
	}
}

// compareRules holds what alert rules cost and were worth to the independent sums.
func (s *story) compareRules() {
	type row struct {
		Alerts, Pages, Useful, Noise, Unset, Seconds int
		OutOfHours                                   int `json:"out_of_hours"`
		Rule                                         string
		Actionability                                *float64
		Healed                                       *float64 `json:"healed_share"`
	}
	var got []row
	s.office.want(200, s.ask("viewer", "GET", "rules?team=Kubernetes&from=2026-02-01&to=2026-05-01", nil), &got)
	paris := zoneNamed("Europe/Paris")
	start, end := clockAt(dayOf("2026-02-01"), 0, paris), clockAt(dayOf("2026-05-01"), 0, paris)
	isIn := func(t time.Time) bool { return !t.Before(start) && t.Before(end) }
	want := map[string]*row{}
	of := func(rule string) *row {
		if want[rule] == nil {
			want[rule] = &row{Rule: rule}
		}
		return want[rule]
	}
	closed, healed := map[string]int{}, map[string]int{}
	for i, a := range s.alerts {
		if !isIn(a.start) {
			continue
		}
		of(a.rule).Alerts++
		var acknowledged time.Time
		for _, c := range s.callouts {
			if t := c.acknowledged; slices.Contains(c.alerts, i) && !t.IsZero() &&
				(acknowledged.IsZero() || t.Before(acknowledged)) {
				acknowledged = t
			}
		}
		if a.hasResolved || !acknowledged.IsZero() {
			closed[a.rule]++
		}
		if a.hasResolved && (acknowledged.IsZero() || a.resolved.Before(acknowledged)) {
			healed[a.rule]++
		}
	}
	for _, c := range s.callouts {
		var rules []string
		for _, i := range c.alerts {
			rules = append(rules, s.alerts[i].rule)
		}
		slices.Sort(rules)
		rules = slices.Compact(rules)
		if c.team != "Kubernetes" || c.verdict == "test" || !isIn(c.started) {
			continue
		}
		ended, _ := s.endOf(c)
		seconds := int(ended.Sub(c.started) / time.Second)
		for i, rule := range rules {
			r := of(rule)
			r.Pages++
			if !s.person(c.person).worksAt(c.started) {
				r.OutOfHours++
			}
			switch c.verdict {
			case "useful":
				r.Useful++
			case "noise":
				r.Noise++
			default:
				r.Unset++
			}
			r.Seconds += seconds / len(rules)
			if i < seconds%len(rules) {
				r.Seconds++
			}
		}
	}
	if len(got) != len(want) {
		s.t.Fatalf("rules are %+v, by the contract %v", got, want)
	}
	for _, g := range got {
		w := of(g.Rule)
		shares := fmt.Sprint(shareText(g.Actionability), shareText(g.Healed))
		wanted := fmt.Sprint(ratioText(w.Useful, w.Useful+w.Noise), ratioText(healed[g.Rule], closed[g.Rule]))
		g.Actionability, g.Healed = nil, nil
		if g != *w || shares != wanted {
			s.t.Fatalf("rule is %+v %s, by the contract %+v %s", g, shares, *w, wanted)
		}
	}
}

func shareText(share *float64) string {
	if share == nil {
		return "-"
	}
	return fmt.Sprintf("%.9f", *share)
}

func ratioText(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.9f", float64(part)/float64(whole))
}
