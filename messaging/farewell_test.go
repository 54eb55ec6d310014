package messaging_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jerem/messaging"
)

// scriptedServer is a mail server of few words: what it answers to a command is in the script, a line that is empty
// breaks the connection. It counts the mails that it took.
type scriptedServer struct {
	script map[string]string // by command
	taken  int
	heard  func(command string) // is told each command; may be nil
}

// serve answers one connection after the other.
func (s *scriptedServer) serve(l net.Listener, ended chan<- struct{}) {
	defer close(ended)
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		s.answerTo(c)
		_ = c.Close()
	}
}

func (s *scriptedServer) answerTo(c net.Conn) {
	lines := bufio.NewScanner(c)
	fmt.Fprint(c, "220 here\r\n")
	for isMail := false; lines.Scan(); {
		line := lines.Text()
		command, _, _ := strings.Cut(line, " ")
		switch {
		case isMail && line != ".":
			continue
		case isMail:
			isMail, command = false, "."
			s.taken++
		case s.heard != nil:
			s.heard(command)
		}
		answer, scripted := s.script[command]
		switch {
		case scripted && answer == "":
			return
		case scripted:
		case command == "EHLO":
			answer = "250-here\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN"
		case command == "DATA":
			answer, isMail = "354 go on", true
		case command == "AUTH":
			answer = "235 welcome"
		default:
			answer = "250 ok"
		}
		fmt.Fprintf(c, "%s\r\n", strings.ReplaceAll(answer, "LINE", line))
	}
}

// startScripted starts a server with a script, by TLS from the first byte if isTLS, and returns who sends to it and
// what ends it, once all its connections were ended by who made them.
func startScripted(t *testing.T, s *scriptedServer, isTLS bool) (server *messaging.MailServer, end func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	server = &messaging.MailServer{Host: "127.0.0.1", Port: port, IsTLS: isTLS, From: "jerem@example.org"}
	if isTLS {
		certified := httptest.NewTLSServer(nil)
		certified.Close()
		l = tls.NewListener(l, certified.TLS)
		server.TLS = certified.Client().Transport.(*http.Transport).TLSClientConfig
	}
	ended := make(chan struct{})
	go s.serve(l, ended)
	return server, func() {
		_ = l.Close()
		<-ended
	}
}

// TestTakenIsSent: a mail that the server took is sent, however the connection ends after it, and would come twice if
// it were told as failed; one that was not taken is not sent.
func TestTakenIsSent(t *testing.T) {
	for what, c := range map[string]struct {
		script map[string]string
		sent   bool
	}{
		"all well":                       {nil, true},
		"broken off after the mail":      {map[string]string{"RSET": ""}, true},
		"told to go away after the mail": {map[string]string{"RSET": "421 closing", "QUIT": "421 closing"}, true},
		"no farewell":                    {map[string]string{"QUIT": ""}, true},
		"another farewell":               {map[string]string{"QUIT": "500 what?"}, true},
		"broken off with the mail":       {map[string]string{".": ""}, false},
		"not taken":                      {map[string]string{".": "451 later"}, false},
		"nothing is taken":               {map[string]string{"MAIL": "421 closing"}, false},
	} {
		s := &scriptedServer{script: c.script}
		server, end := startScripted(t, s, false)
		err := server.Send(t.Context(), "ada@example.org", messaging.Letter{ID: "1", Subject: "s", Text: "t"})
		end()
		if (err == nil) != c.sent || s.taken > 1 {
			t.Errorf("%s: %v; %d taken", what, err, s.taken)
		}
		if err != nil && strings.Contains(err.Error(), "ada@") {
			t.Errorf("%s: it names somebody: %v", what, err)
		}
	}
	s := &scriptedServer{script: map[string]string{"QUIT": ""}}
	server, end := startScripted(t, s, false)
	if err := server.Try(t.Context(), "ada@example.org"); err != nil || s.taken != 0 {
		t.Errorf("a try without a farewell: %v; %d taken", err, s.taken)
	}
	end()
}

// TestQuotedPassword: a server that quotes what it was told brings no password into an error, in whatever form.
func TestQuotedPassword(t *testing.T) {
	for _, mechanism := range []string{"PLAIN", "LOGIN"} {
		s := &scriptedServer{script: map[string]string{
			"EHLO": "250-here\r\n250-8BITMIME\r\n250 AUTH " + mechanism, "AUTH": "535 hunter2-marker: LINE"}}
		if mechanism == "LOGIN" { // which asks twice, and is answered in base64
			s.script["AUTH"], s.script["amVyZW0="] = "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"
			s.script["aHVudGVyMi1tYXJrZXI="] = "535 not " + strconv.Quote("LINE")
		}
		server, end := startScripted(t, s, mechanism == "LOGIN") // not without encryption
		server.User, server.Password = "jerem", "hunter2-marker"
		for way, err := range map[string]error{
			"sent":  server.Send(t.Context(), "ada@example.org", messaging.Letter{ID: "1", Subject: "s", Text: "t"}),
			"tried": server.Try(t.Context(), "ada@example.org"),
		} {
			if err == nil || !strings.Contains(err.Error(), "535") {
				t.Errorf("%s, %s: %v", mechanism, way, err)
				continue
			}
			for _, secret := range []string{"hunter2", "aHVudGVy", "AGplcmVt"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%s, %s: a secret is told: %v", mechanism, way, err)
				}
			}
		}
		end()
	}
}

// TestToldToEnd: a mail to a server that gives no answer, at whatever step, is given up when it is told to end, and so
// is its connection.
func TestToldToEnd(t *testing.T) {
	for _, silent := range []string{"EHLO", "AUTH", "MAIL", "DATA"} {
		ctx, stop := context.WithCancel(t.Context())
		silence := make(chan struct{})
		s := &scriptedServer{heard: func(command string) {
			if command == silent {
				stop()
				<-silence
			}
		}}
		server, end := startScripted(t, s, false)
		server.User, server.Password = "jerem", "hunter2-marker"
		err := server.Send(ctx, "ada@example.org", messaging.Letter{ID: "1", Subject: "s", Text: "t"})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("silent at %s: %v", silent, err)
		}
		close(silence)
		end()
	}
}

// TestEncryptedFromTheFirstByte: smtps logs in, and demands a certificate that is trusted.
func TestEncryptedFromTheFirstByte(t *testing.T) {
	var told []string
	s := &scriptedServer{heard: func(command string) { told = append(told, command) }}
	server, end := startScripted(t, s, true)
	server.User, server.Password = "jerem", "hunter2-marker"
	trusting := server.TLS
	server.TLS = nil
	letter := messaging.Letter{ID: "1", Subject: "s", Text: "t"}
	if err := server.Send(t.Context(), "ada@example.org", letter); err == nil {
		t.Error("a certificate that nobody trusts is taken")
	}
	server.TLS = trusting
	if err := server.Send(t.Context(), "ada@example.org", letter); err != nil {
		t.Error(err)
	}
	end()
	if s.taken != 1 || !slices.Contains(told, "AUTH") {
		t.Errorf("%d mails, told %s", s.taken, told)
	}
}
