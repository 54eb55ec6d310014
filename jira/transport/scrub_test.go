package transport

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jerem/scrub"
)

// lowerHex are the escapes that some servers write in lower case.
var lowerHex = regexp.MustCompile(`%[0-9A-F]{2}`)

// quotations are the forms in which an answer may quote what was sent.
var quotations = map[string]func(string) string{
	"as it is":        func(s string) string { return s },
	"percent-encoded": url.QueryEscape,
	"in lower case": func(s string) string {
		return lowerHex.ReplaceAllStringFunc(url.QueryEscape(s), strings.ToLower)
	},
	"as a path":           url.PathEscape,
	"for a page":          html.EscapeString,
	"quoted in a text":    func(s string) string { return fmt.Sprintf("%q", s) },
	"quoted as JSON":      func(s string) string { b, _ := json.Marshal(s); return string(b) },
	"without its padding": func(s string) string { return strings.TrimRight(s, "=") },
	"cut before its end":  func(s string) string { return s[:len(s)-3] },
	"cut at its begin":    func(s string) string { return s[3:] },
	"in two parts":        func(s string) string { return s[:len(s)/2] + " | " + s[len(s)/2:] },
}

// TestScrub: whatever form of our credentials an answer quotes, no error and no line of the log tells it, nor a piece
// that is worth having.
func TestScrub(t *testing.T) {
	const user, password = "robot+1@example.org", `s3cr&t/"päss+?>word~long`
	pair := user + ":" + password
	sent := map[string]string{
		"password": password, "pair": pair, "basic": base64.StdEncoding.EncodeToString([]byte(pair)),
		"raw basic": base64.RawStdEncoding.EncodeToString([]byte(pair)),
		"url basic": base64.URLEncoding.EncodeToString([]byte(pair)),
	}
	for name, secret := range sent {
		for how, quote := range quotations {
			for _, status := range []int{400, 401, 403, 404, 410, 429, 503} {
				said := "got header Basic " + quote(secret) + "."
				told, log := refusalOf(t, Config{Username: user, Password: password}, status, said)
				checkScrubbed(t, name+" "+how, told+log, secret, quote(secret))
			}
		}
	}
	const token = "NjE2Mjc0ODk5MTIzOgq/+secret=="
	for how, quote := range quotations {
		told, log := refusalOf(t, Config{Token: token}, 403, "Bearer "+quote(token))
		checkScrubbed(t, "token "+how, told+log, token, quote(token))
	}
}

// checkScrubbed fails where a text holds a piece of a secret.
func checkScrubbed(t *testing.T, name, text string, secrets ...string) {
	t.Helper()
	for _, secret := range secrets {
		for i := 0; i+12 <= len(secret); i++ {
			if strings.Contains(text, secret[i:i+12]) {
				t.Errorf("%s: %q is told in %s", name, secret[i:i+12], text)
				return
			}
		}
	}
}

// refusalOf returns what an error and the log tell of a refusal that says something.
func refusalOf(t *testing.T, conf Config, status int, said string) (told, log string) {
	t.Helper()
	var lines strings.Builder
	conf.Log, conf.Tries = slog.New(slog.NewTextHandler(&lines, nil)), 2
	c := ask(t, conf, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"errorMessages": []string{said},
			"errors": map[string]string{"field": said}, "message": said})
	})
	_, err := getAccount(t, c)
	if err == nil || !strings.Contains(err.Error(), scrub.Removed) {
		t.Errorf("%d: %v", status, err)
	}
	return err.Error(), lines.String()
}

// TestScrubLeavesData: what is no secret stays as it is sent: short passwords and user names are words of titles too.
func TestScrubLeavesData(t *testing.T) {
	c := ask(t, Config{Username: "kubernetes", Password: "secret"}, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `[{"id":"1","name":"kubernetes \"secret\" done\\"},{"id":"2","name":"secret"}]`)
	})
	got, err := getNames(t, c)
	if err != nil || got[0] != `kubernetes "secret" done\` || got[1] != "secret" {
		t.Errorf("%+v, %v", got, err)
	}
	if text := c.errors.scrubber.Message("kubernetes may not: secret"); strings.Contains(text, "kubernetes") ||
		strings.Contains(text, "secret") {
		t.Error(text)
	}
}

// TestPrintable: what Jira says cannot control a terminal.
func TestPrintable(t *testing.T) {
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(400)
		fmt.Fprint(w, `{"errorMessages":["a\u001b[31 board\nname"]}`)
	})
	if _, err := getAccount(t, c); err == nil || strings.ContainsAny(err.Error(), "\x1b\n") ||
		!strings.Contains(err.Error(), "a [31 board name") {
		t.Errorf("%q", err)
	}
}
