package sprint

import (
	"fmt"
	"html/template"
	"strings"

	"jerem/agile"
	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

// writeSentence writes the headline of the page.
func (m *page) writeSentence(sp *measure.Sprint) {
	w, l := m.W, sp.Ledger
	var b strings.Builder
	if sp.State == agile.Closed {
		fmt.Fprintf(&b, "Of %s %s committed, %s were kept; %s of %s were completed and %s remained",
			frame.LinkFigure("commitment", w.Amount(l.Commitment)), w.UnitFor(l.Commitment),
			frame.LinkFigure("kept", w.Amount(*sp.Kept)), frame.LinkFigure("completed", w.Amount(*sp.Completed)),
			frame.LinkFigure("scope", w.Amount(*sp.Scope)), frame.LinkFigure("remaining", w.Amount(l.Remaining)))
	} else {
		fmt.Fprintf(&b, "%s of %s %s are done and %s %s", frame.LinkFigure("completed", w.Amount(*sp.Completed)),
			frame.LinkFigure("scope", w.Amount(*sp.Scope)), w.UnitFor(*sp.Scope),
			frame.LinkFigure("remaining", w.Amount(l.Remaining)), w.Remain(l.Remaining))
		b.WriteString(m.Likely.sentence())
	}
	if grown := l.Added - l.Removed + l.Reestimated; grown > 0 {
		fmt.Fprintf(&b, "; the scope grew by %s", frame.LinkFigure("remaining", w.Amount(grown)))
	} else if grown < 0 {
		fmt.Fprintf(&b, "; the scope shrank by %s", frame.LinkFigure("remaining", w.Amount(-grown)))
	}
	m.Sentence = template.HTML(b.String() + outsideSentence(m, sp) + impedimentsTook(sp) + ".")
}

// impedimentsTook ends a sentence with the time of impediments, and with the nature that took most of it.
func impedimentsTook(sp *measure.Sprint) string {
	i := sp.Impediments
	if i.Seconds == 0 {
		return ""
	}
	text := ", and impediments took " + frame.LinkFigure("impediments", format.Hours(i.Seconds)+" hours")
	if n := i.ByNature[0]; n.Nature != measure.UnknownNature && 2*n.Seconds > i.Seconds {
		text += ", mostly " + template.HTMLEscapeString(strings.ToLower(n.Nature))
	}
	return text
}
