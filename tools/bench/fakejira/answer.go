package fakejira

import (
	"bufio"
	"encoding/json"
	"net/http"
	"sync"
)

// answer is the body of a large answer, written as it is put together out of what was rendered before.
type answer struct {
	to   *bufio.Writer
	size int64
}

func newAnswer(w http.ResponseWriter) *answer {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	return &answer{to: bufio.NewWriterSize(w, 256<<10)}
}

func (a *answer) writeText(s string) {
	n, _ := a.to.WriteString(s)
	a.size += int64(n)
}

func (a *answer) writeBytes(b []byte) {
	n, _ := a.to.Write(b)
	a.size += int64(n)
}

func (a *answer) writeComma(n int) {
	if n > 0 {
		a.writeText(",")
	}
}

// finishAnswer writes what is left and returns the size of all.
func (a *answer) finishAnswer() int64 {
	_ = a.to.Flush()
	return a.size
}

// counts are how often each place was asked since they were last told.
type counts struct {
	mu     sync.Mutex
	places map[string]int
	bytes  int64 // of issues and histories
}

func (c *counts) countRequest(place string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.places == nil {
		c.places = map[string]int{}
	}
	c.places[place]++
}

func (c *counts) countBytes(n int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bytes += n
}

// Counts is what was asked since it was last told.
type Counts struct {
	Requests int            `json:"requests"`
	Places   map[string]int `json:"places"`
	Bytes    int64          `json:"bytes"` // of issues and histories
}

func (c *counts) takeCounts() Counts {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := Counts{Places: c.places, Bytes: c.bytes}
	for _, n := range c.places {
		out.Requests += n
	}
	c.places, c.bytes = nil, 0
	return out
}

func (s *Site) tellCounts(w http.ResponseWriter, _ *http.Request) {
	_ = json.NewEncoder(w).Encode(s.counts.takeCounts())
}
