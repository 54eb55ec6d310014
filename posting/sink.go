package posting

import (
	"time"

	"jerem/publish"
	"jerem/store"
	"jerem/teams"
)

// sinkState is a sink with what was learnt of it since the start. One goroutine uses it at a time.
type sinkState struct {
	sink            publish.Sink
	can             publish.Capabilities
	delivery        *publish.Delivery
	deletionRefused time.Time // our clock when it last refused a deletion; zero for never
	served          map[string]served
	fitted          map[string]fitted           // by key; where the sink cannot hold everything
	onward          map[string]map[string]int64 // by team and key, the last tick taken since the cursor
}

// served is how a team stands at a sink after a posting that ended well.
type served struct {
	generation int64
	until      time.Time
	step       time.Duration
	steady     time.Time // from here on the series may be other ones although the generation stands
	pending    bool      // points are still to be deleted
	ledger     map[string]*store.SinkSeries
}

// deleteAgain is how often deletions are tried at a sink that refuses them.
const deleteAgain = time.Hour

func newSinkState(sink publish.Sink, p *Poster) *sinkState {
	return &sinkState{sink: sink, can: sink.Capabilities(), served: map[string]served{},
		fitted: map[string]fitted{}, onward: map[string]map[string]int64{},
		delivery: &publish.Delivery{Sink: sink, Lines: PerPush, Pause: p.Pause, Bodies: p.Bodies,
			Now: func() time.Time { return p.Now() }}}
}

// mayDelete tells whether deletions are to be tried now.
func (s *sinkState) mayDelete(now time.Time) bool {
	return s.deletionRefused.IsZero() || now.Sub(s.deletionRefused) >= deleteAgain
}

// hasAll tells whether the sink has all of a team by what is remembered: nothing that the figures rest on changed, no
// step of the grid came and no moment passed at which series change by themselves. A sink that was found to take
// nothing far ahead takes more with every hour, so it is never said to have all.
func (s *sinkState) hasAll(team *teams.Team, name string, step time.Duration, now time.Time) bool {
	last, ok := s.served[name]
	return ok && s.delivery.TakesAhead() && !(last.pending && s.mayDelete(now)) &&
		last.generation == team.Generation && last.step == step && !team.Until.Before(last.until) &&
		team.Until.Before(last.steady) &&
		team.Until.UnixMicro()/step.Microseconds() == last.until.UnixMicro()/step.Microseconds()
}
