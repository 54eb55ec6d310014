package transport

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestLargeAnswersTakeMemoryOnce: where the last answer of an endpoint was large, the next one takes much less
// memory, though garbage was collected meanwhile; once that was let go it is taken at once; after a small one nothing
// is.
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
		runtime.GC()
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
	if again > 3*len(answer)/2 { // the answer, made to texts, and no memory to read it into
		t.Errorf("an answer of %d bytes took %d while the memory of the last one is held", len(answer), again)
	}
	client.buffers.forgetBuffer()
	if anew := took(); anew < again+len(answer) {
		t.Errorf("an answer of %d bytes took %d after the memory was let go, %d before", len(answer), anew, again)
	}
	given = bytes.Clone([]byte(`{"timeZone":"UTC"}`))
	took()
	if small := took(); small > len(answer)/2 {
		t.Errorf("a small answer took %d bytes", small)
	}
}

// TestBuffersAreLetGo: the memory of large answers is held while they follow one another, and let go some time after
// the last one, though small ones go on.
func TestBuffersAreLetGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var buffers answerBuffers
		read := func(size int) (reused bool) {
			b := buffers.takeBuffer()
			reused = cap(b.text) > largeAnswer
			b.makeRoom(size)
			b.text = b.text[:size]
			buffers.releaseBuffer(b)
			return reused
		}
		read(2 * largeAnswer)
		for range 3 {
			time.Sleep(reuseFor - time.Second)
			if !read(2 * largeAnswer) {
				t.Error("the memory of the last answer is gone")
			}
		}
		for range int(reuseFor/time.Second) - 1 {
			time.Sleep(time.Second)
			read(10)
		}
		if !read(10) {
			t.Error("it is let go too early")
		}
		time.Sleep(2 * time.Second)
		if read(10) {
			t.Error("it is held although no large answer came")
		}
		read(2 * mostReused)
		if read(10) {
			t.Error("too much is held")
		}
	})
}
