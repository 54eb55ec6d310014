// Provider is a real identity provider of OpenID Connect for the tests in a browser: people log in at it as they do at
// theirs. It does on demand what one does now and then, and what nobody should:
//
//	POST /test/rotate          its signing keys are others, and it forgets who is logged in there
//	POST /test/tamper?of=nonce the next login comes back with another nonce, or state
//	POST /test/end-sessions    the sessions in the file of --access end, as when their time is over
package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	_ "modernc.org/sqlite"
)

func main() {
	client := flag.String("client", "jerem", "the client that it knows")
	secret := flag.String("secret", "", "the secret of the client")
	callback := flag.String("callback", "", "where people are led back to")
	access := flag.String("access", "", "the file in which the client keeps sessions")
	flag.Parse()
	if err := serveProvider(*client, *secret, *callback, *access); err != nil {
		fmt.Fprintln(os.Stderr, "provider:", err)
		os.Exit(1)
	}
}

// serveProvider serves on a free port, whose address it prints, until it is interrupted.
func serveProvider(client, secret, callback, access string) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	p := &provider{issuer: "http://" + l.Addr().String(), access: access}
	storage.RegisterClients(storage.WebClient(client, secret, callback))
	p.rotateKeys()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	server := &http.Server{Handler: p}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	fmt.Println(p.issuer)
	if err := server.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// provider is the identity provider as it is now.
type provider struct {
	issuer, access string

	mu       sync.Mutex
	handler  http.Handler
	tampered string // a parameter of the next login that comes back as another one
}

// rotateKeys makes the provider anew: its keys are others.
func (p *provider) rotateKeys() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.handler = exampleop.SetupServer(p.issuer, storage.NewStorage(storage.NewUserStore(p.issuer)),
		slog.New(slog.DiscardHandler), false)
}

// ServeHTTP answers as the provider, and does what the tests demand.
func (p *provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodPost && r.URL.Path == "/test/rotate":
		p.rotateKeys()
		return
	case r.Method == http.MethodPost && r.URL.Path == "/test/tamper":
		p.mu.Lock()
		p.tampered = r.URL.Query().Get("of")
		p.mu.Unlock()
		return
	case r.Method == http.MethodPost && r.URL.Path == "/test/end-sessions":
		if err := endSessions(r.Context(), p.access); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
		return
	}
	p.mu.Lock()
	handler := p.handler
	if p.tampered != "" && r.URL.Path == "/auth" {
		query := r.URL.Query()
		query.Set(p.tampered, "another")
		r.URL.RawQuery, p.tampered = query.Encode(), ""
	}
	p.mu.Unlock()
	handler.ServeHTTP(w, r)
}

// endSessions ends all sessions that are kept in a file.
func endSessions(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `UPDATE session SET expires = 0`)
	return err
}
