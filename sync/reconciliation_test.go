package sync

import (
	"math"
	"testing"
	"time"

	"jerem/measure"
	"jerem/sim/world"
	"jerem/sync/synctest"
)

// TestRecordedReconciliation: in the recorded histories too, at their end and at each event of a sprint, what the
// ledger completed leads exactly to what the sprint completed and to what is done in it.
func TestRecordedReconciliation(t *testing.T) {
	f := func(folder, name string, board int64) {
		team := synctest.Team(name, board)
		if checkTeam(t, newRig(t, synctest.RecordedSite(t, folder), team).collect(t, team)) == 0 {
			t.Errorf("%s: no sprint of %s has a ledger", folder, name)
		}
	}
	f("devlake", "EE", 8)
	f("jirametrics/site", "SP", 2)
}

// TestWorldReconciliation: the same for the teams of a simulated company.
func TestWorldReconciliation(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays a company for weeks")
	}
	w := world.New(3)
	site, err := w.Site()
	if err != nil {
		t.Fatal(err)
	}
	r, _ := worldRig(t, w, site)
	for i, team := range r.known(t) {
		if checkTeam(t, team) == 0 && !w.Teams()[i].Kanban {
			t.Errorf("no sprint of %s has a ledger", team.History().Team.Name)
		}
	}
}

// checkTeam checks every sprint of a team and returns how many have a ledger.
func checkTeam(t *testing.T, team *measure.Team) (checked int) {
	t.Helper()
	for _, head := range team.Sprints(team.Now()) {
		for _, at := range eventMoments(t, team, head.ID) {
			s, err := team.Sprint(head.ID, at)
			if err != nil {
				t.Fatal(err)
			}
			if s.Ledger != nil {
				checked++
				checkSums(t, s)
			}
		}
	}
	return checked
}

// eventMoments returns the moments of a sprint's events, and now.
func eventMoments(t *testing.T, team *measure.Team, id int64) []time.Time {
	t.Helper()
	out := []time.Time{team.Now()}
	s, err := team.Sprint(id, team.Now())
	if err != nil {
		t.Fatal(err)
	}
	if s.Ledger != nil {
		for _, e := range s.Ledger.Entries {
			out = append(out, e.Time)
		}
	}
	return out
}

// checkSums adds up in whole millionths: a sum fits or does not.
func checkSums(t *testing.T, s *measure.Sprint) {
	t.Helper()
	exact := func(x float64) int64 { return int64(math.Round(x * 1e6)) }
	rows, sum := map[string]int64{}, int64(0)
	for n, row := range s.Reconciliation {
		parts := int64(0)
		for _, p := range row.Issues {
			if p.From != nil {
				parts -= exact(*p.From)
			}
			if p.To != nil {
				parts += exact(*p.To)
			}
		}
		if parts != exact(row.Estimate) {
			t.Errorf("%s at %v: %s is %v, its issues %d", s.Name, s.At, row.What, row.Estimate, parts)
		}
		rows[row.What] = parts
		if n < len(s.Reconciliation)-3 {
			sum += parts
		}
	}
	if sum != exact(*s.Completed) || rows["completed"] != sum || rows["done"] != exact(s.Done.Estimate) ||
		rows["done"] != sum+rows["completed_outside"] || rows["completed_in_ledger"] != exact(s.Ledger.Completed) {
		t.Errorf(
			"%s at %v: %d, completed %v, done %v, rows %v",
			s.Name,
			s.At,
			sum,
			*s.Completed,
			s.Done.Estimate,
			rows,
		)
	}
}
