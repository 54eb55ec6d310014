package sync

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/store/places"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// options serve a story as of its clock with trouble on demand.
func options(fault func(*http.Request) *jirasim.Fault) jirasim.Options {
	return jirasim.Options{Email: "bot@example.org", Token: "token", Fault: fault}
}

// restart closes the store, as the end of a process does, and opens it with a new bot.
func (r *rig) restart(t *testing.T) {
	t.Helper()
	r.reader.Store.Close()
	s, err := places.Open(t.Context(), r.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r.reader = &Reader{
		Jira:  r.reader.Jira,
		Store: s,
		Teams: r.reader.Teams,
		Chunk: r.reader.Chunk,
		Now:   time.Now,
		Log:   slog.New(slog.DiscardHandler),
	}
}

// stopAtRequest reads a site until it is asked for something for the nth time, at which the reading is stopped, and
// opens the store anew.
func (r *rig) stopAtRequest(t *testing.T, site *jirasim.Site, nth int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	asked := 0
	r.serve(t, site, options(func(*http.Request) *jirasim.Fault {
		asked++
		if asked == nth {
			cancel()
		}
		return nil
	}))
	if _, err := r.reader.Collect(ctx, false); !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped at request %d: %v", nth, err)
	}
	r.restart(t)
}

// TestStoppedAtEachRequest: a first reading that is stopped at any of its requests and begun again ends
// with what an uninterrupted one ends with, and asks no issue twice that was kept.
func TestStoppedAtEachRequest(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	whole := newRig(t, synctest.DemoSite(t), conf)
	whole.reader.Chunk = 7
	want := synctest.Export(t, whole.collect(t, conf))
	total := len(whole.sim.Requests())
	chunks := whole.sim.Counts()["POST /rest/api/3/issue/bulkfetch"]
	if chunks < 3 {
		t.Fatalf("%d chunks are too few to stop between", chunks)
	}
	synctest.EachStop(t, total, func(t *testing.T, stop int) {
		r := newRig(t, synctest.DemoSite(t), conf)
		r.reader.Chunk = 7
		r.stopAtRequest(t, synctest.DemoSite(t), stop)
		if got := synctest.Export(t, r.collect(t, conf)); got != want {
			t.Fatalf("stopped at request %d, then gone on: %s", stop, synctest.FirstDifference(got, want))
		}
		if n := r.sim.Counts()["POST /rest/api/3/issue/bulkfetch"]; n > chunks+1 {
			t.Errorf("stopped at request %d: %d chunks were asked for in all, %d hold everything", stop, n, chunks)
		}
	})
}

// TestReadAnewStoppedAtEachRequest: a Jira gets a field that counts, so that everything is read anew, while its clock
// stands still. Such a reading that is stopped at any of its requests and begun again ends with what an uninterrupted
// one ends with: what was kept before the field came does not count as read.
func TestReadAnewStoppedAtEachRequest(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	story := func(field, estimate, weight string) *jirasim.Site {
		text := "-- site --\nzone UTC\nclock 2026-11-17T14:00:00+00:00\n" + field +
			"-- board 1 scrum K \"K\" --\n" + estimate + "column \"To Do\": open\ncolumn \"Done\": done\n" +
			"-- sprints --\n1 \"S1\" 2026-11-09 09:30 .. 2026-11-20 17:00 board=1\n"
		for n := range 30 {
			text += fmt.Sprintf("-- K-%d Story \"story\" --\n2026-11-06 10:00 created sprint=1%s\n", n+1, weight)
		}
		return synctest.StorySite(t, text)
	}
	before := func() *jirasim.Site { return story("", "", "") }
	after := func() *jirasim.Site {
		return story("-- fields --\nweight customfield_10099 number \"Weight\"\n", "estimate customfield_10099\n",
			" weight=3")
	}
	conf := synctest.Team("K", 1)
	begin := func(t *testing.T) *rig {
		r := newRig(t, before(), conf)
		r.reader.Chunk = 7
		r.collect(t, conf)
		r.serve(t, after(), options(nil))
		return r
	}
	whole := begin(t)
	want := synctest.Export(t, whole.collect(t, conf))
	if !strings.Contains(want, "sprint.commitment{project=K,sprint=S1} 90.0") {
		t.Fatalf("30 stories of 3 do not add up to 90:\n%s", want)
	}
	synctest.EachStop(t, len(whole.sim.Requests()), func(t *testing.T, stop int) {
		r := begin(t)
		r.stopAtRequest(t, after(), stop)
		if got := synctest.Export(t, r.collect(t, conf)); got != want {
			t.Fatalf("stopped at request %d, then gone on: %s", stop, synctest.FirstDifference(got, want))
		}
	})
}

// TestJiraTroubles: whatever a Jira does, the reading ends with an error that says so, nothing that was
// known is lost, the page can tell since when the team is behind, and the next reading mends it.
func TestJiraTroubles(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it plays a first reading for each trouble")
	}
	status := func(code int) *jirasim.Fault {
		return &jirasim.Fault{
			Status: code,
			Body:   `{"errorMessages":["no"],"errors":{}}`,
			Header: http.Header{"Content-Type": {"application/json"}},
		}
	}
	on := func(part string, f *jirasim.Fault) func(*http.Request) *jirasim.Fault {
		return func(r *http.Request) *jirasim.Fault {
			if strings.Contains(r.URL.Path, part) {
				return f
			}
			return nil
		}
	}
	for name, c := range map[string]struct {
		fault func(*http.Request) *jirasim.Fault
		says  string // "" where the reading succeeds all the same
	}{
		"limited":         {on("search", status(429)), "429"},
		"failing":         {on("bulkfetch", status(503)), "503"},
		"gone":            {on("", status(502)), "502"},
		"password":        {on("", status(401)), "jira.password"},
		"cut bodies":      {on("bulkfetch", &jirasim.Fault{Cut: 300}), "breaks off"},
		"wrong shape":     {on("bulkfetch", &jirasim.Fault{Status: 200, Body: `{"issues":{"a":1}}`}), "another shape"},
		"a login page":    {on("search", &jirasim.Fault{Status: 200, Body: `<html>log in</html>`}), "no JSON"},
		"not even a list": {on("changelog", &jirasim.Fault{Status: 200, Body: `[]`}), "another shape"},
		"repeated tokens": {on("search", &jirasim.Fault{PageSize: 2, RepeatToken: true}), "twice"},
		"a day's limit": {on("search", &jirasim.Fault{Status: 429, Header: http.Header{"Retry-After": {"86400"}},
			Body: "{}"}), "429"},
		"an error page": {on("bulkfetch", &jirasim.Fault{Status: 500, Body: "<html>oops</html>"}), "500"},
		"the proxy's":   {on("search", &jirasim.Fault{Status: 504, Body: "<html>timeout</html>"}), "504"},
		"slow":          {on("", &jirasim.Fault{Delay: time.Millisecond}), ""},
		"wrong list":    {on("search", &jirasim.Fault{Status: 200, Body: `{"issues":[{"id":"ten"}]}`}), "the id"},
		"empty answers": {on("bulkfetch", &jirasim.Fault{Status: 200, Body: `{"issues":[]}`}), "sends none of them"},
		"null answers":  {on("search", &jirasim.Fault{Status: 200, Body: `null`}), "no JSON"},
		"no worklogs":   {on("worklog/updated", status(500)), "500"},
		// a list that does not advance is left: time logged is read issue by issue
		"worklog lies": {on("worklog/updated", &jirasim.Fault{Status: 200,
			Body: `{"values":[{"worklogId":1}],"until":0,"lastPage":false}`}), ""},
		"no sprints":       {on("/sprint", status(403)), "403"},
		"short pages":      {on("search", &jirasim.Fault{PageSize: 3}), ""},
		"an excused issue": {on("bulkfetch", &jirasim.Fault{IssueErrors: []int64{10003}}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			survive(t, c.fault, c.says)
		})
	}
}

func survive(t *testing.T, fault func(*http.Request) *jirasim.Fault, says string) {
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	before := synctest.Export(t, r.collect(t, conf))
	r.serve(t, synctest.DemoSite(t), options(fault))
	_, err := r.reader.Collect(t.Context(), true)
	switch {
	case says == "" && err != nil:
		t.Fatalf("this is no trouble: %v", err)
	case says != "" && (err == nil || !strings.Contains(err.Error(), says)):
		t.Fatalf("the error must say %q: %v", says, err)
	}
	h, err := r.reader.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatalf("what was known must stay: %v", err)
	}
	if got := synctest.Export(t, measure.Of(h)); got != before {
		t.Errorf("the trouble changed what is known: %s", synctest.FirstDifference(got, before))
	}
	state, err := r.reader.Store.Teams.State(t.Context(), conf.Name)
	if err != nil || says != "" && (state.Behind.IsZero() || !strings.Contains(state.Why, says)) {
		t.Errorf("the team must be told behind since when and why: %v %q %v", state.Behind, state.Why, err)
	}
	r.serve(t, synctest.DemoSite(t), options(nil))
	if got := synctest.Export(t, r.collect(t, conf)); got != before {
		t.Errorf("after the trouble: %s", synctest.FirstDifference(got, before))
	}
	if state, err = r.reader.Store.Teams.State(t.Context(), conf.Name); err != nil || !state.Behind.IsZero() {
		t.Errorf("the team is still told behind: %v %v", state.Behind, err)
	}
}

// TestStaleIndex: a search that lags behind by ten minutes, and shows an issue as it was, loses nothing.
func TestStaleIndex(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r, c := livingRig(t, synctest.LivingStory, conf)
	at := time.Date(2026, 10, 6, 8, 5, 0, 0, time.UTC) // five minutes after K8S-2 was begun
	c.Set(at.Add(-time.Hour))
	r.collect(t, conf)
	story, err := jirasim.LoadScenario("story", []byte(synctest.LivingStory))
	if err != nil {
		t.Fatal(err)
	}
	lagging := options(nil)
	lagging.Now = func() time.Time { return c.Now().Add(-10 * time.Minute) }
	r.serve(t, story, lagging)
	c.Set(at)
	r.collect(t, conf) // the index does not know yet
	fresh := options(nil)
	fresh.Now = c.Now
	r.serve(t, story, fresh)
	c.Set(at.Add(10 * time.Minute))
	got := synctest.Export(t, r.collect(t, conf))
	other, clock := livingRig(t, synctest.LivingStory, conf)
	clock.Set(c.Now())
	if want := synctest.Export(t, other.collect(t, conf)); got != want {
		t.Error(synctest.FirstDifference(got, want))
	}
}

// TestLostPermission: where half of a project is gone at once, a permission was lost rather: what is
// known stays.
func TestLostPermission(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	before := synctest.Export(t, r.collect(t, conf))
	r.serve(t, synctest.DemoSite(t), options(func(req *http.Request) *jirasim.Fault {
		if strings.Contains(req.URL.Path, "search") {
			return &jirasim.Fault{Status: 200, Body: `{"issues":[],"isLast":true}`}
		}
		return nil
	}))
	if _, err := r.reader.Collect(t.Context(), true); err == nil || !strings.Contains(err.Error(), "lists no issue") {
		t.Fatalf("a project without issues is no trouble: %v", err)
	}
	h, err := r.reader.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	if got := synctest.Export(t, measure.Of(h)); got != before {
		t.Errorf("issues that are not listed were forgotten: %s", synctest.FirstDifference(got, before))
	}
}

// TestOneIssueInTrouble: one issue that Jira refuses again and again is left as it is known; all others go on, and
// it is read when Jira lets it.
func TestOneIssueInTrouble(t *testing.T) {
	t.Parallel()
	a, b := synctest.Team("AA", 1), synctest.Team("BB", 2)
	for name, fault := range map[string]func(id int64) *jirasim.Fault{
		"refused": func(id int64) *jirasim.Fault { return &jirasim.Fault{IssueErrors: []int64{id}} },
	} {
		r, c := livingRig(t, twoTeams, a, b)
		r.collect(t, a)
		ids, err := r.reader.Store.Issues.OfProject(t.Context(), r.reader.site.Teams["BB"].Project.ID)
		if err != nil || len(ids) == 0 {
			t.Fatal(ids, err)
		}
		faulty(t, r, c, twoTeams, onlyAt("bulkfetch", fault(ids[0])))
		for hour := range 3 {
			c.Set(time.Date(2026, 10, 7, 9+hour, 30, 0, 0, time.UTC))
			if _, err := r.reader.Collect(t.Context(), false); hour == 0 && err != nil {
				t.Fatalf("%s: one issue's trouble became that of all: %v", name, err)
			}
		}
		faulty(t, r, c, twoTeams, nil)
		same(t, r, c.Now(), twoTeams, a, a, b)
	}
}
