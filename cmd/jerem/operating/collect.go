package operating

import (
	"errors"
	"fmt"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/memlimit"
	"jerem/sync"
)

// Collect is the command that reads everything once.
type Collect struct {
	Full  bool `help:"Read everything again, what is known already too."`
	Views bool `help:"{collect_views}" default:"true" negatable:""`
}

// Run reads once and tells what was read, a line for each team.
func (c Collect) Run(e *setup.Environment) error {
	o, err := e.OpenInstance(e.Ctx)
	if err != nil {
		return err
	}
	defer o.Store.Close()
	o.WarnIfMoved()
	began := time.Now()
	summaries, err := c.readTeams(e, o)
	if e.Ctx.Err() != nil {
		return errors.New("the reading was broken off: what was read is kept, and the next one goes on from there")
	}
	if summaries != nil && c.Views {
		err = errors.Join(err, keepViews(e, o))
	}
	for _, s := range summaries {
		if s.Err != nil {
			fmt.Fprintf(e.Stdout, "%s: not read\n", terminal.Printable(s.Team))
			continue
		}
		news := ""
		if s.Issues == 0 && s.Changes == 0 && s.Worklogs == 0 {
			news = "; no issue to read since the last time"
		}
		fmt.Fprintf(
			e.Stdout,
			"%s: %s, %s, %s, %s, as of %s%s\n",
			terminal.Printable(s.Team),
			terminal.Count(s.Issues, "issue"),
			terminal.Count(s.Changes, "change"),
			terminal.Count(s.Worklogs, "worklog"),
			terminal.Count(s.Sprints, "sprint"),
			s.Until.UTC().Format(time.RFC3339),
			news,
		)
	}
	if summaries != nil {
		fmt.Fprintf(
			e.Stdout,
			"%s in %s\n",
			terminal.Count(o.Reader.Jira.Transport().Requests(), "request"),
			time.Since(began).Round(time.Millisecond),
		)
	}
	return err
}

// readTeams reads what is new of all teams.
func (c Collect) readTeams(e *setup.Environment, o *setup.Instance) ([]sync.Summary, error) {
	const garbage = 60 // percent: less of it would cost CPU
	defer memlimit.Once(garbage)()
	done := showProgress(e, o.Reader)
	defer done()
	return o.Reader.Collect(e.Ctx, c.Full)
}

// keepViews keeps what readers in SQL find. A team is loaded whole for it, so that less garbage stands beside it.
func keepViews(e *setup.Environment, o *setup.Instance) error {
	const garbage = 25 // percent
	defer memlimit.Once(garbage)()
	return o.KeepViewsOnce(e.Ctx)
}

// showProgress shows how far a reading is: a bar on a terminal, plain lines otherwise. The returned
// function ends it.
func showProgress(e *setup.Environment, r *sync.Reader) (done func()) {
	if !terminal.IsTerminal(e.Stderr) {
		last := -1
		r.Progress = func(p sync.Progress) {
			if tenth := p.Done * 10 / max(p.Total, 1); tenth != last {
				last = tenth
				fmt.Fprintf(e.Stderr, "%d of %s read\n", p.Done, terminal.Count(p.Total, "issue"))
			}
		}
		return func() {}
	}
	bars := mpb.New(mpb.WithOutput(e.Stderr), mpb.WithWidth(40))
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
