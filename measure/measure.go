// Package measure turns history into figures: what was expected of a sprint, what was unexpected
// and why, the epics of a quarter, and the series that carry them.
//
// Every figure is a pure function of an [agile.History] and a moment: no clock, no store, nothing
// outside the arguments. So a live page, the replay of three years, a page as of any past day and
// a test compute the same figure. docs/measures.md holds the definitions and formulas.
package measure

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// Team is a history made ready for measuring. It is read-only and safe for concurrent use.
type Team struct {
	h        *agile.History
	unit     agile.Unit
	issues   map[int64]*agile.Issue
	keys     map[string]int64   // every key an issue ever had, in lower case
	lives    map[int64][]beat   // by issue
	members  map[int64][]int64  // issues that ever stood in a sprint, by sprint
	children map[int64][]int64  // issues that ever had a parent, by parent
	epicWork map[int64][]int64  // issues that ever belonged to an epic, by epic
	roadmap  []int64            // issues that ever carried the label of a quarter
	labels   map[string]meaning // every label that any issue ever carried
	worklogs map[int64][]worked // by issue, in order of start
	states   *stateBook
	names    map[int64]string // label of each sprint
	trouble  []trouble        // issues that are an impediment at some time, by id

	troubleOf map[int64]trouble

	timeUnknown bool // time logged was never read, which is not that none is logged
	oddLogs     int  // worklogs out of all bounds, which count for nothing
}

type worked = agile.Worklog

// mostSeconds is the longest time of one worklog that counts, about 30 years.
const mostSeconds = 1e9

// Of makes a history ready for measuring.
func Of(h *agile.History) *Team {
	h = withEvidence(h)
	t := &Team{
		h: h, unit: h.Board.Unit(),
		issues: map[int64]*agile.Issue{}, keys: map[string]int64{}, lives: map[int64][]beat{},
		members: map[int64][]int64{}, children: map[int64][]int64{}, epicWork: map[int64][]int64{},
		labels: map[string]meaning{}, worklogs: map[int64][]worked{}, states: newStateBook(h), names: sprintNames(h.Sprints),
	}
	for _, i := range h.Issues {
		t.issues[i.ID] = i
		for _, s := range i.Key {
			t.keys[strings.ToLower(s.Value)] = i.ID
		}
	}
	for _, i := range h.Issues { // the present owner of a key wins over former ones
		t.keys[strings.ToLower(i.Key.Last())] = i.ID
		for _, s := range i.Parent {
			if c := t.children[s.Value]; s.Value != 0 && (len(c) == 0 || c[len(c)-1] != i.ID) {
				t.children[s.Value] = append(c, i.ID)
			}
		}
	}
	t.timeUnknown = unread(h.Gaps, agile.SourceWorklogs, len(h.Worklogs))
	for _, w := range h.Worklogs {
		if w.Seconds < 0 || w.Seconds > mostSeconds {
			t.oddLogs++
			continue
		}
		t.worklogs[w.Issue] = append(t.worklogs[w.Issue], w)
	}
	for _, logs := range t.worklogs {
		slices.SortFunc(logs, func(a, b worked) int {
			if c := a.Started.Compare(b.Started); c != 0 {
				return c
			}
			return int(a.ID - b.ID)
		})
	}
	for _, i := range h.Issues {
		t.live(i)
		if t.learn(i.Labels) {
			t.roadmap = append(t.roadmap, i.ID)
		}
	}
	t.findTroubles()
	return t
}

// live computes the life of an issue and enters it where it will be looked up.
func (t *Team) live(i *agile.Issue) {
	beats := t.life(i)
	t.lives[i.ID] = beats
	sprints, epics := map[int64]bool{}, map[int64]bool{}
	for _, b := range beats {
		for _, s := range b.sprints {
			if !sprints[s] {
				sprints[s] = true
				t.members[s] = append(t.members[s], i.ID)
			}
		}
		if b.epic != 0 && !epics[b.epic] {
			epics[b.epic] = true
			t.epicWork[b.epic] = append(t.epicWork[b.epic], i.ID)
		}
	}
}

// History returns what the figures are made from.
func (t *Team) History() *agile.History { return t.h }

// Unit returns what the team's estimates are in.
func (t *Team) Unit() agile.Unit { return t.unit }

// Now is the moment that a figure without a moment means: Jira's clock at the last complete read.
func (t *Team) Now() time.Time { return t.h.Until }

// Lookup finds an issue by a key it has or had, in any case, or by its id.
func (t *Team) Lookup(key string) (*agile.Issue, bool) {
	if id, ok := t.keys[strings.ToLower(key)]; ok {
		return t.issues[id], true
	}
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return nil, false
	}
	i, ok := t.issues[id]
	return i, ok
}

// key returns the present key of an issue, its id where the issue is not known.
func (t *Team) key(id int64) string {
	if i, ok := t.issues[id]; ok {
		return i.Key.Last()
	}
	return strconv.FormatInt(id, 10)
}

// sprintNames gives each sprint its label: the latest known name. Of several sprints of one name
// the lowest id keeps it, the others carry their id behind it; "current" is taken by the series of
// the active sprint.
func sprintNames(sprints []agile.Sprint) map[int64]string {
	names, taken := map[int64]string{}, map[string]bool{"current": true}
	sorted := slices.Clone(sprints)
	slices.SortFunc(sorted, func(a, b agile.Sprint) int { return int(a.ID - b.ID) })
	for _, s := range sorted {
		name := s.Last().Name
		if taken[name] {
			name += " #" + strconv.FormatInt(s.ID, 10)
		}
		taken[name] = true
		names[s.ID] = name
	}
	return names
}

// tidy takes the noise of binary fractions off a sum of estimates. Sums so large that they have no millionths
// stay as they are.
func tidy(x float64) float64 {
	if math.Abs(x)*millionths >= 1<<53 {
		return x
	}
	r := math.Round(x*millionths) / millionths
	if r == 0 {
		return 0 // never −0
	}
	return r
}

// share returns a/b, nil on a zero base.
func share(a, b float64) *float64 {
	if b == 0 {
		return nil
	}
	q := a / b
	return &q
}

// containsFold tells whether a list holds a text, any case.
func containsFold(list []string, text string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, text) })
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	u := t.UTC()
	return &u
}
