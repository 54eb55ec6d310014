package transport

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
)

// TestLargeAnswersTakeMemoryOnce: where the last answer of an endpoint was large, the next one takes about its own size
// of memory, also when the memory of the last one was given back meanwhile; after a small one nothing is taken ahead.
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
	for range 4 { // with the race detector a pool drops by chance what it is given
		again = min(again, took())
	}
	if most := len(answer) * 2; again > most || again > first-len(answer) {
		t.Errorf("an answer of %d bytes took %d at first and %d again, want at most %d", len(answer), first, again, most)
	}
	given = bytes.Clone([]byte(`{"timeZone":"UTC"}`))
	took()
	if small := took(); small > len(answer)/2 {
		t.Errorf("a small answer took %d bytes", small)
	}
}
