package main

import (
	"testing"

	"jerem/cmd/jerem/setup"
)

// TestLogLevelFlag: the flag takes words, and the numbers of the older bot.
func TestLogLevelFlag(t *testing.T) {
	config := writeConfig(t, "jira: {url: https://jira.example, token: t}\nprojects: [{name: K8S}]\n")
	for level, fine := range map[string]bool{"debug": true, "5": true, "loud": false, "9": false} {
		e := &setup.Environment{Getenv: func(string) string { return "" },
			Flags: setup.GlobalFlags{Config: config, LogLevel: level}}
		if _, err := e.LoadConfig(); (err == nil) != fine || !fine && exitCode(err) != exitUsage {
			t.Errorf("%s: %v", level, err)
		}
	}
}
