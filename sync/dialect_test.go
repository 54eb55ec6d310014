package sync

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/measure"
	"jerem/problem"
	jirasim "jerem/sim/jira"
	"jerem/sim/world"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// asDataCenter puts the same site before the bot, played as a Data Center.
func (r *rig) asDataCenter(t *testing.T, site *jirasim.Site, how jirasim.DataCenterOptions, now func() time.Time) {
	t.Helper()
	r.serve(
		t,
		site,
		jirasim.Options{
			Email:      "bot@example.org",
			Token:      "token",
			Now:        now,
			Dialect:    jirasim.DataCenter,
			DataCenter: how,
		},
	)
}

// dataCenters are the ways in which a Data Center is set or differs from version to version: small pages and windows
// make a search go in many steps.
var dataCenters = map[string]jirasim.DataCenterOptions{
	"plain":        {},
	"newest first": {NewestFirst: true},
	"small pages":  {MaxResults: 7},
	"small window": {MaxResults: 10, Window: 25},
	"large pages":  {Window: 20},
	"silent":       {MaxResults: 10, Window: 25, Silent: true},
	"11.3":         {Version: "11.3.1"},
}

// TestDialects: Cloud and Data Center give the same series and the same figures of the same site.
func TestDialects(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads every recorded site in every dialect")
	}
	t.Parallel()
	for name, c := range map[string]struct {
		site *jirasim.Site
		team agile.Team
	}{
		"demo":        {synctest.DemoSite(t), synctest.Team("K8S", 0)},
		"awkward":     {awkwardSite(t), synctest.Team("K8S", 0)},
		"living":      {livingSite(t), synctest.Team("K8S", 0)},
		"devlake":     {synctest.RecordedSite(t, "devlake"), synctest.Team("EE", 8)},
		"jirametrics": {synctest.RecordedSite(t, "jirametrics/site"), synctest.Team("SP", 2)},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := newRig(t, c.site, c.team)
			cloud.serve(t, c.site, jirasim.Options{Email: "bot@example.org", Token: "token", Now: c.site.Last})
			want := told(t, cloud.collect(t, c.team))
			for how, options := range dataCenters {
				t.Run(how, func(t *testing.T) {
					r := newRig(t, c.site, c.team)
					r.asDataCenter(t, c.site, options, c.site.Last)
					if got := told(t, r.collect(t, c.team)); got != want {
						t.Error(synctest.FirstDifference(got, want))
					}
				})
			}
		})
	}
}

// awkwardSite is the living story where the type of epics is renamed, and names and goals of sprints look like the
// texts in which a Data Center puts them.
func awkwardSite(t *testing.T) *jirasim.Site {
	t.Helper()
	story := strings.NewReplacer(`21 "Sprint 21" `, `21 "Sprint [id=22], A,id=5,state=CLOSED" `, `22 "Sprint 22" `,
		`22 "goal=x],id=21" `,
		"closed 2026-10-16 17:12", `closed 2026-10-16 17:12 goal="a, b = c],id=22,"`, " Epic \"", " Theme \"",
		"-- sprints --", "-- types --\n1 \"Theme\" 1\n2 \"Story\" 0\n3 \"Task\" 0\n4 \"Sub-task\" -1\n5 \"Bug\" "+
			"0\n-- sprints --").
		Replace(synctest.LivingStory)
	site, err := jirasim.LoadScenario("awkward", []byte(story))
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func livingSite(t *testing.T) *jirasim.Site {
	t.Helper()
	site, err := jirasim.LoadScenario("living", []byte(synctest.LivingStory))
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// told is all that is known of a team: its series, and every sprint and quarter.
func told(t *testing.T, team *measure.Team) string {
	t.Helper()
	out := synctest.Export(t, team)
	say := func(v any) {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out += "\n" + string(b)
	}
	for _, head := range team.Sprints(team.Now()) {
		sp, err := team.Sprint(head.ID, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		say(sp)
	}
	for _, q := range team.Quarters(team.Now()) {
		name, _ := measure.ParseQuarter(q.Quarter)
		say(team.Quarter(name, team.Now()))
	}
	return out
}

// TestDialectsOfTheWorld: a company of four teams looks the same from both.
func TestDialectsOfTheWorld(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays a company for weeks")
	}
	t.Parallel()
	w := world.New(3)
	site, err := w.Site()
	if err != nil {
		t.Fatal(err)
	}
	cloud, _ := worldRig(t, w, site)
	want := cloud.known(t)
	r, c := worldRig(t, w, site)
	r.asDataCenter(t, site, jirasim.DataCenterOptions{MaxResults: 50, Window: 500, NewestFirst: true}, c.Now)
	for i, got := range r.known(t) {
		if got, want := told(t, got), told(t, want[i]); got != want {
			t.Errorf("team %d: %s", i, synctest.FirstDifference(got, want))
		}
	}
}

// TestDataCenterFollowed: a bot that follows a Data Center in small readings knows what one that reads everything
// knows.
func TestDataCenterFollowed(t *testing.T) {
	if testing.Short() {
		t.Skip("it follows three stories reading by reading")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	for name, x := range map[string]struct {
		story string
		site  *jirasim.Site
		how   jirasim.DataCenterOptions
	}{
		"living": {synctest.LivingStory, livingSite(t), jirasim.DataCenterOptions{MaxResults: 5, Window: 20}},
		"awkward": {synctest.LivingStory, awkwardSite(t), jirasim.DataCenterOptions{MaxResults: 5, Window: 20,
			Silent: true, NewestFirst: true}},
		"demo": {string(jirasim.DemoScenario()), synctest.DemoSite(t), jirasim.DataCenterOptions{Window: 20}},
	} {
		t.Run(name, func(t *testing.T) {
			followRig(t, func(t *testing.T) (*rig, *synctest.Clock) {
				r, c := livingRig(t, x.story, conf)
				r.asDataCenter(t, x.site, x.how, c.Now)
				return r, c
			}, conf)
		})
	}
}

// TestDataCenterQuiet: a quiet cycle over ten projects asks a Data Center as seldom as Cloud.
func TestDataCenterQuiet(t *testing.T) {
	story, teams := tenProjects()
	r, c := livingRig(t, story, teams...)
	site, err := jirasim.LoadScenario("story", []byte(story))
	if err != nil {
		t.Fatal(err)
	}
	r.asDataCenter(t, site, jirasim.DataCenterOptions{}, c.Now)
	quiet(t, r, c)
}

// TestDataCenterLogin: a token logs in where passwords are switched off, and the refusal of a password says so.
func TestDataCenterLogin(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	server := httptest.NewServer(
		jirasim.NewServer(
			synctest.DemoSite(t),
			jirasim.Options{Email: "bot@example.org", Token: "token", Bearer: "pat",
				Dialect: jirasim.DataCenter, DataCenter: jirasim.DataCenterOptions{NoBasic: true}},
		),
	)
	t.Cleanup(server.Close)
	r.reader.Jira = synctest.NewClient(t, server.URL)
	if _, err := r.reader.Collect(t.Context(), false); !problem.Is(err, jira.Unauthorized) ||
		!strings.Contains(err.Error(), "jira.token") {
		t.Errorf("a password where only tokens log in: %v", err)
	}
	client, err := jira.New(jira.Config{URL: server.URL, Token: "pat", Rate: 1000, Pause: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	r.reader.Jira = client
	if team := r.collect(t, conf); len(team.Sprints(team.Now())) == 0 {
		t.Error("nothing was read with a token")
	}
}

// movingStory has thirty issues of a project; at noon of 20 October one of them is deleted, or one comes that was
// created before or after all of them.
func movingStory(deleted bool, comes string) string {
	var story strings.Builder
	story.WriteString("-- site --\nproject OB \"Observability\"\n-- board 1 scrum K8S \"Kubernetes\" --\n")
	for n := 1; n <= 30; n++ {
		fmt.Fprintf(&story, "-- K8S-%d Story \"Work\" --\n2026-10-01 10:%02d created points=1\n", n, n)
		if n == 2 && deleted {
			story.WriteString("2026-10-20 12:00 deleted\n")
		}
	}
	if comes != "" {
		fmt.Fprintf(
			&story,
			"-- OB-1 Story \"Comes\" --\n2026-10-01 %s created\n2026-10-20 12:00 move=K8S-99\n",
			comes,
		)
	}
	return story.String()
}

// TestDataCenterMoves: an issue that is deleted or comes while a search is read moves all that come after it, even
// where the total stays as it was; none of those that were there is lost, and the next reading has the one that came.
// The same where an answer holds less than was asked, down to a single issue.
func TestDataCenterMoves(t *testing.T) {
	if testing.Short() {
		t.Skip("it moves pages at every place")
	}
	t.Parallel()
	for name, x := range map[string]struct {
		story       string
		first, then int // issues that are kept
	}{
		"deleted":                       {movingStory(true, ""), 29, 29},
		"comes before":                  {movingStory(false, "09:00"), 30, 31},
		"comes behind":                  {movingStory(false, "11:00"), 30, 31},
		"deleted, another comes before": {movingStory(true, "09:00"), 29, 30},
		"deleted, another comes behind": {movingStory(true, "11:00"), 29, 30},
	} {
		site, err := jirasim.LoadScenario("story", []byte(x.story))
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []int{0, 1, 2} { // of the pages that come, where 5 are asked for
			t.Run(fmt.Sprint(name, " ", size), func(t *testing.T) { moves(t, site, size, x.first, x.then) })
		}
	}
}

// moves reads twice; what moves does so at the second search of the first reading.
func moves(t *testing.T, site *jirasim.Site, size, first, then int) {
	conf, noon := synctest.Team("K8S", 0), time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC)
	r, c := newRig(t, site, conf), &synctest.Clock{}
	c.Set(noon.Add(-time.Minute))
	searches := 0
	r.serve(
		t,
		site,
		jirasim.Options{Email: "bot@example.org", Token: "token", Now: c.Now, Dialect: jirasim.DataCenter,
			DataCenter: jirasim.DataCenterOptions{MaxResults: 5},
			Fault: func(req *http.Request) *jirasim.Fault {
				if strings.HasSuffix(req.URL.Path, "/search") {
					searches++
					if searches == 2 {
						c.Set(noon)
					}
				}
				return &jirasim.Fault{PageSize: size}
			}},
	)
	for i, want := range []int{first, then} {
		r.collect(t, conf)
		var kept []int64
		for _, project := range []string{"10000", "10001"} {
			ids, err := r.reader.Store.Issues.OfProject(t.Context(), project)
			if err != nil {
				t.Fatal(err)
			}
			kept = append(kept, ids...)
		}
		if len(kept) < want || i == 1 && len(kept) > want {
			t.Errorf("reading %d: %d issues are kept, want %d: %v", i+1, len(kept), want, kept)
		}
		c.Set(noon.Add(time.Hour))
	}
}

// TestDataCenterShortHistories: a search that tells fewer changes than it announces loses none: they are asked for
// issue by issue. Where that answer is short too, the issue is left out and named, and the next count of all issues
// mends it.
func TestDataCenterShortHistories(t *testing.T) {
	testrun.SkipInShort(t)
	conf := synctest.Team("K8S", 0)
	want := told(t, newRig(t, synctest.DemoSite(t), conf).collect(t, conf))
	short := "/search"
	r, c := livingRig(t, string(jirasim.DemoScenario()), conf)
	var log bytes.Buffer
	r.reader.Log = slog.New(slog.NewTextHandler(&log, nil))
	r.serve(
		t,
		synctest.DemoSite(t),
		jirasim.Options{Email: "bot@example.org", Token: "token", Now: c.Now, Dialect: jirasim.DataCenter,
			Fault: func(req *http.Request) *jirasim.Fault {
				if short != "" && strings.Contains(req.URL.Path, short) {
					return &jirasim.Fault{ShortHistory: 1}
				}
				return nil
			}},
	)
	if got := told(t, r.collect(t, conf)); got != want || log.Len() > 0 {
		t.Errorf("histories that are short in the search: %s\n%s", synctest.FirstDifference(got, want), &log)
	}

	other, c := livingRig(t, string(jirasim.DemoScenario()), conf)
	other.reader.Log = r.reader.Log
	other.serve(
		t,
		synctest.DemoSite(t),
		jirasim.Options{Email: "bot@example.org", Token: "token", Now: c.Now, Dialect: jirasim.DataCenter,
			Fault: func(*http.Request) *jirasim.Fault {
				if short != "" {
					return &jirasim.Fault{ShortHistory: 1}
				}
				return nil
			}},
	)
	if got := told(t, other.collect(t, conf)); got == want ||
		!strings.Contains(log.String(), "its change history comes incomplete") {
		t.Errorf("histories that stay short are not told:\n%s", &log)
	}
	short = ""
	c.Set(c.Now().Add(2 * time.Hour)) // the next count of all issues
	fresh, fc := livingRig(t, string(jirasim.DemoScenario()), conf)
	fc.Set(c.Now())
	if got, want := told(t, other.collect(t, conf)), told(t, fresh.collect(t, conf)); got != want {
		t.Errorf("after the trouble: %s", synctest.FirstDifference(got, want))
	}
}
