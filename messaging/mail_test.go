package messaging_test

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jerem/messaging"
	"jerem/messaging/mailtest"
)

// TestTryMail: a try is told whether the server takes mail to an address, and sends none; no error names anybody.
func TestTryMail(t *testing.T) {
	backend, server := mailtest.Serve(t, "jerem:hunter2@")
	backend.Unknown = "gone@example.org"
	if err := server.Try(t.Context(), "team@example.org"); err != nil || backend.Login != "jerem hunter2" {
		t.Errorf("an address that is taken: %v, login %q", err, backend.Login)
	}
	err := server.Try(t.Context(), backend.Unknown)
	if err == nil || err.Error() != "the mail server does not take mail to this address (550)" {
		t.Errorf("an address that is not taken: %v", err)
	}
	server.From = "nobody"
	if err := server.Try(t.Context(), "team@example.org"); err == nil {
		t.Error("a sender that is none is tried")
	}
	server.Port, server.From = 1, "jerem@example.org"
	if err := server.Try(t.Context(), "team@example.org"); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a server that is not there: %v", err)
	}
	if letters := backend.Taken(); len(letters) != 0 {
		t.Errorf("a try sent %v", letters)
	}
}

// TestTryWebhook: a try reaches the host, over TLS where the address says so, and asks nothing of it.
func TestTryWebhook(t *testing.T) {
	asked := false
	answer := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true })
	plain, secured := httptest.NewServer(answer), httptest.NewTLSServer(answer)
	defer plain.Close()
	defer secured.Close()
	secured.Config.ErrorLog = log.New(io.Discard, "", 0)
	if err := messaging.TryWebhook(t.Context(), plain.URL+"/services/hunter2"); err != nil || asked {
		t.Errorf("a host that answers: %v, asked %v", err, asked)
	}
	plain.Close()
	for name, address := range map[string]string{"not there": plain.URL + "/hunter2", "no address": "hunter2",
		"a certificate that nobody trusts": secured.URL + "/hunter2"} {
		if err := messaging.TryWebhook(t.Context(), address); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestParseMailServer: ports and users are those of the address; no error shows it.
func TestParseMailServer(t *testing.T) {
	for address, want := range map[string]string{"smtp://mail.example": "mail.example:25",
		"smtps://mail.example":    "mail.example:465",
		"smtp://u:p@mail.example": "mail.example:587", "smtp://mail.example:2525": "mail.example:2525"} {
		if s, err := messaging.ParseMailServer(address, "jerem@example.org"); err != nil || s.String() != want {
			t.Errorf("%s: %v %v", address, s, err)
		}
	}
	for _, address := range []string{"https://u:hunter2@mail.example", "smtp://", "smtp://u:hunter2@mail.example:99999",
		"%"} {
		if _, err := messaging.ParseMailServer(address, "j@example.org"); err == nil ||
			strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
