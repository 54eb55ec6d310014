package nameless

import (
	"context"
	"reflect"
	"sync"
	"time"

	"jerem/agile"
	"jerem/oncall/roster"
)

// lookAgain is after how long rows are made again though nothing was written: versions of rotas begin by time alone.
const lookAgain = time.Minute

// Source tells what on-call took from teams, and when it changed. It is safe for concurrent use.
type Source struct {
	Roster *roster.Roster
	Now    func() time.Time // on-call's clock

	mu         sync.Mutex
	isKnown    bool
	version    int64     // of what was written, 0 where that is not told
	at         time.Time // when the rows were made
	rows       map[string]*agile.OnCall
	generation int64
}

// OnCall returns the rows of a team: the same value until they are others. It is nil where nobody is on call for it.
func (s *Source) OnCall(ctx context.Context, team string) (*agile.OnCall, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.refreshRows(ctx)
	return s.rows[team], err
}

// Generation returns a number that rises when rows of any team are others than before.
func (s *Source) Generation(ctx context.Context) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.refreshRows(ctx)
	return s.generation, err
}

// versioned is what is kept and tells cheaply whether it was written.
type versioned interface {
	Version(ctx context.Context) (int64, error)
}

// refreshRows makes the rows again where anything was written since, or a while has passed; the lock is held.
func (s *Source) refreshRows(ctx context.Context) error {
	now, version := s.Now().Truncate(time.Second), int64(0)
	if records, ok := s.Roster.Records.(versioned); ok {
		var err error
		if version, err = records.Version(ctx); err != nil {
			return err
		}
		isRecent := !now.Before(s.at) && now.Sub(s.at) < lookAgain
		if s.isKnown && version == s.version && isRecent {
			return nil
		}
	}
	view, err := s.Roster.View(ctx, now)
	if err != nil {
		return err
	}
	s.takeRows(view)
	s.isKnown, s.version, s.at = true, version, now
	return nil
}

// takeRows takes the rows of a view in place of those that are others.
func (s *Source) takeRows(view *roster.View) {
	rows, isChanged := map[string]*agile.OnCall{}, false
	for _, t := range view.File.Teams {
		rows[t.Name] = Of(view, t.Name)
		if reflect.DeepEqual(rows[t.Name], s.rows[t.Name]) {
			rows[t.Name] = s.rows[t.Name]
			continue
		}
		isChanged = true
	}
	s.rows = rows
	if isChanged {
		s.generation++
	}
}
