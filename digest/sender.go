package digest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"jerem/store/digests"
)

const (
	// LateAtMost is how long after its moment a word is sent at most.
	LateAtMost = 24 * time.Hour
	// readingAwaited is how long a word waits for a reading that ended after its moment.
	readingAwaited = time.Hour
	// firstPause and longestPause are the pauses between tries; each is twice the one before.
	firstPause   = time.Minute
	longestPause = time.Hour
)

// Notes keep what became of the words that were due.
type Notes interface {
	// Last returns the note of a team and receiver; false where there is none.
	Last(ctx context.Context, team, receiver string) (digests.Note, bool, error)
	// Put keeps a note in place of the one that there is of its team and receiver.
	Put(ctx context.Context, n digests.Note) error
}

// Sender sends the words that are due.
type Sender struct {
	Entries []Entry
	Notes   Notes
	// Zone returns the time zone of a team, nil while it is not known as nothing of the team was read.
	Zone func(ctx context.Context, team string) (*time.Location, error)
	// Word tells what the week to the last complete reading of a team brought.
	Word func(ctx context.Context, team string) (*Word, error)
	// Carry takes a letter to a receiver; its errors show no address.
	Carry func(ctx context.Context, to Receiver, l Letter) error
	// Lead begins what one instance does for a team; leads is false where another one does. nil where one does all.
	Lead func(ctx context.Context, team string) (leading context.Context, end func(), leads bool)
	Log  *slog.Logger
}

// Letter is a word as it is sent.
type Letter struct {
	ID      string    `json:"id"` // the same if it is sent again
	Kind    string    `json:"kind"`
	Due     time.Time `json:"due"`
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	Word    *Word     `json:"word"`
}

// Run sends the words that are due by now and waits for none of them. It returns how many were taken, and what went
// wrong with others: they are tried again by a later run.
func (s *Sender) Run(ctx context.Context, now time.Time) (sent int, err error) {
	var failed []error
	for _, e := range s.Entries {
		taken, err := s.runLed(ctx, e, now)
		switch {
		case ctx.Err() != nil:
			return sent, ctx.Err()
		case err != nil:
			failed = append(failed, fmt.Errorf("digest of %s to %s: %w", e.Team, e.To.Name(), err))
		case taken:
			sent++
		}
	}
	return sent, errors.Join(failed...)
}

// runLed deals with an entry if this instance leads its team.
func (s *Sender) runLed(ctx context.Context, e Entry, now time.Time) (taken bool, err error) {
	if s.Lead == nil {
		return s.runEntry(ctx, e, now)
	}
	leading, end, leads := s.Lead(ctx, e.Team)
	defer end()
	if !leads {
		return false, nil
	}
	return s.runEntry(leading, e, now)
}

// runEntry sees that the last word that was due is noted, and sends it where it waits.
func (s *Sender) runEntry(ctx context.Context, e Entry, now time.Time) (taken bool, err error) {
	zone, err := s.Zone(ctx, e.Team)
	if err != nil || zone == nil {
		return false, err
	}
	due := e.lastDue(now, zone)
	n, known, err := s.Notes.Last(ctx, e.Team, e.To.Name())
	if err != nil {
		return false, err
	}
	if !known || n.Due.Before(due) {
		if n, err = s.noteDue(ctx, e, due, now, known); err != nil {
			return false, err
		}
	}
	if n.State != digests.Waiting || now.Before(n.Next) {
		return false, nil
	}
	if now.Sub(n.Due) > LateAtMost {
		s.Log.Error("a digest was given up: it was not taken for a day", "team", e.Team, "to", e.To.Name(),
			"due", n.Due, "tries", n.Tries)
		n.State, n.Letter = digests.Failed, ""
		return false, s.Notes.Put(ctx, n)
	}
	return s.sendWaiting(ctx, e, n, now)
}

// noteDue notes a word that is due: as one to be sent, or as one that is not.
func (s *Sender) noteDue(ctx context.Context, e Entry, due, now time.Time, known bool) (digests.Note, error) {
	n := digests.Note{Team: e.Team, Receiver: e.To.Name(), Due: due, State: digests.Waiting,
		Next: now.UTC().Truncate(time.Second)}
	switch {
	case !known:
		n.State = digests.Before
	case now.Sub(due) > LateAtMost:
		n.State = digests.Skipped
		s.Log.Warn("a digest is skipped: its moment is more than a day ago", "team", e.Team, "to", e.To.Name(),
			"due", due)
	}
	return n, s.Notes.Put(ctx, n)
}

// sendWaiting sends the word of a note. Its letter is noted before, that it was taken after.
func (s *Sender) sendWaiting(ctx context.Context, e Entry, n digests.Note, now time.Time) (taken bool, err error) {
	l, err := s.notedLetter(ctx, e, &n, now)
	if err == nil && l == nil {
		return false, nil
	}
	if err == nil {
		err = s.Carry(ctx, e.To, *l)
	}
	n.Tries++
	if err != nil {
		n.Next = now.UTC().Truncate(time.Second).Add(min(firstPause<<min(n.Tries-1, 10), longestPause))
		return false, errors.Join(err, s.Notes.Put(ctx, n))
	}
	n.State, n.Letter = digests.Sent, ""
	return true, s.Notes.Put(ctx, n)
}

// notedLetter returns the letter of a note. Where it has none it is written, and noted before it is returned; nil while
// a newer reading is waited for.
func (s *Sender) notedLetter(ctx context.Context, e Entry, n *digests.Note, now time.Time) (*Letter, error) {
	if n.Letter != "" {
		var l Letter
		err := json.Unmarshal([]byte(n.Letter), &l)
		return &l, err
	}
	w, err := s.Word(ctx, e.Team)
	isOld := err != nil || w.At.Before(n.Due)
	if isOld && n.Tries == 0 && now.Before(n.Next.Add(readingAwaited)) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	l := Letter{ID: idOf(e, n.Due), Kind: "digest", Due: n.Due, Subject: w.Heading(), Text: w.Text(), Word: w}
	if isOld {
		l.Text += "  Nothing newer was read of Jira than at " + w.At.In(w.zone).Format("Mon 2 Jan 2006 15:04") + ".\n"
	}
	text, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	n.Letter = string(text)
	return &l, s.Notes.Put(ctx, *n)
}
