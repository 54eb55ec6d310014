package serving

import (
	"context"
	"net/http"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/config"
	"jerem/oncall/delivery"
	"jerem/oncall/roster"
)

// newPostman makes who tells people of on-call, by the first of their contacts that takes messages.
func newPostman(c *config.Config, r *roster.Roster, notices delivery.Notices) (*delivery.Postman, error) {
	p := &delivery.Postman{Roster: r, Notices: notices, Contacts: map[string]delivery.Contact{},
		Sender: &delivery.Sender{HTTP: &http.Client{}}}
	for _, person := range c.Oncall.People {
		for _, contact := range person.Contacts {
			if _, hasOne := p.Contacts[person.Handle]; !hasOne && contact.TakesMessages() {
				p.Contacts[person.Handle] = delivery.Contact{Channel: delivery.Channel(contact.Channel),
					Address: contact.Address.Reveal()}
			}
		}
	}
	if !c.Mail.URL.IsSet() {
		return p, nil
	}
	server, err := delivery.ParseMailServer(c.Mail.URL.Reveal(), c.Mail.From)
	p.Sender.Mail = server
	return p, err
}

// tellPeople sends what is due every minute, until the context ends. The log names nobody.
func tellPeople(ctx context.Context, o *setup.Instance, p *delivery.Postman, now func() time.Time) {
	ticker := time.NewTicker(keepEvery)
	defer ticker.Stop()
	for {
		sent, err := p.Run(ctx, now().Truncate(time.Second))
		if sent > 0 {
			o.Log.Info("messages about on-call were sent", "messages", sent)
		}
		if err != nil && ctx.Err() == nil {
			o.Log.Warn("a message about on-call could not be sent; it is tried again in a minute", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
