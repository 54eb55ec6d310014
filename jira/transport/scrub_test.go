package transport

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestPiecesOfSecrets: a piece of eight characters or more goes out of a message wherever it stands, and nothing
// else.
func TestPiecesOfSecrets(t *testing.T) {
	const secret = "abcdefghijkl"
	for text, want := range map[string]string{
		"x abcdefgh":               "x …",
		"abcdefgh x":               "… x",
		"x abcdefg":                "x abcdefg",
		"bcdefghi!":                "…!",
		"efghijklm":                "…m",
		"abcdefghijklabcdefghijkl": "……",
		"abcdefghijZ":              "…Z",
		"abcdefgabcdefgh":          "abcdefg…",
		"":                         "",
	} {
		if got := withoutPieces(text, secret); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// quotations are the forms in which an answer may quote what was sent.
var quotations = map[string]func(string) string{
	"as it is":            func(s string) string { return s },
	"percent-encoded":     url.QueryEscape,
	"in lower case":       func(s string) string { return lowerEscapes(url.QueryEscape(s)) },
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
	if err == nil || !strings.Contains(err.Error(), removed) {
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
	if text := c.errors.scrubber.scrubMessage("kubernetes may not: secret"); strings.Contains(text, "kubernetes") ||
		strings.Contains(text, "secret") {
		t.Error(text)
	}
}

// TestShortestSecrets: a secret of four characters goes out of messages, and one of eight out of data; what is shorter
// may be a word.
func TestShortestSecrets(t *testing.T) {
	for password, want := range map[string][2]string{
		"abc":      {"it is abc", "it is abc"},
		"abcd":     {"it is …", "it is abcd"},
		"abcdefg":  {"it is …", "it is abcdefg"},
		"abcdefgh": {"it is …", "it is …"},
	} {
		s := newScrubber(Config{Token: password})
		if got := [2]string{s.scrubMessage("it is " + password), s.scrubData("it is " + password)}; got != want {
			t.Errorf("%s: message and data are %q, want %q", password, got, want)
		}
	}
}

// TestLongestSecretFirst: of two secrets of which one begins the other the longer one goes first; else its rest would
// stay.
func TestLongestSecretFirst(t *testing.T) {
	for user, password := range map[string]string{"anna": "anna1x9", "zoe-m": "1-zoe-m"} {
		s := newScrubber(Config{Username: user, Password: password})
		if got := s.scrubMessage("login of " + user + " with " + password); got != "login of … with …" {
			t.Errorf("%s, %s: %s", user, password, got)
		}
	}
}

// TestLoginForms: the pair of a basic login is a secret in the form in which it is sent, as far as there is one.
func TestLoginForms(t *testing.T) {
	f := func(conf Config, text, want string) {
		t.Helper()
		if got := newScrubber(conf).scrubMessage(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	basic := base64.StdEncoding.EncodeToString
	f(Config{Token: "12345678"}, "Basic "+basic([]byte(":")), "Basic Og==")
	f(Config{}, "Basic "+basic([]byte(":")), "Basic Og==")
	f(Config{Username: "robot"}, "Basic "+basic([]byte("robot:")), "Basic …")
	f(Config{Password: "abc"}, "Basic "+basic([]byte(":abc")), "Basic …")
	f(Config{Username: "robot", Password: "abc"}, "Basic "+basic([]byte("robot:abc")), "Basic …")
}

// TestLowerEscapes: the digits of escapes are written in lower case, and nothing else is.
func TestLowerEscapes(t *testing.T) {
	for text, want := range map[string]string{"": "", "%2F": "%2f", "A%2FB%3DC": "A%2fB%3dC", "50%": "50%",
		"A%2": "A%2", "%ZZ": "%ZZ", "%%2F": "%%2f"} {
		if got := lowerEscapes(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
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

// TestScrubEscapes: a secret that is written with escapes goes out of every text of an answer, whatever stands beside
// it; all else stays as it is written.
func TestScrubEscapes(t *testing.T) {
	s := newScrubber(Config{Token: "very-secret-token"})
	for answer, want := range map[string]string{
		`["\u0076ery-secret-token"]`:                            `["…"]`,
		`["a","\u0076ery-secret-token"]`:                        `["a","…"]`,
		`["","\u0076ery-secret-token",""]`:                      `["","…",""]`,
		`["a\n","x \u0076ery-secret-token y"]`:                  `["a\n","x … y"]`,
		`{"\u0076ery-secret-token":"\u0076ery"}`:                `{"…":"\u0076ery"}`,
		`["\u0076ery-secret-token","very-secret-\u0074oken",1]`: `["…","…",1]`,
		`["\u0061","b"]`:                                        `["\u0061","b"]`,
		`["\\","\""]`:                                           `["\\","\""]`,
	} {
		if got := string(s.scrubAnswer([]byte(answer))); got != want {
			t.Errorf("%s becomes %s, want %s", answer, got, want)
		}
	}
}

// FuzzScrubAnswer: taking credentials out of an answer leaves JSON that is JSON, and no text that holds them.
func FuzzScrubAnswer(f *testing.F) {
	f.Add([]byte(`{"a":"x very-secret-token y","b":["\u0076ery-secret-token",1]}`))
	f.Add([]byte(`["\\very-secret-token\"","\\`))
	s := newScrubber(Config{Token: "very-secret-token"})
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after any
		valid := json.Unmarshal(b, &before) == nil
		out := s.scrubAnswer(b)
		if !valid {
			return
		}
		if err := json.Unmarshal(out, &after); err != nil {
			t.Fatalf("%s became %s: %v", b, out, err)
		}
		text, _ := json.Marshal(after)
		if strings.Contains(string(text), "very-secret-token") {
			t.Fatalf("%s still tells it: %s", b, out)
		}
	})
}
