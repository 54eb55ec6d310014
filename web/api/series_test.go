package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/series"
)

// manySeries are packed series of a hundred points each.
func manySeries(n int) *series.Pack {
	var out series.Pack
	for i := range n {
		one := series.Series{Class: "class", Labels: map[string]string{"n": fmt.Sprint(i)}}
		for p := range 100 {
			one.Add(time.Unix(int64(p), 0), series.Long(int64(p)))
		}
		out.Add(one)
	}
	return &out
}

// pieces keeps what is written and how long the longest piece of it was.
type pieces struct {
	all     strings.Builder
	largest int
}

func (p *pieces) Write(text []byte) (int, error) {
	p.largest = max(p.largest, len(text))
	return p.all.Write(text)
}

// TestSeriesMemory: what a stream needs does not grow with what it sends.
func TestSeriesMemory(t *testing.T) {
	answer := longAnswerOf(manySeries(3000))
	if most := 3000 * 100 * 16; answer.Weight > most {
		t.Errorf("%d bytes are held while it is sent, want at most %d", answer.Weight, most)
	}
	sent := &pieces{}
	if err := answer.Write(sent); err != nil {
		t.Fatal(err)
	}
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(sent.all.String()), &list); err != nil || len(list) != 3000 {
		t.Fatalf("%d series, %v", len(list), err)
	}
	if sent.largest > sent.all.Len()/100 {
		t.Errorf("a piece of %d bytes of %d", sent.largest, sent.all.Len())
	}
}
