package config

import (
	"strings"
	"testing"
	"time"
)

// TestCapacity: a bare number is hours, for all teams or for one.
func TestCapacity(t *testing.T) {
	for text, want := range map[string]time.Duration{"35": 35 * time.Hour, "37.5": 37*time.Hour + 30*time.Minute,
		"35h": 35 * time.Hour, "1d": 24 * time.Hour} {
		c := mustLoad(t, minimalConfig+"sprint.capacity: "+text+"\n")
		if got := c.Teams[0].Sprint.Capacity; got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]string{"many": "is not a number of hours", "0": "cannot be a team's day",
		"-8": "cannot be a team's day", "99999": "cannot be a team's day", ".nan": "is not a number of hours"} {
		_, err := Load("config.yml", []byte(minimalConfig+"sprint.capacity: "+text+"\n"), variables())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want that it %s", text, err, want)
		}
	}
}
