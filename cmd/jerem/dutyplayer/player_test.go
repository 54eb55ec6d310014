package dutyplayer_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jerem/access/rules"
	"jerem/cmd/jerem/dutyplayer"
	"jerem/config"
	"jerem/oncall/roster"
	"jerem/problem"
	"jerem/sim/world"
	"jerem/sim/world/duty"
	kept "jerem/store/oncall"
	api "jerem/web/oncall"
)

// stage is a company whose on-call is played, and the API that tells of it.
type stage struct {
	t       testing.TB
	company *duty.Company
	player  *dutyplayer.Player
	api     *api.API
	now     time.Time
	teams   []string

	hasBegun bool // the past was played
}

func newStage(t testing.TB, seed uint64) *stage {
	t.Helper()
	w := world.New(seed)
	s := &stage{t: t, company: duty.New(w), now: w.Begin}
	text := "jira: {url: 'http://127.0.0.1:1', username: u, password: p}\nprojects:\n"
	for _, team := range w.Teams() {
		text += fmt.Sprintf("  - {name: %s, label: %s, calendar.time_zone: %s}\n", team.Key, team.Name, team.Zone)
		s.teams = append(s.teams, team.Name)
	}
	c, err := config.Load("demo.yml", []byte(text+s.company.Section()), func(string) string { return "" })
	if err != nil {
		t.Fatalf("%v in\n%s", err, text+s.company.Section())
	}
	store, err := kept.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	r := &roster.Roster{File: c.OncallFile(), Records: store}
	s.player = dutyplayer.New(s.company.Acts(), r, store, s.teams)
	s.api = (&api.API{Roster: r, Events: store, Now: func() time.Time { return s.now },
		Log: slog.New(slog.DiscardHandler), Tell: func(w http.ResponseWriter, _ *http.Request, p *problem.Problem) {
			w.WriteHeader(p.Status)
		}}).Open()
	return s
}

// playUntil plays all acts up to a moment; none of them may be refused.
func (s *stage) playUntil(at time.Time) {
	s.t.Helper()
	s.now = at
	play := s.player.PlayUntil
	if !s.hasBegun {
		play = func(ctx context.Context, at time.Time) ([]error, error) {
			return s.player.PlayPast(ctx, s.company.Begin, at)
		}
	}
	s.hasBegun = true
	refused, err := play(s.t.Context(), at)
	if err != nil {
		s.t.Fatal(err)
	}
	for i, r := range refused {
		if s.t.Error(r); i > 8 {
			s.t.FailNow()
		}
	}
}

// ask asks the API as somebody who may see everything.
func (s *stage) ask(path string, into any) {
	s.t.Helper()
	r := httptest.NewRequestWithContext(s.t.Context(), "GET", "http://jerem.test"+api.Prefix+path, nil)
	w := httptest.NewRecorder()
	s.api.ServeVisitor(w, r, rules.Visitor{Login: "all", Teams: s.teams, Roles: []rules.Role{rules.Viewer,
		rules.Operator, rules.Pay}})
	if w.Code != http.StatusOK {
		s.t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		s.t.Fatal(err)
	}
}

// TestBooks: what the API tells of on-call is what the books of the company say, at moments of its life.
func TestBooks(t *testing.T) {
	for _, seed := range []uint64{world.DefaultSeed, 5, 11} {
		if testing.Short() && seed != world.DefaultSeed {
			continue
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			clock := world.New(seed).Clock
			s := newStage(t, seed)
			for _, days := range []int{-60, -20, 0, 45} {
				// later days tell of more of the same
				if at := clock.AddDate(0, 0, days); !testing.Short() || days < -20 {
					s.playUntil(at)
					s.compare(s.company.Books(at))
				}
			}
		})
	}
}

func (s *stage) compare(b *duty.Books) {
	s.t.Helper()
	first, end := s.company.Begin, s.now.AddDate(0, 0, 80).Truncate(24*time.Hour)
	months := []string{"2026-07"}
	for m := time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC); m.Before(s.now.AddDate(0, 1, 0)); m = m.AddDate(0, 1, 0) {
		months = append(months, m.Format("2006-01"))
	}
	figures := 0
	for _, r := range b.Rotas() {
		figures += s.compareSegments(b, r, first, end)
		figures += s.compareTeam(b, r.Team, months)
	}
	for _, month := range months {
		figures += s.compareStatements(b, month)
	}
	s.t.Logf("%d figures at %s", figures, s.now)
}

func (s *stage) hold(what string, want, got any, options ...cmp.Option) {
	s.t.Helper()
	if diff := cmp.Diff(want, got, append(options, cmpopts.EquateEmpty())...); diff != "" {
		s.t.Errorf("%s at %s (-books +API):\n%s", what, s.now, diff)
	}
}

func text(t *string) string {
	if t == nil {
		return ""
	}
	return *t
}

func (s *stage) compareSegments(b *duty.Books, r duty.Rota, from, to time.Time) int {
	var rows []struct {
		Start, End      time.Time
		Person, Planned *string
	}
	stamp := func(t time.Time) string { return url.QueryEscape(t.Format(time.RFC3339)) }
	s.ask("rotas/"+r.Name+"/segments?from="+stamp(from)+"&to="+stamp(to), &rows)
	var got []duty.Segment
	for _, row := range rows {
		got = append(got, duty.Segment{Start: row.Start, End: row.End, Person: text(row.Person),
			Planned: text(row.Planned)})
	}
	s.hold("segments of "+r.Name, b.Segments(r.Name, from, to), got, cmpopts.IgnoreUnexported(duty.Segment{}))
	return len(got)
}

// compareTeam compares call-outs, rules and loads.
func (s *stage) compareTeam(b *duty.Books, team string, months []string) int {
	from, to := "2026-07-01", s.now.AddDate(0, 0, 1).Format(time.DateOnly)
	span := "?team=" + url.QueryEscape(team) + "&from=" + from + "&to=" + to
	var callouts []struct {
		Team                         string
		Person                       *string
		Started, Acknowledged, Ended *time.Time
		Alerts                       []int64
		Issue, Reason                *string
		Verdict, Origin              string
		Assumed                      bool
	}
	s.ask("callouts"+span, &callouts)
	var got []duty.Callout
	at := func(t *time.Time) time.Time {
		if t == nil {
			return time.Time{}
		}
		return *t
	}
	for _, c := range callouts {
		got = append(got, duty.Callout{Team: c.Team, Person: text(c.Person), Started: at(c.Started),
			Acknowledged: at(c.Acknowledged), Ended: at(c.Ended), Alerts: len(c.Alerts), Issue: text(c.Issue),
			Reason: text(c.Reason), Verdict: c.Verdict, Origin: c.Origin, Assumed: c.Assumed})
	}
	s.hold("call-outs of "+team, b.Callouts(team, from, to), got)
	return len(got) + s.compareRules(b, team, span, from, to) + s.compareLoads(b, team, months)
}

func (s *stage) compareRules(b *duty.Books, team, span, from, to string) int {
	var rows []struct {
		Rule                 string
		Alerts, Pages        int
		OutOfHours           int `json:"out_of_hours"`
		Useful, Noise, Unset int
		Actionability        *float64
		Healed               *float64 `json:"healed_share"`
		Seconds              int64
		Decision             string
		Review               *string
	}
	s.ask("rules"+span, &rows)
	var got []duty.Rule
	for _, r := range rows {
		got = append(got, duty.Rule{Rule: r.Rule, Alerts: r.Alerts, Pages: r.Pages, OutOfHours: r.OutOfHours,
			Useful: r.Useful, Noise: r.Noise, Unset: r.Unset, Actionability: r.Actionability, Healed: r.Healed,
			Seconds: r.Seconds, Decision: r.Decision, Review: text(r.Review)})
	}
	s.hold("rules of "+team, b.Rules(team, from, to), got, cmpopts.IgnoreUnexported(duty.Rule{}))
	return 10 * len(got)
}

func (s *stage) compareLoads(b *duty.Books, team string, months []string) int {
	for _, month := range months {
		var got struct {
			People          int
			Interruptions   *int64
			OutOfHours      *int64   `json:"out_of_hours"`
			DisturbedNights *int64   `json:"disturbed_nights"`
			Rest            *int64   `json:"rest_seconds"`
			Share           *float64 `json:"largest_duty_share"`
			Per12h          *float64 `json:"per_12h"`
		}
		if month > s.now.Format("2006-01") {
			continue
		}
		s.ask("load?team="+url.QueryEscape(team)+"&month="+month, &got)
		want, isTold := b.Load(team, month)
		if isTold != (got.Rest != nil) {
			s.t.Errorf("the load of %s in %s is told: %v, in the books %v", team, month, got.Rest != nil, isTold)
			continue
		}
		told := duty.Load{People: got.People}
		if isTold {
			told = duty.Load{People: got.People, Interruptions: *got.Interruptions, OutOfHours: *got.OutOfHours,
				DisturbedNights: *got.DisturbedNights, RestSeconds: *got.Rest, LargestShare: *got.Share,
				Per12h: *got.Per12h}
		}
		s.hold("load of "+team+" in "+month, want, told, cmpopts.EquateApprox(1e-12, 0))
	}
	return 7 * len(months)
}

func (s *stage) compareStatements(b *duty.Books, month string) int {
	var rows []struct {
		Person *string
		State  string
		Cents  int64
		Lines  []struct {
			Kind           string
			About          *string
			Seconds, Cents int64
		}
	}
	s.ask("statements/"+month, &rows)
	var got []duty.Statement
	figures := 0
	for _, r := range rows {
		told := duty.Statement{Person: text(r.Person), Cents: r.Cents, Frozen: r.State == "frozen"}
		for _, l := range r.Lines {
			switch l.Kind {
			case "flat":
				told.Flat += l.Cents
			case "callout":
				told.Callouts += l.Cents
			default:
				if told.Adjustments == nil {
					told.Adjustments = map[string]duty.Paid{}
				}
				told.Adjustments[text(l.About)] = duty.Paid{Seconds: l.Seconds, Cents: l.Cents}
				continue
			}
			told.Seconds += l.Seconds
			told.Lines++
		}
		got = append(got, told)
		figures += 5
	}
	s.hold("statements of "+month, b.Statements(month), got)
	return figures
}

// TestActsAreTheSame: one seed makes one company, with all kinds of acts.
func TestActsAreTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("three companies are made")
	}
	hidden := cmpopts.IgnoreUnexported(duty.Act{})
	w := world.New(world.DefaultSeed)
	a, b := duty.New(w), duty.New(w)
	if diff := cmp.Diff(a.Acts(), b.Acts(), hidden); diff != "" || a.Section() != b.Section() {
		t.Errorf("one seed made two companies:\n%s", diff)
	}
	if c := duty.New(world.New(4)); cmp.Equal(c.Acts(), a.Acts(), hidden) {
		t.Error("two seeds made one company")
	}
	kinds := map[duty.Kind]int{}
	for _, act := range a.Acts() {
		kinds[act.Kind]++
	}
	for _, kind := range []duty.Kind{duty.Ask, duty.Accept, duty.Decline, duty.CancelRest, duty.Absent, duty.Fire,
		duty.Confirm, duty.Resolve, duty.Judge, duty.SetTimes, duty.LinkIssue, duty.EnterByHand, duty.DecideRule,
		duty.Freeze} {
		if kinds[kind] == 0 {
			t.Errorf("nobody does %q", kind)
		}
	}
}
