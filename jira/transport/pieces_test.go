package transport

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestPieces: a secret is found wherever it stands in data, as a whole alone.
func TestPieces(t *testing.T) {
	secrets := []string{"hunter2-marker", "exactly8", "Ym90OmV4YWN0bHk4"}
	set := newPieceSet(secrets)
	text := strings.Repeat(`{"a":"https://example.org/exactly7","b":"hunter2-marke"},`, 5)
	if set.standIn([]byte(text)) {
		t.Error("a part of a secret is taken for one")
	}
	for _, secret := range secrets {
		for at := range len(text) {
			if data := text[:at] + secret + text[at:]; !set.standIn([]byte(data)) {
				t.Fatalf("%s is not found at %d", secret, at)
			}
		}
		if !set.standIn([]byte(secret)) {
			t.Errorf("%s alone is not found", secret)
		}
	}
	none := newPieceSet(nil)
	if none.standIn([]byte(text)) {
		t.Error("something is found where there is no secret")
	}
}

// FuzzPieces: what is found is what a plain search finds.
func FuzzPieces(f *testing.F) {
	f.Add([]byte(`{"a":"secretly"}`), "secretly")
	f.Add([]byte("aaaaaaaaaaaaaab"), "aaaaaaab")
	f.Fuzz(func(t *testing.T, data []byte, secret string) {
		if len(secret) < certain {
			return
		}
		set := newPieceSet([]string{secret})
		if got, want := set.standIn(data), bytes.Contains(data, []byte(secret)); got != want {
			t.Errorf("%q in %q: %v, want %v", secret, data, got, want)
		}
	})
}

// TestEscapedSecrets: a secret that is written with escapes goes out of its text, wherever that stands among others, and
// the texts around it stay as they were written.
func TestEscapedSecrets(t *testing.T) {
	s := newScrubber(Config{Password: "hunter2-marker"})
	for text, want := range map[string]string{
		`{"a":"x","b":"hunter2\u002dmarker","c":"a\\\"b","d":"y"}`: `{"a":"x","b":"…","c":"a\\\"b","d":"y"}`,
		`["a\\","hunter2\u002dmarker"]`:                            `["a\\","…"]`,
		`["\"hunter2\u002dmarker\"","\n"]`:                         `["\"…\"","\n"]`,
		`["hunter2-marker","\\"]`:                                  `["…","\\"]`,
		`["\u0068unter2-marker\u0068unter2-marker"]`:               `["……"]`,
		`["open\`: `["open\`,
		`\`:       `\`,
	} {
		if got := string(s.scrubAnswer([]byte(text))); got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
}

// TestScannedInParts: an answer is counted the same in whatever parts it comes.
func TestScannedInParts(t *testing.T) {
	const text = `{"a short":[1,22.5e3,"\"\\\u00e9","` + "a text that is longer than others are, with \\\" in it" +
		`",{"b":null}],"c":{"d":["e","f"]}}  `
	var whole scanner
	if err := whole.readBytes([]byte(strings.Repeat(text, 20))); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var parts scanner
		for rest := []byte(strings.Repeat(text, 20)); len(rest) > 0; {
			n := min(len(rest), 1+random.IntN(40))
			if err := parts.readBytes(slices.Clone(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if parts != whole {
			t.Fatalf("%+v, whole %+v", parts, whole)
		}
	}
	if whole.depth != 0 || whole.objects != 20*5 || whole.inText {
		t.Errorf("%+v", whole)
	}
}
