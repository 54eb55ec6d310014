package encoding

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// Decoder reads the timelines of many issues. Values that are equal are kept once: most of them are a few words. All
// steps of an issue whose values are texts stand in one list, and so do those of lists of texts: a timeline is a part
// of it.
type Decoder struct {
	events []Event // of the issue at hand
	texts  []agile.Step[string]
	labels []agile.Step[[]string]
	words  map[string]string
	lists  map[string][]string
	ids    map[string][]int64
}

// NewDecoder returns a decoder that has read nothing yet. It is for one goroutine.
func NewDecoder() *Decoder {
	return &Decoder{words: map[string]string{}, lists: map[string][]string{}, ids: map[string][]int64{}}
}

// ReadIssue reads the timelines of an issue out of their text.
func (d *Decoder) ReadIssue(i *agile.Issue, text string) error {
	d.events = d.events[:0]
	err := ReadEvents(text, func(e Event) error {
		d.events = append(d.events, e)
		return nil
	})
	if err != nil {
		return err
	}
	texts, lists := countTexts(d.events)
	d.texts, d.labels = make([]agile.Step[string], 0, texts), make([]agile.Step[[]string], 0, lists)
	for rest := d.events; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Field == rest[0].Field {
			n++
		}
		if err := d.readField(i, rest[0].Field, rest[:n]); err != nil {
			return fmt.Errorf("issue %d: field %s: %w", i.ID, rest[0].Field, err)
		}
		rest = rest[n:]
	}
	return nil
}

// readField reads the events of one field.
func (d *Decoder) readField(i *agile.Issue, field string, events []Event) error {
	switch field {
	case "key":
		return putInto(&d.texts, &i.Key, events, cloneText)
	case "summary":
		return putInto(&d.texts, &i.Summary, events, cloneText)
	case "project":
		return putInto(&d.texts, &i.Project, events, d.readWord)
	case "type":
		return putInto(&d.texts, &i.Type, events, d.readWord)
	case "status":
		return putInto(&d.texts, &i.Status, events, d.readWord)
	case "resolution":
		return putInto(&d.texts, &i.Resolution, events, d.readWord)
	case "sprints":
		return putEvents(&i.Sprints, events, d.ReadIDs)
	case "parent":
		return putEvents(&i.Parent, events, readID)
	case "epiclink":
		return putInto(&d.texts, &i.EpicLink, events, d.readWord)
	case "labels":
		return putInto(&d.labels, &i.Labels, events, d.readList)
	case "flagged":
		return putEvents(&i.Flagged, events, strconv.ParseBool)
	case agile.FieldFixVersions:
		return putInto(&d.labels, &i.FixVersions, events, d.readList)
	case agile.FieldDue:
		return putEvents(&i.Due, events, readDate)
	case "relative":
		return d.readRelatives(i, events)
	}
	return d.readOwnField(i, field, events)
}

// readOwnField reads the events of a field whose id differs from site to site.
func (d *Decoder) readOwnField(i *agile.Issue, field string, events []Event) error {
	if id, ok := strings.CutPrefix(field, numberPrefix); ok {
		id, _ = d.readWord(id)
		tl := i.Numbers.Of(id)
		err := putEvents(&tl, events, readNumber)
		i.Numbers.Put(id, tl)
		return err
	}
	if id, ok := strings.CutPrefix(field, optionPrefix); ok {
		id, _ = d.readWord(id)
		tl := i.Options.Of(id)
		err := putInto(&d.labels, &tl, events, d.readList)
		i.Options.Put(id, tl)
		return err
	}
	return nil
}

// countTexts counts the events whose values are texts, and those whose values are lists of texts.
func countTexts(events []Event) (texts, lists int) {
	for _, e := range events {
		switch e.Field {
		case "key", "summary", "project", "type", "status", "resolution", "epiclink":
			texts++
		case "labels", agile.FieldFixVersions:
			lists++
		default:
			if strings.HasPrefix(e.Field, optionPrefix) {
				lists++
			}
		}
	}
	return texts, lists
}

// putInto adds events to the timeline that they belong to, which takes its place in a list that has room for them.
func putInto[T any](list *[]agile.Step[T], tl *agile.Timeline[T], events []Event, read func(string) (T, error)) error {
	if *tl == nil {
		*tl = agile.Timeline[T]((*list)[len(*list) : len(*list) : len(*list)+len(events)])
		*list = (*list)[:len(*list)+len(events)]
	}
	return putEvents(tl, events, read)
}

// putEvents adds events to the timeline that they belong to.
func putEvents[T any](tl *agile.Timeline[T], events []Event, read func(string) (T, error)) error {
	if *tl == nil {
		*tl = make(agile.Timeline[T], 0, len(events))
	}
	for _, e := range events {
		value, err := read(e.Value)
		if err != nil {
			return err
		}
		*tl = append(*tl, agile.Step[T]{From: agile.MomentOf(FromMicros(e.at)), Order: e.order, Value: value})
	}
	return nil
}

// readRelatives reads the keys of parents and epics, of which many issues name the same.
func (d *Decoder) readRelatives(i *agile.Issue, events []Event) error {
	for _, e := range events {
		text, key, _ := strings.Cut(e.Value, " ")
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		key, _ = d.readWord(key)
		i.Relatives.Put(id, key)
	}
	return nil
}

// cloneText keeps a text apart from the one that it stands in.
func cloneText(s string) (string, error) { return strings.Clone(s), nil }

// readWord returns a text, the same one each time.
func (d *Decoder) readWord(s string) (string, error) {
	if word, known := d.words[s]; known {
		return word, nil
	}
	word := strings.Clone(s)
	d.words[word] = word
	return word, nil
}

// ReadIDs reads what formatIDs wrote.
func (d *Decoder) ReadIDs(s string) (out []int64, err error) {
	if s == "" {
		return nil, nil
	}
	if ids, known := d.ids[s]; known {
		return ids, nil
	}
	for text := range strings.SplitSeq(s, ",") {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	d.ids[strings.Clone(s)] = out
	return out, nil
}

// readList reads what formatList wrote.
func (d *Decoder) readList(s string) ([]string, error) {
	if list, known := d.lists[s]; known {
		return list, nil
	}
	list, err := ReadList(s)
	d.lists[strings.Clone(s)] = list
	return list, err
}

func readID(s string) (int64, error) { return strconv.ParseInt(s, 10, 64) }

// ReadList reads what formatList wrote; "" is the empty list.
func ReadList(s string) (out []string, err error) {
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
