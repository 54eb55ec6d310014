package translate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"jerem/jira/document"
	"jerem/jira/wire"
)

// source is a document with its changes by field. It stays as it is while it is translated.
type source struct {
	content          document.Content
	created, updated time.Time
	changes          map[string][]change // by field
	changed          []string            // fields in the order of their first change
}

// change is the change of a field with its place in the order of all changes.
type change struct {
	item  *document.Item
	at    time.Time
	order int
}

func newSource(content document.Content) *source {
	s := &source{
		content: content, changes: map[string][]change{},
		created: time.UnixMilli(content.Created).UTC(), updated: time.UnixMilli(content.Updated).UTC(),
	}
	order := 0
	for _, h := range content.Histories {
		at := time.UnixMilli(h.At).UTC()
		for n := range h.Items {
			order++
			field := h.Items[n].Field
			before, known := s.changes[field]
			if !known {
				s.changed = append(s.changed, field)
			}
			s.changes[field] = append(before, change{&h.Items[n], at, order})
		}
	}
	return s
}

// fieldIDs lists the fields that the document has values or changes of, in a stable order.
func (s *source) fieldIDs() []string {
	ids := make([]string, 0, len(s.content.Fields)+len(s.changed))
	for id := range s.content.Fields {
		ids = append(ids, id)
	}
	for _, id := range s.changed {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// kindOf returns how a field is read: as its value says or, without one, its changes.
func (s *source) kindOf(id string) document.Kind {
	if v, ok := s.content.Fields[id]; ok {
		return v.Kind
	}
	return s.changes[id][0].item.Kind
}

// isKnown says whether the present value of a field is known: it came and could be read. That of the key always is.
func (s *source) isKnown(field string) bool {
	v, came := s.content.Fields[field]
	return field == "key" || came && !v.Unread
}

// parseDate returns a moment that Jira tells beside the history, zero where it tells none.
func (s *source) parseDate(field string) time.Time {
	at, _ := wire.ParseTime(s.content.Fields[field].Text)
	return at
}

// currentLabels returns the present currentLabels of a field, ascending.
func (s *source) currentLabels(field string) []string {
	return labelList(strings.Join(optionNames(s.content.Fields[field].Options), " "))
}

// firstID returns the id of the single thing that a field holds, "" without.
func (s *source) firstID(field string) string {
	if o := s.content.Fields[field].Options; len(o) > 0 {
		return o[0].ID
	}
	return ""
}

// epicChanges returns the changes of the parent and of the older link to an epic, under whatever name, in their order.
func (s *source) epicChanges() []change {
	var list []change
	for _, changes := range s.changes {
		if kind := changes[0].item.Kind; kind == document.KindParent || kind == document.KindEpicLink {
			list = append(list, changes...)
		}
	}
	slices.SortFunc(list, func(a, b change) int { return cmp.Compare(a.order, b.order) })
	return list
}

// hasEpicLink says whether the issue has an epic by the older link.
func (s *source) hasEpicLink() bool {
	for _, v := range s.content.Fields {
		if v.Kind == document.KindEpicLink && v.Text != "" {
			return true
		}
	}
	return false
}

func optionNames(list []document.Option) []string {
	var out []string
	for _, o := range list {
		out = append(out, o.Name)
	}
	return out
}
