package message

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
)

func view(t *testing.T, now string, coverage oncall.Coverage, changes ...oncall.Change) *roster.View {
	v := oncalltest.Weekly(t, "ada", "ben", "cleo")
	v.Coverage = coverage
	ben := oncalltest.Parisian(t, "ben")
	ben.Zone = civiltest.ZoneNamed(t, "America/New_York")
	f := plan.File{Rotas: []oncall.Rota{{Name: "k8s", Versions: []oncall.Version{v}}}, Zone: time.UTC,
		People: []oncall.Person{oncalltest.Parisian(t, "ada"), ben, oncalltest.Parisian(t, "cleo")}}
	return roster.NewView(roster.State{Changes: changes}, f, civiltest.Instant(now))
}

// TestCompose pins the words of each kind, in the times of who reads them.
func TestCompose(t *testing.T) {
	span := civiltest.Span("2026-01-06T00:00+01:00", "2026-01-07T00:00+01:00")
	c := oncalltest.CoverOf(3, "ada", "ben", span)
	c.AnsweredBy = "ben"
	all := c
	all.ID, all.To, all.State = 4, "", oncall.Open
	cancelled := c
	cancelled.ID, cancelled.State, cancelled.CancelledFrom = 5, oncall.Cancelled, span.Start
	first := c
	first.ID, first.Group, first.Kind = 6, 6, oncall.Exchange
	second := first
	second.ID, second.From, second.To = 7, "ben", "ada"
	second.Span = civiltest.Span("2026-01-13T00:00+01:00", "2026-01-14T00:00+01:00")
	v := view(t, "2026-01-05T10:00+01:00", oncall.Coverage{Always: true}, c, all, cancelled, first, second)
	const inParis = "k8s, Tue 2026-01-06 00:00 to Wed 2026-01-07 00:00 (Europe/Paris)"
	const inNewYork = "k8s, Mon 2026-01-05 18:00 to Tue 2026-01-06 18:00 (America/New York)"
	for _, c := range []struct {
		person string
		kind   roster.NoticeKind
		change int64
		want   string
	}{
		{"ben", roster.NoticeAsked, 3, "ada asks you to cover " + inNewYork},
		{"cleo", roster.NoticeAsked, 4, "ada asks all of the rota to cover " + inParis},
		{"ada", roster.NoticeAccepted, 3, "ben accepted to cover " + inParis},
		{"ada", roster.NoticeDeclined, 3, "ben declined to cover " + inParis},
		{"ada", roster.NoticeRelieved, 3, "ben takes over from you: " + inParis},
		{"ada", roster.NoticeExpired, 4, "Nobody answered your request: " + inParis},
		{"ada", roster.NoticeSet, 3, "An operator changed your duty, from ada to ben: " + inParis},
		{"ada", roster.NoticeSet, 5, "An operator cancelled a change of your duty: " + inParis},
		{"ben", roster.NoticeAsked, 6, "ada asks you to exchange " + inNewYork},
	} {
		n := roster.Notice{ID: 9, Person: c.person, Kind: c.kind, Change: c.change, Due: v.Now}
		m, ok := Compose(v, n)
		if !ok || m.Subject != c.want || !strings.HasPrefix(m.Text, c.want+".\n") || m.ID != "oncall-9-1767603600" {
			t.Errorf("%s %s: %v %q, want %q\n%s", c.person, c.kind, ok, m.Subject, c.want, m.Text)
		}
		const toOne, toAll = "Accept or decline it before it begins", "Accept it before it begins"
		isAsked := c.kind == roster.NoticeAsked
		if strings.Contains(m.Text, toOne) != (isAsked && c.change != 4) ||
			strings.Contains(m.Text, toAll) != (isAsked && c.change == 4) {
			t.Errorf("%s %s of change %d: what can be answered: %s", c.person, c.kind, c.change, m.Text)
		}
		if hasOther := strings.Contains(m.Text,
			"In exchange ada takes over from ben: k8s, Mon 2026-01-12 18:00"); hasOther !=
			(c.change == 6) {
			t.Errorf("the other half: %s", m.Text)
		}
	}
	if _, ok := Compose(v, roster.Notice{Person: "ada", Kind: roster.NoticeSet, Change: 99}); ok {
		t.Error("a change that is gone is told")
	}
}

// reminded tells reminders as a reader would.
func reminded(t *testing.T, now string, coverage oncall.Coverage, changes ...oncall.Change) []string {
	v := view(t, now, coverage, changes...)
	var out []string
	for _, n := range Reminders(v) {
		m, ok := Compose(v, n)
		out = append(out, fmt.Sprintf("%s %s %v %s", n.Person, n.Due.UTC().Format("02 15:04"), ok, m.Subject))
	}
	return out
}

// TestReminders: a duty is told of from 18:00 of the day before on the person's clock until it begins, once for a turn
// that coverage cuts into nights, with who hands over; a cover on the way is told of too.
func TestReminders(t *testing.T) {
	always := oncall.Coverage{Always: true}
	// ben lives in New York, where the hand-over of Monday 12 January is at 03:00: due is Sunday 18:00 there.
	const ben = "ben 11 23:00 true You are on call tomorrow: k8s from Mon 2026-01-12 03:00 (America/New " +
		"York), ada hands over"
	for _, c := range []struct {
		now      string
		coverage oncall.Coverage
		changes  []oncall.Change
		want     []string
	}{
		{"2026-01-11T23:59+01:00", always, nil, nil},
		{"2026-01-12T00:00+01:00", always, nil, []string{ben}},
		{"2026-01-12T08:59+01:00", always, nil, []string{ben}},
		{"2026-01-12T09:00+01:00", always, nil, nil},
		{"2026-01-18T17:59+01:00", always, nil, nil},
		{"2026-01-18T18:00+01:00", always, nil,
			[]string{"cleo 18 17:00 true You are on call tomorrow: k8s from Mon 2026-01-19 09:00 " +
				"(Europe/Paris), ben hands over"}},
		{"2026-01-18T18:00+01:00", oncalltest.Nights(), nil,
			[]string{"cleo 18 17:00 true You are on call tomorrow: k8s from Mon 2026-01-19 18:00 " +
				"(Europe/Paris), ben hands over"}},
		{"2026-01-19T18:30+01:00", oncalltest.Nights(), nil, nil}, // the second night of one turn
		{"2026-01-20T18:30+01:00", always, []oncall.Change{oncalltest.CoverOf(1, "cleo", "ada",
			civiltest.Span("2026-01-21T00:00+01:00", "2026-01-22T00:00+01:00"))},
			[]string{"ada 20 17:00 true You are on call tomorrow: k8s from Wed 2026-01-21 00:00 (Europe/Paris), " +
				"cleo hands over"}},
	} {
		if diff := cmp.Diff(c.want, reminded(t, c.now, c.coverage, c.changes...)); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", c.now, diff)
		}
	}
}

// TestReminderOfNothing: a duty that was given away before the message went out is not told of.
func TestReminderOfNothing(t *testing.T) {
	before := view(t, "2026-01-18T18:00+01:00", oncall.Coverage{Always: true})
	notices := Reminders(before)
	away := oncalltest.CoverOf(1, "cleo", "ada", civiltest.Span("2026-01-19T09:00+01:00", "2026-01-26T09:00+01:00"))
	after := view(t, "2026-01-18T18:05+01:00", oncall.Coverage{Always: true}, away)
	if m, ok := Compose(after, notices[0]); ok {
		t.Errorf("told: %s", m.Text)
	}
}

// TestAskedWhoIsNotThere: who is asked for a duty before their first day or after their last one is told what accepting
// it does, of an exchange for both sides.
func TestAskedWhoIsNotThere(t *testing.T) {
	first := oncalltest.CoverOf(3, "ada", "ben", civiltest.Span("2026-01-06T00:00+01:00", "2026-01-07T00:00+01:00"))
	first.Kind, first.State, first.Group = oncall.Exchange, oncall.Open, 3
	second := oncalltest.CoverOf(4, "ben", "ada", civiltest.Span("2026-01-13T00:00+01:00", "2026-01-14T00:00+01:00"))
	second.Kind, second.State, second.Group = oncall.Exchange, oncall.Open, 3
	v := view(t, "2026-01-05T10:00+01:00", oncall.Coverage{Always: true}, first, second)
	ada, ben := v.Board.People["ada"], v.Board.People["ben"]
	ben.Joins, ada.Leaves = civiltest.Instant("2026-01-06T12:00+01:00"), civiltest.Instant("2026-01-13T00:00+01:00")
	v.Board.People["ada"], v.Board.People["ben"] = ada, ben
	m, ok := Compose(v, roster.Notice{Person: "ben", Kind: roster.NoticeAsked, Change: 3})
	const want = "By the file ben is not there from Mon 2026-01-05 18:00 to Tue 2026-01-06 06:00: accepted, it " +
		"leaves a " +
		"gap.\nBy the file ada is not there from Mon 2026-01-12 18:00 to Tue 2026-01-13 18:00: accepted, it " +
		"leaves a gap.\n"
	if !ok || !strings.Contains(m.Text, want) {
		t.Errorf("ben is told\n%s", m.Text)
	}
	if m, _ = Compose(v, roster.Notice{Person: "ada", Kind: roster.NoticeRelieved, Change: 3}); strings.Contains(m.Text,
		"not there") {
		t.Errorf("after it was accepted:\n%s", m.Text)
	}
}
