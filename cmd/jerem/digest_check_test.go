package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	"jerem/messaging/mailtest"
	jirasim "jerem/sim/jira"
)

// TestCheckDigests: receivers are tried and nothing is sent; what cannot be reached is told with its place in the file
// and without its address.
func TestCheckDigests(t *testing.T) {
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	backend, _ := mailtest.Serve(t, "")
	backend.Unknown = "gone@example.org"
	hook := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a webhook was asked")
	}))
	defer hook.Close()
	away := httptest.NewServer(http.NotFoundHandler())
	away.Close()
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S}]\nstore: {path: STORE}\n"+
		"mail: {url: '"+backend.Address+"', from: jerem@example.org}\ndigest:\n"+
		"- {team: K8S, at: Mon 09:00, to: {mail: team@example.org}}\n"+
		"- {team: K8S, at: Mon 09:00, to: {mail: gone@example.org}}\n"+
		"- {team: K8S, at: Tue 09:00, to: {slack: '"+hook.URL+"/hunter2'}}\n"+
		"- {team: K8S, at: Tue 09:05, to: {webhook: '"+away.URL+"/hunter2'}}\n")
	out, errs, code := call(t, nil, "--config", config, "check")
	text := strings.Join(strings.Fields(out), " ")
	for _, want := range []string{
		"ok mail K8S Mon 09:00: the server takes mail to this address; none was sent",
		"FAIL mail the mail server does not take mail to this address (550) → look at digest[1].to.mail of the",
		"ok slack K8S Tue 09:00: the host answers",
		"FAIL webhook the webhook cannot be reached", "→ look at digest[3].to.webhook of the configuration",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if code != exitFailed || strings.Contains(out+errs, "hunter2") || strings.Contains(out+errs, "@example.org") ||
		len(backend.Taken()) != 0 {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}
