package digests

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jerem/store/db"
	"jerem/store/encoding"
)

// State is what became of a word that was due.
type State string

// The states of a word.
const (
	Waiting State = "waiting" // it is to be sent
	Sent    State = "sent"    // the receiver's side took it
	Skipped State = "skipped" // its moment passed while nobody could send it
	Failed  State = "failed"  // it was not taken however often it was tried
	Before  State = "before"  // its moment passed before the receiver was named
)

// Note is what became of the last word of a team that was due to a receiver.
type Note struct {
	Team     string
	Receiver string // told without an address
	Due      time.Time
	State    State
	Letter   string // as it is sent; "" where nothing is to be sent any more, or it has no words yet
	Tries    int
	Next     time.Time // when it is tried next
}

// Digests keeps notes.
type Digests struct{ db db.Database }

// New returns the notes in a database.
func New(d db.Database) Digests { return Digests{d} }

// Last returns the note of a team and receiver; false where there is none.
func (s Digests) Last(ctx context.Context, team, receiver string) (n Note, ok bool, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, ok = Note{Team: team, Receiver: receiver}, false
		var due, next int64
		err := tx.QueryRow(ctx, `SELECT due, state, letter, tries, next FROM digest WHERE team = $1 AND receiver = $2`,
			team, receiver).Scan(&due, &n.State, &n.Letter, &n.Tries, &next)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		n.Due, n.Next, ok = encoding.FromMicros(due), encoding.FromMicros(next), err == nil
		return err
	})
	return n, ok, err
}

// Put keeps a note in place of the one that there is of its team and receiver.
func (s Digests) Put(ctx context.Context, n Note) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO digest (team, receiver, due, state, letter, tries, next)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (team, receiver) DO UPDATE SET due = excluded.due,
			state = excluded.state, letter = excluded.letter, tries = excluded.tries, next = excluded.next`,
			n.Team, n.Receiver, encoding.Micros(n.Due), string(n.State), n.Letter, n.Tries, encoding.Micros(n.Next))
		return err
	})
}
