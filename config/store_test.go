package config

import (
	"fmt"
	"strings"
	"testing"
)

// TestStorePlace: a store is a file or a database of a server, never both, and a password is never shown.
func TestStorePlace(t *testing.T) {
	const rest = "jira: {url: https://x.example, token: t}\nprojects: [{name: K}]\n"
	for _, c := range []struct{ file, variable, place, fault string }{
		{"", "", "jerem.db", ""},
		{"store.path: a.db", "", "a.db", ""},
		{"store: {url: 'postgres://jerem@db.example/jerem'}", "", "postgres://jerem@db.example/jerem", ""},
		{"store.url: postgresql://jerem:pw@db.example:6432/jerem?sslmode=verify-full", "",
			"postgresql://jerem:pw@db.example:6432/jerem?sslmode=verify-full", ""},
		{"", "JEREM_STORE_URL=postgres://jerem:pw@db.example/jerem", "postgres://jerem:pw@db.example/jerem", ""},
		{"store.url: postgres:///jerem?host=/run/postgresql", "", "postgres:///jerem?host=/run/postgresql", ""},
		{"store.url: mysql://jerem:pw@db.example/jerem", "", "", "config.yml:3:12: store.url: is not the address"},
		{"store.url: postgres://jerem:p w@db.example/jerem", "", "", "config.yml:3:12: store.url: is not the address"},
		{"store.url: postgres://jerem:pw@db.example", "", "", "config.yml:3:12: store.url: names no database"},
		{"store.path: postgres://jerem:pw@db.example/jerem", "", "", "write it as store.url in place of store.path"},
		{"store.path: a.db\nstore.url: postgres://jerem:pw@db.example/jerem", "", "",
			"config.yml:4:1: store.url: stands beside"},
		{"store.path: a.db", "JEREM_STORE_URL=postgres://jerem:pw@db.example/jerem", "", "`jerem move` copies a store"},
	} {
		loaded, err := Load("config.yml", []byte(rest+c.file), variables(c.variable))
		if c.fault != "" {
			if err == nil || !strings.Contains(err.Error(), c.fault) || strings.Contains(err.Error(), "pw@") {
				t.Errorf("%s %s: %v", c.file, c.variable, err)
			}
			continue
		}
		if err != nil || loaded.Store.Place() != c.place {
			t.Errorf("%s %s: %v, %v", c.file, c.variable, loaded.Store, err)
			continue
		}
		if text := fmt.Sprintf("%v %+v", loaded.Store, loaded); strings.Contains(text, "pw@") {
			t.Errorf("the password is shown: %s", text)
		}
	}
}
