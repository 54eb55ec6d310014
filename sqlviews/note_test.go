package sqlviews

import (
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/store"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/places"
	"jerem/store/storetest"
	"jerem/teams"
)

// startedKeeper is a process that keeps the rows of a team.
type startedKeeper struct {
	conf  agile.Team
	build string
	cache *teams.Cache
}

// keep keeps the rows, as the first time of a process, and tells whether they were made and how many writes that took.
func (s startedKeeper) keep(t *testing.T, kept *store.Store) (made bool, writes int) {
	t.Helper()
	kept.SetFault(func() error { writes++; return nil })
	defer kept.SetFault(nil)
	k := &Keeper{Load: s.cache.Team,
		Sources: Sources{Rows: kept.ViewRows, Build: func() string { return s.build }}}
	if err := k.Keep(t.Context(), s.conf); err != nil {
		t.Fatal(err)
	}
	return k.kept[s.conf.Name].digests != nil, writes
}

// TestNothingIsMadeAtStart: rows are made again after a start where what they are made from is other than the note
// says, and only there.
func TestNothingIsMadeAtStart(t *testing.T) {
	for name, place := range map[string]func(testing.TB) string{
		"file":   func(t testing.TB) string { return storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")) },
		"server": pgtest.Database,
	} {
		t.Run(name, func(t *testing.T) { checkStarts(t, place(t)) })
	}
}

func checkStarts(t *testing.T, place string) {
	kept, err := places.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	state := store.TeamState{Name: "K", Project: "K", ProjectID: "1",
		Until: time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)}
	present := startedKeeper{conf: agile.Team{Name: "K", Project: "K"}, build: "1"}
	present.conf.Calendar.Zone = time.UTC
	for _, step := range []struct {
		what   string
		change func()
		made   bool
	}{
		{"the first time", func() {}, true},
		{"nothing changed", func() {}, false},
		{"a reading without news", func() { state.Until = state.Until.Add(time.Hour) }, false},
		{"noon passed", func() { state.Until = state.Until.Add(4 * time.Hour) }, true},
		{"after noon", func() {}, false},
		{"another build", func() { present.build = "2" }, true},
		{"another configuration", func() { present.conf.Flow.Untouched = 3 }, true},
		{"two statuses", func() { present.conf.ClosedStatuses = []string{"In", "Review"} }, true},
		{"one status of the two words", func() { present.conf.ClosedStatuses = []string{"In Review"} }, true},
		{"other labels of quarters", func() { present.conf.Quarter.Label = regexp.MustCompile(`Q([1-4])-(\d\d)`) },
			true},
		{"the same labels", func() { present.conf.Quarter.Label = regexp.MustCompile(`Q([1-4])-(\d\d)`) }, false},
		{"other labels of initiatives", func() { present.conf.Initiative.Label = regexp.MustCompile(`goal-(.*)`) },
			true},
		{"other days off", func() { present.conf.Calendar = calendar.Calendar{Zone: time.UTC, DaysOff: "FR"} }, true},
		{"another zone", func() { present.conf.Calendar.Zone = time.FixedZone("UTC", 3600) }, true},
		{"a new generation", func() { state.Board = 7 }, true},
		{"after all of them", func() {}, false},
		{"a build that is not told", func() { present.build = "" }, true},
		{"the same again", func() {}, true},
		{"the build of before", func() { present.build = "2" }, true},
		{"the build of before again", func() {}, false},
	} {
		step.change()
		if err := kept.Teams.Put(t.Context(), state); err != nil {
			t.Fatal(err)
		}
		present.cache = teams.NewCache(kept)
		made, writes := present.keep(t, kept)
		if made != step.made || !made && writes > 0 || writes > 1 {
			t.Errorf("%s: made %v with %d writes, want %v", step.what, made, writes, step.made)
		}
	}
}
