package config

import (
	"strings"
	"testing"
)

// TestSizes: what an answer may unpack to is given in bytes.
func TestSizes(t *testing.T) {
	const file = "jira: {url: https://jira.example, token: t, max_answer: SIZE}\nprojects: [{name: K}]\n"
	for text, want := range map[string]int64{"128MiB": 128 << 20, "1GiB": 1 << 30, "2000000B": 2_000_000,
		"2000000": 2_000_000, "10": 0, "much": 0, "-1MiB": 0} {
		c, err := Load("config.yml", []byte(strings.Replace(file, "SIZE", text, 1)), func(string) string { return "" })
		if (err == nil) != (want != 0) || err == nil && c.Jira.MaxAnswer != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestRates: how many requests a second are sent is a number, 10 where nothing is said, and 0 where the server alone
// decides.
func TestRates(t *testing.T) {
	const file = "jira: {url: https://jira.example, token: t, rate: RATE}\nprojects: [{name: K}]\n"
	none := func(string) string { return "" }
	for text, want := range map[string]float64{"10": 10, "0": 0, "0.5": 0.5, "10000": 10_000, "-1": -1, "10001": -1,
		"NaN": -1, "Inf": -1, "fast": -1, "10/s": -1} {
		c, err := Load("config.yml", []byte(strings.Replace(file, "RATE", text, 1)), none)
		if (err == nil) != (want >= 0) || err == nil && c.Jira.Rate != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	c, err := Load("config.yml", []byte("jira: {url: https://jira.example, token: t}\nprojects: [{name: K}]\n"), none)
	if err != nil || c.Jira.Rate != 10 {
		t.Errorf("%v by default: %v", c, err)
	}
}
