package sprint

import (
	"slices"
	"strings"
	"testing"

	"jerem/measure"
	"jerem/web/format"
	"jerem/web/source"
	"jerem/web/webtest"
)

// TestRoundingIsTold: where the hours of days, natures, impediments and past sprints do not add up to their sum because
// each is rounded, the page says so beside them; where they do it says nothing.
func TestRoundingIsTold(t *testing.T) {
	conf := webtest.Team("Kubernetes", "K8S")
	h, err := webtest.Read(t, webtest.Story(), conf).Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	for seconds, want := range map[int64]bool{3600: false, 3600 + 170: true} {
		h.Worklogs = slices.Clone(h.Worklogs)
		for i := range h.Worklogs {
			h.Worklogs[i].Seconds = seconds
		}
		team := measure.Of(h)
		id, _ := team.ActiveSprint(team.Now())
		sp, err := team.Sprint(id, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		m := page{W: format.WordsOf(team), Unit: format.WordsOf(team).UnitName()}
		if err := m.fillSprint(&Pages{Teams: &source.Teams{}}, team, sp, team.Now(), false); err != nil {
			t.Fatal(err)
		}
		if m.NatureSum == nil || m.PastSum == nil || len(m.Days) < 3 {
			t.Fatal("the sprint has too little to add up")
		}
		for name, note := range map[string]string{"days": m.DaysNote, "impediments": m.ImpedimentNote,
			"natures": m.NatureSum.Note, "past sprints": m.PastSum.Note} {
			if told := strings.Contains(note, "Rounded one by one"); told != want {
				t.Errorf("%s, %d seconds each: %q", name, seconds, note)
			}
		}
	}
}
