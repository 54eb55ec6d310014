package operating

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/config/schema"
	"jerem/memlimit"
	"jerem/posting"
	"jerem/problem"
	"jerem/publish"
	"jerem/store"
)

// Publish is the command that posts a range of the series by hand.
type Publish struct {
	From    string `help:"{publish_from}" placeholder:"TIME"`
	To      string `help:"{publish_to}" placeholder:"TIME"`
	Sink    string `help:"Only this sink." placeholder:"NAME"`
	Team    string `help:"Only this team." placeholder:"NAME"`
	Replace bool   `help:"{publish_replace}"`
	Yes     bool   `help:"With --replace: delete without asking."`
}

// Run posts the whole past anew, or a range of it, and tells how much. With --replace it begins with nothing.
func (x Publish) Run(e *setup.Environment) error {
	span, wrong := setup.ParseSpan(x.From, x.To)
	if err := errors.Join(wrong, x.checkFlags()); err != nil {
		return err
	}
	const garbage = 60 // percent: less of it would cost CPU
	defer memlimit.Once(garbage)()
	o, err := e.OpenKept(e.Ctx)
	if err != nil {
		return err
	}
	defer o.Store.Close()
	sinks, err := x.chosenSinks(e, o)
	if err != nil {
		return err
	}
	teams, err := o.ChosenTeams(x.Team)
	if err != nil {
		return err
	}
	o.Bot.Posted = tellPosting(e)
	if x.Replace {
		return x.replaceSeries(e, o, sinks, teams)
	}
	var refused []error
	for _, sink := range sinks {
		err := x.postRange(e, o, sink, teams, span)
		var refusal *posting.Refusal
		switch {
		case errors.As(err, &refusal), errors.Is(err, setup.ErrAfterReading):
			refused = append(refused, err)
		case err != nil:
			return errors.Join(append(refused, err)...)
		}
	}
	return errors.Join(refused...)
}

func (x Publish) checkFlags() error {
	switch {
	case x.Yes && !x.Replace:
		return setup.UsageError{Err: errors.New("--yes says yes to --replace: name both")}
	case x.Replace && (x.From != "" || x.To != ""):
		return setup.UsageError{Err: errors.New("--replace posts the whole past: it goes without --from and --to")}
	}
	return nil
}

func (x Publish) chosenSinks(e *setup.Environment, o *setup.Instance) ([]publish.Sink, error) {
	if len(o.Bot.Sinks) == 0 {
		return nil, schema.NewProblem(
			schema.Invalid,
			schema.Place{File: e.Flags.Config, Key: "metrics.url"},
			"is not set: there is nowhere to post to",
			"set metrics.url and metrics.token, or an entry of sinks",
		)
	}
	var out []publish.Sink
	for _, sink := range o.Bot.Sinks {
		if x.Sink == "" || x.Sink == sink.Name() {
			out = append(out, sink)
		}
	}
	if len(out) == 0 {
		return nil, setup.UsageError{
			Err: fmt.Errorf("--sink %q: there is no such sink; known is %s", x.Sink, namesOfSinks(o.Bot.Sinks)),
		}
	}
	return x.withoutOnward(e, out), nil
}

// withoutOnward leaves out the sinks that take no old points, told, unless one was asked for: posting the past is what
// the command is for.
func (x Publish) withoutOnward(e *setup.Environment, sinks []publish.Sink) []publish.Sink {
	if x.Sink != "" || len(sinks) == 1 {
		return sinks
	}
	return slices.DeleteFunc(sinks, func(sink publish.Sink) bool {
		if sink.Capabilities().OldPoints {
			return false
		}
		fmt.Fprintf(e.Stderr, "%s: left out, for it takes no old points (backfill: none)\n", sink.Name())
		return true
	})
}

func namesOfSinks(sinks []publish.Sink) string {
	names := make([]string, len(sinks))
	for i, sink := range sinks {
		names[i] = sink.Name()
	}
	return strings.Join(names, ", ")
}

// postRange posts a range of the teams' series to a sink. A team that was not read, or of which the sink refuses a
// part, and on-call that cannot be read, keep nothing else back.
func (x Publish) postRange(
	e *setup.Environment, o *setup.Instance, sink publish.Sink, teams []agile.Team, span setup.MomentSpan,
) error {
	lines, points := 0, 0
	var missing []error
	var lacking error // of all teams: on-call has one store
	var refusal *posting.Refusal
	for _, team := range teams {
		h, told, lack, err := o.HistoryTold(e.Ctx, team)
		if problem.Is(err, store.NotRead) {
			missing = append(missing, err)
			continue
		}
		if err != nil {
			return err
		}
		lacking = cmp.Or(lacking, lack)
		s, n, err := x.postTeam(e, o, sink, posting.Past{History: h, Told: told}, span)
		lines, points = lines+s, points+n
		switch {
		case errors.Is(err, setup.ErrAfterReading): // it names the team
			missing = append(missing, err)
		case errors.As(err, &refusal):
			missing = append(missing, fmt.Errorf("team %s: %w", team.Name, err))
		case err != nil:
			return errors.Join(append(missing, fmt.Errorf("team %s: %w", team.Name, err))...)
		}
	}
	if points > 0 || refusal == nil && len(missing) < len(teams) {
		fmt.Fprintf(e.Stdout, "%s: %d series, %s\n", sink.Name(), lines, terminal.Count(points, "point"))
	}
	return errors.Join(append(missing, lacking)...)
}

// postTeam posts a range of one team's series, all of them where none is named.
func (x Publish) postTeam(
	e *setup.Environment,
	o *setup.Instance,
	sink publish.Sink,
	past posting.Past,
	span setup.MomentSpan,
) (lines, points int, err error) {
	if x.From == "" && x.To == "" {
		return o.Bot.Poster().Repost(e.Ctx, sink, past)
	}
	from, to, err := span.InZoneOf(past.History, e.Stderr)
	if err != nil {
		return 0, 0, err
	}
	return o.Bot.Poster().PostRange(e.Ctx, sink, past, from, to)
}

// tellPosting tells on standard error how far a posting is, each time that a tenth of a team's points is taken.
func tellPosting(e *setup.Environment) func(posting.Progress) {
	var last posting.Progress
	return func(p posting.Progress) {
		if p.Sink == last.Sink && p.Team == last.Team && p.Done*10/max(p.Total, 1) == last.Done*10/max(last.Total, 1) {
			return
		}
		last = p
		fmt.Fprintf(e.Stderr, "%s: team %s: %d of %s posted\n", p.Sink, p.Team, p.Done,
			terminal.Count(p.Total, "point"))
	}
}

// replaceSeries tells what would be deleted, asks, and does it team by team. Nothing is deleted of a team
// that was not read, nor where on-call cannot be read: there would be nothing to post in its place.
func (x Publish) replaceSeries(
	e *setup.Environment, o *setup.Instance, sinks []publish.Sink, teams []agile.Team,
) error {
	for _, team := range teams {
		if _, err := o.Store.Teams.State(e.Ctx, team.Name); err != nil {
			return fmt.Errorf("nothing was deleted: %w", err)
		}
	}
	if err := o.CheckOnCall(e.Ctx); err != nil {
		return fmt.Errorf("nothing was deleted: %w", err)
	}
	standing, err := x.countStanding(e, o, sinks, teams)
	if err != nil {
		return err
	}
	if standing > 0 && !x.Yes {
		if err := askConfirmation(e, "Delete them and post the whole past anew?"); err != nil {
			return err
		}
	}
	for _, sink := range sinks {
		for _, team := range teams {
			points, err := o.Bot.Poster().Replace(e.Ctx, sink, team)
			if err != nil && e.Ctx.Err() != nil {
				return fmt.Errorf(
					"team %s: stopped before all of it was posted; the next cycle of jerem serve posts it, or give "+
						"the command again",
					team.Name,
				)
			}
			if err != nil {
				return fmt.Errorf(
					"team %s: %w; what is missing is posted by the next cycle of jerem serve, or by the command again",
					team.Name,
					err,
				)
			}
			fmt.Fprintf(e.Stdout, "%s: team %s replaced, %s\n", sink.Name(), team.Name, terminal.Count(points, "point"))
		}
	}
	return nil
}

// countStanding tells how many series would go, and returns their number.
func (x Publish) countStanding(
	e *setup.Environment, o *setup.Instance, sinks []publish.Sink, teams []agile.Team,
) (all int, err error) {
	for _, sink := range sinks {
		clearer, ok := sink.(publish.Clearer)
		if !ok {
			return 0, setup.UsageError{Err: fmt.Errorf("--replace: %s cannot drop series", sink.Name())}
		}
		for _, team := range teams {
			labels := o.Bot.Poster().Labels(team)
			n, err := clearer.Standing(e.Ctx, labels)
			if err != nil {
				return 0, fmt.Errorf("nothing was deleted: %w", err)
			}
			all += n
			fmt.Fprintf(
				e.Stderr,
				"%s: %d series of team %s would be deleted with all their points: classes jerem.jira.* and "+
					"jerem.agile.*, project=%s\n",
				sink.Name(),
				n,
				team.Name,
				strings.Join(labels, " or "),
			)
		}
	}
	return all, nil
}

// askConfirmation asks on standard error and reads the answer from standard input, of a terminal only: what is
// piped in was not asked. Anything but yes is no.
func askConfirmation(e *setup.Environment, question string) error {
	nobody := setup.UsageError{
		Err: errors.New("nothing was deleted: nobody can be asked here; say --yes to delete without asking"),
	}
	if f, ok := e.Stdin.(*os.File); ok && !terminal.IsTerminal(f) {
		return nobody
	}
	fmt.Fprintf(e.Stderr, "%s [y/N] ", question)
	answer := make(chan string, 1)
	go func() { // a read does not end when the program is asked to stop
		defer close(answer)
		if in := bufio.NewScanner(e.Stdin); in.Scan() {
			answer <- strings.ToLower(strings.TrimSpace(in.Text()))
		}
	}()
	select {
	case text, ok := <-answer:
		switch {
		case !ok:
			fmt.Fprintln(e.Stderr)
			return nobody
		case text == "y" || text == "yes":
			return nil
		}
	case <-e.Ctx.Done():
		fmt.Fprintln(e.Stderr)
	}
	return errors.New("nothing was deleted")
}
