package roadmap

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
)

// chosenView is the common burnup of the epics that the address names.
type chosenView struct {
	*frame.Figure
	Epics []frame.Choice // each leads to the page without it
	None  string         // address of the page without any
}

// drawChosen draws what the chosen epics hold together, with the latest of their dates: epics are taken one after the
// other, so all of them are done when the last one is.
func drawChosen(p *page, s subject.Subject) error {
	if len(s.Ask.Chosen) == 0 {
		return nil
	}
	view := &chosenView{None: s.Ask.AddressOf("epics", "") + "#epics-card"}
	var lines []epicLine
	for _, key := range s.Ask.Chosen {
		n := slices.IndexFunc(p.Lines, func(line epicLine) bool { return line.Key == key })
		if n < 0 {
			return noSuchEpic(p, "epics", key)
		}
		lines = append(lines, p.Lines[n])
		view.Epics = append(view.Epics, frame.Choice{Name: key, Address: p.Lines[n].Choose})
	}
	list := chosenDays(measure.EpicBurnups(s.Team, s.Name, s.At), s.Ask.Chosen)
	view.Figure = burnupOfChosen(p, s, lines, list)
	p.Chosen = view
	return nil
}

// noSuchEpic says that a key names no epic of the quarter, and which there are.
func noSuchEpic(p *page, parameter, key string) error {
	var keys []string
	for _, e := range p.Q.Epics {
		keys = append(keys, e.Key)
	}
	return frame.NewProblem(http.StatusBadRequest, "unknown_epic",
		"Name some of "+strings.Join(keys, ", ")+", separated by commas.", "%s=%q is no epic of %s", parameter, key,
		p.Q.Quarter)
}

// chosenDays adds up some epics day by day.
func chosenDays(epics []measure.EpicBurnup, chosen []string) []measure.BurnupDay {
	var out []measure.BurnupDay
	for _, epic := range epics {
		if !slices.Contains(chosen, epic.Key) {
			continue
		}
		if out == nil {
			out = slices.Clone(epic.Days)
			continue
		}
		for i, day := range epic.Days {
			out[i].Total, out[i].Done = out[i].Total+day.Total, out[i].Done+day.Done
		}
	}
	return out
}

func burnupOfChosen(p *page, s subject.Subject, lines []epicLine, list []measure.BurnupDay) *frame.Figure {
	if len(list) == 0 || !slices.ContainsFunc(list, func(day measure.BurnupDay) bool { return day.Total > 0 }) {
		return &frame.Figure{Reading: "Nothing is estimated in them",
			Empty: "Without an estimate above 0 there is no line to draw."}
	}
	b := burnupAxis("t-chosen", s, axisEnd(p, s))
	addBurnupDays(&b, list, p.W)
	last := list[len(list)-1]
	epics := format.Plural(len(lines), "epic")
	if len(lines) == 1 {
		epics = lines[0].Key
	}
	reading := fmt.Sprintf("%s of %s %s done in %s", p.W.Amount(last.Done), p.W.Count(last.Total), p.W.Are(last.Total),
		epics)
	p.open(s, "chosen", onpage.EpicsTogether(s.Team, p.Q, s.Ask.Chosen), "epics", strings.Join(s.Ask.Chosen, ","))
	opened := [][2]string{{p.W.Amount(last.Done), "chosen"}}
	if !s.QuarterIsOver() {
		markNow(p, &b, s, len(list))
		if latest := latestForecast(lines); latest != nil {
			addDates(&b, s, latest.forecast, float64(len(b.Days)), "#explain-"+latest.Explain+"-date-")
			date := format.LikelyDate(latest.forecast.Dates.P85, s.At)
			if len(lines) > 1 {
				reading += ", all of them"
			}
			reading += " by " + date + " with odds of 85" + format.Thin + "%"
			opened = append(opened, [2]string{date, latest.Explain + "-date-85"})
		}
	}
	b.Title = "Burnup of the chosen epics: " + reading + "."
	return &frame.Figure{Reading: reading, SVG: frame.HTML(b.SVG()), Opened: frame.OpenFigures(reading, opened...)}
}

// latestForecast is the epic whose 85 % date is the last; nil where one of them cannot be told or all are done.
func latestForecast(lines []epicLine) *epicLine {
	var latest *epicLine
	for i := range lines {
		f := lines[i].forecast
		switch {
		case f == nil || f.State != outlook.StateDone && f.Dates.P85 == nil:
			return nil
		case f.State == outlook.StateDone:
		case latest == nil || *latest.forecast.Dates.P85 < *f.Dates.P85:
			latest = &lines[i]
		}
	}
	return latest
}
