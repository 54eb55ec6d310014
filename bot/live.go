package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"jerem/jira"
	"jerem/problem"
	"jerem/sorting"
	"jerem/store"
	reading "jerem/sync"
)

// Live is what a running loop tells of itself while the store may not take it: what is in trouble, and how far a
// reading is. It is safe for concurrent use, and its zero value is ready.
type Live struct {
	mu       sync.Mutex
	troubles map[troubleKey]Trouble
	reading  *Reading
	changed  chan struct{} // closed at the next change; nil while nobody waits for one
}

// Changed returns what is closed when something new may be known: a cycle of reading ended, or a trouble came or went.
// Who waits for what it asked for before asks for the channel first.
func (l *Live) Changed() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed == nil {
		l.changed = make(chan struct{})
	}
	return l.changed
}

// tellWaiting tells those who wait for a change; the caller holds the lock.
func tellWaiting(l *Live) {
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
}

// Trouble is something that the loop could not do at its last try.
type Trouble struct {
	Team    string // "" where all are concerned
	Posting bool   // to Sink; else reading
	Sink    string
	Since   time.Time // by the clock of this machine
	Err     error
	Person  bool // somebody has to act: asking again alone does not help
}

// Reading is a reading that is on its way.
type Reading struct {
	reading.Progress
	Since time.Time // when it began, or its issues did where it reads issues
}

type troubleKey struct{ team, sink string }

// noteOutcome keeps what a reading or a posting ended by, of one team or of all ("") and at a sink or none (""); nil
// ends a trouble.
func (l *Live) noteOutcome(team, sink string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := troubleKey{team, sink}
	if err == nil {
		if _, known := l.troubles[key]; known {
			delete(l.troubles, key)
			tellWaiting(l)
		}
		return
	}
	if l.troubles == nil {
		l.troubles = map[troubleKey]Trouble{}
	}
	since := time.Now().UTC().Truncate(time.Second)
	if known, ok := l.troubles[key]; ok {
		since = known.Since
	}
	l.troubles[key] = Trouble{Team: team, Posting: sink != "", Sink: sink, Since: since, Err: err,
		Person: needsPerson(err)}
	tellWaiting(l)
}

// Troubles lists what is in trouble, the readings first, in order of team and sink.
func (l *Live) Troubles() []Trouble {
	l.mu.Lock()
	defer l.mu.Unlock()
	keys := make([]troubleKey, 0, len(l.troubles))
	for key := range l.troubles {
		keys = append(keys, key)
	}
	sorting.By(keys, func(a, b troubleKey) int {
		if a.sink != b.sink {
			return strings.Compare(a.sink, b.sink)
		}
		return strings.Compare(a.team, b.team)
	})
	out := make([]Trouble, 0, len(keys))
	for _, key := range keys {
		out = append(out, l.troubles[key])
	}
	return out
}

// Reading tells how far the present reading is; nil while none tells its progress.
func (l *Live) Reading() *Reading {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.reading == nil {
		return nil
	}
	copied := *l.reading
	return &copied
}

// Progressed keeps how far a reading is.
func (l *Live) Progressed(p reading.Progress) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.reading == nil || l.reading.Total == 0 && p.Total > 0 {
		l.reading = &Reading{Since: time.Now().UTC().Truncate(time.Second)}
	}
	l.reading.Progress = p
}

// leaveReading forgets what readings ended by: another instance reads.
func (l *Live) leaveReading() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reading = nil
	for key := range l.troubles {
		if key.sink == "" {
			delete(l.troubles, key)
		}
	}
	tellWaiting(l)
}

// tellChanged tells those who wait that another instance may have changed what is known.
func (l *Live) tellChanged() {
	l.mu.Lock()
	defer l.mu.Unlock()
	tellWaiting(l)
}

// readingEnded forgets the progress of a reading, and tells those who wait for what it brought.
func (l *Live) readingEnded() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reading = nil
	tellWaiting(l)
}

// noteReadings keeps what the readings of a cycle ended by: each team's own trouble, and one that all share.
func noteReadings(ctx context.Context, b *Bot, summaries []reading.Summary, err error) {
	b.Live.readingEnded()
	if ctx.Err() != nil {
		return // it was stopped, which is no trouble
	}
	for _, s := range summaries {
		b.Live.noteOutcome(s.Team, "", s.Err)
	}
	var own reading.TeamErrors
	if errors.As(err, &own) {
		err = nil
	}
	b.Live.noteOutcome("", "", err)
}

// needsPerson tells whether somebody has to act before another try can go well: credentials, rights and settings do
// not mend themselves, nor does a full disk.
func needsPerson(err error) bool {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return false
	}
	switch p.Code.Room() {
	case "query":
		return true
	case "jira":
		return slices.Contains([]problem.Code{jira.Unauthorized, jira.Forbidden, jira.NotFound, jira.BadRequest,
			jira.NotJira,
			jira.Gone}, p.Code)
	case "sync":
		return slices.Contains([]problem.Code{reading.WrongClock, reading.ClockFellBack, reading.OtherSite}, p.Code)
	case "store":
		return !slices.Contains([]problem.Code{store.NotRead, store.Locked, store.Superseded, store.Mismatch}, p.Code)
	}
	return p.Status == 401 || p.Status == 403 || p.Status == 404 // of a sink
}
