package problem

import (
	"errors"
	"strings"
)

// Code names a kind of problem: the room that finds it, a dot, and a word, as in "jira.forbidden".
type Code string

// Room returns the room whose kind it is.
func (c Code) Room() string {
	room, _, _ := strings.Cut(string(c), ".")
	return room
}

// Word returns the code without its room, as programs outside are told it.
func (c Code) Word() string {
	_, word, _ := strings.Cut(string(c), ".")
	return word
}

// Problem is something that went wrong. It is an error, and holds no secret and no person.
type Problem struct {
	Code    Code
	Message string // names the place and what is wrong there
	Hint    string // the remedy, a sentence or more; "" where nothing can be done
	Status  int    // of the HTTP answer that told it, 0 without one
	Cause   error  // for errors.Is and errors.As; it is not told

	Args map[string]string // what it is about, for programs; may be nil
}

// Error returns the message with the hint.
func (p *Problem) Error() string {
	if p.Hint == "" {
		return p.Message
	}
	return p.Message + " (" + p.Hint + ")"
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// Is tells whether the first problem in an error is of a kind.
func Is(err error, codes ...Code) bool {
	var p *Problem
	if !errors.As(err, &p) {
		return false
	}
	for _, code := range codes {
		if p.Code == code {
			return true
		}
	}
	return false
}

// Of returns the first problem in an error where a room found it, else nil.
func Of(err error, room string) *Problem {
	var p *Problem
	if errors.As(err, &p) && p.Code.Room() == room {
		return p
	}
	return nil
}
