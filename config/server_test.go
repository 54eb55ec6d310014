package config

import (
	"testing"
)

// TestBaseOfAddress: the address that people use and the path below which pages stand say the same, whichever of them
// says it.
func TestBaseOfAddress(t *testing.T) {
	for _, c := range []struct{ server, url, base string }{
		{"{}", "", ""},
		{"{url: https://jerem.example}", "https://jerem.example", ""},
		{"{url: https://x.example/jerem/}", "https://x.example/jerem", "/jerem"},
		{"{url: https://x.example, base: /jerem/}", "https://x.example/jerem", "/jerem"},
		{"{url: https://x.example/a/b, base: /a/b}", "https://x.example/a/b", "/a/b"},
		{"{base: /jerem}", "", "/jerem"},
	} {
		conf, err := Load("config.yml",
			[]byte("jira: {url: https://jira.example, token: x}\nprojects: [{name: A}]\nserver: "+
				c.server+"\n"), func(string) string { return "" })
		if err != nil {
			t.Errorf("%s: %v", c.server, err)
			continue
		}
		if conf.Server.URL != c.url || conf.Server.Base != c.base {
			t.Errorf("%s is %s and %s, want %s and %s", c.server, conf.Server.URL, conf.Server.Base, c.url, c.base)
		}
	}
}
