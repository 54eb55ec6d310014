package sprint

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/headline"
	"jerem/web/frame/waterfall"
)

// forecastEnd is what the forecast tells of a sprint that is active.
type forecastEnd struct {
	Said    template.HTML
	verdict headline.Verdict
	dueSaid bool // the verdict says that the planned end is past
	Verdict format.Verdict
	P50     string // the date by which half of the outcomes are done
	P85     string
	Why     string // why nothing can be told; "" where it can
	Odds    string // of the planned end
	Due     string // the planned end
	over    bool   // the planned end is past: there are no odds of it
	left    string // what half of the outcomes leave at the planned end; "" where that is not told
	lacks   int    // open issues without an estimate, which neither that nor the fan counts
	fan     []likelyDay
	dates   []likelyDate
}

// likelyDay is how much remains at the beginning and the end of a working day, in the unit of the API: what 5, 15, 30,
// 50, 70, 85 and 95 of 100 outcomes are below.
type likelyDay struct {
	date          calendar.Date
	before, after [7]float64
}

type likelyDate struct {
	date calendar.Date
	name string
}

// askForecast tells when a sprint that is active is likely done, with the odds for its planned end.
func (m *page) askForecast(s *Pages, team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	if sp.State != agile.Active || m.WhyNoAmounts != "" {
		return
	}
	f, err := outlook.Ask(team, outlook.Question{Sprint: sp.ID}, at)
	if err != nil || f.State == outlook.StateDone {
		return
	}
	price := waterfall.OfPrice(team, f, waterfall.Links{CSV: m.File("price.csv"),
		Issue: func(key string) string { return frame.IssueAddress(base, key, keep) }})
	m.Price = &price
	l := &forecastEnd{Verdict: format.Verdicts[f.State], Why: f.Why, Due: "its end", Odds: format.OddsWord(f.Odds),
		P50: format.LikelyDate(f.Dates.P50, at), P85: format.LikelyDate(f.Dates.P85, at)}
	m.Likely, l.over = l, sp.PastEnd()
	l.verdict, l.dueSaid = headline.OfSprint(sp, f, team.History().Team.Calendar)
	if d, ok := format.DateOf(f.Deadline); ok {
		l.Due = format.DateWord(d)
	}
	m.Explains = append(m.Explains, drawer.Forecast(team, f, s.Teams.Jira, "sprint",
		strconv.FormatInt(sp.ID, 10))...)
	if f.Why != "" {
		l.Said = template.HTML("Likely end: " + frame.LinkFigure("date-85", f.Why) + ".")
		return
	}
	l.Said = template.HTML(fmt.Sprintf("Likely end: %s in half of the outcomes, %s in 85%s%%; %s.",
		frame.LinkFigure("date-50", l.P50), frame.LinkFigure("date-85", l.P85), format.Thin,
		l.oddsText(frame.LinkFigure("odds", l.Odds))))
	l.fillFan(team, sp, f)
	if f.Unestimated != nil {
		l.lacks = *f.Unestimated
	}
	for _, one := range []struct {
		date *string
		name string
	}{{f.Dates.P50, "50" + format.Thin + "%"}, {f.Dates.P85, "85" + format.Thin + "%"}} {
		if d, ok := format.DateOf(one.date); ok {
			l.dates = append(l.dates, likelyDate{d, one.name})
		}
	}
	if n := len(l.fan); n > 0 {
		l.left = likelyAmount(m.W, l.fan[n-1].after[3], sp.Ledger.Remaining)
	}
}

// oddsText says the odds of the planned end, or that it is over.
func (f *forecastEnd) oddsText(odds string) string {
	if f.over {
		return "the sprint was to end on " + f.Due + " and is still open"
	}
	return "the odds for " + f.Due + " are " + odds
}

// fillFan follows what remains from now to the planned end: on each working day evenly between the days that the
// forecast tells, on days off not at all.
func (f *forecastEnd) fillFan(team *measure.Team, sp *measure.Sprint, told *outlook.Forecast) {
	if sp.End == nil || len(told.Fan) == 0 {
		return
	}
	cal := team.History().Team.Calendar
	level := evenSpread(sp.Ledger.Remaining)
	day := calendar.DateOf(told.At, cal.Zone)
	end := calendar.DateOf(*sp.End, cal.Zone)
	for _, next := range told.Fan {
		date, ok := format.DateOf(&next.Date)
		if !ok {
			return
		}
		days := workingDates(cal, day, date)
		to := remainingAt(next, sp.Ledger.Remaining, sp.Done.Estimate)
		for n, d := range days {
			if end.Before(d) {
				return
			}
			f.fan = append(f.fan, likelyDay{d, spreadBetween(level, to, n, len(days)),
				spreadBetween(level, to, n+1, len(days))})
		}
		level, day = to, date.Add(1)
	}
}

// workingDates are the working dates from one date to another, both included.
func workingDates(cal calendar.Calendar, from, to calendar.Date) []calendar.Date {
	var out []calendar.Date
	for d := from; !to.Before(d); d = d.Add(1) {
		if cal.Working(d) {
			out = append(out, d)
		}
	}
	return out
}

// evenSpread is one amount for all outcomes.
func evenSpread(x float64) (out [7]float64) {
	for i := range out {
		out[i] = x
	}
	return out
}

// spreadBetween is the part n of parts of the way between two spreads.
func spreadBetween(from, to [7]float64, n, parts int) (out [7]float64) {
	for i := range out {
		out[i] = from[i] + (to[i]-from[i])*float64(n)/float64(parts)
	}
	return out
}

// remainingAt turns how much is done by a day into how much remains, least first; done is what was done at first.
func remainingAt(day outlook.FanDay, remaining, done float64) (out [7]float64) {
	for i, amount := range []float64{day.P95, day.P85, day.P70, day.P50, day.P30, day.P15, day.P05} {
		out[i] = max(0, remaining-(amount-done))
	}
	return out
}

// likelyAmount writes an amount of a forecast: whole, but hours, which have one decimal, and never more than there is.
func likelyAmount(w format.Words, x, most float64) string {
	if w.Unit != agile.Seconds {
		x = min(math.Round(x), most)
	}
	return w.Amount(x)
}

// sentenceText goes on behind what remains with what is likely to be left at the planned end.
func (f *forecastEnd) sentenceText() string {
	switch {
	case f == nil:
		return ""
	case f.over && f.dueSaid:
		return ""
	case f.over:
		return ", though the sprint was to end on " + f.Due
	case f.left == "":
		return ""
	}
	text := ""
	if f.left != "0" { // else the verdict says as much
		text = ", about " + frame.LinkFigure("odds", f.left) + " still on " + f.Due
	}
	if f.lacks > 0 {
		text += " beside " + format.The(f.lacks, "issue") + " without an estimate"
	}
	return text
}

// fanNote says what the bands of the burndown leave out; "" for nothing.
func (f *forecastEnd) fanNote() string {
	if f == nil || len(f.fan) == 0 || f.lacks == 0 {
		return ""
	}
	return "The bands leave out " + format.The(f.lacks, "issue") +
		" without an estimate; dates and odds draw a size for each."
}

// likelyTile is the likely end beside what was planned.
func likelyTile(m *page) frame.Tile {
	f := m.Likely
	t := frame.Tile{Name: "Likely end", Value: "–", Explain: "date-85", Note: f.Why}
	if f.Why != "" {
		return t
	}
	t.Value, t.Explain = f.P50, "date-50"
	t.Note = "85" + format.Thin + "%: " + f.P85 + "; odds for " + f.Due + ": " + f.Odds
	if f.over {
		t.Note = "85" + format.Thin + "%: " + f.P85 + "; planned was " + f.Due
	}
	return t
}
