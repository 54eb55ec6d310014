package sitedata

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/sim/jira/wire"
	"jerem/sorting"
)

// event is a line of an issue, or the close of a sprint.
type event struct {
	at     time.Time
	line   int
	tale   *issueStory
	words  []word
	closes int // sprint
}

// readIssue reads the section of an issue: its title and its lines' moments. What they do is played later, in order
// of time over all issues.
func (b *builder) readIssue(s section, title []word) {
	key := title[0].text
	project, number, ok := strings.Cut(key, "-")
	if n, err := strconv.Atoi(number); !ok || err != nil || n <= 0 || project == "" ||
		strings.ContainsAny(key, ", \"") {
		b.addError("unknown section %q: an issue is written KEY Type \"Summary\", its key PROJECT-NUMBER", key)
		return
	}
	if b.story.byKey[key] != nil {
		b.addError("issue %s stands twice", key)
		return
	}
	t := &issueStory{line: s.line, key: key, typ: title[1].text}
	if len(title) > 2 {
		t.summary = title[2].text
	}
	if b.story.typeNamed(t.typ) == nil {
		b.addError("unknown type %q%s", t.typ, suggestWord(t.typ, b.story.typeNames()))
		return
	}
	if len(s.lines) == 0 {
		b.addError("issue %s has no line: it needs at least MOMENT created", key)
		return
	}
	b.story.findProject(project, project)
	b.story.byKey[key] = t
	b.story.tales = append(b.story.tales, t)
	for n, l := range s.lines {
		b.where = l.n
		when, used := b.parseMoment(l.words)
		if used == 0 {
			continue
		}
		rest := l.words[used:]
		created := len(rest) > 0 && rest[0].String() == "created"
		if created != (n == 0) {
			b.addError("the first line of an issue, and no other, says created")
			continue
		}
		if created {
			t.created, rest = when, rest[1:]
		} else if when.Before(t.created) {
			b.addError("%s happens before %s was created", when.Format(time.DateTime), key)
		}
		b.lines = append(b.lines, event{at: when, line: l.n, tale: t, words: rest})
	}
}

// finishStory plays the story and makes the site's furniture.
func (b *builder) finishStory() {
	st := b.story
	b.makePeople()
	b.makeMetadata()
	finishBoards(b)
	sorting.By(st.tales, func(x, y *issueStory) int { return x.created.Compare(y.created) })
	for i, t := range st.tales {
		t.id = int64(10001 + i)
	}
	// At one moment creations come first, so that others may name the new one, and closes last: what became
	// done at the very close is done.
	rank := func(e event) int {
		switch {
		case e.tale == nil:
			return 2
		case e.at.Equal(e.tale.created):
			return 0
		}
		return 1
	}
	events := append(b.lines, b.closing...)
	sorting.By(events, func(x, y event) int {
		return cmp.Or(x.at.Compare(y.at), cmp.Compare(rank(x), rank(y)))
	})
	for n, e := range events {
		b.where = e.line
		if e.tale == nil {
			b.closeSprint(e)
			continue
		}
		b.playEvent(e, n)
	}
	st.collectMoments()
	b.site.story = st
	if len(st.moments) > 0 {
		b.site.last = st.moments[len(st.moments)-1]
	}
	b.site.findFields()
}

// change is a line under way: the state that comes of it and the items it leaves in the history.
type change struct {
	b      *builder
	tale   *issueStory
	at     time.Time
	state  state
	items  []any
	author wire.Obj
	made   bool // the issue is being created: nothing is history yet
	// touched says that the issue changed, with an item or without.
	touched bool
}

func (b *builder) playEvent(e event, n int) {
	t := e.tale
	made := len(t.states) == 0
	if !t.deleted.IsZero() {
		b.addError("%s was deleted before", t.key)
		return
	}
	c := &change{b: b, tale: t, at: e.at, state: t.currentState(), made: made,
		author: b.story.people[n%len(b.story.people)]}
	c.state.labels = slices.Clone(c.state.labels)
	if made {
		c.beginHistory()
	}
	c.state.at = e.at
	for _, w := range e.words { // who does it, before what is done
		if w.key == "by" {
			c.setAuthor(w.text)
		}
	}
	for rest := e.words; len(rest) > 0; {
		used := c.readWord(rest)
		if used == 0 {
			return // the error is noted
		}
		rest = rest[used:]
	}
	if made {
		t.author = c.author
	}
	if made || c.touched {
		t.states = append(t.states, c.state)
	}
	if len(c.items) > 0 {
		b.story.nextHistory++
		body := wire.Obj{"items": c.items}
		if c.author != nil {
			body["author"] = c.author
		}
		t.entries = append(t.entries, History{ID: int64(b.story.nextHistory), At: e.at, Body: body})
	}
}

// beginHistory fills the state that a new issue has before its line says otherwise.
func (c *change) beginHistory() {
	st, t := c.b.story, c.tale
	key, _, _ := strings.Cut(t.key, "-")
	c.state = state{
		key:      t.key,
		typ:      t.typ,
		summary:  t.summary,
		project:  st.findProject(key, key),
		status:   st.statuses[0],
		category: c.at,
		custom:   map[string]any{},
	}
	c.state.assignee = st.people[(int(t.id)+1)%len(st.people)]
	t.former = []keyStory{{t.key, c.at}}
	c.touched = true
}

// closeSprint ends a sprint: the issues in it that are not done get the next one, where the story names one. The
// closed one stays in their field.
func (b *builder) closeSprint(e event) {
	d := b.story.findSprint(e.closes)
	if d.next == 0 {
		return
	}
	if b.story.findSprint(d.next) == nil {
		b.addError("sprint %d: next=%d is no sprint of the story", d.id, d.next)
		return
	}
	for _, t := range b.story.tales {
		st, ok := t.stateAt(e.at)
		if !ok || !slices.Contains(st.sprints, d.id) || st.status.category == "done" ||
			slices.Contains(st.sprints, d.next) {
			continue
		}
		b.playEvent(event{at: e.at, line: e.line, tale: t,
			words: []word{{key: "sprint", text: fmt.Sprintf("+%d", d.next)}}}, d.id)
	}
}

func (b *builder) makePeople() {
	st := b.story
	if len(st.names) == 0 {
		st.names = []string{"Team Member One", "Team Member Two", "Team Member Three"}
	}
	if st.readerZone == "" {
		st.readerZone = b.site.Zone.String()
	}
	for i, name := range st.names {
		mail := strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@example.com"
		st.people = append(st.people, makePerson(fmt.Sprintf("5b10ac8d82e05b22cc7d%04x", i+1), name, mail, b.site.url,
			b.site.Zone.String()))
	}
	b.site.Reader = makePerson("5b10ac8d82e05b22cc7dffff", "Telemetry Reader", "reader@example.com", b.site.url,
		st.readerZone)
}

// collectMoments lists every moment at which an answer may change.
func (s *story) collectMoments() {
	for _, t := range s.tales {
		for _, st := range t.states {
			s.moments = append(s.moments, st.at)
		}
		if !t.deleted.IsZero() {
			s.moments = append(s.moments, t.deleted)
		}
	}
	for _, d := range s.sprints {
		s.moments = append(s.moments, d.changeMoments()...)
	}
	for _, d := range s.versions {
		for _, r := range d.renames {
			s.moments = append(s.moments, r.at)
		}
	}
	slices.SortFunc(s.moments, time.Time.Compare)
	s.moments = slices.CompactFunc(s.moments, time.Time.Equal)
}
