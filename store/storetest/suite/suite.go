package suite

import "testing"

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
		"read before":                   checkReadBefore,
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
		"goals are forgotten":           checkGoalsAreForgotten,
		"epic keys":                     checkEpicKeys,
		"versions":                      checkVersions,
		"checkpoints":                   checkCheckpoints,
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
