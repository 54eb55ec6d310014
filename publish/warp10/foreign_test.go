package warp10

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
	warp10sim "jerem/sim/warp10"
)

// TestForeignSuccess: what answers 200 in place of a platform is believed by no request: a page, JSON, a sentence.
func TestForeignSuccess(t *testing.T) {
	for _, said := range []string{page("Welcome"), "\n <!DOCTYPE html><p>Log in", `{"error":"login required"}`,
		`[{"error":1}]`, "please log in", `{"redirect":"/login"}`} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, said)
		}))
		defer server.Close()
		w := &Sink{URL: server.URL, Token: "t", Tries: 1}
		list := []series.Series{{Class: "a", Points: []series.Point{{Tick: 1}}}}
		standing := func(_ int, err error) error { return err }
		for name, err := range map[string]error{"push": w.Push(t.Context(), list),
			"delete": w.Delete(t.Context(), []series.Range{{Key: "a{}", Stretch: series.Stretch{First: 1, Last: 1}}}),
			"clear":  w.Clear(t.Context(), []string{"A"}), "standing": standing(w.Standing(t.Context(), []string{"A"})),
			"read": second(w.readBack(t.Context(), "t", list[0])),
			"try":  w.Try(t.Context(), "", list[0].Points[0]).Write} {
			if err == nil {
				t.Errorf("%s believes %q", name, said)
			}
		}
	}
}

// TestUnitOfAPage: a page that stands in place of the platform when its unit is asked for tells none, and nothing is
// posted by the configured one.
func TestUnitOfAPage(t *testing.T) {
	platform, away := warp10sim.New(), true
	platform.Unit = 1_000
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if away && strings.HasSuffix(r.URL.Path, "/exec") {
			_, _ = io.WriteString(w, "<html>login")
			return
		}
		platform.ServeHTTP(w, r)
	}))
	defer server.Close()
	w := &Sink{URL: server.URL, Token: warp10sim.Write, Tries: 3}
	list := []series.Series{{Class: "c", Points: []series.Point{{Tick: 1_700_000_000_000_000, Value: series.Long(1)}}}}
	if err := w.Push(t.Context(), list); !problem.Is(err, publish.NotASink) || len(platform.Points()) > 0 {
		t.Errorf("%v, posted %v", err, platform.Points())
	}
	away = false
	if err := w.Push(t.Context(), list); err != nil || platform.Points()[0] != "1700000000000// c{} 1" {
		t.Errorf("%v, posted %v", err, platform.Points())
	}
}
