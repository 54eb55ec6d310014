package forecast

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// completions is real data that is not in the repository.
const completions = "../../../shared/forecast/completions.csv.gz"

// realProjects returns projects of the extract by name, all of them where none is named.
func realProjects(t *testing.T, names ...string) []Project {
	t.Helper()
	file, err := os.Open(completions)
	if os.IsNotExist(err) {
		t.Skipf("SKIPPED: the completions of real projects are not at %s", completions)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	projects, err := ReadCompletions(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	if len(names) > 0 {
		projects = slices.DeleteFunc(projects, func(p Project) bool { return !slices.Contains(names, p.Name) })
	}
	return projects
}

// TestRealProjects: three projects of different temper; with JEREM_CALIBRATE all 39, held to the bounds of the
// contract.
func TestRealProjects(t *testing.T) {
	if os.Getenv("JEREM_CALIBRATE") == "" {
		r := judge(t, realProjects(t, "MongoDB_Compass", "Mule_APIkit", "Spring_XD"), Shipped())
		if r.Projects != 3 || r.Forecasts < 300 {
			t.Fatalf("%d projects, %d forecasts", r.Projects, r.Forecasts)
		}
		within(t, "the 85 % date", r.At[2].Share(), 0.72, 0.95)
		within(t, "pinball at 85 % of the plain one", r.Pinball[2]/r.Plain[2], 0, 1)
		return
	}
	r := judge(t, realProjects(t), Shipped())
	within(t, "the 85 % date", r.At[2].Share(), 0.78, 0.90)
	within(t, "the 95 % date", r.At[3].Share(), 0.90, 0.97)
	within(t, "pinball at 85 % of the plain one", r.Pinball[2]/r.Plain[2], 0, 0.90)
	within(t, "pinball at 95 % of the plain one", r.Pinball[3]/r.Plain[3], 0, 0.72)
	within(t, "projects inside 80 to 90 %", float64(r.Inside(2, 0.8, 0.9))/float64(r.Projects), 0.5, 1)
}

func within(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if math.IsNaN(got) || got < low || got > high {
		t.Errorf("%s: %.3f, want %.2f to %.2f", what, got, low, high)
	}
}

// TestShippedPriorIsMade: the shipped rows of a project are those that its completions make.
func TestShippedPriorIsMade(t *testing.T) {
	for _, project := range realProjects(t, "MongoDB_Compass", "Spring_DataCass") {
		var shipped []PriorRow
		for _, row := range Shipped().rows {
			if row.Project == project.Name {
				shipped = append(shipped, row)
			}
		}
		if diff := cmp.Diff(PriorRows(project.Name, Replay(project.Throughput)), shipped); diff != "" {
			t.Errorf("%s: run go run ./tools/prior again (-made +shipped):\n%s", project.Name, diff)
		}
	}
}

// simulated returns teams whose weeks vary as those of real ones; the pace follows a function of the day.
func simulated(teams, days int, pace func(day int) float64) []Project {
	random := rand.New(rand.NewPCG(7, 7))
	projects := make([]Project, teams)
	for i := range projects {
		throughput := make(Throughput, days)
		for day := range throughput {
			if random.Float64() < 0.5 {
				throughput[day] = math.Round(-pace(day) * 2 * math.Log(1-random.Float64()))
			}
		}
		throughput[0] = 1
		projects[i] = Project{Name: "simulated", Throughput: throughput}
	}
	return projects
}

func TestSimulatedTeams(t *testing.T) {
	if testing.Short() {
		t.Skip("twelve teams are replayed for years")
	}
	stationary := judge(t, simulated(6, 900, func(int) float64 { return 3 }), Shipped())
	within(t, "the 85 % date of stationary teams", stationary.At[2].Share(), 0.80, 0.95)
	drifting := judge(t,
		simulated(6, 900, func(day int) float64 { return 3 * (1 + 0.5*math.Sin(float64(day)/90)) }),
		Shipped())
	within(t, "the 85 % date of drifting teams", drifting.At[2].Share(), 0.80, 0.92)
	if stationary.Pinball[2] >= drifting.Pinball[2] {
		t.Errorf("a drifting team is told as well as a stationary one: %.3f, %.3f", drifting.Pinball[2],
			stationary.Pinball[2])
	}
}

// TestProjectOfThePrior: a project that the prior was made from is judged by the others.
func TestProjectOfThePrior(t *testing.T) {
	team := simulated(1, 300, func(int) float64 { return 3 })
	team[0].Name = "own"
	prior := NewPrior([]PriorRow{{"own", 0, 1, []float64{9}}, {"own", 1, 1, []float64{9}},
		{"other", 0, 1, []float64{1}}, {"other", 1, 1, []float64{1}}})
	told := Calibrate(Replay(team[0].Throughput), prior.Without("own"))
	report := judge(t, team, prior)
	held := 0
	for _, one := range told {
		if one.Held(2) {
			held++
		}
	}
	if report.At[2].Held != held || held == len(told) {
		t.Errorf("%d of %d held, want %d as with the prior of the others", report.At[2].Held, report.At[2].Of, held)
	}
}

func TestPinball(t *testing.T) {
	for _, test := range []struct {
		shown, outcome int
		want           float64
	}{{10, 10, 0}, {10, 12, 1.7}, {10, 8, 0.3}} {
		if got := Pinball(0.85, test.shown, test.outcome); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("shown %d, took %d: %v, want %v", test.shown, test.outcome, got, test.want)
		}
	}
}

// TestWilson against a published value: 8 of 10 lie within .490 and .943.
func TestWilson(t *testing.T) {
	low, high := Hits{8, 10}.Wilson()
	within(t, "low", low, 0.4901, 0.4903)
	within(t, "high", high, 0.9432, 0.9434)
	for n := 1; n < 60; n++ { // the ends are exact
		if _, high := (Hits{n, n}).Wilson(); high != 1 {
			t.Errorf("all of %d: up to %v", n, high)
		}
		if low, _ := (Hits{0, n}).Wilson(); low != 0 {
			t.Errorf("none of %d: from %v", n, low)
		}
	}
	if low, high := (Hits{}).Wilson(); low != 0 || high != 1 {
		t.Errorf("of nothing: %v to %v, want 0 to 1", low, high)
	}
}

func TestReadCompletions(t *testing.T) {
	const text = "\ufeffproject,date,completed\nb,2026-11-27,2\na,2026-11-30,1\nb,2026-11-28,1.5\nb,2026-11-30,1\n" +
		"b,2026-12-02,3\na,2026-11-20,0\n"
	projects, err := ReadCompletions(strings.NewReader(text))
	want := []Project{{"a", Throughput{1}}, {"b", Throughput{2, 2.5, 0,
		3}}} // a Friday, the Monday with its Saturday, Wednesday
	if diff := cmp.Diff(want, projects); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestReadCompletionsFaults(t *testing.T) {
	for text, want := range map[string]string{
		"a,2026-02-30,1\nb,x,1\n": "line 1: \"2026-02-30\" is no date; write it as 2026-11-28\nline 2: \"x\" is no " +
			"date; write it as 2026-11-28",
		"a,2026-11-30,-1\n":    "line 1: \"-1\" is no number of completed issues or points",
		"a,2026-11-30,NaN\n":   "line 1: \"NaN\" is no number of completed issues or points",
		"a,2026-11-30,1e300\n": "line 1: \"1e300\" is no number of completed issues or points",
		"a,2026-11-30\n": "line 1: has 2 fields; project, date and completed are needed, with " +
			"commas between them",
		"the 2\" team,2026-01-05,3\na,2026-02-30,1\na,\"2026-02-28,1\n": "line 1: bare \" in " +
			"non-quoted-field (a quote within a field is doubled, and the field stands in quotes)\nline 2: " +
			"\"2026-02-30\" is no date; write it " +
			"as 2026-11-28\nline 3: extraneous or missing \" in quoted-field (a quote within a field is doubled, and " +
			"the field stands in quotes)",
		"a,0001-01-01,1\na,2026-11-30,1\n": "project a: its dates span more than a hundred years",
	} {
		if _, err := ReadCompletions(strings.NewReader(text)); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzReadCompletions(f *testing.F) {
	f.Add("project,date,completed\na,2026-11-30,1\n")
	f.Add("a,\"2026-11-30\n,1")
	f.Add("a\"b,2026-11-30,1\na,2026-11-30,1\n")
	f.Fuzz(func(t *testing.T, text string) {
		projects, err := ReadCompletions(strings.NewReader(text))
		for _, p := range projects {
			if err != nil || len(p.Throughput) > longestHistory+1 {
				t.Errorf("%s: %d days, %v", p.Name, len(p.Throughput), err)
			}
			for _, amount := range p.Throughput {
				if math.IsNaN(amount) || amount < 0 {
					t.Errorf("%s finished %v on a day", p.Name, amount)
				}
			}
		}
	})
}

func TestPriorIsReadBack(t *testing.T) {
	rows := []PriorRow{{"a, b", 2, 100, []float64{0.5, 1.25}}, {"c", 0, 1, []float64{3}}}
	var text bytes.Buffer
	if err := WritePrior(&text, rows); err != nil {
		t.Fatal(err)
	}
	got, err := ReadPrior(&text)
	if diff := cmp.Diff(rows, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for _, bad := range []string{"a,10,1\n", "a,11,1,1\n", "a,10,x,1\n", "a,10,1,x\n"} {
		if _, err := ReadPrior(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is taken for a prior", bad)
		}
	}
}

// judge is [Judge] for who never ends.
func judge(t *testing.T, projects []Project, prior Prior) Report {
	t.Helper()
	report, err := Judge(t.Context(), projects, prior)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// TestJudgeStops: who is told to end replays no project any more.
func TestJudgeStops(t *testing.T) {
	ended, stop := context.WithCancel(t.Context())
	stop()
	projects := simulated(6, 900, func(int) float64 { return 3 })
	if report, err := Judge(ended, projects, Shipped()); !errors.Is(err, context.Canceled) || report.Forecasts != 0 {
		t.Errorf("%d forecasts are judged: %v", report.Forecasts, err)
	}
	records, err := Records(ended, projects)
	if !errors.Is(err, context.Canceled) || slices.ContainsFunc(records, func(r []Outcome) bool { return len(r) > 0 }) {
		t.Errorf("projects are replayed: %v", err)
	}
}
