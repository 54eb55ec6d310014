package reporting

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"

	"jerem/cmd/jerem/setup"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/memlimit"
	"jerem/problem"
	"jerem/series"
	"jerem/store"
)

// Export is the command that writes the series.
type Export struct {
	Format string `help:"gts (Warp 10), json (a line for each series) or csv." enum:"gts,json,csv" default:"gts"`
	From   string `help:"{export_from}" placeholder:"TIME"`
	To     string `help:"{export_to}" placeholder:"TIME"`
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
	const (
		garbage = 30       // percent: a tenth of CPU for a fifth of the memory
		least   = 96 << 20 // bytes, which an export of 20,000 issues takes when their series are packed
	)
	defer memlimit.OnceAbove(least, garbage)()
	o, sound, err := e.OpenReadAhead(e.Ctx)
	if err != nil {
		return err
	}
	defer o.Store.Close()
	pack, missing, err := x.packSeries(e, o, span, class)
	if err := cmp.Or(sound(), err); err != nil {
		return err
	}
	write := map[string]func(io.Writer, iter.Seq[series.Series]) error{"json": series.WriteJSON, "csv": series.WriteCSV,
		"gts": series.WriteGTS}[x.Format]
	w := bufio.NewWriter(e.Stdout)
	written := cmp.Or(write(w, pack.Each()), w.Flush()) // of one cause, told once
	return errors.Join(written, missing)
}

// packSeries packs what the teams have, one team after the other: they are in order, and written, when all are there.
// missing names those that were not read, and tells why on-call cannot be read: nothing else is kept back.
func (x Export) packSeries(
	e *setup.Environment, o *setup.Instance, span setup.MomentSpan, class *regexp.Regexp,
) (pack *series.Pack, missing, err error) {
	teams, err := o.ChosenTeams(x.Team)
	if err != nil {
		return nil, nil, err
	}
	pack = &series.Pack{}
	var lacking error // of all teams: on-call has one store
	for n, t := range teams {
		h, told, lack, err := o.HistoryTold(e.Ctx, t)
		if n == len(teams)-1 { // the memory of its pages is for what follows
			err = errors.Join(err, o.Store.Close())
		}
		if problem.Is(err, store.NotRead) {
			missing = errors.Join(missing, err)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		lacking = cmp.Or(lacking, lack)
		from, to, err := span.InZoneOf(h, e.Stderr)
		if errors.Is(err, setup.ErrAfterReading) {
			missing = errors.Join(missing, err)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		err = timeseries.AddToldTo(e.Ctx, pack, measure.Of(h), from, to, class.MatchString, told)
		if err != nil {
			return nil, nil, err
		}
	}
	return pack, errors.Join(missing, lacking), nil
}
