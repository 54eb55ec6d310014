package scrub

import (
	"encoding/base64"
	"encoding/json"
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

// TestShortestSecrets: a secret of four characters goes out of messages, and one of eight out of data; what is shorter
// may be a word.
func TestShortestSecrets(t *testing.T) {
	for password, want := range map[string][2]string{
		"abc":      {"it is abc", "it is abc"},
		"abcd":     {"it is …", "it is abcd"},
		"abcdefg":  {"it is …", "it is abcdefg"},
		"abcdefgh": {"it is …", "it is …"},
	} {
		s := New(Login{Token: password})
		if got := [2]string{s.Message("it is " + password), s.scrubData("it is " + password)}; got != want {
			t.Errorf("%s: message and data are %q, want %q", password, got, want)
		}
	}
}

// TestLongestSecretFirst: of two secrets of which one begins the other the longer one goes first; else its rest would
// stay.
func TestLongestSecretFirst(t *testing.T) {
	for user, password := range map[string]string{"anna": "anna1x9", "zoe-m": "1-zoe-m"} {
		s := New(Login{Username: user, Password: password})
		if got := s.Message("login of " + user + " with " + password); got != "login of … with …" {
			t.Errorf("%s, %s: %s", user, password, got)
		}
	}
}

// TestLoginForms: the pair of a basic login is a secret in the form in which it is sent, as far as there is one.
func TestLoginForms(t *testing.T) {
	f := func(login Login, text, want string) {
		t.Helper()
		if got := New(login).Message(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	basic := base64.StdEncoding.EncodeToString
	f(Login{Token: "12345678"}, "Basic "+basic([]byte(":")), "Basic Og==")
	f(Login{}, "Basic "+basic([]byte(":")), "Basic Og==")
	f(Login{Username: "robot"}, "Basic "+basic([]byte("robot:")), "Basic …")
	f(Login{Password: "abc"}, "Basic "+basic([]byte(":abc")), "Basic …")
	f(Login{Username: "robot", Password: "abc"}, "Basic "+basic([]byte("robot:abc")), "Basic …")
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

// TestScrubEscapes: a secret that is written with escapes goes out of every text of an answer, whatever stands beside
// it; all else stays as it is written.
func TestScrubEscapes(t *testing.T) {
	s := New(Login{Token: "very-secret-token"})
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
		if got := string(s.Answer([]byte(answer))); got != want {
			t.Errorf("%s becomes %s, want %s", answer, got, want)
		}
	}
}

// FuzzScrubAnswer: taking credentials out of an answer leaves JSON that is JSON, and no text that holds them.
func FuzzScrubAnswer(f *testing.F) {
	f.Add([]byte(`{"a":"x very-secret-token y","b":["\u0076ery-secret-token",1]}`))
	f.Add([]byte(`["\\very-secret-token\"","\\`))
	s := New(Login{Token: "very-secret-token"})
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after any
		valid := json.Unmarshal(b, &before) == nil
		out := s.Answer(b)
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

// TestWorkedExample: the texts of the room's example.
func TestWorkedExample(t *testing.T) {
	s := New(Login{Token: "very-secret-token"})
	for text, want := range map[string]string{"got very-secret-token": "got …", "cut: very-secr": "cut: …"} {
		if got := s.Message(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestFormerToken: when a token is renewed the one of before is taken out too, for answers to it may be under way.
func TestFormerToken(t *testing.T) {
	s := New(Login{ClientSecret: "a-secret-of-a-client"})
	s.AddSecret("the-first-token")
	s.AddSecret("another-2nd-one")
	const text = "the-first-token, another-2nd-one, a-secret-of-a-client"
	if got := s.Message(text); got != "…, …, …" {
		t.Errorf("a message says %q", got)
	}
	if got := string(s.Answer([]byte(`["` + text + `"]`))); got != `["…, …, …"]` {
		t.Errorf("an answer holds %s", got)
	}
}
