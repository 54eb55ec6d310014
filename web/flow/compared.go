package flow

import (
	"net/http"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure/flow"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/frame/beside"
)

// compareWith holds the flow beside itself as of the moment that the request names. A window that was asked for keeps
// its length, and ends with each of the moments.
func (v *page) compareWith(r *http.Request, from, to calendar.Date) error {
	with, named, err := asked.ComparedOnPage(r, v.team)
	if err != nil || !named {
		return err
	}
	v.Compared = beside.Flow(beside.FlowQuestion{Team: v.team, Shown: v.at, Other: with, Keep: v.keep,
		Days: func(at time.Time) (calendar.Date, calendar.Date) { return v.daysAt(at, from, to) }})
	text := with.UTC().Format(time.RFC3339Nano)
	v.Compared.CSV, v.Compared.Between = v.besideAt("/changed.csv", text), v.besideAt("/between.csv", text)
	if v.Walk != nil {
		v.Walk.Compared = format.WordsOf(v.team).Short(with)
	}
	return nil
}

// besideAt is the address of the page, or of a file of it, beside another moment; "" for alone.
func (v *page) besideAt(file, with string) string {
	return frame.WithQuery(v.base+"/flow"+file, slices.Concat(v.query, []string{"with", with})...)
}

// daysAt are the days that the flow is told of as of a moment: from and to where it is the one shown.
func (v *page) daysAt(at time.Time, from, to calendar.Date) (calendar.Date, calendar.Date) {
	if at.Equal(v.at) {
		return from, to
	}
	if !hasWindow(v) {
		return flow.DefaultDates(v.team, at)
	}
	last := calendar.DateOf(at, v.team.History().Team.Calendar.Zone)
	return last.Add(-from.DaysUntil(to)), last
}

// Compared is a table of the flow at two moments as a file: the figures that differ, or what happened between.
func (s *Pages) Compared(file string) frame.Describe {
	return func(r *http.Request) (frame.View, error) {
		v, err := s.Page(r)
		if err != nil {
			return frame.View{}, err
		}
		p := v.Body.(page)
		return beside.File(p.Compared, file, p.F.To)
	}
}
