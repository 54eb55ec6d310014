package jira

import (
	"strconv"
	"testing"

	"jerem/agile"
)

// TestEvidence: a present status to which no change leads holds since the resolution, else since the change of the
// category, where these lie between the last change and the last update; else since that update.
func TestEvidence(t *testing.T) {
	const toDoing = `[{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"}]}]`
	f := func(name, dates, want string) {
		t.Helper()
		i := told(t, `"status":{"id":"3","name":"C"}`+dates, toDoing)
		if got := steps(i.Status); got != want || i.Broken[agile.FieldStatus] != 1 || i.Broken.Total() != 1 {
			t.Errorf("%s: %s, broken %v; want %s", name, got, i.Broken, want)
		}
	}
	const open = "01-01 09:00 1; 01-02 09:00 2; "
	const resolved, recategorized = `,"resolutiondate":"2026-01-10T10:00:00.000+0100"`, `,"statuscategorychangedate":"2026-01-12T10:00:00.000+0100"`
	f("none", "", open+"02-01 09:00 3")
	f("both", resolved+recategorized, open+"01-10 09:00 3")
	f("one", `,"resolutiondate":null`+recategorized, open+"01-12 09:00 3")
	f("before the last change", `,"resolutiondate":"2026-01-01T11:00:00.000+0100"`+recategorized, open+"01-12 09:00 3")
	f("with the last change", `,"resolutiondate":"2026-01-02T10:00:00.000+0100"`+recategorized, open+"01-02 09:00 3")
	f("after the last update", `,"resolutiondate":"2026-02-01T10:00:01.000+0100","statuscategorychangedate":"nonsense"`, open+"02-01 09:00 3")

	i := told(t, `"status":{"id":"1","name":"A"}`+resolved+recategorized, `[]`)
	if got := steps(i.Status); got != "01-01 09:00 1" || i.Broken.Total() != 0 || i.Resolved.Day() != 10 || i.Recategorized.Day() != 12 {
		t.Errorf("a chain without a change joins: %s, %v, %v %v", got, i.Broken, i.Resolved, i.Recategorized)
	}
}

// TestEvidenceOfResolution: a resolution that no change set began when the issue tells, unless that is its creation.
func TestEvidenceOfResolution(t *testing.T) {
	f := func(date, histories, want string, broken int) {
		t.Helper()
		i := told(t, `"resolution":{"id":"7","name":"Done"},"resolutiondate":"`+date+`"`, histories)
		if got := steps(i.Resolution); got != want || i.Broken[agile.FieldResolution] != broken {
			t.Errorf("%s: %s, broken %v; want %s and %d", date, got, i.Broken, want, broken)
		}
	}
	const change = `[{"id":"1","created":1767344400000,"items":[{"field":"resolution","fieldId":"resolution","to":"6","toString":"Other"}]}]`
	f("2026-01-10T10:00:00.000+0100", `[]`, "01-01 09:00 ; 01-10 09:00 7", 1)
	f("2026-01-01T10:00:01.500+0100", `[]`, "01-01 09:00 7", 0)
	f("2026-03-01T10:00:00.000+0100", `[]`, "01-01 09:00 7", 0)
	f("2026-01-10T10:00:00.000+0100", change, "01-01 09:00 ; 01-02 09:00 6; 01-10 09:00 7", 1)
}

// TestReversedHistories: changes of one moment are taken as they join, though an import numbered them backwards.
func TestReversedHistories(t *testing.T) {
	i := told(t, `"status":{"id":"3","name":"C"},"customfield_1":5`, `[
		{"id":"11","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"2","fromString":"B","to":"3","toString":"C"},{"field":"Points","fieldId":"customfield_1","fromString":"3","toString":"5"}]},
		{"id":"12","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"},{"field":"Points","fieldId":"customfield_1","fromString":"","toString":"3"}]}]`)
	if got := steps(i.Status); got != "01-01 09:00 1; 01-02 09:00 2; 01-02 09:00 3" {
		t.Error(got)
	}
	if got := steps(i.Numbers["customfield_1"]); got != "01-01 09:00 {0 false}; 01-02 09:00 {3 true}; 01-02 09:00 {5 true}" || i.Broken.Total() != 0 {
		t.Error(got, i.Broken)
	}
}

// TestNumberTexts: a text with groups or a decimal comma is the present value where it can be read as that; inside a
// chain it is what joins; else a comma before exactly three digits is a group.
func TestNumberTexts(t *testing.T) {
	f := func(name, current, want string, broken int, changes ...[2]string) {
		t.Helper()
		histories := "["
		for n, c := range changes {
			if n > 0 {
				histories += ","
			}
			histories += `{"id":"` + string(rune('1'+n)) + `","created":` + string(rune('1'+n)) + `767344400000,"items":[{"field":"Points","fieldId":"customfield_1","fromString":"` + c[0] + `","toString":"` + c[1] + `"}]}`
		}
		i := told(t, `"customfield_1":`+current, histories+"]")
		got := ""
		for _, s := range i.Numbers["customfield_1"] {
			got += number(s.Value) + " "
		}
		if got != want || i.Broken["customfield_1"] != broken {
			t.Errorf("%s: %s, broken %v; want %s and %d", name, got, i.Broken, want, broken)
		}
	}
	f("groups", "1000", "– 1000 ", 0, [2]string{"", "1,000"})
	f("a decimal comma", "0.5", "– 0.5 ", 0, [2]string{"", "0,5"})
	f("three decimals that are the present value", "1.000", "– 1 ", 0, [2]string{"", "1,000"})
	f("what joins decides", "3", "– 1 3 ", 0, [2]string{"", "1,000"}, [2]string{"1", "3"})
	f("what joins decides, on the other side", "3", "– 1000 3 ", 0, [2]string{"", "1000"}, [2]string{"1,000", "3"})
	f("what joins decides, against likelihood", "3", "– 1 3 ", 0, [2]string{"", "1"}, [2]string{"1,000", "3"})
	f("a broken joint decides nothing", "3", "– 2000 3 ", 1, [2]string{"", "2,000"}, [2]string{"5", "3"})
	f("else a group", "3", "– 2000 3 ", 0, [2]string{"", "2,000"}, [2]string{"2,000", "3"})
	f("a full stop is a decimal", "3", "– 2 3 ", 0, [2]string{"", "2.000"}, [2]string{"2.000", "3"})
	f("the present value before likelihood", "2", "2 3 2 ", 0, [2]string{"2,000", "3"}, [2]string{"3", "2"})
	f("two groups", "1234567.5", "– 1.2345675e+06 ", 0, [2]string{"", "1,234,567.5"})
	f("groups of full stops", "1234.5", "– 1234.5 ", 0, [2]string{"", "1.234,5"})
	f("groups of spaces", "1234.5", "– 1234.5 ", 0, [2]string{"", "1 234,5"})
	f("groups of India", "100000", "– 100000 ", 0, [2]string{"", "1,00,000"})
	f("no number", "3", "– – 3 ", 2, [2]string{"", "12,34,5"})
	f("no number at all", "3", "– – 3 ", 2, [2]string{"", "NaN"})
	f("beyond all bounds", "3", "– – 3 ", 2, [2]string{"", "1e308"})
	f("below zero", "-3", "– -3 ", 0, [2]string{"", "-3,0"})
}

func number(n agile.Number) string {
	if !n.Known {
		return "–"
	}
	return strconv.FormatFloat(n.Value, 'g', -1, 64)
}

// TestNothingIsZeroSeconds: Jira's own time tracking writes 0 and nothing for each other: no joint is broken by that, and
// 0 stays an estimate.
func TestNothingIsZeroSeconds(t *testing.T) {
	change := func(field, from, to string) string {
		return `[{"id":"1","created":1767344400000,"items":[{"field":"` + field + `","fieldId":"` + field + `","from":` + from + `,"to":` + to + `}]}]`
	}
	i := told(t, `"timeoriginalestimate":0`, change("timeoriginalestimate", `"3600"`, `null`))
	if got := steps(i.Numbers["timeoriginalestimate"]); got != "01-01 09:00 {3600 true}; 01-02 09:00 {0 true}" || i.Broken.Total() != 0 {
		t.Error(got, i.Broken)
	}
	i = told(t, `"timeoriginalestimate":0`, change("timeoriginalestimate", `null`, `"0"`))
	if got := steps(i.Numbers["timeoriginalestimate"]); got != "01-01 09:00 {0 false}; 01-02 09:00 {0 true}" || i.Broken.Total() != 0 {
		t.Error(got, i.Broken)
	}
	i = told(t, `"timeoriginalestimate":null`, change("timeoriginalestimate", `"3600"`, `"0"`))
	if got := steps(i.Numbers["timeoriginalestimate"]); got != "01-01 09:00 {3600 true}; 01-02 09:00 {0 false}" || i.Broken.Total() != 0 {
		t.Error(got, i.Broken)
	}
	i = told(t, `"timeoriginalestimate":7200`, change("timeoriginalestimate", `null`, `"3600"`))
	if i.Broken.Total() != 1 {
		t.Error("another value is a joint that does not fit", i.Broken)
	}
}

// TestBrokenByField: joints are counted where they do not fit.
func TestBrokenByField(t *testing.T) {
	i := told(t, `"status":{"id":"9","name":"Z"},"customfield_1":9,"labels":["x"],"fixVersions":[{"id":"1","name":"v1"}]`, `[
		{"id":"1","created":1767344400000,"items":[
			{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"},
			{"field":"Points","fieldId":"customfield_1","fromString":"1","toString":"2"},
			{"field":"labels","fieldId":"labels","fromString":"x","toString":"x"},
			{"field":"Fix Version","fieldId":"fixVersions","to":"8","toString":"v8"}]}]`)
	if i.Broken.In(agile.FieldStatus) != 1 || i.Broken.In("customfield_1") != 1 || i.Broken.In(agile.FieldLabels, agile.FieldSprints) != 0 || i.Broken.In("fixVersions") != 1 || i.Broken.Total() != 3 {
		t.Error(i.Broken)
	}
}
