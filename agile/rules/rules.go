package rules

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/sorting"
)

// Set is what a reading counted by, in a form that is kept and compares.
type Set struct {
	Texts    map[agile.SubjectCode]string `json:"texts,omitempty"`    // by rule
	Statuses map[string]Place             `json:"statuses,omitempty"` // by id
	Types    map[string]Level             `json:"types,omitempty"`    // issue types, by id
	Versions map[string]string            `json:"versions,omitempty"` // names by id; nil where they tell no quarters
}

// Site is what Jira tells of a team's board and of what all teams share.
type Site struct {
	Board    *agile.Board // nil for a team without one
	Statuses map[string]agile.Status
	Types    map[string]agile.Type
	Versions map[string]string // names by id
	Zone     string            // of the clock of the account that reads
}

// Level is the level of an issue type: see agile.Type.
type Level struct {
	Name  string `json:"name"`
	Level int    `json:"level"`
}

// Place is where work in a status stands.
type Place struct {
	Name   string `json:"name"`
	State  string `json:"state"`  // todo, doing, done; "" where nothing is known of it
	Column int    `json:"column"` // of the board, -1 where it maps none
}

// Change is a rule that is another one than before, with the source that tells it.
type Change struct {
	Source  agile.Source
	Subject agile.Subject
}

// sources say where each rule comes from.
var sources = map[agile.SubjectCode]agile.Source{
	agile.SubjectRuleFilter:      agile.SourceScope,
	agile.SubjectRuleTeam:        agile.SourceScope,
	agile.SubjectRuleImpediment:  agile.SourceScope,
	agile.SubjectRuleQuery:       agile.SourceScope,
	agile.SubjectRuleDependency:  agile.SourceScope,
	agile.SubjectRuleQuarter:     agile.SourceScope,
	agile.SubjectRuleFirstMonth:  agile.SourceScope,
	agile.SubjectRuleHistory:     agile.SourceScope,
	agile.SubjectRuleGrace:       agile.SourceScope,
	agile.SubjectRuleHours:       agile.SourceScope,
	agile.SubjectRuleWaiting:     agile.SourceStatuses,
	agile.SubjectRuleDone:        agile.SourceStatuses,
	agile.SubjectRuleColumns:     agile.SourceBoard,
	agile.SubjectRuleBoard:       agile.SourceBoard,
	agile.SubjectRuleEstimate:    agile.SourceFields,
	agile.SubjectRuleTypes:       agile.SourceTypes,
	agile.SubjectRuleVersions:    agile.SourceVersions,
	agile.SubjectRuleNatureField: agile.SourceFields,

	agile.SubjectRuleInitiative:     agile.SourceScope,
	agile.SubjectRuleUntouched:      agile.SourceScope,
	agile.SubjectRuleCapacity:       agile.SourceScope,
	agile.SubjectRuleBudget:         agile.SourceScope,
	agile.SubjectRuleBudgetIncludes: agile.SourceScope,
}

// told are the rules of which a change tells what was before and what is now. Queries may name persons, so they are
// never told.
var told = []agile.SubjectCode{
	agile.SubjectRuleTeam, agile.SubjectRuleBoard, agile.SubjectRuleEstimate, agile.SubjectRuleNatureField,
	agile.SubjectRuleHours, agile.SubjectRuleGrace, agile.SubjectRuleFirstMonth, agile.SubjectRuleHistory,
	agile.SubjectRuleUntouched, agile.SubjectRuleCapacity, agile.SubjectRuleBudget, agile.SubjectRuleBudgetIncludes,
}

// Of returns the rules of a team at a site.
func Of(t agile.Team, site Site) Set {
	zone, board := site.Zone, site.Board
	if t.Calendar.Zone != nil {
		zone = t.Calendar.Zone.String()
	}
	nature := cmp.Or(t.Impediment.Nature, t.Impediment.DefaultNature)
	set := Set{Statuses: map[string]Place{}, Types: map[string]Level{}, Texts: map[agile.SubjectCode]string{
		agile.SubjectRuleFilter:      DigestQuery(t.Filter),
		agile.SubjectRuleTeam:        t.Works,
		agile.SubjectRuleImpediment:  fmt.Sprintf("%q %q", t.Impediment.Labels, t.Impediment.Types),
		agile.SubjectRuleQuery:       DigestQuery(t.Impediment.JQL),
		agile.SubjectRuleDependency:  fmt.Sprintf("%q", t.Dependency.Labels),
		agile.SubjectRuleQuarter:     fmt.Sprintf("%s %v", t.Quarter.Field(), t.Quarter.Label),
		agile.SubjectRuleFirstMonth:  fmt.Sprint(max(1, int(t.Quarter.FirstMonth))),
		agile.SubjectRuleHistory:     fmt.Sprint(t.Sprint.History),
		agile.SubjectRuleGrace:       t.Sprint.Grace.String(),
		agile.SubjectRuleHours:       hoursText(t.Calendar, zone),
		agile.SubjectRuleWaiting:     fmt.Sprintf("%q", t.Flow.Waiting),
		agile.SubjectRuleNatureField: nature,
		agile.SubjectRuleBoard:       "",
		agile.SubjectRuleEstimate:    "",

		agile.SubjectRuleInitiative:     initiativeText(t.Initiative),
		agile.SubjectRuleUntouched:      fmt.Sprint(t.Flow.Untouched),
		agile.SubjectRuleCapacity:       durationText(t.Sprint.Capacity),
		agile.SubjectRuleBudget:         durationText(t.Sprint.Budget),
		agile.SubjectRuleBudgetIncludes: string(t.Sprint.BudgetIncludes),
	}}
	if board != nil {
		set.Texts[agile.SubjectRuleBoard] = fmt.Sprint(board.ID)
		set.Texts[agile.SubjectRuleEstimate] = board.Estimate
	}
	for id, s := range site.Statuses {
		set.Statuses[id] = Place{Name: s.Name, State: stateOf(t, board, s), Column: board.ColumnOf(id)}
	}
	for id, one := range site.Types {
		set.Types[id] = Level{Name: one.Name, Level: one.Level}
	}
	if t.Quarter.By == agile.ByFixVersion {
		set.Versions = maps.Clone(site.Versions)
	}
	return set
}

// DigestQuery returns what tells queries apart and tells nothing of them, for one may name a person and outlive its
// place in the configuration here; "" of none.
func DigestQuery(jql string) string {
	if jql == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(jql))
	return hex.EncodeToString(sum[:16])
}

// initiativeText writes the labels that tell initiatives, "" where none does.
func initiativeText(rule agile.InitiativeRule) string {
	if rule.Label == nil {
		return ""
	}
	return rule.Label.String()
}

// durationText writes a time without parts that are 0, 30h or 7h30m; "" of none.
func durationText(d time.Duration) string {
	if d == 0 {
		return ""
	}
	text := d.String()
	for _, zero := range []struct{ unit, part string }{{"m", "0s"}, {"h", "0m"}} {
		if before, cut := strings.CutSuffix(text, zero.unit+zero.part); cut {
			text = before + zero.unit
		}
	}
	return text
}

// hoursText writes working hours with the zone of their clock, 09:00-18:00 Europe/Paris.
func hoursText(c calendar.Calendar, zone string) string {
	clock := func(d time.Duration) string { return time.Time{}.Add(d).Format("15:04") }
	return clock(c.Start) + "-" + clock(c.End) + " " + zone
}

// stateOf returns where work in a status stands by the columns, the configured names and the category, in this order
// of docs/measures.md, section 0.
func stateOf(t agile.Team, board *agile.Board, s agile.Status) string {
	closed := slices.ContainsFunc(append(slices.Clone(s.Names), s.Name), func(name string) bool {
		return slices.ContainsFunc(t.ClosedStatuses, func(c string) bool { return strings.EqualFold(c, name) })
	})
	mapped := board.ColumnOf(s.ID) >= 0
	switch {
	case closed, mapped && slices.Contains(board.DoneColumn().Statuses, s.ID),
		!mapped && s.Category == agile.CategoryDone:
		return "done"
	case s.Category == agile.CategoryUnknown:
		return ""
	case s.Category == agile.CategoryToDo:
		return "todo"
	}
	return "doing"
}

// ChangesSince lists the rules that are others than before, in order of their codes. A rule that was not kept before
// tells nothing.
func (s Set) ChangesSince(before Set) (out []Change) {
	for code, now := range s.Texts {
		was, known := before.Texts[code]
		if !known || was == now {
			continue
		}
		subject := agile.NewSubject(code)
		if slices.Contains(told, code) {
			subject = agile.NewSubject(code, was, now)
		}
		out = append(out, Change{sources[code], subject})
	}
	out = append(out, s.changedSite(before)...)
	sorting.By(out, func(a, b Change) int { return a.Subject.Compare(b.Subject) })
	return out
}

// changedSite tells which statuses mean something else than before, and which stand in another column alone, which
// issue types are of another level, and which versions have another name.
func (s Set) changedSite(before Set) (out []Change) {
	var states, columns, types, versions []string
	for id, now := range s.Statuses {
		was, known := before.Statuses[id]
		switch {
		case !known || was.State == "" || now.State == "":
		case was.State != now.State:
			states = append(states, now.Name)
		case was.Column != now.Column:
			columns = append(columns, now.Name)
		}
	}
	for id, now := range s.Types {
		if was, known := before.Types[id]; known && was.Level != now.Level {
			types = append(types, now.Name)
		}
	}
	for id, now := range s.Versions {
		if was, known := before.Versions[id]; known && was != now {
			versions = append(versions, was+" is "+now+" now")
		}
	}
	for code, names := range map[agile.SubjectCode][]string{
		agile.SubjectRuleDone: states, agile.SubjectRuleColumns: columns, agile.SubjectRuleTypes: types,
		agile.SubjectRuleVersions: versions,
	} {
		if len(names) > 0 {
			slices.Sort(names)
			out = append(out, Change{sources[code], agile.NewSubject(code, listNames(names))})
		}
	}
	return out
}

// mostNames is how many names a change lists.
const mostNames = 20

// listNames lists names, cut where they are many.
func listNames(names []string) string {
	if more := len(names) - mostNames; more > 0 {
		return strings.Join(names[:mostNames], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}
