package setup

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// Certificate is the certificate of the pages, read again when its files change: one that is renewed needs no restart.
type Certificate struct {
	certFile, keyFile string
	log               *slog.Logger
	now               func() time.Time

	mu     sync.Mutex
	loaded *tls.Certificate
	stamp  string    // what the files looked like when they were read
	looked time.Time // when they were looked at
}

// certificateEvery is how often the files are looked at, at most.
const certificateEvery = 30 * time.Second

// OpenCertificate reads a certificate with its chain, and its key. The error names the keys of the configuration.
func OpenCertificate(certFile, keyFile string, log *slog.Logger) (*Certificate, error) {
	c := &Certificate{certFile: certFile, keyFile: keyFile, log: log, now: time.Now}
	if err := c.readFiles(); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Certificate) readFiles() error {
	stamp := c.filesStamp()
	loaded, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return fmt.Errorf("server.tls.cert %s with server.tls.key %s: %w", c.certFile, c.keyFile, err)
	}
	c.loaded, c.stamp, c.looked = &loaded, stamp, c.now()
	if !c.Until().After(c.now()) {
		c.log.Warn("the certificate has ended, and browsers refuse it: renew it; the new files are read without a "+
			"restart", "server.tls.cert", c.certFile, "until", c.Until())
	}
	return nil
}

// Until is when the certificate ends.
func (c *Certificate) Until() time.Time { return c.loaded.Leaf.NotAfter }

// filesStamp tells whether the files are those of before.
func (c *Certificate) filesStamp() string {
	var stamp string
	for _, path := range []string{c.certFile, c.keyFile} {
		if info, err := os.Stat(path); err == nil {
			stamp += fmt.Sprintln(info.ModTime().UnixNano(), info.Size())
		}
	}
	return stamp
}

// forHandshake returns the certificate for a handshake. Where new files cannot be read the old ones stand, and the log
// says why.
func (c *Certificate) forHandshake(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.now(); now.Sub(c.looked) >= certificateEvery {
		c.looked = now
		if c.filesStamp() != c.stamp {
			c.readAgain()
		}
	}
	return c.loaded, nil
}

func (c *Certificate) readAgain() {
	if err := c.readFiles(); err != nil {
		c.log.Error("the new certificate cannot be read: the old one stands", "error", err)
		return
	}
	c.log.Info("certificate read again", "until", c.loaded.Leaf.NotAfter)
}

// tlsConfig is for connections of which nothing older than TLS 1.2 is taken.
func (c *Certificate) tlsConfig() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: c.forHandshake}
}
