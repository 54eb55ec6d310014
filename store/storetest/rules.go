package storetest

import (
	"testing"
	"time"

	"jerem/agile"
	"jerem/agile/rules"
	"jerem/store"

	"github.com/google/go-cmp/cmp"
)

// checkRules: each rule that was another one than it is now is a gap of the team's history, of the time alone in which
// it was so, and a change of that raises its generation; a reading that did not look at the rules leaves what is kept,
// and a team that is forgotten has none.
func checkRules(t *testing.T, open Opener) {
	s := openStore(t, open)
	at := func(n int) time.Time { return Birth.Add(time.Duration(n) * time.Hour) }
	counted := func(filter string, board int64) *rules.Set {
		set := rules.Of(agile.Team{Filter: filter}, rules.Site{Board: &agile.Board{ID: board}, Zone: "UTC"})
		return &set
	}
	filter := agile.Gap{Source: agile.SourceScope, Code: agile.GapMoved, Since: at(1),
		Subject: agile.NewSubject(agile.SubjectRuleFilter)}
	wrong := filter // since the first reading that found it, until the one that found it mended
	wrong.From, wrong.Since = at(1), at(5)
	board := agile.Gap{Source: agile.SourceBoard, Code: agile.GapMoved, Since: at(4),
		Subject: agile.NewSubject(agile.SubjectRuleBoard, 1, 2)}
	was := Generations(t, s)["K"]
	for n, c := range []struct {
		rules *rules.Set
		want  []agile.Gap
	}{
		{counted("a", 1), nil},
		{counted("b", 1), []agile.Gap{filter}},
		{nil, []agile.Gap{filter}},
		{counted("b", 1), []agile.Gap{filter}},
		{counted("b", 2), []agile.Gap{board, filter}},
		{counted("a", 2), []agile.Gap{board, wrong}},
	} {
		ReadTeam(t, s, store.TeamState{Until: at(n), Rules: c.rules})
		if diff := cmp.Diff(c.want, History(t, s).Gaps); diff != "" {
			t.Errorf("reading %d: %s", n, diff)
		}
		now := Generations(t, s)["K"]
		if raised, changed := now > was, n == 0 || n == 1 || n > 3; raised != changed {
			t.Errorf("reading %d: generation %d, then %d", n, was, now)
		}
		was = now
	}
	if _, err := s.Teams.Forget(t.Context(), "K"); err != nil {
		t.Fatal(err)
	}
	ReadTeam(t, s, store.TeamState{Until: at(9), Rules: counted("c", 3)})
	if gaps := History(t, s).Gaps; len(gaps) > 0 {
		t.Errorf("a team that was forgotten and is read again lacks %v", gaps)
	}
}
