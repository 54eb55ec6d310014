package main

import (
	"bufio"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/series"
)

type exportCommand struct {
	Format string `help:"gts (Warp 10), json (a line for each series) or csv." enum:"gts,json,csv" default:"gts"`
	From   string `help:"${export_from}" placeholder:"TIME"`
	To     string `help:"${export_to}" placeholder:"TIME"`
	Team   string `help:"Only this team." placeholder:"NAME"`
	Class  string `help:"Only classes that match." placeholder:"REGEXP"`
}

// Run writes the series. The same store and the same moments give the same bytes.
func (x exportCommand) Run(e *environ) error {
	class, err := regexp.Compile(x.Class)
	if err != nil {
		return usageError{fmt.Errorf("--class %q: %w", x.Class, err)}
	}
	span, err := parseSpan(x.From, x.To)
	if err != nil {
		return err
	}
	o, err := e.openRead(e.ctx)
	if err != nil {
		return err
	}
	defer o.store.Close()
	list, missing, err := x.seriesOf(e, o, span)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(s series.Series) bool { return !class.MatchString(s.Class) })
	w := bufio.NewWriter(e.stdout)
	switch x.Format {
	case "json":
		err = series.WriteJSON(w, list)
	case "csv":
		err = series.WriteCSV(w, list)
	default:
		err = series.WriteGTS(w, list)
	}
	return errors.Join(err, w.Flush(), missing)
}

// seriesOf returns what the teams have. missing names those that were not read: they keep no other back.
func (x exportCommand) seriesOf(e *environ, o *office, span momentSpan) (list []series.Series, missing, err error) {
	teams, err := o.chosenTeams(x.Team)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range teams {
		h, err := o.store.Teams.History(e.ctx, t)
		if notRead(err) {
			missing = errors.Join(missing, err)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		from, to, err := span.inZoneOf(h, e.stderr)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, timeseries.Between(measure.Of(h), from, to)...)
	}
	return series.Join(list), missing, nil
}
