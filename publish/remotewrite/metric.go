package remotewrite

import (
	"slices"
	"strings"
	"sync"

	"jerem/measure/catalogue"
	"jerem/series"
	"jerem/sorting"
)

// Label is a name with its value.
type Label struct{ Name, Value string }

// nameLabel is the label that holds the name of a metric.
const nameLabel = "__name__"

// renamed are the classes whose name does not follow from the catalogue's metric or from the class itself: where the
// metric of that name is another figure, or the unit would be missing.
var renamed = map[string]string{
	catalogue.ClassAgileSprint + "completed":    "jerem_sprint_ledger_completed",
	catalogue.ClassImpediment + "total.created": "jerem_day_impediment_seconds",
}

// MetricOf returns the labels by which Prometheus knows a series, the name among them, sorted by name. A figure that
// /metrics has too bears the same name.
func MetricOf(s *series.Series) []Label {
	name, nature := metricName(s.Class)
	if strings.HasPrefix(s.Class, catalogue.ClassOnCall) && s.Labels["type"] == "daily" {
		name = "jerem_day_" + strings.TrimPrefix(name, "jerem_") // a sprint's bears the name of /metrics
	}
	labels := []Label{{nameLabel, name}}
	if nature != "" {
		labels = append(labels, Label{"nature", series.SafeLabel(nature)})
	}
	for key, value := range s.Labels {
		switch key {
		case "project":
			key = "team"
		case "global":
			key = "initiative"
		case "type", "value": // the same in all series of a class
			continue
		}
		if value != "" { // an empty label is none
			labels = append(labels, Label{safeName(key), series.SafeLabel(value)})
		}
	}
	sorting.By(labels, func(a, b Label) int { return strings.Compare(a.Name, b.Name) })
	return labels
}

// metricsOfClasses are the names that /metrics has for the figures of classes.
var metricsOfClasses = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, f := range catalogue.All() {
		if f.Class != "" && f.Metric != "" {
			names[f.Class] = f.Metric
		}
		for _, further := range []catalogue.Series{f.OfASprint, f.OfADay} {
			if further.Class != "" {
				names[further.Class] = further.Metric
			}
		}
	}
	return names
})

// metricName returns the name of a class, and the nature of impediments that it counts, "" for none.
func metricName(class string) (name, nature string) {
	if rest, ok := strings.CutPrefix(class, catalogue.ClassImpediment); ok {
		level, what, _ := strings.Cut(rest, ".")
		if level != "total" {
			class, nature = catalogue.ClassImpediment+"NATURE."+what, level
		}
	}
	if name, ok := renamed[class]; ok {
		return name, nature
	}
	if name := metricsOfClasses()[class]; name != "" {
		return name, nature
	}
	words := strings.Split(class, ".")
	if len(words) > 2 && words[0] == "jerem" {
		words = slices.Delete(words, 1, 2) // jira or agile
	}
	for i, word := range words {
		if word == "storypoint" {
			words[i] = "storypoints"
		}
	}
	return safeName(strings.Join(words, "_")), nature
}

// safeName makes a name of letters, digits and underscores.
func safeName(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' {
			return c
		}
		return '_'
	}, name)
}
