package document

import (
	"maps"
	"slices"
	"strconv"
	"sync"

	"jerem/jira/wire"
)

// writer writes contents in JSON, as the standard library does, byte for byte. Its memory is used again for the next.
type writer struct {
	text []byte
	ids  []string // of the fields of the content that is being written
}

var writers = sync.Pool{New: func() any { return &writer{} }}

// encodeContent writes a content in its raw form.
func encodeContent(c Content) []byte {
	w := writers.Get().(*writer)
	defer writers.Put(w)
	w.text = w.text[:0]
	w.writeContent(c)
	return slices.Clone(w.text)
}

func (w *writer) writeContent(c Content) {
	w.writeNumber(`{"id":`, c.ID)
	w.writeText(`,"key":`, c.Key)
	w.writeNumber(`,"created":`, c.Created)
	w.writeNumber(`,"updated":`, c.Updated)
	w.writeFields(c.Fields)
	w.writeHistories(c.Histories)
	w.text = append(w.text, '}')
}

// writeNumber writes a number behind its name.
func (w *writer) writeNumber(name string, n int64) {
	w.text = strconv.AppendInt(append(w.text, name...), n, 10)
}

// writeText writes a text behind its name.
func (w *writer) writeText(name, text string) {
	w.text = wire.AppendText(append(w.text, name...), text)
}

// writeAny writes a text behind its name, unless it is empty.
func (w *writer) writeAny(name, text string) {
	if text != "" {
		w.writeText(name, text)
	}
}

func (w *writer) writeFields(fields map[string]Value) {
	w.text = append(w.text, `,"fields":`...)
	if fields == nil {
		w.text = append(w.text, "null"...)
		return
	}
	w.ids = slices.AppendSeq(w.ids[:0], maps.Keys(fields))
	slices.Sort(w.ids)
	open := `{`
	for _, id := range w.ids {
		w.writeText(open, id)
		w.writeValue(fields[id])
		open = `,`
	}
	if len(w.ids) == 0 {
		w.text = append(w.text, '{')
	}
	w.text = append(w.text, '}')
}

func (w *writer) writeValue(v Value) {
	w.text = append(w.text, ':')
	open := `{`
	if v.Name != "" {
		w.writeText(`{"name":`, v.Name)
		open = `,`
	}
	w.text = append(w.text, open...)
	w.writeText(`"kind":`, string(v.Kind))
	if v.Number != nil {
		w.text = wire.AppendNumber(append(w.text, `,"number":`...), *v.Number)
	}
	w.writeAny(`,"text":`, v.Text)
	w.writeOptions(v.Options)
	open = `,"ids":[`
	for _, id := range v.IDs {
		w.writeNumber(open, id)
		open = `,`
	}
	if len(v.IDs) > 0 {
		w.text = append(w.text, ']')
	}
	if v.Unread {
		w.text = append(w.text, `,"unread":true`...)
	}
	w.text = append(w.text, '}')
}

func (w *writer) writeOptions(options []Option) {
	open := `,"options":[`
	for _, o := range options {
		w.text = append(append(w.text, open...), '{')
		w.writeAny(`"id":`, o.ID)
		if o.ID != "" && o.Name != "" {
			w.text = append(w.text, ',')
		}
		w.writeAny(`"name":`, o.Name)
		w.text = append(w.text, '}')
		open = `,`
	}
	if len(options) > 0 {
		w.text = append(w.text, ']')
	}
}

func (w *writer) writeHistories(histories []History) {
	w.text = append(w.text, `,"histories":`...)
	if histories == nil {
		w.text = append(w.text, "null"...)
		return
	}
	w.text = append(w.text, '[')
	for n, h := range histories {
		if n > 0 {
			w.text = append(w.text, ',')
		}
		w.writeText(`{"id":`, h.ID)
		w.writeNumber(`,"at":`, h.At)
		w.writeItems(h.Items)
		w.text = append(w.text, '}')
	}
	w.text = append(w.text, ']')
}

func (w *writer) writeItems(items []Item) {
	w.text = append(w.text, `,"items":`...)
	if items == nil {
		w.text = append(w.text, "null"...)
		return
	}
	w.text = append(w.text, '[')
	for n, i := range items {
		if n > 0 {
			w.text = append(w.text, ',')
		}
		w.writeText(`{"field":`, i.Field)
		w.writeText(`,"kind":`, string(i.Kind))
		w.writeAny(`,"from":`, i.From)
		w.writeAny(`,"fromString":`, i.FromString)
		w.writeAny(`,"to":`, i.To)
		w.writeAny(`,"toString":`, i.ToString)
		w.text = append(w.text, '}')
	}
	w.text = append(w.text, ']')
}
