package document_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"jerem/jira/document"
)

// TestSprintForms: sprints are told as objects, numbers or texts; null is none, and what has no id is not readable.
func TestSprintForms(t *testing.T) {
	f := func(raw, want string, ok bool) {
		t.Helper()
		ids, read := document.ReadSprintIDs(json.RawMessage(raw))
		if read != ok || ok && fmt.Sprint(ids) != want {
			t.Errorf("%s: %v, %v", raw, ids, read)
		}
	}
	f(`[{"id":9},{"id":7},{"id":9}]`, "[7 9]", true)
	f(`[3, "Sprint@1[id=1,name=x]", null]`, "[1 3]", true)
	f(`["Sprint@1[id=2,name=x]"]`, "[2]", true)
	f(`[null]`, "[]", true)
	f(`["a text"]`, "", false)
	f(`[{"name":"x"}]`, "", false)
	f(`[0]`, "", false)
	f(`[true]`, "", false)
	f(`{"id":1}`, "", false)
}

// TestOldSprints: the id of a sprint's text is found in whatever order its parts stand, and whatever its
// name and goal hold.
func TestOldSprints(t *testing.T) {
	for text, want := range map[string]int64{
		"com.atlassian.greenhopper.service.sprint.Sprint@77c19629[id=266,rapidViewId=174,state=CLOSED,name=A," +
			"sequence=266,goal=Define Scope, Complete Link,]": 266,
		"x.Sprint@1[name=Sprint [id=99], the first,startDate=<null>,goal=a,id=20,rapidViewId=1,state=ACTIVE]": 20,
		"x.Sprint@1[name=A,id=5,B,startDate=<null>,goal=<null>,rapidViewId=1,id=21,state=ACTIVE]":             21,
		"x.Sprint@1[rapidViewId=1,state=ACTIVE,name=A,id=5,B,goal=see id=4,id=22]":                            22,
		"x.Sprint@1[goal=[id=1],name=x,id=23,sequence=23]":                                                    23,
		"x.Sprint@1[rapidViewId=1,state=FUTURE,id=24,name=,id=7,goal=,id=8,]":                                 24,
		"x.Sprint@1[rapidViewId=1,name=A,id=25,goal=as of [id=5]]":                                            25,
		"x.Sprint@1[name=no id at all,goal=id=3]":                                                             0,
		"x.Sprint@1[]": 0,
		"":             0,
	} {
		if got := document.SprintIDInText(text); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// FuzzOldSprints: the id of a sprint's text is found whatever its name and goal hold, where it stands first, as it does
// in all that servers send.
func FuzzOldSprints(f *testing.F) {
	f.Add(int64(266), "GSC Sprint 26", "Define Scope, Complete Link,")
	f.Add(int64(1), "[id=5,state=ACTIVE", ",id=7]")
	f.Fuzz(func(t *testing.T, id int64, name, goal string) {
		if id <= 0 {
			return
		}
		for _, text := range []string{
			fmt.Sprintf("x.Sprint@1[id=%d,rapidViewId=1,state=ACTIVE,name=%s,startDate=<null>,sequence=3,goal=%s]", id,
				name, goal),
			fmt.Sprintf("x.Sprint@1[id=%d,goal=%s,name=%s]", id, goal, name),
		} {
			if got := document.SprintIDInText(text); got != id {
				t.Errorf("%s: %d, want %d", text, got, id)
			}
		}
		document.SprintIDInText(goal)
	})
}

// TestValueForms: lists with holes, single things, children, times that are none, and texts without anything.
func TestValueForms(t *testing.T) {
	f := func(kind document.Kind, id, raw, want string, ok bool) {
		t.Helper()
		v, read := document.ReadValue(id, kind, raw)
		number := ""
		if v.Number != nil {
			number = fmt.Sprint(*v.Number)
		}
		if got := fmt.Sprintf("%s%s%v%v", number, v.Text, v.Options, v.IDs); read != ok || ok && got != want {
			t.Errorf("%s %s: %s, %v; want %s, %v", kind, raw, got, read, want, ok)
		}
	}
	f(document.KindOptions, "x", `[null,{"id":"1","value":"A"},null]`, "[{1 A}][]", true)
	f(document.KindOptions, "x", `{"id":"1","value":"A","child":{"id":"2","value":"B"}}`, "[{1 A - B}][]", true)
	f(document.KindOptions, "x", `{"id":"1","value":"A","child":{"id":"2"}}`, "[{1 A}][]", true)
	f(document.KindOptions, "x", `[{"id":"1","value":"A"},{}]`, "", false)
	f(document.KindParts, "x", `[{"id":"1","name":"v1","value":"other"}]`, "[{1 v1}][]", true)
	f(document.KindLabels, "x", `["b","a"]`, "[{ b} { a}][]", true)
	f(document.KindLabels, "x", `"a"`, "", false)
	f(document.KindParent, "x", `{"id":"7","key":"K-7"}`, "K-7[][7]", true)
	f(document.KindParent, "x", `{"id":7}`, "[][7]", true)
	f(document.KindParent, "x", `{"key":"K-7"}`, "", false)
	f(document.KindParent, "x", `7`, "", false)
	f(document.KindSprint, "x", `[9,7]`, "[][7 9]", true)
	f(document.KindSprint, "x", `null`, "[][]", true)
	f(document.KindEpicLink, "x", `"K-7"`, "K-7[][]", true)
	f(document.KindEpicLink, "x", `7`, "", false)
	f(document.KindText, "duedate", `"tomorrow"`, "", false)
	f(document.KindText, "duedate", `"2026-02-30"`, "", false)
	f(document.KindText, "duedate", `"2026-01-31"`, "2026-01-31[][]", true)
	f(document.KindText, "duedate", `null`, "[][]", true)
	f(document.KindText, "duedate", `""`, "[][]", true)
	f(document.KindText, "customfield_9", `"tomorrow"`, "tomorrow[][]", true)
	f(document.KindText, "resolutiondate", `"tomorrow"`, "", false)
	f(document.KindText, "resolutiondate", `"2026-01-01"`, "2026-01-01[][]", true)
	f(document.KindText, "resolutiondate", `""`, "[][]", true)
	f(document.KindText, "statuscategorychangedate", `"tomorrow"`, "", false)
	f(document.KindNumber, "x", `"1,5"`, "1.5[][]", true)
	f(document.KindNumber, "x", `""`, "[][]", true)
	f(document.KindSeconds, "x", `3600`, "3600[][]", true)
	f(document.KindSeconds, "x", `-1`, "", false)
}

// TestAmounts: the largest amounts that are believed, and no larger ones.
func TestAmounts(t *testing.T) {
	const beyond = document.MaxNumber + 1
	for x, want := range map[float64][2]bool{
		0: {true, true}, -0.5: {true, false}, -1: {true, false}, 3600: {true, true},
		document.MaxSeconds: {true, true}, document.MaxSeconds + 1: {true, false},
		document.MaxNumber: {true, false}, -document.MaxNumber: {true, false}, beyond: {false, false}, -beyond: {false,
			false},
	} {
		if got := [2]bool{document.KindNumber.Holds(x), document.KindSeconds.Holds(x)}; got != want {
			t.Errorf("%g: believed as number and as seconds %v, want %v", x, got, want)
		}
	}
}

// TestSprintTextsCut: an id that is no number, or goes on, is none; one at the end of a text that breaks off is.
func TestSprintTextsCut(t *testing.T) {
	for text, want := range map[string]int64{
		"x.Sprint@1[id=7":                                   7,
		"x.Sprint@1[id=7]":                                  7,
		"x.Sprint@1[id=7,state=CLOSED":                      7,
		"x.Sprint@1[id=7x,state=CLOSED]":                    0,
		"x.Sprint@1[rapidViewId=1,id=5x,state=CLOSED,id=6]": 6,
		"x.Sprint@1[rapidViewId=1,id=,state=CLOSED,id=6]":   6,
		"x.Sprint@1[id=,state=CLOSED]":                      0,
		"x.Sprint@1[state=CLOSED,id=99999999999999999999]":  0,
		"x.Sprint@1[state=CLOSED,id=6,name=[id=7]":          6,
		"x.Sprint@1[state=CLOSED,name=a[id=7],goal=,id=8":   8,
		"[id=7]":   7, // nothing before the bracket
		"Sprint 7": 0,
	} {
		if got := document.SprintIDInText(text); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// TestNumberReadings: a text may stand for a number as it is written, with groups, or with a decimal comma; each number
// is told once, and what is beyond all numbers is none.
func TestNumberReadings(t *testing.T) {
	for text, want := range map[string]string{
		"8": "[8]", " 8 ": "[8]", "-0.5": "[-0.5]", ".5": "[0.5]", "8.": "[8]", "1e3": "[1000]",
		"1,000": "[1000 1]", "1.000": "[1 1000]", "0,000": "[0]", "0.000": "[0]", "0,5": "[0.5]", ",5": "[0.5]",
		"1 234,5": "[1234.5]", "1'234.5": "[1234.5]", "1,234,567": "[1.234567e+06]", "1.234,5": "[1234.5]",
		"1e999": "[]", "": "[]", "eight": "[]", "1,2,3": "[]", "0x10": "[]", "1_000": "[]", "NaN": "[]", "--1": "[]",
	} {
		if got := fmt.Sprint(document.NumberReadings(text)); got != want {
			t.Errorf("%q stands for %s, want %s", text, got, want)
		}
	}
}
