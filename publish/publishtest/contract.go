package publishtest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
)

// Subject is a sink with a way to read what stands there.
type Subject struct {
	Sink publish.Sink
	Now  time.Time // a moment of which it takes points
	// Read returns the points that stand of a series, in ascending order.
	Read func(t *testing.T, s series.Series) []series.Point
}

// Contract holds a sink to what it says it can. open returns one where nothing of the series of a test stands.
func Contract(t *testing.T, open func(t *testing.T) Subject) {
	for name, test := range map[string]func(t *testing.T, x Subject){
		"taken": testTaken, "body": testBody, "old": testOld, "texts": testTexts, "overwrites": testOverwrites,
		"deletes": testDeletes, "named": testNamed,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// makeSeries makes a series of numbers a minute apart, the last of them at a moment. Its sprint is the test's own.
func (x Subject) makeSeries(t *testing.T, end time.Time, values ...float64) series.Series {
	s := series.Series{Class: "jerem.jira.sprint.storypoint.done",
		Labels: map[string]string{"project": `K8S "é\ ,={}`, "sprint": fmt.Sprint(t.Name(), " ", x.Now.UnixNano())}}
	for n, value := range values {
		s.Add(end.Truncate(time.Minute).Add(time.Duration(n+1-len(values))*time.Minute), series.Double(value))
	}
	return s
}

func (x Subject) pushSeries(t *testing.T, list ...series.Series) {
	t.Helper()
	if err := x.Sink.Push(t.Context(), list); err != nil {
		t.Fatal(err)
	}
}

func (x Subject) assertStands(t *testing.T, what string, s series.Series, want []series.Point) {
	t.Helper()
	got := x.Read(t, s)
	if !cmp.Equal(got, want, cmp.Comparer(func(a, b series.Value) bool { return a == b })) {
		t.Errorf("%s: %v stands, want %v", what, got, want)
	}
}

// testTaken: what was taken stands, once however often it is pushed.
func testTaken(t *testing.T, x Subject) {
	s := x.makeSeries(t, x.Now, 1, 2.5, 0, -3)
	x.pushSeries(t, s)
	x.assertStands(t, "pushed", s, s.Points)
	s.Points = s.Points[3:] // a store that takes no old points takes the last one again
	x.pushSeries(t, s)
	again := x.makeSeries(t, x.Now, 1, 2.5, 0, -3)
	x.assertStands(t, "pushed again", s, again.Points)
}

// testBody: a body that was written ahead brings what a push brings.
func testBody(t *testing.T, x Subject) {
	sink, ok := x.Sink.(publish.Encoder)
	if !ok {
		t.Skip("the sink writes no bodies ahead")
	}
	s := x.makeSeries(t, x.Now, 7, 8)
	x.pushSeries(t, x.makeSeries(t, x.Now.Add(-2*time.Minute),
		6)) // by now everything is known that is needed to write one
	body, err := sink.Encode([]series.Series{s})
	if err != nil || sink.Encoding() == "" {
		t.Fatalf("%q: %v", sink.Encoding(), err)
	}
	if err := sink.PushBody(t.Context(), []series.Series{s}, body); err != nil {
		t.Fatal(err)
	}
	all := x.makeSeries(t, x.Now, 6, 7, 8)
	x.assertStands(t, "written ahead", s, all.Points)
}

// testOld: a point of a year before stands, or is refused as such.
func testOld(t *testing.T, x Subject) {
	young, old := x.makeSeries(t, x.Now, 2), x.makeSeries(t, x.Now.AddDate(-1, 0, 0), 1)
	x.pushSeries(t, young)
	err := x.Sink.Push(t.Context(), []series.Series{old})
	if x.Sink.Capabilities().OldPoints {
		if err != nil {
			t.Fatal(err)
		}
		x.assertStands(t, "old and young", young, append(old.Points, young.Points...))
		return
	}
	var e *problem.Problem
	if !errors.As(err, &e) || e.Code != publish.TooOld || e.Hint == "" {
		t.Errorf("an old point: %v", err)
	}
	x.assertStands(t, "young", young, young.Points)
}

// testTexts: texts stand where they are taken; numbers beside them always do.
func testTexts(t *testing.T, x Subject) {
	events, numbers := x.makeSeries(t, x.Now, 1), x.makeSeries(t, x.Now, 4)
	events.Class, events.Points[0].Value = "jerem.jira.sprint.events", series.String("start, 'é'")
	if !x.Sink.Capabilities().Texts {
		x.pushSeries(t, numbers)
		x.assertStands(t, "numbers", numbers, numbers.Points)
		return
	}
	x.pushSeries(t, numbers, events)
	x.assertStands(t, "numbers", numbers, numbers.Points)
	x.assertStands(t, "texts", events, events.Points)
}

// testOverwrites: a sink that overwrites has the later value.
func testOverwrites(t *testing.T, x Subject) {
	if !x.Sink.Capabilities().Overwrites {
		t.Skip("the sink does not overwrite")
	}
	first, later := x.makeSeries(t, x.Now, 9, 9, 9), x.makeSeries(t, x.Now, 9, 5, 9)
	x.pushSeries(t, first)
	x.pushSeries(t, later)
	x.assertStands(t, "overwritten", later, later.Points)
}

// testDeletes: what is deleted is gone, and nothing else; what is pushed afterwards stands.
func testDeletes(t *testing.T, x Subject) {
	deletes := x.Sink.Capabilities().Deletes
	if deletes == publish.DeletesNothing {
		t.Skip("the sink deletes nothing")
	}
	s, other, longer := x.makeSeries(t, x.Now, 1, 2, 3), x.makeSeries(t, x.Now, 6), x.makeSeries(t, x.Now, 7)
	other.Labels["sprint"] += " other"
	longer.Labels["quarter"] = "Q4-26"
	x.pushSeries(t, s, other, longer)
	x.assertStands(t, "what is to be deleted", s, s.Points) // a store may need a second until it finds what it took
	middle := s.Points[1].Tick
	err := x.Sink.Delete(t.Context(),
		[]series.Range{{Key: s.Key(), Stretch: series.Stretch{First: middle, Last: middle}}})
	if err != nil {
		t.Fatal(err)
	}
	left := []series.Point{s.Points[0], s.Points[2]}
	if deletes == publish.DeletesSeries {
		left = nil
	}
	x.assertStands(t, "what was not deleted", s, left)
	x.assertStands(t, "another series", other, other.Points)
	x.assertStands(t, "a series of further labels", longer, longer.Points)
	corrected := x.makeSeries(t, x.Now, 1, 1, 1)
	x.pushSeries(t, corrected)
	x.assertStands(t, "pushed after a deletion", s, corrected.Points)
}

// testNamed: a sink has a name, the same each time.
func testNamed(t *testing.T, x Subject) {
	if name := x.Sink.Name(); name == "" || name != x.Sink.Name() {
		t.Errorf("it is called %q", name)
	}
}
