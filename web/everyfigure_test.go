package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"jerem/measure/catalogue"
	"jerem/web/webtest"
)

// carrier is a part of an answer that carries the figures of a subject.
type carrier struct {
	of   catalogue.Subject
	part map[string]any
}

// TestEveryFigureNamesItsExplanation: each figure of the catalogue that an answer tells has an address under explain,
// and each address there is answered, with the value that the answer tells: of sprints that have not begun, of epics
// that stand in two quarters and of the mix too.
func TestEveryFigureNamesItsExplanation(t *testing.T) {
	if testing.Short() {
		t.Skip("it opens every figure of two companies: TestFiguresOpen opens those of their pages")
	}
	h := serve(t, []byte(sparseWorld), sparseTeams()...)
	checkExplained(t, h, answersOf(t, h), "2026-10-05", "")
	h = serve(t, story(t), company()...)
	checkExplained(t, h, []string{"/api/v1/teams/Kubernetes/sprints/23", "/api/v1/teams/Kubernetes/sprints/21",
		"/api/v1/teams/Kubernetes/quarters/Q4-26", "/api/v1/teams/Kubernetes/mix?quarters=3",
		"/api/v1/portfolio?quarter=Q4-26"}, "")
}

// checkExplained holds answers as of some moments to the explanations that they name.
func checkExplained(t *testing.T, h http.Handler, answers []string, moments ...string) {
	t.Helper()
	figures := map[catalogue.Subject]int{}
	for _, address := range answers {
		for _, at := range moments {
			asked := addressAsOf(address, at)
			status, body, _ := get(t, h, asked)
			if status != http.StatusOK || !strings.HasPrefix(asked, "/api/") {
				continue
			}
			var answer any
			if err := json.Unmarshal([]byte(body), &answer); err != nil {
				t.Fatalf("%s: %v", asked, err)
			}
			for _, c := range carriersOf(asked, answer) {
				figures[c.of] += c.check(t, h, asked)
			}
		}
	}
	for _, of := range []catalogue.Subject{catalogue.OfSprint, catalogue.OfEpic, catalogue.OfMix, catalogue.OfQuarter} {
		if figures[of] < 6 {
			t.Errorf("only %d figures of a %s", figures[of], of)
		}
	}
}

// check holds the figures that a part of an answer tells to the explanations that it names, and returns how many it
// names.
func (c carrier) check(t *testing.T, h http.Handler, from string) int {
	t.Helper()
	named, _ := c.part["explain"].(map[string]any)
	for _, f := range catalogue.All() {
		if f.Of == c.of && f.Row == "" && c.value(f.Name) != nil && named[f.Name] == nil {
			t.Errorf("%s tells %s of a %s and names no explanation of it", from, f.Name, c.of)
		}
	}
	for name, to := range named {
		status, body, _ := get(t, h, to.(string))
		var opened map[string]any
		if err := json.Unmarshal([]byte(body), &opened); err != nil || status != http.StatusOK {
			t.Errorf("%s: %d %.200s, named by %s", to, status, body, from)
			continue
		}
		elsewhere := name == "late" // an answer of its own
		if c.of == catalogue.OfInitiative {
			first, _, _ := strings.Cut(name, ".") // its forecast and its row tell not all the same figures
			_, told := c.part[first]
			elsewhere = !told
		}
		if want := c.value(name); !elsewhere && opened["value"] != want {
			t.Errorf("%s is %v, %s tells %v", to, opened["value"], from, want)
		}
	}
	return len(named)
}

// value is a figure that a part of an answer tells, nil where it tells none.
func (c carrier) value(name string) any {
	list, within, _ := strings.Cut(strings.TrimPrefix(name, "mix."), ".")
	switch rows, _ := c.part["rows"].([]any); {
	case c.of == catalogue.OfMix:
		sum := 0.0
		for _, row := range rows {
			if row := row.(map[string]any); row["kind"] == within {
				sum += row[list].(float64)
			}
		}
		return sum
	case name == "calibration.share" && c.part["calibration"] == nil, name == "late":
		return nil
	case isOfRow(name):
		if c.part["explain"].(map[string]any)[name] == nil {
			return nil // there is no such row
		}
	case isPart(name) && c.part["impediments"] == nil && c.of == catalogue.OfSprint:
		return nil
	}
	return figureAt(c.part, name)
}

// subjectsOfAnswers are what answers tell the figures of, by what their addresses hold; the first that fits.
var subjectsOfAnswers = []struct {
	holds string
	of    catalogue.Subject
}{{"/differences", catalogue.OfDifferences}, {"/sprints/", catalogue.OfSprint}, {"/quarters/", catalogue.OfQuarter},
	{"forecast?initiative", catalogue.OfInitiative}, {"/forecast?", catalogue.OfForecast}, {"/flow", catalogue.OfFlow},
	{"/mix?", catalogue.OfMix}, {"/portfolio", catalogue.OfInitiative}}

// carriersOf finds what an answer tells figures of.
func carriersOf(address string, answer any) (out []carrier) {
	i := slices.IndexFunc(subjectsOfAnswers, func(s struct {
		holds string
		of    catalogue.Subject
	}) bool {
		return strings.Contains(address, s.holds)
	})
	if i < 0 {
		return nil
	}
	of := subjectsOfAnswers[i].of
	var parts []any
	whole, _ := answer.(map[string]any)
	switch {
	case of == catalogue.OfMix:
		parts = answer.([]any)
	case strings.Contains(address, "/portfolio"):
		parts = slices.Concat(whole["initiatives"].([]any), whole["teams"].([]any))
	case whole != nil:
		parts = append(parts, whole)
		if with, ok := whole["with"]; ok {
			parts = append(parts, with)
		}
	}
	for _, part := range parts {
		one := part.(map[string]any)
		out = append(out, carrier{of, one})
		epics, _ := one["epics"].([]any)
		for _, epic := range epics {
			out = append(out, carrier{catalogue.OfEpic, epic.(map[string]any)})
		}
	}
	return out
}

// TestEpicOfTwoQuarters: the part of an epic in each of its quarters is opened; without a quarter that of the one that
// it is due in.
func TestEpicOfTwoQuarters(t *testing.T) {
	h := serve(t, []byte(sparseWorld), webtest.Team("Team PLAN", "PLAN"))
	const explain = "/api/v1/explain?team=Team+PLAN&figure=done&epic=PLAN-1"
	for address, want := range map[string]float64{explain: 3, explain + "&quarter=Q4-26": 3,
		explain + "&quarter=Q1-27": 0} {
		if got := object(t, h, address)["value"]; got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
	for address, want := range map[string]int{explain + "&quarter=Q2-27": 404, explain + "&quarter=next": 400,
		explain + "&quarter=Q4-26&sprint=11": 400} {
		if code, body, _ := get(t, h, address); code != want {
			t.Errorf("%s: %d %.200s", address, code, body)
		}
	}
}

// TestChangedSinceBeforeTheStart: what stands in a sprint is told before its start too, and so is how it changed.
func TestChangedSinceBeforeTheStart(t *testing.T) {
	h := serve(t, []byte(sparseWorld), sparseTeams()...)
	const address = "/api/v1/teams/Team%20PLAN/sprints/11"
	then, now := object(t, h, address+"?at=2026-11-12"), object(t, h, address)
	changed := map[string][2]any{}
	for _, one := range object(t, h, address+"?with=2026-11-12")["changed"].([]any) {
		one := one.(map[string]any)
		changed[one["figure"].(string)] = [2]any{one["from"], one["to"]}
	}
	for name := range maps.Keys(now["explain"].(map[string]any)) {
		before, after := carrier{catalogue.OfSprint, then}.value(name), figureAt(now, name)
		if have, differs := changed[name]; differs != (before != after) || differs && have != [2]any{before, after} {
			t.Errorf("%s was %v and is %v, told is %v", name, before, after, have)
		}
	}
}
