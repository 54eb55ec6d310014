package synctest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/series"
)

// Export writes all series of a team as of its last reading.
func Export(t *testing.T, team *measure.Team) string {
	t.Helper()
	var b bytes.Buffer
	list := timeseries.Between(team, team.Now().AddDate(-20, 0, 0), team.Now())
	if err := series.WriteGTS(&b, slices.Values(list)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// FirstDifference tells where two exports differ first.
func FirstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf(" got %s\nwant %s", g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// SprintFigures writes the figures of a sprint, estimates divided by a scale.
func SprintFigures(t *testing.T, team *measure.Team, id int64, scale float64) string {
	t.Helper()
	s, err := team.Sprint(id, team.Now())
	if err != nil {
		t.Fatal(err)
	}
	l := s.Ledger
	return fmt.Sprintf(
		"%v + %v - %v + %v - %v + %v = %v; completed %v outside %v scope %v kept %v; to do %v in %d, doing %v "+
			"in %d, done %v in %d; unestimated %d",
		l.Commitment/scale,
		l.Added/scale,
		l.Removed/scale,
		l.Reestimated/scale,
		l.Completed/scale,
		l.Reopened/scale,
		l.Remaining/scale,
		*s.Completed/scale,
		*s.CompletedOutside/scale,
		*s.Scope/scale,
		*s.Kept/scale,
		s.ToDo.Estimate/scale,
		s.ToDo.Issues,
		s.Doing.Estimate/scale,
		s.Doing.Issues,
		s.Done.Estimate/scale,
		s.Done.Issues,
		*s.Unestimated,
	)
}
