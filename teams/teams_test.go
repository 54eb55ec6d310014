package teams_test

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
	"jerem/problem"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/teams"
)

// TestAsOf: a team as of a later reading that read nothing new is the team that is computed then.
func TestAsOf(t *testing.T) {
	issues := int64(2_000)
	if testing.Short() {
		issues = 300
	}
	h := storytest.BigHistoryOf(issues)
	later := *h
	later.Until = h.Until.Add(time.Hour)
	got, want := measure.Of(h).AsOf(later.Until), measure.Of(&later)
	if !got.Now().Equal(later.Until) {
		t.Errorf("now is %v, want %v", got.Now(), later.Until)
	}
	now := got.Now()
	if !reflect.DeepEqual(timeseries.Pieces(got, now), timeseries.Pieces(want, now)) {
		t.Error("other series")
	}
	for _, q := range []time.Time{now, now.AddDate(0, -4, 0)} {
		if !reflect.DeepEqual(got.Quarter(got.QuarterAt(q), now), want.Quarter(want.QuarterAt(q), now)) {
			t.Errorf("another quarter at %v", q)
		}
	}
	if !reflect.DeepEqual(got.Sprints(now), want.Sprints(now)) {
		t.Error("other sprints")
	}
}

// TestCache: a team is loaded when its generation rises, and no other one is; the moment of a reading needs no load.
func TestCache(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	cache := teams.NewCache(s)
	if _, err := cache.Team(t.Context(), agile.Team{Name: "A"}); !problem.Is(err, store.NotRead) {
		t.Fatalf("a team that was never read: %v", err)
	}
	at := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	read := func(name, settings string, until time.Time) {
		t.Helper()
		if err := s.Teams.Put(t.Context(),
			store.TeamState{Name: name, Project: name, ProjectID: name, Settings: settings,
				Until: until}); err != nil {
			t.Fatal(err)
		}
	}
	want := func(name string, until time.Time, loads int) {
		t.Helper()
		team, err := cache.Team(t.Context(), agile.Team{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		if !team.Until.Equal(until) || !team.Measured.Now().Equal(until) || cache.Loads() != loads {
			t.Errorf("team %s as of %v and %v after %d loads, want %v after %d", name, team.Until, team.Measured.Now(),
				cache.Loads(), until, loads)
		}
	}
	read("A", "", at)
	read("B", "", at)
	want("A", at, 1)
	want("A", at, 1)
	want("B", at, 2)
	read("A", "", at.Add(time.Hour))
	want("A", at.Add(time.Hour), 2)
	read("A", "other hours", at.Add(2*time.Hour))
	want("A", at.Add(2*time.Hour), 2)
	want("B", at, 2)
	if got := cache.Counts(); got != (teams.Counts{Loads: 2, Updates: 1}) {
		t.Errorf("%+v: other settings are taken in without loading anything anew", got)
	}
}

// TestLinesLike: a line that says what it said before is the former one, whose digest is not made again; one that says
// something else has a digest of its own.
func TestLinesLike(t *testing.T) {
	h := storytest.BigHistoryOf(500)
	former := teams.LinesOf(timeseries.Pieces(measure.Of(h), h.Until))
	marked := slices.Clone(former)
	for n := range marked {
		marked[n].Digest = "kept"
	}
	later := h.Until.Add(-90 * 24 * time.Hour)
	pieces := timeseries.Pieces(measure.Of(h), later)
	anew, kept := teams.LinesOf(pieces), 0
	for n, line := range teams.LinesLike(marked, pieces) {
		fresh := anew[n]
		at := slices.IndexFunc(former, func(l teams.Line) bool { return l.Key == line.Key })
		same := at >= 0 && former[at].Digest == fresh.Digest
		if same {
			kept++
			fresh.Digest = "kept"
		}
		if !reflect.DeepEqual(line, fresh) {
			t.Fatalf("%s: another line, or its digest was made again (%v)", line.Key, same)
		}
	}
	if kept == 0 || kept == len(former) {
		t.Errorf("%d of %d lines are as before", kept, len(former))
	}
}
