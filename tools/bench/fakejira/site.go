package fakejira

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Options say how large a site is.
type Options struct {
	Issues   int    // of all projects
	Projects int    // 1 by default
	Address  string // as which answers name the site
	Now      func() time.Time
}

// The make of a site, of which a first reading's cost depends.
const (
	years           = 3
	epicsPerProject = 60
	loggedShare     = 5 // every fifth issue has time logged on it, twice
	people          = 10
)

// Site is a played Jira Cloud.
type Site struct {
	options  Options
	began    time.Time
	projects []*project
	byID     map[int64]*issue
	texts    fragments

	mu      sync.RWMutex // held by changes
	issues  []*issue     // in order of id, which is that of their creation
	logs    []worklog    // in order of time
	ahead   time.Duration
	rounds  int // of changes
	entries int64
	counts  counts
}

// New makes a site whose history ends now.
func New(o Options) *Site {
	o.Projects = max(1, o.Projects)
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Site{options: o, began: o.Now().UTC(), byID: map[int64]*issue{}}
	s.texts = renderFragments(o.Address)
	first := firstMonday(s.began)
	for n := range o.Projects {
		s.projects = append(s.projects, makeProject(s, n, first))
	}
	makeIssues(s, first)
	return s
}

// ProjectKeys returns the keys of a site's projects.
func ProjectKeys(projects int) []string {
	if projects <= 1 {
		return []string{"BIG"}
	}
	keys := make([]string, projects)
	for n := range keys {
		keys[n] = "T" + string(rune('A'+n/26)) + string(rune('A'+n%26))
	}
	return keys
}

// clockTime is the site's clock.
func (s *Site) clockTime() time.Time { return s.options.Now().UTC().Add(s.ahead) }

// firstMonday is when the history of a site that ends at a moment begins.
func firstMonday(end time.Time) time.Time {
	day := time.Date(end.Year()-years, end.Month(), end.Day(), 9, 0, 0, 0, time.UTC)
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// project is a project with its board and its sprints.
type project struct {
	number  int // its id is 10000 more, its board's one more
	key     string
	text    string // as answers tell it
	sprints []*sprint
	epics   []*issue
}

type sprint struct {
	id                   int64
	name, state          string
	start, end, complete time.Time
	text                 string // as the value of a field tells it
}

// makeProject makes a project with a sprint every two weeks, the last of which is planned.
func makeProject(s *Site, number int, first time.Time) *project {
	p := &project{number: number, key: ProjectKeys(s.options.Projects)[number]}
	p.text = s.texts.renderProject(p)
	for n := 0; ; n++ {
		sp := &sprint{
			id: int64(number*1000 + n + 1), name: fmt.Sprintf("%s Sprint %d", p.key, n+1),
			start: first.AddDate(0, 0, 14*n), state: "active",
		}
		sp.end = sp.start.AddDate(0, 0, 11).Add(8 * time.Hour)
		switch {
		case !sp.start.Before(s.began):
			sp.start, sp.end, sp.state = time.Time{}, time.Time{}, "future"
		case sp.start.AddDate(0, 0, 14).Before(s.began):
			sp.state, sp.complete = "closed", sp.end.Add(10*time.Minute)
		}
		sp.text = renderSprint(sp, number+1)
		p.sprints = append(p.sprints, sp)
		if sp.state == "future" {
			return p
		}
	}
}

type worklog struct {
	id, issue        int64
	created, started int64 // milliseconds
	seconds          int
}

// Handler answers the site's addresses.
func (s *Site) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, answer := range s.listRoutes() {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			s.counts.countRequest(pattern)
			s.mu.RLock()
			defer s.mu.RUnlock()
			answer(w, r)
		})
	}
	mux.HandleFunc("POST /bench/change", s.changeIssues)
	mux.HandleFunc("POST /bench/advance", s.advanceClock)
	mux.HandleFunc("POST /bench/counts", s.tellCounts)
	return mux
}
