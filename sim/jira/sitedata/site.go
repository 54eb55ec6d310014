package sitedata

import (
	"cmp"
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"

	"jerem/sim/jira/wire"
	"jerem/sorting"
)

// Site is a Jira site: its fixed furniture, and what is known of its issues at any moment.
// A Site does not change after it was loaded and may be served by several servers at once.
type Site struct {
	url, Title string
	Zone       *time.Location
	Reader     wire.Obj // the account whose credentials the server accepts
	Projects   []wire.Obj
	Types      []wire.Obj
	Statuses   []wire.Obj
	Fields     []wire.Obj
	Boards     []wire.Obj
	Configs    map[int64]wire.Obj
	spans      map[int64]boardSpan // by board; those of recorded data are always there
	Filters    map[string]string   // JQL by filter id
	SprintID   string              // id of the Sprint field
	Flagged    string              // id of the Flagged field
	last       time.Time
	clock      time.Time

	recorded *View  // of recorded data, nil otherwise
	story    *story // of a scenario, nil otherwise

	mu    sync.Mutex
	cache []cachedView
}

// boardSpan is when a board is there: from its creation to its deletion, always where they are zero.
type boardSpan struct{ from, to time.Time }

// BoardsAt lists the boards that are there at a moment.
func (s *Site) BoardsAt(t time.Time) []wire.Obj {
	var out []wire.Obj
	for _, b := range s.Boards {
		span := s.spans[wire.Number(b["id"])]
		if !span.from.After(t) && (span.to.IsZero() || span.to.After(t)) {
			out = append(out, b)
		}
	}
	return out
}

// cachedView is a view that holds from one event of the story to the next.
type cachedView struct {
	epoch int
	view  *View
}

// View is what a site holds at a moment.
type View struct {
	Issues   []*IssueView // ascending id
	ByID     map[string]*IssueView
	byKey    map[string]*IssueView // upper case, former keys too
	Sprints  []wire.Obj            // ascending id
	Worklogs []*Worklog            // ascending update
	Erased   []erasedLog           // ascending time
}

// IssueView is an issue as it is seen at a moment.
type IssueView struct {
	ID        int64
	Key       string
	Fields    wire.Obj
	Histories []History // oldest first
}

// History is an entry of a changelog.
type History struct {
	ID   int64
	At   time.Time
	Body wire.Obj // author and items; id and created are written by the endpoint
}

// JSON returns the entry with its moment as the endpoint at hand writes it.
func (h History) JSON(created any, keep func(item wire.Obj) bool) wire.Obj {
	out := wire.Obj{"id": wire.FormatID(h.ID), "created": created}
	for k, v := range h.Body {
		out[k] = v
	}
	if keep != nil {
		var items []any
		for _, i := range wire.List(h.Body["items"]) {
			if o, ok := i.(wire.Obj); ok && keep(o) {
				items = append(items, i)
			}
		}
		out["items"] = items
	}
	return out
}

// Worklog is a piece of work that was logged, with what Jira shows of it.
type Worklog struct {
	ID, Issue        int64
	Started, Updated time.Time
	Body             wire.Obj
}

type erasedLog struct {
	ID int64
	At time.Time
}

// Last returns the last moment of which the site knows something: the latest creation, update, change,
// worklog or sprint's close in recorded data, the latest line of a story.
func (s *Site) Last() time.Time { return s.last }

// Clock returns the moment at which the site's clock starts when nobody says otherwise: that of the
// story's clock line, else [Site.Last].
func (s *Site) Clock() time.Time {
	if s.clock.IsZero() {
		return s.last
	}
	return s.clock
}

// Recorded tells whether the site holds recorded data and no story.
func (s *Site) Recorded() bool { return s.recorded != nil }

// URL returns the site's own base address, which its links carry wherever it is served.
func (s *Site) URL() string { return s.url }

// ViewAt returns what the site holds at a moment.
func (s *Site) ViewAt(t time.Time) *View {
	if s.story == nil {
		return s.recorded
	}
	epoch := sort.Search(len(s.story.moments), func(i int) bool { return s.story.moments[i].After(t) })
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.cache {
		if c.epoch == epoch {
			return c.view
		}
	}
	v := s.story.renderView(s, t)
	s.cache = append(s.cache, cachedView{epoch, v})
	if len(s.cache) > 4 {
		s.cache = s.cache[1:]
	}
	return v
}

// NextChange returns the first moment after another at which something changes; false for recorded data, of which
// nothing changes, and after the end of a story.
func (s *Site) NextChange(after time.Time) (time.Time, bool) {
	if s.story == nil {
		return time.Time{}, false
	}
	moments := s.story.moments
	n := sort.Search(len(moments), func(i int) bool { return moments[i].After(after) })
	if n == len(moments) {
		return time.Time{}, false
	}
	return moments[n], true
}

// NewView makes a view of nothing, which is what is shown to somebody who is not logged in.
func NewView() *View {
	return &View{ByID: map[string]*IssueView{}, byKey: map[string]*IssueView{}}
}

// addIssue puts an issue into the view under its id, its key and the keys it had.
func (v *View) addIssue(i *IssueView, formerKeys ...string) {
	v.Issues = append(v.Issues, i)
	v.ByID[wire.FormatID(i.ID)] = i
	for _, k := range formerKeys {
		if v.byKey[strings.ToUpper(k)] == nil {
			v.byKey[strings.ToUpper(k)] = i
		}
	}
	v.byKey[strings.ToUpper(i.Key)] = i
}

// sortAll brings the view into the orders that its fields promise.
func (v *View) sortAll() {
	sort.Slice(v.Issues, func(a, b int) bool { return v.Issues[a].ID < v.Issues[b].ID })
	for _, i := range v.Issues {
		sortHistories(i.Histories)
	}
	sort.SliceStable(v.Worklogs, func(a, b int) bool {
		x, y := v.Worklogs[a], v.Worklogs[b]
		if !x.Updated.Equal(y.Updated) {
			return x.Updated.Before(y.Updated)
		}
		return x.ID < y.ID
	})
	sort.SliceStable(v.Erased, func(a, b int) bool { return v.Erased[a].At.Before(v.Erased[b].At) })
	sorting.By(v.Sprints, func(a, b wire.Obj) int {
		return cmp.Compare(wire.Number(a["id"]), wire.Number(b["id"]))
	})
}

func sortHistories(h []History) {
	sort.SliceStable(h, func(a, b int) bool {
		if !h[a].At.Equal(h[b].At) {
			return h[a].At.Before(h[b].At)
		}
		return h[a].ID < h[b].ID
	})
}

// FindIssue finds an issue by id or key, as Jira does: ids first, then keys in any case, then former keys.
func (v *View) FindIssue(idOrKey string) *IssueView {
	if i := v.ByID[idOrKey]; i != nil {
		return i
	}
	return v.byKey[strings.ToUpper(strings.TrimSpace(idOrKey))]
}

// FindSprint finds a sprint by id.
func (v *View) FindSprint(id int64) wire.Obj {
	for _, s := range v.Sprints {
		if wire.Number(s["id"]) == id {
			return s
		}
	}
	return nil
}

// FindProject finds a project by key, id or, for JQL, name.
func (s *Site) FindProject(word string, byName bool) wire.Obj {
	for _, p := range s.Projects {
		if strings.EqualFold(wire.Text(p["key"]), word) || wire.Text(p["id"]) == word ||
			byName && strings.EqualFold(wire.Text(p["name"]), word) {
			return p
		}
	}
	return nil
}

// findFields learns which fields hold sprints and flags.
func (s *Site) findFields() {
	for _, f := range s.Fields {
		schema, _ := f["schema"].(wire.Obj)
		switch {
		case wire.Text(schema["custom"]) == "com.pyxis.greenhopper.jira:gh-sprint":
			s.SprintID = wire.Text(f["id"])
		case wire.Text(f["name"]) == "Flagged" || wire.Text(f["untranslatedName"]) == "Flagged":
			s.Flagged = wire.Text(f["id"])
		}
	}
}

// StatusCategory is one of the four that every Jira has.
type StatusCategory struct {
	ID               int
	Key, Name, color string
}

var StatusCategories = []StatusCategory{
	{1, "undefined", "No Category", "medium-gray"},
	{2, "new", "To Do", "blue-gray"},
	{4, "indeterminate", "In Progress", "yellow"},
	{3, "done", "Done", "green"},
}

// JSON shows the category with its address below the site's.
func (c StatusCategory) JSON(url string) wire.Obj {
	return wire.Obj{"self": fmt.Sprintf("%s/rest/api/2/statuscategory/%d", url, c.ID), "id": c.ID, "key": c.Key,
		"colorName": c.color, "name": c.Name}
}

// TypeLevel is an issue's level by its type: 1 and above for epics, -1 for sub-tasks.
func (s *Site) TypeLevel(i *IssueView) int64 {
	id := wire.Text(wire.At(i.Fields, "issuetype", "id"))
	for _, t := range s.Types {
		if wire.Text(t["id"]) == id {
			return wire.Number(t["hierarchyLevel"])
		}
	}
	if wire.At(i.Fields, "issuetype", "subtask") == true {
		return -1
	}
	return wire.Number(wire.At(i.Fields, "issuetype", "hierarchyLevel"))
}
