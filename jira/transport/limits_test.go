package transport

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/problem"
)

// answerWith is an answer of a status with headers, each a name and a value.
func answerWith(status int, header ...string) *http.Response {
	res := &http.Response{StatusCode: status, Header: http.Header{}}
	for n := 0; n < len(header); n += 2 {
		res.Header.Set(header[n], header[n+1])
	}
	return res
}

// TestLimitByReason: a limit of bursts holds up its endpoint alone; a quota, what is not named and what Data Center
// tells hold up all. The reason comes from the header, or from the name of the quota.
func TestLimitByReason(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	const reason, after, left = "RateLimit-Reason", "Retry-After", "X-RateLimit-Remaining"
	for n, c := range []struct {
		res  *http.Response
		want limit
	}{
		{answerWith(429, reason, "jira-burst-based", after, "2"), limit{2 * time.Second, true, "jira-burst-based"}},
		{answerWith(429, "Beta-RateLimit-Reason", "jira-burst-based", after, "2"),
			limit{2 * time.Second, true, "jira-burst-based"}},
		{answerWith(429, reason, "jira-quota-tenant-based", after, "600"),
			limit{10 * time.Minute, false, "jira-quota-tenant-based"}},
		{answerWith(429, reason, "jira-quota-global-based", "RateLimit", `"global-app-quota";r=0;t=600`, after, "3"),
			limit{10 * time.Minute, false, "jira-quota-global-based"}},
		{answerWith(200, "RateLimit", `"global-app-quota";r=0;t=60`), limit{time.Minute, false, "global-app-quota"}},
		{answerWith(200, "RateLimit", `"Bearer abc";r=0;t=60`), limit{time.Minute, false, unnamed}},
		{answerWith(429, reason, "jira-cost-based", after, "5"), limit{5 * time.Second, false, "jira-cost-based"}},
		{answerWith(429, after, "5"), limit{5 * time.Second, false, unnamed}},
		{answerWith(429, reason, "a\nb", after, "5"), limit{5 * time.Second, false, unnamed}},
		{answerWith(429, reason, strings.Repeat("x", 200), after, "5"), limit{5 * time.Second, false, unnamed}},
		{answerWith(200, left, "0", "X-RateLimit-Reset", "2026-11-23T14:00:30Z"),
			limit{30 * time.Second, true, unnamed}},
		{answerWith(200, left, "0", after, "4", "X-RateLimit-Interval-Seconds", "5"),
			limit{4 * time.Second, false, unnamed}},
		{answerWith(200, "Beta-RateLimit", `"global-app-quota";r=0;t=600`), limit{0, false, unnamed}},
	} {
		c.res.Header.Set("Date", now.Format(http.TimeFormat))
		if got := limitOf(c.res, now); got != c.want {
			t.Errorf("%d: %+v, want %+v", n, got, c.want)
		}
	}
}

// TestEndpoints: questions of one kind share a limit of bursts, whatever they ask for.
func TestEndpoints(t *testing.T) {
	for place, want := range map[string]string{
		"/rest/agile/1.0/board/7/sprint":        "GET /rest/agile/1.0/board/{}/sprint",
		"/rest/agile/1.0/board/12/sprint":       "GET /rest/agile/1.0/board/{}/sprint",
		"/rest/api/3/project/K8S":               "GET /rest/api/3/project/{}",
		"/rest/api/3/project/K8S/versions":      "GET /rest/api/3/project/{}/versions",
		"/rest/api/3/project/search":            "GET /rest/api/3/project/search",
		"/rest/api/3/issue/10007/worklog":       "GET /rest/api/3/issue/{}/worklog",
		"/rest/api/3/issue/bulkfetch":           "GET /rest/api/3/issue/bulkfetch",
		"/rest/agile/1.0/board/7/configuration": "GET /rest/agile/1.0/board/{}/configuration",
	} {
		if got := endpointOf(http.MethodGet, place); got != want {
			t.Errorf("%s is %q, want %q", place, got, want)
		}
	}
}

// TestRestingRequests: while an endpoint rests others are asked; while a quota is used up nothing is, and beyond
// patience the question is refused with its reason instead of being sent.
func TestRestingRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		p := newPace(0, 15*time.Minute, slog.New(slog.NewTextHandler(&log, nil)))
		begun := time.Now()
		send := func(endpoint string, want time.Duration) {
			t.Helper()
			if err := p.waitToSend(t.Context(), endpoint); err != nil {
				t.Fatal(err)
			}
			if got := time.Since(begun); got != want {
				t.Errorf("%s is asked after %v, want %v", endpoint, got, want)
			}
		}
		p.followAnswer("POST /bulk", answerWith(429, "RateLimit-Reason", "jira-burst-based", "Retry-After", "20"))
		send("GET /board", 0)
		send("POST /bulk", 20*time.Second)
		p.followAnswer("POST /bulk",
			answerWith(429, "RateLimit-Reason", "jira-quota-tenant-based", "Retry-After", "60"))
		send("GET /board", 80*time.Second)
		p.followAnswer("GET /x", answerWith(200, "RateLimit", `"global-app-quota";r=0;t=2400`))
		err := p.waitToSend(t.Context(), "GET /board")
		if !problem.Is(err, Limited) || !strings.Contains(err.Error(), "global-app-quota is used up until") {
			t.Errorf("beyond patience: %v", err)
		}
		time.Sleep(40 * time.Minute)
		send("GET /board", 80*time.Second+40*time.Minute)
		p.followAnswer("GET /x", answerWith(200, "RateLimit", `"global-app-quota";r=0;t=99999999`))
		time.Sleep(longestRest)
		if err := p.waitToSend(t.Context(), "GET /x"); err != nil {
			t.Errorf("a rest of years is believed: %v", err)
		}
		want := []LimitedBy{{"global-app-quota", 2, 40*time.Minute + longestRest},
			{"jira-burst-based", 1, 20 * time.Second}, {"jira-quota-tenant-based", 1, time.Minute}}
		if diff := cmp.Diff(want, p.limitedBy()); diff != "" {
			t.Errorf("counted (-want +got):\n%s", diff)
		}
		for _, reason := range []string{`which="POST /bulk" for=20s reason=jira-burst-based`,
			`which="all requests" for=1m0s reason=jira-quota-tenant-based`} {
			if !strings.Contains(log.String(), reason) {
				t.Errorf("the log does not tell %s:\n%s", reason, log.String())
			}
		}
	})
}

// TestReasonsAreBounded: a server that names a limit anew each time does not fill /metrics.
func TestReasonsAreBounded(t *testing.T) {
	p := newPace(0, time.Hour, slog.New(slog.DiscardHandler))
	for n := range 100 {
		p.followAnswer(fmt.Sprint("GET /", n),
			answerWith(429, "RateLimit-Reason", fmt.Sprint("burst-", n), "Retry-After", "1"))
	}
	if got := p.limitedBy(); len(got) != mostReasons+1 {
		t.Errorf("%d reasons are told apart", len(got))
	}
}

// TestRefusalTellsReason: what is logged of a refusal names its limit.
func TestRefusalTellsReason(t *testing.T) {
	c := ask(t, Config{Token: "t", Tries: 1}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("RateLimit-Reason", "jira-burst-based")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	_, err := getAccount(t, c)
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != Limited || !strings.Contains(p.Message, "(jira-burst-based)") {
		t.Errorf("%v", err)
	}
}

// FuzzLimit: whatever a header says, a rest is bounded, never negative, and its reason is a plain word.
func FuzzLimit(f *testing.F) {
	f.Add(429, "jira-burst-based", `"q";r=0;t=600`, "0", "2026-11-23T14:01Z", "3")
	f.Add(200, "\x00", `"q";r=0;t=99999999999999999999`, "-1", "", "1e400")
	f.Fuzz(func(t *testing.T, status int, reason, quota, left, reset, after string) {
		res := answerWith(status, "RateLimit-Reason", reason, "RateLimit", quota, "X-RateLimit-Remaining", left,
			"X-RateLimit-Reset", reset, "Retry-After", after)
		l := limitOf(res, time.Unix(0, 0))
		if l.rest < 0 || !reasonForm.MatchString(l.reason) {
			t.Errorf("%+v", l)
		}
	})
}
