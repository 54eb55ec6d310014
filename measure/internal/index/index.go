package index

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// mostSeconds is the longest time of one worklog that counts, about 30 years.
const mostSeconds = 1e9

// Index is a history made ready for looking things up: issues by id and key, the past states of each, and what ever
// belonged together. It is filled once and then only read.
type Index struct {
	History      *agile.History
	Unit         agile.Unit // what the team's estimates are in
	Issues       map[int64]*agile.Issue
	keys         map[string]int64          // every key an issue ever had, in lower case
	Histories    map[int64]StateHistory    // by issue
	SprintIssues map[int64][]int64         // issues that were ever in a sprint, by sprint
	Children     map[int64][]int64         // issues that ever had a parent, by parent
	EpicIssues   map[int64][]int64         // issues that ever belonged to an epic, by epic
	Worklogs     map[int64][]agile.Worklog // by issue, in order of start
	statuses     *classifier

	TimeUnknown         bool // time logged was never read, which is not that none is logged
	WorklogsOutOfBounds int  // worklogs out of all bounds, which count for nothing
}

// New makes the index of a history.
func New(h *agile.History) *Index {
	h = withEvidence(h)
	t := &Index{
		History: h, Unit: h.Board.Unit(), statuses: newClassifier(h),
		Issues: map[int64]*agile.Issue{}, keys: map[string]int64{}, Histories: map[int64]StateHistory{}, SprintIssues: map[int64][]int64{},
		Children: map[int64][]int64{}, EpicIssues: map[int64][]int64{}, Worklogs: map[int64][]agile.Worklog{},
		TimeUnknown: NeverRead(h.Gaps, agile.SourceWorklogs, len(h.Worklogs)),
	}
	addIssues(t)
	addWorklogs(t)
	for _, i := range h.Issues {
		addHistory(t, i)
	}
	return t
}

// addIssues enters all issues by id, key and parent.
func addIssues(t *Index) {
	for _, i := range t.History.Issues {
		t.Issues[i.ID] = i
		for _, s := range i.Key {
			t.keys[strings.ToLower(s.Value)] = i.ID
		}
	}
	for _, i := range t.History.Issues { // the present owner of a key wins over former ones
		t.keys[strings.ToLower(i.Key.Last())] = i.ID
		for _, s := range i.Parent {
			if c := t.Children[s.Value]; s.Value != 0 && (len(c) == 0 || c[len(c)-1] != i.ID) {
				t.Children[s.Value] = append(c, i.ID)
			}
		}
	}
}

// addWorklogs enters the worklogs that count.
func addWorklogs(t *Index) {
	for _, w := range t.History.Worklogs {
		if w.Seconds < 0 || w.Seconds > mostSeconds {
			t.WorklogsOutOfBounds++
			continue
		}
		t.Worklogs[w.Issue] = append(t.Worklogs[w.Issue], w)
	}
	for _, logs := range t.Worklogs {
		slices.SortFunc(logs, func(a, b agile.Worklog) int {
			if c := a.Started.Compare(b.Started); c != 0 {
				return c
			}
			return int(a.ID - b.ID)
		})
	}
}

// addHistory computes the life of an issue and enters it where it will be looked up.
func addHistory(t *Index, i *agile.Issue) {
	beats := historyOf(t, i)
	t.Histories[i.ID] = beats
	sprints, epics := map[int64]bool{}, map[int64]bool{}
	for _, b := range beats {
		for _, s := range b.Sprints {
			if !sprints[s] {
				sprints[s] = true
				t.SprintIssues[s] = append(t.SprintIssues[s], i.ID)
			}
		}
		if b.Epic != 0 && !epics[b.Epic] {
			epics[b.Epic] = true
			t.EpicIssues[b.Epic] = append(t.EpicIssues[b.Epic], i.ID)
		}
	}
}

// EachOwnWorklog calls each for the time logged on the team's own issues and sub-tasks, as known at a moment. Whose project
// it was is told by the moment of the work; work before the creation of its issue belongs where the issue was created.
func (t *Index) EachOwnWorklog(known time.Time, each func(*agile.Issue, agile.Worklog)) {
	for _, i := range t.History.Issues {
		for _, w := range t.Worklogs[i.ID] {
			if !w.Created.After(known) && t.InScope(i, i.Project.At(Later(w.Started, i.Created))) {
				each(i, w)
			}
		}
	}
}

// StateOf returns the state of work that a status means, with a resolution or "" for none, and whether anything is known
// of the status.
func (t *Index) StateOf(status, resolution string) (State, bool) {
	return t.statuses.stateOf(status, resolution)
}

// Lookup finds an issue by a key it has or had, in any case, or by its id.
func (t *Index) Lookup(key string) (*agile.Issue, bool) {
	if id, ok := t.keys[strings.ToLower(key)]; ok {
		return t.Issues[id], true
	}
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return nil, false
	}
	i, ok := t.Issues[id]
	return i, ok
}

// Key returns the present key of an issue, its id where the issue is not known.
func (t *Index) Key(id int64) string {
	if i, ok := t.Issues[id]; ok {
		return i.Key.Last()
	}
	return strconv.FormatInt(id, 10)
}

// ContainsFold tells whether a list holds a text, any case.
func ContainsFold(list []string, text string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, text) })
}

// Level returns the level of an issue type; a type that is not known is an ordinary one.
func (t *Index) Level(typ string) int { return t.History.Types[typ].Level }

// Date returns the local day of a moment.
func (t *Index) Date(at time.Time) calendar.Date {
	return calendar.DateOf(at, t.History.Team.Calendar.Zone)
}

func EachChange[T any](tl agile.Timeline[T], put func(time.Time)) {
	for _, s := range tl {
		put(s.From)
	}
}

func SortedTimes(set map[time.Time]bool) []time.Time {
	out := make([]time.Time, 0, len(set))
	for at := range set {
		out = append(out, at)
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// CompareKeys orders keys by project, then by number.
func CompareKeys(a, b string) int {
	projectA, numberA := cutKey(a)
	projectB, numberB := cutKey(b)
	return cmp.Or(cmp.Compare(projectA, projectB), cmp.Compare(numberA, numberB), cmp.Compare(a, b))
}

func cutKey(key string) (project string, number int) {
	at := strings.LastIndexByte(key, '-')
	number, _ = strconv.Atoi(key[at+1:])
	return key[:max(at, 0)], number
}

func Later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func NameOrID(name, id string) string {
	if name == "" {
		return id
	}
	return name
}

// NeverRead tells whether a source was never read: Jira does not give it, and nothing of it is known.
func NeverRead(gaps []agile.Gap, source agile.Source, known int) bool {
	return known == 0 && slices.ContainsFunc(gaps, func(g agile.Gap) bool {
		return g.Source == source && g.Issues == nil && (g.Code == agile.GapRefused || g.Code == agile.GapMissing)
	})
}

// AfterAll is the order of what comes after all changes of a moment.
const AfterAll = int(^uint(0) >> 1)
