package postgres

import (
	"crypto/tls"
	"io"
	"net"
	"net/http/httptest"
	"testing"
)

// untrustedServer answers as a PostgreSQL server that speaks TLS, by a certificate that nobody knows.
func untrustedServer(t *testing.T) (host string) {
	t.Helper()
	site := httptest.NewTLSServer(nil)
	certificates := site.TLS.Certificates
	site.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				if _, err := io.ReadFull(c, make([]byte, 8)); err != nil { // the question whether it speaks TLS
					return
				}
				_, _ = io.WriteString(c, "S")
				_ = tls.Server(c, &tls.Config{Certificates: certificates}).Handshake()
			}()
		}
	}()
	return l.Addr().String()
}
