package reporting

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math"
	"text/tabwriter"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/measure/forecast"
)

// mostCompletions is how much a file of completions may hold, unpacked.
const mostCompletions = 512 << 20

// Calibrate is the command that holds forecasts against completions.
type Calibrate struct {
	File string `arg:"" help:"{calibrate_file}"`
	JSON bool   `help:"Write JSON, with hits by horizon and by project." name:"json"`
}

// Help is shown by jerem calibrate --help.
func (Calibrate) Help() string {
	return "As of every tenth working day it tells by when the next 10, 20, 40 and 60 days of work would be done, " +
		"and compares that with what came: how often each date held, and the loss beside a plain bootstrap's."
}

// Run replays the forecast on a file of completions.
func (c Calibrate) Run(e *setup.Environment) error {
	projects, err := c.readProjects(e.Ctx, e.Stdin)
	if err != nil {
		return err
	}
	report, err := forecast.Judge(e.Ctx, projects, forecast.Shipped())
	if err != nil {
		return err
	}
	if c.JSON {
		return terminal.EncodeJSON(e.Stdout, calibrationAnswer(report))
	}
	return writeCalibration(e.Stdout, report)
}

func (c Calibrate) readProjects(ctx context.Context, stdin io.Reader) ([]forecast.Project, error) {
	name := c.File
	if name == "-" {
		name = "standard input"
	}
	in, err := terminal.OpenInput(ctx, stdin, c.File)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, setup.UsageError{Err: err}
	}
	defer in.Close()
	buffered := bufio.NewReader(in)
	if magic, _ := buffered.Peek(2); len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		buffered = bufio.NewReader(unpacked)
	}
	limited := &io.LimitedReader{R: buffered, N: mostCompletions + 1}
	projects, err := forecast.ReadCompletions(limited)
	if limited.N <= 0 {
		return nil, fmt.Errorf("%s: holds more than %d MiB; split it by project", name, mostCompletions>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return projects, nil
}

// writeCalibration writes a table for people.
func writeCalibration(w io.Writer, r forecast.Report) error {
	if r.Forecasts == 0 {
		_, err := fmt.Fprintf(
			w,
			"%s: no forecast can be replayed; a project needs 250 working days from its first finish on, "+
				"and some more to see what came\n",
			terminal.Count(r.Projects, "project"),
		)
		return err
	}
	fmt.Fprintf(w, "%s, %s replayed\n\n",
		terminal.Count(r.Projects, "project"), terminal.Count(r.Forecasts, "forecast"))
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "date\theld\tof\tshare\t")
	for _, horizon := range forecast.Horizons {
		fmt.Fprintf(t, "%d days\t", horizon)
	}
	fmt.Fprint(t, "pinball\tplain held\tplain pinball\t\n")
	for level, p := range forecast.Levels {
		fmt.Fprintf(t, "%.0f %%\t%d\t%d\t%s\t", 100*p, r.At[level].Held, r.At[level].Of, formatPercent(r.At[level]))
		for horizon := range forecast.Horizons {
			fmt.Fprintf(t, "%s\t", formatPercent(r.ByHorizon[horizon][level]))
		}
		fmt.Fprintf(t, "%.3f\t%s\t%.3f\t\n", r.Pinball[level], formatPercent(r.PlainAt[level]), r.Plain[level])
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(
		w,
		"\nThe 85 %% date held between 80 and 90 %% of the time on %d of %s.\n",
		r.Inside(2, 0.8, 0.9),
		terminal.Count(len(r.ByProject), "project"),
	)
	return err
}

func formatPercent(h forecast.Hits) string {
	if h.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*h.Share())
}

// The answer of jerem calibrate --json.
type (
	calibration struct {
		Projects  int               `json:"projects"`
		Forecasts int               `json:"forecasts"`
		At        []calibrationHits `json:"at"`
		Inside    calibrationInside `json:"inside"`
		Pinball   []calibrationLoss `json:"pinball"`
		ByHorizon []calibrationHits `json:"by_horizon"`
		ByProject []calibrationHits `json:"by_project"`
	}
	calibrationHits struct {
		Project string   `json:"project,omitempty"`
		Horizon int      `json:"horizon,omitempty"`
		P       float64  `json:"p"`
		Held    int      `json:"held"`
		Of      int      `json:"of"`
		Share   *float64 `json:"share"` // null where nothing was told
	}
	calibrationInside struct {
		P        float64 `json:"p"`
		Low      float64 `json:"low"`
		High     float64 `json:"high"`
		Projects int     `json:"projects"`
	}
	calibrationLoss struct {
		P     float64  `json:"p"`
		Shown *float64 `json:"shown"`
		Plain *float64 `json:"plain"`
	}
)

func calibrationAnswer(r forecast.Report) calibration {
	answer := calibration{Projects: r.Projects, Forecasts: r.Forecasts, ByProject: []calibrationHits{},
		Inside: calibrationInside{P: forecast.Levels[2], Low: 0.8, High: 0.9, Projects: r.Inside(2, 0.8, 0.9)}}
	for level, p := range forecast.Levels {
		answer.At = append(answer.At, hitsAt(r.At[level], p))
		answer.Pinball = append(
			answer.Pinball,
			calibrationLoss{P: p, Shown: numberOrNull(r.Pinball[level]), Plain: numberOrNull(r.Plain[level])},
		)
	}
	for horizon, days := range forecast.Horizons {
		for level, p := range forecast.Levels {
			row := hitsAt(r.ByHorizon[horizon][level], p)
			row.Horizon = days
			answer.ByHorizon = append(answer.ByHorizon, row)
		}
	}
	for _, project := range r.ByProject {
		for level, p := range forecast.Levels {
			row := hitsAt(project.At[level], p)
			row.Project = project.Project
			answer.ByProject = append(answer.ByProject, row)
		}
	}
	return answer
}

func hitsAt(h forecast.Hits, p float64) calibrationHits {
	return calibrationHits{P: p, Held: h.Held, Of: h.Of, Share: numberOrNull(h.Share())}
}

// numberOrNull is null for what is none.
func numberOrNull(x float64) *float64 {
	if math.IsNaN(x) {
		return nil
	}
	return &x
}
