package warp10_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/problem"
	"jerem/publish"
	"jerem/publish/publishtest"
	"jerem/publish/warp10"
	"jerem/series"
	warp10sim "jerem/sim/warp10"
)

// platform is a Warp 10 that a suite runs against: a played one, or a real one.
type platform struct {
	url, write, read string
}

// platforms returns the played platform and, where the environment names one, a real one.
func platforms(t *testing.T) map[string]platform {
	t.Helper()
	played := httptest.NewServer(warp10sim.New())
	t.Cleanup(played.Close)
	list := map[string]platform{"played": {played.URL, warp10sim.Write, warp10sim.Read}}
	if address := os.Getenv("WARP10_URL"); address != "" {
		list["real"] = platform{address, os.Getenv("WARP10_WRITE_TOKEN"), os.Getenv("WARP10_READ_TOKEN")}
	} else {
		t.Log("SKIPPED for a real platform: set WARP10_URL, WARP10_WRITE_TOKEN and WARP10_READ_TOKEN")
	}
	return list
}

// contract runs a test against each platform, with a class of its own that is deleted afterwards.
func contract(t *testing.T, test func(t *testing.T, p platform, sink *warp10.Sink, class string)) {
	for name, p := range platforms(t) {
		t.Run(name, func(t *testing.T) {
			sink := &warp10.Sink{URL: p.url, Token: p.write, Pause: time.Millisecond}
			class := fmt.Sprintf("jerem.test.%d", time.Now().UnixNano())
			t.Cleanup(func() { p.forget(t, class) })
			test(t, p, sink, class)
		})
	}
}

func (p platform) ask(t *testing.T, address string, token string) string {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, strings.TrimRight(p.url, "/")+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Warp10-Token", token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v %.300s", address, res.Status, err, body)
	}
	return string(body)
}

func (p platform) forget(t *testing.T, class string) {
	p.ask(t, "/api/v0/delete?deleteall=true&selector="+url.QueryEscape("~"+class+".*{}"), p.write)
}

// fetch returns the series of a class, points oldest first, values in the text form, which tells their types: in
// JSON a whole DOUBLE is written like a LONG.
func (p platform) fetch(t *testing.T, class string) map[string][]string {
	t.Helper()
	body := p.ask(t, "/api/v0/fetch?format=fulltext&start=-9000000000000000&stop=9000000000000000&token="+p.read+
		"&selector="+url.QueryEscape("~"+class+".*{}"), p.read)
	out := map[string][]string{}
	for line := range strings.Lines(body) {
		tick, rest, _ := strings.Cut(strings.TrimSpace(line), "// ")
		name, value, _ := strings.Cut(rest, "} ")
		of, labels, _ := strings.Cut(name, "{")
		s := series.Series{Class: unescaped(t, of), Labels: map[string]string{}}
		for pair := range strings.SplitSeq(labels, ",") {
			if label, text, _ := strings.Cut(pair, "="); label != ".app" {
				s.Labels[unescaped(t, label)] = unescaped(t, text)
			}
		}
		out[s.Key()] = append([]string{tick + " " + value}, out[s.Key()]...)
	}
	return out
}

func unescaped(t *testing.T, text string) string {
	t.Helper()
	plain, err := url.PathUnescape(text)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// wanted writes series as fetch returns them.
func wanted(list ...series.Series) map[string][]string {
	out := map[string][]string{}
	for _, s := range list {
		for _, p := range s.Points {
			out[s.Key()] = append(out[s.Key()], fmt.Sprintf("%d %s", p.Tick, p.Value.GTS()))
		}
	}
	return out
}

func line(class string, labels map[string]string, values ...series.Value) series.Series {
	s := series.Series{Class: class, Labels: labels}
	for i, v := range values {
		s.Points = append(s.Points, series.Point{Tick: 1700000000000000 + int64(i)*60000000, Value: v})
	}
	return s
}

// TestContract holds the sink to what it says it can, with the played platform.
func TestContract(t *testing.T) {
	p := platforms(t)["played"]
	publishtest.Contract(t, func(t *testing.T) publishtest.Subject {
		return publishtest.Subject{Sink: &warp10.Sink{URL: p.url, Token: p.write, Tries: 1}, Now: time.Now(),
			Read: func(t *testing.T, s series.Series) (out []series.Point) {
				for _, text := range p.fetch(t, s.Class)[s.Key()] {
					out = append(out, pointOf(t, text))
				}
				return out
			}}
	})
}

// pointOf reads a point as fetch returns it.
func pointOf(t *testing.T, text string) (p series.Point) {
	t.Helper()
	tick, value, _ := strings.Cut(text, " ")
	var err error
	if p.Tick, err = strconv.ParseInt(tick, 10, 64); err != nil {
		t.Fatal(err)
	}
	if quoted, ok := strings.CutPrefix(value, "'"); ok {
		p.Value = series.String(unescaped(t, strings.TrimSuffix(quoted, "'")))
	} else if err := p.Value.UnmarshalJSON([]byte(value)); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestWarp10ReadBack(t *testing.T) {
	contract(t, func(t *testing.T, p platform, sink *warp10.Sink, class string) {
		list := []series.Series{
			line(class, map[string]string{"project": "K8S", "sprint": "Sprint 1"}, series.Double(3), series.Double(2.5),
				series.Double(0)),
			line(class, map[string]string{"project": "K8S", "sprint": "Sprint 2"}, series.Long(3), series.Long(-1)),
			line(class+".events", map[string]string{"project": "K8S"}, series.String("start"),
				series.String("l'end é %\n")),
			line(class+".odd a+b%{}=,'\"é/", map[string]string{"k+1 é": "a b,+%{}=ü\nnew/'\"~&?#", "empty": ""},
				series.Long(1)),
			{Class: class + ".before", Labels: map[string]string{},
				Points: []series.Point{{Tick: -5, Value: series.Long(1)}}},
		}
		if err := sink.Push(t.Context(), list); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(wanted(list...), p.fetch(t, class)); diff != "" {
			t.Errorf("(−pushed +read):\n%s", diff)
		}
	})
}

func TestWarp10Overwrites(t *testing.T) {
	contract(t, func(t *testing.T, p platform, sink *warp10.Sink, class string) {
		first := line(class, map[string]string{"a": "b"}, series.Double(3), series.Double(1))
		second := line(class, map[string]string{"a": "b"}, series.Double(4.5))
		for _, s := range []series.Series{first, first, second} {
			if err := sink.Push(t.Context(), []series.Series{s}); err != nil {
				t.Fatal(err)
			}
		}
		want := line(class, map[string]string{"a": "b"}, series.Double(4.5), series.Double(1))
		if diff := cmp.Diff(wanted(want), p.fetch(t, class)); diff != "" {
			t.Errorf("(−want +read):\n%s", diff)
		}
	})
}

func TestWarp10Deletes(t *testing.T) {
	contract(t, func(t *testing.T, p platform, sink *warp10.Sink, class string) {
		a := line(class, map[string]string{"a": "x y,é"}, series.Long(1), series.Long(2), series.Long(3),
			series.Long(4))
		b := line(class, map[string]string{"a": "z"}, series.Long(1), series.Long(2))
		if err := sink.Push(t.Context(), []series.Series{a, b}); err != nil {
			t.Fatal(err)
		}
		gone := []series.Range{{Key: a.Key(), Stretch: series.Stretch{First: a.Points[1].Tick, Last: a.Points[2].Tick}},
			{Key: b.Key(), Stretch: series.Stretch{First: b.Points[0].Tick, Last: b.Points[0].Tick}}}
		if err := sink.Delete(t.Context(), gone); err != nil {
			t.Fatal(err)
		}
		a.Points, b.Points = append(a.Points[:1:1], a.Points[3]), b.Points[1:]
		if diff := cmp.Diff(wanted(a, b), p.fetch(t, class)); diff != "" {
			t.Errorf("(−want +read):\n%s", diff)
		}
	})
}

// TestWarp10MayNotDelete: a token without the right says so, with the remedy, and is not tried again.
func TestWarp10MayNotDelete(t *testing.T) {
	front := &flaky{next: warp10sim.New()}
	server := httptest.NewServer(front)
	defer server.Close()
	sink := &warp10.Sink{URL: server.URL, Token: warp10sim.NoDelete, Pause: time.Nanosecond}
	err := sink.Delete(t.Context(), []series.Range{{Key: "c{}", Stretch: series.Stretch{First: 1, Last: 2}}})
	var e *problem.Problem
	if !errors.As(err, &e) || e.Code != publish.NoDeletes || !strings.Contains(e.Hint, "may delete") ||
		front.asked != 1 {
		t.Errorf("%v after %d requests", err, front.asked)
	}
}

// TestWarp10InParts: a delivery in small requests, a series over several, leaves what was posted.
func TestWarp10InParts(t *testing.T) {
	contract(t, func(t *testing.T, p platform, sink *warp10.Sink, class string) {
		var list []series.Series
		for n := range 5 {
			s := line(class, map[string]string{"n": fmt.Sprint(n)})
			for i := range 11 {
				s.Points = append(s.Points, series.Point{Tick: int64(i), Value: series.Long(int64(i * n))})
			}
			list = append(list, s)
		}
		d := &publish.Delivery{Sink: sink, Lines: 7, Now: time.Now}
		if done, err := d.Post(t.Context(), list, func([]series.Series) error { return nil }); err != nil ||
			done.Points != 55 {
			t.Fatal(done, err)
		}
		if diff := cmp.Diff(wanted(list...), p.fetch(t, class)); diff != "" {
			t.Errorf("(−pushed +read):\n%s", diff)
		}
	})
}

// TestWarp10SetsAside: a series that the platform refuses is named, the others are taken.
func TestWarp10SetsAside(t *testing.T) {
	contract(t, func(t *testing.T, p platform, sink *warp10.Sink, class string) {
		good := line(class+".good", map[string]string{"a": "b"}, series.Long(1), series.Long(2))
		long := line(class+".long", map[string]string{"a": "b"}, series.Long(1),
			series.String(strings.Repeat("x", 70000)))
		last := line(class+".last", map[string]string{"a": "b"}, series.Long(1), series.Long(2))
		err := sink.Push(t.Context(), []series.Series{good, long, last})
		var rejected *publish.Rejected
		if !errors.As(err, &rejected) || len(rejected.Series) != 1 || rejected.Series[0].Series != long.Key() {
			t.Fatalf("error %.300v, want a rejection of %s", err, long.Key())
		}
		got := p.fetch(t, class)
		delete(got, long.Key()) // what stood before the bad point may be there
		if diff := cmp.Diff(wanted(good, last), got); diff != "" {
			t.Errorf("(−want +read):\n%s", diff)
		}
	})
}

// flaky answers as told, then lets requests through.
type flaky struct {
	next   http.Handler
	faults []func(http.ResponseWriter, *http.Request)
	asked  int
}

func (f *flaky) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/exec") { // which only tells the time unit
		f.next.ServeHTTP(w, r)
		return
	}
	f.asked++
	if len(f.faults) > 0 {
		fault := f.faults[0]
		f.faults = f.faults[1:]
		fault(w, r)
		return
	}
	f.next.ServeHTTP(w, r)
}

// status answers with an error page.
func status(code int, text string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		fmt.Fprintf(w, "<html><title>Error</title><tr><th>MESSAGE:</th><td>%s</td></tr></html>", text)
	}
}

func cut(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }

// half takes the request and stores it, and then the answer is lost.
func (f *flaky) half(w http.ResponseWriter, r *http.Request) {
	f.next.ServeHTTP(httptest.NewRecorder(), r)
	panic(http.ErrAbortHandler)
}

func TestWarp10Faults(t *testing.T) {
	f := func(name string, asked int, code problem.Code, hint string,
		faults ...func(http.ResponseWriter, *http.Request)) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			front := &flaky{next: warp10sim.New(), faults: faults}
			server := httptest.NewServer(front)
			defer server.Close()
			sink := &warp10.Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond, Tries: 3}
			err := sink.Push(t.Context(), []series.Series{line("c", map[string]string{"a": "b"}, series.Long(1))})
			var e *problem.Problem
			switch {
			case code == "" && err != nil:
				t.Errorf("failed: %v", err)
			case code != "" && (!errors.As(err, &e) || e.Code != code || !strings.Contains(e.Hint, hint)):
				t.Errorf("error %v, want %s with a hint on %q", err, code, hint)
			}
			if front.asked != asked {
				t.Errorf("%d requests, want %d", front.asked, asked)
			}
			if err != nil && strings.Contains(err.Error(), warp10sim.Write) {
				t.Errorf("the token is told: %v", err)
			}
		})
	}
	wrong, busy, down := status(403, "Error when updating data: Invalid token."), status(429,
		"Error when updating data: would exceed"), status(500, "Error when updating data: Early EOF")
	f("limited, then taken", 2, "", "", busy)
	f("failing, then taken", 3, "", "", down, down)
	f("cut, then taken", 2, "", "", cut)
	f("failing for ever", 3, publish.Failing, "again later", down, down, down, down)
	f("limited for ever", 3, publish.Limited, "quota", busy, busy, busy, busy)
	f("wrong token", 1, publish.Token, "metrics.token", wrong)
	f("expired token", 1, publish.Token, "expired", status(403, "Error when updating data: Token Expired."))
	f("token quoted", 1, publish.Token, "metrics.token", status(403, "Invalid token WRITE"))
	f("updates switched off", 1, publish.Refused, "operator", status(403, "Updates are momentarily disabled"))
	f("not a platform", 1, publish.NotASink, "metrics.url", status(404, "Not Found"))
}

// TestWarp10LostAnswer: a push whose answer is lost is repeated, and nothing stands there twice.
func TestWarp10LostAnswer(t *testing.T) {
	front := &flaky{next: warp10sim.New()}
	front.faults = append(front.faults, front.half)
	server := httptest.NewServer(front)
	defer server.Close()
	p := platform{server.URL, warp10sim.Write, warp10sim.Read}
	sink := &warp10.Sink{URL: server.URL, Token: p.write, Pause: time.Nanosecond}
	s := line("c", map[string]string{"a": "b"}, series.Long(1), series.Long(2))
	if err := sink.Push(t.Context(), []series.Series{s}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wanted(s), p.fetch(t, "c")); diff != "" {
		t.Errorf("(−pushed +read):\n%s", diff)
	}
}

// TestWarp10Stops: a push ends with its context.
func TestWarp10Stops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	front := &flaky{next: warp10sim.New(), faults: []func(http.ResponseWriter,
		*http.Request){func(w http.ResponseWriter, r *http.Request) { stop(); status(500, "x")(w, r) }}}
	server := httptest.NewServer(front)
	defer server.Close()
	sink := &warp10.Sink{URL: server.URL, Token: "t", Pause: time.Hour}
	err := sink.Push(ctx, []series.Series{line("c", nil, series.Long(1))})
	if !errors.Is(err, context.Canceled) || front.asked != 1 {
		t.Errorf("%v after %d requests", err, front.asked)
	}
}

// TestWarp10Addresses: the address may be written in several ways.
func TestWarp10Addresses(t *testing.T) {
	server := httptest.NewServer(http.StripPrefix("/metrics", warp10sim.New()))
	defer server.Close()
	for _, tail := range []string{"", "/", "/api/v0", "/api/v0/update", "/api/v0/update/"} {
		sink := &warp10.Sink{URL: server.URL + "/metrics" + tail, Token: warp10sim.Write, Tries: 1}
		if err := sink.Push(t.Context(), []series.Series{line("c", nil, series.Long(1))}); err != nil {
			t.Errorf("%q: %v", tail, err)
		}
	}
}
