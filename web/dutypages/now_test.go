package dutypages

import (
	"slices"
	"testing"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
)

// markedNow are those whom the turns of a card mark as on duty now; "" is a gap.
func markedNow(c rotaCard) []string {
	out := []string{}
	for _, turn := range c.Turns {
		if turn.NowWord == "now" {
			out = append(out, turn.Person)
		}
		for _, e := range turn.Exceptions {
			if e.IsNow {
				out = append(out, e.Person)
			}
		}
	}
	return out
}

// coveredNights is a rota of nights and weekends from 5 January to 1 March in which ben covers a night and half a day
// of ada, and cleo is not there before 22 January.
func coveredNights(t *testing.T) *roster.View {
	nights := oncalltest.Weekly(t, "ada", "ben", "cleo")
	nights.Coverage = oncalltest.Nights()
	people := []oncall.Person{oncalltest.Parisian(t, "ada"), oncalltest.Parisian(t, "ben"),
		oncalltest.Parisian(t, "cleo")}
	people[2].Joins = civiltest.Instant("2026-01-22T00:00+01:00")
	changes := []oncall.Change{
		oncalltest.CoverOf(1, "ada", "ben", civiltest.Span("2026-01-06T18:00+01:00", "2026-01-07T09:00+01:00")),
		oncalltest.CoverOf(2, "ada", "ben", civiltest.Span("2026-01-10T09:00+01:00", "2026-01-10T21:00+01:00")),
		oncalltest.CoverOf(3, "ben", "ada", civiltest.Span("2026-01-12T09:00+01:00", "2026-01-19T09:00+01:00")),
	}
	file := plan.File{Zone: people[0].Zone, People: people, Teams: []plan.Team{{Name: "Kubernetes",
		Zone: people[0].Zone}}, Rotas: []oncall.Rota{{Name: "k8s", Versions: []oncall.Version{nights},
		Until: civiltest.Date("2026-03-01")}}}
	return roster.NewView(roster.State{Changes: changes}, file, civiltest.Instant("2026-01-01T00:00Z"))
}

// TestNowIsOne: at each half hour of ten weeks "Now" and "Ahead" name the same person, or both nobody, and the headline
// is true: before the first version, by day, in gaps, in covers, and after the end.
func TestNowIsOne(t *testing.T) {
	view := coveredNights(t)
	seen := map[string]bool{}
	begin := civiltest.Instant("2026-01-03T00:00+01:00")
	for at := begin; at.Before(begin.AddDate(0, 0, 70)); at = at.Add(30 * time.Minute) {
		view.Now = at
		s := view.Schedules()[0]
		card := cardOf(s, view, weeksOnOverview, "")
		d, ok := s.At(at)
		want := []string{}
		if ok && d.Covered {
			want = append(want, d.Person)
		}
		if got := markedNow(card); !slices.Equal(got, want) || card.Person != d.Person {
			t.Fatalf("%s: turns mark %q, the card says %q, on duty is %q", at, got, card.Now, want)
		}
		sentence := sentenceOf([]rotaCard{card})
		seen[sentence] = true
		versions := s.ActiveVersions()
		wantSentence := "Nobody is on call now: 1 rota covers other hours."
		switch {
		case at.Before(versions[0].Start):
			wantSentence = "Nobody is on call now: 1 rota has not begun."
		case !at.Before(versions[0].End):
			wantSentence = "Nobody is on call now: 1 rota has ended."
		case d.IsGap():
			wantSentence = "Nobody is on call in k8s, though somebody should be."
		case d.Covered:
			wantSentence = d.Person + " is on call in k8s."
		}
		if sentence != wantSentence {
			t.Fatalf("%s: %q, want %q", at, sentence, wantSentence)
		}
	}
	if len(seen) != 7 {
		t.Errorf("the weeks hold %d headlines: %v", len(seen), seen)
	}
}

// TestSentenceOfRotas: the headline tells of every rota, whatever its state.
func TestSentenceOfRotas(t *testing.T) {
	card := func(name string, state dutyState) rotaCard { return rotaCard{Name: name, State: state, Person: "ada"} }
	for _, c := range []struct {
		cards []rotaCard
		want  string
	}{
		{nil, "There is no rota that you may see."},
		{[]rotaCard{card("a", onDuty), card("b", onDuty)}, "Each of the 2 rotas has somebody on call."},
		{[]rotaCard{card("a", onDuty), card("b", inGap), card("c", inGap)},
			"Nobody is on call in b, c, though somebody should be."},
		{[]rotaCard{card("a", onDuty), card("b", outsideHours), card("c", outsideHours), card("d", hasEnded)},
			"1 rota has somebody on call; 2 rotas cover other hours, 1 rota has ended."},
		{[]rotaCard{card("a", onDuty), card("b", onDuty), card("c", notBegun)},
			"2 rotas have somebody on call; 1 rota has not begun."},
		{[]rotaCard{card("a", outsideHours), card("b", notBegun), card("c", notBegun), card("d", hasEnded),
			card("e", hasEnded)},
			"Nobody is on call now: 1 rota covers other hours, 2 rotas have not begun, 2 rotas have ended."},
	} {
		if got := sentenceOf(c.cards); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
