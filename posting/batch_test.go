package posting_test

import (
	"bytes"
	"cmp"
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
	"jerem/posting"
	"jerem/publish"
	"jerem/series"
	"jerem/store"
	"jerem/store/storetest"
)

// nobody observes nothing.
type nobody struct{}

func (nobody) Pushed(string, publish.Outcome, bool)         {}
func (nobody) Reached(string, string, time.Time)            {}
func (nobody) Pending(string, string, int)                  {}
func (nobody) Bounded(string, time.Duration, time.Duration) {}
func (nobody) Left(string, string)                          {}

func newPoster(t *testing.T, log *slog.Logger) *posting.Poster {
	t.Helper()
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &posting.Poster{Store: s, Interval: 12 * time.Hour, Log: log, Now: time.Now, Observer: nobody{}}
}

// encoding is a sink that keeps nothing of what it takes. Each request waits until the body of the next one was begun,
// as long as more points are to come.
type encoding struct {
	name, form   string
	begun        chan struct{} // one for each body
	encoded      atomic.Int64
	sent, ahead  int64
	points, want int
}

func (e *encoding) Name() string                                 { return e.name }
func (e *encoding) Push(context.Context, []series.Series) error  { panic("a body was made") }
func (e *encoding) Delete(context.Context, []series.Range) error { return nil }
func (e *encoding) Capabilities() publish.Capabilities {
	return publish.Capabilities{OldPoints: true, Overwrites: true, Deletes: publish.DeletesRanges, Texts: true}
}

func (e *encoding) Encoding() string { return cmp.Or(e.form, "text") }
func (e *encoding) Encode(list []series.Series) (b []byte, err error) {
	e.encoded.Add(1)
	e.begun <- struct{}{}
	for i := range list {
		b = list[i].AppendGTS(b)
	}
	return b, nil
}

func (e *encoding) PushBody(ctx context.Context, list []series.Series, body []byte) error {
	for i := range list {
		e.points += len(list[i].Points)
	}
	if lines := bytes.Count(body, []byte("\n")); lines > posting.PerPush || lines == 0 {
		panic(lines)
	}
	<-e.begun // its own
	if e.points < e.want {
		select {
		case <-e.begun:
			e.begun <- struct{}{}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	e.sent++
	e.ahead = max(e.ahead, e.encoded.Load()-e.sent)
	return nil
}

// TestBatchesAhead: while a batch is sent the next one is made, and no further one; the log tells every ten seconds how
// far it is.
func TestBatchesAhead(t *testing.T) {
	if testing.Short() {
		t.Skip("all series of 500 issues are made twice")
	}
	var log bytes.Buffer
	p := newPoster(t, slog.New(slog.NewTextHandler(&log, nil)))
	now := time.Unix(0, 0)
	p.Now = func() time.Time { now = now.Add(4 * time.Second); return now }
	h := storytest.BigHistoryOf(500)
	counted := &encoding{name: "counted", begun: make(chan struct{}, 1000)}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	p.Progress = func(at posting.Progress) { counted.want = at.Total }
	if _, _, err := p.Repost(ctx, counted, posting.Past{History: h}); err != nil {
		t.Fatal(err)
	}
	sink := &encoding{name: "waiting", begun: make(chan struct{}, 1000), want: counted.points}
	log.Reset()
	if _, points, err := p.Repost(ctx, sink, posting.Past{History: h}); err != nil || points != sink.points {
		t.Fatal(points, err)
	}
	if sink.sent < 4 || sink.ahead != 1 {
		t.Errorf("%d requests, up to %d bodies were made ahead", sink.sent, sink.ahead)
	}
	if lines := strings.Count(log.String(), "msg=posting "); lines < 1 || lines > int(sink.sent)/2 {
		t.Errorf("%d lines of %d requests four seconds apart:\n%s", lines, sink.sent, log.String())
	}
}

// TestBodiesOnce: what two sinks take alike is written once; one that takes another form has it written for itself.
func TestBodiesOnce(t *testing.T) {
	p := newPoster(t, slog.New(slog.DiscardHandler))
	p.Bodies = &publish.Bodies{}
	h := storytest.BigHistoryOf(500)
	for _, one := range []struct {
		name, form string
		isWritten  bool
	}{{"first", "text", true}, {"alike", "text", false}, {"other", "other text", true}} {
		sink := &encoding{name: one.name, form: one.form, begun: make(chan struct{}, 1000)}
		for range cap(sink.begun) / 2 { // waits for nothing
			sink.begun <- struct{}{}
		}
		if _, _, err := p.Repost(t.Context(), sink, posting.Past{History: h}); err != nil || sink.points == 0 ||
			sink.sent < 2 {
			t.Fatal(sink.points, sink.sent, err)
		}
		want := int64(0)
		if one.isWritten {
			want = sink.sent
		}
		if n := sink.encoded.Load(); n != want {
			t.Errorf("%s: %d bodies were written for %d requests, want %d", one.name, n, sink.sent, want)
		}
	}
}

// TestToldIsPosted: by hand the same points are posted where another process told of the noons of the past, and nothing
// of that is worked out again.
func TestToldIsPosted(t *testing.T) {
	if testing.Short() {
		t.Skip("all series of 300 issues are made four times")
	}
	h := storytest.BigHistoryOf(300)
	var other timeseries.Told
	if _, err := other.Pieces(t.Context(), measure.Of(h), h.Until); err != nil {
		t.Fatal(err)
	}
	pointsOf := func(told []timeseries.ToldFigures) int {
		sink := &encoding{name: "told", begun: make(chan struct{}, 1000)}
		past := posting.Past{History: h, Told: told}
		_, points, err := newPoster(t, slog.New(slog.DiscardHandler)).Repost(t.Context(), sink, past)
		if err != nil {
			t.Fatal(err)
		}
		return points
	}
	told := other.Figures()
	want := pointsOf(nil)
	if got := pointsOf(told); got != want {
		t.Errorf("%d points with what was told, %d without", got, want)
	}
	odds := 0
	for n := range told {
		if told[n].Figures.Odds != nil {
			told[n].Figures.Odds = nil
			odds++
		}
	}
	if got := pointsOf(told); odds == 0 || got > want-odds {
		t.Errorf("%d points of %d where %d odds were told as none: they are worked out again", got, want, odds)
	}
}
