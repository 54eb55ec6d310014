package sitedata

import (
	"fmt"
	"strings"
	"time"

	"jerem/sim/jira/wire"
)

// story is a scenario understood: furniture, and every issue's states in order.
type story struct {
	statuses   []statusDef
	types      []typeDef
	fields     []*fieldDef
	sprints    []*sprintDef
	versions   []*versionDef
	projects   []*projectDef
	names      []string // of people
	readerZone string
	flagged    string // what the field Flagged is called
	people     []wire.Obj

	tales   []*issueStory // in order of creation once played
	byKey   map[string]*issueStory
	logs    []*logStory
	moments []time.Time // at which something changes, ascending

	nextOption, nextHistory, nextLog, nextComment int
}

type projectDef struct {
	id        int
	key, name string
}

// issueStory is an issue: who it is, and its states from its creation on.
type issueStory struct {
	id      int64
	line    int
	typ     string // at creation
	summary string // at creation
	key     string // the title's, by which the story calls it
	former  []keyStory
	created time.Time
	deleted time.Time
	author  wire.Obj
	states  []state
	logs    []*logStory
	entries []History
}

type keyStory struct {
	key string
	at  time.Time // from then on
}

// state is what an issue holds from a moment on.
type state struct {
	at                time.Time
	key, typ, summary string
	project           *projectDef
	status            statusDef
	category          time.Time // when the category last changed
	resolution        string
	resolved          time.Time
	labels            []string
	components        []string
	fixVersions       []string // ids
	due               string   // a day, "" without one
	sprints           []int
	parent            *issueStory
	flagged           bool
	assignee          wire.Obj
	custom            map[string]any // by field id: float64, string, []string, obj
	original          *int64
	remaining         *int64
	spent             int64
	comments          []wire.Obj
}

// logStory is a worklog and its versions.
type logStory struct {
	id       int64
	tale     *issueStory
	versions []logVersion
	author   wire.Obj
	erased   time.Time
}

type logVersion struct {
	at, started time.Time
	seconds     int64
}

func (s *story) findStatus(word string) *statusDef {
	for i, d := range s.statuses {
		if strings.EqualFold(d.word, word) || d.id == word || strings.EqualFold(d.name, word) {
			return &s.statuses[i]
		}
	}
	return nil
}

func (s *story) statusWords() []string {
	var out []string
	for _, d := range s.statuses {
		out = append(out, d.word)
	}
	return out
}

func (s *story) typeNamed(name string) *typeDef {
	for i, d := range s.types {
		if strings.EqualFold(d.name, name) || d.id == name {
			return &s.types[i]
		}
	}
	return nil
}

func (s *story) typeNames() []string {
	var out []string
	for _, d := range s.types {
		out = append(out, d.name)
	}
	return out
}

func (s *story) findSprint(id int) *sprintDef {
	for _, d := range s.sprints {
		if d.id == id {
			return d
		}
	}
	return nil
}

func (s *story) findField(word string) *fieldDef {
	for _, f := range s.fields {
		if f.word == word {
			return f
		}
	}
	return nil
}

// findProject finds a project or makes it.
func (s *story) findProject(key, name string) *projectDef {
	for _, p := range s.projects {
		if p.key == key {
			return p
		}
	}
	p := &projectDef{id: 10000 + len(s.projects), key: key, name: name}
	s.projects = append(s.projects, p)
	return p
}

// typeLevel is an issue's level by its type at the state: 1 epic, 0 ordinary, -1 sub-task.
func (s *story) typeLevel(typ string) int {
	if d := s.typeNamed(typ); d != nil {
		return d.level
	}
	return 0
}

func (t *issueStory) currentState() state {
	if len(t.states) == 0 {
		return state{}
	}
	return t.states[len(t.states)-1]
}

// stateAt returns the state at a moment; false before creation and after deletion.
func (t *issueStory) stateAt(when time.Time) (state, bool) {
	if t.created.After(when) || !t.deleted.IsZero() && !t.deleted.After(when) {
		return state{}, false
	}
	i := len(t.states)
	for i > 0 && t.states[i-1].at.After(when) {
		i--
	}
	if i == 0 {
		return state{}, false
	}
	return t.states[i-1], true
}

// loggedBy tells whether time was ever logged by a moment.
func (t *issueStory) loggedBy(when time.Time) bool {
	return len(t.logs) > 0 && !t.logs[0].versions[0].at.After(when)
}

func joinIDs(ids []int) string {
	var out []string
	for _, id := range ids {
		out = append(out, fmt.Sprint(id))
	}
	return strings.Join(out, ", ")
}
