package duty

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/sim/world"
)

// pairOfBooks are books of a rota of two, weekly from Monday 6 July 2026 at 09:00 in Paris.
func pairOfBooks(t *testing.T) (*Books, *team) {
	t.Helper()
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	of := &team{name: "Kubernetes", rota: "k8s", zone: paris, region: "FR", off: map[string]bool{"2026-07-14": true},
		presumes: true, people: []Person{{Handle: "amara"}, {Handle: "bruno"}},
		versions: []version{{from: firstDuty, handover: 9, days: 7, people: []string{"amara", "bruno"}}}}
	return newBooks([]*team{of}), of
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestStatementByHand: a turn is divided as one does it on paper: of 168 hours bruno has 15, and the call-outs are paid
// by their bands, but for one too soon after another, a drill, and one that nobody confirmed.
func TestStatementByHand(t *testing.T) {
	b, _ := pairOfBooks(t)
	b.enterAct(Act{label: 1, Kind: Ask, By: "amara", To: "bruno", Change: "cover", Rota: "k8s",
		Start: instant(t, "2026-07-08T18:00:00+02:00"), End: instant(t, "2026-07-09T09:00:00+02:00")})
	b.enterAct(Act{Kind: Accept, By: "bruno", about: 1})
	for label, at := range map[int]string{2: "2026-07-07T03:00:00+02:00", 3: "2026-07-07T03:30:00+02:00",
		4: "2026-07-11T12:00:00+02:00", 5: "2026-07-07T20:00:00+02:00"} {
		b.enterAct(Act{label: label, At: instant(t, at), Kind: Fire, Team: "Kubernetes", Rule: "R"})
	}
	for _, label := range []int{2, 3, 4} {
		b.enterAct(Act{about: label, Kind: Judge, Verdict: "useful"})
	}
	b.At = instant(t, "2026-07-13T09:00:00+02:00")
	first := slices.Clone(b.Statements("2026-07"))
	// July holds amara's turns of the 6th and the 20th, bruno's of the 13th, and of the 27th the hours to the 31st:
	// 111 of 168, 9911 of 15000 cents. Of the first turn bruno has 15 hours, 1339 cents.
	want := map[string][2]int64{"amara": {15000 - 1339 + 15000, 6000 + 6000}, "bruno": {1339 + 15000 + 9911, 0}}
	for _, s := range first {
		if w := want[s.Person]; s.Flat != w[0] || s.Callouts != w[1] {
			t.Errorf("%s has %d and %d cents, on paper %d and %d", s.Person, s.Flat, s.Callouts, w[0], w[1])
		}
	}
	if len(first) != 2 {
		t.Errorf("statements are %+v", first)
	}
}

// TestRestByHand: a call-out at night owes eleven hours from its end, of which what falls into working hours counts.
func TestRestByHand(t *testing.T) {
	b, of := pairOfBooks(t)
	b.enterAct(Act{label: 1, At: instant(t, "2026-07-07T02:10:00+02:00"), Kind: Fire, Team: "Kubernetes", Rule: "R"})
	b.enterAct(Act{about: 1, At: instant(t, "2026-07-07T02:30:00+02:00"), Kind: Resolve})
	b.At = instant(t, "2026-07-10T00:00:00+02:00")
	from, to := instant(t, "2026-07-06T00:00:00+02:00"), instant(t, "2026-07-10T00:00:00+02:00")
	if got := restSecondsOf(b, of, "amara", from, to); got != int64(4*3600+1800) { // 09:00 to 13:30
		t.Errorf("owed are %d s", got)
	}
}

// TestLifeOfTheCompany: each team has six people and lives all that a visitor is to see, and the handles are nobody's
// of its Jira.
func TestLifeOfTheCompany(t *testing.T) {
	w := world.New(world.DefaultSeed)
	c := New(w)
	site, err := w.Site()
	if err != nil {
		t.Fatal(err)
	}
	jira := strings.ToLower(string(w.Story()) + strings.Join(site.People(), " "))
	for _, p := range c.People() {
		words := strings.FieldsFunc(jira, func(r rune) bool { return r < 'a' || r > 'z' })
		if slices.Contains(words, p.Handle) {
			t.Errorf("%s stands in the company's Jira", p.Handle)
		}
	}
	b := c.Books(w.Clock)
	for _, of := range b.teams {
		if len(of.people) != 6 {
			t.Errorf("%s has %d people", of.name, len(of.people))
		}
		open, accepted, issues, noise := 0, 0, 0, 0
		for _, x := range b.board.changes {
			if x.rota == of && x.state == "open" && x.start.After(w.Clock) {
				open++
			} else if x.rota == of && x.state == "accepted" {
				accepted++
			}
		}
		for _, x := range b.calls {
			if x.team == of && x.issue != "" {
				issues++
			}
			if x.team == of && x.verdict == "noise" {
				noise++
			}
		}
		if open == 0 || accepted < 5 || issues == 0 || noise == 0 {
			t.Errorf("%s: %d requests wait, %d changes hold, %d call-outs are impediments, %d were noise", of.name,
				open,
				accepted, issues, noise)
		}
	}
	if len(b.frozen) < 2 {
		t.Errorf("frozen are %d months", len(b.frozen))
	}
}
