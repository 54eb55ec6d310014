package schema

import (
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// AddressFault tells how the address of a channel is written, "" where it is; it never shows the address.
func AddressFault(channel, text string) (hint string) {
	switch channel {
	case "mail":
		if a, err := mail.ParseAddress(text); err != nil || a.Address != text {
			return "write it like ada@example.org"
		}
	case "sms":
		if !phoneForm.MatchString(text) {
			return "write the number with its country: +33612345678"
		}
	default:
		u, err := url.Parse(text)
		isControl := strings.ContainsFunc(text, unicode.IsControl)
		if err != nil || isControl || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
			return "begin with https:// or http:// and a host"
		}
		if !HasValidPort(u) {
			return PortHint
		}
	}
	return ""
}

var phoneForm = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)
