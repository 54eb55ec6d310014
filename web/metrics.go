package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"jerem/measure"
	"jerem/web/format"
	"jerem/web/source"
)

// figures shows the present figures of the teams in Prometheus' conventions: what a scrape finds is
// what the pages show. Unknown figures are left out, never 0.
type figures struct{ s *Server }

// described is a family of metrics.
type described struct {
	name, help string
	labels     []string
}

func family(name, help string, labels ...string) described {
	return described{name, help, append([]string{"team"}, labels...)}
}

var (
	metricRead           = family("jerem_team_read_timestamp_seconds", "Jira's clock at the team's last complete reading.")
	metricBehind         = family("jerem_team_behind", "1 while the team's readings fail, else 0.")
	metricInTrouble      = family("jerem_trouble", "1 while a part is in trouble: reading, posting, store or figures; team is empty where all are concerned. Absent while it is not.", "part")
	metricInTroubleSince = family("jerem_trouble_since_timestamp_seconds", "Since when it is; absent where that is not known.", "part")
	metricBehindSince    = family("jerem_team_behind_since_timestamp_seconds", "Since when the team's readings fail; absent while they do not.")

	metricCommitment = family("jerem_sprint_commitment", "Estimate committed at the start of the active sprint, in the team's unit.", "sprint", "unit")
	metricAdded      = family("jerem_sprint_added", "Estimate added to the active sprint since its start.", "sprint", "unit")
	metricRemoved    = family("jerem_sprint_removed", "Estimate removed from the active sprint since its start.", "sprint", "unit")
	metricReestimate = family("jerem_sprint_reestimated", "Signed sum of re-estimates in the active sprint.", "sprint", "unit")
	metricReopened   = family("jerem_sprint_reopened", "Estimate reopened in the active sprint.", "sprint", "unit")
	metricRemaining  = family("jerem_sprint_remaining", "Estimate in the active sprint that is not done.", "sprint", "unit")
	metricCompleted  = family("jerem_sprint_completed", "Estimate completed in the active sprint.", "sprint", "unit")
	metricScope      = family("jerem_sprint_scope", "Completed, and what is in the active sprint and not done.", "sprint", "unit")
	metricKept       = family("jerem_sprint_kept", "Estimate of the commitment that is completed.", "sprint", "unit")
	metricUnknown    = family("jerem_sprint_unestimated_issues", "Issues in the active sprint without an estimate.", "sprint")
	metricTrouble    = family("jerem_sprint_impediment_issues", "Impediments opened or worked on in the active sprint.", "sprint")
	metricTroubleSec = family("jerem_sprint_impediment_seconds", "Time logged on impediments in the active sprint.", "sprint")
	metricNature     = family("jerem_sprint_nature_issues", "Impediments of the active sprint by nature; one of several natures counts in each.", "sprint", "nature")
	metricNatureSec  = family("jerem_sprint_nature_seconds", "Time logged on impediments in the active sprint by nature; it adds up to the whole.", "sprint", "nature")

	metricTotal       = family("jerem_quarter_estimate", "Estimate of the epics of the present quarter, in the team's unit.", "quarter", "unit")
	metricDone        = family("jerem_quarter_done", "Estimate of them that is done.", "quarter", "unit")
	metricDoing       = family("jerem_quarter_doing", "Estimate of them that is in progress.", "quarter", "unit")
	metricRest        = family("jerem_quarter_remaining", "Estimate of them that is not done.", "quarter", "unit")
	metricBaseline    = family("jerem_quarter_baseline", "Estimate of them at the end of the quarter's first working day.", "quarter", "unit")
	metricLeft        = family("jerem_quarter_workdays_left", "Working days from today to the quarter's last day, both included.", "quarter")
	metricDays        = family("jerem_quarter_workdays_to_complete", "Working days that the rest takes at the usual velocity.", "quarter")
	metricSlack       = family("jerem_quarter_slack_workdays", "Working days left less those that the rest takes.", "quarter")
	metricProgression = family("jerem_quarter_progression_ratio", "Done over total.", "quarter")
	metricVelocity    = family("jerem_velocity_per_workday", "Median of what the last closed sprints completed a working day.", "unit")
)

// Describe tells nothing: which teams there are is found at each scrape.
func (figures) Describe(chan<- *prometheus.Desc) {}

// putter takes a figure of a team.
type putter func(d described, value float64, labels ...string)

// maybe takes a figure that may be unknown; then it is left out.
func (put putter) maybe(d described, value *float64, labels ...string) {
	if value != nil {
		put(d, *value, labels...)
	}
}

// Collect tells the figures as of each team's last complete reading, and what is in trouble.
func (f figures) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), workLongest)
	defer cancel()
	troubles := f.s.teams.Troubles(ctx)
	f.troubles(to, troubles)
	for _, conf := range f.s.teams.List {
		put := putterOf(to, conf.Name)
		state, err := f.s.teams.Store.Team(ctx, conf.Name)
		if since, behind := behindSince(troubles, conf.Name); behind {
			put(metricBehind, 1)
			put(metricBehindSince, seconds(since))
		} else if err == nil {
			put(metricBehind, 0)
		}
		if err != nil {
			continue
		}
		put(metricRead, seconds(state.Until))
		team, err := f.s.teams.Team(ctx, conf.Name)
		if err != nil {
			continue
		}
		f.sprint(team, put)
		f.quarter(team, put)
	}
}

// behindSince tells whether the readings of a team fail, or those of all, and since when.
func behindSince(troubles []source.Trouble, team string) (since time.Time, behind bool) {
	for _, t := range troubles {
		if t.Part == source.PartReading && (t.Team == team || t.Team == "") && (!behind || t.Since.Before(since)) {
			since, behind = t.Since, true
		}
	}
	return since, behind
}

// troubles tells each part that is in trouble once, since its first one.
func (f figures) troubles(to chan<- prometheus.Metric, troubles []source.Trouble) {
	since := map[[2]string]time.Time{}
	for _, t := range troubles {
		key := [2]string{t.Team, t.Part}
		if first, ok := since[key]; !ok || t.Since.Before(first) {
			since[key] = t.Since
		}
	}
	for key, first := range since {
		put := putterOf(to, key[0])
		put(metricInTrouble, 1, key[1])
		if !first.IsZero() {
			put(metricInTroubleSince, seconds(first), key[1])
		}
	}
}

// putterOf returns what takes the figures of a team. Labels are cleaned of what is no text; two that become the same
// by that are told apart by a number.
func putterOf(to chan<- prometheus.Metric, team string) putter {
	seen := map[string]bool{}
	return func(d described, value float64, labels ...string) {
		all := []string{labelValue(team)}
		for _, label := range labels {
			all = append(all, labelValue(label))
		}
		last := all[len(all)-1]
		for n := 2; seen[d.name+"\x00"+strings.Join(all, "\x00")]; n++ {
			all[len(all)-1] = fmt.Sprintf("%s (%d)", last, n)
		}
		seen[d.name+"\x00"+strings.Join(all, "\x00")] = true
		desc := prometheus.NewDesc(d.name, d.help, d.labels, nil)
		m, err := prometheus.NewConstMetric(desc, prometheus.GaugeValue, value, all...)
		if err != nil {
			m = prometheus.NewInvalidMetric(desc, err)
		}
		to <- m
	}
}

// longestLabel is how many letters of a name a label holds at most.
const longestLabel = 200

// labelValue is a name as the value of a label: one line, and not longer than [longestLabel].
func labelValue(name string) string {
	line := format.OneLine(name)
	if len(line) <= longestLabel {
		return line
	}
	letters := []rune(line)
	if len(letters) <= longestLabel {
		return line
	}
	return string(letters[:longestLabel-1]) + "…"
}

func seconds(t time.Time) float64 { return float64(t.UnixMicro()) / 1e6 }

func (f figures) sprint(team *measure.Team, put putter) {
	id, ok := team.ActiveSprint(team.Now())
	if !ok {
		return
	}
	sp, err := team.Sprint(id, team.Now())
	if err != nil || sp.Ledger == nil {
		return
	}
	unit, l := string(sp.Unit), sp.Ledger
	put(metricCommitment, l.Commitment, sp.Name, unit)
	put(metricAdded, l.Added, sp.Name, unit)
	put(metricRemoved, l.Removed, sp.Name, unit)
	put(metricReestimate, l.Reestimated, sp.Name, unit)
	put(metricReopened, l.Reopened, sp.Name, unit)
	put(metricRemaining, l.Remaining, sp.Name, unit)
	put.maybe(metricCompleted, sp.Completed, sp.Name, unit)
	put.maybe(metricScope, sp.Scope, sp.Name, unit)
	put.maybe(metricKept, sp.Kept, sp.Name, unit)
	put.maybe(metricUnknown, whole(sp.Unestimated), sp.Name)
	put(metricTrouble, float64(sp.Impediments.Count), sp.Name)
	for _, n := range sp.Impediments.ByNature {
		put(metricNature, float64(n.Count), sp.Name, n.Nature)
	}
	if sp.Impediments.TimeUnknown {
		return
	}
	put(metricTroubleSec, float64(sp.Impediments.Seconds), sp.Name)
	for _, n := range sp.Impediments.ByNature {
		put(metricNatureSec, float64(n.Seconds), sp.Name, n.Nature)
	}
}

func (f figures) quarter(team *measure.Team, put putter) {
	unit := string(team.Unit())
	if v, ok := team.Velocity(team.Now()); ok {
		put(metricVelocity, v.Median, unit)
	}
	q := team.Quarter(team.QuarterAt(team.Now()), team.Now())
	put(metricLeft, float64(q.WorkingDaysLeft), q.Quarter)
	if len(q.Epics) == 0 {
		return
	}
	put(metricTotal, q.Total, q.Quarter, unit)
	put(metricDone, q.Done, q.Quarter, unit)
	put(metricDoing, q.Doing, q.Quarter, unit)
	put(metricRest, q.Remaining, q.Quarter, unit)
	put.maybe(metricBaseline, q.Baseline, q.Quarter, unit)
	put.maybe(metricDays, whole(q.DaysToComplete), q.Quarter)
	put.maybe(metricSlack, whole(q.SlackDays), q.Quarter)
	put.maybe(metricProgression, q.Progression, q.Quarter)
}

// scrapesAtOnce bounds the work of those who scrape: each scrape computes the figures of all teams.
const scrapesAtOnce = 3

// scrapeLog writes what a scrape failed by into the log.
type scrapeLog struct{ log *slog.Logger }

// Println implements promhttp.Logger.
func (l scrapeLog) Println(v ...any) {
	l.log.Warn("metrics", "error", format.OneLine(fmt.Sprint(v...)))
}

// metrics serves the figures, and what the process tells of itself.
func (s *Server) metrics(collectors []prometheus.Collector) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(figures{s})
	registry.MustRegister(collectors...)
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: scrapesAtOnce, ErrorLog: scrapeLog{s.log}})
}

// whole is a count as a metric; nil where it is not known.
func whole(n *int) *float64 {
	if n == nil {
		return nil
	}
	value := float64(*n)
	return &value
}
