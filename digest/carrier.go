package digest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"jerem/messaging"
)

// Carrier takes letters to receivers.
type Carrier struct {
	Mail *messaging.MailServer // nil where no mail is sent
	HTTP *http.Client
}

// errNoMail says that a receiver is reached by mail, and that no mail is sent.
var errNoMail = errors.New("mail.url is not set, so no mail is sent")

// Carry takes a letter to a receiver. The error shows no address.
func (c *Carrier) Carry(ctx context.Context, to Receiver, l Letter) error {
	switch to.Channel {
	case Mail:
		if c.Mail == nil {
			return errNoMail
		}
		return c.Mail.Send(ctx, to.Address, messaging.Letter{ID: l.ID, Subject: l.Subject, Text: l.Text})
	case Slack:
		return messaging.PostJSON(ctx, c.HTTP, to.Address, l.ID, slackMessage{Text: slackText(l)})
	case Webhook:
		return messaging.PostJSON(ctx, c.HTTP, to.Address, l.ID, l)
	}
	return fmt.Errorf("%q takes no digests", to.Channel)
}

// Try tells whether a receiver can be reached, as far as that is told without sending anything.
func (c *Carrier) Try(ctx context.Context, to Receiver) error {
	switch {
	case to.Channel != Mail:
		return messaging.TryWebhook(ctx, to.Address)
	case c.Mail == nil:
		return errNoMail
	}
	return c.Mail.Try(ctx, to.Address)
}

// slackMessage is what incoming webhooks take. Without markup nothing in a name can ring a bell or look like a link.
type slackMessage struct {
	Text     string `json:"text"`
	IsMarkup bool   `json:"mrkdwn"`
}

// slackText is the text of a letter, with the characters escaped that begin a mention or a link, and its ID at the end:
// nothing else of a message is shown.
func slackText(l Letter) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(l.Text) + "  " + l.ID
}
