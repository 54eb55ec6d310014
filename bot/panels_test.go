package bot

import (
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/series"
	warp10sim "jerem/sim/warp10"
	"jerem/sync/synctest"
)

// board is the older bot's dashboard before a played platform: its panels fetch at a moment, and reckon as they do.
type board struct {
	t        *testing.T
	platform *warp10sim.Server
	at       time.Time
	team     *measure.Team // as of the last reading
	quarter  string
}

// fetchedSeries is a series of an answer: class, labels and values, newest first.
type fetchedSeries struct {
	class, labels string
	ticks         []int64
	values        []string
}

// fetch asks for a class of the team; window is the rest of the question.
func (b *board) fetch(class, labels, window string) (out []*fetchedSeries) {
	b.t.Helper()
	selector := "~" + strings.ReplaceAll(class, ".", "[.]") + "{project=K8S" + labels + "}"
	rec := httptest.NewRecorder()
	b.platform.ServeHTTP(rec, httptest.NewRequest(http.MethodGet,
		"/api/v0/fetch?token=READ&format=fulltext&sortmeta=true&"+window+"&selector="+url.QueryEscape(selector), nil))
	if rec.Code != http.StatusOK {
		b.t.Fatal(class, rec.Code)
	}
	for line := range strings.Lines(rec.Body.String()) {
		tick, rest, _ := strings.Cut(strings.TrimSpace(line), "// ")
		name, value, _ := strings.Cut(rest, "} ")
		of, text, _ := strings.Cut(name, "{")
		n, err := strconv.ParseInt(tick, 10, 64)
		if err != nil {
			b.t.Fatal(line)
		}
		if len(out) == 0 || out[len(out)-1].class != of || out[len(out)-1].labels != text {
			out = append(out, &fetchedSeries{class: of, labels: text})
		}
		last := out[len(out)-1]
		last.ticks, last.values = append(last.ticks, n), append(last.values, value)
	}
	return out
}

func (b *board) lastHour() string { return fmt.Sprintf("now=%d&timespan=3600000000", b.at.UnixMicro()) }
func (b *board) newest(at time.Time) string {
	return fmt.Sprintf("now=%d&timespan=-1", at.UnixMicro())
}
func (b *board) since(days int) string {
	return fmt.Sprintf("start=%d&stop=%d", b.at.AddDate(0, 0, -days).UnixMicro(), b.at.UnixMicro())
}

// sum adds up the newest values of an answer; DOUBLE where double is set, else LONG: no other type may be met.
func (b *board) sum(list []*fetchedSeries, double bool) (x float64) {
	b.t.Helper()
	for _, s := range list {
		if strings.Contains(s.values[0], ".") != double {
			b.t.Errorf("%s is %s: types are mixed", s.class, s.values[0])
		}
		x += number(b.t, s.values[0])
	}
	return x
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// epics sums a class of the quarter's epics over the last hour.
func (b *board) epics(class string) float64 {
	return b.sum(b.fetch("jerem.jira.epic."+class, ",quarter="+b.quarter, b.lastHour()),
		!strings.Contains(class, "unestimated") && !strings.Contains(class, "dependency"))
}

// label returns a label of a series.
func (s *fetchedSeries) label(name string) string {
	for pair := range strings.SplitSeq(s.labels, ",") {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			return value
		}
	}
	return ""
}

// closed are the sprints that ended, with their newest value of a class.
func (b *board) closed(class, window string) map[string]float64 {
	out := map[string]float64{}
	for _, s := range b.fetch(class, "", window) {
		if s.label("sprint") != "current" && s.label("sprint") != series.Escape(b.current().Name) {
			out[s.label("sprint")] = number(b.t, s.values[0])
		}
	}
	return out
}

func (b *board) current() *measure.Sprint {
	for _, h := range b.team.Sprints(b.team.Now()) {
		if h.State == agile.Active {
			s, err := b.team.Sprint(h.ID, b.team.Now())
			if err != nil {
				b.t.Fatal(err)
			}
			return s
		}
	}
	b.t.Fatal("no sprint is active")
	return nil
}

// ended returns a figure of each closed sprint as of its close.
func (b *board) ended(figure func(*measure.Sprint) float64) map[string]float64 {
	out := map[string]float64{}
	for _, h := range b.team.Sprints(b.team.Now()) {
		if h.State != agile.Closed || h.Start == nil {
			continue
		}
		s, err := b.team.Sprint(h.ID, b.team.Now())
		if err != nil {
			b.t.Fatal(err)
		}
		out[series.Escape(h.Name)] = figure(s)
	}
	return out
}

func total(s *measure.Sprint) float64 { return s.ToDo.Estimate + s.Doing.Estimate + s.Done.Estimate }
func done(s *measure.Sprint) float64  { return s.Done.Estimate }

func mean(values map[string]float64) float64 {
	x := 0.0
	for _, name := range slices.Sorted(maps.Keys(values)) {
		x += values[name]
	}
	return x / float64(len(values))
}

// told returns what each epic's series says at a moment, summed up.
func (b *board) told(class string, at time.Time) (x float64) {
	for _, s := range timeseries.Between(b.team, time.Time{}, b.team.Now()) {
		if s.Class != class || s.Labels["quarter"] != b.quarter || !s.End.IsZero() && !at.Before(s.End) {
			continue
		}
		for i := len(s.Points) - 1; i >= 0; i-- {
			if s.Points[i].Tick <= at.UnixMicro() {
				x += s.Points[i].Value.Number()
				break
			}
		}
	}
	return x
}

// weekly takes the newest value of each epic in each week, by ISO weeks of UTC, and sums them up.
func (b *board) weekly(class string) map[string]float64 {
	out := map[string]float64{}
	for _, s := range b.fetch(class, ",quarter="+b.quarter, b.since(60)) {
		week := ""
		for i, tick := range s.ticks {
			if w := isoWeek(series.Time(tick)); w != week {
				week = w
				out[w] += number(b.t, s.values[i])
			}
		}
	}
	return out
}

// weeks is what the epics' series say at the end of each of those weeks.
func (b *board) weeks(class string) map[string]float64 {
	out := map[string]float64{}
	for at := b.team.Now(); at.After(b.at.AddDate(0, 0, -60)); {
		if x := b.told(class, at); x != 0 {
			out[isoWeek(at)] = x
		}
		monday := at.Truncate(24*time.Hour).AddDate(0, 0, -(int(at.Weekday())+6)%7)
		at = monday.Add(-time.Microsecond)
	}
	return out
}

func isoWeek(t time.Time) string {
	year, week := t.UTC().ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}

// nonZero leaves out what is 0, which a week without epics may or may not say.
func nonZero(values map[string]float64) map[string]float64 {
	maps.DeleteFunc(values, func(_ string, x float64) bool { return x == 0 })
	return values
}

// panels returns what each of the 24 panels reckons, and the figure that it should show.
func (b *board) panels() map[string][2]any {
	now, s := b.team.Now(), b.current()
	name, ok := measure.ParseQuarter(b.quarter)
	if !ok {
		b.t.Fatal(b.quarter)
	}
	q := b.team.Quarter(name, now)
	var all, ready float64
	for _, e := range q.Epics {
		all, ready = all+e.Total, ready+e.Done
	}
	left := b.epics("storypoint") - b.epics("storypoint.done")
	hour := b.lastHour()
	current := func(class string, double bool) float64 { return b.sum(b.fetch(class, ",sprint=current", hour), double) }
	sprint := func(part string) float64 { return current("jerem.jira.sprint.storypoint."+part, true) }
	atClose := b.closed("jerem.jira.sprint.storypoint.done", b.newest(b.at))
	totals := b.closed("jerem.jira.sprint.storypoint.total", b.newest(b.at))
	shares, wanted := map[string]float64{}, b.ended(func(s *measure.Sprint) float64 { return done(s) / total(s) })
	for sprint, x := range atClose {
		shares[sprint] = x / totals[sprint]
	}
	rows, rowsWanted := map[string]float64{}, map[string]float64{}
	for _, e := range b.fetch("jerem.jira.epic.storypoint", ",quarter="+b.quarter, hour) {
		rows[e.label("key")] = number(b.t, e.values[0])
	}
	for _, e := range q.Epics {
		rowsWanted[e.Key] = e.Total
	}
	natures, naturesWanted, times, timesWanted := map[string]float64{}, map[string]float64{}, map[string]float64{},
		map[string]float64{}
	for _, n := range b.fetch("jerem.jira.impediment.[A-Za-z]+.count", ",sprint=current", hour) {
		natures[n.class] = number(b.t, n.values[0])
	}
	for _, n := range b.fetch("jerem.jira.impediment.[A-Za-z]+.timespent", ",sprint=current", hour) {
		times[n.class] = number(b.t, n.values[0])
	}
	naturesWanted["jerem.jira.impediment.total.count"] = float64(s.Impediments.Count)
	timesWanted["jerem.jira.impediment.total.timespent"] = float64(s.Impediments.Seconds)
	for _, n := range s.Impediments.ByNature {
		naturesWanted["jerem.jira.impediment."+n.Nature+".count"] = float64(n.Count)
		timesWanted["jerem.jira.impediment."+n.Nature+".timespent"] = float64(n.Seconds)
	}
	days, daysWanted, daysOf, daysOfWanted := map[string]float64{}, map[string]float64{}, map[string]float64{},
		map[string]float64{}
	for _, d := range b.fetch("jerem.jira.impediment.total.created", "",
		fmt.Sprintf("start=%d&stop=%d", b.at.AddDate(0, 0, -15).UnixMicro(), b.at.AddDate(0, 0, 1).UnixMicro())) {
		for i, tick := range d.ticks {
			days[series.Time(tick).Format(time.DateOnly)] = number(b.t, d.values[i])
			daysOf[isoWeek(series.Time(tick))]++
		}
	}
	for _, d := range measure.DailyTime(b.team, now) {
		date, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			b.t.Fatal(err)
		}
		if noon := date.Add(11 * time.Hour); noon.After(b.at.AddDate(0, 0, -15)) {
			daysWanted[d.Date] = float64(d.Seconds)
			daysOfWanted[isoWeek(date.Add(12*time.Hour))]++
		}
	}
	burn := b.fetch("jerem.jira.sprint.storypoint.(total|done)", ",sprint=current",
		fmt.Sprintf("start=%d&stop=%d", s.Start.UnixMicro(), s.End.UnixMicro()))
	events := b.fetch("jerem.jira.sprint.events", ",sprint=current", "now=9000000000000000&timespan=-2")
	burnup, burnupDone := nonZero(b.weekly("jerem.jira.epic.storypoint")),
		nonZero(b.weekly("jerem.jira.epic.storypoint.done"))
	burnupWanted, burnupDoneWanted := b.weeks("jerem.jira.epic.storypoint"), b.weeks("jerem.jira.epic.storypoint.done")
	return map[string][2]any{
		"87": {b.epics("storypoint.done") / b.epics("storypoint"), ready / all},
		"88": {atClose, b.ended(done)},
		"89": {mean(shares), mean(wanted)},
		"90": {mean(b.closed("jerem.jira.impediment.total.timespent", b.newest(b.at))),
			mean(b.ended(func(s *measure.Sprint) float64 { return float64(s.Impediments.Seconds) }))},
		"98, 100, 107": {left, all - ready},
		"56, 105":      {rows, rowsWanted},
		"94":           {q.WorkingDaysLeft, q.WorkingDaysLeft},
		"60": {[]float64{sprint("total"), sprint("inprogress"), sprint("done")},
			[]float64{total(s), s.Doing.Estimate, done(s)}},
		"71": {sprint("done") / sprint("total"), done(s) / total(s)},
		"65": {[]any{len(burn), b.sum(burn, true), events[0].values},
			[]any{2, total(s) + done(s), []string{"'end'", "'start'"}}},
		"75, 78":   {natures, naturesWanted},
		"76, 79":   {times, timesWanted},
		"81":       {days, daysWanted},
		"102, 103": {[]any{burnup, burnupDone}, []any{burnupWanted, burnupDoneWanted}},
		"104":      {burnup, burnupWanted},
		"106":      {[]any{daysOf, burnup}, []any{daysOfWanted, burnupWanted}},
		"111, 113": {[]any{atClose, totals}, []any{b.ended(done), b.ended(total)}},
	}
}

// TestPanels: at every moment of the hour, until the next cycle has ended, each panel of the older bot's dashboard
// shows what is known since the last reading.
func TestPanels(t *testing.T) {
	if testing.Short() {
		t.Skip("asks all panels at many moments")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	began := r.collect(t, conf).Now()
	c := countedSink(t, r, warp10sim.Write)
	b := &board{t: t, platform: c.platform}
	for minute := range 75 {
		if minute > 0 {
			later(t, r, conf.Name)
		}
		if minute == 0 || minute%15 == 7 { // a cycle; for some minutes after each hour none has ended
			c.publish(t, r)
			h, err := r.bot.Store.Teams.History(t.Context(), conf)
			if err != nil {
				t.Fatal(err)
			}
			b.team = measure.Of(h)
		}
		b.at = began.Add(time.Duration(minute) * time.Minute)
		if minute%5 != 0 && (minute < 58 || minute > 68) {
			continue
		}
		if b.quarter == "" {
			b.quarter = b.team.Quarters(b.at)[0].Quarter
		}
		for panel, x := range b.panels() {
			if got, want := fmt.Sprint(rounded(x[0])), fmt.Sprint(rounded(x[1])); got != want {
				t.Errorf("panel %s at %v\n shows %s\n is    %s", panel, b.at, got, want)
			}
		}
		if t.Failed() {
			return
		}
	}
}

// rounded cuts what sums of floating points differ by.
func rounded(v any) any {
	if x, ok := v.(float64); ok {
		return math.Round(x*1e6) / 1e6
	}
	return v
}
