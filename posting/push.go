package posting

import (
	"context"
	"errors"
	"time"

	"jerem/agile"
	"jerem/publish"
	"jerem/series"
	"jerem/store/ledger"
	"jerem/teams"
)

// extent says how much of a team a push is about.
type extent int

const (
	missing    extent = iota // what the sink lacks by the ledger
	everything               // all of it, whatever is known to stand there
	span                     // the points from one moment to another, of which the latter is no reading's
	onward                   // what came since the cursor: the sink takes no old points
)

// push brings the series of one team at one sink up to date. What stands there is told by the sink ledger, series by
// series: only what differs is posted.
type push struct {
	poster *Poster
	state  *sinkState
	sink   string // name of it
	team   string
	what   extent
	from   int64 // first tick that is posted of a span
	step   time.Duration
	until  time.Time   // Jira's clock at the reading that is posted, or the end of a span
	gaps   []agile.Gap // what that reading lacks: what may be hidden by it is not deleted

	livingOnly bool // the series are those of before: those that ended are not looked at

	now    map[string]*computedSeries // by key
	ledger *sinkLedger

	total  int               // points to be posted
	sent   int               // of these, as it goes
	points [2][]series.Point // memory for the points of two batches, in turn
	logged time.Time         // our clock when the log last told how far it is
	lines  int               // series of which points were posted
	done   publish.Outcome

	refused []refusedDeletion // while all else went on
}

// computedSeries is a series as it is to stand, with the digest of its pieces.
type computedSeries struct {
	*series.Extent
	digest string
}

// makeClaim says that a series stands, or may stand, at a sink.
func (s computedSeries) makeClaim() ledger.Claim {
	if s.digest == "" {
		return ledger.Claim{}
	}
	return ledger.Claim{Digest: s.digest, Step: s.Step, Until: s.Until}
}

// isOf tells whether a claim is about the series as it is to stand, however far.
func (s computedSeries) isOf(c ledger.Claim) bool { return c.Digest == s.digest && c.Step == s.Step }

// runPush does all of it: what is pending is deleted, what is lacking posted, what vanished noted as pending.
// remembered is the ledger where this process wrote it last, else nil.
func (p *push) runPush(ctx context.Context, lines []teams.Line, remembered map[string]*ledger.SinkSeries) error {
	if err := p.ledger.recallEntries(ctx, remembered); err != nil {
		return err
	}
	p.now = p.computeSeries(lines)
	if p.what == onward {
		return postOnward(ctx, p)
	}
	var undeleted error
	if p.what != span && !p.livingOnly { // nothing is due then, and the series that ended are not at hand
		undeleted = deletePending(ctx, p)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	tasks, err := planTasks(ctx, p)
	if err == nil {
		err = dropContradicted(ctx, p, tasks)
	}
	if err != nil {
		return errors.Join(undeleted, err)
	}
	if err := p.postTasks(ctx, tasks); err != nil || p.what == span {
		return errors.Join(undeleted, err)
	}
	p.state.cursors[p.team] = p.until // see Poster.WriteCursors
	return undeleted
}
