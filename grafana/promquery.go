package grafana

import (
	"fmt"
	"slices"
	"strings"

	"jerem/measure/catalogue"
)

// A figure comes to Prometheus by scrapes, with the label instance, and by remote write, without it. What is scraped is
// of now, so that it counts before what was written; Prometheus and VictoriaMetrics end it within minutes where it, or
// its instance, is told no more. Where the subject is scraped and the figure is not, the figure is not known now, and
// what was written of it once is no answer.

// promQuery asks Prometheus for a figure, a value for each combination of the labels by; what scrapes and remote write
// add besides is left out, so that a figure which comes both ways is shown once.
//
// Of a sprint or a quarter that was picked and is over, a panel of the newest value shows the last one that there was.
func promQuery(f catalogue.Figure, of scope, by []string, newest bool) string {
	query := aggregatedBy(by, writtenQuery(f, of, lookBack(f.Class).prometheus))
	if f.Metric != "" && !slices.Contains(of, scopeOfCurrent[0]) {
		query = aggregatedBy(by, scrapedQuery(f, of)) + " or " + aggregatedBy(by,
			writtenQuery(f, of, lookBack(f.Class).prometheus)+" unless on ("+onLabels(f.Of)+") "+scrapedMark(f.Of))
	}
	if living := livingMetric(f.Of); newest && living != "" && isPicked(of) {
		query += " or " + aggregatedBy(by, "("+lastQuery(f, of, by)+") unless on ("+onLabels(f.Of)+") last_over_time("+
			selectorOf(living, of, `team!=""`)+"[1h])")
	}
	if f.Unit == catalogue.UnitDate {
		return "1000 * (" + query + ")" // Grafana reads dates in milliseconds
	}
	return query
}

func aggregatedBy(by []string, query string) string {
	return fmt.Sprintf("max by (%s) (%s)", strings.Join(by, ", "), query)
}

// selectorOf is the series of a metric in a scope, of which further labels are as told.
func selectorOf(metric string, of scope, further string) string {
	var selectors []string
	for _, label := range of {
		name, value, given := strings.Cut(label, "=")
		if !given {
			value = "$" + name
		}
		selectors = append(selectors, fmt.Sprintf("%s=%q", name, value)) // "sprint!" of one that it is not
	}
	return metric + "{" + strings.Join(append(selectors, further), ",") + "}"
}

// scrapedQuery asks what is scraped at a moment: of several instances those that read the team last.
func scrapedQuery(f catalogue.Figure, of scope) string {
	return selectorOf(metricOf(f.Class), of, `instance!=""`) + " and on (team, job, instance) " + newestReading
}

// isPicked tells whether a visitor picked the sprint or quarter of a scope, so that it may be over.
func isPicked(of scope) bool { return slices.Contains(of, "sprint") || slices.Contains(of, "quarter") }

// livingMetric is a figure that a sprint or a quarter has until it is over; "" of other subjects, forecasts among them:
// nothing of what is over lies ahead.
func livingMetric(of catalogue.Subject) string {
	switch of {
	case catalogue.OfSprint, catalogue.OfOnCall:
		return metricOf(listing["sprint"].Class)
	case catalogue.OfQuarter:
		return metricOf(listing["quarter"].Class)
	}
	return ""
}

// lastQuery asks for the last value of a figure in the time shown: what was written, or what was scraped last, of
// whichever instance.
func lastQuery(f catalogue.Figure, of scope, by []string) string {
	labels, of := withLabels(by, onLabels(f.Of)), append(slices.Clone(of), notCurrent)
	last := aggregatedBy(labels, writtenQuery(f, of, "$__range"))
	if f.Metric == "" {
		return last
	}
	return last + " or last_over_time((" + aggregatedBy(labels, scrapedQuery(f, of)) + ")[$__range:5m])"
}

// withLabels adds labels, as a query lists them, to those that are not among them.
func withLabels(by []string, further string) []string {
	all := slices.Clone(by)
	for label := range strings.SplitSeq(further, ", ") {
		if !slices.Contains(all, label) {
			all = append(all, label)
		}
	}
	return all
}

// newestReading are the instances that read a team last, of each team.
const newestReading = "(jerem_team_read_timestamp_seconds == on (team) group_left () " +
	"max by (team) (jerem_team_read_timestamp_seconds))"

// written are series that no scrape brought.
const written = `instance=""`

// notCurrent leaves out the series of the present sprint: between two there is none.
const notCurrent = "sprint!=current"

// writtenQuery asks for the newest point that was written. A date, a price or a record that is not told at a noon has
// no point there, but the odds have: what was told at a noon before them is no more.
func writtenQuery(f catalogue.Figure, of scope, span string) string {
	metric := metricOf(f.Class)
	if !strings.HasPrefix(f.Class, catalogue.ClassForecast) || f.Name == "odds" {
		return "last_over_time(" + selectorOf(metric, of, written) + "[" + span + "])"
	}
	odds := metricOf(catalogue.ClassForecast + "odds")
	return fmt.Sprintf("(last_over_time((last_over_time(%s[%s]) + 0 or last_over_time(%s[%s]) * 0 - 1)[%s:%s]) >= 0)",
		selectorOf(metric, of, written), noonGrid, selectorOf(odds, of, written), noonGrid, span, noonGrid)
}

// noonGrid is a step on which the noons of all zones lie.
const noonGrid = "15m"

// onLabels are the labels of a subject by which what is scraped of it is found.
func onLabels(of catalogue.Subject) string {
	switch of {
	case catalogue.OfSprint, catalogue.OfOnCall:
		return "team, sprint"
	case catalogue.OfQuarter, catalogue.OfForecast:
		return "team, quarter"
	}
	return "team"
}

// scrapedMark is a metric that each scrape tells of a subject, whatever else is known of it, and that nobody writes.
func scrapedMark(of catalogue.Subject) string {
	switch onLabels(of) {
	case "team, sprint":
		return "jerem_sprint_completed"
	case "team, quarter":
		return "jerem_quarter_workdays_left"
	}
	return "jerem_team_read_timestamp_seconds"
}
