package suite

import (
	"context"
	"testing"

	"jerem/store"
	"jerem/store/db"
	"jerem/store/storetest"
)

// birth is when all issues of the example were created.
var birth = storetest.Birth

// Opener opens the database of a place, a folder of the test, and makes it where there is none. Opened again after it
// was closed, it holds what was kept.
type Opener func(t testing.TB, place string) db.Database

// Run holds a database to the suite.
func Run(t *testing.T, open Opener) {
	for name, check := range map[string]func(*testing.T, Opener){
		"write is whole":                checkWriteIsWhole,
		"read sees one state":           checkReadSeesOneState,
		"version":                       checkVersion,
		"together":                      checkTogether,
		"keeps any issue":               checkKeepsAnyIssue,
		"sprints keep versions":         checkSprintsKeepVersions,
		"own sprints":                   checkOwnSprints,
		"statuses stay":                 checkStatusesStay,
		"scope":                         checkScope,
		"epics by key":                  checkEpicsByKey,
		"membership by reading":         checkMembershipByReading,
		"behind":                        checkBehind,
		"readings":                      checkReadings,
		"days off":                      checkDaysOff,
		"rules":                         checkRules,
		"deleted issues are told":       checkDeletedIssuesAreTold,
		"restored issues are told":      checkRestoredIssuesAreTold,
		"matches are told":              checkMatchesAreTold,
		"corrected time is told":        checkCorrectedTimeIsTold,
		"forgotten changes are told":    checkForgottenChangesAreTold,
		"sprints that left are told":    checkSprintsThatLeftAreTold,
		"epic keys":                     checkEpicKeys,
		"versions":                      checkVersions,
		"cursors":                       checkCursors,
		"sink ledger":                   checkSinkLedger,
		"parts of the sink ledger":      checkLedgerParts,
		"digests":                       checkDigests,
		"forget":                        checkForget,
		"gaps of a team":                checkGapsOfATeam,
		"empty lists":                   checkEmptyLists,
		"twice in one set":              checkTwiceInOneSet,
		"any name":                      checkAnyName,
		"gaps of issues":                checkGapsOfIssues,
		"deleted leaves nothing":        checkDeletedLeavesNothing,
		"generation":                    checkGeneration,
		"generation tells every change": checkGenerationTellsEveryChange,
		"refresh":                       checkRefresh,
		"parts of a reading":            checkPartsOfAReading,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, open)
		})
	}
}

// openStore opens an empty store for the time of a test.
func openStore(t testing.TB, open Opener) *store.Store {
	t.Helper()
	d := open(t, t.TempDir())
	t.Cleanup(func() { d.Close() })
	return store.New(d)
}

// countRows returns the answer of a query that counts.
func countRows(t testing.TB, d db.Database, query string, args ...any) (n int) {
	t.Helper()
	err := d.Read(context.Background(), func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, query, args...).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
