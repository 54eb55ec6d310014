package jira

import (
	"fmt"
	"jerem/agile"
	"net/http"
	"testing"
)

// TestSprintDates: a date that cannot be believed is left out and told.
func TestSprintDates(t *testing.T) {
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"startAt":0,"isLast":true,"values":[{"id":1,"state":"CLOSED",`+
			`"startDate":"1000000-01-01T00:00:00.000Z","endDate":"2026-01-02T00:00:00.000Z",`+
			`"completeDate":"<null>"},{"id":2}]}`)
	})
	got, err := c.Sprints(t.Context(), 1)
	if err != nil || len(got) != 2 || !got[0].Start.IsZero() || got[0].End.IsZero() ||
		fmt.Sprint(got[0].Unreadable, got[1].Unreadable) != "[startDate] []" || got[0].State != agile.Closed {
		t.Errorf("%+v, %v", got, err)
	}
}
