package transport

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
)

// TestLargeAnswersTakeMemoryOnce: where the last answer of an endpoint was large, the next one takes much less
// memory, also when that of the last one was given back meanwhile; after a small one nothing is taken ahead.
func TestLargeAnswersTakeMemoryOnce(t *testing.T) {
	answer := []byte(`{"timeZone":"` + strings.Repeat("x", 1<<19) + `","a":"` + strings.Repeat("y", 1<<19) + `","b":"` +
		strings.Repeat("z", 1<<19) + `"}`)
	given := answer
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(given)
	}))
	defer server.Close()
	client, err := New(Config{URL: server.URL, Dialect: Cloud})
	if err != nil {
		t.Fatal(err)
	}
	took := func() int {
		t.Helper()
		runtime.GC()
		runtime.GC() // a pool holds what was given back until the second one
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := getAccount(t, client); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return int(after.TotalAlloc - before.TotalAlloc)
	}
	first := took()
	again := took()
	// Memory that grows step by step is taken twice at least; the race detector doubles both.
	if again*5 > first*3 || again > first-len(answer) {
		t.Errorf("an answer of %d bytes took %d at first and %d again, want three fifths at most", len(answer), first,
			again)
	}
	given = bytes.Clone([]byte(`{"timeZone":"UTC"}`))
	took()
	if small := took(); small > len(answer)/2 {
		t.Errorf("a small answer took %d bytes", small)
	}
}
