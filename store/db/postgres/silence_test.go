package postgres

import (
	"context"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"jerem/problem"
	"jerem/store/db"
	"jerem/store/db/postgres/pgtest"
)

// silentProxy passes on what a server and its clients say, until it is told to say nothing more: its connections stay
// open, as those of a stopped machine do.
type silentProxy struct {
	mu     sync.Mutex
	silent chan struct{}
}

// passOn copies what one side says to the other.
func (p *silentProxy) passOn(to, from net.Conn) {
	said := make([]byte, 32<<10)
	for {
		n, err := from.Read(said)
		p.mu.Lock()
		silent := p.silent
		p.mu.Unlock()
		if silent != nil {
			<-silent
		}
		if n > 0 {
			if _, err := to.Write(said[:n]); err != nil {
				return
			}
		}
		if err != nil {
			if err == io.EOF {
				_ = to.Close()
			}
			return
		}
	}
}

// beSilent has nothing passed on any more, or again what was held back.
func (p *silentProxy) beSilent(silent bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if silent {
		p.silent = make(chan struct{})
		return
	}
	close(p.silent)
	p.silent = nil
}

// proxyTo puts a proxy before the server of a database, and returns the address of the database through it.
func proxyTo(t *testing.T, place string) (*silentProxy, string) {
	t.Helper()
	u, err := url.Parse(place)
	if err != nil {
		t.Fatal(err)
	}
	server := u.Host
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	p := &silentProxy{}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			up, err := net.Dial("tcp", server)
			if err != nil {
				_ = client.Close()
				continue
			}
			go p.passOn(up, client)
			go p.passOn(client, up)
		}
	}()
	u.Host = listener.Addr().String()
	return p, u.String()
}

// TestSilentServer: a server that says nothing, and closes nothing, is told as one that cannot be reached by whatever
// asks it, sooner once a question was left unanswered, and asked again with success once it answers.
func TestSilentServer(t *testing.T) {
	t.Parallel()
	p, place := proxyTo(t, pgtest.Database(t))
	d := open(t, place)
	if err := putZone(t.Context(), d, "UTC"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	asked := map[string]func() error{
		"version": func() error {
			_, err := d.Version(ctx)
			return err
		},
		"read": func() error {
			return d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
				var zone string
				return tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&zone)
			})
		},
		"write": func() error { return putZone(ctx, d, "Asia/Tokyo") },
	}
	short := 200 * time.Millisecond
	d.timeouts = timeouts{read: short, write: short, acquire: short, silent: time.Hour}
	p.beSilent(true)
	if _, err := d.Version(ctx); !problem.Is(err, db.Unreachable) {
		t.Errorf("a silent server: %v", err)
	}
	d.timeouts = timeouts{read: time.Hour, write: short, acquire: time.Hour, silent: short}
	for name, ask := range asked {
		if err := ask(); !problem.Is(err, db.Unreachable) {
			t.Errorf("%s of a silent server: %v", name, err)
		}
	}
	p.beSilent(false)
	d.timeouts = answerTimeouts
	for name, ask := range asked {
		if err := ask(); err != nil {
			t.Errorf("%s of a server that answers again: %v", name, err)
		}
	}
	if zone := zoneOf(t, d); zone != "Asia/Tokyo" {
		t.Errorf("the zone is %s", zone)
	}
}
