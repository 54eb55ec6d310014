package explain_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/measure/catalogue"
	"jerem/measure/timeseries"
	"jerem/web/webtest"
)

// noFigures are classes whose values are no figure of the catalogue, and what they are.
var noFigures = map[string]string{
	catalogue.ClassSprint + "events":            "when a sprint begins and ends, not a number",
	catalogue.ClassSprint + "storypoint.total":  "to do, doing and done together, for dashboards of the older bot",
	catalogue.ClassImpediment + "total.created": "the time of impediments by day, for dashboards of the older bot",
}

// TestClassesAreTheCatalogue: each class of a played company's series is that of a figure, and each class of the
// catalogue is written.
func TestClassesAreTheCatalogue(t *testing.T) {
	if testing.Short() {
		t.Skip("computes every series of a simulated company over three quarters")
	}
	var classes []string
	for _, team := range webtest.World(t) {
		for _, s := range timeseries.Between(team, time.Time{}, team.Now()) {
			if !slices.Contains(classes, s.Class) {
				classes = append(classes, s.Class)
			}
		}
	}
	nature := regexp.MustCompile(`^` + regexp.QuoteMeta(catalogue.ClassImpediment) + `.*\.(count|timespent)$`)
	named, written := map[string]bool{}, map[string]bool{}
	for _, f := range catalogue.All() {
		if f.Class != "" {
			named[f.Class] = true
		}
		if f.OfASprint.Class != "" {
			named[f.OfASprint.Class] = true
		}
		if f.OfADay.Class != "" {
			named[f.OfADay.Class] = true
		}
	}
	for _, class := range classes {
		known := class
		if m := nature.FindStringSubmatch(class); m != nil &&
			!strings.HasPrefix(class, catalogue.ClassImpediment+"total.") {
			known = catalogue.ClassImpediment + "NATURE." + m[1]
		}
		if !named[known] && noFigures[class] == "" {
			t.Errorf("the class %s is that of no figure", class)
		}
		written[known] = true
	}
	for class := range named {
		if !written[class] && !strings.HasPrefix(class, catalogue.ClassOnCall) { // for these see oncall_test.go
			t.Errorf("the class %s of the catalogue is not written", class)
		}
	}
}
