// Jerem is the agile-telemetry bot: it reads a Jira, rebuilds the whole past of the work, posts it
// as series and shows it on pages. See README.md for where to begin and docs for the rest.
//
// The way of a command: main hands arguments, environment and streams to runNamed, which nothing goes around, so that
// tests run the whole program in their own process. The command line is read into a commandLine, whose fields are the
// commands and whose tags are their help; the field that was chosen has a method Run, in a family of its own (serving,
// reporting, operating, checking, duty), and gets a setup.Environment. Commands of the program itself (help, version,
// completion, licenses) stand here.
//
// A command ends with 0 where all is well, with 2 where it was used or configured wrongly, else with 1; what went wrong
// is told once, on the standard error, a line for each fault, without control characters of whatever Jira said. The
// first SIGINT, SIGTERM or SIGHUP ends what runs in order, a second one at once.
//
//	jerem explain --team Kubernetes --sprint 23 ledger.remaining
//	// → commandLine.Explain.Run → the store is opened to read → the explanation, as the page and the API tell it
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	_ "time/tzdata" // so that time zones are known on machines without a database of them

	"github.com/alecthomas/kong"

	"jerem/cmd/jerem/checking"
	"jerem/cmd/jerem/duty"
	"jerem/cmd/jerem/operating"
	"jerem/cmd/jerem/reporting"
	"jerem/cmd/jerem/serving"
	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/problem"
	"jerem/sim/world"
)

func main() {
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		ends = append(ends, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	err := runNamed(ctx, os.Args[1:], os.Getenv, setup.VariableNames(os.Environ()), os.Stdin, os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "jerem: "+terminal.ErrorText(err))
	}
	stop()
	os.Exit(exitCode(err))
}

// The exit codes of the program.
const (
	exitFailed = 1
	exitUsage  = 2
)

// exitCode tells what a run ends with: 0 fine, 1 failed, 2 usage or configuration.
func exitCode(err error) int {
	var usage setup.UsageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage), problem.Of(err, "config") != nil:
		return exitUsage
	}
	return exitFailed
}

// commandLine is the whole command line; the tags are its help.
type commandLine struct {
	Flags   setup.GlobalFlags `embed:""`
	Version versionFlag       `help:"Print version, commit and Go version, and exit."`

	Serve     serving.Serve       `cmd:"" default:"withargs" help:"{jerem_serve}"`
	Demo      serving.Demo        `cmd:"" help:"Show a simulated company at work, without any configuration."`
	Check     checking.Check      `cmd:"" help:"Check configuration and connections, and say what would be read."`
	Collect   operating.Collect   `cmd:"" help:"Read Jira once into the store: what changed since the last time."`
	Export    reporting.Export    `cmd:"" help:"Write the series to standard output."`
	Status    reporting.Status    `cmd:"" help:"Say how each team stands: its sprint, its quarter, its flow."`
	Digest    reporting.Digest    `cmd:"" help:"{jerem_digest}"`
	Explain   reporting.Explain   `cmd:"" help:"{jerem_explain}"`
	Publish   operating.Publish   `cmd:"" help:"Post a range of the series by hand."`
	Rebuild   operating.Rebuild   `cmd:"" help:"Derive the history again from what is kept, without Jira."`
	Move      operating.Move      `cmd:"" help:"Copy the store to another file or server, and compare the two."`
	Forget    operating.Forget    `cmd:"" help:"Take a team out of the store, and its series out of the sinks."`
	Backup    operating.Backup    `cmd:"" help:"Copy the store into a file, also while it is written."`
	Calibrate reporting.Calibrate `cmd:"" help:"{jerem_calibrate}"`
	Grafana   reporting.Grafana   `cmd:"" help:"Write boards for Grafana: sprint, roadmap, portfolio."`
	Sim       serving.Sim         `cmd:"" help:"Serve a simulated Jira: a company, a scenario, or recorded data."`

	Oncall   duty.Commands    `cmd:"" help:"Who is on call: schedule, statements, what is wrong with the file."`
	Token    operating.Token  `cmd:"" help:"Make, list and revoke the tokens of programs."`
	Access   operating.Access `cmd:"" help:"Who looks at the pages: the journal of visitors."`
	Licenses licensesCommand  `cmd:"" help:"Print the licence, and the notices of all that is built in."`

	Help           helpCommand       `cmd:"" help:"Show the help of a command."`
	VersionCommand versionCommand    `cmd:"" name:"version" help:"Print version, commit and Go version."`
	Completion     completionCommand `cmd:"" help:"Write the completion script of a shell: bash, zsh or fish."`
}

// ended carries the exit code of a command line that ends by itself, as --help does.
type ended int

// runNamed is the program: everything from outside comes as an argument. variables are the names of the environment.
func runNamed(ctx context.Context, args []string, getenv func(string) string, variables []string,
	stdin io.Reader, stdout, stderr io.Writer) (err error) {
	cli := &commandLine{}
	parser, err := kong.New(
		cli,
		kong.Name("jerem"),
		kong.Writers(stdout, stderr),
		kong.UsageOnError(),
		kong.Description("The agile-telemetry bot: what was expected of the work, what was unexpected, and why."),
		kong.ConfigureHelp(
			kong.HelpOptions{Compact: true},
		),
		kong.Vars{"demo_seed": strconv.Itoa(world.DefaultSeed)},
		kong.Exit(func(code int) { panic(ended(code)) }),
	)
	if err != nil {
		return err
	}
	defer func() {
		switch code := recover().(type) {
		case nil:
		case ended:
			err = nil
			if code != 0 {
				err = setup.UsageError{Err: errors.New("wrong usage")}
			}
		default:
			panic(code)
		}
	}()
	setHelp(parser.Model.Node)
	addExamples(parser.Model)
	args = askForHelp(parser.Model, args)
	parsed, err := parser.Parse(args)
	if err != nil {
		return setup.UsageError{
			Err: fmt.Errorf("%w (%sjerem --help lists commands and flags)", err, meantCommand(parser.Model, args)),
		}
	}
	env := &setup.Environment{Ctx: ctx, Getenv: getenv, Stdin: stdin, Stdout: stdout, Stderr: stderr, Flags: cli.Flags,
		Variables: variables}
	err = parsed.Run(env, parser.Model)
	return stoppedError(ctx, parsed.Command(), err)
}

// These say that a command was told to end before it was done.
var (
	errStopped = errors.New("stopped before it was done (nothing was kept; the same command begins anew)")
	// errStoppedMidway is of a command that keeps its work piece by piece.
	errStoppedMidway = errors.New(
		"stopped before it was done (what was kept until then stays; the same command goes on from there)",
	)
)

// stoppedError tells what a command ends with that was told to end: those that run until then ended well, of the others
// something is missing.
func stoppedError(ctx context.Context, command string, err error) error {
	if !errors.Is(err, context.Canceled) || ctx.Err() == nil {
		return err
	}
	name, _, _ := strings.Cut(command, " ")
	switch {
	case slices.Contains([]string{"serve", "demo", "sim"}, name):
		return nil
	case slices.Contains([]string{"collect", "publish", "rebuild", "forget"}, name):
		return errStoppedMidway
	}
	return errStopped
}
