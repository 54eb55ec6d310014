// Package mailtest serves mail in the process of a test: a real SMTP server that keeps what it takes, so that what was
// sent is read as a mail program would.
//
//	backend, server := mailtest.Serve(t, "jerem:secret@")
//	err := server.Send(t.Context(), "team@example.org", letter)
//	text := backend.Letters[0].Body
package mailtest

import (
	"io"
	"net"
	"net/mail"
	"slices"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"jerem/messaging"
)

// Letter is a mail as the server took it.
type Letter struct {
	To   string
	Head mail.Header
	Body string
}

// Server is a real SMTP server that keeps what it takes.
type Server struct {
	Letters []Letter
	Refuses int    // how many mails are refused for now before one is taken
	Unknown string // an address for which no mail is taken
	Login   string // as it was told, user and password
	Address string // smtp://…, with the user

	mu sync.Mutex
}

// Taken returns the mails that were taken so far; unlike Letters it may be asked while mails are sent.
func (s *Server) Taken() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.Letters)
}

// NewSession begins a connection.
func (s *Server) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }

type session struct {
	server *Server
	to     string
}

// AuthMechanisms tells how one may log in.
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth takes any user and password.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		s.server.Login = user + " " + password
		return nil
	}), nil
}

// Mail takes any sender.
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt takes any receiver but the unknown one.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == s.server.Unknown {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user " + to}
	}
	s.to = to
	return nil
}

// Data keeps a mail, unless it is to be refused.
func (s *session) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		return err
	}
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if s.server.Refuses > 0 {
		s.server.Refuses--
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"}
	}
	s.server.Letters = append(s.server.Letters, Letter{s.to, m.Header, string(body)})
	return nil
}

// Reset begins a mail anew.
func (s *session) Reset() {}

// Logout ends a connection.
func (s *session) Logout() error { return nil }

// Serve starts a server on the loopback address, and returns it and who sends to it; user is "" or USER:PASSWORD@ of
// its address.
func Serve(t *testing.T, user string) (*Server, *messaging.MailServer) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	backend := &Server{Address: "smtp://" + user + listener.Addr().String()}
	server := smtp.NewServer(backend)
	server.AllowInsecureAuth, server.Domain = true, "localhost"
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	client, err := messaging.ParseMailServer(backend.Address, "Jerem <jerem@example.org>")
	if err != nil {
		t.Fatal(err)
	}
	return backend, client
}
