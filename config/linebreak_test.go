package config

import (
	"strings"
	"testing"
)

// TestLineBreaks: whatever secret or address a variable puts in that ends with a line break, as a file of it does, the
// hint names the line break, once for each, and no secret.
func TestLineBreaks(t *testing.T) {
	const file = `jira: {url: "http://${A}", username: ada, password: "${A}"}
projects: [{name: K8S}]
metrics: {url: "http://${A}", token: "${A}"}
sinks: [{name: vm, type: remotewrite, url: "http://${A}", token: "${A}"}]
store.url: postgres://jerem:${A}@db.example/jerem
mail: {url: "smtp://jerem:${A}@mail.example", from: a@example.org}
access: {mode: oidc, oidc: {issuer: "https://id.example", client_id: jerem, client_secret: "${A}"}}
server.url: https://jerem.example
digest:
  - {team: K8S, at: Mon 09:00, to: {slack: "https://a.example/${A}"}}
  - {team: K8S, at: Tue 09:00, to: {webhook: "https://a.example/${A}"}}
oncall:
  people: [{handle: ada, zone: Europe/Paris, contacts: [{webhook: "https://a.example/${A}"}]}]
  sources: [{name: am, kind: generic, team: K8S, secret: "${A}"}]
`
	for _, end := range []string{"\n", "\r\n"} {
		_, err := Load("f", []byte(file), variables("A=hunter2-and-more-of-it"+end))
		if err == nil {
			t.Fatal("it is taken")
		}
		lines := strings.Split(err.Error(), "\n")
		for _, line := range lines {
			if !strings.Contains(line, "remove") || !strings.Contains(line, "stands at the end") ||
				strings.Contains(line, "hunter2") {
				t.Error(line)
			}
		}
		if want := strings.Count(file, "${A}"); len(lines) != want {
			t.Errorf("%d are told of %d:\n%v", len(lines), want, err)
		}
	}
}
