package operating

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/publish"
	"jerem/series"
	"jerem/store"
	"jerem/store/oncall"
)

// Forget is the command that takes a team out of the store, and its series out of the sinks.
type Forget struct {
	Team  string `help:"{forget_team}" required:"" placeholder:"NAME"`
	Sinks bool   `help:"Delete its series at the sinks of the configuration too."`
	Yes   bool   `help:"Take it out without asking."`
}

// Run tells what would go and what stays, asks, and takes the team out: at the sinks first, for what stands there is
// known by the store.
func (c Forget) Run(e *setup.Environment) error {
	o, err := e.OpenKept(e.Ctx)
	if err != nil {
		return err
	}
	defer o.Store.Close()
	known, err := o.Store.Teams.Known(e.Ctx)
	if err != nil {
		return err
	}
	if !slices.Contains(known, c.Team) {
		return c.unknownTeam(o, known)
	}
	if c.Sinks && len(o.Bot.Sinks) == 0 {
		return setup.UsageError{Err: errors.New("--sinks: the configuration has no sink; nothing was taken out")}
	}
	holding, err := o.Store.Teams.Holding(e.Ctx, c.Team)
	if err != nil {
		return err
	}
	c.tellStore(e, o, holding)
	if err := c.tellOnCall(e, o); err != nil {
		return err
	}
	series, err := c.tellSinks(e, o, holding)
	if err != nil {
		return err
	}
	if !c.Yes {
		if err := askConfirmation(e, "Take it out?"); err != nil {
			return err
		}
	}
	if err := c.awaitLate(e, o, series); err != nil {
		return fmt.Errorf("%w; nothing was taken out: give the command again", err)
	}
	for _, one := range series {
		if err := one.drop(); err != nil {
			return fmt.Errorf("%w; nothing was taken out of the store: give the command again", err)
		}
		fmt.Fprintf(e.Stdout, "%s: %d series of team %s deleted\n", one.sink, one.count, terminal.Printable(c.Team))
	}
	gone, err := o.Store.Teams.Forget(e.Ctx, c.Team)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.Stdout, "team %s taken out of the store: %s\n", terminal.Printable(c.Team),
		holdingText(gone))
	return err
}

// latePoll is how often it is looked whether something is still on its way to a sink.
const latePoll = time.Second

// awaitLate waits until nothing arrives any more of what an instance sent that was killed or paused: it would bring
// back series that are deleted, of which nobody knows then.
func (c Forget) awaitLate(e *setup.Environment, o *setup.Instance, sinks []standingSeries) error {
	for _, one := range sinks {
		for told := false; ; told = true {
			wait, err := o.Store.Ledger.LateFor(e.Ctx, one.sink, c.Team)
			if err != nil {
				return err
			}
			if wait == 0 {
				break
			}
			if !told {
				fmt.Fprintf(e.Stderr, "%s: an instance that ended without a word sent something of the team, which "+
					"may arrive for %s yet: it is waited for\n", one.sink, wait.Round(time.Second))
			}
			select {
			case <-e.Ctx.Done():
				return e.Ctx.Err()
			case <-time.After(min(wait, latePoll)):
			}
		}
	}
	return nil
}

func (c Forget) unknownTeam(o *setup.Instance, known []string) error {
	shown := make([]string, len(known))
	for i, name := range known {
		shown[i] = terminal.Printable(name)
	}
	hint := "it holds nothing of any team"
	if len(known) > 0 {
		hint = "it holds " + strings.Join(shown, ", ")
	}
	return setup.UsageError{Err: fmt.Errorf("--team %q: store %s holds nothing of it; %s", c.Team, o.Store.Place(),
		hint)}
}

// holdingText writes the numbers of a team's rows.
func holdingText(h store.Holding) string {
	return fmt.Sprintf("%s with the history, %s, %s, %s", terminal.Count(h.Issues, "issue"),
		terminal.Count(h.Worklogs, "worklog"), terminal.Count(h.Sprints, "sprint"), terminal.Count(h.Boards, "board"))
}

// tellStore tells what would go out of the store, and what stays.
func (c Forget) tellStore(e *setup.Environment, o *setup.Instance, h store.Holding) {
	name := terminal.Printable(c.Team)
	fmt.Fprintf(e.Stderr, "store %s: all of team %s would be taken out: %s\n", o.Store.Place(), name, holdingText(h))
	if h.Shared > 0 {
		fmt.Fprintf(e.Stderr, "%s needed by other teams too, and kept\n", terminal.Count(h.Shared, "more issue"))
	}
	if slices.ContainsFunc(o.Teams, func(t agile.Team) bool { return t.Name == c.Team }) {
		fmt.Fprintf(e.Stderr, "team %s stands in the configuration: the next reading reads it again from Jira\n", name)
	}
}

// tellOnCall tells that what on call keeps of the team stays: duties and pay are records of people, who may ask for
// them after the team is gone.
func (c Forget) tellOnCall(e *setup.Environment, o *setup.Instance) error {
	exists, err := oncall.Exists(e.Ctx, besidePlace(o.Config.Store.Place()).oncall)
	if err != nil {
		return fmt.Errorf("on call: %w; nothing was taken out", err)
	}
	if exists {
		fmt.Fprintf(e.Stderr, "on call: duties, call-outs and statements of team %s stay, for they are people's "+
			"records: see oncall.keep, and jerem oncall forget for a person\n", terminal.Printable(c.Team))
	}
	return nil
}

// standingSeries are the series of a team at a sink, and what deletes them.
type standingSeries struct {
	sink  string
	count int
	drop  func() error
}

// tellSinks tells what would be deleted at the sinks and what stays there, and returns the former.
func (c Forget) tellSinks(e *setup.Environment, o *setup.Instance, h store.Holding) (out []standingSeries, err error) {
	noted := maps.Clone(h.Series)
	for _, sink := range o.Bot.Sinks {
		count := noted[sink.Name()]
		delete(noted, sink.Name())
		switch {
		case !c.Sinks && count > 0:
			fmt.Fprintf(e.Stderr, "%s: %d series stay there; with --sinks they are deleted too: once the "+
				"team is taken out, they are not known any more\n", sink.Name(), count)
		case c.Sinks:
			one, err := c.seriesAt(e, o, sink, count)
			if err != nil {
				return nil, fmt.Errorf("nothing was taken out: %w", err)
			}
			if one.drop == nil {
				fmt.Fprintf(e.Stderr, "%s: %d series stay there: it deletes nothing\n", sink.Name(), count)
				continue
			}
			fmt.Fprintf(e.Stderr, "%s: %d series would be deleted with all their points\n", one.sink, one.count)
			out = append(out, one)
		}
	}
	for _, sink := range slices.Sorted(maps.Keys(noted)) {
		fmt.Fprintf(e.Stderr, "%s: %d series stay there: it is no sink of the configuration any more\n",
			terminal.Printable(sink), noted[sink])
	}
	return out, nil
}

// seriesAt finds the series of the team at a sink: all of its project where the sink can name them so, else those that
// are noted. Without a way to delete them drop is nil.
func (c Forget) seriesAt(
	e *setup.Environment, o *setup.Instance, sink publish.Sink, noted int,
) (one standingSeries, err error) {
	one = standingSeries{sink: sink.Name(), count: noted}
	if clearer, ok := sink.(publish.Clearer); ok {
		labels := o.Bot.Poster().Labels(agile.Team{Name: c.Team})
		one.drop = func() error { return clearer.Clear(e.Ctx, labels) }
		one.count, err = clearer.Standing(e.Ctx, labels)
		return one, err
	}
	if sink.Capabilities().Deletes == publish.DeletesNothing {
		return one, nil
	}
	all, err := o.Store.Ledger.Series(e.Ctx, sink.Name(), c.Team)
	if err != nil {
		return one, err
	}
	whole := series.Stretch{First: series.First, Last: series.Last}
	var ranges []series.Range
	for _, key := range slices.Sorted(maps.Keys(all)) {
		ranges = append(ranges, series.Range{Key: key, Stretch: whole})
	}
	one.drop = func() error { return sink.Delete(e.Ctx, ranges) }
	return one, nil
}
