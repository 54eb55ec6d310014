package roadmap

import (
	"fmt"
	"html/template"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/headline"
	"jerem/web/roadmap/subject"
)

// writeSentence writes the headline of the page, which is the verdict of the forecast where there is one, and the
// quieter line below it, with how much of the quarter is done.
func (p *page) writeSentence(s subject.Subject) {
	if p.Q.Remaining <= 0 {
		p.Open = p.Q.OpenIssues()
	}
	if s.QuarterIsOver() {
		p.Sentence = template.HTML(progressOf(p).textAtEnd())
		return
	}
	p.Sentence = template.HTML(progressOf(p).textSoFar())
	if p.Forecast == nil {
		return
	}
	if said := headline.Of(p.Forecast.F, s.TeamCalendar()); said.First != "" {
		p.Sentence, p.Rest, p.Sign = said.First, frame.Folded(p.Sentence, " "+said.Rest), said.Sign
	}
}

// progress is how much of a quarter is done, as a sentence tells it after the verdict of the forecast.
type progress struct {
	w        format.Words
	quarter  *measure.Quarter
	open     int  // issues that no estimate counts, where nothing estimated remains
	isDated  bool // the verdict tells a date, or odds of one
	isUndone bool // the forecast knows of something that is not done, be it an epic without an issue
}

func progressOf(p *page) progress {
	return progress{w: p.W, quarter: p.Q, open: p.Open, isDated: hasForecastDate(p) || hasForecastOdds(p),
		isUndone: p.tellsDates() && p.Forecast.F.State != outlook.StateDone}
}

// textAtEnd says how much of a quarter that is over was done at its end.
func (d progress) textAtEnd() string {
	q := d.quarter
	if q.Total == 0 {
		return fmt.Sprintf("Nothing was estimated in the epics of %s.", q.Quarter)
	}
	share := frame.LinkFigure("progression", format.Percent(q.Progression))
	text := fmt.Sprintf("%s of %s was done at its end; %s %s", share, q.Quarter,
		frame.LinkFigure("remaining", d.w.Amount(q.Remaining)), d.w.UnitFor(q.Remaining))
	if d.open > 0 {
		return text + " remained, and beside that " + d.openText("was", "were") + " open."
	}
	return text + " remained."
}

// openText names the issues that no estimate counts, with their verb.
func (d progress) openText(is, are string) string {
	return fmt.Sprintf("%s without an estimate, or with one of 0, %s", format.Plural(d.open, "issue"),
		format.Agree(fmt.Sprint(d.open), is, are))
}

// textSoFar says how much of a quarter that runs is done, how many of its working days are left, and where no date
// is told when the rest is through at the usual pace.
func (d progress) textSoFar() string {
	q := d.quarter
	left := frame.LinkFigure("left", format.Plural(q.WorkingDaysLeft, "working day"))
	leftToo := left + format.Agree(fmt.Sprint(q.WorkingDaysLeft), " is left", " are left")
	if q.Total == 0 {
		return fmt.Sprintf("Nothing is estimated in the epics of %s yet; %s.", q.Quarter, leftToo)
	}
	text := fmt.Sprintf("%s of %s is done", frame.LinkFigure("progression", format.Percent(q.Progression)), q.Quarter)
	switch {
	case d.open > 0:
		return text + ", " + d.openText("is", "are") + " open, and " + leftToo + "."
	case d.isDated, q.Remaining <= 0 && d.isUndone:
		return text + " and " + leftToo + "."
	case q.Remaining <= 0:
		return text + ": nothing remains, with " + left + " left."
	case q.DaysToComplete == nil:
		return fmt.Sprintf("%s and %s. What remains, %s %s, cannot be put into days yet.", text, leftToo,
			frame.LinkFigure("remaining", d.w.Amount(q.Remaining)), d.w.UnitFor(q.Remaining))
	}
	return fmt.Sprintf("%s and %s; at the usual pace the rest takes %s.", text, leftToo,
		frame.LinkFigure("days", fmt.Sprint(*q.DaysToComplete)))
}
