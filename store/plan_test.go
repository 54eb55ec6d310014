package store_test

import (
	"context"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"jerem/agile"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/store/db"
	"jerem/store/db/sqlite"
	"jerem/store/ledger"
	"jerem/store/metadata"
	"jerem/store/storetest"
)

// wholeTables are the questions about everything that is kept, with the reason why they are asked.
var wholeTables = map[string]string{
	"SELECT id, created FROM issue":                   "IDs: a reconciliation compares all",
	"SELECT name, value FROM meta":                    "Checkpoints.All: a few rows a project",
	"SELECT count(*) FROM worklog":                    "Worklogs.Count: on /metrics, by an index",
	"FROM worklog ORDER BY id":                        "Worklogs.All: a reconciliation compares all",
	"FROM document WHERE issue > ":                    "Documents: a rebuild walks all, by the key",
	"SELECT r.key FROM (SELECT ":                      "Compared: all rows are summed up",
	"SELECT (SELECT count(*) FROM row_sum WHERE ":     "Compared: all rows are counted",
	"UPDATE row_sum SET sum = sum + 1":                "damageEverything of this test",
	", key FROM row_sum WHERE part = ":                "Compared: rows that are gone",
	"AND key NOT IN (SELECT ":                         "RemoveStrayChecksums: after damage, of a table that has some",
	"|| ',' || quote(":                                "TakeOut: damaged rows go by their whole key",
	"SELECT name, $2, $3, $4, 0, '', until FROM team": "TakeOut: gaps of what is lost",
}

// growing are the tables that grow with what is read.
var growing = []string{
	"issue",
	"timeline",
	"document",
	"issue_project",
	"link",
	"epic_link",
	"epic_key",
	"worklog",
	"row_sum",
	"team_other",
	"team_match",
	"team_impeded",
	"team_sprint",
	"board_sprint",
	"sprint",
	"gap",
	"sink_series",
	"sink_pieces",
	"sink_part",
	"sink_owed",
}

// TestPlans: no statement of the store looks through a table that grows, but for the questions about all of it: each of
// the others finds its rows by a key or an index.
func TestPlans(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var mu sync.Mutex
	statements := map[string]bool{}
	d.SetTrace(func(query string) {
		mu.Lock()
		defer mu.Unlock()
		statements[query] = true
	})
	s := store.New(d)
	for n, call := range everyCall(s) {
		if err := call(ctx); err != nil {
			t.Fatalf("call %d: %v", n, err)
		}
	}
	if len(statements) < 100 {
		t.Fatalf("%d statements were executed: not all are looked at", len(statements))
	}
	d.SetTrace(nil)
	scans := regexp.MustCompile(`^SCAN (\w+)`)
	for _, query := range slices.Sorted(maps.Keys(statements)) {
		ofOne := strings.Contains(query, "FROM row_sum WHERE part = ") && argumentsOf(query) > 0
		if strings.HasPrefix(query, "PRAGMA") ||
			!ofOne && slices.ContainsFunc(
				slices.Collect(maps.Keys(wholeTables)),
				func(part string) bool { return strings.Contains(query, part) },
			) {
			continue
		}
		err := d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
			return tx.Each(
				ctx,
				`EXPLAIN QUERY PLAN `+query,
				make([]any, argumentsOf(query)),
				func(scan db.Scan) error {
					var id, parent, unused int
					var detail string
					if err := scan(&id, &parent, &unused, &detail); err != nil {
						return err
					}
					if m := scans.FindStringSubmatch(detail); m != nil &&
						slices.Contains(growing, tableOf(query, m[1])) {
						t.Errorf("%s\n\t%s", query, detail)
					}
					return nil
				},
			)
		})
		if err != nil {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// argumentsOf tells how many arguments a statement takes: one for each question mark, or up to the highest number.
func argumentsOf(query string) int {
	count := strings.Count(query, "?")
	for _, m := range regexp.MustCompile(`(?:\$|\{ids |\{texts )([0-9]+)`).FindAllStringSubmatch(query, -1) {
		n, _ := strconv.Atoi(m[1]) // digits
		count = max(count, n)
	}
	return count
}

// tableOf returns the table that has a name in a statement.
func tableOf(query, name string) string {
	alias := regexp.MustCompile(`(?:FROM|JOIN) "?(\w+)"? (?:AS )?` + name + `\b`)
	if m := alias.FindStringSubmatch(query); m != nil {
		return m[1]
	}
	return name
}

// everyCall executes what the store can be asked and told, on a team that has something of everything.
func everyCall(s *store.Store) []func(context.Context) error {
	ids := []int64{1, 2}
	team := agile.Team{Name: "K"}
	entry := ledger.SinkEntry{
		SinkSeries: ledger.SinkSeries{
			Key:     "c{}",
			Taken:   ledger.Claim{Digest: "d"},
			Pending: []ledger.PendingDeletion{{First: 1, Last: 2, Since: storetest.Birth}},
		},
		Pieces: map[string]ledger.Content{"d": storetest.ExampleContent("pieces", "p")},
	}
	logs := []agile.Worklog{{ID: 9, Issue: 1, Created: storetest.Birth, Started: storetest.Birth, Seconds: 3600}}
	gap := store.Gap{Source: "issues", Code: "cut", Issue: 2}
	other := storetest.ExampleState()
	other.Others, other.Matches, other.Impeded = map[int64]bool{5: true}, map[int64]bool{}, map[int64]bool{}
	moved := storetest.Altered(func(i *agile.Issue) { i.Project = agile.Constant(storetest.Birth, "30") })
	return []func(context.Context) error{
		func(ctx context.Context) error { _, err := s.Issues.Put(ctx, storetest.ExampleDocs()); return err },
		func(ctx context.Context) error { return s.Teams.Put(ctx, storetest.ExampleState()) },
		func(ctx context.Context) error {
			return s.Sprints.Put(ctx, storetest.Birth, storetest.ExampleSprints())
		},
		func(ctx context.Context) error { return s.Metadata.SetZone(ctx, "Europe/Paris") },
		func(ctx context.Context) error { return s.Metadata.PutFields(ctx, []agile.Field{{ID: "f", Name: "F"}}) },
		func(ctx context.Context) error {
			return s.Metadata.PutTypes(ctx, []agile.Type{{ID: "1", Name: "Epic", Level: 1}})
		},
		func(ctx context.Context) error {
			return s.Metadata.PutStatuses(ctx, []agile.Status{{ID: "1", Name: "Open"}})
		},
		func(ctx context.Context) error {
			return s.Metadata.PutStatusNames(ctx, []metadata.StatusName{{ID: "2", Name: "Done"}})
		},
		func(ctx context.Context) error { return s.Metadata.PutBoard(ctx, agile.Board{ID: 3, Name: "B"}) },
		func(ctx context.Context) error { return s.Worklogs.Put(ctx, logs, storetest.Birth) },
		func(ctx context.Context) error {
			return s.Checkpoints.Set(ctx, checkpoint.Checkpoint{Projects: map[string]time.Time{"10": storetest.Birth}})
		},
		func(ctx context.Context) error { return s.Checkpoints.SetTranslation(ctx, 3) },
		func(ctx context.Context) error {
			return s.Gaps.SetOfTeam(
				ctx,
				"K",
				[]agile.Source{"board"},
				storetest.Birth,
				[]store.Gap{{Source: "board", Code: "missing"}},
			)
		},
		func(ctx context.Context) error {
			return s.Gaps.SetOfTeam(ctx, "K", []agile.Source{"board"}, storetest.Birth, nil)
		},
		func(ctx context.Context) error {
			return s.Gaps.NoteOfIssues(ctx, storetest.Birth, []store.Gap{gap}, nil)
		},
		func(ctx context.Context) error { return s.Gaps.ClearOfIssues(ctx, "issues", "cut", nil) },
		func(ctx context.Context) error {
			return s.Gaps.NoteOfIssues(ctx, storetest.Birth, []store.Gap{gap}, nil)
		},
		func(ctx context.Context) error { return s.Gaps.NoteOfIssues(ctx, storetest.Birth, nil, ids) },
		func(ctx context.Context) error { return s.Ledger.Put(ctx, "w", "K", []ledger.SinkEntry{entry}) },
		func(ctx context.Context) error {
			return s.Ledger.ReplaceFormerText(ctx, "w", "K", []ledger.SinkEntry{entry})
		},
		func(ctx context.Context) error {
			return s.Ledger.SetCursors(ctx, "w", map[string]time.Time{"K": storetest.Birth})
		},
		func(ctx context.Context) error { return s.Ledger.SetBounds(ctx, "w", ledger.Bounds{}) },
		func(ctx context.Context) error { _, _, err := s.Ledger.Cursor(ctx, "w", "K"); return err },
		func(ctx context.Context) error { _, err := s.Ledger.Series(ctx, "w", "K"); return err },
		func(ctx context.Context) error { _, err := s.Ledger.Pieces(ctx, "w", "K", []string{"c{}"}); return err },
		func(ctx context.Context) error { _, err := s.Ledger.FormerText(ctx, "w", "K"); return err },
		func(ctx context.Context) error { _, err := s.Ledger.Bounds(ctx, "w"); return err },
		func(ctx context.Context) error { _, err := s.Teams.History(ctx, team); return err },
		func(ctx context.Context) error { _, err := s.Teams.State(ctx, "K"); return err },
		func(ctx context.Context) error { return s.Teams.UseSettings(ctx, "K", "other") },
		func(ctx context.Context) error { return refreshChanged(ctx, s, team) },
		func(ctx context.Context) error { _, _, err := s.Teams.LastReading(ctx, "K"); return err },
		func(ctx context.Context) error { _, err := s.Teams.Generations(ctx); return err },
		func(ctx context.Context) error { _, err := s.Teams.Generation(ctx, "K"); return err },
		func(ctx context.Context) error { return s.Teams.SetBehind(ctx, "K", storetest.Birth, "why") },
		func(ctx context.Context) error { _, _, err := s.Sprints.OfTeam(ctx, "K", 3); return err },
		func(ctx context.Context) error { _, err := s.Sprints.WithIssuesOf(ctx, "10"); return err },
		func(ctx context.Context) error { _, err := s.Gaps.OfTeam(ctx, "K"); return err },
		func(ctx context.Context) error { _, err := s.Checkpoints.All(ctx); return err },
		func(ctx context.Context) error { _, err := s.Checkpoints.Translation(ctx); return err },
		func(ctx context.Context) error { _, err := s.Worklogs.All(ctx); return err },
		func(ctx context.Context) error { _, err := s.Worklogs.Count(ctx); return err },
		func(ctx context.Context) error { _, err := s.Worklogs.Known(ctx, []int64{9}); return err },
		func(ctx context.Context) error { _, err := s.Metadata.Zone(ctx); return err },
		func(ctx context.Context) error { _, err := s.Metadata.Types(ctx); return err },
		func(ctx context.Context) error { _, err := s.Metadata.Statuses(ctx); return err },
		func(ctx context.Context) error { _, err := s.Metadata.FieldNames(ctx); return err },
		func(ctx context.Context) error { _, err := s.Metadata.Board(ctx, 3); return err },
		func(ctx context.Context) error { _, _, err := s.Issues.IDs(ctx); return err },
		func(ctx context.Context) error { _, err := s.Issues.OfProject(ctx, "10"); return err },
		func(ctx context.Context) error { _, err := s.Issues.OfOtherProjects(ctx, "K", "10"); return err },
		func(ctx context.Context) error { _, err := s.Issues.ChildrenOf(ctx, []int64{1}); return err },
		func(ctx context.Context) error { _, err := s.Issues.UpdatedAt(ctx, ids); return err },
		func(ctx context.Context) error { _, err := s.Issues.ReadSince(ctx, storetest.Birth); return err },
		func(ctx context.Context) error { return s.Issues.CountReadBefore(ctx, storetest.Birth) },
		func(ctx context.Context) error { _, err := s.Issues.TimeSpent(ctx, ids); return err },
		func(ctx context.Context) error { _, err := s.Issues.DocumentsOf(ctx, ids); return err },
		func(ctx context.Context) error {
			_, err := s.Issues.EpicKeys(ctx, "10", agile.QuarterRule{Label: regexp.MustCompile(`Q\d`)})
			return err
		},
		func(ctx context.Context) error {
			for _, err := range s.Issues.Documents(ctx) {
				if err != nil {
					return err
				}
			}
			return nil
		},
		func(ctx context.Context) error { _, err := s.Repair.TakeOut(ctx); return err },
		func(ctx context.Context) error { _, err := s.Repair.Noted(ctx); return err },
		func(ctx context.Context) error { return s.Repair.Clear(ctx) },
		func(ctx context.Context) error { _, err := s.Version(ctx); return err },
		func(ctx context.Context) error { return s.Teams.Put(ctx, other) },
		func(ctx context.Context) error { _, err := s.Issues.Put(ctx, []store.Doc{moved}); return err },
		func(ctx context.Context) error { return s.Worklogs.Delete(ctx, []int64{9}, storetest.Birth) },
		func(ctx context.Context) error { return s.Ledger.Forget(ctx, "w", "K") },
		func(ctx context.Context) error { return s.Issues.Delete(ctx, ids, storetest.Birth) },
		func(ctx context.Context) error { return damageEverything(ctx, s) },
		func(ctx context.Context) error { _, err := s.Repair.TakeOut(ctx); return err },
	}
}

// refreshChanged has a team refreshed that changed since it was loaded.
func refreshChanged(ctx context.Context, s *store.Store, team agile.Team) error {
	was, err := s.Teams.Load(ctx, team)
	if err != nil {
		return err
	}
	changed := storetest.Altered(func(i *agile.Issue) { i.EpicLink = agile.Constant(storetest.Birth, "7") })
	if _, err := s.Issues.Put(ctx, []store.Doc{changed}); err != nil {
		return err
	}
	_, err = s.Teams.Refresh(ctx, team, was)
	return err
}

// damageEverything makes every checksum of a row wrong.
func damageEverything(ctx context.Context, s *store.Store) error {
	return s.Database().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE row_sum SET sum = sum + 1 WHERE part <> 'meta'`)
		return err
	})
}
