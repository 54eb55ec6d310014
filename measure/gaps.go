package measure

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/agile"
)

// gapBasis says what figures rest on a source.
var gapBasis = map[agile.Source]Basis{
	agile.SourceIssues:    OnAll,
	agile.SourceHistories: OnAll &^ OnTime,
	agile.SourceValues:    OnAll,
	agile.SourceWorklogs:  OnTime,
	agile.SourceBoard:     OnWork | OnEstimates | OnPast,
	agile.SourceSprints:   OnDates | OnPast,
	agile.SourceStatuses:  OnWork | OnPast,
	agile.SourceTypes:     OnAll &^ OnDates,
	agile.SourceFields:    OnAll &^ OnDates,
	agile.SourceScope:     OnAll,
}

// sourceNames say what a source is, in the words of a reason.
var sourceNames = map[agile.Source]string{
	agile.SourceIssues: "issues", agile.SourceHistories: "changes", agile.SourceValues: "values", agile.SourceWorklogs: "time logged",
	agile.SourceBoard: "the board", agile.SourceSprints: "the board's sprints", agile.SourceStatuses: "the list of statuses",
	agile.SourceTypes: "the list of issue types", agile.SourceFields: "fields", agile.SourceScope: "what the filter matches",
}

// gapVerbs say what is wrong with a source.
var gapVerbs = map[agile.GapCode]string{
	agile.GapRefused:    "Jira does not give %s",
	agile.GapMissing:    "Jira sends nothing of %s",
	agile.GapUnreadable: "%s cannot be read",
	agile.GapShrunk:     "Jira tells less of %s than is known: what was known is kept",
	agile.GapLeftOut:    "%s is not asked for",
	agile.GapMoved:      "%s is as of the last reading, and moved past figures",
	agile.GapLost:       "what was known of the past of %s was damaged in the store, and Jira does not tell it again",
}

// mostNamed is how many issues a reason names.
const mostNamed = 100

// gapReasons adds what is not known, or doubted, of the history to the reasons of figures that rest on some things and
// stand as of a moment. is tells which issues these figures look at; what concerns issues that are not known concerns all.
func (t *Team) gapReasons(r *Reasons, on Basis, until time.Time, is func(int64) bool) {
	for _, g := range mergedGaps(t.h.Gaps) {
		g.Issues = t.concernedBy(g, is)
		if g.Issues != nil && len(g.Issues) == 0 {
			continue
		}
		if basis := t.basisOfGap(g) & on; basis != 0 && !t.settled(g, until) {
			r.add(basis, t.gapGrade(g), "%s", gapText(g))
		}
	}
}

// mergedGaps puts gaps of issues that differ by nothing but their subject together.
func mergedGaps(gaps []agile.Gap) []agile.Gap {
	var out []agile.Gap
	for _, g := range gaps {
		if g.Issues != nil {
			n := slices.IndexFunc(out, func(o agile.Gap) bool { return o.Issues != nil && o.Source == g.Source && o.Code == g.Code })
			if n >= 0 {
				out[n].Issues = append(out[n].Issues[:len(out[n].Issues):len(out[n].Issues)], g.Issues...)
				out[n].Subject = joined(out[n].Subject, g.Subject)
				continue
			}
		}
		out = append(out, g)
	}
	for n := range out {
		if out[n].Issues != nil {
			out[n].Issues = slices.Clone(out[n].Issues)
			slices.SortFunc(out[n].Issues, compareKeys)
			out[n].Issues = slices.Compact(out[n].Issues)
		}
	}
	return out
}

// joined puts two subjects together; those of many issues differ by issue and are left out.
func joined(a, b string) string {
	if a == b {
		return a
	}
	return ""
}

// concernedBy returns those issues of a gap that figures look at; all where the gap is one of issues or values, which
// every figure of the team tells, or of time logged, whose issues need not stand in a sprint.
func (t *Team) concernedBy(g agile.Gap, is func(int64) bool) []string {
	if g.Issues == nil || g.Source != agile.SourceHistories {
		return g.Issues
	}
	out := []string{}
	for _, key := range g.Issues {
		if i, ok := t.Lookup(key); !ok || is(i.ID) {
			out = append(out, key)
		}
	}
	return out
}

// settled tells whether a gap is younger than what figures as of a moment rest on: of a source that is known, and that
// falls short only since, they lack nothing.
func (t *Team) settled(g agile.Gap, until time.Time) bool {
	switch g.Source {
	case agile.SourceWorklogs:
		return g.Issues == nil && !t.timeUnknown && !g.Since.IsZero() && until.Before(g.Since)
	case agile.SourceSprints:
		return len(t.h.Sprints) > 0 && g.Code == agile.GapRefused && !g.Since.IsZero() && until.Before(g.Since)
	}
	return false
}

// basisOfGap returns what figures rest on what a gap lacks. A field concerns those alone that use it.
func (t *Team) basisOfGap(g agile.Gap) Basis {
	if !ofOneField(g) {
		return gapBasis[g.Source]
	}
	is := func(id string) bool {
		f := t.h.Fields[id]
		return id != "" && (g.Subject == id || f.Name != "" && strings.EqualFold(f.Name, g.Subject))
	}
	var on Basis
	if t.h.Board != nil && is(t.h.Board.Estimate) {
		on |= OnEstimates | OnPast
	}
	nature := t.h.Team.Impediment.Nature
	if is(t.natureField()) || is(nature) || nature != "" && strings.EqualFold(nature, g.Subject) {
		on |= OnMarks
	}
	if on == 0 && g.Code == agile.GapLeftOut { // needed, and nothing is known of what for
		return gapBasis[g.Source]
	}
	return on
}

// ofOneField tells whether a gap is one of a single field, which its subject names.
func ofOneField(g agile.Gap) bool {
	return g.Source == agile.SourceFields && g.Subject != "" && g.Code != agile.GapRefused
}

// gapGrade returns the grade of what rests on what a gap lacks: it is limited where it was not read at all, or more
// than half of it is missing.
func (t *Team) gapGrade(g agile.Gap) Grade {
	absent := g.Code == agile.GapRefused || g.Code == agile.GapMissing
	switch {
	case g.Source == agile.SourceIssues && g.Issues != nil:
		missing := 0
		for _, key := range g.Issues {
			if _, known := t.Lookup(key); !known {
				missing++
			}
		}
		if missing > len(t.h.Issues) {
			return Limited
		}
	case g.Issues != nil || !absent:
	case g.Source == agile.SourceIssues && len(t.h.Issues) == 0,
		g.Source == agile.SourceWorklogs && t.timeUnknown,
		g.Source == agile.SourceBoard && t.h.Board == nil,
		g.Source == agile.SourceSprints && len(t.h.Sprints) == 0,
		g.Source == agile.SourceTypes && len(t.h.Types) == 0,
		g.Source == agile.SourceStatuses && len(t.h.Statuses) == 0:
		return Limited
	}
	return Partial
}

// gapText writes a gap as a sentence.
func gapText(g agile.Gap) string {
	what := sourceNames[g.Source]
	if g.Source == agile.SourceIssues && g.Issues != nil {
		what = count(len(g.Issues), "issue")
	}
	if ofOneField(g) {
		what, g.Subject = "the field "+g.Subject, ""
	}
	text := fmt.Sprintf(gapVerbs[g.Code], what)
	if gapVerbs[g.Code] == "" {
		text = what + ": " + string(g.Code)
	}
	switch {
	case g.Source == agile.SourceIssues && g.Code == agile.GapMissing && g.Issues != nil:
		text = what + " listed by Jira and never received"
	case g.Source == agile.SourceIssues && g.Issues == nil && g.Subject != "":
		text, g.Subject = g.Subject, ""
	}
	if g.Subject != "" {
		text += " (" + g.Subject + ")"
	}
	if g.Issues != nil {
		text += ": " + named(g.Issues)
	}
	return text
}

// named lists issues, cut where they are many.
func named(keys []string) string {
	if more := len(keys) - mostNamed; more > 0 {
		return strings.Join(keys[:mostNamed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(keys, ", ")
}

// unread tells whether a source was never read: Jira does not give it, and nothing of it is known.
func unread(gaps []agile.Gap, source agile.Source, known int) bool {
	return known == 0 && slices.ContainsFunc(gaps, func(g agile.Gap) bool {
		return g.Source == source && g.Issues == nil && (g.Code == agile.GapRefused || g.Code == agile.GapMissing)
	})
}

// SprintsUnknown tells whether the team's sprints were never read, which is not that it has none.
func (t *Team) SprintsUnknown() bool {
	known := len(t.h.Sprints)
	return unread(t.h.Gaps, agile.SourceSprints, known) || t.h.Board == nil && unread(t.h.Gaps, agile.SourceBoard, known)
}
