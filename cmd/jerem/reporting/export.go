package reporting

import (
	"bufio"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"jerem/cmd/jerem/setup"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/problem"
	"jerem/series"
	"jerem/store"
)

// Export is the command that writes the series.
type Export struct {
	Format string `help:"gts (Warp 10), json (a line for each series) or csv." enum:"gts,json,csv" default:"gts"`
	From   string `help:"${export_from}" placeholder:"TIME"`
	To     string `help:"${export_to}" placeholder:"TIME"`
	Team   string `help:"Only this team." placeholder:"NAME"`
	Class  string `help:"Only classes that match." placeholder:"REGEXP"`
}

// Run writes the series. The same store and the same moments give the same bytes.
func (x Export) Run(e *setup.Environment) error {
	class, err := regexp.Compile(x.Class)
	if err != nil {
		return setup.UsageError{Err: fmt.Errorf("--class %q: %w", x.Class, err)}
	}
	span, err := setup.ParseSpan(x.From, x.To)
	if err != nil {
		return err
	}
	o, err := e.OpenRead(e.Ctx)
	if err != nil {
		return err
	}
	defer o.Store.Close()
	list, missing, err := x.seriesOf(e, o, span)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(s series.Series) bool { return !class.MatchString(s.Class) })
	w := bufio.NewWriter(e.Stdout)
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
func (x Export) seriesOf(
	e *setup.Environment, o *setup.Instance, span setup.MomentSpan,
) (list []series.Series, missing, err error) {
	teams, err := o.ChosenTeams(x.Team)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range teams {
		h, err := o.History(e.Ctx, t)
		if problem.Is(err, store.NotRead) {
			missing = errors.Join(missing, err)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		from, to, err := span.InZoneOf(h, e.Stderr)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, timeseries.Between(measure.Of(h), from, to)...)
	}
	return series.Join(list), missing, nil
}
