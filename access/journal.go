package access

import (
	"context"
	"net/http"
	"net/netip"
	"time"
)

// Entry is a line of the journal of what visitors did: it is written once and never changed.
type Entry struct {
	At   time.Time
	Who  string // a login or the name of a token; "" where nobody could be told
	What string // such as login, logout, token created
	From string // the address that it came from; "" for the command line
	Args string // what it was about, "" for nothing
}

// Journal keeps entries.
type Journal interface {
	Record(ctx context.Context, e Entry) error
}

type noJournal struct{}

// Record keeps nothing: it stands for the journal where none is set.
func (noJournal) Record(context.Context, Entry) error { return nil }

// recordEntry writes an entry about a request. What cannot be written is logged: nobody is kept out by a full disk.
func (g *Gate) recordEntry(r *http.Request, e Entry) {
	e.At, e.From = g.Now(), hostOf(g.ClientAddress(r))
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), journalTime)
	defer cancel()
	if err := g.Journal.Record(ctx, e); err != nil {
		g.Log.Error("journal cannot be written", "what", e.What, "error", plainError(err))
	}
}

const journalTime = 5 * time.Second

func hostOf(remote string) string {
	if from, err := netip.ParseAddrPort(remote); err == nil {
		return from.Addr().Unmap().String()
	}
	return remote
}

// plainError is an error as a log shows it: on one line, and short.
func plainError(err error) string {
	text := []rune(err.Error())
	for i, c := range text {
		if c < ' ' {
			text[i] = ' '
		}
	}
	return string(text[:min(len(text), 300)])
}
