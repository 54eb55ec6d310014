package delivery

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"jerem/messaging"
	"jerem/oncall/message"
)

// Channel is a way to reach a person.
type Channel string

// The channels that take messages.
const (
	Mail    Channel = "mail"
	Webhook Channel = "webhook"
)

// Contact is a channel with its address, which is a secret.
type Contact struct {
	Channel Channel
	Address string
}

// Sender sends messages.
type Sender struct {
	Mail *messaging.MailServer // nil where no mail is sent
	HTTP *http.Client
}

// ErrNoMail says that a contact is reached by mail, and that no mail is sent.
var ErrNoMail = errors.New("mail.url is not set, so no mail is sent")

// Send sends a message to a contact. The error shows no address.
func (s *Sender) Send(ctx context.Context, to Contact, m message.Message) error {
	switch to.Channel {
	case Mail:
		if s.Mail == nil {
			return ErrNoMail
		}
		return s.Mail.Send(ctx, to.Address, messaging.Letter{ID: m.ID, Subject: m.Subject, Text: m.Text})
	case Webhook:
		return s.postWebhook(ctx, to.Address, m)
	}
	return fmt.Errorf("%q takes no messages", to.Channel)
}

// postedMessage is a message as a webhook gets it.
type postedMessage struct {
	ID      string    `json:"id"` // the same if it is posted again
	Kind    string    `json:"kind"`
	Person  string    `json:"person"`
	Change  *int64    `json:"change"`  // that it is about, else null
	Callout *int64    `json:"callout"` // that it is about, else null
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	Due     time.Time `json:"due"`
}

// postWebhook posts a message to a webhook.
func (s *Sender) postWebhook(ctx context.Context, address string, m message.Message) error {
	body := postedMessage{ID: m.ID, Kind: string(m.Kind), Person: m.Person, Subject: m.Subject, Text: m.Text,
		Due: m.Due}
	if m.Change != 0 {
		body.Change = &m.Change
	}
	if m.Callout != 0 {
		body.Callout = &m.Callout
	}
	return messaging.PostJSON(ctx, s.HTTP, address, m.ID, body)
}
