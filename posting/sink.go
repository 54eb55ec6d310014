package posting

import (
	"time"

	"jerem/posting/content"
	"jerem/publish"
	"jerem/series"
	"jerem/store/ledger"
	"jerem/teams"
)

// sinkState is a sink with what was learnt of it since the start. One goroutine uses it at a time.
type sinkState struct {
	sink            publish.Sink
	can             publish.Capabilities
	delivery        *publish.Delivery
	deletionRefused time.Time // our clock when it last refused a deletion; zero for never
	deletionRefusal error     // what it said then
	served          map[string]served
	fitted          map[string]fitted                  // by key; where the sink cannot hold everything
	onward          map[string]map[string]int64        // by team and key, the last tick taken since the cursor
	cuts            map[string]map[string]*content.Cut // by team and key
	cursors         map[string]time.Time               // by team, of those that moved and are not written yet
	reached         map[string]bool                    // by team, whether it was told up to when the sink has all
	leases          map[string]underLease              // by team, of those that are led under a lease
}

// served is how a team stands at a sink after a posting that ended well.
type served struct {
	generation int64
	until      time.Time
	step       time.Duration
	steady     time.Time // from here on the series may be other ones although the generation stands
	pending    bool      // points are still to be deleted
	ledger     map[string]*ledger.SinkSeries
	lines      []teams.Line // as they were posted last
	living     []teams.Line // of which more points may come after the last posting; until may have moved on since
}

// deleteAgain is how often deletions are tried at a sink that refuses them.
const deleteAgain = time.Hour

func newSinkState(sink publish.Sink, p *Poster) *sinkState {
	return &sinkState{sink: sink, can: sink.Capabilities(), served: map[string]served{},
		fitted: map[string]fitted{}, onward: map[string]map[string]int64{},
		cuts:    map[string]map[string]*content.Cut{},
		cursors: map[string]time.Time{}, reached: map[string]bool{}, leases: map[string]underLease{},
		delivery: &publish.Delivery{Sink: sink, Lines: PerPush, Pause: p.Pause, Bodies: p.Bodies, Log: p.Log,
			Now: func() time.Time { return p.Now() }}}
}

// mayDelete tells whether deletions are to be tried now.
func (s *sinkState) mayDelete(now time.Time) bool {
	return s.deletionRefused.IsZero() || now.Sub(s.deletionRefused) >= deleteAgain
}

// noteRefusedDeletion notes that the sink refused a deletion: none is tried for a while.
func (s *sinkState) noteRefusedDeletion(now time.Time, refusal error) {
	s.deletionRefused, s.deletionRefusal = now, refusal
}

// hasSeries tells whether the series of a team are those that the sink was given last: nothing that the figures rest on
// changed, and no moment passed at which series change by themselves. A sink that was found to take nothing far ahead
// takes more with every hour, so what it has is never said to be all of a series.
func (s *sinkState) hasSeries(team *teams.Team, name string, step time.Duration, now time.Time) bool {
	last, ok := s.served[name]
	return ok && s.delivery.TakesAhead() && !(last.pending && s.mayDelete(now)) &&
		last.generation == team.Generation && last.step == step && !team.Until.Before(last.until) &&
		team.Until.Before(last.steady)
}

// onOneStep tells whether no step of the grid lies between two moments.
func onOneStep(a, b time.Time, step time.Duration) bool {
	return a.UnixMicro()/step.Microseconds() == b.UnixMicro()/step.Microseconds()
}

// livingLines are the series that may have points after a moment, once it is later.
func livingLines(lines []teams.Line, until time.Time, step time.Duration) (living []teams.Line) {
	for _, line := range lines {
		if (&series.Extent{Pieces: line.Pieces, Step: step}).GoesOn(series.Tick(until)) {
			living = append(living, line)
		}
	}
	return living
}
