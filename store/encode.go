package store

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// event is a step of a timeline as a row: field, moment, order and value.
type event struct {
	field string
	at    int64
	order int
	value string
}

// The prefixes of fields whose id differs from site to site.
const (
	numberPrefix = "number:"
	optionPrefix = "option:"
)

// encodeTimelines writes the timelines of an issue as events, in a fixed order of fields.
func encodeTimelines(i *agile.Issue) []event {
	var out []event
	add(&out, "key", i.Key, plainText)
	add(&out, "summary", i.Summary, plainText)
	add(&out, "project", i.Project, plainText)
	add(&out, "type", i.Type, plainText)
	add(&out, "status", i.Status, plainText)
	add(&out, "resolution", i.Resolution, plainText)
	add(&out, "sprints", i.Sprints, formatIDs)
	add(&out, "parent", i.Parent, func(n int64) string { return strconv.FormatInt(n, 10) })
	add(&out, "epiclink", i.EpicLink, plainText)
	add(&out, "labels", i.Labels, formatList)
	add(&out, "flagged", i.Flagged, strconv.FormatBool)
	add(&out, agile.FieldFixVersions, i.FixVersions, formatList)
	add(&out, agile.FieldDue, i.Due, formatDate)
	for _, id := range slices.Sorted(maps.Keys(i.Numbers)) {
		add(&out, numberPrefix+id, i.Numbers[id], formatNumber)
	}
	for _, id := range slices.Sorted(maps.Keys(i.Options)) {
		add(&out, optionPrefix+id, i.Options[id], formatList)
	}
	for _, id := range slices.Sorted(maps.Keys(i.Relatives)) {
		out = append(out, event{"relative", micros(i.Created), 0, strconv.FormatInt(id, 10) + " " + i.Relatives[id]})
	}
	return out
}

func add[T any](out *[]event, field string, tl agile.Timeline[T], write func(T) string) {
	for _, s := range tl {
		*out = append(*out, event{field, micros(s.From), s.Order, write(s.Value)})
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

// decodeEvent adds an event to the timeline that it belongs to.
func decodeEvent(i *agile.Issue, e event) error {
	var err error
	switch e.field {
	case "key":
		err = put(&i.Key, e, readPlain)
	case "summary":
		err = put(&i.Summary, e, readPlain)
	case "project":
		err = put(&i.Project, e, readPlain)
	case "type":
		err = put(&i.Type, e, readPlain)
	case "status":
		err = put(&i.Status, e, readPlain)
	case "resolution":
		err = put(&i.Resolution, e, readPlain)
	case "sprints":
		err = put(&i.Sprints, e, readIDs)
	case "parent":
		err = put(&i.Parent, e, func(s string) (int64, error) { return strconv.ParseInt(s, 10, 64) })
	case "epiclink":
		err = put(&i.EpicLink, e, readPlain)
	case "labels":
		err = put(&i.Labels, e, readList)
	case "flagged":
		err = put(&i.Flagged, e, strconv.ParseBool)
	case agile.FieldFixVersions:
		err = put(&i.FixVersions, e, readList)
	case agile.FieldDue:
		err = put(&i.Due, e, readDate)
	case "relative":
		var id int64
		text, key, _ := strings.Cut(e.value, " ")
		id, err = strconv.ParseInt(text, 10, 64)
		i.Relatives[id] = key
	default:
		if id, ok := strings.CutPrefix(e.field, numberPrefix); ok {
			tl := i.Numbers[id]
			err = put(&tl, e, readNumber)
			i.Numbers[id] = tl
		} else if id, ok := strings.CutPrefix(e.field, optionPrefix); ok {
			tl := i.Options[id]
			err = put(&tl, e, readList)
			i.Options[id] = tl
		}
	}
	if err != nil {
		return fmt.Errorf("issue %d: field %s: %w", i.ID, e.field, err)
	}
	return nil
}

func put[T any](tl *agile.Timeline[T], e event, read func(string) (T, error)) error {
	value, err := read(e.value)
	*tl = append(*tl, agile.Step[T]{From: fromMicros(e.at), Order: e.order, Value: value})
	return err
}

func readPlain(s string) (string, error) { return s, nil }

func readIDs(s string) ([]int64, error) {
	if s == "" {
		return nil, nil
	}
	var out []int64
	for _, text := range strings.Split(s, ",") {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

func readList(s string) (out []string, err error) {
	if s == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(s), &out)
	return out, err
}

func readNumber(s string) (agile.Number, error) {
	if s == "" {
		return agile.Number{}, nil
	}
	x, err := strconv.ParseFloat(s, 64)
	return agile.Number{Value: x, Known: true}, err
}

func readDate(s string) (calendar.Date, error) {
	if s == "" {
		return calendar.Date{}, nil
	}
	day, err := time.Parse(time.DateOnly, s)
	return calendar.DateOf(day, time.UTC), err
}
