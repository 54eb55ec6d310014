package messaging

import (
	"testing"

	"github.com/wneessen/go-mail"
)

// TestPasswordsAreEncrypted: with a password TLS is demanded of every server but this machine's own.
func TestPasswordsAreEncrypted(t *testing.T) {
	for address, want := range map[string]string{
		"smtp://jerem:hunter2@mail.example":  mail.TLSMandatory.String(),
		"smtps://jerem:hunter2@mail.example": mail.TLSOpportunistic.String(), // it is encrypted, and offers no STARTTLS
		"smtp://mail.example":                mail.TLSOpportunistic.String(),
		"smtp://jerem:hunter2@127.0.0.1":     mail.TLSOpportunistic.String(),
		"smtp://jerem:hunter2@[::1]":         mail.TLSOpportunistic.String(),
		"smtp://jerem:hunter2@localhost:250": mail.TLSOpportunistic.String(),
	} {
		s, err := ParseMailServer(address, "jerem@example.org")
		if err != nil {
			t.Fatal(err)
		}
		client, err := mail.NewClient(s.Host, s.clientOptions()...)
		if err != nil {
			t.Fatal(err)
		}
		if got := client.TLSPolicy(); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
