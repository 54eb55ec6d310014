package jira

import (
	"fmt"
	"net/http"
	"testing"

	"jerem/agile"
)

// TestUnreadableSprintDates: a date that is not told is none; one that is told and cannot be believed is named.
func TestUnreadableSprintDates(t *testing.T) {
	for date, want := range map[string]string{
		`null`: "[]", `""`: "[]", `"<null>"`: "[]", `"soon"`: "[startDate]", `99e11`: "[startDate]",
		`true`:          "[startDate]",
		`1767344400000`: "[]",
	} {
		s, err := answering(t, Cloud,
			`{"id":1,"name":"S","state":"active","startDate":`+date+`}`).Boards().Sprint(t.Context(), 1)
		if got := fmt.Sprint(s.Unreadable); got != want || err != nil || s.Start.IsZero() != (date != "1767344400000") {
			t.Errorf("%s: unreadable %s, start %v, %v; want %s", date, got, s.Start, err, want)
		}
	}
}

// TestSprintDates: a date or a state that cannot be believed is left out and told.
func TestSprintDates(t *testing.T) {
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"startAt":0,"isLast":true,"values":[{"id":1,"name":"S","state":"CLOSED",`+
			`"startDate":"1000000-01-01T00:00:00.000Z","endDate":"2026-01-02T00:00:00.000Z",`+
			`"completeDate":"<null>"},{"id":2,"name":"S","state":"paused"}]}`)
	})
	got, err := c.Boards().Sprints(t.Context(), 1)
	if err != nil || len(got) != 2 || !got[0].Start.IsZero() || got[0].End.IsZero() ||
		fmt.Sprint(got[0].Unreadable, got[1].Unreadable) != "[startDate] [state]" || got[0].State != agile.Closed ||
		got[1].State != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestSprintsOfOtherShapes: what of a sprint has another shape costs that alone, and nothing of the other sprints.
func TestSprintsOfOtherShapes(t *testing.T) {
	const start, end = `"startDate":"2026-01-05T09:00:00.000Z"`, `"endDate":"2026-01-19T09:00:00.000Z"`
	for one, want := range map[string]string{
		`"id":"1","name":"S","originBoardId":"7","state":"active",` + start + "," + end: "[] S active",
		`"id":1,"name":5,"state":"active",` + start + "," + end:                         "[name]  active",
		`"id":1,"name":"","state":"active",` + start + "," + end:                        "[name]  active",
		`"id":1,"name":null,"state":"active",` + start + "," + end:                      "[name]  active",
		`"id":1,"name":{"a":"b"},"state":7,` + start + "," + end:                        "[name state]  ",
		`"id":1,"name":"S","goal":{"text":"ship"},"state":"active",` + start:            "[] S active",
		`"id":1,"name":"S","state":"active","activatedDate":"2026-01-20T09:00:00.000Z",` + start + "," +
			end: "[endDate] S active",
	} {
		c := answering(t, Cloud, `{"startAt":0,"isLast":true,"values":[{`+one+
			`},{"id":2,"name":"T","state":"future"}]}`)
		got, err := c.Boards().Sprints(t.Context(), 1)
		if err != nil || len(got) != 2 || got[0].ID != 1 || got[1].Name != "T" {
			t.Fatalf("%s: %+v, %v", one, got, err)
		}
		if text := fmt.Sprint(got[0].Unreadable, " ", got[0].Name, " ", got[0].State); text != want {
			t.Errorf("%s: %q, want %q", one, text, want)
		}
	}
	if _, err := answering(t, Cloud, `{"startAt":0,"isLast":true,"values":[{"id":"x","name":"S"}]}`).Boards().
		Sprints(t.Context(), 1); err == nil {
		t.Error("a sprint without an id is taken")
	}
}
