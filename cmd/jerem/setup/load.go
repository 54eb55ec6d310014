package setup

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"

	"jerem/config"
)

// LoadConfig reads the configuration that the flags and the environment name.
func (e *Environment) LoadConfig() (*config.Config, error) {
	exists := func(path string) bool { _, err := os.Stat(path); return err == nil }
	path, err := config.Find(e.Flags.Config, e.Getenv, exists)
	if err != nil {
		return nil, err
	}
	e.tellUnknownVariables()
	c, err := ReadConfig(e.Ctx, path, e.Getenv)
	if err != nil {
		return nil, err
	}
	if e.Flags.LogLevel != "" {
		if c.Log.Level, err = config.ParseLevel(e.Flags.LogLevel); err != nil {
			return nil, UsageError{
				Err: fmt.Errorf(
					"--log-level %q: write trace, debug, info, warn, error, or 0 to 6 as the older bot took",
					e.Flags.LogLevel,
				),
			}
		}
	}
	e.warnOfReaders(c, path)
	return c, nil
}

// warnOfReaders tells who else may read what should be secret: the file, and what goes over the network.
func (e *Environment) warnOfReaders(c *config.Config, path string) {
	info, err := os.Stat(path)
	if err == nil && c.SecretInFile && info.Mode().Perm()&0o004 != 0 {
		e.NewLogger(c).Warn(
			"every user of this machine can read the configuration, and a secret stands in it: chmod 600 it, or give "+
				"the secret by a variable",
			"file",
			path,
		)
	}
	addresses := []string{c.Jira.URL, c.Metrics.URL}
	for _, s := range c.Sinks {
		if s.Token.IsSet() || s.Password.IsSet() {
			addresses = append(addresses, s.URL)
		}
	}
	for _, d := range c.Digests { // the path of a webhook is its secret
		if u, err := url.Parse(d.Address.Reveal()); err == nil && d.Channel != config.DigestMail {
			addresses = append(addresses, u.Scheme+"://"+u.Host)
		}
	}
	for _, address := range addresses {
		if isUnencrypted(address) {
			e.NewLogger(c).Warn("the secret goes over the network unencrypted: use https://", "address", address)
		}
	}
}

// isUnencrypted tells whether an address leads over the network without TLS.
func isUnencrypted(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() != "localhost" && !strings.HasSuffix(u.Hostname(), ".localhost") &&
		(ip == nil || !ip.IsLoopback())
}
