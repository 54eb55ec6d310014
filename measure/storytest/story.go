package storytest

import (
	"bufio"
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// A story is a txtar file: a setup, the lives of issues in a few lines each, and what the figures
// must be, written by hand. See testdata.

// EstimateField is the field of the estimates of stories in points; NatureField that of the natures of impediments.
const (
	EstimateField = "points"
	NatureField   = "customfield_11028"
)

var quarterLabel = regexp.MustCompile(`^Q([1-4])-(\d{2})$`)

// NewHistory is the empty history that stories fill: three statuses, four types, a board.
func NewHistory() *agile.History {
	return &agile.History{
		Team: agile.Team{
			Name: "K", Project: "K",
			Calendar:   calendar.Calendar{Zone: time.UTC, Start: 9 * time.Hour, End: 18 * time.Hour},
			Impediment: agile.ImpedimentRule{Labels: []string{"impediment"}, DefaultNature: NatureField},
			Sprint:     agile.SprintRule{History: 6},
			Quarter:    agile.QuarterRule{Label: quarterLabel, FirstMonth: time.January},
			Initiative: agile.InitiativeRule{Label: regexp.MustCompile(`^Project_(.+)$`)},
			Dependency: agile.DependencyRule{Labels: []string{"dependency"}},
		},
		ProjectID: "10",
		Board: &agile.Board{ID: 1, Kind: agile.Scrum, Estimate: EstimateField, Columns: []agile.Column{
			{Name: "To Do", Statuses: []string{"1"}}, {Name: "Doing", Statuses: []string{"3"}}, {Name: "Done",
				Statuses: []string{"6"}}, {Name: "Empty"},
		}},
		Statuses: map[string]agile.Status{
			"1": {ID: "1", Name: "todo", Names: []string{"todo"}, Category: agile.CategoryToDo},
			"3": {ID: "3", Name: "doing", Names: []string{"doing"}, Category: agile.CategoryDoing},
			"6": {ID: "6", Name: "done", Names: []string{"done"}, Category: agile.CategoryDone},
		},
		Types: map[string]agile.Type{
			"story": {ID: "story", Name: "Story"}, "bug": {ID: "bug", Name: "Bug"},
			"epic": {ID: "epic", Name: "Epic", Level: 1}, "sub": {ID: "sub", Name: "Sub-task", Level: -1},
		},
		Fields: map[string]agile.Field{NatureField: {ID: NatureField, Name: "Nature", Option: true}},
	}
}

var storyStatus = map[string]string{"todo": "1", "doing": "3", "done": "6"}

type storyReader struct {
	t       testing.TB
	h       *agile.History
	ids     map[string]int64
	nextLog int64
}

// Read makes a history of the setup and the issues of a story.
func Read(t testing.TB, setup, issues string) *agile.History {
	t.Helper()
	r := &storyReader{t: t, h: NewHistory(), ids: map[string]int64{}}
	var changes []string
	for line := range Lines(setup) {
		if strings.HasPrefix(line, "change ") {
			changes = append(changes, line)
			continue
		}
		r.readSetup(line)
	}
	for line := range Lines(issues) { // keys first, so that issues can name each other
		if word, _, _ := strings.Cut(line, " "); strings.Contains(word, "-") && !startsWithDate(line) {
			r.ids[word] = int64(len(r.ids) + 1)
		}
	}
	var now *agile.Issue
	order := 0
	for line := range Lines(issues) {
		if startsWithDate(line) {
			order++
			r.readChange(now, line, order)
			continue
		}
		now, order = r.readCreation(line), 0
	}
	for _, line := range changes {
		r.applyChange(line)
	}
	return r.h
}

func startsWithDate(line string) bool { return regexp.MustCompile(`^\d{4}-`).MatchString(line) }

// Lines yields the lines of a section without comments and empty ones.
func Lines(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for s := bufio.NewScanner(strings.NewReader(text)); s.Scan(); {
			line := strings.TrimSpace(s.Text())
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(line) {
				return
			}
		}
	}
}

// ParseTime reads a moment of a story.
func ParseTime(t testing.TB, text string) time.Time {
	t.Helper()
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999", "2006-01-02T15:04", "2006-01-02"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC()
		}
	}
	t.Fatalf("story: %q is no time", text)
	return time.Time{}
}

// readCreation reads "K-1 TIME word=value …".
func (r *storyReader) readCreation(line string) *agile.Issue {
	r.t.Helper()
	f := strings.Fields(line)
	at := ParseTime(r.t, f[1])
	i := &agile.Issue{ID: r.ids[f[0]], Created: at, Updated: agile.MomentOf(at)}
	i.Key = agile.Constant(at, f[0])
	i.Summary = agile.Constant(at, "work on "+f[0])
	i.Project = agile.Constant(at, "10")
	i.Type = agile.Constant(at, "story")
	i.Status = agile.Constant(at, "1")
	i.Resolution = agile.Constant(at, "")
	i.Sprints = agile.Constant(at, []int64(nil))
	i.Parent = agile.Constant(at, int64(0))
	i.EpicLink = agile.Constant(at, "")
	i.Labels = agile.Constant(at, []string(nil))
	i.Flagged = agile.Constant(at, false)
	for n, word := range f[2:] {
		r.applyWord(i, at, -1-n, word) // at creation: replaces the constant
	}
	r.h.Issues = append(r.h.Issues, i)
	return i
}

// readChange reads "TIME word=value …", or "TIME log 2h on TIME".
func (r *storyReader) readChange(i *agile.Issue, line string, order int) {
	r.t.Helper()
	f := strings.Fields(line)
	at := ParseTime(r.t, f[0])
	if f[1] == "log" {
		d, err := time.ParseDuration(f[2])
		if err != nil {
			r.t.Fatal(err)
		}
		r.nextLog++
		r.h.Worklogs = append(r.h.Worklogs, agile.Worklog{ID: r.nextLog, Issue: i.ID, Created: at,
			Started: ParseTime(r.t, f[4]), Seconds: int64(d / time.Second)})
		return
	}
	for n, word := range f[1:] {
		r.applyWord(i, at, order*10+n, word)
	}
}

func splitList(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, ",")
}

// addStep adds a step, or sets the value at creation for a negative order.
func addStep[T any](tl *agile.Timeline[T], at time.Time, order int, value T) {
	if order < 0 {
		(*tl)[0].Value = value
		return
	}
	*tl = append(*tl, agile.Step[T]{From: agile.MomentOf(at), Order: order, Value: value})
}
