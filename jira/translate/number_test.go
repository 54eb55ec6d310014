package translate

import (
	"strconv"
	"testing"

	"jerem/agile"
	"jerem/jira/jiratest"
)

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
			histories += `{"id":"` + string(rune('1'+n)) + `","created":` + string(rune('1'+n)) +
				`767344400000,"items":[{"field":"Points","fieldId":"customfield_1","fromString":"` + c[0] +
				`","toString":"` + c[1] + `"}]}`
		}
		i := told(t, `"customfield_1":`+current, histories+"]")
		got := ""
		for _, s := range i.Numbers.Of("customfield_1") {
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

// TestNothingIsZeroSeconds: Jira's own time tracking writes 0 and nothing for each other: no joint is broken by that,
// and 0 stays an estimate.
func TestNothingIsZeroSeconds(t *testing.T) {
	change := func(field, from, to string) string {
		return `[{"id":"1","created":1767344400000,"items":[{"field":"` + field + `","fieldId":"` + field +
			`","from":` + from + `,"to":` + to + `}]}]`
	}
	i := told(t, `"timeoriginalestimate":0`, change("timeoriginalestimate", `"3600"`, `null`))
	const emptied = "01-01 09:00 {3600 true}; 01-02 09:00 {0 true}"
	if got := jiratest.Steps(i.Numbers.Of("timeoriginalestimate")); got != emptied || i.Broken.Total() != 0 {
		t.Error(got, i.Broken)
	}
	i = told(t, `"timeoriginalestimate":0`, change("timeoriginalestimate", `null`, `"0"`))
	if got := jiratest.Steps(i.Numbers.Of("timeoriginalestimate")); got != "01-01 09:00 {0 false}; "+
		"01-02 09:00 {0 true}" ||
		i.Broken.Total() != 0 {
		t.Error(got, i.Broken)
	}
	i = told(t, `"timeoriginalestimate":null`, change("timeoriginalestimate", `"3600"`, `"0"`))
	const begun = "01-01 09:00 {3600 true}; 01-02 09:00 {0 false}"
	if got := jiratest.Steps(i.Numbers.Of("timeoriginalestimate")); got != begun || i.Broken.Total() != 0 {
		t.Error(got, i.Broken)
	}
	i = told(t, `"timeoriginalestimate":7200`, change("timeoriginalestimate", `null`, `"3600"`))
	if i.Broken.Total() != 1 {
		t.Error("another value is a joint that does not fit", i.Broken)
	}
}
