package sync

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// warped serves a simulated Jira of which one answer is changed while it is told.
func (r *rig) warped(t *testing.T, site *jirasim.Site, suffix string, warp func(answer map[string]any)) {
	t.Helper()
	sim := jirasim.NewServer(site, options(nil))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !strings.HasSuffix(req.URL.Path, suffix) {
			sim.ServeHTTP(w, req)
			return
		}
		rec := httptest.NewRecorder()
		sim.ServeHTTP(rec, req)
		decoder := json.NewDecoder(bytes.NewReader(rec.Body.Bytes()))
		decoder.UseNumber()
		var answer map[string]any
		if err := decoder.Decode(&answer); err != nil {
			t.Error(err)
		}
		warp(answer)
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	r.reader.Jira = synctest.NewClient(t, server.URL)
}

// TestWrongTypes: whatever one issue holds in place of a value, the others are read, what was known of that one stays
// and is told, and it is read as soon as it can be.
func TestWrongTypes(t *testing.T) {
	if testing.Short() {
		t.Skip("it changes the type of every value")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	site := synctest.DemoSite(t)
	r := newRig(t, site, conf)
	before := synctest.Export(t, r.collect(t, conf))
	for _, name := range []string{"id", "key", "fields", "created", "summary", "status", "issuetype", "project",
		"labels", "customfield_10020", "customfield_10036"} {
		for _, wrong := range []any{true, []any{true}, map[string]any{"a": true}} {
			hit := 0
			r.warped(t, site, "/issue/bulkfetch", func(answer map[string]any) {
				for n, i := range answer["issues"].([]any) {
					one := i.(map[string]any)
					fields := one["fields"].(map[string]any)
					switch {
					case n%3 != 0:
					case one[name] != nil:
						one[name] = wrong
						hit++
					case fields[name] != nil:
						fields[name] = wrong
						hit++
					}
				}
			})
			place := fmt.Sprintf("%s %v", name, wrong)
			if _, err := r.reader.Collect(t.Context(), true); err != nil || hit == 0 {
				t.Errorf("%s: in %d issues: %v", place, hit, err)
			}
			told, err := r.reader.Store.Gaps.OfTeam(t.Context(), conf.Name)
			if err != nil || len(told) != hit && name != "id" { // which issue it is, is not known then
				t.Errorf("%s: %d of %d issues are told: %v", place, len(told), hit, err)
			}
			if got := known(t, r, conf); got != before {
				t.Errorf("%s changes what is known: %s", place, synctest.FirstDifference(got, before))
			}
		}
	}
	r.warped(t, site, "/nowhere", nil)
	if got := synctest.Export(t, r.collect(t, conf)); got != before {
		t.Error(synctest.FirstDifference(got, before))
	}
	if told, err := r.reader.Store.Gaps.OfTeam(t.Context(), conf.Name); err != nil || len(told) > 0 {
		t.Errorf("still told: %v %v", told, err)
	}
}
