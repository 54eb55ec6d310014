package jirasim

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

const sprintStory = `-- board 1 scrum P "Project" --
-- sprints --
1 "One" 2026-01-05 09:00 .. 2026-01-16 17:00 renamed 2026-01-07 10:00 "One: the long one" ` +
	`moved 2026-01-08 10:00 .. 2026-01-20 17:00 closed 2026-01-20 17:00 next=2 ` +
	`reopened 2026-01-21 09:00 closed 2026-01-22 17:00
2 "Two" 2026-01-23 09:00 .. 2026-02-03 17:00 moved 2026-01-24 09:00 2026-01-26 09:00 .. 2026-02-06 17:00
-- P-1 Story "Early" --
2026-01-02 10:00 created
2026-01-05 10:00 sprint=1
2026-01-07 11:00 sprint=none
-- P-2 Story "Open at the close" --
2026-01-21 10:00 created sprint=1
`

// TestSprintsChange: a sprint shows the name, the dates and the state that it has at each moment.
func TestSprintsChange(t *testing.T) {
	site, err := sitedata.LoadScenario("s", []byte(sprintStory))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		day, hour, id int
		want          string
	}{
		{4, 12, 1, "future One 2026-01-05T09:00:00.000Z..2026-01-16T17:00:00.000Z <nil> <nil>"},
		{7, 9, 1, "active One 2026-01-05T09:00:00.000Z..2026-01-16T17:00:00.000Z <nil> <nil>"},
		{7, 10, 1, "active One: the long one 2026-01-05T09:00:00.000Z..2026-01-16T17:00:00.000Z <nil> <nil>"},
		{8, 10, 1, "active One: the long one 2026-01-05T09:00:00.000Z..2026-01-20T17:00:00.000Z <nil> <nil>"},
		{20, 17, 1, "closed One: the long one 2026-01-05T09:00:00.000Z..2026-01-20T17:00:00.000Z " +
			"2026-01-20T17:00:00.000Z <nil>"},
		{21, 9, 1, "active One: the long one 2026-01-05T09:00:00.000Z..2026-01-20T17:00:00.000Z <nil> <nil>"},
		{22, 18, 1, "closed One: the long one 2026-01-05T09:00:00.000Z..2026-01-20T17:00:00.000Z " +
			"2026-01-22T17:00:00.000Z <nil>"},
		{23, 10, 2, "active Two 2026-01-23T09:00:00.000Z..2026-02-03T17:00:00.000Z <nil> <nil>"},
		{24, 10, 2, "active Two 2026-01-26T09:00:00.000Z..2026-02-06T17:00:00.000Z <nil> 2026-01-23T09:00:00.000Z"},
	} {
		s := site.ViewAt(time.Date(2026, 1, x.day, x.hour, 0, 0, 0, time.UTC)).FindSprint(int64(x.id))
		if got := fmt.Sprintf("%v %v %v..%v %v %v", s["state"], s["name"], s["startDate"], s["endDate"],
			s["completeDate"], s["activatedDate"]); got != x.want {
			t.Errorf("sprint %d on day %d at %d:\n got %s\nwant %s", x.id, x.day, x.hour, got, x.want)
		}
	}
}

// TestHistoryNamesSprints: a history names a sprint as it was called then; what a reopened sprint holds at its
// second close gets the next one too.
func TestHistoryNamesSprints(t *testing.T) {
	site, err := sitedata.LoadScenario("s", []byte(sprintStory))
	if err != nil {
		t.Fatal(err)
	}
	v := site.ViewAt(site.Last())
	h := v.FindIssue("P-1").Histories
	if in, out := wire.At(wire.List(h[0].Body["items"])[0], "toString"), wire.At(wire.List(h[1].Body["items"])[0],
		"fromString"); in != "One" || out != "One: the long one" {
		t.Errorf("it came into %v and left %v", in, out)
	}
	if got := wire.Text(wire.At(wire.List(v.FindIssue("P-2").Histories[0].Body["items"])[0], "to")); got != "1, 2" {
		t.Errorf("what was open at the second close stands in %q", got)
	}
}

// TestErasedTime: where all logged time was erased the time spent is 0, as its history says, and not unknown.
func TestErasedTime(t *testing.T) {
	site, err := sitedata.LoadScenario("s",
		[]byte("-- P-1 Story \"Work\" --\n2026-01-02 10:00 created\n2026-01-02 11:00 "+
			"log 1h\n2026-01-02 12:00 unlog 1\n2026-01-02 13:00 log 2h\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		hour        int
		now, change string
	}{{10, "null", ""}, {11, "3600", "<nil> 3600"}, {12, "0", "3600 0"}, {13, "7200", "0 7200"}} {
		i := site.ViewAt(time.Date(2026, 1, 2, x.hour, 30, 0, 0, time.UTC)).FindIssue("P-1")
		now, _ := json.Marshal(i.Fields["timespent"])
		if string(now) != x.now {
			t.Errorf("at %d the time spent is %s, want %s", x.hour, now, x.now)
		}
		if n := len(i.Histories); n > 0 {
			for _, item := range wire.List(i.Histories[n-1].Body["items"]) {
				if got := fmt.Sprint(wire.At(item, "from"), " ", wire.At(item, "to")); wire.At(item,
					"field") == "timespent" && got != x.change {
					t.Errorf("at %d the history says %s, want %s", x.hour, got, x.change)
				}
			}
		}
	}
}
