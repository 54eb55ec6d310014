package compared

import (
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
)

// sideOf is two teams, of Paris and of New York, as of moments.
func sideOf(t *testing.T, moments ...string) (s Side) {
	t.Helper()
	for n, zone := range []string{"Europe/Paris", "America/New_York"} {
		h := storytest.Read(t, "until 2026-11-20", "K-1 2026-10-20 points=3")
		z, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		h.Team.Calendar.Zone = z
		at, err := time.ParseInLocation("2006-01-02T15:04:05.999999", moments[n], z)
		if err != nil {
			t.Fatal(err)
		}
		s.Teams = append(s.Teams, TeamAt{Team: measure.Of(h), At: at})
	}
	return s
}

// TestMomentAsAsked: the ends of one day in two zones are that day, not the later of two moments, which is another day
// for one of the teams; any other moment is itself.
func TestMomentAsAsked(t *testing.T) {
	for _, c := range []struct{ paris, newYork, want string }{
		{"2026-10-20T23:59:59.999999", "2026-10-20T23:59:59.999999", "2026-10-20"},
		{"2026-10-20T23:59:59.999999", "2026-10-21T23:59:59.999999", "2026-10-22T03:59:59Z"},
		{"2026-10-20T14:00:00", "2026-10-20T08:00:00", "2026-10-20T12:00:00Z"},
	} {
		if got := sideOf(t, c.paris, c.newYork).asked(); got != c.want {
			t.Errorf("%s in Paris, %s in New York: asked as %s, want %s", c.paris, c.newYork, got, c.want)
		}
	}
}

// TestRowsAreToldApart: a team that is called as an initiative says that it is the team, and what is done has no dash
// for its date.
func TestRowsAreToldApart(t *testing.T) {
	side := sideOf(t, "2026-10-20T14:00:00", "2026-10-20T08:00:00")
	name, _ := measure.ParseQuarter("Q4-26")
	table := rowTable{name: name, moments: [2]time.Time{side.latestMoment(), side.latestMoment()}, teams: side.Teams,
		initiatives: map[string]bool{"Network": true}}
	date, odds := "2027-03-16", 0.3
	for of, want := range map[[2]string]string{{outlook.KindTeam, "Network"}: "Team Network",
		{outlook.KindInitiative, "Network"}: "Network", {outlook.KindTeam, "Storage"}: "Storage"} {
		was := outlook.Row{Kind: of[0], Name: of[1], State: outlook.StateAtRisk, Odds: &odds,
			Dates: outlook.LevelDates{P85: &date}}
		is := outlook.Row{Kind: of[0], Name: of[1], State: outlook.StateDone}
		rows := table.rowsOf(subject{was, is})
		if len(rows) != 2 || rows[0].Name != want || rows[1].From != "Tue 16 Mar 2027" || rows[1].To != "done" {
			t.Errorf("%v: %+v", of, rows)
		}
	}
}
