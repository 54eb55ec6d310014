package sync

import (
	"slices"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/agile/query"
	"jerem/jira"
	"jerem/problem"
	jirasim "jerem/sim/jira"
	"jerem/sim/jira/faults"
	"jerem/store"
	"jerem/sync/synctest"
)

// reviewed is the small team's Jira with fields of people, and saved filters of which one asks for a person's work and
// one names that one.
func reviewed(t *testing.T) *jirasim.Site {
	t.Helper()
	site := synctest.StorySite(t, strings.Replace(synctest.SmallTeam, "-- fields --\n",
		"-- fields --\nreviewer customfield_12001 user \"Reviewer\"\n", 1))
	site.Filters["77"], site.Filters["78"] = "labels = x AND cf[12001] = zeb", "filter = 77 OR labels = y"
	site.Filters["79"], site.Filters["80"] = `filter = "Mine"`, "filter = 80 OR labels = impediment"
	return site
}

// refusedFor collects a team and returns the message of its refusal, "" where it was read.
func refusedFor(t *testing.T, r *rig, conf agile.Team) string {
	t.Helper()
	r.reader.Teams = []agile.Team{conf}
	r.reader.site = nil
	_, err := r.reader.Collect(t.Context(), false)
	refused := problem.Of(err, "query")
	switch {
	case err == nil:
		return ""
	case refused == nil || refused.Hint == "" || !strings.HasPrefix(err.Error(), "team K8S: "):
		t.Fatalf("%v", err)
	}
	return refused.Message
}

// TestQueriesOfPersons: a query that asks for one person's work by a field that the site says to be of people, or by a
// saved filter, is refused before anything is asked by it, whichever of the team's queries it is.
func TestQueriesOfPersons(t *testing.T) {
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		site, planned := reviewed(t), &faults.List{}
		conf := synctest.Team("K8S", 0)
		r := newRig(t, site, conf)
		r.serve(t, site, jirasim.Options{Email: synctest.Email, Token: synctest.Token, Dialect: dialect,
			Now: site.Last, Fault: planned.Next})
		planned.On("/search", faults.Refuse(500, "nothing is asked by it"))
		for jql, want := range map[string]string{
			`"Reviewer" = zeb`:                    "reviewer",
			"labels = x OR customfield_12001=zeb": "customfield_12001",
			"cf[12001] in (zeb, ada)":             "cf[12001]",
			"filter = 77":                         "filter 77: cf[12001]",
			"filter in (80, 78)":                  "filter 77: cf[12001]",
		} {
			for key, set := range map[string]func(*agile.Team){
				"jql_filter":     func(c *agile.Team) { c.Filter = jql },
				"impediment.jql": func(c *agile.Team) { c.Impediment.JQL = jql },
			} {
				conf := conf
				set(&conf)
				want := key + " asks for the work of single people (" + want + ")"
				if got := refusedFor(t, r, conf); !strings.HasPrefix(got, want) {
					t.Errorf("%s: %q is told, want %q", jql, got, want)
				}
			}
		}
		conf.Filter = "filter = 79"
		if got := refusedFor(t, r, conf); got != "jql_filter: filter 79 names a saved filter by its name (mine)" {
			t.Errorf("a filter by its name: %q", got)
		}
		if _, err := r.reader.Store.Teams.History(t.Context(), conf); !problem.Is(err, store.NotRead) {
			t.Errorf("something of the team is told: %v", err)
		}
		planned.Clear()
		for _, jql := range []string{"cf[12001] is EMPTY", `labels = Reviewer`, `"Nature of impediment" = Incident`} {
			conf.Filter = jql
			if got := refusedFor(t, r, conf); got != "" {
				t.Errorf("%s is refused: %s", jql, got)
			}
		}
	})
}

// TestRefusedQueryIsNotTold: what was read by a query that is refused now is told to nobody, whatever trouble comes
// besides, until the team is read by one that is taken; the other teams go on.
func TestRefusedQueryIsNotTold(t *testing.T) {
	t.Parallel()
	site, planned := reviewed(t), &faults.List{}
	conf, other := synctest.Team("K8S", 0), synctest.Team("K8S", 0)
	conf.Filter, other.Name = "labels = impediment", "Others"
	r := newRig(t, site, conf, other)
	r.serve(t, site, jirasim.Options{Email: synctest.Email, Token: synctest.Token, Now: site.Last, Fault: planned.Next})
	r.collect(t, conf)
	loaded, err := r.reader.Store.Teams.Load(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	isWithheld := func(when string, want bool) {
		t.Helper()
		_, cold := r.reader.Store.Teams.Load(t.Context(), conf)
		_, warm := r.reader.Store.Teams.Refresh(t.Context(), conf, loaded)
		for _, err := range []error{cold, warm} {
			if got := problem.Is(err, store.NotRead); got != want ||
				want && !strings.Contains(err.Error(), "reviewer") {
				t.Errorf("%s: %v", when, err)
			}
		}
		if _, err := r.reader.Store.Teams.Load(t.Context(), other); err != nil {
			t.Errorf("%s the other team is not told: %v", when, err)
		}
	}
	isWithheld("as it was read", false)
	refused := conf
	refused.Filter = "Reviewer = zeb"
	r.reader.Teams, r.reader.site = []agile.Team{refused, other}, nil
	if sums, err := r.reader.Collect(t.Context(), false); !problem.Is(err, query.Refused) ||
		!slices.ContainsFunc(sums, func(s Summary) bool { return s.Team == "Others" && s.Err == nil }) {
		t.Fatalf("%+v, %v", sums, err)
	}
	isWithheld("refused", true)
	planned.On("/serverInfo", faults.Refuse(403, "no"))
	if _, err := r.reader.Collect(t.Context(), false); !problem.Is(err, jira.Forbidden) {
		t.Fatal(err)
	}
	isWithheld("while Jira fails", true)
	planned.Clear()
	r.reader.Teams, r.reader.site = []agile.Team{conf, other}, nil
	r.collect(t, conf)
	isWithheld("read by what is taken", false)
}

// TestPeopleAreKnownOn: where the list of fields is refused, the fields of people are those of the list before.
func TestPeopleAreKnownOn(t *testing.T) {
	t.Parallel()
	site, planned := reviewed(t), &faults.List{}
	conf := synctest.Team("K8S", 0)
	r := newRig(t, site, conf)
	r.serve(t, site, jirasim.Options{Email: synctest.Email, Token: synctest.Token, Now: site.Last, Fault: planned.Next})
	r.collect(t, conf)
	planned.On("/field", faults.Refuse(403, "no"))
	conf.Filter = "Reviewer = zeb"
	r.reader.Teams = []agile.Team{conf}
	if _, err := r.reader.Collect(t.Context(), false); !problem.Is(err, query.Refused) {
		t.Errorf("%v", err)
	}
}
