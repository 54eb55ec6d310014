package sync

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/store"
	"jerem/sync/clocks"
	"jerem/sync/derive"
	"jerem/sync/issues"
	"jerem/sync/metadata"
)

// The kinds of problems of a reading that asking again alone does not mend.
const (
	WrongClock    = clocks.Wrong       // Jira's clock is not to be believed
	ClockFellBack = clocks.FellBack    // it stands before what was read already
	OtherSite     = metadata.OtherSite // the store holds what another Jira told
)

// Reader reads for a set of teams into one store. One goroutine uses it at a time.
type Reader struct {
	Jira     *jira.Client
	Store    *store.Store
	Teams    []agile.Team
	Refresh  time.Duration    // how old metadata may become, 0 to read it each time
	Chunk    int              // issues kept in one go, jira.BulkSize by default
	Now      func() time.Time // our clock
	Log      *slog.Logger
	Progress func(Progress) // called when the first reading begins, and while issues are read; may be nil

	site           *metadata.Site // of the last reading; nil where it is to be read anew
	goalsForgotten bool           // those that an earlier configuration kept

	forgot bool       // all of it is to be read anew, for it is no more as it was read
	seen   bothClocks // when Jira last told its time

	clocksDiffer bool // the log was told that they do

	epics   issues.EpicCache // as of the last reading
	updates issues.UpdateCache
	ahead   preparation // for the next one
}

// bothClocks are Jira's clock and ours at one moment.
type bothClocks struct{ jira, ours time.Time }

// jiraTime tells Jira's time at a moment of our clock, as it goes on from the last answer; ours before the first.
func (c bothClocks) jiraTime(ours time.Time) time.Time {
	if c.ours.IsZero() {
		return ours
	}
	return c.jira.Add(ours.Sub(c.ours))
}

func (r *Reader) chunkSize() int {
	if r.Chunk == 0 {
		return jira.BulkSize
	}
	return r.Chunk
}

// Progress tells how far a reading is. The first one begins with none of none: fields, boards and sprints are read
// before issues are.
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
	Doubted  bool          `json:"-"` // Jira told less of it than is known: what was known is kept, and it is behind
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

// TakeOver forgets what is remembered of the last reading, for another instance read since.
func (r *Reader) TakeOver() {
	r.site, r.ahead = nil, preparation{}
	r.epics.Forget()
	r.updates.ForgetAll()
}

// Rebuild derives every issue again from what is kept of it, without Jira: after a correction of the translation. It
// returns how many there are and how many came out differently. The error tells what of the store is damaged and
// cannot be derived, and a team that was never read.
func (r *Reader) Rebuild(ctx context.Context) (issues, changed int, err error) {
	damage, err := derive.RepairDamage(ctx, r.Store, r.Log)
	if err != nil {
		return 0, 0, err
	}
	issues, changed, err = derive.All(ctx, r.Store)
	if err != nil {
		return issues, changed, err
	}
	noted, err := r.Store.Repair.Noted(ctx)
	if err == nil && (!damage.Derivable() || len(noted) > 0) {
		err = r.Store.Repair.Underivable(damage, noted)
	}
	for _, team := range r.Teams {
		if err == nil {
			_, err = r.Store.Teams.State(ctx, team.Name)
		}
	}
	return issues, changed, err
}
