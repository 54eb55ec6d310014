package answers

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestComputing: who is to know of it is told when an answer begins to be computed and when it ends, one by a fault of
// the program too; of an answer that is given again nobody is.
func TestComputing(t *testing.T) {
	begun, ended := 0, 0
	shared := NewShared(Events{
		Version:   func(context.Context) (string, error) { return "1", nil },
		Computing: func() func() { begun++; return func() { ended++ } },
		Faulty: func(w http.ResponseWriter, _ *http.Request, _ any) {
			w.WriteHeader(http.StatusInternalServerError)
		},
		Answered: func(*http.Request) {},
	})
	handler := shared.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if begun != ended+1 {
			t.Errorf("%s: told of %d beginnings and %d ends", r.URL.Path, begun, ended)
		}
		if r.URL.Path == "/fault" {
			panic("a fault")
		}
		_, _ = w.Write([]byte("figures"))
	}))
	for _, path := range []string{"/", "/", "/fault"} {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	if begun != 2 || ended != 2 {
		t.Errorf("two computations: told of %d beginnings and %d ends", begun, ended)
	}
}

// TestPackingIsComputing: who is to know when an answer is ready is told when it is compressed, where its viewer takes
// that; one who does not does not wait for it.
func TestPackingIsComputing(t *testing.T) {
	for _, accepts := range []string{"", "gzip"} {
		var one *Answer
		told := false
		shared := NewShared(Events{
			Version: func(context.Context) (string, error) { return "1", nil },
			Computing: func() func() {
				return func() {
					told = true
					if packed := one.packed != nil; packed != (accepts == "gzip") {
						t.Errorf("accepting %q: packed when it is told to be ready: %v", accepts, packed)
					}
				}
			},
			Answered: func(*http.Request) {},
		})
		handler := shared.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			one, _ = w.(*Answer)
			_, _ = w.Write(make([]byte, 10*worthPacking))
		}))
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.Header.Set("Accept-Encoding", accepts)
		got := httptest.NewRecorder()
		handler.ServeHTTP(got, request)
		if packed := got.Header().Get("Content-Encoding") == "gzip"; !told || packed != (accepts == "gzip") {
			t.Errorf("accepting %q: told %v, sent packed: %v", accepts, told, packed)
		}
	}
}
