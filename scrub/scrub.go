package scrub

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// Removed stands where a credential was.
const Removed = "…"

const (
	// shortest is the length from which on a text is taken for a secret.
	shortest = 4
	// fragment is how much of a secret is taken out of a message where it does not stand whole: it may be cut.
	fragment = 8
	// certain is the length from which on a secret is taken out of data too: shorter ones may be a word of a title.
	certain = 8
)

// Scrubber takes credentials out of texts, in every form in which they are sent or may be quoted.
type Scrubber struct {
	name  string   // of the login
	told  []string // what must never be told, besides tokens that come and go
	mu    sync.Mutex
	last  string // the token of before
	known atomic.Pointer[secretForms]
}

// secretForms are texts that credentials may be quoted by.
type secretForms struct {
	forms   []string // all, the longest first: they go out of messages
	secrets []string // the forms of what must never be told, the longest first: they go out of data too
	pieces  pieceSet // of all secrets
}

// Login holds the credentials of a login, those that it has.
type Login struct{ Username, Password, Token, ClientSecret string }

// New returns what takes out the credentials of a login.
func New(login Login) *Scrubber {
	told := []string{login.Password, login.Token, login.ClientSecret}
	if login.Username != "" || login.Password != "" {
		told = append(told, BasicLogin(login.Username, login.Password)...)
	}
	return newScrubber(login.Username, told)
}

// Of returns what takes out some secrets; empty ones are none.
func Of(secrets ...string) *Scrubber { return newScrubber("", secrets) }

func newScrubber(name string, told []string) *Scrubber {
	s := &Scrubber{name: name, told: told}
	s.known.Store(s.formsWith(nil))
	return s
}

// BasicLogin returns what a basic login sends, as it may be quoted.
func BasicLogin(user, password string) []string {
	pair := []byte(user + ":" + password)
	told := []string{string(pair)}
	for _, e := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding,
		base64.RawURLEncoding} {
		told = append(told, e.EncodeToString(pair))
	}
	return told
}

func (s *Scrubber) formsWith(tokens []string) *secretForms {
	told := slices.Concat(s.told, tokens)
	secrets := formsOf(told, certain)
	return &secretForms{forms: formsOf(append(slices.Clone(told), s.name), shortest), secrets: secrets,
		pieces: newPieceSet(secrets)}
}

// AddSecret has a token taken out too, beside the one of before, by which answers may be under way.
func (s *Scrubber) AddSecret(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known.Store(s.formsWith([]string{token, s.last}))
	s.last = token
}

// formsOf returns the forms in which texts of some length may be quoted, the longest first.
func formsOf(texts []string, least int) []string {
	var forms []string
	for _, text := range texts {
		if len(text) < least {
			continue
		}
		for _, form := range []string{text, url.QueryEscape(text), url.PathEscape(text), html.EscapeString(text),
			inJSON(text), strings.Trim(strconv.Quote(text), `"`)} {
			forms = append(forms, form, lowerEscapes(form))
		}
	}
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return slices.Compact(forms)
}

// inJSON returns a text as it stands between the quotes of JSON.
func inJSON(text string) string {
	quoted, _ := json.Marshal(text) // texts always marshal
	return string(quoted[1 : len(quoted)-1])
}

// percentEscape is an escape of an address.
var percentEscape = regexp.MustCompile(`%[0-9A-F]{2}`)

// lowerEscapes writes the digits of percent escapes in lower case.
func lowerEscapes(text string) string {
	return percentEscape.ReplaceAllStringFunc(text, strings.ToLower)
}

// Message takes credentials out of a text for people: whole ones of any form, and pieces of them, which a cut may
// leave.
func (s *Scrubber) Message(text string) string {
	known := s.known.Load()
	for _, form := range known.forms {
		text = strings.ReplaceAll(text, form, Removed)
	}
	for _, secret := range known.secrets {
		text = withoutPieces(text, secret)
	}
	return text
}

// withoutPieces takes out every piece of a secret that is long enough to be known as one.
func withoutPieces(text, secret string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		n := 0
		if i+fragment <= len(text) && strings.Contains(secret, text[i:i+fragment]) {
			n = fragment
			for i+n < len(text) && strings.Contains(secret, text[i:i+n+1]) {
				n++
			}
		}
		if n == 0 {
			out.WriteByte(text[i])
			i++
			continue
		}
		out.WriteString(Removed)
		i += n
	}
	return out.String()
}

// Answer takes credentials out of an answer in JSON, however its texts are escaped.
func (s *Scrubber) Answer(b []byte) []byte {
	known := s.known.Load()
	if known.pieces.standIn(b) { // else nothing is copied
		for _, secret := range known.secrets {
			b = bytes.ReplaceAll(b, []byte(secret), []byte(Removed))
		}
	}
	return s.escapedTexts(b)
}

// escapedTexts takes credentials out of the texts of JSON that are written with escapes.
func (s *Scrubber) escapedTexts(b []byte) []byte {
	var out []byte // nil while nothing was found
	kept := 0
	for next := 0; ; {
		escape := bytes.IndexByte(b[next:], '\\')
		if escape < 0 {
			break
		}
		// Before its first escape no quote stands within a text: the last one is where it begins.
		begin := next + max(0, bytes.LastIndexByte(b[next:next+escape], '"'))
		end := textEnd(b, begin)
		var text string
		if json.Unmarshal(b[begin:end], &text) == nil {
			if clean := s.scrubData(text); clean != text {
				quoted, _ := json.Marshal(clean)
				out = append(append(out, b[kept:begin]...), quoted...)
				kept = end
			}
		}
		next = end
	}
	if kept == 0 {
		return b
	}
	return append(out, b[kept:]...)
}

// textEnd returns where a text of JSON that begins at a quote ends.
func textEnd(b []byte, start int) int {
	for i := start + 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// scrubData takes credentials out of a value.
func (s *Scrubber) scrubData(text string) string {
	for _, secret := range s.known.Load().secrets {
		text = strings.ReplaceAll(text, secret, Removed)
	}
	return text
}
