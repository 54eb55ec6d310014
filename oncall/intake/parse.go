package intake

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"jerem/oncall/plan"
)

// State is what an event says of an alert.
type State string

// The states of an event.
const (
	Firing       State = "firing"
	Acknowledged State = "acknowledged"
	Resolved     State = "resolved"
)

// Event is what a source says of one alert at one moment.
type Event struct {
	PagerID     string // the alert's name at its source
	Fingerprint string
	Rule        string
	Service     string
	Severity    string
	Team        string // "" where the source's own holds
	Person      string // a handle or login; "" where the source does not tell
	State       State
	At          time.Time // when it was so, in whole seconds
	Start       time.Time // of the alert, where the source tells it with each event; else zero
}

// Parsed is what a body says.
type Parsed struct {
	Events    []Event
	Faults    []string // why parts of the body, or all of it, were not understood
	Truncated int      // alerts that the source left out of the body
}

// Parse reads a body of a source. What it cannot read is told in Faults; the rest stands in Events all the same.
func Parse(source plan.Source, body []byte) Parsed {
	if !utf8.Valid(body) {
		return Parsed{Faults: []string{"the body is not UTF-8"}}
	}
	switch source.Kind {
	case plan.Alertmanager:
		return parseAlertmanager(source, body)
	case plan.Generic:
		return parseGeneric(body)
	}
	return Parsed{Faults: []string{fmt.Sprintf("sources of kind %q are not read", source.Kind)}}
}

// decodeBody reads one value of JSON; the reason names no part of the body.
func decodeBody(body []byte, to any) (fault string) { return decodePart("the body", body, to) }

// decodePart reads a value of JSON that may be absent; the reason names the part, or the field of it that is at fault.
func decodePart(part string, value []byte, to any) (fault string) {
	if value == nil {
		return ""
	}
	err := json.Unmarshal(value, to)
	var wrongType *json.UnmarshalTypeError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &wrongType):
		return fmt.Sprintf("%s is %s, which it must not be", cmp.Or(wrongType.Field, part), wrongType.Value)
	}
	return part + " is not JSON"
}

// longestText bounds what is kept of an alert's names, in letters.
const longestText = 200

// checkText tells what is wrong with a text that is kept, "" where nothing is.
func checkText(field, text string, isRequired bool) (fault string) {
	isSteering := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	switch {
	case text == "" && isRequired:
		return field + " is missing"
	case utf8.RuneCountInString(text) > longestText:
		return fmt.Sprintf("%s is longer than %d letters", field, longestText)
	case strings.ContainsFunc(text, isSteering):
		return field + " holds a control character"
	}
	return ""
}

// The years bound moments, so that a mistyped one does no harm.
const (
	FirstYear = 2000
	lastYear  = 2200
)

// parseAt reads a moment of an event, cut to whole seconds.
func parseAt(field, text string) (at time.Time, fault string) {
	if text == "" {
		return time.Time{}, field + " is missing"
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, field + " is not a time such as 2026-03-01T04:05:06Z"
	}
	at = at.UTC().Truncate(time.Second)
	if at.Year() < FirstYear || at.Year() > lastYear {
		return time.Time{}, fmt.Sprintf("%s is not between the years %d and %d", field, FirstYear, lastYear)
	}
	return at, ""
}
