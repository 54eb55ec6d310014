package health

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
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/web/format"
	"jerem/web/source"
)

// figures shows the present figures of the teams in Prometheus' conventions: what a scrape finds is
// what the pages show. Unknown figures are left out, never 0.
type figures struct {
	teams   *source.Teams
	scraped *scraped
}

// described is a family of metrics.
type described struct {
	name, help string
	labels     []string
}

func describeMetric(name, help string, labels ...string) described {
	return described{name, help, append([]string{"team"}, labels...)}
}

var (
	metricRead = describeMetric("jerem_team_read_timestamp_seconds",
		"Jira's clock at the team's last complete reading.")
	metricBehind    = describeMetric("jerem_team_behind", "1 while the team's readings fail, else 0.")
	metricInTrouble = describeMetric(
		"jerem_trouble",
		"1 while a part is in trouble: reading, posting, store, figures or oncall; team is empty where all are "+
			"concerned. Absent while it is not.",
		"part",
	)
	metricInTroubleSince = describeMetric(
		"jerem_trouble_since_timestamp_seconds",
		"Since when it is; absent where that cannot be told.",
		"part",
	)
	metricBehindSince = describeMetric(
		"jerem_team_behind_since_timestamp_seconds",
		"Since when the team's readings fail; absent while they do not.",
	)
	metricBudget = describeMetric("jerem_sprint_budget_seconds",
		"Time that the team's budget allows in a sprint; absent without a budget.", "sprint")
	metricBudgetUsed = describeMetric("jerem_sprint_budget_used_seconds",
		"Time of the sprint that counts in the team's budget; absent without one.", "sprint")
)

// metricOf is the family of a figure of the catalogue.
func metricOf(figure catalogue.Figure) described {
	return describeMetric(figure.Metric, figure.Help, figure.Labels...)
}

// Describe tells nothing: which teams there are is found at each scrape.
func (figures) Describe(chan<- *prometheus.Desc) {}

// putter takes a figure of a team.
type putter func(d described, value float64, labels ...string)

// Collect tells the figures as of each team's last complete reading, and what is in trouble.
func (f figures) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeLongest)
	defer cancel()
	troubles := f.teams.Troubles(ctx)
	f.sendTroubles(to, troubles)
	readings := f.teams.Readings(ctx)
	for _, conf := range f.teams.List {
		put, until := putterOf(to, conf.Name), readings[conf.Name].Until
		if since, behind := behindSince(troubles, conf.Name); behind {
			put(metricBehind, 1)
			put(metricBehindSince, unixSeconds(since))
		} else if !until.IsZero() {
			put(metricBehind, 0)
		}
		if until.IsZero() { // it was not read yet
			continue
		}
		put(metricRead, unixSeconds(until))
		team, err := f.teams.Team(ctx, conf.Name)
		if err != nil {
			continue
		}
		f.scraped.sendFigures(to, team, func(to chan<- prometheus.Metric) {
			put := putterOf(to, conf.Name)
			f.putSprints(team, put)
			f.putQuarter(team, put)
			f.putFlow(team, put)
			f.putForecasts(team, put)
		})
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

// sendTroubles tells each part that is in trouble once, since its first one.
func (f figures) sendTroubles(to chan<- prometheus.Metric, troubles []source.Trouble) {
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
			put(metricInTroubleSince, unixSeconds(first), key[1])
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

func unixSeconds(t time.Time) float64 { return float64(t.UnixMicro()) / 1e6 }

// putSprints tells the figures of each active sprint under the name that its series have.
func (f figures) putSprints(team *measure.Team, put putter) {
	labels := measure.SprintLabels(team.History().Sprints)
	for _, id := range measure.ActiveSprints(team, team.Now()) {
		if sp, err := team.Sprint(id, team.Now()); err == nil && sp.Ledger != nil {
			putSprint(team, sp, labels[id], put)
		}
	}
}

// putSprint tells the figures of a sprint that the catalogue gives a metric.
func putSprint(team *measure.Team, sp *measure.Sprint, label string, put putter) {
	labels := map[string]string{"sprint": label, "unit": string(sp.Unit)}
	for _, e := range append(explain.Sprint(team, sp), explain.OnCall(sp)...) {
		put.putFigure(e, labels)
	}
	putBudget(team, sp, label, put)
	count, _ := catalogue.Find(catalogue.OfSprint, "impediments.by_nature.count")
	time, _ := catalogue.Find(catalogue.OfSprint, "impediments.by_nature.seconds")
	for _, n := range sp.Impediments.ByNature {
		put(metricOf(count), float64(n.Count), label, n.Nature)
		if !sp.Impediments.TimeUnknown {
			put(metricOf(time), float64(n.Seconds), label, n.Nature)
		}
	}
}

// putBudget tells what a sprint has as a budget, and what counts in it.
func putBudget(team *measure.Team, sp *measure.Sprint, label string, put putter) {
	if sp.Impediments.BudgetSeconds == nil {
		return
	}
	put(metricBudget, float64(*sp.Impediments.BudgetSeconds), label)
	if !sp.Impediments.TimeUnknown {
		put(metricBudgetUsed, float64(measure.BudgetUsed(team, sp)), label)
	}
}

// putQuarter tells the figures of the present quarter that the catalogue gives a metric: without an epic only those
// that are not of its work.
func (f figures) putQuarter(team *measure.Team, put putter) {
	q := team.Quarter(team.QuarterAt(team.Now()), team.Now())
	labels := map[string]string{"quarter": q.Quarter, "unit": string(q.Unit)}
	for _, e := range explain.Quarter(team, q) {
		ofWork := e.Figure.Name != "working_days_left" && e.Figure.Name != "velocity.median"
		if len(q.Epics) > 0 || !ofWork {
			put.putFigure(e, labels)
		}
	}
}

// putFigure takes a figure of the catalogue: nothing where it has no metric, or cannot be told.
func (put putter) putFigure(e explanation.Explanation, labels map[string]string) {
	if e.Figure.Metric == "" || e.Value == nil {
		return
	}
	var values []string
	for _, name := range e.Figure.Labels {
		values = append(values, labels[name])
	}
	put(metricOf(e.Figure), *e.Value, values...)
}

// The bounds on the work of those who scrape: each scrape computes the figures of all teams.
const (
	scrapesAtOnce = 3
	scrapeLongest = 2 * time.Minute
)

// scrapeLog writes what a scrape failed by into the log.
type scrapeLog struct{ log *slog.Logger }

// Println implements promhttp.Logger.
func (l scrapeLog) Println(v ...any) {
	l.log.Warn("metrics", "error", format.OneLine(fmt.Sprint(v...)))
}

// Metrics serves the figures, and what the process tells of itself: where some teams are hidden, what it tells of the
// others alone.
func (p *Pages) Metrics(collectors []prometheus.Collector) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(figures{p.Teams, &scraped{}})
	var names []string
	for _, t := range p.Teams.List {
		names = append(names, t.Name)
	}
	for _, c := range collectors {
		if p.Restricted {
			c = ofTeams{c, names}
		}
		registry.MustRegister(c)
	}
	return promhttp.HandlerFor(
		registry,
		promhttp.HandlerOpts{
			ErrorHandling:       promhttp.ContinueOnError,
			MaxRequestsInFlight: scrapesAtOnce,
			ErrorLog:            scrapeLog{p.Log},
		},
	)
}
