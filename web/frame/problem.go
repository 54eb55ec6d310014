package frame

import (
	"fmt"
	"net/http"
	"time"
)

// Problem is an error as the API and the pages tell it.
type Problem struct {
	Status     int           `json:"-"`
	Code       string        `json:"code"`
	Message    string        `json:"message"`
	Hint       string        `json:"hint"`
	RetryAfter time.Duration `json:"-"` // when it is worth asking again; 0 where nobody can tell
	Links      []Link        `json:"-"` // what there is instead, on a page
}

// Link leads from an error to what exists.
type Link struct{ Name, Address string }

// Error returns the message.
func (p *Problem) Error() string { return p.Message }

// NewProblem makes a problem with its status for HTTP; what a person does comes first, then the message.
func NewProblem(status int, code, hint, format string, args ...any) *Problem {
	return &Problem{Status: status, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// BusyProblem is what a viewer is told while too much is asked at once.
func BusyProblem() *Problem {
	p := NewProblem(http.StatusServiceUnavailable, "busy",
		"Ask again in a few seconds: the answer is computed once for all who ask.",
		"too much is asked of this server at once")
	p.RetryAfter = 5 * time.Second
	return p
}
