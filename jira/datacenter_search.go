package jira

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"jerem/jira/document"
	"jerem/jira/transport"
	"jerem/jira/wire"
	"jerem/problem"
)

const (
	// pageOfIDs is how many results of a search are asked for at once; an administrator may allow less.
	pageOfIDs = 1000
	// maxSliceDepth is how far into its results a search is followed before a new one begins at the last
	// one's creation: beyond 10,000 Data Center refuses to go.
	maxSliceDepth = 9000
	// maxRestarts is how often a search that moves under its reader is begun again at the same moment.
	maxRestarts = 3
	// byCreation is the order in which walks go: results do not change places while they are read.
	byCreation = " ORDER BY created ASC"

	dataCenterSearchPlace = transport.API + "/search"
)

// dataCenterIssues reads the issues of a Data Center: by searches with offsets, whose results tell issues as a whole.
type dataCenterIssues struct {
	transport *transport.Client
	window    atomic.Int64 // results of a page, where the platform's window is smaller than pages are; else 0
}

// searchPage is a page of results of Data Center's search.
type searchPage struct {
	Start  int          `json:"startAt"`
	Total  int          `json:"total"`
	Issues []wire.Issue `json:"issues"`
}

// Lacking tells that a page holds no list of issues.
func (p *searchPage) Lacking() string { return transport.LackingList("issues", p.Issues) }

// searchQuestion is what a page of results is asked for with.
type searchQuestion struct {
	Expand     []string `json:"expand,omitempty"`
	Fields     []string `json:"fields"`
	JQL        string   `json:"jql"`
	MaxResults int      `json:"maxResults"`
	StartAt    int      `json:"startAt"`
}

func (d *dataCenterIssues) searchPage(ctx context.Context, q searchQuestion) (searchPage, error) {
	page := searchPage{Total: -1}
	err := d.transport.Post(ctx, dataCenterSearchPlace, q, &page)
	switch {
	case err != nil:
	case page.Start != q.StartAt:
		err = d.invalidSearch("it was asked for results from %d on and tells those from %d on", q.StartAt, page.Start)
	case page.Total < 0: // without it a page would pass for all there is
		err = d.invalidSearch("it tells no total of its results")
	}
	return page, err
}

// invalidSearch returns the error of a search whose answer contradicts itself.
func (d *dataCenterIssues) invalidSearch(format string, args ...any) error {
	return d.transport.Invalid(dataCenterSearchPlace, fmt.Sprintf(format, args...))
}

// pageSize is how many results are asked for at once, of those that are wanted.
func (d *dataCenterIssues) pageSize(want int) int {
	if window := int(d.window.Load()); window > 0 {
		return min(want, window)
	}
	return want
}

// shrinkPages notes that pages of such a size go beyond the window. It says whether they can be smaller.
func (d *dataCenterIssues) shrinkPages(size int) bool {
	if size > 1 {
		d.window.Store(int64(size / 2))
	}
	return size > 1
}

// searchIssues walks through the results of a search in slices by creation, each short enough for Data
// Center's window. An issue that comes in two slices is told once. A walk that tells fewer issues than its first page
// says is made once more, for issues come and go meanwhile; one that is short again is refused: an index may count an
// issue that is not sent.
func (d *dataCenterIssues) searchIssues(ctx context.Context, jql, field string) iter.Seq2[Touched, error] {
	base := strings.TrimSuffix(jql, byCreation)
	return func(yield func(Touched, error) bool) {
		w := &sliceWalk{
			issues: d, pages: transport.NewPages(d.transport, dataCenterSearchPlace), field: field,
			seen: map[int64]bool{}, yield: yield,
		}
		for range 2 {
			err := w.readSlices(ctx, base)
			if err != nil {
				yield(Touched{}, err)
				return
			}
			if w.stopped || len(w.told) >= w.announced {
				return
			}
		}
		yield(Touched{}, d.tellsLess(w.announced, len(w.told)))
	}
}

// readSlices walks through all slices of a search.
func (w *sliceWalk) readSlices(ctx context.Context, base string) error {
	w.told, w.announced = map[int64]bool{}, -1
	from, restarts := time.Time{}, 0
	for {
		bounded := base
		if !from.IsZero() {
			bounded = fmt.Sprintf("(%s) AND created >= %d", base, from.UnixMilli())
		}
		last, more, err := w.readSlice(ctx, bounded+byCreation+", key ASC")
		last = last.Truncate(time.Second) // an index may know no less, and order issues of one second by their keys
		restarts++
		if last.After(from) {
			from, restarts = last, 0
		}
		if err == nil && more && restarts > maxRestarts {
			err = w.issues.invalidSearch("the results at one moment are too many, or change too fast, to be read")
		}
		if err != nil || !more {
			return err
		}
	}
}

// tellsLess returns the error of a search that tells fewer results than it says that it has.
func (d *dataCenterIssues) tellsLess(total, told int) error {
	err := d.invalidSearch("it says that it has %d results, and tells %d", total, told)
	var p *problem.Problem
	if errors.As(err, &p) {
		p.Hint = "Jira's index counts an issue that Jira cannot show: build the project's index anew " +
			"(administration, Indexing). Until then nothing new is read."
	}
	return err
}

// sliceWalk is a walk through the slices of one search.
type sliceWalk struct {
	issues    *dataCenterIssues
	pages     *transport.Pages
	field     string
	seen      map[int64]bool // the issues that were yielded
	told      map[int64]bool // the issues of this way through the search
	announced int            // how many results it says that it has, by its first page; below 0 before
	slice     map[int64]bool // the issues of the slice that is read
	yield     func(Touched, error) bool
	stopped   bool // no more results are wanted
}

// sliceEnd is where a slice stands: its last issue and when that was created.
type sliceEnd struct {
	id      int64
	created time.Time
}

// readSlice walks through one search as far as the window goes. Each page begins with the last issue of the one before:
// where another one stands there, issues left the results or came, and a new slice must begin. It tells when the last
// issue was created, and whether there are more.
func (w *sliceWalk) readSlice(ctx context.Context, jql string) (last time.Time, more bool, err error) {
	var end sliceEnd
	w.slice = map[int64]bool{}
	alone := false
	for start := 0; start < maxSliceDepth; {
		overlap := min(start, 1)
		if alone { // pages of one: nothing can come after the last issue
			overlap = 0
		}
		size := w.issues.pageSize(min(pageOfIDs, maxSliceDepth-start) + overlap)
		page, err := w.issues.searchPage(ctx, searchQuestion{
			JQL: jql, StartAt: start - overlap, MaxResults: size, Fields: []string{"created", w.field},
		})
		switch {
		case start > 0 && (problem.Is(err, TooDeep) || isBeyondWindow(err)):
			return end.created, true, nil
		case problem.Is(err, TooDeep) && w.issues.shrinkPages(size):
			continue
		case err != nil:
			return end.created, false, err
		}
		if w.announced < 0 {
			w.announced = page.Total
		}
		moved, stopped, err := w.yieldPage(page.Issues, overlap, &end)
		w.stopped = stopped
		if err != nil || moved || stopped {
			return end.created, moved, err
		}
		start += len(page.Issues) - overlap
		if start >= page.Total {
			return end.created, false, w.judgeSlice(page.Total)
		}
		alone = !alone && overlap == 1 && len(page.Issues) == 1
		switch {
		case alone || len(page.Issues) > overlap:
		case start > 0: // some end their results at the window
			return end.created, true, nil
		default:
			return end.created, false, w.issues.invalidSearch("its pages end at %d of %d results", start, page.Total)
		}
	}
	return end.created, true, nil
}

// judgeSlice refuses a slice that was read to its end and tells fewer issues than it says: the same one stood in it
// twice.
func (w *sliceWalk) judgeSlice(total int) error {
	if len(w.slice) >= total {
		return nil
	}
	return w.issues.tellsLess(total, len(w.slice))
}

// yieldPage yields the issues of a page that were not seen before, and notes the last one. moved says that the page
// does not begin, by so many issues, with the last one of the page before; stopped that no more are wanted.
func (w *sliceWalk) yieldPage(issues []wire.Issue, overlap int, end *sliceEnd) (moved, stopped bool, err error) {
	known := len(w.told)
	for n, issue := range issues {
		t, created, err := touchedOf(issue)
		switch {
		case err != nil:
			return false, false, w.issues.invalidSearch("%s", err)
		case n < overlap && t.ID != end.id:
			return true, false, nil
		case n < overlap:
			continue
		}
		if created.IsZero() { // a slice begins a little earlier then: what comes twice is told once
			created = end.created
		}
		*end = sliceEnd{t.ID, created}
		w.slice[t.ID], w.told[t.ID] = true, true
		if w.seen[t.ID] {
			continue
		}
		w.seen[t.ID] = true
		if !w.yield(t, nil) {
			return false, true, nil
		}
	}
	return len(issues) < overlap, false, w.pages.Took(len(w.told) - known)
}

// isBeyondWindow says whether a search failed as it does beyond the platform's window, in whatever language: with 500,
// each time. A new slice tells whether Jira answers at all.
func isBeyondWindow(err error) bool {
	var e *problem.Problem
	return errors.As(err, &e) && e.Status == http.StatusInternalServerError
}

// touchedOf reads the id and the moments of a result. One that tells no time of its creation is found all the same: its
// document cannot be read, which costs itself alone.
func touchedOf(w wire.Issue) (t Touched, created time.Time, err error) {
	if t.ID, err = strconv.ParseInt(w.ID, 10, 64); err != nil {
		return t, created, fmt.Errorf("an issue has the id %q", w.ID)
	}
	t.Updated, _ = wire.ParseTimeValue(w.Fields["updated"])
	created, _ = wire.ParseTimeValue(w.Fields["created"])
	return t, created, nil
}

// sampleIssues asks for the beginning of what a query finds, page by page, each issue once.
func (d *dataCenterIssues) sampleIssues(ctx context.Context, jql string, n int) (s Sampled, err error) {
	for start := 0; ; {
		page, err := d.searchPage(ctx, searchQuestion{
			JQL: jql, StartAt: start, MaxResults: n - start, Fields: []string{"created"},
		})
		if err != nil {
			return Sampled{}, err
		}
		for _, w := range page.Issues {
			id, err := strconv.ParseInt(w.ID, 10, 64)
			if err != nil {
				return Sampled{}, d.invalidSearch("an issue has the id %s", strconv.Quote(w.ID))
			}
			if !slices.Contains(s.IDs, id) {
				s.IDs = append(s.IDs, id)
			}
		}
		s.Total, start = page.Total, start+len(page.Issues)
		switch {
		case start >= min(n, s.Total):
			return s, nil
		case len(page.Issues) == 0:
			return Sampled{}, d.invalidSearch("its pages end at %d of %d results", start, s.Total)
		}
	}
}

func (d *dataCenterIssues) inEpics(fs document.Fieldset, keys []string) string {
	link := "parent"
	if id := fs.EpicLink(); id != "" {
		link = Clause(id)
	}
	return link + " in (" + strings.Join(keys, ", ") + ")"
}
