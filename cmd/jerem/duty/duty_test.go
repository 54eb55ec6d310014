package duty

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/cmd/jerem/setup"
	"jerem/config"
	"jerem/oncall/link"
	kept "jerem/store/oncall"
)

// file is a section on call; REPLACE stands for what a test adds.
const file = `jira: {url: https://jira.example, token: secret-of-jira}
projects: [{name: K8S, label: Kubernetes}]
store.path: STORE
calendar: {time_zone: Europe/Paris}
oncall:
  people: [{handle: ada, contacts: [{mail: ada@example.org}]}, {handle: ben}]
  rotas:
    - name: k8s
      team: Kubernetes
      versions: [{from: 2026-01-05, handover: "09:00", every: 1w, people: [ada, ben], coverage: always}]
    - {name: nights, team: Kubernetes, level: 2, until: 2026-02-01,
       versions: [{from: 2026-01-05, handover: "09:00", every: 2w, people: [ben],
                   coverage: [{days: Mon-Fri, from: "18:00", to: "09:00"}]}]}
  pay: [{from: 2026-01-01, currency: EUR, flat: {1: 150.00}}]
`

// command is what kong runs.
type command interface {
	Run(e *setup.Environment, group *Commands) error
}

// bench is a configuration with a folder for what is kept.
type bench struct {
	t    *testing.T
	path string
}

func newBench(t *testing.T, edit func(string) string) *bench {
	b := &bench{t, filepath.Join(t.TempDir(), "config.yml")}
	b.write(edit(strings.Replace(file, "STORE", filepath.Join(filepath.Dir(b.path), "jerem.db"), 1)))
	return b
}

func same(text string) string { return text }

func (b *bench) write(text string) {
	b.t.Helper()
	if err := os.WriteFile(b.path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) run(c command, clock, stdin string) (string, error) {
	b.t.Helper()
	var out bytes.Buffer
	e := &setup.Environment{Ctx: b.t.Context(), Getenv: func(string) string { return "" },
		Stdin:  strings.NewReader(stdin),
		Stdout: &out, Stderr: &out, Flags: setup.GlobalFlags{Config: b.path}}
	err := c.Run(e, &Commands{Clock: clock})
	return out.String(), err
}

func (b *bench) want(c command, clock, want string) {
	b.t.Helper()
	got, err := b.run(c, clock, "")
	if err != nil {
		b.t.Errorf("%+v: %v", c, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		b.t.Errorf("%+v (-want +got):\n%s", c, diff)
	}
}

const noon = "2026-01-07T12:00:00Z"

// TestWhoAndSchedule: they speak of the file before anything was kept, and make no file themselves.
func TestWhoAndSchedule(t *testing.T) {
	b := newBench(t, same)
	b.want(whoCommand{}, noon, "k8s: ada until 2026-01-12T08:00:00Z\nnights: nobody, outside coverage\n")
	b.want(whoCommand{At: "2026-01-12T20:00"}, noon,
		"k8s: ben until 2026-01-19T08:00:00Z\nnights: ben until 2026-01-13T08:00:00Z\n")
	b.want(scheduleCommand{From: "2026-01-11", To: "2026-01-13", Format: "csv"}, noon,
		"person,rota,start,end,team,level,planned\n"+
			"ada,k8s,2026-01-10T23:00:00Z,2026-01-12T08:00:00Z,Kubernetes,1,ada\n"+
			"ben,k8s,2026-01-12T08:00:00Z,2026-01-12T23:00:00Z,Kubernetes,1,ben\n"+
			"ben,nights,2026-01-12T17:00:00Z,2026-01-12T23:00:00Z,Kubernetes,2,ben\n")
	b.want(scheduleCommand{To: "2026-01-08", Rota: "k8s", Format: "text"}, noon,
		"k8s  Wed 2026-01-07 00:00  Thu 2026-01-08 00:00  ada\n")
	for format, begins := range map[string]string{"ics": "BEGIN:VCALENDAR\r\n", "json": "[\n"} {
		if got, err := b.run(scheduleCommand{Format: format}, noon, ""); err != nil || !strings.HasPrefix(got, begins) {
			t.Errorf("%s: %v %.40q", format, err, got)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(b.path), "*.db")); len(left) != 0 {
		t.Errorf("looking made %v", left)
	}
}

// TestImportAndStatement: past shifts are brought in once, and pay follows them.
func TestImportAndStatement(t *testing.T) {
	b := newBench(t, same)
	const table = "person,rota,start,end\nben,k8s,2026-01-06 09:00,2026-01-07 09:00\n"
	const told = "1 row: 1 correction and 0 call-outs "
	for i, want := range []string{told + "would be kept; ", told + "kept; ",
		"1 row: 0 corrections and 0 call-outs kept; "} {
		got, err := b.run(importCommand{CSV: "-", DryRun: i == 0}, noon, table)
		if err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%v %q, want %q", err, got, want)
		}
	}
	b.want(whoCommand{At: "2026-01-06T12:00:00Z"}, noon,
		"k8s: ben until 2026-01-07T08:00:00Z\nnights: nobody, outside coverage\n")
	got, err := b.run(statementCommand{Month: "2026-01", Person: "ada", Format: "csv"}, noon, "")
	if err != nil || !strings.Contains(got,
		"2026-01,ada,,EUR,draft,2026-01-05,flat,,k8s,1,518400,128.57,2026-01-01,\n") {
		t.Errorf("%v\n%s", err, got)
	}
	if got, err := b.run(statementCommand{Format: "text"}, "2026-02-20T00:00:00Z", ""); err != nil ||
		!strings.HasPrefix(got, "2026-01 ada EUR, draft\n") {
		t.Errorf("without a month: %v\n%s", err, got)
	}
	for _, bad := range []string{"person,rota\n", table + "zoe,k8s,2026-01-06,2026-01-07\n"} {
		if _, err := b.run(importCommand{CSV: "-"}, noon, bad); !errors.Is(err, errNothingKept) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestCheck: a file that contradicts the past, or covers a moment twice, is an error with its line; else there are
// warnings alone.
func TestCheck(t *testing.T) {
	b := newBench(t, same)
	got, err := b.run(checkCommand{}, noon, "")
	if err != nil || !strings.Contains(got, "warning  rota k8s, ben: has duty ahead and no contact") ||
		!strings.Contains(got, "ok       rota nights: nobody covers Mon 00:00-18:00, Tue-Fri") {
		t.Errorf("%v\n%s", err, got)
	}
	if _, err := b.run(importCommand{CSV: "-"}, noon, "person,rota,start,end\n"); err != nil { // keeps what has begun
		t.Fatal(err)
	}
	text, err := os.ReadFile(b.path)
	if err != nil {
		t.Fatal(err)
	}
	b.write(strings.Replace(strings.Replace(string(text), "every: 1w", "every: 3d", 1), "level: 2", "level: 1", 1))
	got, err = b.run(checkCommand{}, noon, "")
	if !errors.Is(err, errFile) {
		t.Errorf("a closed version was edited: %v", err)
	}
	for _, want := range []string{
		`error    rota k8s: rota k8s, version from 2026-01-05: every was "1w" and has begun, ` +
			`the file says "3d" (line 10)`,
		`error    rota nights: rota nights, version from 2026-01-05: level was "2" and has begun, ` +
			`the file says "1" (line 11)`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no line %q in\n%s", want, got)
		}
	}
	if got, err := b.run(checkCommand{JSON: true}, noon, ""); !errors.Is(err, errFile) ||
		!strings.HasPrefix(got, "[\n") {
		t.Errorf("%v\n%s", err, got)
	}
	double := newBench(t, func(text string) string { return strings.Replace(text, "level: 2", "level: 1", 1) })
	if got, err := double.run(checkCommand{}, noon, ""); !errors.Is(err, errFile) ||
		!strings.Contains(got, "both cover") {
		t.Errorf("covered twice: %v\n%s", err, got)
	}
}

// TestNoRota: without a rota the commands say how to begin.
func TestNoRota(t *testing.T) {
	b := newBench(t, func(text string) string { return text[:strings.Index(text, "oncall:")] })
	for _, c := range []command{whoCommand{}, scheduleCommand{}, checkCommand{}, statementCommand{}} {
		if _, err := b.run(c, noon, ""); !errors.Is(err, errNoRota) {
			t.Errorf("%T: %v", c, err)
		}
	}
	if err := setup.CheckOverlaps(config.Default(), time.Now()); err != nil {
		t.Error(err)
	}
}

// TestRefusedFlags: what cannot be meant is a wrong use.
func TestRefusedFlags(t *testing.T) {
	b := newBench(t, same)
	for _, c := range []command{whoCommand{At: "soon"}, scheduleCommand{From: "2026-02-01", To: "2026-01-01"},
		scheduleCommand{Rota: "db"}, scheduleCommand{To: "2090-01-01"}, statementCommand{Month: "January"},
		statementCommand{Month: "2026-01", Person: "adda"}, statementCommand{Person: "adda", Format: "csv"}} {
		var usage setup.UsageError
		if _, err := b.run(c, noon, ""); !errors.As(err, &usage) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// TestNothingToPayToOne: that there is nothing to pay to somebody is not said of the month.
func TestNothingToPayToOne(t *testing.T) {
	b := newBench(t, same)
	got, err := b.run(statementCommand{Month: "2020-01", Person: "ada", Format: "text"}, noon, "")
	if err != nil || got != "There is nothing to pay to ada for 2020-01.\n" {
		t.Errorf("%q %v", got, err)
	}
}

// TestForget: somebody without duty ahead has another name in all that is kept, also where the file still names them;
// the lines to mend are told. Who has duty ahead is not forgotten.
func TestForget(t *testing.T) {
	b := newBench(t, func(text string) string {
		return strings.Replace(text, "people: [ada, ben], coverage: always}]",
			"people: [ada, ben], coverage: always},\n                 {from: 2026-02-02, handover: \"09:00\", "+
				"every: 1w, people: [ben], coverage: always}]", 1)
	})
	if _, err := b.run(importCommand{CSV: "-"}, noon, "person,rota,start,end\n"+
		"ada,nights,2026-01-05 18:00,2026-01-06 09:00\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.run(forgetCommand{Handle: "ada"}, noon, ""); err == nil ||
		!strings.Contains(err.Error(), "duty ahead") {
		t.Errorf("forgotten with duty ahead: %v", err)
	}
	const later = "2026-02-03T12:00:00Z"
	for _, isDryRun := range []bool{true, false} {
		got, err := b.run(forgetCommand{Handle: "ada", DryRun: isDryRun}, later, "")
		if err != nil || !strings.Contains(got,
			"person-1 in all but frozen statements, which go after 5y (oncall.keep.statements).\n") ||
			!strings.Contains(got, "(lines 6, 10)") {
			t.Errorf("%v\n%s", err, got)
		}
	}
	b.want(whoCommand{At: "2026-01-05T20:00:00Z"}, later,
		"k8s: person-1 until 2026-01-12T08:00:00Z\nnights: person-1 until 2026-01-06T08:00:00Z\n")
	db, err := os.ReadFile(filepath.Join(filepath.Dir(b.path), "jerem.oncall.db"))
	if err != nil || bytes.Contains(db, []byte(`"ada"`)) {
		t.Errorf("%v: the file still holds the handle in a list", err)
	}
	if _, err := b.run(forgetCommand{Handle: "zoe"}, later, ""); err == nil {
		t.Error("nobody was forgotten")
	}
}

// TestReplay: without anything that was set aside there is nothing to do.
func TestReplay(t *testing.T) {
	newBench(t, same).want(replayCommand{}, noon, "0 events entered, 0 set aside\n")
}

// TestRenewLinks: the key of links is another one afterwards, and the journal tells that it was renewed.
func TestRenewLinks(t *testing.T) {
	b := newBench(t, same)
	store, err := kept.Open(t.Context(), filepath.Join(filepath.Dir(b.path), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	before, err := store.Links.LinkKey(t.Context(), link.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	b.want(renewLinksCommand{}, noon, "The links that were sent before open nothing any more.\n")
	after, err := store.Links.LinkKey(t.Context(), link.NewKey())
	if err != nil || bytes.Equal(before, after) || len(after) != link.KeySize {
		t.Errorf("the key is the same: %v, %v", bytes.Equal(before, after), err)
	}
	lines, err := store.Journal(t.Context(), 1)
	if err != nil || len(lines) != 1 || lines[0].What != "link key renewed" || lines[0].Who != "command line" {
		t.Errorf("the journal: %v, %v", lines, err)
	}
}
