package config

import (
	"strings"
	"testing"
)

// TestImpossiblePortsAndDates: an address whose port no server has, and a day of another age, are refused where they
// stand, in every key of their kind.
func TestImpossiblePortsAndDates(t *testing.T) {
	const port, day = "a port is a number from 1 to 65535", "give a year from 1970 to 2199"
	const mail = "mail: {from: a@b.example, url: 'smtp://b.example:99999'}"
	for text, want := range map[string]string{
		"jira: {url: 'http://127.0.0.1:79831'}":                        port,
		"jira: {url: 'http://127.0.0.1:0'}":                            port,
		"server: {url: 'https://a.example:70000'}":                     port,
		"server: {frame: ['https://wiki.example:99999']}":              "is not the origin of a page",
		"store: {url: 'postgres://jerem:hunter2@db:99999/jerem'}":      port,
		"sinks: [{name: a, type: remotewrite, url: 'http://a:65536'}]": port,
		mail:                                 port,
		"calendar: {days_off: [0026-12-24]}": day,
		"calendar: {days_off: [2026-12-24, 1926-12-25]}":            day,
		"projects: [{name: A, calendar: {days_off: [2206-12-24]}}]": day,
		"oncall: {people: [{handle: a, zone: Europe/Paris, until: 0206-12-24}]}": "give a year " +
			"from 1970 to 9999",
		"oncall: {people: [{handle: a, zone: Europe/Paris, days_off: [2206-12-24]}]}":   day,
		"digest: [{team: A, to: {webhook: 'https://a.example:99999/x'}}]":               port,
		"oncall: {people: [{handle: a, contacts: [{webhook: 'http://a.example:0/'}]}]}": port,
	} {
		_, err := Load("f", []byte(text), variables())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the password is told", text)
		}
	}
	for _, text := range []string{"calendar: {days_off: [1970-01-01, 2199-12-31]}",
		"jira: {url: 'http://127.0.0.1:65535'}"} {
		if _, err := Load("f", []byte(text), variables()); err != nil && strings.Contains(err.Error(), "year from") ||
			err != nil && strings.Contains(err.Error(), port) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
