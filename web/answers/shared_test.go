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
