package jirasim

import (
	"sort"
	"strings"
	"sync"
	"time"
)

// obj is a JSON object as Jira writes it.
type obj = map[string]any

// timeLayout is how Jira Cloud writes moments outside the Agile API.
const timeLayout = "2006-01-02T15:04:05.000-0700"

// Site is a Jira site: its fixed furniture, and what is known of its issues at any moment.
// A Site does not change after it was loaded and may be served by several servers at once.
type Site struct {
	url, title string
	zone       *time.Location
	reader     obj // the account whose credentials the server accepts
	projects   []obj
	types      []obj
	statuses   []obj
	fields     []obj
	boards     []obj
	configs    map[int64]obj
	spans      map[int64]boardSpan // by board; those of recorded data are always there
	filters    map[string]string   // JQL by filter id
	sprintID   string              // id of the Sprint field
	flagged    string              // id of the Flagged field
	last       time.Time
	clock      time.Time

	recorded *view  // of recorded data, nil otherwise
	story    *story // of a scenario, nil otherwise

	mu    sync.Mutex
	cache []cachedView
}

// boardSpan is when a board is there: from its creation to its deletion, always where they are zero.
type boardSpan struct{ from, to time.Time }

// boardsAt lists the boards that are there at a moment.
func (s *Site) boardsAt(t time.Time) []obj {
	var out []obj
	for _, b := range s.boards {
		span := s.spans[numberOf(b["id"])]
		if !span.from.After(t) && (span.to.IsZero() || span.to.After(t)) {
			out = append(out, b)
		}
	}
	return out
}

// cachedView is a view that holds from one event of the story to the next.
type cachedView struct {
	epoch int
	view  *view
}

// view is what a site holds at a moment.
type view struct {
	issues   []*issueView // ascending id
	byID     map[string]*issueView
	byKey    map[string]*issueView // upper case, former keys too
	sprints  []obj                 // ascending id
	worklogs []*worklog            // ascending update
	erased   []erasedLog           // ascending time
}

// issueView is an issue as it is seen at a moment.
type issueView struct {
	id        int64
	key       string
	fields    obj
	histories []history // oldest first
}

// history is an entry of a changelog.
type history struct {
	id   int64
	at   time.Time
	body obj // author and items; id and created are written by the endpoint
}

// json returns the entry with its moment as the endpoint at hand writes it.
func (h history) json(created any, keep func(item obj) bool) obj {
	out := obj{"id": formatID(h.id), "created": created}
	for k, v := range h.body {
		out[k] = v
	}
	if keep != nil {
		var items []any
		for _, i := range listOf(h.body["items"]) {
			if o, ok := i.(obj); ok && keep(o) {
				items = append(items, i)
			}
		}
		out["items"] = items
	}
	return out
}

type worklog struct {
	id, issue        int64
	started, updated time.Time
	body             obj
}

type erasedLog struct {
	id int64
	at time.Time
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

// viewAt returns what the site holds at a moment.
func (s *Site) viewAt(t time.Time) *view {
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

func newView() *view {
	return &view{byID: map[string]*issueView{}, byKey: map[string]*issueView{}}
}

// addIssue puts an issue into the view under its id, its key and the keys it had.
func (v *view) addIssue(i *issueView, formerKeys ...string) {
	v.issues = append(v.issues, i)
	v.byID[formatID(i.id)] = i
	for _, k := range formerKeys {
		if v.byKey[strings.ToUpper(k)] == nil {
			v.byKey[strings.ToUpper(k)] = i
		}
	}
	v.byKey[strings.ToUpper(i.key)] = i
}

// sortAll brings the view into the orders that its fields promise.
func (v *view) sortAll() {
	sort.Slice(v.issues, func(a, b int) bool { return v.issues[a].id < v.issues[b].id })
	for _, i := range v.issues {
		sortHistories(i.histories)
	}
	sort.SliceStable(v.worklogs, func(a, b int) bool {
		x, y := v.worklogs[a], v.worklogs[b]
		if !x.updated.Equal(y.updated) {
			return x.updated.Before(y.updated)
		}
		return x.id < y.id
	})
	sort.SliceStable(v.erased, func(a, b int) bool { return v.erased[a].at.Before(v.erased[b].at) })
	sort.SliceStable(v.sprints, func(a, b int) bool { return numberOf(v.sprints[a]["id"]) < numberOf(v.sprints[b]["id"]) })
}

func sortHistories(h []history) {
	sort.SliceStable(h, func(a, b int) bool {
		if !h[a].at.Equal(h[b].at) {
			return h[a].at.Before(h[b].at)
		}
		return h[a].id < h[b].id
	})
}

// findIssue finds an issue by id or key, as Jira does: ids first, then keys in any case, then former keys.
func (v *view) findIssue(idOrKey string) *issueView {
	if i := v.byID[idOrKey]; i != nil {
		return i
	}
	return v.byKey[strings.ToUpper(strings.TrimSpace(idOrKey))]
}

// findSprint finds a sprint by id.
func (v *view) findSprint(id int64) obj {
	for _, s := range v.sprints {
		if numberOf(s["id"]) == id {
			return s
		}
	}
	return nil
}

// findProject finds a project by key, id or, for JQL, name.
func (s *Site) findProject(word string, byName bool) obj {
	for _, p := range s.projects {
		if strings.EqualFold(textOf(p["key"]), word) || textOf(p["id"]) == word ||
			byName && strings.EqualFold(textOf(p["name"]), word) {
			return p
		}
	}
	return nil
}

// findFields learns which fields hold sprints and flags.
func (s *Site) findFields() {
	for _, f := range s.fields {
		schema, _ := f["schema"].(obj)
		switch {
		case textOf(schema["custom"]) == "com.pyxis.greenhopper.jira:gh-sprint":
			s.sprintID = textOf(f["id"])
		case textOf(f["name"]) == "Flagged" || textOf(f["untranslatedName"]) == "Flagged":
			s.flagged = textOf(f["id"])
		}
	}
}
