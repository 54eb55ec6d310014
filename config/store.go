package config

import (
	"net/url"
	"strings"

	"jerem/config/schema"
)

// Store is where what was read is kept: in a file of SQLite, or in a PostgreSQL server.
type Store struct {
	Path string
	URL  schema.Secret // of a server; not set where the store is a file
}

// Place returns where the store is: the address of a server, with its password, or the path of a file.
func (s Store) Place() string {
	if s.URL.IsSet() {
		return s.URL.Reveal()
	}
	return s.Path
}

// storeURLKey is the server that keeps the store. It may hold a password, so no message shows it.
func storeURLKey(name string, at func(*target) *schema.Secret) key {
	k := secretKey(name, at)
	set := k.Set
	k.Set = func(t *target, v schema.Value, bad schema.Report) {
		u, err := url.Parse(v.Text)
		if err != nil || !isServer(v.Text) {
			bad(v, "is not the address of a PostgreSQL server", schema.HintOf(v.Text, "write "+
				"postgres://ROLE:PASSWORD@HOST:5432/DATABASE; a sign such as @ or / within the password as %40 or %2F"))
			return
		}
		if !schema.HasValidPort(u) {
			bad(v, "names a port that no server has", schema.PortHint)
			return
		}
		if strings.Trim(u.Path, "/") == "" {
			bad(v, "names no database", "write postgres://ROLE:PASSWORD@HOST:5432/DATABASE")
			return
		}
		if _, hasPassword := u.User.Password(); !hasPassword && !u.Query().Has("password") {
			*at(t) = schema.NewSecret(v.Text) // nothing in it is secret
			return
		}
		set(t, v, bad)
	}
	return k
}

// storePathKey is the file of the store.
func storePathKey(name string) key {
	k := schema.FilledKey(name, func(t *target) *string { return &t.config.Store.Path })
	set := k.Set
	k.Set = func(t *target, v schema.Value, bad schema.Report) {
		if isServer(v.Text) {
			bad(v, "is the address of a server", "write it as store.url in place of store.path")
			return
		}
		set(t, v, bad)
	}
	return k
}

// storePlaceKey is a store that is only read: a file or a server.
func storePlaceKey(name string, at func(*target) *Store) key {
	server := storeURLKey(name, func(t *target) *schema.Secret { return &at(t).URL })
	k := schema.FilledKey(name, func(t *target) *string { return &at(t).Path })
	file := k.Set
	k.Set = func(t *target, v schema.Value, bad schema.Report) {
		if isServer(v.Text) {
			server.Set(t, v, bad)
			return
		}
		file(t, v, bad)
	}
	return k
}

func isServer(text string) bool {
	return strings.HasPrefix(text, "postgres://") || strings.HasPrefix(text, "postgresql://")
}

// checkStore reports two places for one store.
func checkStore(l *schema.Loader, t *tree) {
	_, path := t.Given["store.path"]
	if at, url := t.Given["store.url"]; url && path {
		l.AddError(at, "store.url", "stands beside store.path; a store is in one place",
			"remove one of them; `jerem move` copies a store from one to the other")
	}
}
