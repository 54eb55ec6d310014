package oncall

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
	"jerem/problem"
	"jerem/web/format"
)

// The span of a list where a question names none: so many weeks behind and ahead.
const (
	weeksBehind = 4
	weeksAhead  = 12
)

const momentHint = "Write a time like 2026-11-23T14:00:00Z, or a date like 2026-11-23 for its first moment."

// momentIn reads a moment: a bare date is its first moment in a zone. Moments are whole seconds.
func momentIn(name, text string, zone *time.Location) (time.Time, error) {
	m, err := calendar.ParseMoment(text)
	if err != nil {
		return time.Time{}, invalidRequest(fmt.Sprintf("%s %q is no time", name, format.OneLine(text)), momentHint)
	}
	return m.First(zone).Truncate(time.Second).UTC(), nil
}

// spanIn reads from and to of the query in a zone; what is missing is four weeks back and twelve ahead.
func (q *question) spanIn(zone *time.Location) (civil.Span, error) {
	span := civil.Span{Start: weeksFrom(q.now, -weeksBehind, zone), End: weeksFrom(q.now, weeksAhead, zone)}
	for name, into := range map[string]*time.Time{"from": &span.Start, "to": &span.End} {
		if text := q.URL.Query().Get(name); text != "" {
			at, err := momentIn(name, text, zone)
			if err != nil {
				return civil.Span{}, err
			}
			*into = at
		}
	}
	return span, checkSpan(span)
}

// longestSpan bounds what is asked at once, in years: a plan that is further away costs time and tells nothing.
const longestSpan = 50

// checkSpan refuses spans that are empty or without end.
func checkSpan(span civil.Span) error {
	switch {
	case span.Empty():
		return invalidRequest("to is not after from", "Spans begin with from and end before to.")
	case span.End.After(span.Start.AddDate(longestSpan, 0, 0)):
		return invalidRequest(fmt.Sprintf("the span is longer than %d years", longestSpan), "Ask for less at once.")
	}
	return nil
}

// weeksFrom returns the moment some weeks away on the clocks of a zone.
func weeksFrom(t time.Time, weeks int, zone *time.Location) time.Time {
	date, second := civil.ClockOf(t, zone)
	return civil.Instant(date.Add(7*weeks), second, zone).UTC()
}

// daysIn reads from and to of the query as whole days of a zone.
func (q *question) daysIn(zone *time.Location) (civil.Span, error) {
	today := calendar.DateOf(q.now, zone)
	span := civil.Span{Start: civil.Midnight(today.Add(-7*weeksBehind), zone),
		End: civil.Midnight(today.Add(7*weeksAhead), zone)}
	for name, into := range map[string]*time.Time{"from": &span.Start, "to": &span.End} {
		text := q.URL.Query().Get(name)
		if text == "" {
			continue
		}
		at, err := momentIn(name, text, zone)
		if err != nil {
			return civil.Span{}, err
		}
		if !at.Equal(civil.Midnight(calendar.DateOf(at, zone), zone)) {
			return civil.Span{}, invalidRequest(name+" is no whole day",
				"Write a date like 2026-11-23: a time beside a public rota would name a person.")
		}
		*into = at
	}
	return span, checkSpan(span)
}

// idIn reads the ID that the address names.
func (q *question) idIn(what string) (int64, error) {
	id, err := strconv.ParseInt(q.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, notFound(fmt.Sprintf("there is no %s %q", what, format.OneLine(q.PathValue("id"))), "")
	}
	return id, nil
}

// readBody reads the body of a request into a value. What the value has no field for is refused.
func (q *question) readBody(into any) error {
	decoder := json.NewDecoder(q.Body)
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if errors.Is(err, io.EOF) {
		return nil // no body says nothing; what is missing is told by who reads the value
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return &problem.Problem{Code: Invalid, Status: http.StatusRequestEntityTooLarge,
			Message: "the body of the request is too large", Hint: "Send one thing at a time."}
	case err != nil:
		return invalidRequest("the body cannot be read: "+format.OneLine(err.Error()), bodyHint)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return invalidRequest("more than one value stands in the body", bodyHint)
	}
	return nil
}

const bodyHint = "Send one JSON object with the fields that /api/v1/openapi.json tells."

// moment is a moment as answers have it: null for none.
type moment struct{ time.Time }

// MarshalJSON writes the moment in UTC.
func (m moment) MarshalJSON() ([]byte, error) {
	if m.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(m.UTC().Format(time.RFC3339))
}

// orNull is a text as answers have it: null for "".
type orNull string

// MarshalJSON writes the text.
func (t orNull) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(t))
}
