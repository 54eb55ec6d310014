package jerem_test

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
)

// heavy are packages that make each program of tests which links them some five megabytes larger, and the rooms whose
// tests link them: half of the time of make short is linking. A room of tests that is not listed here gets along with
// a team out of a story of the measures, a store in a file or a played answer.
var heavy = map[string][]string{
	"github.com/jackc/pgx/v5": {"bot", "cmd/jerem", "cmd/jerem/checking", "cmd/jerem/duty", "cmd/jerem/dutyplayer",
		"cmd/jerem/reporting", "cmd/jerem/serving", "cmd/jerem/setup", "oncall/delivery", "sqlviews", "store/access",
		"store/db/postgres", "store/oncall", "store/transfer", "sync", "web", "web/calloutlink", "web/dutypages",
		"web/oncall"},
	"jerem/sync": {"bot", "cmd/jerem", "cmd/jerem/checking", "cmd/jerem/duty", "cmd/jerem/reporting",
		"cmd/jerem/serving", "cmd/jerem/setup", "measure/explain", "sync", "web", "web/flow", "web/issue",
		"web/roadmap", "web/source", "web/sprint", "web/webtest"},
}

// links are the imports of every room, of its tests apart.
type links struct{ ofRoom, ofTests map[string][]string }

// linksOf reads what rooms and their tests import.
func linksOf(t *testing.T) links {
	t.Helper()
	out := links{map[string][]string{}, map[string][]string{}}
	for _, f := range goFiles(t) {
		room, into := path.Dir(f.path), out.ofRoom
		if strings.HasSuffix(f.path, "_test.go") {
			into = out.ofTests
		}
		if into[room] == nil {
			into[room] = []string{}
		}
		for _, i := range f.parsed.Imports {
			into[room] = append(into[room], strings.Trim(i.Path.Value, `"`))
		}
	}
	return out
}

// reach adds to what a program holds all that some packages bring with them.
func (l links) reach(held map[string]bool, packages []string) {
	for _, p := range packages {
		if !held[p] {
			held[p] = true
			if room, isOurs := strings.CutPrefix(p, "jerem/"); isOurs {
				l.reach(held, l.ofRoom[room])
			}
		}
	}
}

// TestProgramsOfTestsStaySmall: what is heavy to link is linked by the tests of the rooms that need it, and no others.
func TestProgramsOfTestsStaySmall(t *testing.T) {
	all, found := linksOf(t), map[string][]string{}
	for _, room := range slices.Sorted(maps.Keys(all.ofTests)) {
		held := map[string]bool{}
		all.reach(held, append([]string{"jerem/" + room}, all.ofTests[room]...))
		for what := range heavy {
			if held[what] {
				found[what] = append(found[what], room)
			}
		}
	}
	for what, rooms := range heavy {
		for _, room := range found[what] {
			if !slices.Contains(rooms, room) {
				t.Errorf("the tests of %s link %s now: can they do without it? Each such program takes a third of a "+
					"second longer to link", room, what)
			}
		}
		for _, room := range rooms {
			if !slices.Contains(found[what], room) {
				t.Errorf("the tests of %s link %s no more: take it off the list", room, what)
			}
		}
	}
}
