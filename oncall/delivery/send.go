package delivery

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

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
	Mail *MailServer // nil where no mail is sent
	HTTP *http.Client
}

// ErrNoMail says that a contact is reached by mail, and that no mail is sent.
var ErrNoMail = errors.New("mail.url is not set, so no mail is sent")

// Send sends a message to a contact. The error shows no address.
func (s *Sender) Send(ctx context.Context, to Contact, m message.Message) error {
	ctx, stop := context.WithTimeout(ctx, timeOut)
	defer stop()
	switch to.Channel {
	case Mail:
		if s.Mail == nil {
			return ErrNoMail
		}
		return s.Mail.send(ctx, to.Address, m)
	case Webhook:
		return s.post(ctx, to.Address, m)
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

// post posts a message to a webhook. It is taken where the answer is a 2xx; a redirect is not followed, as it would
// carry the message to somebody else.
func (s *Sender) post(ctx context.Context, address string, m message.Message) error {
	body := postedMessage{ID: m.ID, Kind: string(m.Kind), Person: m.Person, Subject: m.Subject, Text: m.Text,
		Due: m.Due}
	if m.Change != 0 {
		body.Change = &m.Change
	}
	if m.Callout != 0 {
		body.Callout = &m.Callout
	}
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(text))
	if err != nil {
		return errors.New("the contact is no address of a webhook")
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", m.ID)
	client := *s.HTTP
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := client.Do(request)
	if err != nil {
		return withoutAddress(err)
	}
	defer answer.Body.Close()
	_, _ = io.CopyN(io.Discard, answer.Body, 1<<16)
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("the webhook answered %d", answer.StatusCode)
	}
	return nil
}

// withoutAddress is an error of a request without the address, which may hold a secret.
func withoutAddress(err error) error {
	var wrong *url.Error
	if errors.As(err, &wrong) {
		return fmt.Errorf("the webhook cannot be reached: %w", wrong.Err)
	}
	return errors.New("the webhook cannot be reached")
}
