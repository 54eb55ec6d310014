package checking

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/cmd/jerem/setup/certtest"
	"jerem/config"
)

// writePair writes a certificate that ends at a moment, and its key.
func writePair(t *testing.T, until time.Time) (certFile, keyFile string) {
	t.Helper()
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	certtest.Write(t, certFile, keyFile, 1, until)
	return certFile, keyFile
}

// TestCertificateIsChecked: pages that could not be served by HTTPS, and those that browsers would refuse, are told.
func TestCertificateIsChecked(t *testing.T) {
	good, goodKey := writePair(t, time.Now().AddDate(0, 1, 0))
	ended, endedKey := writePair(t, time.Now().AddDate(0, 0, -1))
	for name, x := range map[string]struct {
		cert, key, found string
		isFine           bool
	}{
		"fine":            {good, goodKey, "serves pages by HTTPS until", true},
		"ended":           {ended, endedKey, "ended on", false},
		"another's key":   {good, endedKey, "private key does not match", false},
		"is not there":    {good + ".x", goodKey, "no such file", false},
		"none is written": {"", "", "", true},
	} {
		c := &config.Config{}
		c.Server.TLS.Cert, c.Server.TLS.Key = x.cert, x.key
		findings := checkCertificate(c)
		if x.cert == "" {
			if findings != nil {
				t.Errorf("%s: %+v", name, findings)
			}
			continue
		}
		f := findings[0]
		if f.OK != x.isFine || !strings.Contains(f.Found, x.found) || (f.Hint == "") != x.isFine {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// TestProviderIsChecked: an identity provider that nobody could log in at is told.
func TestProviderIsChecked(t *testing.T) {
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/.well-known/openid-configuration" {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, fmt.Sprintf(`{"issuer":%q,"authorization_endpoint":"%[1]s/auth"}`, server.URL))
	}))
	t.Cleanup(server.Close)
	for issuer, isFine := range map[string]bool{server.URL: true, server.URL + "/": false, server.URL + "/x": false} {
		c := &config.Config{}
		c.Access.Mode, c.Access.OIDC.Issuer = config.AccessOIDC, issuer
		f := checkProvider(t.Context(), c)
		if len(f) != 1 || f[0].OK != isFine || (f[0].Hint == "") != isFine {
			t.Errorf("%s: %+v", issuer, f)
		}
	}
	if f := checkProvider(t.Context(), &config.Config{}); f != nil {
		t.Errorf("without a login: %+v", f)
	}
}
