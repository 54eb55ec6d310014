package sync

import (
	"net/http"
	"strings"
	"testing"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// each calls for every object of a list in an answer.
func each(body map[string]any, list string, do func(map[string]any)) {
	all, _ := body[list].([]any)
	for _, x := range all {
		do(x.(map[string]any))
	}
}

// TestToldLess: what is kept of an issue and is not sent with it any more stays, and is told until it is sent again:
// entries of its history, values of its fields.
func TestToldLess(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes parts out of every answer")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	fewer := func(list any) any {
		var out []any
		for n, x := range list.([]any) {
			if n%2 == 0 {
				out = append(out, x)
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		source agile.Source
		code   agile.GapCode
		change map[string]func(body map[string]any) // by the end of a path
	}{
		"every second entry": {agile.SourceHistories, agile.GapShrunk, map[string]func(map[string]any){
			"changelog/bulkfetch": func(body map[string]any) {
				each(body, "issueChangeLogs",
					func(l map[string]any) { l["changeHistories"] = fewer(l["changeHistories"]) })
			},
			"/search": func(body map[string]any) {
				each(body, "issues", func(i map[string]any) {
					if log, ok := i["changelog"].(map[string]any); ok {
						log["histories"] = fewer(log["histories"])
						log["total"] = len(log["histories"].([]any))
					}
				})
			}}},
		"no history": {agile.SourceHistories, agile.GapShrunk, map[string]func(map[string]any){
			"changelog/bulkfetch": func(body map[string]any) { body["issueChangeLogs"] = []any{} },
			"/search": func(body map[string]any) {
				each(body, "issues", func(i map[string]any) {
					i["changelog"] = map[string]any{"total": 0,
						"histories": []any{}}
				})
			}}},
		"no estimates": {agile.SourceValues, agile.GapMissing, map[string]func(map[string]any){
			"issue/bulkfetch": func(body map[string]any) {
				each(body, "issues", func(i map[string]any) {
					delete(i["fields"].(map[string]any),
						"customfield_10036")
				})
			},
			"/search": func(body map[string]any) {
				each(body, "issues", func(i map[string]any) {
					delete(i["fields"].(map[string]any),
						"customfield_10036")
				})
			}}},
	} {
		for dialect, options := range dialectsOf(t) {
			r := newRig(t, synctest.DemoSite(t), conf)
			less := false
			r.between(
				t,
				string(jirasim.DemoScenario()),
				options,
				func(req *http.Request, _ []byte, a *synctest.Answer) {
					for end, change := range c.change {
						if less && strings.HasSuffix(req.URL.Path, end) {
							a.Edit(t, change)
						}
					}
				},
			)
			want := synctest.Export(t, r.collect(t, conf))
			less = true
			if _, err := r.reader.Collect(t.Context(), true); err != nil {
				t.Fatal(err)
			}
			if got := synctest.Export(t, r.kept(t, conf)); got != want {
				t.Errorf("%s, %s: %s", dialect, name, synctest.FirstDifference(got, want))
			}
			if gaps := gapsOf(t, r, conf); !has(gaps, c.source, c.code) {
				t.Errorf("%s, %s: not told: %+v", dialect, name, gaps)
			}
			less = false
			if got := synctest.Export(t, r.collect(t, conf)); got != want {
				t.Errorf("%s, %s: afterwards %s", dialect, name, synctest.FirstDifference(got, want))
			}
			if _, err := r.reader.Collect(t.Context(), true); err != nil {
				t.Fatal(err)
			}
			if gaps := gapsOf(t, r, conf); len(gaps) > 0 {
				t.Errorf("%s, %s: still told: %+v", dialect, name, gaps)
			}
		}
	}
}
