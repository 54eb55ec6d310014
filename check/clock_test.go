package check

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	jirasim "jerem/sim/jira"
	"jerem/sync/clocks"
	"jerem/sync/synctest"
)

// jiraClock is our clock where nothing depends on it.
var jiraClock = time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC)

// TestClock: a clock near ours or behind it is told with the server alone; one far ahead has a finding, with a remedy.
func TestClock(t *testing.T) {
	site := synctest.DemoSite(t)
	server := httptest.NewServer(jirasim.NewServer(site, jirasim.Options{Email: synctest.Email, Token: synctest.Token}))
	t.Cleanup(server.Close)
	for ours, want := range map[time.Time]string{
		site.Clock().Add(-23 * time.Hour):   "",
		site.Clock().Add(23 * time.Hour):    "",
		site.Clock().Add(-72 * time.Hour):   "true 3 days ahead of the clock of this machine",
		site.Clock().Add(72 * time.Hour):    "",
		site.Clock().AddDate(-3, 0, 0):      "true 1096 days ahead",
		site.Clock().AddDate(-80, 0, 0):     "false 29220 days ahead",
		site.Clock().Add(-10 * time.Minute): "",
	} {
		got := ""
		for _, f := range Run(t.Context(), synctest.NewClient(t, server.URL), nil, ours) {
			if f.What == "jira clock" {
				got = fmt.Sprint(f.OK, " ", f.Found)
				if f.Hint == "" || !f.OK && f.Code != clocks.Wrong {
					t.Errorf("ours %v: the hint is %q, the code %q", ours, f.Hint, f.Code)
				}
			}
		}
		ok, found, _ := strings.Cut(want, " ")
		if (got == "") != (want == "") || !strings.HasPrefix(got, ok) || !strings.Contains(got, found) {
			t.Errorf("ours %v: %q, want %q", ours, got, want)
		}
	}
}
