package document

import (
	"bytes"
	"fmt"
	"slices"

	"jerem/agile"
	"jerem/jira/wire"
)

// Merged says what a document lacked that was known of its issue.
type Merged struct {
	Entries int      // changes that were known and did not come; they stay
	Fields  []string // fields that were asked for and did not come, or could not be read; what was known of them stays
}

// Merge joins what was known of an issue with what was read of it now: a history does not shrink, and a field that was
// asked for and does not stand in the answer is not empty. known is of any version, nil where nothing was known. What
// an older state of the issue tells, as after Jira was restored from a backup, is taken as it is.
func Merge(known []byte, now Document, fs Fieldset) (Document, Merged, error) {
	var lacks Merged
	if known == nil || lacksNothing(known, now, fs) {
		return now, lacks, nil
	}
	var old Content
	if err := wire.Decode(known, &old); err != nil {
		return now, lacks, fmt.Errorf("issue %d: what is kept of it cannot be read: %w", now.ID, err)
	}
	c := now.Content.cloneContent()
	if old.ID != c.ID || old.Updated > c.Updated {
		return now, lacks, nil
	}
	lacks.Fields = keepFields(&c, old, fs)
	lacks.Entries = keepEntries(&c, old, fs)
	if lacks.Entries == 0 && len(lacks.Fields) == 0 {
		return now, lacks, nil
	}
	now.Raw, now.Content, now.Changes = encodeContent(c), c, c.countChanges()
	if lacks.Entries > 0 {
		now.AddGap(agile.Gap{Source: agile.SourceHistories, Code: agile.GapShrunk})
	}
	return now, lacks, nil
}

// lacksNothing tells that a document has all that is known of its issue, where their raw forms alone show it: all
// fields came, or were not known, and the history begins with the one that is known. So it is nearly always, and what
// is known is not read. A history is the last part of a form, and nothing in it has its name.
func lacksNothing(known []byte, now Document, fs Fieldset) bool {
	const name, end = `,"histories":[`, `]}`
	a, b := bytes.LastIndex(known, []byte(name)), bytes.LastIndex(now.Raw, []byte(name))
	if a < 0 || b < 0 || !bytes.HasSuffix(known, []byte(end)) ||
		!bytes.HasPrefix(now.Raw[b:], known[a:len(known)-len(end)]) {
		return false
	}
	return !slices.ContainsFunc(fs.fields, func(f field) bool {
		v, came := now.Content.Fields[f.id]
		return v.Unread || !came && bytes.Contains(known[:a], []byte(`"`+f.id+`":`))
	})
}

// keepFields takes over the values that are lacking, but for those that changed since.
func keepFields(c *Content, old Content, fs Fieldset) (lacking []string) {
	for _, id := range fs.Asked() {
		before, known := old.Fields[id]
		now, came := c.Fields[id]
		if !known || before.Unread || came && !now.Unread || now.Kind != "" && now.Kind != before.Kind {
			continue
		}
		if hasNewChanges(*c, old, id) {
			continue
		}
		c.Fields[id] = before
		if !before.isEmpty() {
			lacking = append(lacking, id)
		}
	}
	return lacking
}

// hasNewChanges says whether a field has more changes than before.
func hasNewChanges(c, old Content, id string) bool {
	ofField := func(i Item) bool { return i.Field == id }
	return c.countItems(ofField) > old.countItems(ofField)
}

// keepEntries takes over the changes that are lacking, of fields that are still read.
func keepEntries(c *Content, old Content, fs Fieldset) (lacking int) {
	type place struct {
		at   int64
		item Item
	}
	came := map[place]int{}
	for _, h := range c.Histories {
		for _, i := range h.Items {
			came[place{h.At, i}]++
		}
	}
	for _, h := range old.Histories {
		var lost []Item
		for _, i := range h.Items {
			p := place{h.At, i}
			switch {
			case came[p] > 0:
				came[p]--
			case fs.readsChange(i):
				lost = append(lost, i)
			}
		}
		if len(lost) > 0 {
			lacking += len(lost)
			c.addItems(h, lost)
		}
	}
	slices.SortStableFunc(c.Histories, byTimeAndID)
	return lacking
}

// addItems adds changes to an entry, which is made where there is none of the same id and time.
func (c *Content) addItems(entry History, items []Item) {
	at := slices.IndexFunc(c.Histories, func(h History) bool { return h.ID == entry.ID && h.At == entry.At })
	if at < 0 {
		c.Histories = append(c.Histories, History{entry.ID, entry.At, items})
		return
	}
	c.Histories[at].Items = append(c.Histories[at].Items, items...)
}

// readsChange says whether the field of a kept change is one that is read now, in the same way.
func (fs Fieldset) readsChange(i Item) bool {
	if f, ok := fs.byID[i.Field]; ok {
		return f.kind == i.Kind
	}
	for _, f := range fieldsOfChanges {
		if f.id == i.Field {
			return f.kind == i.Kind
		}
	}
	return false
}
