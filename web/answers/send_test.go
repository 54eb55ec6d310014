package answers

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestStalledViewer: a viewer who takes nothing is given up; one who takes slowly gets all of it.
func TestStalledViewer(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for a viewer who takes nothing")
	}
	for name, reads := range map[string]bool{"stalled": false, "slow": true} {
		ended := make(chan error, 1)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			out := newPieceWriter(w)
			out.stalled = 2 * time.Second
			_, err := out.Write(make([]byte, 16<<20))
			ended <- err
		}))
		res, err := http.Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		if reads {
			buf := make([]byte, 64<<10)
			for {
				if _, err := res.Body.Read(buf); err != nil {
					break
				}
			}
		}
		if err := <-ended; (err == nil) != reads {
			t.Errorf("%s: %v", name, err)
		}
		res.Body.Close()
		server.Close()
	}
}
