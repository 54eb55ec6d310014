package transport

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jerem/problem"
)

// TestNoTLS: of a server that speaks no TLS, or not with us, it is said so with the remedy, in place of "no answer".
func TestNoTLS(t *testing.T) {
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	foreign := greeting(t, "SSH-2.0-OpenSSH_9.2\r\n")
	wanting := httptest.NewUnstartedServer(http.NotFoundHandler())
	wanting.Config.ErrorLog = log.New(io.Discard, "", 0)
	wanting.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert}
	wanting.StartTLS()
	defer wanting.Close()
	for address, said := range map[string]string{
		plain.Listener.Addr().String():   "answers without TLS (If it is your Jira, write http://",
		foreign:                          "answers without TLS",
		wanting.Listener.Addr().String(): "refuses the TLS connection (Check host and port",
	} {
		client, err := New(Config{URL: "https://" + address, Tries: 1, Dialect: Cloud,
			HTTP: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}})
		if err != nil {
			t.Fatal(err)
		}
		_, got := getAccount(t, client)
		if !problem.Is(got, Unreachable) || !strings.Contains(got.Error(), said) {
			t.Errorf("%v, want %q", got, said)
		}
	}
}

// greeting is the address of a server that greets everyone with a line and hangs up.
func greeting(t *testing.T, line string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(connection, line)
			_, _ = io.ReadFull(connection, make([]byte, 5)) // a record's head: closed unread, it would be reset
			_ = connection.Close()
		}
	}()
	return listener.Addr().String()
}
