package answers

import (
	"hash/fnv"
	"net/http"
	"strings"
	"sync"
)

// cache remembers what was answered as of one version. Pages and figures depend on nothing but the store and the
// address, so the same question has the same answer until something is written.
type cache struct {
	mu      sync.Mutex
	version string
	kept    map[string]*Answer
	size    int
}

// The most bytes of answers that are remembered, and of a single one of them.
const (
	mostKept      = 32 << 20
	mostKeptOfOne = 8 << 20
)

func (c *cache) findAnswer(version string, question string) *Answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != version {
		return nil
	}
	return c.kept[question]
}

func (c *cache) keepAnswer(version string, question string, one *Answer) {
	cost := one.body.Len()*5/4 + one.weight + len(question) // a quarter for what is packed
	if cost > mostKeptOfOne {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != version || c.kept == nil || c.size+cost > mostKept {
		c.version, c.kept, c.size = version, map[string]*Answer{}, 0
	}
	c.kept[question] = one
	c.size += cost
}

// canonicalQuestion is what a request asks, written in one way: with its parameters in order.
func canonicalQuestion(r *http.Request) string {
	return r.URL.EscapedPath() + "?" + r.URL.Query().Encode()
}

func hashOf(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash takes everything
	return h.Sum64()
}

// tagFor is the tag of the form that is sent: what is packed is another one.
func tagFor(tag string, packed bool) string {
	if packed {
		return strings.TrimSuffix(tag, `"`) + `-gz"`
	}
	return tag
}

// viewerHas tells whether the viewer has the form with a tag already.
func viewerHas(r *http.Request, tag string) bool {
	for _, line := range r.Header.Values("If-None-Match") {
		for have := range strings.SplitSeq(line, ",") {
			if strings.TrimPrefix(strings.TrimSpace(have), "W/") == tag {
				return true
			}
		}
	}
	return false
}
