package config

import (
	"net/url"
	"strings"
)

// Store is where what was read is kept: in a file of SQLite, or in a PostgreSQL server.
type Store struct {
	Path string
	URL  Secret // of a server; not set where the store is a file
}

// Place returns where the store is: the address of a server, with its password, or the path of a file.
func (s Store) Place() string {
	if s.URL.IsSet() {
		return s.URL.Reveal()
	}
	return s.Path
}

// storeURLKey is the server that keeps the store. It may hold a password, so no message shows it.
func storeURLKey(name string) key {
	k := secretKey(name, func(t *target) *Secret { return &t.config.Store.URL })
	set := k.set
	k.set = func(t *target, v value, bad say) {
		u, err := url.Parse(v.text)
		if err != nil || !isServer(v.text) {
			bad(v, "is not the address of a PostgreSQL server", "write postgres://ROLE:PASSWORD@HOST:5432/DATABASE; a "+
				"sign such as @ or / within the password as %40 or %2F")
			return
		}
		if strings.Trim(u.Path, "/") == "" {
			bad(v, "names no database", "write postgres://ROLE:PASSWORD@HOST:5432/DATABASE")
			return
		}
		if _, hasPassword := u.User.Password(); !hasPassword && !u.Query().Has("password") {
			t.config.Store.URL = NewSecret(v.text) // nothing in it is secret
			return
		}
		set(t, v, bad)
	}
	return k
}

// storePathKey is the file of the store.
func storePathKey(name string) key {
	k := filledKey(name, func(t *target) *string { return &t.config.Store.Path })
	set := k.set
	k.set = func(t *target, v value, bad say) {
		if isServer(v.text) {
			bad(v, "is the address of a server", "write it as store.url in place of store.path")
			return
		}
		set(t, v, bad)
	}
	return k
}

func isServer(text string) bool {
	return strings.HasPrefix(text, "postgres://") || strings.HasPrefix(text, "postgresql://")
}

// checkStore reports two places for one store.
func checkStore(l *loader, t *tree) {
	_, path := t.given["store.path"]
	if at, url := t.given["store.url"]; url && path {
		l.addError(at, "store.url", "stands beside store.path; a store is in one place",
			"remove one of them; `jerem move` copies a store from one to the other")
	}
}
