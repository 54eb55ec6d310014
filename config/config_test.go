package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/tools/txtar"

	"jerem/access/rules"
	"jerem/agile"
	"jerem/calendar"
	"jerem/config/schema"
	"jerem/problem"
)

// secretMarker is the beginning of every secret in these tests.
const secretMarker = "hunter2-marker"

// seedFile is a configuration of the seed's bot, which must work as it is.
const seedFile = `jira:
  username: jira.bot
  password: 123456789
  url: https://jira.example
  closed.statuses: [Resolved, Done]
metrics:
  url: https://warp10.example
  token: abcdef
projects:
  - name: K8S
    board: 0
    jql_filter: component = test
    label: K8S_test
  - name: OB
    board: 1
runner.period: 300
`

// minimalConfig is the least that is accepted; tests add lines to it.
const minimalConfig = `jira: {url: "https://jira.example", username: bot, password: ` + secretMarker + `}
projects: [{name: K8S}]
`

func variables(pairs ...string) func(string) string {
	set := map[string]string{}
	for _, p := range pairs {
		name, text, _ := strings.Cut(p, "=")
		set[name] = text
	}
	return func(name string) string { return set[name] }
}

func mustLoad(t *testing.T, file string, env ...string) *Config {
	t.Helper()
	c, err := Load("config.yml", []byte(file), variables(env...))
	if err != nil {
		t.Fatalf("refused:\n%v", err)
	}
	return c
}

// TestErrors holds the message of every kind of error. With UPDATE_CONFIG=1 it writes them
// anew, to be read before they are committed.
func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/errors/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			part := map[string]string{}
			for _, f := range archive.Files {
				part[f.Name] = string(f.Data)
			}
			_, err = Load("config.yml", []byte(part["config.yml"]), variables(strings.Split(part["env"], "\n")...))
			if err == nil {
				t.Fatal("accepted")
			}
			got := err.Error() + "\n"
			if strings.Contains(got, secretMarker) {
				t.Errorf("shows a secret:\n%s", got)
			}
			if os.Getenv("UPDATE_CONFIG") != "" {
				archive.Files[len(archive.Files)-1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(part["errors"], got); diff != "" {
				t.Errorf("errors differ (-want +got):\n%s", diff)
			}
		})
	}
}

// TestMarkOfUTF16Alone wants a file that holds bytes not called empty.
func TestMarkOfUTF16Alone(t *testing.T) {
	for _, file := range []string{"\xff\xfe", "\xfe\xff"} {
		_, err := Load("config.yml", []byte(file), variables())
		if err == nil || !strings.Contains(err.Error(), "UTF-16") {
			t.Errorf("%x: %v", file, err)
		}
	}
}

func TestOfTheSeed(t *testing.T) {
	c := mustLoad(t, seedFile)
	if c.Jira.Username != "jira.bot" || c.Jira.Password.Reveal() != "123456789" ||
		c.Jira.URL != "https://jira.example" {
		t.Errorf("jira %+v, password %q", c.Jira, c.Jira.Password.Reveal())
	}
	if diff := cmp.Diff([]string{"Resolved", "Done"}, c.Jira.ClosedStatuses); diff != "" {
		t.Error(diff)
	}
	if c.Metrics.URL != "https://warp10.example" || c.Metrics.Token.Reveal() != "abcdef" {
		t.Errorf("metrics %+v", c.Metrics)
	}
	if c.Runner.Period != 5*time.Minute {
		t.Errorf("period %v", c.Runner.Period)
	}
	want := []Team{
		{Name: "K8S_test", Project: "K8S", JQLFilter: "component = test", Rules: DefaultRules()},
		{Name: "OB", Project: "OB", Board: 1, Rules: DefaultRules()},
	}
	if diff := cmp.Diff(want, c.Teams, byExpression); diff != "" {
		t.Error(diff)
	}
}

var byExpression = cmp.Comparer(func(a, b *regexp.Regexp) bool { return a.String() == b.String() })

func TestDefaults(t *testing.T) {
	got := mustLoad(t, minimalConfig)
	want := Default()
	want.Jira.URL, want.Jira.Username, want.Jira.Password = "https://jira.example", "bot",
		schema.NewSecret(secretMarker)
	want.Teams = []Team{{Name: "K8S", Project: "K8S", Rules: Rules{
		Calendar:   calendar.Config{Start: 9 * time.Hour, End: 18 * time.Hour},
		Impediment: agile.ImpedimentRule{Labels: []string{"impediment"}, DefaultNature: "customfield_11028"},
		Sprint:     agile.SprintRule{History: 6},
		Quarter: agile.QuarterRule{By: agile.ByLabel, Label: regexp.MustCompile(`^Q([1-4])-(\d{2})$`),
			FirstMonth: time.January},
		Initiative: agile.InitiativeRule{Label: regexp.MustCompile(`^Project_(.+)$`)},
		Dependency: agile.DependencyRule{Labels: []string{"dependency"}},
		Flow:       agile.FlowRule{Untouched: 5},
	}}}
	if diff := cmp.Diff(want, got, byExpression, cmpopts.IgnoreFields(Config{}, "SecretInFile")); diff != "" {
		t.Error(diff)
	}
	if got.Runner.Period != 10*time.Minute || got.Runner.Refresh != 10*time.Minute ||
		got.Metrics.Interval != 20*time.Minute ||
		got.Server.Listen != "127.0.0.1:8080" || got.Store.Path != "jerem.db" || got.Log.Level != slog.LevelInfo ||
		got.Log.Format != "text" {
		t.Errorf("defaults %+v", got)
	}
}

func TestSpellings(t *testing.T) {
	same := []string{
		"runner.period: 300\ncalendar.region: FR\nserver.listen: ':80'\nlog.level: debug\n",
		"runner: {period: 5m}\ncalendar: {region: fr}\nserver: {listen: ':80'}\nlog: {level: DEBUG}\n",
		"runner: {period: '300'}\ncalendar: {region: FR}\napi.listen: ':80'\nlog-level: 5\n",
		"{runner.period: 300s, calendar.region: FR, api: {listen: ':80'}, log.level: 5}",
		"runner:\n  period: 5m\nrunner.refresh: 600s\ncalendar: {region: FR}\ncalendar.hours: 09:00 - " +
			"18:00\napi: {listen: ':80'}\nlog.level: debug\n",
	}
	want := mustLoad(t, minimalConfig+same[0])
	for _, file := range same[1:] {
		all := "\ufeff" + strings.ReplaceAll(minimalConfig+file, "\n", "\r\n") // as some editors write it
		if strings.HasPrefix(file, "{") {
			all = `{"jira": {"url": "https://jira.example", "username": "bot", "password": "` + secretMarker + `"},
	"projects": [{"name": "K8S"}], ` + file[1:]
		}
		got := mustLoad(t, all)
		got.Server.ListenKey = want.Server.ListenKey // which spelling it was
		if diff := cmp.Diff(want, got, byExpression, cmpopts.IgnoreFields(Config{}, "SecretInFile")); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

// A scalar is taken as written, whatever YAML would make of it.
func TestTextAsWritten(t *testing.T) {
	for _, written := range []string{"0123", "1e5", "123456789", "0x1F", "1_000", "yes", "true", ".5", "2026-12-24",
		"pa$word", "a#b", "$", "$$x"} {
		c := mustLoad(t, strings.Replace(minimalConfig, secretMarker, written, 1))
		if got := c.Jira.Password.Reveal(); got != written {
			t.Errorf("password %s became %s", written, got)
		}
	}
	if c := mustLoad(t, "jira: {url: http://j, token: 007}\nprojects: [{name: "+
		"42, label: NO}]"); c.Jira.Token.Reveal() != "007" ||
		c.Teams[0].Project != "42" || c.Teams[0].Name != "NO" {
		t.Errorf("token %q, team %+v", c.Jira.Token.Reveal(), c.Teams[0])
	}
}

func TestVariables(t *testing.T) {
	c := mustLoad(t, strings.Replace(minimalConfig, secretMarker, "'${P}'", 1)+
		"runner.period: ${N:-42}\nflow.waiting: ['${W}', x]\n", "P=a: {b", "W=On hold")
	if c.Jira.Password.Reveal() != "a: {b" || c.Runner.Period != 42*time.Second ||
		!cmp.Equal(c.Teams[0].Flow.Waiting, []string{"On hold", "x"}) {
		t.Errorf("%q %v %v", c.Jira.Password.Reveal(), c.Runner.Period, c.Teams[0].Flow.Waiting)
	}
}

func TestEnvironmentWins(t *testing.T) {
	file := "jira: {url: ftp://wrong, username: x, password: '${NOT_SET}'}\nrunner.period: never\nprojects: " +
		"[{name: A}, {name: B, calendar.region: FR}]\n"
	c := mustLoad(t, file,
		"JEREM_JIRA_URL=https://jira.example/", "JEREM_JIRA_USERNAME=bot", "JEREM_JIRA_PASSWORD=${as} written",
		"JEREM_JIRA_CLOSED_STATUSES=Done, Won't do,,", "JEREM_RUNNER_PERIOD=60", "JEREM_API_LISTEN=:81",
		"JEREM_LOG_LEVEL=6",
		"JEREM_CALENDAR_REGION=DE-BE", "JEREM_QUARTER_FIRST_MONTH=4", "JEREM_METRICS_URL=http://w",
		"JEREM_METRICS_TOKEN=t", "JEREM_STORE_PATH=")
	if c.Jira.URL != "https://jira.example" || c.Jira.Username != "bot" || c.Jira.Password.Reveal() != "${as} written" {
		t.Errorf("jira %+v %q", c.Jira, c.Jira.Password.Reveal())
	}
	if diff := cmp.Diff([]string{"Done", "Won't do"}, c.Jira.ClosedStatuses); diff != "" {
		t.Error(diff)
	}
	if c.Runner.Period != time.Minute || c.Server.Listen != ":81" || c.Log.Level != slog.LevelDebug-4 ||
		c.Store.Path != "jerem.db" || c.Metrics.Token.Reveal() != "t" {
		t.Errorf("%+v", c)
	}
	a, b := c.Teams[0], c.Teams[1]
	if a.Calendar.Region != "DE-BE" || b.Calendar.Region != "FR" || a.Quarter.FirstMonth != time.April ||
		b.Quarter.FirstMonth != time.April {
		t.Errorf("teams %+v %+v", a, b)
	}
}

// Every key that is not in projects can be set by its variable alone.
func TestEveryVariable(t *testing.T) {
	for _, k := range topTable.Keys() {
		if k.Set == nil {
			continue
		}
		for _, name := range append([]string{k.Name}, k.Aliases...) {
			variable := schema.VariableOf(name)
			var asked []string
			_, _ = Load("", []byte(minimalConfig), func(v string) string { asked = append(asked, v); return "" })
			if !strings.Contains(strings.Join(asked, " ")+" ", variable+" ") {
				t.Errorf("%s is never asked for", variable)
			}
		}
	}
}

func TestTeamRules(t *testing.T) {
	c := mustLoad(t, `
jira: {url: https://gateway.example/ex/jira/1/, token: `+secretMarker+`}
calendar: {time_zone: Europe/Paris, region: FR, days_off: [2026-12-24], hours: "08:30-17:00"}
impediment: {labels: [bug, oops], nature: component}
sprint: {planning_grace: 15m, budget: 30h, history: 4}
projects:
  - name: A
  - name: B
    calendar: &berlin
      region: DE-BE
      days_off: []
    calendar.time_zone: Europe/Berlin
    impediment: {labels: [], types: [Incident], jql: priority = Highest, nature: "label:why_"}
    sprint.budget: 120m
    quarter: {label: '^(\d)Q(\d\d)$', first_month: 10, by: due_date}
    initiative.label: '^init-(.+)$'
    dependency.labels: [waits, Blocked]
    flow: {waiting: [Blocked], untouched: 2}
  - name: C
    calendar: *berlin
`)
	a, b, third := c.Teams[0], c.Teams[1], c.Teams[2]
	christmasEve := []calendar.Date{{Year: 2026, Month: time.December, Day: 24}}
	half8, five := 8*time.Hour+30*time.Minute, 17*time.Hour
	wantA := Rules{
		Calendar: calendar.Config{TimeZone: "Europe/Paris", Region: "FR", DaysOff: christmasEve, Start: half8,
			End: five},
		Impediment: agile.ImpedimentRule{Labels: []string{"bug", "oops"}, Nature: "component",
			DefaultNature: "customfield_11028"},
		Sprint:  agile.SprintRule{Grace: 15 * time.Minute, Budget: 30 * time.Hour, History: 4},
		Quarter: DefaultRules().Quarter, Flow: DefaultRules().Flow,
		Initiative: DefaultRules().Initiative, Dependency: DefaultRules().Dependency,
	}
	wantB := Rules{
		Calendar: calendar.Config{TimeZone: "Europe/Berlin", Region: "DE-BE", Start: half8, End: five},
		Impediment: agile.ImpedimentRule{Labels: []string{}, Types: []string{"Incident"}, JQL: "priority = Highest",
			Nature: "label:why_", DefaultNature: "customfield_11028"},
		Sprint: agile.SprintRule{Grace: 15 * time.Minute, Budget: 2 * time.Hour, History: 4},
		Quarter: agile.QuarterRule{By: agile.ByDueDate, Label: regexp.MustCompile(`^(\d)Q(\d\d)$`),
			FirstMonth: time.October},
		Flow:       agile.FlowRule{Waiting: []string{"Blocked"}, Untouched: 2},
		Initiative: agile.InitiativeRule{Label: regexp.MustCompile(`^init-(.+)$`)},
		Dependency: agile.DependencyRule{Labels: []string{"waits", "Blocked"}},
	}
	wantC := wantA
	wantC.Calendar.Region, wantC.Calendar.DaysOff = "DE-BE", nil
	if diff := cmp.Diff([]Rules{wantA, wantB, wantC}, []Rules{a.Rules, b.Rules,
		third.Rules}, byExpression); diff != "" {
		t.Error(diff)
	}
	if c.Jira.URL != "https://gateway.example/ex/jira/1" {
		t.Errorf("url %s", c.Jira.URL)
	}
	team, err := c.AgileTeam(b)
	if err != nil || team.Calendar.Zone.String() != "Europe/Berlin" ||
		team.Calendar.Working(calendar.Date{Year: 2027, Month: time.March, Day: 8}) ||
		!team.Calendar.Working(calendar.Date{Year: 2027, Month: time.March, Day: 9}) ||
		team.Sprint.Budget != 2*time.Hour || team.Project != "B" {
		t.Errorf("team %+v, %v", team, err)
	}
}

func TestFind(t *testing.T) {
	here := func(files ...string) func(string) bool {
		return func(f string) bool { return strings.Contains(" "+strings.Join(files, " ")+" ", " "+f+" ") }
	}
	for _, test := range []struct {
		flag, env, want string
		files           []string
	}{
		{"a.yml", "b.yml", "a.yml", []string{"config.yml"}},
		{"", "b.yml", "b.yml", []string{"config.yml"}},
		{"", "", "config.yml", []string{"config.yaml", "config.yml"}},
		{"", "", "config.yaml", []string{"config.yaml"}},
	} {
		got, err := Find(test.flag, variables("JEREM_CONFIG="+test.env), here(test.files...))
		if got != test.want || err != nil {
			t.Errorf("%+v: %s, %v", test, got, err)
		}
	}
	if _, err := Find("", variables(), here()); err == nil || !strings.Contains(err.Error(), "jerem demo") {
		t.Errorf("none: %v", err)
	}
}

// A secret shows in no way but Reveal.
func TestSecretNeverShows(t *testing.T) {
	c := mustLoad(t, strings.Replace(minimalConfig, "username: bot, password", "token", 1)+
		"metrics: {url: https://w, token: "+secretMarker+"}\n")
	type hidden struct{ s schema.Secret }
	var out bytes.Buffer
	for _, v := range []any{c, *c, c.Jira, c.Jira.Token, &c.Jira.Token, hidden{c.Jira.Token},
		[]schema.Secret{c.Jira.Token},
		map[string]any{"a": c.Metrics}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10.3s", "%t"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		text, _ := json.Marshal(v) // hidden has nothing to show, and that is fine
		out.Write(text)
		slog.New(slog.NewTextHandler(&out, nil)).Info("config", "v", v)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("config", "v", v)
	}
	inHex := fmt.Sprintf("%x", secretMarker)
	if s := out.String(); strings.Contains(s, secretMarker) || strings.Contains(strings.ToLower(s), inHex) ||
		!strings.Contains(s, "[secret]") {
		t.Errorf("shows the secret, or no placeholder:\n%s", s)
	}
	if c.Jira.Token.Reveal() != secretMarker || c.Jira.Password.IsSet() || c.Jira.Password.String() != "" ||
		c.Jira.Password.Reveal() != "" {
		t.Error("the values are not those of the file")
	}
}

// Each way to print a secret writes the placeholder, rather than an address or nothing.
func TestSecretPlaceholder(t *testing.T) {
	s := schema.NewSecret(secretMarker)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if got := fmt.Sprintf(verb, s); got != "[secret]" {
			t.Errorf("%s: %s", verb, got)
		}
	}
	if text, err := json.Marshal(map[string]any{"s": s}); string(text) != `{"s":"[secret]"}` || err != nil {
		t.Errorf("json: %s, %v", text, err)
	}
	if v := slog.AnyValue(s).Resolve(); v.Kind() != slog.KindString || v.String() != "[secret]" {
		t.Errorf("slog: %v", v)
	}
	if !s.Equal(schema.NewSecret(secretMarker)) || s.Equal(schema.Secret{}) ||
		!(schema.Secret{}).Equal(schema.NewSecret("")) {
		t.Error("equality is not that of the values")
	}
}

func TestErrorsAreTyped(t *testing.T) {
	_, err := Load("/etc/jerem.yml", []byte("jira.passwrod: x\n"), variables("JEREM_LOG_FORMAT=xml"))
	var all schema.Errors
	if !errors.As(err, &all) || len(all) < 3 {
		t.Fatalf("%v", err)
	}
	want := &problem.Problem{Code: schema.Invalid, Message: "/etc/jerem.yml:1:1: jira.passwrod: is not a known key",
		Hint: "did you mean jira.password?",
		Args: map[string]string{"file": "/etc/jerem.yml", "line": "1", "column": "1", "key": "jira.passwrod"}}
	if diff := cmp.Diff(want, all[0]); diff != "" {
		t.Errorf("first %s", diff)
	}
	last := all[len(all)-1]
	if diff := cmp.Diff(map[string]string{"variable": "JEREM_LOG_FORMAT", "key": "log.format"}, last.Args); diff != "" {
		t.Errorf("last %s", diff)
	}
	if problem.Of(err, "config") == nil || !problem.Is(err, schema.Invalid) {
		t.Errorf("%v is not told by its code", err)
	}
}

func TestLevels(t *testing.T) {
	for text, want := range map[string]slog.Level{"0": 8, "1": 8, "2": 8, "3": 4, "4": 0, "5": -4, "6": -8, "WARN": 4,
		" info ": 0, "warning": 4, "trace": -8} {
		if got, err := ParseLevel(text); got != want || err != nil {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "7", "-1", "loud"} {
		if _, err := ParseLevel(text); err == nil {
			t.Errorf("%q is a level", text)
		}
	}
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]time.Duration{"300": 5 * time.Minute, "0": 0, "1.5": 1500 * time.Millisecond,
		"10m": 10 * time.Minute, "1h30m": 90 * time.Minute, " 90s ": 90 * time.Second, "1d": 24 * time.Hour,
		"2w": 336 * time.Hour} {
		if got, ok := schema.ParseDuration(text); got != want || !ok {
			t.Errorf("%q: %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "1D", "ten", "1e3", "10 m", "9999999999999999", "0x10", "m"} {
		if got, ok := schema.ParseDuration(text); ok {
			t.Errorf("%q is %v", text, got)
		}
	}
}

// FuzzConfig: nothing makes the loader panic, nothing makes it tell the value of a variable or of
// the variables of secrets, and every error has a place.
func FuzzConfig(f *testing.F) {
	f.Add(seedFile)
	f.Add(minimalConfig)
	files, _ := filepath.Glob("testdata/errors/*.txtar")
	for _, file := range files {
		if archive, err := txtar.ParseFile(file); err == nil {
			f.Add(string(archive.Files[0].Data))
		}
	}
	f.Add("projects: [{name: ${S}, board: ${S}, calendar: {hours: ${S}, days_off: [${S}]}}]\nserver.listen: " +
		"${S}\nlog.level: ${S}\njira.url: ${S}")
	f.Add("a: &a {b: *a}\njira: &j {jira: *j}\n")
	const hidden = "zQ7hidden"
	env := variables("JEREM_JIRA_PASSWORD="+hidden, "JEREM_METRICS_TOKEN="+hidden, "S="+hidden)
	f.Fuzz(func(t *testing.T, file string) {
		c, err := Load("f.yml", []byte(file), env)
		if (c == nil) == (err == nil) {
			t.Fatalf("%v, %v", c, err)
		}
		if err == nil {
			if c.Jira.URL == "" || len(c.Teams) == 0 {
				t.Errorf("accepted without the required keys: %+v", c)
			}
			return
		}
		if !strings.Contains(file, hidden) && strings.Contains(err.Error(), hidden) {
			t.Errorf("tells a secret: %v", err)
		}
		var all schema.Errors
		if !errors.As(err, &all) || len(all) == 0 {
			t.Fatalf("%T %v", err, err)
		}
		for _, e := range all {
			if e.Message == "" || e.Code != schema.Invalid || e.Args["file"] == "" && e.Args["variable"] == "" {
				t.Errorf("%+v", e)
			}
		}
	})
}

// TestAccess: a file that says who may look is read as it is meant.
func TestAccess(t *testing.T) {
	const base = "jira: {url: https://jira.example, token: t}\nprojects: [{name: A}, {name: B, label: Metal}]\n"
	c := mustLoad(t, base)
	if a := c.Access; a.Mode != AccessOff || a.Open || a.Keep != 400*24*time.Hour ||
		!cmp.Equal(a.Rules, rules.DefaultRules()) {
		t.Errorf("defaults are %+v", a)
	}
	c = mustLoad(t, base+`server.url: https://jerem.example/
access:
  mode: oidc
  oidc: {issuer: "https://id.example/", client_id: jerem, client_secret: "${SECRET}", login: preferred_username}
  trusted: [10.1.2.3, "fd00::/8", "::ffff:10.1.2.3"]
  roles: {operator: [ada, "groups=leads"]}
  teams: {Metal: ["groups=metal"]}
`, "SECRET=s3cret", "JEREM_ACCESS_ROLES_PAY=hr, realm_access.roles=hr")
	a := c.Access
	if a.OIDC.Issuer != "https://id.example/" || a.OIDC.Login != "preferred_username" ||
		a.OIDC.ClientSecret.Reveal() != "s3cret" {
		t.Errorf("the provider is %+v", a.OIDC)
	}
	if got := fmt.Sprint(a.Trusted); got != "[10.1.2.3/32 fd00::/8 10.1.2.3/32]" {
		t.Errorf("trusted are %s", got)
	}
	want := rules.Rules{
		Roles: map[rules.Role][]rules.Matcher{
			rules.Viewer:   {{Anybody: true}},
			rules.Operator: {{Login: "ada"}, {Claim: "groups", Value: "leads"}},
			rules.Pay:      {{Login: "hr"}, {Claim: "realm_access.roles", Value: "hr"}},
		},
		Teams: map[string][]rules.Matcher{"Metal": {{Claim: "groups", Value: "metal"}}},
	}
	if diff := cmp.Diff(want, a.Rules); diff != "" {
		t.Errorf("rules differ (-want +got):\n%s", diff)
	}
}

// TestModeInAnImage: a mode in the file wins over the variable by which an image says that everybody may look.
func TestModeInAnImage(t *testing.T) {
	const base = "jira: {url: https://jira.example, token: t}\nprojects: [{name: A}]\n"
	c := mustLoad(t, base+"access: {mode: proxy, trusted: [10.1.2.3]}\n", "JEREM_ACCESS_OPEN=true")
	if c.Access.Open || c.Access.Mode != AccessProxy {
		t.Errorf("access is %+v", c.Access)
	}
	if c = mustLoad(t, base, "JEREM_ACCESS_OPEN=true"); !c.Access.Open {
		t.Error("without a mode it is not open")
	}
}
