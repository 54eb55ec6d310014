package risk

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/interruption"
	"jerem/oncall/oncalltest"
)

// kinds tells the warnings of a kind as start and person.
func kinds(list []Warning, kind WarningKind) []string {
	paris, _ := time.LoadLocation("Europe/Paris")
	var out []string
	for _, w := range list {
		if w.Kind == kind && w.Text != "" {
			out = append(out, w.Rota+" "+w.Person+" "+w.Start.In(paris).Format("01-02 15:04"))
		}
	}
	slices.Sort(out)
	return out
}

func TestWarnings(t *testing.T) {
	now := civiltest.Instant("2026-01-20T10:00+01:00")
	leaves := oncalltest.Parisian(t, "eve")
	leaves.Leaves = civiltest.Instant("2026-02-05T00:00+01:00")
	other := oncalltest.Weekly(t, "ben", "zoe")
	other.Team, other.From, other.FirstRead = "Data", civiltest.Date("2026-02-02"), now
	late := oncalltest.CoverOf(1, "cleo", "ada", civiltest.Span("2026-01-22T00:00+01:00", "2026-01-23T00:00+01:00"))
	late.Answered = now
	idle := oncalltest.CoverOf(2, "ben", "ada", civiltest.Span("2026-01-24T00:00+01:00", "2026-01-25T00:00+01:00"))
	idle.Answered = civiltest.Instant("2026-01-01T00:00+01:00")
	past := oncalltest.CoverOf(3, "ben", "ada", civiltest.Span("2026-01-05T09:00+01:00", "2026-01-06T09:00+01:00"))
	o := Outlook{
		Board: oncall.Board{
			Rotas: []oncall.Rota{{Name: "k8s",
				Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben", "cleo", "dan", "eve")}},
				{Name: "data", Versions: []oncall.Version{other}}},
			People: oncall.PeopleOf(oncalltest.Parisian(t, "ada"), oncalltest.Parisian(t, "ben"),
				oncalltest.Parisian(t, "cleo"), oncalltest.Parisian(t, "dan"),
				leaves, oncalltest.Parisian(t, "zoe")),
			Changes: []oncall.Change{late, idle, past},
		},
		Absences: []Absence{{1, "dan", civiltest.Date("2026-01-30"), civiltest.Date("2026-01-31")},
			{2, "dan", civiltest.Date("2026-02-10"),
				civiltest.Date("2026-02-12")}},
		Callouts: []interruption.Callout{
			oncalltest.CalloutAt(1, "cleo", "2026-01-19T20:00+01:00", 5),
			oncalltest.CalloutAt(2, "cleo", "2026-01-19T22:00+01:00", 5),
			oncalltest.CalloutAt(3, "cleo", "2026-01-20T07:59+01:00", 5),
			oncalltest.CalloutAt(4, "cleo", "2026-01-20T09:00+01:00", 5),
			oncalltest.CalloutAt(5, "ada", "2026-01-20T07:59+01:00", 5),
		},
		Paging: map[string]bool{"Data": true}, Rest: 11 * time.Hour, Notice: civil.Period{Number: 15, Unit: civil.Days},
	}
	list := o.Warnings(now)
	for kind, want := range map[WarningKind][]string{
		WarnGap:           {"k8s  02-05 00:00", "k8s  03-09 09:00", "k8s  04-13 09:00"},
		WarnLate:          {"data  02-02 09:00", "k8s  01-22 00:00"},
		WarnIdle:          {"k8s  01-24 00:00"},
		WarnAbsence:       {"k8s dan 01-30 00:00"},
		WarnNoContact:     {"data ben 02-02 09:00", "data zoe 02-09 09:00"},
		WarnInterruptions: {" cleo 01-19 20:00"},
		WarnTwoAtOnce:     {"data ben 02-16 09:00"},
	} {
		if diff := cmp.Diff(want, kinds(list, kind)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
	for _, w := range list {
		if w.Kind == WarnFewPeople && (w.Rota != "data" || !w.Span.Start.IsZero() ||
			w.IsError != (len(other.People) < 3)) {
			t.Errorf("few people: %+v", w)
		}
	}
}

func TestShareAndRest(t *testing.T) {
	now := civiltest.Instant("2026-01-05T10:00+01:00")
	v := oncalltest.Weekly(t, "ada", "ben", "ada", "cleo", "ada", "dan")
	o := Outlook{Board: oncall.Board{Rotas: []oncall.Rota{{Name: "k8s", Versions: []oncall.Version{v}}}},
		Rest: 11 * time.Hour}
	if got := kinds(o.Warnings(now), WarnShare); len(got) != 1 || got[0] != "k8s ada 01-05 09:00" {
		t.Errorf("half of all turns are ada's, warned: %v", got)
	}
	o.Board.Rotas[0].Versions[0].People = []string{"ada", "ben", "cleo", "ada"}
	if got := kinds(o.Warnings(now), WarnShare); len(got) != 0 {
		t.Errorf("a rota of four is warned of shares: %v", got)
	}
	want := []string{"k8s ada 02-02 09:00", "k8s ada 03-02 09:00", "k8s ada 03-30 09:00"}
	if diff := cmp.Diff(want, kinds(o.Warnings(now), WarnRest)); diff != "" {
		t.Errorf("no rest between two turns (-want +got):\n%s", diff)
	}
	if got := kinds(o.Warnings(now), WarnFewPeople); len(got) != 1 {
		t.Errorf("a rota of four is warned of as small: %v", got)
	}
}

// TestRestIsToldOnce: two turns that are cut by coverage are one pair, told from the last end to the next start; pieces
// of one turn are none.
func TestRestIsToldOnce(t *testing.T) {
	v := oncalltest.Weekly(t, "ada", "ben", "cleo", "dan", "eve")
	days, err := oncall.ParseDays("Mon-Sun")
	if err != nil {
		t.Fatal(err)
	}
	morning, noon, night := days, days, days
	morning.From, morning.To = 9*3600, 12*3600
	noon.From, noon.To = 13*3600, 18*3600
	night.From, night.To = 19*3600, 8*3600
	v.Coverage = oncall.Coverage{Windows: []oncall.Window{morning, noon, night}}
	cover := oncalltest.CoverOf(1, "ben", "ada", civiltest.Span("2026-01-12T00:00+01:00", "2026-01-13T00:00+01:00"))
	o := Outlook{Board: oncall.Board{Rotas: []oncall.Rota{{Name: "k8s", Versions: []oncall.Version{v}}},
		Changes: []oncall.Change{cover}}, Rest: 11 * time.Hour}
	want := []string{"k8s ada 01-12 08:00"}
	if diff := cmp.Diff(want, kinds(o.Warnings(civiltest.Instant("2026-01-05T10:00+01:00")), WarnRest)); diff != "" {
		t.Errorf("rest (-want +got):\n%s", diff)
	}
}

// TestLengthInWords: a rest is told as people write it.
func TestLengthInWords(t *testing.T) {
	for length, want := range map[time.Duration]string{11 * time.Hour: "11 h", 630 * time.Minute: "10 h 30 min",
		45 * time.Minute: "45 min"} {
		if got := LengthInWords(length); got != want {
			t.Errorf("%v is %s, want %s", length, got, want)
		}
	}
}

func TestPeriodInWords(t *testing.T) {
	for want, p := range map[string]civil.Period{"15 days": {Number: 15, Unit: civil.Days},
		"1 week": {Number: 1, Unit: civil.Weeks}, "2 months": {Number: 2, Unit: civil.Months}} {
		if got := periodInWords(p); got != want {
			t.Errorf("%v is %s, want %s", p, got, want)
		}
	}
}
