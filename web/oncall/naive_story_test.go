package oncall_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jerem/access/rules"
	"jerem/config"
)

// story drives on-call by its API with random rotas, changes, call-outs and months, and the independent calculation
// beside it.
type story struct {
	*naiveBooks
	*rand.Rand
	t      *testing.T
	office *office
	seqs   int
	bodies map[string]string // statements of frozen months, as they were first answered

	absences []naiveAbsence
	begun    time.Time // when the file was first read
}

var storyZones = []string{"Europe/Paris", "Africa/Cairo", "America/Santiago", "Australia/Lord_Howe", "Asia/Tokyo",
	"America/Havana", "Atlantic/Azores"}

func (s *story) pick(list ...string) string { return list[s.IntN(len(list))] }

func zoneNamed(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func clockText(secs int) string { return fmt.Sprintf("%02d:%02d", secs/3600, secs/60%60) }

// drawFile draws people, rotas and policies, and writes the file that says the same.
func (s *story) drawFile() string {
	var b strings.Builder
	b.WriteString("jira: {url: 'http://127.0.0.1:1', username: u, password: p}\n" +
		"projects: [{name: K, label: Kubernetes}, {name: M, label: Metal}]\n" +
		"calendar: {time_zone: Europe/Paris}\naccess: {mode: proxy, trusted: [127.0.0.1]}\noncall:\n  people:\n")
	handles := []string{"ada", "ben", "cleo", "dan", "eve"}
	for _, handle := range handles {
		p := naivePerson{handle: handle, zone: zoneNamed(s.pick(storyZones...)), region: s.pick("FR", "")}
		fmt.Fprintf(&b, "    - {handle: %s, login: %s, zone: %s", handle, handle, p.zone)
		if p.region != "" {
			fmt.Fprintf(&b, ", region: %s", p.region)
		}
		if s.IntN(4) == 0 {
			p.until = dayOf("2026-02-15") + naiveDay(s.IntN(80))
			fmt.Fprintf(&b, ", until: %s", p.until)
		}
		if s.IntN(4) == 0 {
			p.from = dayOf("2025-12-15") + naiveDay(s.IntN(80))
			fmt.Fprintf(&b, ", from: %s", p.from)
		}
		b.WriteString("}\n")
		s.people = append(s.people, p)
	}
	b.WriteString("  rotas:\n")
	for i := range 2 + s.IntN(2) {
		s.drawRota(&b, i, handles)
	}
	b.WriteString("  pay:\n")
	for i := range 1 + s.IntN(2) {
		s.drawPolicy(&b, i)
	}
	b.WriteString("  sources:\n    - {name: pager, kind: generic, secret: " + hookSecret + ", team: Kubernetes}\n" +
		"    - {name: prod, kind: alertmanager, secret: " + hookSecret + ", team: Kubernetes}\n")
	return b.String()
}

func (s *story) drawRota(b *strings.Builder, i int, handles []string) {
	r := naiveRota{name: fmt.Sprint("rota", i), team: []string{"Kubernetes", "Kubernetes", "Metal"}[i], level: 1 + i%2,
		zone: zoneNamed(s.pick(storyZones...)), region: s.pick("FR", "")}
	fmt.Fprintf(b, "    - name: %s\n      team: %s\n      level: %d\n      zone: %s\n", r.name, r.team, r.level, r.zone)
	if r.region != "" {
		fmt.Fprintf(b, "      region: %s\n", r.region)
	}
	b.WriteString("      versions:\n")
	from := dayOf("2025-12-20") + naiveDay(s.IntN(25))
	for range 1 + s.IntN(3) {
		v := naiveVersion{from: from, handover: 900 * s.IntN(96), unit: s.pick("d", "w", "mo"), every: 1 + s.IntN(2)}
		if v.unit == "d" {
			v.every = 1 + s.IntN(9)
		}
		for _, n := range s.Perm(len(handles))[:1+s.IntN(5)] {
			v.people = append(v.people, handles[n])
		}
		coverage := "always"
		if v.always = s.IntN(2) == 0; !v.always {
			coverage = s.drawWindows(&v)
		}
		fmt.Fprintf(b, "        - {from: %s, handover: %q, every: %d%s, people: [%s], coverage: %s}\n", v.from,
			clockText(v.handover), v.every, v.unit, strings.Join(v.people, ", "), coverage)
		r.versions = append(r.versions, v)
		from += naiveDay(20 + s.IntN(60))
	}
	if s.IntN(4) == 0 {
		r.until = from + naiveDay(s.IntN(30))
		fmt.Fprintf(b, "      until: %s\n", r.until)
	}
	s.rotas = append(s.rotas, r)
}

func (s *story) drawWindows(v *naiveVersion) string {
	var out []string
	for range 1 + s.IntN(2) {
		w := naiveWindow{from: 1800 * s.IntN(48), to: 1800 * s.IntN(48)}
		var days string
		switch s.IntN(4) {
		case 0:
			days, w.days = "Mon-Fri", []time.Weekday{1, 2, 3, 4, 5}
		case 1:
			days, w.days, w.holidays = "Sat,Sun,holidays", []time.Weekday{6, 0}, true
		case 2:
			days, w.days = "Fri-Mon", []time.Weekday{5, 6, 0, 1}
		case 3:
			days, w.days = "Wed", []time.Weekday{3}
		}
		v.windows = append(v.windows, w)
		out = append(out, fmt.Sprintf("{days: %q, from: %q, to: %q}", days, clockText(w.from), clockText(w.to)))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func (s *story) drawPolicy(b *strings.Builder, i int) {
	p := naivePolicy{from: dayOf("2025-12-01") + naiveDay(i*(70+s.IntN(40))), currency: s.pick("EUR", "CHF"),
		flat: map[int]int64{1: int64(s.IntN(50000)), 2: int64(s.IntN(20000))}, callout: map[string]int64{},
		nightFrom: 22 * 3600, nightTo: 7 * 3600, merge: time.Duration(s.IntN(5)) * 30 * time.Minute}
	var fees []string
	for _, band := range []string{"hours", "day", "night", "weekend", "holiday"} {
		if s.IntN(4) > 0 {
			p.callout[band] = int64(s.IntN(9000))
			fees = append(fees, fmt.Sprintf("%s: %d.%02d", band, p.callout[band]/100, p.callout[band]%100))
		}
	}
	fmt.Fprintf(b, "    - {from: %s, currency: %s, flat: {1: %d.%02d, 2: %d.%02d}, callout: {%s}, night: "+
		"\"22:00-07:00\", "+
		"merge: %dm}\n", p.from, p.currency, p.flat[1]/100, p.flat[1]%100, p.flat[2]/100, p.flat[2]%100,
		strings.Join(fees, ", "), int(p.merge.Minutes()))
	s.policies = append(s.policies, p)
}

// visitor is somebody of the story, who sees both teams.
func (s *story) visitor(name string) rules.Visitor {
	v := visitorNamed(name)
	v.Teams = []string{"Kubernetes", "Metal"}
	return v
}

func (s *story) ask(as, method, path string, body any) given {
	s.now = s.office.now
	return s.office.askAs(s.visitor(as), method, path, body)
}

func (s *story) drawSpan(around time.Time) (start, end time.Time) {
	start = around.Add(time.Duration(s.IntN(96*20)-96) * slot)
	return start, start.Add(time.Duration(1+s.IntN(96*4)) * slot)
}

func (s *story) hold(what string, got given, want int) {
	s.t.Helper()
	if got.status != want {
		s.t.Fatalf("%s at %s: %d, by the contract %d: %s", what, s.office.now, got.status, want, got.body)
	}
}

// askCover asks for a cover and has it accepted or not; what the contract says is known beforehand.
func (s *story) askCover() {
	now := s.office.now
	from, to := s.pick("ada", "ben", "cleo", "dan", "eve"), s.pick("ada", "ben", "cleo", "dan", "eve")
	rota := s.rotas[s.IntN(len(s.rotas))].name
	start, end := s.drawSpan(now)
	if s.IntN(2) == 0 { // of whoever has it then
		if d := s.dutyAt(rota, start); d.exists && d.followed != "" {
			from = d.followed
		}
	}
	as, isSet := from, s.IntN(3) == 0
	if !isSet && s.IntN(3) == 0 { // everybody of the rota
		to = ""
	}
	body := fields{"kind": "cover", "rota": rota, "start": start.Format(time.RFC3339), "end": end.Format(time.RFC3339),
		"to": to}
	c := naiveChange{kind: "cover", rota: rota, start: start, end: end, from: from, to: to, state: "open"}
	covered := len(s.coveredDuties(rota, start, end)) > 0
	want := 201
	if isSet {
		as = "operator"
		body["from"], body["reason"] = from, "correction"
		c.state = "accepted"
	}
	switch {
	case from == to || !covered || !isSet && !now.Before(start) || isSet && !s.isFollowedThrough(c):
		want = 409
	}
	g := s.ask(as, "POST", "changes", body)
	s.hold(fmt.Sprintf("cover %v by %s", body, as), g, want)
	if want != 201 {
		return
	}
	c.id = s.idOf(g)
	if isSet {
		s.seqs++
		c.seq, c.answered = s.seqs, now
	}
	s.changes = append(s.changes, c)
}

func (s *story) idOf(g given) int {
	var made struct {
		ID int `json:"id"`
	}
	if err := json.Unmarshal([]byte(g.body), &made); err != nil {
		s.t.Fatal(err)
	}
	return made.ID
}

// askExchange asks for an exchange of two times, which may be of two rotas.
func (s *story) askExchange() {
	now := s.office.now
	first := naiveChange{kind: "exchange", rota: s.rotas[s.IntN(len(s.rotas))].name, state: "open"}
	second := naiveChange{kind: "exchange", rota: s.rotas[s.IntN(len(s.rotas))].name, state: "open"}
	first.start, first.end = s.drawSpan(now.Add(24 * time.Hour))
	second.start, second.end = s.drawSpan(now.Add(24 * time.Hour))
	first.from, first.to = s.dutyAt(first.rota, first.start).followed, s.dutyAt(second.rota, second.start).followed
	if first.from == "" || first.to == "" {
		return
	}
	second.from, second.to = first.to, first.from
	want := 201
	for _, c := range []naiveChange{first, second} {
		if c.from == c.to || len(s.coveredDuties(c.rota, c.start, c.end)) == 0 || !now.Before(c.start) {
			want = 409
		}
	}
	g := s.ask(first.from, "POST", "changes", fields{"kind": "exchange", "rota": first.rota, "to": first.to,
		"start": first.start.Format(time.RFC3339), "end": first.end.Format(time.RFC3339), "against": fields{
			"rota": second.rota, "start": second.start.Format(time.RFC3339), "end": second.end.Format(time.RFC3339)}})
	s.hold(fmt.Sprintf("exchange %+v, %+v", first, second), g, want)
	if want != 201 {
		return
	}
	var both []struct {
		ID, Group int
	}
	s.office.want(201, g, &both)
	first.id, second.id = both[0].ID, both[1].ID
	first.group, second.group = both[0].Group, both[1].Group
	s.changes = append(s.changes, first, second)
}

// sidesOf are a change and the other side of an exchange, in order.
func (s *story) sidesOf(c *naiveChange) []*naiveChange {
	if c.group == 0 {
		return []*naiveChange{c}
	}
	var out []*naiveChange
	for i := range s.changes {
		if s.changes[i].group == c.group {
			out = append(out, &s.changes[i])
		}
	}
	return out
}

// answerSome accepts, declines or withdraws a request that stands open, perhaps by somebody who may not.
func (s *story) answerSome() {
	var open []int
	for i, c := range s.changes {
		if c.state == "open" {
			open = append(open, i)
		}
	}
	if len(open) == 0 {
		return
	}
	c := &s.changes[open[s.IntN(len(open))]]
	sides := s.sidesOf(c)
	asked, hasBegun, isFollowed := sides[0], false, true
	for _, side := range sides {
		hasBegun = hasBegun || !s.office.now.Before(side.start)
		isFollowed = isFollowed && s.isFollowedThrough(*side)
	}
	as := asked.to
	if s.IntN(6) == 0 || as == "" {
		as = s.pick("ada", "ben", "cleo", "dan", "eve")
	}
	answer := s.pick("accept", "accept", "accept", "decline", "withdraw")
	var want int
	switch {
	case hasBegun:
		want = 409
	case answer == "accept" && as == asked.from:
		want = 409
	case answer == "withdraw" && as != asked.from || answer == "decline" && as != asked.to,
		answer == "accept" && asked.to != "" && as != asked.to,
		answer == "accept" && asked.to == "" && !s.isOfRota(*asked, as):
		want = 403
	case answer == "accept" && !isFollowed:
		want = 409
	default:
		want = 200
	}
	s.hold(fmt.Sprintf("%s of %+v by %s", answer, *c, as), s.ask(as, "POST", fmt.Sprintf("changes/%d/%s", c.id, answer),
		nil), want)
	for _, side := range sides {
		switch {
		case hasBegun:
			side.state = "expired"
		case want != 200:
		case answer == "accept":
			s.seqs++
			side.seq, side.state, side.answered = s.seqs, "accepted", s.office.now
			if side.to == "" {
				side.to = as
			}
		case answer == "decline":
			side.state = "declined"
		default:
			side.state = "withdrawn"
		}
	}
}

// takeNow takes a duty over from now on, to the default end.
func (s *story) takeNow() {
	now, rota := s.office.now, s.rotas[s.IntN(len(s.rotas))]
	as := s.pick("ada", "ben", "cleo", "dan", "eve")
	d := s.dutyAt(rota.name, now)
	g := s.ask(as, "POST", "changes", fields{"kind": "take", "rota": rota.name})
	if !d.exists || d.followed == as {
		s.hold("take of "+rota.name+" by "+as, g, 409)
		return
	}
	end := now
	var hasCovered bool
	for s.isTurnOf(rota.name, d, end) {
		at := s.dutyAt(rota.name, end)
		if at.covered && at.followed != d.followed {
			break
		}
		hasCovered = hasCovered || at.covered
		end = end.Add(slot)
	}
	if !hasCovered {
		s.hold("take of "+rota.name+" by "+as, g, 409)
		return
	}
	s.hold("take of "+rota.name+" by "+as, g, 201)
	var made struct {
		From string    `json:"from"`
		End  time.Time `json:"end"`
	}
	_ = json.Unmarshal([]byte(g.body), &made)
	if made.From != d.followed || !made.End.Equal(end) {
		s.t.Fatalf("a take at %s is from %s to %s, by the contract from %s to %s", now, made.From, made.End, d.followed,
			end)
	}
	s.seqs++
	s.changes = append(s.changes, naiveChange{id: s.idOf(g), seq: s.seqs, kind: "take", rota: rota.name, start: now,
		end: end, from: d.followed, to: as, state: "accepted", answered: now})
}

// isOfRota tells whether somebody is among the people of a version that holds at some moment of a change.
func (s *story) isOfRota(c naiveChange, handle string) bool {
	r := s.rota(c.rota)
	for t := c.start; t.Before(c.end); t = t.Add(slot) {
		if v := r.versionAt(t); v >= 0 && slices.Contains(r.versions[v].people, handle) {
			return true
		}
	}
	return false
}

// takeGap takes a gap ahead, or what is none, to its default end or to one that may be too far.
func (s *story) takeGap() {
	rota, as := s.rotas[s.IntN(len(s.rotas))].name, s.pick("ada", "ben", "cleo", "dan", "eve")
	start := s.office.now.Add(time.Duration(1+s.IntN(96*10)) * slot)
	isGap := func(d naiveDuty) bool { return d.exists && d.covered && d.person == "" }
	if s.IntN(4) > 0 {
		for n := 0; n < 96*30 && !isGap(s.dutyAt(rota, start)); n++ {
			start = start.Add(slot)
		}
	}
	d := s.dutyAt(rota, start)
	end := start
	for s.isTurnOf(rota, d, end) {
		at := s.dutyAt(rota, end)
		if at.covered && (at.followed != d.followed || at.person != "") && end.After(start) {
			break
		}
		end = end.Add(slot)
	}
	body := fields{"kind": "take", "rota": rota, "start": start.Format(time.RFC3339)}
	if s.IntN(2) == 0 {
		end = start.Add(time.Duration(1+s.IntN(96*3)) * slot)
		body["end"] = end.Format(time.RFC3339)
	}
	c := naiveChange{kind: "take", rota: rota, start: start, end: end, from: d.followed, to: as, state: "accepted",
		answered: s.office.now}
	duties := s.coveredDuties(rota, start, end)
	isAllGap := !slices.ContainsFunc(duties, func(d naiveDuty) bool { return d.person != "" })
	g := s.ask(as, "POST", "changes", body)
	if !d.exists || d.followed == as || len(duties) == 0 || !isAllGap || !s.isFollowedThrough(c) {
		s.hold(fmt.Sprintf("take of a gap %v by %s", body, as), g, 409)
		return
	}
	s.hold(fmt.Sprintf("take of a gap %v by %s", body, as), g, 201)
	var made struct{ End time.Time }
	_ = json.Unmarshal([]byte(g.body), &made)
	if !made.End.Equal(end) {
		s.t.Fatalf("a take of a gap %v is to %s, by the contract to %s", body, made.End, end)
	}
	s.seqs++
	c.id, c.seq = s.idOf(g), s.seqs
	s.changes = append(s.changes, c)
}

// announceAbsence has somebody tell when they are away, or an operator for them.
func (s *story) announceAbsence() {
	person := s.pick("ada", "ben", "cleo", "dan", "eve")
	first := localDay(s.office.now, zoneNamed("Europe/Paris")) + naiveDay(s.IntN(40))
	x := naiveAbsence{person: person, from: first, to: first + naiveDay(s.IntN(9))}
	as := s.pick(person, "operator")
	s.hold("absence", s.ask(as, "POST", "absences", fields{"person": person, "from": x.from.String(),
		"to": x.to.String()}), 201)
	s.absences = append(s.absences, x)
}

// isTurnOf tells whether t lies in the turn of a duty, as far as the version goes.
func (s *story) isTurnOf(rota string, d naiveDuty, t time.Time) bool {
	at := s.dutyAt(rota, t)
	return at.exists && at.version == d.version && at.turn == d.turn
}

// cancelSome has an operator cancel a change that is in force, or what of it lies ahead.
func (s *story) cancelSome() {
	for i, c := range s.changes {
		if c.state == "accepted" && s.IntN(60) == 0 {
			s.cancelRest(&s.changes[i])
			return
		}
		if c.state == "accepted" && s.IntN(80) == 0 {
			s.hold("cancel", s.ask("operator", "POST", fmt.Sprintf("changes/%d/cancel", c.id), nil), 200)
			for _, side := range s.sidesOf(&s.changes[i]) {
				side.state = "cancelled"
			}
			return
		}
	}
}

// cancelRest has an operator cancel what of a change lies ahead, of an exchange on both sides.
func (s *story) cancelRest(c *naiveChange) {
	now, sides := s.office.now, s.sidesOf(c)
	want := 409
	for _, side := range sides {
		if now.Before(side.end) {
			want = 200
		}
	}
	path := fmt.Sprintf("changes/%d/cancel", c.id)
	s.hold("cancel of the rest by "+c.to, s.ask(c.to, "POST", path, fields{"rest": true}), 403)
	s.hold("cancel of the rest", s.ask("operator", "POST", path, fields{"rest": true}), want)
	if want != 200 {
		return
	}
	for _, side := range sides {
		side.state, side.until = "cut", side.end
		if now.Before(side.end) {
			side.until = now
		}
		if side.until.Before(side.start) {
			side.until = side.start
		}
	}
}

// compareSegments holds the segments of a rota to the duties of their slots, and that nothing else cuts them.
func (s *story) compareSegments(rota string, from, to time.Time) {
	var rows []struct {
		Start, End      time.Time
		Person, Planned *string
		Turn            int
		Version         string
		Changes         []int
	}
	g := s.ask("viewer", "GET", fmt.Sprintf("rotas/%s/segments?from=%s&to=%s", rota, from.Format(time.RFC3339),
		to.Format(time.RFC3339)), nil)
	s.office.want(200, g, &rows)
	at := from
	versions := s.rota(rota).versions
	for i, row := range rows {
		for ; at.Before(row.Start); at = at.Add(slot) {
			if d := s.dutyAt(rota, at); d.exists && d.covered {
				s.t.Fatalf("%s at %s is covered, and in no segment", rota, at)
			}
		}
		var changes []int
		for ; at.Before(row.End); at = at.Add(slot) {
			d := s.dutyAt(rota, at)
			if !d.exists || !d.covered || d.person != textOf(row.Person) || d.planned != textOf(row.Planned) ||
				d.turn != row.Turn || versions[d.version].from.String() != row.Version {
				s.t.Fatalf("%s at %s: by the contract %+v, the segment %+v", rota, at, d, row)
			}
			for _, id := range d.changes {
				if !slices.Contains(changes, id) {
					changes = append(changes, id)
				}
			}
		}
		slices.SortFunc(changes, func(a, b int) int { return s.change(a).seq - s.change(b).seq })
		if !slices.Equal(changes, row.Changes) {
			s.t.Fatalf("%s: changes of %+v are by the contract %v", rota, row, changes)
		}
		if i > 0 && rows[i-1].End.Equal(row.Start) && textOf(rows[i-1].Person) == textOf(row.Person) &&
			textOf(rows[i-1].Planned) == textOf(row.Planned) && rows[i-1].Turn == row.Turn &&
			rows[i-1].Version == row.Version {
			s.t.Fatalf("%s: nothing cuts %+v from %+v", rota, rows[i-1], row)
		}
	}
	for ; at.Before(to); at = at.Add(slot) {
		if d := s.dutyAt(rota, at); d.exists && d.covered {
			s.t.Fatalf("%s at %s is covered, and in no segment", rota, at)
		}
	}
}

func (s *story) change(id int) naiveChange {
	return s.changes[slices.IndexFunc(s.changes, func(c naiveChange) bool { return c.id == id })]
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// compareStatements holds the statements of a month to the independent ones, line by line.
func (s *story) compareStatements(month string) {
	var rows []struct {
		Person, Payroll *string
		Currency, State string
		Lines           []struct {
			Date, Kind     string
			About, Rota    *string
			Level          *int
			Seconds, Cents int64
			Policy, Origin *string
		}
		Cents int64
	}
	g := s.ask("pay", "GET", "statements/"+month, nil)
	s.office.want(200, g, &rows)
	if slices.Contains(s.frozen, month) {
		if s.bodies[month] == "" {
			s.bodies[month] = g.body
		} else if s.bodies[month] != g.body {
			s.t.Fatalf("%s was frozen as %s, and is %s", month, s.bodies[month], g.body)
		}
	}
	got := map[account][]naiveLine{}
	for _, row := range rows {
		to, sum := account{textOf(row.Person), row.Currency}, int64(0)
		for _, l := range row.Lines {
			line := naiveLine{Date: l.Date, Kind: l.Kind, About: textOf(l.About), Rota: textOf(l.Rota),
				Seconds: l.Seconds,
				Cents:   l.Cents, Policy: textOf(l.Policy), Origin: textOf(l.Origin)}
			if l.Level != nil {
				line.Level = *l.Level
			}
			sum += l.Cents
			got[to] = append(got[to], line)
		}
		if sum != row.Cents {
			s.t.Fatalf("%s: the lines of %v add up to %d, the sum is %d", month, to, sum, row.Cents)
		}
	}
	if diff := cmp.Diff(s.statements(month), got, cmpopts.IgnoreUnexported(naiveLine{}),
		cmpopts.EquateEmpty()); diff != "" {
		s.t.Fatalf("statements of %s at %s (-contract +got):\n%s", month, s.office.now, diff)
	}
}

// TestIndependentCalculation: what the API answers is what the contract says, reckoned beside it by a naive program.
func TestIndependentCalculation(t *testing.T) {
	stories, acts := uint64(4), 150
	if n, err := strconv.ParseUint(os.Getenv("ONCALL_STORIES"), 10, 64); err == nil {
		stories = n
	}
	if testing.Short() {
		stories, acts = 1, 25
	}
	for seed := range stories {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s := &story{t: t, Rand: rand.New(rand.NewPCG(seed, 17)), bodies: map[string]string{},
				naiveBooks: &naiveBooks{naiveBoard: &naiveBoard{planned: map[string]map[int64]naiveDuty{}}}}
			s.tell(acts)
		})
	}
	for _, kind := range []string{"gap", "few_people", "share", "rest", "two_at_once", "absence", "late", "idle",
		"interruptions"} {
		if warned[kind] == 0 && stories >= 8 {
			t.Errorf("no story has a warning of %s", kind)
		}
	}
}

func (s *story) tell(acts int) {
	text := s.drawFile()
	c, err := config.Load("config.yml", []byte(text), func(string) string { return "" })
	if err != nil {
		s.t.Fatalf("%v in\n%s", err, text)
	}
	s.office = open(s.t, c.OncallFile(), "2026-01-31T12:00Z")
	s.begun = s.office.now
	for n := range acts {
		s.office.now = s.office.now.Add(time.Duration(s.IntN(2*4*24*120/acts)) * slot)
		for _, act := range []func(){s.askCover, s.askExchange, s.answerSome, s.takeNow, s.takeGap, s.cancelSome,
			s.enterCallout,
			s.fireAlert, s.fireOfManager, s.resolveSome, s.judgeSome, s.announceAbsence} {
			if s.IntN(3) == 0 {
				act()
			}
		}
		s.freezeWhenOver()
		if n%(acts/4) == 0 {
			s.compareWarnings()
		}
	}
	if len(s.changes) < acts/8 || len(s.callouts) < acts/8 || len(s.frozen) < 2 {
		s.t.Errorf("a poor story: %d changes, %d call-outs, frozen %v", len(s.changes), len(s.callouts), s.frozen)
	}
	for _, r := range s.rotas {
		s.compareSegments(r.name, dayOf("2025-12-15").utc(), dayOf("2026-07-01").utc())
	}
	for _, month := range []string{"2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"} {
		s.compareStatements(month)
		s.compareLoad("Kubernetes", month)
		s.compareLoad("Metal", month)
	}
	s.compareCallouts()
	s.compareRules()
}

// freezeWhenOver freezes February and the months after it, some while after they are over.
func (s *story) freezeWhenOver() {
	month := "2026-02"
	if len(s.frozen) > 0 {
		month = nextMonth(s.frozen[len(s.frozen)-1])
	}
	over := dayOf(nextMonth(month) + "-01").utc().Add(12 * time.Hour)
	if s.office.now.Before(over) {
		if s.IntN(20) == 0 {
			s.hold("freeze "+month, s.ask("pay", "POST", "statements/"+month+"/freeze", nil), 409)
		}
		return
	}
	if s.IntN(3) > 0 {
		return
	}
	s.compareStatements(month)
	s.hold("freeze "+month, s.ask("pay", "POST", "statements/"+month+"/freeze", nil), 200)
	s.freeze(month)
	s.compareStatements(month)
}
