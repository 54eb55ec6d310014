package config

import (
	"strings"
	"testing"
	"time"
)

const digestHead = "jira: {url: 'https://j.example', token: x}\nprojects: [{name: K8S}, {name: OB, label: Metal}]\n"

// TestDigests: an entry is read in nested and dotted spelling, its address from a variable too.
func TestDigests(t *testing.T) {
	c, err := Load("f", []byte(digestHead+"mail: {url: 'smtp://m.example', from: j@example.org}\ndigest:\n"+
		"  - {team: K8S, at: Mon 09:00, to: {slack: '${HOOK}'}}\n"+
		"  - {team: Metal, at: friday 7:05, to.mail: team@example.org}\n"),
		variables("HOOK=https://hooks.example/services/hunter2"))
	if err != nil {
		t.Fatal(err)
	}
	first, second := c.Digests[0], c.Digests[1]
	if first.Team != "K8S" || first.Day != time.Monday || first.Time != 9*time.Hour || first.Channel != DigestSlack ||
		first.Address.Reveal() != "https://hooks.example/services/hunter2" {
		t.Errorf("the first is %v", first)
	}
	if second.Team != "Metal" || second.Day != time.Friday || second.Time != 7*time.Hour+5*time.Minute ||
		second.Channel != DigestMail || second.Address.Reveal() != "team@example.org" {
		t.Errorf("the second is %v", second)
	}
}

// TestDigestFaults: what is wrong with an entry is told with its place and what to do, without the address.
func TestDigestFaults(t *testing.T) {
	for entry, want := range map[string]string{
		`{team: K8S, to: {slack: https://a.example/hunter2}}`:                      `digest[0].at: is missing`,
		`{at: Mon 9:00, to: {slack: https://a.example/hunter2}}`:                   `digest[0].team: is missing`,
		`{team: K8S, at: Mon 09:00}`:                                               `digest[0].to: is missing`,
		`{team: K9S, at: Mon 09:00, to: {slack: https://a.example/hunter2}}`:       `"K9S" is not a team of this file`,
		`{team: K8S, at: 09:00, to: {slack: https://a.example/hunter2}}`:           `"09:00" is not a moment of a week`,
		`{team: K8S, at: Lun 09:00, to: {slack: https://a.example/hunter2}}`:       `"Lun" is not a day of the week`,
		`{team: K8S, at: Mon 24:00, to: {slack: https://a.example/hunter2}}`:       `holds a time that no day has`,
		`{team: K8S, at: Mon 09:60, to: {slack: https://a.example/hunter2}}`:       `holds a time that no day has`,
		`{team: K8S, at: Mon 09:00, to: {slack: hunter2}}`:                         `to.slack: is no address of slack`,
		`{team: K8S, at: Mon 09:00, to: {webhook: ftp://a.example/hunter2}}`:       `is no address of webhook`,
		`{team: K8S, at: Mon 09:00, to: {mail: hunter2}}`:                          `to.mail: is no address of mail`,
		`{team: K8S, at: Mon 09:00, to: {mail: a@example.org}}`:                    `mail.url: is missing`,
		`{team: K8S, at: Mon 09:00, to: {slak: https://a.example/hunter2}}`:        `did you mean to.slack`,
		`{team: K8S, at: Mon 09:00, to: https://a.example/hunter2}`:                `digest[0].to: must hold keys`,
		`{team: K8S, at: Mon 09:00, to: {slack: http://a/1, webhook: http://a/2}}`: `names slack and webhook`,
		"{team: K8S, at: Mon 09:00, to: {slack: http://a/1}}\n  - {team: K8S, at: Tue 09:00, to: {slack: " +
			"http://a/1}}": `digest[1]: ` +
			`tells the same team to the same address as digest[0]`,
		`K8S`: "digest[0]: must hold keys",
	} {
		_, err := Load("f", []byte(digestHead+"digest:\n  - "+entry+"\n"), variables())
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s:\n%v\nwant %s", entry, err, want)
		}
	}
}
