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
	return HintOf(text, addressFault(channel, text))
}

// HintOf is the hint for a text that is none of what it should be, another one where a control character is why: nobody
// sees the line break with which a file of a secret ends. "" stays "".
func HintOf(text, hint string) string {
	if hint != "" && strings.ContainsFunc(text, unicode.IsControl) {
		return "remove the line break or other control character in it; often it stands at the end"
	}
	return hint
}

func addressFault(channel, text string) (hint string) {
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
