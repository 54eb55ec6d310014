package oncall

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var (
	adaActs  = Actor{Handle: "ada"}
	benActs  = Actor{Handle: "ben"}
	cleoActs = Actor{Handle: "cleo"}
	operator = Actor{Name: "ops", Operator: true}
)

func board(t *testing.T) *Board {
	people := PeopleOf(parisian(t, "ada"), parisian(t, "ben"), parisian(t, "cleo"))
	return &Board{Rotas: []Rota{{Name: "k8s", Versions: []Version{weekly(t, "ada", "ben", "cleo")}}}, People: people}
}

// keep puts the rows of a decision in the place of the older ones, as a store does.
func (b *Board) keep(rows []Change) {
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

func (b *Board) must(t *testing.T, rows []Change, err error) []Change {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	b.keep(rows)
	return rows
}

func refused(t *testing.T, what string, kind RefusalKind, err error) {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) || r.Kind != kind || r.Message == "" {
		t.Errorf("%s: %v, want it refused as %s", what, err, kind)
	}
}

var (
	monday    = instant("2026-01-05T12:00+01:00")
	wednesday = span("2026-01-07T00:00+01:00", "2026-01-08T00:00+01:00")
	nextWeek  = span("2026-01-14T00:00+01:00", "2026-01-15T00:00+01:00")
)

func TestCoverByConsent(t *testing.T) {
	b := board(t)
	q := Request{Kind: Cover, Rota: "k8s", Span: wednesday}
	rows, err := b.Ask(adaActs, q, monday)
	b.must(t, rows, err)
	if b.Changes[0].State != Open || b.Changes[0].From != "ada" || b.Changes[0].To != "" {
		t.Fatalf("asked: %+v", b.Changes[0])
	}
	_, err = b.Accept(adaActs, 1, monday)
	refused(t, "accepting for oneself", Conflict, err)
	_, err = b.Accept(Actor{Handle: "zoe"}, 1, monday)
	refused(t, "accepting from outside the rota", Forbidden, err)
	_, err = b.Accept(benActs, 1, wednesday.Start)
	refused(t, "accepting at the start", Conflict, err)
	_, err = b.Decline(benActs, 1, monday)
	refused(t, "declining what is asked of all", Forbidden, err)
	_, err = b.Withdraw(benActs, 1, monday)
	refused(t, "withdrawing another's", Forbidden, err)
	_, err = b.Accept(benActs, 7, monday)
	refused(t, "accepting nothing", NotFound, err)
	rows, err = b.Accept(benActs, 1, monday)
	b.must(t, rows, err)
	if c := b.Changes[0]; c.State != Accepted || c.To != "ben" || c.Seq != 1 || c.AnsweredBy != "ben" {
		t.Errorf("accepted: %+v", c)
	}
	_, err = b.Accept(cleoActs, 1, monday)
	refused(t, "accepting twice", Conflict, err)
	_, err = b.Withdraw(adaActs, 1, monday)
	refused(t, "withdrawing what was accepted", Conflict, err)
}

func TestAskingRefused(t *testing.T) {
	b := board(t)
	for _, c := range []struct {
		what  string
		actor Actor
		q     Request
		kind  RefusalKind
	}{
		{"another's duty", adaActs, Request{Kind: Cover, Rota: "k8s", Span: wednesday, From: "ben"}, Forbidden},
		{"an unknown rota", adaActs, Request{Kind: Cover, Rota: "x", Span: wednesday}, NotFound},
		{"an unknown kind", adaActs, Request{Kind: "swap", Rota: "k8s", Span: wednesday}, Invalid},
		{"no span", adaActs, Request{Kind: Cover, Rota: "k8s"}, Invalid},
		{"of oneself", adaActs, Request{Kind: Cover, Rota: "k8s", Span: wednesday, To: "ada"}, Conflict},
		{"of nobody known", adaActs, Request{Kind: Cover, Rota: "k8s", Span: wednesday, To: "zoe"}, Invalid},
		{"before the rota", adaActs, Request{Kind: Cover, Rota: "k8s", Span: span("2026-01-01T00:00+01:00",
			"2026-01-02T00:00+01:00")}, Conflict},
		{"what has begun", adaActs, Request{Kind: Cover, Rota: "k8s", Span: Span{monday, wednesday.End}}, Conflict},
		{"exchange without other side", adaActs, Request{Kind: Exchange, Rota: "k8s", Span: wednesday,
			To: "ben"}, Invalid},
		{"exchange with all", adaActs, Request{Kind: Exchange, Rota: "k8s", Span: wednesday,
			Against: &Side{"k8s", nextWeek}}, Invalid},
		{"a reason of a member", adaActs, Request{Kind: Cover, Rota: "k8s", Span: wednesday, To: "ben",
			Reason: Agreed}, Forbidden},
		{"a reason not on the list", operator, Request{Kind: Cover, Rota: "k8s", Span: wednesday, From: "ada",
			To: "ben", Reason: "ill"}, Invalid},
		{"an operator without reason", operator, Request{Kind: Cover, Rota: "k8s", Span: wednesday, From: "ada",
			To: "ben"}, Invalid},
		{"an operator of the wrong person", operator, Request{Kind: Cover, Rota: "k8s", Span: wednesday,
			From: "ben", To: "cleo", Reason: Agreed}, Conflict},
		{"a take ahead", benActs, Request{Kind: Take, Rota: "k8s", Span: wednesday}, Conflict},
		{"a take of the past", benActs, Request{Kind: Take, Rota: "k8s", Span: Span{monday.Add(-time.Hour),
			monday}}, Conflict},
		{"a take from oneself", adaActs, Request{Kind: Take, Rota: "k8s"}, Conflict},
		{"a take for another", benActs, Request{Kind: Take, Rota: "k8s", To: "cleo"}, Forbidden},
		{"a take from who is not followed", benActs, Request{Kind: Take, Rota: "k8s", From: "cleo"}, Conflict},
		{"without handle", Actor{}, Request{Kind: Take, Rota: "k8s"}, Forbidden},
	} {
		_, err := b.Ask(c.actor, c.q, monday)
		refused(t, c.what, c.kind, err)
	}
}

// TestExchangeIsAtomic: both sides come into force together; where one cannot, neither does.
func TestExchangeIsAtomic(t *testing.T) {
	b := board(t)
	q := Request{Kind: Exchange, Rota: "k8s", Span: wednesday, To: "ben", Against: &Side{"k8s", nextWeek}}
	rows, err := b.Ask(adaActs, q, monday)
	b.must(t, rows, err)
	rows, err = b.Ask(operator, Request{Kind: Cover, Rota: "k8s", Span: nextWeek, From: "ben", To: "cleo",
		Reason: Absent}, monday)
	b.must(t, rows, err)
	_, err = b.Accept(benActs, 1, monday)
	refused(t, "an exchange of which one side is gone", Conflict, err)
	rows, err = b.Cancel(operator, 3, false, monday)
	b.must(t, rows, err)
	rows, err = b.Accept(benActs, 2, monday)
	b.must(t, rows, err)
	s, _ := b.scheduleOf("k8s")
	wantSegments(t, s, span("2026-01-07T00:00+01:00", "2026-01-15T09:00+01:00"), `
		01-07 00:00 to 01-08 00:00 ben by [1]
		01-08 00:00 to 01-12 09:00 ada
		01-12 09:00 to 01-14 00:00 ben
		01-14 00:00 to 01-15 00:00 ada by [2]
		01-15 00:00 to 01-15 09:00 ben`)
	rows, err = b.Cancel(operator, 2, true, instant("2026-01-10T00:00+01:00"))
	b.must(t, rows, err)
	s, _ = b.scheduleOf("k8s")
	wantSegments(t, s, span("2026-01-07T00:00+01:00", "2026-01-15T09:00+01:00"), `
		01-07 00:00 to 01-08 00:00 ben by [1]
		01-08 00:00 to 01-12 09:00 ada
		01-12 09:00 to 01-15 09:00 ben`)
	_, err = b.Cancel(benActs, 1, false, monday)
	refused(t, "cancelling by a member", Forbidden, err)
	_, err = b.Cancel(operator, 1, false, monday)
	refused(t, "cancelling twice", Conflict, err)
}

func TestExpiry(t *testing.T) {
	b := board(t)
	q := Request{Kind: Exchange, Rota: "k8s", Span: nextWeek, From: "ada", To: "ben", Against: &Side{"k8s", wednesday}}
	rows, err := b.Ask(adaActs, q, monday)
	b.must(t, rows, err)
	if rows := b.Expire(wednesday.Start.Add(-time.Second)); len(rows) != 0 {
		t.Errorf("expired before it began: %v", rows)
	}
	rows = b.Expire(wednesday.Start)
	if len(rows) != 2 || rows[0].State != Expired || rows[1].State != Expired {
		t.Errorf("at the earlier start of an exchange expired %v", rows)
	}
	_, err = b.Accept(benActs, 1, wednesday.Start)
	refused(t, "accepting what has expired, before the sweep", Conflict, err)
}

func TestTake(t *testing.T) {
	b := board(t)
	rows, err := b.Ask(benActs, Request{Kind: Take, Rota: "k8s"}, monday)
	b.must(t, rows, err)
	want := Span{monday, instant("2026-01-12T09:00+01:00")}
	if c := b.Changes[0]; c.From != "ada" || c.To != "ben" || c.State != Accepted || c.Seq != 1 ||
		!cmp.Equal(c.Span, want) {
		t.Errorf("taken: %+v", c)
	}
	b = board(t)
	rows, err = b.Ask(operator, Request{Kind: Cover, Rota: "k8s", Span: wednesday, From: "ada", To: "cleo",
		Reason: Agreed}, monday)
	b.must(t, rows, err)
	rows, err = b.Ask(benActs, Request{Kind: Take, Rota: "k8s"}, monday)
	b.must(t, rows, err)
	if c := b.Changes[1]; !c.End.Equal(wednesday.Start) {
		t.Errorf("a take ends at %s, want where another is followed, %s", c.End, wednesday.Start)
	}
}

func TestTakeOfGapAhead(t *testing.T) {
	b := board(t)
	ada := b.People["ada"]
	ada.Joins, ada.Leaves = instant("2026-01-01T00:00+01:00"), instant("2026-01-08T00:00+01:00")
	b.People["ada"] = ada
	start := instant("2026-01-09T00:00+01:00")
	rows, err := b.Ask(benActs, Request{Kind: Take, Rota: "k8s", Span: Span{Start: start}}, monday)
	b.must(t, rows, err)
	if c := b.Changes[0]; c.From != "ada" || !c.Start.Equal(start) || !c.End.Equal(instant("2026-01-12T09:00+01:00")) {
		t.Errorf("taken: %+v", c)
	}
	_, err = b.Ask(benActs, Request{Kind: Take, Rota: "k8s", Span: Span{wednesday.Start, start}}, monday)
	refused(t, "a take of a gap and of duty before it", Conflict, err)
}

// TestCorrectionOfThePast: an operator sets what is over; who was on duty then changes.
func TestCorrectionOfThePast(t *testing.T) {
	b := board(t)
	later := instant("2026-02-01T00:00+01:00")
	rows, err := b.Ask(operator, Request{Kind: Take, Rota: "k8s", Span: wednesday, To: "cleo",
		Reason: Correction}, later)
	b.must(t, rows, err)
	s, _ := b.scheduleOf("k8s")
	if d, _ := s.At(wednesday.Start); d.Person != "cleo" {
		t.Errorf("after the correction %q was on duty", d.Person)
	}
}
