package config

import (
	"net/mail"
	"net/url"
)

// mailURLKey is the server that takes mail. It may hold a password, so no message shows it.
func mailURLKey(name string) key {
	k := secretKey(name, func(t *target) *Secret { return &t.config.Mail.URL })
	set := k.set
	k.set = func(t *target, v value, bad say) {
		u, err := url.Parse(v.text)
		if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" ||
			u.Path != "" && u.Path != "/" {
			bad(v, "is not the address of a mail server", "write smtp://USER:PASSWORD@HOST:PORT, or smtps://…; "+
				"a sign such as @ or / within the password as %40 or %2F")
			return
		}
		if _, hasPassword := u.User.Password(); !hasPassword {
			t.config.Mail.URL = NewSecret(v.text) // nothing in it is secret
			return
		}
		set(t, v, bad)
	}
	return k
}

// mailFromKey is the sender of messages.
func mailFromKey(name string) key {
	return key{name: name, what: "text", filled: true, set: func(t *target, v value, bad say) {
		if _, err := mail.ParseAddress(v.text); err != nil {
			bad(v, quoteValue(v)+" is no address of mail",
				"write it like jerem@example.org or Jerem <jerem@example.org>")
			return
		}
		t.config.Mail.From = v.text
	}}
}
