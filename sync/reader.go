// Package sync reads a Jira: what was changed since the last reading, all of it at the first time. What it brings is kept in
// the store, chunk by chunk; one team's trouble stays its own.
package sync

import (
	"log/slog"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/store"
)

// Reader reads for a set of teams into one store. One goroutine uses it at a time.
type Reader struct {
	Jira     *jira.Client
	Store    *store.Store
	Teams    []agile.Team
	Refresh  time.Duration // how old fields, statuses, boards and sprints may become, 0 to read them each time
	Chunk    int           // issues kept in one go, jira.BulkSize by default
	Log      *slog.Logger
	Progress func(Progress) // called while issues are read; may be nil

	sets *smallSets // of the last reading
	seen clocks     // when Jira last told its time
}

// Progress tells how far a reading is.
type Progress struct {
	Done, Total int // issues
}

// Summary says what one reading did for a team.
type Summary struct {
	Team     string        `json:"team"`
	Issues   int           `json:"issues"`
	Changes  int           `json:"changes"`
	Worklogs int           `json:"worklogs"`
	Sprints  int           `json:"sprints"`
	Until    time.Time     `json:"until"`
	Err      error         `json:"-"`
	Took     time.Duration `json:"-"`
}

// TeamErrors are the troubles of single teams; the others went on.
type TeamErrors []error

// Error returns all troubles, each of which names its team.
func (e TeamErrors) Error() string {
	parts := make([]string, 0, len(e))
	for _, one := range e {
		parts = append(parts, one.Error())
	}
	return strings.Join(parts, "; ")
}

// Unwrap returns all of them.
func (e TeamErrors) Unwrap() []error { return e }
