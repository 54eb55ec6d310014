package operating

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"jerem/agile"
	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/problem"
	"jerem/series"
	"jerem/store"
	"jerem/store/places"
)

// Move is the command that copies the store to another place, a file or a server.
type Move struct {
	To string `required:"" help:"Where to: a file, or postgres://ROLE@HOST:5432/DATABASE." placeholder:"PLACE"`
}

// Run copies the store and proves the copy: the series of all teams are the same, byte for byte. The store itself stays
// as it is.
func (m Move) Run(e *setup.Environment) error {
	o, err := e.OpenKept(e.Ctx)
	if err != nil {
		return err
	}
	defer o.Store.Close()
	if places.Name(m.To) == o.Store.Place() {
		return setup.UsageError{Err: errors.New("--to names the place where the store is")}
	}
	want, err := digestSeries(e.Ctx, o.Store, o.Teams)
	if err != nil {
		return err
	}
	if scheme, _, isAddress := strings.Cut(m.To, "://"); isAddress && !places.IsServer(m.To) {
		return setup.UsageError{Err: fmt.Errorf("--to %q is no place for a store: name a file, or "+
			"postgres://ROLE@HOST:5432/DATABASE", scheme+"://…")} // the rest may hold a password
	}
	target, err := places.Open(e.Ctx, m.To)
	if err != nil {
		return problemOfTarget(err)
	}
	var got seriesDigest
	var beside int64
	rows, err := o.Store.CopyTo(e.Ctx, target, func(ctx context.Context) error {
		if got, err = digestSeries(ctx, target, o.Teams); err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("the copy gives other series: %d bytes, and not %d", got.size, want.size)
		}
		beside, err = moveBeside(e.Ctx, o.Config, m.To)
		return err
	})
	if err != nil {
		return errors.Join(fmt.Errorf("nothing stays of the copy: %w", err), target.Close())
	}
	if err := target.Close(); err != nil {
		return err
	}
	fmt.Fprintf(e.Stdout, "%s copied to %s. The series of %s are the same there, byte for byte: "+
		"%d bytes, "+
		"sha256 %x.\n", terminal.Count(rows, "row"), places.Name(m.To), terminal.Count(len(o.Teams), "team"),
		got.size, got.sum)
	if beside > 0 {
		fmt.Fprintf(e.Stdout, "%s copied there too of what is kept beside it: on call, tokens, the journal of "+
			"visitors.\n", terminal.Count(beside, "row"))
	}
	fmt.Fprintf(e.Stdout, "Set %s, and start jerem anew; %s stays as it is.\n", keyOf(m.To), o.Store.Place())
	return nil
}

// problemOfTarget tells why the other place cannot be used: the flag names it, and no key of the configuration.
func problemOfTarget(err error) error {
	known := problem.Of(err, "store")
	if known == nil {
		return err
	}
	told := *known
	told.Hint = strings.NewReplacer("store.path", "--to", "store.url", "--to").Replace(known.Hint)
	return &told
}

// keyOf names the key of the configuration that leads to a place.
func keyOf(place string) string {
	if places.Name(place) != place {
		return "store.url in place of store.path"
	}
	return "store.path to it in place of what is set"
}

// seriesDigest tells series from others.
type seriesDigest struct {
	size int64
	sum  [sha256.Size]byte
}

// digestSeries computes all series of teams and returns the digest of their text; a team that was not read has none.
func digestSeries(ctx context.Context, s *store.Store, teams []agile.Team) (d seriesDigest, err error) {
	var pack series.Pack
	for _, t := range teams {
		h, err := s.Teams.History(ctx, t)
		if problem.Is(err, store.NotRead) {
			continue
		}
		if err != nil {
			return d, err
		}
		from, to, err := setup.MomentSpan{}.InZoneOf(h, io.Discard)
		if err != nil {
			return d, err
		}
		if err := timeseries.AddTo(ctx, &pack, measure.Of(h), from, to, timeseries.AllClasses); err != nil {
			return d, err
		}
	}
	hash := sha256.New()
	counted := &countingWriter{to: hash}
	if err := series.WriteGTS(counted, pack.Each()); err != nil {
		return d, err
	}
	d.size = counted.size
	hash.Sum(d.sum[:0])
	return d, nil
}

// countingWriter counts the bytes that it hands on.
type countingWriter struct {
	to   io.Writer
	size int64
}

// Write hands data on and counts what was taken.
func (w *countingWriter) Write(data []byte) (int, error) {
	n, err := w.to.Write(data)
	w.size += int64(n)
	return n, err
}
