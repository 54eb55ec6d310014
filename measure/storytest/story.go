package storytest

import (
	"bufio"
	"regexp"
	"slices"
	"strconv"
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
	for line := range Lines(setup) {
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

// readSetup reads one line: "unit seconds", "zone Europe/Paris", "matches 1,2" (the issues of the filter,
// by place), "grace 1h", "status 9 Old" (deleted, no category), "category 9 done", "column 9" (one more
// at the right of the board), "type 7 Name LEVEL", "sprint 1 NAME state START END COMPLETE SEEN", and
// what else stands below.
func (r *storyReader) readSetup(line string) {
	r.t.Helper()
	f := strings.Fields(line)
	switch f[0] {
	case "unit":
		r.h.Board.Estimate = map[string]string{"points": EstimateField, "seconds": "timeoriginalestimate",
			"issues": ""}[f[1]]
	case "zone":
		zone, err := time.LoadLocation(f[1])
		if err != nil {
			r.t.Fatal(err)
		}
		r.h.Team.Calendar.Zone = zone
	case "matches":
		r.h.Matches = map[int64]bool{}
		for _, id := range strings.Split(f[1], ",") {
			n, _ := strconv.ParseInt(id, 10, 64)
			r.h.Matches[n] = true
		}
	case "grace":
		r.h.Team.Sprint.Grace, _ = time.ParseDuration(f[1])
	case "nature":
		r.h.Team.Impediment.Nature = f[1]
	case "first_month":
		n, _ := strconv.Atoi(f[1])
		r.h.Team.Quarter.FirstMonth = time.Month(n)
	case "waiting":
		r.h.Team.Flow.Waiting = f[1:]
	case "untouched":
		r.h.Team.Flow.Untouched, _ = strconv.Atoi(f[1])
	case "by":
		r.h.Team.Quarter.By = agile.QuarterBy(f[1])
	case "version": // "version 7 Q4-26": its present name
		if r.h.Versions == nil {
			r.h.Versions = map[string]string{}
		}
		r.h.Versions[f[1]] = f[2]
	case "label":
		r.h.Team.Quarter.Label = regexp.MustCompile(f[1])
	case "history":
		r.h.Team.Sprint.History, _ = strconv.Atoi(f[1])
	case "budget":
		r.h.Team.Sprint.Budget, _ = time.ParseDuration(f[1])
	case "off":
		r.h.Team.Calendar.Off = func(d calendar.Date) bool { return slices.Contains(f[1:], d.String()) }
	case "types":
		r.h.Team.Impediment.Types = f[1:]
	case "labels":
		r.h.Team.Impediment.Labels = f[1:]
	case "type":
		level, _ := strconv.Atoi(f[3])
		r.h.Types[f[1]] = agile.Type{ID: f[1], Name: f[2], Level: level}
	case "category":
		s := r.h.Statuses[f[1]]
		s.Category = agile.Category(f[2])
		r.h.Statuses[f[1]] = s
	case "column":
		r.h.Board.Columns = append(r.h.Board.Columns, agile.Column{Name: f[1], Statuses: f[1:]})
	case "nofields":
		r.h.Fields = nil
	case "nocolumns":
		r.h.Board.Columns = nil
	case "closed":
		r.h.Team.ClosedStatuses = f[1:]
	case "status":
		r.h.Statuses[f[1]] = agile.Status{ID: f[1], Name: f[2], Names: f[2:]}
	case "gap": // "gap SOURCE CODE SINCE SUBJECT KEYS", - for none, _ for a space
		g := agile.Gap{Source: agile.Source(f[1]), Code: agile.GapCode(f[2]), Since: ParseTime(r.t, f[3])}
		if f[4] != "-" {
			g.Subject = strings.ReplaceAll(f[4], "_", " ")
		}
		if f[5] != "-" {
			g.Issues = splitList(f[5])
		}
		r.h.Gaps = append(r.h.Gaps, g)
	case "noboard":
		r.h.Board = nil
	case "until":
		r.h.Until = ParseTime(r.t, f[1])
	case "sprint":
		id, _ := strconv.ParseInt(f[1], 10, 64)
		v := agile.SprintVersion{Name: f[2], State: agile.SprintState(f[3])}
		for i, at := range []*time.Time{&v.Start, &v.End, &v.Complete, &v.Seen} {
			if len(f) > 4+i && f[4+i] != "-" {
				*at = ParseTime(r.t, f[4+i])
			}
		}
		for i := range r.h.Sprints {
			if r.h.Sprints[i].ID == id {
				r.h.Sprints[i].Versions = append(r.h.Sprints[i].Versions, v)
				return
			}
		}
		r.h.Sprints = append(r.h.Sprints, agile.Sprint{ID: id, OriginBoard: 1, Versions: []agile.SprintVersion{v}})
	default:
		r.t.Fatalf("story: setup %q", line)
	}
}

// readCreation reads "K-1 TIME word=value …".
func (r *storyReader) readCreation(line string) *agile.Issue {
	r.t.Helper()
	f := strings.Fields(line)
	at := ParseTime(r.t, f[1])
	i := &agile.Issue{ID: r.ids[f[0]], Created: at, Updated: at,
		Numbers: map[string]agile.Timeline[agile.Number]{}, Options: map[string]agile.Timeline[[]string]{}}
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

func (r *storyReader) applyWord(i *agile.Issue, at time.Time, order int, word string) {
	r.t.Helper()
	name, value, _ := strings.Cut(word, "=")
	switch name {
	case "status":
		id := value
		if known, ok := storyStatus[value]; ok {
			id = known
		}
		addStep(&i.Status, at, order, id)
	case "resolution":
		addStep(&i.Resolution, at, order, value)
	case "points", "seconds":
		var n agile.Number
		if value != "" {
			x, err := strconv.ParseFloat(value, 64)
			if err != nil {
				r.t.Fatal(err)
			}
			n = agile.Number{Value: x, Known: true}
		}
		field := map[string]string{"points": EstimateField, "seconds": "timeoriginalestimate"}[name]
		tl := i.Numbers[field]
		if tl == nil {
			tl = agile.Constant(i.Created, agile.Number{})
		}
		addStep(&tl, at, order, n)
		i.Numbers[field] = tl
	case "sprint":
		var ids []int64
		for _, s := range splitList(value) {
			id, _ := strconv.ParseInt(s, 10, 64)
			ids = append(ids, id)
		}
		addStep(&i.Sprints, at, order, ids)
	case "labels":
		addStep(&i.Labels, at, order, splitList(value))
	case "fix": // ids of versions
		addStep(withStart(&i.FixVersions, i.Created), at, order, splitList(value))
	case "due":
		addStep(withStart(&i.Due, i.Created), at, order, r.readDate(value))
	case "nature":
		addOption(i, NatureField, at, order, splitList(value))
	case "components":
		addOption(i, "components", at, order, splitList(value))
	case "flag":
		if value == "unknown" {
			i.Flagged = nil
			return
		}
		addStep(&i.Flagged, at, order, value == "yes")
	case "jql": // as of a reading at that moment
		if r.h.Impeded == nil {
			r.h.Impeded = map[int64]agile.Timeline[bool]{}
		}
		r.h.Impeded[i.ID] = append(r.h.Impeded[i.ID], agile.Step[bool]{From: at, Value: value == "yes"})
	case "broken":
		field, text, ok := strings.Cut(value, ":") // "broken=2", of the status, or "broken=labels:2"
		if !ok {
			field, text = agile.FieldStatus, value
		}
		n, _ := strconv.Atoi(text)
		if i.Broken == nil {
			i.Broken = agile.Joints{}
		}
		i.Broken[field] = n
	case "resolved": // told beside the history
		i.Resolved = ParseTime(r.t, value)
	case "recategorized":
		i.Recategorized = ParseTime(r.t, value)
	case "updated":
		i.Updated = ParseTime(r.t, value)
	case "type":
		addStep(&i.Type, at, order, value)
	case "project":
		addStep(&i.Project, at, order, value)
	case "key":
		addStep(&i.Key, at, order, value)
	case "summary":
		addStep(&i.Summary, at, order, value)
	case "parent":
		id, ok := r.ids[value]
		if !ok {
			id, _ = strconv.ParseInt(value, 10, 64) // one that is not read
		}
		addStep(&i.Parent, at, order, id)
	case "epic":
		addStep(&i.EpicLink, at, order, value)
	default:
		r.t.Fatalf("story: unknown word %q", word)
	}
}

// withStart begins a timeline of nothing at the creation of its issue, where it has no steps yet.
func withStart[T any](tl *agile.Timeline[T], created time.Time) *agile.Timeline[T] {
	if len(*tl) == 0 {
		var nothing T
		*tl = agile.Constant(created, nothing)
	}
	return tl
}

// readDate reads a day, the zero one of an empty text.
func (r *storyReader) readDate(text string) calendar.Date {
	if text == "" {
		return calendar.Date{}
	}
	return calendar.DateOf(ParseTime(r.t, text), time.UTC)
}

func addOption(i *agile.Issue, field string, at time.Time, order int, values []string) {
	tl := i.Options[field]
	if tl == nil {
		tl = agile.Constant(i.Created, []string(nil))
	}
	addStep(&tl, at, order, values)
	i.Options[field] = tl
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
	*tl = append(*tl, agile.Step[T]{From: at, Order: order, Value: value})
}
