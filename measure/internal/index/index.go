package index

import (
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
	x := &Index{
		History: h, Unit: h.Board.Unit(), statuses: newClassifier(h),
		Issues: map[int64]*agile.Issue{}, keys: map[string]int64{}, Histories: map[int64]StateHistory{},
		SprintIssues: map[int64][]int64{},
		Children:     map[int64][]int64{}, EpicIssues: map[int64][]int64{}, Worklogs: map[int64][]agile.Worklog{},
		TimeUnknown: NeverRead(h.Gaps, agile.SourceWorklogs, len(h.Worklogs)),
	}
	addIssues(x)
	addWorklogs(x)
	for _, i := range h.Issues {
		addHistory(x, i)
	}
	return x
}

// addIssues enters all issues by id, key and parent.
func addIssues(x *Index) {
	for _, i := range x.History.Issues {
		x.Issues[i.ID] = i
		for _, s := range i.Key {
			x.keys[strings.ToLower(s.Value)] = i.ID
		}
	}
	for _, i := range x.History.Issues { // the present owner of a key wins over former ones
		x.keys[strings.ToLower(i.Key.Last())] = i.ID
		for _, s := range i.Parent {
			if c := x.Children[s.Value]; s.Value != 0 && (len(c) == 0 || c[len(c)-1] != i.ID) {
				x.Children[s.Value] = append(c, i.ID)
			}
		}
	}
}

// addWorklogs enters the worklogs that count.
func addWorklogs(x *Index) {
	for _, w := range x.History.Worklogs {
		if w.Seconds < 0 || w.Seconds > mostSeconds {
			x.WorklogsOutOfBounds++
			continue
		}
		x.Worklogs[w.Issue] = append(x.Worklogs[w.Issue], w)
	}
	for _, logs := range x.Worklogs {
		slices.SortFunc(logs, func(a, b agile.Worklog) int {
			if c := a.Started.Compare(b.Started); c != 0 {
				return c
			}
			return int(a.ID - b.ID)
		})
	}
}

// addHistory computes the state history of an issue and enters the issue by the sprints and epics that it was ever in.
func addHistory(x *Index, i *agile.Issue) {
	history := historyOf(x, i)
	x.Histories[i.ID] = history
	sprints, epics := map[int64]bool{}, map[int64]bool{}
	for _, b := range history {
		for _, s := range b.Sprints {
			if !sprints[s] {
				sprints[s] = true
				x.SprintIssues[s] = append(x.SprintIssues[s], i.ID)
			}
		}
		if b.Epic != 0 && !epics[b.Epic] {
			epics[b.Epic] = true
			x.EpicIssues[b.Epic] = append(x.EpicIssues[b.Epic], i.ID)
		}
	}
}

// EachOwnWorklog calls each for the time logged on the team's own issues and sub-tasks, as known at a moment. Whose
// project it was is told by the moment of the work; work before the creation of its issue belongs where the issue was
// created.
func (x *Index) EachOwnWorklog(known time.Time, each func(*agile.Issue, agile.Worklog)) {
	for _, i := range x.History.Issues {
		for _, w := range x.Worklogs[i.ID] {
			if !w.Created.After(known) && x.InScope(i, i.Project.At(Later(w.Started, i.Created))) {
				each(i, w)
			}
		}
	}
}

// StateOf returns the state of work that a status means, with a resolution or "" for none, and whether anything is
// known of the status.
func (x *Index) StateOf(status, resolution string) (State, bool) {
	return x.statuses.stateOf(status, resolution)
}

// Lookup finds an issue by a key it has or had, in any case, or by its id.
func (x *Index) Lookup(key string) (*agile.Issue, bool) {
	if id, ok := x.keys[strings.ToLower(key)]; ok {
		return x.Issues[id], true
	}
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return nil, false
	}
	i, ok := x.Issues[id]
	return i, ok
}

// Key returns the present key of an issue, its id where the issue is not known.
func (x *Index) Key(id int64) string {
	if i, ok := x.Issues[id]; ok {
		return i.Key.Last()
	}
	return strconv.FormatInt(id, 10)
}

// Level returns the level of an issue type; a type that is not known is an ordinary one.
func (x *Index) Level(typ string) int { return x.History.Types[typ].Level }

// Date returns the local day of a moment.
func (x *Index) Date(at time.Time) calendar.Date {
	return calendar.DateOf(at, x.History.Team.Calendar.Zone)
}

// NeverRead tells whether a source was never read: Jira does not give it, and nothing of it is known.
func NeverRead(gaps []agile.Gap, source agile.Source, known int) bool {
	return known == 0 && slices.ContainsFunc(gaps, func(g agile.Gap) bool {
		return g.Source == source && g.Issues == nil && (g.Code == agile.GapRefused || g.Code == agile.GapMissing)
	})
}
