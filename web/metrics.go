package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"jerem/measure"
)

// figures shows the present figures of the teams in Prometheus' conventions: what a scrape finds is
// what the pages show. Unknown figures are left out, never 0.
type figures struct{ s *Server }

// described is a family of metrics.
type described struct {
	name, help string
	labels     []string
}

// The families, by the end of their names.
var families = map[string]described{}

func family(name, help string, labels ...string) described {
	d := described{name, help, append([]string{"team"}, labels...)}
	families[name] = d
	return d
}

var (
	metricRead   = family("jerem_team_read_timestamp_seconds", "Jira's clock at the team's last complete reading.")
	metricBehind = family("jerem_team_behind", "1 while the team's readings fail, else 0.")

	metricCommitment = family("jerem_sprint_commitment", "Estimate committed at the start of the active sprint, in the team's unit.", "sprint", "unit")
	metricAdded      = family("jerem_sprint_added", "Estimate added to the active sprint since its start.", "sprint", "unit")
	metricRemoved    = family("jerem_sprint_removed", "Estimate removed from the active sprint since its start.", "sprint", "unit")
	metricReestimate = family("jerem_sprint_reestimated", "Signed sum of re-estimates in the active sprint.", "sprint", "unit")
	metricRemaining  = family("jerem_sprint_remaining", "Estimate in the active sprint that is not done.", "sprint", "unit")
	metricCompleted  = family("jerem_sprint_completed", "Estimate completed in the active sprint.", "sprint", "unit")
	metricScope      = family("jerem_sprint_scope", "Completed, and what is in the active sprint and not done.", "sprint", "unit")
	metricKept       = family("jerem_sprint_kept", "Estimate of the commitment that is completed.", "sprint", "unit")
	metricUnknown    = family("jerem_sprint_unestimated_issues", "Issues in the active sprint without an estimate.", "sprint")
	metricTrouble    = family("jerem_sprint_impediments", "Impediments opened or worked on in the active sprint, by nature; one of several natures counts in each.", "sprint", "nature")
	metricTroubleSec = family("jerem_sprint_impediment_seconds", "Time logged on impediments in the active sprint, by nature.", "sprint", "nature")

	metricTotal       = family("jerem_quarter_estimate", "Estimate of the epics of the present quarter.", "quarter", "unit")
	metricDone        = family("jerem_quarter_done", "Estimate of them that is done.", "quarter", "unit")
	metricDoing       = family("jerem_quarter_doing", "Estimate of them that is in progress.", "quarter", "unit")
	metricLeft        = family("jerem_quarter_workdays_left", "Working days from today to the quarter's last day, both included.", "quarter")
	metricSlack       = family("jerem_quarter_slack_workdays", "Working days left less those that the rest takes at the usual velocity.", "quarter")
	metricProgression = family("jerem_quarter_progression_ratio", "Done over total.", "quarter")
	metricVelocity    = family("jerem_velocity_per_workday", "Median of what the last closed sprints completed a working day.", "unit")
)

// Describe tells nothing: which teams there are is found at each scrape.
func (figures) Describe(chan<- *prometheus.Desc) {}

// Collect tells the figures as of each team's last complete reading.
func (f figures) Collect(to chan<- prometheus.Metric) {
	for _, conf := range f.s.teams {
		put := func(d described, value float64, labels ...string) {
			desc := prometheus.NewDesc(d.name, d.help, d.labels, nil)
			to <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, append([]string{conf.Name}, labels...)...)
		}
		state, err := f.s.store.Team(context.Background(), conf.Name)
		if err != nil {
			put(metricBehind, 1)
			continue
		}
		put(metricRead, float64(state.Until.UnixMicro())/1e6)
		put(metricBehind, map[bool]float64{true: 0, false: 1}[state.Behind.IsZero()])
		team, err := f.s.team(context.Background(), conf.Name)
		if err != nil {
			continue
		}
		f.sprint(team, put)
		f.quarter(team, put)
	}
}

func (figures) sprint(team *measure.Team, put func(described, float64, ...string)) {
	id, ok := team.ActiveSprint(team.Now())
	if !ok {
		return
	}
	sp, err := team.Sprint(id, team.Now())
	if err != nil || sp.Ledger == nil {
		return
	}
	unit, l := string(sp.Unit), sp.Ledger
	for d, value := range map[string]float64{metricCommitment.name: l.Commitment, metricAdded.name: l.Added, metricRemoved.name: l.Removed, metricReestimate.name: l.Reestimated,
		metricRemaining.name: l.Remaining, metricCompleted.name: *sp.Completed, metricScope.name: *sp.Scope, metricKept.name: *sp.Kept} {
		put(families[d], value, sp.Name, unit)
	}
	if sp.Unestimated != nil {
		put(metricUnknown, float64(*sp.Unestimated), sp.Name)
	}
	for _, n := range sp.Impediments.ByNature {
		put(metricTrouble, float64(n.Count), sp.Name, n.Nature)
		put(metricTroubleSec, float64(n.Seconds), sp.Name, n.Nature)
	}
}

func (figures) quarter(team *measure.Team, put func(described, float64, ...string)) {
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
	if q.SlackDays != nil {
		put(metricSlack, float64(*q.SlackDays), q.Quarter)
	}
	if q.Progression != nil {
		put(metricProgression, *q.Progression, q.Quarter)
	}
}

// metrics serves the figures, and what the process tells of itself.
func (s *Server) metrics(collectors []prometheus.Collector) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(figures{s})
	registry.MustRegister(collectors...)
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// ready answers 200 once every team was read, 503 with the reasons until then.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	var missing []string
	for _, conf := range s.teams {
		if _, err := s.store.Team(r.Context(), conf.Name); err != nil {
			missing = append(missing, s.problemOf(err).Message)
		}
	}
	if len(missing) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = fmt.Fprintln(w, strings.Join(missing, "\n"))
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}
