package web

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"jerem/access"
	"jerem/testrun"
	"jerem/web/source"
)

// TestLive: who listens at /live is told when a cycle has ended and when a trouble comes, and nothing of what a cycle
// writes meanwhile.
func TestLive(t *testing.T) {
	testrun.SkipInShort(t)
	asked := make(chan []source.Trouble, 1)
	asked <- nil
	s, h := serverOf(t, func(o *Options) {
		o.Live = func() source.Live {
			now := <-asked
			asked <- now
			return source.Live{Troubles: now}
		}
	}, team("Kubernetes", "K8S"))
	server := httptest.NewServer(h)
	defer server.Close()
	res, err := http.Get(server.URL + "/live")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	told := func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return data
			}
		}
		return ""
	}
	first := told()
	if err := s.teams.Store.Teams.SetBehind(t.Context(), "Nobody", time.Now(), "writes of a cycle"); err != nil {
		t.Fatal(err)
	}
	if now, err := s.teams.Shown(t.Context()); err != nil || now != first {
		t.Errorf("a write within a cycle is told: %s, %v; it was %s", now, err, first)
	}
	s.teams.Store.Sharing.Settle(t.Context())
	second := told()
	if second == "" || second == first {
		t.Errorf("after a cycle %q is told, before it %q", second, first)
	}
	<-asked
	asked <- []source.Trouble{{Part: source.PartReading, Why: "jira.example does not answer"}}
	if third := told(); third == "" || third == second {
		t.Errorf("with a trouble %q is told, without it %q", third, second)
	}
}

// TestLiveEndsWithToken: a stream ends once the token that opened it is revoked, and leaves its place.
func TestLiveEndsWithToken(t *testing.T) {
	t.Parallel()
	g := newGated(t, func(o *Options, gate *access.Options) {
		o.Ended = nil
		gate.Tokens = &revokedAfter{Tokens: gate.Tokens, left: 1}
	})
	server := httptest.NewServer(g)
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+g.tokens["board"])
	res, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.ReadAll(res.Body); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%d, and the stream lasts on: %v", res.StatusCode, err)
	}
}

// revokedAfter are tokens that are known so many times.
type revokedAfter struct {
	access.Tokens
	mu   sync.Mutex
	left int
}

func (k *revokedAfter) TokenByHash(ctx context.Context, hash string) (access.Token, bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.left--
	if k.left < 0 {
		return access.Token{}, false, nil
	}
	return k.Tokens.TokenByHash(ctx, hash)
}
