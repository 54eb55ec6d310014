package index

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/byid"
	"jerem/measure/internal/recall"
	"jerem/measure/internal/workstate"
	"jerem/parallel"
	"jerem/sorting"
)

// mostSeconds is the longest time of one worklog that counts, about 30 years.
const mostSeconds = 1e9

// Index is a history made ready for looking things up: issues by id and key, the past states of each, and what ever
// belonged together. It is filled once and then only read.
type Index struct {
	History      *agile.History
	given        *agile.History // as it was told: History sees the finishes besides that no change tells
	Unit         agile.Unit     // what the team's estimates are in
	Issues       *byid.Map[*agile.Issue]
	keys         byid.Owners                // of every key an issue ever had, in lower case
	Histories    *byid.Map[StateHistory]    // by issue
	SprintIssues *byid.Map[[]int64]         // issues that were ever in a sprint, by sprint
	Children     *byid.Map[[]int64]         // issues that ever had a parent, by parent
	EpicIssues   *byid.Map[[]int64]         // issues that ever belonged to an epic, by epic
	Worklogs     *byid.Map[[]agile.Worklog] // by issue, in order of start
	statuses     *workstate.Classifier
	memo         *recall.Memo   // of this history, whatever its moment of reading
	steps        *recall.Memo   // of this history, as of the step asked for last
	closed       *recall.Memo   // of closed sprints, whatever the moment of reading
	past         *recall.Memo   // as of moments of the past, whatever the moment of reading
	tables       *recall.Tables // of each issue
	dated        *momentList    // at which something happens to issues, for some time before the reading and ahead
	changes      *momentList    // of the snapshots of all state histories
	ahead        aheadIssues
	ownByStart   *ownByStart
	contents     Contents
	identity     Identity
	lineage      []ancestor // the last ones that it goes on from, the nearest first

	TimeUnknown bool        // time logged was never read, which is not that none is logged
	oddWorklogs []time.Time // when the worklogs out of all bounds were created, which count for nothing
}

// New makes the index of a history.
func New(given *agile.History) *Index {
	h := workstate.WithEvidence(given)
	x := &Index{
		History: h, given: given, Unit: h.Board.Unit(), statuses: workstate.NewClassifier(h), memo: &recall.Memo{},
		steps: newSteps(), closed: newClosedSprints(), past: newPast(), tables: &recall.Tables{},
		contents: newContents(), identity: newIdentity(),
		dated: newDated(), changes: newChanges(), ownByStart: &ownByStart{},
		Issues: byid.New[*agile.Issue](len(h.Issues)), keys: byid.NewOwners(len(h.Issues)),
		Histories:    byid.New[StateHistory](len(h.Issues)),
		SprintIssues: byid.New[[]int64](0), Children: byid.New[[]int64](0), EpicIssues: byid.New[[]int64](0),
		Worklogs:    byid.New[[]agile.Worklog](0),
		TimeUnknown: NeverRead(h.Gaps, agile.SourceWorklogs, len(h.Worklogs)),
	}
	addIssues(x)
	addWorklogs(x, func(int64) bool { return true })
	histories := make([]StateHistory, len(h.Issues))
	parallel.Each(len(h.Issues), func(n int) { histories[n] = historyOf(x, h.Issues[n]) })
	for n, i := range h.Issues {
		addHistory(x, i.ID, histories[n])
	}
	x.ahead = listAhead(x)
	return x
}

// addIssues enters all issues by id, key and parent.
func addIssues(x *Index) {
	for _, i := range x.History.Issues {
		x.Issues.Set(i.ID, i)
		for _, parent := range ParentsOf(i) {
			appendTo(x.Children, parent, i.ID)
		}
	}
	addKeys(x, x.History.Issues, func(string) bool { return true })
}

// appendTo appends a value to one of the lists of a map, which no other map shares.
func appendTo[V any](lists *byid.Map[[]V], key int64, value V) {
	lists.Set(key, append(lists.Of(key), value))
}

// addKeys enters issues by those of their keys that are taken: the present owner of a key wins over former ones.
func addKeys(x *Index, issues []*agile.Issue, take func(key string) bool) {
	for _, i := range issues {
		for _, s := range i.Key {
			if key := strings.ToLower(s.Value); take(key) {
				x.keys.Set(key, i.ID)
			}
		}
	}
	for _, i := range issues {
		if key := strings.ToLower(i.Key.Last()); take(key) {
			x.keys.Set(key, i.ID)
		}
	}
}

// addWorklogs enters those of the worklogs on some issues that count, and notes the others of all.
func addWorklogs(x *Index, take func(issue int64) bool) {
	entered := map[int64]bool{}
	for _, w := range x.History.Worklogs {
		switch {
		case w.Seconds < 0 || w.Seconds > mostSeconds:
			x.oddWorklogs = append(x.oddWorklogs, w.Created)
		case take(w.Issue):
			appendTo(x.Worklogs, w.Issue, w)
			entered[w.Issue] = true
		}
	}
	for issue := range entered {
		sorting.By(x.Worklogs.Of(issue), func(a, b agile.Worklog) int {
			return cmp.Or(a.Started.Compare(b.Started), cmp.Compare(a.ID, b.ID))
		})
	}
}

// addHistory enters the state history of an issue, and the issue by the sprints and epics that it was ever in.
func addHistory(x *Index, id int64, history StateHistory) {
	x.Histories.Set(id, history)
	sprints, epics := history.SprintsAndEpics()
	for _, sprint := range sprints {
		appendTo(x.SprintIssues, sprint, id)
	}
	for _, epic := range epics {
		appendTo(x.EpicIssues, epic, id)
	}
}

// StateOf returns the state of work that a status means, with a resolution or "" for none, and whether anything is
// known of the status.
func (x *Index) StateOf(status, resolution string) (workstate.State, bool) {
	return x.statuses.StateOf(status, resolution)
}

// Lookup finds an issue by a key it has or had, in any case, or by its id.
func (x *Index) Lookup(key string) (*agile.Issue, bool) {
	if id, ok := x.keys.Of(strings.ToLower(key)); ok {
		return x.Issues.Of(id), true
	}
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return nil, false
	}
	return x.Issues.Get(id)
}

// Key returns the present key of an issue, its id where the issue is not known.
func (x *Index) Key(id int64) string {
	if i, ok := x.Issues.Get(id); ok {
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

// NeverRead tells whether a source was never read: Jira does not give it, or nothing that can be read, and nothing of
// it is known. Of a source that was read before it was refused, it is known that there is nothing.
func NeverRead(gaps []agile.Gap, source agile.Source, known int) bool {
	return known == 0 && slices.ContainsFunc(gaps, func(g agile.Gap) bool {
		switch {
		case g.Source != source || g.Subject.Code == agile.SubjectKnownUntil:
			return false
		case g.Code == agile.GapUnreadable:
			return g.Issues == nil || source == agile.SourceWorklogs // what there is of it is unreadable
		}
		return g.Issues == nil && (g.Code == agile.GapRefused || g.Code == agile.GapMissing)
	})
}

// Recall returns the value of a key, computing it where it is not kept for the index, whatever its moment of reading.
// The key names all that the value depends on beside the history; nobody changes the value.
func Recall[V any](x *Index, key any, compute func() V) V { return recall.Value(x.memo, key, compute) }

// RecallEach returns a value of each issue, in the order of the history's issues, computing those that are not kept. A
// value rests on the issue, its state history, the time logged on it, and what an index shares with the one it goes on
// from (board, statuses, types, the team's rules), and on nothing else; the key names what is computed. Nobody changes
// a value.
func RecallEach[V any](x *Index, key any, compute func(*agile.Issue) V) []V {
	return recall.EachValue(x.tables, x.History.Issues, key, compute)
}
