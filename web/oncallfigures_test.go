package web

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/access"
	"jerem/access/rules"
	"jerem/agile"
	"jerem/calendar"
	duty "jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/nameless"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
	"jerem/teams"
	"jerem/testrun"
	"jerem/web/oncall"
	"jerem/web/webtest"
)

// newCalledTeam is the gated server with on-call in the figures: ada, bob and cleo take turns for Kubernetes, eve is an
// operator, everybody may look at Kubernetes. The clock stands where the story ends.
func newCalledTeam(t testing.TB) gated {
	t.Helper()
	return newCalledTeamOf(t, openRecords(t))
}

// openRecords opens what on-call keeps, with nothing in it.
func openRecords(t testing.TB) *kept.Store {
	t.Helper()
	records, err := kept.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { records.Close() })
	return records
}

// newCalledTeamOf is newCalledTeam of what on-call keeps.
func newCalledTeamOf(t testing.TB, records *kept.Store) gated {
	t.Helper()
	paris := civiltest.ZoneNamed(t, "Europe/Paris")
	file := plan.File{Zone: paris, Rest: 11 * time.Hour, Logins: map[string]string{},
		Teams: []plan.Team{{Name: "Kubernetes", Zone: paris}, {Name: "Secret team", Zone: paris},
			{Name: "Observability", Zone: paris}},
		Sources: []plan.Source{{Name: "prod", Kind: plan.Generic, Team: "Kubernetes",
			Secrets: []plan.SecretHash{plan.NewSecretHash("a secret of prod")}}}}
	for _, handle := range onDuty {
		file.People = append(file.People, oncalltest.Parisian(t, handle))
		file.Logins[handle] = handle
	}
	weeks := oncalltest.Weekly(t, onDuty...)
	weeks.Team = "Observability"
	file.Rotas = []duty.Rota{{Name: "k8s", Versions: []duty.Version{oncalltest.Weekly(t, onDuty...)}},
		{Name: "ob", Versions: []duty.Version{weeks}}}
	now := func() time.Time { return civiltest.Instant("2026-11-23T12:00Z") }
	return newGated(t, func(o *Options, a *access.Options) {
		a.Rules.Roles = map[rules.Role][]rules.Matcher{rules.Viewer: {{Anybody: true}},
			rules.Operator: {{Login: "eve"}}}
		r := &roster.Roster{File: file, Records: records}
		o.OnCall = &oncall.API{Roster: r, Events: records, Now: now}
		o.OnCallCalendars = records.Calendars
		o.Computed = teams.NewCache(o.Store)
		o.Computed.OnCall = &nameless.Source{Roster: r, Now: now}
	})
}

// naiveCallout is a call-out as it was entered, in slots of five minutes since the first one.
type naiveCallout struct {
	person, issue, verdict string
	start, end             int
}

// naiveSlot is the grain of the naive calculation.
const naiveSlot = 5 * time.Minute

// naiveFigures are what docs/oncall.md says of a sprint.
type naiveFigures struct {
	Callouts       int      `json:"callouts"`
	Beside         int      `json:"beside"`
	Seconds        int64    `json:"seconds"`
	CountedSeconds int64    `json:"counted_seconds"`
	OutOfHours     int      `json:"out_of_hours"`
	Nights         int      `json:"nights"`
	RestSeconds    int64    `json:"rest_seconds"`
	Useful         int      `json:"useful"`
	Noise          int      `json:"noise"`
	Actionability  *float64 `json:"actionability"`
}

// naiveBook is what the naive calculation knows: call-outs, and the time logged on impediments by local day.
type naiveBook struct {
	zone     *time.Location
	first    time.Time
	callouts []naiveCallout
	opened   map[string]time.Time // impediments, by key
	logs     map[string][]agile.Worklog
}

func (b *naiveBook) at(slot int) time.Time { return b.first.Add(time.Duration(slot) * naiveSlot) }

// dayBegin is the midnight with which the local day of a moment begins: call-outs count once their day is over.
func (b *naiveBook) dayBegin(t time.Time) time.Time {
	return calendar.DateOf(t, b.zone).Midnight(b.zone)
}

// works tells whether a Parisian works at a moment: Monday to Friday from 9 to 18.
func (b *naiveBook) works(t time.Time) bool {
	local := t.In(b.zone)
	isWeekend := local.Weekday() == time.Saturday || local.Weekday() == time.Sunday
	return !isWeekend && local.Hour() >= 9 && local.Hour() < 18
}

// rests returns for each person the slots in which rest is owed, by the letter.
func (b *naiveBook) rests(known time.Time) map[string]map[int]bool {
	const rest = 11 * 12
	out := map[string]map[int]bool{}
	until := b.dayBegin(known)
	sorted := slices.Clone(b.callouts)
	slices.SortStableFunc(sorted, func(x, y naiveCallout) int { return x.start - y.start })
	before := map[string][]naiveCallout{}
	for _, c := range sorted {
		if c.verdict == "test" || !b.at(c.start).Before(until) {
			continue
		}
		if out[c.person] == nil {
			out[c.person] = map[int]bool{}
		}
		isDisturbing, hasRested := false, true
		for slot := c.start; slot < max(c.end, c.start+1); slot++ {
			isDisturbing = isDisturbing || !b.works(b.at(slot)) || out[c.person][slot]
		}
		for slot := c.start - rest; slot < c.start; slot++ {
			hasRested = hasRested && !b.works(b.at(slot))
		}
		for _, o := range before[c.person] {
			hasRested = hasRested && max(o.end, o.start+1) <= c.start-rest
		}
		before[c.person] = append(before[c.person], c)
		if isDisturbing && !hasRested {
			for slot := c.end; slot < c.end+rest; slot++ {
				out[c.person][slot] = true
			}
		}
	}
	return out
}

// figures counts a window, slot by slot.
func (b *naiveBook) figures(from, to, known time.Time) (f naiveFigures) {
	isImpediment := func(key string) bool {
		opened, isOne := b.opened[key]
		isOfWindow := isOne && !opened.Before(from) && opened.Before(to) && !opened.After(known)
		for _, w := range b.logs[key] {
			isOfWindow = isOfWindow || !w.Started.Before(from) && w.Started.Before(to) && !w.Created.After(known)
		}
		return isOfWindow
	}
	hasTime := func(key string, day calendar.Date) bool {
		return slices.ContainsFunc(b.logs[key], func(w agile.Worklog) bool {
			return w.Seconds > 0 && !w.Created.After(known) && calendar.DateOf(w.Started, b.zone) == day
		})
	}
	nights, until := map[string]bool{}, b.dayBegin(known)
	for _, c := range b.callouts {
		start := b.at(c.start)
		if c.verdict == "test" || start.Before(from) || !start.Before(earlier(to, until)) {
			continue
		}
		f.Callouts++
		if !isImpediment(c.issue) {
			f.Beside++
		}
		if !b.works(start) {
			f.OutOfHours++
		}
		if hour := start.In(b.zone).Hour(); hour >= 22 || hour < 8 {
			nights[c.person+start.In(b.zone).Add(-12*time.Hour).Format(time.DateOnly)] = true
		}
		f.Useful += map[string]int{"useful": 1}[c.verdict]
		f.Noise += map[string]int{"noise": 1}[c.verdict]
	}
	f.Nights = len(nights)
	if f.Useful+f.Noise > 0 {
		share := float64(f.Useful) / float64(f.Useful+f.Noise)
		f.Actionability = &share
	}
	b.addTime(&f, from, earlier(to, until), func(key string, day calendar.Date) bool {
		return isImpediment(key) && hasTime(key, day)
	})
	for _, slots := range b.rests(known) {
		for slot := range slots {
			if t := b.at(slot); !t.Before(from) && t.Before(earlier(to, until)) && b.works(t) {
				f.RestSeconds += int64(naiveSlot / time.Second)
			}
		}
	}
	if isOver := known.After(to) && !until.Before(to); !isOver { // they are not told yet
		f.OutOfHours, f.Nights, f.RestSeconds = 0, 0, 0
	}
	return f
}

func (b *naiveBook) addTime(f *naiveFigures, from, to time.Time, isAccounted func(string, calendar.Date) bool) {
	for slot := 0; b.at(slot).Before(to); slot++ {
		if b.at(slot).Before(from) {
			continue
		}
		ran, counts := map[string]bool{}, map[string]bool{}
		day := calendar.DateOf(b.at(slot), b.zone)
		for _, c := range b.callouts {
			if c.verdict == "test" || slot < c.start || slot >= c.end {
				continue
			}
			ran[c.person] = true
			if !isAccounted(c.issue, day) {
				counts[c.person] = true
			}
		}
		f.Seconds += int64(len(ran)) * int64(naiveSlot/time.Second)
		f.CountedSeconds += int64(len(counts)) * int64(naiveSlot/time.Second)
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// newNaiveBook knows of a history the impediments and the time on them.
func newNaiveBook(t *testing.T, h *agile.History) *naiveBook {
	b := &naiveBook{zone: civiltest.ZoneNamed(t, "Europe/Paris"), first: civiltest.Instant("2026-10-17T00:00+02:00"),
		opened: map[string]time.Time{}, logs: map[string][]agile.Worklog{}}
	for _, i := range h.Issues {
		if !slices.Contains(i.Labels.Last(), "impediment") {
			continue
		}
		key := i.Key.Last()
		b.opened[key] = i.Created
		for _, w := range h.Worklogs {
			if w.Issue == i.ID {
				b.logs[key] = append(b.logs[key], w)
			}
		}
	}
	return b
}

// enter draws a call-out and enters it by the API, with its verdict.
func (b *naiveBook) enter(t *testing.T, g gated, random *rand.Rand, keys []string) {
	t.Helper()
	c := naiveCallout{person: onDuty[random.IntN(3)], start: random.IntN(36 * 288)}
	c.end = c.start + random.IntN(60)
	if random.IntN(2) == 0 {
		c.issue = keys[random.IntN(len(keys))]
		if logs := b.logs[c.issue]; len(logs) > 0 { // on a day with time, or the one after it
			day := calendar.DateOf(logs[random.IntN(len(logs))].Started, b.zone).Midnight(b.zone)
			c.start = int(day.Sub(b.first)/naiveSlot) + random.IntN(400)
			c.end = c.start + random.IntN(60)
		}
	}
	c.start = min(c.start, 37*288)
	c.end = min(c.end, 37*288+100)
	verdicts := []string{"useful", "noise", "test", ""}
	c.verdict = verdicts[random.IntN(len(verdicts))]
	body := fmt.Sprintf(`{"team": "Kubernetes", "person": %q, "started": %q, "ended": %q, "issue": %q, `+
		`"because": "other"}`,
		c.person, b.at(c.start).UTC().Format(time.RFC3339), b.at(c.end).UTC().Format(time.RFC3339), c.issue)
	status, answer := g.send(t, "eve", "POST", "/api/v1/oncall/callouts", body)
	var made struct {
		ID int64 `json:"id"`
	}
	if err := json.Unmarshal([]byte(answer), &made); status != 201 || err != nil {
		t.Fatalf("%s: %d %s", body, status, answer)
	}
	if c.verdict != "" {
		reason := ""
		if c.verdict == "noise" {
			reason = `, "reason": "no_action"`
		}
		status, answer = g.send(t, "eve", "POST", fmt.Sprintf("/api/v1/oncall/callouts/%d/verdict", made.ID),
			fmt.Sprintf(`{"verdict": %q%s, "because": "other"}`, c.verdict, reason))
		if status != 200 {
			t.Fatalf("verdict: %d %s", status, answer)
		}
	}
	b.callouts = append(b.callouts, c)
}

// TestOnCallFiguresAsByTheLetter: random call-outs of three people, entered by the API about impediments, other issues
// and none, give the figures of each sprint that a calculation slot by slot gives, now and as of past moments, as soon
// as they were entered.
func TestOnCallFiguresAsByTheLetter(t *testing.T) {
	g := newCalledTeam(t)
	history := webtest.Computed(t, webtest.Read(t, webtest.Story(), team("Kubernetes", "K8S")),
		team("Kubernetes", "K8S")).History()
	b := newNaiveBook(t, history)
	var keys []string
	for _, i := range history.Issues {
		keys = append(keys, i.Key.Last())
	}
	for key := range b.opened {
		keys = append(keys, key, key, key)
	}
	slices.Sort(keys)
	random := rand.New(rand.NewPCG(17, 6))
	now, compared := history.Until, 0
	for round := range 6 {
		for range 8 {
			b.enter(t, g, random, keys)
		}
		for _, s := range history.Sprints {
			v := s.Last()
			if !v.Started() {
				continue
			}
			at := now
			if round%2 == 1 {
				at = v.Start.Add(time.Duration(random.IntN(12*288)) * naiveSlot)
			}
			to := at
			if v.ClosedBy(at) {
				to = v.Completed()
			}
			if at.After(now) || at.Before(v.Start) {
				continue
			}
			address := fmt.Sprintf("/api/v1/teams/Kubernetes/sprints/%d?at=%s", s.ID, at.UTC().Format(time.RFC3339))
			status, body, _ := g.ask(t, "bob", address)
			compared++
			var answer struct {
				OnCall naiveFigures `json:"oncall"`
			}
			if err := json.Unmarshal([]byte(body), &answer); status != 200 || err != nil {
				t.Fatalf("%s: %d %v %s", address, status, err, body)
			}
			if diff := cmp.Diff(b.figures(v.Start, to, at), answer.OnCall); diff != "" {
				t.Errorf("round %d, sprint %d as of %v (-naive +answered):\n%s", round, s.ID, at, diff)
			}
		}
	}
	last := b.figures(history.Sprints[0].Last().Start, now, now.AddDate(0, 0, 1))
	if compared < 12 || last.Beside == last.Callouts ||
		last.CountedSeconds == last.Seconds || last.RestSeconds == 0 || last.Nights == 0 {
		t.Errorf("%d sprints were compared, which come to %+v: nothing is told by that", compared, last)
	}
}

// TestOnCallFiguresNameNobody: no page, answer, series or table of figures holds a handle, and no point of a series
// stands at the moment at which a call-out began.
func TestOnCallFiguresNameNobody(t *testing.T) {
	testrun.SkipInShort(t)
	g := newCalledTeam(t)
	status, body := g.send(t, "eve", "POST", "/api/v1/oncall/callouts",
		`{"team": "Kubernetes", "person": "cleo", "started": "2026-11-18T03:07:00+01:00",
		"ended": "2026-11-18T04:11:00+01:00", "because": "other"}`)
	if status != 201 {
		t.Fatalf("%d %s", status, body)
	}
	seen := 0
	for _, address := range []string{"/api/v1/teams/Kubernetes/sprints/23", "/teams/Kubernetes/sprints/23",
		"/teams/Kubernetes/roadmap", "/api/v1/series?team=Kubernetes", "/teams/Kubernetes/sprints/23/callouts.csv",
		"/api/v1/explain?figure=oncall.callouts&team=Kubernetes&sprint=23",
		"/api/v1/teams/Kubernetes/forecast?sprint=23"} {
		status, body, _ := g.ask(t, "eve", address)
		if status != http.StatusOK {
			t.Errorf("%s: %d %s", address, status, body)
		}
		for _, handle := range onDuty {
			if slices.Contains(strings.FieldsFunc(body, func(r rune) bool { return !isLetter(r) }), handle) {
				t.Errorf("%s names %s", address, handle)
			}
		}
		moment := civiltest.Instant("2026-11-18T03:07+01:00")
		if strings.Contains(body, fmt.Sprint(moment.UnixMicro())) || strings.Contains(body, "03:07") ||
			strings.Contains(body, "02:07") {
			t.Errorf("%s tells when the call-out began", address)
		}
		if strings.Contains(body, "oncall") {
			seen++
		}
	}
	if seen < 5 {
		t.Errorf("on-call stands in %d of the answers", seen)
	}
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// TestOnCallFiguresOfWhoMayLook: figures of on-call are those of the team: who may not see it sees none, and a team for
// which nobody is on call has none.
func TestOnCallFiguresOfWhoMayLook(t *testing.T) {
	g := newCalledTeam(t)
	for _, c := range []struct {
		who, address string
		status       int
		holds        string
	}{
		{"bob", "/api/v1/teams/Kubernetes/sprints/23", 200, `"oncall"`},
		{"bob", "/api/v1/teams/Secret%20team/sprints/23", 404, "no team"},
	} {
		status, body, _ := g.ask(t, c.who, c.address)
		if status != c.status || !strings.Contains(body, c.holds) {
			t.Errorf("%s for %s: %d %.200s", c.address, c.who, status, body)
		}
	}
	status, body := g.send(t, "eve", "POST", "/api/v1/oncall/callouts", `{"team": "Observability", "person": "ada",
		"started": "2026-11-18T03:00:00+01:00", "ended": "2026-11-18T04:30:00+01:00", "because": "other"}`)
	if status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	status, body, _ = g.ask(t, "eve", "/teams/Observability")
	if status != http.StatusOK || !strings.Contains(body, "1 call-out took 1.5 hours") {
		t.Errorf("a team without sprints tells no call-outs of its four weeks: %d", status)
	}
	_, body, _ = g.ask(t, "eve", "/metrics")
	if !strings.Contains(body, `jerem_oncall_callouts{sprint=`) {
		t.Error("/metrics tells no call-outs")
	}
}

// TestNoTimeOfDayIsAnswered: whatever moments of a day a viewer asks for, sprint, forecast, portfolio, explanations and
// pages tell the same of call-outs; the day after tells them.
func TestNoTimeOfDayIsAnswered(t *testing.T) {
	testrun.SkipInShort(t)
	g := newCalledTeam(t)
	for _, body := range []string{
		`{"team": "Kubernetes", "person": "cleo", "started": "2026-11-18T03:07:09+01:00", "ended":
			"2026-11-18T04:11:23+01:00", "because": "other"}`,
		`{"team": "Kubernetes", "person": "ada", "started": "2026-11-18T21:30:00+01:00", "ended":
			"2026-11-19T01:30:00+01:00", "because": "other"}`} {
		if status, answer := g.send(t, "eve", "POST", "/api/v1/oncall/callouts", body); status != 201 {
			t.Fatalf("%d %s", status, answer)
		}
	}
	told := func(address, at string) any {
		status, body, _ := g.ask(t, "bob", address+at)
		var answer map[string]any
		if err := json.Unmarshal([]byte(body), &answer); status != 200 || err != nil {
			t.Fatalf("%s%s: %d %v %.300s", address, at, status, err, body)
		}
		if price, ok := answer["price"].(map[string]any); ok {
			return price["oncall"]
		}
		if answer["oncall"] != nil {
			return answer["oncall"]
		}
		return []any{answer["value"], answer["formula"], answer["inputs"], answer["notes"]}
	}
	for _, address := range []string{"/api/v1/teams/Kubernetes/sprints/23?at=",
		"/api/v1/teams/Kubernetes/forecast?quarter=Q4-26&at=",
		"/api/v1/explain?figure=oncall.seconds&team=Kubernetes&sprint=23&at="} {
		first := told(address, "2026-11-18T00:00:00%2B01:00")
		for _, at := range []string{"2026-11-18T03:07:08%2B01:00", "2026-11-18T03:07:09%2B01:00",
			"2026-11-18T03:30:00%2B01:00", "2026-11-18T23:59:59%2B01:00"} {
			if diff := cmp.Diff(first, told(address, at)); diff != "" {
				t.Errorf("%s%s tells other things than the midnight before:\n%s", address, at, diff)
			}
		}
		next := told(address, "2026-11-19T00:00:00%2B01:00")
		if cmp.Equal(first, next) {
			t.Errorf("%s: the day after tells nothing of the call-outs: %v", address, next)
		}
		if diff := cmp.Diff(next, told(address, "2026-11-19T01:29:59%2B01:00")); diff != "" {
			t.Errorf("%s: a call-out over midnight is told by the second:\n%s", address, diff)
		}
	}
}
