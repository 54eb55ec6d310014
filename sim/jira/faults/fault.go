package faults

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Fault is trouble on demand, for tests of a client. [List] plays several of them by path.
type Fault struct {
	// Delay is waited first; it ends early with the request.
	Delay time.Duration
	// Status, if not 0, is answered instead, with Header and Body.
	Status int
	Header http.Header
	Body   string
	// Redirect, if not nil, sends the request elsewhere.
	Redirect *Redirect
	// GzipIssues, if not 0, is answered instead: a gzip stream that unpacks to a list of so many empty issues.
	GzipIssues int
	// Edit, if not nil, rewrites the answer before it is written. What it gets is a copy, with numbers as
	// [encoding/json.Number]. It is asked for successes only.
	Edit Edit
	// Endless answers every page with the first one, and says each time that there are more.
	Endless bool
	// Cut, if not 0, breaks the connection after so many bytes of the body.
	Cut int
	// RepeatToken answers a token-paged request that brought a token with the same token again.
	RepeatToken bool
	// PageSize, if not 0, is the most that a page holds, whatever was asked.
	PageSize int
	// IssueErrors are issues that issue/bulkfetch names as to be asked for again instead of showing them.
	IssueErrors []int64
	// ShortHistory, if not 0, is the most entries of a history inside an issue of a Data Center; its total tells all.
	ShortHistory int
}

// Redirect answers with a status and a Location of Host and Prefix before the path and the query of the request. What
// comes to a path below Prefix is there and is answered without it. Without a Prefix there must be a Host, whose
// server answers.
type Redirect struct {
	Status int    // 301, 302, 303, 307 or 308
	Host   string // scheme and host, as "https://jira.example"; empty stays at the same one
	Prefix string // as "/jira"
}

type faultKey struct{}

// With returns a context that carries the fault of a request.
func With(ctx context.Context, f *Fault) context.Context {
	return context.WithValue(ctx, faultKey{}, f)
}

// Of returns the fault that a context carries, nil without one.
func Of(ctx context.Context) *Fault {
	f, _ := ctx.Value(faultKey{}).(*Fault)
	return f
}

// DisturbTransport does what can be done before the answer is made; false means that the request was answered. there
// says that the request came to where it is answered, and is sent nowhere else.
func (f *Fault) DisturbTransport(w http.ResponseWriter, r *http.Request, there bool) (http.ResponseWriter, bool) {
	if f == nil {
		return w, true
	}
	if !f.waitDelay(r.Context()) {
		return w, false
	}
	switch {
	case !there:
		f.Redirect.sendRedirect(w, r)
		return w, false
	case f.Status != 0:
		for k, v := range f.Header {
			w.Header()[k] = v
		}
		w.WriteHeader(f.Status)
		_, _ = io.WriteString(w, f.Body)
		return w, false
	case f.GzipIssues > 0:
		gzipIssues(w, f.GzipIssues)
		return w, false
	case f.Cut > 0:
		return &cutWriter{ResponseWriter: w, left: f.Cut}, true
	}
	return w, true
}

// waitDelay lets the delay pass; false means that the client went away meanwhile.
func (f *Fault) waitDelay(ctx context.Context) bool {
	if f.Delay <= 0 {
		return true
	}
	timer := time.NewTimer(f.Delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// HasArrived says whether a request came to where it is answered. Where a redirect leads to a prefix, that is taken
// off the path of what came there.
func (f *Fault) HasArrived(r *http.Request) bool {
	if f == nil || f.Redirect == nil {
		return true
	}
	prefix := f.Redirect.Prefix
	if prefix == "" || !strings.HasPrefix(r.URL.Path, prefix+"/") {
		return false
	}
	r.URL.Path = strings.TrimPrefix(r.URL.Path, prefix)
	return true
}

// sendRedirect answers with the new address.
func (d *Redirect) sendRedirect(w http.ResponseWriter, r *http.Request) {
	to := d.Host + d.Prefix + r.URL.EscapedPath()
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", to)
	w.Header().Set("Content-Type", "text/html;charset=UTF-8")
	w.WriteHeader(d.Status)
	fmt.Fprintf(w, "<html><head><title>%d %s</title></head></html>", d.Status, http.StatusText(d.Status))
}

// gzipIssues answers with little that unpacks to much.
func gzipIssues(w http.ResponseWriter, n int) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(http.StatusOK)
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is one of the package's own
	}
	defer z.Close()
	const block = 4096
	many := strings.Repeat("{},", block)
	_, err = io.WriteString(z, `{"isLast":true,"issues":[`)
	for ; n > block && err == nil; n -= block {
		_, err = io.WriteString(z, many)
	}
	if err == nil { // else the client went away
		_, _ = io.WriteString(z, strings.Repeat("{},", n-1)+"{}]}")
	}
}

// LimitPage returns how much a page holds where so much was asked.
func (f *Fault) LimitPage(asked int) int {
	if f != nil && f.PageSize > 0 {
		return min(asked, f.PageSize)
	}
	return asked
}

// LimitHistory returns how many of so many entries are told.
func (f *Fault) LimitHistory(all int) int {
	if f != nil && f.ShortHistory > 0 {
		return min(all, f.ShortHistory)
	}
	return all
}

// FailsIssue says whether an issue cannot be shown just now.
func (f *Fault) FailsIssue(id int64) bool { return f != nil && slices.Contains(f.IssueErrors, id) }

// NextToken returns the next token: the one that came, where it is to be repeated.
func (f *Fault) NextToken(came, next string) string {
	if f != nil && f.RepeatToken && came != "" {
		return came
	}
	return next
}

// cutWriter promises the whole body and breaks the connection in its midst.
type cutWriter struct {
	http.ResponseWriter
	left int
}

// Write writes what is left and then aborts.
func (w *cutWriter) Write(b []byte) (int, error) {
	if len(b) <= w.left {
		w.left -= len(b)
		return w.ResponseWriter.Write(b)
	}
	_, _ = w.ResponseWriter.Write(b[:w.left])
	_ = http.NewResponseController(w.ResponseWriter).Flush()
	panic(http.ErrAbortHandler)
}
