package checksums

import (
	"fmt"
	"slices"

	"jerem/store/db"
)

// stateTables hold what a team is told by beside issues, time logged and what it shares with other teams: its state,
// what it is counted by and its gaps.
var stateTables = []string{"gap", "meta", "team", "team_impeded", "team_match", "team_other"}

const boardOfTeam = `(SELECT board FROM team WHERE name = $1)`

// teamsOwn says which part of some tables is a team's own, $1 being its name. Gaps of no team are those of issues.
var teamsOwn = map[string]db.TablePart{
	"team":         {Of: `name = $1`, Sums: `key = quote($1)`},
	"board":        {Of: `id = ` + boardOfTeam, Sums: `key = quote(` + boardOfTeam + `)`},
	"board_sprint": {Of: `board = ` + boardOfTeam, Sums: keysFrom(`key`, boardOfTeam)},
	"sprint": {Of: `id IN (SELECT sprint FROM team_sprint WHERE team = $1)`,
		Sums: `key IN (SELECT s.key FROM team_sprint t JOIN row_sum s ON s.part = 'sprint' AND ` +
			keysFrom(`s.key`, `t.sprint`) + ` WHERE t.team = $1)`},
	"gap": {Of: `team IN ('', $1)`, Sums: `(` + keysFrom(`key`, `''`) + ` OR ` + keysFrom(`key`, `$1`) + `)`},
}

// keysFrom is the condition on keys of several columns that the first of these has a value: - follows on a comma.
func keysFrom(key, value string) string {
	return fmt.Sprintf(`%[1]s >= quote(%[2]s) || ',' AND %[1]s < quote(%[2]s) || '-'`, key, value)
}

// partsOf returns those parts of tables that the history of a team rests on, but for issues: of its own ones its rows,
// and what teams share whole. Of a hundred teams each would look at the rows of all else. stateOnly leaves out all but
// its state.
func partsOf(tables []db.Table, stateOnly bool) (parts []db.TablePart) {
	for _, t := range tables {
		if issueTables[t.Name] != "" || slices.Contains(uncompared, t.Name) ||
			stateOnly && !slices.Contains(stateTables, t.Name) {
			continue
		}
		part := teamsOwn[t.Name]
		if part.Of == "" && len(t.Key) > 1 && t.Key[0] == "team" {
			part.Of, part.Sums = `team = $1`, keysFrom(`key`, `$1`)
		}
		part.Table = t
		parts = append(parts, part)
	}
	return parts
}
