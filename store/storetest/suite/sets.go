package suite

import (
	"testing"
	"time"

	"jerem/agile"
	"jerem/store"
	"jerem/store/ledger"
	"jerem/store/storetest"
)

// checkEmptyLists: a write or a question whose list is empty is one of nothing, and no error.
func checkEmptyLists(t *testing.T, open Opener) {
	s := openStore(t, open)
	storetest.Fill(t, s)
	ctx := t.Context()
	unreadable := store.Gap{Source: agile.SourceWorklogs, Code: agile.GapUnreadable, Issue: 1,
		Subject: agile.NewSubject(agile.SubjectWorklog, 77)}
	if err := s.Gaps.NoteOfIssues(ctx, birth, []store.Gap{unreadable}, nil); err != nil {
		t.Fatal(err)
	}
	another := []agile.Worklog{{ID: 78, Issue: 2, Created: birth, Started: birth, Seconds: 1}}
	for name, do := range map[string]func() error{
		"time logged that no gap names": func() error { return s.Worklogs.Put(ctx, another, birth) },
		"no issue deleted":              func() error { return s.Issues.Delete(ctx, nil, birth) },
		"no gap kept": func() error {
			return s.Gaps.ClearOfIssues(ctx, agile.SourceIssues,
				agile.GapCode("x"), nil)
		},
		"no version": func() error { return s.Metadata.PutVersions(ctx, nil) },
		"no sprint": func() error {
			return s.Sprints.Put(ctx, birth, store.BoardSprints{Team: "L",
				Board: 9})
		},
		"no issue asked for":    func() error { _, err := s.Issues.UpdatedAt(ctx, nil); return err },
		"no document asked for": func() error { _, err := s.Issues.DocumentsOf(ctx, nil); return err },
		"no epic of a project": func() error {
			_, err := s.Issues.EpicKeys(ctx, "none", agile.QuarterRule{By: agile.ByDueDate})
			return err
		},
	} {
		if err := do(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	gaps, err := s.Gaps.OfTeam(ctx, "K")
	if err != nil || len(gaps) != 1 {
		t.Errorf("the gap of another worklog is gone: %v, %v", gaps, err)
	}
}

// checkTwiceInOneSet: what comes twice in one write counts as it comes last.
func checkTwiceInOneSet(t *testing.T, open Opener) {
	s := openStore(t, open)
	storetest.Fill(t, s)
	ctx := t.Context()
	version := func(name string) store.SprintSeen {
		return store.SprintSeen{ID: 8, OriginBoard: 3,
			SprintVersion: agile.SprintVersion{Name: name, State: agile.Closed}}
	}
	pending := []ledger.PendingDeletion{{First: 1, Last: 2, Since: birth},
		{First: 1, Last: 2, Since: birth.Add(time.Hour)}}
	for name, do := range map[string]func() error{
		"types": func() error {
			return s.Metadata.PutTypes(ctx, []agile.Type{{ID: "7", Name: "first"}, {ID: "7", Name: "last"}})
		},
		"statuses": func() error {
			return s.Metadata.PutStatuses(ctx, []agile.Status{{ID: "7", Name: "first"}, {ID: "7", Name: "last"}})
		},
		"sprints": func() error {
			return s.Sprints.Put(ctx, birth, store.BoardSprints{Team: "K", Board: 3, Listed: []int64{8, 8},
				Mine: []int64{8, 8}, Seen: []store.SprintSeen{version("first"), version("last")}})
		},
		"gaps": func() error {
			gap := store.Gap{Team: "K", Source: agile.SourceIssues, Code: agile.GapMissing, Issue: 70}
			named := gap
			named.Key = "K-70"
			return s.Gaps.NoteOfIssues(ctx, birth, []store.Gap{gap, named}, nil)
		},
		"pending deletions": func() error {
			entry := ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: "c{}", Pending: pending}}
			return s.Ledger.Put(ctx, "warp10", "K", []ledger.SinkEntry{entry})
		},
	} {
		if err := do(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	types, err := s.Metadata.Types(ctx)
	if err != nil || types["7"].Name != "last" {
		t.Errorf("the type is %+v: %v", types["7"], err)
	}
	statuses, err := s.Metadata.Statuses(ctx)
	if err != nil || statuses["7"].Name != "last" {
		t.Errorf("the status is %+v: %v", statuses["7"], err)
	}
	sprints, _, err := s.Sprints.OfTeam(ctx, "K", 3)
	if err != nil || len(sprints) != 1 || sprints[0].Name != "last" {
		t.Errorf("the sprints are %+v: %v", sprints, err)
	}
	gaps, err := s.Gaps.OfTeam(ctx, "K")
	if err != nil || len(gaps) != 1 || gaps[0].Key != "K-70" {
		t.Errorf("the gaps are %+v: %v", gaps, err)
	}
	series, err := s.Ledger.Series(ctx, "warp10", "K")
	if err != nil || len(series["c{}"].Pending) != 1 || !series["c{}"].Pending[0].Since.Equal(pending[1].Since) {
		t.Errorf("the ledger is %+v: %v", series["c{}"], err)
	}
}

// checkAnyName: a name is kept as it was told, whatever signs it holds, and the same name again is no change.
func checkAnyName(t *testing.T, open Opener) {
	s := openStore(t, open)
	ctx := t.Context()
	for _, name := range []string{"\x00", "a\x00b", "\x1a", "\x1a0", "\x1a1\x00", "é — 日本", "'; DROP TABLE issue; --",
		`\`, `{ids 1}`} {
		put := func() {
			if err := s.Metadata.PutVersions(ctx, map[string]string{"1": name}); err != nil {
				t.Fatalf("%q: %v", name, err)
			}
		}
		put()
		names, err := s.Metadata.Versions(ctx)
		if err != nil || names["1"] != name {
			t.Errorf("%q is read as %q: %v", name, names["1"], err)
		}
		before, err := s.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		put()
		if after, err := s.Version(ctx); err != nil || after != before {
			t.Errorf("%q a second time is a change: %v", name, err)
		}
	}
}
