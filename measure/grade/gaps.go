package grade

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/words"
)

// gapBasis says what figures rest on a source.
var gapBasis = map[agile.Source]Basis{
	agile.SourceIssues:    OnAll,
	agile.SourceHistories: OnAll &^ (OnTime | OnLogged | OnPast | OnCallouts),
	agile.SourceValues:    OnAll,
	agile.SourceWorklogs:  OnTime | OnLogged,
	agile.SourceBoard:     OnWork | OnEstimates | OnPast,
	agile.SourceSprints:   OnDates | OnPast,
	agile.SourceStatuses:  OnWork | OnPace,
	agile.SourceTypes:     OnAll &^ (OnDates | OnCallouts),
	agile.SourceFields:    OnAll &^ (OnDates | OnCallouts),
	agile.SourceScope:     OnAll,
	agile.SourceVersions:  OnQuarters,
	agile.SourceOnCall:    OnTime | OnCallouts,
}

// sourceNames say what a source is, in the words of a reason.
var sourceNames = map[agile.Source]string{
	agile.SourceIssues:    "issues",
	agile.SourceHistories: "changes",
	agile.SourceValues:    "values",
	agile.SourceWorklogs:  "time logged",
	agile.SourceBoard:     "the board",
	agile.SourceSprints:   "the board's sprints",
	agile.SourceStatuses:  "the list of statuses",
	agile.SourceTypes:     "the list of issue types",
	agile.SourceFields:    "fields",
	agile.SourceScope:     "what the filter matches",
	agile.SourceVersions:  "the list of versions",
	agile.SourceOnCall:    "what on-call tells of call-outs",
}

// pluralSources are those whose name is a plural.
var pluralSources = []agile.Source{agile.SourceIssues, agile.SourceHistories, agile.SourceValues, agile.SourceSprints,
	agile.SourceFields}

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

// Reach is the time of which figures tell: a rule that was another one in it counts it otherwise than it was counted
// then.
type Reach struct {
	From  time.Time // the earliest moment of which they tell
	Until time.Time // the moment as of which they stand
	Ahead time.Time // up to when they count working days that lie ahead; zero for none
	Past  PastReach // the closed sprints that they rest on besides

	// Begun tells when the quarter that they are of would have begun by another first month; nil for figures of none.
	Begun func(firstMonth string) time.Time
}

// PastReach is the time of the closed sprints that figures rest on; the zero one for none.
type PastReach struct {
	From  time.Time // the start of the earliest
	Until time.Time // the completion of the last
	Rests Basis     // what of the figures rests on these alone, besides OnPast
}

// At is the reach of figures that tell of one moment alone.
func At(t time.Time) Reach { return Reach{From: t, Until: t} }

// AddGaps adds what is not known, or doubted, of the history to the reasons of figures that rest on some things and
// tell of a time. is tells which issues these figures look at; what concerns issues that are not known concerns all.
func (r *Reasons) AddGaps(list *impediment.List, on Basis, reach Reach, is func(int64) bool) {
	r.addDaysOff(list, on, reach)
	r.addAhead(list, on, reach.Until)
	for _, merged := range knownGaps(list.Index) {
		g := merged.gap
		if g.Subject.IsRule() {
			r.addRule(list, on, reach, g)
			continue
		}
		g.Issues = issuesConcerned(merged, is)
		if g.Issues != nil && len(g.Issues) == 0 {
			continue
		}
		if basis := basisOfGap(list, g) & on; basis != 0 && !isSettled(list, g, reach.Until) {
			r.Add(basis, gradeOfGap(list, g), "%s", gapText(g))
		}
	}
}

// knownGap is a gap with the ids of its issues.
type knownGap struct {
	gap    agile.Gap
	issues []int64 // in the order of gap.Issues, 0 for one that is not known
}

// knownGapsKey names the gaps of an index.
type knownGapsKey struct{}

// knownGaps returns the gaps of a history, put together.
func knownGaps(x *index.Index) []knownGap {
	return index.Recall(x, knownGapsKey{}, func() (out []knownGap) {
		for _, g := range mergedGaps(x.History.Gaps) {
			one := knownGap{gap: g}
			for _, key := range g.Issues {
				id := int64(0)
				if i, ok := x.Lookup(key); ok {
					id = i.ID
				}
				one.issues = append(one.issues, id)
			}
			out = append(out, one)
		}
		return out
	})
}

// mergedGaps puts gaps of issues that differ by nothing but their subject together.
func mergedGaps(gaps []agile.Gap) []agile.Gap {
	var out []agile.Gap
	for _, g := range sortedBySubject(gaps) {
		if g.Issues != nil {
			n := slices.IndexFunc(out, func(o agile.Gap) bool {
				return o.Issues != nil && o.Source == g.Source && o.Code == g.Code
			})
			if n >= 0 {
				out[n].Issues = append(out[n].Issues[:len(out[n].Issues):len(out[n].Issues)], g.Issues...)
				out[n].Subject = joinSubjects(out[n].Subject, g.Subject)
				continue
			}
		}
		out = append(out, g)
	}
	for n := range out {
		if out[n].Issues != nil {
			out[n].Issues = slices.Clone(out[n].Issues)
			slices.SortFunc(out[n].Issues, naming.CompareKeys)
			out[n].Issues = slices.Compact(out[n].Issues)
		}
	}
	return out
}

// joinSubjects puts two subjects together; those of many issues differ by issue and are left out.
func joinSubjects(a, b agile.Subject) agile.Subject {
	if a == b {
		return a
	}
	return agile.Subject{}
}

// issuesConcerned returns those issues of a gap that figures look at; all where the gap is one of issues or values,
// which every figure of the team tells, or of time logged, whose issues need not stand in a sprint.
func issuesConcerned(g knownGap, is func(int64) bool) []string {
	if g.gap.Issues == nil || g.gap.Source != agile.SourceHistories {
		return g.gap.Issues
	}
	out := []string{}
	for n, key := range g.gap.Issues {
		if id := g.issues[n]; id == 0 || is(id) {
			out = append(out, key)
		}
	}
	return out
}

// isSettled tells whether a gap is younger than what figures as of a moment rest on: of sprints that are refused they
// lack nothing where a reading since that moment told of sprints. That none was told since may be that none changed, or
// that the first refusal hides one. Time logged is never settled: it is logged, corrected and deleted later, of any day
// in the past.
func isSettled(list *impediment.List, g agile.Gap, until time.Time) bool {
	return g.Source == agile.SourceSprints && g.Code == agile.GapRefused && until.Before(g.Since) &&
		slices.ContainsFunc(list.Index.History.Sprints, func(s agile.Sprint) bool {
			return slices.ContainsFunc(s.Versions, func(v agile.SprintVersion) bool {
				return !v.Seen.Before(until) || v.State == agile.Closed && !v.Complete.Before(until)
			})
		})
}

// basisOfGap returns what figures rest on what a gap lacks. A field concerns those alone that use it.
func basisOfGap(list *impediment.List, g agile.Gap) Basis {
	if !concernsOneField(g) {
		return gapBasis[g.Source]
	}
	named := g.Subject.Name()
	is := func(id string) bool {
		f := list.Index.History.Fields[id]
		return id != "" && (named == id || f.Name != "" && strings.EqualFold(f.Name, named))
	}
	var on Basis
	if list.Index.History.Board != nil && is(list.Index.History.Board.Estimate) {
		on |= OnEstimates | OnPace
	}
	nature := list.Index.History.Team.Impediment.Nature
	if is(list.NatureField()) || is(nature) || nature != "" && strings.EqualFold(nature, named) {
		on |= OnMarks
	}
	if is(list.Index.History.Team.Quarter.Field()) {
		on |= OnQuarters
	}
	if on == 0 && g.Code == agile.GapLeftOut { // needed, and nothing is known of what for
		return gapBasis[g.Source]
	}
	return on
}

// concernsOneField tells whether a gap is one of a single field, which its subject names.
func concernsOneField(g agile.Gap) bool {
	return g.Source == agile.SourceFields && g.Subject.Name() != "" && g.Code != agile.GapRefused
}

// gradeOfGap returns the grade of what rests on what a gap lacks: it is limited where it was not read at all, or more
// than half of it is missing.
func gradeOfGap(list *impediment.List, g agile.Gap) Grade {
	absent := g.Code == agile.GapRefused || g.Code == agile.GapMissing
	switch {
	case g.Source == agile.SourceWorklogs && g.Code == agile.GapUnreadable && list.Index.TimeUnknown:
		return Limited
	case g.Source == agile.SourceIssues && g.Issues != nil:
		missing := 0
		for _, key := range g.Issues {
			if _, known := list.Index.Lookup(key); !known {
				missing++
			}
		}
		if missing > len(list.Index.History.Issues) {
			return Limited
		}
	case g.Issues != nil || !absent:
	case g.Source == agile.SourceIssues && len(list.Index.History.Issues) == 0,
		g.Source == agile.SourceWorklogs && list.Index.TimeUnknown,
		g.Source == agile.SourceBoard && list.Index.History.Board == nil,
		g.Source == agile.SourceSprints && len(list.Index.History.Sprints) == 0,
		g.Source == agile.SourceTypes && len(list.Index.History.Types) == 0,
		g.Source == agile.SourceStatuses && len(list.Index.History.Statuses) == 0:
		return Limited
	}
	return Partial
}

// gapText writes a gap as a sentence.
func gapText(g agile.Gap) string {
	what, subject := sourceNames[g.Source], subjectText(g.Subject)
	if g.Source == agile.SourceIssues && g.Issues != nil {
		what = words.Count(len(g.Issues), "issue")
	}
	if concernsOneField(g) {
		what, subject = "the field "+subject, ""
	}
	if part, alone := unreadPart(g); alone {
		what, subject = part, ""
	}
	text := fmt.Sprintf(gapVerbs[g.Code], what)
	if slices.Contains(pluralSources, g.Source) && !concernsOneField(g) && len(g.Issues) != 1 {
		text = strings.Replace(text, what+" is ", what+" are ", 1)
	}
	if gapVerbs[g.Code] == "" {
		text = what + ": " + string(g.Code)
	}
	switch {
	case g.Source == agile.SourceIssues && g.Code == agile.GapMissing && g.Issues != nil:
		text = what + " listed by Jira and never received"
	case g.Source == agile.SourceIssues && g.Issues == nil && subject != "",
		g.Subject.Code == agile.SubjectEpicRivals:
		text, subject = subject, ""
	}
	if subject != "" {
		text += " (" + subject + ")"
	}
	if g.Issues != nil {
		text += ": " + listKeys(g.Issues)
	}
	return text
}

// listKeys lists issues, cut where they are many.
func listKeys(keys []string) string {
	if more := len(keys) - mostNamed; more > 0 {
		return strings.Join(keys[:mostNamed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(keys, ", ")
}
