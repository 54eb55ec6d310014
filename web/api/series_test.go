package api

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/series"
	"jerem/web/frame"
)

// manySeries are series of a hundred points each.
func manySeries(n int) []series.Series {
	var out []series.Series
	for i := range n {
		one := series.Series{Class: "class", Labels: map[string]string{"n": fmt.Sprint(i)}}
		for p := range 100 {
			one.Add(time.Unix(int64(p), 0), series.Long(int64(p)))
		}
		out = append(out, one)
	}
	return out
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
	value, err := encodeSeries(manySeries(3000), regexp.MustCompile(""))
	if err != nil {
		t.Fatal(err)
	}
	sent := &pieces{}
	if err := value.(frame.LongAnswer).Write(sent); err != nil {
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
