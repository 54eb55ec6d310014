package serving

import (
	"context"
	"net/http"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/config"
	"jerem/oncall/delivery"
	"jerem/oncall/link"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
	"jerem/web/calloutlink"
)

// newPostman makes who tells people of on-call, by the first of their contacts that takes messages.
// Links to call-outs are signed with the key that is kept at that moment.
func newPostman(ctx context.Context, c *config.Config, r *roster.Roster, records *kept.Store) (*delivery.Postman,
	error) {
	p := &delivery.Postman{Roster: r, Notices: records, Contacts: map[string]delivery.Contact{},
		Sender: &delivery.Sender{HTTP: &http.Client{}}}
	for _, person := range c.Oncall.People {
		for _, contact := range person.Contacts {
			if _, hasOne := p.Contacts[person.Handle]; !hasOne && contact.TakesMessages() {
				p.Contacts[person.Handle] = delivery.Contact{Channel: delivery.Channel(contact.Channel),
					Address: contact.Address.Reveal()}
			}
		}
	}
	if c.Server.URL != "" {
		p.Answer = func(l link.Link) (address, digits string, err error) {
			key, err := records.Links.LinkKey(ctx, link.NewKey())
			return c.Server.URL + calloutlink.Prefix + link.Sign(key, l), link.Digits(key, l), err
		}
	}
	server, err := setup.NewMailServer(c)
	p.Sender.Mail = server
	return p, err
}

// tellPeople sends what is due every minute, until the context ends. The log names nobody.
func tellPeople(ctx context.Context, o *setup.Instance, p *delivery.Postman, now func() time.Time) {
	ticker := time.NewTicker(keepEvery)
	defer ticker.Stop()
	for {
		tellDue(ctx, o, p, now().Truncate(time.Second))
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// tellDue sends what is due, if this instance leads on call.
func tellDue(ctx context.Context, o *setup.Instance, p *delivery.Postman, now time.Time) {
	leading, end, leads := o.Store.Sharing.LeadOnCall(ctx)
	defer end()
	if !leads {
		return
	}
	sent, err := p.Run(leading, now)
	if sent > 0 {
		o.Log.Info("messages about on-call were sent", "messages", sent)
	}
	if err != nil && leading.Err() == nil {
		o.Log.Warn("a message about on-call could not be sent; it is tried again in a minute", "error", err)
	}
}
