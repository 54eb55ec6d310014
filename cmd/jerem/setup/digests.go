package setup

import (
	"net/http"

	"jerem/config"
	"jerem/digest"
	"jerem/messaging"
)

// DigestEntries are the configured digests.
func DigestEntries(c *config.Config) (entries []digest.Entry) {
	for _, d := range c.Digests {
		entries = append(entries, digest.Entry{Team: d.Team, Day: d.Day, Time: d.Time, To: DigestReceiver(d)})
	}
	return entries
}

// DigestReceiver is who gets a digest.
func DigestReceiver(d config.Digest) digest.Receiver {
	return digest.Receiver{Channel: digest.Channel(d.Channel), Address: d.Address.Reveal()}
}

// NewMailServer makes the configured mail server, nil where there is none.
func NewMailServer(c *config.Config) (*messaging.MailServer, error) {
	if !c.Mail.URL.IsSet() {
		return nil, nil
	}
	return messaging.ParseMailServer(c.Mail.URL.Reveal(), c.Mail.From)
}

// NewDigestCarrier makes what takes digests to their receivers.
func NewDigestCarrier(c *config.Config) (*digest.Carrier, error) {
	server, err := NewMailServer(c)
	return &digest.Carrier{Mail: server, HTTP: &http.Client{}}, err
}
