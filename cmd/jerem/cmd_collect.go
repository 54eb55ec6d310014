package main

import (
	"errors"
	"fmt"
	"time"

	"jerem/cmd/jerem/terminal"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"jerem/sync"
)

type collectCommand struct {
	Full bool `help:"Read everything again, what is known already too."`
}

// Run reads once and tells what was read, a line for each team.
func (c collectCommand) Run(e *environ) error {
	o, err := e.openOffice(e.ctx)
	if err != nil {
		return err
	}
	defer o.store.Close()
	o.warnIfMoved()
	done := e.showProgress(o.reader)
	began := time.Now()
	summaries, err := o.reader.Collect(e.ctx, c.Full)
	done()
	if e.ctx.Err() != nil {
		return errors.New("the reading was broken off: what was read is kept, and the next one goes on from there")
	}
	for _, s := range summaries {
		if s.Err != nil {
			fmt.Fprintf(e.stdout, "%s: not read\n", terminal.Printable(s.Team))
			continue
		}
		news := ""
		if s.Issues == 0 && s.Changes == 0 && s.Worklogs == 0 {
			news = "; no issue to read since the last time"
		}
		fmt.Fprintf(
			e.stdout,
			"%s: %d issues, %d changes, %d worklogs, %d sprints, as of %s%s\n",
			terminal.Printable(
				s.Team,
			),
			s.Issues,
			s.Changes,
			s.Worklogs,
			s.Sprints,
			s.Until.UTC().Format(time.RFC3339),
			news,
		)
	}
	if summaries != nil {
		fmt.Fprintf(
			e.stdout,
			"%d requests in %s\n",
			o.reader.Jira.Transport().Requests(),
			time.Since(began).Round(time.Millisecond),
		)
	}
	return err
}

// showProgress shows how far a reading is: a bar on a terminal, plain lines otherwise. The returned
// function ends it.
func (e *environ) showProgress(r *sync.Reader) (done func()) {
	if !terminal.IsTerminal(e.stderr) {
		last := -1
		r.Progress = func(p sync.Progress) {
			if tenth := p.Done * 10 / max(p.Total, 1); tenth != last {
				last = tenth
				fmt.Fprintf(e.stderr, "%d of %d issues read\n", p.Done, p.Total)
			}
		}
		return func() {}
	}
	bars := mpb.New(mpb.WithOutput(e.stderr), mpb.WithWidth(40))
	var bar *mpb.Bar
	r.Progress = func(p sync.Progress) {
		if bar == nil {
			bar = bars.AddBar(
				int64(p.Total),
				mpb.PrependDecorators(decor.Name("issues "), decor.CountersNoUnit("%d of %d")),
			)
		}
		bar.SetCurrent(int64(p.Done))
	}
	return func() {
		if bar != nil {
			bar.Abort(false)
		}
		bars.Wait()
	}
}
