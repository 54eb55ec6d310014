package jirasim

import (
	"context"
	"net/http"
	"slices"
	"time"
)

// Fault is trouble on demand, for tests of a client.
type Fault struct {
	// Delay is waited first; it ends early with the request.
	Delay time.Duration
	// Status, if not 0, is answered instead, with Header and Body.
	Status int
	Header http.Header
	Body   string
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

type faultKey struct{}

func withFault(ctx context.Context, f *Fault) context.Context {
	return context.WithValue(ctx, faultKey{}, f)
}

func faultOf(ctx context.Context) *Fault {
	f, _ := ctx.Value(faultKey{}).(*Fault)
	return f
}

// apply does what can be done before the answer is made; false means that the request was answered.
func (f *Fault) apply(w http.ResponseWriter, r *http.Request) (http.ResponseWriter, bool) {
	if f == nil {
		return w, true
	}
	if f.Delay > 0 {
		timer := time.NewTimer(f.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
			return w, false
		}
	}
	if f.Status != 0 {
		for k, v := range f.Header {
			w.Header()[k] = v
		}
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte(f.Body))
		return w, false
	}
	if f.Cut > 0 {
		return &cutWriter{ResponseWriter: w, left: f.Cut}, true
	}
	return w, true
}

// pageSize returns how much a page holds where so much was asked.
func (f *Fault) pageSize(asked int) int {
	if f != nil && f.PageSize > 0 {
		return min(asked, f.PageSize)
	}
	return asked
}

// historySize returns how many of so many entries are told.
func (f *Fault) historySize(all int) int {
	if f != nil && f.ShortHistory > 0 {
		return min(all, f.ShortHistory)
	}
	return all
}

// fails says whether an issue cannot be shown just now.
func (f *Fault) fails(id int64) bool { return f != nil && slices.Contains(f.IssueErrors, id) }

// token returns the next token: the one that came, where it is to be repeated.
func (f *Fault) token(came, next string) string {
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
