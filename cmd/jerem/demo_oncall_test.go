package main

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/sim/world"
	"jerem/sim/world/duty"
	"jerem/web/persona"
)

// fetchAs asks for a page of the demo as a made-up person, "" for nobody.
func fetchAs(t *testing.T, who, address string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if who != "" {
		r.AddCookie(&http.Cookie{Name: persona.Cookie, Value: who})
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s as %q: %s %v", address, who, res.Status, err)
	}
	return string(body)
}

var markup = regexp.MustCompile(`<[^>]*>`)

// plainText is the text of a page, each run of white space one space.
func plainText(page string) string {
	return strings.Join(strings.Fields(html.UnescapeString(markup.ReplaceAllString(page, " "))), " ")
}

// standingDemo is a demo whose clock stands, and the books of its company.
type standingDemo struct {
	address string
	folder  string // in which it keeps its files
	company *world.World
	people  []duty.Person
	books   *duty.Books
}

// TestStandingDemo: what the demo shows of on-call is what the company's books say, its people stand there alone, and
// its links lead into its Jira. The parts read one demo.
func TestStandingDemo(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays a company for weeks")
	}
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	company := world.New(world.DefaultSeed)
	shift := duty.New(company)
	d := standingDemo{playDemo(t, "--speed", "0"), folder, company, shift.People(), shift.Books(company.Clock)}
	t.Run("who to be", d.checkChoiceOfPerson)
	t.Run("pages", d.checkPages)
	t.Run("sprints", d.checkSprints)
	t.Run("links", d.checkLinks)
	t.Run("handles", d.checkHandles)
	t.Run("every number opens", d.checkNumbers)
}

// checkPages: the pages of on-call tell who is on call, what is paid, what each alert rule cost, and each person's own
// hours and call-outs.
func (d standingDemo) checkPages(t *testing.T) {
	address, b, now := d.address, d.books, d.company.Clock
	comparePagesOfDuty(t, b, now, plainText(fetchAs(t, "", address+"/oncall")))
	for _, month := range []string{"2026-08", "2026-09", "2026-10", "2026-11"} {
		comparePageOfStatements(t, b, month, fetchAs(t, duty.Treasurer, address+"/oncall/statements/"+month))
	}
	comparePageOfRules(t, b, now, plainText(fetchAs(t, duty.Operator, address+"/oncall/review")))
	// What docs/oncall.md leads a reader to.
	roadmap := plainText(fetchAs(t, "", address+"/teams/Kubernetes/roadmap"))
	if !regexp.MustCompile(`EtcdDiskLatencyHigh 109 61 83\.9 133\.0 4 `).MatchString(roadmap) {
		_, told, _ := strings.Cut(roadmap, "What call-outs cost")
		t.Errorf("the noisy rule costs something else than docs/oncall.md says: %.500s", told)
	}
	portfolio := plainText(fetchAs(t, "", address+"/"))
	if !regexp.MustCompile(`Kubernetes 117 61 91\.1 153\.8 4 EtcdDiskLatencyHigh ` +
		`4 working days `).MatchString(portfolio) {
		_, told, _ := strings.Cut(portfolio, "What does it cost the plan?")
		t.Errorf("the portfolio tells another price of Kubernetes' on-call: %.500s", told)
	}
	for _, p := range d.people {
		comparePageOfPerson(t, b, now, p, plainText(fetchAs(t, p.Login, address+"/oncall/me")))
	}
}

func comparePagesOfDuty(t *testing.T, b *duty.Books, now time.Time, page string) {
	t.Helper()
	hour := now.UTC().Truncate(time.Hour)
	for _, r := range b.Rotas() {
		want := fmt.Sprintf("%s %s, level 1 Nobody: outside the hours covered", r.Name, r.Team)
		if s := b.Segments(r.Name, hour, hour.Add(time.Hour)); len(s) > 0 && s[0].Person != "" {
			want = fmt.Sprintf("%s %s, level 1 %s is on call", r.Name, r.Team, s[0].Person)
		}
		if !strings.Contains(page, want) {
			t.Errorf("the overview does not say %q", want)
		}
	}
}

func comparePageOfStatements(t *testing.T, b *duty.Books, month, page string) {
	t.Helper()
	var got []string
	for _, part := range strings.Split(page, `<section class="statement">`)[1:] {
		text := plainText(part)
		who, _, _ := strings.Cut(text, ",")
		sum := regexp.MustCompile(`Sum [^.]* (-?\d+\.\d\d)`).FindStringSubmatch(text)
		if sum == nil {
			t.Fatalf("no sum in %.300s", text)
		}
		got = append(got, who+" "+sum[1])
	}
	var want []string
	for _, s := range b.Statements(month) {
		who := s.Person
		if who == "" {
			who = "Paid to nobody"
		}
		sign, cents := "", s.Cents
		if cents < 0 {
			sign, cents = "-", -cents
		}
		want = append(want, fmt.Sprintf("%s %s%d.%02d", who, sign, cents/100, cents%100))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("statements of %s are\n%v\nby the books\n%v", month, got, want)
	}
}

func comparePageOfRules(t *testing.T, b *duty.Books, now time.Time, page string) {
	t.Helper()
	for _, r := range b.Rotas() {
		zone := now.Location()
		for _, team := range world.New(world.DefaultSeed).Teams() {
			if team.Name == r.Team {
				zone, _ = time.LoadLocation(team.Zone)
			}
		}
		today := now.In(zone)
		since := time.Date(today.Year(), today.Month()-1, 1, 0, 0, 0, 0, zone) // the month before, whole
		rules := b.Rules(r.Team, since.Format(time.DateOnly), today.AddDate(0, 0, 1).Format(time.DateOnly))
		if len(rules) == 0 {
			t.Errorf("%s has no rule", r.Team)
		}
		for _, rule := range rules {
			minutes := (rule.Seconds + 30) / 60 // to the nearest one
			want := fmt.Sprintf("Pages %d, out of hours %d, time %s Verdicts %d useful, %d noise, %d unset",
				rule.Pages, rule.OutOfHours, hoursAndMinutes(minutes), rule.Useful, rule.Noise, rule.Unset)
			_, ofTeam, _ := strings.Cut(page, r.Team+" What call-outs cost")
			_, after, ok := strings.Cut(ofTeam, " "+rule.Rule+" "+rule.Decision)
			if !ok || !strings.Contains(after[:min(len(after), 300)], want) {
				t.Errorf("%s of %s: %q is missing in %.300q", rule.Rule, r.Team, want, after)
			}
		}
	}
}

// hoursAndMinutes is a time as pages write it: 2 h 35 min, 6 min, 3 h.
func hoursAndMinutes(minutes int64) string {
	switch hours, rest := minutes/60, minutes%60; {
	case rest == 0:
		return fmt.Sprintf("%d h", hours)
	case hours == 0:
		return fmt.Sprintf("%d min", rest)
	default:
		return fmt.Sprintf("%d h %d min", hours, rest)
	}
}

// comparePageOfPerson compares what somebody is told about their last twelve weeks.
func comparePageOfPerson(t *testing.T, b *duty.Books, now time.Time, p duty.Person, page string) {
	t.Helper()
	hours, callouts := 0, 0
	start := now.AddDate(0, 0, -84)
	for _, r := range b.Rotas() {
		if r.Team != p.Team {
			continue
		}
		for _, s := range b.Segments(r.Name, start.UTC().Truncate(time.Hour), now.UTC().Truncate(time.Hour)) {
			if s.Person == p.Handle {
				hours += int(s.End.Sub(s.Start) / time.Hour)
			}
		}
		for _, c := range b.Callouts(r.Team, start.AddDate(0, 0, -2).Format(time.DateOnly),
			now.AddDate(0, 0, 1).Format(time.DateOnly)) {
			if c.Person == p.Handle && c.Verdict != "test" && !c.Started.Before(start) && c.Started.Before(now) {
				callouts++
			}
		}
	}
	words := func(n int, of string) string {
		if n == 1 {
			return "1 " + of
		}
		return fmt.Sprintf("%d %ss", n, of)
	}
	for _, want := range []string{"In the last 12 weeks: " + words(hours, "hour") + " on duty",
		"with " + words(callouts, "call-out") + " and"} {
		if !strings.Contains(page, want) {
			_, told, _ := strings.Cut(page, "Your load and pay")
			t.Errorf("%s: %q is missing in %.200q", p.Handle, want, told)
		}
	}
}

// checkChoiceOfPerson: a visitor of the demo is nobody until they choose, and who writes needs to be somebody.
func (d standingDemo) checkChoiceOfPerson(t *testing.T) {
	address := d.address
	jar := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := jar.Get(address + "/oncall/me")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if res.StatusCode != http.StatusForbidden || !strings.Contains(string(body), "Choose at the top of /oncall") {
		t.Errorf("nobody's own page: %s %.400s", res.Status, plainText(string(body)))
	}
	res, err = jar.PostForm(address+"/oncall/visitor", url.Values{"person": {"amara@cloud.example"}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusSeeOther || len(res.Cookies()) != 1 || res.Header.Get("Location") != "/oncall/me" {
		t.Fatalf("choosing: %s %v", res.Status, res.Header)
	}
	if page := fetchAs(t, res.Cookies()[0].Value, address+"/oncall/me"); !strings.Contains(page, "Duty of amara") {
		t.Errorf("amara's page is another one:\n%.300s", plainText(page))
	}
}

// checkSprints: what call-outs took from each sprint is, for the API, what the books of on-call say, with the
// impediments of those of the world.
func (d standingDemo) checkSprints(t *testing.T) {
	address, company, b := d.address, d.company, d.books
	compared, linked := 0, 0
	for _, team := range company.Teams() {
		for _, s := range company.Books(team.Key, company.Clock, company.Clock).Sprints {
			if !s.Begun {
				continue
			}
			var got struct {
				Complete *time.Time
				OnCall   struct {
					Callouts, Beside     int
					Seconds              int64
					Counted              int64 `json:"counted_seconds"`
					OutOfHours           int   `json:"out_of_hours"`
					Nights               int
					Rest                 int64 `json:"rest_seconds"`
					Gap                  int64 `json:"gap_seconds"`
					Useful, Noise, Unset int
					ByRule               []struct {
						Rule             string
						Callouts, Nights int
						Rest             int64 `json:"rest_seconds"`
					} `json:"by_rule"`
				}
			}
			ask(t, fmt.Sprintf("%s/api/v1/teams/%s/sprints/%d", address, url.PathEscape(team.Name), s.ID), &got)
			end := company.Clock
			if got.Complete != nil {
				end = *got.Complete
			}
			want := b.Sprint(team.Name, s.Start, end, s.Trouble.Issues)
			// what would be one person's load is told once the sprint is over
			if company.Clock.Sub(end) < 24*time.Hour {
				want.OutOfHours, want.Nights, want.RestSeconds = 0, 0, 0
				for rule := range want.NightByRule {
					want.NightByRule[rule] = 0
				}
			}
			o := got.OnCall
			told := duty.SprintCallouts{Callouts: o.Callouts, Beside: o.Beside, Seconds: o.Seconds, Counted: o.Counted,
				OutOfHours: o.OutOfHours, Nights: o.Nights, RestSeconds: o.Rest, GapSeconds: o.Gap, Useful: o.Useful,
				Noise: o.Noise, Unset: o.Unset, CalloutsByRule: map[string]int{}, NightByRule: map[string]int{}}
			told.RestSeconds = 0
			for _, r := range o.ByRule { // the rest of rules adds up to the whole
				told.RestSeconds += r.Rest
				if r.Callouts > 0 { // one that has none owes rest of days before the sprint
					told.CalloutsByRule[r.Rule], told.NightByRule[r.Rule] = r.Callouts, r.Nights
				}
			}
			if told.RestSeconds != o.Rest {
				t.Errorf("sprint %d of %s: rules owe %d s of rest, %d in all", s.ID, team.Name, told.RestSeconds,
					o.Rest)
			}
			if fmt.Sprint(want) != fmt.Sprint(told) {
				t.Errorf("sprint %d of %s: by the books\n%+v, it is told\n%+v", s.ID, team.Name, want, told)
			}
			compared++
			linked += want.Callouts - want.Beside
		}
	}
	if compared < 20 || linked < 3 {
		t.Errorf("%d sprints were compared, %d call-outs are impediments", compared, linked)
	}
}
