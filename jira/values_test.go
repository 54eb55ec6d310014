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
		s, err := answering(t, Cloud, `{"id":1,"state":"active","startDate":`+date+`}`).Boards().Sprint(t.Context(), 1)
		if got := fmt.Sprint(s.Unreadable); got != want || err != nil || s.Start.IsZero() != (date != "1767344400000") {
			t.Errorf("%s: unreadable %s, start %v, %v; want %s", date, got, s.Start, err, want)
		}
	}
}

// TestSprintDates: a date or a state that cannot be believed is left out and told.
func TestSprintDates(t *testing.T) {
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"startAt":0,"isLast":true,"values":[{"id":1,"state":"CLOSED",`+
			`"startDate":"1000000-01-01T00:00:00.000Z","endDate":"2026-01-02T00:00:00.000Z",`+
			`"completeDate":"<null>"},{"id":2,"state":"paused"}]}`)
	})
	got, err := c.Boards().Sprints(t.Context(), 1)
	if err != nil || len(got) != 2 || !got[0].Start.IsZero() || got[0].End.IsZero() ||
		fmt.Sprint(got[0].Unreadable, got[1].Unreadable) != "[startDate] [state]" || got[0].State != agile.Closed ||
		got[1].State != "" {
		t.Errorf("%+v, %v", got, err)
	}
}
