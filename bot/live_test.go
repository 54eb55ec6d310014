package bot

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	reading "jerem/sync"
)

// TestLive: a trouble stands from its first try until one goes well; teams and sinks are told apart; a stop is none.
func TestLive(t *testing.T) {
	var b Bot
	away := &problem.Problem{Code: jira.Unreachable, Message: "no answer"}
	noteReadings(t.Context(), &b, []reading.Summary{{Team: "A", Err: away}, {Team: "B"}}, reading.TeamErrors{away})
	first := b.Live.Troubles()
	if len(first) != 1 || first[0].Team != "A" || first[0].Posting || first[0].Person || first[0].Since.IsZero() {
		t.Fatalf("%+v", first)
	}
	b.Live.noteOutcome("B", "warp10", &problem.Problem{Status: 403, Message: "no right"})
	noteReadings(t.Context(), &b, []reading.Summary{{Team: "A", Err: errors.New("another")}, {Team: "B"}}, nil)
	again := b.Live.Troubles()
	if len(again) != 2 || again[0].Since != first[0].Since || again[0].Err.Error() != "another" || !again[1].Posting ||
		!again[1].Person {
		t.Errorf("%+v", again)
	}
	full := &problem.Problem{Code: store.Full, Message: "the disk is full"}
	noteReadings(t.Context(), &b, nil, errors.Join(away, full))
	if all := b.Live.Troubles(); len(all) != 3 || all[0].Team != "" {
		t.Errorf("%+v", all)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	noteReadings(stopped, &b, nil, stopped.Err())
	noteReadings(t.Context(), &b, []reading.Summary{{Team: "A"}, {Team: "B"}}, nil)
	b.Live.noteOutcome("B", "warp10", nil)
	if all := b.Live.Troubles(); len(all) != 0 {
		t.Errorf("goes on: %+v", all)
	}
}

// TestNeedsPerson: what asking again alone does not mend is told apart, also inside other errors.
func TestNeedsPerson(t *testing.T) {
	for _, c := range []struct {
		err  error
		want bool
	}{
		{&problem.Problem{Code: jira.Unauthorized}, true}, {&problem.Problem{Code: jira.Forbidden},
			true}, {&problem.Problem{Code: jira.Unreachable}, false}, {&problem.Problem{Code: jira.Failing}, false},
		{&problem.Problem{Code: reading.WrongClock}, true}, {&problem.Problem{Code: reading.ClockFellBack}, true},
		{&problem.Problem{Code: reading.OtherSite}, true},
		{fmt.Errorf("cycle: %w", &problem.Problem{Code: "sync.wrong_clock"}), true},
		{&problem.Problem{Code: "sync.doubted"}, false},
		{&problem.Problem{Code: jira.Limited}, false}, {&problem.Problem{Code: store.Full}, true},
		{&problem.Problem{Code: store.Older}, true}, {&problem.Problem{Code: store.Superseded}, false},
		{&problem.Problem{Code: store.Unreachable}, true}, {&problem.Problem{Code: store.Mismatch}, false},
		{&problem.Problem{Code: store.Locked}, false}, {&problem.Problem{Status: 401}, true},
		{&problem.Problem{Status: 500}, false}, {errors.New("other"),
			false}, {fmt.Errorf("team A: %w", &problem.Problem{Code: jira.NotFound}), true},
	} {
		if got := needsPerson(c.err); got != c.want {
			t.Errorf("%v: %v", c.err, got)
		}
	}
}

// TestLiveReading: progress is told while a reading runs, and forgotten when it ends.
func TestLiveReading(t *testing.T) {
	var b Bot
	if b.Live.Reading() != nil {
		t.Error("nothing is read yet")
	}
	b.Live.Progressed(reading.Progress{})
	b.Live.reading.Since = time.Unix(0, 0)
	if r := b.Live.Reading(); r == nil || r.Total != 0 {
		t.Errorf("a reading that asks for boards is %+v", r)
	}
	b.Live.Progressed(reading.Progress{Done: 100, Total: 500})
	if took := time.Since(b.Live.Reading().Since); took > time.Hour {
		t.Errorf("its issues are read since %v", took)
	}
	since := b.Live.Reading().Since
	b.Live.Progressed(reading.Progress{Done: 200, Total: 500})
	if r := b.Live.Reading(); r.Done != 200 || r.Total != 500 || r.Since != since {
		t.Errorf("%+v", r)
	}
	noteReadings(t.Context(), &b, nil, nil)
	if b.Live.Reading() != nil {
		t.Error("goes on after the end")
	}
}
