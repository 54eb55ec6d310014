package oncall_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
)

var (
	adaActs  = oncall.Actor{Handle: "ada"}
	benActs  = oncall.Actor{Handle: "ben"}
	cleoActs = oncall.Actor{Handle: "cleo"}
	operator = oncall.Actor{Name: "ops", Operator: true}
)

func board(t *testing.T) *oncall.Board {
	people := oncall.PeopleOf(oncalltest.Parisian(t, "ada"), oncalltest.Parisian(t, "ben"),
		oncalltest.Parisian(t, "cleo"))
	return &oncall.Board{Rotas: []oncall.Rota{{Name: "k8s",
		Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben", "cleo")}}}, People: people}
}

// keepRows puts the rows of a decision in the place of the older ones, as a store does.
func keepRows(b *oncall.Board, rows []oncall.Change) {
	for _, row := range rows {
		isNew := true
		for i := range b.Changes {
			if b.Changes[i].ID == row.ID {
				b.Changes[i], isNew = row, false
			}
		}
		if isNew {
			b.Changes = append(b.Changes, row)
		}
	}
}

func mustKeep(t *testing.T, b *oncall.Board, rows []oncall.Change, err error) []oncall.Change {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	keepRows(b, rows)
	return rows
}

func refused(t *testing.T, what string, kind oncall.RefusalKind, err error) {
	t.Helper()
	var r *oncall.Refusal
	if !errors.As(err, &r) || r.Kind != kind || r.Message == "" {
		t.Errorf("%s: %v, want it refused as %s", what, err, kind)
	}
}

var (
	monday    = civiltest.Instant("2026-01-05T12:00+01:00")
	wednesday = civiltest.Span("2026-01-07T00:00+01:00", "2026-01-08T00:00+01:00")
	nextWeek  = civiltest.Span("2026-01-14T00:00+01:00", "2026-01-15T00:00+01:00")
)

func TestCoverByConsent(t *testing.T) {
	b := board(t)
	q := oncall.Request{Kind: oncall.Cover, Rota: "k8s", Span: wednesday}
	rows, err := b.Ask(adaActs, q, monday)
	mustKeep(t, b, rows, err)
	if b.Changes[0].State != oncall.Open || b.Changes[0].From != "ada" || b.Changes[0].To != "" {
		t.Fatalf("asked: %+v", b.Changes[0])
	}
	_, err = b.Accept(adaActs, 1, monday)
	refused(t, "accepting for oneself", oncall.Conflict, err)
	_, err = b.Accept(oncall.Actor{Handle: "zoe"}, 1, monday)
	refused(t, "accepting from outside the rota", oncall.Forbidden, err)
	_, err = b.Accept(benActs, 1, wednesday.Start)
	refused(t, "accepting at the start", oncall.Conflict, err)
	_, err = b.Decline(benActs, 1, monday)
	refused(t, "declining what is asked of all", oncall.Forbidden, err)
	_, err = b.Withdraw(benActs, 1, monday)
	refused(t, "withdrawing another's", oncall.Forbidden, err)
	_, err = b.Accept(benActs, 7, monday)
	refused(t, "accepting nothing", oncall.NotFound, err)
	rows, err = b.Accept(benActs, 1, monday)
	mustKeep(t, b, rows, err)
	if c := b.Changes[0]; c.State != oncall.Accepted || c.To != "ben" || c.Seq != 1 || c.AnsweredBy != "ben" {
		t.Errorf("accepted: %+v", c)
	}
	_, err = b.Accept(cleoActs, 1, monday)
	refused(t, "accepting twice", oncall.Conflict, err)
	_, err = b.Withdraw(adaActs, 1, monday)
	refused(t, "withdrawing what was accepted", oncall.Conflict, err)
}

func TestAskingRefused(t *testing.T) {
	b := board(t)
	for _, c := range []struct {
		what  string
		actor oncall.Actor
		q     oncall.Request
		kind  oncall.RefusalKind
	}{
		{"another's duty", adaActs, oncall.Request{Kind: oncall.Cover, Rota: "k8s", Span: wednesday, From: "ben"},
			oncall.Forbidden},
		{"an unknown rota", adaActs, oncall.Request{Kind: oncall.Cover, Rota: "x", Span: wednesday}, oncall.NotFound},
		{"an unknown kind", adaActs, oncall.Request{Kind: "swap", Rota: "k8s", Span: wednesday}, oncall.Invalid},
		{"no span", adaActs, oncall.Request{Kind: oncall.Cover, Rota: "k8s"}, oncall.Invalid},
		{"of oneself", adaActs, oncall.Request{Kind: oncall.Cover, Rota: "k8s", Span: wednesday, To: "ada"},
			oncall.Conflict},
		{"of nobody known", adaActs, oncall.Request{Kind: oncall.Cover, Rota: "k8s", Span: wednesday, To: "zoe"},
			oncall.Invalid},
		{"before the rota", adaActs, oncall.Request{Kind: oncall.Cover, Rota: "k8s",
			Span: civiltest.Span("2026-01-01T00:00+01:00",
				"2026-01-02T00:00+01:00")}, oncall.Conflict},
		{"what has begun", adaActs, oncall.Request{Kind: oncall.Cover, Rota: "k8s",
			Span: civil.Span{Start: monday, End: wednesday.End}}, oncall.Conflict},
		{"exchange without other side", adaActs, oncall.Request{Kind: oncall.Exchange, Rota: "k8s", Span: wednesday,
			To: "ben"}, oncall.Invalid},
		{"exchange with all", adaActs, oncall.Request{Kind: oncall.Exchange, Rota: "k8s", Span: wednesday,
			Against: &oncall.Side{"k8s", nextWeek}}, oncall.Invalid},
		{"a reason of a member", adaActs, oncall.Request{Kind: oncall.Cover, Rota: "k8s", Span: wednesday, To: "ben",
			Reason: oncall.Agreed}, oncall.Forbidden},
		{"a reason not on the list", operator,
			oncall.Request{Kind: oncall.Cover, Rota: "k8s", Span: wednesday, From: "ada",
				To: "ben", Reason: "ill"}, oncall.Invalid},
		{"an operator without reason", operator,
			oncall.Request{Kind: oncall.Cover, Rota: "k8s", Span: wednesday, From: "ada",
				To: "ben"}, oncall.Invalid},
		{"an operator of the wrong person", operator, oncall.Request{Kind: oncall.Cover, Rota: "k8s", Span: wednesday,
			From: "ben", To: "cleo", Reason: oncall.Agreed}, oncall.Conflict},
		{"a take ahead", benActs, oncall.Request{Kind: oncall.Take, Rota: "k8s", Span: wednesday}, oncall.Conflict},
		{"a take of the past", benActs,
			oncall.Request{Kind: oncall.Take, Rota: "k8s", Span: civil.Span{Start: monday.Add(-time.Hour),
				End: monday}}, oncall.Conflict},
		{"a take from oneself", adaActs, oncall.Request{Kind: oncall.Take, Rota: "k8s"}, oncall.Conflict},
		{"a take for another", benActs, oncall.Request{Kind: oncall.Take, Rota: "k8s", To: "cleo"}, oncall.Forbidden},
		{"a take from who is not followed", benActs, oncall.Request{Kind: oncall.Take, Rota: "k8s", From: "cleo"},
			oncall.Conflict},
		{"without handle", oncall.Actor{}, oncall.Request{Kind: oncall.Take, Rota: "k8s"}, oncall.Forbidden},
	} {
		_, err := b.Ask(c.actor, c.q, monday)
		refused(t, c.what, c.kind, err)
	}
}

// TestExchangeIsAtomic: both sides come into force together; where one cannot, neither does.
func TestExchangeIsAtomic(t *testing.T) {
	b := board(t)
	q := oncall.Request{Kind: oncall.Exchange, Rota: "k8s", Span: wednesday, To: "ben",
		Against: &oncall.Side{"k8s", nextWeek}}
	rows, err := b.Ask(adaActs, q, monday)
	mustKeep(t, b, rows, err)
	rows, err = b.Ask(operator, oncall.Request{Kind: oncall.Cover, Rota: "k8s", Span: nextWeek, From: "ben", To: "cleo",
		Reason: oncall.Absent}, monday)
	mustKeep(t, b, rows, err)
	_, err = b.Accept(benActs, 1, monday)
	refused(t, "an exchange of which one side is gone", oncall.Conflict, err)
	rows, err = b.Cancel(operator, 3, false, monday)
	mustKeep(t, b, rows, err)
	rows, err = b.Accept(benActs, 2, monday)
	mustKeep(t, b, rows, err)
	s, _ := b.ScheduleOf("k8s")
	wantSegments(t, s, civiltest.Span("2026-01-07T00:00+01:00", "2026-01-15T09:00+01:00"), `
		01-07 00:00 to 01-08 00:00 ben by [1]
		01-08 00:00 to 01-12 09:00 ada
		01-12 09:00 to 01-14 00:00 ben
		01-14 00:00 to 01-15 00:00 ada by [2]
		01-15 00:00 to 01-15 09:00 ben`)
	rows, err = b.Cancel(operator, 2, true, civiltest.Instant("2026-01-10T00:00+01:00"))
	mustKeep(t, b, rows, err)
	s, _ = b.ScheduleOf("k8s")
	wantSegments(t, s, civiltest.Span("2026-01-07T00:00+01:00", "2026-01-15T09:00+01:00"), `
		01-07 00:00 to 01-08 00:00 ben by [1]
		01-08 00:00 to 01-12 09:00 ada
		01-12 09:00 to 01-15 09:00 ben`)
	_, err = b.Cancel(benActs, 1, false, monday)
	refused(t, "cancelling by a member", oncall.Forbidden, err)
	_, err = b.Cancel(operator, 1, false, monday)
	refused(t, "cancelling twice", oncall.Conflict, err)
}

func TestExpiry(t *testing.T) {
	b := board(t)
	q := oncall.Request{Kind: oncall.Exchange, Rota: "k8s", Span: nextWeek, From: "ada", To: "ben",
		Against: &oncall.Side{"k8s", wednesday}}
	rows, err := b.Ask(adaActs, q, monday)
	mustKeep(t, b, rows, err)
	if rows := b.Expire(wednesday.Start.Add(-time.Second)); len(rows) != 0 {
		t.Errorf("expired before it began: %v", rows)
	}
	rows = b.Expire(wednesday.Start)
	if len(rows) != 2 || rows[0].State != oncall.Expired || rows[1].State != oncall.Expired {
		t.Errorf("at the earlier start of an exchange expired %v", rows)
	}
	_, err = b.Accept(benActs, 1, wednesday.Start)
	refused(t, "accepting what has expired, before the sweep", oncall.Conflict, err)
}

func TestTake(t *testing.T) {
	b := board(t)
	rows, err := b.Ask(benActs, oncall.Request{Kind: oncall.Take, Rota: "k8s"}, monday)
	mustKeep(t, b, rows, err)
	want := civil.Span{Start: monday, End: civiltest.Instant("2026-01-12T09:00+01:00")}
	if c := b.Changes[0]; c.From != "ada" || c.To != "ben" || c.State != oncall.Accepted || c.Seq != 1 ||
		!cmp.Equal(c.Span, want) {
		t.Errorf("taken: %+v", c)
	}
	b = board(t)
	rows, err = b.Ask(operator, oncall.Request{Kind: oncall.Cover, Rota: "k8s", Span: wednesday, From: "ada",
		To:     "cleo",
		Reason: oncall.Agreed}, monday)
	mustKeep(t, b, rows, err)
	rows, err = b.Ask(benActs, oncall.Request{Kind: oncall.Take, Rota: "k8s"}, monday)
	mustKeep(t, b, rows, err)
	if c := b.Changes[1]; !c.End.Equal(wednesday.Start) {
		t.Errorf("a take ends at %s, want where another is followed, %s", c.End, wednesday.Start)
	}
}

func TestTakeOfGapAhead(t *testing.T) {
	b := board(t)
	ada := b.People["ada"]
	ada.Joins, ada.Leaves = civiltest.Instant("2026-01-01T00:00+01:00"), civiltest.Instant("2026-01-08T00:00+01:00")
	b.People["ada"] = ada
	start := civiltest.Instant("2026-01-09T00:00+01:00")
	rows, err := b.Ask(benActs, oncall.Request{Kind: oncall.Take, Rota: "k8s", Span: civil.Span{Start: start}}, monday)
	mustKeep(t, b, rows, err)
	if c := b.Changes[0]; c.From != "ada" || !c.Start.Equal(start) ||
		!c.End.Equal(civiltest.Instant("2026-01-12T09:00+01:00")) {
		t.Errorf("taken: %+v", c)
	}
	_, err = b.Ask(benActs, oncall.Request{Kind: oncall.Take, Rota: "k8s",
		Span: civil.Span{Start: wednesday.Start, End: start}}, monday)
	refused(t, "a take of a gap and of duty before it", oncall.Conflict, err)
}

// TestCorrectionOfThePast: an operator sets what is over; who was on duty then changes.
func TestCorrectionOfThePast(t *testing.T) {
	b := board(t)
	later := civiltest.Instant("2026-02-01T00:00+01:00")
	rows, err := b.Ask(operator, oncall.Request{Kind: oncall.Take, Rota: "k8s", Span: wednesday, To: "cleo",
		Reason: oncall.Correction}, later)
	mustKeep(t, b, rows, err)
	s, _ := b.ScheduleOf("k8s")
	if d, _ := s.At(wednesday.Start); d.Person != "cleo" {
		t.Errorf("after the correction %q was on duty", d.Person)
	}
}
