package sprint

import (
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
	"jerem/web/webtest"
)

// TestTimeNotRead: where Jira gives no time logged, a sprint's page and that of a team without sprints tell no hours,
// no bar of them and no share, and say why.
func TestTimeNotRead(t *testing.T) {
	b := webtest.Read(t, webtest.Story(), webtest.Company()...)
	for _, conf := range webtest.Company() {
		h, err := b.Store.Teams.History(t.Context(), conf)
		if err != nil {
			t.Fatal(err)
		}
		h.Worklogs = nil
		h.Gaps = append(h.Gaps, agile.Gap{Source: agile.SourceWorklogs, Code: agile.GapRefused,
			Subject: agile.NewSubject(agile.SubjectHTTPStatus, 403)})
		team := measure.Of(h)
		m := page{W: format.WordsOf(team), Unit: format.WordsOf(team).UnitName()}
		if id, ok := team.ActiveSprint(team.Now()); ok {
			sp, err := team.Sprint(id, team.Now())
			if err != nil {
				t.Fatal(err)
			}
			if err := m.fillSprint(&Pages{Teams: &source.Teams{}}, team, sp, team.Now(), false); err != nil {
				t.Fatal(err)
			}
		} else {
			pages := &Pages{&source.Teams{},
				func(*measure.Team, time.Time, string) (frame.Part, error) { return frame.Part{}, nil }}
			if err := fillWithoutSprint(&m, pages, team, team.Now(), ""); err != nil {
				t.Fatal(err)
			}
		}
		if m.Daily != nil || strings.Contains(string(m.Sentence), "took") ||
			strings.Contains(string(m.Sentence), "no time logged") {
			t.Errorf("%s: hours are told: %s", conf.Name, m.Sentence)
		}
		for _, one := range m.Tiles {
			if (one.Name == "Impediments" || one.Name == "Unplanned share") &&
				(one.Value != "–" || one.Meter != "" || !strings.Contains(one.Note, "not read")) {
				t.Errorf("%s: %+v", conf.Name, one)
			}
		}
		for _, n := range m.Natures {
			if n.Hours != "–" || n.HoursBar != "" {
				t.Errorf("%s: a nature tells %s hours", conf.Name, n.Hours)
			}
		}
	}
}
