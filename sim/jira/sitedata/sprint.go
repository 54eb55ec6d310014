package sitedata

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"jerem/sim/jira/wire"
	"jerem/sorting"
)

// sprintDef is a sprint of a story: as it was planned, and what became of it.
type sprintDef struct {
	id         int
	name, goal string
	board      int64
	start, end time.Time
	created    time.Time
	next       int
	edits      []sprintEdit // in order of time once the line was read
}

// sprintEdit is something that happens to a sprint; what is zero stays as it was.
type sprintEdit struct {
	at              time.Time
	name            string
	from, to        time.Time // the dates that it shows
	closes, reopens bool
}

// shownSprint is a sprint as it stands at a moment.
type shownSprint struct {
	state, name      string
	from, to, closed time.Time
}

// stateAt returns the sprint as it stands at a moment.
func (d *sprintDef) stateAt(t time.Time) shownSprint {
	s := shownSprint{state: "future", name: d.name, from: d.start, to: d.end}
	if !d.start.IsZero() && !d.start.After(t) {
		s.state = "active"
	}
	for _, e := range d.edits {
		if e.at.After(t) {
			break
		}
		s.name = cmp.Or(e.name, s.name)
		if !e.from.IsZero() {
			s.from = e.from
		}
		if !e.to.IsZero() {
			s.to = e.to
		}
		switch {
		case e.closes:
			s.state, s.closed = "closed", e.at
		case e.reopens:
			s.state, s.closed = "active", time.Time{}
		}
	}
	return s
}

// closedAt says whether a sprint was closed by a moment.
func (d *sprintDef) closedAt(t time.Time) bool { return d.stateAt(t).state == "closed" }

// changeMoments are those at which the sprint changes.
func (d *sprintDef) changeMoments() []time.Time {
	var out []time.Time
	for _, m := range []time.Time{d.start, d.created} {
		if !m.IsZero() {
			out = append(out, m)
		}
	}
	for _, e := range d.edits {
		out = append(out, e.at)
	}
	return out
}

// sprintNames names sprints as they were called at a moment.
func (s *story) sprintNames(ids []int, at time.Time) string {
	var out []string
	for _, id := range ids {
		name := fmt.Sprintf("Sprint %d", id)
		if d := s.findSprint(id); d != nil {
			name = d.stateAt(at).name
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

// sprintJSON shows a sprint as the Agile API does. Once its dates were edited the start that it really had stands
// beside them.
func (d *sprintDef) sprintJSON(site *Site, t time.Time) wire.Obj {
	s := d.stateAt(t)
	out := wire.Obj{"id": d.id, "self": fmt.Sprintf("%s/rest/agile/1.0/sprint/%d", site.url, d.id), "state": s.state,
		"name":          s.name,
		"originBoardId": d.board, "goal": d.goal}
	for key, m := range map[string]time.Time{"createdDate": d.created, "startDate": s.from, "endDate": s.to,
		"completeDate": s.closed} {
		if !m.IsZero() {
			out[key] = wire.AgileTime(m)
		}
	}
	if s.state != "future" && !s.from.Equal(d.start) {
		out["activatedDate"] = wire.AgileTime(d.start)
	}
	return out
}

const sprintForm = `a sprint is written: ID "Name" [2026-10-19 09:30 .. 2026-10-30 17:00] ` +
	`[closed 2026-10-30 17:12] [next=ID] [goal="..."]`

// readSprintLine reads: 21 "Sprint 21" FROM .. TO [closed MOMENT] [next=22] [board=1] [goal="..."] [created MOMENT]
// [renamed MOMENT "Name"] [moved MOMENT [FROM] .. TO] [reopened MOMENT].
func readSprintLine(b *builder, l line) {
	d := sprintDef{name: wordAt(l.words, 1)}
	var err error
	if d.id, err = strconv.Atoi(l.words[0].text); err != nil || d.id <= 0 || len(l.words) < 2 {
		b.addError("%s", sprintForm)
		return
	}
	if b.story.findSprint(d.id) != nil {
		b.addError("sprint %d stands twice", d.id)
		return
	}
	before := len(b.errs)
	for rest := l.words[2:]; len(rest) > 0 && len(b.errs) == before; {
		rest = readSprintWord(b, &d, rest)
	}
	if len(b.errs) > before || !checkSprintOrder(b, &d) {
		return
	}
	b.story.sprints = append(b.story.sprints, &d)
	for _, e := range d.edits {
		if e.closes {
			b.closing = append(b.closing, event{at: e.at, line: l.n, closes: d.id})
		}
	}
}

// checkSprintOrder puts what happens to a sprint in order and says whether it can happen so.
func checkSprintOrder(b *builder, d *sprintDef) bool {
	sorting.By(d.edits, func(x, y sprintEdit) int { return x.at.Compare(y.at) })
	closed := false
	for _, e := range d.edits {
		switch {
		case e.closes && (d.start.IsZero() || e.at.Before(d.start)):
			b.addError("sprint %d is closed before it starts", d.id)
			return false
		case e.closes && closed:
			b.addError("sprint %d is closed twice: it must be reopened between", d.id)
			return false
		case e.reopens && !closed:
			b.addError("sprint %d is reopened before it was closed", d.id)
			return false
		}
		closed = closed && !e.reopens || e.closes
	}
	return true
}

// readSprintWord reads the next words of a sprint and returns the rest.
func readSprintWord(b *builder, d *sprintDef, rest []word) []word {
	n, w := 0, rest[0]
	number := func() int {
		i, err := strconv.Atoi(w.text)
		if err != nil || i <= 0 {
			b.addError("%s is not an id", w)
		}
		return i
	}
	edits := map[string]func(*builder, *sprintEdit, []word) int{
		"closed": readClose, "reopened": readReopening, "renamed": readRename, "moved": readMovedDates,
	}
	switch {
	case w.key == "goal":
		d.goal = w.text
	case w.key == "next":
		d.next = number()
	case w.key == "board":
		d.board = int64(number())
	case w.key == "" && edits[w.text] != nil:
		e := sprintEdit{}
		if e.at, n = b.parseMoment(rest[1:]); n > 0 {
			n += edits[w.text](b, &e, rest[1+n:])
		}
		d.edits = append(d.edits, e)
	case w.key == "" && w.text == "created":
		d.created, n = b.parseMoment(rest[1:])
	case w.key == "" && w.text == "..":
		d.end, n = b.parseMoment(rest[1:])
	case d.start.IsZero() && startsWithDigit(w):
		if d.start, n = b.parseMoment(rest); n > 0 {
			n--
		}
	default:
		b.addError("unknown word %q%s", w, suggestWord(strings.SplitN(w.String(), "=", 2)[0], []string{"closed",
			"reopened",
			"renamed", "moved", "created", "next", "board", "goal", ".."}))
	}
	return rest[1+n:]
}

func readClose(_ *builder, e *sprintEdit, _ []word) int {
	e.closes = true
	return 0
}

func readReopening(_ *builder, e *sprintEdit, _ []word) int {
	e.reopens = true
	return 0
}

func startsWithDigit(w word) bool {
	return w.key == "" && w.text != "" && w.text[0] >= '0' && w.text[0] <= '9'
}

// readRename reads the new name and returns how many words that were.
func readRename(b *builder, e *sprintEdit, rest []word) int {
	if e.name = wordAt(rest, 0); e.name == "" {
		b.addError(`renamed needs the new name: renamed MOMENT "Sprint 21: upgrades"`)
		return 0
	}
	return 1
}

// readMovedDates reads "[FROM] .. TO" and returns how many words that were.
func readMovedDates(b *builder, e *sprintEdit, rest []word) int {
	n := 0
	if len(rest) > 0 && startsWithDigit(rest[0]) {
		e.from, n = b.parseMoment(rest)
	}
	if wordAt(rest, n) != ".." {
		b.addError("moved needs the new dates: moved MOMENT [FROM] .. TO")
		return n
	}
	var used int
	e.to, used = b.parseMoment(rest[n+1:])
	return n + 1 + used
}
