// Package gaps makes gaps of what Jira refuses or tells less of: what a reading could not have, for the grade of
// every figure that rests on it.
//
// A gap is noted where something could not be had. A doubt goes with it where more was known before, or where Jira
// may mend it by itself: what was known stays, and the team is behind with the doubt as the reason. A list that
// shrank is believed when a later reading tells the same, so each reading looks at what the last one noted:
//
//	gap, passing, refused := gaps.OfRefusal(agile.SourceBoard, err)
//	unlisted := agile.NewSubject(agile.SubjectBoardUnlisted, 7)
//	if gaps.ShrunkBefore(noted, agile.SourceBoard, unlisted) { … } // told twice: it is gone
//
// What exactly is lacking is a code with arguments. The words of it are measure/grade's.
package gaps

import (
	"cmp"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
)

// Notes are what something could not be had of, and why a team is behind by it.
type Notes struct {
	Gaps   []store.Gap
	Doubts problem.List // what is told less of than is known: it is kept (package sync/doubts)
}

// Add notes a gap, and the doubts that go with it.
func (n *Notes) Add(gap store.Gap, doubts ...*problem.Problem) {
	n.Gaps = append(n.Gaps, gap)
	n.Doubts = append(n.Doubts, doubts...)
}

// Join returns notes and others after them; neither is changed.
func (n Notes) Join(other Notes) Notes {
	return Notes{Gaps: slices.Concat(n.Gaps, other.Gaps), Doubts: slices.Concat(n.Doubts, other.Doubts)}
}

// OfRefusal makes a gap of a refusal; passing is one that may be over at the next reading. False for what is no
// refusal of Jira's.
func OfRefusal(source agile.Source, why error) (gap store.Gap, passing, refused bool) {
	e := problem.Of(why, "jira")
	if e == nil {
		return gap, false, false
	}
	gap = store.Gap{Source: source, Code: agile.GapRefused,
		Subject: agile.NewSubject(agile.SubjectProblem, e.Code.Word())}
	if e.Status != 0 {
		gap.Subject = agile.NewSubject(agile.SubjectHTTPStatus, e.Status)
	}
	switch e.Code {
	case jira.InvalidResponse:
		gap.Code, gap.Subject, passing = agile.GapUnreadable, agile.Subject{}, true
	case jira.NotJira:
		gap.Subject = agile.NewSubject(agile.SubjectNotJira)
	case jira.Unreachable, jira.Limited, jira.Failing, jira.TooDeep:
		passing = true
	}
	return gap, passing, true
}

// KnownUntil makes of a gap of a refusal one of what was read before: it is known up to a moment.
func KnownUntil(gap store.Gap, until time.Time) store.Gap {
	why := gap.Subject.Args[0]
	if why == "" { // its code says it all
		why = cmp.Or(string(gap.Subject.Code), string(gap.Code))
	}
	gap.Subject = agile.NewSubject(agile.SubjectKnownUntil, until.UTC().Format("2006-01-02 15:04 UTC"), why)
	return gap
}

// ReadBefore tells whether a source was read before: a former reading noted no refusal of it as a whole, or noted
// that it is known up to some moment.
func ReadBefore(noted []store.Gap, source agile.Source) bool {
	return !slices.ContainsFunc(noted, func(g store.Gap) bool {
		if g.Source != source || g.Issue != 0 {
			return false
		}
		switch g.Subject.Code {
		case "", agile.SubjectHTTPStatus, agile.SubjectProblem, agile.SubjectNotJira:
			return g.Code == agile.GapRefused || g.Code == agile.GapUnreadable
		}
		return false
	})
}

// ShrunkBefore tells whether a former reading noted that a source tells less of a subject.
func ShrunkBefore(noted []store.Gap, source agile.Source, subject agile.Subject) bool {
	return slices.ContainsFunc(noted, func(g store.Gap) bool {
		return g.Source == source && g.Code == agile.GapShrunk && g.Subject == subject
	})
}
