package storycheck

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/grade"
	"jerem/measure/internal/roadmap"
	"jerem/measure/investment"
	"jerem/measure/issuehistory"
	"jerem/measure/sprintreport"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
)

// Run holds the figures against what was worked out by hand: each file of a directory of stories tells the lives of a
// few issues and, in sections like "sprint ID at TIME", what must come out.
func Run(t *testing.T, dir string) {
	for _, file := range Files(t, dir) {
		t.Run(Name(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			team := measure.Of(storytest.Read(t, sectionOf(a, "setup"), sectionOf(a, "issues")))
			checked := 0
			for _, f := range a.Files {
				if f.Name == "setup" || f.Name == "issues" {
					continue
				}
				checked++
				if diff := cmp.Diff(withoutComments(string(f.Data)),
					figuresOf(t, team, strings.Fields(f.Name))); diff != "" {
					t.Errorf("%s (−want +got):\n%s", f.Name, diff)
				}
			}
			if checked == 0 {
				t.Fatal("the story checks nothing")
			}
		})
	}
}

// Files lists the stories of a directory.
func Files(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*/*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatal("no stories in "+dir, err)
	}
	return files
}

// Name names a story by its folder and its file.
func Name(file string) string {
	return path.Join(filepath.Base(filepath.Dir(file)), strings.TrimSuffix(filepath.Base(file), ".txtar"))
}

// withoutComments takes the arithmetic out of what is wanted: lines that begin with #, and empty ones.
func withoutComments(text string) string {
	var b strings.Builder
	for line := range storytest.Lines(text) {
		b.WriteString(line + "\n")
	}
	return b.String()
}

// figuresOf writes what a section asks for: "sprint 1 at TIME", "more 1 at TIME", "quality 1 at TIME", "ideal 1 at
// TIME", "entries 1 at TIME", "issues 1 at TIME", "reconciliation 1 at TIME", "json 1 at TIME" (its impediments),
// "quality 1 FIGURE at TIME", "quality flow at TIME", "quality epic KEY at TIME", "quality epic KEY FIGURE at TIME",
// "quarter Q4-26 at TIME", "epics Q4-26 at TIME", "quality Q4-26 at TIME", "quarters at TIME", "sprints at TIME",
// "issue KEY at TIME", "series CLASSES from TIME to TIME".
func figuresOf(t *testing.T, team *measure.Team, words []string) string {
	t.Helper()
	at := storytest.ParseTime(t, words[len(words)-1])
	switch words[0] {
	case "sprints":
		return sprintList(team.Sprints(at))
	case "quarters":
		var b strings.Builder
		for _, h := range team.Quarters(at) {
			fmt.Fprintf(&b, "%s %s..%s\n", h.Quarter, h.Start, h.End)
		}
		return b.String()
	case "issue":
		return issueSum(t, team, words[1], at)
	case "series":
		return seriesSum(team, regexp.MustCompile(words[1]), storytest.ParseTime(t, words[3]), at)
	case "mix":
		n, _ := strconv.Atoi(words[1])
		return mixSum(investment.Of(team, at, n))
	case "differences":
		id, _ := strconv.ParseInt(words[1], 10, 64)
		d, err := sprintreport.Compare(team, id, at)
		if err != nil {
			t.Fatal(err)
		}
		return differencesSum(d)
	case "flow", "cfd", "late":
		return tellFlow(t, team, words, at)
	}
	switch words[1] {
	case "flow":
		from, to := flow.DefaultDates(team, at)
		return qualitySum(flow.Measure(team, at, from, to).Quality)
	case "epic":
		_, _, against, _ := measure.EpicAlone(team, words[2], at)
		if words[3] != "at" {
			return qualitySum(measure.QualityOfEpic(against, words[3]))
		}
		return qualitySum(against.Whole())
	}
	if name, ok := roadmap.ParseQuarter(words[1]); ok {
		q := team.Quarter(name, at)
		switch words[0] {
		case "quality":
			if words[2] != "at" {
				return qualitySum(q.QualityOf(words[2]))
			}
			return qualitySum(q.Quality)
		case "epics":
			return epicsSum(q)
		}
		return quarterSum(q)
	}
	id, _ := strconv.ParseInt(words[1], 10, 64)
	s, err := team.Sprint(id, at)
	if err != nil {
		t.Fatal(err)
	}
	switch words[0] {
	case "sprint":
		return writeSprint(s)
	case "issues":
		return issuesSum(s)
	case "more":
		return moreSum(team, s)
	case "reconciliation":
		return reconciliationSum(s.Reconciliation)
	case "ideal":
		return idealSum(team, s)
	case "entries":
		return entriesSum(s.Ledger)
	case "quality":
		if words[2] != "at" {
			return qualitySum(s.QualityOf(words[2]))
		}
		return qualitySum(s.Quality)
	case "json":
		return impedimentsSum(t, s.Impediments)
	}
	t.Fatalf("story: section %q", words)
	return ""
}

func qualitySum(q grade.Quality) string {
	return strings.Join(append([]string{string(q.Grade)}, q.Reasons...), "\n") + "\n"
}

func sprintList(heads []measure.SprintHead) string {
	var b strings.Builder
	for _, h := range heads {
		fmt.Fprintf(&b, "%d %s %s %s %s %s\n", h.ID, h.Name, h.State, shortTime(h.Start), shortTime(h.End),
			shortTime(h.Complete))
	}
	return b.String()
}

func shortTime(at *time.Time) string {
	if at == nil {
		return "-"
	}
	return at.Format("2006-01-02T15:04")
}

// entriesSum writes each entry of a ledger.
func entriesSum(l *measure.Ledger) string {
	var b strings.Builder
	for _, e := range l.Entries {
		fmt.Fprintf(&b, "%s %s %s %v %v\n", e.Time.Format("01-02T15:04"), e.Issue, e.Kind, e.Delta, e.Remaining)
	}
	return b.String()
}

// moreSum writes what the sum of a sprint leaves out: state, day, shares, budget.
func moreSum(team *measure.Team, s *measure.Sprint) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s day %s of %s\n", s.Name, s.State, storytest.Maybe(s.WorkingDays.Elapsed),
		storytest.Maybe(s.WorkingDays.Total))
	fmt.Fprintf(&b, "completion %s of scope %s kept %s unplanned %s\n", storytest.Maybe(s.Completion.OfCommitment),
		storytest.Maybe(s.Completion.OfScope), storytest.Maybe(s.Completion.Kept),
		storytest.Maybe(s.Completion.Unplanned))
	if i := s.Impediments; i != nil {
		fmt.Fprintf(&b, "impediments %d of %s unplanned %s of %ds\n", i.Seconds, storytest.Maybe(i.BudgetSeconds),
			storytest.Maybe(i.Unplanned), i.LoggedSeconds)
	}
	return b.String()
}

// issuesSum writes the issues of a sprint: "K-1 done 5 committed completed".
func issuesSum(s *measure.Sprint) string {
	var b strings.Builder
	for _, i := range s.Issues {
		fmt.Fprintf(&b, "%s %s %s", i.Key, i.State, storytest.Maybe(i.Estimate))
		for _, mark := range []struct {
			word  string
			holds bool
		}{{"unestimated", i.Unestimated}, {"committed", i.Committed}, {"completed", i.Completed}} {
			if mark.holds {
				b.WriteString(" " + mark.word)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// reconciliationSum writes each row with its issues: "removed_done -32 K-6:32>none".
func reconciliationSum(rows []measure.ReconciliationRow) string {
	if rows == nil {
		return "none\n"
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%s %v", row.What, row.Estimate)
		for _, p := range row.Issues {
			fmt.Fprintf(&b, " %s:%s>%s", p.Issue, storytest.Maybe(p.From), storytest.Maybe(p.To))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// issueSum writes what an issue counted as: "sprints 11-02T09:00=[1] …" and so on.
func issueSum(t *testing.T, team *measure.Team, key string, at time.Time) string {
	t.Helper()
	states, ok := issuehistory.Of(team, key, at)
	if !ok {
		return "none\n"
	}
	var b strings.Builder
	line := func(name string, list any) {
		text, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		var steps []struct {
			From  time.Time
			Value json.RawMessage
		}
		if err := json.Unmarshal(text, &steps); err != nil {
			t.Fatal(err)
		}
		b.WriteString(name)
		for _, s := range steps {
			fmt.Fprintf(&b, " %s=%s", s.From.Format("01-02T15:04"), s.Value)
		}
		if string(text) == "null" {
			b.WriteString(" null")
		}
		b.WriteString("\n")
	}
	line("sprints", states.Sprints)
	line("epic", states.Epic)
	line("state", states.State)
	line("flag", states.Flag)
	line("estimate", states.Estimate)
	return b.String()
}

// impedimentsSum writes the impediments of a sprint as programs get them, a line for each field.
func impedimentsSum(t *testing.T, i *measure.Impediments) string {
	t.Helper()
	text, err := json.Marshal(i)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		fmt.Fprintf(&b, "%s %s\n", name, fields[name])
	}
	return b.String()
}

// idealSum writes the ideal line at the start of the ledger, at both ends of the working hours of each working date,
// and at the end.
func idealSum(team *measure.Team, s *measure.Sprint) string {
	if _, ok := measure.IdealAt(team, s, s.At); !ok {
		return "none\n"
	}
	cal := team.History().Team.Calendar
	times := []time.Time{s.LedgerStart()}
	for d := calendar.DateOf(s.LedgerStart(), cal.Zone); !d.Midnight(cal.Zone).After(*s.End); d = d.Add(1) {
		from, to := cal.Hours(d)
		for _, at := range []time.Time{from, to} {
			if cal.Working(d) && at.After(s.LedgerStart()) && at.Before(*s.End) {
				times = append(times, at.UTC())
			}
		}
	}
	var b strings.Builder
	for _, at := range append(times, *s.End) {
		value, _ := measure.IdealAt(team, s, at)
		fmt.Fprintf(&b, "%s %.4g\n", at.Format("2006-01-02T15:04"), value)
	}
	return b.String()
}

// seriesSum writes series with their distinguishing labels: "class{sprint=S1} TIME=VALUE …".
func seriesSum(team *measure.Team, classes *regexp.Regexp, from, to time.Time) string {
	var b strings.Builder
	for _, s := range timeseries.Between(team, from, to) {
		if !classes.MatchString(s.Class) {
			continue
		}
		var labels []string
		for name, value := range s.Labels {
			if name != "project" {
				labels = append(labels, name+"="+value)
			}
		}
		slices.Sort(labels)
		fmt.Fprintf(&b, "%s{%s}", s.Class, strings.Join(labels, ","))
		for _, p := range s.Points {
			fmt.Fprintf(&b, " %s=%s", time.UnixMicro(p.Tick).UTC().Format("01-02T15:04"), p.Value.GTS())
		}
		b.WriteString("\n")
	}
	return b.String()
}

// sectionOf returns a file of a story.
func sectionOf(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// writeSprint writes the figures of a sprint in the form that stories state them.
func writeSprint(s *measure.Sprint) string {
	var b strings.Builder
	if l := s.Ledger; l == nil {
		b.WriteString("ledger none\n")
	} else {
		fmt.Fprintf(&b, "ledger %v + %v - %v + %v - %v + %v = %v\n", l.Commitment, l.Added, l.Removed, l.Reestimated,
			l.Completed, l.Reopened, l.Remaining)
		fmt.Fprintf(&b, "completed %v outside %v scope %v kept %v\n", *s.Completed, *s.CompletedOutside, *s.Scope,
			*s.Kept)
	}
	fmt.Fprintf(&b, "todo %v/%d doing %v/%d done %v/%d\n", s.ToDo.Estimate, s.ToDo.Issues, s.Doing.Estimate,
		s.Doing.Issues, s.Done.Estimate, s.Done.Issues)
	if s.Unestimated != nil {
		fmt.Fprintf(&b, "unestimated %d ", *s.Unestimated)
	}
	fmt.Fprintf(&b, "dependency %d\n", s.Dependency)
	if i := s.Impediments; i != nil && i.Count > 0 {
		fmt.Fprintf(&b, "impediments %d %ds without %d\n", i.Count, i.Seconds, i.WithoutTime)
		for _, n := range i.ByNature {
			fmt.Fprintf(&b, "nature %s %d %ds\n", n.Nature, n.Count, n.Seconds)
		}
		for _, d := range i.Daily {
			fmt.Fprintf(&b, "day %s %ds\n", d.Date, d.Seconds)
		}
	}
	return b.String()
}

// quarterSum writes a quarter in the form that stories state it.
func quarterSum(q *measure.Quarter) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s..%s total %v done %v doing %v todo %v remaining %v\n", q.Start, q.End, q.Total, q.Done, q.Doing,
		q.ToDo, q.Remaining)
	fmt.Fprintf(&b, "baseline %s growth %s progression %s\n", storytest.Maybe(q.Baseline), storytest.Maybe(q.Growth),
		storytest.Maybe(q.Progression))
	velocity := "none"
	if v := q.Velocity; v != nil {
		velocity = fmt.Sprintf("%.4g mean %.4g (%.4g to %.4g, %d)", v.Median, v.Mean, v.Low, v.High, v.Sprints)
	}
	fmt.Fprintf(&b, "velocity %s left %d complete %s slack %s\n", velocity, q.WorkingDaysLeft,
		storytest.Maybe(q.DaysToComplete),
		storytest.Maybe(q.SlackDays))
	fmt.Fprintf(&b, "averages %s %s\n", storytest.Maybe(q.AverageCompletion), storytest.Maybe(q.AverageImpediment))
	b.WriteString(epicsSum(q))
	for _, w := range q.Weekly {
		fmt.Fprintf(&b, "%s %v %v\n", w.Week, w.Total, w.Done)
	}
	return b.String()
}

func epicsSum(q *measure.Quarter) string {
	var b strings.Builder
	for _, e := range q.Epics {
		fmt.Fprintf(&b, "epic %s %s total %v done %v doing %v todo %v unestimated %s dependency %d progression %s",
			e.Key,
			storytest.Maybe(e.Initiative), e.Total, e.Done, e.Doing, e.ToDo, storytest.Maybe(e.Unestimated),
			e.Dependency,
			storytest.Maybe(e.Progression))
		if e.CarriedOver {
			b.WriteString(" carried")
		}
		b.WriteString("\n")
	}
	return b.String()
}
