package publish_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jerem/problem"
	"jerem/publish"
	"jerem/publish/warp10"
	"jerem/series"
	warp10sim "jerem/sim/warp10"
)

// delivery is a delivery to a played platform, whose clock the test moves. front may answer in place of the platform.
type delivery struct {
	*publish.Delivery
	platform *warp10sim.Server
	platformClock
	settled map[string]int64
}

type platformClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *platformClock) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *platformClock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func deliver(t *testing.T, token string, front func(next http.Handler) http.Handler) *delivery {
	t.Helper()
	d := &delivery{platform: warp10sim.New(), settled: map[string]int64{}}
	d.now = time.UnixMicro(1_700_000_000_000_000)
	d.platform.Now = d.time
	handler := http.Handler(d.platform)
	if front != nil {
		handler = front(handler)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	d.Delivery = &publish.Delivery{Sink: &warp10.Sink{URL: server.URL, Token: token, Pause: time.Nanosecond, Tries: 2},
		Pause: time.Nanosecond, Now: d.time}
	return d
}

func (d *delivery) post(t *testing.T, list []series.Series) (publish.Outcome, error) {
	t.Helper()
	return d.Post(t.Context(), list, func(part []series.Series) error {
		for _, s := range part {
			d.settled[s.Key()] = s.Points[len(s.Points)-1].Tick
		}
		return nil
	})
}

// stepped is a series of points a minute apart, the last of them at a moment.
func stepped(name string, points int, last time.Time) series.Series {
	s := series.Series{Class: "c", Labels: map[string]string{"name": name}}
	for n := range points {
		s.Points = append(s.Points, series.Point{Tick: series.Tick(last.Add(time.Duration(n+1-points) * time.Minute)),
			Value: series.Double(float64(n))})
	}
	return s
}

// TestDeliveryQuota: under a quota by the second everything arrives, the small series first, and nothing that was
// taken is posted again.
func TestDeliveryQuota(t *testing.T) {
	d := deliver(t, warp10sim.Throttled, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, r) })
	})
	d.platform.Rate, d.platform.Sleep = 2000, d.add
	var list []series.Series
	for n := range 300 {
		size := 3
		if n%7 == 0 {
			size = 2000
		}
		list = append(list, stepped(fmt.Sprint(n), size, d.now))
	}
	d.Lines = 10_000
	began := d.time()
	for tries := 0; len(d.settled) < len(list); tries++ {
		var left []series.Series
		for _, s := range list {
			if d.settled[s.Key()] == 0 {
				left = append(left, s)
			}
		}
		_, err := d.post(t, left)
		var e *problem.Problem
		if err != nil && (!errors.As(err, &e) || e.Code != publish.Limited) || tries > 100 {
			t.Fatalf("after %d tries %d of %d series are taken: %v", tries, len(d.settled), len(list), err)
		}
		d.add(time.Second)
	}
	points := len(d.platform.Points())
	if want := 43*2000 + 257*3; points != want {
		t.Errorf("%d points stand there, want %d", points, want)
	}
	if took, ideal := d.time().Sub(began), time.Duration(points)*time.Second/2000; took > ideal*5/4 {
		t.Errorf("took %v, the quota allows %v", took, ideal)
	}
}

// TestDeliveryTooLarge: a proxy that takes small bodies only gets small ones, down to parts of one series; its limit
// is kept to from then on, and a point that is too large alone sets its series aside.
func TestDeliveryTooLarge(t *testing.T) {
	for name, refuse := range map[string]func(w http.ResponseWriter){
		"413": func(w http.ResponseWriter) { w.WriteHeader(http.StatusRequestEntityTooLarge) },
		"502": func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) },
		"cut": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			var refused atomic.Int64
			d := deliver(t, warp10sim.Write, func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					body, _ := io.ReadAll(r.Body)
					if len(body) > 900 {
						refused.Add(1)
						refuse(w)
						return
					}
					r.Body = io.NopCloser(bytes.NewReader(body))
					next.ServeHTTP(w, r)
				})
			})
			large := 3000
			if testing.Short() {
				large = 500
			}
			list := []series.Series{stepped("large", large, d.now), stepped("a", 2, d.now), stepped("b", 5, d.now)}
			if done, err := d.post(t, list); err != nil || done.Points != large+7 {
				t.Fatal(done, err)
			}
			if n := len(d.platform.Points()); n != large+7 {
				t.Errorf("%d points stand there", n)
			}
			first := refused.Load()
			_, err := d.post(t, list)
			if more := refused.Load() - first; err != nil || first == 0 || more != 0 {
				t.Errorf("%d requests were refused, then %d more although the limit was known; %v", first, more, err)
			}
		})
	}
}

// TestDeliveryAway: a sink that is away is not asked with ever smaller requests.
func TestDeliveryAway(t *testing.T) {
	var asked atomic.Int64
	d := deliver(t, warp10sim.Write, func(http.Handler) http.Handler {
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1); panic(http.ErrAbortHandler) })
	})
	_, err := d.post(t, []series.Series{stepped("a", 3000, d.now)})
	var e *problem.Problem
	if !errors.As(err, &e) || e.Code != publish.Unreachable || asked.Load() > 4 {
		t.Errorf("%d requests, %v", asked.Load(), err)
	}
}

// TestDeliveryOneTooLarge: what does not go through even alone is set aside, and the rest goes on.
func TestDeliveryOneTooLarge(t *testing.T) {
	d := deliver(t, warp10sim.Write, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			if r.URL.Path == "/api/v0/update" && len(body) > 300 {
				w.WriteHeader(http.StatusRequestEntityTooLarge)
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(w, r)
		})
	})
	random, text := rand.New(rand.NewPCG(1, 2)), make([]byte, 2000) // which cannot be compressed
	for i := range text {
		text[i] = byte('a' + random.IntN(26))
	}
	huge := line("c", map[string]string{"name": "huge"}, series.String(string(text)))
	done, err := d.post(t, []series.Series{huge, stepped("a", 3, d.now), stepped("b", 3, d.now)})
	if err != nil || done.Points != 6 || done.RejectedPoints != 1 || len(done.Rejected) != 1 ||
		done.Rejected[0].Series != huge.Key() {
		t.Errorf("%+v %v", done, err)
	}
}

// TestDeliveryBounds: a platform that takes nothing older, or nothing further ahead, gets all the rest, the bound
// sought to within an hour; it moves on with the clock and is told.
func TestDeliveryBounds(t *testing.T) {
	for _, unit := range []int64{0, 1_000, 1_000_000_000} {
		d := deliver(t, warp10sim.Write, nil)
		d.platform.MaxPast, d.platform.MaxFuture, d.platform.Unit = 15*24*time.Hour, 3*time.Hour, unit
		sparse := stepped("sparse", 3, d.now)
		sparse.Points[0].Tick = series.Tick(d.now.AddDate(-1, 0, 0))
		ahead := stepped("ahead", 3, d.now.Add(5*time.Hour))
		ahead.Points[0].Tick = series.Tick(d.now.Add(time.Hour))
		list := []series.Series{stepped("dense", 60*24*30, d.now), sparse, ahead, stepped("young", 5, d.now)}
		d.Lines = 5000
		done, err := d.post(t, list)
		if err != nil || done.Past < 60*24*15 || done.Past > 60*24*15+62 || done.Future != 2 || len(done.Rejected) > 0 {
			t.Fatalf("unit %d: %+v %v", unit, done, err)
		}
		if n := len(d.platform.Points()); n != done.Points || n < 60*24*15-60 {
			t.Errorf("unit %d: %d points stand there, %d are told", unit, n, done.Points)
		}
		past, future := d.Bounds()
		if past < d.platform.MaxPast-time.Hour || past > d.platform.MaxPast || future < 3*time.Hour ||
			future > 6*time.Hour {
			t.Errorf("unit %d: the bounds are told as %v and %v", unit, past, future)
		}
		if len(d.settled) != len(list) {
			t.Errorf("unit %d: what lies beyond the bounds is not settled: %v", unit, d.settled)
		}
		d.add(4 * time.Hour) // what lay ahead no longer does
		if done, err := d.post(t, []series.Series{ahead}); err != nil || done.Future != 0 || done.Points != 3 {
			t.Errorf("unit %d, later: %+v %v", unit, done, err)
		}
	}
}

// TestDeliveryRejected: a line that the platform cannot read sets its series aside, and the sums say so.
func TestDeliveryRejected(t *testing.T) {
	d := deliver(t, warp10sim.Write, nil)
	long := line("c", map[string]string{"name": "long"}, series.Long(1), series.String(strings.Repeat("x", 70000)))
	done, err := d.post(t, []series.Series{stepped("a", 3, d.now), long, stepped("b", 4, d.now)})
	if err != nil || done.Points != 7 || done.RejectedPoints != 2 || len(done.Rejected) != 1 ||
		done.Rejected[0].Series != long.Key() {
		t.Errorf("%+v %v", done, err)
	}
	if len(d.settled) != 3 {
		t.Errorf("%v", d.settled)
	}
}

func line(class string, labels map[string]string, values ...series.Value) series.Series {
	s := series.Series{Class: class, Labels: labels}
	for i, v := range values {
		s.Points = append(s.Points, series.Point{Tick: 1700000000000000 + int64(i)*60000000, Value: v})
	}
	return s
}
