package sitedata

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/tools/txtar"

	"jerem/sim/jira/wire"
)

// maxScenario is the largest story that is read, in bytes.
const maxScenario = 64 << 20

// LoadScenario reads a story; FORMAT.md says how one is written. name stands before the line in errors; all
// errors of the story come at once, one a line.
func LoadScenario(name string, src []byte) (*Site, error) {
	if len(src) > maxScenario {
		return nil, fmt.Errorf("%s: larger than %d bytes", name, maxScenario)
	}
	b := newBuilder(name)
	list := splitSections(src)
	if len(list) == 0 {
		return nil, fmt.Errorf(
			"%s: this is no story: it has no section, which begins with a line like -- site --",
			name,
		)
	}
	for _, sec := range list {
		b.readSection(sec)
	}
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	b.finishStory()
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	return b.site, nil
}

// section is a file of the archive: its title, where it stands, and its lines.
type section struct {
	title string
	line  int
	lines []line
}

// line is a line of a story with its words.
type line struct {
	n     int
	words []word
	err   error
}

// splitSections cuts a story; comment lines (#) and empty ones are left out.
func splitSections(src []byte) []section {
	a := txtar.Parse(src)
	n := strings.Count(string(a.Comment), "\n")
	var out []section
	for _, f := range a.Files {
		n++
		s := section{title: f.Name, line: n}
		for _, l := range strings.Split(strings.TrimSuffix(string(f.Data), "\n"), "\n") {
			n++
			if t := strings.TrimSpace(l); t != "" && t[0] != '#' {
				w, err := cutWords(t)
				s.lines = append(s.lines, line{n, w, err})
			}
		}
		if len(f.Data) == 0 {
			n-- // no data, no line
		}
		out = append(out, s)
	}
	return out
}

// builder turns sections into a site.
type builder struct {
	name    string
	site    *Site
	story   *story
	errs    []error
	lines   []event // of issues, to be played in order of time
	closing []event
	booked  map[string]bool // sections seen
	boards  []boardPlan
	where   int // the line at work
}

func newBuilder(name string) *builder {
	zone := time.UTC
	return &builder{name: name, booked: map[string]bool{},
		site: &Site{url: "https://jira.example", Title: "Example Jira", Zone: zone, Configs: map[int64]wire.Obj{},
			Filters: map[string]string{},
			spans:   map[int64]boardSpan{}},
		story: newStory()}
}

func (b *builder) readSection(s section) {
	b.where = s.line
	title, err := cutWords(s.title)
	if err != nil || len(title) == 0 {
		b.addError("a section needs a title: site, statuses, types, fields, board ID, sprints, versions, or KEY " +
			"Type \"Summary\"")
		return
	}
	for _, l := range s.lines {
		if l.err != nil {
			b.where = l.n
			b.addError("%v", l.err)
			return
		}
	}
	b.where = s.line
	head := title[0].text
	switch {
	case head == "board":
		readBoard(b, s, title)
	case len(title) > 1:
		b.readIssue(s, title)
	default:
		b.readMetadata(s, head)
	}
}

// readMetadata reads the sections that may stand only once, and before the issues.
func (b *builder) readMetadata(s section, head string) {
	readers := map[string]func(*builder, line){
		"site": readSiteLine, "statuses": readStatusLine, "types": readTypeLine, "fields": readFieldLine,
		"sprints": readSprintLine, "versions": readVersionLine,
	}
	read := readers[head]
	switch {
	case read == nil:
		b.addError("unknown section %q%s", head, suggestWord(head, []string{"site", "statuses", "types", "fields",
			"board",
			"sprints", "versions"}))
		return
	case b.booked[head]:
		b.addError("section %q stands twice", head)
		return
	case len(b.story.tales) > 0:
		b.addError("section %q stands after an issue: furniture comes first", head)
		return
	}
	b.booked[head] = true
	if head == "statuses" {
		b.story.statuses = nil
	}
	if head == "types" {
		b.story.types = nil
	}
	for _, l := range s.lines {
		b.where = l.n
		read(b, l)
	}
}

func newStory() *story {
	return &story{statuses: defaultStatuses(), types: defaultTypes(), fields: defaultFields(), flagged: "Flagged",
		byKey:      map[string]*issueStory{},
		nextOption: 11000, nextHistory: 20000, nextLog: 30000, nextComment: 40000}
}
