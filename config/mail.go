package config

import (
	"net/mail"
	"net/url"

	"jerem/config/schema"
)

// Mail is how messages are sent.
type Mail struct {
	URL  schema.Secret // smtp://USER:PASSWORD@HOST:PORT or smtps://…; not set: no mail is sent
	From string
}

var mailKeys = []key{mailURLKey("mail.url"), mailFromKey("mail.from")}

// mailURLKey is the server that takes mail. It may hold a password, so no message shows it.
func mailURLKey(name string) key {
	k := secretKey(name, func(t *target) *schema.Secret { return &t.config.Mail.URL })
	set := k.Set
	k.Set = func(t *target, v schema.Value, bad schema.Report) {
		u, err := url.Parse(v.Text)
		if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" ||
			u.Path != "" && u.Path != "/" {
			bad(v, "is not the address of a mail server", schema.HintOf(v.Text, "write "+
				"smtp://USER:PASSWORD@HOST:PORT, or smtps://…; a sign such as @ or / within the password as %40 or "+
				"%2F"))
			return
		}
		if !schema.HasValidPort(u) {
			bad(v, "names a port that no server has", schema.PortHint)
			return
		}
		if _, hasPassword := u.User.Password(); !hasPassword {
			t.config.Mail.URL = schema.NewSecret(v.Text) // nothing in it is secret
			return
		}
		set(t, v, bad)
	}
	return k
}

// mailFromKey is the sender of messages.
func mailFromKey(name string) key {
	return key{Name: name, What: "text", Filled: true, Set: func(t *target, v schema.Value, bad schema.Report) {
		if _, err := mail.ParseAddress(v.Text); err != nil {
			bad(v, schema.QuoteValue(v)+" is no address of mail",
				"write it like jerem@example.org or Jerem <jerem@example.org>")
			return
		}
		t.config.Mail.From = v.Text
	}}
}

// checkMail reports half of what mail needs.
func checkMail(l *schema.Loader, top *tree, c *Config) {
	if c.Mail.URL.IsSet() == (c.Mail.From != "") {
		return
	}
	missing, hint := "mail.from", "the address that mail comes from"
	if c.Mail.From != "" {
		missing, hint = "mail.url", "the server that takes mail, as in smtp://mail.example:25; or remove mail.from"
	}
	if _, given := top.Given[missing]; !given {
		schema.ReportMissing(l, top, missing, hint, "mail.url", "mail.from")
	}
}
