package roadmap

import (
	"fmt"
	"html/template"

	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/headline"
	"jerem/web/roadmap/subject"
)

// writeSentence writes the headline of the page: the verdict of the forecast, then how much of the quarter is done.
func (p *page) writeSentence(s subject.Subject) {
	if p.Q.Remaining <= 0 {
		p.Open = p.Q.OpenIssues()
	}
	if s.QuarterIsOver() {
		p.Sentence = template.HTML(p.cameSaid())
		return
	}
	if p.Forecast != nil {
		p.Sentence = headline.Verdict(p.Forecast.F, s.TeamCalendar())
	}
	p.Sentence += template.HTML(p.progressSaid())
}

// isUndone tells whether the forecast knows of something that is not done, be it an epic without an issue.
func (p *page) isUndone() bool {
	return p.Forecast != nil && p.Forecast.F != nil && p.Forecast.F.State != outlook.StateDone
}

// cameSaid says how much of a quarter that is over was done at its end.
func (p *page) cameSaid() string {
	q := p.Q
	if q.Total == 0 {
		return fmt.Sprintf("Nothing was estimated in the epics of %s.", q.Quarter)
	}
	share := frame.LinkFigure("progression", format.Percent(q.Progression))
	text := fmt.Sprintf("%s of %s was done at its end; %s %s", share, q.Quarter,
		frame.LinkFigure("remaining", p.W.Amount(q.Remaining)), p.W.UnitFor(q.Remaining))
	if p.Open > 0 {
		return text + " remained, and beside that " + p.openSaid("was", "were") + " open."
	}
	return text + " remained."
}

// openSaid names the issues that no estimate counts, with their verb.
func (p *page) openSaid(is, are string) string {
	return fmt.Sprintf("%s without an estimate, or with one of 0, %s", format.Plural(p.Open, "issue"),
		format.Agree(fmt.Sprint(p.Open), is, are))
}

// progressSaid says how much of a quarter that runs is done, how many of its working days are left, and where no date
// is told when the rest is through at the usual pace.
func (p *page) progressSaid() string {
	q := p.Q
	left := frame.LinkFigure("left", format.Plural(q.WorkingDaysLeft, "working day"))
	leftToo := left + format.Agree(fmt.Sprint(q.WorkingDaysLeft), " is left", " are left")
	if q.Total == 0 {
		return fmt.Sprintf("Nothing is estimated in the epics of %s yet; %s.", q.Quarter, leftToo)
	}
	text := fmt.Sprintf("%s of %s is done", frame.LinkFigure("progression", format.Percent(q.Progression)), q.Quarter)
	switch {
	case p.Open > 0:
		return text + ", " + p.openSaid("is", "are") + " open, and " + leftToo + "."
	case hasForecastDate(p) || hasForecastOdds(p), q.Remaining <= 0 && p.isUndone():
		return text + " and " + leftToo + "."
	case q.Remaining <= 0:
		return text + ": nothing remains, with " + left + " left."
	case q.DaysToComplete == nil:
		return fmt.Sprintf("%s and %s. What remains, %s %s, cannot be put into days yet.", text, leftToo,
			frame.LinkFigure("remaining", p.W.Amount(q.Remaining)), p.W.UnitFor(q.Remaining))
	}
	return fmt.Sprintf("%s and %s; at the usual pace the rest takes %s.", text, leftToo,
		frame.LinkFigure("days", fmt.Sprint(*q.DaysToComplete)))
}
