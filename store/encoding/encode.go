package encoding

import (
	"encoding/json"
	"strconv"
	"strings"

	"jerem/agile"
	"jerem/calendar"
)

// Event is a step of a timeline as a row: field, moment, order and value.
type Event struct {
	Field string
	at    int64
	order int
	Value string
}

// The prefixes of fields whose id differs from site to site.
const (
	numberPrefix = "number:"
	optionPrefix = "option:"
)

// OptionField is the field of the events of a field that holds options.
func OptionField(id string) string { return optionPrefix + id }

// EncodeTimelines writes the timelines of an issue as events, in a fixed order of fields.
func EncodeTimelines(i *agile.Issue) []Event { return appendTimelines(nil, i) }

// appendTimelines appends the events of an issue.
func appendTimelines(out []Event, i *agile.Issue) []Event {
	addEvents(&out, "key", i.Key, plainText)
	addEvents(&out, "summary", i.Summary, plainText)
	addEvents(&out, "project", i.Project, plainText)
	addEvents(&out, "type", i.Type, plainText)
	addEvents(&out, "status", i.Status, plainText)
	addEvents(&out, "resolution", i.Resolution, plainText)
	addEvents(&out, "sprints", i.Sprints, formatIDs)
	addEvents(&out, "parent", i.Parent, func(n int64) string { return strconv.FormatInt(n, 10) })
	addEvents(&out, "epiclink", i.EpicLink, plainText)
	addEvents(&out, "labels", i.Labels, formatList)
	addEvents(&out, "flagged", i.Flagged, strconv.FormatBool)
	addEvents(&out, agile.FieldFixVersions, i.FixVersions, formatList)
	addEvents(&out, agile.FieldDue, i.Due, formatDate)
	for id, numbers := range i.Numbers.All() {
		addEvents(&out, numberPrefix+id, numbers, formatNumber)
	}
	for id, options := range i.Options.All() {
		addEvents(&out, optionPrefix+id, options, formatList)
	}
	for _, one := range i.Relatives {
		out = append(out, Event{"relative", Micros(i.Created), 0, strconv.FormatInt(one.ID, 10) + " " + one.Key})
	}
	return out
}

func addEvents[T any](out *[]Event, field string, tl agile.Timeline[T], write func(T) string) {
	for _, s := range tl {
		*out = append(*out, Event{field, Micros(s.From.Time()), s.Order, write(s.Value)})
	}
}

func plainText(s string) string { return s }

func formatIDs(list []int64) string {
	text := make([]string, len(list))
	for n, id := range list {
		text[n] = strconv.FormatInt(id, 10)
	}
	return strings.Join(text, ",")
}

func formatList(values []string) string {
	if len(values) == 0 {
		return ""
	}
	text, _ := json.Marshal(values) // strings always marshal
	return string(text)
}

// formatDate writes a date, nothing for the zero date.
func formatDate(d calendar.Date) string {
	if d == (calendar.Date{}) {
		return ""
	}
	return d.String()
}

func formatNumber(n agile.Number) string {
	if !n.Known {
		return ""
	}
	return strconv.FormatFloat(n.Value, 'g', -1, 64)
}
