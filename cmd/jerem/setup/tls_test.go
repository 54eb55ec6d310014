package setup

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/cmd/jerem/setup/certtest"
)

// TestServeTLS: pages are served by HTTPS; a certificate that was renewed is read without a restart, and one that
// cannot be read leaves the one before.
func TestServeTLS(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	pool := certtest.Write(t, certFile, keyFile, 1, time.Now().Add(time.Hour))
	now := time.Now()
	c, err := OpenCertificate(certFile, keyFile, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	c.now = func() time.Time { return now }
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	answer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) })
	go func() { ended <- ServeTLS(ctx, l, answer, c, slog.New(slog.DiscardHandler)) }()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	serial := func() int64 {
		t.Helper()
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
		got, err := client.Get("https://localhost:" + port + "/")
		if err != nil {
			t.Fatal(err)
		}
		defer got.Body.Close()
		return got.TLS.PeerCertificates[0].SerialNumber.Int64()
	}
	if got := serial(); got != 1 {
		t.Errorf("certificate %d", got)
	}
	if err := os.WriteFile(certFile, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	now = now.Add(certificateEvery)
	if got := serial(); got != 1 {
		t.Errorf("after a broken file: certificate %d", got)
	}
	pool = certtest.Write(t, certFile, keyFile, 2, time.Now().Add(time.Hour))
	now = now.Add(certificateEvery)
	if got := serial(); got != 2 {
		t.Errorf("after the renewal: certificate %d", got)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := OpenCertificate(certFile, filepath.Join(dir, "none.pem"), slog.New(slog.DiscardHandler)); err == nil ||
		!strings.Contains(err.Error(), "server.tls.key") {
		t.Errorf("a key that is not there: %v", err)
	}
}
