package encoding

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"sync"

	"jerem/agile"
)

// The timelines of an issue are one text in the store: a list in JSON of events, each a list of field, moment, order
// and value, in the order of encode, as in
//
//	[["key",1767258000000000,0,"K-1"],["status",1767258000000000,0,"1"],["status",1767344400000000,3,"2"]]
//
// Equal timelines make equal texts.

// WriteEvents writes events as one text.
func WriteEvents(events []Event) string { return string(appendEvents(nil, events)) }

// timelineWriter is what the timelines of an issue are written in; its memory is used again for the next one.
type timelineWriter struct {
	events []Event
	text   []byte
}

var timelineWriters = sync.Pool{New: func() any { return &timelineWriter{} }}

// WriteTimelines writes the timelines of an issue as one text: that of [WriteEvents] and [EncodeTimelines].
func WriteTimelines(i *agile.Issue) string {
	w := timelineWriters.Get().(*timelineWriter)
	defer timelineWriters.Put(w)
	w.events = appendTimelines(w.events[:0], i)
	w.text = appendEvents(w.text[:0], w.events)
	clear(w.events)
	return string(w.text)
}

// appendEvents appends events as one text.
func appendEvents(b []byte, events []Event) []byte {
	b = append(b, '[')
	for n, e := range events {
		if n > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		b = appendText(b, e.Field)
		b = append(b, ',')
		b = strconv.AppendInt(b, e.at, 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(e.order), 10)
		b = append(b, ',')
		b = appendText(b, e.Value)
		b = append(b, ']')
	}
	return append(b, ']')
}

// appendText appends a text in quotes of JSON.
func appendText(b []byte, text string) []byte {
	if isPlain(text) {
		b = append(b, '"')
		b = append(b, text...)
		return append(b, '"')
	}
	quoted, _ := json.Marshal(text) // a text always marshals
	return append(b, quoted...)
}

// isPlain tells whether a text stands in quotes as it is.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}

// errEvents says that a text is none of [WriteEvents].
var errEvents = errors.New("timelines cannot be read")

// ReadEvents reads what WriteEvents wrote and hands over event by event.
func ReadEvents(text string, each func(Event) error) error {
	rest, ok := strings.CutPrefix(text, "[")
	if !ok {
		return errEvents
	}
	for rest != "]" {
		e, after, ok := readEvent(rest)
		if !ok {
			return errEvents
		}
		if err := each(e); err != nil {
			return err
		}
		rest = strings.TrimPrefix(after, ",")
	}
	return nil
}

// readEvent reads the first event of a text and returns what follows it.
func readEvent(text string) (e Event, rest string, ok bool) {
	rest, ok = strings.CutPrefix(text, "[")
	if !ok {
		return e, "", false
	}
	if e.Field, rest, ok = cutText(rest); !ok {
		return e, "", false
	}
	var at, order string
	if at, rest, ok = strings.Cut(strings.TrimPrefix(rest, ","), ","); !ok {
		return e, "", false
	}
	if order, rest, ok = strings.Cut(rest, ","); !ok {
		return e, "", false
	}
	var err [2]error
	e.at, err[0] = strconv.ParseInt(at, 10, 64)
	e.order, err[1] = strconv.Atoi(order)
	if e.Value, rest, ok = cutText(rest); !ok || errors.Join(err[:]...) != nil {
		return e, "", false
	}
	rest, ok = strings.CutPrefix(rest, "]")
	return e, rest, ok
}

// cutText reads the quoted text that a text begins with, and returns what follows it.
func cutText(text string) (value, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	end := strings.IndexByte(text[1:], '"') + 1
	if end == 0 {
		return "", "", false
	}
	escape := strings.IndexByte(text[1:end], '\\') + 1
	if escape == 0 {
		return text[1:end], text[end+1:], true
	}
	return cutEscaped(text, escape)
}

// cutEscaped is cutText for a text that has escapes, the first of which is at a place. Lists of labels are texts in
// which quotes alone are escaped.
func cutEscaped(text string, escape int) (value, rest string, ok bool) {
	end, simple := escape, true
	for text[end] != '"' {
		if text[end] == '\\' {
			end++
			simple = simple && end < len(text) && (text[end] == '"' || text[end] == '\\')
		}
		end++
		if end >= len(text) {
			return "", "", false
		}
	}
	if simple {
		return unescapeQuotes(text[1:end], escape-1), text[end+1:], true
	}
	value, ok = unquote(text[:end+1])
	return value, text[end+1:], ok
}

// unquote reads a text in quotes with any escapes. It is apart from cutEscaped, whose value would be allocated before
// it is known.
func unquote(quoted string) (value string, ok bool) {
	err := json.Unmarshal([]byte(quoted), &value)
	return value, err == nil
}

// unescapeQuotes takes the backslashes out of a text each of which stands before a quote or a backslash, the first one
// at a place.
func unescapeQuotes(text string, escape int) string {
	var b strings.Builder
	b.Grow(len(text) - 1)
	for ; escape >= 0; escape = strings.IndexByte(text, '\\') {
		b.WriteString(text[:escape])
		b.WriteByte(text[escape+1])
		text = text[escape+2:]
	}
	b.WriteString(text)
	return b.String()
}
