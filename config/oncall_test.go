package config

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/calendar"
	"jerem/config/rotas"
	"jerem/oncall"
	"jerem/oncall/pay"
	"jerem/oncall/plan"
)

// oncallFile is a section as the contract shows it.
const oncallFile = `jira: {url: https://jira.example, token: "${JIRA}"}
projects: [{name: K8S, label: Kubernetes}, {name: Metal}]
calendar: {region: FR, days_off: [2026-12-24]}
mail: {url: "smtp://jerem:${MAIL}@mail.example:25", from: Jerem <jerem@example.org>}
oncall:
  people:
    - {handle: ada, login: ada@example.org, payroll: 10042, contacts: [{ntfy: "${ADA_NTFY}"}, {mail: ada@example.org}]}
    - {handle: ben, zone: Europe/Berlin, region: DE-BE, hours: 10:00-16:30, days_off: [],
       from: 2026-01-01, until: 2026-12-31}
    - {handle: cleo, region: ""}
  rotas:
    - name: metal
      team: Metal
      level: 2
      zone: America/New_York
      region: US
      until: 2027-12-31
      versions:
        - from: 2026-02-28
          handover: "00:00"
          every: 1mo
          people: [cleo, person-3]
          coverage:
            - {days: Mon-Fri, from: "18:00", to: "09:00"}
            - {days: "Sat,Sun,holidays"}
    - name: k8s
      team: Kubernetes
      zone: Europe/Paris
      versions:
        - {from: 2026-01-05, handover: "09:00", every: 1w, people: [ada, ben, cleo], coverage: always}
        - {from: 2026-06-01, handover: 09:00, every: 2w, people: [ben, ada], coverage: always}
  pay:
    - from: 2026-01-01
      currency: EUR
      flat: {1: 150.00, 2: 80}
      callout: {hours: 0, day: 30.5, night: 60.00, weekend: 60.00, holiday: 80.05}
      night: 21:00-06:30
      merge: 30m
    - {from: 2027-01-01, currency: CHF}
  keep: {statements: 10y}
  sources:
    - {name: prod, kind: alertmanager, secret: "${HOOK}", team: Kubernetes}
    - {name: pager, kind: generic, secret: ["${HOOK}", "${HOOK}2"], team: {label: team}}
`

func loadOncall(t *testing.T) *Config {
	t.Helper()
	c, err := Load("f", []byte(oncallFile), variables("JIRA=x", "MAIL=p", "ADA_NTFY=https://ntfy.example/secret",
		"HOOK=0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestOncallPeople: a person has the calendar of the file but for what is their own, and the zone of the first rota of
// the file that names them.
func TestOncallPeople(t *testing.T) {
	c := loadOncall(t)
	var got []string
	for _, p := range c.Oncall.People {
		got = append(got, fmt.Sprint(p.Handle, " ", p.Login, " ", p.Payroll, " ", p.Zone, " ", p.Region, " ",
			p.HoursFrom/60, "-", p.HoursTo/60, " ", p.CanBeMailed, " ", p.Contacts))
	}
	want := []string{
		"ada ada@example.org 10042 Europe/Paris FR 540-1080 true [{ntfy [secret]} {mail [secret]}]",
		"ben   Europe/Berlin DE-BE 600-990 false []",
		"cleo   America/New_York  540-1080 false []",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	ada, ben, cleo := c.Oncall.People[0], c.Oncall.People[1], c.Oncall.People[2]
	bastille := calendar.Date{Year: 2026, Month: time.July, Day: 14}
	women := calendar.Date{Year: 2027, Month: time.March, Day: 8} // a holiday of Berlin
	eve := calendar.Date{Year: 2026, Month: time.December, Day: 24}
	for _, c := range []struct {
		p    rotas.Person
		on   calendar.Date
		want bool
	}{
		{ada, bastille, false}, {ada, women, true}, {ada, eve, false},
		{ben, bastille, true}, {ben, women, false}, {ben, eve, true}, {cleo, bastille, true}, {cleo, eve, false},
	} {
		if c.p.Works(c.on) != c.want {
			t.Errorf("%s works on %s: %v", c.p.Handle, c.on, !c.want)
		}
	}
	if !ben.Joins.Equal(time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC)) ||
		!ben.Leaves.Equal(time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC)) {
		t.Errorf("ben is there from %s to %s", ben.Joins, ben.Leaves)
	}
	if c.SecretInFile || c.Mail.URL.Reveal() != "smtp://jerem:p@mail.example:25" ||
		c.Mail.From != "Jerem <jerem@example.org>" {
		t.Errorf("mail %q from %q, a secret in the file: %v", c.Mail.URL.Reveal(), c.Mail.From, c.SecretInFile)
	}
}

// TestRotas: versions carry what their rota says, and what of the file names them is known by line.
func TestRotas(t *testing.T) {
	c := loadOncall(t)
	var got []string
	for _, r := range c.Oncall.Rotas {
		for _, v := range r.Versions {
			got = append(got, fmt.Sprint(r.Name, " ", v.Team, " ", v.Level, " ", v.Zone, " ", v.Region, " ", v.From,
				" ", v.Handover, " ", v.Every, " ", v.People, " ", v.Coverage))
		}
	}
	want := []string{
		"metal Metal 2 America/New_York US 2026-02-28 0 1mo [cleo person-3] " +
			"[[Mon Tue Wed Thu Fri] 18:00-09:00 [Sun Sat holidays] 00:00-24:00]",
		"k8s Kubernetes 1 Europe/Paris FR 2026-01-05 32400 1w [ada ben cleo] always",
		"k8s Kubernetes 1 Europe/Paris FR 2026-06-01 32400 2w [ben ada] always",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	thanksgiving := calendar.Date{Year: 2026, Month: time.November, Day: 26}
	if v := c.Oncall.Rotas[0].Versions[0]; !v.Holiday(thanksgiving) ||
		c.Oncall.Rotas[1].Versions[0].Holiday(thanksgiving) {
		t.Error("holidays are not those of the rota's region")
	}
	if until := c.Oncall.Rotas[0].Until.String(); until != "2027-12-31" {
		t.Error(until)
	}
	for _, line := range []struct {
		told oncall.Contradiction
		want string
	}{
		{oncall.Contradiction{Rota: "metal", Version: c.Oncall.Rotas[0].Versions[0].From, Field: "every"},
			"every: 1mo"},
		{oncall.Contradiction{Rota: "metal", Version: c.Oncall.Rotas[0].Versions[0].From, Field: "zone"},
			"zone: America"},
		{oncall.Contradiction{Rota: "metal", Field: "until"}, "until: 2027"},
		{oncall.Contradiction{Rota: "k8s", Field: "until"}, "name: k8s"},
		{oncall.Contradiction{Person: "ben", Field: "until"}, "until: 2026-12-31"},
	} {
		if at := c.Oncall.LineOf(line.told); at == 0 ||
			!strings.Contains(strings.Split(oncallFile, "\n")[at-1], line.want) {
			t.Errorf("%+v is on line %d", line.told, at)
		}
	}
	if at := c.Oncall.LineOf(oncall.Contradiction{Rota: "gone"}); at != 0 {
		t.Errorf("a rota that is not there is on line %d", at)
	}
	var naming []string
	for _, at := range c.Oncall.LinesNaming("cleo") {
		naming = append(naming, strings.TrimSpace(strings.Split(oncallFile, "\n")[at-1])[:10])
	}
	if want := []string{"- {handle:", "people: [c", "- {from: 2"}; !slices.Equal(naming, want) {
		t.Errorf("cleo stands in %q", naming)
	}
}

// TestPolicies: amounts are cents; what is not named is 0, and what the contract shows is the default.
func TestPolicies(t *testing.T) {
	c := loadOncall(t)
	p, q := c.Oncall.Policies[0], c.Oncall.Policies[1]
	if got := fmt.Sprint(p.Currency, p.Flat, p.Callout, p.Night, p.Merge); got !=
		"EURmap[1:15000 2:8000] map[day:3050 holiday:8005 hours:0 night:6000 weekend:6000]"+
			" {[false false false false false false false] false 75600 23400} 30m0s" {
		t.Error(got)
	}
	if q.Flat[1] != 0 || q.Callout[pay.BandNight] != 0 || q.Night.From != 22*3600 || q.Night.To != 7*3600 ||
		q.Merge != time.Hour {
		t.Errorf("%+v", q)
	}
	o := c.Oncall
	if got := fmt.Sprint(o.Rest, o.Notice, o.KeepEvents, o.KeepStatements); got != "11h0m0s 15d 720h0m0s 87600h0m0s" {
		t.Error(got)
	}
	if got := fmt.Sprint(o.Sources); got != "[{prod alertmanager [[secret]] Kubernetes } {pager generic "+
		"[[secret] [secret]]  team}]" {
		t.Error(got)
	}
}

// TestOncallFile: who decides gets logins, the zones of teams and hashes of secrets.
func TestOncallFile(t *testing.T) {
	c := loadOncall(t)
	f := c.OncallFile()
	if !c.HasOncall() || f.HandleOf("ada@example.org") != "ada" || len(f.People) != 3 || f.Zone != time.UTC {
		t.Errorf("%+v", f)
	}
	pager, _ := f.SourceNamed("pager")
	if !pager.Accepts("0123456789abcdef") || !pager.Accepts("0123456789abcdef2") || pager.Accepts("") ||
		pager.Kind != plan.Generic || pager.Label != "team" {
		t.Errorf("%+v", pager)
	}
	if team, ok := f.TeamNamed("Kubernetes"); !ok || team.Zone != time.UTC {
		t.Errorf("%+v", team)
	}
	if (&Config{}).HasOncall() {
		t.Error("a file without a rota has on-call")
	}
}

// TestOncallPageBegins: what the page about on-call has people write down works as it is, and covers what it says.
func TestOncallPageBegins(t *testing.T) {
	page, err := os.ReadFile("../docs/oncall.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	c, err := Load("oncall.md", []byte(example), variables("JIRA_API_TOKEN=x", "HOOK_SECRET=0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	if o := c.Oncall; len(o.People) != 5 || len(o.Rotas) != 1 || len(o.Policies) != 1 || len(o.Sources) != 1 {
		t.Errorf("%+v", o)
	}
}
