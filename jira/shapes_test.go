package jira

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/problem"
)

// TestUnreadableIssues: what an issue cannot be without costs the issue, and the error names it: by its key, else by
// its id.
func TestUnreadableIssues(t *testing.T) {
	f := func(issue string, said ...string) {
		t.Helper()
		var w wireIssue
		if err := json.Unmarshal([]byte(issue), &w); err != nil {
			t.Fatal(err)
		}
		_, _, err := clean(w, nil, pitfallSet(t))
		for _, words := range said {
			if err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%s: %v, want %q", issue, err, words)
			}
		}
	}
	const created = `"created":"2026-01-01T10:00:00.000+0100"`
	f(`{"id":"x","key":"K-1","fields":{`+created+`}}`, `issue "x"`, "no number")
	f(`{"id":"1","key":"K-1","fields":{}}`, "issue K-1", "created is no time")
	f(`{"id":"1","key":"K-1","fields":7}`, "issue K-1", "another shape")
	f(`{"id":"1","fields":7}`, "issue 1:", "another shape")
	f(`{"id":"1","fields":{`+created+`,"status":true}}`, "issue 1:", "the field status")
	f(`{"id":"1","key":"K-1","fields":{`+created+`,"summary":7}}`, "issue K-1", "the field summary")
	f(`{"id":"1","key":"K-1","fields":{`+created+`,"project":[{}]}}`, "issue K-1", "the field project")
	f(`{"id":"1","key":"K-1","fields":{`+created+`,"issuetype":"Bug"}}`, "issue K-1", "the field issuetype")
	if _, err := Translate([]byte(`{"id":`)); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("a damaged document: %v", err)
	}
}

// TestValueForms: lists with holes, single things, children, times that are none, and texts without anything.
func TestValueForms(t *testing.T) {
	f := func(kind fieldKind, id, raw, want string, ok bool) {
		t.Helper()
		v, read := cleanValue(fieldInfo{id: id, name: "F", kind: kind}, json.RawMessage(raw))
		number := ""
		if v.Number != nil {
			number = fmt.Sprint(*v.Number)
		}
		if got := fmt.Sprintf("%s%s%v%v", number, v.Text, v.Options, v.IDs); read != ok || ok && got != want {
			t.Errorf("%s %s: %s, %v; want %s, %v", kind, raw, got, read, want, ok)
		}
	}
	f(kindOptions, "x", `[null,{"id":"1","value":"A"},null]`, "[{1 A}][]", true)
	f(kindOptions, "x", `{"id":"1","value":"A","child":{"id":"2","value":"B"}}`, "[{1 A - B}][]", true)
	f(kindOptions, "x", `{"id":"1","value":"A","child":{"id":"2"}}`, "[{1 A}][]", true)
	f(kindOptions, "x", `[{"id":"1","value":"A"},{}]`, "", false)
	f(kindParts, "x", `[{"id":"1","name":"v1","value":"other"}]`, "[{1 v1}][]", true)
	f(kindLabels, "x", `["b","a"]`, "[{ b} { a}][]", true)
	f(kindLabels, "x", `"a"`, "", false)
	f(kindParent, "x", `{"id":"7","key":"K-7"}`, "K-7[][7]", true)
	f(kindParent, "x", `{"id":7}`, "[][7]", true)
	f(kindParent, "x", `{"key":"K-7"}`, "", false)
	f(kindParent, "x", `7`, "", false)
	f(kindSprint, "x", `[9,7]`, "[][7 9]", true)
	f(kindSprint, "x", `null`, "[][]", true)
	f(kindEpicLink, "x", `"K-7"`, "K-7[][]", true)
	f(kindEpicLink, "x", `7`, "", false)
	f(kindText, "duedate", `"tomorrow"`, "tomorrow[][]", true)
	f(kindText, "resolutiondate", `"tomorrow"`, "", false)
	f(kindText, "resolutiondate", `"2026-01-01"`, "2026-01-01[][]", true)
	f(kindText, "resolutiondate", `""`, "[][]", true)
	f(kindText, "statuscategorychangedate", `"tomorrow"`, "", false)
	f(kindNumber, "x", `"1,5"`, "1.5[][]", true)
	f(kindNumber, "x", `""`, "[][]", true)
	f(kindSeconds, "x", `3600`, "3600[][]", true)
	f(kindSeconds, "x", `-1`, "", false)
}

// TestAmounts: the largest amounts that are believed, and no larger ones.
func TestAmounts(t *testing.T) {
	const beyond = maxNumber + 1
	for x, want := range map[float64][2]bool{
		0: {true, true}, -0.5: {true, false}, -1: {true, false}, 3600: {true, true},
		maxSeconds: {true, true}, maxSeconds + 1: {true, false},
		maxNumber: {true, false}, -maxNumber: {true, false}, beyond: {false, false}, -beyond: {false, false},
	} {
		if got := [2]bool{kindNumber.holds(x), kindSeconds.holds(x)}; got != want {
			t.Errorf("%g: believed as number and as seconds %v, want %v", x, got, want)
		}
	}
}

// TestMergeParents: a parent that did not come stays, unless changes under any name of a parent came since; of
// changes that did not come those of fields that are read stay, under names of Jira's own too.
func TestMergeParents(t *testing.T) {
	fs := pitfallSet(t)
	const parents = `{"id":"1","created":1767344400000,"items":[` +
		`{"field":"IssueParentAssociation","to":"7","toString":"K-7"}]}`
	const moved = `{"id":"2","created":1767430800000,"items":[` +
		`{"field":"Parent","from":"7","fromString":"K-7","to":"8","toString":"K-8"}]}`
	const version = `{"id":"3","created":1767430900000,"items":[` +
		`{"field":"Fix Version","to":"26","toString":"SaaS"},{"field":"Key","fromString":"A-1","toString":"K-1"}]}`
	doc := func(fields string, entries ...string) Document {
		d, _ := readOne(t, fs, fields, strings.Join(entries, ","))
		return d
	}
	f := func(name string, known, now Document, fields string, entries int, parent string) {
		t.Helper()
		got, lacks, err := Merge(known.Raw, now, fs)
		if err != nil || lacks.Entries != entries || strings.Join(lacks.Fields, " ") != fields {
			t.Errorf("%s: %+v, %v", name, lacks, err)
		}
		if text := steps(translated(t, got).Parent); text != parent {
			t.Errorf("%s: %s, want %s", name, text, parent)
		}
	}
	of7, of8 := `"parent":{"id":"7","key":"K-7"}`, `"parent":{"id":"8","key":"K-8"}`
	f("the same", doc(of7, parents), doc(of7, parents), "", 0, "01-01 09:00 0; 01-02 09:00 7")
	f("it did not come", doc(of7, parents), doc(`"labels":[]`, parents), "parent", 0, "01-01 09:00 0; 01-02 09:00 7")
	f("it did not come and moved", doc(of7, parents), doc(`"labels":[]`, parents, moved), "", 0,
		"01-01 09:00 0; 01-02 09:00 7; 01-03 09:00 8; 02-01 09:00 0")
	f("changes did not come", doc(of8, parents, moved), doc(of8, moved), "", 1,
		"01-01 09:00 0; 01-02 09:00 7; 01-03 09:00 8")
	f("changes of versions and keys did not come", doc(of7, parents, version), doc(of7, parents), "", 2,
		"01-01 09:00 0; 01-02 09:00 7")
	if _, _, err := Merge(doc(of7).Raw, Document{ID: 1, Raw: []byte("{")}, fs); err == nil {
		t.Error("a damaged document is merged")
	}
}

// TestLabelsOfTheSite: a labels field of the site is a timeline of its own; without a value or a change there is
// none.
func TestLabelsOfTheSite(t *testing.T) {
	fs := fieldsOf(t, Cloud, `[`+customField(3, "Squads", labelsSchema)+`]`)
	const change = `{"id":"1","created":1767344400000,"items":[` +
		`{"field":"Squads","fieldId":"customfield_3","fromString":"b a","toString":""}]}`
	for _, c := range []struct{ fields, histories, want string }{
		{`"customfield_3":["b","a","b"]`, ``, "01-01 09:00 [a b]"},
		{`"customfield_3":null`, change, "01-01 09:00 [a b]; 01-02 09:00 []"},
		{`"customfield_3":null`, ``, ""},
		{`"labels":["x"]`, ``, ""},
	} {
		d, _ := readOne(t, fs, c.fields, c.histories)
		i := translated(t, d)
		if got := steps(i.Options["customfield_3"]); got != c.want || i.Broken.Total() != 0 {
			t.Errorf("%s %s: %s, broken %v; want %s", c.fields, c.histories, got, i.Broken, c.want)
		}
		if _, twice := i.Options["labels"]; twice {
			t.Error("Jira's own labels are told twice")
		}
	}
}

// TestAnswersOfOthers: an answer of another kind is told with what it is, one that breaks off is asked for again.
func TestAnswersOfOthers(t *testing.T) {
	f := func(content, answer string, code problem.Code, asked int, said string) {
		t.Helper()
		requests := 0
		c := ask(t, Config{Token: "very-secret-token", Tries: 2}, func(w http.ResponseWriter, r *http.Request) {
			requests++
			w.Header()["Content-Type"] = nil
			if content != "" {
				w.Header().Set("Content-Type", content)
			}
			fmt.Fprint(w, answer)
		})
		_, err := c.Myself(t.Context())
		if !problem.Is(err, code) || requests != asked || !strings.Contains(err.Error(), said) {
			t.Errorf("%s: %v after %d requests, want %s after %d: %s", answer, err, requests, code, asked, said)
		}
	}
	f("text/html", "<html>", NotJira, 1, "no JSON but text/html")
	f("", "hello", NotJira, 1, "no JSON but something unnamed")
	f("application/json", `{"timeZone":7}`, InvalidResponse, 1, "another shape")
	f("application/json", `{"timeZone":`, Failing, 2, "breaks off")
	f("application/json", `{"timeZone":}`, Failing, 2, "breaks off")
	c := ask(t, Config{Token: "t"}, http.NotFound)
	var bound *boundError
	if err := c.transport.TooLarge("/place", "it is large"); !errors.As(err, &bound) || bound.Error() != "it is large" {
		t.Error("the bound that an answer exceeds is lost")
	}
}

// TestAnswerValues: an answer holds no more than so many values, whatever lists they stand in.
func TestAnswerValues(t *testing.T) {
	const each = 80_000
	list := "[0" + strings.Repeat(",0", each-1) + "]"
	commas := func(lists int) int { return lists*(each-1) + lists - 1 }
	lists := 1
	for commas(lists+1) <= maxValues {
		lists++
	}
	rest := maxValues - commas(lists) - 1 // in one more list, with the comma before it
	f := func(more int, ok bool) {
		t.Helper()
		text := "[" + strings.Repeat(list+",", lists) + "[0" + strings.Repeat(",0", rest+more) + "]]"
		if _, err := readAnswer(strings.NewReader(text), 1<<30); (err == nil) != ok {
			t.Errorf("%d values more than the bound: %v", more, err)
		}
	}
	f(0, true)
	f(1, false)
}

// TestRedirectsAtMost: five redirects in a row are followed, six are not.
func TestRedirectsAtMost(t *testing.T) {
	for hops, ok := range map[int]bool{1: true, maxRedirects: true, maxRedirects + 1: false} {
		asked := 0
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
			if asked++; asked <= hops {
				http.Redirect(w, r, r.URL.RequestURI(), http.StatusTemporaryRedirect)
				return
			}
			fmt.Fprint(w, `{"timeZone":"UTC"}`)
		})
		if _, err := c.Myself(t.Context()); (err == nil) != ok || c.Transport().Requests() != asked {
			t.Errorf("%d redirects: %v after %d requests, %d counted", hops, err, asked, c.Transport().Requests())
		}
	}
}

// TestEvidenceBounds: what an issue tells of a moment before its last change, or after its last update, dates
// nothing.
func TestEvidenceBounds(t *testing.T) {
	const change = `[{"id":"1","created":1767344400000,"items":[` +
		`{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"}]}]`
	for date, want := range map[string]string{
		"2026-01-02T10:00:00.000+0100": "01-01 09:00 1; 01-02 09:00 2; 01-02 09:00 3",
		"2026-01-02T09:59:59.000+0100": "01-01 09:00 1; 01-02 09:00 2; 02-01 09:00 3",
		"2026-02-01T10:00:00.000+0100": "01-01 09:00 1; 01-02 09:00 2; 02-01 09:00 3",
		"2026-01-20T10:00:00.000+0100": "01-01 09:00 1; 01-02 09:00 2; 01-20 09:00 3",
		"2026-02-01T10:00:01.000+0100": "01-01 09:00 1; 01-02 09:00 2; 02-01 09:00 3",
	} {
		i := told(t, `"status":{"id":"3","name":"C"},"resolutiondate":"`+date+`"`, change)
		if got := steps(i.Status); got != want || i.Broken[agile.FieldStatus] != 1 {
			t.Errorf("%s: %s, broken %v; want %s", date, got, i.Broken, want)
		}
		if i.Resolved.Format(time.RFC3339) == "0001-01-01T00:00:00Z" {
			t.Errorf("%s: not told", date)
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
		"Sprint 7": 0,
	} {
		if got := oldSprint(text); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// TestPiecesOfSecrets: a piece of eight characters or more goes out of a message wherever it stands, and nothing
// else.
func TestPiecesOfSecrets(t *testing.T) {
	const secret = "abcdefghijkl"
	for text, want := range map[string]string{
		"x abcdefgh":               "x …",
		"abcdefgh x":               "… x",
		"x abcdefg":                "x abcdefg",
		"bcdefghi!":                "…!",
		"efghijklm":                "…m",
		"abcdefghijklabcdefghijkl": "……",
		"abcdefghijZ":              "…Z",
		"abcdefgabcdefgh":          "abcdefg…",
		"":                         "",
	} {
		if got := withoutPieces(text, secret); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestSelectsAndFlags: a select or a set of versions has a timeline where it has a value or a change; a flag is set
// where a change tells an id or a text.
func TestSelectsAndFlags(t *testing.T) {
	change := func(id, from, fromString, to, toString string) string {
		return fmt.Sprintf(`[{"id":"1","created":1767344400000,"items":[{"field":"x","fieldId":"%s",`+
			`"from":"%s","fromString":"%s","to":"%s","toString":"%s"}]}]`, id, from, fromString, to, toString)
	}
	for _, c := range []struct{ id, fields, histories, want string }{
		{"customfield_3", `"customfield_3":{"id":"1","value":"A"}`, `[]`, "01-01 09:00 [A]"},
		{"customfield_3", `"customfield_3":null`, change("customfield_3", "1", "A", "", ""),
			"01-01 09:00 [A]; 01-02 09:00 []"},
		{"customfield_3", `"customfield_3":null`, `[]`, ""},
		{"fixVersions", `"fixVersions":[{"id":"1","name":"v1"}]`, `[]`, "01-01 09:00 [v1]"},
		{"fixVersions", `"fixVersions":[]`, change("fixVersions", "1", "v1", "", ""), "01-01 09:00 [v1]; 01-02 09:00 []"},
		{"fixVersions", `"fixVersions":[]`, `[]`, ""},
	} {
		i := told(t, c.fields, c.histories)
		if got := steps(i.Options[c.id]); got != c.want || i.Broken.Total() != 0 || (len(i.Options) > 0) != (c.want != "") {
			t.Errorf("%s: %s, broken %v; want %s", c.fields, got, i.Broken, c.want)
		}
	}
	const set = "01-01 09:00 false; 01-02 09:00 true"
	const flagged = `"customfield_4":[{"id":"10019","value":"Impediment"}]`
	for histories, want := range map[string]string{
		change("customfield_4", "", "", "[10019]", ""):    set,
		change("customfield_4", "", "", "", "Impediment"): set,
		change("customfield_4", " ", " ", "x", "y"):       set,
		`[]`: "01-01 09:00 true",
	} {
		if i := told(t, flagged, histories); steps(i.Flagged) != want || i.Broken.Total() != 0 {
			t.Errorf("%s: %s, broken %v; want %s", histories, steps(i.Flagged), i.Broken, want)
		}
	}
	if i := told(t, `"customfield_1":0`, `[]`); steps(i.Numbers["customfield_1"]) != "01-01 09:00 {0 true}" {
		t.Error(i.Numbers)
	}
	if i := told(t, `"customfield_1":null`, `[]`); len(i.Numbers) != 0 {
		t.Error(i.Numbers)
	}
}
