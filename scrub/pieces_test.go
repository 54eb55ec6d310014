package scrub

import (
	"bytes"
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

// TestEscapedSecrets: a secret that is written with escapes goes out of its text, wherever that stands among others,
// and the texts around it stay as they were written.
func TestEscapedSecrets(t *testing.T) {
	s := New(Login{Password: "hunter2-marker"})
	for text, want := range map[string]string{
		`{"a":"x","b":"hunter2\u002dmarker","c":"a\\\"b","d":"y"}`: `{"a":"x","b":"…","c":"a\\\"b","d":"y"}`,
		`["a\\","hunter2\u002dmarker"]`:                            `["a\\","…"]`,
		`["\"hunter2\u002dmarker\"","\n"]`:                         `["\"…\"","\n"]`,
		`["hunter2-marker","\\"]`:                                  `["…","\\"]`,
		`["\u0068unter2-marker\u0068unter2-marker"]`:               `["……"]`,
		`["open\`: `["open\`,
		`\`:       `\`,
	} {
		if got := string(s.Answer([]byte(text))); got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
}

// BenchmarkScrub takes credentials out of such an answer, in which none stands.
func BenchmarkScrub(b *testing.B) {
	const issue = `{"id":"10007","key":"K8S-7",` +
		`"self":"https://example.atlassian.net/rest/api/3/issue/10007","fields":` +
		`{"summary":"Certificates \"expire\" at night","customfield_10016":5.0,"labels":["a","b"],"status":{"id":"3",` +
		`"name":"In Progress","iconUrl":"https://example.atlassian.net/images/icons/statuses/inprogress.png"},` +
		`"customfield_10020":[{"id":21,"name":"Sprint 21","state":"closed","boardId":1}],"parent":null,"flag":false}},`
	text := []byte("[" + strings.Repeat(issue, 1000) + "{}]")
	s := New(Login{Username: "jira.bot@example.org", Password: "ATATT3xFfGF0aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"})

	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.Answer(text)
	}
}
