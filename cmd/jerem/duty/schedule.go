package duty

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/feed"
	"jerem/oncall/report"
	"jerem/sorting"
)

type scheduleCommand struct {
	From   string `help:"{oncall_from}" placeholder:"TIME"`
	To     string `help:"{oncall_to}" placeholder:"TIME"`
	Rota   string `help:"Only this rota." placeholder:"NAME"`
	Format string `help:"text, json, csv or ics." default:"text" enum:"text,json,csv,ics"`
}

// weeksOfSchedule is how far ahead the schedule goes where no end is named.
const weeksOfSchedule = 12

// Run writes the covered time of the rotas, by start.
func (c scheduleCommand) Run(e *setup.Environment, group *Commands) error {
	o, v, err := viewOffice(e, group.Clock)
	if err != nil {
		return err
	}
	defer o.close()
	var duties []feed.Duty
	zone := o.roster.File.Zone
	isKnown := c.Rota == ""
	for _, s := range v.Schedules() {
		if c.Rota != "" && s.Rota != c.Rota {
			continue
		}
		isKnown, zone = true, s.ZoneAt(o.now)
		span, err := c.spanIn(zone, o.now)
		if err != nil {
			return err
		}
		duties = append(duties, c.dutiesOf(s, span)...)
	}
	if !isKnown {
		return setup.UsageError{Err: fmt.Errorf("--rota %q is no rota of the configuration", c.Rota)}
	}
	sorting.By(duties, func(a, b feed.Duty) int { return cmp.Or(a.Start.Compare(b.Start), 0) })
	return c.writeDuties(e.Stdout, duties, zone, o.now)
}

// dutiesOf returns the duties of a rota in a span: clipped to it, but in a calendar, whose entries stay the same.
func (c scheduleCommand) dutiesOf(s *oncall.Schedule, span civil.Span) []feed.Duty {
	list := feed.RotaDuties(s, span)
	for i := range list {
		if c.Format != "ics" {
			list[i].Span = list[i].Clip(span)
		}
	}
	return list
}

// spanIn returns what is asked for: from the beginning of today on, twelve weeks, where nothing is said.
func (c scheduleCommand) spanIn(zone *time.Location, now time.Time) (civil.Span, error) {
	today, _ := civil.ClockOf(now, zone)
	span := civil.Span{Start: civil.Midnight(today, zone)}
	var err error
	if c.From != "" {
		if span.Start, err = momentOf("--from", c.From, zone); err != nil {
			return span, err
		}
	}
	span.End = civil.Period{Number: weeksOfSchedule, Unit: civil.Weeks}.Later(span.Start, zone)
	if c.To != "" {
		if span.End, err = momentOf("--to", c.To, zone); err != nil {
			return span, err
		}
	}
	const longest = 10 * 366 * 24 * time.Hour
	switch {
	case span.Empty():
		return span, setup.UsageError{Err: errors.New("--to is not after --from; a date is its beginning")}
	case span.End.Sub(span.Start) > longest:
		return span, setup.UsageError{Err: errors.New("more than ten years are asked for: ask for less at once")}
	}
	return span, nil
}

func (c scheduleCommand) writeDuties(w io.Writer, duties []feed.Duty, zone *time.Location, now time.Time) error {
	switch c.Format {
	case "json":
		return report.ScheduleJSON(w, duties)
	case "csv":
		return report.ScheduleCSV(w, duties)
	case "ics":
		return feed.Write(w, feed.Calendar{Name: "On call", Stamp: now, Duties: duties})
	}
	return report.ScheduleText(w, duties, zone)
}
